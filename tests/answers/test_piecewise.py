"""Functions in pieces, over small whole numbers, compared with their values one by one."""

from __future__ import annotations

from itertools import product

import pytest

from support_sla.answers.piecewise import (
    Piece,
    Pieces,
    at,
    capped,
    clipped,
    first_past,
    first_unknown,
    piece_at,
    unknown,
)

START, END = 0, 9
RISING = Pieces.of(Piece(0, 0, 0), Piece(4, 6, 3))
FUNCTIONS: dict[str, Pieces] = {
    "one that rises": Pieces.of(Piece(0, 0, 2)),
    "one that waits": Pieces.of(Piece(0, 5, 0)),
    "one that waits past the end": Pieces.of(Piece(0, 12, 0)),
    "two": RISING,
    "a jump after an instant": Pieces.of(Piece(0, 0, 1), Piece(3, 3, 4), Piece(4, 8, 4)),
    "each instant its own": Pieces.of(*(Piece(t, t, 2 * t) for t in range(END))),
    "one not known": Pieces.of(unknown(0)),
    "an end not known": Pieces.of(Piece(0, 3, 1), unknown(6)),
    "one instant known": Pieces.of(Piece(0, 0, 0), unknown(1, for_ever=True)),
    "begun before": Pieces.of(Piece(-5, -3, 1), Piece(-1, 2, 2), Piece(7, 7, 4)),
}
EACH = pytest.mark.parametrize("pieces", FUNCTIONS.values(), ids=FUNCTIONS)


def each(pieces: Pieces) -> list[Piece]:
    return [*map(Piece, pieces.begins, pieces.los, pieces.offsets)]


def value(pieces: Pieces, t: int) -> int | None:
    """Return a value as the pieces say it: by the last that begins at t or before."""
    (*_, piece) = [piece for piece in each(pieces) if piece.begin <= t]
    return None if piece.lo is None else max(t, piece.lo) + piece.offset


def spans() -> list[tuple[int, int]]:
    return [(start, end) for end in range(START, END + 1) for start in range(START, end + 1)]


@EACH
def test_a_value_is_that_of_the_last_piece_begun(pieces: Pieces) -> None:
    assert [value(pieces, t) for t in range(START, END)] == [
        at(pieces, t) for t in range(START, END)
    ]
    for t in range(START, END):
        assert piece_at(pieces, t).at(t) == value(pieces, t)


@EACH
def test_a_clipped_function_begins_where_it_is_asked_and_keeps_its_values(pieces: Pieces) -> None:
    for start, end in spans():
        found = clipped(pieces, start, end)
        assert found.begins[:1] == ([start] if start < end else [])
        assert all(start <= begin < end for begin in found.begins)
        expected = [value(pieces, t) for t in range(start, end)]
        assert expected == [value(found, t) for t in range(start, end)]


@EACH
def test_the_first_past_a_bound_is_the_first_whose_value_is_more_or_not_known(
    pieces: Pieces,
) -> None:
    for (start, end), bound in product(spans(), range(-2, 30)):
        past = [
            t
            for t in range(start, end)
            for found in [value(pieces, t)]
            if found is None or found > bound
        ]
        assert first_past(pieces, bound, start, end) == (past[0] if past else end)


@EACH
def test_the_first_unknown_is_the_first_without_a_value(pieces: Pieces) -> None:
    for start, end in spans():
        found = [t for t in range(start, end) if value(pieces, t) is None]
        assert first_unknown(pieces, start, end) == (found[0] if found else end)


@pytest.mark.parametrize("cap", range(END - 1, 14))
def test_a_capped_function_is_the_least_of_its_value_and_the_cap(cap: int) -> None:
    for pieces in (RISING, FUNCTIONS["one that rises"], FUNCTIONS["one that waits past the end"]):
        for end in range(1, END):
            found = capped(pieces, cap, end)
            expected = [min(value(pieces, t) or 0, cap) for t in range(end)]
            assert expected == [value(found, t) for t in range(end)]
            assert all(begin < end for begin in found.begins)


@pytest.mark.parametrize("cap", [8, 9, 10])
def test_a_capped_function_is_not_known_before_it_is_and_capped_after(cap: int) -> None:
    pieces = Pieces.of(unknown(0), Piece(2, 5, 2), Piece(6, 7, 2), unknown(8))
    assert [value(capped(pieces, cap, END), t) for t in range(END)] == [
        *[None, None],
        *[7, 7, 7, 7],
        *[min(9, cap), min(9, cap)],
        cap,
    ]
    assert capped(Pieces.of(unknown(0)), cap, END) == Pieces.of(unknown(0))


@pytest.mark.parametrize("for_ever", [False, True])
def test_what_is_not_known_says_whether_it_stays_so(*, for_ever: bool) -> None:
    piece = unknown(3, for_ever=for_ever)
    assert (piece, piece.at(5)) == (Piece(3, None, int(for_ever)), None)
    assert unknown(3) == Piece(3, None, 0)
