"""Answers where the covered years end, and a deadline as a value among many."""

from __future__ import annotations

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest

from builders import (
    READ,
    Counted,
    calendar,
    calendar_data,
    channel_data,
    day_data,
    policy,
    rule_data,
    when,
)
from support_sla import (
    InstantOutOfRangeError,
    Policy,
    YearsNotCoveredError,
    compute_deadline,
    load_policy,
)
from support_sla.answers.compiled_line import CompiledLine, asked_of
from support_sla.answers.question import Question
from vietnam_desk import (
    MICROSECOND,
    MONDAY,
    ask,
    at,
    business_time,
    calendar_time,
    due,
    shown,
)

# --- Where the covered years end ---


KNOWN = {"known": calendar(day_data("2026-05-05"))}  # covers 2026 alone


@pytest.mark.parametrize("crossing", ["submission", "overlap", "in_order"])
def test_a_window_may_end_exactly_where_the_covered_years_do(crossing: str) -> None:
    line = policy(
        calendar_time("feast", "3h", "known"),
        calendar_time("ordinary", "3h"),
        calendars=KNOWN,
        crossing=crossing,
    )
    assert "2026-12-31 23:59:59.999999" == due(line, at("2026-12-31 21:00", -1))[0]
    assert "2027-01-01 00:00:00" == due(line, at("2026-12-31 21:00"))[0]
    with pytest.raises(YearsNotCoveredError, match="year 2027 .* 'known'") as caught:
        due(line, at("2026-12-31 21:00", 1))
    assert ("known", 2026, 2026) == (
        caught.value.calendar,
        caught.value.first,
        caught.value.last,
    )


def test_business_time_past_the_covered_years_is_an_error() -> None:
    channel = {
        "hours": {"schedule": "office", "observes": ["known"]},
        "first_response": [business_time("one hour", "1h")],
    }
    line = policy(channel=channel, calendars=KNOWN)  # 31 December 2026 is a Thursday
    assert ("2026-12-31 17:00:00", "one hour") == due(line, at("2026-12-31 16:00"))
    for instant in (at("2026-12-31 16:00", 1), at("2026-12-31 17:00")):
        with pytest.raises(YearsNotCoveredError, match="2027"):
            due(line, instant)


def test_the_longer_window_of_an_overlap_past_the_covered_years_is_an_error() -> None:
    feast = calendar_time("feast", "3h", "known")
    thursday = calendar_time("thursday", "48h", "Th")
    ordinary = calendar_time("ordinary", "3h")
    line = policy(feast, thursday, ordinary, calendars=KNOWN, crossing="overlap")
    assert ("2026-12-31 00:00:00", "ordinary") == due(line, at("2026-12-30 21:00"))
    with pytest.raises(YearsNotCoveredError, match="2027"):
        due(line, at("2026-12-30 21:00", 1))
    # A rule before all that name the calendar needs none of its years.
    line = policy(thursday, feast, ordinary, calendars=KNOWN, crossing="overlap")
    assert ("2027-01-01 21:00:00.000001", "thursday") == due(line, at("2026-12-30 21:00", 1))


@pytest.mark.parametrize(
    ("text", "step", "year"),
    [
        ("2026-01-01 00:00", -1, 2025),
        ("2026-01-01 00:00", 0, None),
        ("2026-01-01 00:00", 1, None),
        ("2027-01-01 00:00", 0, 2027),
        ("2027-01-01 00:00", 1, 2027),
        ("2101-01-01 00:00", 0, 2101),
    ],
)
def test_a_submission_outside_the_covered_years_is_an_error(
    text: str, step: int, year: int | None
) -> None:
    line = policy(
        calendar_time("feast", "3h", "known"), calendar_time("ordinary", "3h"), calendars=KNOWN
    )
    if year is None:
        assert "ordinary" == due(line, at(text, step))[1]
        return
    with pytest.raises(YearsNotCoveredError, match=f"year {year} .* ask about 2026 to 2026"):
        due(line, at(text, step))


def test_a_calendar_that_the_line_does_not_use_bounds_nothing() -> None:
    assert ("2030-03-04 10:00:00", "default") == due(
        policy(calendars=KNOWN), at("2030-03-04 09:00")
    )


@pytest.mark.parametrize(
    "instant",
    [
        "0001-01-01T00:00:00Z",
        "0002-12-31T16:00:00+07:00",
        "9998-01-02T00:00:00+07:00",
        "9999-12-31T23:59:59.999999Z",
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))),
        datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-12))),
    ],
    ids=str,
)
def test_years_that_leave_python_no_room_are_refused(instant: datetime | str) -> None:
    with pytest.raises(InstantOutOfRangeError, match="3 to 9997"):
        ask(policy(), instant)


@pytest.mark.parametrize(
    "instant", ["0003-06-01T00:00:00Z", "1582-10-10T00:00:00Z", "9997-06-01T00:00:00Z"]
)
def test_far_years_that_leave_room_are_answered(instant: str) -> None:
    found = ask(policy(calendar_time("plain", "3h")), instant)
    assert timedelta(hours=3) == found.due_at - datetime.fromisoformat(instant)


def test_a_window_past_the_last_year_is_refused() -> None:
    line = policy(calendar_time("long", "960h"))
    with pytest.raises(InstantOutOfRangeError, match="9998"):
        ask(line, "9997-12-01T00:00:00Z")


# --- A value ---


NEW_YORK = policy(calendar_time("plain", "3h"), timezone="America/New_York")


TWICE = [
    datetime(2026, 11, 1, 1, 30, tzinfo=ZoneInfo("America/New_York"), fold=fold) for fold in (0, 1)
]


def test_deadlines_of_one_question_are_equal_however_it_was_written() -> None:
    one = ask(NEW_YORK, TWICE[0])
    two = ask(
        policy(calendar_time("plain", "3h"), timezone="America/New_York"), "2026-11-01T05:30Z"
    )
    assert (one, hash(one)) == (two, hash(two))
    assert {one} == {one, two}


def test_deadlines_an_hour_apart_in_a_repeated_hour_are_not_equal() -> None:
    first, second = (ask(NEW_YORK, instant) for instant in TWICE)
    assert first != second
    assert {first, second} == {second, first, ask(NEW_YORK, "2026-11-01T06:30Z")}
    assert timedelta(hours=1) == second.due_at.astimezone(UTC) - first.due_at.astimezone(UTC)


@pytest.mark.parametrize(
    "other",
    [
        ask(NEW_YORK, TWICE[0] + MICROSECOND),
        ask(policy(calendar_time("plain", "4h"), timezone="America/New_York"), TWICE[0]),
        ask(policy(calendar_time("other", "3h"), timezone="America/New_York"), TWICE[0]),
        ask(
            policy(calendar_time("plain", "3h"), timezone="America/New_York", version="2"), TWICE[0]
        ),
        "a deadline",
        None,
    ],
    ids=["instant", "amount", "rule", "policy", "text", "None"],
)
def test_deadlines_that_differ_are_not_equal(other: object) -> None:
    assert ask(NEW_YORK, TWICE[0]) != other


@pytest.mark.parametrize("fold", [0, 1])
@pytest.mark.parametrize("protocol", [4, 5])
def test_a_deadline_survives_pickling_in_a_repeated_hour(fold: int, protocol: int) -> None:
    found = ask(NEW_YORK, TWICE[fold])
    again = pickle.loads(pickle.dumps(found, protocol))
    assert (found, hash(found), found.explain()) == (again, hash(again), again.explain())
    assert (found.steps, found.choice, found.readings) == (
        again.steps,
        again.choice,
        again.readings,
    )
    assert again.verify()
    assert found.submitted_at.astimezone(UTC) == again.submitted_at.astimezone(UTC)
    assert [found, found] == [copy.copy(found), copy.deepcopy(found)]


def test_a_deadline_cannot_be_changed() -> None:
    found = ask(policy(), MONDAY)
    with pytest.raises(AttributeError):
        found.due_at = MONDAY  # type: ignore[misc]


def test_a_deadline_shows_its_answer_and_not_the_whole_policy() -> None:
    text = repr(ask(policy(), MONDAY))
    assert "due_at=" in text
    assert "schedules" not in text


def test_answering_changes_nothing_about_the_policy() -> None:
    line, fresh = policy(), policy()
    ask(line, MONDAY)
    assert (fresh, hash(fresh), fresh.model_dump()) == (line, hash(line), line.model_dump())
    assert pickle.dumps(fresh) == pickle.dumps(line)


# --- Many questions ---


def compiled_line(line: Policy, priority: str | None) -> CompiledLine:
    return asked_of(Question.of(line, "desk", "ticket", priority)).line


def test_a_line_is_compiled_once_for_each_set_of_rules_that_requests_hold() -> None:
    rules = [when(priority=(name,), name=name) for name in ("low", "high")]
    line = policy(*rules, rule_data(), priorities=["low", "high", "other"])
    kept = {priority: compiled_line(line, priority) for priority in (None, "low", "high")}
    ask(line, MONDAY, priority="low")
    assert 3 == len(set(kept.values()))
    for priority, compiled in kept.items():
        assert compiled is compiled_line(line, priority)
    assert kept[None] is compiled_line(line, "other")  # which no rule names
    assert kept["low"] is not compiled_line(copy.deepcopy(line), "low")


def test_a_calendar_is_read_once_for_all_questions_about_its_years() -> None:
    known = Counted(days=(day_data("2026-05-05"),), years=(2020, 2030))
    channel = {
        "hours": {"schedule": "office", "observes": ["known"]},
        "first_response": [business_time("feast", "2h", "known"), business_time("plain", "1h")],
    }
    line = policy(channel=channel, calendars={"known": known})
    READ.clear()
    for step in range(1000):
        ask(line, at("2026-01-01 00:00") + timedelta(hours=8 * step))
    assert 2026 in READ
    assert len(READ) <= 24  # a few readings of each year near, and none for a single question


def test_eight_threads_asking_a_fresh_policy_get_identical_answers() -> None:
    years = list(range(2016, 2032))

    def answers(line: Policy, order: list[int]) -> dict[int, tuple[str | None, ...]]:
        found: dict[int, tuple[str | None, ...]] = {}
        for year in order:
            instant = at(f"{year}-02-15 22:10")
            billing = compute_deadline(line, instant, department="billing")
            technical = compute_deadline(line, instant, department="technical")
            found[year] = (
                shown(billing.starts_at),
                shown(billing.due_at),
                technical.target.name,
                shown(technical.due_at),
            )
        return found

    fresh, start = load_policy("azdigi"), Barrier(8)

    def worker(turn: int) -> dict[int, tuple[str | None, ...]]:
        order = years[turn * 2 :] + years[: turn * 2]
        start.wait()
        return answers(fresh, order[::-1] if turn % 2 else order)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(worker, range(8)))
    assert [answers(load_policy("azdigi"), years)] * 8 == found


@pytest.mark.parametrize(("young", "rule"), [(2025, "feast"), (2026, "plain")])
@pytest.mark.parametrize("crossing", ["submission", "overlap", "in_order"])
def test_an_eve_closes_new_year_s_day_if_all_observed_calendars_know_it(
    young: int, rule: str, crossing: str
) -> None:
    eve = day_data("2025-12-31", closed="18:00-26:00")
    line = policy(
        channel=channel_data(
            when("old", name="feast", within="12h", counted_in="calendar_time"),
            rule_data(name="plain", within="3h", counted_in="calendar_time"),
            hours={"schedule": "office", "observes": ["young"]},
        ),
        calendars={
            "old": calendar_data(eve, years=[2025, 2027]),
            "young": calendar_data(years=[young, 2027]),
        },
        crossing=crossing,
    )
    found = ask(line, at("2026-01-01 12:00"))
    assert (rule, rule, True) == (
        found.target.name,
        found.choice.matched.name,
        found.verify(),
    )
