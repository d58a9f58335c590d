"""`track`: how the promises to a ticket stand at an instant, replayed from its log."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right

from support_sla.errors import InstantError, LogError, SupportSlaError
from support_sla.policy.metrics import METRICS
from support_sla.policy.policy import Policy, check_policy
from support_sla.tickets.history import PolicyHistory
from support_sla.tickets.log.log import TicketLog
from support_sla.tickets.rounds.assigned import assigned_to
from support_sla.tickets.rounds.facts import Facts
from support_sla.tickets.rounds.followed import Asking
from support_sla.tickets.rounds.life import lives_of
from support_sla.tickets.rounds.measure import measured
from support_sla.tickets.rounds.promised import Ask, ask_of
from support_sla.tickets.rounds.round import Round
from support_sla.tickets.standing import TicketState
from support_sla.tickets.status import TicketStatus
from support_sla.values.instants import read_instant, to_micros


def track(  # noqa: PLR0913  how a log is read, by name
    policy: Policy | PolicyHistory,
    log: TicketLog,
    now: dt.datetime | str,
    *,
    as_of: dt.datetime | str | None = None,
    assume_unpaused: bool = False,
    openings: bool = False,
) -> TicketStatus:
    """Return how each promise to a ticket stands at an instant: a pure function of the three.

    Events after `now` are not looked at, so asking in the past is replaying a prefix of the log;
    those at `now` have happened. Of a `PolicyHistory` the version in force at the submission
    decides, or the one at `as_of`. Instants are in the zone of the department that it is with at `now`. With `openings` the status also changes where a clock that runs
    begins or ends to tick. A log without a history of statuses is refused where a rule pauses, unless
    `assume_unpaused`; then the rounds say so.

    Raises `NotAModelError` for a policy that was not loaded and `LogError` for what is no log;
    `InstantError` for a `now` before the submission, and for an `as_of` without a history; `UnknownDepartmentError` and
    `UnknownChannelError` for the log of another policy's line; with the place of the event, what
    names of the log the policy does not have; and `YearsNotCoveredError` where a due lies past the
    years of the calendars it needs.

    >>> from support_sla import load_policy
    >>> log = TicketLog("billing", "ticket", [
    ...     {"at": "2026-01-10T16:30:00+07:00", "kind": "submitted"},
    ... ])
    >>> status = track(load_policy("azdigi"), log, "2026-01-12T08:10:00+07:00")
    >>> status.first_response.state, str(status.first_response.remaining)
    ('running', '0:20:00')
    """
    if not isinstance(log, TicketLog):
        raise LogError.no_log(log)
    if isinstance(policy, PolicyHistory):
        policy = policy.at(log.submitted_at if as_of is None else as_of)
    elif as_of is not None:
        raise InstantError.alone("as_of", as_of, "a PolicyHistory")
    check_policy(policy)
    ask = _asked_first(policy, log)
    at = to_micros(read_instant("now", now, ask.zone))
    events, instants = log.events, log.instants
    if at < instants[0]:
        raise InstantError.order("submitted_at", log.submitted_at, "now", now)
    if instants[-1] > at:
        count = bisect_right(instants, at)
        events, instants = events[:count], instants[:count]
    facts = Facts.of(policy, events, instants, ask)
    asking = Asking(facts, at, facts.now_asked.zone, log.has_statuses, assume_unpaused, openings)
    internal: tuple[TicketStatus, ...] = ()
    if log.is_assigned:
        internal = tuple(_status(policy, log, each) for each in assigned_to(policy, asking))
    return _status(policy, log, asking, internal)


def _asked_first(policy: Policy, log: TicketLog) -> Ask:
    """Return what a ticket asks at its submission."""
    line = policy.channel(log.department, log.channel)
    sent = log.events[0]
    if line.internal:
        raise LogError.internal(f"{log.department}/{log.channel}", f"events[0] {sent}").at(0)
    try:
        given = tuple((name, value) for name, value in sent.attributes if value is not None)
        return ask_of(policy, log.department, log.channel, sent.priority, given)
    except SupportSlaError as error:
        raise error.at(0, "events[0]") from None


def _status(
    policy: Policy,
    log: TicketLog,
    asking: Asking,
    internal: tuple[TicketStatus, ...] = (),
) -> TicketStatus:
    rounds: list[Round] = []
    changes: list[int] = [at for each in internal if (at := each._changes) is not None]  # noqa: SLF001
    counts = [0] * len(METRICS)
    lives, is_resolved = lives_of(asking.facts)
    for life in lives:
        found = measured(asking, life, counts[life.metric] + 1)
        if found is not None:
            counts[life.metric] += 1
            rounds.append(found[0])
            if found[1] is not None:
                changes.append(found[1])
    ask = asking.facts.now_asked
    state = TicketState(
        is_resolved,
        *ask[:4],
        asking.facts.state.status,
        tuple(sorted(asking.facts.state.holds)),
    )
    return TicketStatus(
        policy,
        log,
        tuple(rounds),
        internal,
        asking.openings,
        state,
        asking.now,
        min(changes, default=None),
        asking.zone,
    )
