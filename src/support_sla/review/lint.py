"""`lint`: finds what in a policy will surprise its customers, before they find it."""

from __future__ import annotations

import datetime as dt
from operator import itemgetter
from typing import TYPE_CHECKING

from support_sla.clock.years import read_years
from support_sla.errors import AmountError, NotAnInstantError
from support_sla.policy.policy import Policy, check_policy
from support_sla.review import answer_checks, hours_checks, parts_checks
from support_sla.review.accepted import with_accepted
from support_sla.review.finding import LintFinding
from support_sla.review.survey import survey

if TYPE_CHECKING:
    from support_sla.review.survey import Surveyed

__all__ = ["LintFinding", "lint"]


def lint(
    policy: Policy,
    years: tuple[int, int],
    *,
    as_of: dt.date | None = None,
    closed_days: int = 7,
    wait_days: int = 7,
) -> tuple[LintFinding, ...]:
    """Return the traps of a policy in some local years, in the order of its file.

    `years` are the first and the last one. What findings say of answers is proved on every row of
    the answer tables, so for every microsecond of the years and every kind of request (those that hold the same rules): if nothing is
    found, there is nothing. Only two kinds of submissions are left out: those that no rule matches,
    and those whose answer reaches past the years the calendars cover, for it is not known.

    What the policy's author means can be accepted under `accept`: such a finding has the reason as
    `accepted`.

    For each line and kind of request, with the worst case or the first one, and how many there are:

    - `inversion`: a later submission is due earlier; `suggestion` is a reading of crossings under
      which none is.
    - `long_wait`: an answer is due more than `wait_days` times 24 hours after the submission.
    - `earliest_while_closed`, `due_while_closed`: in calendar time, that instant comes after the
      line has closed and before it opens; closing time itself does not count.

    For each line or department:

    - `closed_long`: a line is closed for more than `closed_days` times 24 hours of the years; one
      that runs on past them is told as at least so long.
    - `calendars_disagree`: the calendars of a line give a date two different hours, or give it
      hours and close it.
    - `closed_on_make_up_day`: a department has no open time on a date that the state works for a
      bridge day, whether or not its calendar takes in `swaps`; a date that the calendar itself
      gives, removes or moves is left out.
    - `line_without_target`: a line promises nothing.

    For each part:

    - `rule_never_matches`: a rule is in force on no date, for no priority.
    - `calendar_unused`, `schedule_unused`, `priority_unused`, `attribute_unused`, `rules_unused`: no
      line or rule names it.
    - `fixed_offset_zone`: a zone such as `EST` or `Etc/GMT+5`, without the clock changes of a place.
    - `acceptance_unused`: the policy accepts a finding that there is none of in these years.
    - `calendar_runs_out`: a calendar in use ends less than 12 months after `as_of`; not checked
      without `as_of`, for the library never asks what day it is.

    Raises `YearsNotCoveredError` for years outside the calendars of a line,
    `InstantOutOfRangeError` for reversed ones and more than 1,000, `NotAModelError` for a policy
    that was not loaded, and `NotAnInstantError` or `AmountError` for other arguments that are not
    what they should be.

    >>> from support_sla import load_policy
    >>> found = lint(load_policy("azdigi"), (2026, 2026))
    >>> [finding.code for finding in found if finding.counterexample]
    ['inversion']
    """
    check_policy(policy)
    first, last = read_years(years)
    _check_date(as_of)
    _check_days("closed_days", closed_days)
    _check_days("wait_days", wait_days)
    departments = survey(policy, range(first, last + 1))
    lines = [line for of_department in departments.values() for line in of_department]
    found = [
        *parts_checks.fixed_zones(policy),
        *parts_checks.unused_priorities(policy, lines),
        *parts_checks.unused_attributes(policy, lines),
        *hours_checks.calendars(policy, lines, as_of),
        *parts_checks.unused_schedules(policy, lines),
        *parts_checks.unused_rules(policy),
    ]
    for name, of_department in departments.items():
        found += hours_checks.closed_on_make_up_days(name, of_department)
        for line in of_department:
            found += _of_line(line, closed_days, wait_days)
    left_out = () if as_of else ("calendar_runs_out",)
    return tuple(with_accepted(policy, found, range(first, last + 1), left_out=left_out))


def _of_line(line: Surveyed, closed_days: int, wait_days: int) -> list[LintFinding]:
    of_rules = [
        *answer_checks.rules_never_in_force(line),
        *answer_checks.long_waits(line, wait_days),
        *answer_checks.instants_while_closed(line),
    ]
    of_line = [*hours_checks.no_target(line), *hours_checks.long_closures(line, closed_days)]
    return [
        *(of_line if line.leads else []),
        *hours_checks.disagreeing_calendars(line),
        *answer_checks.inversions(line),
        *(finding for _, finding in sorted(of_rules, key=itemgetter(0))),
    ]


def _check_date(as_of: object) -> None:
    if as_of is not None and (isinstance(as_of, dt.datetime) or not isinstance(as_of, dt.date)):
        raise NotAnInstantError.date("as_of", as_of)


def _check_days(name: str, days: object) -> None:
    if type(days) is not int or days < 1:
        raise AmountError.days(name, days)
