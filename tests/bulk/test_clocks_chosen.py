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
    UnitError,
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


def test_an_instant_too_far_from_the_others_is_refused_by_itself() -> None:
    sent = at("0800-01-01", *["2026-01-05T10:00"] * 2)
    found = bulk.is_open(sent, OFFICE, timezone="Europe/Paris", on_error="null")
    assert found.tolist() == [False, True, True]
    with pytest.raises(InstantOutOfRangeError, match="row 0: instant=0800-01-01 .* too far from"):
        bulk.is_open(sent, OFFICE, timezone="Europe/Paris")


def test_nanoseconds_of_more_years_than_64_bits_hold_are_answered_around_their_middle() -> None:
    sent = at("1700-01-04T10:00", *["2200-01-06T10:00"] * 2, unit="ns")
    always = Clock(Schedule("24/7"), timezone="UTC")
    assert bulk.is_open(sent, always, timezone="UTC", on_error="null").tolist() == [
        False,
        True,
        True,
    ]
    moved = bulk.add(
        sent[:1], dt.timedelta(days=290 * 366), always, timezone="UTC", on_error="null"
    )
    assert np.isnat(moved).all()


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


def test_an_amount_that_leads_too_far_from_the_column_is_refused() -> None:
    sent = at("1001-06-03T10:00", "1996-06-03T10:00")
    with pytest.raises(InstantOutOfRangeError, match="row 1: instant=1996-06-03 .* too far from"):
        bulk.add(sent, 50_000 * HOUR, OFFICE, timezone="UTC")


@pytest.mark.parametrize("amount", [2**62, 2**63 - 1, -(2**63) + 1])
def test_amounts_that_no_timedelta_can_be_are_refused(amount: int) -> None:
    with pytest.raises(InstantOutOfRangeError, match="row 0: "):
        bulk.add(np.array([0, 0]), np.array([amount, 1]), OFFICE, unit="s")


def test_the_lowest_amount_of_64_bits_is_no_null() -> None:
    with pytest.raises(InstantOutOfRangeError, match="2 rows have no answer"):
        bulk.add(np.array([0, 0]), dt.timedelta(microseconds=-(2**63)), OFFICE)


@pytest.mark.parametrize("local", ["9998-06-02", "9999-06-02", "0002-06-02"])
def test_a_local_time_outside_the_years_is_not_said_to_be_in_doubt(local: str) -> None:
    asks: tuple[Any, ...] = (
        lambda: bulk.is_open(at(local), OFFICE, timezone="Europe/Paris"),
        lambda: bulk.add(at(local), HOUR, OFFICE, timezone="Europe/Paris"),
    )
    for ask in asks:
        with pytest.raises(InstantOutOfRangeError, match="outside the years 3 to 9997"):
            ask()


def test_a_local_time_that_no_datetime_can_be_is_refused() -> None:
    far = np.array([2**63 - 1]).view("datetime64[us]")
    with pytest.raises(InstantOutOfRangeError):
        bulk.is_open(far, OFFICE, timezone="Europe/Paris")


def test_the_last_midnight_that_can_be_served_ends_a_span() -> None:
    always = Clock(Schedule("24/7"), timezone="UTC")
    day = always.between("9997-12-31T00:00Z", "9998-01-01T00:00Z")
    assert day == dt.timedelta(days=1)
    assert bulk.between(at("9997-12-31"), at("9998-01-01"), always, timezone="UTC").tolist() == [
        day
    ]


def test_a_clock_whose_offset_the_unit_cannot_hold_is_refused() -> None:
    half = dt.timezone(dt.timedelta(milliseconds=500))
    with pytest.raises(UnitError, match="cannot show the clock of"):
        bulk.is_open(at("2026-01-10"), OFFICE, timezone=half)
    assert bulk.is_open(at("2026-01-12T09:00", unit="ms"), OFFICE, timezone=half).tolist() == [True]


def test_years_that_another_thread_has_added_are_taken_from_it() -> None:
    asked = InstantColumns.of({"start": np.array([0])}, None, None, "s", lambda *_: None)
    growing = _GrowingHours(OFFICE, asked, 1)
    first = growing._held
    assert first is not None
    wider = growing._wider(first)
    assert (growing._wider(first) is wider, wider.last_year > first.last_year) == (True, True)
