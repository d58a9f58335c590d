"""The algebra of spans, checked against sets of points."""

from __future__ import annotations

from itertools import combinations_with_replacement, pairwise, product

import pytest

from support_sla.values.spans import Span, merge, subtract

POINTS = range(6)
SOME_SPANS: list[Span] = [(start, end) for start in POINTS for end in POINTS]


def points(spans: list[Span]) -> set[int]:
    return {point for start, end in spans for point in range(start, end)}


def sets_of_spans() -> list[list[Span]]:
    """Return every merged list of spans between 0 and 5."""
    return [
        merge((at, at + 1) for at, kept in enumerate(bits) if kept)
        for bits in product((False, True), repeat=5)
    ]


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        pytest.param([], [], id="none"),
        pytest.param([(4, 4)], [], id="empty"),
        pytest.param([(5, 4)], [], id="reversed"),
        pytest.param([(0, 2), (3, 5)], [(0, 2), (3, 5)], id="apart"),
        pytest.param([(0, 2), (2, 5)], [(0, 5)], id="touching"),
        pytest.param([(0, 3), (2, 5)], [(0, 5)], id="overlapping"),
        pytest.param([(0, 5), (1, 2)], [(0, 5)], id="inside"),
        pytest.param([(0, 5), (0, 5)], [(0, 5)], id="twice"),
        pytest.param([(3, 5), (0, 2)], [(0, 2), (3, 5)], id="unsorted"),
        pytest.param([(0, 2), (2, 2), (3, 4)], [(0, 2), (3, 4)], id="empty between"),
        pytest.param([(-3, -1), (-1, 1)], [(-3, 1)], id="before zero"),
    ],
)
def test_merging_gives_the_sorted_disjoint_union(spans: list[Span], expected: list[Span]) -> None:
    assert expected == merge(spans)


def test_merging_any_three_spans_is_the_union_of_their_points() -> None:
    for spans in combinations_with_replacement(SOME_SPANS, 3):
        merged = merge(spans)
        assert points(list(spans)) == points(merged)
        assert all(first[1] < second[0] for first, second in pairwise(merged))


def test_merging_takes_any_iterable() -> None:
    assert [(0, 2)] == merge(span for span in [(1, 2), (0, 1)])


@pytest.mark.parametrize(
    ("cuts", "expected"),
    [
        pytest.param([], [(10, 20), (30, 40)], id="nothing"),
        pytest.param([(0, 9)], [(10, 20), (30, 40)], id="before"),
        pytest.param([(0, 10)], [(10, 20), (30, 40)], id="ending at the start"),
        pytest.param([(0, 11)], [(11, 20), (30, 40)], id="ending after the start"),
        pytest.param([(19, 25)], [(10, 19), (30, 40)], id="starting before the end"),
        pytest.param([(20, 30)], [(10, 20), (30, 40)], id="exactly the gap"),
        pytest.param([(21, 25)], [(10, 20), (30, 40)], id="inside the gap"),
        pytest.param(
            [(12, 14), (16, 18)], [(10, 12), (14, 16), (18, 20), (30, 40)], id="two holes"
        ),
        pytest.param([(15, 35)], [(10, 15), (35, 40)], id="across both"),
        pytest.param([(10, 20)], [(30, 40)], id="exactly one"),
        pytest.param([(0, 50)], [], id="everything"),
        pytest.param([(50, 60)], [(10, 20), (30, 40)], id="after"),
    ],
)
def test_subtracting_leaves_what_no_cut_covers(cuts: list[Span], expected: list[Span]) -> None:
    assert expected == subtract([(10, 20), (30, 40)], cuts)


def test_subtracting_any_set_from_any_other_is_the_difference_of_their_points() -> None:
    for spans, cuts in product(sets_of_spans(), repeat=2):
        left = subtract(spans, cuts)
        assert points(spans) - points(cuts) == points(left)
        assert merge(left) == left


def test_subtracting_changes_neither_argument() -> None:
    spans, cuts = [(0, 10)], [(2, 3)]
    subtract(spans, cuts)
    assert ([(0, 10)], [(2, 3)]) == (spans, cuts)
