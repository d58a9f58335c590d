"""Rows over small whole numbers, compared with what each reading of a crossing means, one by one."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise, product

import pytest

from builders import calendar_data, day_data, policy, rule_data
from support_sla import AnswerTable, compute_deadline
from support_sla.answers.counting.business_time import BusinessTime
from support_sla.answers.counting.calendar_time import CalendarTime
from support_sla.answers.promise import Answer
from support_sla.answers.reigns import BEYOND, NO_RULE
from support_sla.answers.table.crossings import rows_of as columns_of
from support_sla.answers.table.rows import FOR_EVER, Known, Row, TableInput
from support_sla.clock.timeline import Timeline

START, END, KNOWN_TO = 2, 18, 40
OFFICE = Timeline.of([(1, 4), (6, 9), (12, 15), (20, 24), (30, 39)], start=0, end=KNOWN_TO)
NIGHTS = Timeline.of([(3, 7), (10, 13), (17, 19), (22, 26)], start=0, end=KNOWN_TO)
SHORT = Timeline.of([(1, 4), (8, 9), (14, 16), (17, 19)], start=0, end=20)
LATE = Timeline.of([(6, 9), (12, 15), (20, 24)], start=5, end=KNOWN_TO)
RULES: dict[str, BusinessTime | CalendarTime] = {
    "an hour of the office": BusinessTime(OFFICE, 1, None),
    "a day of the office": BusinessTime(OFFICE, 4, 1),
    "at once": BusinessTime(OFFICE, 0, 0),
    "of the nights": BusinessTime(NIGHTS, 2, 2),
    "of the calendar": CalendarTime(OFFICE, 7, 3),
    "of short hours": BusinessTime(SHORT, 3, 1),
    "of late hours": BusinessTime(LATE, 2, 0),
    "more than there are": BusinessTime(LATE, 99, None),
}
STRETCHES = [
    ((0,), (0,)),
    ((0, 7), (0, 1)),
    ((0, 7), (1, 0)),
    ((0, 5, 11), (0, 1, 0)),
    ((0, 3, 6, 9, 12, 15, 21), (1, 0, NO_RULE, 1, 0, 0, 1)),
    ((0, 8, 13, 25), (0, NO_RULE, 0, 1)),
    ((0, 5, 10, 15, 21), (0, 1, 2, 0, 2)),
    ((0, 7, 12, 24), (1, 2, 0, 1)),
    ((0, 1), (0, 1)),
    ((0, START), (0, 1)),
    ((0, START), (NO_RULE, 0)),
    ((0, 17, 20), (2, 1, 0)),
    ((0, 8, 20), (0, 1, 0)),
]
THIRD = Known(BusinessTime(OFFICE, 9, 2), is_all=False)


def rows_of(source: TableInput) -> list[Row]:
    return [*columns_of(source)]


def source_of(
    first: str, second: str, crossing: str, edges: tuple[int, ...], in_force: tuple[int, ...]
) -> TableInput:
    rules = {at: Known(RULES[name], is_all=False) for at, name in enumerate((first, second))}
    rules[2] = THIRD
    return TableInput(rules, crossing, edges, in_force, START, END, KNOWN_TO)


def rule_at(source: TableInput, at: int) -> int:
    (*_, rule) = [
        rule for edge, rule in zip(source.edges, source.in_force, strict=True) if edge <= at
    ]
    return rule


def due(source: TableInput, rule: int, at: int) -> int | None:
    """Return the due of a rule that is always in force; None if its hours do not say."""
    counting = source.rules[rule].counting
    is_known = counting.timeline.start <= at < counting.timeline.end
    found = counting.due(at) if is_known else None
    return None if found is None or found > counting.timeline.end else found


def ticks(source: TableInput, rule: int, at: int) -> bool:
    counting = source.rules[rule].counting
    return counting.counted(at, at + 1) == 1


def meant(source: TableInput, at: int) -> tuple[int, int] | None:
    """Return the due of a submission and the rule that gives it, by the words of its crossing."""
    literal = rule_at(source, at)
    own = due(source, literal, at)
    if own is None or source.crossing == "submission":
        return None if own is None else (own, literal)
    if source.crossing == "overlap":
        crossed = [rule_at(source, u) for u in range(at, own) if ticks(source, literal, u)]
        rules = dict.fromkeys(rule for rule in crossed if rule != NO_RULE) or {literal: None}
        dues = {rule: due(source, rule, at) for rule in rules}
        if any(found is None for found in dues.values()):
            return None
        latest = max(found for found in dues.values() if found is not None)
        named = [rule for rule, found in dues.items() if found == latest]
        return latest, literal if literal in named else named[0]
    return least(source, at, (own, literal))


def least(source: TableInput, at: int, found: tuple[int, int]) -> tuple[int, int] | None:
    """Return the smallest due of any submission from one on; None if it may be one not known."""
    unknown = []
    for later in range(at + 1, KNOWN_TO):
        rule = rule_at(source, later)
        if rule == NO_RULE:
            continue
        other = due(source, rule, later)
        if other is None:
            timeline = source.rules[rule].counting.timeline
            is_in = timeline.start <= later < timeline.end
            unknown.append(timeline.end if is_in else later)
        elif other < found[0]:
            found = other, rule
    return None if any(known_to < found[0] for known_to in unknown) else found


def answer(source: TableInput, at: int) -> Answer | None:
    found = meant(source, at)
    if found is None:
        return None
    counting = source.rules[found[1]].counting
    assert isinstance(counting, BusinessTime | CalendarTime)
    starts = counting.starts(at) if counting.timeline.start <= at < counting.timeline.end else None
    if starts is None:
        return None
    earliest = None
    if counting.earliest_after is not None:
        reached = counting.earliest(at)
        assert reached is not None
        earliest = min(max(reached, starts), found[0])
    return Answer(starts, earliest, *found)


def none(row: Row) -> Row:
    """Return the row without an answer that begins where another does."""
    return Row(row.begin, row.rule, row.begin, None, None, row.begin, 0)


def differ(before: Row, row: Row) -> bool:
    """Whether a row says something else than the one before it would, where it begins."""
    amounts = [(each.rule, each.earliest_after, each.due_after) for each in (before, row)]
    return amounts[0] != amounts[1] or before.answer(row.begin) != row.answer(row.begin)


@pytest.mark.parametrize("crossing", ["submission", "overlap", "in_order"])
@pytest.mark.parametrize(("edges", "in_force"), STRETCHES, ids=str)
def test_each_row_answers_what_its_crossing_means_and_none_repeats_another(
    crossing: str, edges: tuple[int, ...], in_force: tuple[int, ...]
) -> None:
    for first, second in product(RULES, repeat=2):
        source = source_of(first, second, crossing, edges, in_force)
        rows = rows_of(source)
        assert rows[0].begin == START
        assert all(one.begin < two.begin < END for one, two in pairwise(rows))
        assert all(differ(one, two) for one, two in pairwise(rows))
        for at in range(START, END):
            (*_, row) = [row for row in rows if row.begin <= at]
            assert (row.rule == NO_RULE) == (rule_at(source, at) == NO_RULE)
            if row.rule != NO_RULE:
                assert row.answer(at) == answer(source, at), (first, second, at)
        assert all(row == none(row) for row in rows if row.rule < 0)


@pytest.mark.parametrize("is_all", [False, True])
@pytest.mark.parametrize("crossing", ["submission", "overlap", "in_order"])
def test_what_lies_past_the_hours_known_says_whether_more_years_would_help(
    crossing: str, *, is_all: bool
) -> None:
    rules = {0: Known(RULES["of short hours"], is_all=is_all)}
    rows = rows_of(TableInput(rules, crossing, (0,), (0,), START, 25, KNOWN_TO))
    # From 16 on less than three hours are left before the end of the hours.
    last = rows[-1]
    assert (last.begin, last.rule) == (16, FOR_EVER if is_all else BEYOND)
    assert rows[-2].rule == 0


def test_what_lies_before_the_hours_known_stays_unknown() -> None:
    rules = {0: Known(RULES["of late hours"], is_all=False)}
    rows = rows_of(TableInput(rules, "submission", (0, 4), (0, 0), START, END, KNOWN_TO))
    assert [(row.begin, row.rule) for row in rows][:2] == [(START, FOR_EVER), (5, 0)]


def test_a_rule_whose_hours_are_known_in_no_year_gives_no_answer() -> None:
    rules = {0: Known(RULES["of the nights"], is_all=False)}
    for crossing in ("submission", "overlap", "in_order"):
        source = TableInput(rules, crossing, (0, 5, 9), (0, 1, 0), START, END, KNOWN_TO)
        rows = rows_of(source)
        for at in range(5, 9):
            (*_, row) = [row for row in rows if row.begin <= at]
            assert row == none(row)
            assert row.rule == FOR_EVER


@pytest.mark.parametrize("first_year", [2026, 2027])
def test_an_earliest_of_hours_known_from_a_later_year_is_that_of_a_table_of_earlier_ones_too(
    first_year: int,
) -> None:
    special = {"when": {"days": ["special"]}, **rule_data(earliest="30m")}
    made = policy(
        {**special, "hours": {"schedule": "office", "observes": ["late"]}},
        {"within": "240h", "counted_in": "calendar_time"},
        timezone="UTC",
        crossing="in_order",
        calendars={
            "special": calendar_data(day_data("2027-01-04"), years=[2026, 2028]),
            "late": calendar_data(years=[2027, 2028]),
        },
    )
    table = AnswerTable.of(made, department="desk", first_year=first_year, last_year=2027, unit="s")
    sent = dt.datetime(2027, 1, 1, 10, tzinfo=dt.UTC)
    found = table.answer(int(sent.timestamp()))
    deadline = compute_deadline(made, sent, department="desk")
    assert deadline.earliest_at == sent + dt.timedelta(minutes=30)
    assert found is not None
    assert found.earliest_at == int(deadline.earliest_at.timestamp())
