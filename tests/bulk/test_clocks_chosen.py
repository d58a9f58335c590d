"""Columns of business time: boundaries, kinds of columns, and what is refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from builders import calendar, day_data
from support_sla import (
    Clock,
    InstantOutOfRangeError,
    NeverOpensError,
    NotAModelError,
    Schedule,
    YearsNotCoveredError,
    load_policy,
)
from support_sla.errors import ColumnError, InstantError

np = pytest.importorskip("numpy")

from support_sla import bulk  # noqa: E402  needs numpy
from support_sla.bulk.adding import _GrowingHours  # noqa: E402
from support_sla.bulk.asking.answering import THREADED  # noqa: E402
from support_sla.bulk.asking.instant_columns import InstantColumns  # noqa: E402
from support_sla.bulk.lookup.lookup import CHUNK  # noqa: E402

OFFICE = Clock(Schedule("Mo-Fr 09:00-17:00"), timezone="Europe/Paris")
OF_2026 = Clock(
    Schedule("Mo-Fr 09:00-17:00"), timezone="UTC", calendars=[calendar(day_data("2026-05-05"))]
)
HOUR = dt.timedelta(hours=1)
NO_WAY: Any = "skip"
NO_CLOCK: Any = "office"


def at(*texts: str, unit: str = "s") -> Any:
    return np.array(texts, f"datetime64[{unit}]")


def test_the_time_between_is_nothing_outside_the_hours_and_negative_backwards() -> None:
    first = at("2026-03-02T08:00", "2026-03-02T17:00", "2026-03-02T16:00", "2026-03-02T10:00")
    last = at("2026-03-02T09:00", "2026-03-03T09:00", "2026-03-03T09:00", "2026-03-02T09:00")
    found = bulk.between(first, last, OFFICE, timezone="Europe/Paris")
    assert found.tolist() == [0 * HOUR, 0 * HOUR, HOUR, -HOUR]


def test_the_end_of_the_covered_years_may_be_asked_for_but_not_from() -> None:
    start, end = at("2026-12-31T16:00"), at("2027-01-01")
    assert bulk.between(start, end, OF_2026, timezone="UTC").tolist() == [HOUR]
    assert bulk.add(end, -HOUR, OF_2026, timezone="UTC").tolist() == [dt.datetime(2026, 12, 31, 16)]
    asks: tuple[Any, ...] = (
        lambda: bulk.is_open(end, OF_2026, timezone="UTC"),
        lambda: bulk.add(end, 0 * HOUR, OF_2026, timezone="UTC"),
        lambda: bulk.add(start, 2 * HOUR, OF_2026, timezone="UTC"),
        lambda: bulk.between(start, end + 1, OF_2026, timezone="UTC"),
    )
    for ask in asks:
        with pytest.raises(YearsNotCoveredError, match="row 0: "):
            ask()


def test_years_that_no_calendar_covers_are_refused_row_by_row() -> None:
    first = at("2020-01-01", "NaT")
    assert np.isnat(bulk.between(first, first, OF_2026, timezone="UTC", on_error="null")).all()
    assert not bulk.is_open(first, OF_2026, timezone="UTC", on_error="null").any()
    assert np.isnat(bulk.add(first, HOUR, OF_2026, timezone="UTC", on_error="null")).all()
    with pytest.raises(YearsNotCoveredError, match="year 2020 is before"):
        bulk.is_open(first, OF_2026, timezone="UTC")


@pytest.mark.parametrize("hours", [-1_000, -8, 0, 8, 1_000, 20_000])
def test_an_amount_leads_to_the_instant_of_the_clock_however_far(hours: int) -> None:
    sent = at("2026-03-02T17:00", "2026-03-02T09:00", "2026-07-04T12:00", unit="us")
    found = bulk.add(sent, hours * HOUR, OFFICE, timezone="Europe/Paris")
    expected = [
        OFFICE.add(each.replace(tzinfo=OFFICE.timezone), hours * HOUR).replace(tzinfo=None)
        for each in sent.tolist()
    ]
    assert found.tolist() == expected


def test_amounts_of_each_row_may_go_both_ways_and_be_missing() -> None:
    sent = at("2026-03-02T10:00", "2026-03-02T10:00", "2026-03-02T10:00", "NaT")
    by = np.array([3_600, -3_600, "NaT", 0], "timedelta64[s]")
    found = bulk.add(sent, by, OFFICE, timezone="Europe/Paris")
    assert found.tolist() == [dt.datetime(2026, 3, 2, 11), dt.datetime(2026, 3, 2, 9), None, None]


def test_a_clock_that_never_opens_cannot_be_moved_on() -> None:
    never = Clock(Schedule({}), timezone="UTC")
    with pytest.raises(NeverOpensError):
        bulk.add(at("2026-03-02"), HOUR, never, timezone="UTC")
    assert bulk.between(at("2026-03-02"), at("2026-04-02"), never, timezone="UTC").tolist() == [
        0 * HOUR
    ]
    assert bulk.is_open(at("2026-03-02"), never, timezone="UTC").tolist() == [False]


def test_hours_of_a_year_without_any_lead_on_to_the_next() -> None:
    days = [{"date": "2027-05-05", "name": "open", "open": "09:00-10:00"}]
    once = Clock(Schedule({}), timezone="UTC", calendars=[calendar(*days, years=[2025, 2027])])
    found = bulk.add(at("2026-03-02"), HOUR, once, timezone="UTC")
    assert found.tolist() == [dt.datetime(2027, 5, 5, 10)]
    with pytest.raises(YearsNotCoveredError):
        bulk.add(at("2026-03-02"), -HOUR, once, timezone="UTC")


def test_more_time_than_a_thousand_years_have_is_refused_at_once() -> None:
    with pytest.raises(InstantOutOfRangeError):
        bulk.add(np.array([0]), np.array([2**62]), OFFICE)


def test_an_answer_on_the_clock_of_the_column_is_shown_by_it_over_a_change() -> None:
    sent = at("2026-03-27T16:30")  # a Friday; clocks go forward on Sunday
    assert bulk.add(sent, HOUR, OFFICE, timezone="Europe/Paris").tolist() == [
        dt.datetime(2026, 3, 30, 9, 30)
    ]


def test_local_times_in_doubt_are_refused_or_read_by_fold() -> None:
    twice = at("2026-10-25T02:30")
    with pytest.raises(InstantError, match="shown twice"):
        bulk.is_open(twice, OFFICE, timezone="Europe/Paris")
    gap = bulk.between(
        twice,
        at("2026-10-25T04:30"),
        Clock(Schedule("24/7"), timezone="UTC"),
        timezone="Europe/Paris",
        fold=0,
    )
    assert gap.tolist() == [3 * HOUR]


def test_nanoseconds_are_counted_where_64_bits_hold_them() -> None:
    around = Clock(Schedule("24/7"), timezone="UTC")
    one = at("2026-03-02T10:00", unit="ns")
    assert bulk.between(one, one + 1, around, timezone="UTC").astype(int).tolist() == [1]
    assert (
        bulk.add(one, HOUR, OFFICE, timezone="Europe/Paris").astype(int)[0] - one.astype(int)[0]
        == 3_600 * 10**9
    )
    with pytest.raises(InstantOutOfRangeError, match="nanoseconds"):
        bulk.is_open(at("1677-10-01", unit="ns"), around, timezone="UTC")


def test_instants_that_no_datetime_can_be_are_refused() -> None:
    with pytest.raises(InstantOutOfRangeError, match="row 1: instant="):
        bulk.is_open(np.array([0, 2**62]), OFFICE)


def test_a_span_of_more_than_a_thousand_years_is_refused_as_a_whole() -> None:
    with pytest.raises(InstantOutOfRangeError, match="more than 1000 at once"):
        bulk.is_open(at("0800-01-01", "2026-01-01"), OFFICE, timezone="UTC")


def test_columns_longer_than_a_chunk_are_counted_by_threads_too() -> None:
    sent = np.arange(2 * THREADED * CHUNK) * 600 + 1_767_225_600
    one, two = (bulk.add(sent, HOUR, OFFICE, unit="s", threads=each) for each in (1, 2))
    assert one.tolist() == two.tolist()


@pytest.mark.parametrize(
    ("ask", "kind", "said"),
    [
        (
            lambda: bulk.between(at("2026-01-01"), at(), OFFICE, timezone="UTC"),
            ColumnError,
            "end has 0 rows beside 1",
        ),
        (
            lambda: bulk.between(
                at("2026-01-01"), at("2026-01-01", unit="ms"), OFFICE, timezone="UTC"
            ),
            ColumnError,
            "end is in 'ms, UTC' beside start in 's, UTC'",
        ),
        (
            lambda: bulk.between(
                at("2026-01-01"), np.array([1]), OFFICE, unit="s", timezone="Europe/Paris"
            ),
            ColumnError,
            "leave timezone out",
        ),
        (
            lambda: bulk.add(
                at("2026-01-01"), dt.timedelta(milliseconds=1), OFFICE, timezone="UTC"
            ),
            ColumnError,
            "no amount of time in whole 's'",
        ),
        (
            lambda: bulk.add(at("2026-01-01"), np.array([1.5]), OFFICE, timezone="UTC"),
            ColumnError,
            "'float64', no amount",
        ),
        (
            lambda: bulk.add(at("2026-01-01"), np.array([[1]]), OFFICE, timezone="UTC"),
            ColumnError,
            "2 dimensions",
        ),
        (
            lambda: bulk.add(at("2026-01-01"), np.array([1, 2]), OFFICE, timezone="UTC"),
            ColumnError,
            "amount has 2 rows",
        ),
        (
            lambda: bulk.is_open(at("2026-01-01"), OFFICE, timezone="UTC", on_error=NO_WAY),
            ColumnError,
            "on_error='skip'",
        ),
        (
            lambda: bulk.is_open(at("2026-01-01"), NO_CLOCK, timezone="UTC"),
            NotAModelError,
            "clock is no Clock",
        ),
    ],
)
def test_what_no_clock_can_be_asked_is_refused_with_the_way_out(
    ask: Any, kind: Any, said: str
) -> None:
    with pytest.raises(kind) as caught:
        ask()
    assert said in str(caught.value)


def test_the_open_hours_of_years_are_a_timeline() -> None:
    line = OFFICE.timeline(2026, 2026)
    assert line.totals[-1] == OFFICE.between(
        "2026-01-01T00:00+01:00", "2027-01-01T00:00+01:00"
    ) // dt.timedelta(microseconds=1)
    with pytest.raises(InstantOutOfRangeError):
        OFFICE.timeline(2027, 2026)


def test_a_line_whose_hours_know_no_year_of_the_column_is_refused() -> None:
    made = load_policy("azdigi")
    sent = at("2500-01-01T10:00")
    with pytest.raises(YearsNotCoveredError):
        bulk.overdue(sent, sent, made, line=("billing", "ticket"), timezone="UTC")


def test_an_amount_that_leads_past_a_thousand_years_of_the_column_is_refused() -> None:
    sent = at("1001-06-03T10:00", "1996-06-03T10:00")
    with pytest.raises(
        InstantOutOfRangeError, match="row 1: the question spans the years 1001 to 1996"
    ):
        bulk.add(sent, 50_000 * HOUR, OFFICE, timezone="UTC")


def test_years_that_another_thread_has_added_are_taken_from_it() -> None:
    asked = InstantColumns.of({"start": np.array([0])}, None, None, "s", lambda *_: None)
    growing = _GrowingHours(OFFICE, asked, 1)
    first = growing._held
    assert first is not None
    wider = growing._wider(first)
    assert (growing._wider(first) is wider, wider.last_year > first.last_year) == (True, True)
