"""Comparisons held against brute force: every submission beside every span."""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, datetime, timedelta
from itertools import groupby, pairwise
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from builders import EXAMPLES
from comparisons import NONE, Asked, instants, named
from in_oracle_words import MICROSECOND, utc
from support_sla import (
    AnswerTable,
    Policy,
    compute_deadline,
)
from support_sla.policy.metrics import METRICS
from support_sla.review.compare import compare
from support_sla.review.comparison import Difference
from support_sla.review.table_diff import spans
from support_sla.strategies import ZONES, policies

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def line_of(difference: Difference) -> Asked:
    line = difference.department, difference.channel, difference.priority
    return (*line, difference.attributes, difference.metric)


def kind_of(one: Any, two: Any) -> str | None:
    """How an answer differs, said a second time."""
    if one == two:
        return None
    if one is None or two is None:
        return "only_old" if two is None else "only_new"
    return "other" if one[2] == two[2] else "later" if two[2] > one[2] else "earlier"


@st.composite
def promising(draw: st.DrawFn) -> Policy:
    """A policy of which some lines also promise something else than a first response."""
    data = draw(policies()).model_dump()
    for line in data["departments"]["desk"]["channels"].values():
        if isinstance(line["first_response"], list) and not draw(st.integers(0, 2)):
            more = draw(st.sampled_from(METRICS[1:]))
            line[more] = [
                {key: value for key, value in rule.items() if key != "earliest"}
                for rule in line["first_response"]
            ]
    return Policy.model_validate(data)


@st.composite
def versions(draw: st.DrawFn) -> tuple[Policy, Policy]:
    """A policy, and another: of its own, or the first with one thing changed."""
    old = draw(promising())
    change = draw(st.sampled_from(["other", "zone", "crossing", "within", "hours", "priorities"]))
    if change == "other":
        return old, draw(promising())
    data = old.model_dump()
    if change == "zone":
        data["timezone"] = draw(st.sampled_from(ZONES))
    if change == "crossing":
        data["crossing"] = draw(st.sampled_from(["submission", "overlap", "in_order"]))
    if change == "priorities":
        data["priorities"] = [*old.priorities, "extra"]
    lines = data["departments"]["desk"]["channels"].values()
    listed = [line[metric] for line in lines for metric in METRICS if metric in line]
    listed += data.get("rules", {}).values()
    for rule in (rule for rules in listed if isinstance(rules, list) for rule in rules):
        if change == "within":
            for key in ("by", "cutoff"):
                rule.pop(key, None)
            rule |= {"within": draw(st.sampled_from(["31h", "40h"]))}
            rule.setdefault("counted_in", "business_time")
        if change == "hours" and "by" not in rule:
            rule.pop("hours", None)
            rule["counted_in"] = "calendar_time"
    return old, Policy.model_validate(data)


def known_years(*bases: Policy) -> tuple[int, int]:
    covered = [calendar.covered_years for base in bases for calendar in base.calendars.values()]
    firsts, lasts = [2005, *(first for first, _ in covered)], [2027, *(last for _, last in covered)]
    return max(firsts), min(lasts)


def table_of(base: Policy, line: Asked, year: int) -> AnswerTable | None:
    try:
        return AnswerTable.of(base, **named(base, line), first_year=year, last_year=year)
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
    known = {plan: None for base in pair for plan in base.attributes.get("plan", ())}
    given = data.draw(st.sampled_from([(), *((("plan", plan),) for plan in known)]))
    lines = [line for base in pair for _, _, line in base.lines()]
    promised = [metric for metric in METRICS if any(getattr(line, metric) for line in lines)]
    metric = data.draw(st.sampled_from(promised))
    line: Asked = ("desk", channel, data.draw(st.sampled_from(names)), given, metric)
    here = sorted(
        (each for each in found if is_told_for(line_of(each), line, old, new)),
        key=lambda each: each.start.astimezone(UTC),
    )
    starts = [each.start.astimezone(UTC) for each in here]
    ends = [each.end.astimezone(UTC) for each in here]
    assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))
    assert_maximal(here)

    tables = [table for base in pair if (table := table_of(base, line, year))]
    # The years are those of the department's clocks; the ends told are those of the policies'.
    zones = [ZoneInfo(base.zone_of("desk")) for base in pair]
    begin = max(utc(datetime(year, 1, 1, tzinfo=zone)) for zone in zones)
    over = min(utc(datetime(year + 1, 1, 1, tzinfo=zone)) for zone in zones)
    start, end = ((at - EPOCH) // MICROSECOND for at in (begin, over))
    points = corners(tables, start, end) if len(tables) == 2 else [EPOCH + start * MICROSECOND]
    seconds = data.draw(st.lists(st.integers(0, (end - start) // 1_000_000 - 1), max_size=50))
    points += [EPOCH + start * MICROSECOND + timedelta(seconds=second) for second in seconds]
    points += [at + step for at in (*starts, *ends) for step in (-MICROSECOND, NONE)]
    moves: dict[int, list[tuple[timedelta, datetime]]] = {}
    for at in sorted(at for at in set(points) if begin <= at < over):
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


def is_told_for(told: Asked, line: Asked, old: Policy, new: Policy) -> bool:
    """Whether a difference that is told for one kind of request is one of another's too."""
    if (*told[:2], told[4]) != (*line[:2], line[4]):
        return False
    return all(admitted(base, told) == admitted(base, line) for base in (old, new))


def admitted(base: Policy, line: Asked) -> Any:
    """What a version makes of a request: that it knows none of it, or the rules that can match."""
    department, channel, priority, attributes, metric = line
    if channel not in base.departments[department].channels:
        return "no line"
    if priority is not None and priority not in base.priorities:
        return "no priority"
    given = dict(attributes)
    if any(value not in base.attributes.get(name, [value]) for name, value in attributes):
        return "no value"
    found = []
    for rule in base.targets(department, channel, metric):
        when = rule.when
        if when and when.priority and priority not in when.priority:
            continue
        if when and any(given.get(name) not in some for name, some in when.attributes.items()):
            continue
        found.append(rule.name)
        if when is None or (when.days, when.open, when.time) == (None, None, None):
            break
    return found


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
        for base, deadline in ((old, each.old), (new, each.new)):
            assert instants(base, each.submitted_at, line_of(each)) == (
                deadline
                and (utc(deadline.starts_at), utc(deadline.earliest_at), utc(deadline.due_at))
            )
            assert deadline is None or deadline == compute_deadline(
                base, each.submitted_at, **named(base, line_of(each))
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
