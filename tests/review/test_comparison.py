"""A comparison in words and as data, and a list of submissions compared."""

from __future__ import annotations

import json
import pickle
from datetime import UTC, datetime
from typing import Any

import pytest

from builders import channel_data, policy, rule_data, when
from comparisons import AZDIGI, HOUR, around_the_clock, changed, only
from in_oracle_words import MICROSECOND
from support_sla import (
    InstantError,
    NaiveInstantError,
    NotAModelError,
    NotAnInstantError,
    NoTargetError,
    Policy,
    SupportSlaError,
    UnknownChannelError,
    UnknownDepartmentError,
    YearsNotCoveredError,
    compute_deadline,
)
from support_sla.review.compare import Submission, compare, compare_submissions

# --- In words and as data ---


def test_a_difference_reads_as_one_line_of_each_kind() -> None:
    line = "desk/ticket from 2026-01-01 00:00:00+07:00 to before 2027-01-01 00:00:00+07:00"
    three, four = around_the_clock(), around_the_clock(rule_data(within="4h"))
    held = around_the_clock(rule_data(within="3h", earliest="30m"))
    two = policy(rule_data(within="2h"))
    due = "2026-01-01 03:00:00+07:00"
    first = "submitted at 2026-01-01 00:00:00+07:00 it is"
    assert f"{line}: due 1h later; {first} due 2026-01-01 04:00:00+07:00 instead of {due}" == str(
        only(compare(three, four, (2026, 2026)))
    )
    assert (
        f"{line}: due as before; {first} counted from 2026-01-01 00:00:00+07:00, "
        "not before 2026-01-01 00:30:00+07:00 instead of counted from 2026-01-01 00:00:00+07:00"
    ) == str(only(compare(three, held, (2026, 2026))))
    assert (
        f"{line}: due 1h to 64h earlier; submitted at 2026-01-02 15:00:00.000001+07:00 it is due "
        "2026-01-02 16:00:00.000001+07:00 instead of 2026-01-05 08:00:00.000001+07:00"
    ) == str(only(compare(two, policy(), (2026, 2026))))
    urgent = around_the_clock(priorities=["urgent"])
    assert (
        f"desk/ticket with priority 'urgent' {line[12:]}: only the new policy answers, "
        f"due {due}; priority 'urgent' is not declared by the policy; leave it out, none is declared"
    ) == str(only(compare(three, urgent, (2026, 2026))))
    tickets = [Submission("2026-01-01T00:00:00+07:00", "desk")]
    assert (
        "submissions[0], desk/ticket at 2026-01-01 00:00:00+07:00: "
        f"due 1h later; due 2026-01-01 04:00:00+07:00 instead of {due}"
    ) == str(compare_submissions(three, four, tickets)[0])


def test_a_comparison_says_how_much_differs_and_shows_the_worst() -> None:
    old, new = (
        around_the_clock(),
        around_the_clock(when("Su", within="12h"), rule_data(within="3h")),
    )
    new = changed(new, version="2027")
    found = compare(old, new, (2026, 2026))
    head, total, *rest = found.describe().splitlines()
    assert (
        "Old 'a desk', new 'a desk, 2027', submissions from 2026-01-01 00:00:00+07:00 "
        "to before 2027-01-01 00:00:00+07:00."
    ) == head
    assert "Answered differently: 52 spans of submissions, 1248h over all lines together." == total
    assert [*(f"- {each}" for each in found.differences[:5]), "- and 47 more"] == rest
    assert 54 == len(found.describe(worst=52).splitlines())
    once = compare(old, around_the_clock(rule_data(within="4h")), (2026, 2026))
    assert "1 span of submissions, 8760h" in once.describe()
    same = compare(old, old, (2026, 2026)).describe()
    assert same.endswith("\nNo submission is answered differently.")


def test_a_comparison_dumps_as_plain_json() -> None:
    old, new = policy(rule_data(within="2h")), policy()
    found = compare(old, new, (2026, 2026))
    dump = found.to_dict()
    assert dump == json.loads(json.dumps(dump))
    (each,) = dump.pop("differences")
    assert {
        "old": "a desk",
        "new": "a desk",
        "old_zone": "Asia/Ho_Chi_Minh",
        "new_zone": "Asia/Ho_Chi_Minh",
        "start": "2026-01-01T00:00:00+07:00",
        "end": "2027-01-01T00:00:00+07:00",
        "submission_time": "8760h",
    } == dump
    assert ("-1h", "-64h") == (each["smallest"], each["largest"])
    assert {
        "starts_at": "2026-01-02T15:00:00.000001+07:00",
        "earliest_at": None,
        "due_at": "2026-01-02T16:00:00.000001+07:00",
        "target": "default",
    } == each["new"]
    held = around_the_clock(rule_data(within="3h", earliest="30m"))
    early = compare_submissions(
        held, policy_of_another_desk(), [Submission("2026-06-08T10:00:00+07:00", "desk")]
    )[0].to_dict()
    assert "2026-06-08T10:30:00+07:00" == early["old"]["earliest_at"]
    assert (None, None, None, 0) == (
        early["new"],
        early["smallest"],
        early["largest"],
        early["index"],
    )


def policy_of_another_desk() -> Policy:
    return policy(departments={"other": {"channels": {"ticket": channel_data()}}})


def test_a_comparison_is_a_value_and_counts_and_iterates_over_its_differences() -> None:
    found = compare(AZDIGI, changed(AZDIGI, crossing="in_order"), (2026, 2026))
    assert bool(found)
    assert len(found.differences) == len(found) == len(list(found))
    again = pickle.loads(pickle.dumps(found))
    assert (found, hash(found)) == (again, hash(again))


# --- A list of submissions ---


FAIR = changed(AZDIGI, crossing="in_order")


def test_submissions_answered_differently_come_worst_first_with_their_place() -> None:
    tickets: list[Any] = [
        {"submitted_at": "2026-06-07T16:00:00+07:00", "department": "technical"},
        {"submitted_at": "2026-06-08T16:00:00+07:00", "department": "technical"},
        Submission(datetime(2026, 6, 7, 16, 59, tzinfo=UTC), "technical"),
        Submission("2026-06-08T16:00:00+07:00", "billing", "ticket", None),
    ]
    found = compare_submissions(AZDIGI, FAIR, iter(tickets))
    assert [(2, "earlier", -HOUR * 8 - 59 * HOUR / 60), (0, "earlier", -HOUR)] == [
        (each.index, each.kind, each.largest) for each in found
    ]
    for each in found:
        assert (each.start, each.start + MICROSECOND) == (each.submitted_at, each.end)
        assert each.smallest == each.largest
    assert found[0].old == compute_deadline(AZDIGI, tickets[2].submitted_at, department="technical")
    assert () == compare_submissions(AZDIGI, FAIR, [])


def test_equal_submissions_each_have_their_own_difference() -> None:
    ticket = Submission("2026-06-07T16:00:00+07:00", "technical")
    found = compare_submissions(AZDIGI, FAIR, [ticket, ticket])
    assert [0, 1] == [each.index for each in found]


def test_what_one_version_cannot_answer_comes_first_and_says_why() -> None:
    old = around_the_clock(when("Su", within="3h"), priorities=["low"])
    own = {"own": {"years": [2026, 2026], "days": []}}
    hours = {"schedule": "office", "observes": ["own"]}
    channels = {
        "ticket": channel_data(rule_data(within="4h"), hours=hours),
        "mail": channel_data(),
    }
    departments = {"desk": {"channels": channels}, "shop": {"channels": channels}}
    new = policy(calendars=own, departments=departments)
    tickets = [
        Submission("2026-06-07T12:00:00+07:00", "desk"),
        Submission("2027-06-06T12:00:00+07:00", "desk"),
        Submission("2026-06-07T12:00:00+07:00", "desk", "mail"),
        Submission("2026-06-07T12:00:00+07:00", "shop"),
        Submission("2026-06-07T12:00:00+07:00", "desk", priority="low"),
        Submission("2026-06-08T12:00:00+07:00", "desk"),
    ]
    found = {each.index: each for each in compare_submissions(old, new, tickets)}
    assert [2, 3, 4, 5, 1, 0] == list(found)
    for index, kind, said in (
        (0, "later", None),
        (1, "only_old", "past the last covered year 2026 of calendar 'own'"),
        (2, "only_new", "no channel 'mail'"),
        (3, "only_new", "department 'shop'"),
        (4, "only_old", "priority 'low'"),
        (5, "only_new", "no rule that matches"),
    ):
        assert kind == found[index].kind
        assert (said is None) == (found[index].why_not is None)
        assert (said or "") in (found[index].why_not or "")


@pytest.mark.parametrize(
    ("ticket", "error", "said"),
    [
        (Submission("2026-06-07T12:00:00+07:00", "x"), UnknownDepartmentError, "department 'x'"),
        (Submission("2026-06-07T12:00:00+07:00", "billing", "x"), UnknownChannelError, "'x'"),
        (Submission("2026-06-07T12:00:00+07:00", "billing", "chat"), NoTargetError, "it opens at"),
        (Submission("2126-06-07T12:00:00+07:00", "billing"), YearsNotCoveredError, "2126"),
        (Submission("2026-06-07T12:00:00", "billing"), NaiveInstantError, "submitted_at="),
        (Submission("soon", "billing"), InstantError, "submitted_at='soon'"),
        ({"submitted_at": 3, "department": "billing"}, NotAnInstantError, "submitted_at is no"),
        ({"submitted_at": "2026-06-07T12:00:00+07:00"}, NotAModelError, "keys 'submitted_at';"),
        (
            {"submitted_at": "2026-06-07T12:00:00+07:00", "department": "billing", "prio": "low"},
            NotAModelError,
            "'prio'",
        ),
        (("2026-06-07T12:00:00+07:00", "billing"), NotAModelError, "is of type tuple"),
        ("2026-06-07T12:00:00+07:00", NotAModelError, "is of type str"),
    ],
)
def test_a_bad_submission_and_one_that_neither_answers_are_refused_by_their_place(
    ticket: Any, error: type[SupportSlaError], said: str
) -> None:
    good = Submission("2026-06-07T12:00:00+07:00", "billing")
    with pytest.raises(error) as caught:
        compare_submissions(AZDIGI, FAIR, [good, ticket])
    assert str(caught.value).startswith("submissions[1]")
    assert said in str(caught.value)
    assert str(caught.value)[-1] != "."


def test_an_error_that_names_the_place_keeps_what_it_knows_and_the_other_version_s() -> None:
    ticket = Submission("2026-06-07T23:59:00+07:00", "billing", "chat")
    with pytest.raises(NoTargetError) as caught:
        compare_submissions(AZDIGI, FAIR, [ticket])
    assert "2026-06-08 00:00:00+07:00" == str(caught.value.opens_at)
    assert isinstance(caught.value.__cause__, NoTargetError)


def test_what_is_no_list_of_submissions_is_refused() -> None:
    wrong: Any = 5
    with pytest.raises(NotAModelError, match="submissions are no list: 5"):
        compare_submissions(AZDIGI, FAIR, wrong)


@pytest.mark.parametrize("worst", [0, -1])
def test_no_difference_is_told_where_none_is_asked_for(worst: int) -> None:
    found = compare(AZDIGI, AZDIGI.model_copy(update={"crossing": "in_order"}), (2026, 2026))
    assert f"- and {len(found)} more" == found.describe(worst=worst).splitlines()[-1]
    assert 3 == len(found.describe(worst=worst).splitlines())
