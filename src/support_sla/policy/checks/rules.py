"""Every rule of a line can match, has a name of its own, and asks for few enough kinds of requests."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from support_sla.errors import shown
from support_sla.policy.checks.hours import opening_hours
from support_sla.policy.checks.reach import Reach
from support_sla.values.model import detail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core import InitErrorDetails

    from support_sla.policy.checks.draft import DraftLine, DraftParts, DraftRules

MOST_COMBINATIONS = 4_096
"""The most that the values which a line's rules name may multiply to."""


def rule_faults(parts: DraftParts, line: DraftLine) -> Iterator[InitErrorDetails]:
    """Yield the faults of each list of rules of a line."""
    hours = opening_hours(parts, line.hours)
    always_open = hours is not None and hours.is_always_open
    for listed in line.lists:
        yield from _faults_of(parts, listed, always_open=always_open)
        yield from _misplaced(listed)


def _misplaced(listed: DraftRules) -> Iterator[InitErrorDetails]:
    """Yield a fault for each rule with an `earliest` that is not of a first response."""
    for at, rule in enumerate(listed.rules if listed.metric != "first_response" else ()):
        if rule.whole is not None and rule.whole.earliest is not None:
            message = f"earliest means nothing to {listed.metric}, only to first_response"
            yield detail(
                "earliest_misplaced",
                f"{message}; drop it from the rule",
                (*listed.place, at, "earliest"),
                rule.called,
            )


def _faults_of(
    parts: DraftParts, listed: DraftRules, *, always_open: bool
) -> Iterator[InitErrorDetails]:
    """Yield a fault for each rule that can never match or has the name of an earlier one."""
    if (count := _combinations(listed)) > MOST_COMBINATIONS:
        message = (
            f"the values that the rules name multiply to {count} kinds of requests, more than "
        )
        message += f"{MOST_COMBINATIONS}; name fewer values, or part the line into several"
        yield detail("too_many_combinations", message, listed.place, count)
        return
    whens = [rule.when for rule in listed.rules]
    reach = Reach(parts.priorities or (), whens, parts.attributes, always_open=always_open)
    called: set[str] = set()
    for at, rule in enumerate(listed.rules):
        place, name, when = (*listed.place, at), rule.called, rule.when
        if not reach.takes(when):
            if always_open and when is not None and when.open is False:
                message = f"rule {shown(name)} can never match, for the line never closes"
                message += "; drop it, or 'open' from its 'when'"
            else:
                hidden_by = _hidden_by(listed, reach.hides(at))
                message = f"rule {shown(name)} can never match, {hidden_by} always does first"
                message += "; move it up, or give the earlier one a 'when'"
            yield detail("rule_unreachable", message, place, name)
        elif name in called:
            message = f"rule {shown(name)} has the name of an earlier one"
            yield detail("name_repeated", f"{message}; give it a name of its own", place, name)
        called.add(name)


def _combinations(listed: DraftRules) -> int:
    """Return what the values multiply to that the rules of a line name, priorities among them."""
    whens = [rule.when for rule in listed.rules if rule.when is not None]
    if not any(when.attributes for when in whens):
        return 0  # priorities alone are few
    named: dict[str | None, set[str]] = {}
    for when in whens:
        named.setdefault(None, set()).update(when.priority or ())
        for attribute, values in when.attributes.items():
            named.setdefault(attribute, set()).update(values)
    combined = prod(len(each) for each in named.values() if each)
    with_none = prod(len(each) + 1 for each in named.values())
    return with_none if combined <= MOST_COMBINATIONS and with_none > 2**16 else combined


def _hidden_by(listed: DraftRules, before: int | None) -> str:
    """Return, in words, which earlier rule takes all that a rule could match."""
    if before is None:
        return "one of the rules before it"
    return f"rule {shown(listed.rules[before].called)}"
