"""The answer table is the timeline and the rules, precomputed: equal at every breakpoint.

Boundary rules and the tests that catch their mutation, each tried by hand:
- `due` jumps one unit too early (`+ 1` dropped in `pieces.advancing`):
  `test_a_ticket_at_the_last_answerable_instant_is_due_at_closing` and the equality laws;
- `first_past` with `>=` for `>`: `test_a_tie_at_the_first_instant_of_a_day_names_its_own_rule`;
- `bisect_left` for `bisect_right` when a row is looked up: `test_a_row_begins_at_its_own_instant`;
- the same in `Promise.rule_at`, and a reading that ends at the next opening in `Timeline.earliest`:
  the oracle's laws, and `test_promise.py` and `test_timeline.py`;
- `<` for `<=` among undercuts: `test_of_equal_undercuts_the_earliest_is_named`;
- a tie given to the later date in `_latest`: the equality laws;
- an earliest offset ignored when rows are joined: the equality laws;
- a unit missing (`ns` not scaled): `test_every_unit_gives_the_same_answers`;
- `fold` lost on the way out: `test_an_answer_inside_a_repeated_hour_keeps_its_fold`.
"""

from __future__ import annotations

import json
import pickle
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import oracle
from builders import EXAMPLES
from in_oracle_words import MICROSECOND, desk_of, rules_of, utc
from support_sla import (
    AnswerTable,
    InstantOutOfRangeError,
    Policy,
    Timeline,
    UnitError,
    UnknownPriorityError,
    YearsNotCoveredError,
    compute_deadline,
    load_policy,
)
from support_sla.answers.compiled_line import compiled_line
from support_sla.answers.line import Line
from support_sla.answers.promise import Answer, Promise
from support_sla.answers.question import Question
from support_sla.answers.table.rows import BEYOND
from support_sla.strategies import policies
from support_sla.values.units import Unit

AZDIGI = load_policy("azdigi")
CROSSINGS = ("submission", "overlap", "in_order")
PER = {"s": 1_000_000, "ms": 1_000, "us": 1}
LINES = [("technical", crossing) for crossing in CROSSINGS] + [("billing", "submission")]
ZONES = {  # each with the year that shows most of what its clock does
    "America/New_York": 2026,
    "Australia/Lord_Howe": 2026,
    "Africa/Cairo": 2024,
    "Pacific/Apia": 2011,
    "America/Santiago": 2024,
    "America/St_Johns": 2006,
}
ZONE_YEARS = [
    pytest.param(zone, year, marks=() if year == most else pytest.mark.slow)
    for zone, most in ZONES.items()
    for year in (2006, 2011, 2024, 2026)
]


def reading(policy: Policy, **changes: Any) -> Policy:
    return Policy.model_validate({**policy.model_dump(), **changes})


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


# --- Equal to its meaning ---


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


def instant(micros: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)


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
    for micros, moment in zip(wanted, given_back, strict=True):
        exact = None if micros is None else instant(micros).astimezone(zone)
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


# --- Each boundary rule, by name ---


def test_a_ticket_at_the_last_answerable_instant_is_due_at_closing() -> None:
    table = AnswerTable.of(AZDIGI, department="billing", first_year=2026, last_year=2026)
    four = micros("2026-03-03T16:00:00+07:00")
    closing, next_morning = micros("2026-03-03T17:00:00+07:00"), micros("2026-03-04T08:00:00+07:00")
    assert closing - 1 == due(table, four - 1)
    assert closing == due(table, four)
    assert next_morning + 1 == due(table, four + 1)


def test_a_row_begins_at_its_own_instant() -> None:
    table = AnswerTable.of(AZDIGI, department="technical", first_year=2026, last_year=2026)
    monday = micros("2026-06-08T00:00:00+07:00")
    names = [table.targets[answered(table, monday + step).rule] for step in (-1, 0, 1)]
    assert names == ["relaxed_days", "ordinary_days", "ordinary_days"]


def test_of_equal_undercuts_the_earliest_is_named() -> None:
    rules = [
        {
            "name": "sunday",
            "when": {"days": ["Su"]},
            "within": "60h",
            "counted_in": "calendar_time",
        },
        {
            "name": "monday",
            "when": {"days": ["Mo"]},
            "within": "25h",
            "counted_in": "calendar_time",
        },
        {
            "name": "tuesday",
            "when": {"days": ["Tu"]},
            "within": "1h",
            "counted_in": "calendar_time",
        },
        {"name": "other", "within": "90h", "counted_in": "calendar_time"},
    ]
    policy = on_schedule("24/7", rules, crossing="in_order")
    found = compute_deadline(policy, "2026-06-07T12:00:00Z", department="desk")
    assert ("monday", datetime(2026, 6, 9, 1, tzinfo=UTC)) == (found.target.name, found.due_at)


def test_a_tie_at_the_first_instant_of_a_day_names_its_own_rule() -> None:
    rules = [
        {
            "name": "sunday",
            "when": {"days": ["Su"]},
            "within": "27h",
            "counted_in": "calendar_time",
        },
        {"name": "other", "within": "3h", "counted_in": "calendar_time"},
    ]
    policy = on_schedule("24/7", rules, crossing="in_order")
    midnight = datetime(2026, 6, 7, tzinfo=UTC)
    table = AnswerTable.of(policy, department="desk", first_year=2026, last_year=2026)
    for step, name in ((0, "sunday"), (1, "other")):
        found = compute_deadline(policy, midnight + step * MICROSECOND, department="desk")
        assert (name, datetime(2026, 6, 8, 3, tzinfo=UTC)) == (found.target.name, found.due_at)
        at = (midnight - instant(0)) // MICROSECOND + step
        assert name == table.targets[answered(table, at).rule]


def on_schedule(hours: str, rules: Any, **changes: Any) -> Policy:
    channel = {"hours": {"schedule": "hours"}, "first_response": rules}
    return load_policy(
        {
            "name": "made",
            "timezone": "UTC",
            "schedules": {"hours": hours},
            "departments": {"desk": {"channels": {"ticket": channel}}},
            **changes,
        }
    )


@pytest.mark.parametrize("department", ["billing", "technical"])
def test_every_unit_gives_the_same_answers(department: str) -> None:
    span: dict[str, Any] = {"department": department, "first_year": 2026, "last_year": 2026}
    fine = AnswerTable.of(AZDIGI, unit="ns", **span)
    units: dict[Unit, int] = {"s": 10**9, "ms": 10**6, "us": 10**3}
    for unit, per in units.items():
        table = AnswerTable.of(AZDIGI, unit=unit, **span)
        assert (table.start * per, table.end * per) == (fine.start, fine.end)
        for at in table.begins:
            one, two = answered(table, at), answered(fine, at * per)
            assert (one.due_at * per, one.starts_at * per, one.rule) == (
                two.due_at,
                two.starts_at,
                two.rule,
            )


def test_an_answer_inside_a_repeated_hour_keeps_its_fold() -> None:
    policy = on_schedule(
        "24/7",
        [{"within": "1h", "counted_in": "calendar_time"}],
        timezone="America/New_York",
    )
    first = compute_deadline(policy, "2026-11-01T00:30:00-04:00", department="desk").due_at
    second = compute_deadline(policy, "2026-11-01T01:30:00-04:00", department="desk").due_at
    assert (first.isoformat(), first.fold) == ("2026-11-01T01:30:00-04:00", 0)
    assert (second.isoformat(), second.fold) == ("2026-11-01T01:30:00-05:00", 1)


def test_flat_and_rising_stretches_share_a_row() -> None:
    table = AnswerTable.of(AZDIGI, department="billing", first_year=2026, last_year=2026)
    open_days = len(set(table.due_from))
    assert len(table) <= 2 * open_days
    narrow = [b - a for a, b in zip(table.begins, table.begins[1:], strict=False) if b - a == 1]
    assert narrow == []


def micros(text: str) -> int:
    return (datetime.fromisoformat(text) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(
        microseconds=1
    )


def answered(table: AnswerTable, at: int) -> Answer:
    found = table.answer(at)
    assert found is not None
    return found


def due(table: AnswerTable, at: int) -> int:
    return answered(table, at).due_at


# --- Values ---


def test_a_table_dumps_to_json_and_loads_pickles_and_hashes_as_itself() -> None:
    table = AnswerTable.of(
        AZDIGI, department="technical", first_year=2026, last_year=2027, unit="s"
    )
    assert table == AnswerTable.from_dict(json.loads(json.dumps(table.to_dict())))
    assert table == pickle.loads(pickle.dumps(table))
    assert len({table, AnswerTable.from_dict(table.to_dict())}) == 1


def test_another_language_needs_only_the_dump() -> None:
    dump = AnswerTable.of(
        AZDIGI, department="billing", first_year=2026, last_year=2026, unit="s"
    ).to_dict()
    at = micros("2026-01-10T16:30:00+07:00") // 1_000_000
    row = max(i for i, begin in enumerate(dump["begins"]) if begin <= at)
    assert micros("2026-01-12T08:30:00+07:00") // 1_000_000 == (
        max(at, dump["due_from"][row]) + dump["due_after"][row]
    )
    assert dump["targets"][dump["rules"][row]] == "next_business_hour"


def test_rows_are_the_columns_read_across() -> None:
    table = AnswerTable.of(AZDIGI, department="technical", first_year=2026, last_year=2026)
    rows = list(table.rows())
    assert len(table) == len(rows)
    assert list(table.begins) == [row.begin for row in rows]
    assert list(table.due_after) == [row.due_after for row in rows]


def test_threads_asking_a_fresh_policy_get_identical_answers() -> None:
    policy = reading(AZDIGI)
    asked = [
        f"{year}-0{month}-07T16:30:00+07:00" for year in range(1990, 2060) for month in (1, 5, 9)
    ]

    def ask(offset: int) -> list[datetime]:
        rotated = asked[offset:] + asked[:offset]
        found = {at: compute_deadline(policy, at, department="billing").due_at for at in rotated}
        return [found[at] for at in asked]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(0, 160, 20)))
    alone = [
        compute_deadline(reading(AZDIGI), at, department="billing").due_at for at in asked[::10]
    ]
    assert all(answers[0] == other for other in answers)
    assert alone == answers[0][::10]


def test_a_desk_asked_about_many_years_keeps_a_bounded_number_of_them() -> None:
    policy = reading(AZDIGI)
    for year in range(1905, 2096, 3):
        compute_deadline(policy, f"{year}-06-01T09:00:00+07:00", department="technical")
    rows = compiled_line(policy, "technical", "ticket", None).rows
    assert rows.last_year - rows.first_year < 64


# --- Refused before anything is built ---


def test_a_table_of_eight_thousand_years_is_refused() -> None:
    policy = on_schedule("24/7", [{"within": "1h", "counted_in": "calendar_time"}])
    with pytest.raises(InstantOutOfRangeError, match="more than 1000 at once"):
        AnswerTable.of(policy, department="desk", first_year=1000, last_year=9000)


@pytest.mark.parametrize(("first", "last"), [(1677, 1700), (2200, 2262)])
def test_nanoseconds_outside_what_64_bits_hold_are_refused(first: int, last: int) -> None:
    policy = on_schedule("24/7", [{"within": "1h", "counted_in": "calendar_time"}])
    with pytest.raises(InstantOutOfRangeError, match="1678 to 2261"):
        AnswerTable.of(policy, department="desk", first_year=first, last_year=last, unit="ns")


def test_years_outside_the_calendars_name_the_calendar() -> None:
    with pytest.raises(YearsNotCoveredError, match="'public_holidays'"):
        AnswerTable.of(AZDIGI, department="billing", first_year=2099, last_year=2101)


def test_a_unit_too_coarse_for_a_target_is_refused_and_names_it() -> None:
    policy = on_schedule("24/7", [{"within": "1.5s", "counted_in": "calendar_time"}])
    with pytest.raises(UnitError, match="'1.5s'"):
        AnswerTable.of(policy, department="desk", first_year=2026, last_year=2026, unit="s")
    assert (
        len(AnswerTable.of(policy, department="desk", first_year=2026, last_year=2026, unit="ms"))
        == 1
    )


def test_a_unit_there_is_not_an_unknown_priority_and_a_foreign_dump_are_refused() -> None:
    span: dict[str, Any] = {"department": "billing", "first_year": 2026, "last_year": 2026}
    in_minutes: dict[str, Any] = {**span, "unit": "min"}
    with pytest.raises(UnitError, match="'min'"):
        AnswerTable.of(AZDIGI, **in_minutes)
    with pytest.raises(UnknownPriorityError):
        AnswerTable.of(AZDIGI, priority="high", **span)
    with pytest.raises(UnitError, match="'other/1'"):
        AnswerTable.from_dict({"format": "other/1"})


def test_an_instant_outside_the_table_is_refused_and_one_past_knowledge_has_no_answer() -> None:
    table = AnswerTable.of(AZDIGI, department="technical", first_year=2100, last_year=2100)
    with pytest.raises(InstantOutOfRangeError):
        table.answer(table.start - 1)
    with pytest.raises(InstantOutOfRangeError):
        table.answer(table.end)
    assert table.answer(table.end - 1) is None
    last = max(at for at, rule in zip(table.begins, table.rules, strict=True) if rule == -2)
    assert table.answer(last) is None
    assert table.answer(last - 1) is not None
    with pytest.raises(YearsNotCoveredError):
        compute_deadline(AZDIGI, instant(last), department="technical")
    compute_deadline(AZDIGI, instant(last - 1), department="technical")


# --- Read by a person ---


def test_a_week_of_the_technical_line_reads_as_a_page() -> None:
    table = AnswerTable.of(AZDIGI, department="technical", first_year=2026, last_year=2026)
    page = table.describe("2026-02-12T00:00:00+07:00", "2026-02-24T00:00:00+07:00")
    head, rows = page.split("\n\n")
    assert head.startswith(
        "technical/ticket, submissions from Th 2026-02-12 00:00 to Tu 2026-02-24"
    )
    assert [
        "from                 rule           counting starts  earliest  due",
        "Th 2026-02-12 00:00  ordinary_days  at once          +30m      +3h",
        "Su 2026-02-15 00:00  relaxed_days   at once          +30m      +12h",
        "Sa 2026-02-21 00:00  ordinary_days  at once          +30m      +3h",
        "Su 2026-02-22 00:00  relaxed_days   at once          +30m      +12h",
        "Mo 2026-02-23 00:00  ordinary_days  at once          +30m      +3h",
    ] == rows.splitlines()


def test_a_page_says_what_waits_and_what_stands_still() -> None:
    span: dict[str, Any] = {"first_year": 2026, "last_year": 2026}
    billing = AnswerTable.of(AZDIGI, department="billing", **span)
    page = billing.describe("2026-01-10T15:00:00+07:00", "2026-01-12T16:00:00+07:00")
    assert [
        "Sa 2026-01-10 15:00 | next_business_hour | at once | - | +1h",
        "Sa 2026-01-10 16:00:00.000001 | next_business_hour | at once | - | +40h",
        "Sa 2026-01-10 17:00 | next_business_hour | Mo 2026-01-12 08:00 … | - | Mo 2026-01-12 09:00 …",
    ] == [
        re.sub(r" {2,}", " | ", re.sub(r", then (at once|\+1h)", " …", line))
        for line in page.splitlines()[-3:]
    ]
    fair = AnswerTable.of(
        reading(AZDIGI, crossing="in_order"), department="technical", unit="ns", **span
    )
    lines = fair.describe("2026-01-11T00:00:00+07:00", "2026-01-12T00:00:00+07:00").splitlines()
    assert lines[-1].startswith("Su 2026-01-11 15:00:00.000000001  ordinary_days")
    assert lines[-1].endswith("Mo 2026-01-12 03:00")


def test_a_page_names_what_has_no_answer_and_the_priority() -> None:
    rules = [
        {
            "when": {"days": ["Mo"], "priority": ["high"]},
            "within": "1h",
            "counted_in": "calendar_time",
        }
    ]
    policy = on_schedule("24/7", rules, priorities=["high"])
    table = AnswerTable.of(
        policy, department="desk", priority="high", first_year=2026, last_year=2026, unit="s"
    )
    page = table.describe("2026-01-05T00:00:00Z", "2026-01-07T00:00:30Z")
    assert "desk/ticket with priority 'high', submissions from Mo 2026-01-05" in page
    assert "Tu 2026-01-06 00:00  no rule matches" in page
    last = AnswerTable.of(AZDIGI, department="technical", first_year=2100, last_year=2100)
    assert "reaches past the covered years" in last.describe("2100-12-31T00:00:00+07:00")


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2025-12-31T23:59:59+07:00", None),
        (None, "2027-01-01T00:00:01+07:00"),
        ("2026-05-01T00:00:00+07:00", "2026-05-01T00:00:00+07:00"),
    ],
)
def test_a_page_of_other_years_or_of_nothing_is_refused(start: str | None, end: str | None) -> None:
    table = AnswerTable.of(AZDIGI, department="technical", first_year=2026, last_year=2026)
    with pytest.raises(InstantOutOfRangeError, match="span="):
        table.describe(start, end)
