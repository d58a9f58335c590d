"""Findings that an author means are told as accepted, and acceptances without a finding are told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from builders import channel_data, fault, policy, policy_data, rule_data
from support_sla import Accepted, LintFinding, Policy, lint, load_policy
from support_sla.review.finding import CODES

CHAT = "departments.desk.channels.chat"


def desk(*accepted: tuple[str, str], **changes: Any) -> Policy:
    """Return a desk whose chat promises nothing, with these acceptances, each of a code and place."""
    data = policy_data(rule_data(), **changes)
    data["departments"]["desk"]["channels"]["chat"] = channel_data(first_response=[])
    data["accept"] = [{"code": code, "at": at, "reason": "meant so"} for code, at in accepted]
    return Policy.model_validate(data)


def told(made: Policy, **options: Any) -> list[tuple[str, str, str | None]]:
    return [(each.code, each.path, each.accepted) for each in lint(made, (2026, 2026), **options)]


def test_a_finding_without_acceptance_has_no_reason() -> None:
    assert [("line_without_target", CHAT, None)] == told(desk())


@pytest.mark.parametrize("at", [CHAT, "departments.desk", "departments"])
def test_an_acceptance_covers_the_path_or_its_beginning(at: str) -> None:
    assert [("line_without_target", CHAT, "meant so")] == told(desk(("line_without_target", at)))


@pytest.mark.parametrize(
    "at", ["departments.desk.channels.cha", f"{CHAT}.hours", "departments.des", CHAT.upper()]
)
def test_an_acceptance_of_a_path_that_is_none_covers_nothing_and_is_told(at: str) -> None:
    assert [
        ("line_without_target", CHAT, None),
        ("acceptance_unused", "accept[0]", None),
    ] == told(desk(("line_without_target", at)))


def test_an_acceptance_of_another_code_covers_nothing() -> None:
    found = lint(desk(("closed_long", CHAT)), (2026, 2026))
    assert ["line_without_target", "acceptance_unused"] == [each.code for each in found]
    assert (
        f"the acceptance of 'closed_long' at '{CHAT}' has no finding in 2026; drop it"
        == found[1].message
    )


def test_an_acceptance_of_a_code_that_there_is_none_of_is_told_the_nearest() -> None:
    (*_, found) = lint(desk(("line_without_targets", CHAT)), (2026, 2026))
    assert "no finding has this code, did you mean 'line_without_target'?" in found.message


def test_of_two_acceptances_of_one_finding_the_first_gives_the_reason_and_both_are_used() -> None:
    made = desk(("line_without_target", "departments"), ("line_without_target", CHAT))
    assert [("line_without_target", CHAT, "meant so")] == told(made)


def test_a_calendar_that_runs_out_is_accepted_only_if_it_is_asked_for() -> None:
    made = policy(
        calendars={"own": {"years": [2026, 2026]}},
        channel=channel_data(hours={"schedule": "office", "observes": ["own"]}),
        accept=[{"code": "calendar_runs_out", "at": "calendars.own", "reason": "a trial year"}],
    )
    assert [] == told(made)
    asked = told(made, as_of=date(2026, 3, 1))
    assert [("calendar_runs_out", "calendars.own", "a trial year")] == asked


def test_an_accepted_finding_says_why_behind_its_code() -> None:
    (found,) = lint(desk(("line_without_target", CHAT)), (2026, 2026))
    assert str(found).endswith("[line_without_target; accepted: meant so]")


def test_every_code_of_a_finding_is_known_to_acceptances() -> None:
    policies = [load_policy("azdigi"), desk(timezone="EST", rules={"alone": [rule_data()]})]
    codes = {each.code for made in policies for each in lint(made, (2026, 2030))}
    assert codes <= {*CODES}
    assert sorted(CODES) == list(CODES)


def test_an_acceptance_needs_a_reason() -> None:
    found = fault(lambda: Accepted(code="closed_long", at="departments"))  # type: ignore[call-arg]
    assert "key 'reason' is missing (why it is meant); add it" == found.message


def test_acceptances_are_a_part_of_the_policy_as_it_was_written() -> None:
    made = desk(("line_without_target", CHAT))
    assert made == Policy.model_validate(made.model_dump())
    assert made != desk()
    (accepted,) = made.model_dump()["accept"]
    assert {"code": "line_without_target", "at": CHAT, "reason": "meant so"} == accepted


# --- Zones without the clock changes of a place, and parts that nothing uses ---


def only(code: str, made: Policy) -> LintFinding:
    (found,) = [each for each in lint(made, (2026, 2026)) if each.code == code]
    return found


@pytest.mark.parametrize(
    ("zone", "way_out"),
    [
        ("EST", "e.g. 'America/New_York'"),
        ("MST", "e.g. 'America/Denver'"),
        ("HST", "e.g. 'Pacific/Honolulu'"),
        ("GMT", "use 'Europe/London' for a desk in Britain"),
        ("Etc/Greenwich", "use 'Europe/London' for a desk in Britain"),
        ("Etc/GMT+5", "mind that it is UTC-5"),
        ("Etc/GMT-14", "mind that it is UTC+14"),
    ],
)
def test_a_zone_without_the_clock_changes_of_a_place_is_told_the_way_out(
    zone: str, way_out: str
) -> None:
    found = only("fixed_offset_zone", policy(timezone=zone))
    assert "timezone" == found.path
    assert way_out in found.message


@pytest.mark.parametrize("zone", ["UTC", "Etc/UTC", "Asia/Ho_Chi_Minh", "EST5EDT", "CET"])
def test_universal_time_and_the_zone_of_a_place_are_no_finding(zone: str) -> None:
    assert "fixed_offset_zone" not in {
        each.code for each in lint(policy(timezone=zone), (2026, 2026))
    }


def test_a_department_s_own_zone_is_looked_at_too() -> None:
    data = policy_data(rule_data())
    data["departments"]["desk"]["timezone"] = "EST"
    found = only("fixed_offset_zone", Policy.model_validate(data))
    assert "departments.desk.timezone" == found.path


def test_an_attribute_and_a_list_of_rules_that_nothing_uses_are_told() -> None:
    made = policy(attributes={"plan": ["gold"]}, rules={"alone": [rule_data()]})
    assert [
        ("attribute_unused", "attributes.plan"),
        ("rules_unused", "rules.alone"),
    ] == [(each.code, each.path) for each in lint(made, (2026, 2026))]


def test_findings_about_shared_rules_are_at_the_rules_and_not_at_each_line() -> None:
    data = policy_data(rule_data())
    data["rules"] = {"slow": [rule_data(within="80h")]}
    data["departments"]["desk"]["channels"]["ticket"]["first_response"] = "slow"
    found = only("long_wait", Policy.model_validate(data))
    assert "rules.slow[0]" == found.path


def test_a_schedule_that_only_a_rule_a_season_or_a_holiday_uses_is_used() -> None:
    hours = {
        "schedule": "office",
        "observes": ["own"],
        "seasons": [{"from": "07-01", "to": "08-31", "schedule": "summer"}],
        "on_holidays": {"own": "short"},
    }
    made = policy(
        channel=channel_data(rule_data(hours={"schedule": "always"}), hours=hours),
        calendars={"own": {"years": [2026, 2026]}},
        schedules={
            "office": "Mo-Fr 08:00-17:00",
            "summer": "Mo-Fr 08:00-13:00",
            "short": "Mo-Fr 10:00-12:00",
            "always": "24/7",
        },
    )
    assert () == lint(made, (2026, 2026))


def test_the_calendars_of_a_rule_s_own_hours_may_disagree_too() -> None:
    days = {"date": "2026-05-05", "name": "a day"}
    own = {"schedule": "office", "observes": ["closes", "opens"]}
    made = policy(
        rule_data(hours=own),
        calendars={
            "closes": {"years": [2026, 2026], "days": [days]},
            "opens": {"years": [2026, 2026], "days": [{**days, "open": "08:00-10:00"}]},
        },
    )
    found = only("calendars_disagree", made)
    assert "departments.desk.channels.ticket.first_response[0].hours.observes" == found.path
    assert "the calendars of rule 'default' disagree on 1 date" in found.message


def test_each_kind_of_request_is_walked_by_its_attributes() -> None:
    made = policy(
        {"when": {"attributes": {"plan": ["gold"]}}, **rule_data(within="90h")},
        rule_data(),
        attributes={"plan": ["basic", "gold"]},
    )
    found = only("long_wait", made)
    assert "a request to desk/ticket with plan 'gold' can be due more than 7 days" in found.message
    assert {"plan": "gold"} == found.counterexample[0].attributes
