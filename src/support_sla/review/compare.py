"""`compare`: what another version of a policy would answer differently, exactly and worst first.

The answer tables of both versions say which submissions those are, and `compute_deadline` what the
worst of them get; `Difference` and `Comparison` put it into words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from support_sla.answers.promise import Answer
from support_sla.answers.question import Question, questions
from support_sla.answers.reigns import NO_RULE
from support_sla.answers.table.table import answer_table
from support_sla.clock.wall_clock import WallClock
from support_sla.clock.years import read_years
from support_sla.deadline import Deadline, compute_deadline
from support_sla.errors import (
    NotAModelError,
    SupportSlaError,
    UnknownAttributeError,
    UnknownChannelError,
    UnknownDepartmentError,
    UnknownPriorityError,
)
from support_sla.policy.metrics import Metric
from support_sla.policy.policy import Policy, check_policy
from support_sla.review.comparison import Comparison, Difference
from support_sla.review.table_diff import DifferenceKind, DifferentSpan, spans
from support_sla.values.dates import day_number
from support_sla.values.instants import EPOCH, from_micros, read_instant, read_zone, to_micros
from support_sla.values.units import MICROSECOND

__all__ = [
    "Comparison",
    "Difference",
    "DifferenceKind",
    "Submission",
    "compare",
    "compare_submissions",
]

_UNKNOWN = (
    UnknownAttributeError,
    UnknownChannelError,
    UnknownDepartmentError,
    UnknownPriorityError,
)


def compare(old: Policy, new: Policy, years: tuple[int, int]) -> Comparison:
    """Return which submissions of some years two versions of a policy answer differently.

    `years` are the first and the last local year, both included; if the versions have different
    zones, instants count that lie in these years of both. Differently means another `starts_at`,
    `earliest_at` or `due_at` as an instant, or an answer from one version only; the name of a rule
    is not an answer. Each promise of each line is asked without a priority and attributes, and with each
    priority and value that its rules name or that only one version knows. The spans are exact to the
    microsecond.

    Raises `NotAModelError` for a policy that was not loaded, `NotAnInstantError` for years that
    are no pair of whole numbers, and `YearsNotCoveredError` or `InstantOutOfRangeError` for years
    that one of the versions cannot answer.

    >>> from support_sla import load_policy
    >>> old = load_policy("azdigi")
    >>> new = load_policy({**old.model_dump(), "crossing": "in_order"})
    >>> found = compare(old, new, (2026, 2026))
    >>> len(found), str(found.differences[0].length)
    (56, '8:59:59.999999')
    >>> print(found.differences[0])
    technical/ticket from 2026-01-01 15:00:00.000001+07:00 to before 2026-01-02 00:00:00+07:00: ...
    """
    old, new = check_policy(old), check_policy(new)
    first, last = read_years(years)
    found: list[Difference] = []
    for question in _questions(old, new):
        zones = {_zone_of(version, question.department) for version in (old, new)}
        start, end = _common(zones, first, last)
        versions = _asked_of(question, old), _asked_of(question, new)
        one, two = (None if v is None else answer_table(v, first, last) for v in versions)
        for span in spans(one, two, start, end):
            at = from_micros(span.worst, dt.UTC)
            one_answers, two_answers = _ask(old, question, at), _ask(new, question, at)
            found.append(_difference(question, span, one_answers, two_answers))
    zone = read_zone(old.timezone)
    start, end = _common({old.timezone, new.timezone}, first, last)
    return Comparison(
        _called(old),
        _called(new),
        old.timezone,
        new.timezone,
        from_micros(start, zone),
        from_micros(end, zone),
        tuple(sorted(found, key=_badness)),
    )


class Submission(NamedTuple):
    """One submission to compare: when it was sent, and to which line.

    >>> Submission("2026-01-10T16:30:00+07:00", "billing").channel
    'ticket'
    """

    submitted_at: dt.datetime | str
    department: str
    channel: str = "ticket"
    priority: str | None = None
    attributes: Mapping[str, str] | None = None
    metric: Metric = "first_response"


def compare_submissions(
    old: Policy, new: Policy, submissions: Iterable[Submission | Mapping[str, Any]]
) -> tuple[Difference, ...]:
    """Return those of some submissions that two versions of a policy answer differently.

    Each is a `Submission` or a mapping with its keys. Each difference has the `index` of its
    submission; the worst comes first. A version has no answer if it lacks the department, channel
    or priority, promises nothing there, or has calendars that end before the answer; `why_not`
    says so.

    Raises, with the place of the submission: `NotAModelError` for one that is neither or has
    other keys, what `compute_deadline` raises for what is no instant, and its error for the new
    version if neither of them answers.

    >>> from support_sla import load_policy
    >>> old = load_policy("azdigi")
    >>> new = load_policy({**old.model_dump(), "crossing": "in_order"})
    >>> tickets = [
    ...     {"submitted_at": "2026-06-07T12:00:00+07:00", "department": "technical"},
    ...     {"submitted_at": "2026-06-07T23:59:00+07:00", "department": "technical"},
    ... ]
    >>> for difference in compare_submissions(old, new, tickets):
    ...     print(difference.index, difference.kind, difference.largest)
    1 earlier -1 day, 15:01:00
    """
    old, new = check_policy(old), check_policy(new)
    if not isinstance(submissions, Iterable):
        raise NotAModelError.submissions(submissions)
    found: list[Difference] = []
    for index, each in enumerate(submissions):
        try:
            at, question = _read_submission(f"submissions[{index}]", each, old)
            _refuse_attributes(question, old, new)
        except SupportSlaError as error:
            error.at(index)
            raise
        one, two = _ask(old, question, at), _ask(new, question, at)
        if isinstance(one, SupportSlaError) and isinstance(two, SupportSlaError):
            raise two.at(index, f"submissions[{index}] is answered by neither version") from one
        micros, answers = to_micros(at), (_answer(one), _answer(two))
        span = DifferentSpan.of(micros, micros + 1, answers, answers)
        if span is not None:
            found.append(_difference(question, span, one, two, index))
    return tuple(sorted(found, key=_badness))


# --- What is asked ---


def _read_submission(name: str, given: object, policy: Policy) -> tuple[dt.datetime, Question]:
    if isinstance(given, Mapping):
        if not {"submitted_at", "department"} <= set(given) <= set(Submission._fields):
            raise NotAModelError.submission_keys(name, given)
        given = Submission(**given)
    if not isinstance(given, Submission):
        raise NotAModelError.submission(name, given)
    at, department, channel, priority, attributes, metric = given
    read = read_instant(f"{name}.submitted_at", at, read_zone(policy.timezone))
    if attributes is not None and not isinstance(attributes, Mapping):
        raise NotAModelError.attributes(attributes)
    pairs = tuple(sorted((attributes or {}).items(), key=_name))
    return read, Question(policy, department, channel, priority, metric, pairs)


def _name(attribute: tuple[object, object]) -> str:
    """Return the name of an attribute to sort by; one that is no text is refused later."""
    return attribute[0] if isinstance(attribute[0], str) else ""


def _refuse_attributes(question: Question, old: Policy, new: Policy) -> None:
    """Raise for an attribute that neither version declares; one that only one has is left out."""
    for name, _ in question.attributes:
        if name not in old.attributes and name not in new.attributes:
            raise UnknownAttributeError.of(name, [*{**old.attributes, **new.attributes}])


def _questions(old: Policy, new: Policy) -> list[Question]:
    """Return what both versions are asked: each kind of request, and what only one of them takes."""
    kinds = [*questions(old, new)]
    alone = sorted(set(old.priorities) ^ set(new.priorities))
    found = kinds + [replace(kind, priority=name) for kind in kinds for name in alone]
    for name in sorted(set(old.attributes) & set(new.attributes)):
        for value in sorted(set(old.attributes[name]) ^ set(new.attributes[name])):
            given = [{**dict(kind.attributes), name: value} for kind in kinds]
            pairs = [tuple(sorted(each.items())) for each in given]
            found += [
                replace(kind, attributes=each) for kind, each in zip(kinds, pairs, strict=True)
            ]
    alike: dict[Hashable, Question] = {}
    for question in found:
        versions = [_asked_of(question, policy) for policy in (old, new)]
        held = tuple(None if asked is None else asked.held for asked in versions)
        promise = question.department, question.channel, question.metric
        alike.setdefault((*promise, held), question)
    return [*alike.values()]


def _zone_of(policy: Policy, department: str) -> str:
    """Return the zone of a department, or the policy's if it lacks the department."""
    return policy.zone_of(department) if department in policy.departments else policy.timezone


def _common(zones: Iterable[str], first: int, last: int) -> tuple[int, int]:
    """Return the start and the end of the instants that lie in the local years of all zones."""
    clocks = [WallClock.of(read_zone(zone), first, last) for zone in zones]
    start, end = (day_number(dt.date(year, 1, 1)) for year in (first, last + 1))
    starts, ends = ([clock.midnight(day) for clock in clocks] for day in (start, end))
    return max(starts), min(ends)


def _asked_of(question: Question, policy: Policy) -> Question | None:
    """Return a question to a version; None if its policy lacks the line, priority or value."""
    try:
        return question.asked_of(policy)
    except _UNKNOWN:
        return None


def _called(policy: Policy) -> str:
    return f"{policy.name}, {policy.version}" if policy.version else policy.name


# --- What is answered ---


def _ask(policy: Policy, question: Question, at: dt.datetime) -> Deadline | SupportSlaError:
    """Return the deadline of a version, or why it has none."""
    try:
        return compute_deadline(policy, at, **question.asked_of(policy).names())
    except SupportSlaError as error:
        return error


def _answer(deadline: Deadline | SupportSlaError) -> Answer | None:
    """Return the instants of a deadline as a table gives them; its rule is not compared."""
    if isinstance(deadline, SupportSlaError):
        return None
    earliest = deadline.earliest_at
    return Answer(
        to_micros(deadline.starts_at),
        None if earliest is None else to_micros(earliest),
        to_micros(deadline.due_at),
        NO_RULE,
    )


def _difference(
    question: Question,
    span: DifferentSpan,
    one: Deadline | SupportSlaError,
    two: Deadline | SupportSlaError,
    index: int | None = None,
) -> Difference:
    old, new = (each if isinstance(each, Deadline) else None for each in (one, two))
    why_not = next((str(each) for each in (one, two) if isinstance(each, SupportSlaError)), None)
    answered = old or new
    assert answered is not None, "what neither answers is no difference"
    zone = answered.submitted_at.tzinfo or dt.UTC
    return Difference(
        kind=span.kind,
        department=question.department,
        channel=question.channel,
        priority=question.priority,
        attributes=question.attributes,
        metric=question.metric,
        start=from_micros(span.begin, zone),
        end=from_micros(span.end, zone),
        smallest=None if why_not else span.smallest * MICROSECOND,
        largest=None if why_not else span.largest * MICROSECOND,
        submitted_at=answered.submitted_at,
        old=old,
        new=new,
        why_not=why_not,
        index=index,
    )


def _badness(difference: Difference) -> tuple[bool, dt.timedelta, dt.timedelta]:
    """Return a key that sorts the worst first: no answer, then the largest move, then by time."""
    move = difference.largest
    by = dt.timedelta(0) if move is None else abs(move)
    return move is not None, -by, difference.start - EPOCH
