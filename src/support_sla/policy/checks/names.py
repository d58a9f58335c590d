"""Every name that a part of a policy writes is defined by another part."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from support_sla.errors import shown
from support_sla.policy.checks.draft import Unreadable
from support_sla.values.model import detail, nearest
from support_sla.values.week import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic_core import InitErrorDetails

    from support_sla.policy.checks.draft import (
        DraftHours,
        DraftLine,
        DraftParts,
        DraftRule,
        Place,
    )


class _Known(NamedTuple):
    """The names that a condition may have, looked up in one step."""

    days: Mapping[str, object]
    priorities: Mapping[str, object]
    statuses: Mapping[str, object]


def name_faults(parts: DraftParts) -> Iterator[InitErrorDetails]:
    """Yield a fault for each name that is not defined, or that is taken by a weekday."""
    for name in parts.calendars:
        if name in WEEKDAYS:
            message = f"calendar {shown(name)} has the name of a weekday; give it another"
            yield detail("name_taken", message, ("calendars", name), name)
    known = _Known(
        _with_weekdays(parts.calendars), _declared(parts.priorities), _declared(parts.statuses)
    )
    for name, rules in parts.rules.items():
        yield from _rule_names(parts, ("rules", name), rules, known)
    for line in parts.lines:
        yield from _hours_names(parts, line.hours, (*line.place, "hours"))
        for listed in line.lists:
            if listed.name is None:
                yield from _rule_names(parts, listed.place, listed.rules, known)
            else:
                place = (*line.place, listed.metric)
                yield from _undefined("list of rules", listed.name, parts.rules, place)
        yield from _required_names(parts, line)
    yield from _label_names(parts)


def _hours_names(parts: DraftParts, hours: DraftHours, place: Place) -> Iterator[InitErrorDetails]:
    schedules = {(*place, "schedule"): hours.schedule}
    schedules |= {(*place, "seasons", at, "schedule"): n for at, n in enumerate(hours.seasons)}
    schedules |= {(*place, "on_holidays", name): kept for name, kept in hours.on_holidays.items()}
    for where, name in schedules.items():
        if name is not None:
            yield from _undefined("schedule", name, parts.schedules, where)
    for at, name in enumerate(hours.observes):
        yield from _undefined("calendar", name, parts.calendars, (*place, "observes", at))


def _rule_names(
    parts: DraftParts, rules_place: Place, rules: tuple[DraftRule, ...], known: _Known
) -> Iterator[InitErrorDetails]:
    for number, rule in enumerate(rules):
        when, place = rule.when, (*rules_place, number)
        if rule.hours is not None:
            yield from _hours_names(parts, rule.hours, (*place, "hours"))
        for at, name in enumerate(rule.pauses_on):
            yield from _undefined("status", name, known.statuses, (*place, "pauses_on", at))
        if when is None:
            continue
        for at, name in enumerate(when.days or ()):
            yield from _undefined("day", name, known.days, (*place, "when", "days", at))
        for at, name in enumerate(when.priority or ()):
            where = (*place, "when", "priority", at)
            yield from _undefined("priority", name, known.priorities, where)
        for attribute, values in when.attributes.items():
            where = (*place, "when", "attributes", attribute)
            yield from _undefined("attribute", attribute, parts.attributes, where)
            declared = _values(parts, attribute)
            for at, value in enumerate(values):
                yield from _undefined("value", value, declared, (*where, at), of=attribute)


def _required_names(parts: DraftParts, line: DraftLine) -> Iterator[InitErrorDetails]:
    owner, place = str(line.place[1]), (*line.place, "requires")
    if line.is_internal and line.requires is not None:
        message = f"line {shown(line.place[3])} is internal, so no customer can be told to use it"
        yield detail("requires_internal", f"{message}; drop 'requires'", place, line.requires)
    for at, name in enumerate(line.serves):
        yield from _undefined("department", name, parts.departments, (*place, "departments", at))
    if line.requires is None:
        return
    named = {name: (*place, "departments", at) for at, name in enumerate(line.serves)}
    served: dict[str, Place] = named or {owner: (*place, "channel")}
    if owner in served and line.requires == line.place[3]:
        message = f"channel {shown(line.requires)} requires itself; name the one to ask on first"
        yield detail("requires_itself", message, (*place, "channel"), line.requires)
    internal = {(line.place[1], line.place[3]) for line in parts.lines if line.is_internal}
    for name, where in served.items():
        channels = parts.departments.get(name)
        if (name, line.requires) in internal:
            message = f"channel {shown(line.requires)} of department {shown(name)} is internal"
            message += ", so no request is sent there; name a channel for customers"
            yield detail("requires_internal", message, where, line.requires)
        if channels is not None and line.requires not in channels:
            message = f"channel {shown(line.requires)} is not defined by department {shown(name)}; "
            message += nearest(line.requires, list(channels))
            yield detail("channel_undefined", message, where, line.requires)


def _label_names(parts: DraftParts) -> Iterator[InitErrorDetails]:
    labels = parts.labels
    if labels is None:
        return
    rules: dict[str, object] = {} if parts.has_every_rule else Unreadable()
    rules.update((rule.called, None) for each in parts.rules.values() for rule in each)
    lists = (listed for line in parts.lines for listed in line.lists)
    rules.update((rule.called, None) for listed in lists for rule in listed.rules)
    named: list[tuple[str, Mapping[str, object], Mapping[str, object]]] = [
        ("priority", labels.priority, _declared(parts.priorities)),
        ("status", labels.status, _declared(parts.statuses)),
        ("attribute", labels.attribute, parts.attributes),
        ("rule", labels.rule, rules),
    ]
    for kind, texts, known in named:
        for name in texts:
            yield from _undefined(kind, name, known, ("labels", kind, name))
    for attribute, values in labels.value.items():
        place = ("labels", "value", attribute)
        yield from _undefined("attribute", attribute, parts.attributes, place)
        declared = _values(parts, attribute)
        for value in values:
            yield from _undefined("value", value, declared, (*place, value), of=attribute)


def _with_weekdays(calendars: Mapping[str, object]) -> Mapping[str, object]:
    days: dict[str, object] = Unreadable() if isinstance(calendars, Unreadable) else {}
    days.update(dict.fromkeys((*WEEKDAYS, *calendars)))
    return days


def _declared(names: tuple[str, ...] | None) -> Mapping[str, object]:
    return Unreadable() if names is None else dict.fromkeys(names)


def _values(parts: DraftParts, attribute: str) -> Mapping[str, object]:
    """Return the values of an attribute; one that is not defined has been told, so it has any."""
    return _declared(parts.attributes.get(attribute))


def _undefined(
    kind: str, name: str, known: Mapping[str, object], place: Place, *, of: str | None = None
) -> Iterator[InitErrorDetails]:
    if name not in known:
        whose = "the policy" if of is None else f"attribute {shown(of)}"
        message = f"{kind} {shown(name)} is not defined by {whose}; {nearest(name, known)}"
        yield detail(f"{kind.split(maxsplit=1)[0]}_undefined", message, place, name)
