"""A policy as far as it could be read, for checks that one unreadable part must not stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from pydantic import ValidationError

from support_sla.calendars.calendar import HolidayCalendar
from support_sla.policy.hours import Hours
from support_sla.policy.labels import Labels
from support_sla.policy.metrics import METRICS, Metric
from support_sla.policy.schedule import Schedule
from support_sla.policy.target import Target
from support_sla.policy.when import When, condition_name

T = TypeVar("T")
Place: TypeAlias = tuple[int | str, ...]


class Unreadable(dict[str, Any]):
    """A table that could not be read: every name counts as defined in it, and has no part."""

    def __contains__(self, name: object) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class DraftHours:
    """Hours as far as they could be read: the names they write, and whole if nothing is wrong."""

    schedule: str | None
    observes: tuple[str, ...]
    seasons: tuple[str | None, ...]
    on_holidays: Mapping[str, str]
    whole: Hours | None


@dataclass(frozen=True, slots=True)
class DraftRule:
    """A rule whose condition could be read; another part that could not is None."""

    name: str | None
    when: When | None
    hours: DraftHours | None
    pauses_on: tuple[str, ...]
    whole: Target | None

    @property
    def called(self) -> str:
        """What answers call it."""
        return self.name or condition_name(self.when)


@dataclass(frozen=True, slots=True)
class DraftRules:
    """What a channel lists under a metric, as far as it could be read."""

    metric: Metric
    line: Place
    """The channel that lists them."""
    rules: tuple[DraftRule, ...]
    """From the first on, up to one that could not be read."""
    place: Place
    """Where they are written: in the channel, or under the policy's `rules`."""
    name: str | None
    is_whole: bool
    """Whether each of them could be read."""


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A channel as far as it could be read; a part that could not is None."""

    place: Place
    hours: DraftHours
    lists: tuple[DraftRules, ...]
    """For each metric that it lists rules under."""
    is_internal: bool
    requires: str | None
    serves: tuple[str, ...]
    """The departments that its `requires` names; empty means its own."""


@dataclass(frozen=True, slots=True)
class DraftParts:
    """A policy as far as it could be read; the names of unreadable parts count as defined.

    Of an attribute or of priorities that could not be read nobody knows the values: None.
    """

    calendars: dict[str, HolidayCalendar | None]
    schedules: dict[str, Schedule | None]
    priorities: tuple[str, ...] | None
    statuses: tuple[str, ...] | None
    attributes: dict[str, tuple[str, ...] | None]
    rules: dict[str, tuple[DraftRule, ...]]
    has_every_rule: bool
    """Whether each list of rules could be read to its end."""
    labels: Labels | None
    departments: dict[str, tuple[str, ...] | None]
    """The names of each one's channels; None if they could not be read."""
    lines: tuple[DraftLine, ...]


def parts_of(source: object) -> DraftParts:
    """Return the parts of a policy, or of the mapping that failed to become one."""
    get = _getter(source)
    departments = {
        str(name): _getter(department)("channels")
        for name, department in _table(get("departments")).items()
    }
    lists = _table(get("rules"))
    rules = _parts(lists, lambda listed: tuple(_rules(listed)))
    channels = [
        (name, str(key), channel)
        for name, held in departments.items()
        for key, channel in _table(held).items()
    ]
    lines = tuple(_line_of(name, key, channel, rules) for name, key, channel in channels)
    labels = get("labels")
    return DraftParts(
        calendars=_parts(_table(get("calendars")), lambda each: _read(HolidayCalendar, each)),
        schedules=_parts(_table(get("schedules")), lambda each: _read(Schedule, each)),
        priorities=_names(get("priorities")),
        statuses=_names(get("statuses")),
        attributes=_parts(_table(get("attributes")), lambda values: _names(values) or None),
        rules=rules,
        has_every_rule=not isinstance(rules, Unreadable)
        and all(_is_whole(listed, rules[str(name)]) for name, listed in lists.items())
        and all(each.is_whole for line in lines for each in line.lists),
        labels=None if labels is None else _read(Labels, labels),
        departments={
            name: tuple(map(str, held)) if isinstance(held, Mapping) else None
            for name, held in departments.items()
        },
        lines=lines,
    )


def _line_of(
    department: str, key: str, channel: object, named: Mapping[str, tuple[DraftRule, ...]]
) -> DraftLine:
    get = _getter(channel)
    place = ("departments", department, "channels", key)
    requires = _getter(get("requires"))
    required, serves = requires("channel"), requires("departments") or ()
    return DraftLine(
        place=place,
        hours=_hours(get("hours")),
        lists=tuple(
            _listed(metric, place, listed, named) for metric in METRICS if (listed := get(metric))
        ),
        is_internal=get("internal") is True,
        requires=required
        if isinstance(required, str) and isinstance(serves, (list, tuple))
        else None,
        serves=_texts(serves),
    )


def _listed(
    metric: Metric, line: Place, listed: object, named: Mapping[str, tuple[DraftRule, ...]]
) -> DraftRules:
    if isinstance(listed, str):
        rules = named.get(listed, ())
        return DraftRules(metric, line, rules, ("rules", listed), listed, is_whole=True)
    read = tuple(_rules(listed))
    place = (*line, metric)
    return DraftRules(metric, line, read, place, None, is_whole=_is_whole(listed, read))


def _rules(listed: object) -> Iterator[DraftRule]:
    """Yield rules up to one of which nobody can know what it was meant to match."""
    for rule in listed if isinstance(listed, (list, tuple)) else ():
        get = _getter(rule)
        when, hours = get("when"), get("hours")
        read = None if when is None else _read(When, when)
        mistyped = isinstance(rule, Mapping) and not rule.keys() <= Target.model_fields.keys()
        is_rule = isinstance(rule, Mapping) or hasattr(rule, "within")
        if (when is not None and read is None) or mistyped or not is_rule:
            return
        name = get("name")
        yield DraftRule(
            name if isinstance(name, str) else None,
            read,
            None if hours is None else _hours(hours),
            _texts(get("pauses_on")),
            _read(Target, rule),
        )


def _hours(written: object) -> DraftHours:
    get = _getter(written)
    schedule, seasons = get("schedule"), get("seasons")
    listed = seasons if isinstance(seasons, (list, tuple)) else ()
    named = [_getter(season)("schedule") for season in listed]
    kept = {
        str(name): schedule
        for name, schedule in _table(get("on_holidays")).items()
        if isinstance(schedule, str)
    }
    return DraftHours(
        schedule if isinstance(schedule, str) else None,
        _texts(get("observes")),
        tuple(name if isinstance(name, str) else None for name in named),
        kept,
        _read(Hours, written),
    )


def _is_whole(listed: object, rules: tuple[DraftRule, ...]) -> bool:
    return listed is None or (isinstance(listed, (list, tuple)) and len(listed) == len(rules))


def _getter(source: object) -> Callable[[str], Any]:
    if isinstance(source, Mapping):
        return source.get
    return lambda key: getattr(source, key, None)


def _table(value: object) -> Mapping[Any, Any]:
    if value is None:
        return {}
    return value if isinstance(value, Mapping) else Unreadable()


def _parts(table: Mapping[Any, Any], read: Callable[[Any], T]) -> dict[str, T]:
    made: dict[str, T] = Unreadable() if isinstance(table, Unreadable) else {}
    made.update((str(name), read(part)) for name, part in table.items())
    return made


def _names(value: object) -> tuple[str, ...] | None:
    """Return the names that a list declares; None if it could not be read."""
    if value is None:
        return ()
    names = _texts(value)
    return names if isinstance(value, (list, tuple)) and len(names) == len(value) else None


def _texts(value: object) -> tuple[str, ...]:
    found = value if isinstance(value, (list, tuple)) else ()
    return tuple(text for text in found if isinstance(text, str))


def _read(model: Any, value: object) -> Any:  # noqa: ANN401  a model class, or an instance of it
    try:
        return model.model_validate(value)
    except ValidationError:
        return None
