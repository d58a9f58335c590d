"""Strategies for every public type, as Hypothesis asks for them by type."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from hypothesis import strategies as st

import support_sla as sla
from support_sla.policy.metrics import METRICS
from support_sla.testing.drawn import dates, one_of, up_to
from support_sla.testing.policies.calendars import holiday_calendars, special_days
from support_sla.testing.policies.policies import policies
from support_sla.testing.policies.schedules import schedules
from support_sla.testing.policies.sources import FESTIVALS, recurring_days
from support_sla.testing.requests.durations import durations
from support_sla.testing.requests.submissions import questions, submissions
from support_sla.testing.requests.ticket_logs import ticket_logs
from support_sla.testing.sample import sample

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

T = TypeVar("T")
P = TypeVar("P")


# --- What a policy is made of ---


def _parts(pick: Callable[[sla.Policy], Iterable[T]]) -> Callable[[], st.SearchStrategy[T]]:
    """Return what makes parts that every drawn policy has."""
    return lambda: policies().flatmap(lambda policy: st.sampled_from(list(pick(policy))))


def _lines(policy: sla.Policy) -> list[sla.Channel]:
    return [line for _, _, line in policy.lines()]


def _targets(policy: sla.Policy) -> list[sla.Target]:
    lines = [(department, channel) for department, channel, _ in policy.lines()]
    return [rule for line in lines for metric in METRICS for rule in policy.targets(*line, metric)]


def _made(
    kind: Callable[..., T], **keys: st.SearchStrategy[Any]
) -> Callable[[], st.SearchStrategy[T]]:
    """Return what makes values of a model from strategies for its keys."""
    return lambda: st.builds(kind, **keys)


_NAMES = st.sampled_from(["ticket", "chat", "office", "high", "gold"])
_TEXTS = st.dictionaries(
    st.sampled_from(["en", "vi"]), st.sampled_from(["Ticket", "Yêu cầu"]), min_size=1
)
_LABELS = st.dictionaries(_NAMES, _TEXTS, max_size=2)
_DATES = dates(2020, 2030)
_SPANS = st.sampled_from([("06-01", "08-31"), ("12-20", "01-06"), ("2026-06-01", "2026-08-31")])
_AMOUNTS = durations(max_value=dt.timedelta(days=5))
_POINTS = ["75 %", "33.333 %", "15m before", "4h after", "0m before"]
_WHENS: list[dict[str, Any]] = [
    {"days": ["Su"]},
    {"priority": ["high"]},
    {"attributes": {"plan": ["gold"]}},
    {"open": False},
    {"time": "00:00-13:00"},
    {"days": ["Mo", "public"], "open": True, "time": "22:00-24:00"},
]


def _seasons() -> st.SearchStrategy[sla.Season]:
    return st.builds(
        lambda span, name: sla.Season(from_=span[0], to=span[1], schedule=name), _SPANS, _NAMES
    )


_OF_POLICIES: dict[type[Any], Callable[[], st.SearchStrategy[Any]]] = {
    sla.Policy: policies,
    sla.HolidayCalendar: holiday_calendars,
    sla.Schedule: schedules,
    sla.Department: _parts(lambda policy: policy.departments.values()),
    sla.Channel: _parts(_lines),
    sla.Hours: _parts(lambda policy: [line.hours for line in _lines(policy)]),
    sla.Target: _parts(_targets),
    sla.When: lambda: st.sampled_from(_WHENS).map(sla.When.model_validate),
    sla.Season: _seasons,
    sla.SpecialDay: lambda: special_days(2020, 2030),
    sla.Move: _made(sla.Move, date=_DATES, to=_DATES),
    sla.Festival: lambda: FESTIVALS.map(sla.Festival.model_validate),
    sla.Recurring: lambda: recurring_days(2024, 2027).map(lambda days: sla.Recurring(**days[0])),
    sla.FeedFilter: _made(sla.FeedFilter, summary=st.lists(_NAMES, min_size=1, unique=True)),
    sla.BusinessDays: _made(sla.BusinessDays, count=up_to(10)),
    sla.WarnAt: lambda: one_of(tuple(_POINTS)).map(lambda at: sla.WarnAt(at=at)),
    sla.Requires: _made(sla.Requires, channel=_NAMES, unanswered_for=_AMOUNTS),
    sla.Labels: _made(sla.Labels, priority=_LABELS, status=_LABELS, rule=_LABELS),
    sla.Accepted: _made(sla.Accepted, code=_NAMES, at=_NAMES, reason=_NAMES),
    sla.Finding: _made(
        sla.Finding, path=_NAMES, code=_NAMES, message=_NAMES, line=st.none() | up_to(99, 1)
    ),
}


# --- What is asked and answered ---


@st.composite
def _clocks(draw: st.DrawFn) -> sla.Clock:
    policy = draw(policies())
    department, channel, _ = draw(st.sampled_from(list(policy.lines())))
    return sla.Clock.of(policy, department=department, channel=channel)


@st.composite
def _timelines(draw: st.DrawFn) -> sla.Timeline:
    edges = sorted(draw(st.lists(up_to(10_000), unique=True, max_size=8)))
    spans = list(zip(edges[::2], edges[1::2], strict=False))
    return sla.Timeline.of(spans, start=0, end=10_000)


@st.composite
def _tables(draw: st.DrawFn) -> sla.AnswerTable:
    return sla.AnswerTable.of(
        sample(draw(_CROSSINGS)),
        department="desk",
        priority=draw(st.sampled_from([None, "low", "high"])),
        unit=draw(st.sampled_from(["s", "ms", "us", "ns"])),
        first_year=2026,
        last_year=2026,
    )


_CROSSINGS = st.sampled_from(["submission", "overlap", "in_order"])


@st.composite
def _deadlines(draw: st.DrawFn) -> sla.Deadline:
    policy = draw(policies() | _CROSSINGS.map(sample))
    line = "desk", "ticket"
    asked = draw(questions(policy, line=line, metric="first_response"))
    return sla.compute_deadline(policy, **asked._asdict())


@st.composite
def _statuses(draw: st.DrawFn, policy: sla.Policy | None = None) -> sla.TicketStatus:
    policy = policy or draw(policies() | _CROSSINGS.map(sample))
    log = draw(ticket_logs(policy))
    now = log.events[-1].at.astimezone(dt.UTC) + draw(_AMOUNTS)
    return sla.track(policy, log, now)


def _since_submission(status: sla.TicketStatus) -> tuple[sla.StatusDifference, ...]:
    """Return what has changed since the ticket was sent."""
    at_first = sla.track(status.policy, status.log, status.log.submitted_at)
    return sla.compare_statuses(at_first, status)


def _comparisons() -> st.SearchStrategy[sla.Comparison]:
    return st.sampled_from([("submission", "overlap"), ("overlap", "in_order")]).map(_compared)


@cache
def _compared(crossings: tuple[str, str]) -> sla.Comparison:
    old, new = map(sample, crossings)
    return sla.compare(old, new, (2026, 2026))


@st.composite
def _histories(draw: st.DrawFn) -> sla.PolicyHistory:
    days = draw(st.lists(_DATES, min_size=1, max_size=3, unique=True))
    noons = [dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC) for day in days]
    return sla.PolicyHistory([(noon, draw(policies())) for noon in noons])


@st.composite
def _contacts(draw: st.DrawFn) -> sla.ContactOptions:
    policy = sample()
    sent = draw(submissions(policy, line=("desk", "ticket"), last_year=2027))
    now = sent.astimezone(dt.UTC) + draw(_AMOUNTS)
    return sla.contact_options(policy, sent, now, department="desk")


def _some(found: Sequence[T]) -> st.SearchStrategy[T]:
    return st.sampled_from(found)


def _of(
    root: Callable[[], st.SearchStrategy[P]], pick: Callable[[P], Sequence[T]]
) -> Callable[[], st.SearchStrategy[T]]:
    """Return what makes parts of answers, of those answers that have any."""
    return lambda: (
        root().filter(lambda made: bool(pick(made))).flatmap(lambda made: _some(pick(made)))
    )


def _rich() -> st.SearchStrategy[sla.TicketStatus]:
    return _statuses(sample())


_OF_ANSWERS: dict[type[Any], Callable[[], st.SearchStrategy[Any]]] = {
    sla.Clock: _clocks,
    sla.Timeline: _timelines,
    sla.AnswerTable: _tables,
    sla.Submission: lambda: policies().flatmap(questions).map(lambda asked: sla.Submission(*asked)),
    sla.Deadline: _deadlines,
    sla.Choice: lambda: _deadlines().map(lambda found: found.choice),
    sla.PassedOver: _of(_deadlines, lambda found: found.choice.passed_over),
    sla.Reading: _of(_deadlines, lambda found: found.readings),
    sla.Step: _of(_deadlines, lambda found: found.steps),
    sla.Reason: _of(_deadlines, lambda found: found.choice.because),
    sla.TicketLog: lambda: policies().flatmap(ticket_logs),
    sla.Event: lambda: policies().flatmap(ticket_logs).flatmap(lambda log: _some(log.events)),
    sla.TicketStatus: _statuses,
    sla.Round: _of(_rich, lambda status: status.rounds),
    sla.RoundWarning: _of(_rich, lambda status: [w for r in status.rounds for w in r.warnings]),
    sla.Stretch: _of(_rich, lambda status: [s for r in status.rounds for s in r.stretches]),
    sla.StatusDifference: _of(_rich, _since_submission),
    sla.PolicyHistory: _histories,
    sla.ContactOptions: _contacts,
    sla.ContactOption: _of(_contacts, lambda found: found.options),
    sla.Comparison: _comparisons,
    sla.Difference: _of(_comparisons, lambda found: found.differences),
    sla.LintFinding: lambda: st.sampled_from(sla.lint(sample(), (2026, 2026))),
}

STRATEGIES = {**_OF_POLICIES, **_OF_ANSWERS}
"""What makes the strategy of each public type."""
