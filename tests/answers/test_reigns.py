"""Which rule holds when: reigns that begin and end within a date, by its times and the line's hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from builders import calendar_data, day_data, policy, rule_data
from support_sla import AnswerTable, NoTargetError, Policy, compute_deadline

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
OFFICE = "Mo-Fr 08:00-17:00"
NEW_YORK = "America/New_York"


def rule(name: str, within: str = "1h", **condition: Any) -> dict[str, Any]:
    """Return a rule in calendar time, with a condition if one is given."""
    when = {"when": condition} if condition else {}
    return rule_data(name=name, within=within, counted_in="calendar_time", **when)


def desk(*rules: dict[str, Any], hours: str = OFFICE, **changes: Any) -> Policy:
    special = changes.pop("special", None)
    known = {"known": calendar_data(*special, years=[2025, 2027])} if special else {}
    channel = {
        "hours": {"schedule": "hours", "observes": list(known)},
        "first_response": list(rules),
    }
    made = {"timezone": "UTC", "schedules": {"hours": hours}, "calendars": known, **changes}
    return policy(channel=channel, **made)


def around(made: Policy, text: str) -> list[datetime]:
    """Return the instants just before, at and just after a local time, or one with an offset."""
    at = datetime.fromisoformat(text)
    at = (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(made.timezone))).astimezone(UTC)
    return [at + step * MICROSECOND for step in (-1, 0, 1)]


def answers(made: Policy, text: str) -> list[tuple[str, str]]:
    """Return (rule, due) just before, at and just after an instant; the table says the same."""
    found = []
    for at in around(made, text):
        year = at.astimezone(ZoneInfo(made.timezone)).year
        table = AnswerTable.of(made, department="desk", first_year=year, last_year=year)
        answer = table.answer((at - EPOCH) // MICROSECOND)
        try:
            deadline = compute_deadline(made, at, department="desk")
        except NoTargetError:
            assert answer is None
            found.append(("none", ""))
            continue
        assert answer is not None
        assert (deadline.due_at - EPOCH) // MICROSECOND == answer.due_at
        assert deadline.target.name == table.targets[answer.rule]
        assert deadline.verify()
        due = f"{deadline.due_at:%d %H:%M:%S.%f}".removesuffix(".000000").removesuffix(":00")
        found.append((deadline.target.name, due))
    return found


def names(made: Policy, text: str) -> str:
    """Return the rules that hold just before, at and just after an instant."""
    return " ".join(name for name, _ in answers(made, text))


# --- Times of a date ---


def test_a_rule_holds_from_the_start_of_its_times_to_before_their_end() -> None:
    made = desk(rule("morning", time="08:00-13:00"), rule("rest"))
    assert "rest morning morning" == names(made, "2026-03-02 08:00")
    assert "morning rest rest" == names(made, "2026-03-02 13:00")
    assert "rest morning morning" == names(
        made, "2026-03-01 08:00"
    )  # a Sunday: hours are no matter


def test_times_that_end_and_begin_at_midnight_are_judged_date_by_date() -> None:
    made = desk(rule("night", time="00:00-06:00,22:00-24:00"), rule("day"))
    assert "day night night" == names(made, "2026-03-02 22:00")
    assert "night night night" == names(made, "2026-03-03 00:00")
    assert "night day day" == names(made, "2026-03-03 06:00")
    mondays = desk(
        rule("night", days=["Mo"], time="00:00-06:00,22:00-24:00"), rule("day"), hours=OFFICE
    )
    assert "day night night" == names(mondays, "2026-03-02 00:00")
    assert "night day day" == names(mondays, "2026-03-03 00:00")


def test_times_and_days_must_both_hold() -> None:
    holiday = day_data("2026-03-03")
    made = desk(
        rule("early", days=["Su", "known"], time="06:00-09:00"), rule("rest"), special=[holiday]
    )
    assert "rest early early" == names(made, "2026-03-01 06:00")
    assert "early rest rest" == names(made, "2026-03-01 09:00")
    assert "rest rest rest" == names(made, "2026-03-02 06:00")
    assert "rest early early" == names(made, "2026-03-03 06:00")


def test_a_second_of_a_date_is_judged_to_the_second() -> None:
    made = desk(rule("short", time="12:00:01-12:00:02"), rule("rest"))
    assert "rest short short" == names(made, "2026-03-02 12:00:01")
    assert "short rest rest" == names(made, "2026-03-02 12:00:02")


def test_outside_the_times_of_all_rules_there_is_no_target() -> None:
    made = desk(rule("morning", time="08:00-13:00"))
    assert "none morning morning" == names(made, "2026-03-02 08:00")
    assert "morning none none" == names(made, "2026-03-02 13:00")


def test_the_first_rule_whose_times_hold_decides() -> None:
    made = desk(rule("one", time="08:00-12:00"), rule("two", time="10:00-14:00"), rule("rest"))
    assert "one one one" == names(made, "2026-03-02 10:00")
    assert "one two two" == names(made, "2026-03-02 12:00")
    assert "two rest rest" == names(made, "2026-03-02 14:00")


# --- Whether the line is open ---


def test_a_rule_for_an_open_line_holds_from_opening_to_before_closing() -> None:
    made = desk(rule("open", open=True), rule("shut"))
    assert "shut open open" == names(made, "2026-03-02 08:00")
    assert "open shut shut" == names(made, "2026-03-02 17:00")
    assert "shut shut shut" == names(made, "2026-03-01 08:00")


def test_a_rule_for_a_closed_line_holds_while_it_is_closed() -> None:
    made = desk(rule("shut", open=False), rule("open"))
    assert "shut open open" == names(made, "2026-03-02 08:00")
    assert "open shut shut" == names(made, "2026-03-02 17:00")


def test_holidays_and_partial_closures_close_the_line_for_its_rules_too() -> None:
    special = [day_data("2026-03-03"), day_data("2026-03-04", closed="12:00-13:00")]
    made = desk(rule("open", open=True), rule("shut"), special=special)
    assert "shut shut shut" == names(made, "2026-03-03 08:00")
    assert "open shut shut" == names(made, "2026-03-04 12:00")
    assert "shut open open" == names(made, "2026-03-04 13:00")


def test_a_night_shift_is_open_past_midnight_until_it_ends() -> None:
    made = desk(rule("open", open=True), rule("shut"), hours="Mo 22:00-06:00")
    assert "shut open open" == names(made, "2026-03-02 22:00")
    assert "open open open" == names(made, "2026-03-03 00:00")
    assert "open shut shut" == names(made, "2026-03-03 06:00")


def test_the_line_is_open_by_its_own_hours_and_not_by_those_of_the_rule() -> None:
    own = {"hours": {"schedule": "always"}, "counted_in": "business_time"}
    made = desk(
        {**rule("open", open=True), **own},
        rule("shut"),
        schedules={"hours": OFFICE, "always": "24/7"},
    )
    assert "shut open open" == names(made, "2026-03-02 08:00")
    assert "open shut shut" == names(made, "2026-03-02 17:00")


def test_the_night_shift_of_the_year_before_is_open_on_new_years_day() -> None:
    made = desk(
        rule("open", open=True), rule("shut"), hours="22:00-06:00", special=[day_data("2025-05-05")]
    )
    assert "open open open" == names(made, "2025-01-01T00:00:01")  # the first year that is known
    assert "open open open" == names(made, "2026-01-01 00:00")
    assert "open shut shut" == names(made, "2026-01-01 06:00")


# --- Both, and with days ---


def test_a_time_and_an_open_line_must_both_hold() -> None:
    made = desk(rule("late", open=True, time="12:00-20:00"), rule("rest"))
    assert "rest late late" == names(made, "2026-03-02 12:00")
    assert "late rest rest" == names(made, "2026-03-02 17:00")
    assert "rest rest rest" == names(made, "2026-03-01 12:00")
    evening = desk(rule("evening", open=False, time="12:00-20:00"), rule("rest"))
    assert "rest evening evening" == names(evening, "2026-03-02 17:00")
    assert "evening rest rest" == names(evening, "2026-03-02 20:00")


def test_an_opening_at_the_start_of_a_time_is_one_edge() -> None:
    made = desk(rule("both", open=True, time="08:00-09:00"), rule("open", open=True), rule("shut"))
    assert "shut both both" == names(made, "2026-03-02 08:00")
    assert "both open open" == names(made, "2026-03-02 09:00")


# --- Clock changes: New York 2026-03-08 07:00 UTC forward, 2026-11-01 06:00 UTC back ---


def test_a_time_that_comes_twice_holds_from_its_first_start_to_its_end() -> None:
    # 01:00 EDT is 05:00 UTC. Its clocks read 02:00 for the first time at 07:00 UTC.
    made = desk(rule("one", time="01:00-02:00"), rule("rest"), timezone=NEW_YORK)
    assert "rest one one" == names(made, "2026-11-01T05:00:00+00:00")
    assert "one one one" == names(made, "2026-11-01T06:00:00+00:00")
    assert "one rest rest" == names(made, "2026-11-01T07:00:00+00:00")


def test_a_time_within_the_repeated_hour_counts_the_first_time() -> None:
    made = desk(rule("half", time="01:00-01:30"), rule("rest"), timezone=NEW_YORK)
    assert "half rest rest" == names(made, "2026-11-01T05:30:00+00:00")
    assert "rest rest rest" == names(made, "2026-11-01T06:00:00+00:00")  # 01:00 again
    assert "rest rest rest" == names(made, "2026-11-01T06:30:00+00:00")


def test_a_time_that_the_clock_jumps_over_holds_at_no_instant() -> None:
    made = desk(rule("two", time="02:00-03:00"), rule("rest"), timezone=NEW_YORK)
    assert "rest rest rest" == names(made, "2026-03-08T07:00:00+00:00")
    assert "rest two two" == names(made, "2026-03-07T07:00:00+00:00")


def test_a_time_that_begins_in_the_jump_holds_from_the_jump_on() -> None:
    made = desk(rule("late", time="02:30-04:00"), rule("rest"), timezone=NEW_YORK)
    assert "rest late late" == names(made, "2026-03-08T07:00:00+00:00")
    assert "late rest rest" == names(made, "2026-03-08T08:00:00+00:00")  # 04:00 EDT


def test_a_date_that_begins_at_the_jump_is_judged_by_what_the_clock_shows_then() -> None:
    # Cairo went from 24:00 on Thursday 25 April 2024 to 01:00 on Friday, at 22:00 UTC.
    made = desk(
        rule("skipped", days=["Fr"], time="00:00-01:00"), rule("friday", days=["Fr"]), rule("rest"),
        timezone="Africa/Cairo",
    )  # fmt: skip
    assert "rest friday friday" == names(made, "2024-04-25T22:00:00+00:00")


def test_the_last_hour_of_a_date_that_comes_twice_belongs_to_the_date() -> None:
    # Santiago went back from 24:00 to 23:00 on Saturday 4 April 2026, at 03:00 UTC of the 5th.
    made = desk(
        rule("last", days=["Sa"], time="23:00-24:00"), rule("rest"), timezone="America/Santiago"
    )
    assert "rest last last" == names(made, "2026-04-05T02:00:00+00:00")
    assert "last last last" == names(made, "2026-04-05T03:00:00+00:00")
    assert "last rest rest" == names(made, "2026-04-05T04:00:00+00:00")


def test_a_skipped_date_has_no_reign() -> None:
    # Apia went from 24:00 on Thursday 29 to 00:00 on Saturday 31 December 2011, at 10:00 UTC.
    made = desk(
        rule("friday", days=["Fr"], time="00:00-24:00"),
        rule("early", time="00:00-12:00"),
        rule("rest"),
        timezone="Pacific/Apia",
    )
    assert "rest early early" == names(made, "2011-12-30T10:00:00+00:00")


def test_an_opening_in_the_repeated_hour_counts_the_first_time() -> None:
    made = desk(rule("open", open=True), rule("shut"), hours="Su 01:30-05:00", timezone=NEW_YORK)
    assert "shut open open" == names(made, "2026-11-01T05:30:00+00:00")
    assert "open open open" == names(made, "2026-11-01T06:30:00+00:00")


def test_hours_that_the_clock_jumps_over_never_open_the_line() -> None:
    made = desk(rule("open", open=True), rule("shut"), hours="Su 02:00-03:00", timezone=NEW_YORK)
    assert "shut shut shut" == names(made, "2026-03-08T07:00:00+00:00")
    assert "shut open open" == names(made, "2026-03-15T06:00:00+00:00")


# --- Crossings between reigns of one date ---


def test_overlap_gives_the_latest_due_of_a_rule_that_takes_over_within_the_date() -> None:
    made = desk(rule("morning", "2h", time="00:00-13:00"), rule("rest", "5h"), crossing="overlap")
    # Sent at 11:00 it is due at 13:00, and the window does not touch the afternoon.
    assert [
        ("morning", "02 12:59:59.999999"),
        ("morning", "02 13:00"),
        ("rest", "02 16:00:00.000001"),
    ] == answers(made, "2026-03-02 11:00")
    assert [("morning", "02 02:00"), ("morning", "02 02:00:00.000001")] == answers(
        made, "2026-03-02 00:00"
    )[1:]


def test_overlap_looks_at_the_literal_rules_window_only_once() -> None:
    # Of 12:30 the window is 12:30-13:30 and meets the hour from 13:00, whose 3 hours reach past
    # 15:00; the rule from 15:00 on is not asked.
    made = desk(
        rule("morning", "1h", time="00:00-13:00"),
        rule("noon", "3h", time="13:00-15:00"),
        rule("evening", "20h"),
        crossing="overlap",
    )
    assert [("noon", "02 15:30")] == answers(made, "2026-03-02 12:30")[1:2]


def test_overlap_meets_a_rule_that_begins_where_the_line_opens() -> None:
    made = desk(
        rule("shut", "2h", open=False),
        {**rule("open", "4h"), "counted_in": "business_time"},
        crossing="overlap",
    )
    assert [
        ("shut", "02 07:59:59.999999"),
        ("shut", "02 08:00"),
        ("open", "02 12:00"),  # four business hours from the opening
    ] == answers(made, "2026-03-02 06:00")


def test_overlap_asks_only_while_the_literal_rules_own_clock_ticks() -> None:
    # The literal rule ticks 08:00-17:00. Sent on Monday at 16:00 its two hours are Monday's last
    # and Tuesday's first: at night it does not tick, so the night's rule is not met.
    made = desk(
        rule("night", "90h", time="18:00-24:00"),
        {**rule("day", "2h"), "counted_in": "business_time"},
        crossing="overlap",
    )
    assert [("day", "03 09:00")] == answers(made, "2026-03-02 16:00")[1:2]
    longer = desk(
        rule("night", "90h", time="16:59-24:00"),
        {**rule("day", "2h"), "counted_in": "business_time"},
        crossing="overlap",
    )
    assert [("night", "06 10:00")] == answers(longer, "2026-03-02 16:00")[1:2]


def test_in_order_no_request_of_the_morning_is_due_after_one_of_the_afternoon() -> None:
    made = desk(rule("morning", "8h", time="00:00-13:00"), rule("rest", "2h"), crossing="in_order")
    # One sent at 13:00 is due at 15:00, so none sent from 07:00 on is due later.
    assert [
        ("morning", "02 14:59:59.999999"),
        ("morning", "02 15:00"),
        ("rest", "02 15:00"),
    ] == answers(made, "2026-03-02 07:00")
    assert [("rest", "02 15:00"), ("rest", "02 15:00"), ("rest", "02 15:00:00.000001")] == answers(
        made, "2026-03-02 13:00"
    )


def test_in_order_an_opening_undercuts_what_was_sent_before_it() -> None:
    made = desk(
        rule("shut", "24h", open=False),
        {**rule("open", "1h"), "counted_in": "business_time"},
        crossing="in_order",
    )
    # From Sunday 09:00 on 24 hours reach past Monday 09:00, when what is sent at 08:00 is due.
    assert [
        ("shut", "02 08:59:59.999999"),
        ("shut", "02 09:00"),
        ("open", "02 09:00"),
    ] == answers(made, "2026-03-01 09:00")
    assert [("open", "02 09:00"), ("open", "02 09:00"), ("open", "02 09:00:00.000001")] == answers(
        made, "2026-03-02 08:00"
    )


@pytest.mark.parametrize("crossing", ["submission", "overlap", "in_order"])
def test_reigns_of_days_in_business_days_cross_within_a_date_too(crossing: str) -> None:
    # Up to 13:00 by today's close, after that by tomorrow's: a published way to write a cut-off.
    today = {"within": "0 business days", "by": "close", "cutoff": "13:00"}
    made = desk(
        {"name": "today", "when": {"time": "00:00-13:00"}, **today},
        {"name": "tomorrow", "within": "1 business day", "by": "close"},
        crossing=crossing,
    )
    # Under `overlap` today's window, which ends at 17:00, meets the afternoon's rule.
    morning = ("tomorrow", "03 17:00") if crossing == "overlap" else ("today", "02 17:00")
    after = ("tomorrow", "03 17:00")
    assert [morning, after, after] == answers(made, "2026-03-02 13:00")
