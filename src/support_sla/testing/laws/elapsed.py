"""The law of elapsed time: your function counts the open time between two instants as a line does."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import strategies as st

from support_sla.clock.clock import Clock
from support_sla.policy.policy import check_policy
from support_sla.testing.drawn import YES_OR_NO, one_of
from support_sla.testing.laws.saying import Saying, said
from support_sla.testing.laws.search import Counterexample, refuse_counterexamples
from support_sla.testing.requests.durations import durations
from support_sla.testing.requests.lines import check_line, lines_of
from support_sla.testing.requests.submissions import Span, submissions
from support_sla.values.one_line import moment

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis import settings

    from support_sla.policy.policy import Policy
    from support_sla.testing.requests.lines import LineName
    from support_sla.values.units import Unit


class Between(NamedTuple):
    """Two instants, the second not before the first, between which a line's open time is asked."""

    start: dt.datetime
    end: dt.datetime
    department: str
    channel: str


_SPANS = durations(max_value=dt.timedelta(days=21))


def check_elapsed(  # noqa: PLR0913  what is possible, by name
    function: Callable[[Between], dt.timedelta],
    policy: Policy,
    *,
    line: LineName | None = None,
    first_year: int | None = None,
    last_year: int | None = None,
    unit: Unit = "us",
    settings: settings | None = None,
) -> int:
    """Raise `CounterexampleError` for two instants whose open time a function counts wrongly.

    Returns how many pairs were compared, if none was counted wrongly.

    The function gets a `Between` (`start` and `end`, aware, each in any zone, `end` not before
    `start`; `department` and `channel`) and returns the time for which that line is open between
    them, as a timedelta. What it raises counts as a wrong answer. One of them is often a corner: an
    opening, a closing, a midnight, a change of the clock, or one `unit` beside; the other is up to three
    weeks away.

    `line`, the years, `unit` and `settings` are as for `check_deadline`, and so is the error.

    A line that is always open is open for all the time, but Python subtracts two instants of one zone
    on its wall clock:

    >>> from datetime import UTC
    >>> from support_sla import load_policy
    >>> azdigi = load_policy("azdigi")
    >>> always = {"line": ("technical", "ticket")}
    >>> check_elapsed(lambda a: a.end.astimezone(UTC) - a.start.astimezone(UTC), azdigi, **always)
    300
    >>> check_elapsed(lambda a: a.end - a.start, azdigi, **always)
    Traceback (most recent call last):
    support_sla.errors.CounterexampleError: technical/ticket is open for ...
    """
    span = Span.of(check_policy(policy), first_year, last_year, unit)

    @st.composite
    def pairs(draw: st.DrawFn) -> Between:
        owner = draw(one_of(tuple(lines_of(policy)))) if line is None else check_line(policy, line)
        at = submissions(policy, line=owner, first_year=first_year, last_year=last_year, unit=unit)
        one, passed = draw(at), draw(_SPANS)
        if draw(YES_OR_NO):
            return Between(one, span.shifted(one, passed), *owner)
        return Between(span.shifted(one, -passed), one, *owner)

    def contradiction(asked: Between) -> Counterexample | None:
        clock = Clock.of(policy, department=asked.department, channel=asked.channel)
        expected = clock.between(asked.start, asked.end)
        answer = Saying.of(function, asked)
        how = answer.contradicts(expected)
        if how is None:
            return None
        line = f"{asked.department}/{asked.channel}"
        ends = (at.astimezone(clock.timezone) for at in (asked.start, asked.end))
        spent = "from {} to {}".format(*map(moment, ends))
        sentence = f"{line} is open for {said(expected)} {spent}, but your function {how}"
        again = f"Clock.of(policy, department={asked.department!r}, channel={asked.channel!r})"
        again += f".between({asked.start.isoformat()!r}, {asked.end.isoformat()!r})"
        return Counterexample(asked, expected, answer.value, sentence, _why(clock, asked), again)

    return refuse_counterexamples(pairs(), contradiction, settings)


_MOST = 12
"""Open periods that are told one by one; of more, the first and the last ones."""


def _why(clock: Clock, asked: Between) -> str:
    """Return the open periods that add up to the elapsed time."""
    periods = clock.periods(asked.start, asked.end)
    told = [
        f"{moment(opens)} to {moment(closes)}: {said(closes.astimezone(dt.UTC) - opens.astimezone(dt.UTC))}"
        for opens, closes in periods
    ]
    if len(told) > _MOST:
        left_out = len(told) - _MOST
        told = [*told[: _MOST // 2], f"... {left_out} more ...", *told[-_MOST // 2 :]]
    return "\n".join(["It is open:", *told]) if told else "It is never open between them."
