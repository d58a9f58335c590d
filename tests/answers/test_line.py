"""What an answer must know: the years of its own hours and conditions, and of no other calendar.

In these desks the calendar `company` covers 2026 to 2028, `law` 2020 to 2040. 31 December 2028 is a
Sunday.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from builders import calendar_data, day_data, policy, rule_data
from support_sla import AnswerTable, Deadline, Policy, YearsNotCoveredError, compute_deadline
from support_sla.answers.compiled_line import asked_of
from support_sla.answers.line import Line
from support_sla.answers.question import Question

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
CROSSINGS = ("submission", "overlap", "in_order")
CALENDARS = {
    "company": calendar_data(day_data("2026-05-05"), years=[2026, 2028]),
    "law": calendar_data(day_data("2031-01-01"), years=[2020, 2040]),
}
SCHEDULES = {"office": "Mo-Fr 08:00-17:00", "always": "24/7"}
OBSERVED = {"schedule": "always", "observes": ["company"]}
ALWAYS = {"schedule": "always"}


def desk(
    *rules: dict[str, Any], observes: tuple[str, ...] = ("company",), **changes: Any
) -> Policy:
    """Return a desk with office hours; its line observes `company`."""
    channel = {
        "hours": {"schedule": "office", "observes": list(observes)},
        "first_response": list(rules),
    }
    made = {
        "timezone": "UTC",
        "calendars": CALENDARS,
        "schedules": SCHEDULES,
        "priorities": ["sev1", "sev2"],
        "attributes": {"plan": ["gold"]},
    }
    return policy(channel=channel, **{**made, **changes})


def rule(name: str, within: str = "30m", **changes: Any) -> dict[str, Any]:
    """Return a rule of 30 minutes in business time, or of another time."""
    return rule_data(name=name, within=within, **changes)


SEVERE = rule("severe", when={"priority": ["sev1"]}, hours=ALWAYS)
DEFAULT = rule("default", "1h")


def told(made: Policy, at: datetime | str, **names: Any) -> str:
    """Return the rule and the due of a request, or which calendar it is refused for.

    The answer table and the timeline say the same, and what is answered is proved.
    """
    moment = datetime.fromisoformat(f"{at}+00:00") if isinstance(at, str) else at
    found: Deadline | None = None
    refused: YearsNotCoveredError | None = None
    try:
        found = compute_deadline(made, moment, department="desk", **names)
    except YearsNotCoveredError as error:
        refused = error
    answer = looked_up(made, moment, names, refused)
    assert answer == read_off(made, moment, names)
    assert (found is None) == (answer is None)
    if found is None:
        return f"needs {refused and refused.calendar}"
    assert (found.due_at - EPOCH) // MICROSECOND == answer.due_at
    assert found.verify()
    due = f"{found.due_at:%Y-%m-%d %H:%M:%S.%f}".removesuffix(".000000").removesuffix(":00")
    return f"{found.target.name} {due}"


def looked_up(
    made: Policy, at: datetime, names: dict[str, Any], error: YearsNotCoveredError | None
) -> Any:
    """Return what the table of the year says of an instant; None with its row -2.

    A year in which no rule can answer has no table, and it is refused as the request was.
    """
    asked: dict[str, Any] = {"department": "desk", **names}
    try:
        table = AnswerTable.of(made, **asked, first_year=at.year, last_year=at.year)
    except YearsNotCoveredError as refused:
        return None if str(refused) == str(error) else refused
    micros = (at - EPOCH) // MICROSECOND
    answer = table.answer(micros)
    row = next(row for begin, end, row in table.stretches() if begin <= micros < end)
    assert (answer is None) == (row.rule == -2)
    return answer


def read_off(made: Policy, at: datetime, names: dict[str, Any]) -> Any:
    """Return what the timeline says of an instant; None if it is not known."""
    given = names.get("priority"), names.get("attributes")
    asked = asked_of(Question.of(made, "desk", "ticket", *given))
    try:
        return asked.answered((at - EPOCH) // MICROSECOND)[0]
    except YearsNotCoveredError:
        return None


def around(made: Policy, text: str, **names: Any) -> list[str]:
    """Return what is told just before, at and just after an instant."""
    at = datetime.fromisoformat(f"{text}+00:00")
    return [told(made, at + step * MICROSECOND, **names) for step in (-1, 0, 1)]


# --- A rule's own hours ---


def test_a_rule_around_the_clock_answers_in_years_that_the_lines_calendar_does_not_cover() -> None:
    made = desk(SEVERE, DEFAULT)
    assert "severe 2031-01-01 00:30" == told(made, "2031-01-01T00:00:00", priority="sev1")
    assert "severe 2025-12-31 10:30" == told(made, "2025-12-31T10:00:00", priority="sev1")


@pytest.mark.parametrize("priority", [None, "sev2"])
def test_a_rule_in_the_lines_hours_is_refused_by_the_name_of_its_calendar(
    priority: str | None,
) -> None:
    made = desk(SEVERE, DEFAULT)
    message = (
        "year 2031 is past the last covered year 2028 of calendar 'company'; "
        "extend the calendar's years, or ask about 2026 to 2028"
    )
    with pytest.raises(YearsNotCoveredError, match=message):
        compute_deadline(made, "2031-01-01T00:00:00Z", department="desk", priority=priority)
    with pytest.raises(YearsNotCoveredError, match=message):
        AnswerTable.of(made, department="desk", priority=priority, first_year=2031, last_year=2031)
    assert "default 2027-01-01 09:00" == told(made, "2027-01-01T00:00:00", priority=priority)


@pytest.mark.parametrize("crossing", CROSSINGS)
def test_a_rule_that_alone_is_held_answers_beside_no_calendar_under_any_reading(
    crossing: str,
) -> None:
    made = desk(SEVERE, DEFAULT, crossing=crossing)
    assert around(made, "2029-01-01T00:00:00", priority="sev1") == [
        "severe 2029-01-01 00:29:59.999999",
        "severe 2029-01-01 00:30",
        "severe 2029-01-01 00:30:00.000001",
    ]


def test_an_attribute_holds_a_rule_as_a_priority_does() -> None:
    gold = rule("gold", when={"attributes": {"plan": ["gold"]}}, hours=ALWAYS)
    made = desk(gold, DEFAULT)
    assert "gold 2031-01-01 00:30" == told(made, "2031-01-01T00:00:00", attributes={"plan": "gold"})
    assert "needs company" == told(made, "2031-01-01T00:00:00")


def test_the_years_of_a_line_are_those_in_which_some_held_rule_can_answer() -> None:
    made = desk(SEVERE, DEFAULT)
    known = {
        priority: Line.of(Question(made, "desk", "ticket", priority)).coverage
        for priority in (None, "sev1")
    }
    assert (2026, 2028) == (known[None].first, known[None].last)
    assert known["sev1"].first <= 3
    assert known["sev1"].last >= 9997


def test_a_due_past_the_last_year_of_the_rules_own_calendar_is_refused() -> None:
    made = desk(rule("own", "30m", hours=OBSERVED), observes=("law",))
    assert around(made, "2028-12-31T23:30:00") == [
        "own 2028-12-31 23:59:59.999999",
        "own 2029-01-01 00:00",
        "needs company",
    ]
    assert "needs company" == told(made, "2029-01-01T00:00:00")
    assert "needs company" == told(made, datetime(2026, 1, 1, tzinfo=UTC) - MICROSECOND)
    assert "own 2026-01-01 00:30" == told(made, "2026-01-01T00:00:00")


# --- The calendars that conditions name ---


def test_a_calendar_named_by_an_earlier_rule_must_cover_the_year() -> None:
    made = desk(
        rule("feast", when={"days": ["law"]}, hours=ALWAYS),
        rule("shut", when={"days": ["company"]}, hours=ALWAYS),
        rule("default", hours=ALWAYS),
    )
    assert "feast 2031-01-01 00:30" == told(made, "2031-01-01T00:00:00")  # law closes the date
    assert around(made, "2031-01-02T00:00:00") == [
        "feast 2031-01-02 00:29:59.999999",
        "needs company",
        "needs company",
    ]
    assert "default 2027-06-01 00:30" == told(made, "2027-06-01T00:00:00")
    assert "needs law" == told(made, "2041-01-01T00:00:00")


def test_a_calendar_named_by_a_later_rule_need_not_cover_the_year() -> None:
    made = desk(
        rule("mondays", when={"days": ["Mo"]}, hours=ALWAYS),
        rule("shut", when={"days": ["company"]}, hours=ALWAYS),
        rule("default", hours=ALWAYS),
    )
    # 6 January 2031 is a Monday.
    assert around(made, "2031-01-06T00:00:00") == [
        "needs company",
        "mondays 2031-01-06 00:30",
        "mondays 2031-01-06 00:30:00.000001",
    ]


def test_a_calendar_named_by_a_rule_of_another_priority_need_not_cover_the_year() -> None:
    shut = rule("shut", when={"days": ["company"], "priority": ["sev1"]}, hours=ALWAYS)
    made = desk(shut, rule("default", hours=ALWAYS))
    assert "default 2031-01-01 00:30" == told(made, "2031-01-01T00:00:00")
    assert "default 2031-01-01 00:30" == told(made, "2031-01-01T00:00:00", priority="sev2")
    assert "needs company" == told(made, "2031-01-01T00:00:00", priority="sev1")


@pytest.mark.parametrize("is_open", [True, False])
def test_whether_the_line_is_open_needs_the_lines_calendars(is_open: bool) -> None:
    made = desk(
        rule("mondays", when={"days": ["Mo"]}, hours=ALWAYS),
        rule("asks", when={"open": is_open}, hours=ALWAYS),
        rule("default", hours=ALWAYS),
    )
    assert around(made, "2031-01-07T00:00:00") == [  # a Tuesday
        "mondays 2031-01-07 00:29:59.999999",
        "needs company",
        "needs company",
    ]
    closed, opened = ("default", "asks") if is_open else ("asks", "default")
    assert around(made, "2027-01-05T08:00:00") == [
        f"{closed} 2027-01-05 08:29:59.999999",
        f"{opened} 2027-01-05 08:30",
        f"{opened} 2027-01-05 08:30:00.000001",
    ]


def test_a_time_of_the_date_needs_no_calendar() -> None:
    made = desk(
        rule("early", when={"time": "00:00-06:00"}, hours=ALWAYS), rule("default", hours=OBSERVED)
    )
    assert around(made, "2031-01-01T06:00:00") == [
        "early 2031-01-01 06:29:59.999999",
        "needs company",
        "needs company",
    ]


# --- Rules that are compared ---

MONDAYS = rule("mondays", "10m", when={"days": ["Mo"]}, hours=OBSERVED)
OTHERS = rule("others", hours=ALWAYS)


def test_of_the_submission_alone_the_next_days_rule_is_not_asked() -> None:
    made = desk(MONDAYS, OTHERS)
    assert "others 2031-01-06 00:20" == told(made, "2031-01-05T23:50:00")
    assert "needs company" == told(made, "2031-01-06T00:00:00")
    assert "others 2031-01-07 00:30" == told(made, "2031-01-07T00:00:00")


@pytest.mark.parametrize(
    ("sunday", "monday", "tuesday"),
    [("2031-01-05", "2031-01-06", "2031-01-07"), ("2025-12-28", "2025-12-29", "2025-12-30")],
    ids=["after its years", "before its years"],
)
@pytest.mark.parametrize("crossing", ["overlap", "in_order"])
def test_a_rule_whose_hours_are_unknown_refuses_only_what_is_compared_with_it(
    crossing: str, sunday: str, monday: str, tuesday: str
) -> None:
    # At 23:30 the half hour ends where Monday begins, and does not touch it.
    made = desk(MONDAYS, OTHERS, crossing=crossing)
    assert around(made, f"{sunday}T23:30:00") == [
        f"others {sunday} 23:59:59.999999",
        f"others {monday} 00:00",
        "needs company",
    ]
    assert around(made, f"{tuesday}T00:00:00") == [
        "needs company",
        f"others {tuesday} 00:30",
        f"others {tuesday} 00:30:00.000001",
    ]


def test_under_overlap_the_compared_rule_must_be_known_from_the_submission_to_its_own_due() -> None:
    # Sent on Sunday 31 December 2028: Monday's ten minutes end with the year, or past it.
    made = desk(MONDAYS, OTHERS, crossing="overlap")
    assert around(made, "2028-12-31T23:50:00") == [
        "others 2029-01-01 00:19:59.999999",
        "others 2029-01-01 00:20",
        "needs company",
    ]


def test_in_order_the_compared_rule_must_be_known_where_it_begins() -> None:
    # Monday 1 January 2029 is not covered, and could undercut whatever is due after it begins.
    made = desk(MONDAYS, OTHERS, crossing="in_order")
    assert around(made, "2028-12-31T23:30:00") == [
        "others 2028-12-31 23:59:59.999999",
        "others 2029-01-01 00:00",
        "needs company",
    ]


THURSDAYS = rule("thursdays", "10m", when={"days": ["Th"]}, hours=OBSERVED)


def test_where_the_years_begin_a_later_rule_refuses_what_it_would_answer() -> None:
    # Sent on Wednesday 31 December 2025; Thursday 1 January 2026 is the first covered date, and
    # its first request is due at 00:10. What is due up to then is not touched; what is due later
    # would be answered by Thursday's rule, whose next opening from 2025 on is not known.
    made = desk(THURSDAYS, OTHERS, crossing="in_order")
    assert around(made, "2025-12-31T23:40:00") == [
        "others 2026-01-01 00:09:59.999999",
        "others 2026-01-01 00:10",
        "needs company",
    ]
    # Under overlap Thursday's due is counted from the submission on, in 2025.
    made = desk(THURSDAYS, OTHERS, crossing="overlap")
    assert around(made, "2025-12-31T23:30:00") == [
        "others 2025-12-31 23:59:59.999999",
        "others 2026-01-01 00:00",
        "needs company",
    ]


FEASTS = rule("feasts", "10m", when={"days": ["company"]}, hours=ALWAYS)


@pytest.mark.parametrize("beside", ["nothing", "a rule of another weekday"])
@pytest.mark.parametrize("crossing", CROSSINGS)
def test_a_window_that_runs_into_dates_that_cannot_be_judged_is_refused_whatever_stands_beside(
    crossing: str, beside: str
) -> None:
    # 1 January 2029, a Monday, is past the years of the calendar that the first rule asks.
    tuesdays = rule("tuesdays", when={"days": ["Tu"]}, hours=ALWAYS)
    rules = [FEASTS, OTHERS] if beside == "nothing" else [tuesdays, FEASTS, OTHERS]
    made = desk(*rules, crossing=crossing)
    assert around(made, "2028-12-31T23:30:00") == [
        "others 2028-12-31 23:59:59.999999",
        "others 2029-01-01 00:00",
        "needs company",
    ]


@pytest.mark.parametrize(
    ("weekday", "date", "following"),
    [("Mo", "2031-01-06", "2031-01-07"), ("Su", "2028-12-31", "2029-01-01")],
    ids=["both past the years", "across their end"],
)
@pytest.mark.parametrize("crossing", CROSSINGS)
def test_a_rule_before_those_that_cannot_be_judged_is_refused_only_when_it_is_compared(
    crossing: str, weekday: str, date: str, following: str
) -> None:
    # The date is judged by the first rule alone, the one that follows needs the calendar.
    first = rule("first", when={"days": [weekday]}, hours=ALWAYS)
    made = desk(first, FEASTS, OTHERS, crossing=crossing)
    alone = crossing == "submission"
    assert around(made, f"{date}T23:30:00") == [
        f"first {date} 23:59:59.999999",
        f"first {following} 00:00",
        f"first {following} 00:00:00.000001" if alone else "needs company",
    ]


def test_a_date_that_cannot_be_judged_is_refused_until_the_years_begin() -> None:
    assert around(desk(FEASTS, OTHERS), "2026-01-01T00:00:00") == [
        "needs company",
        "others 2026-01-01 00:30",
        "others 2026-01-01 00:30:00.000001",
    ]


def test_in_order_an_unknown_rule_that_begins_after_a_smaller_due_refuses_nothing() -> None:
    # Sunday's 90 minutes are undercut at 23:00 by the late rule, due at 23:10: before Monday.
    made = desk(
        MONDAYS,
        rule("late", "10m", when={"time": "23:00-24:00"}, hours=ALWAYS),
        rule("others", "90m", hours=ALWAYS),
        crossing="in_order",
    )
    assert "late 2031-01-05 23:10" == told(made, "2031-01-05T22:45:00")
    assert around(made, "2031-01-05T23:50:00") == [
        "late 2031-01-05 23:59:59.999999",
        "late 2031-01-06 00:00",
        "needs company",
    ]


def test_in_order_a_rule_whose_due_lies_past_the_years_undercuts_nothing_inside_them() -> None:
    # Sunday 31 December 2028: 48 hours end in 2029, whatever the calendar will say of it.
    made = desk(
        rule("sundays", "48h", when={"days": ["Su"]}, hours=OBSERVED),
        rule("others", "25h", hours=ALWAYS),
        crossing="in_order",
    )
    assert around(made, "2028-12-30T23:00:00") == [
        "others 2028-12-31 23:59:59.999999",
        "others 2029-01-01 00:00",
        "needs company",
    ]


def test_in_order_a_later_known_due_does_not_make_up_for_an_own_that_is_not_known() -> None:
    # Monday 6 January 2031 is not known, though Tuesday's first due is 00:30.
    made = desk({**MONDAYS, "within": "30h"}, OTHERS, crossing="in_order")
    assert "needs company" == told(made, "2031-01-06T12:00:00")


# --- Tables over the border of what is known ---


def test_a_table_over_years_with_and_without_knowledge_says_in_its_rows_what_is_not_known() -> None:
    # Over 2028 and 2029 Mondays are known in 2028 only: the last is 25 December.
    made = desk(MONDAYS, OTHERS)
    table = AnswerTable.of(made, department="desk", first_year=2028, last_year=2029, unit="s")
    rows = [
        (datetime.fromtimestamp(begin, UTC).strftime("%Y-%m-%d"), row.rule)
        for begin, _, row in table.stretches()
    ]
    place = rows.index(("2028-12-25", 0))
    assert [
        ("2028-12-25", 0),
        ("2028-12-26", 1),
        ("2029-01-01", -2),
        ("2029-01-02", 1),
        ("2029-01-08", -2),
        ("2029-01-09", 1),
    ] == rows[place : place + 6]


def test_business_days_need_the_years_of_their_own_hours() -> None:
    days = {"name": "days", "within": "1 business day", "by": "close"}
    made = desk({**days, "hours": {"schedule": "office", "observes": ["law"]}})
    # 1 January 2031, a Wednesday, is a holiday of the law.
    assert around(made, "2030-12-31T00:00:00") == [
        "days 2030-12-31 17:00",
        "days 2031-01-02 17:00",
        "days 2031-01-02 17:00",
    ]
    assert around(made, "2040-12-31T00:00:00") == [
        "days 2040-12-31 17:00",
        "needs law",
        "needs law",
    ]
