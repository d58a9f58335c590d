"""Strategies for the logs of tickets: what may happen to one, often just where a clock turns."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, get_args

from hypothesis import strategies as st

from support_sla.calendars.coverage import Coverage
from support_sla.clock.clock import Clock
from support_sla.clock.wall_clock import WallClock
from support_sla.deadline import compute_deadline
from support_sla.errors import NoTargetError, YearsNotCoveredError, shown
from support_sla.policy.metrics import METRICS
from support_sla.policy.policy import check_policy
from support_sla.testing.requests.lines import check_line, lines, lines_of
from support_sla.testing.requests.submissions import submissions
from support_sla.tickets.log.event import EventKind
from support_sla.tickets.log.log import TicketLog
from support_sla.values.instants import from_micros, read_zone, to_micros
from support_sla.values.units import MICROSECOND, NANOSECONDS_IN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from support_sla.policy.policy import Policy
    from support_sla.testing.requests.lines import LineName
    from support_sla.values.units import Unit

EVENT_KINDS: tuple[EventKind, ...] = get_args(EventKind)[1:]
"""What may happen to a ticket after its submission, as `ticket_logs` takes it."""

_SECOND = 1_000_000
_LAST_MONTH = 7
"""Of the last year that the calendars cover; the rest is room for what is due."""
_OFTEN: dict[EventKind, int] = {"replied": 5, "resumed": 3, "status": 2, "paused": 2, "reopened": 2}
"""How often a kind of event is tried for one of another kind."""
_REPLIES: tuple[dict[str, Any], ...] = (
    {"by": "customer"},
    {"by": "agent"},
    {"by": "customer"},
    {"by": "agent"},
    {"by": "agent", "public": False},
    {"by": "agent", "automatic": True},
    {"by": "customer", "public": False},
    {"by": "customer", "automatic": True},
)


@st.composite
def ticket_logs(  # noqa: PLR0913  what is possible, by name
    draw: st.DrawFn,
    policy: Policy,
    *,
    line: LineName | None = None,
    kinds: Collection[EventKind] = EVENT_KINDS,
    max_events: int = 10,
    within: dt.timedelta = dt.timedelta(days=10),
    first_year: int | None = None,
    last_year: int | None = None,
    unit: Unit = "us",
) -> TicketLog:
    """Generate valid logs of tickets to a policy's line, at least half a year short of its years' end.

    `line` is (department, channel), by default any that is not internal. `kinds` are what may
    happen after the submission, at most `max_events` times and `within` this much time of it: replies
    of both sides, public, private and automatic; changes of status, priority and attributes that the
    policy declares; holds that begin, and end if they began; moves to lines of customers, assignments
    to internal ones or to none; resolved, reopened and closed, in any order. Often an event happens at
    an opening, a closing, a midnight or a due, one microsecond beside it, or together with another.
    The submission lies in the years asked for, as in `submissions`, and all instants are whole `unit`s.
    Raises as `submissions` does, and `ValueError` for an internal line and a kind that there is not.
    Shrinks to a ticket of a customer, sent on 2 January of the first year, 00:00 UTC, and nothing else.
    """
    check_policy(policy)
    if isinstance(kinds, str) or not {*kinds} <= {*EVENT_KINDS}:
        message = (
            f"kinds {shown(kinds)} are not all kinds of events; there are {', '.join(EVENT_KINDS)}"
        )
        raise ValueError(message)
    if line is not None and policy.channel(*check_line(policy, line)).internal:
        message = f"line {'/'.join(line)} is internal, so no customer sends a ticket there"
        raise ValueError(f"{message}; name a line of customers")
    owner, name = draw(lines(policy, internal=False)) if line is None else line
    limit = Coverage.of(tuple(policy.calendars.items())).last
    sent = draw(
        submissions(
            policy, line=(owner, name), first_year=first_year, last_year=last_year, unit=unit
        ).filter(lambda at: at.year < limit or at.month < _LAST_MONTH)
    )
    story = _Story(policy, kinds)
    first = draw(story.submission())
    start, span, whole = to_micros(sent), within // MICROSECOND, NANOSECONDS_IN[unit] // 1000
    corners = [at - start for at in _corners(policy, owner, start, span)]
    dues = [at - start for at in _dues(policy, (owner, name), first, sent)]
    seconds = st.integers(0, span // _SECOND).map(lambda count: count * _SECOND)
    after = st.one_of(seconds, st.just(0), _beside(corners, span), _beside(dues, span))
    events: list[dict[str, Any]] = [{"at": sent, **first}]
    for passed in sorted(draw(st.lists(after, max_size=max_events))):
        if possible := story.possible():
            event = draw(story.event(draw(st.sampled_from(possible))))
            story.note(event)
            at = start + passed // whole * whole
            events.append({"at": from_micros(at, sent.tzinfo or dt.UTC), **event})
    return TicketLog(owner, name, events)


def _beside(corners: Sequence[int], span: int) -> st.SearchStrategy[int]:
    """Generate a corner, or an instant one microsecond beside it, within a span."""
    if not corners:
        return st.just(0)
    found = st.builds(int.__add__, st.sampled_from(corners), st.sampled_from([0, -1, 1]))
    return found.map(lambda at: min(max(at, 0), span))


def _corners(policy: Policy, department: str, start: int, span: int) -> list[int]:
    """Return the openings, closings and midnights within a span that a ticket may come across."""
    first, last = (from_micros(at, dt.UTC) for at in (start, start + span))
    found: set[int] = set()
    for owner, name in lines_of(policy, internal=False):
        periods = Clock.of(policy, department=owner, channel=name).periods(first, last)
        found |= {to_micros(edge) for period in periods for edge in period}
    wall = WallClock.of(read_zone(policy.zone_of(department)), first.year - 1, last.year + 1)
    days = range(wall.day(start) + 1, wall.day(start + span) + 1)
    return sorted(found | {wall.midnight(day) for day in days})


def _dues(
    policy: Policy, line: tuple[str, str], first: Mapping[str, Any], sent: dt.datetime
) -> Iterator[int]:
    """Yield when what is promised at the submission is due."""
    given = {key: first[key] for key in ("priority", "attributes") if key in first}
    for metric in METRICS:
        if policy.targets(*line, metric):
            try:
                due = compute_deadline(
                    policy, sent, department=line[0], channel=line[1], metric=metric, **given
                ).due_at
            except (NoTargetError, YearsNotCoveredError):
                continue
            yield to_micros(due)


@dataclass
class _Story:
    """What may happen next to a ticket whose log is being written."""

    policy: Policy
    kinds: Collection[EventKind]
    held: set[str] = field(default_factory=set)

    @property
    def statuses(self) -> Sequence[str]:
        """What it can be in: what the policy declares, or anything."""
        return self.policy.statuses or ("open", "pending")

    def possible(self) -> list[EventKind]:
        """Return the kinds of events that may come next, those several times that come often."""
        needs: dict[EventKind, object] = {
            "resumed": self.held,
            "priority": self.policy.priorities,
            "attributes": self.policy.attributes,
        }
        kinds = [kind for kind in EVENT_KINDS if kind in self.kinds and needs.get(kind, True)]
        return [each for kind in kinds for each in [kind] * _OFTEN.get(kind, 1)]

    def submission(self) -> st.SearchStrategy[dict[str, Any]]:
        """Generate the first event, without its instant."""
        keys = {"by": st.sampled_from(["customer", "customer", "agent"])}
        optional: dict[str, st.SearchStrategy[Any]] = {"status": st.sampled_from(self.statuses)}
        if self.policy.priorities:
            optional["priority"] = st.sampled_from(self.policy.priorities)
        if self.policy.attributes:
            optional["attributes"] = self._attributes()
        return st.fixed_dictionaries({"kind": st.just("submitted"), **keys}, optional=optional)

    def event(self, kind: EventKind) -> st.SearchStrategy[dict[str, Any]]:
        """Generate an event, without its instant."""
        status = st.sampled_from(self.statuses)
        if kind == "replied":
            return st.sampled_from(_REPLIES).map(lambda keys: {"kind": kind, **keys})
        if kind in {"moved", "assigned"}:
            known = lines_of(self.policy)
            to = [
                line
                for line in known
                if self.policy.channel(*line).internal is (kind == "assigned")
            ]
            return st.sampled_from([*to, *([None] if kind == "assigned" else [])]).map(
                lambda line: _sent_to(kind, line)
            )
        keys: dict[str, dict[str, st.SearchStrategy[Any]]] = {
            "status": {"to": status},
            "paused": {"reason": status},
            "resumed": {"reason": st.sampled_from(sorted(self.held) or [""])},
            "priority": {"to": st.sampled_from([*self.policy.priorities, None])},
            "attributes": {"to": self._attributes()},
        }
        optional = {} if kind in keys else {"status": status}
        return st.fixed_dictionaries(
            {"kind": st.just(kind), **keys.get(kind, {})}, optional=optional
        )

    def note(self, event: Mapping[str, Any]) -> None:
        """Remember an event that has happened."""
        if event["kind"] == "paused":
            self.held.add(event["reason"])
        elif event["kind"] == "resumed":
            self.held.remove(event["reason"])

    def _attributes(self) -> st.SearchStrategy[dict[str, str | None]]:
        declared = self.policy.attributes.items()
        return st.fixed_dictionaries(
            {}, optional={name: st.sampled_from([*some, None]) for name, some in declared}
        )


def _sent_to(kind: EventKind, line: tuple[str, str] | None) -> dict[str, Any]:
    """Return an event that sends a ticket to a line, or to none."""
    where = {} if line is None else {"department": line[0], "channel": line[1]}
    return {"kind": kind, **where}
