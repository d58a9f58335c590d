"""The strategies of whole questions, lines and durations: valid, shrunk as written, nasty cases."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import channel_data, policy, policy_data, rule_data
from searches import minimal, some
from support_sla import (
    NoTargetError,
    Policy,
    UnknownChannelError,
    compute_deadline,
    load_policy,
)
from support_sla.strategies import Question, durations, lines, policies, questions
from ticket_desks import DESKS

if TYPE_CHECKING:
    from collections.abc import Callable

AZDIGI = load_policy("azdigi")
TRACKED = DESKS[1]
MICROSECOND = dt.timedelta(microseconds=1)
ZERO = dt.timedelta(0)

# --- Questions ---

QUESTIONS = questions(TRACKED)
ANY = questions(AZDIGI, promised=False)


@given(policies(), st.data())
def test_every_question_can_be_asked(made: Policy, data: st.DataObject) -> None:
    asked = data.draw(questions(made))
    try:
        found = compute_deadline(made, **asked._asdict())
    except NoTargetError:
        assert all(rule.when for rule in made.targets(*asked[1:3], asked.metric))
    else:
        assert (asked.department, asked.channel) == (found.department, found.channel)


@given(
    questions(TRACKED, line=("desk", "quiet"), metric="first_response", unit="s", last_year=2025)
)
def test_a_question_keeps_to_what_is_possible(asked: Question) -> None:
    assert ("desk", "quiet", "first_response") == (asked.department, asked.channel, asked.metric)
    sent = asked.submitted_at.astimezone(dt.UTC)
    assert (0, 2025) == (sent.microsecond, sent.year)


def test_a_question_shrinks_to_the_first_line_and_the_first_instant() -> None:
    sent = dt.datetime(2005, 1, 2, tzinfo=dt.UTC)
    expected = Question(sent, "billing", "ticket", None, None, "first_response")
    assert expected == minimal(questions(AZDIGI))


def test_a_line_that_is_not_there_or_promises_nothing_has_no_questions() -> None:
    with pytest.raises(UnknownChannelError):
        minimal(questions(AZDIGI, line=("billing", "fax")))
    with pytest.raises(
        ValueError, match="line that promises resolution; it promises first_response"
    ):
        minimal(questions(AZDIGI, metric="resolution"))
    silent = policy(channel=channel_data() | {"first_response": []})
    with pytest.raises(ValueError, match="promises nothing; ask with promised=False"):
        minimal(questions(silent))
    with pytest.raises(ValueError, match="line billing/chat promises nothing"):
        minimal(questions(AZDIGI, line=("billing", "chat")))


@pytest.mark.parametrize(
    "wanted",
    [
        *[
            pytest.param(lambda asked, metric=metric: asked.metric == metric, id=metric)
            for metric in ("first_response", "next_response", "update_every", "resolution")
        ],
        pytest.param(lambda asked: asked.priority == "high", id="a priority"),
        pytest.param(lambda asked: asked.priority is None, id="no priority"),
        pytest.param(lambda asked: asked.attributes == {"plan": "gold"}, id="an attribute"),
        pytest.param(lambda asked: asked.attributes is None, id="no attribute"),
        pytest.param(lambda asked: asked.department == "other", id="another department"),
    ],
)
def test_every_kind_of_question_is_found(wanted: Callable[[Question], bool]) -> None:
    assert wanted(some(QUESTIONS, wanted))


@pytest.mark.parametrize(
    "line", [("billing", "chat"), ("billing", "phone"), ("technical", "ticket")]
)
def test_lines_without_a_promise_are_asked_where_that_is_possible(line: tuple[str, str]) -> None:
    assert line == some(ANY, lambda asked: asked[1:3] == line)[1:3]
    assert "update_every" == some(ANY, lambda asked: asked.metric == "update_every").metric


# --- Lines ---


@given(policies(), st.data())
def test_every_line_is_one_of_the_policys(made: Policy, data: st.DataObject) -> None:
    line = data.draw(lines(made, metric="first_response", internal=False))
    assert made.targets(*line)
    assert not made.channel(*line).internal


def test_lines_shrink_to_the_first_by_name() -> None:
    assert ("billing", "chat") == minimal(lines(AZDIGI))
    assert ("billing", "ticket") == minimal(lines(AZDIGI, metric="first_response"))


@pytest.mark.parametrize("line", [("other", "deeper"), ("desk", "quiet"), ("desk", "ticket")])
def test_every_line_is_found(line: tuple[str, str]) -> None:
    assert line == some(lines(TRACKED), lambda found: found == line)


def test_a_policy_without_the_lines_asked_for_is_refused() -> None:
    inside = channel_data(internal=True)
    made = Policy.model_validate(policy_data(channel=inside))
    with pytest.raises(ValueError, match="has no line of customers; it promises first_response"):
        lines(made, internal=False)
    with pytest.raises(
        ValueError, match="no line that promises resolution; it promises first_response"
    ):
        lines(policy(rule_data()), metric="resolution")


# --- Durations ---

HOUR = dt.timedelta(hours=1)
AMOUNTS = durations()


@given(durations(dt.timedelta(minutes=-5), HOUR))
def test_every_duration_is_within_its_bounds(amount: dt.timedelta) -> None:
    assert dt.timedelta(minutes=-5) <= amount <= HOUR


@pytest.mark.parametrize(
    ("least", "most", "shrunk"),
    [(ZERO, HOUR, ZERO), (HOUR, 2 * HOUR, HOUR), (-2 * HOUR, -HOUR, -HOUR), (-HOUR, HOUR, ZERO)],
)
def test_a_duration_shrinks_to_the_one_nearest_to_zero(
    least: dt.timedelta, most: dt.timedelta, shrunk: dt.timedelta
) -> None:
    assert shrunk == minimal(durations(least, most))


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(lambda amount: amount == ZERO, id="none"),
        pytest.param(lambda amount: amount == MICROSECOND, id="a microsecond"),
        pytest.param(lambda amount: amount.days == 30, id="the most"),
        pytest.param(lambda amount: amount and not amount % dt.timedelta(1), id="whole days"),
        pytest.param(lambda amount: amount % dt.timedelta(1) and not amount % HOUR, id="hours"),
        pytest.param(lambda amount: amount.microseconds % 1000, id="microseconds"),
    ],
)
def test_every_kind_of_duration_is_found(wanted: Callable[[dt.timedelta], Any]) -> None:
    assert wanted(some(AMOUNTS, wanted))


def test_bounds_that_hold_no_duration_are_refused() -> None:
    with pytest.raises(ValueError, match="hold none; swap them"):
        durations(HOUR, ZERO)


def test_bounds_may_hold_one_duration() -> None:
    assert HOUR == minimal(durations(HOUR, HOUR))
