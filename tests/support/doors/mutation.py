"""What is made of a right text, or of right plain data, to break its reader: seeded, so it repeats."""

from __future__ import annotations

import copy
import datetime as dt
import re
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_TOKEN = re.compile(r"[^\W\d_]+|\d+|\s+|.", re.DOTALL)

NASTY = (
    "", "\0", "\ud800", "\udfff", "\ufeff", "\u00a0", "\u2003", "\u2028", "\x85", "\x1c", "\x1b[2J",
    "\u202e", "e\u0301", "İ", "ß", "ŉ", "\N{KELVIN SIGN}", "٣", "１", "²", "½", "Ⅷ", "😀", "\r\n", "\n",
    "\t", " ", "0", "-0", "-1", "+1", "00", "1_0", "1.5", "1,5", "1e5", "1e400", "0x10", "nan", "inf",
    "None", "null", "true", "[]", "{}", "(", ")", "[", "]", "{", "}", '"', "'", '"""', "\\", "\\u0000",
    "\\ud800", "%", "%%", ";", ",", ":", "::", "..", "--", "-", "/", "=", "#", "*", "+", "?", "&", "$",
    "24:00", "24:01", "25:00", "48:00", "-00:00", "+24:00", "Z", "W53-7", "02-29", "02-30", "0000-01-01",
    "0001-01-01", "9999-12-31", "2026-13-01", "1970", "Mo-Mo", "Su-Mo", "PH", "SH", "off", "sunrise",
    "../../etc/passwd", "/dev/null", "localtime", "UTC", "business days", "close", "__class__", "%s{0}",
    "9" * 20, "9" * 400, "9" * 4301, "0" * 5000, " " * 3000, "x" * 3000, "a-" * 1000, "(" * 1000,
    "[" * 3000, '{"":' * 2000, "Mo " * 500, "1h" * 500, "\n" * 500, "\\" * 999, '"' * 999, "é" * 999,
)  # fmt: skip
"""Tokens that readers get wrong: of no width, of another script, of no end, of another grammar."""


LONGEST = 100_000
"""Characters of a mutated text; what longer ones cost is measured apart."""


def mutated(random: Random, seeds: Sequence[str]) -> str:
    """Return one of the texts with one to four places changed, or now and then nothing but noise."""
    if random.random() < 0.04:
        return noise(random)
    text = random.choice(seeds)
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 4))):
        text = random.choice(_EDITS)(random, text, random.choice(seeds))[:LONGEST]
    return text


def noise(random: Random) -> str:
    """Return random bytes as a text of as many characters, or random characters of all there are."""
    size = random.choice((1, 2, 5, 20, 100))
    if random.random() < 0.5:
        return random.randbytes(size).decode("latin-1")
    return "".join(chr(random.randrange(0x110000)) for _ in range(size))


def _on_tokens(change: Callable[[Random, list[str], int], None]) -> _Edit:
    def edit(random: Random, text: str, _: str) -> str:
        tokens = _TOKEN.findall(text) or [""]
        change(random, tokens, random.randrange(len(tokens)))
        return "".join(tokens)

    return edit


def _delete(random: Random, tokens: list[str], at: int) -> None:
    del tokens[at : at + random.choice((1, 1, 2, 5))]


def _double(random: Random, tokens: list[str], at: int) -> None:
    part = tokens[at : at + random.choice((1, 2, 5, 20))]
    tokens[at:at] = part * random.choice((1, 1, 2, 50))


def _swap(random: Random, tokens: list[str], at: int) -> None:
    other = random.randrange(len(tokens))
    tokens[at], tokens[other] = tokens[other], tokens[at]


def _replace(random: Random, tokens: list[str], at: int) -> None:
    tokens[at] = random.choice(NASTY)


def _insert(random: Random, tokens: list[str], at: int) -> None:
    tokens.insert(at, random.choice(NASTY))


def _number(random: Random, tokens: list[str], _: int) -> None:
    """Make one number another: beside it, beyond all bounds, or in digits of another script."""
    places = [at for at, token in enumerate(tokens) if token.isdecimal()]
    if places:
        at = random.choice(places)
        one = int(tokens[at][:15])
        other_digits = "".join(chr(0x660 + int(digit)) for digit in tokens[at])
        choices = (one + 1, one - 1, -one, one * 60, one * 10**6, 10**30, 0, other_digits)
        tokens[at] = str(random.choice(choices))


def _case(random: Random, tokens: list[str], at: int) -> None:
    tokens[at] = random.choice((str.upper, str.lower, str.swapcase, str.title))(tokens[at])


def _cut(random: Random, text: str, _: str) -> str:
    at = random.randrange(len(text) + 1)
    return random.choice((text[:at], text[at:]))


def _cross(random: Random, text: str, other: str) -> str:
    return text[: random.randrange(len(text) + 1)] + other[random.randrange(len(other) + 1) :]


def _character(random: Random, text: str, _: str) -> str:
    at = random.randrange(len(text) + 1)
    return (
        text[:at]
        + chr(random.choice((random.randrange(128), random.randrange(0x3000))))
        + text[at + 1 :]
    )


def _wrap(random: Random, text: str, _: str) -> str:
    put = random.choice(NASTY)
    return random.choice((put + text, text + put, f" {text}\t", text * 2, f"{text}\n{text}"))


_EDITS = (
    *map(
        _on_tokens, (_delete, _double, _swap, _replace, _replace, _insert, _number, _number, _case)
    ),
    _cut,
    _cross,
    _character,
    _wrap,
)


# --- Plain data ---


def nested(depth: int) -> list[Any]:
    """Return a list in a list in a list."""
    found: list[Any] = []
    for _ in range(depth):
        found = [found]
    return found


ODD: tuple[Callable[[], Any], ...] = (
    *(lambda value=value: value for value in (
        None, True, False, 0, -1, 1.5, float("nan"), float("inf"), -0.0, 10**30, 10**5000, b"x", ("a", 1),
        dt.date(2026, 2, 17), dt.date(9999, 12, 31), dt.time(9), dt.datetime(2026, 2, 17),
        dt.datetime(2026, 2, 17, tzinfo=dt.UTC), dt.timedelta(hours=1),
    )),
    list, dict, lambda: [None], lambda: [[]], lambda: {"": None}, lambda: {"x": {}}, lambda: [1, "1"],
    lambda: nested(400), lambda: nested(60_000), lambda: [0] * 2000, lambda: ["x"] * 2000,
    lambda: {str(each): 0 for each in range(2000)},
)  # fmt: skip
"""What makes values that stand where another was meant; each anew, for the next change may be in it."""

Place = tuple[Any, Any]


def altered(random: Random, seeds: Sequence[Any], texts: Sequence[str] = ()) -> Any:
    """Return a copy of one of the data with one to three places changed."""
    data = copy.deepcopy(random.choice(seeds))
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        known = places(data)
        if not known:
            return random.choice(ODD)()
        _alter(random, *random.choice(known), known, texts)
    return data


def places(data: Any) -> list[Place]:
    """Return each container of the data with each of its keys; what is nested too deeply is left."""
    found: list[Place] = []
    waiting = [data]
    while waiting and len(found) < 5000:
        each = waiting.pop()
        keys = (
            each if isinstance(each, dict) else range(len(each)) if isinstance(each, list) else ()
        )
        for key in keys:
            found.append((each, key))
            waiting.append(each[key])
    return found


def _alter(random: Random, holder: Any, key: Any, known: list[Place], texts: Sequence[str]) -> None:
    value = holder[key]
    how = random.randrange(8)
    if how == 0:
        del holder[key]
    elif how == 1:
        holder[key] = random.choice(ODD)()
    elif how == 2:
        holder[key] = random.choice(NASTY)
    elif how == 3:
        holder[key] = [value] if random.random() < 0.5 else {"x": value}
    elif how == 4 and isinstance(holder, dict):
        holder[random.choice((*NASTY, None, 1, 1.5, True, ("a",)))] = holder.pop(key)
    elif how == 5:
        other, place = random.choice(known)
        if key in range(len(holder)) if isinstance(holder, list) else key in holder:
            holder[key] = _copied(other[place]) if place in _keys(other) else None
    elif how == 6 and isinstance(holder, list):
        holder.extend([value] * random.choice((1, 2, 100)))
    elif isinstance(value, str):
        holder[key] = mutated(random, [value, *texts])
    elif isinstance(value, int) and abs(value) < 10**30:
        holder[key] = random.choice(
            (value + 1, -value, value * 10**9, f"{value % 10**9}", value / 10**9)
        )
    else:
        holder[key] = random.choice(ODD)()


def _copied(data: Any) -> Any:
    """Return data of its own, so that none is a part of itself."""
    try:
        return copy.deepcopy(data)
    except RecursionError:
        return None


def _keys(holder: Any) -> Any:
    return holder if isinstance(holder, dict) else range(len(holder))


if TYPE_CHECKING:
    _Edit = Callable[[Random, str, str], str]
