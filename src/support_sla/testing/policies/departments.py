"""Strategies for the departments of a policy and their lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from support_sla.testing.drawn import ONE_IN_4, ONE_IN_8, YES_OR_NO, one_of
from support_sla.testing.policies.hours import line_hours
from support_sla.testing.policies.rules import rules, ticket_lists

if TYPE_CHECKING:
    from collections.abc import Sequence

    from support_sla.testing.policies.hours import Drawn, Parts

_CHANNELS = st.sampled_from([("ticket",), ("ticket", "chat")])
_OTHERS = st.sampled_from([(), (), (), ("other",), ("other", "third")])
_OF_OTHERS = st.sampled_from([("calls",), ("inside",), ("inside", "calls"), ("ticket", "calls")])
_WAITS = st.sampled_from(["5h", "30m", "PT48H"])
_TEXTS = st.sampled_from(
    [{"en": "Support"}, {"en": "Support", "vi": "Hỗ trợ"}, {"vi": "Phòng kỹ thuật"}]
)


@st.composite
def departments(
    draw: st.DrawFn, parts: Parts, zones: Sequence[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Generate departments with their lines, and lists of rules that lines share.

    The first is `desk`, whose lines all promise a first response. Lines of the others may promise
    nothing, only what concerns tickets over time, or be internal.
    """
    desk, shared = _desk(draw, parts)
    found = {"desk": {"channels": desk}}
    if "departments" in parts.features or parts.has_tickets:
        for name in draw(_OTHERS):
            lines = {line: _other_line(draw, parts, line) for line in draw(_OF_OTHERS)}
            found[name] = {"channels": lines}
    for department in found.values():
        if "timezone" in parts.features and draw(ONE_IN_8):
            department["timezone"] = draw(one_of(tuple(zones)))
    if "texts" in parts.features and draw(ONE_IN_4):
        for said in (*found.values(), *desk.values()):
            said |= {"label": draw(_TEXTS), "advice": draw(_TEXTS)}
    return found, shared


def _desk(draw: st.DrawFn, parts: Parts) -> tuple[dict[str, Any], dict[str, Any]]:
    """Draw the lines of the first department, and the rules they share."""
    found: dict[str, Any] = {}
    shared: dict[str, Any] = {}
    for channel in draw(_CHANNELS):
        hours = draw(line_hours(parts))
        found[channel] = {"hours": hours.written, "first_response": draw(rules(parts, hours))}
        if parts.has_tickets:
            found[channel] |= draw(ticket_lists(parts, hours))
    if "rules" in parts.features and draw(ONE_IN_8):
        shared = {"shared": found["ticket"]["first_response"]}
        found["ticket"]["first_response"] = "shared"
        if "chat" in found and not parts.has_tickets:  # of equal hours, for a rule may ask for them
            found["chat"] |= {"hours": found["ticket"]["hours"], "first_response": "shared"}
    if "requires" in parts.features and "chat" in found and draw(ONE_IN_4):
        found["chat"]["requires"] = {"channel": "ticket", "unanswered_for": draw(_WAITS)}
    return found, shared


def _other_line(draw: st.DrawFn, parts: Parts, name: str) -> dict[str, Any]:
    """Draw a line of another department; `inside` is for colleagues."""
    hours = draw(line_hours(parts))
    line: dict[str, Any] = {"hours": hours.written}
    if "requires" in parts.features and name != "inside" and draw(YES_OR_NO):
        served = {"channel": "ticket", "departments": ["desk"]}
        line["requires"] = {**served, "unanswered_for": draw(_WAITS)}
    if name == "ticket":
        line["first_response"] = draw(rules(parts, hours))
    elif parts.has_tickets:
        line |= _over_time(draw, parts, hours)
    return {**line, "internal": True} if name == "inside" and parts.has_tickets else line


def _over_time(draw: st.DrawFn, parts: Parts, hours: Drawn) -> dict[str, Any]:
    """Draw what a line promises that promises a resolution and no first response."""
    lists = draw(ticket_lists(parts, hours))
    resolution = lists.get("resolution") or draw(rules(parts, hours, "resolution"))
    return {**lists, "resolution": resolution}
