"""A question is answered by its own reach, and what a policy keeps of it is plain."""

from __future__ import annotations

import datetime as dt
import enum
import pickle
from typing import Any

import pytest

from builders import calendar_data, day_data, policy, rule_data, when
from questions import line
from support_sla import (
    AnswerTable,
    InstantOutOfRangeError,
    Policy,
    YearsNotCoveredError,
    compute_deadline,
    contact_options,
    load_policy,
)
from support_sla.answers import compiled_line as module
from support_sla.answers.compiled_line import asked_of
from support_sla.answers.question import Question
from support_sla.answers.table import build

MONDAY = "2026-03-02T10:00:00+07:00"
ENDLESS = "10000000h"


@pytest.mark.parametrize(
    ("sunday", "monday", "said"),
    [
        ("9990-03-04", "9990-03-05", "outside the years 3 to 9997"),
        pytest.param("2026-03-01", "2026-03-02", "more than 1000 at once", marks=pytest.mark.slow),
    ],
)
@pytest.mark.parametrize("crossing", ["submission", "overlap", "in_order"])
def test_another_submission_of_the_year_without_an_answer_refuses_none(
    crossing: str, sunday: str, monday: str, said: str
) -> None:
    made = line(when("Su", within=ENDLESS), rule_data(within="2h"), crossing=crossing)
    assert f"{monday}T12:00:00+07:00" == ask(made, f"{monday}T10:00:00+07:00")
    with pytest.raises(InstantOutOfRangeError, match=said):
        ask(made, f"{sunday}T10:00:00+07:00")


def test_a_line_that_opens_once_in_a_thousand_years_answers_what_comes_before() -> None:
    opened = calendar_data(day_data("2990-03-05", open="09:00-10:00"), years=[2000, 2999])
    made = line(rule_data(within="30m"), hours="off", calendars={"c": opened})
    assert "2990-03-05T09:30:00+07:00" == ask(made, MONDAY)
    with pytest.raises(YearsNotCoveredError, match="the answer lies in year 3000 or beyond"):
        ask(made, "2995-01-01T00:00:00+07:00")


@pytest.mark.parametrize("years", [6, 7, 8, 9, 30])
def test_an_answer_far_ahead_is_the_same_with_and_without_its_row(years: int) -> None:
    made = line(rule_data(within=f"{years * 52}h"), hours="Mo 09:00-10:00")
    found = compute_deadline(made, MONDAY, department="desk")
    table = AnswerTable.of(made, department="desk", first_year=2026, last_year=2026)
    answer = table.answer((found.submitted_at - EPOCH) // MICROSECOND)
    assert answer is not None
    assert found.due_at == EPOCH + answer.due_at * MICROSECOND


@pytest.mark.parametrize(
    "years", [6, *(pytest.param(years, marks=pytest.mark.slow) for years in (7, 8, 9, 30))]
)
def test_an_answer_far_ahead_is_proved(years: int) -> None:
    made = line(rule_data(within=f"{years * 52}h"), hours="Mo 09:00-10:00")
    assert compute_deadline(made, MONDAY, department="desk").verify()


EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICROSECOND = dt.timedelta(microseconds=1)


def ask(made: Policy, at: str, **names: Any) -> str:
    return compute_deadline(made, at, department="desk", **names).due_at.isoformat()


def test_few_years_are_compiled_for_one_question(monkeypatch: pytest.MonkeyPatch) -> None:
    made = line(when("Su", within=ENDLESS), rule_data(within="2h"))
    widest: list[int] = []
    real = build.rows_for

    def counted(promises: Any, *args: Any, **options: Any) -> Any:
        found = real(promises, *args, **options)
        widest.append(promises._held[1] - promises._held[0])
        return found

    monkeypatch.setattr(module, "rows_for", counted)
    ask(made, MONDAY)
    assert [True] == [years < 16 for years in widest]


# --- One caller's objects ---


class Names(str, enum.Enum):  # noqa: UP042  a caller may still write it so
    """A caller's own names, which are texts as well."""

    DESK = "desk"
    TICKET = "ticket"
    HIGH = "high"
    VI = "vi"


class Priorities(enum.StrEnum):
    """The same, as newer Pythons have it."""

    HIGH = "high"


@pytest.mark.parametrize("high", [Names.HIGH, Priorities.HIGH], ids=["mixed in", "StrEnum"])
def test_one_caller_s_enum_is_in_no_other_caller_s_answer(high: str) -> None:
    made = policy(when(priority=("high",), within="1h"), rule_data(), priorities=["low", "high"])
    own = compute_deadline(made, MONDAY, department=Names.DESK, channel=Names.TICKET, priority=high)
    other = compute_deadline(made, MONDAY, department="desk", priority="high")
    assert own == other
    for found in (own, other):
        names = found.department, found.channel, found.priority
        assert [str, str, str] == [*map(type, names)]
        assert b"Names" not in pickle.dumps(found)
        assert "Names" not in found.explain(Names.VI) + repr(found)
    table = AnswerTable.of(
        made, department=Names.DESK, priority=high, first_year=2026, last_year=2026
    )
    assert {str} == {type(each) for each in (table.department, table.channel, table.priority)}
    options = contact_options(made, MONDAY, MONDAY, department=Names.DESK, channel=Names.TICKET)
    assert [str, str] == [type(options.department), type(options.channel)]


def test_an_enum_in_a_policy_s_own_data_becomes_plain() -> None:
    azdigi = load_policy("azdigi").model_dump()
    desk = {**azdigi["departments"]["technical"], "label": {Names.VI: Names.DESK}}
    made = load_policy({**azdigi, "departments": {Names.DESK: desk}, "name": Names.TICKET})
    assert [str, str] == [*map(type, (*made.departments, made.name))]
    assert b"Names" not in pickle.dumps(made)


def test_a_line_is_kept_under_its_plain_names() -> None:
    made = line(rule_data())
    one = asked_of(Question.of(made, Names.DESK, Names.TICKET, None))
    assert one is asked_of(Question.of(made, "desk", "ticket", None))
