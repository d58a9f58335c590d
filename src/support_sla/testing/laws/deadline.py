"""The law of deadlines: your function answers every question as the policy does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support_sla.deadline import compute_deadline
from support_sla.errors import NoTargetError, YearsNotCoveredError
from support_sla.testing.laws.saying import Saying
from support_sla.testing.laws.search import Counterexample, Unanswered, refuse_counterexamples
from support_sla.testing.requests.lines import promises_of
from support_sla.testing.requests.submissions import Question, questions
from support_sla.values.one_line import moment

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from hypothesis import settings

    from support_sla.deadline import Deadline
    from support_sla.policy.metrics import Metric
    from support_sla.policy.policy import Policy
    from support_sla.testing.requests.lines import LineName
    from support_sla.values.units import Unit


def check_deadline(  # noqa: PLR0913  what is possible, by name
    function: Callable[[Question], dt.datetime | str | None],
    policy: Policy,
    *,
    line: LineName | None = None,
    metric: Metric | None = None,
    first_year: int | None = None,
    last_year: int | None = None,
    unit: Unit = "us",
    settings: settings | None = None,
) -> int:
    """Raise `CounterexampleError` for a question to a policy that a function answers wrongly.

    Each promise of each line is asked about. Returns how many questions were compared, if none was
    answered wrongly.

    The function gets a `Question` (`submitted_at` in any zone, `department`, `channel`, `priority`,
    `attributes`, `metric`) and returns when it is due: an aware datetime or an ISO 8601 text with an
    offset, in any zone, or None where nothing is promised. What it raises counts as a wrong answer.

    `line`, `metric`, the years and `unit` narrow the questions, as in `strategies.questions`: give
    the years that your function knows holidays of, and unit "s" if it works in seconds. Questions
    whose answer lies past the calendars' years are not asked; `ValueError` is raised if all do. `settings` are Hypothesis's own: how many
    questions of a promise are asked, and whether the same ones each time; by default 300, the same.
    Raises as `strategies.questions` does.

    The error's message is one sentence with what is right and what was said, why it is right, and how
    to ask again; its `question`, `expected` and `answered` are the parts.

    >>> from datetime import timedelta
    >>> from support_sla import load_policy
    >>> azdigi = load_policy("azdigi")
    >>> check_deadline(
    ...     lambda asked: asked.submitted_at + timedelta(hours=1), azdigi, line=("billing", "ticket")
    ... )
    Traceback (most recent call last):
    support_sla.errors.CounterexampleError: billing/ticket sent Sun 2005-01-02 ...
    """

    def contradiction(asked: Question) -> Counterexample | Unanswered | None:
        right, why = _right_answer(policy, asked)
        if why is None:
            return Unanswered.PAST_THE_YEARS
        expected = None if right is None else right.due_at
        answer = Saying.of(function, asked.copied())
        how = answer.contradicts(expected)
        if how is None:
            return None
        sentence = f"{right or _without_deadline(asked)}, but your function {how}"
        return Counterexample(asked, expected, answer.value, sentence, why, _again(asked))

    return sum(
        refuse_counterexamples(
            questions(
                policy,
                line=owner,
                metric=asked,
                first_year=first_year,
                last_year=last_year,
                unit=unit,
            ),
            contradiction,
            settings,
        )
        for owner, asked in promises_of(policy, line, metric)
    )


def _right_answer(policy: Policy, asked: Question) -> tuple[Deadline | None, str | None]:
    """Return the deadline, if there is one, and why; no reason where the years end too early."""
    try:
        found = compute_deadline(policy, **asked._asdict())
    except NoTargetError as error:
        return None, str(error)
    except YearsNotCoveredError:
        return None, None
    return found, found.explain()


def _without_deadline(asked: Question) -> str:
    return f"{asked.department}/{asked.channel} sent {moment(asked.submitted_at)} has no deadline"


def _again(asked: Question) -> str:
    """Return the call that gives the right answer."""
    given = {key: value for key, value in asked._asdict().items() if value is not None}
    sent = given.pop("submitted_at")
    names = ", ".join(f"{key}={value!r}" for key, value in given.items())
    return f"compute_deadline(policy, {sent.isoformat()!r}, {names})"
