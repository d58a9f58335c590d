"""A ticket that grows event by event: what its rounds may become, and what never changes again."""

from __future__ import annotations

import json
import pickle
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from builders import EXAMPLES
from in_oracle_words import utc
from support_sla import Round, TicketLog, TicketStatus, track
from ticket_desks import DESKS, MICROSECOND, STATUSES

BECOMES = {  # of a round without another event
    "none": {"none"},
    "running": {"running", "breached"},
    "paused": {"paused", "breached"},
    "breached": {"breached"},
    "met": {"met"},
    "met_late": {"met_late"},
}
OPEN = {"running", "paused", "breached"}
CHANGES = {"priority", "attributes", "moved"}

lines = st.sampled_from(["ticket", "carried", "anew", "calls", "quiet"])
steps = st.one_of(
    st.just(timedelta(0)),
    st.sampled_from([MICROSECOND, timedelta(minutes=30), timedelta(hours=1), timedelta(hours=4)]),
    st.integers(0, 4_000).map(lambda minutes: timedelta(minutes=minutes)),
)


class TicketMachine(RuleBasedStateMachine):
    """Something happens, or only time passes, and the ticket is asked about each time."""

    @initialize(
        policy=st.sampled_from(DESKS), line=lines, minute=st.integers(0, 525_600), by=st.data()
    )
    def submit(self, policy: Any, line: str, minute: int, by: st.DataObject) -> None:
        """A ticket begins."""
        self.policy, self.line = policy, line
        self.now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
        sender = by.draw(st.sampled_from(["customer", "customer", "agent"]))
        self.events: list[dict[str, Any]] = [{"at": self.now, "kind": "submitted", "by": sender}]
        self.held: set[str] = set()
        self.status = self.before = self.ask()

    def ask(self) -> TicketStatus:
        return track(self.policy, TicketLog("desk", self.line, self.events), self.now)

    def happens(self, after: timedelta, kind: str, **keys: Any) -> None:
        self.wait(after)
        self.events.append({"at": self.now, "kind": kind, **keys})
        self.before, self.status = self.status, self.ask()
        self.hold_what_an_event_keeps(kind)

    # --- What happens ---

    @rule(after=steps)
    def wait(self, after: timedelta) -> None:
        """Only time passes, and a round only becomes what it may."""
        before = self.status
        self.now += after
        self.before, self.status = before, self.ask()
        assert self.status.status == before.status
        for was, now in self.same_rounds(exactly=True):
            assert now.state in BECOMES[was.state]
            assert now.paused == was.paused
            assert was.elapsed <= now.elapsed
            assert was.paused_for <= now.paused_for
            if was.due_at is not None:
                assert utc(was.due_at) <= utc(now.due_at)
            if was.is_stopped:
                assert was == now
        changes = before.changes_at
        if changes is None or self.now < utc(changes):
            said = [[(r.state, r.breached_at) for r in s.rounds] for s in (before, self.status)]
            assert said[0] == said[1]

    @rule(
        after=steps,
        by=st.sampled_from(["customer", "agent"]),
        public=st.sampled_from([True, True, True, False]),
        automatic=st.sampled_from([False, False, False, True]),
    )
    def reply(self, after: timedelta, by: str, public: bool, automatic: bool) -> None:
        self.happens(after, "replied", by=by, public=public, automatic=automatic)
        if by == "agent" and public and not automatic:
            for metric in ("first_response", "next_response"):
                found = self.status.rounds_of(metric)
                assert all(each.is_stopped for each in found)

    @rule(after=steps, to=st.sampled_from(STATUSES))
    def change_status(self, after: timedelta, to: str) -> None:
        self.happens(after, "status", to=to)
        assert self.status.status == to

    @rule(after=steps, reason=st.sampled_from(STATUSES))
    def hold(self, after: timedelta, reason: str) -> None:
        self.held.add(reason)
        self.happens(after, "paused", reason=reason)
        for each in self.status.rounds:
            pauses = each.target is not None and reason in each.target.pauses_on
            assert each.paused or not pauses or each.is_stopped

    @precondition(lambda self: self.held)
    @rule(after=steps, data=st.data())
    def release(self, after: timedelta, data: st.DataObject) -> None:
        reason = data.draw(st.sampled_from(sorted(self.held)))
        self.held.remove(reason)
        self.happens(after, "resumed", reason=reason)
        assert sorted(self.held) == [*self.status.holds]

    @rule(after=steps, to=st.sampled_from(["high", "low", None]))
    def prioritise(self, after: timedelta, to: str | None) -> None:
        self.happens(after, "priority", to=to)

    @rule(after=steps, plan=st.sampled_from(["gold", "basic", None]))
    def change_plan(self, after: timedelta, plan: str | None) -> None:
        self.happens(after, "attributes", to={"plan": plan})

    @rule(after=steps, channel=lines)
    def move(self, after: timedelta, channel: str) -> None:
        self.happens(after, "moved", department="desk", channel=channel)
        assert self.status.channel == channel

    @rule(after=steps, channel=st.sampled_from(["inside", "deeper", None]))
    def assign(self, after: timedelta, channel: str | None) -> None:
        where = {"department": "other", "channel": channel} if channel else {}
        self.happens(after, "assigned", **where)

    @rule(after=steps, kind=st.sampled_from(["resolved", "closed"]))
    def resolve(self, after: timedelta, kind: str) -> None:
        self.happens(after, kind)
        lists = [self.status, *self.status.internal]
        assert all(each.state not in OPEN for one in lists for each in one.rounds)

    @rule(after=steps)
    def reopen(self, after: timedelta) -> None:
        self.happens(after, "reopened")

    # --- What holds ---

    def same_rounds(self, *, exactly: bool = False) -> list[tuple[Round, Round]]:
        """Return each round with what it was before; none vanishes, and a new one is the last."""
        pairs = []
        lists = [(self.before, self.status)]
        lists += zip(self.before.internal, self.status.internal, strict=exactly)
        for before, after in lists:
            now = {(each.metric, each.number): each for each in after.rounds}
            if exactly:
                assert len(now) == len(before.rounds)
            pairs += [(each, now[each.metric, each.number]) for each in before.rounds]
        return pairs

    def hold_what_an_event_keeps(self, kind: str) -> None:
        """Hold what an event of this kind may do to the rounds that there were.

        A breach of this very instant may go: of two changes in one instant only the last ever held.
        """
        for was, now in self.same_rounds():
            if was.breached_at is not None and utc(was.breached_at) < self.now:
                assert utc(now.breached_at) == utc(was.breached_at)
                assert now.state in {"breached", "met_late", "none"}
            if was.is_stopped and kind != "reopened":  # parts of no length are what the instant is
                assert (was._figures, was.warnings) == (now._figures, now.warnings)
            if kind not in CHANGES and not was.is_stopped:
                assert was.target == now.target
                assert was.elapsed <= now.elapsed
            if now.is_stopped and not was.is_stopped:
                assert now.stopped_by == kind
                assert utc(now.stopped_at) == self.now

    @invariant()
    def a_status_is_a_value_ready_for_json(self) -> None:
        again = self.ask()
        assert self.status == again
        assert hash(self.status) == hash(again)
        assert json.loads(self.status.to_json()) == self.status.to_dict()

    def teardown(self) -> None:
        """At the end the status is sent elsewhere, which is dear, for it carries its policy."""
        again = pickle.loads(pickle.dumps(self.status))
        assert self.status == again
        assert hash(self.status) == hash(again)

    @invariant()
    def its_last_rounds_tell_its_states(self) -> None:
        status = self.status
        for metric in ("first_response", "next_response", "update_every", "resolution"):
            found = status.rounds_of(metric)
            numbers = [each.number for each in found]
            assert [*range(1, len(found) + 1)] == numbers
            assert all(each.is_stopped or each is found[-1] for each in found)
            state = found[-1].state if found else None
            promised = self.policy.targets("desk", status.channel, metric)
            assert status.state(metric) == (state or ("waiting" if promised else "none"))

    @invariant()
    def its_log_is_read_back_from_its_dump(self) -> None:
        log = self.status.log
        assert log == TicketLog.from_json(log.to_json())


TestATicketThatGrows = TicketMachine.TestCase
TestATicketThatGrows.settings = settings(max_examples=EXAMPLES // 3, stateful_step_count=25)
