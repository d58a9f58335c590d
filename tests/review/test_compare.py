"""What two versions answer differently: exactly those submissions, by exactly so much, worst first.

The brute-force laws ask `compute_deadline` under both versions at every corner of their answer
tables and beside it; they share no code with the walk over the tables.
"""

from __future__ import annotations

import json
import pickle
from bisect import bisect_right
from datetime import UTC, datetime, timedelta
from itertools import groupby, pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from builders import EXAMPLES, channel_data, day_data, policy, policy_data, rule_data, when
from in_oracle_words import MICROSECOND, utc
from support_sla import (
    AnswerTable,
    InstantError,
    InstantOutOfRangeError,
    NaiveInstantError,
    NotAModelError,
    NotAnInstantError,
    NoTargetError,
    Policy,
    SupportSlaError,
    UnknownChannelError,
    UnknownDepartmentError,
    YearsNotCoveredError,
    compute_deadline,
    load_policy,
)
from support_sla.review.compare import Submission, compare, compare_submissions
from support_sla.review.comparison import Comparison, Difference
from support_sla.review.table_diff import spans
from support_sla.strategies import ZONES, policies

AZDIGI = load_policy("azdigi")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NONE = timedelta(0)
HOUR = timedelta(hours=1)
CALENDAR = {"counted_in": "calendar_time"}


def changed(base: Policy, **changes: Any) -> Policy:
    return Policy.model_validate({**base.model_dump(), **changes})


def around_the_clock(*rules: dict[str, Any], **changes: Any) -> Policy:
    """One line, always open, answering in calendar time."""
    given = list(rules) or [rule_data(within="3h")]
    line = channel_data(*({**rule, **CALENDAR} for rule in given))
    return policy(channel=line, schedules={"office": "24/7"}, **changes)


def instants(base: Policy, at: datetime, line: tuple[str, str, str | None]) -> Any:
    """The answer to a submission as instants of UTC; None where there is none."""
    try:
        found = compute_deadline(base, at, department=line[0], channel=line[1], priority=line[2])
    except SupportSlaError:
        return None
    return utc(found.starts_at), utc(found.earliest_at), utc(found.due_at)


def line_of(difference: Difference) -> tuple[str, str, str | None]:
    return difference.department, difference.channel, difference.priority


def kind_of(one: Any, two: Any) -> str | None:
    """How an answer differs, said a second time."""
    if one == two:
        return None
    if one is None or two is None:
        return "only_old" if two is None else "only_new"
    return "other" if one[2] == two[2] else "later" if two[2] > one[2] else "earlier"


def kinds(found: Comparison) -> list[str]:
    return [difference.kind for difference in found]


def only(found: Comparison) -> Difference:
    (difference,) = found
    return difference


# --- By brute force ---


@st.composite
def versions(draw: st.DrawFn) -> tuple[Policy, Policy]:
    """A policy, and another: of its own, or the first with one thing changed."""
    old = draw(policies())
    change = draw(st.sampled_from(["other", "zone", "crossing", "within", "hours", "priorities"]))
    if change == "other":
        return old, draw(policies())
    data = old.model_dump()
    if change == "zone":
        data["timezone"] = draw(st.sampled_from(ZONES))
    if change == "crossing":
        data["crossing"] = draw(st.sampled_from(["submission", "overlap", "in_order"]))
    if change == "priorities":
        data["priorities"] = [*old.priorities, "extra"]
    for line in data["departments"]["desk"]["channels"].values():
        for rule in line["first_response"]:
            if change == "within":
                rule["within"] = draw(st.sampled_from(["31h", "40h"]))
            if change == "hours":
                rule["counted_in"] = "calendar_time"
    return old, Policy.model_validate(data)


def known_years(*bases: Policy) -> tuple[int, int]:
    covered = [calendar.covered_years for base in bases for calendar in base.calendars.values()]
    firsts, lasts = [2005, *(first for first, _ in covered)], [2027, *(last for _, last in covered)]
    return max(firsts), min(lasts)


def table_of(base: Policy, line: tuple[str, str, str | None], year: int) -> AnswerTable | None:
    department, channel, priority = line
    try:
        return AnswerTable.of(
            base,
            department=department,
            channel=channel,
            priority=priority,
            first_year=year,
            last_year=year,
        )
    except LookupError:
        return None


def corners(tables: list[AnswerTable], start: int, end: int) -> list[datetime]:
    """Every submission at which anything may change in either table, with its neighbours."""
    found = {start, end - 1}
    for table in tables:
        found |= {*table.begins, *table.starts_from, *table.due_from}
        found |= {at for at in table.earliest_from if at is not None}
    near = {at + step for at in found for step in (-1, 0, 1)}
    return [EPOCH + at * MICROSECOND for at in sorted(near) if start <= at < end]


@settings(max_examples=EXAMPLES // 2)
@given(versions(), st.data())
def test_two_versions_differ_exactly_inside_the_spans_and_by_what_these_say(
    pair: tuple[Policy, Policy], data: st.DataObject
) -> None:
    old, new = pair
    first, last = known_years(old, new)
    assume(first <= last)
    year = data.draw(st.integers(first, last))
    found = compare(old, new, (year, year))
    channels = sorted({*old.departments["desk"].channels, *new.departments["desk"].channels})
    channel = data.draw(st.sampled_from(channels))
    names = [None, *dict.fromkeys((*old.priorities, *new.priorities))]
    line = ("desk", channel, data.draw(st.sampled_from(names)))
    here = sorted(
        (each for each in found if line_of(each) == told_as(line, old, new)),
        key=lambda each: each.start.astimezone(UTC),
    )
    starts = [each.start.astimezone(UTC) for each in here]
    ends = [each.end.astimezone(UTC) for each in here]
    assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))
    assert_maximal(here)

    tables = [table for base in pair if (table := table_of(base, line, year))]
    start, end = ((at - EPOCH) // MICROSECOND for at in (found.start, found.end))
    points = corners(tables, start, end) if len(tables) == 2 else [EPOCH + start * MICROSECOND]
    seconds = data.draw(st.lists(st.integers(0, (end - start) // 1_000_000 - 1), max_size=50))
    points += [EPOCH + start * MICROSECOND + timedelta(seconds=second) for second in seconds]
    points += [at + step for at in (*starts, *ends) for step in (-MICROSECOND, NONE)]
    moves: dict[int, list[tuple[timedelta, datetime]]] = {}
    for at in sorted(at for at in set(points) if utc(found.start) <= at < utc(found.end)):
        one, two = (instants(base, at, line) for base in pair)
        place = bisect_right(starts, at) - 1
        inside = place >= 0 and at < ends[place]
        assert (here[place].kind if inside else None) == kind_of(one, two), at
        if inside and one and two:
            moves.setdefault(place, []).append((two[2] - one[2], at))
    for place, seen in moves.items():
        assert_moves(here[place], seen)


def assert_moves(span: Difference, seen: list[tuple[timedelta, datetime]]) -> None:
    """The amounts bound every move seen, are both attained, and the first largest is the worst."""
    moves, sizes = [by for by, _ in seen], [abs(by) for by, _ in seen]
    assert span.smallest in moves
    assert span.smallest is not None
    assert min(sizes) == abs(span.smallest)
    assert (span.largest, utc(span.submitted_at)) == seen[sizes.index(max(sizes))]


def told_as(
    line: tuple[str, str, str | None], old: Policy, new: Policy
) -> tuple[str, str, str | None]:
    """The line as a comparison names it: without a priority that nothing tells apart."""
    department, channel, priority = line
    if (priority in old.priorities) != (priority in new.priorities):
        return line
    for base in (old, new):
        found = base.departments[department].channels.get(channel)
        whens = [rule.when for rule in found.first_response] if found else []
        if any(priority in (when.priority or ()) for when in whens if when):
            return line
    return department, channel, None


def assert_maximal(found: list[Difference]) -> None:
    for one, two in pairwise(found):
        assert (utc(one.end), one.kind) != (utc(two.start), two.kind)


@settings(max_examples=EXAMPLES // 3)
@given(versions(), st.data())
def test_a_span_holds_the_deadlines_of_its_worst_submission_and_swapping_mirrors_it(
    pair: tuple[Policy, Policy], data: st.DataObject
) -> None:
    old, new = pair
    first, last = known_years(old, new)
    assume(first <= last)
    year = data.draw(st.integers(first, last))
    found = compare(old, new, (year, year))
    for each in found.differences[:50]:
        department, channel, priority = line_of(each)
        for base, deadline in ((old, each.old), (new, each.new)):
            assert instants(base, each.submitted_at, line_of(each)) == (
                deadline
                and (utc(deadline.starts_at), utc(deadline.earliest_at), utc(deadline.due_at))
            )
            assert deadline is None or deadline == compute_deadline(
                base,
                each.submitted_at,
                department=department,
                channel=channel,
                priority=priority,
            )
        assert (each.why_not is None) == (each.old is not None and each.new is not None)
    back = compare(new, old, (year, year))
    assert {mirrored(each) for each in found} == {described(each) for each in back}
    assert (utc(found.start), utc(found.end)) == (utc(back.start), utc(back.end))


MIRROR = {
    "later": "earlier",
    "earlier": "later",
    "only_old": "only_new",
    "only_new": "only_old",
    "other": "other",
}


def described(each: Difference, sign: int = 1) -> tuple[Any, ...]:
    """What must hold whichever version comes first; amounts with their sign turned by -1."""
    amounts = [None if by is None else sign * by for by in (each.smallest, each.largest)]
    times = [utc(at) for at in (each.start, each.end, each.submitted_at)]
    kind = MIRROR[each.kind] if sign < 0 else each.kind
    return (kind, *line_of(each), *times, *amounts, each.why_not)


def mirrored(each: Difference) -> tuple[Any, ...]:
    return described(each, -1)


@settings(max_examples=EXAMPLES // 3)
@given(policies(), st.data())
def test_a_policy_compared_with_itself_has_no_differences(
    base: Policy, data: st.DataObject
) -> None:
    first, last = known_years(base)
    year = data.draw(st.integers(first, last))
    found = compare(base, Policy.model_validate(base.model_dump()), (year, year))
    assert not found
    assert () == found.differences


def made_table(*columns: tuple[Any, ...]) -> AnswerTable:
    line: list[Any] = ["desk", "ticket", None, "submission", "UTC", "us", 1970, 1970, 0, 60]
    return AnswerTable(*[*line, ("rule",), *columns])


@st.composite
def small_tables(draw: st.DrawFn) -> AnswerTable:
    """A table of any rows at all for the submissions 0 to 59, also such as no policy has."""
    begins = [0, *sorted(draw(st.sets(st.integers(1, 59), max_size=4)))]

    def column(values: st.SearchStrategy[Any]) -> tuple[Any, ...]:
        return tuple(draw(values) for _ in begins)

    waits, amounts = st.integers(0, 80), st.integers(0, 20)
    earliest = column(st.one_of(st.none(), st.tuples(waits, amounts)))
    return made_table(
        tuple(begins),
        column(st.sampled_from([0, 0, 0, -1, -2])),
        column(waits),
        tuple(each and each[0] for each in earliest),
        tuple(each and each[1] for each in earliest),
        column(waits),
        column(amounts),
    )


def answer_of(table: AnswerTable | None, at: int) -> Any:
    found = table.answer(at) if table else None
    return found and (found.starts_at, found.earliest_at, found.due_at)


@settings(max_examples=5 * EXAMPLES)
@given(small_tables(), small_tables() | st.none(), st.integers(0, 9), st.integers(50, 60))
def test_spans_of_any_two_tables_are_what_asking_for_every_microsecond_finds(
    old: AnswerTable, new: AnswerTable | None, start: int, end: int
) -> None:
    asked = [(at, answer_of(old, at), answer_of(new, at)) for at in range(start, end)]
    expected = []
    for kind, run in groupby(asked, lambda each: kind_of(*each[1:])):
        if kind is not None:
            seen = [(two[2] - one[2] if one and two else 0, at) for at, one, two in run]
            sizes = [abs(by) for by, _ in seen]
            largest, worst = seen[sizes.index(max(sizes))]
            smallest, _ = seen[sizes.index(min(sizes))]
            expected.append((seen[0][1], seen[-1][1] + 1, kind, smallest, largest, worst))
    assert expected == list(spans(old, new, start, end))


def test_where_only_the_earliest_answers_meet_both_versions_agree() -> None:
    def table(wait: int, amount: int) -> AnswerTable:
        return made_table((0,), (0,), (0,), (wait,), (amount,), (0,), (90,))

    found = list(spans(table(30, 5), table(0, 10), 0, 60))
    assert [(0, 25, "other"), (26, 60, "other")] == [each[:3] for each in found]


# --- Spans, each worked out by hand ---


def test_a_span_begins_and_ends_exactly_where_the_answers_part_and_meet_again() -> None:
    fair = changed(AZDIGI, crossing="in_order")
    found = compare(AZDIGI, fair, (2026, 2026))
    sunday = next(each for each in found if "2026-06-07" in str(each.start))
    start = datetime.fromisoformat("2026-06-07T15:00:00.000001+07:00")
    end = datetime.fromisoformat("2026-06-08T00:00:00+07:00")
    assert (start, end) == (sunday.start, sunday.end)
    line = ("technical", "ticket", None)
    for at, differs in (
        (start - MICROSECOND, False),
        (start, True),
        (end - MICROSECOND, True),
        (end, False),
    ):
        assert differs == (instants(AZDIGI, at, line) != instants(fair, at, line))
    assert ("earlier", -MICROSECOND, -9 * HOUR + MICROSECOND) == (
        sunday.kind,
        sunday.smallest,
        sunday.largest,
    )
    assert end - MICROSECOND == sunday.submitted_at


def test_a_rising_due_crosses_a_standing_one_at_a_single_microsecond_of_agreement() -> None:
    old = around_the_clock(rule_data(within="30h"))
    new = policy(rule_data(within="2h"))  # Saturday's wait for Monday 10:00
    found = compare(old, new, (2026, 2026))
    meet = datetime.fromisoformat("2026-06-07T04:00:00+07:00")  # Sunday; both are due Monday 10:00
    before = next(each for each in found if each.end == meet)
    after = next(each for each in found if each.start == meet + MICROSECOND)
    both = compare_submissions(old, new, [Submission(meet, "desk")])
    assert ("later", "earlier", "other") == (before.kind, after.kind, both[0].kind)
    between = next(each for each in found if each.start == meet)
    assert (meet + MICROSECOND, "other", NONE) == (between.end, between.kind, between.largest)
    assert (MICROSECOND, -MICROSECOND) == (before.smallest, after.smallest)


def test_answers_that_meet_in_everything_leave_a_gap_of_one_microsecond() -> None:
    monday = {"name": "monday", "when": {"days": ["Mo"]}, "within": "9h"}
    sunday = {"name": "sunday", "when": {"days": ["Su"]}, "within": "30h"}
    rest = {"name": "rest", "within": "9h"}
    old = around_the_clock(sunday, monday, rest, crossing="in_order")  # never past Monday 09:00
    new = around_the_clock({**sunday, "within": "20h"}, monday, rest)
    found = compare(old, new, (2026, 2026))
    meet = datetime.fromisoformat("2026-06-07T13:00:00+07:00")
    around = [each.kind for each in found if meet in (each.end, each.start - MICROSECOND)]
    assert ["earlier", "later"] == sorted(around)
    assert () == compare_submissions(old, new, [Submission(meet, "desk")])


def test_a_span_goes_on_over_all_corners_at_which_its_kind_stays() -> None:
    old, new = policy(rule_data(within="2h")), policy(rule_data(within="1h"))
    each = only(compare(old, new, (2026, 2026)))
    assert "earlier" == each.kind
    assert (-HOUR, -64 * HOUR) == (each.smallest, each.largest)  # 63 of them the weekend
    assert "2026-01-02 15:00:00.000001+07:00" == str(each.submitted_at)
    assert ("2026-01-01 00:00:00+07:00", "2027-01-01 00:00:00+07:00") == (
        str(each.start),
        str(each.end),
    )


def test_the_worst_submission_is_the_one_at_which_waiting_ends() -> None:
    old, new = policy(), around_the_clock(rule_data(within="3h"))
    found = compare(old, new, (2026, 2026))
    monday = next(each for each in found if "2026-06-08 06:00:00.000001" in str(each.start))
    assert ("later", MICROSECOND, 2 * HOUR) == (monday.kind, monday.smallest, monday.largest)
    assert "2026-06-08 08:00:00+07:00" == str(monday.submitted_at)
    assert "2026-06-08 16:00:00.000001+07:00" == str(monday.end)


def test_of_equal_moves_the_first_submission_is_the_worst() -> None:
    each = only(compare(around_the_clock(), around_the_clock(rule_data(within="4h")), (2026, 2027)))
    assert (HOUR, HOUR) == (each.smallest, each.largest)
    assert each.start == each.submitted_at


def test_another_earliest_or_another_start_is_a_difference_with_the_same_due() -> None:
    plain, held = around_the_clock(), around_the_clock(rule_data(within="3h", earliest="30m"))
    longer = around_the_clock(rule_data(within="3h", earliest="1h"))
    for one, two in ((plain, held), (held, plain), (held, longer)):
        each = only(compare(one, two, (2026, 2026)))
        assert ("other", NONE, NONE) == (each.kind, each.smallest, each.largest)
        assert each.start == each.submitted_at
    at_once = policy(rule_data(within="0m", **CALENDAR))
    waits = policy(rule_data(within="0m"))
    found = compare(at_once, waits, (2026, 2026))
    assert {"other"} == set(kinds(found))
    assert timedelta(hours=8) == found.differences[0].length  # New Year's night, until 08:00
    assert timedelta(hours=15) in {each.length for each in found}


def test_the_name_of_a_rule_and_a_limit_that_no_answer_shows_are_no_answers() -> None:
    old = around_the_clock(rule_data(name="one", within="3h"))
    new = around_the_clock(
        when("Su", name="two", within="3h"), rule_data(name="three", within="180m"), version="2"
    )
    assert not compare(old, new, (2026, 2026))
    tickets = [Submission("2026-06-07T12:00:00+07:00", "desk")]
    assert () == compare_submissions(old, new, tickets)


def test_the_worst_come_first_and_what_only_one_answers_comes_before_them() -> None:
    old = around_the_clock(when("Mo", within="5h"), when("Tu", within="9h"))
    new = around_the_clock(
        when("Mo", within="6h"), when("Tu", within="2h"), when("We", within="1h")
    )
    found = compare(old, new, (2026, 2026))
    order = list(dict.fromkeys((each.kind, each.largest) for each in found))
    assert [("only_new", None), ("earlier", -7 * HOUR), ("later", HOUR)] == order
    wednesdays = [each for each in found if each.kind == "only_new"]
    assert sorted(each.start for each in wednesdays) == [each.start for each in wednesdays]
    assert {timedelta(days=1)} == {each.length for each in found}


# --- Lines, priorities and years that only one of them has ---


def test_a_line_that_only_one_has_is_one_span_over_all_the_years() -> None:
    without = AZDIGI.model_dump()
    del without["departments"]["billing"]
    new = load_policy({**without, "timezone": "UTC"})
    gone = next(each for each in compare(AZDIGI, new, (2026, 2030)) if each.new is None)
    added = next(each for each in compare(new, AZDIGI, (2026, 2030)) if each.old is None)
    assert ("only_old", "only_new") == (gone.kind, added.kind)
    for each in (gone, added):
        assert ("billing", None, None) == (each.department, each.smallest, each.largest)
        assert ("2026-01-01 07:00:00+07:00", "2031-01-01 00:00:00+07:00") == (
            str(each.start),
            str(each.end),
        )
        assert each.start == each.submitted_at
        assert each.why_not == "department 'billing' is not in the policy; use one of 'technical'"
    assert gone.old == compute_deadline(AZDIGI, gone.start, department="billing")


def test_a_line_that_loses_its_promise_or_its_channel_is_answered_only_before() -> None:
    data = policy_data()
    channels = {"ticket": channel_data(), "mail": channel_data(), "chat": channel_data()}
    old = load_policy({**data, "departments": {"desk": {"channels": channels}}})
    silent = {"ticket": channel_data(), "mail": {"hours": {"schedule": "office"}}}
    new = load_policy({**data, "departments": {"desk": {"channels": silent}}})
    found = {each.channel: each for each in compare(old, new, (2026, 2026))}
    assert {"mail", "chat"} == set(found)
    assert {"only_old"} == {each.kind for each in found.values()}
    assert "no published target" in str(found["mail"].why_not)
    assert "has no channel 'chat'" in str(found["chat"].why_not)


def test_lines_without_a_target_in_either_leave_nothing_to_compare() -> None:
    silent = policy(channel={"hours": {"schedule": "office"}})
    found = compare(silent, changed(silent, timezone="UTC"), (2026, 2026))
    assert not found
    assert "2026-01-01 07:00:00+07:00" == str(found.start)


def test_a_priority_is_asked_where_rules_tell_it_apart_or_one_version_refuses_it() -> None:
    old = around_the_clock(priorities=["low", "high"])
    new = around_the_clock(
        when(priority=("high",), within="1h"), rule_data(within="3h"), priorities=["high", "top"]
    )
    found = {each.priority: each for each in compare(old, new, (2026, 2026))}
    assert {"low": "only_old", "high": "earlier", "top": "only_new"} == {
        name: each.kind for name, each in found.items()
    }
    assert -2 * HOUR == found["high"].largest
    assert "priority 'low' is not declared" in str(found["low"].why_not)


def test_an_answer_beyond_the_calendars_of_one_version_is_no_answer() -> None:
    def until(last: int) -> Policy:
        calendar = {"years": [2026, last], "days": [day_data("2026-05-05")]}
        line = channel_data(
            rule_data(within="3h", **CALENDAR), hours={"schedule": "office", "observes": ["own"]}
        )
        return policy(channel=line, calendars={"own": calendar})

    each = only(compare(until(2026), until(2027), (2026, 2026)))
    assert "2026-12-31 21:00:00.000001+07:00" == str(each.start)
    assert ("only_new", "2027-01-01 00:00:00+07:00") == (each.kind, str(each.end))
    assert "the answer lies in year 2027 or beyond" in str(each.why_not)
    assert not compare(until(2026), until(2026), (2026, 2026))


# --- Zones ---


def test_versions_in_different_zones_are_compared_as_instants_and_say_so() -> None:
    old, new = around_the_clock(), around_the_clock(timezone="America/New_York")
    found = compare(old, new, (2026, 2027))
    assert not found
    assert ("2026-01-01 12:00:00+07:00", "2028-01-01 00:00:00+07:00") == (
        str(found.start),
        str(found.end),
    )
    assert "The time zones differ, Asia/Ho_Chi_Minh and America/New_York" in found.describe()
    assert "zones" not in compare(old, old, (2026, 2026)).describe()
    moved = compare(policy(), policy(timezone="UTC"), (2026, 2026))
    assert {"later", "earlier"} == set(kinds(moved))
    assert {ZoneInfo("Asia/Ho_Chi_Minh")} == {each.start.tzinfo for each in moved}
    assert {ZoneInfo("UTC")} == {each.new.due_at.tzinfo for each in moved if each.new}


def test_the_length_of_a_span_over_a_clock_change_is_the_time_that_passed() -> None:
    old = around_the_clock(timezone="America/New_York")
    new = around_the_clock(
        when("Su", within="4h"), rule_data(within="3h"), timezone="America/New_York"
    )
    found = compare(old, new, (2026, 2026))
    lengths = sorted(each.length / HOUR for each in found)
    assert [23, 24, 25] == sorted(set(lengths))
    assert 52 * 24 * HOUR == found.submission_time


def test_a_worst_submission_in_a_repeated_hour_is_told_apart_from_its_start() -> None:
    old = around_the_clock(when("Su", within="3h"), timezone="America/New_York")
    new = changed(old, crossing="overlap")
    each = Difference(
        "later",
        "desk",
        "ticket",
        None,
        datetime(2026, 11, 1, 1, 30, tzinfo=ZoneInfo("America/New_York")),
        datetime(2026, 11, 1, 3, tzinfo=ZoneInfo("America/New_York")),
        HOUR,
        HOUR,
        datetime(2026, 11, 1, 1, 30, tzinfo=ZoneInfo("America/New_York"), fold=1),
        compute_deadline(old, "2026-11-01T06:30:00Z", department="desk"),
        compute_deadline(new, "2026-11-01T06:30:00Z", department="desk"),
    )
    assert "submitted at 2026-11-01 01:30:00-05:00 it is due" in str(each)


# --- In words and as data ---


def test_a_difference_reads_as_one_line_of_each_kind() -> None:
    line = "desk/ticket from 2026-01-01 00:00:00+07:00 to before 2027-01-01 00:00:00+07:00"
    three, four = around_the_clock(), around_the_clock(rule_data(within="4h"))
    held = around_the_clock(rule_data(within="3h", earliest="30m"))
    two = policy(rule_data(within="2h"))
    due = "2026-01-01 03:00:00+07:00"
    first = "submitted at 2026-01-01 00:00:00+07:00 it is"
    assert f"{line}: due 1h later; {first} due 2026-01-01 04:00:00+07:00 instead of {due}" == str(
        only(compare(three, four, (2026, 2026)))
    )
    assert (
        f"{line}: due as before; {first} counted from 2026-01-01 00:00:00+07:00, "
        "not before 2026-01-01 00:30:00+07:00 instead of counted from 2026-01-01 00:00:00+07:00"
    ) == str(only(compare(three, held, (2026, 2026))))
    assert (
        f"{line}: due 1h to 64h earlier; submitted at 2026-01-02 15:00:00.000001+07:00 it is due "
        "2026-01-02 16:00:00.000001+07:00 instead of 2026-01-05 08:00:00.000001+07:00"
    ) == str(only(compare(two, policy(), (2026, 2026))))
    urgent = around_the_clock(priorities=["urgent"])
    assert (
        f"desk/ticket with priority 'urgent' {line[12:]}: only the new policy answers, "
        f"due {due}; priority 'urgent' is not declared by the policy; leave it out, none is declared"
    ) == str(only(compare(three, urgent, (2026, 2026))))
    tickets = [Submission("2026-01-01T00:00:00+07:00", "desk")]
    assert (
        "submissions[0], desk/ticket at 2026-01-01 00:00:00+07:00: "
        f"due 1h later; due 2026-01-01 04:00:00+07:00 instead of {due}"
    ) == str(compare_submissions(three, four, tickets)[0])


def test_a_comparison_says_how_much_differs_and_shows_the_worst() -> None:
    old, new = (
        around_the_clock(),
        around_the_clock(when("Su", within="12h"), rule_data(within="3h")),
    )
    new = changed(new, version="2027")
    found = compare(old, new, (2026, 2026))
    head, total, *rest = found.describe().splitlines()
    assert (
        "Old 'a desk', new 'a desk, 2027', submissions from 2026-01-01 00:00:00+07:00 "
        "to before 2027-01-01 00:00:00+07:00."
    ) == head
    assert "Answered differently: 52 spans of submissions, 1248h over all lines together." == total
    assert [*(f"- {each}" for each in found.differences[:5]), "- and 47 more"] == rest
    assert 54 == len(found.describe(worst=52).splitlines())
    once = compare(old, around_the_clock(rule_data(within="4h")), (2026, 2026))
    assert "1 span of submissions, 8760h" in once.describe()
    same = compare(old, old, (2026, 2026)).describe()
    assert same.endswith("\nNo submission is answered differently.")


def test_a_comparison_dumps_as_plain_json() -> None:
    old, new = policy(rule_data(within="2h")), policy()
    found = compare(old, new, (2026, 2026))
    dump = found.to_dict()
    assert dump == json.loads(json.dumps(dump))
    (each,) = dump.pop("differences")
    assert {
        "old": "a desk",
        "new": "a desk",
        "old_zone": "Asia/Ho_Chi_Minh",
        "new_zone": "Asia/Ho_Chi_Minh",
        "start": "2026-01-01T00:00:00+07:00",
        "end": "2027-01-01T00:00:00+07:00",
        "submission_time": "8760h",
    } == dump
    assert ("-1h", "-64h") == (each["smallest"], each["largest"])
    assert {
        "starts_at": "2026-01-02T15:00:00.000001+07:00",
        "earliest_at": None,
        "due_at": "2026-01-02T16:00:00.000001+07:00",
        "target": "default",
    } == each["new"]
    held = around_the_clock(rule_data(within="3h", earliest="30m"))
    early = compare_submissions(
        held, policy_of_another_desk(), [Submission("2026-06-08T10:00:00+07:00", "desk")]
    )[0].to_dict()
    assert "2026-06-08T10:30:00+07:00" == early["old"]["earliest_at"]
    assert (None, None, None, 0) == (
        early["new"],
        early["smallest"],
        early["largest"],
        early["index"],
    )


def policy_of_another_desk() -> Policy:
    return policy(departments={"other": {"channels": {"ticket": channel_data()}}})


def test_a_comparison_is_a_value_and_counts_and_iterates_over_its_differences() -> None:
    found = compare(AZDIGI, changed(AZDIGI, crossing="in_order"), (2026, 2026))
    assert bool(found)
    assert len(found.differences) == len(found) == len(list(found))
    again = pickle.loads(pickle.dumps(found))
    assert (found, hash(found)) == (again, hash(again))


# --- Years and policies that cannot be compared ---


@pytest.mark.parametrize(
    ("years", "error"),
    [
        ((2099, 2101), YearsNotCoveredError),
        ((2027, 2026), InstantOutOfRangeError),
        ((1000, 3000), InstantOutOfRangeError),
        ((2, 2026), InstantOutOfRangeError),
        ((9990, 9998), InstantOutOfRangeError),
        (2026, NotAnInstantError),
        ((2026,), NotAnInstantError),
        (("2026", "2027"), NotAnInstantError),
        ((2026, True), NotAnInstantError),
    ],
)
def test_years_that_cannot_be_compared_are_refused(
    years: Any, error: type[SupportSlaError]
) -> None:
    with pytest.raises(error):
        compare(AZDIGI, AZDIGI, years)


def test_years_outside_the_calendars_of_either_version_name_the_calendar() -> None:
    line = channel_data(hours={"schedule": "office", "observes": ["own"]})
    own = {"own": {"years": [2026, 2026], "days": []}}
    short = policy(channel=line, calendars=own)
    for pair in ((short, policy()), (policy(), short)):
        with pytest.raises(YearsNotCoveredError, match="'own'"):
            compare(*pair, (2026, 2027))


def test_what_is_no_policy_is_refused() -> None:
    wrong: Any = "azdigi"
    for one, two in ((wrong, AZDIGI), (AZDIGI, wrong)):
        with pytest.raises(NotAModelError, match="'azdigi'"):
            compare(one, two, (2026, 2026))
        with pytest.raises(NotAModelError, match="'azdigi'"):
            compare_submissions(one, two, [])


# --- A list of submissions ---


FAIR = changed(AZDIGI, crossing="in_order")


def test_submissions_answered_differently_come_worst_first_with_their_place() -> None:
    tickets: list[Any] = [
        {"submitted_at": "2026-06-07T16:00:00+07:00", "department": "technical"},
        {"submitted_at": "2026-06-08T16:00:00+07:00", "department": "technical"},
        Submission(datetime(2026, 6, 7, 16, 59, tzinfo=UTC), "technical"),
        Submission("2026-06-08T16:00:00+07:00", "billing", "ticket", None),
    ]
    found = compare_submissions(AZDIGI, FAIR, iter(tickets))
    assert [(2, "earlier", -HOUR * 8 - 59 * HOUR / 60), (0, "earlier", -HOUR)] == [
        (each.index, each.kind, each.largest) for each in found
    ]
    for each in found:
        assert (each.start, each.start + MICROSECOND) == (each.submitted_at, each.end)
        assert each.smallest == each.largest
    assert found[0].old == compute_deadline(AZDIGI, tickets[2].submitted_at, department="technical")
    assert () == compare_submissions(AZDIGI, FAIR, [])


def test_equal_submissions_each_have_their_own_difference() -> None:
    ticket = Submission("2026-06-07T16:00:00+07:00", "technical")
    found = compare_submissions(AZDIGI, FAIR, [ticket, ticket])
    assert [0, 1] == [each.index for each in found]


def test_what_one_version_cannot_answer_comes_first_and_says_why() -> None:
    old = around_the_clock(when("Su", within="3h"), priorities=["low"])
    own = {"own": {"years": [2026, 2026], "days": []}}
    hours = {"schedule": "office", "observes": ["own"]}
    channels = {
        "ticket": channel_data(rule_data(within="4h"), hours=hours),
        "mail": channel_data(),
    }
    departments = {"desk": {"channels": channels}, "shop": {"channels": channels}}
    new = policy(calendars=own, departments=departments)
    tickets = [
        Submission("2026-06-07T12:00:00+07:00", "desk"),
        Submission("2027-06-06T12:00:00+07:00", "desk"),
        Submission("2026-06-07T12:00:00+07:00", "desk", "mail"),
        Submission("2026-06-07T12:00:00+07:00", "shop"),
        Submission("2026-06-07T12:00:00+07:00", "desk", priority="low"),
        Submission("2026-06-08T12:00:00+07:00", "desk"),
    ]
    found = {each.index: each for each in compare_submissions(old, new, tickets)}
    assert [2, 3, 4, 5, 1, 0] == list(found)
    for index, kind, said in (
        (0, "later", None),
        (1, "only_old", "past the last covered year 2026 of calendar 'own'"),
        (2, "only_new", "no channel 'mail'"),
        (3, "only_new", "department 'shop'"),
        (4, "only_old", "priority 'low'"),
        (5, "only_new", "no rule that matches"),
    ):
        assert kind == found[index].kind
        assert (said is None) == (found[index].why_not is None)
        assert (said or "") in (found[index].why_not or "")


@pytest.mark.parametrize(
    ("ticket", "error", "said"),
    [
        (Submission("2026-06-07T12:00:00+07:00", "x"), UnknownDepartmentError, "department 'x'"),
        (Submission("2026-06-07T12:00:00+07:00", "billing", "x"), UnknownChannelError, "'x'"),
        (Submission("2026-06-07T12:00:00+07:00", "billing", "chat"), NoTargetError, "it opens at"),
        (Submission("2126-06-07T12:00:00+07:00", "billing"), YearsNotCoveredError, "2126"),
        (Submission("2026-06-07T12:00:00", "billing"), NaiveInstantError, "submitted_at="),
        (Submission("soon", "billing"), InstantError, "submitted_at='soon'"),
        ({"submitted_at": 3, "department": "billing"}, NotAnInstantError, "submitted_at is no"),
        ({"submitted_at": "2026-06-07T12:00:00+07:00"}, NotAModelError, "keys 'submitted_at';"),
        (
            {"submitted_at": "2026-06-07T12:00:00+07:00", "department": "billing", "prio": "low"},
            NotAModelError,
            "'prio'",
        ),
        (("2026-06-07T12:00:00+07:00", "billing"), NotAModelError, "is of type tuple"),
        ("2026-06-07T12:00:00+07:00", NotAModelError, "is of type str"),
    ],
)
def test_a_bad_submission_and_one_that_neither_answers_are_refused_by_their_place(
    ticket: Any, error: type[SupportSlaError], said: str
) -> None:
    good = Submission("2026-06-07T12:00:00+07:00", "billing")
    with pytest.raises(error) as caught:
        compare_submissions(AZDIGI, FAIR, [good, ticket])
    assert str(caught.value).startswith("submissions[1]")
    assert said in str(caught.value)
    assert str(caught.value)[-1] != "."


def test_an_error_that_names_the_place_keeps_what_it_knows_and_the_other_version_s() -> None:
    ticket = Submission("2026-06-07T23:59:00+07:00", "billing", "chat")
    with pytest.raises(NoTargetError) as caught:
        compare_submissions(AZDIGI, FAIR, [ticket])
    assert "2026-06-08 00:00:00+07:00" == str(caught.value.opens_at)
    assert isinstance(caught.value.__cause__, NoTargetError)


def test_what_is_no_list_of_submissions_is_refused() -> None:
    wrong: Any = 5
    with pytest.raises(NotAModelError, match="submissions are no list: 5"):
        compare_submissions(AZDIGI, FAIR, wrong)


@pytest.mark.parametrize("worst", [0, -1])
def test_no_difference_is_told_where_none_is_asked_for(worst: int) -> None:
    found = compare(AZDIGI, AZDIGI.model_copy(update={"crossing": "in_order"}), (2026, 2026))
    assert f"- and {len(found)} more" == found.describe(worst=worst).splitlines()[-1]
    assert 3 == len(found.describe(worst=worst).splitlines())
