"""Strategies for whole policies, each with lines that can open and rules that can match."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from support_sla.policy.policy import Policy
from support_sla.testing.drawn import ONE_IN_4, one_of
from support_sla.testing.policies.calendars import holiday_calendars
from support_sla.testing.policies.departments import departments
from support_sla.testing.policies.hours import Parts
from support_sla.testing.policies.schedules import schedules
from support_sla.testing.policies.sources import ALL_SOURCES

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

ZONES = (
    "UTC",
    "Asia/Ho_Chi_Minh",  # no clock change since 1975
    "America/New_York",  # one hour, at two in the morning
    "Australia/Lord_Howe",  # half an hour
    "Africa/Cairo",  # forward over midnight
    "Asia/Beirut",  # forward and back at midnight
    "America/Santiago",  # at midnight, on a Saturday night
    "America/St_Johns",  # until 2011 one minute past midnight, so the evening before came twice
    "Pacific/Apia",  # skipped 30 December 2011
    "Asia/Kathmandu",  # 5 h 45 min ahead of UTC
)
"""Zones that together show every surprise of a wall clock; the first is UTC."""

FEATURES = (
    "business_days",
    "hours",
    "open",
    "time",
    "attributes",
    "seasons",
    "on_holidays",
    "timezone",
    "rules",
    "tickets",
    "departments",
    "requires",
    "texts",
    "sources",
)
"""What a generated policy may have beside schedules, calendars and rules with days and priorities."""

_CALENDARS = st.sampled_from([(), ("public",), ("public", "own")])
_YEARS = st.sampled_from([(2020, 2027), (2005, 2013)])
_PRIORITIES = st.sampled_from([(), ("low", "high"), ("low", "medium", "high")])
_SCHEDULES = st.sampled_from([("a",), ("a", "b")])
_OPEN = schedules(closed=False)
_ATTRIBUTES = st.sampled_from(
    [{}, {}, {"plan": ["basic", "gold"]}, {"plan": ["gold"], "vip": ["yes"]}]
)
_STATUSES = st.sampled_from([(), ("open", "pending", "on hold"), ("open", "pending", "on hold")])
_TICKETS = st.integers(0, 4)


@st.composite
def policies(  # noqa: PLR0913  what is possible, by name
    draw: st.DrawFn,
    *,
    zones: Sequence[str] = ZONES,
    crossings: Sequence[str] = ("submission", "overlap", "in_order"),
    countries: Sequence[str] = ("VN",),
    max_within: dt.timedelta = dt.timedelta(hours=30),
    features: Collection[str] = FEATURES,
) -> Policy:
    """Generate whole policies, each line with hours that can open and each rule able to match.

    `zones`, `crossings` and `countries` are those that may occur, `max_within` bounds a target that
    is an amount of time. `features` are what else may occur, by default all of `FEATURES`: promises
    in business days, hours of a rule, conditions on an open line and on the time of day, attributes
    of the request, seasons, hours on holidays, a department's own zone, rules that lines share,
    what concerns tickets over time (statuses, the other metrics, what clocks pause on and when they
    warn, internal lines), several departments, lines that require an unanswered ticket, labels and
    advice, and calendars of every source (for a feed the extra `ics` is needed).
    Every line of the department `desk` promises a first response; those of others may not.
    Raises `ValueError` for a feature that is none.
    Shrinks to one department with a ticket line open on Mondays, one rule, UTC and no calendar.
    """
    if unknown := [name for name in features if name not in FEATURES]:
        message = f"no feature {unknown[0]!r}; there are {', '.join(FEATURES)}"
        raise ValueError(message)
    for option, given in (("zones", zones), ("crossings", crossings)):
        if isinstance(given, str) or not given:
            message = f"{option} {given!r} allow none; write a list of some"
            raise ValueError(message)
    if max_within < dt.timedelta(0):
        message = f"max_within {max_within} is negative; give an amount of time"
        raise ValueError(message)
    first, last = draw(_YEARS)
    sources = ALL_SOURCES if "sources" in features else ("country",)
    years = {"public": (first, last), "own": (first - 1, last + 2)}
    known = {
        name: holiday_calendars(first_year=one, last_year=two, countries=countries, sources=sources)
        for name, (one, two) in years.items()
    }
    has_tickets = "tickets" in features and draw(_TICKETS) == 4
    parts = Parts(
        calendars={name: draw(known[name]) for name in draw(_CALENDARS)},
        schedules={name: draw(_OPEN) for name in draw(_SCHEDULES)},
        priorities=draw(_PRIORITIES),
        attributes=draw(_ATTRIBUTES) if "attributes" in features else {},
        max_within=max_within,
        features=features,
        statuses=draw(_STATUSES) if has_tickets else (),
        has_tickets=has_tickets,
    )
    owners, shared = draw(departments(parts, zones))
    made: dict[str, Any] = {
        "name": "generated",
        "timezone": draw(one_of(tuple(zones))),
        "crossing": draw(one_of(tuple(crossings))),
        "priorities": parts.priorities,
        "attributes": parts.attributes,
        "calendars": parts.calendars,
        "schedules": parts.schedules,
        "statuses": parts.statuses,
        "rules": shared,
        "departments": owners,
    }
    if "texts" in features and draw(ONE_IN_4):
        made |= _texts(parts)
    return Policy.model_validate(made)


def _texts(parts: Parts) -> dict[str, Any]:
    """Return labels of all that a policy declares, a version, and a finding that is accepted."""

    def said(names: Sequence[str]) -> dict[str, Any]:
        return {name: {"en": f"the {name}", "vi": name.upper()} for name in names}

    return {
        "version": "2026-01",
        "labels": {
            "priority": said(parts.priorities),
            "status": said(parts.statuses),
            "attribute": said([*parts.attributes]),
            "value": {name: said(values) for name, values in parts.attributes.items()},
            "rule": said(["rule 0"]),
        },
        "accept": [{"code": "inversion", "at": "departments.desk", "reason": "it is meant"}],
    }
