"""How a ticket's promises stand, found by walking its log piece by piece and adding up what counts.

It shares no code with the package: policies and events are read as data, open hours and dues come from
`oracle`, starts and ends from `ticket_story`. The one idea: between two neighbouring edges (an event, an
opening, a closing) all is the same, so each such piece counts wholly or not at all; a due, a breach
and a warning are places in the row of pieces. After the instant asked about the clock is taken to run.

Instants are datetimes in UTC, amounts integer microseconds. What lies past the limit, or is not said,
is `FAR`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import oracle
from in_oracle_words import line_desk, rules_of
from ticket_story import METRICS, Request, Run, Story, assignments, requests_of, states_of

LIMIT = 40
"""Days past the instant asked about in which dues are looked for."""
FAR = datetime.max.replace(tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Promise(NamedTuple):
    """What a line promises to a run that starts at an instant."""

    target: Any
    desk: oracle.Desk
    amount: int
    since: datetime
    starts_at: datetime
    due_at: datetime
    earliest: int | None


class Leg(NamedTuple):
    start: datetime
    promise: Promise | None


class Piece(NamedTuple):
    """From `start` to `end` time is `counted`, or it is `paused`, or neither."""

    start: datetime
    end: datetime
    counted: bool
    paused: bool

    @property
    def length(self) -> int:
        return (self.end - self.start) // MICROSECOND


@dataclass(frozen=True)
class Figures:
    """A round as the oracle finds it; `amount` is None where nothing is promised."""

    metric: str
    state: str
    target: str | None
    started_by: str
    started_at: datetime
    stopped_at: datetime | None
    stopped_by: str | None
    starts_at: datetime | None
    due_at: datetime | None
    earliest_at: datetime | None
    breached_at: datetime | None
    amount: int | None
    elapsed: int
    paused_for: int
    paused: bool
    ticking: bool
    projected: bool
    warnings: tuple[tuple[str, datetime, bool, bool], ...]  # name, at, passed, at_start


class Beyond(Exception):  # noqa: N818  no error: the case is left to others
    """A due lies past the limit."""


@lru_cache(maxsize=64)
def _desk(policy: Any, department: str, channel: str, years: range) -> oracle.Desk:
    return line_desk(policy, channel, years, department=department)


@lru_cache(maxsize=256)
def _rules(policy: Any, request: tuple[str, str], metric: str, years: range) -> list[oracle.Rule]:
    department, channel = request
    return rules_of(policy, channel, years, department=department, metric=metric)


@dataclass(frozen=True)
class Ticket:
    """A ticket to a policy, and the instant at which it is asked about."""

    policy: Any
    story: Story
    states: Sequence[tuple[datetime, frozenset[str]]]
    now: datetime
    years: range

    def targets(self, request: Request, metric: str) -> Sequence[Any]:
        found: Sequence[Any] = self.policy.targets(request.department, request.channel, metric)
        return found

    def rounds(self) -> Iterator[Figures]:
        for metric in METRICS:
            for run in self.story.runs():
                if run.metric == metric and (found := self.measure(run)) is not None:
                    yield found

    def measure(self, run: Run) -> Figures | None:
        """Return the figures of a run; None if no line that it was on lists rules for its metric."""
        last = len(self.story.events) - 1 if run.stopped is None else run.stopped
        places = range(run.armed, last + 1)
        if not any(self.targets(self.story.requests[at], run.metric) for at in places):
            return None
        end = self.now if run.stopped is None else self.story.at(run.stopped)
        since = self.story.at(run.armed)
        legs = [Leg(run.start, self.promise(run, run.armed, run.start))]
        by, breached = run.started_by, None
        for place in places[1:]:
            if self.key(place, run.metric) == self.key(place - 1, run.metric):
                continue
            at = self.story.at(place)
            breached = breached or self.breach(run, legs, since, at, is_over=True)
            since, changes = at, self.line(place).changes
            if changes == "restart":
                by = self.story.events[place].kind
            start = at if changes == "restart" else legs[0].start
            promise = self.promise(run, place, start)
            legs = [*legs, Leg(at, promise)] if changes == "carry" else [Leg(start, promise)]
        breached = breached or self.breach(run, legs, since, end, is_over=False)
        return self.figures(run, legs, end, by, breached)

    def line(self, place: int) -> Any:
        request = self.story.requests[place]
        return self.policy.departments[request.department].channels[request.channel]

    def key(self, place: int, metric: str) -> Any:
        """What a change must change to count [37, 38]: the line, or which of its rules can match."""
        request, given = self.story.requests[place], dict(self.story.requests[place].attributes)
        held = []
        for target in self.targets(request, metric):
            when = target.when
            asks = when.attributes.items() if when else ()
            is_priority = not when or when.priority is None or request.priority in when.priority
            if is_priority and all(given.get(name) in values for name, values in asks):
                held.append(target.name)
                if not when or (when.days, when.open, when.time) == (None, None, None):
                    break
        return request[:2] if held else None, held

    def promise(self, run: Run, place: int, start: datetime) -> Promise | None:
        """Return what is promised, picked at the start, or at a restart [37, 39]."""
        policy, request = self.policy, self.story.requests[place]
        if not self.targets(request, run.metric):
            return None
        desk = _desk(policy, request.department, request.channel, self.years)
        rules = _rules(policy, request[:2], run.metric, self.years)
        line = oracle._Line(desk, rules, request.priority, dict(request.attributes), LIMIT)
        rule = line.rule_of(start)
        if rule is None:
            return None
        due, since = line.due(rule, start), start
        chosen: Any = rule
        if due and policy.crossing == "overlap":
            chosen, due = line.overlap(rule, start, due)
        elif due and policy.crossing == "in_order":
            for later in line.changes(start, due):
                other = line.rule_of(later)
                its_due = line.due(other, later) if other else None
                if its_due and its_due < due:
                    chosen, due, since = other, its_due, later
        counting = line.desk_of(chosen)
        starts_at = oracle.next_open(counting, start, LIMIT) if chosen.business else start
        if due is None or starts_at is None:
            raise Beyond
        amount = chosen.within if isinstance(chosen.within, int) else 0
        if not isinstance(chosen.within, int):
            amount = oracle.between(counting, since, due)
        target = next(t for t in self.targets(request, run.metric) if t.name == chosen.name)
        return Promise(target, counting, amount, since, starts_at, due, chosen.earliest)

    # --- Pieces ---

    def pieces(
        self, run: Run, legs: Sequence[Leg], end: datetime, *, on: bool = True
    ) -> list[Piece]:
        """Return what each piece of time is, from the start to `end` and, if the clock is `on`, after it."""
        start, horizon = legs[0].start, end + timedelta(days=LIMIT if on else 0)
        edges = {start, end, horizon, *(leg.start for leg in legs)}
        edges |= {leg.promise.since for leg in legs if leg.promise}
        edges |= {at for at, _ in self.states} | {at for pair in run.active for at in pair if at}
        opens = {id(leg): _opens(leg, start, horizon) for leg in legs}
        edges |= {at for runs in opens.values() for pair in runs for at in pair}
        ordered = sorted(at for at in edges if start <= at <= horizon)
        found = []
        for a, b in pairwise(ordered):
            leg = [each for each in legs if each.start <= a][-1]
            is_open = any(opened <= a < closes for opened, closes in opens[id(leg)])
            promise = leg.promise
            if not is_open or promise is None or a < promise.since:
                found.append(Piece(a, b, counted=False, paused=False))
                continue
            is_active = a >= end or self.is_active(run, a)
            is_paused = a < end and is_active and self.is_paused(promise, a)
            found.append(Piece(a, b, counted=is_active and not is_paused, paused=is_paused))
        return found

    def is_active(self, run: Run, at: datetime) -> bool:
        return any(opens <= at and (ends is None or at < ends) for opens, ends in run.active)

    def is_paused(self, promise: Promise, at: datetime) -> bool:
        """Whether the ticket is in something that the rule pauses on; of one instant the last holds."""
        states = [state for since, state in self.states if since <= at]
        return bool(states and states[-1] & set(promise.target.pauses_on))

    # --- Readings ---

    def breach(
        self, run: Run, legs: Sequence[Leg], since: datetime, end: datetime, *, is_over: bool
    ) -> datetime | None:
        """Return the first instant after the due at which the promise was in force [29].

        It was so from `since` to `end`, that instant excluded if another promise then held.
        """
        promise = legs[-1].promise
        if promise is None:
            return None
        due = _due(promise, self.pieces(run, legs, end, on=False))
        if due is None:
            return None
        for opens, ends in run.active:
            at = max(due + MICROSECOND, since, opens)
            if (ends is None or at <= ends) and (at < end or (at == end and not is_over)):
                return at
        return None

    def figures(
        self, run: Run, legs: Sequence[Leg], end: datetime, by: str, breached: datetime | None
    ) -> Figures:
        promise, pieces = legs[-1].promise, self.pieces(run, legs, end)
        elapsed = sum(piece.length for piece in pieces if piece.counted and piece.start < end)
        is_stopped = run.stopped is not None
        is_paused = promise is not None and not is_stopped and self.is_paused(promise, end)
        due = _due(promise, pieces) if promise else None
        if promise and due is None:
            raise Beyond
        if promise is None:
            state = "none"
        elif is_stopped:
            state = "met_late" if breached else "met"
        else:
            state = "breached" if breached else "paused" if is_paused else "running"
        now_open = any(piece.start == end and piece.counted for piece in pieces)
        return Figures(
            metric=run.metric,
            state=state,
            target=promise.target.name if promise else None,
            started_by=by,
            started_at=legs[0].start,
            stopped_at=end if is_stopped else None,
            stopped_by=self.story.events[run.stopped].kind if run.stopped is not None else None,
            starts_at=promise.starts_at if promise else None,
            due_at=due,
            earliest_at=self.earliest(run, legs, end, due) if due else None,
            breached_at=breached,
            amount=promise.amount if promise else None,
            elapsed=elapsed,
            paused_for=sum(piece.length for piece in pieces if piece.paused),
            paused=is_paused,
            ticking=not is_stopped and not is_paused and now_open,
            projected=promise is not None and is_paused and elapsed < promise.amount,
            warnings=_warnings(legs, pieces, due, end) if promise and due else (),
        )

    def earliest(
        self, run: Run, legs: Sequence[Leg], end: datetime, due: datetime
    ) -> datetime | None:
        """Return the instant before which no answer is promised [position 13]: from the start on."""
        promise = legs[-1].promise
        if promise is None or promise.earliest is None or run.metric != "first_response":
            return None
        if promise.since != legs[0].start and promise.target.pauses_on:
            return FAR  # nobody says whether a pause before a later request's start counts
        own = [
            Leg(leg.start, leg.promise and leg.promise._replace(since=legs[0].start))
            for leg in legs
        ]
        pieces = self.pieces(run, own, end)
        found = _reached(pieces, promise.earliest) if promise.earliest else legs[0].start
        return min(max(found or FAR, promise.starts_at), due)


def _opens(leg: Leg, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    if leg.promise is None:
        return []
    first, last = oracle._microseconds(start), oracle._microseconds(end)
    runs = oracle._stretches(leg.promise.desk, first, last)
    return [(oracle._instant(a), oracle._instant(b)) for a, b in runs]


def _reached(pieces: Sequence[Piece], amount: int) -> datetime | None:
    """Return the first instant by which an amount, more than none, is counted."""
    for piece in pieces:
        if piece.counted and piece.length >= amount:
            return piece.start + amount * MICROSECOND
        amount -= piece.length if piece.counted else 0
    return None


def _due(promise: Promise, pieces: Sequence[Piece]) -> datetime | None:
    return _reached(pieces, promise.amount) if promise.amount else promise.due_at


def _latest(pieces: Sequence[Piece], amount: int, due: datetime) -> datetime:
    """Return the latest instant up to the due at which no more than an amount is counted."""
    for piece in pieces:
        if piece.counted and piece.length > amount:
            return min(piece.start + amount * MICROSECOND, due)
        amount -= piece.length if piece.counted else 0
    return due


def _warnings(
    legs: Sequence[Leg], pieces: Sequence[Piece], due: datetime, end: datetime
) -> tuple[tuple[str, datetime, bool, bool], ...]:
    """Return each point: a share read forward, or beside the due in the promise's own time [35]."""
    promise, start = legs[-1].promise, legs[0].start
    first = start if legs[0].promise is None else legs[0].promise.since
    assert promise is not None
    found = []
    for warning in promise.target.warn_at:
        text, is_at_start = warning.at, False
        if text.endswith("%"):
            share = -(-_thousandths(text) * promise.amount // 100_000)
            at = (_reached(pieces, share) or FAR) if share else first
        else:
            amount = _micros(text.rsplit(" ", 1)[0])
            if not amount:
                at = due
            elif text.endswith("after"):
                at = _reached(pieces, promise.amount + amount) or FAR
            elif amount > promise.amount:
                at, is_at_start = start, True
            else:
                at = _latest(pieces, promise.amount - amount, due)
        found.append((warning.name, at, at <= end, is_at_start))
    return tuple(found)


def _thousandths(text: str) -> int:
    """Return a share such as 33.333 % in thousandths of a per cent."""
    whole, _, part = text.removesuffix("%").strip().partition(".")
    return int(whole) * 1000 + int(part.ljust(3, "0"))


def _micros(text: str) -> int:
    """Return a duration such as 1h 30m or 90s in microseconds."""
    units = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
    found, number = 0, ""
    for letter in text.replace(" ", ""):
        number += letter if letter.isdigit() else ""
        if letter in units:
            found, number = found + int(number) * units[letter], ""
    return found * 1_000_000


@dataclass(frozen=True)
class Standing:
    """How a ticket stands: its rounds by metric, and the same of each internal line it was on."""

    rounds: list[Figures]
    internal: list[list[Figures]]


def standing(policy: Any, log: Any, now: datetime) -> Standing | None:
    """Return how the promises to a ticket stand; None if a due lies past the limit."""
    now = now.astimezone(UTC)
    events = [event for event in log.events if event.at.astimezone(UTC) <= now]
    requests, states = requests_of(log, events), states_of(events)
    years = range(events[0].at.year - 1, now.year + 2)

    def line(request: Request) -> Any:
        return policy.departments[request.department].channels[request.channel]

    def rounds(its: Sequence[Any], asked: Sequence[Request]) -> list[Figures]:
        story = Story(
            its,
            asked,
            lambda request: str(line(request).reopened),
            lambda request: bool(line(request).first_response),
        )
        return list(Ticket(policy, story, states, now, years).rounds())

    try:
        inside = [rounds(*each) for each in assignments(events, requests)]
        own = [at for at, event in enumerate(events) if event.kind != "assigned"]  # no effect [16]
        return Standing(rounds([events[at] for at in own], [requests[at] for at in own]), inside)
    except Beyond:
        return None
