"""Look for a question that a function answers otherwise than the policy, and shrink it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from hypothesis import HealthCheck, find, settings
from hypothesis.errors import Flaky, NoSuchExample

from support_sla.errors import CounterexampleError

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis import strategies as st

T = TypeVar("T")

FIXED = settings(
    max_examples=300,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
"""How a law looks unless it is told otherwise: the same 300 questions each time.

A law never looks at how long a function takes, and keeps nothing on disk.
"""


@dataclass(frozen=True)
class Counterexample:
    """A question that is answered wrongly: what is right and why, what was said, how to ask again."""

    question: Any
    expected: Any
    answered: Any
    sentence: str
    explanation: str
    again: str


def refuse_counterexamples(
    questions: st.SearchStrategy[T],
    contradiction: Callable[[T], Counterexample | None],
    how: settings | None,
) -> int:
    """Raise `CounterexampleError` for the simplest question found that is contradicted.

    Returns how many questions were looked at, if none is.
    """
    seen: list[Counterexample] = []
    looked_at = 0

    def is_contradicted(question: T) -> bool:
        nonlocal looked_at
        looked_at += 1
        found = contradiction(question)
        if found is not None:
            seen.append(found)
        return found is not None

    always = True
    try:
        find(
            questions,
            is_contradicted,
            settings=settings(how or FIXED, deadline=None, database=None),
        )
    except NoSuchExample:
        return looked_at
    except Flaky:
        if not seen:
            raise
        always = False
    found = seen[-1]
    error = CounterexampleError.of(found.sentence, found.explanation, found.again, always=always)
    error.question, error.expected, error.answered = found.question, found.expected, found.answered
    cause = found.answered if isinstance(found.answered, Exception) else None
    raise error from cause
