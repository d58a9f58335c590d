"""What one rule gives every submission, over small whole numbers: known only inside its hours."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from support_sla.answers.counting.business_time import BusinessTime
from support_sla.answers.counting.calendar_time import CalendarTime
from support_sla.answers.piecewise import Pieces, piece_at
from support_sla.answers.promise import Answer
from support_sla.answers.table.columns import Columns
from support_sla.answers.table.rows import (
    FOR_EVER,
    Functions,
    Known,
    Row,
    TableInput,
    functions_of,
)
from support_sla.clock.timeline import Timeline

START, END, KNOWN_TO = 2, 18, 24
SPANS = [(1, 4), (6, 9), (12, 15), (16, 22)]
WINDOWS = {
    "as long as asked": (0, 24),
    "beginning later": (5, 24),
    "ending before": (0, 13),
    "ending at the end": (0, 18),
    "inside": (5, 13),
    "before": (0, 2),
    "after": (18, 24),
    "beginning at the start": (2, 24),
}
COUNTED: dict[str, Callable[[Timeline], BusinessTime | CalendarTime]] = {
    "hours": lambda hours: BusinessTime(hours, 2, 1),
    "no hours": lambda hours: BusinessTime(hours, 0, 0),
    "more than there is": lambda hours: BusinessTime(hours, 99, None),
    "calendar hours": lambda hours: CalendarTime(hours, 3, None),
}


def values(pieces: Pieces | None, end: int) -> list[tuple[int, int | None, bool]]:
    """Return each submission with its value, and whether it stays unknown however many years there are."""
    found = []
    for t in range(START, end):
        piece = piece_at(pieces or Pieces(), t)
        found.append((t, piece.at(t), piece.lo is None and bool(piece.offset)))
    return found


@pytest.mark.parametrize("is_all", [False, True])
@pytest.mark.parametrize("crossing", ["submission", "in_order"])
@pytest.mark.parametrize("window", WINDOWS.values(), ids=WINDOWS)
@pytest.mark.parametrize("kind", COUNTED)
def test_a_function_is_known_inside_the_hours_of_its_rule(
    kind: str, window: tuple[int, int], crossing: str, *, is_all: bool
) -> None:
    start, end = window
    counting = COUNTED[kind](Timeline.of(SPANS, start=start, end=end))
    source = TableInput({0: Known(counting, is_all)}, crossing, (0,), (0,), START, END, KNOWN_TO)
    functions = functions_of(source, 0)
    asked = KNOWN_TO if crossing == "in_order" else END
    for pieces, meaning in ((functions.starts, counting.starts), (functions.due, counting.due)):
        expected = []
        for t in range(START, asked):
            value = meaning(t) if start <= t < end else None
            known = None if value is None or value > end else value
            expected.append((t, known, known is None and (is_all or t < start)))
        assert values(pieces, asked) == expected
    is_in = max(start, START) < min(end, asked)
    assert functions.is_zero == (kind == "no hours" and is_in)
    assert (functions.earliest is None) == (counting.earliest_after is None or not is_in)


def test_the_functions_of_a_rule_whose_hours_are_not_known_give_nothing() -> None:
    source = TableInput({}, "submission", (0,), (7,), START, END, KNOWN_TO)
    functions = functions_of(source, 7)
    assert values(functions.starts, END) == [(t, None, True) for t in range(START, END)]
    assert values(functions.due, END) == [(t, None, True) for t in range(START, END)]
    assert (functions.earliest, functions.is_zero) == (None, False)


@pytest.mark.parametrize("kind", COUNTED)
def test_rows_answer_as_the_functions_they_are_made_of(kind: str) -> None:
    counting = COUNTED[kind](Timeline.of(SPANS, start=0, end=KNOWN_TO))
    source = TableInput({0: Known(counting, False)}, "submission", (0,), (0,), START, END, KNOWN_TO)
    functions = functions_of(source, 0)
    made = Columns()
    made.add_functions(0, functions, START, END)
    rows = [*made]
    for t in range(START, END):
        (*_, row) = [row for row in rows if row.begin <= t]
        due, starts = counting.due(t), counting.starts(t)
        if due is None or starts is None:
            assert row == Row(row.begin, row.rule, row.begin, None, None, row.begin, 0)
            continue
        earliest = None
        if functions.earliest is not None:
            earliest = due if counting.is_zero else counting.earliest(t)
        assert row.answer(t) == Answer(starts, earliest, due, 0)
    nothing = Columns()
    nothing.add_functions(0, functions, START, START)
    assert [*nothing] == []


def test_a_zero_target_promises_no_earliest_after_its_due() -> None:
    pieces = functions_of(
        TableInput(
            {0: Known(BusinessTime(Timeline.of(SPANS, start=0, end=24), 0, 0), False)},
            "submission",
            (0,),
            (0,),
            START,
            END,
            KNOWN_TO,
        ),
        0,
    )
    assert pieces.promised_earliest() == pieces.due
    assert Functions(Pieces(), None, pieces.due, is_zero=True).promised_earliest() is None
    assert FOR_EVER == -3
