"""Inputs of a size for each door, to see how what they cost grows with it.

Each text of a right input is grown, each list of right data gets copies of its items, each mapping gets
keys, and each door gets what its grammar may repeat.
"""

from __future__ import annotations

import copy
import datetime as dt
import json
import operator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from doors.files import SMALL, WITH_FEED
from doors.mutation import nested, places
from doors.table import DOORS
from doors.tickets import LOG

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FACTORS = (1, 2, 4)
RUNS = ("0", "9", "x", " ", ",", ";", "(", "\\", '"', "a-", "a.", "1h", "[", "\u0663")
FIRST = dt.date(1990, 1, 1)


@dataclass(frozen=True)
class Growing:
    """What is made for a door in any size; `size` is the smallest one to measure."""

    door: str
    name: str
    made: Callable[[int], Any]
    size: int


def growing() -> list[Growing]:
    """Return everything that is grown."""
    return [*_repeated_texts(), *_grown_data(), *OWN]


def _repeated_texts() -> Iterator[Growing]:
    """Yield for each door of texts its right text repeated, and runs of one character within it."""
    for door in DOORS:
        for seed in door.seeds[:2] if isinstance(door.seeds[0], str) else ():
            again = partial(operator.mul, seed)
            yield Growing(door.name, f"{seed[:40]!r} again", again, max(1, 20_000 // len(seed)))
            for run in RUNS:
                name = f"{run!r} in {seed[:40]!r}"
                yield Growing(door.name, name, partial(_with_run, seed, run), 10_000)


def _with_run(seed: str, run: str, n: int) -> str:
    middle = len(seed) // 2
    return seed[:middle] + run * n + seed[middle:]


def _grown_data() -> Iterator[Growing]:
    """Yield for each door of plain data its lists, texts and mappings grown, one at a time."""
    for door in DOORS:
        if isinstance(door.seeds[0], str):
            continue
        seed = door.seeds[0]
        if isinstance(seed, list):
            yield Growing(door.name, "rows", partial(_copies, seed), 100)
        for at, (holder, key) in enumerate(places(seed)):
            if isinstance(holder[key], (str, list, dict)):
                yield Growing(
                    door.name, f"{key!r}, place {at}", partial(_grown, seed, at), 80 // door.weight
                )


def _grown(seed: Any, at: int, n: int) -> Any:
    data = copy.deepcopy(seed)
    holder, key = places(data)[at]
    value = holder[key]
    if isinstance(value, str):
        holder[key] = value * n
    elif isinstance(value, list):
        holder[key] = _copies(value, n)
    else:
        first = next(iter(value.values()), 0)
        value.update({f"key {each}": copy.deepcopy(first) for each in range(n)})
    return data


def _copies(rows: list[Any], n: int) -> list[Any]:
    return [copy.deepcopy(each) for _ in range(n) for each in rows]


def _feed(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", ""])


def _event(each: int, *lines: str) -> list[str]:
    date = FIRST + dt.timedelta(each % 10_000)
    return ["BEGIN:VEVENT", f"UID:{each}", f"DTSTART;VALUE=DATE:{date:%Y%m%d}", f"SUMMARY:day {each}", *lines, "END:VEVENT"]  # fmt: skip


def _events(n: int) -> str:
    return _feed(*(line for each in range(n) for line in _event(each)))


def _exceptions(n: int) -> str:
    dates = [f"EXDATE;VALUE=DATE:{FIRST + dt.timedelta(each):%Y%m%d}" for each in range(n)]
    return _feed(*_event(0, "RRULE:FREQ=DAILY", *dates))


def _overrides(n: int) -> str:
    lines = _event(0, "RRULE:FREQ=DAILY;UNTIL=20500101")
    for each in range(n):
        date = f"{FIRST + dt.timedelta(each):%Y%m%d}"
        lines += ["BEGIN:VEVENT", "UID:0", f"RECURRENCE-ID;VALUE=DATE:{date}", f"DTSTART;VALUE=DATE:{date}", f"SUMMARY:other {each}", "END:VEVENT"]  # fmt: skip
    return _feed(*lines)


def _folded(n: int) -> str:
    return _feed(*_event(0, "DESCRIPTION:x" + "\r\n x" * n))


def _parameters(n: int) -> str:
    return _feed(*_event(0, "DESCRIPTION" + ";X=1" * n + ":x"))


def _nested_components(n: int) -> str:
    return _feed(*["BEGIN:VEVENT"] * n, *["END:VEVENT"] * n)


def _zones(n: int) -> str:
    zones = [f"BEGIN:VTIMEZONE\r\nTZID:z{each}\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE" for each in range(n)]  # fmt: skip
    return _feed(*zones, *_event(0))


def _log(n: int, **keys: Any) -> dict[str, Any]:
    begin = dt.datetime(2026, 6, 8, 10, tzinfo=dt.UTC)
    rows = [
        {
            "at": (begin + dt.timedelta(seconds=each)).isoformat(),
            "kind": "replied",
            "by": ("agent", "customer")[each % 2],
            "id": str(each),
            **keys,
        }
        for each in range(n)
    ]
    return {**LOG, "events": [LOG["events"][0], *rows]}


def _pauses(n: int) -> dict[str, Any]:
    begin = dt.datetime(2026, 6, 8, 10, tzinfo=dt.UTC)
    rows = [
        {"at": (begin + dt.timedelta(seconds=each)).isoformat(), "kind": "status", "to": ("pending", "open")[each % 2]}
        for each in range(n)
    ]  # fmt: skip
    return {**LOG, "events": [LOG["events"][0], *rows]}


def _csv(n: int) -> str:
    rows = (
        f"{each % 50},2026-06-08T10:00:{each % 60:02}Z,submitted,customer" for each in range(50)
    )
    more = (f"{each % 50},2026-06-09T10:00:{each % 60:02}Z,replied,agent" for each in range(n))
    return "\n".join(["ticket,at,kind,value", *rows, *more])


def _toml_keys(n: int) -> str:
    return SMALL + "".join(f"key_{each} = {each}\n" for each in range(n))


def _toml_dots(n: int) -> str:
    return f"{'.'.join('a' * n)} = 1\n{SMALL}"


def _named_days(n: int) -> dict[str, Any]:
    """Return a policy whose first line waits for n days off, each of its own name."""
    first = dt.date(2026, 6, 8)
    days = [{"date": first + dt.timedelta(each), "name": f"day {each}"} for each in range(n)]
    rule = {"within": "1h", "counted_in": "business_time"}
    hours = {"schedule": "desk", "observes": ["own"]}
    return {
        "name": "desk",
        "timezone": "UTC",
        "calendars": {"own": {"years": [2026, 2060], "days": days}},
        "schedules": {"desk": "Mo-Fr 09:00-17:00"},
        "departments": {
            "desk": {"channels": {"ticket": {"hours": hours, "first_response": [rule]}}}
        },
    }


def _toml_rules(n: int) -> str:
    rule = '[[departments.desk.channels.ticket.resolution]]\nname = "r{}"\nwhen = {{ days = ["Su"], time = "00:00-13:00" }}\nwithin = "{}h"\ncounted_in = "calendar_time"\n'
    return SMALL + "".join(rule.format(each, each + 1) for each in range(n))


OWN = (
    Growing("an iCalendar feed", "events", _events, 500),
    Growing("an iCalendar feed", "exceptions of a series", _exceptions, 1_000),
    Growing("an iCalendar feed", "other occurrences of a series", _overrides, 500),
    Growing("an iCalendar feed", "lines of a fold", _folded, 5_000),
    Growing("an iCalendar feed", "parameters of a property", _parameters, 5_000),
    Growing("an iCalendar feed", "components in one another", _nested_components, 2_000),
    Growing("an iCalendar feed", "zones", _zones, 50),
    Growing("a ticket log as a mapping", "replies", _log, 250),
    Growing("a ticket log as a mapping", "replies with one id", lambda n: _log(n, id="1", at=LOG["events"][0]["at"], by="agent"), 1_000),
    Growing("a ticket log as a mapping", "pauses", _pauses, 250),
    Growing("a ticket log in JSON", "replies", lambda n: json.dumps(_log(n)), 250),
    Growing("a table of events in CSV", "rows", _csv, 250),
    Growing("a policy in TOML", "keys", _toml_keys, 1_000),
    Growing("a policy in TOML", "rules", _toml_rules, 100),
    Growing("a policy in TOML", "parts of a key", _toml_dots, 5_000),
    Growing("a policy in TOML", "lists in one another", lambda n: f"a = {'[' * n}{']' * n}\n{SMALL}", 10_000),
    Growing("a policy in TOML", "headers", lambda n: SMALL + "[[a]]\n" * n, 2_000),
    Growing("a policy in TOML", "comments", lambda n: "# x\n" * n + WITH_FEED, 5_000),
    Growing("a policy in JSON", "lists in one another", lambda n: "[" * n + "]" * n, 10_000),
    Growing("a policy in JSON", "keys of one name", lambda n: "{" + ", ".join(['"name": 1'] * n) + "}", 5_000),
    Growing("a policy in JSON", "keys of one name in one another", lambda n: '{"a": 1, "a": ' * n + "1" + "}" * n, 200),
    Growing("a policy as a mapping", "days off to explain", _named_days, 1_000),
    Growing("a policy as a mapping", "lists in one another", lambda n: {"name": nested(n)}, 10_000),
    Growing("a recurring rule", "weekdays", lambda n: "FREQ=MONTHLY;BYDAY=" + ",".join(["1MO"] * n), 200),
)  # fmt: skip
