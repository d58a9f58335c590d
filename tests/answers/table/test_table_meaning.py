"""An answer table equals what it stands for: the timeline, the deadline, the oracle."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import oracle
from builders import EXAMPLES
from in_oracle_words import line_desk, rules_of, utc
from support_sla import (
    AnswerTable,
    InstantOutOfRangeError,
    Policy,
    Timeline,
    YearsNotCoveredError,
    compute_deadline,
    load_policy,
)
from support_sla.answers.counting.business_days import DaysCounted
from support_sla.answers.counting.counting import Counting
from support_sla.answers.line import Line
from support_sla.answers.promise import Answer, Promise
from support_sla.answers.question import Question
from support_sla.answers.reigns import BEYOND, Reigns
from support_sla.strategies import policies
from support_sla.values.units import Unit
from tables import (
    AZDIGI,
    ZONE_YEARS,
    due,
    instant,
    micros,
    on_schedule,
    reading,
)

CROSSINGS = ("submission", "overlap", "in_order")


PER = {"s": 1_000_000, "ms": 1_000, "us": 1}


MICROSECOND = timedelta(microseconds=1)


LINES = [("technical", crossing) for crossing in CROSSINGS] + [("billing", "submission")]


DECADE = [
    pytest.param(range(2024, 2026), id="a leap year and another"),
    pytest.param(range(2020, 2030), id="ten years", marks=pytest.mark.slow),
]


def meaning(asked: Question, year: int) -> Promise:
    """Return the timeline path for a year, with as many years after it as are covered, up to three."""
    line = Line.of(asked)
    return Promise.of(line, year, min(year + 3, line.coverage.last))


def breakpoints(table: AnswerTable, promise: Promise) -> list[int]:
    """Return every instant of the table's unit at which anything may change, and its neighbours."""
    per = PER[table.unit]
    edges = {*promise.reigns.edges, *promise.wall.starts}
    amounts = {0}
    for rule, known in promise.counted.items():
        counting, target = known.counting, promise.line.rules[rule].target
        edges |= {*counting.timeline.opens, *counting.timeline.closes}
        if isinstance(counting, DaysCounted):
            edges |= {*counting.marks, *counting.dues}
        for amount in (target.within, target.earliest):
            amounts |= {amount // MICROSECOND} if isinstance(amount, timedelta) else set()
    found = {*table.begins, *((edge - amount) // per for edge in edges for amount in amounts)}
    around = {at + step for at in found for step in (-1, 0, 1)}
    return sorted(at for at in around if table.start <= at < table.end)


def told(promise: Promise, at: int) -> Answer | None:
    """Return the answer read off the timeline; None if there is none, or none that can be known."""
    try:
        return promise.answer(at) if promise.rule_at(at) >= 0 else None
    except (YearsNotCoveredError, InstantOutOfRangeError):  # the second of what is no microsecond
        return None


def assert_equal_to_the_timeline(table: AnswerTable, promise: Promise) -> int:
    per = PER[table.unit]
    points = breakpoints(table, promise)
    for at in points:
        expected = told(promise, at * per)
        found = table.answer(at)
        if found is not None:
            earliest = None if found.earliest_at is None else found.earliest_at * per
            found = found._replace(
                starts_at=found.starts_at * per, earliest_at=earliest, due_at=found.due_at * per
            )
        assert expected == found, (at, table.unit)
    return len(points)


@pytest.mark.parametrize("years", DECADE)
@pytest.mark.parametrize("unit", ["s", "ms", "us"])
@pytest.mark.parametrize(("department", "crossing"), LINES)
def test_the_reference_policy_equals_the_timeline_at_every_breakpoint(
    department: str, crossing: str, unit: Unit, years: range
) -> None:
    policy = reading(AZDIGI, crossing=crossing)
    for year in years:
        table = AnswerTable.of(
            policy, department=department, first_year=year, last_year=year, unit=unit
        )
        promise = meaning(Question(policy, department, "ticket"), year)
        assert assert_equal_to_the_timeline(table, promise) > 1_000


@st.composite
def asked_years(draw: st.DrawFn) -> tuple[Question, int]:
    """Generate a question to a random policy, and a year that it can be asked about."""
    policy = draw(policies())
    channel = draw(st.sampled_from(sorted(policy.departments["desk"].channels)))
    priority = draw(st.sampled_from([None, *policy.priorities]))
    given = {name: draw(st.sampled_from([None, *some])) for name, some in policy.attributes.items()}
    asked = Question.of(policy, "desk", channel, priority, given)
    known = Line.of(asked).coverage
    return asked, draw(st.integers(max(known.first, 2005), min(known.last, 2027)))


def table_of(asked: Question, year: int, unit: Unit = "us") -> AnswerTable:
    return AnswerTable.of(asked.policy, **asked.names(), first_year=year, last_year=year, unit=unit)


@settings(max_examples=EXAMPLES // 2)
@given(asked_years())
def test_a_random_policy_equals_the_timeline_at_every_breakpoint(
    drawn: tuple[Question, int],
) -> None:
    assert_equal_to_the_timeline(table_of(*drawn), meaning(*drawn))


@settings(max_examples=EXAMPLES // 2)
@given(asked_years())
def test_a_random_policy_with_nanoseconds_equals_the_timeline_scaled_to_them(
    drawn: tuple[Question, int],
) -> None:
    table = table_of(*drawn, unit="ns")
    promise = in_nanoseconds(meaning(*drawn))
    for begin in table.begins:
        for at in (begin - 1, begin, begin + 1):
            if table.start <= at < table.end:
                assert told(promise, at) == table.answer(at)


def in_nanoseconds(promise: Promise) -> Promise:
    """Return the same promise counted in nanoseconds; only the zone's clock is left as it was."""

    def scaled(values: Any) -> Any:
        return tuple(1_000 * value for value in values)

    def counting_in_nanoseconds(counting: Counting) -> Counting:
        made: Any = counting
        line = made.timeline
        columns = map(scaled, (line.opens, line.closes, line.totals))
        timeline = Timeline(1_000 * line.start, 1_000 * line.end, *columns)
        if isinstance(counting, DaysCounted):
            marks, dues = scaled(counting.marks), scaled(counting.dues)
            return replace(counting, timeline=timeline, marks=marks, dues=dues)
        earliest = None if made.earliest_after is None else 1_000 * made.earliest_after
        found: Counting = replace(
            made, timeline=timeline, within=1_000 * made.within, earliest_after=earliest
        )
        return found

    edges, in_force = promise.reigns
    return replace(
        promise,
        counted={
            rule: known._replace(counting=counting_in_nanoseconds(known.counting))
            for rule, known in promise.counted.items()
        },
        reigns=Reigns(scaled(edges), in_force),
    )


@pytest.mark.parametrize("years", DECADE)
@pytest.mark.parametrize(("department", "crossing"), LINES)
def test_the_reference_policy_equals_counting_around_every_row(
    department: str, crossing: str, years: range
) -> None:
    policy = reading(AZDIGI, crossing=crossing)
    first, last = years[0], years[-1]
    known = range(first - 1, last + 3)
    desk = line_desk(policy, "ticket", known, department=department)
    rules = rules_of(policy, "ticket", known, department=department)
    table = AnswerTable.of(policy, department=department, first_year=first, last_year=last)
    for begin in table.begins:
        for at in (begin - 1, begin, begin + 1):
            if table.start <= at < table.end:
                expected = oracle.answer(desk, rules, instant(at), None, crossing, 20)
                found = table.answer(at)
                assert found is not None
                assert expected == oracle.Answer(
                    instant(found.starts_at),
                    None if found.earliest_at is None else instant(found.earliest_at),
                    instant(found.due_at),
                    table.targets[found.rule],
                )


@pytest.mark.parametrize("crossing", CROSSINGS)
@pytest.mark.parametrize(("zone", "year"), ZONE_YEARS)
def test_clock_changes_equal_the_timeline_and_what_compute_deadline_says(
    zone: str, year: int, crossing: str
) -> None:
    policy = reading(NIGHTS, timezone=zone, crossing=crossing)
    table = AnswerTable.of(policy, department="desk", first_year=year, last_year=year)
    promise = meaning(Question(policy, "desk", "ticket"), year)
    assert_equal_to_the_timeline(table, promise)
    changes = [at for at in promise.wall.starts if table.start < at < table.end]
    day = 86_400_000_000
    for change in changes:
        near = range(max(change - day, table.start), min(change + day, table.end), 1_799_999_999)
        landing = (change - minutes * 60_000_000 for minutes in (10, 20, 150, 300))
        exact = [at + step for at in (change, *landing) for step in (-1, 0, 1)]
        for at in (*near, *exact):
            assert_datetimes_say(table.answer(at), policy, at)


def assert_datetimes_say(expected: Any, policy: Policy, at: int) -> None:
    """The same instants, in the policy's zone, each with the fold and offset that the zone gives."""
    found = compute_deadline(policy, instant(at), department="desk")
    zone = ZoneInfo(policy.timezone)
    wanted = [at, expected.starts_at, expected.earliest_at, expected.due_at]
    given_back = [found.submitted_at, found.starts_at, found.earliest_at, found.due_at]
    for expected_at, moment in zip(wanted, given_back, strict=True):
        exact = None if expected_at is None else instant(expected_at).astimezone(zone)
        assert (exact, exact and exact.fold) == (moment, moment and moment.fold)
        assert (exact and exact.utcoffset()) == (moment and moment.utcoffset())
        assert utc(exact) == utc(moment)


NIGHTS = load_policy(
    {
        "name": "nights",
        "timezone": "UTC",
        "schedules": {"nights": "Mo-Su 20:00-06:00"},
        "departments": {
            "desk": {
                "channels": {
                    "ticket": {
                        "hours": {"schedule": "nights"},
                        "first_response": [
                            {
                                "name": "weekend",
                                "when": {"days": ["Sa", "Su"]},
                                "earliest": "20m",
                                "within": "5h",
                                "counted_in": "calendar_time",
                            },
                            {
                                "name": "week",
                                "earliest": "10m",
                                "within": "2h30m",
                                "counted_in": "business_time",
                            },
                        ],
                    }
                }
            }
        },
    }
)


@pytest.mark.parametrize("counted_in", ["business_time", "calendar_time"])
@pytest.mark.parametrize("crossing", CROSSINGS)
def test_the_last_covered_year_equals_the_timeline_up_to_what_is_not_known(
    crossing: str, counted_in: str
) -> None:
    rules = [
        {
            "when": {"days": ["We", "own"]},
            "earliest": "1h",
            "within": "60h",
            "counted_in": counted_in,
        },
        {"when": {"days": ["Th", "Sa"]}, "within": "3h", "counted_in": "calendar_time"},
        {"name": "other", "within": "9h", "counted_in": counted_in},
    ]
    own = {"years": [2021, 2022], "days": [{"date": "2022-12-26", "name": "a day off"}]}
    policy = on_schedule("Mo-Fr 06:00-22:00", rules, crossing=crossing, calendars={"own": own})
    table = AnswerTable.of(policy, department="desk", first_year=2022, last_year=2022)
    promise = Promise.of(Line.of(Question(policy, "desk", "ticket")), 2022, 2022)
    assert assert_equal_to_the_timeline(table, promise) > 500
    assert BEYOND in table.rules


def test_an_undercut_does_not_hide_that_the_own_due_is_not_known() -> None:
    rules = [
        {
            "name": "friday",
            "when": {"days": ["Fr", "own"]},
            "within": "30h",
            "counted_in": "calendar_time",
        },
        {"name": "other", "within": "3h", "counted_in": "calendar_time"},
    ]
    own = {"years": [2021, 2022], "days": [{"date": "2022-06-06", "name": "a day off"}]}
    policy = on_schedule("24/7", rules, crossing="in_order", calendars={"own": own})
    table = AnswerTable.of(policy, department="desk", first_year=2022, last_year=2022)
    promise = Promise.of(Line.of(Question(policy, "desk", "ticket")), 2022, 2022)
    assert_equal_to_the_timeline(table, promise)
    last_known = micros("2022-12-30T18:00:00+00:00")  # a Friday; its due is the year's very end
    assert micros("2022-12-31T03:00:00+00:00") == due(table, last_known)
    assert table.answer(last_known + 1) is None


def test_a_year_without_any_opening_has_no_answers() -> None:
    mondays = [{"date": f"2022-{day:%m-%d}", "name": "shut"} for day in mondays_of(2022)]
    own = {"years": [2021, 2022], "days": mondays}
    policy = load_policy(
        {
            "name": "mondays",
            "timezone": "UTC",
            "calendars": {"own": own},
            "schedules": {"mondays": "Mo 09:00-17:00"},
            "departments": {
                "desk": {
                    "channels": {
                        "ticket": {
                            "hours": {"schedule": "mondays", "observes": ["own"]},
                            "first_response": [{"within": "1h", "counted_in": "business_time"}],
                        }
                    }
                }
            },
        }
    )
    table = AnswerTable.of(policy, department="desk", first_year=2022, last_year=2022)
    assert (BEYOND,) == table.rules


def mondays_of(year: int) -> list[date]:
    days = (date(year, 1, 1) + timedelta(days=number) for number in range(365))
    return [day for day in days if day.weekday() == 0]


def test_an_answer_more_than_a_thousand_years_away_is_refused() -> None:
    rules = [{"within": "2000h", "counted_in": "business_time"}]
    policy = on_schedule("Mo 00:00-00:01", rules)
    with pytest.raises(InstantOutOfRangeError, match="more than 1000 at once"):
        AnswerTable.of(policy, department="desk", first_year=2026, last_year=2026)
