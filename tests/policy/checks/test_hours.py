"""Hours that never open or share no year, and times of a date that no date has, are refused."""

from __future__ import annotations

from typing import Any

import pytest

from builders import (
    calendar_data,
    channel_data,
    day_data,
    every,
    fault,
    faults,
    policy,
    policy_data,
    rule_data,
    when,
)
from support_sla import Policy, compute_deadline

LINE = ("departments", "desk", "channels", "ticket")
RULES = (*LINE, "first_response")
CALENDARS = {"tet": {"country": "VN"}, "own": calendar_data(day_data())}


def line(
    *, observes: tuple[str, ...] = (), schedule: str = "office", **changes: Any
) -> dict[str, Any]:
    return channel_data(hours={"schedule": schedule, "observes": list(observes)}, **changes)


@pytest.mark.parametrize(
    ("hours", "calendar", "opens"),
    [
        pytest.param("off", None, False, id="an empty week"),
        pytest.param("Mo 08:00-08:01", None, True, id="a minute a week"),
        pytest.param("off", calendar_data(), False, id="an empty week and an empty calendar"),
        pytest.param(
            "off", calendar_data(day_data(open="08:00-09:00")), True, id="a special opening"
        ),
        pytest.param(
            "off", calendar_data(day_data(works_as="Mo")), False, id="works as a closed day"
        ),
        pytest.param(
            "Su 08:00-12:00", calendar_data(*every(6, 2026, 2026)), False, id="every Sunday closed"
        ),
        pytest.param(
            "Su 08:00-12:00",
            calendar_data(*every(6, 2026, 2026)[1:]),
            True,
            id="the first Sunday open",
        ),
        pytest.param(
            "Su 08:00-12:00",
            calendar_data(*every(6, 2026, 2026)[:-1]),
            True,
            id="the last Sunday open",
        ),
    ],
)
def test_a_line_that_can_never_open_is_refused(hours: str, calendar: Any, opens: bool) -> None:
    data = policy_data(
        channel=line(schedule="only", observes=("own",) if calendar else ()),
        schedules={"only": hours},
        calendars={"own": calendar} if calendar else {},
    )
    if opens:
        assert hours == str(Policy.model_validate(data).schedules["only"])
    else:
        found = fault(lambda: Policy.model_validate(data))
        assert ("line_never_opens", (*LINE, "hours")) == found[:2]
        assert f"line desk/ticket with hours {hours!r}" in found.message


@pytest.mark.parametrize(
    ("years", "shared"),
    [((2024, 2025), False), ((2025, 2026), True), ((2026, 2026), True), ((2027, 2028), False)],
    ids=str,
)
def test_the_calendars_of_a_line_share_a_year(years: tuple[int, int], shared: bool) -> None:
    data = policy_data(
        channel=line(observes=("first", "second")),
        calendars={"first": calendar_data(), "second": {"years": list(years)}},
    )
    if shared:
        assert 2 == len(Policy.model_validate(data).calendars)
    else:
        found = fault(lambda: Policy.model_validate(data))
        assert ("years_disjoint", (*LINE, "hours")) == found[:2]
        assert f"'first' 2026-2026, 'second' {years[0]}-{years[1]}" in found.message


def test_calendars_of_two_lines_need_no_year_in_common() -> None:
    channels = {"ticket": line(observes=("a",)), "chat": line(observes=("b",))}
    calendars = {"a": {"years": [2026, 2026]}, "b": {"years": [2027, 2027]}}
    assert policy(calendars=calendars, departments={"desk": {"channels": channels}})


def test_hours_of_a_rule_that_cannot_be_read_are_one_fault() -> None:
    found = fault(lambda: policy(rule_data(hours={"schedule": 3})))
    assert ("string_type", "schedule") == (found.slug, found.place[-1])


def test_hours_of_a_rule_that_never_open_are_refused_at_the_rule() -> None:
    schedules = {"office": "Mo-Fr 08:00-17:00", "never": "off"}
    found = fault(lambda: policy(rule_data(hours={"schedule": "never"}), schedules=schedules))
    assert "rule 'default' with hours 'off' never opens" in found.message
    assert ("first_response", 0, "hours") == found.place[-3:]


def test_a_special_date_s_hours_may_hold_a_time_that_no_weekday_has() -> None:
    late = {"within": "1 business day", "by": "20:00", "cutoff": "19:00"}
    open_late = {"date": "2026-05-05", "name": "fair", "open": "08:00-21:00"}
    channel = channel_data(late, hours={"schedule": "office", "observes": ["fair"]})
    calendars = {"fair": {"years": [2026, 2026], "days": [open_late]}}
    assert policy(channel=channel, calendars=calendars)
    assert {"by_outside_hours", "cutoff_after_closing"} == {
        each.slug for each in faults(lambda: policy(late))
    }


# --- hours of a rule, of a season and on holidays ---

OFF = {"office": "Mo-Fr 08:00-17:00", "closed": "off"}
SUMMER = {"from": "07-01", "to": "08-31"}


def test_hours_of_a_rule_that_never_open_are_refused_there() -> None:
    found = fault(lambda: policy(rule_data(hours={"schedule": "closed"}), schedules=OFF))
    assert ("line_never_opens", (*RULES, 0, "hours")) == found[:2]
    assert "rule 'default' with hours 'off' never opens" in found.message


def test_a_line_that_opens_only_in_a_season_opens() -> None:
    hours = {"schedule": "closed", "seasons": [{**SUMMER, "schedule": "office"}]}
    assert policy(channel=channel_data(hours=hours), schedules=OFF)


def test_a_line_that_opens_only_on_holidays_opens() -> None:
    hours = {"schedule": "closed", "observes": ["own"], "on_holidays": {"own": "office"}}
    assert policy(channel=channel_data(hours=hours), schedules=OFF, calendars=CALENDARS)


@pytest.mark.parametrize("seasons", [[], [{**SUMMER, "schedule": "closed"}]], ids=["no", "yes"])
def test_a_line_whose_seasons_are_closed_too_never_opens(seasons: list[Any]) -> None:
    hours = {"schedule": "closed", "seasons": seasons}
    found = fault(lambda: policy(channel=channel_data(hours=hours), schedules=OFF))
    assert ("line_never_opens", (*LINE, "hours")) == found[:2]


@pytest.mark.parametrize("shared", [False, True], ids=["no year", "a year"])
def test_hours_of_a_rule_share_a_year_with_the_days_it_asks_for(shared: bool) -> None:
    calendars = {"a": {"years": [2026, 2026]}, "b": {"years": [2026 if shared else 2027, 2027]}}
    rule = when("b", hours={"schedule": "office", "observes": ["a"]})
    if shared:
        assert policy(rule, rule_data(), calendars=calendars)
    else:
        found = fault(lambda: policy(rule, rule_data(), calendars=calendars))
        assert ("years_disjoint", (*RULES, 0, "hours")) == found[:2]
        assert "'a' 2026-2026, 'b' 2027-2027" in found.message


def test_a_line_shares_a_year_with_the_days_that_its_rules_ask_for() -> None:
    calendars = {"a": {"years": [2026, 2026]}, "b": {"years": [2027, 2027]}}
    channel = line(observes=("a",), first_response=[when("b"), rule_data()])
    found = fault(lambda: policy(channel=channel, calendars=calendars))
    assert ("years_disjoint", (*LINE, "hours")) == found[:2]


def test_a_line_shares_a_year_with_the_days_of_a_rule_that_has_hours_of_its_own() -> None:
    calendars = {"a": {"years": [2026, 2026]}, "b": {"years": [2027, 2027]}}
    rule = when("b", hours={"schedule": "office"})
    channel = line(observes=("a",), first_response=[rule, rule_data()])
    found = fault(lambda: policy(channel=channel, calendars=calendars))
    assert "years_disjoint" == found.slug


@pytest.mark.parametrize(
    "condition",
    [{"priority": ["high"]}, {"attributes": {"plan": ["gold"]}}],
    ids=["priority", "attributes"],
)
def test_days_of_a_rule_that_some_requests_leave_out_need_no_year_in_common(
    condition: dict[str, Any],
) -> None:
    calendars = {"a": {"years": [2026, 2026]}, "b": {"years": [2027, 2027]}}
    rule = rule_data(when={"days": ["b"], **condition}, hours={"schedule": "office"})
    channel = line(observes=("a",), first_response=[rule, rule_data()])
    made = policy(
        channel=channel, calendars=calendars, priorities=["high"], attributes={"plan": ["gold"]}
    )
    answer = compute_deadline(made, "2026-05-05T08:00:00+07:00", department="desk")
    assert "2026-05-05T09:00:00+07:00" == answer.due_at.isoformat()


# --- times of a date in business days ---

DAYS = {"within": "1 business day", "by": "close"}


def in_days(*, hours: str = "Mo-Fr 08:00-17:00", own: str | None = None, **changes: Any) -> Policy:
    """Return a policy that promises a business day on these hours, or on the rule's own."""
    rule = {**DAYS, **changes}
    if own is not None:
        rule["hours"] = {"schedule": "own"}
    return policy(rule, schedules={"office": hours, "own": own or "off"})


@pytest.mark.parametrize(
    ("by", "hours", "between"),
    [
        pytest.param("07:59", "Mo-Fr 08:00-17:00", ("08:00", "17:00"), id="before opening"),
        pytest.param("08:00", "Mo-Fr 08:00-17:00", ("08:00", "17:00"), id="at opening"),
        pytest.param("08:01", "Mo-Fr 08:00-17:00", None, id="after opening"),
        pytest.param("16:59", "Mo-Fr 08:00-17:00", None, id="before closing"),
        pytest.param("17:00", "Mo-Fr 08:00-17:00", None, id="at closing"),
        pytest.param("17:01", "Mo-Fr 08:00-17:00", ("08:00", "17:00"), id="after closing"),
        pytest.param("00:00", "Mo-Fr 08:00-17:00", ("08:00", "17:00"), id="midnight before"),
        pytest.param("24:00", "Mo-Fr 08:00-17:00", ("08:00", "17:00"), id="midnight after"),
        pytest.param("13:00", "Mo-Fr 08:00-12:00,14:00-17:00", None, id="at noon, when closed"),
        pytest.param("18:30", "Mo-Th 08:00-17:00; Fr 10:00-19:00", None, id="one longer day"),
        pytest.param(
            "19:01",
            "Mo-Th 08:00-17:00; Fr 10:00-19:00",
            ("08:00", "19:00"),
            id="after the longest day",
        ),
        pytest.param("05:00", "Mo-Fr 22:00-06:00", None, id="in the night from the day before"),
        pytest.param("24:00", "Mo-Fr 22:00-06:00", None, id="midnight inside a night"),
        pytest.param("00:00", "Mo-Fr 22:00-06:00", ("00:00", "24:00"), id="midnight, no time"),
        pytest.param("24:00", "24/7", None, id="around the clock"),
    ],
)
def test_a_by_outside_the_hours_of_every_day_is_refused(
    by: str, hours: str, between: tuple[str, str] | None
) -> None:
    if between is None:
        assert by == in_days(hours=hours, by=by).targets("desk", "ticket")[0].by
        assert in_days(own=hours, by=by)
        return
    message = (
        f"by = '{by}' lies outside the hours of every day, which lie between {between[0]} and "
        f"{between[1]}; write by = 'close', or a time after the one and up to the other"
    )
    expected = ("by_outside_hours", (*RULES, 0, "by"), message)
    assert expected == fault(lambda: in_days(hours=hours, by=by))
    assert expected == fault(lambda: in_days(hours="24/7", own=hours, by=by))


@pytest.mark.parametrize(
    ("cutoff", "hours", "last"),
    [
        pytest.param("00:00", "Mo-Fr 08:00-17:00", None, id="at midnight"),
        pytest.param("16:59", "Mo-Fr 08:00-17:00", None, id="before closing"),
        pytest.param("17:00", "Mo-Fr 08:00-17:00", None, id="at closing"),
        pytest.param("17:01", "Mo-Fr 08:00-17:00", "17:00", id="after closing"),
        pytest.param("18:30", "Mo-Th 08:00-17:00; Fr 10:00-19:00", None, id="one longer day"),
        pytest.param("19:00:01", "Mo-Th 08:00-17:00; Fr 10:00-19:00", "19:00", id="after it"),
        pytest.param("24:00", "Mo-Fr 22:00-06:00", None, id="midnight inside a night"),
    ],
)
def test_a_cutoff_after_the_closing_of_every_day_is_refused(
    cutoff: str, hours: str, last: str | None
) -> None:
    if last is None:
        assert in_days(hours=hours, cutoff=cutoff)
        assert in_days(own=hours, cutoff=cutoff)
        return
    message = (
        f"cutoff = '{cutoff}' comes after the closing of every day, the last one at {last}; write "
        "one up to it, or drop it"
    )
    expected = ("cutoff_after_closing", (*RULES, 0, "cutoff"), message)
    assert expected == fault(lambda: in_days(hours=hours, cutoff=cutoff))
    assert expected == fault(lambda: in_days(hours="24/7", own=hours, cutoff=cutoff))


def test_a_by_and_a_cutoff_that_no_day_has_are_both_told() -> None:
    found = faults(lambda: in_days(by="18:00", cutoff="18:00"))
    assert ["by_outside_hours", "cutoff_after_closing"] == [each.slug for each in found]


LONGER = {"office": "Mo-Fr 08:00-17:00", "late": "Mo-Fr 10:00-20:00"}


@pytest.mark.parametrize(
    ("hours", "calendar"),
    [
        pytest.param({"seasons": [{**SUMMER, "schedule": "late"}]}, day_data(), id="a season"),
        pytest.param({"on_holidays": {"own": "late"}}, day_data(), id="on holidays"),
        pytest.param({}, day_data(open="10:00-20:00"), id="a special day"),
    ],
)
def test_a_time_of_a_date_may_be_one_of_a_season_or_special_day_alone(
    hours: dict[str, Any], calendar: dict[str, Any]
) -> None:
    observed = {"schedule": "office", "observes": ["own"], **hours}
    known: dict[str, Any] = {"schedules": LONGER, "calendars": {"own": calendar_data(calendar)}}
    for key in ("by", "cutoff"):
        inside = channel_data({**DAYS, key: "20:00"}, hours=observed)
        assert policy(channel=inside, **known)
        outside = channel_data({**DAYS, key: "20:01"}, hours=observed)
        found = fault(lambda channel=outside: policy(channel=channel, **known))  # type: ignore[misc]
        assert (*RULES, 0, key) == found.place


def test_hours_that_never_open_are_one_fault_and_not_one_for_each_time_of_a_date() -> None:
    found = faults(lambda: in_days(hours="off", by="16:00", cutoff="16:00"))
    assert ["line_never_opens"] == [each.slug for each in found]


def test_a_line_that_opens_on_special_days_alone_is_told_their_hours() -> None:
    known = {"own": calendar_data(day_data(open="08:00-09:00"))}
    channel = line(observes=("own",), schedule="closed", first_response=[{**DAYS, "by": "16:00"}])
    found = fault(lambda: policy(channel=channel, schedules=OFF, calendars=known))
    assert "by_outside_hours" == found.slug
    assert "which lie between 08:00 and 09:00" in found.message
