"""Days that were not counted, told to a customer: those that belong together as one."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given

from builders import calendar_data, day_data, rule_data
from questions import OFFICE, ask, deadlines, line
from support_sla import Deadline
from support_sla.explain.language import language_of
from support_sla.explain.skipped import skipped

SHUTDOWN = [dt.date(2026, 12, 24) + dt.timedelta(days=day) for day in range(11)]  # Th to Su
WORKING = [date for date in SHUTDOWN if date.weekday() < 5]
BREAK = "company shutdown"
NIGHT, NIGHT_VI = "time outside opening hours", "thời gian ngoài giờ làm việc"


def named(dates: Any, name: str = BREAK, **hours: str) -> dict[str, Any]:
    """Return a calendar of 2026 and 2027 that gives each date this name."""
    return calendar_data(
        *(day_data(str(day), name=name, **hours) for day in dates), years=[2026, 2027]
    )


def desk(hours: str = OFFICE, **calendars: dict[str, Any]) -> Any:
    return line(rule_data(within="2h"), hours=hours, calendars=calendars)


def told(deadline: Deadline, code: str = "en") -> str:
    """Return the list of what was not counted."""
    start = {"en": "Not counted on the way: ", "vi": "Thời gian không tính gồm: "}[code]
    return deadline.explain(code).partition(start)[2].partition(". ")[0]


def march(*days: int) -> list[dt.date]:
    return [dt.date(2026, 3, day) for day in days]  # the 2nd is a Monday


# --- A shutdown ---


def test_a_shutdown_of_eleven_days_is_told_as_one_range() -> None:
    deadline = ask(desk(company=named(SHUTDOWN)), "2026-12-23T16:00")
    assert f"{NIGHT} and 24 December 2026 to 3 January 2027 ({BREAK})" == told(deadline)
    assert (f"{NIGHT_VI} và các ngày từ 24/12/2026 đến hết 03/01/2027 ({BREAK})") == told(
        deadline, "vi"
    )


def test_a_range_begins_where_the_way_begins() -> None:
    deadline = ask(desk(company=named(SHUTDOWN)), "2026-12-29T10:00")
    assert f"{NIGHT} and 29 December 2026 to 3 January 2027 ({BREAK})" == told(deadline)


def test_a_weekend_inside_a_shutdown_of_working_days_is_a_part_of_it() -> None:
    deadline = ask(desk(company=named(WORKING)), "2026-12-23T16:00")
    assert (
        f"{NIGHT}, 24 December 2026 to 1 January 2027 ({BREAK}), "
        "Saturday 2 January 2027 and Sunday 3 January 2027"
    ) == told(deadline)


def test_a_weekend_before_a_shutdown_is_told_by_its_days() -> None:
    deadline = ask(desk(company=named(march(9, 10))), "2026-03-06T16:30")
    assert (
        f"{NIGHT}, Saturday 7 March 2026, Sunday 8 March 2026 and 9 to 10 March 2026 ({BREAK})"
    ) == told(deadline)


def test_a_holiday_inside_a_shutdown_is_named_beside_its_range() -> None:
    christmas = named([dt.date(2026, 12, 25)], "Christmas Day")
    deadline = ask(desk(country=christmas, company=named(SHUTDOWN)), "2026-12-23T16:00")
    assert (
        f"{NIGHT}, 24 December 2026 to 3 January 2027 ({BREAK}) "
        "and Friday 25 December 2026 (Christmas Day)"
    ) == told(deadline)


def test_two_calendars_with_one_span_share_its_range() -> None:
    deadline = ask(
        desk(a=named(march(3, 4), "Fair"), b=named(march(3, 4), "Move")), "2026-03-02T16:30"
    )
    assert f"{NIGHT} and 3 to 4 March 2026 (Fair, Move)" == told(deadline)


def test_two_calendars_with_spans_of_their_own_have_each_its_range() -> None:
    made = desk(a=named(march(3, 4), "Fair"), b=named(march(4, 5), "Move"))
    assert f"{NIGHT}, 3 to 4 March 2026 (Fair) and 4 to 5 March 2026 (Move)" == told(
        ask(made, "2026-03-02T16:30")
    )


# --- What joins, and what does not ---


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ((3,), "Tuesday 3 March 2026 (Fair)"),
        ((3, 4), "3 to 4 March 2026 (Fair)"),
        ((3, 4, 5), "3 to 5 March 2026 (Fair)"),
    ],
)
def test_days_of_one_name_join_from_the_second_on(days: tuple[int, ...], said: str) -> None:
    deadline = ask(desk(fair=named(march(*days), "Fair")), "2026-03-02T16:30")
    assert f"{NIGHT} and {said}" == told(deadline)


def test_days_of_two_names_do_not_join() -> None:
    made = desk(a=named(march(3), "Fair"), b=named(march(4), "Move"))
    assert (f"{NIGHT}, Tuesday 3 March 2026 (Fair) and Wednesday 4 March 2026 (Move)") == told(
        ask(made, "2026-03-02T16:30")
    )


def test_days_of_one_name_with_an_open_day_between_them_do_not_join() -> None:
    made = line(rule_data(within="12h"), calendars={"fair": named(march(3, 5), "Fair")})
    assert (f"{NIGHT}, Tuesday 3 March 2026 (Fair) and Thursday 5 March 2026 (Fair)") == told(
        ask(made, "2026-03-02T16:00")
    )


def test_days_of_one_name_and_two_kinds_do_not_join() -> None:
    days = [
        day_data("2026-03-03", name="Move"),
        day_data("2026-03-04", name="Move", closed="08:00-12:00"),
    ]
    made = desk(move=calendar_data(*days))
    assert (
        f"{NIGHT}, Tuesday 3 March 2026 (Move) and the closure on Wednesday 4 March 2026 (Move)"
    ) == told(ask(made, "2026-03-02T16:30"))


def test_closures_in_part_join_without_a_weekend_between_them() -> None:
    part = named(march(5, 6, 9, 10), "Move", closed="08:00-16:30")
    made = desk(move=part)
    assert (
        "time outside opening hours, the closures of 5 to 6 March 2026 (Move), Saturday 7 March "
        "2026, Sunday 8 March 2026 and the closures of 9 to 10 March 2026 (Move)"
    ) == told(ask(made, "2026-03-05T16:00"))
    assert "thời gian tạm nghỉ trong các ngày từ 05/03 đến hết 06/03/2026 (Move)" in told(
        ask(made, "2026-03-05T16:00"), "vi"
    )


def test_special_hours_that_follow_each_other_join() -> None:
    sale = named(march(3, 4), "Sale", open="20:00-20:30")
    deadline = ask(desk(sale=sale), "2026-03-02T16:30")
    assert (f"{NIGHT} and time outside the special hours of 3 to 4 March 2026 (Sale)") == told(
        deadline
    )
    assert (
        f"{NIGHT_VI} và thời gian ngoài giờ làm việc riêng của các ngày từ 03/03 đến hết 04/03/2026 (Sale)"
    ) == told(deadline, "vi")


@pytest.mark.parametrize(
    ("hours", "last", "said"),
    [
        ("Mo-Sa 08:00-17:00", "07", " and Sunday 8 March 2026"),
        ("Mo-Fr 08:00-17:00", "06", ", Saturday 7 March 2026 and Sunday 8 March 2026"),
        ("Mo-Th 08:00-17:00", "05", " and Friday 6 March 2026 to Sunday 8 March 2026"),
    ],
)
def test_days_without_hours_are_told_by_their_weekdays_and_join_from_the_third_on(
    hours: str, last: str, said: str
) -> None:
    deadline = ask(desk(hours), f"2026-03-{last}T16:30")
    assert f"{NIGHT}{said}" == told(deadline)


# --- How a range is written ---


@pytest.mark.parametrize(
    ("first", "last", "english", "vietnamese"),
    [
        (
            "2026-03-07",
            "2026-03-08",
            "7 to 8 March 2026",
            "các ngày từ 07/03 đến hết 08/03/2026",
        ),
        (
            "2026-03-31",
            "2026-04-01",
            "31 March to 1 April 2026",
            "các ngày từ 31/03 đến hết 01/04/2026",
        ),
        (
            "2026-12-31",
            "2027-01-01",
            "31 December 2026 to 1 January 2027",
            "các ngày từ 31/12/2026 đến hết 01/01/2027",
        ),
        (
            "2026-03-08",
            "2027-03-07",
            "8 March 2026 to 7 March 2027",
            "các ngày từ 08/03/2026 đến hết 07/03/2027",
        ),
    ],
)
def test_a_range_says_once_what_its_ends_share(
    first: str, last: str, english: str, vietnamese: str
) -> None:
    ends = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    assert (english, vietnamese) == (language_of("en").span(*ends), language_of("vi").span(*ends))


# --- The laws ---


@given(deadlines())
def test_runs_hold_exactly_the_days_that_steps_do_not_count(deadline: Deadline) -> None:
    """Every day with its names is in a run of its kind, and no run has a day beside them."""
    steps = [step for step in deadline.steps if not step.counted]
    days: set[tuple[dt.date, str, str | None]] = set()
    for step in steps:
        for reason in step.reasons:
            if reason.day is not None:
                days.add((reason.day.date, reason.kind, " ".join(reason.day.name.split())))
            elif reason.kind == "weekday" and reason.date and len(step.reasons) == 1:
                days.add((reason.date, "weekday", None))
    told_days: set[tuple[dt.date, str, str | None]] = set()
    for run in skipped(deadline.steps).runs:
        assert run.first <= run.last
        for step_of_day in range((run.last - run.first).days + 1):
            date = run.first + dt.timedelta(days=step_of_day)
            if run.kind == "holiday" and (date, "weekday", None) in days:
                told_days.add((date, "weekday", None))
            else:
                told_days |= {(date, run.kind, name) for name in run.names or (None,)}
    assert days <= told_days
    assert {(date, kind) for date, kind, _ in days} >= {(date, kind) for date, kind, _ in told_days}


@given(deadlines())
def test_runs_come_in_order_and_say_nothing_twice(deadline: Deadline) -> None:
    runs = skipped(deadline.steps).runs
    assert all(one.first <= two.first for one, two in pairwise(runs))
    assert len(runs) == len(set(runs))
