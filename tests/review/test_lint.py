"""What lint finds in the reference policy and in clean ones, and what it refuses."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings

from builders import EXAMPLES, calendar_data, channel_data, day_data, every, policy, rule_data, when
from in_oracle_words import utc
from lint_cases import ALWAYS, AZDIGI, LATER_ON_SUNDAYS, again, cases, only, sent
from support_sla import (
    AmountError,
    InstantOutOfRangeError,
    NotAModelError,
    NotAnInstantError,
    Policy,
    YearsNotCoveredError,
    load_policy,
)
from support_sla.answers.question import Question
from support_sla.review.lint import lint

# --- All findings ---


def test_a_policy_without_traps_has_no_findings() -> None:
    assert () == lint(policy(), (2026, 2035))


def test_findings_stand_in_the_order_of_the_file_and_are_the_same_each_time() -> None:
    data: dict[str, Any] = {
        "priorities": ["low", "high"],
        "timezone": "UTC",
        "calendars": {
            "left": calendar_data(day_data()),
            "sundays": calendar_data(*every(6, 2026, 2026)),
        },
        "schedules": {"night": "22:00-06:00", "office": "Mo-Fr 00:00-17:00"},
        "departments": {
            "desk": {
                "channels": {
                    "chat": {"hours": {"schedule": "office"}},
                    "ticket": channel_data(
                        when("Su", within="90h", earliest="1h", counted_in="calendar_time"),
                        when("sundays"),
                        rule_data(within="3h", earliest="2h", counted_in="calendar_time"),
                    ),
                }
            }
        },
    }
    made = policy(**data)
    findings = lint(made, (2026, 2026), closed_days=2, wait_days=3, as_of=date(2026, 1, 1))
    ticket = "departments.desk.channels.ticket"
    assert [
        ("priorities", "priority_unused"),
        ("calendars.left", "calendar_unused"),
        ("calendars.sundays", "calendar_runs_out"),
        ("schedules.night", "schedule_unused"),
        ("departments.desk.channels.chat", "line_without_target"),
        ("departments.desk.channels.chat.hours", "closed_long"),
        (f"{ticket}.hours", "closed_long"),
        (f"{ticket}.first_response", "inversion"),
        (f"{ticket}.first_response[0]", "long_wait"),
        (f"{ticket}.first_response[1]", "rule_never_matches"),
        (f"{ticket}.first_response[2]", "earliest_while_closed"),
        (f"{ticket}.first_response[2]", "due_while_closed"),
    ] == [(finding.path, finding.code) for finding in findings]
    assert findings == lint(made, (2026, 2026), closed_days=2, wait_days=3, as_of=date(2026, 1, 1))


def test_every_message_has_its_three_parts_and_every_case_its_real_deadlines() -> None:
    findings = [
        *lint(AZDIGI, (2026, 2035), as_of=date(2100, 1, 1)),
        *lint(policy(*LATER_ON_SUNDAYS, priorities=["low"]), (2026, 2026)),
    ]
    assert len({finding.code for finding in findings}) > 5
    for finding in findings:
        what, semicolon, way_out = finding.message.partition("; ")
        assert semicolon
        assert what[0].islower()
        assert way_out[0].islower()
        assert not finding.message.endswith(".")
        submitted = [utc(deadline.submitted_at) for deadline in finding.counterexample]
        assert sorted(submitted) == submitted
        for deadline in finding.counterexample:
            assert deadline == again(deadline)


def test_a_finding_reads_as_its_place_its_case_and_its_way_out() -> None:
    finding = only("inversion", policy(*LATER_ON_SUNDAYS, **ALWAYS, timezone="UTC"), (2026, 2026))
    assert [
        (
            "departments.desk.channels.ticket.first_response: a request to desk/ticket can be due "
            "before one sent earlier, by up to 9h less one microsecond, and its due drops at 52 instants; "
            'write crossing = "in_order" at the top of the policy, before its first table '
            "[inversion]"
        ),
        "  Su 2026-01-04 23:59:59.999999+00:00 -> Mo 2026-01-05 11:59:59.999999+00:00",
        "  Mo 2026-01-05 00:00:00+00:00 -> Mo 2026-01-05 03:00:00+00:00",
        '  with crossing = "in_order":',
        "    Su 2026-01-04 23:59:59.999999+00:00 -> Mo 2026-01-05 03:00:00+00:00",
        "    Mo 2026-01-05 00:00:00+00:00 -> Mo 2026-01-05 03:00:00+00:00",
    ] == str(finding).splitlines()


def test_a_finding_without_a_case_reads_as_one_line() -> None:
    finding = only("priority_unused", policy(priorities=["low"]), (2026, 2026))
    assert "priorities: no rule names a priority, so declaring 'low' changes" in str(finding)
    assert str(finding).endswith("[priority_unused]")
    assert "\n" not in str(finding)


def test_findings_compare_hash_and_pickle_as_themselves() -> None:
    findings = lint(AZDIGI, (2026, 2026))
    assert findings == pickle.loads(pickle.dumps(findings))
    assert len(findings) == len({*findings, *lint(AZDIGI, (2026, 2026))})


# --- Refused ---


REFUSED: list[tuple[type[Exception], str, dict[str, Any]]] = [
    (NotAModelError, "'azdigi'", {"policy": "azdigi"}),
    (NotAnInstantError, "years=2026", {"years": 2026}),
    (NotAnInstantError, "years=(2026,)", {"years": (2026,)}),
    (NotAnInstantError, "years='26'", {"years": "26"}),
    (NotAnInstantError, "years=('x', 2026)", {"years": ("x", 2026)}),
    (NotAnInstantError, "years=(2026, 2026.0)", {"years": (2026, 2026.0)}),
    (InstantOutOfRangeError, "2027 to 2026", {"years": (2027, 2026)}),
    (InstantOutOfRangeError, "more than 1000", {"years": (1000, 2000)}),
    (InstantOutOfRangeError, "9998", {"years": (9998, 9998)}),
    (NotAnInstantError, "as_of='2026-01-01'", {"as_of": "2026-01-01"}),
    (NotAnInstantError, "type datetime", {"as_of": datetime(2026, 1, 1, tzinfo=UTC)}),
    (AmountError, "closed_days=0", {"closed_days": 0}),
    (AmountError, "closed_days=True", {"closed_days": True}),
    (AmountError, "closed_days='7'", {"closed_days": "7"}),
    (AmountError, "wait_days=-1", {"wait_days": -1}),
    (AmountError, "wait_days=1.5", {"wait_days": 1.5}),
]


@pytest.mark.parametrize(("error", "shown", "changes"), REFUSED, ids=[row[1] for row in REFUSED])
def test_what_lint_cannot_use_is_refused_and_shown(
    error: type[Exception], shown: str, changes: dict[str, Any]
) -> None:
    arguments: dict[str, Any] = {"policy": policy(), "years": (2026, 2026), **changes}
    with pytest.raises(error) as caught:
        lint(**arguments)
    what, semicolon, way_out = str(caught.value).partition("; ")
    assert shown in what
    assert (semicolon, way_out[:1].islower()) == ("; ", True)


@pytest.mark.parametrize("targets", [True, False], ids=["with", "without"])
def test_years_outside_the_calendars_of_any_line_are_refused(targets: bool) -> None:
    channel = channel_data(hours={"schedule": "office", "observes": ["a"]})
    if not targets:
        del channel["first_response"]
    made = policy(channel=channel, calendars={"a": calendar_data(day_data())})
    for years in ((2025, 2026), (2026, 2027)):
        with pytest.raises(YearsNotCoveredError, match="'a'"):
            lint(made, years)
    lint(made, (2026, 2026))


@settings(max_examples=EXAMPLES // 6)
@given(cases())
def test_lint_says_the_same_of_a_policy_that_was_dumped_and_loaded(
    case: tuple[Policy, Question, int],
) -> None:
    made, _, year = case
    again = load_policy(made.model_dump())
    assert list(map(str, lint(made, (year, year)))) == list(map(str, lint(again, (year, year))))


@pytest.mark.parametrize("first", [2025, 2026])
def test_a_closing_at_the_first_instant_known_is_in_time(first: int) -> None:
    known = calendar_data(years=[first, 2026])
    made = policy(
        channel={
            "hours": {"schedule": "office", "observes": ["known"]},
            "first_response": [rule_data(within="0m", counted_in="calendar_time")],
        },
        schedules={"office": "08:00-24:00"},
        calendars={"known": known},
        timezone="UTC",
    )
    finding = only("due_while_closed", made, (2026, 2026))
    assert "2026-01-01 00:00:00.000001+00:00" == sent(finding)[-1]
