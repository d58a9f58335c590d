"""How values show themselves: on one line that a person reads, and as a small table in a notebook.

Both are bounded, whatever a policy is called and however much it holds: names are cut, lists end
with how many more there are, and nothing is read for them that was not read before.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

T = TypeVar("T")

LINE = 200
"""The most characters of a `str`."""

RECORD = 300
"""The most characters of a `repr`."""

MOST_ROWS = 12
"""The most rows of a table in a notebook."""

_CELL = 120
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&$])")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def on_one_line(text: str, width: int) -> str:
    r"""Return a text on one line, cut to a width.

    >>> on_one_line("Sales   and  billing", 12)
    'Sales and...'
    """
    return _cut(" ".join(text.split()), width)


def moment(at: dt.datetime) -> str:
    """Return an instant with its weekday and offset, to the last digit it has."""
    finest = "microseconds" if at.microsecond else "seconds" if at.second else "minutes"
    return f"{_WEEKDAYS[at.weekday()]} {at.isoformat(' ', finest)}"


def years(first: int, last: int) -> str:
    """Return a span of years.

    >>> years(2026, 2026), years(2026, 2030)
    ('2026', '2026-2030')
    """
    return f"{first}" if first == last else f"{first}-{last}"


def counted(count: int, one: str, many: str | None = None) -> str:
    """Return '1 date' or '2 dates'; `many` is the plural if it is not just `one` with an 's'."""
    return f"{count} {one if count == 1 else many or f'{one}s'}"


class Room(NamedTuple):
    """How much room there is on a line: the width of a name, and the most entries of a list."""

    width: int
    most: int

    def name(self, text: str) -> str:
        """Return a name as it is, on one line."""
        return on_one_line(text, self.width)

    def quoted(self, text: str) -> str:
        """Return a name in quotes, with what is not printed escaped."""
        return repr(_cut(text, self.width))

    def listed(self, items: Collection[T], say: Callable[[T], str]) -> str:
        """Return what is said of the first items, and how many more there are."""
        said = ", ".join(map(say, islice(items, self.most)))
        more = len(items) - self.most
        return f"{said} and {more} more" if more > 0 else said

    def value(self, value: object, one: str, many: str | None = None) -> str:
        """Return a value as Python writes it; of a long or deep collection how much it holds."""
        if isinstance(value, str):
            return self.quoted(value)
        if isinstance(value, dt.datetime):
            return repr(value.isoformat())
        if isinstance(value, Mapping):
            return f"{{...{counted(len(value), one, many)}...}}" if value else "{}"
        if isinstance(value, tuple):
            if len(value) <= self.most and all(isinstance(each, (str, int)) for each in value):
                return f"[{', '.join(self.value(each, one) for each in value)}]"
            return f"[...{counted(len(value), one, many)}...]"
        return _cut(repr(value), self.width)


def line_of(
    room: Room,
    department: str,
    channel: str,
    priority: str | None = None,
    attributes: Sequence[tuple[str, str]] = (),
) -> str:
    """Return which line is meant, and with which priority and attributes it is asked."""
    line = f"{room.name(department)}/{room.name(channel)}"
    asked = [*([] if priority is None else [("priority", priority)]), *attributes]
    said = ", ".join(f"{room.name(name)} {room.quoted(value)}" for name, value in asked)
    return f"{line} with {said}" if said else line


_ROOMS = (Room(80, 8), Room(48, 5), Room(24, 3), Room(12, 2), Room(6, 1))


def fitted(make: Callable[[Room], str], limit: int = LINE) -> str:
    """Return what is made with the most room that keeps it within a number of characters."""
    text = ""
    for room in _ROOMS:
        text = make(room)
        if len(text) <= limit:
            break
    return _cut(text, limit)


class Part(NamedTuple):
    """One part of a value as its `repr` shows it, and what a collection there is made of."""

    key: str
    value: object
    one: str = "entry"
    many: str | None = None


class _Written(str):
    """A text whose `repr` is the text itself."""

    __slots__ = ()
    __repr__ = str.__str__


def record(name: str, *parts: Part) -> str:
    """Return a value in the way of a `repr`: what it is, and its parts by their keys."""
    return f"{name}({', '.join(f'{key}={text}' for key, text in parts_of(name, parts))})"


def parts_of(name: str, parts: Sequence[Part]) -> list[tuple[str, object]]:
    """Return the keys of some parts with what the `repr` of a value called `name` shows of them."""
    said: list[tuple[str, object]] = []
    for room in _ROOMS:
        said = [(each.key, _Written(room.value(*each[1:]))) for each in parts]
        if len(name) + sum(len(f"{key}={text}, ") for key, text in said) <= RECORD:
            break
    return said


def page(
    title: str, heads: Sequence[str], rows: Iterable[Sequence[str]], count: int, rest: str
) -> str:
    """Return a title and a table of the first of `count` rows as Markdown, for a notebook.

    `rest` says where the other rows are read.
    """
    blocks = [f"**{escaped(on_one_line(title, LINE))}**"]
    if count:
        shown = ([on_one_line(cell, _CELL) for cell in row] for row in islice(rows, MOST_ROWS))
        blocks.append(table(heads, shown))
    if count > MOST_ROWS:
        blocks.append(f"and {count - MOST_ROWS} more: {rest}")
    return "\n\n".join(blocks) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table as Markdown, what stands in it escaped."""
    written = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    written += (f"| {' | '.join(map(escaped, row))} |" for row in rows)
    return "\n".join(written)


def escaped(text: str) -> str:
    """Return a text in which Markdown reads no markup."""
    return _MARKUP.sub(r"\\\1", text)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 3]}..."
