"""`latest_submission`: by when a customer must write to be answered by an instant."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping

from support_sla.answers.line import Line
from support_sla.answers.question import Question
from support_sla.answers.table.table import AnswerTable, answer_table
from support_sla.clock.wall_clock import local_year
from support_sla.errors import InstantOutOfRangeError, NoTargetError
from support_sla.policy.metrics import Metric
from support_sla.policy.policy import Policy
from support_sla.values.instants import from_micros, read_instant, read_zone, to_micros

YEARS_BACK = 30
"""Years before the instant that are looked at: no support promise is longer."""


def latest_submission(  # noqa: PLR0913  what makes a request, by name
    policy: Policy,
    answered_by: dt.datetime | str,
    *,
    department: str,
    channel: str = "ticket",
    priority: str | None = None,
    attributes: Mapping[str, str] | None = None,
    metric: Metric = "first_response",
) -> dt.datetime:
    """Return the last instant at which a request may be sent to be promised an answer by another.

    Its deadline is at or before `answered_by`, and that of every later request comes after it. An
    earlier request may be promised a later answer where the policy has such inversions, which
    `lint` finds. A request whose answer the calendars leave unknown is passed over. In the zone of
    the desk, to the microsecond; read off the same answer table.

    Raises as `compute_deadline` does for the policy, the names and `answered_by`; `NoTargetError`
    for a line that promises nothing; `YearsNotCoveredError` if no request of the years that the
    calendars cover is answered by then; and `InstantOutOfRangeError` if none of the thirty years
    before it is.

    >>> from support_sla import load_policy
    >>> latest_submission(
    ...     load_policy("azdigi"), "2026-01-12T17:00:00+07:00", department="billing"
    ... ).isoformat()
    '2026-01-12T16:00:00+07:00'
    """
    question = Question.of(policy, department, channel, priority, attributes, metric)
    zone = read_zone(question.policy.zone_of(question.department))
    by = to_micros(read_instant("answered_by", answered_by, zone))
    if not question.targets:
        name = f"{question.department}/{question.channel}"
        raise NoTargetError.of(name, None, metric=question.unpromised)
    year = local_year(zone, by)
    table = answer_table(question, year, year, reach=1)
    first, last = year, year
    while True:
        found = _latest(table, by)
        if found is not None:
            return from_micros(found, zone)
        if year - first >= YEARS_BACK:
            raise InstantOutOfRangeError.unanswered(str(answered_by), first, year)
        first, last = first - 2 * (last - first + 1), first - 1
        table = _earlier(question, first, last, year)


def _earlier(question: Question, first: int, last: int, year: int) -> AnswerTable:
    """Return the table of some years before, as far back as the calendars go.

    Answers after `year` are left unknown, for they come too late.
    """
    coverage = Line.of(question).coverage
    coverage.check_answer(last)
    return answer_table(question, max(first, coverage.first), last, reach=year - last + 1)


def _latest(table: AnswerTable, by: int) -> int | None:
    """Return the last submission of a table whose due is not after an instant; None if none is.

    In a row the due is max(t, from) + after, so it is kept up to t = by - after, if at all.
    """
    place = bisect_right(table.begins, by) - 1
    for at in range(place, -1, -1):
        row = table.row(at)
        if row.rule < 0 or max(row.begin, row.due_from) + row.due_after > by:
            continue
        end = table.begins[at + 1] if at + 1 < len(table.begins) else table.end
        return min(end - 1, by - row.due_after)
    return None
