"""What must hold between the parts of a policy: names exist, every rule can match, lines can open.

The checks run on whatever parts could be read, so that one broken rule does not hide another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar

from pydantic import ValidationError

from support_sla.calendars.calendar import HolidayCalendar
from support_sla.calendars.coverage import Coverage
from support_sla.calendars.opening_hours import can_ever_open
from support_sla.errors import cut, shown
from support_sla.policy.reach import Reach
from support_sla.policy.schedule import Schedule
from support_sla.policy.when import When, condition_name
from support_sla.values.model import detail, nearest
from support_sla.values.week import WEEKDAYS

if TYPE_CHECKING:
    from pydantic_core import InitErrorDetails


_RULE_KEYS = {"name", "when", "earliest", "within", "counted_in"}

MOST_FAULTS = 1_000
"""Faults between the parts of a policy that are told at once; nobody reads more."""

Place: TypeAlias = tuple[int | str, ...]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A channel as far as it could be read; a part that could not is None."""

    place: Place
    schedule: str | None
    observes: tuple[str, ...]
    whens: tuple[When | None, ...]
    """The conditions of its rules, from the first on, up to one that could not be read."""
    names: tuple[str | None, ...]
    requires: str | None
    serves: tuple[str, ...]
    """The departments that its `requires` names; empty means its own."""


@dataclass(frozen=True, slots=True)
class DraftParts:
    """A policy as far as it could be read; the names of unreadable parts count as defined."""

    calendars: dict[str, HolidayCalendar | None]
    schedules: dict[str, Schedule | None]
    priorities: tuple[str, ...]
    departments: dict[str, tuple[str, ...] | None]
    """The names of each one's channels; None if they could not be read."""
    lines: tuple[DraftLine, ...]


class _Known(NamedTuple):
    """The names that a condition may have, looked up in one step."""

    days: Mapping[str, object]
    priorities: Mapping[str, object]


def details_of(error: ValidationError) -> list[InitErrorDetails]:
    """Return the faults of an error in the form that makes a new one."""
    return [
        detail(line["type"], line["msg"], tuple(line["loc"]), line["input"])
        for line in error.errors()
    ]


def parts_of(source: object) -> DraftParts:
    """Return the parts of a policy, or of the mapping that failed to become one."""
    get = _getter(source)
    priorities = get("priorities")
    departments = {
        str(name): _getter(department)("channels")
        for name, department in _mapping(get("departments")).items()
    }
    return DraftParts(
        calendars={
            str(n): _read(HolidayCalendar, c) for n, c in _mapping(get("calendars")).items()
        },
        schedules={str(n): _read(Schedule, s) for n, s in _mapping(get("schedules")).items()},
        priorities=_texts(priorities),
        departments={
            name: tuple(map(str, channels)) if isinstance(channels, Mapping) else None
            for name, channels in departments.items()
        },
        lines=tuple(
            _line_of(name, str(key), channel)
            for name, channels in departments.items()
            for key, channel in _mapping(channels).items()
        ),
    )


def _line_of(department: str, key: str, channel: object) -> DraftLine:
    get = _getter(channel)
    hours, requires = _getter(get("hours")), _getter(get("requires"))
    schedule, required = hours("schedule"), requires("channel")
    serves = requires("departments") or ()
    rules = get("first_response")
    whens: list[When | None] = []
    names: list[str | None] = []
    for rule in rules if isinstance(rules, (list, tuple)) else ():
        when = _getter(rule)("when")
        read = None if when is None else _read(When, when)
        unread = when is not None and read is None
        mistyped = isinstance(rule, Mapping) and not rule.keys() <= _RULE_KEYS
        if unread or mistyped or not (isinstance(rule, Mapping) or hasattr(rule, "within")):
            break  # nobody can know what it was meant to match
        whens.append(read)
        name = _getter(rule)("name")
        names.append(name if isinstance(name, str) else None)
    return DraftLine(
        place=("departments", department, "channels", key),
        schedule=schedule if isinstance(schedule, str) else None,
        observes=_texts(hours("observes")),
        whens=tuple(whens),
        names=tuple(names),
        requires=required
        if isinstance(required, str) and isinstance(serves, (list, tuple))
        else None,
        serves=_texts(serves),
    )


def _getter(source: object) -> Callable[[str], Any]:
    if isinstance(source, Mapping):
        return source.get
    return lambda key: getattr(source, key, None)


def _mapping(value: object) -> Mapping[Any, Any]:
    return value if isinstance(value, Mapping) else {}


def _texts(value: object) -> tuple[str, ...]:
    found = value if isinstance(value, (list, tuple)) else ()
    return tuple(text for text in found if isinstance(text, str))


def _read(model: Any, value: object) -> Any:  # noqa: ANN401  a model class, or an instance of it
    try:
        return model.model_validate(value)
    except ValidationError:
        return None


def cross_faults(parts: DraftParts) -> list[InitErrorDetails]:
    """Return the faults between the parts: every one, or the first thousand."""
    return list(islice(_cross_faults(parts), MOST_FAULTS))


def _cross_faults(parts: DraftParts) -> Iterator[InitErrorDetails]:
    yield from _calendar_names(parts)
    days = dict.fromkeys((*WEEKDAYS, *parts.calendars))
    known = _Known(days, dict.fromkeys(parts.priorities))
    for line in parts.lines:
        yield from _line_names(parts, line, known)
        yield from _rule_faults(parts, line)
        yield from _closed_for_ever(parts, line)


def _calendar_names(parts: DraftParts) -> Iterator[InitErrorDetails]:
    for name in parts.calendars:
        if name in WEEKDAYS:
            message = f"calendar {shown(name)} has the name of a weekday; give it another"
            yield detail("name_taken", message, ("calendars", name), name)


def _line_names(parts: DraftParts, line: DraftLine, known: _Known) -> Iterator[InitErrorDetails]:
    hours = (*line.place, "hours")
    if line.schedule is not None:
        yield from _undefined("schedule", line.schedule, parts.schedules, (*hours, "schedule"))
    for at, name in enumerate(line.observes):
        yield from _undefined("calendar", name, parts.calendars, (*hours, "observes", at))
    for rule, when in enumerate(line.whens):
        place = (*line.place, "first_response", rule, "when")
        for at, name in enumerate(when.days or () if when else ()):
            yield from _undefined("day", name, known.days, (*place, "days", at))
        for at, name in enumerate(when.priority or () if when else ()):
            yield from _undefined("priority", name, known.priorities, (*place, "priority", at))
    yield from _required_names(parts, line)


def _required_names(parts: DraftParts, line: DraftLine) -> Iterator[InitErrorDetails]:
    owner, place = str(line.place[1]), (*line.place, "requires")
    for at, name in enumerate(line.serves):
        yield from _undefined("department", name, parts.departments, (*place, "departments", at))
    if line.requires is None:
        return
    named = {name: (*place, "departments", at) for at, name in enumerate(line.serves)}
    served: dict[str, Place] = named or {owner: (*place, "channel")}
    if owner in served and line.requires == line.place[3]:
        message = f"channel {shown(line.requires)} requires itself; name the one to ask on first"
        yield detail("requires_itself", message, (*place, "channel"), line.requires)
    for name, where in served.items():
        channels = parts.departments.get(name)
        if channels is not None and line.requires not in channels:
            message = f"channel {shown(line.requires)} is not defined by department {shown(name)}; "
            message += nearest(line.requires, list(channels))
            yield detail("channel_undefined", message, where, line.requires)


def _undefined(
    kind: str, name: str, known: Mapping[str, object], place: Place
) -> Iterator[InitErrorDetails]:
    if name not in known:
        message = f"{kind} {shown(name)} is not defined by the policy; {nearest(name, known)}"
        yield detail(f"{kind}_undefined", message, place, name)


def _rule_faults(parts: DraftParts, line: DraftLine) -> Iterator[InitErrorDetails]:
    called: set[str] = set()
    reach = Reach(parts.priorities)
    for at, when in enumerate(line.whens):
        place = (*line.place, "first_response", at)
        name = line.names[at] or condition_name(when)
        if not reach.takes(when):
            hidden_by = _hidden_by(line, reach.hides(at))
            message = f"rule {shown(name)} can never match, {hidden_by} always does first"
            message += "; move it up, or give the earlier one a 'when'"
            yield detail("rule_unreachable", message, place, name)
        elif name in called:
            message = f"rule {shown(name)} has the name of an earlier one"
            yield detail("name_repeated", f"{message}; give it a name of its own", place, name)
        called.add(name)


def _hidden_by(line: DraftLine, before: int | None) -> str:
    """Return, in words, which earlier rule takes all that a rule could match."""
    if before is None:
        return "one of the rules before it"
    return f"rule {shown(line.names[before] or condition_name(line.whens[before]))}"


def _closed_for_ever(parts: DraftParts, line: DraftLine) -> Iterator[InitErrorDetails]:
    schedule = parts.schedules.get(line.schedule or "")
    asked = {day for when in line.whens if when for day in when.days or ()} - {*WEEKDAYS}
    needed = [*line.observes, *sorted(asked - {*line.observes})]
    found = [(name, parts.calendars.get(name)) for name in needed]
    known = tuple((name, calendar) for name, calendar in found if calendar is not None)
    if schedule is None or len(known) < len(needed):
        return
    observed = known[: len(line.observes)]
    coverage = Coverage.of(known)
    if coverage.first > coverage.last:
        spans = (f"{shown(name)} {c.covered_years[0]}-{c.covered_years[1]}" for name, c in known)
        years = cut(", ".join(spans), 300)
        message = f"calendars {years} share no year; extend one of them"
        yield detail("years_disjoint", message, (*line.place, "hours"), years)
    elif not can_ever_open(schedule.week, observed):
        named = cut(f"{line.place[1]}/{line.place[3]}")
        message = f"line {named} with hours {shown(str(schedule))} never opens; "
        message += "give its schedule hours that its calendars leave open"
        yield detail("line_never_opens", message, (*line.place, "hours"), str(schedule))
