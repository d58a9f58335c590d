"""Desks with every kind of promise to a ticket, and tickets to them, for the laws of tickets.

The desks written here stay compiled from one example to the next; now and then any other is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from support_sla import Policy, TicketLog, TicketStatus, load_policy, track
from support_sla.strategies import policies, ticket_logs

MICROSECOND = timedelta(microseconds=1)
STATUSES = ("open", "pending", "on hold")


def _rule(within: str, *pauses: str, warn: Any = (), **keys: Any) -> dict[str, Any]:
    counted = {} if "day" in within or "counted_in" in keys else {"counted_in": "business_time"}
    return {"within": within, "pauses_on": pauses, "warn_at": warn, **counted, **keys}


_DAY = {
    "within": "1 business day",
    "by": "close",
    "pauses_on": ["pending"],
    "warn_at": ["1h before"],
}
_TODAY = {"within": "0 business days", "by": "16:00", "cutoff": "12:00", "warn_at": ["50 %"]}
_URGENT = {"when": {"priority": ["high"]}, "name": "urgent"}
_GOLD = {"when": {"attributes": {"plan": ["gold"]}}, "name": "gold"}
_SUNDAY = {"when": {"days": ["Su", "off"]}, "name": "on days off"}
_CLOSED = {"when": {"open": False}, "name": "while closed"}
_POINTS = [
    "0 %",
    "33.333 %",
    "75 %",
    "15m before",
    "0m before",
    "5h before",
    "0m after",
    "2h after",
]
_CALENDAR = {"counted_in": "calendar_time"}

_RESOLUTION = [
    _rule("4h", "on hold", warn=["50 %", "1h after"], **_URGENT),
    _rule("20h", "pending", "on hold", warn=_POINTS, **_CALENDAR, **_SUNDAY),
    _rule("16h", "pending", "on hold", warn=_POINTS),
]
_NEXT = [
    _rule("0m", "pending", warn=["75 %", "1m before"], **_GOLD),
    _rule("45m", "on hold", warn=["15m before"], hours={"schedule": "night"}, **_CLOSED),
    _rule("2h30m", "pending", warn=["75 %", "30m after"]),
]
_UPDATES = [{**_DAY, **_URGENT}, _rule("24h", "pending", warn=["2h before"], **_CALENDAR)]
_FIRST = [
    _rule("30m", "pending", earliest="10m", warn=["75 %"], **_URGENT),
    {**_TODAY, **_GOLD},
    _rule("1h", warn=_POINTS),
]


def _line(schedule: str, changes: str, reopened: str, **lists: Any) -> dict[str, Any]:
    hours = {"schedule": schedule, "observes": ["off"]}
    return {"hours": hours, "changes": changes, "reopened": reopened, **lists}


def _desk(crossing: str, zone: str, other: str) -> Policy:
    only_urgent = [_rule("6h", "open", warn=["75 %"], **_URGENT)]
    return load_policy(
        {
            "name": "tickets",
            "timezone": zone,
            "crossing": crossing,
            "priorities": ["high", "low"],
            "attributes": {"plan": ["gold", "basic"]},
            "statuses": STATUSES,
            "calendars": {
                "off": {
                    "days": [
                        {"date": f"{year}-05-01", "name": "off"} for year in (2025, 2026, 2027)
                    ],
                    "years": [2025, 2027],
                }
            },
            "schedules": {
                "office": "Mo-Fr 09:00-12:00,13:00-17:00; Sa 10:00-14:00",
                "night": "Mo-Fr 22:00-06:00; Su 00:00-24:00",
                "always": "24/7",
            },
            "departments": {
                "desk": {
                    "channels": {
                        "ticket": _line(
                            "office",
                            "from_start",
                            "resume",
                            first_response=_FIRST,
                            next_response=_NEXT,
                            update_every=_UPDATES,
                            resolution=_RESOLUTION,
                        ),
                        "carried": _line(
                            "night",
                            "carry",
                            "new",
                            first_response=[_DAY],
                            next_response=_NEXT,
                            update_every=only_urgent,
                            resolution=_RESOLUTION,
                        ),
                        "anew": _line(
                            "office",
                            "restart",
                            "final",
                            first_response=_FIRST,
                            next_response=[_rule("3h", "open", warn=_POINTS, **_CALENDAR)],
                            update_every=_UPDATES,
                            resolution=[_DAY],
                        ),
                        "calls": _line(
                            "always",
                            "carry",
                            "resume",
                            next_response=_NEXT,
                            resolution=[
                                _rule("3h", "pending"),
                            ],
                        ),
                        "quiet": _line("office", "from_start", "resume", first_response=_FIRST),
                    }
                },
                "other": {
                    "timezone": other,
                    "channels": {
                        "inside": {
                            **_line("office", "from_start", "resume", resolution=_RESOLUTION),
                            "first_response": [_rule("30m", "open")],
                            "internal": True,
                        },
                        "deeper": {
                            **_line("night", "carry", "new", resolution=only_urgent),
                            "update_every": _UPDATES,
                            "internal": True,
                        },
                    },
                },
            },
        }
    )


DESKS = (
    _desk("submission", "UTC", "Asia/Kathmandu"),
    _desk("overlap", "America/New_York", "UTC"),
    _desk("in_order", "Africa/Cairo", "Asia/Ho_Chi_Minh"),
)


def is_tracked(policy: Policy) -> bool:
    """Whether a policy promises more than a first response."""
    return any(line.resolution or line.update_every for _, _, line in policy.lines())


def desks(others: int = 7, **options: Any) -> st.SearchStrategy[Policy]:
    """Generate policies: those of `DESKS`, and one in so many times any other."""
    drawn = policies(**options).filter(is_tracked)
    return st.integers(0, others).flatmap(
        lambda turn: st.sampled_from(DESKS) if turn < others else drawn
    )


@dataclass(frozen=True)
class Ticket:
    """A ticket to a desk, and an instant at which it is asked about."""

    policy: Policy
    log: TicketLog
    now: datetime

    def status(self, now: datetime | None = None, log: TicketLog | None = None) -> TicketStatus:
        return track(self.policy, log or self.log, now or self.now)


@st.composite
def tickets(
    draw: st.DrawFn, /, policies: st.SearchStrategy[Policy] | None = None, **keys: Any
) -> Ticket:
    policy = draw(desks() if policies is None else policies)
    log = draw(ticket_logs(policy, **keys))
    return Ticket(policy, log, draw(moments(log)))


@st.composite
def moments(draw: st.DrawFn, log: TicketLog) -> datetime:
    """Generate instants from the submission on: mostly at an event, or some days after the last."""
    start = log.events[draw(st.integers(-1, len(log.events) - 1))].at.astimezone(UTC)
    hours = st.integers(0, 24 * 7 * 60).map(lambda minutes: timedelta(minutes=minutes))
    after = draw(st.one_of(st.just(timedelta(0)), st.just(MICROSECOND), hours, hours))
    return start + after
