"""Every kind of target says the same of one submission and of all of them, as counting tells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import target
from support_sla.answers.counting.business_time import BusinessTime
from support_sla.answers.counting.calendar_time import CalendarTime
from support_sla.answers.counting.counting import Counting, counting_of
from support_sla.answers.piecewise import Pieces, at
from support_sla.clock.timeline import Timeline
from support_sla.values.spans import merge

KINDS: list[Counting] = [BusinessTime(), CalendarTime()]
END = 40
DESK = Timeline.of([(8, 12), (13, 17)], start=0, end=24)


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    edges = st.tuples(st.integers(0, END), st.integers(0, END)).map(sorted)
    spans = draw(st.lists(edges, max_size=5))
    return Timeline.of(merge((first, last) for first, last in spans), start=0, end=END)


def counts(kind: Counting, timeline: Timeline, instant: int) -> bool:
    return not kind.stands_still or timeline.is_open(instant)


def told(pieces: Pieces, start: int, end: int) -> list[int | None]:
    return [at(pieces, t) for t in range(start, end)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@given(timelines(), st.integers(0, END), st.integers(0, END), st.integers(1, 12))
def test_a_kind_counts_what_counting_one_by_one_finds(
    kind: Counting, timeline: Timeline, one: int, two: int, amount: int
) -> None:
    first, last = sorted((one, two))
    inside = [t for t in range(first, last) if counts(kind, timeline, t)]
    assert len(inside) == kind.counted(timeline, first, last)
    after = [t for t in range(first, END) if counts(kind, timeline, t)]
    if len(after) >= amount:
        assert after[amount - 1] + 1 == kind.passed(timeline, first, amount)
        assert after[0] == kind.starts(timeline, first)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@given(timelines(), st.integers(0, END - 1), st.integers(1, 12))
def test_the_pieces_of_a_function_are_its_values(
    kind: Counting, timeline: Timeline, start: int, amount: int
) -> None:
    values = [kind.passed(timeline, t, amount) for t in range(start, END)]
    known = [value if value is not None and value <= END else None for value in values]
    assert known == told(kind.passed_pieces(timeline, amount, start, END), start, END)
    starts = [kind.starts(timeline, t) for t in range(start, END)]
    assert starts == told(kind.starts_pieces(timeline, start, END), start, END)


def test_business_time_stands_still_while_closed_and_calendar_time_never() -> None:
    business, calendar = KINDS
    assert (4, 9) == (business.counted(DESK, 8, 13), calendar.counted(DESK, 4, 13))
    assert (13, 12) == (business.starts(DESK, 12), calendar.starts(DESK, 12))
    assert (12, 12) == (business.passed(DESK, 8, 4), calendar.passed(DESK, 8, 4))
    assert (14, 13) == (business.passed(DESK, 8, 5), calendar.passed(DESK, 8, 5))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_target_is_of_the_kind_that_it_names(kind: Counting) -> None:
    assert kind == counting_of(target(counted_in=kind.name))
