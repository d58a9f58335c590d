"""Every kind of target says the same of one submission and of all of them, as counting tells."""

from __future__ import annotations

from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import target
from support_sla import Schedule, Target
from support_sla.answers.counting.business_days import DaysCounted
from support_sla.answers.counting.business_time import BusinessTime
from support_sla.answers.counting.calendar_time import CalendarTime
from support_sla.answers.counting.counting import Counting, counting_of, stands_still
from support_sla.answers.piecewise import Pieces, at
from support_sla.calendars.opening_hours import OpeningHours
from support_sla.clock.timeline import Timeline
from support_sla.clock.window import LineHours
from support_sla.values.spans import merge

Kind = type[BusinessTime] | type[CalendarTime]

KINDS: list[Kind] = [BusinessTime, CalendarTime]
END = 40
DESK = Timeline.of([(8, 12), (13, 17)], start=0, end=24)


def kinds(amount: int = 0) -> list[Counting]:
    return [kind(DESK, amount, None) for kind in KINDS]


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    edges = st.tuples(st.integers(0, END), st.integers(0, END)).map(sorted)
    spans = draw(st.lists(edges, max_size=5))
    return Timeline.of(merge((first, last) for first, last in spans), start=0, end=END)


def counts(kind: Kind, timeline: Timeline, instant: int) -> bool:
    return kind is CalendarTime or timeline.is_open(instant)


def told(pieces: Pieces, start: int, end: int) -> list[int | None]:
    return [at(pieces, t) for t in range(start, end)]


@pytest.mark.parametrize("kind", KINDS)
@given(timelines(), st.integers(0, END), st.integers(0, END), st.integers(1, 12))
def test_a_kind_counts_what_counting_one_by_one_finds(
    kind: Kind, timeline: Timeline, one: int, two: int, amount: int
) -> None:
    counting = kind(timeline, amount, amount)
    first, last = sorted((one, two))
    inside = [t for t in range(first, last) if counts(kind, timeline, t)]
    assert len(inside) == counting.counted(first, last)
    after = [t for t in range(first, END) if counts(kind, timeline, t)]
    if len(after) >= amount:
        passed = counting.passed(first, amount)
        assert after[amount - 1] + 1 == passed
        assert (passed, passed) == (counting.due(first), counting.earliest(first))
        assert after[0] == counting.starts(first)


@pytest.mark.parametrize("kind", KINDS)
@given(timelines(), st.integers(0, END - 1), st.integers(1, 12))
def test_the_pieces_of_a_function_are_its_values(
    kind: Kind, timeline: Timeline, start: int, amount: int
) -> None:
    counting = kind(timeline, amount, amount)
    values = [counting.due(t) for t in range(start, END)]
    known = [value if value is not None and value <= END else None for value in values]
    assert known == told(counting.due_pieces(start, END), start, END)
    assert known == told(counting.earliest_pieces(start, END) or Pieces(), start, END)
    starts = [counting.starts(t) for t in range(start, END)]
    assert starts == told(counting.starts_pieces(start, END), start, END)


@pytest.mark.parametrize("kind", KINDS)
def test_a_zero_target_is_due_at_the_submission_and_may_have_no_earliest(kind: Kind) -> None:
    zero, none = kind(DESK, 0, 0), kind(DESK, 0, None)
    assert (True, False) == (zero.is_zero, kind(DESK, 1, None).is_zero)
    assert [*range(24)] == told(zero.due_pieces(0, 24), 0, 24)
    assert zero.starts_pieces(0, 12) == zero.earliest_pieces(0, 12)
    assert None is none.earliest_pieces(0, 12)


def test_business_time_stands_still_while_closed_and_calendar_time_never() -> None:
    business, calendar = kinds()
    assert (4, 9) == (business.counted(8, 13), calendar.counted(4, 13))
    assert (13, 12) == (business.starts(12), calendar.starts(12))
    assert (12, 12) == (business.passed(8, 4), calendar.passed(8, 4))
    assert (14, 13) == (business.passed(8, 5), calendar.passed(8, 5))


@pytest.mark.parametrize("kind", KINDS)
def test_another_unit_scales_the_amounts_and_takes_its_own_timeline(kind: Kind) -> None:
    fine = Timeline.of([(80, 120), (130, 170)], start=0, end=240)
    assert kind(fine, 30, 20) == kind(DESK, 3, 2).in_unit(fine, lambda amount: 10 * amount)
    assert kind(fine, 30, None) == kind(DESK, 3, None).in_unit(fine, lambda amount: 10 * amount)


WINDOW = LineHours.of(OpeningHours(Schedule("Mo-Fr 08:00-17:00").week), UTC).window(2026, 2026)


def test_a_target_is_of_the_kind_that_it_names() -> None:
    within = {"within": "1 business day", "by": "close"}
    made = [target(), target(counted_in="calendar_time"), Target.model_validate(within)]
    assert [BusinessTime, CalendarTime, DaysCounted] == [
        type(counting_of(each, WINDOW)) for each in made
    ]
    assert [True, False, True] == [stands_still(each) for each in made]
    days = counting_of(made[2], WINDOW)
    assert (False, None, None) == (days.is_zero, days.earliest(0), days.earliest_pieces(0, 1))
