"""Explanations by who reads them and when: the customer's clock, past and to come, a person's words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from builders import calendar_data, day_data, policy, rule_data, when
from questions import AZDIGI, NEW_YORK, ask, deadlines, line, relaxed
from support_sla import (
    Deadline,
    InstantError,
    NaiveInstantError,
    ZoneError,
    compute_deadline,
    contact_options,
    languages,
)
from support_sla.explain.language import language_of

VIETNAM = "Asia/Ho_Chi_Minh"
MICROSECOND = timedelta(microseconds=1)
BILLING = ask(AZDIGI, "2026-02-14T16:30", department="billing")
TECHNICAL = ask(AZDIGI, "2026-02-15T22:10", department="technical")


def sentences(said: str) -> list[str]:
    return said.removesuffix(".").split(". ")


# --- The customer's clock ---


def test_instants_are_on_the_customer_s_clock_and_days_off_are_the_desk_s() -> None:
    first, promise, not_counted, zone = sentences(BILLING.explain(timezone=NEW_YORK))
    assert first.endswith(
        "sent on Saturday 14 February 2026 at 04:30, is promised an answer by "
        "Friday 20 February 2026 at 20:30 at the latest"
    )
    assert "We promise an answer within 1 hour, counted only in our opening hours" == promise
    assert not_counted.startswith(
        "Not counted on the way, by the dates at the desk in Asia/Ho_Chi_Minh: time outside "
        "opening hours, Sunday 15 February 2026, Monday 16 February 2026 (Giao thừa Tết Nguyên Đán)"
    )
    assert "All times are those of the time zone America/New_York" == zone


def test_the_same_is_said_in_vietnamese() -> None:
    first, _, not_counted, zone = sentences(BILLING.explain("vi", timezone=NEW_YORK))
    assert first.endswith(
        "gửi lúc 04:30 thứ Bảy, ngày 14/02/2026, được cam kết phản hồi chậm nhất lúc "
        "20:30 thứ Sáu, ngày 20/02/2026"
    )
    assert not_counted.startswith(
        "Thời gian không tính, theo lịch của bộ phận hỗ trợ (múi giờ Asia/Ho_Chi_Minh), gồm: "
    )
    assert "Mọi thời điểm được ghi theo múi giờ America/New_York" == zone


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (
            "en",
            "This promise holds because, at the desk in Asia/Ho_Chi_Minh, 15 February 2026 is a Sunday.",
        ),
        (
            "vi",
            "Cam kết này được áp dụng vì theo lịch của bộ phận hỗ trợ (múi giờ Asia/Ho_Chi_Minh), ngày 15/02/2026 là Chủ nhật.",
        ),
    ],
)
def test_the_date_that_a_rule_matched_is_named_as_the_desk_s(code: str, said: str) -> None:
    assert said in TECHNICAL.explain(code, timezone=NEW_YORK)
    assert "10:10" in TECHNICAL.explain(code, timezone=NEW_YORK)


def test_a_priority_is_no_matter_of_the_desk_s_dates() -> None:
    urgent = line(when(priority=("high",)), rule_data(name="usual"), priorities=["high"])
    said = ask(urgent, "2026-03-02T09:00", priority="high").explain(timezone=NEW_YORK)
    assert "This promise holds because the request's priority is 'high'." in said
    assert "at the desk" not in said


def test_the_long_form_says_in_its_sentence_of_the_zone_whose_days_are_meant() -> None:
    zone = (
        "All times are those of the time zone America/New_York; weekdays, holidays, closures and "
        "changes of the clocks are those at the desk in Asia/Ho_Chi_Minh."
    )
    said = TECHNICAL.explain(long=True, timezone=NEW_YORK)
    assert zone == said.splitlines()[3]
    assert "- From Sunday 15 February 2026 at 10:10 to Sunday 15 February 2026 at 22:10" in said
    assert "by rule 'ordinary_days'" not in said.partition("'in_order'")[0]
    markdown = TECHNICAL.to_markdown(timezone=NEW_YORK)
    assert "the desk in Asia/Ho\\_Chi\\_Minh" in markdown
    assert "| Sunday 15 February 2026 at 10:10 | Sunday 15 February 2026 at 22:10 |" in markdown


@pytest.mark.parametrize("zone", [None, VIETNAM, ZoneInfo(VIETNAM)])
def test_the_desk_s_own_zone_is_no_other_clock(zone: Any) -> None:
    assert BILLING.explain() == BILLING.explain(timezone=zone)
    assert BILLING.explain(long=True) == BILLING.explain(long=True, timezone=zone)
    assert BILLING.to_markdown("vi") == BILLING.to_markdown("vi", timezone=zone)


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        (ZoneInfo("Europe/Paris"), "Europe/Paris."),
        (UTC, "UTC."),
        (timezone(timedelta(hours=-5)), "UTC-05:00."),
    ],
)
def test_a_zone_may_be_a_name_or_a_zone(zone: Any, said: str) -> None:
    assert BILLING.explain(timezone=zone).endswith(f"time zone {said}")


@pytest.mark.parametrize("zone", ["EDT2", "", 7, b"UTC"])
def test_what_is_no_zone_is_refused(zone: Any) -> None:
    options = contact_options(AZDIGI, None, "2026-02-14T14:00:00+07:00", department="billing")
    for say in (BILLING.explain, BILLING.to_markdown, options.explain):
        with pytest.raises(ZoneError):
            say(timezone=zone)


# In New York the clocks go forward on 2026-03-08 at 07:00 UTC and back on 2026-11-01 at 06:00 UTC.


@pytest.mark.parametrize(
    ("sent", "told"),
    [("06:59:59.999999", True), ("07:00", False), ("07:00:00.000001", False)],
)
def test_a_change_of_the_customer_s_clock_is_told_if_it_comes_after_the_submission(
    sent: str, told: bool
) -> None:
    made = line(rule_data(within="3h"), hours="24/7")
    said = ask(made, f"2026-03-08T{sent}+00:00").explain(timezone=NEW_YORK)
    change = (
        "On the way the clocks go forward by 1 hour and skip the times between; they then show "
        "Sunday 8 March 2026 at 03:00."
    )
    assert told == (change in said)


@pytest.mark.parametrize(
    ("sent", "told"),
    [("02:59:59.999999", False), ("03:00", False), ("03:00:00.000001", True)],
)
def test_a_change_of_the_customer_s_clock_is_told_if_it_comes_before_the_due_instant(
    sent: str, told: bool
) -> None:
    made = line(rule_data(within="3h"), hours="24/7")
    said = ask(made, f"2026-11-01T{sent}+00:00").explain("vi", timezone=NEW_YORK)
    change = (
        "Trong thời gian này đồng hồ được chỉnh lùi 1 giờ, lặp lại khoảng giờ ở giữa; ngay sau đó "
        "đồng hồ chỉ 01:00 Chủ nhật, ngày 01/11/2026 (UTC-05:00)."
    )
    assert told == (change in said)


def test_a_change_of_the_desk_s_clock_is_not_told_as_the_customer_s() -> None:
    made = line(rule_data(within="3h"), hours="24/7", timezone=NEW_YORK)
    deadline = ask(made, "2026-03-08T01:00-05:00")
    assert "the clocks go forward" in deadline.explain()
    assert "the clocks" not in deadline.explain(timezone=VIETNAM)
    assert "the clocks go forward" in deadline.explain(long=True, timezone=VIETNAM)


@pytest.mark.parametrize("at", ["0003-01-01T00:00+00:00", "9997-12-31T20:00+00:00"])
def test_the_first_and_last_years_are_told_on_another_clock_too(at: str) -> None:
    made = line(rule_data(within="1h"), hours="24/7", timezone="UTC")
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):
        assert zone in compute_deadline(made, at, department="desk").explain(timezone=zone)


@given(deadlines())
def test_on_another_clock_the_same_instants_are_told(deadline: Deadline) -> None:
    """Each instant of the answer stands there as that clock shows it, in every language and form."""
    zone = ZoneInfo("Australia/Lord_Howe")
    asked = [deadline.submitted_at, deadline.due_at, deadline.earliest_at]
    for code in languages():
        moments = [language_of(code).moment(at.astimezone(zone)) for at in asked if at]
        for said in (
            deadline.explain(code, timezone=zone),
            deadline.explain(code, long=True, timezone=zone),
            deadline.to_markdown(code, timezone=zone).replace("\\", ""),
        ):
            assert [] == [each for each in moments if each not in said]
            assert "Australia/Lord_Howe" in said


# --- Past, and to come ---


def test_without_now_neither_past_nor_future_is_claimed() -> None:
    said = BILLING.explain() + BILLING.explain(long=True)
    assert "is promised an answer by Saturday 21 February 2026 at 08:30 at the latest." in said
    assert "will be" not in said
    assert "was due" not in said
    assert "sẽ" not in BILLING.explain("vi") + BILLING.explain("vi", long=True)


@pytest.mark.parametrize(
    ("step", "english", "vietnamese"),
    [
        (-MICROSECOND, "will be answered by", "sẽ được phản hồi chậm nhất lúc"),
        (timedelta(0), "will be answered by", "sẽ được phản hồi chậm nhất lúc"),
        (MICROSECOND, "was due to be answered by", "đã đến hạn phản hồi lúc"),
    ],
    ids=["before it is due", "at the due instant", "after it was due"],
)
def test_a_deadline_was_due_once_its_instant_has_passed(
    step: timedelta, english: str, vietnamese: str
) -> None:
    for deadline in (BILLING, TECHNICAL):
        now = deadline.due_at + step
        assert f", {english} " in deadline.explain(now=now)
        assert f", {vietnamese} " in deadline.explain("vi", now=now)


def test_the_long_form_says_was_due_too() -> None:
    past, ahead = BILLING.due_at + MICROSECOND, BILLING.due_at
    was = "and was due to be answered by Saturday 21 February 2026 at 08:30, that instant included."
    for said in (BILLING.explain(long=True, now=past), BILLING.to_markdown(now=past)):
        assert was in said
    assert BILLING.explain(long=True) == BILLING.explain(long=True, now=ahead)
    assert BILLING.to_markdown() == BILLING.to_markdown(now=ahead)
    assert "và đã đến hạn phản hồi lúc 08:30" in BILLING.explain("vi", long=True, now=past)


def test_an_earliest_instant_of_a_past_deadline_was_promised() -> None:
    past = TECHNICAL.due_at + MICROSECOND
    earliest = "before Sunday 15 February 2026 at 22:40."
    assert f"at the latest; no answer was promised {earliest}" in TECHNICAL.explain(now=past)
    assert f"at the latest; no answer is promised {earliest}" in TECHNICAL.explain()


def test_now_is_an_instant_of_any_zone_told_apart_in_a_repeated_hour() -> None:
    # Due at 01:30 in New York, the first time its clock shows that.
    made = line(rule_data(within="1h"), hours="24/7", timezone=NEW_YORK)
    deadline = ask(made, "2026-11-01T00:30-04:00")
    assert "will be answered" in deadline.explain(now="2026-11-01T05:30:00Z")
    assert "was due" in deadline.explain(now="2026-11-01T05:30:00.000001Z")
    second = datetime(2026, 11, 1, 1, 30, tzinfo=ZoneInfo(NEW_YORK), fold=1)
    assert "was due" in deadline.explain(now=second)


def test_a_now_that_is_no_instant_is_refused_by_its_name() -> None:
    for now, error in ((datetime(2026, 3, 1), NaiveInstantError), ("today", InstantError)):
        with pytest.raises(error, match="now="):
            BILLING.explain(now=now)
        with pytest.raises(error, match="now="):
            BILLING.to_markdown(now=now)


# --- As a person says it ---


@pytest.mark.parametrize("code", languages())
def test_no_change_of_clocks_is_said_to_have_just_happened(code: str) -> None:
    made = line(rule_data(within="2h"), hours="24/7", timezone=NEW_YORK)
    for text in ("2026-03-08T01:00-05:00", "2026-11-01T00:30-04:00"):
        said = ask(made, text).explain(code) + ask(made, text).explain(code, long=True)
        assert not {"just", "vừa"} & set(said.split())


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ([rule_data()], 0),
        ([when("Mo", name="mondays")], 0),
        ([when("Su", name="sundays"), rule_data(name="usual")], 3),
    ],
    ids=["one rule", "one rule with a condition", "two rules"],
)
def test_readings_of_crossings_are_told_only_where_a_line_has_several_rules(
    rules: list[dict[str, Any]], told: int
) -> None:
    deadline = ask(line(*rules), "2026-03-02T09:00")
    lines = deadline.explain(long=True).splitlines()
    assert told == len([each for each in lines if "reading" in each])
    lines = deadline.explain("vi", long=True).splitlines()
    assert told == len([each for each in lines if "hiểu" in each])
    assert 3 == len(deadline.readings)


def test_a_customer_is_told_labels_and_never_the_names_of_the_policy() -> None:
    channel = {
        "hours": {"schedule": "office", "observes": ["known"]},
        "first_response": [when("known", name="r_1"), rule_data(name="r_2")],
        "label": {"en": "E-mail", "vi": "Thư điện tử"},
    }
    label = {"en": "Help desk", "vi": "Bộ phận hỗ trợ"}
    made = policy(
        departments={"d_1": {"label": label, "channels": {"c_1": channel}}},
        calendars={"known": calendar_data(day_data("2026-03-02", name="Fair"))},
    )
    for text in ("2026-03-02T09:00", "2026-03-03T09:00"):
        deadline = ask(made, text, department="d_1", channel="c_1")
        english, vietnamese = deadline.explain(), deadline.explain("vi")
        assert english.startswith("Your request to Help desk \N{EN DASH} E-mail, sent on")
        assert vietnamese.startswith(
            "Yêu cầu của quý khách đến Bộ phận hỗ trợ \N{EN DASH} Thư điện tử"
        )
        for name in ("d_1", "c_1", "r_1", "r_2", "known", "office"):
            assert name not in english + vietnamese


@pytest.mark.parametrize("crossing", ["overlap", "in_order"])
def test_another_rule_s_answer_is_told_without_naming_rules(crossing: str) -> None:
    text = {"overlap": "2026-02-28T22:00", "in_order": "2026-03-01T22:00"}[crossing]
    said = ask(relaxed(crossing), text).explain()
    assert not {"'relaxed'", "'usual'", crossing} & set(said.split())


# --- Ways to the desk ---


def ways(now: str, code: str = "en", **zone: Any) -> list[str]:
    sent = "2026-02-14T10:00:00+07:00"
    found = contact_options(AZDIGI, sent, f"2026-{now}+07:00", department="billing")
    return found.explain(code, **zone).splitlines()


def test_ways_to_the_desk_are_told_on_the_customer_s_clock_which_is_named_last() -> None:
    ticket, chat, phone, zone = ways("02-14T18:00:00", timezone=NEW_YORK)
    assert "is closed and opens on Friday 20 February 2026 at 20:00. A request can" in ticket
    assert "is open until Saturday 14 February 2026 at 12:00." in chat
    assert "It may be used for this request from Friday 20 February 2026 at 21:00, if" in phone
    assert "All times are those of the time zone America/New_York." == zone
    assert (
        "Mọi thời điểm được ghi theo múi giờ America/New_York."
        == (ways("02-14T18:00:00", "vi", timezone=NEW_YORK)[-1])
    )


def test_without_a_zone_ways_to_the_desk_are_told_as_before() -> None:
    assert 3 == len(ways("02-14T18:00:00"))
    assert "opens on Saturday 21 February 2026 at 08:00." in ways("02-14T18:00:00")[0]


def test_a_closed_line_is_outside_working_hours_in_vietnamese() -> None:
    ticket, chat, phone = ways("02-14T18:00:00", "vi")
    assert (
        "Phòng Kinh doanh - Thanh toán \N{EN DASH} Ticket (Yêu cầu hỗ trợ) hiện ngoài giờ làm việc và sẽ "
        "làm việc trở lại lúc 08:00 thứ Bảy, ngày 21/02/2026. Quý khách vẫn có thể gửi yêu cầu đến "
        "đây bất cứ lúc nào."
    ) in ticket
    assert "đang trong giờ làm việc, đến 00:00 Chủ nhật, ngày 15/02/2026." in chat
    assert "hiện ngoài giờ làm việc và sẽ làm việc trở lại lúc 09:00" in phone
    assert not any("đóng cửa" in each or "mở cửa" in each for each in (ticket, chat, phone))
