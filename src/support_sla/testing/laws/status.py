"""The law of status: your function says how a promise to a ticket stands, as `track` does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st

from support_sla.errors import YearsNotCoveredError, listed
from support_sla.testing.laws.saying import Saying, said
from support_sla.testing.laws.search import Counterexample, Unanswered, refuse_counterexamples
from support_sla.testing.requests.durations import durations
from support_sla.testing.requests.lines import promises_of
from support_sla.testing.requests.ticket_logs import EVENT_KINDS, ticket_logs
from support_sla.tickets.track import track
from support_sla.values.instants import EPOCH
from support_sla.values.one_line import moment
from support_sla.values.units import MICROSECOND, NANOSECONDS_IN

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from hypothesis import settings

    from support_sla.policy.metrics import Metric
    from support_sla.policy.policy import Policy
    from support_sla.testing.requests.lines import LineName
    from support_sla.tickets.log.event import EventKind
    from support_sla.tickets.log.log import TicketLog
    from support_sla.tickets.rounds.round import Round
    from support_sla.values.units import Unit

KEYS = (
    "state",
    "started_at",
    "starts_at",
    "due_at",
    "earliest_at",
    "stopped_at",
    "breached_at",
    "amount",
    "elapsed",
    "remaining",
    "overrun",
    "paused_for",
    "paused",
    "ticking",
    "is_stopped",
)
"""What a function may say of a promise: attributes of `Round` that are instants, amounts or words."""


class Moment(NamedTuple):
    """A ticket, and the instant at which it is asked about."""

    log: TicketLog
    now: dt.datetime


_AFTER = durations(max_value=dt.timedelta(days=30))


def check_status(  # noqa: PLR0913  what is possible, by name
    function: Callable[[Moment], Mapping[str, Any] | None],
    policy: Policy,
    *,
    metric: Metric = "first_response",
    line: LineName | None = None,
    kinds: Collection[EventKind] = EVENT_KINDS,
    max_events: int = 10,
    first_year: int | None = None,
    last_year: int | None = None,
    unit: Unit = "us",
    settings: settings | None = None,
) -> int:
    """Raise `CounterexampleError` for a ticket of whose promise a function says something wrong.

    Returns how many tickets were compared, if of none was said anything wrong.

    The function gets a `Moment` (`log`, a `TicketLog`, and `now`, aware, not before its submission) and
    returns what it knows of the last round of `metric`, under the names of `Round`: any of `due_at`,
    `breached_at`, `state`, `elapsed`, `remaining`, `paused` and the like, or None if nothing is
    promised. Only what it gives is compared; instants in any zone. What it raises counts as a wrong
    answer, and so does another name. `line`, `kinds`, `max_events`, the years and `unit` narrow the
    tickets, as in `strategies.ticket_logs`.

    `settings` and the error are as for `check_deadline`. Raises as `strategies.ticket_logs` does, and
    `ValueError` if no line of the policy promises `metric`.

    >>> from support_sla import load_policy, track
    >>> azdigi = load_policy("azdigi")
    >>> def ours(asked):
    ...     first = track(azdigi, asked.log, asked.now).first_response
    ...     return first and {"due_at": first.due_at, "elapsed": asked.now - first.started_at}
    >>> check_status(ours, azdigi, line=("billing", "ticket"), kinds=["replied"])
    Traceback (most recent call last):
    support_sla.errors.CounterexampleError: billing/ticket sent Sun 2005-01-02 ...
    """

    @st.composite
    def moments(draw: st.DrawFn) -> Moment:
        log = draw(
            ticket_logs(
                policy,
                line=line,
                kinds=kinds,
                max_events=max_events,
                first_year=first_year,
                last_year=last_year,
                unit=unit,
            )
        )
        event = log.events[draw(st.integers(-1, len(log.events) - 1))]
        now = event.at.astimezone(dt.UTC) + draw(_AFTER)
        now -= (now - EPOCH) % (NANOSECONDS_IN[unit] // 1000 * MICROSECOND)
        return Moment(log, now.astimezone(event.at.tzinfo))

    def contradiction(asked: Moment) -> Counterexample | Unanswered | None:
        try:
            status = track(policy, asked.log, asked.now)
        except YearsNotCoveredError:
            return Unanswered.PAST_THE_YEARS
        answer = Saying.of(function, asked)
        found = _difference(metric, getattr(status, metric), answer)
        if found is None:
            return None
        right, expected, how = found
        log = asked.log
        desk = status.now.tzinfo
        sent = f"{log.department}/{log.channel} sent {moment(log.submitted_at.astimezone(desk))}"
        sentence = f"{sent}, asked {moment(status.now)}: {right}, but your function {how}"
        why = status.explain()
        again = f"track(policy, TicketLog.from_dict({log.to_dict()}), {asked.now.isoformat()!r})"
        return Counterexample(asked, expected, answer.value, sentence, why, again)

    promises_of(policy, None, metric)  # or no ticket could have it
    return refuse_counterexamples(moments(), contradiction, settings)


def _difference(
    metric: Metric, right: Round | None, answer: Saying
) -> tuple[str, object, str] | None:
    """Return what is right, its value, and how the answer differs; None if it does not."""
    if answer.failed or answer.value is None or right is None:
        expected = None if right is None else right.due_at
        how = answer.contradicts(right)
        if how is None:
            return None
        due = (
            f"no {metric} is promised" if expected is None else f"{metric} is due {said(expected)}"
        )
        return due, expected, how
    if not isinstance(answer.value, Mapping) or not {*answer.value} <= {*KEYS}:
        how = f"says {said(answer.value)}, which is neither None nor a mapping of any of {listed(KEYS)}"
        return f"{metric} is due {said(right.due_at)}", right.due_at, how
    for name, value in answer.value.items():
        expected = getattr(right, name)
        if how := Saying(value).contradicts(expected):
            return f"{name} of {metric} is {said(expected)}", expected, how
    return None
