"""Strategies for the rules of a line, each of which can match."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from hypothesis import strategies as st

from support_sla.policy.checks.reach import reachable
from support_sla.policy.metrics import METRICS, Changes, Reopened
from support_sla.testing.drawn import ONE_IN_4, YES_OR_NO, one_of, some_of
from support_sla.testing.policies.conditions import conditions
from support_sla.testing.policies.hours import line_hours
from support_sla.testing.policies.promises import promises

if TYPE_CHECKING:
    from support_sla.policy.metrics import Metric
    from support_sla.testing.policies.hours import Drawn, Parts

_BESIDE_DUE = ("0m before", "15m before", "90s before", "30h before", "0m after", "4h after")
_SHARES = ("0 %", "33.333 %", "50 %", "75 %", "100 %", "150 %")
_WARNINGS: tuple[Any, ...] = (*_SHARES, *_BESIDE_DUE, {"name": "the team lead", "at": "1h before"})
_SOME_WARNINGS = st.lists(st.sampled_from(_WARNINGS), min_size=1, max_size=2, unique_by=str)


@st.composite
def rules(
    draw: st.DrawFn, parts: Parts, hours: Drawn, metric: Metric = "first_response"
) -> list[dict[str, Any]]:
    """Generate rules that can all match: conditional ones, each reachable, then a default.

    Under a metric other than the first response the default may be missing.
    """
    is_first = metric == "first_response"
    whens: list[Any] = [*draw(conditions(parts)), None]
    if not is_first and len(whens) > 1 and draw(ONE_IN_4):
        whens.pop()
    found = []
    left = reachable(
        whens, parts.priorities, parts.attributes, always_open=hours.opening.is_always_open
    )
    for at, when in enumerate(left):
        rule: dict[str, Any] = {"name": f"rule {at}", **({"when": when} if when else {})}
        own = hours
        if "hours" in parts.features and draw(ONE_IN_4):
            own = draw(line_hours(parts))
            rule["hours"] = own.written
        rule |= draw(promises(parts, own, has_hours=own is not hours, has_earliest=is_first))
        if parts.has_tickets:
            rule |= _of_tickets(draw, parts)
        found.append(rule)
    return found


@st.composite
def ticket_lists(draw: st.DrawFn, parts: Parts, hours: Drawn) -> dict[str, Any]:
    """Generate what a line says of tickets over time: further promises, and how they go on."""
    found: dict[str, Any] = {
        metric: draw(rules(parts, hours, metric)) for metric in METRICS[1:] if draw(YES_OR_NO)
    }
    for key, values in (("changes", get_args(Changes)), ("reopened", get_args(Reopened))):
        if (value := draw(one_of(values))) != values[0]:
            found[key] = value
    return found


def _of_tickets(draw: st.DrawFn, parts: Parts) -> dict[str, Any]:
    """Draw what a rule pauses on and at which points it warns."""
    found: dict[str, Any] = {}
    if len(parts.statuses) and draw(YES_OR_NO):
        found["pauses_on"] = draw(some_of(tuple(parts.statuses), most=2))
    if draw(YES_OR_NO):
        found["warn_at"] = draw(_SOME_WARNINGS)
    return found
