"""`Asked`: which line, priority and attributes each row of a column asks for, as one small number.

What is the same for all rows is a text; what differs is a column, in which few values repeat. Every
combination of these values is one question; combinations that hold the same rules share a number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np

from support_sla.answers.question import Question
from support_sla.bulk.columns.codes import Codes
from support_sla.errors import ColumnError, NotAModelError, SupportSlaError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from support_sla.bulk.lookup.lookup import Column
    from support_sla.bulk.lookup.rows import Int64s
    from support_sla.policy.metrics import Metric
    from support_sla.policy.policy import Policy

MOST_COMBINATIONS = 4_096
"""With more, only those that occur are looked at."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions that rows ask, and which of them each row does.

    `columns` are the codes of what differs from row to row, `sizes` how many values each has;
    `places[c]` is the place in `questions` of combination c, or -1 - the place in `refusals` of the
    error with which it is refused.
    """

    questions: tuple[Question, ...]
    refusals: tuple[SupportSlaError, ...]
    places: Int64s
    columns: tuple[Column, ...]
    sizes: tuple[int, ...]

    @property
    def is_as_coded(self) -> bool:
        """Whether each combination has a question of its own, in order."""
        return np.array_equal(self.places, np.arange(len(self.places)))

    @classmethod
    def of(  # noqa: PLR0913, PLR0917  what a question is made of, and of how many rows
        cls,
        policy: Policy,
        line: object,
        priority: object,
        attributes: object,
        metric: Metric,
        length: int,
    ) -> Asked:
        """Return what `length` rows ask of a policy.

        What all rows ask must be right: raises as `Question.of` does; and `ColumnError` for columns
        of another length, or of anything but texts.
        """
        given = _given(line, priority, attributes)
        columns = {
            name: Codes.read(name, value)
            for name, value in given.items()
            if value is not None and not isinstance(value, str)
        }
        for name, column in columns.items():
            if len(column) != length:
                raise ColumnError.length(name, len(column), length)
        names: list[str] = list(attributes) if isinstance(attributes, Mapping) else []

        def question(combination: Sequence[int]) -> Question:
            """Return the question of a combination of codes, one for each column."""
            codes = iter(combination)
            chosen: list[Any] = [
                columns[name].values[next(codes)] if name in columns else given[name]
                for name in given
            ]
            department, channel, asked, *rest = chosen
            if isinstance(department, tuple):  # codes of whole lines
                department, channel = department
            own = dict(zip(names, rest, strict=True))
            return Question.of(policy, department, channel, asked, own, metric)

        if not columns:
            return cls((question(()),), (), np.zeros(1, np.int64), (), ())
        codes = tuple(column.codes for column in columns.values())
        sizes = tuple(len(column.values) for column in columns.values())
        if prod(sizes) <= MOST_COMBINATIONS:
            return cls(*_distinct(question, [*product(*map(range, sizes))]), codes, sizes)
        combinations, occurring = _occurring(codes, sizes)
        return cls(*_distinct(question, combinations), (occurring,), (len(combinations),))

    def lines(self, start: int, end: int) -> Column | None:
        """Return what some rows ask, as `places` has it; None if all rows ask the one question."""
        if len(self.questions) == 1 and not self.refusals:
            return None
        if len(self.columns) == 1 and self.is_as_coded:
            return self.columns[0][start:end]
        return self.places.take(
            _combined([column[start:end] for column in self.columns], self.sizes)
        )


def _given(line: object, priority: object, attributes: object) -> dict[str, object]:
    """Return what is asked by the name of its argument; a line of one part is of channel 'ticket'."""
    if line is None:
        raise ColumnError.no_line()
    if attributes is not None and not isinstance(attributes, Mapping):
        raise NotAModelError.attributes(attributes)
    pair = line if isinstance(line, tuple) and len(line) == 2 else (line, "ticket")
    given = dict(zip(("department", "channel", "priority"), (*pair, priority), strict=True))
    return given | {f"attributes[{name!r}]": value for name, value in (attributes or {}).items()}


def rules_of(question: Question) -> tuple[Any, ...]:
    """Return what distinguishes a question from those that have other answers."""
    return question.department, question.channel, question.held


def _distinct(
    question: Callable[[Sequence[int]], Question], combinations: Sequence[tuple[int, ...]]
) -> tuple[tuple[Question, ...], tuple[SupportSlaError, ...], Int64s]:
    """Return the questions that hold different rules, the errors of others, and the place of each."""
    questions: dict[object, Question] = {}
    refusals: list[SupportSlaError] = []
    places = np.empty(len(combinations), np.int64)
    keys: dict[object, int] = {}
    for at, combination in enumerate(combinations):
        try:
            asked = question(combination)
        except SupportSlaError as error:
            refusals.append(error)
            places[at] = -len(refusals)
            continue
        key = rules_of(asked)
        questions.setdefault(key, asked)
        places[at] = keys.setdefault(key, len(keys))
    return tuple(questions.values()), tuple(refusals), places


def _occurring(
    columns: Sequence[Column], sizes: Sequence[int]
) -> tuple[list[tuple[int, ...]], Int64s]:
    """Return the combinations of codes that occur, and the place of that of each row.

    Column by column, so that no number is larger than the rows times the values of one column.
    """
    found: list[Int64s] = []
    places = np.zeros(len(columns[0]), np.int64)
    for column, size in zip(columns, sizes, strict=True):
        numbers, places = np.unique(_combined((places, column), (0, size)), return_inverse=True)
        found = [*(codes[numbers // size] for codes in found), numbers % size]
    return list(zip(*(codes.tolist() for codes in found), strict=True)), places


def _combined(columns: Sequence[Column], sizes: Sequence[int]) -> Int64s:
    """Return the number of the combination of codes in each row."""
    found = columns[0].astype(np.int64)
    for column, size in zip(columns[1:], sizes[1:], strict=True):
        found *= size
        found += column
    return found
