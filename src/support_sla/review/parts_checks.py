"""What lint finds in the parts of a policy: those that no line uses, and zones without clock changes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from support_sla.policy.metrics import METRICS
from support_sla.review.finding import LintFinding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from support_sla.policy.policy import Policy
    from support_sla.review.survey import Surveyed

_PLACES = {"EST": "America/New_York", "MST": "America/Denver", "HST": "Pacific/Honolulu"}
_GREENWICH = re.compile(r"(?:Etc/)?(?:GMT[+-]?0?|Greenwich)")
_OFFSET = re.compile(r"Etc/GMT[+-][0-9]+")


def unused_priorities(policy: Policy, lines: Iterable[Surveyed]) -> Iterator[LintFinding]:
    """Yield one finding if there are priorities and no rule names any of them.

    If a rule names some, the default of its line is for the others.
    """
    whens = [target.when for seen in lines for target in seen.targets]
    if policy.priorities and not any(when.priority for when in whens if when):
        every = " and ".join(map(repr, policy.priorities))
        yield LintFinding(
            "priority_unused",
            f"no rule names a priority, so declaring {every} changes no answer; name one in a rule's 'when', "
            "or drop the list where no request carries one",
            "priorities",
        )


def unused_schedules(policy: Policy, lines: Iterable[Surveyed]) -> Iterator[LintFinding]:
    """Yield each schedule that no line uses."""
    hours = [seen.question.line.hours for seen in lines]
    hours += [target.hours for seen in lines for target in seen.targets if target.hours]
    used = {name for each in hours for name in each.schedules}
    for name in policy.schedules:
        if name not in used:
            yield LintFinding(
                "schedule_unused",
                f"schedule {name!r} is used by no line; use it under 'hours', or drop it",
                f"schedules.{name}",
            )


def unused_attributes(policy: Policy, lines: Iterable[Surveyed]) -> Iterator[LintFinding]:
    """Yield each attribute that no rule names."""
    whens = [target.when for seen in lines for target in seen.targets if target.when]
    used = {name for when in whens for name in when.attributes}
    for name in policy.attributes:
        if name not in used:
            yield LintFinding(
                "attribute_unused",
                f"no rule names attribute {name!r}, so it changes no answer; name it in a rule's "
                "'when', or drop it",
                f"attributes.{name}",
            )


def unused_rules(policy: Policy) -> Iterator[LintFinding]:
    """Yield each list of rules that no line promises."""
    used = {getattr(line, metric) for _, _, line in policy.lines() for metric in METRICS}
    for name in policy.rules:
        if name not in used:
            yield LintFinding(
                "rules_unused",
                f"no line promises the rules {name!r}; write them under a metric of one, e.g. "
                f"first_response = {name!r}, or drop them",
                f"rules.{name}",
            )


def fixed_zones(policy: Policy) -> Iterator[LintFinding]:
    """Yield each zone that keeps one offset all year, though clocks change in the place it means."""
    zones = {"timezone": policy.timezone}
    zones |= {
        f"departments.{name}.timezone": department.timezone
        for name, department in policy.departments.items()
        if department.timezone is not None
    }
    for path, zone in zones.items():
        way_out = _way_out(zone)
        if way_out is not None:
            yield LintFinding(
                "fixed_offset_zone",
                f"time zone {zone!r} keeps one offset all year, without the clock changes of a place; "
                f"{way_out}, or accept it if the desk's clock never changes",
                path,
            )


def _way_out(zone: str) -> str | None:
    """Return what to write instead of a zone that is no place's; None for a place's, and for UTC."""
    if zone in _PLACES:
        return f"use the name of the desk's place, e.g. {_PLACES[zone]!r}"
    if _GREENWICH.fullmatch(zone):
        return "use 'Europe/London' for a desk in Britain, 'UTC' for universal time"
    if _OFFSET.fullmatch(zone):
        sign = "-" if "+" in zone else "+"
        offset = f"UTC{sign}{zone[8:]}"
        return (
            f"use the name of the desk's place, e.g. 'Europe/Paris' (and mind that it is {offset})"
        )
    return None
