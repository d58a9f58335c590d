"""`Rule`, `Line` and `Promise`: a policy's rules as integers, and which of them is in force when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from builders import calendar, day_data, policy, rule_data, target, when
from support_sla import Policy, Schedule, UnknownChannelError, UnknownDepartmentError
from support_sla.answers.counting.business_time import BusinessTime
from support_sla.answers.counting.calendar_time import CalendarTime
from support_sla.answers.counting.counting import counting_of
from support_sla.answers.line import Line, Rule
from support_sla.answers.promise import Promise
from support_sla.answers.question import Question
from support_sla.calendars.opening_hours import OpeningHours
from support_sla.clock.window import LineHours

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
HOUR = 3_600_000_000


def micros(text: str) -> int:
    return (datetime.fromisoformat(f"{text}+07:00") - EPOCH) // MICROSECOND


def promise(*rules: dict[str, Any], priority: str | None = None, **changes: Any) -> Promise:
    question = Question(policy(*rules, **changes), "desk", "ticket", priority)
    return Promise.of(Line.of(question), 2026, 2026)


def edges(made: Promise) -> list[tuple[str, int]]:
    """Return the edges in Vietnam's time, with the rule in force from each on."""
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    instants = [(EPOCH + at * MICROSECOND).astimezone(zone) for at in made.reigns.edges]
    shown = [at.isoformat(" ").removesuffix("+07:00") for at in instants]
    return list(zip(shown, made.reigns.in_force, strict=True))


def rule_of(**changes: Any) -> Rule:
    """Return the rule of a target that is counted on office hours."""
    week = Schedule("Mo-Fr 08:00-17:00").week
    return Rule.of(target(**changes), LineHours.of(OpeningHours(week), UTC))


def test_a_rule_is_its_target_with_weekdays_as_numbers() -> None:
    made = rule_of(when={"days": ["Su", "tet", "Mo"]}, earliest="30m", within="3h")
    assert (frozenset({0, 6}), frozenset({"tet"}), False) == (
        made.weekdays,
        made.calendars,
        made.any_day,
    )
    counting = counting_of(made.target, made.hours.window(2026, 2026))
    assert isinstance(counting, BusinessTime)
    assert (HOUR // 2, 3 * HOUR) == (counting.earliest_after, counting.within)
    assert (None, None) == (made.open, made.times)


def test_a_rule_without_a_condition_holds_on_any_day() -> None:
    made = rule_of(counted_in="calendar_time")
    counting = counting_of(made.target, made.hours.window(2026, 2026))
    assert isinstance(counting, CalendarTime)
    assert (True, None) == (made.any_day, counting.earliest_after)
    assert all(made.matches(day, set(), 0, is_open=False) for day in range(7))


def test_a_rule_for_a_priority_alone_holds_on_any_day() -> None:
    made = rule_of(when={"priority": ["high", "low"]})
    assert made.any_day
    assert all(made.matches(day, set(), 0, is_open=False) for day in range(7))


@pytest.mark.parametrize(
    ("weekday", "closed_by", "matches"),
    [
        pytest.param(6, set(), True, id="its weekday"),
        pytest.param(5, set(), False, id="another weekday"),
        pytest.param(5, {"tet"}, True, id="a date its calendar closes"),
        pytest.param(5, {"other"}, False, id="a date another calendar closes"),
        pytest.param(5, {"other", "tet"}, True, id="a date both close"),
        pytest.param(6, {"other"}, True, id="its weekday, closed by another"),
    ],
)
def test_a_rule_holds_on_any_of_its_days(weekday: int, closed_by: set[str], matches: bool) -> None:
    rule = rule_of(when={"days": ["Su", "tet"]})
    assert matches == rule.matches(weekday, closed_by, 0, is_open=False)


def test_a_line_knows_the_calendars_it_observes_and_those_its_rules_ask() -> None:
    observed, asked = calendar(years=[2000, 2030]), calendar(years=[2020, 2040])
    channel = {
        "hours": {"schedule": "office", "observes": ["observed"]},
        "first_response": [when("asked"), rule_data()],
    }
    calendars = {"observed": observed, "asked": asked}
    made = Line.of(Question(policy(channel=channel, calendars=calendars), "desk", "ticket"))
    assert ("desk/ticket", "submission") == (made.name, made.crossing)
    assert ((("observed", observed),), (("asked", asked),)) == (made.observes, made.asked)
    assert (2020, 2030) == (made.coverage.first, made.coverage.last)


def test_a_line_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnknownDepartmentError):
        Line.of(Question(policy(), "sales", "ticket"))
    with pytest.raises(UnknownChannelError):
        Line.of(Question(policy(), "desk", "fax"))


def test_one_rule_for_every_day_has_one_edge() -> None:
    assert [("2026-01-01 00:00:00", 0)] == edges(promise())


def test_edges_stand_only_where_the_rule_changes() -> None:
    # 3 and 4 January 2026 are the first Saturday and Sunday.
    made = promise(when("Su", "Sa"), rule_data())
    assert [
        ("2026-01-01 00:00:00", 1),
        ("2026-01-03 00:00:00", 0),
        ("2026-01-05 00:00:00", 1),
    ] == edges(made)[:3]
    assert 1 + 2 * 52 == len(made.reigns.edges)  # 2026 ends on a Thursday, so each weekend is whole


def test_only_dates_that_a_calendar_closes_are_those_of_its_rule() -> None:
    known = calendar(
        day_data("2026-03-02"),
        day_data("2026-03-04", closed="12:00-13:00"),
        day_data("2026-03-06", open="08:00-09:00"),
        day_data("2026-03-07", works_as="Mo"),
    )
    made = promise(when("known"), rule_data(), calendars={"known": known})
    assert [
        ("2026-01-01 00:00:00", 1),
        ("2026-03-02 00:00:00", 0),
        ("2026-03-03 00:00:00", 1),
        ("2026-03-04 00:00:00", 0),
        ("2026-03-05 00:00:00", 1),
    ] == edges(made)


def test_the_first_rule_that_matches_decides() -> None:
    known = calendar(day_data("2026-03-01"))  # a Sunday
    one = promise(when("known"), when("Su"), rule_data(), calendars={"known": known})
    two = promise(when("Su"), when("known"), rule_data(), calendars={"known": known})
    sunday = micros("2026-03-01 12:00")
    assert (0, 0) == (one.rule_at(sunday), two.rule_at(sunday))
    assert 1 == one.rule_at(micros("2026-03-08 12:00"))


@pytest.mark.parametrize(
    ("priority", "weekday", "sunday"),
    [("high", 1, 0), ("low", 2, 2), (None, 2, 2)],
)
def test_several_conditions_must_all_hold(priority: str | None, weekday: int, sunday: int) -> None:
    made = promise(
        when("Su", priority=("high",)),
        when(priority=("high",)),
        rule_data(),
        priority=priority,
        priorities=["low", "high"],
    )
    assert (weekday, sunday) == (
        made.rule_at(micros("2026-02-28 12:00")),
        made.rule_at(micros("2026-03-01 12:00")),
    )


def test_a_line_without_a_rule_for_a_date_says_so() -> None:
    made = promise(when("Su"))
    assert (-1, 0, 0, -1) == (
        made.rule_at(micros("2026-03-01 00:00") - 1),
        made.rule_at(micros("2026-03-01 00:00")),
        made.rule_at(micros("2026-03-02 00:00") - 1),
        made.rule_at(micros("2026-03-02 00:00")),
    )


def apia(*days: str) -> list[tuple[str, int]]:
    """Return the edges of the last dates of 2011 in Apia, whose 30 December, a Friday, never was."""
    rules = [when(day, name=day) for day in days]
    made_policy = policy(*rules, rule_data(), timezone="Pacific/Apia")
    made = Promise.of(Line.of(Question(made_policy, "desk", "ticket")), 2011, 2011)
    found = [
        ((EPOCH + at * MICROSECOND).strftime("%m-%d %H"), rule)
        for at, rule in zip(made.reigns.edges, made.reigns.in_force, strict=True)
    ]
    return [edge for edge in found if "12-28" < edge[0]]


def test_a_skipped_date_leaves_no_edge_behind() -> None:
    assert [] == apia("Fr")  # the rule before goes on
    assert [("12-30 10", 0)] == apia("Sa")
    assert [("12-30 10", 1)] == apia("Fr", "Sa")  # Friday's is replaced


def crossings(line: Policy) -> Promise:
    return Promise.of(Line.of(Question(line, "desk", "ticket")), 2026, 2026)


def test_a_crossing_other_than_the_policys_may_be_asked_for() -> None:
    made = crossings(
        policy(
            when("Su", within="12h", counted_in="calendar_time"),
            rule_data(within="3h", counted_in="calendar_time"),
            schedules={"office": "24/7"},
        )
    )
    saturday = micros("2026-02-28 22:00")
    dues = [made.answer(saturday, reading) for reading in ("submission", "overlap", "in_order")]
    assert [3 * HOUR, 12 * HOUR, 3 * HOUR] == [
        answer.due_at - saturday for answer in dues if answer
    ]


@pytest.mark.parametrize("crossing", ["submission", "overlap", "in_order"])
def test_an_answer_that_the_years_do_not_hold_is_none(crossing: Any) -> None:
    made = promise(rule_data(within="1h", counted_in="calendar_time"))
    end = made.counted[0].counting.timeline.end
    for step, known in ((-1, True), (0, True), (1, False)):
        assert known == (made.answer(end - HOUR + step, crossing) is not None)


def test_an_opening_that_the_years_do_not_hold_is_none() -> None:
    made = promise(rule_data(within="0m"))  # Thursday 31 December closes at 17:00
    assert None is not made.answer(micros("2026-12-31 17:00") - 1)
    assert None is made.answer(micros("2026-12-31 17:00"))


def test_the_longer_of_two_readings_that_the_years_do_not_hold_is_none() -> None:
    made = promise(
        when("Th", within="12h", counted_in="calendar_time"),
        rule_data(within="3h", counted_in="calendar_time"),
        crossing="overlap",
    )
    # Wednesday 22:00 is due on Thursday 01:00 literally, by Thursday's rule at 10:00.
    assert None is not made.answer(micros("2026-12-30 22:00"))
    last = policy(
        when("Th", within="48h", counted_in="calendar_time"),
        rule_data(within="3h", counted_in="calendar_time"),
        crossing="overlap",
    )
    assert None is crossings(last).answer(micros("2026-12-30 22:00"))


@pytest.mark.parametrize(
    ("rules", "crossing", "due", "rule"),
    [
        # Submitted on Saturday 28 February 2026 10:00; the desk is open Mo-Fr 08:00-17:00.
        pytest.param(
            [when("Sa", within="1h"), rule_data(within="30m")],
            "overlap",
            "2026-03-02 08:30",
            1,
            id="overlap: Saturday does not tick, so Monday's rule alone is asked",
        ),
        pytest.param(
            [when("Sa", within="1h")],
            "overlap",
            "2026-03-02 09:00",
            0,
            id="overlap: Monday has no rule, so Saturday's own is left",
        ),
        pytest.param(
            [when("Sa", within="30h", counted_in="calendar_time"), when("Mo", within="9h")],
            "overlap",
            "2026-03-01 16:00",
            0,
            id="overlap: a Sunday without a rule is skipped",
        ),
        pytest.param(
            [
                when("Sa", within="30h", counted_in="calendar_time"),
                rule_data(within="1h", counted_in="calendar_time"),
            ],
            "overlap",
            "2026-03-01 16:00",
            0,
            id="overlap: the shorter of two rules is not taken",
        ),
        pytest.param(
            [
                when("Sa", within="60h", counted_in="calendar_time"),
                when("Mo", within="1h", counted_in="calendar_time"),
            ],
            "in_order",
            "2026-03-02 01:00",
            1,
            id="in order: a Sunday without a rule is skipped",
        ),
        pytest.param(
            [
                when("Sa", within="20h", counted_in="calendar_time"),
                rule_data(within="9h", counted_in="calendar_time"),
            ],
            "in_order",
            "2026-03-01 06:00",
            0,
            id="in order: a later ticket due later changes nothing",
        ),
    ],
)
def test_a_crossing_read_off_the_timeline(
    rules: list[dict[str, Any]], crossing: str, due: str, rule: int
) -> None:
    found = crossings(policy(*rules, crossing=crossing)).answer(micros("2026-02-28 10:00"))
    assert found is not None
    assert (micros(due), rule) == (found.due_at, found.rule)


@pytest.mark.parametrize(
    ("earliest", "reached"),
    [
        pytest.param(None, None, id="none"),
        pytest.param("0m", "2026-03-02 08:00", id="not before counting starts"),
        pytest.param("30m", "2026-03-02 08:30", id="counted as the due is"),
        pytest.param("1h", "2026-03-02 09:00", id="not after the due"),
    ],
)
def test_an_earliest_read_off_the_timeline(earliest: str | None, reached: str | None) -> None:
    given = {} if earliest is None else {"earliest": earliest}
    found = promise(rule_data(within="1h", **given)).answer(micros("2026-02-28 10:00"))
    assert found is not None
    assert (None if reached is None else micros(reached)) == found.earliest_at
