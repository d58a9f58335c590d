"""The lines of a policy as look-ups: what each question answers, compiled for a column."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from support_sla.answers.line import Line
from support_sla.answers.reigns import BEYOND
from support_sla.answers.table.build import NANOSECOND_YEARS, check_span
from support_sla.answers.table.table import AnswerTable, answer_table
from support_sla.bulk.lookup.growing import Growing, years_of
from support_sla.bulk.lookup.local import LocalClock
from support_sla.bulk.lookup.lookup import Lookup
from support_sla.bulk.lookup.rows import FOREVER, Rows, rows_of_table
from support_sla.values.dates import FIRST_YEAR, LAST_YEAR, day_number
from support_sla.values.units import Unit, day_in

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    from support_sla.answers.question import Question
    from support_sla.bulk.lookup.local import Fold

    Tell: TypeAlias = Callable[[Question, int], int]


@dataclass(frozen=True, slots=True)
class Form:
    """What a column is like, and what is asked of it.

    `instants` are those of `INSTANTS` that are wanted; `zone` is the clock that the column shows,
    None if its numbers count from 1970 UTC.
    """

    instants: tuple[str, ...]
    unit: Unit
    zone: dt.tzinfo | None = None
    fold: Fold = None


def told_targets(questions: Sequence[Question]) -> tuple[tuple[str, ...], Tell]:
    """Return the names of all targets of some questions, and what gives the place of a rule's."""
    names = [target.name for question in questions for target in question.targets]
    places = {name: at for at, name in enumerate(dict.fromkeys(names))}

    def place(question: Question, rule: int) -> int:
        return places[question.targets[rule].name]

    return tuple(places), place


def growing_lines(questions: Sequence[Question], form: Form, tell: Tell) -> Growing:
    """Return what answers columns about some questions, of which nothing is compiled so far.

    `tell` gives the number that is told of a rule of a question. Raises as `AnswerTable.of` does for
    a unit that cannot hold an amount of a line.
    """
    known = _known_years(questions, form)
    return Growing(
        partial(_lookup, questions, known, form, tell),
        min(first for first, _ in known),
        max(last for _, last in known),
        form.unit,
    )


def lookup_of_years(
    questions: Sequence[Question], first_year: int, last_year: int, form: Form, tell: Tell
) -> Lookup:
    """Return the look-up of some questions in some years, compiled at once; raise as `growing_lines`."""
    known = _known_years(questions, form)
    return _lookup(questions, known, form, tell, first_year, last_year)


def growing_lookup(lookup: Lookup, first_year: int, last_year: int, form: Form) -> Growing:
    """Return what answers columns from a look-up that is there, in its years alone."""
    return Growing(lambda *_: lookup, first_year, last_year, form.unit)


def growing_table(table: AnswerTable, form: Form) -> Growing:
    """Return what answers columns from a table that is there, in its years alone.

    What is told of a rule is its place.
    """
    rows = _on_its_clock(rows_of_table(table, form.instants, lambda rule: rule), form)
    return growing_lookup(Lookup.of([rows]), table.first_year, table.last_year, form)


def _known_years(questions: Sequence[Question], form: Form) -> list[tuple[int, int]]:
    """Return the years in which each question can be answered; raise for a unit that is too coarse."""
    lines = [Line.of(question) for question in questions]
    served = NANOSECOND_YEARS if form.unit == "ns" else (FIRST_YEAR, LAST_YEAR)
    known = [
        (max(line.coverage.first, served[0]), min(line.coverage.last, served[1])) for line in lines
    ]
    for line, (first, last) in zip(lines, known, strict=True):
        if first <= last:
            check_span(line, first, first, form.unit)
    return known


def _lookup(  # noqa: PLR0913, PLR0917  what is compiled, in which form and for which years
    questions: Sequence[Question],
    known: Sequence[tuple[int, int]],
    form: Form,
    tell: Tell,
    first_year: int,
    last_year: int,
) -> Lookup:
    made = []
    for question, (first, last) in zip(questions, known, strict=True):
        years = max(first_year, first), min(last_year, last)
        if years[0] > years[1]:
            made.append(unknown_rows(first_year, last_year, form))
            continue
        table = answer_table(question, *years, form.unit)
        made.append(rows_of_table(table, form.instants, partial(tell, question)))
    return Lookup.of([_on_its_clock(rows, form) for rows in made])


def unknown_rows(first_year: int, last_year: int, form: Form) -> Rows:
    """Return a row that says of all instants of some years that no calendar covers them."""
    start, end = (
        day_number(dt.date(year, 1, 1)) * day_in(form.unit) for year in (first_year, last_year + 1)
    )
    count = len(form.instants)
    nothing, one = np.array([FOREVER]), np.array([1])
    return Rows.of(np.array([start]), end, np.array([BEYOND]), [nothing] * count, [one] * count)


def _on_its_clock(rows: Rows, form: Form) -> Rows:
    """Return rows on the clock that a column shows."""
    if form.zone is None:
        return rows
    ends = rows.ends - 1
    dues = [
        np.where(wait < FOREVER, np.maximum(ends, wait) + after, ends)
        for wait, after in zip(rows.waits, rows.afters, strict=True)
    ]
    corners = np.array([rows.begins[0], *(int(due.max()) for due in dues), rows.end])
    years = np.clip(years_of(corners, form.unit), FIRST_YEAR, LAST_YEAR)
    first, last = int(years.min()), int(years.max())
    return LocalClock.of(form.zone, first, last, form.unit, form.fold).localised(rows)
