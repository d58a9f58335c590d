"""`Promised`: what a rule promises to a round that starts at an instant, ready to be measured."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from support_sla.answers.anchored_rows import NO_ROWS
from support_sla.answers.compiled_line import asked_of
from support_sla.answers.question import Question
from support_sla.errors import NoTargetError
from support_sla.policy.metrics import METRICS
from support_sla.tickets.rounds.rule_clock import RuleClock, reading
from support_sla.values.amounts.business_days import BusinessDays
from support_sla.values.instants import read_zone
from support_sla.values.units import MICROSECOND

if TYPE_CHECKING:
    import datetime as dt

    from support_sla.answers.compiled_line import Asked
    from support_sla.answers.table.rows import Row
    from support_sla.policy.policy import Channel, Policy
    from support_sla.policy.target import Target

Attributes = tuple[tuple[str, str], ...]


BEFORE_ALL = NO_ROWS.begins[0] // MICROSECOND


class Leg(NamedTuple):
    """Whose time is counted in a part of a course, and for which line.

    Before `counted_from` it is not counted: a later request's due is shared. It lies before all
    instants if none is.
    """

    target: Target
    question: Question
    counted_from: int


class Promised(NamedTuple):
    """The promise to a round: its rule, the rule's clock, and how much of it there is.

    It is counted from the round's start or, under `in_order`, from the `counted_from` of its leg, the
    later submission whose due it shares. `due_at` is the due of a round that is never paused. Of a target
    in business days the amount is the open time until then.
    """

    leg: Leg
    clock: RuleClock
    amount: int
    starts_at: int
    due_at: int
    pauses_on: frozenset[str]
    warnings: tuple[WarnWhen, ...]


WarnWhen: TypeAlias = "tuple[str, Literal['reached', 'latest', 'start', 'due'], int]"
"""A warning's name, and when it is: when an amount is reached, or at the latest instant at which no
more than one is counted, or at the start or the due of the round."""


class _OfRule(NamedTuple):
    """What a rule promises to every round; `amount` is None if that depends on its start."""

    leg: Leg
    clock: RuleClock
    pauses_on: frozenset[str]
    warnings: tuple[WarnWhen, ...]
    amount: int | None


class Promises:
    """What a line promises under one metric to requests that hold the same rules."""

    __slots__ = ("_asked", "_is_in_order", "_of", "_question", "_rows")

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        # Of what is kept for many tickets none may show whose was the first.
        self._question = replace(asked.question, priority=None, attributes=())
        self._of: dict[int, _OfRule] = {}
        self._rows: tuple[list[Row | None], list[int]] = NO_ROWS.rows, [BEFORE_ALL]
        self._is_in_order = asked.line.line.crossing == "in_order"

    def at(self, start: int) -> Promised | None:
        """Return what is promised to a round that starts at an instant; None if no rule matches.

        Raises as `compute_deadline` does for years that are not known.
        """
        line, (rows, begins) = self._asked.line, self._rows
        row = rows[bisect_right(begins, start) - 1]
        if row is None and line.row_of(start * MICROSECOND) is not None:
            found = line.rows
            rows, begins = found.rows, [begin // MICROSECOND for begin in found.begins]
            self._rows = rows, begins
            row = rows[bisect_right(begins, start) - 1]
        if row is None:
            try:
                answer, _ = self._asked.answered(start)
            except NoTargetError:
                return None
            rule, starts, due = answer.rule, answer.starts_at, answer.due_at
        else:
            _, rule, starts_from, _, _, due_from, after = row
            starts = start if start > starts_from else starts_from  # noqa: FURB136  as in `Course`
            due = (start if start > due_from else due_from) + after  # noqa: FURB136
        leg, clock, pauses_on, warnings, amount = self._of.get(rule) or self._of_rule(rule)
        if self._is_in_order:
            leg = leg._replace(counted_from=line.counted_from(start, due))
        if amount is None:
            begin = max(start, leg.counted_from)
            hours = clock.over(begin, due)
            amount = reading(hours, due) - reading(hours, begin)
            warnings = _warn_when(leg.target, amount)
        return Promised(leg, clock, amount, starts, due, pauses_on, warnings)

    def _of_rule(self, rule: int) -> _OfRule:
        target = self._asked.line.target(rule)
        within = target.within
        amount = None if isinstance(within, BusinessDays) else within // MICROSECOND
        clock = RuleClock(self._asked.line, target)
        warnings = () if amount is None else _warn_when(target, amount)
        leg = Leg(target, self._question, BEFORE_ALL)
        found = _OfRule(leg, clock, frozenset(target.pauses_on), warnings, amount)
        self._of[rule] = found
        return found


def _warn_when(target: Target, amount: int) -> tuple[WarnWhen, ...]:
    """Return when the warnings of a target of an amount are, in the target's own time."""
    found: list[WarnWhen] = []
    for each in target.warn_at:
        side, share, micros = each.point.side, each.point.share, each.point.micros
        if side == "share":
            found.append((each.name, "reached", ceil(share * amount)))
        elif not micros:
            found.append((each.name, "due", 0))
        elif side == "after":
            found.append((each.name, "reached", amount + micros))
        elif micros > amount:
            found.append((each.name, "start", 0))
        else:
            found.append((each.name, "latest", amount - micros))
    return tuple(found)


class Ask(NamedTuple):
    """What a ticket asks of a line from an event on: the line, and what it promises by metric."""

    department: str
    channel: str
    priority: str | None
    attributes: Attributes
    line: Channel
    zone: dt.tzinfo
    promises: tuple[Promises | None, ...]
    """In the order of `METRICS`; None under which the line lists no rules."""


def ask_of(
    policy: Policy, department: str, channel: str, priority: str | None, attributes: Attributes
) -> Ask:
    """Return what a policy keeps for the tickets of a line with this priority and attributes.

    Raises as `compute_deadline` does for names that the policy does not have.
    """
    key = Ask, department, channel, priority, attributes
    kept: Ask | None = policy.memo().get(key)
    return policy.once(key, lambda: _ask(policy, *key[1:])) if kept is None else kept


def _ask(
    policy: Policy, department: str, channel: str, priority: str | None, attributes: Attributes
) -> Ask:
    names = department, channel, priority
    line = policy.channel(department, channel)
    found: list[Promises | None] = []
    for metric in METRICS:
        question = Question.of(policy, *names, dict(attributes), metric)
        asked = asked_of(question) if question.targets else None
        found.append(None if asked is None else _promises(policy, asked))
    zone = read_zone(policy.zone_of(department))
    return Ask(*names, attributes, line, zone, tuple(found))


def _promises(policy: Policy, asked: Asked) -> Promises:
    """Return what a policy keeps for a promise: one for all kinds of tickets that hold the same rules.

    So a change of a ticket that no rule asks about is none.
    """
    question = asked.question
    held = question.department, question.channel, question.metric, question.held
    return policy.once((Promises, *held), lambda: Promises(asked))
