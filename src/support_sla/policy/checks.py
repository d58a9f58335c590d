"""What must hold between the parts of a policy: names exist, every rule can match, lines can open.

The checks run on whatever parts could be read, so that one broken rule does not hide another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from pydantic import ValidationError

from support_sla.calendars.calendar import HolidayCalendar
from support_sla.calendars.coverage import Coverage
from support_sla.calendars.opening_hours import can_ever_open
from support_sla.policy.schedule import Schedule
from support_sla.policy.when import When, can_match, condition_name
from support_sla.values.model import detail, nearest
from support_sla.values.week import WEEKDAYS

if TYPE_CHECKING:
    from pydantic_core import InitErrorDetails


_RULE_KEYS = {"name", "when", "earliest", "within", "counted_in"}

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
    """Return every fault between the parts."""
    found = list(_calendar_names(parts))
    for line in parts.lines:
        found += _line_names(parts, line)
        found += _rule_faults(parts, line)
        found += _closed_for_ever(parts, line)
    return found


def _calendar_names(parts: DraftParts) -> Iterator[InitErrorDetails]:
    for name in parts.calendars:
        if name in WEEKDAYS:
            message = f"calendar {name!r} has the name of a weekday; give it another"
            yield detail("name_taken", message, ("calendars", name), name)


def _line_names(parts: DraftParts, line: DraftLine) -> Iterator[InitErrorDetails]:
    hours = (*line.place, "hours")
    if line.schedule is not None:
        yield from _undefined("schedule", line.schedule, parts.schedules, (*hours, "schedule"))
    for at, name in enumerate(line.observes):
        yield from _undefined("calendar", name, parts.calendars, (*hours, "observes", at))
    for rule, when in enumerate(line.whens):
        place = (*line.place, "first_response", rule, "when")
        known_days = [*WEEKDAYS, *parts.calendars]
        for at, name in enumerate(when.days or () if when else ()):
            yield from _undefined("day", name, known_days, (*place, "days", at))
        for at, name in enumerate(when.priority or () if when else ()):
            yield from _undefined("priority", name, parts.priorities, (*place, "priority", at))
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
        message = f"channel {line.requires!r} requires itself; name the one to ask on first"
        yield detail("requires_itself", message, (*place, "channel"), line.requires)
    for name, where in served.items():
        channels = parts.departments.get(name)
        if channels is not None and line.requires not in channels:
            message = f"channel {line.requires!r} is not defined by department {name!r}; "
            message += nearest(line.requires, list(channels))
            yield detail("channel_undefined", message, where, line.requires)


def _undefined(
    kind: str, name: str, known: Sequence[str] | Mapping[str, object], place: Place
) -> Iterator[InitErrorDetails]:
    if name not in known:
        message = f"{kind} {name!r} is not defined by the policy; {nearest(name, list(known))}"
        yield detail(f"{kind}_undefined", message, place, name)


def _rule_faults(parts: DraftParts, line: DraftLine) -> Iterator[InitErrorDetails]:
    called: set[str] = set()
    for at, when in enumerate(line.whens):
        place = (*line.place, "first_response", at)
        name = line.names[at] or condition_name(when)
        if not can_match(when, line.whens[:at], parts.priorities):
            message = (
                f"rule {name!r} can never match, {_hidden_by(parts, line, at)} always does first"
            )
            message += "; move it up, or give the earlier one a 'when'"
            yield detail("rule_unreachable", message, place, name)
        elif name in called:
            message = f"rule {name!r} has the name of an earlier one; give it a name of its own"
            yield detail("name_repeated", message, place, name)
        called.add(name)


def _hidden_by(parts: DraftParts, line: DraftLine, at: int) -> str:
    """Return, in words, which earlier rule takes all that a rule could match."""
    for before in range(at):
        if not can_match(line.whens[at], line.whens[before : before + 1], parts.priorities):
            return f"rule {line.names[before] or condition_name(line.whens[before])!r}"
    return "one of the rules before it"


def _closed_for_ever(parts: DraftParts, line: DraftLine) -> Iterator[InitErrorDetails]:
    schedule = parts.schedules.get(line.schedule or "")
    asked = {day for when in line.whens if when for day in when.days or ()} - {*WEEKDAYS}
    needed = [*line.observes, *sorted(asked - {*line.observes})]
    found = [(name, parts.calendars.get(name)) for name in needed]
    known = tuple((name, calendar) for name, calendar in found if calendar is not None)
    if schedule is None or len(known) < len(needed):
        return
    named = known[: len(line.observes)]
    coverage = Coverage.of(known)
    if coverage.first > coverage.last:
        spans = (f"{name!r} {c.covered_years[0]}-{c.covered_years[1]}" for name, c in known)
        years = ", ".join(spans)
        message = f"calendars {years} share no year; extend one of them"
        yield detail("years_disjoint", message, (*line.place, "hours"), years)
    elif not can_ever_open(schedule.week, named):
        message = f"line {line.place[1]}/{line.place[3]} with hours {str(schedule)!r} never opens; "
        message += "give its schedule hours that its calendars leave open"
        yield detail("line_never_opens", message, (*line.place, "hours"), str(schedule))
