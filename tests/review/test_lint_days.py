"""Days that surprise: make-up days off, and calendars that disagree."""

from __future__ import annotations

from typing import Any

import pytest

from builders import calendar_data, channel_data, day_data, policy, rule_data, when
from lint_cases import due, found, observing, only, sent
from support_sla import (
    Clock,
    Policy,
)
from support_sla.review.lint import lint

# --- closed_on_make_up_day ---


def vietnamese(*, calendar: Any = None, rules: Any = (), **changes: Any) -> Policy:
    state = {"country": "VN", **(calendar or {})}
    return observing(state, rules=rules, **{"timezone": "Asia/Ho_Chi_Minh", **changes})


def test_a_desk_of_weekdays_is_closed_on_a_saturday_that_the_state_works() -> None:
    finding = only("closed_on_make_up_day", vietnamese(), (2026, 2026))
    assert "departments.desk" == finding.path
    for part in ("Sa 2026-01-10", "12729/VPCP-KGVX", "'a'", "'desk'", "Ngày làm bù (cho ngày nghỉ"):
        assert part in finding.message
    assert ["2026-01-10 00:00:00+07:00", "2026-01-11 00:00:00+07:00"] == sent(finding)
    assert ["2026-01-12 09:00:00+07:00"] * 2 == due(finding)


def test_the_number_of_make_up_days_is_told() -> None:
    state = vietnamese().calendars["a"].model_copy(update={"swaps": True})
    worked = [day for day in state.special_days(2026) if day.works_as]
    assert len(worked) > 1
    message = only("closed_on_make_up_day", vietnamese(), (2026, 2026)).message
    assert f"no open time on {len(worked)} dates that the state works" in message


@pytest.mark.parametrize(
    "changes",
    [
        {"calendar": {"swaps": True}},
        {"schedules": {"office": "Mo-Sa 08:00-17:00"}},
    ],
    ids=["with swaps", "open on Saturdays"],
)
def test_a_desk_that_is_open_on_make_up_days_is_not_reported(changes: dict[str, Any]) -> None:
    assert [] == found("closed_on_make_up_day", vietnamese(**changes), (2026, 2026))


@pytest.mark.parametrize(
    "calendar",
    [
        {"days": [day_data("2026-01-10")]},
        {"swaps": True, "removed": ["2026-01-10"]},
        {"swaps": True, "moved": [{"date": "2026-01-10", "to": "2026-01-17"}]},
    ],
    ids=["given", "removed", "moved"],
)
def test_a_make_up_day_that_the_calendar_itself_decides_is_not_reported(calendar: Any) -> None:
    made = vietnamese(calendar=calendar)
    messages = [each.message for each in found("closed_on_make_up_day", made, (2026, 2026))]
    assert [] == [message for message in messages if "2026-01-10" in message]


def test_a_make_up_day_counts_in_a_union_and_in_a_calendar_that_rules_name() -> None:
    in_union = observing({"union": [{"country": "VN"}]})
    named = policy(when("vn"), rule_data(), calendars={"vn": {"country": "VN"}})
    for made in (in_union, named):
        assert "2026-01-10" in only("closed_on_make_up_day", made, (2026, 2026)).message


def test_of_two_calendars_with_a_make_up_day_the_first_is_named() -> None:
    made = observing({"country": "VN"}, {"country": "VN", "rest_days": ["Su"]})
    message = only("closed_on_make_up_day", made, (2026, 2026)).message
    assert (True, False) == ("calendar 'a'" in message, "calendar 'b'" in message)


def test_one_open_channel_of_the_department_is_enough() -> None:
    line = channel_data(hours={"schedule": "office", "observes": ["a"]})
    chat = {"hours": {"schedule": "always"}}
    made = policy(
        calendars={"a": {"country": "VN"}},
        schedules={"office": "Mo-Fr 08:00-17:00", "always": "24/7"},
        departments={"desk": {"channels": {"ticket": line, "chat": chat}}},
    )
    assert [] == found("closed_on_make_up_day", made, (2026, 2026))


def test_a_department_without_target_is_closed_on_make_up_days_without_a_case() -> None:
    hours = {"schedule": "office", "observes": ["a"]}
    made = policy(
        calendars={"a": {"country": "VN"}},
        departments={"desk": {"channels": {"phone": {"hours": hours}}}},
    )
    assert () == only("closed_on_make_up_day", made, (2026, 2026)).counterexample


def test_a_country_whose_state_swaps_nothing_has_no_make_up_days() -> None:
    assert [] == found("closed_on_make_up_day", observing({"country": "FR"}), (2026, 2026))


# --- calendars_disagree ---


OPEN = day_data(open="08:00-12:00", name="open")


AT_NIGHT = day_data(open="20:00-24:00", name="at night")


AS_SUNDAY = day_data(works_as="Su", name="as Sunday")


SHUT = day_data(name="shut")


IN_PART = day_data(closed="08:00-12:00", name="in part")


@pytest.mark.parametrize(
    ("one", "two", "holds"),
    [
        (OPEN, SHUT, OPEN),
        (SHUT, OPEN, OPEN),
        (OPEN, AT_NIGHT, OPEN),
        (AT_NIGHT, OPEN, AT_NIGHT),
        (AS_SUNDAY, OPEN, AS_SUNDAY),
        (OPEN, {**OPEN, "name": "open too"}, None),
        (OPEN, IN_PART, None),
        (SHUT, IN_PART, None),
        (SHUT, {**SHUT, "name": "shut too"}, None),
        (AS_SUNDAY, SHUT, None),
    ],
)
def test_two_calendars_disagree_where_a_date_would_have_other_hours(
    one: dict[str, Any], two: dict[str, Any], holds: dict[str, Any] | None
) -> None:
    made = observing(calendar_data(one), calendar_data(two))
    findings = found("calendars_disagree", made, (2026, 2026))
    assert ([] if holds is None else [True]) == [
        f"Tu 2026-05-05: {holds and holds['name']!r} in calendar" in each.message
        for each in findings
    ]


def test_a_disagreement_names_both_what_holds_and_how_many_dates() -> None:
    later = [day_data("2026-06-06", open="08:00-12:00"), day_data("2026-06-06")]
    made = observing(calendar_data(SHUT, later[0]), calendar_data(OPEN, later[1]))
    finding = only("calendars_disagree", made, (2026, 2026))
    assert "departments.desk.channels.ticket.hours.observes" == finding.path
    assert (
        "the calendars of line 'desk/ticket' disagree on 2 dates, first on Tu 2026-05-05: 'open' in "
        "calendar 'b' says 08:00-12:00 and holds, 'shut' in calendar 'a' says off; "
        "let one of them say it"
    ) == finding.message
    assert ["2026-05-05 00:00:00+00:00", "2026-05-06 00:00:00+00:00"] == sent(finding)
    clock = Clock.of(made, department="desk")
    assert clock.is_open("2026-05-05T08:00:00Z")


def test_parts_of_one_union_can_disagree() -> None:
    made = observing(calendar_data(union=[calendar_data(OPEN), calendar_data(SHUT)]))
    finding = only("calendars_disagree", made, (2026, 2026))
    assert "'open' in calendar 'a' says 08:00-12:00 and holds" in finding.message


def test_calendars_that_speak_of_other_dates_agree() -> None:
    made = observing(calendar_data(OPEN), calendar_data(day_data("2026-05-06")))
    assert () == lint(made, (2026, 2026))


def test_a_disagreement_of_a_line_without_target_has_no_case() -> None:
    hours = {"schedule": "office", "observes": ["a", "b"]}
    made = policy(
        calendars={"a": calendar_data(OPEN), "b": calendar_data(SHUT)},
        departments={"desk": {"channels": {"phone": {"hours": hours}}}},
    )
    assert () == only("calendars_disagree", made, (2026, 2026)).counterexample


@pytest.mark.parametrize("closed_first", [True, False])
def test_hours_of_a_rule_that_give_way_to_a_day_off_disagree_with_nothing(
    closed_first: bool,
) -> None:
    late = {"name": "late", "rrule": "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=5", "open": "20:00-24:00"}
    calendars = [calendar_data(SHUT), calendar_data(recurring=[late])]
    made = observing(*(calendars if closed_first else reversed(calendars)))
    assert [] == found("calendars_disagree", made, (2026, 2026))
    assert not Clock.of(made, department="desk").is_open("2026-05-05T21:00:00Z")
