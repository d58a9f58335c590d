"""Years are compiled as a column reaches them, and what lies far away does not make others dear."""

from __future__ import annotations

from typing import Any

import pytest

from columns import Shown, answer, rows_of
from support_sla import AnswerTable, load_policy

np = pytest.importorskip("numpy")

from support_sla import bulk  # noqa: E402  needs numpy
from support_sla.bulk.lookup.growing import FAR_YEARS, MOST_YEARS, Growing  # noqa: E402
from support_sla.bulk.lookup.lookup import Lookup, Scratch  # noqa: E402
from support_sla.bulk.lookup.rows import NEVER, OUTSIDE, rows_of_table  # noqa: E402
from tables import on_schedule  # noqa: E402

RULES = [{"within": "1h", "counted_in": "business_time"}]
DESK = on_schedule("Mo-Fr 09:00-17:00", RULES)
NAMES: dict[str, Any] = {"department": "desk", "channel": "ticket"}


def seconds(text: str) -> int:
    return int(np.datetime64(text, "s").astype(np.int64))


class Made:
    """A growing look-up of a desk without calendars, and the years that it has compiled."""

    def __init__(self, first: int = 3, last: int = 9997) -> None:
        self.years: list[tuple[int, int]] = []
        self.growing = Growing(self.make, first, last, "s")

    def make(self, first: int, last: int) -> Lookup:
        self.years.append((first, last))
        table = AnswerTable.of(DESK, department="desk", first_year=first, last_year=last, unit="s")
        return Lookup.of([rows_of_table(table, ("due_at",))])

    def asked(self, *texts: str) -> list[int | None]:
        """Return the due of each submission, None for one without."""
        at = np.array([NEVER if text == "NaT" else seconds(text) for text in texts])
        due = np.empty(len(at), np.int64)
        self.growing.answer(at, None, [due], None, Scratch())
        return [None if each == NEVER else each for each in due.tolist()]


def expected(*texts: str) -> list[Any]:
    return [answer(DESK, Shown(None, "s"), seconds(text), **NAMES)[2] for text in texts]


def test_the_years_of_the_first_chunk_are_compiled_and_no_others() -> None:
    made, texts = Made(), ("2020-06-01", "2022-03-04")
    assert made.asked(*texts) == expected(*texts)
    assert made.years == [(2020, 2022)]


def test_a_later_chunk_widens_the_years() -> None:
    made = Made()
    made.asked("2020-06-01")
    assert made.asked("2024-06-01", "2020-06-01") == expected("2024-06-01", "2020-06-01")
    assert made.years == [(2020, 2020), (2020, 2024)]


def test_an_instant_near_new_year_brings_the_year_it_may_lie_in_on_another_clock() -> None:
    made = Made()
    made.asked("2020-12-31T20:00")
    assert made.years == [(2020, 2021)]


def test_an_instant_far_from_the_others_gets_years_of_its_own() -> None:
    made, texts = Made(), ("2020-06-01", "1700-06-01", "2021-06-01")
    assert made.asked(*texts) == expected(*texts)
    (first, last), far = made.years
    assert (first <= 2020, last >= 2021, last - first < MOST_YEARS) == (True, True, True)
    assert far == (1700 // FAR_YEARS * FAR_YEARS - 1, 1700 // FAR_YEARS * FAR_YEARS + FAR_YEARS)


def test_years_of_its_own_are_kept_for_the_next_chunk() -> None:
    made = Made()
    made.asked("2020-06-01", "2021-06-01", "1700-06-01")
    before = len(made.years)
    assert made.asked("1701-06-01", "2020-07-01") == expected("1701-06-01", "2020-07-01")
    assert len(made.years) == before


def test_a_later_chunk_that_is_far_away_does_not_widen_the_years() -> None:
    made = Made()
    made.asked("2020-06-01")
    assert made.asked("2500-06-01") == expected("2500-06-01")
    assert made.years[0] == (2020, 2020)


def test_an_instant_that_the_grid_leaves_out_is_found_in_the_years_that_are_held() -> None:
    texts = ("2000-01-01", "2015-12-31T23:59:59", "2031-12-31T23:59:59", "2010-06-01")
    made = Made(2000, 2031)
    made.asked("2000-06-01", "2031-06-01")
    assert made.asked(*texts) == expected(*texts)
    assert made.years == [(2000, 2031)]


def test_a_column_of_nulls_compiles_nothing_and_refuses_nothing() -> None:
    made = Made()
    at, due, tell = np.array([NEVER]), np.empty(1, np.int64), np.zeros(1, np.int16)
    assert made.growing.answer(at, None, [due], tell, Scratch()) is None
    assert (made.years, due.tolist(), tell.tolist()) == ([], [NEVER], [OUTSIDE])


def test_instants_that_no_year_can_serve_are_refused_without_compiling() -> None:
    made = Made()
    refused = made.growing.answer(np.array([2**62]), None, [np.empty(1, np.int64)], None, Scratch())
    assert refused is not None
    assert (made.years, refused.places.tolist(), refused.told.tolist()) == ([], [0], [OUTSIDE])


def test_an_instant_that_no_year_can_serve_does_not_hide_the_others() -> None:
    made = Made()
    assert made.asked("2020-06-01", "NaT") == [*expected("2020-06-01"), None]
    due, tell = np.empty(2, np.int64), np.empty(2, np.int16)
    at = np.array([2**62, seconds("2020-06-01")])
    refused = made.growing.answer(at, None, [due], tell, Scratch())
    assert refused is not None
    assert (refused.places.tolist(), due.tolist()) == ([0], [NEVER, *expected("2020-06-01")])
    assert tell.tolist() == [OUTSIDE, 0]


def test_lines_far_apart_are_answered_each_by_its_own_years() -> None:
    made = load_policy("azdigi")
    texts = ["2026-02-16T09:00", "2027-02-16T09:00", "1950-01-01T00:00", "2026-05-05T09:00"]
    numbers = [seconds(text) for text in texts]
    departments = ["billing", "technical", "billing", "technical"]
    found = bulk.deadlines(np.array(numbers), made, line=departments, unit="s", on_error="null")
    assert rows_of(found) == [
        answer(made, Shown(None, "s"), number, department=department)
        for number, department in zip(numbers, departments, strict=True)
    ]
