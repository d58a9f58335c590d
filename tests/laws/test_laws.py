"""The laws of the clock and of the deadline, one test each, against counting that shares no code."""

from __future__ import annotations

import json
import pickle
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

import oracle
from in_oracle_words import (
    MICROSECOND,
    desk_of,
    hours_desk,
    line_desk,
    rules_of,
    utc,
    within_of,
    years_around,
)
from support_sla import (
    Clock,
    HolidayCalendar,
    Policy,
    Schedule,
    YearsNotCoveredError,
    compute_deadline,
    load_policy,
)
from support_sla.calendars.opening_hours import OpeningHours
from support_sla.clock.window import compile_window
from support_sla.strategies import ZONES, holiday_calendars, policies, questions, schedules
from support_sla.values.week import WEEKDAYS

LIMIT = 16
"""Days in which the oracle looks for an answer before it gives a case up."""

CROSSINGS = ("submission", "overlap", "in_order")

LIMIT_OF_DAYS = 40
"""The same for answers of a line, which may be five business days away, one a week."""


@dataclass(frozen=True)
class Case:
    """A clock, the same desk for the oracle, an instant, and two amounts its years have room for."""

    clock: Clock
    desk: oracle.Desk
    at: datetime
    one: timedelta
    two: timedelta


def closing_after(clock: Clock, at: datetime) -> datetime:
    """Return the next closing; the instant itself where the covered years hold none."""
    try:
        return (clock.next_close(at) or at).astimezone(UTC)
    except YearsNotCoveredError:
        return at


@st.composite
def cases(draw: st.DrawFn) -> Case:
    schedule = draw(schedules(closed=False))
    first, last = draw(st.sampled_from([(2020, 2027), (2005, 2013)]))
    span: dict[str, Any] = {"first_year": first, "last_year": last, "countries": ("VN",)}
    calendars = draw(st.lists(holiday_calendars(**span), max_size=2))
    zone = draw(st.sampled_from(ZONES))
    clock = Clock(schedule, timezone=zone, calendars=calendars)
    seconds = draw(st.integers(0, (last - first - 2) * 31_536_000))
    at = datetime(first + 1, 2, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    if draw(st.booleans()):
        at = closing_after(clock, at)
    at += draw(st.sampled_from([0, -1, 1, 999_999])) * MICROSECOND
    week = sum(end - start for day in schedule.week for start, end in day) * timedelta(seconds=1)
    one, two = draw(st.tuples(*[st.timedeltas(timedelta(0), 2 * week)] * 2))
    desk = desk_of(schedule.week, calendars, zone, years_around(at, calendars))
    return Case(clock, desk, at, one, two)


# --- The clock ---


@given(cases())
def test_oracle_adding_and_subtracting_equal_counting(case: Case) -> None:
    """add(t, d) and subtract(t, d) are what counting cell by cell finds."""
    due = oracle.add(case.desk, case.at, case.one // MICROSECOND, LIMIT)
    if due is not None:
        assert due == utc(case.clock.add(case.at, case.one))
    since = oracle.subtract(case.desk, case.at, case.one // MICROSECOND, LIMIT)
    if since is not None:
        assert since == utc(case.clock.subtract(case.at, case.one))


@given(cases(), st.timedeltas(timedelta(days=-20), timedelta(days=20)))
def test_oracle_elapsed_time_and_openings_equal_counting(case: Case, span: timedelta) -> None:
    """between, is_open and next_open are what counting cell by cell finds; between is odd."""
    clock, desk, at = case.clock, case.desk, case.at
    assert oracle.between(desk, at, at + span) == clock.between(at, at + span) // MICROSECOND
    assert clock.between(at + span, at) == -clock.between(at, at + span)
    assert oracle.is_open(desk, at) == clock.is_open(at)
    opens = oracle.next_open(desk, at, LIMIT)
    if opens is not None:
        assert opens == utc(clock.next_open(at))


@given(cases())
def test_oracle_periods_are_the_stretches_between_openings_and_closings(case: Case) -> None:
    """Periods tile the open time: they add up to between, open inside and closed at their ends."""
    clock, at, end = case.clock, case.at, case.at + timedelta(days=9)
    found = clock.periods(at, end)
    assert oracle.between(case.desk, at, end) * MICROSECOND == sum(
        (utc(closes) - utc(opens) for opens, closes in found), timedelta(0)
    )
    for opens, closes in found:
        assert clock.is_open(opens)
        assert utc(closes) == end or not clock.is_open(closes)
        assert utc(closes) == min(utc(clock.next_close(opens)) or end, end)


@given(cases(), st.timedeltas(timedelta(0), timedelta(days=30)))
def test_galois_add_is_the_inverse_of_between(case: Case, span: timedelta) -> None:
    """For u >= t: add(t, d) <= u exactly when between(t, u) >= d."""
    clock, at, later = case.clock, case.at, case.at + span
    elapsed = clock.between(at, later)
    assert (utc(clock.add(at, case.one)) <= later) == (elapsed >= case.one)
    assert (utc(clock.subtract(later, case.one)) >= at) == (elapsed >= case.one)


@given(cases())
def test_exactness_the_clock_advances_by_exactly_the_amount(case: Case) -> None:
    """between(t, add(t, d)) == d, and the same backwards."""
    clock, at, amount = case.clock, case.at, case.one
    assert amount == clock.between(at, clock.add(at, amount))
    assert amount == clock.between(clock.subtract(at, amount), at)


@given(cases())
def test_composition_two_amounts_in_turn_are_their_sum(case: Case) -> None:
    """add(add(t, a), b) == add(t, a + b)."""
    clock, at, one, two = case.clock, case.at, case.one, case.two
    assert utc(clock.add(clock.add(at, one), two)) == utc(clock.add(at, one + two))
    assert utc(clock.add(at, -one)) == utc(clock.subtract(at, one))


@given(cases(), st.timedeltas(timedelta(0), timedelta(days=10)))
def test_monotone_asking_later_or_for_more_is_never_due_earlier(
    case: Case, later: timedelta
) -> None:
    """Add rises with the instant and with the amount."""
    clock, at, one = case.clock, case.at, case.one
    assert utc(clock.add(at, one)) <= utc(clock.add(at, one + case.two))
    assert utc(clock.add(at, one)) <= utc(clock.add(at + later, one))


@given(schedules(), schedules(closed=False), st.sampled_from(ZONES), st.data())
def test_more_open_time_is_never_later(
    more: Schedule, less: Schedule, zone: str, data: st.DataObject
) -> None:
    """Opening a desk longer never postpones a deadline."""
    at = datetime(2026, 3, 1, tzinfo=UTC) + data.draw(
        st.timedeltas(timedelta(0), timedelta(days=400))
    )
    week = sum(end - start for day in less.week for start, end in day) * timedelta(seconds=1)
    amount = data.draw(st.timedeltas(timedelta(0), 2 * week))
    days = zip(less.week, more.week, strict=True)
    hours: Any = tuple(_union([*one, *two]) for one, two in days)
    union = Schedule.model_construct(hours)
    shorter, longer = Clock(less, timezone=zone), Clock(union, timezone=zone)
    assert utc(longer.add(at, amount)) <= utc(shorter.add(at, amount))


def _union(ranges: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    seconds = sorted(ranges)
    merged: list[tuple[int, int]] = []
    for start, end in seconds:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


@given(schedules(closed=False), st.randoms(use_true_random=False), st.sampled_from(ZONES))
def test_canonical_reordering_and_splitting_ranges_changes_nothing(
    schedule: Schedule, random: Any, zone: str
) -> None:
    """Ranges may be written in any order, and cut in two anywhere."""
    written: dict[str, list[str]] = {}
    for day, ranges in zip(WEEKDAYS, schedule.week, strict=True):
        pieces = []
        for start, end in ranges:
            cut = random.randint(start, end)
            cuts = [(start, cut), (cut, end)] if start < cut < min(end, 86_400) else [(start, end)]
            pieces += [f"{_clock(a)}-{_clock(b)}" for a, b in cuts]
        random.shuffle(pieces)
        written[day] = pieces
    again = Schedule(dict(sorted(written.items())))
    assert schedule == again
    assert hash(schedule) == hash(again)
    assert Clock(schedule, timezone=zone) == Clock(again, timezone=zone)


def _clock(second: int) -> str:
    return f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"


@given(cases())
def test_window_compiling_more_years_changes_no_answer(case: Case) -> None:
    """A year reads the same alone, among its neighbours and in a window grown out of order."""
    clock, at, amount = case.clock, case.at, case.one
    named = tuple((str(n), calendar) for n, calendar in enumerate(clock.calendars))
    first, last = clock.covered_years
    year = at.astimezone(clock.timezone).year
    hours = OpeningHours(clock.schedule.week, named)
    alone = compile_window(hours, clock.timezone, year, year).timeline
    wide = compile_window(hours, clock.timezone, max(first, year - 3), min(last, year + 3)).timeline
    inside = wide.segments(alone.start, alone.end)
    assert list(zip(alone.opens, alone.closes, strict=True)) == inside
    fresh = Clock(clock.schedule, timezone=clock.timezone, calendars=clock.calendars)
    fresh.add(at + timedelta(days=200), amount)
    assert utc(fresh.add(at, amount)) == utc(clock.add(at, amount))


# --- The deadline ---


@dataclass(frozen=True)
class Request:
    """A request to a line of a policy, and how it is asked."""

    policy: Policy
    at: datetime
    channel: str
    priority: str | None
    attributes: dict[str, str]

    def ask(self, at: datetime | None = None) -> Any:
        return compute_deadline(
            self.policy,
            at or self.at,
            department="desk",
            channel=self.channel,
            priority=self.priority,
            attributes=self.attributes,
        )

    @property
    def years(self) -> range:
        return range(self.at.year - 1, self.at.year + 2)


@st.composite
def requests(draw: st.DrawFn, crossings: tuple[str, ...] = CROSSINGS) -> Request:
    policy = draw(policies(crossings=crossings))
    line = "desk", draw(st.sampled_from(sorted(policy.departments["desk"].channels)))
    sent = draw(questions(policy, line=line, metric="first_response"))
    attributes = dict(sent.attributes or {})
    return Request(policy, sent.submitted_at, sent.channel, sent.priority, attributes)


@given(requests())
def test_oracle_deadlines_equal_counting(sent: Request) -> None:
    """starts_at, earliest_at, due_at and the rule are what counting finds, in every reading."""
    policy, at, channel, years = sent.policy, sent.at, sent.channel, sent.years
    expected = oracle.answer(
        line_desk(policy, channel, years),
        rules_of(policy, channel, years),
        at,
        sent.priority,
        policy.crossing,
        LIMIT_OF_DAYS,
        sent.attributes,
    )
    if expected is None:
        return
    found = sent.ask()
    assert (
        expected.name,
        utc(expected.starts_at),
        utc(expected.earliest_at),
        utc(expected.due_at),
    ) == (found.target.name, utc(found.starts_at), utc(found.earliest_at), utc(found.due_at))
    assert at.astimezone(UTC) == utc(found.submitted_at)
    assert ZoneInfo(policy.zone_of("desk")) is found.due_at.tzinfo


@given(requests(crossings=("in_order",)), st.timedeltas(timedelta(0), timedelta(days=4)))
def test_in_order_a_later_submission_is_never_due_earlier(sent: Request, later: timedelta) -> None:
    """With crossing = "in_order" the due instant never falls."""
    one, two = sent.ask(), sent.ask(sent.at.astimezone(UTC) + later)
    assert utc(one.due_at) <= utc(two.due_at)


@given(requests(), st.timedeltas(timedelta(0), timedelta(days=4)))
def test_monotone_a_rule_alone_is_never_due_earlier_for_a_later_submission(
    sent: Request, later: timedelta
) -> None:
    """In business days as in amounts of time: the due of one rule never falls."""
    rule = sent.policy.targets("desk", sent.channel)[-1].model_dump()
    rule.pop("when", None)  # so that it holds for every request
    data = sent.policy.model_dump(exclude={"labels"})  # they name the rules that are taken away
    data["departments"]["desk"]["channels"][sent.channel]["first_response"] = [rule]
    alone = Request(load_policy(data), sent.at, sent.channel, None, {})
    one, two = alone.ask(), alone.ask(sent.at.astimezone(UTC) + later)
    assert utc(one.due_at) <= utc(two.due_at)


@given(requests())
def test_an_answer_keeps_its_instants_in_order(sent: Request) -> None:
    """Earliest lies between start and due wherever a target is not zero."""
    found = sent.ask()
    assert utc(found.submitted_at) <= utc(found.starts_at)
    assert utc(found.submitted_at) <= utc(found.due_at)
    if found.earliest_at is not None:
        assert utc(found.earliest_at) <= utc(found.due_at)
        if found.target.within:
            assert utc(found.starts_at) <= utc(found.earliest_at)


@given(requests())
def test_the_explanation_adds_up_to_the_promise_as_counting_finds_it(sent: Request) -> None:
    """Steps tile the way; counted ones sum to the amount, or are the business days counted."""
    found = sent.ask()
    edges = [utc(found.submitted_at), *(utc(step.end) for step in found.steps)]
    assert edges == [*(utc(step.start) for step in found.steps), utc(found.due_at)]
    counted = [step for step in found.steps if step.counted]
    within = within_of(found.target)
    if not isinstance(within, oracle.Days):
        assert within * MICROSECOND == sum((step.duration for step in counted), timedelta(0))
        return
    policy, channel, zone = sent.policy, sent.channel, sent.policy.zone_of("desk")
    own = found.target.hours or policy.departments["desk"].channels[channel].hours
    later = [step for step in found.steps if step.reasons[0].kind == "later_request"]
    start = utc(later[-1].end if later else found.submitted_at)
    dates = oracle.counted_dates(
        hours_desk(policy, own, zone, sent.years), within, start, LIMIT_OF_DAYS
    )
    if dates is not None:
        assert dates == sorted({oracle.local_date(zone, utc(step.start)) for step in counted})
        told = dict.fromkeys((step.reasons[0].number, step.reasons[0].date) for step in counted)
        assert list(enumerate(dates, start=1)) == list(told)


@given(requests())
def test_the_proof_holds_for_every_answer(sent: Request) -> None:
    """An independent reading of the policy agrees with each deadline and its steps."""
    assert sent.ask().verify()


# --- Values ---


@given(policies())
def test_round_trip_a_policy_dumps_loads_and_pickles_as_itself(policy: Policy) -> None:
    """Mapping, JSON, pickle, equality and hash agree on what a policy is."""
    for again in (
        load_policy(policy.model_dump()),
        load_policy(json.loads(policy.model_dump_json())),
        pickle.loads(pickle.dumps(policy)),
    ):
        assert policy == again
        assert hash(policy) == hash(again)


@given(requests())
def test_round_trip_a_deadline_pickles_as_itself_and_still_explains(sent: Request) -> None:
    """A deadline carries what it needs."""
    found = sent.ask()
    again = pickle.loads(pickle.dumps(found))
    assert found == again
    assert hash(found) == hash(again)
    assert found.explain() == again.explain()


@given(holiday_calendars(countries=()))
def test_round_trip_a_calendar_dumps_and_loads_as_itself(calendar: HolidayCalendar) -> None:
    """What was written is what is dumped."""
    again = HolidayCalendar.model_validate_json(calendar.model_dump_json())
    assert (calendar, hash(calendar)) == (again, hash(again))
