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
from in_oracle_words import desk_of, rules_of, utc
from support_sla import (
    AnswerTable,
    InstantOutOfRangeError,
    Policy,
    Timeline,
    compute_deadline,
    load_policy,
)
from support_sla.answers.line import Line
from support_sla.answers.promise import Promise
from support_sla.answers.question import Question
from support_sla.answers.table.rows import BEYOND
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


LINES = [("technical", crossing) for crossing in CROSSINGS] + [("billing", "submission")]


def meaning(
    policy: Policy, channel: str, year: int, *, department: str, priority: str | None
) -> Promise:
    """Return the timeline path for a year, with as many years after it as are covered, up to three."""
    line = Line.of(Question(policy, department, channel, priority))
    return Promise.of(line, year, min(year + 3, line.coverage.last))


def breakpoints(table: AnswerTable, promise: Promise) -> list[int]:
    """Return every instant of the table's unit at which anything may change, and its neighbours."""
    per = PER[table.unit]
    line = promise.window.timeline
    edges = {*line.opens, *line.closes, *promise.edges, *promise.window.wall.starts}
    amounts = {0, *(rule.within for rule in promise.rules)}
    amounts |= {rule.earliest for rule in promise.rules if rule.earliest}
    found = {*table.begins, *((edge - amount) // per for edge in edges for amount in amounts)}
    around = {at + step for at in found for step in (-1, 0, 1)}
    return sorted(at for at in around if table.start <= at < table.end)


def assert_equal_to_the_timeline(table: AnswerTable, promise: Promise) -> int:
    per = PER[table.unit]
    points = breakpoints(table, promise)
    for at in points:
        expected = promise.answer(at * per) if promise.rule_at(at * per) >= 0 else None
        found = table.answer(at)
        if found is not None:
            earliest = None if found.earliest_at is None else found.earliest_at * per
            found = found._replace(
                starts_at=found.starts_at * per, earliest_at=earliest, due_at=found.due_at * per
            )
        assert expected == found, (at, table.unit)
    return len(points)


@pytest.mark.parametrize("unit", ["s", "ms", "us"])
@pytest.mark.parametrize(("department", "crossing"), LINES)
def test_ten_years_of_the_reference_policy_equal_the_timeline_at_every_breakpoint(
    department: str, crossing: str, unit: Unit
) -> None:
    policy = reading(AZDIGI, crossing=crossing)
    for year in range(2020, 2030):
        table = AnswerTable.of(
            policy, department=department, first_year=year, last_year=year, unit=unit
        )
        promise = meaning(policy, "ticket", year, department=department, priority=None)
        assert assert_equal_to_the_timeline(table, promise) > 1_000


@given(policies(), st.data())
def test_a_random_policy_equals_the_timeline_at_every_breakpoint(
    policy: Policy, data: st.DataObject
) -> None:
    channel = data.draw(st.sampled_from(sorted(policy.departments["desk"].channels)))
    priority = data.draw(st.sampled_from([None, *policy.priorities]))
    line = Line.of(Question(policy, "desk", channel))
    year = data.draw(st.integers(max(line.coverage.first, 2005), min(line.coverage.last, 2027)))
    table = AnswerTable.of(
        policy,
        department="desk",
        channel=channel,
        priority=priority,
        first_year=year,
        last_year=year,
    )
    promise = meaning(policy, channel, year, department="desk", priority=priority)
    assert_equal_to_the_timeline(table, promise)


@settings(max_examples=EXAMPLES // 2)
@given(policies(), st.data())
def test_a_random_policy_with_nanoseconds_equals_the_timeline_scaled_to_them(
    policy: Policy, data: st.DataObject
) -> None:
    channel = sorted(policy.departments["desk"].channels)[0]
    line = Line.of(Question(policy, "desk", channel))
    year = data.draw(st.integers(max(line.coverage.first, 2005), min(line.coverage.last, 2027)))
    span: dict[str, Any] = {"first_year": year, "last_year": year}
    table = AnswerTable.of(policy, department="desk", channel=channel, unit="ns", **span)
    promise = in_nanoseconds(meaning(policy, channel, year, department="desk", priority=None))
    for begin in table.begins:
        for at in (begin - 1, begin, begin + 1):
            if table.start <= at < table.end:
                expected = promise.answer(at) if promise.rule_at(at) >= 0 else None
                assert expected == table.answer(at)


def in_nanoseconds(promise: Promise) -> Promise:
    """Return the same promise counted in nanoseconds; only the zone's clock is left as it was."""

    def scaled(values: Any) -> Any:
        return tuple(1_000 * value for value in values)

    line = promise.window.timeline
    timeline = Timeline(
        1_000 * line.start,
        1_000 * line.end,
        scaled(line.opens),
        scaled(line.closes),
        scaled(line.totals),
    )
    rules = tuple(
        replace(
            rule,
            within=1_000 * rule.within,
            earliest=None if rule.earliest is None else 1_000 * rule.earliest,
        )
        for rule in promise.rules
    )
    return replace(
        promise,
        window=replace(promise.window, timeline=timeline),
        rules=rules,
        edges=scaled(promise.edges),
    )


@pytest.mark.parametrize(("department", "crossing"), LINES)
def test_ten_years_of_the_reference_policy_equal_counting_around_every_row(
    department: str, crossing: str
) -> None:
    policy = reading(AZDIGI, crossing=crossing)
    calendar = policy.calendars["public_holidays"]
    years = range(2019, 2032)
    hours = policy.departments[department].channels["ticket"].hours
    week = policy.schedules[hours.schedule].week
    desk = desk_of(week, [calendar] if hours.observes else [], policy.timezone, years)
    rules = rules_of(policy, "ticket", years, department=department)
    table = AnswerTable.of(policy, department=department, first_year=2020, last_year=2029)
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
    promise = meaning(policy, "ticket", year, department="desk", priority=None)
    assert_equal_to_the_timeline(table, promise)
    changes = [at for at in promise.window.wall.starts if table.start < at < table.end]
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
