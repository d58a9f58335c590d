"""Where a dump of an answer table stops being read: just before, at and after each bound."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from builders import policy
from support_sla import AnswerTable, UnitError
from support_sla.values.dates import FIRST_YEAR, LAST_YEAR, day_number

DAY = 86_400
START = day_number(dt.date(2026, 1, 1)) * DAY
END = day_number(dt.date(2027, 1, 1)) * DAY
COLUMNS = (
    "begins",
    "rules",
    "starts_from",
    "earliest_from",
    "earliest_after",
    "due_from",
    "due_after",
)
DUMP = AnswerTable.of(
    policy(timezone="UTC"), department="desk", first_year=2026, last_year=2026, unit="s"
).to_dict()


def row(begin: int = START, rule: int = 0, **columns: int | None) -> tuple[int | None, ...]:
    """Return a row with a zero target, due at its submission, unless its columns say otherwise."""
    usual = {"starts_from": begin, "earliest_from": None, "earliest_after": None}
    both = {**usual, "due_from": begin, "due_after": 0, **columns}
    return begin, rule, *(both[name] for name in COLUMNS[2:])


def dump_of(*rows: tuple[int | None, ...], **head: Any) -> dict[str, Any]:
    """Return the dump of a table of 2026 in seconds with these rows."""
    columns = {
        name: list(column) for name, column in zip(COLUMNS, zip(*rows, strict=True), strict=True)
    }
    return {**DUMP, "start": START, "end": END, **head, **columns}


def refusal(dump: dict[str, Any]) -> str:
    """Return why a dump is refused; empty if it is read."""
    try:
        AnswerTable.from_dict(dump)
    except UnitError as error:
        return str(error).removeprefix("the dump of an answer table has ").rpartition("; ")[0]
    return ""


@pytest.mark.parametrize(("after", "is_read"), [(-1, False), (0, True), (1, True)])
def test_an_answer_may_come_at_its_submission_and_not_before(after: int, *, is_read: bool) -> None:
    said = "" if is_read else "an answer before its submission"
    assert refusal(dump_of(row(due_after=after))) == said
    assert refusal(dump_of(row(earliest_from=START, earliest_after=after, due_after=1))) == said


PASSES = "an earliest instant after the due one"


@pytest.mark.parametrize(("after", "said"), [(10, ""), (11, ""), (12, PASSES)])
def test_the_last_submission_may_have_its_earliest_at_its_due_and_not_after(
    after: int, said: str
) -> None:
    # All are due at END + 10, the last one is sent at END - 1.
    each = row(earliest_from=START, earliest_after=after, due_from=END + 10)
    assert refusal(dump_of(each)) == said


@pytest.mark.parametrize(("after", "said"), [(5, ""), (6, ""), (7, PASSES)])
def test_what_a_row_would_answer_at_its_end_is_not_asked(after: int, said: str) -> None:
    # A submission at END itself, which the table does not have, would be due after 5 seconds.
    each = row(earliest_from=START, earliest_after=after, due_from=END, due_after=5)
    assert refusal(dump_of(each)) == said


@pytest.mark.parametrize(("after", "said"), [(5, PASSES), (6, ""), (7, "")])
def test_the_first_submission_may_have_its_earliest_at_its_due_and_not_after(
    after: int, said: str
) -> None:
    each = row(earliest_from=START + 6, earliest_after=0, due_after=after)
    assert refusal(dump_of(each)) == said


@pytest.mark.parametrize(
    ("after", "said"), [(0, ""), (1, ""), (2, "an answer past what 64 bits hold")]
)
def test_an_answer_may_be_the_last_number_of_64_bits(after: int, said: str) -> None:
    assert refusal(dump_of(row(due_from=2**63 - 2, due_after=after))) == said


@pytest.mark.parametrize(
    ("number", "is_read"), [(-(2**63) + 1, True), (-(2**63), True), (-(2**63) - 1, False)]
)
def test_a_column_holds_whole_numbers_of_64_bits(number: int, *, is_read: bool) -> None:
    said = "" if is_read else f"{number} in 'starts_from', which is no whole number of 64 bits"
    assert refusal(dump_of(row(starts_from=number))) == said


def test_a_column_is_looked_at_past_what_it_leaves_out() -> None:
    late = row(START + 1, earliest_from=2**63, earliest_after=0)
    said = f"{2**63} in 'earliest_from', which is no whole number of 64 bits"
    assert refusal(dump_of(row(), late)) == said


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (-3, "rule -3, which is none of its targets"),
        (-2, ""),
        (-1, ""),
        (0, ""),
        (1, "rule 1, which is none of its targets"),
    ],
)
def test_a_rule_is_one_of_the_targets_or_says_why_there_is_none(rule: int, said: str) -> None:
    assert refusal(dump_of(row(rule=rule))) == said


@pytest.mark.parametrize(
    ("begin", "said"),
    [
        (START - 1, "rows that do not begin one after another"),
        (START, "rows that do not begin one after another"),
        (START + 1, ""),
        (END - 1, ""),
        (END, "rows that do not begin where its years do"),
        (END + 1, "rows that do not begin where its years do"),
    ],
)
def test_a_row_begins_after_the_one_before_and_before_the_end(begin: int, said: str) -> None:
    assert refusal(dump_of(row(), row(begin))) == said


def test_a_table_begins_with_its_first_row() -> None:
    assert refusal(dump_of(row(START + 1))) == "rows that do not begin where its years do"


@pytest.mark.parametrize(("unit", "per"), [("s", 1), ("ms", 1_000), ("us", 10**6), ("ns", 10**9)])
@pytest.mark.parametrize("sign", [-1, 1])
def test_a_year_begins_within_two_days_of_where_it_does_in_greenwich(
    unit: str, per: int, sign: int
) -> None:
    for off, is_read in ((-1, True), (0, True), (1, False)):
        start = START * per + sign * (2 * DAY * per + off)
        said = "" if is_read else f"start = {start}, which is not where a year begins"
        dump = dump_of(row(start), start=start, end=END * per, unit=unit)
        assert refusal(dump) == said


@pytest.mark.parametrize(
    ("first", "last", "is_read"),
    [
        (FIRST_YEAR - 1, 2026, False),
        (FIRST_YEAR, 2026, True),
        (FIRST_YEAR + 1, 2026, True),
        (2026, 2025, False),
        (2026, 2026, True),
        (2026, LAST_YEAR - 1, True),
        (2026, LAST_YEAR, True),
        (2026, LAST_YEAR + 1, False),
    ],
)
def test_the_years_of_a_table_are_a_span_of_those_there_are(
    first: int, last: int, *, is_read: bool
) -> None:
    start, end = (
        day_number(dt.date(min(year, 9999), 1, 1)) * DAY for year in (max(first, 1), last + 1)
    )
    dump = dump_of(row(start), start=start, end=end, first_year=first, last_year=last)
    assert refusal(dump) == ("" if is_read else f"the years {first} to {last}, which are no span")


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ({"first_year": "x"}, "first_year = 'x', which is no whole number"),
        ({"targets": "x"}, "targets that are no list of names"),
        ({"targets": [1]}, "targets that are no list of names"),
        ({"unit": "min"}, "unit 'min' is not one of a table's"),
        ({"zone": ""}, "a zone of no name"),
    ],
)
def test_a_head_is_refused_by_what_is_wrong_with_it(head: dict[str, Any], said: str) -> None:
    assert refusal(dump_of(row(), **head))[: len(said)] == said


def test_half_of_an_earliest_instant_is_none() -> None:
    for half in ({"earliest_from": START}, {"earliest_after": 0}):
        assert refusal(dump_of(row(**half))) == "half of an earliest instant"
