"""What lint reads off the answer tables: each claim holds for every submission of the years."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from support_sla.answers.counting.counting import stands_still
from support_sla.answers.promise import promises_of
from support_sla.answers.question import Question
from support_sla.answers.table.table import answer_table
from support_sla.review.finding import LintFinding, amount, request_to, within
from support_sla.review.survey import answered, deadlines, due
from support_sla.values.instants import from_micros, read_zone
from support_sla.values.one_line import counted
from support_sla.values.spans import merge
from support_sla.values.units import DAY_MICROS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from support_sla.answers.table.rows import Row
    from support_sla.answers.table.table import AnswerTable
    from support_sla.policy.policy import Policy
    from support_sla.review.survey import Surveyed
    from support_sla.values.spans import Span

# --- A later submission is due earlier ---


class _Inversion(NamedTuple):
    """A pair furthest out of order, and the number of instants at which the due drops."""

    gap: int
    earlier: int
    later: int
    drops: int


def inversions(seen: Surveyed) -> Iterator[LintFinding]:
    """Yield, for each priority, the two submissions whose dues are the furthest out of order."""
    for table in seen.tables:
        worst = _inversion(table)
        if worst is None:
            continue
        pair = worst.earlier, worst.later
        mended = _mended(seen.policy, table)
        suggestion = f'crossing = "{mended.crossing}"' if mended else None
        way_out = "make its rules promise alike"
        if suggestion:
            way_out = f"write {suggestion} at the top of the policy, before its first table"
        yield LintFinding(
            "inversion",
            f"{request_to(table)} can be due before one sent earlier, by up to {amount(worst.gap)}, "
            f"and its due drops at {counted(worst.drops, 'instant')}; {way_out}",
            seen.path_of_rules,
            deadlines(seen.policy, table, *pair),
            suggestion,
            deadlines(mended, table, *pair) if mended else (),
        )


def _inversion(table: AnswerTable) -> _Inversion | None:
    """Return the worst inversion; None if the due never drops.

    Inside a row the due never falls, so its first due shows whether it undercuts and its last one
    is what later ones can undercut. Of equally bad pairs it is the first on the weekday that has
    most of them, which is the one that customers meet.
    """
    gap = drops = 0
    worst: list[tuple[int, int]] = []
    before = highest = highest_by = table.start  # no due comes before its own submission
    for begin, end, row in answered(table):
        first, last = due(row, begin), due(row, end - 1)
        drops += first < before
        if highest - first > gap:
            gap, worst = highest - first, []
        if gap and highest - first == gap:
            worst.append((highest_by, begin))
        if last > highest:
            highest, highest_by = last, end - 1
        before = last
    if not worst:
        return None
    zone = read_zone(table.zone)
    weekdays = [from_micros(later, zone).weekday() for _, later in worst]
    usual = max(weekdays, key=Counter(weekdays).__getitem__)
    return _Inversion(gap, *worst[weekdays.index(usual)], drops)


def _mended(policy: Policy, table: AnswerTable) -> Policy | None:
    """Return the policy with crossing `in_order` if its table proves that no due drops, or None."""
    mended = policy.model_copy(update={"crossing": "in_order"})
    names = table.department, table.channel, table.priority
    question = Question(mended, *names, table.metric, table.attributes)
    ordered = answer_table(question, table.first_year, table.last_year)
    return None if _inversion(ordered) else mended


# --- What a rule does; each yields the place of the rule with the finding ---


def rules_never_in_force(seen: Surveyed) -> Iterator[tuple[int, LintFinding]]:
    """Yield each rule that is in force on no date of the years, for no priority."""
    first, last = seen.years[0], seen.years[-1]
    # The promise itself and not the tables, whose rows hide the rule if the answer is not known.
    questions = [
        replace(seen.question, priority=table.priority, attributes=table.attributes)
        for table in seen.tables
    ]
    promises = [promises_of(question).covering(first, last) for question in questions]
    used = {rule for each in promises for rule in each.reigns.between(seen.start, seen.end)}
    for at, target in enumerate(seen.targets):
        if at not in used:
            yield (
                at,
                LintFinding(
                    "rule_never_matches",
                    f"rule {target.name!r} is in force on no date {within(seen.years)}; "
                    "correct its 'when', or drop it",
                    seen.path_of_rule(at),
                ),
            )


def long_waits(seen: Surveyed, days: int) -> Iterator[tuple[int, LintFinding]]:
    """Yield, for each priority, the submission that waits longest, if for more than `days` days."""
    for table in seen.tables:
        longest = _longest_wait(table, days * DAY_MICROS)
        if longest is None:
            continue
        yield (
            longest.rule,
            LintFinding(
                "long_wait",
                f"{request_to(table)} can be due more than {counted(days, 'day')} after it was "
                f"sent, at most {amount(longest.wait)}, in {_stretches(longest.stretches)}; "
                "promise fewer hours, open the line in between, or tell the customers",
                seen.path_of_rule(longest.rule),
                deadlines(seen.policy, table, *longest.before, longest.at),
            ),
        )


class _Wait(NamedTuple):
    """The submission that waits longest, and the last one before it that does not wait too long.

    `before` is empty if there is none; `stretches` are those that wait too long.
    """

    wait: int
    rule: int
    before: tuple[int, ...]
    at: int
    stretches: list[Span]


def _longest_wait(table: AnswerTable, limit: int) -> _Wait | None:
    """Return the longest wait of a table, of equal ones the first; None if none is too long.

    In a row it is max(t, from) + after - t, which falls until t reaches `from` and then is `after`:
    longest for the first submission, and too long up to some submission or for all.
    """
    long: list[Span] = []
    longest: _Wait | None = None
    before: tuple[int, ...] = ()
    for begin, end, row in answered(table):
        wait = due(row, begin) - begin
        if wait > (longest.wait if longest else limit):
            longest = _Wait(wait, row.rule, before, begin, long)
        cut = end
        if row.due_after <= limit:
            cut = min(max(row.due_from + row.due_after - limit, begin), end)
        if cut < end:
            before = (end - 1,)
        long.append((begin, cut))
    return longest and longest._replace(stretches=merge(long))


def instants_while_closed(seen: Surveyed) -> Iterator[tuple[int, LintFinding]]:
    """Yield, for each priority, the first answer in calendar time that ends while closed.

    That is strictly after a closing and before the next opening. Both its earliest instant and its
    due are checked.
    """
    said = (
        ("earliest_while_closed", "is promised no answer before an instant", _earliest),
        ("due_while_closed", "can be due at an instant", _due),
    )
    for table in seen.tables:
        for code, what, formula in said:
            spans = _while_closed(seen, table, formula)
            if not spans:
                continue
            at = spans[0][0]
            answer = table.answer(at)
            assert answer is not None, "rows without an answer are left out"
            yield (
                answer.rule,
                LintFinding(
                    code,
                    f"{request_to(table)} {what} at which the line is closed, first when sent "
                    f"{seen.spoken(at)}, in {_stretches(spans)}; "
                    'count the rule in "business_time", with hours of its own if it is promised outside '
                    "the line's, or open the line then",
                    seen.path_of_rule(answer.rule),
                    deadlines(seen.policy, table, at - 1, at),
                ),
            )


def _earliest(row: Row) -> tuple[int, int] | None:
    return None if row.earliest_from is None else (row.earliest_from, row.earliest_after or 0)


def _due(row: Row) -> tuple[int, int] | None:
    return row.due_from, row.due_after


def _while_closed(
    seen: Surveyed, table: AnswerTable, formula: Callable[[Row], tuple[int, int] | None]
) -> list[Span]:
    """Return the submissions whose instant, max(t, wait) + after, lies inside a closed span.

    Inside means after its first instant, which is the closing; the first instant of all counts as
    a closing, for what was open before is not known. The instants of a row rise with its
    submissions, so those inside one closed span come from consecutive submissions.
    """
    closings = (seen.hours.start, *seen.hours.closes)
    openings = (*seen.hours.opens, seen.hours.end)
    found: list[Span] = []
    for begin, end, row in answered(table):
        instant = formula(row)
        if instant is None or stands_still(seen.targets[row.rule]):
            continue
        wait, after = instant
        lowest, highest = max(begin, wait) + after, max(end - 1, wait) + after
        for gap in range(bisect_right(openings, lowest), bisect_left(closings, highest)):
            closing, opening = closings[gap], openings[gap]
            first = begin if closing < lowest else closing + 1 - after
            found.append((first, min(opening - after, end)))
    return merge(found)


def _stretches(spans: list[Span]) -> str:
    return f"{counted(len(spans), 'stretch', 'stretches')} of submissions"
