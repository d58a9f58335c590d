"""`contact_options`: which lines can be used to reach the desk, and from when for this ticket."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from support_sla.clock.clock import Clock
from support_sla.clock.wall_clock import local_year
from support_sla.errors import (
    InstantError,
    InstantOutOfRangeError,
    YearsNotCoveredError,
)
from support_sla.policy.metrics import METRICS
from support_sla.policy.policy import Policy, check_policy
from support_sla.tickets.contact_options import ContactOption, ContactOptions
from support_sla.values.instants import from_micros, read_instant, read_zone, since_epoch, to_micros
from support_sla.values.names import plain_text
from support_sla.values.units import MICROSECOND

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from support_sla.policy.policy import Channel, Requires


def contact_options(  # noqa: PLR0913  what makes a ticket, by name
    policy: Policy,
    submitted_at: dt.datetime | str | None,
    now: dt.datetime | str,
    *,
    department: str,
    channel: str = "ticket",
    answered_at: dt.datetime | str | None = None,
) -> ContactOptions:
    """Return the options to reach the desk for a ticket at `now`, and from when for each.

    The ticket was sent to `department` on `channel` at `submitted_at` and first answered at
    `answered_at`, None if it is unanswered so far. If `submitted_at` is None, no ticket has
    been sent, and `channel` is not read. The options are every line of the department that is not
    internal, in the policy's order, then the lines of other departments that serve its tickets.

    A line that requires a ticket left unanswered for some time may be used from the instant at
    which that time is over, if it is open then; an answer at `now` has been given.

    Raises `InstantError` if `submitted_at`, `answered_at` and `now` do not come in this order,
    or an answer has no submission; `YearsNotCoveredError` if `now` or the submission lies
    outside the years of a line's calendars; and for the policy, the names and the instants what
    `compute_deadline` raises.

    >>> from support_sla import load_policy
    >>> sent, now = "2026-02-14T10:00:00+07:00", "2026-02-14T14:00:00+07:00"
    >>> found = contact_options(load_policy("azdigi"), sent, now, department="technical")
    >>> for option in found:
    ...     print(f"{option.department}/{option.channel}", option.is_usable, option.usable_from)
    technical/ticket True 2026-02-14 10:00:00+07:00
    technical/chat True 2026-02-14 10:00:00+07:00
    billing/phone False 2026-02-14 15:00:00+07:00
    """
    check_policy(policy)
    department, channel = plain_text(department), plain_text(channel)
    sent_on = None if submitted_at is None else channel
    if sent_on is None:
        policy.department(department)
    else:
        policy.channel(department, sent_on)
    zone = read_zone(policy.zone_of(department))
    sent = None if submitted_at is None else _read("submitted_at", submitted_at, zone)
    answered = None if answered_at is None else _read("answered_at", answered_at, zone)
    ticket = _Ticket(department, sent_on, sent, answered, _read("now", now, zone))
    ticket.check_order()
    options = (_option(policy, *line, ticket) for line in _lines(policy, department))
    return ContactOptions(*ticket, tuple(options), policy)


class _Ticket(NamedTuple):
    """The ticket that is asked about, in the order of the fields of `ContactOptions`."""

    department: str
    channel: str | None
    submitted_at: dt.datetime | None
    answered_at: dt.datetime | None
    now: dt.datetime

    def check_order(self) -> None:
        """Raise `InstantError` for instants that cannot follow each other."""
        if self.submitted_at is None and self.answered_at is not None:
            raise InstantError.alone("answered_at", self.answered_at, "submitted_at")
        names = ("submitted_at", "answered_at", "now")
        given = [(name, at) for name in names if (at := getattr(self, name)) is not None]
        for (before, first), (after, second) in pairwise(given):
            if since_epoch(second) < since_epoch(first):
                raise InstantError.order(before, first, after, second)

    def start_on(self, requires: Requires | None) -> dt.datetime | None:
        """Return from when a line may be used for this ticket, open or not; None if never."""
        if requires is None:
            return self.now if self.submitted_at is None else self.submitted_at
        served = not requires.departments or self.department in requires.departments
        if not served or self.channel != requires.channel:
            return None
        if self.submitted_at is None or self.answered_at is not None:
            return None
        after = to_micros(self.submitted_at) + requires.unanswered_for // MICROSECOND
        try:
            return _instant(after, dt.UTC)
        except InstantOutOfRangeError:  # a wait of thousands of years
            return None


def _lines(policy: Policy, department: str) -> Iterator[tuple[str, str, Channel]]:
    """Yield the lines of a department, then those of the others that serve its tickets."""
    for name, channel in policy.department(department).channels.items():
        if not channel.internal:
            yield department, name, channel
    for owner, name, channel in policy.lines():
        serves = () if channel.requires is None else channel.requires.departments
        if owner != department and department in serves:
            yield owner, name, channel


def _option(
    policy: Policy, owner: str, name: str, channel: Channel, ticket: _Ticket
) -> ContactOption:
    clock, requires = _clock_of(policy, owner, name), channel.requires
    opens_at = _known(clock, clock.next_open, ticket.now)
    usable_from = ticket.start_on(requires)
    takes_requests = requires is None and any(getattr(channel, metric) for metric in METRICS)
    if usable_from is not None and not takes_requests:
        usable_from = _known(clock, clock.next_open, usable_from)
    next_usable_at = ticket.now if takes_requests else _later(usable_from, opens_at)
    return ContactOption(
        owner,
        name,
        channel.label,
        channel.advice,
        clock.is_open(ticket.now),
        opens_at,
        _known(clock, clock.next_close, ticket.now),
        None if requires is None else requires.unanswered_for,
        takes_requests,
        usable_from,
        next_usable_at,
        clock.covered_years[1] if clock.calendars else None,
    )


def _later(one: dt.datetime | None, two: dt.datetime | None) -> dt.datetime | None:
    """Return the later of two openings; None if one of them never comes."""
    if one is None or two is None:
        return None
    return one if since_epoch(one) > since_epoch(two) else two


def _clock_of(policy: Policy, department: str, channel: str) -> Clock:
    """Return the clock kept in the policy's own memo, which lives as long as the policy does."""
    return policy.once(
        (Clock, department, channel),
        lambda: Clock.of(policy, department=department, channel=channel),
    )


def _known(
    clock: Clock, find: Callable[[dt.datetime], dt.datetime | None], at: dt.datetime
) -> dt.datetime | None:
    """Return what a clock finds after an instant; None if it lies past the covered years."""
    try:
        return find(at)
    except InstantOutOfRangeError:
        return None
    except YearsNotCoveredError:
        if local_year(clock.timezone, to_micros(at)) < clock.covered_years[0]:
            raise
        return None


def _read(name: str, at: dt.datetime | str, zone: dt.tzinfo) -> dt.datetime:
    return _instant(to_micros(read_instant(name, at, zone)), zone)


def _instant(at: int, zone: dt.tzinfo) -> dt.datetime:
    local_year(zone, at)  # refuses what no datetime can hold
    return from_micros(at, zone)
