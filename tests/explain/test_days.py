"""The dates on the way to a due in business days: each is told, and why it is counted or not."""

from __future__ import annotations

from typing import Any

import pytest

from builders import day_data
from questions import NEW_YORK, ask, line
from support_sla import BusinessDays, Deadline

HOURS = "Mo-We 08:00-17:00; Th 08:00-12:00; Fr 08:00-17:00"
DAY = {"within": "1 business day", "by": "close"}
NATIONAL_DAY = day_data("2026-09-02", name="National Day", label={"vi": "Quốc khánh"})


def told(deadline: Deadline) -> list[tuple[str, str, bool, str]]:
    """Return the steps as (start, end, counted, kind and number)."""
    return [
        (
            f"{step.start:%a %d %H:%M}",
            f"{step.end:%a %d %H:%M}",
            step.counted,
            " ".join(f"{each.kind} {each.number or ''}".strip() for each in step.reasons),
        )
        for step in deadline.steps
    ]


def desk(rule: dict[str, Any], *days: dict[str, Any], hours: str = HOURS, **changes: Any) -> Any:
    return line(rule, hours=hours, known=list(days), **changes)


def test_the_dates_after_that_of_the_request_are_numbered_up_to_the_due() -> None:
    found = ask(desk({**DAY, "within": "2 business days"}, NATIONAL_DAY), "2026-09-01T16:30")
    assert [
        ("Tue 01 16:30", "Wed 02 00:00", False, "sent"),
        ("Wed 02 00:00", "Thu 03 00:00", False, "holiday"),
        ("Thu 03 00:00", "Fri 04 00:00", True, "business_day 1"),
        ("Fri 04 00:00", "Fri 04 17:00", True, "business_day 2"),
    ] == told(found)
    assert found.verify()


@pytest.mark.parametrize(
    ("sent", "steps"),
    [
        (  # up to the cut-off the request is received the same day
            "2026-09-03T10:00:00",
            [
                ("Thu 03 10:00", "Fri 04 00:00", False, "received"),
                ("Fri 04 00:00", "Fri 04 17:00", True, "business_day 1"),
            ],
        ),
        (  # after it on the next business day
            "2026-09-03T10:00:01",
            [
                ("Thu 03 10:00", "Fri 04 00:00", False, "after_cutoff"),
                ("Fri 04 00:00", "Sat 05 00:00", False, "received"),
                ("Sat 05 00:00", "Sun 06 00:00", False, "weekday"),
                ("Sun 06 00:00", "Mon 07 00:00", False, "weekday"),
                ("Mon 07 00:00", "Mon 07 17:00", True, "business_day 1"),
            ],
        ),
    ],
)
def test_a_cut_off_says_on_which_day_a_request_is_received(sent: str, steps: list[Any]) -> None:
    found = ask(desk({**DAY, "cutoff": "10:00"}), sent)
    assert steps == told(found)
    assert found.verify()


def test_a_request_after_closing_is_too_late_whatever_the_cut_off() -> None:
    found = ask(desk({**DAY, "within": "0 business days", "cutoff": "16:00"}), "2026-09-03T12:30")
    assert [
        ("Thu 03 12:30", "Fri 04 00:00", False, "after_cutoff"),
        ("Fri 04 00:00", "Fri 04 17:00", False, "received"),
    ] == told(found)
    assert found.verify()


def test_a_day_that_opens_too_late_is_counted_and_the_next_one_is_the_due_s() -> None:
    hours = "Mo-We 08:00-17:00; Th 10:00-12:00; Fr 08:00-17:00"
    found = ask(desk({**DAY, "by": "09:00"}, hours=hours), "2026-09-02T12:00")
    assert [
        ("Wed 02 12:00", "Thu 03 00:00", False, "sent"),
        ("Thu 03 00:00", "Fri 04 00:00", True, "business_day 1"),
        ("Fri 04 00:00", "Fri 04 09:00", False, "due_day"),
    ] == told(found)
    assert found.verify()


def test_a_night_shift_is_of_the_day_it_starts_on_so_its_due_may_lie_on_the_next() -> None:
    found = ask(desk(DAY, hours="Mo-Fr 22:00-06:00"), "2026-09-01T12:00")
    assert [
        ("Tue 01 12:00", "Wed 02 00:00", False, "sent"),
        ("Wed 02 00:00", "Thu 03 00:00", True, "business_day 1"),
        ("Thu 03 00:00", "Thu 03 06:00", False, "due_day"),
    ] == told(found)
    assert found.verify()


def test_closures_that_leave_nothing_open_are_why_a_date_is_not_counted() -> None:
    move = day_data("2026-09-02", name="Move", closed="07:00-18:00")
    found = ask(desk(DAY, move), "2026-09-01T12:00")
    assert ("Wed 02 00:00", "Thu 03 00:00", False, "closure") == told(found)[1]
    assert found.verify()


def test_special_hours_that_a_closure_covers_are_no_business_day_either() -> None:
    days = [
        day_data("2026-09-02", name="Sale", open="10:00-12:00"),
        day_data("2026-09-02", name="Power cut", closed="09:00-13:00"),
    ]
    calendars = {
        name: {"years": [2026, 2026], "days": [day]}
        for name, day in zip(("sale", "power"), days, strict=True)
    }
    found = ask(line(DAY, hours=HOURS, calendars=calendars), "2026-09-01T12:00")
    assert ("Wed 02 00:00", "Thu 03 00:00", False, "closure") == told(found)[1]
    assert found.verify()


def test_hours_that_the_clock_jumps_over_make_no_business_day() -> None:
    hours = "Sa 08:00-17:00; Su 02:00-02:30; Mo 08:00-17:00"
    found = ask(desk(DAY, hours=hours, timezone=NEW_YORK), "2026-03-07T12:00-05:00")
    assert [
        ("Sat 07 12:00", "Sun 08 00:00", False, "sent"),
        ("Sun 08 00:00", "Sun 08 03:00", False, "night"),
        ("Sun 08 03:00", "Sun 08 03:00", False, "clock_forward"),
        ("Sun 08 03:00", "Mon 09 00:00", False, "night"),
        ("Mon 09 00:00", "Mon 09 17:00", True, "business_day 1"),
    ] == told(found)
    assert found.verify()


def test_a_counted_day_that_a_clock_change_parts_is_counted_once() -> None:
    found = ask(desk(DAY, hours="24/7", timezone=NEW_YORK), "2026-10-31T12:00-04:00")
    assert ["sent", "business_day 1", "clock_back", "business_day 1"] == [
        kind for *_, kind in told(found)
    ]
    assert "The counted dates are 1 business day" in found.explain(long=True)
    assert found.verify()


def test_the_customer_reads_each_date_and_runs_of_one_reason_as_a_range() -> None:
    shutdown = [
        day_data(date, name="Company shutdown")
        for date in ("2026-09-07", "2026-09-08", "2026-09-09")
    ]
    found = ask(
        desk({**DAY, "within": "2 business days"}, NATIONAL_DAY, *shutdown), "2026-09-01T16:30"
    )
    assert (
        "On the way: Tuesday 1 September 2026: the date of the request, not counted; "
        "Wednesday 2 September 2026: not counted, National Day; "
        "Thursday 3 September 2026 to Friday 4 September 2026: business days 1 to 2 of 2."
    ) in found.explain()
    far = ask(
        desk({**DAY, "within": "3 business days"}, NATIONAL_DAY, *shutdown), "2026-09-01T16:30"
    )
    assert (
        "Saturday 5 September 2026 to Sunday 6 September 2026: not counted, no opening hours; "
        "Monday 7 September 2026 to Wednesday 9 September 2026: not counted, Company shutdown; "
        "Thursday 10 September 2026: business day 3 of 3."
    ) in far.explain()


def test_a_day_is_told_by_its_label_in_the_reader_s_language() -> None:
    found = ask(desk(DAY, NATIONAL_DAY), "2026-09-01T16:30")
    assert "thứ Tư, ngày 02/09/2026: không tính, Quốc khánh" in found.explain("vi")
    assert "not counted, National Day" in found.explain("en")  # its name, for it has no label


def test_a_dump_says_the_number_of_each_counted_day_and_of_how_many() -> None:
    found = ask(desk({**DAY, "cutoff": "16:30", "by": "16:45"}), "2026-09-01T16:30").to_dict()
    assert {
        "rule": "default",
        "earliest": None,
        "within": "1 business day",
        "by": "16:45",
        "cutoff": "16:30",
        "counted_in": "business_time",
    } == found["target"]
    assert [
        {
            "kind": "business_day",
            "date": "2026-09-02",
            "weekday": "We",
            "number": 1,
            "of": 1,
        }
    ] == found["steps"][-1]["reasons"]


def test_what_is_elapsed_and_left_of_days_is_open_time() -> None:
    found = ask(desk(DAY), "2026-09-01T16:00")  # an hour of Tuesday, nine of Wednesday
    assert BusinessDays(1) == found.target.within
    assert "10:00:00" == str(found.remaining("2026-09-01T16:00:00+07:00"))
    assert ("1:00:00", "9:00:00") == (
        str(found.elapsed("2026-09-02T00:00:00+07:00")),
        str(found.remaining("2026-09-02T00:00:00+07:00")),
    )
    assert "2026-09-02T12:00:00+07:00" == found.at_share("50 %").isoformat()
    assert found.due_at == found.at_share("100 %")
    assert "1:00:00" == str(found.overdue("2026-09-03T09:00:00+07:00"))


@pytest.mark.parametrize("kept", [0, 1, 2, 3])
def test_no_other_date_on_the_way_proves_the_due(kept: int) -> None:
    found = ask(desk({**DAY, "within": "2 business days"}, NATIONAL_DAY), "2026-09-01T16:30")
    steps = [step.to_dict() for step in found.steps]
    steps[kept]["counted"] = not steps[kept]["counted"]
    assert not found.verify(steps)
    steps = [step.to_dict() for step in found.steps]
    steps[kept]["reasons"][0]["date"] = "2026-09-09"
    assert not found.verify(steps)


def test_a_request_in_a_break_after_the_promised_time_is_due_at_once() -> None:
    # 12:30 lies in the break before 13:00, where the clock reads what it reads at 12:00.
    rule = {"within": "0 business days", "by": "13:00", "cutoff": "12:45"}
    found = ask(desk(rule, hours="Mo-Fr 08:00-12:00,13:00-17:00"), "2026-09-01T12:30")
    assert (found.submitted_at, ()) == (found.due_at, found.steps)
    assert "On the way" not in found.explain()
    assert found.verify()
