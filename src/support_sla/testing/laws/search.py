"""Look for a question that a function answers otherwise than the policy, and shrink it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
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


class Unanswered(Enum):
    """What is said of a question whose right answer lies past the years that the calendars cover."""

    PAST_THE_YEARS = auto()


def refuse_counterexamples(
    questions: st.SearchStrategy[T],
    contradiction: Callable[[T], Counterexample | Unanswered | None],
    how: settings | None,
) -> int:
    """Raise `CounterexampleError` for the simplest question found that is contradicted.

    Returns how many questions were compared, if none is. Raises `ValueError` if none could be.
    """
    seen: list[Counterexample] = []
    compared = 0

    def is_contradicted(question: T) -> bool:
        nonlocal compared
        found = contradiction(question)
        compared += found is not Unanswered.PAST_THE_YEARS
        if isinstance(found, Counterexample):
            seen.append(found)
            return True
        return False

    always = True
    try:
        find(
            questions,
            is_contradicted,
            settings=settings(how or FIXED, deadline=None, database=None),
        )
    except NoSuchExample:
        if compared:
            return compared
        message = "no question could be compared: every answer lies past the years of the calendars"
        raise ValueError(f"{message}; extend their years, or ask about earlier ones") from None
    except Flaky:  # it was contradicted once, for nothing else can be asked again and differ
        always = False
    found = seen[-1]
    error = CounterexampleError.of(found.sentence, found.explanation, found.again, always=always)
    error.question, error.expected, error.answered = found.question, found.expected, found.answered
    cause = found.answered if isinstance(found.answered, Exception) else None
    raise error from cause
