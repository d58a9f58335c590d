"""`Timeline`: small integers, every answer worked by hand or counted tick by tick."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from support_sla import NotAnInstantError, Timeline

START, END = 0, 24
DESK = Timeline.of([(8, 12), (13, 17)], start=START, end=END)
ALWAYS = Timeline.of([(-5, 30)], start=START, end=END)
NEVER = Timeline.of([], start=START, end=END)


def open_ticks(timeline: Timeline) -> set[int]:
    pairs = zip(timeline.opens, timeline.closes, strict=True)
    return {tick for opens, closes in pairs for tick in range(opens, closes)}


@pytest.mark.parametrize(
    ("spans", "kept"),
    [
        pytest.param([(8, 12)], [(8, 12)], id="inside the window"),
        pytest.param([(-3, 2), (22, 30)], [(0, 2), (22, 24)], id="over an end of it"),
        pytest.param([(-9, 99)], [(0, 24)], id="wider than it"),
        pytest.param([(-2, 0), (24, 26)], [], id="touching it from outside"),
        pytest.param([(-2, 1), (23, 26)], [(0, 1), (23, 24)], id="one tick inside"),
        pytest.param([(0, 1), (23, 24)], [(0, 1), (23, 24)], id="at its ends"),
        pytest.param([], [], id="nothing"),
    ],
)
def test_spans_are_clipped_to_the_window(
    spans: list[tuple[int, int]], kept: list[tuple[int, int]]
) -> None:
    made = Timeline.of(spans, start=START, end=END)
    assert kept == list(zip(made.opens, made.closes, strict=True))
    assert (START, END) == (made.start, made.end)


def test_totals_are_the_readings_at_closing() -> None:
    assert (4, 8) == DESK.totals
    assert DESK.totals == tuple(map(DESK.reading, DESK.closes))


@pytest.mark.parametrize(
    ("at", "reading"),
    [
        *[(0, 0), (7, 0), (8, 0), (9, 1)],
        *[(11, 3), (12, 4), (13, 4), (14, 5)],
        *[(16, 7), (17, 8), (18, 8), (24, 8)],
    ],
)
def test_the_reading_rises_only_while_open(at: int, reading: int) -> None:
    assert reading == DESK.reading(at)


@pytest.mark.parametrize(
    ("reading", "earliest", "latest"),
    [
        pytest.param(-1, 0, None, id="less than nothing is reached at once and never undercut"),
        pytest.param(0, 0, 8, id="nothing is passed from the start until the first opening"),
        pytest.param(1, 9, 9, id="inside a segment both ends meet"),
        pytest.param(3, 11, 11, id="just before a closing"),
        pytest.param(4, 12, 13, id="at a closing: the earliest there, the latest at the opening"),
        pytest.param(5, 14, 14, id="just after an opening"),
        pytest.param(8, 17, None, id="the last closing: it may last beyond the window"),
        pytest.param(9, None, None, id="more than there is"),
    ],
)
def test_the_inverse_is_an_earliest_and_a_latest_instant(
    reading: int, earliest: int | None, latest: int | None
) -> None:
    assert (earliest, latest) == (DESK.earliest(reading), DESK.latest(reading))


@pytest.mark.parametrize(
    ("at", "is_open", "opens", "closes"),
    [
        (7, False, 8, 12),
        (8, True, 8, 12),
        (9, True, 9, 12),
        (11, True, 11, 12),
        (12, False, 13, 17),
        (13, True, 13, 17),
        (16, True, 16, 17),
        (17, False, None, None),
    ],
)
def test_a_segment_is_open_at_its_start_and_closed_at_its_end(
    at: int,
    is_open: bool,
    opens: int | None,
    closes: int | None,
) -> None:
    assert (is_open, opens, closes) == (DESK.is_open(at), DESK.next_open(at), DESK.next_close(at))


def test_an_amount_that_ends_at_a_closing_ends_there_and_not_at_the_opening() -> None:
    assert [11, 12, 14] == [DESK.add(8, amount) for amount in (3, 4, 5)]


def test_an_amount_that_reaches_back_to_an_opening_ends_there_and_not_at_the_closing() -> None:
    assert [14, 13, 11] == [DESK.subtract(17, amount) for amount in (3, 4, 5)]


@pytest.mark.parametrize("at", [0, 10, 12, 20, 24])
def test_a_zero_amount_moves_nothing(at: int) -> None:
    assert (at, at) == (DESK.add(at, 0), DESK.subtract(at, 0))


def test_an_answer_beyond_the_window_is_none() -> None:
    assert (17, None) == (DESK.add(13, 4), DESK.add(13, 5))
    assert (8, None) == (DESK.subtract(12, 4), DESK.subtract(12, 5))


def test_the_time_between_is_negative_backwards() -> None:
    assert (2, 0, -2) == (DESK.between(11, 14), DESK.between(12, 13), DESK.between(14, 11))


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        pytest.param(0, 24, [(8, 12), (13, 17)], id="all"),
        pytest.param(9, 14, [(9, 12), (13, 14)], id="clipped"),
        pytest.param(12, 13, [], id="a gap"),
        pytest.param(11, 14, [(11, 12), (13, 14)], id="over a gap"),
        pytest.param(12, 14, [(13, 14)], id="from a closing"),
        pytest.param(9, 13, [(9, 12)], id="to an opening"),
        pytest.param(17, 24, [], id="after all"),
    ],
)
def test_segments_are_clipped_to_what_is_asked(
    start: int, end: int, found: list[tuple[int, int]]
) -> None:
    assert found == DESK.segments(start, end)


def test_a_line_that_never_closes_has_no_closing() -> None:
    assert (None, None) == (ALWAYS.next_close(0), ALWAYS.next_close(23))
    assert (5, True, 24, None) == (
        ALWAYS.next_open(5),
        ALWAYS.is_open(23),
        ALWAYS.add(0, 24),
        ALWAYS.add(0, 25),
    )


def test_a_line_that_never_opens_reads_zero_and_answers_none() -> None:
    assert (0, 0, False) == (NEVER.reading(24), NEVER.between(0, 24), NEVER.is_open(8))
    assert [None] * 4 == [
        NEVER.next_open(0),
        NEVER.next_close(0),
        NEVER.add(0, 1),
        NEVER.subtract(24, 1),
    ]


@pytest.mark.parametrize(
    "timeline",
    [
        pytest.param(DESK, id="two segments"),
        pytest.param(ALWAYS, id="always open"),
        pytest.param(NEVER, id="never open"),
        pytest.param(Timeline.of([(0, 3), (20, 24)], start=0, end=24), id="open at both ends"),
        pytest.param(Timeline.of([(-9, -4), (-3, 2)], start=-10, end=5), id="before 1970"),
    ],
)
def test_every_answer_is_what_counting_ticks_finds(timeline: Timeline) -> None:
    ticks, window = open_ticks(timeline), range(timeline.start, timeline.end + 1)

    def count(start: int, end: int) -> int:
        return len(ticks & set(range(start, end)))

    for at in window:
        assert count(timeline.start, at) == timeline.reading(at)
        assert (at in ticks) == timeline.is_open(at)
        assert min((t for t in ticks if t >= at), default=None) == timeline.next_open(at)
        for amount in range(1, len(ticks) + 2):
            later = [u for u in window if u >= at and count(at, u) >= amount]
            assert min(later, default=None) == timeline.add(at, amount)
            sooner = [u for u in window if u <= at and count(u, at) >= amount]
            assert max(sooner, default=None) == timeline.subtract(at, amount)


def test_a_timeline_is_a_value() -> None:
    again = Timeline.of([(8, 12), (13, 17)], start=START, end=END)
    assert (DESK, hash(DESK)) == (again, hash(again))
    assert pickle.loads(pickle.dumps(DESK)) == DESK
    assert Timeline.of([(8, 12)], start=START, end=END) != DESK


def test_a_timeline_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        DESK.end = 25  # type: ignore[misc]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("reading", ["at"]),
        ("earliest", ["reading"]),
        ("latest", ["reading"]),
        ("add", ["at", "amount"]),
        ("subtract", ["at", "amount"]),
        ("is_open", ["at"]),
        ("next_open", ["at"]),
        ("next_close", ["at"]),
        ("segments", ["start", "end"]),
    ],
)
@pytest.mark.parametrize("value", [1.5, True, None])
def test_what_is_no_whole_number_is_refused_by_its_name(
    question: str, names: list[str], value: Any
) -> None:
    for place, name in enumerate(names):
        given: list[Any] = [1] * len(names)
        given[place] = value
        with pytest.raises(NotAnInstantError, match=f"^{name}={value} is of type"):
            getattr(DESK, question)(*given)


def test_a_beginning_and_an_end_that_are_no_whole_numbers_are_refused_by_their_names() -> None:
    with pytest.raises(NotAnInstantError, match="^start=None is of type"):
        DESK.between(None, 1)  # type: ignore[arg-type]
    with pytest.raises(NotAnInstantError, match="^start=None is of type"):
        Timeline.of([], start=None, end=1)  # type: ignore[arg-type]
    with pytest.raises(NotAnInstantError, match="^end=None is of type"):
        Timeline.of([], start=1, end=None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("spans", "said"),
    [
        ([(8, 12), (12, 17)], r"\(8, 12\), \(12, 17\)"),
        ([(8, 12), (11, 17)], r"\(8, 12\), \(11, 17\)"),
        ([(8, 17), (9, 12)], r"\(8, 17\), \(9, 12\)"),
        ([(13, 17), (8, 12)], r"\(13, 17\), \(8, 12\)"),
        ([(8, "x")], "'x'"),
        ([(8,)], r"\(8,\)"),
        ([8], "8"),
    ],
)
def test_spans_that_touch_overlap_descend_or_are_none_are_refused(spans: Any, said: str) -> None:
    with pytest.raises(NotAnInstantError, match=said):
        Timeline.of(spans, start=START, end=END)
