"""The laws of tickets over time, one test each, against walking and against deadlines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

import ticket_oracle
from in_oracle_words import utc
from support_sla import (
    Clock,
    Policy,
    Round,
    TicketLog,
    TicketStatus,
    YearsNotCoveredError,
    compute_deadline,
    track,
)
from support_sla.strategies import EVENT_KINDS
from ticket_desks import DESKS, MICROSECOND, Ticket, desks, moments, tickets
from ticket_figures import differences

CHANGES = {"priority", "attributes", "moved"}
UNCHANGED = [kind for kind in EVENT_KINDS if kind not in CHANGES]
STEADY = [kind for kind in UNCHANGED if kind not in {"reopened", "assigned"}]


def rounds(status: TicketStatus) -> list[Round]:
    """Return the rounds of a ticket and those of its internal lines."""
    return [*status.rounds, *(each for inside in status.internal for each in inside.rounds)]


def pairs(one: TicketStatus, two: TicketStatus) -> Iterator[tuple[Round, Round]]:
    """Yield the rounds of two statuses that are the same ones, and those there must be."""
    both = [(one, two), *zip(one.internal, two.internal, strict=True)]
    for a, b in both:
        sought = {(each.metric, each.number): each for each in b.rounds}
        yield from ((each, sought[each.metric, each.number]) for each in a.rounds)


def cut(ticket: Ticket) -> Ticket:
    """Return a ticket to which nothing happens any more."""
    events = [event for event in ticket.log.events if utc(event.at) <= utc(ticket.now)]
    return replace(ticket, log=TicketLog(ticket.log.department, ticket.log.channel, events))


def with_events(log: TicketLog, *events: dict[str, Any], after: int | None = None) -> TicketLog:
    """Return a log to which this happened too, behind an event given by its place, or the last."""
    place = len(log.events) if after is None else after + 1
    made: list[Any] = [*log.events[:place], *events, *log.events[place:]]
    return TicketLog(log.department, log.channel, made)


def judged(status: TicketStatus) -> Any:
    """Return what `changes_at` is about: states, pauses, breaches and warnings that were passed."""
    return [
        (
            each.metric,
            each.state,
            each.paused,
            utc(each.breached_at),
            [warning.passed for warning in each.warnings],
        )
        for each in rounds(status)
    ]


# --- The oracle ---


@given(tickets(desks(others=15)))
def test_oracle_a_ticket_stands_as_walking_its_log_finds_it(ticket: Ticket) -> None:
    """Starts, ends, dues, breaches, figures, states and warnings are what adding up pieces finds."""
    expected = ticket_oracle.standing(ticket.policy, ticket.log, ticket.now)
    if expected is not None:
        assert differences(ticket.status(), expected) == []


# --- While only time passes ---


@given(tickets(), st.timedeltas(timedelta(0), timedelta(days=9)))
def test_a_breach_never_goes_away(ticket: Ticket, later: timedelta) -> None:
    """Whatever happens afterwards, a promise once broken was broken then."""
    for before, after in pairs_of_time(ticket, ticket, later):
        if before.breached_at is not None:
            assert utc(before.breached_at) == utc(after.breached_at)


def pairs_of_time(one: Ticket, two: Ticket, later: timedelta) -> Iterator[tuple[Round, Round]]:
    before, after = one.status(), two.status(one.now + later)
    inside = after.internal[: len(before.internal)]
    yield from pairs(before, replace(after, internal=inside))


@given(tickets(), st.timedeltas(timedelta(0), timedelta(days=9)))
def test_a_due_never_falls_and_stands_still_while_its_clock_may_run(
    ticket: Ticket, later: timedelta
) -> None:
    """While nothing happens; and what has elapsed, paused or warned never goes back either."""
    still = cut(ticket)
    for before, after in pairs_of_time(still, still, later):
        if before.due_at is None:
            assert after.due_at is None
            continue
        assert utc(before.due_at) <= utc(after.due_at)
        if not before.projected:
            assert utc(before.due_at) == utc(after.due_at)
        assert before.elapsed <= after.elapsed
        assert before.paused_for <= after.paused_for
        for was, now in zip(before.warnings, after.warnings, strict=True):
            assert was.passed <= now.passed
            assert was.at is None or now.at is None or utc(was.at) <= utc(now.at)


@given(tickets(), st.booleans())
def test_nothing_differs_just_before_it_is_said_to_change_and_something_does_then(
    ticket: Ticket, openings: bool
) -> None:
    """States, pauses, breaches and passed warnings; with `openings` also what ticks."""
    still = cut(ticket)

    def seen(at: datetime) -> tuple[TicketStatus, Any]:
        status = track(still.policy, still.log, at, openings=openings)
        ticking = [each.ticking for each in rounds(status)] if openings else None
        return status, (judged(status), ticking)

    status, now = seen(still.now)
    if status.changes_at is None:
        assert now == seen(still.now + timedelta(days=5))[1]
        return
    changes = utc(status.changes_at)
    assert now == seen(max(changes - MICROSECOND, still.now))[1]
    assert now != seen(changes)[1]


# --- Amounts and stretches ---


@given(tickets())
def test_elapsed_and_remaining_add_up_to_the_amount(ticket: Ticket) -> None:
    """By construction; an overrun is a negative rest, a breach and a late end go together."""
    for each in rounds(ticket.status()):
        if each.amount is None or each.remaining is None:
            assert each.state == "none"
            continue
        assert each.amount == each.elapsed + each.remaining
        assert each.overrun == max(-each.remaining, timedelta(0))
        late = {"breached", "met_late"}
        assert (each.breached_at is not None) == (each.state in late)


def happened(ticket: Ticket) -> list[Any]:
    """Return the events of a ticket that have happened by now."""
    return [event for event in ticket.log.events if utc(event.at) <= utc(ticket.now)]


@given(tickets())
def test_stretches_tile_a_round_from_its_start_to_its_end_or_to_now(ticket: Ticket) -> None:
    """Without a gap, and of one kind never twice in a row for one reason."""
    status = ticket.status()
    for each in rounds(status):
        parts = each.stretches
        edges = [utc(each.started_at), *(utc(part.end) for part in parts)]
        assert edges == [*(utc(part.start) for part in parts), utc(each.stopped_at or ticket.now)]
        assert all(part.names for part in parts if part.kind == "paused")
        if each.paused and parts[-1].kind != "paused":  # then the pause begins just now
            assert utc(ticket.now) == max(utc(event.at) for event in happened(ticket))
            if utc(each.started_at) < utc(ticket.now):
                before = rounds(ticket.status(utc(ticket.now) - MICROSECOND))
                same = [
                    one for one in before if (one.metric, one.number) == (each.metric, each.number)
                ]
                assert not any(one.paused for one in same)  # none was there before it is promised


# --- Pauses ---


@st.composite
def pauses(draw: st.DrawFn, ticket: Ticket, *, closed: bool = False) -> tuple[str, Any, Any]:
    """Generate a hold that the log does not know, with its ends: while the line is closed, or any."""
    held = {event.reason for event in ticket.log.events}
    names = [name for name in ticket.policy.statuses if name not in held]
    assume(names)
    start = draw(moments(ticket.log))
    end = start + draw(st.timedeltas(timedelta(0), timedelta(days=4)))
    if closed:
        log = ticket.log
        clock = Clock.of(ticket.policy, department=log.department, channel=log.channel)
        try:
            closes = clock.next_close(start)
            opens = clock.next_open(closes) if closes else None
        except YearsNotCoveredError:  # open, or closed, to the end of what the calendars know
            closes = opens = None
        assume(opens)
        start, end = utc(closes), utc(opens)
    return draw(st.sampled_from(names)), start, end


def held(log: TicketLog, hold: tuple[str, Any, Any]) -> TicketLog:
    reason, start, end = hold
    return with_events(
        log,
        {"at": start, "kind": "paused", "reason": reason},
        {"at": end, "kind": "resumed", "reason": reason},
    )


@given(tickets(), st.data())
def test_one_more_pause_never_makes_a_due_or_a_warning_earlier(
    ticket: Ticket, data: st.DataObject
) -> None:
    """Nor a breach; and nobody's time runs faster for it."""
    more = held(ticket.log, data.draw(pauses(ticket)))
    for before, after in pairs(ticket.status(), ticket.status(log=more)):
        assert before.elapsed >= after.elapsed
        assert before.paused_for <= after.paused_for
        if before.due_at is not None:
            assert utc(before.due_at) <= utc(after.due_at)
        if after.breached_at is not None:
            assert utc(before.breached_at) <= utc(after.breached_at)
        for was, now in zip(before.warnings, after.warnings, strict=True):
            assert now.at is None or utc(was.at) <= utc(now.at)


@given(tickets(), st.data())
def test_a_pause_outside_the_hours_changes_nothing(ticket: Ticket, data: st.DataObject) -> None:
    """A hold in which the clock of a round counts nothing leaves its figures as they were."""
    more = held(ticket.log, data.draw(pauses(ticket, closed=True)))
    for before, after in pairs(ticket.status(), ticket.status(log=more)):
        if before.paused_for == after.paused_for:
            assert figures(before) == figures(after)


def figures(each: Round) -> Any:
    """Return when a round is due and broken, what has elapsed, and when it warns."""
    instants = each.due_at, each.breached_at, each.starts_at, *(w.at for w in each.warnings)
    return [*map(utc, instants)], each.elapsed, [w.passed for w in each.warnings]


@given(tickets(kinds=[*UNCHANGED, "paused", "moved"]), st.data())
def test_splitting_a_pause_changes_nothing(ticket: Ticket, data: st.DataObject) -> None:
    """A hold that ends and begins again in one instant is one hold."""
    events = ticket.log.events
    begins = [at for at, event in enumerate(events) if event.kind == "paused"]
    assume(begins)
    place = data.draw(st.sampled_from(begins))
    reason, start = events[place].reason, utc(events[place].at)
    ends = [e for e in events[place:] if e.kind == "resumed" and e.reason == reason]
    length = utc(ends[0].at) - start if ends else timedelta(days=1)
    halfway = {"at": start + length / 2 // MICROSECOND * MICROSECOND, "reason": reason}
    split = ({**halfway, "kind": "resumed"}, {**halfway, "kind": "paused"})
    one, two = ticket.status(), ticket.status(log=with_events(ticket.log, *split, after=place))
    assert rounds(one) == rounds(two)


# --- Order and history ---


@given(tickets(), st.data())
def test_ties_swap_a_status_beside_a_message_and_a_reopening_beside_the_customers(
    ticket: Ticket, data: st.DataObject
) -> None:
    """Of one instant, either order gives the same figures."""
    at = data.draw(moments(ticket.log))
    status = data.draw(st.sampled_from(ticket.policy.statuses or ("open",)))
    by = data.draw(st.sampled_from(["customer", "agent"]))
    tie: list[dict[str, Any]] = [{"at": at, "kind": "replied", "by": by, "id": "of the tie"}]
    tie.append({"at": at, "kind": "status", "to": status})
    if by == "customer" and data.draw(st.booleans()):
        tie[1] = {"at": at, "kind": "reopened"}
    one, two = (with_events(ticket.log, *order) for order in (tie, tie[::-1]))
    for first, second in pairs(ticket.status(log=one), ticket.status(log=two)):
        assert first == second


@given(tickets())
def test_asking_in_the_past_is_replaying_a_prefix(ticket: Ticket) -> None:
    """What happens after the instant asked about changes nothing but the log that is kept."""

    def bare(status: TicketStatus) -> TicketStatus:
        inside = tuple(replace(each, log=ticket.log) for each in status.internal)
        return replace(status, log=ticket.log, internal=inside)

    assert bare(ticket.status()) == bare(cut(ticket).status())


# --- Changes ---


def everywhere(policy: Policy, changes: str) -> Policy:
    data = policy.model_dump()
    for department in data["departments"].values():
        for channel in department["channels"].values():
            channel["changes"] = changes
    return Policy.model_validate(data)


RESTARTING = {desk: everywhere(desk, "restart") for desk in DESKS}
FROM_START = {desk: everywhere(desk, "from_start") for desk in DESKS}


@given(tickets(st.sampled_from(DESKS), kinds=UNCHANGED), st.data())
def test_a_restart_at_the_very_start_equals_a_change_from_the_start(
    ticket: Ticket, data: st.DataObject
) -> None:
    """A change of priority, attributes or line in the instant of the submission."""
    sent = {"at": ticket.log.submitted_at}
    line = {"department": "desk", "channel": data.draw(st.sampled_from(["carried", "calls"]))}
    changes: list[dict[str, Any]] = [
        {**sent, "kind": "priority", "to": "high"},
        {**sent, "kind": "attributes", "to": {"plan": "gold"}},
        {**sent, "kind": "moved", **line},
    ]
    some = data.draw(st.lists(st.sampled_from(changes), min_size=1, unique_by=repr))
    log = with_events(ticket.log, *some, after=0)
    restarted = track(RESTARTING[ticket.policy], log, ticket.now)
    changed = track(FROM_START[ticket.policy], log, ticket.now)
    for one, two in pairs(restarted, changed):
        assert plain(one) == plain(two)


def plain(each: Round) -> Any:
    return {key: value for key, value in each.to_dict().items() if key != "started_by"}


# --- Deadlines ---


def unpaused(ticket: Ticket) -> Iterator[tuple[Any, Round, datetime]]:
    """Yield each round that ran without a pause, its deadline, and until when it ran."""
    status = ticket.status()
    for line in (status, *status.internal):
        for each in line.rounds:
            if each.target is None or any(part.kind != "running" for part in each.stretches):
                continue
            deadline = compute_deadline(
                ticket.policy,
                each.started_at,
                department=line.department,
                channel=line.channel,
                priority=line.priority,
                attributes=line.attributes,
                metric=each.metric,
            )
            yield deadline, each, each.stopped_at or ticket.now


@given(tickets(kinds=[*UNCHANGED, "replied"]))
def test_a_round_without_pause_or_change_has_the_figures_of_its_deadline(ticket: Ticket) -> None:
    """Its start, earliest, due, elapsed, remaining and overdue time, lateness and shares."""
    for deadline, each, end in unpaused(ticket):
        instants = each.starts_at, each.earliest_at, each.due_at
        assert [*map(utc, instants)] == [
            *map(utc, (deadline.starts_at, deadline.earliest_at, deadline.due_at))
        ]
        assert each.remaining is not None
        assert (each.elapsed, each.overrun) == (deadline.elapsed(end), deadline.overdue(end))
        assert max(each.remaining, timedelta(0)) == deadline.remaining(end)
        assert (each.breached_at is not None) == deadline.is_late(end)
        for warning in each.warnings:
            if warning.name.endswith("%") and warning.at is not None:
                assert utc(warning.at) == utc(deadline.at_share(warning.name))


@given(tickets(kinds=[*UNCHANGED, "replied"]))
def test_a_day_target_without_a_pause_is_due_as_its_deadline(ticket: Ticket) -> None:
    """Although it is counted as the open time from the start to that due."""
    for deadline, each, _ in unpaused(ticket):
        if each.target is not None and each.target.is_in_days:
            assert utc(each.due_at) == utc(deadline.due_at)
            assert each.amount is not None
            assert each.amount <= utc(deadline.due_at) - utc(deadline.submitted_at)
