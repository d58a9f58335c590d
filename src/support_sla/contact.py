"""`contact_options`: which ways there are to reach the desk, and from when for this ticket."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from support_sla.clock import Clock
from support_sla.compile import local_year
from support_sla.contact_text import describe
from support_sla.durations import format_duration
from support_sla.errors import (
    InstantError,
    InstantOutOfRangeError,
    NotAModelError,
    YearsNotCoveredError,
)
from support_sla.instants import EPOCH, MICROSECOND, from_micros, read_instant, read_zone, to_micros
from support_sla.policy import Policy
from support_sla.words import language_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from support_sla.policy import Channel, Requires


@dataclass(frozen=True, slots=True, eq=False)
class ContactOption:
    """One line by which the desk can be reached, as it is at `now`. Instants are in its zone.

    `opens_at` is the first open instant at or after `now`, which is `now` itself while open;
    `closes_at` the first closing instant after `now`. `waits_for` is how long a ticket must have
    been left unanswered before the line may be used, None where nothing is required.

    `usable_from` is the first open instant from which the line may be used for this ticket: at or
    after its submission, plus `waits_for` in calendar time where there is one. It stays what it is
    when it has passed; a line that has closed since may be used again at `opens_at`. For a line
    that requires nothing it is `opens_at` where no ticket was sent. It is None where the line
    requires an unanswered ticket and this is none: not sent, answered, or sent elsewhere.

    Where no such instant comes, `opens_at`, `closes_at` and `usable_from` are None. The calendars
    of the line know nothing past `last_known_year`, so None speaks of the time until then; for a
    line without calendars `last_known_year` is None, and None speaks of ever.

    `label` and `advice` are the policy's texts by language. Equal by value, comparing instants as
    instants; hashable and picklable.
    """

    department: str
    channel: str
    label: Mapping[str, str] | None
    advice: Mapping[str, str] | None
    is_open: bool
    opens_at: dt.datetime | None
    closes_at: dt.datetime | None
    waits_for: dt.timedelta | None
    takes_requests: bool
    usable_from: dt.datetime | None
    next_usable_at: dt.datetime | None
    last_known_year: int | None

    @property
    def is_usable(self) -> bool:
        """Whether the line may be used for this ticket at `now`.

        `usable_from` has come, and the line is open or takes requests at any time.
        """
        if self.takes_requests:
            return True
        return self.is_open and _elapsed(self.next_usable_at) == _elapsed(self.opens_at)

    def to_dict(self) -> dict[str, Any]:
        """Return the option as plain data, instants as ISO 8601 texts with their offsets."""
        return {
            "department": self.department,
            "channel": self.channel,
            "label": _plain(self.label),
            "advice": _plain(self.advice),
            "is_open": self.is_open,
            "is_usable": self.is_usable,
            "opens_at": _written(self.opens_at),
            "closes_at": _written(self.closes_at),
            "waits_for": None if self.waits_for is None else format_duration(self.waits_for),
            "takes_requests": self.takes_requests,
            "usable_from": _written(self.usable_from),
            "next_usable_at": _written(self.next_usable_at),
            "last_known_year": self.last_known_year,
        }

    def __eq__(self, other: object) -> bool:
        return self._key() == other._key() if isinstance(other, ContactOption) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[object, ...]:
        usable = (self.usable_from, self.next_usable_at)
        instants = map(_elapsed, (self.opens_at, self.closes_at, *usable))
        known = (self.label, self.advice, self.is_open, self.waits_for, self.last_known_year)
        return (self.department, self.channel, *known, *instants)


@dataclass(frozen=True, slots=True, eq=False)
class ContactOptions:
    """The ways to reach the desk for one ticket, or for none yet, at `now`; iterates over `options`.

    `submitted_at`, `answered_at` and `channel` are those of the ticket; all three are None where
    none has been sent. Instants are in the policy's zone. Equal by value, comparing instants as
    instants; hashable and picklable.
    """

    department: str
    channel: str | None
    submitted_at: dt.datetime | None
    answered_at: dt.datetime | None
    now: dt.datetime
    options: tuple[ContactOption, ...]
    _policy: Policy = field(repr=False)

    @property
    def advice(self) -> Mapping[str, str] | None:
        """What the department tells its customers, by language; None where it tells nothing."""
        return self._policy.departments[self.department].advice

    def __iter__(self) -> Iterator[ContactOption]:
        return iter(self.options)

    def explain(self, language: str = "en") -> str:
        """Return a paragraph for each option: open or not, from when for this ticket, and advice.

        The last one is the department's own advice, where it has some. Raises
        `UnknownLanguageError`, which lists the languages there are, for another one.
        """
        return describe(self, self._policy, language_of(language))

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as plain data, instants as ISO 8601 texts with their offsets."""
        return {
            "department": self.department,
            "channel": self.channel,
            "submitted_at": _written(self.submitted_at),
            "answered_at": _written(self.answered_at),
            "now": _written(self.now),
            "advice": _plain(self.advice),
            "options": [option.to_dict() for option in self.options],
        }

    def __eq__(self, other: object) -> bool:
        return self._key() == other._key() if isinstance(other, ContactOptions) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[object, ...]:
        instants = map(_elapsed, (self.submitted_at, self.answered_at, self.now))
        return (self.department, self.channel, *instants, self.options, self._policy)


def contact_options(  # noqa: PLR0913  what makes a ticket, by name
    policy: Policy,
    submitted_at: dt.datetime | str | None,
    now: dt.datetime | str,
    *,
    department: str,
    channel: str = "ticket",
    answered_at: dt.datetime | str | None = None,
) -> ContactOptions:
    """Return which ways there are at `now` to reach the desk for a ticket, and from when.

    The ticket was sent to `department` on `channel` at `submitted_at` and first answered at
    `answered_at`, None where it is unanswered so far. Where `submitted_at` is None no ticket has
    been sent, and `channel` is not read. The options are every line of the department in the
    policy's order, then the lines of other departments that serve its tickets.

    A line that requires a ticket left unanswered for a while may be used from the very instant at
    which the while is over, if it is open then; an answer at `now` has been given.

    Raises `InstantError` where `submitted_at`, `answered_at` and `now` do not come in this order,
    or an answer has no submission; `YearsNotCoveredError` where `now` or the submission lies
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
    if not isinstance(policy, Policy):
        raise NotAModelError.policy(policy)
    sent_on = None if submitted_at is None else channel
    if sent_on is None:
        policy.department(department)
    else:
        policy.channel(department, sent_on)
    zone = read_zone(policy.timezone)
    sent = None if submitted_at is None else _read("submitted_at", submitted_at, zone)
    answered = None if answered_at is None else _read("answered_at", answered_at, zone)
    ticket = _Ticket(department, sent_on, sent, answered, _read("now", now, zone))
    ticket.check_order()
    options = (_option(policy, *line, ticket) for line in _lines(policy, department))
    return ContactOptions(*ticket, tuple(options), policy)


class _Ticket(NamedTuple):
    """What is asked about, as `ContactOptions` has it."""

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
            if second - EPOCH < first - EPOCH:
                raise InstantError.order(before, first, after, second)

    def start_on(self, requires: Requires | None) -> dt.datetime | None:
        """Return from when an option is there for this ticket, be it open or not; None for never."""
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
        yield department, name, channel
    for owner, other in policy.departments.items():
        for name, channel in other.channels.items():
            serves = () if channel.requires is None else channel.requires.departments
            if owner != department and department in serves:
                yield owner, name, channel


def _option(
    policy: Policy, owner: str, name: str, channel: Channel, ticket: _Ticket
) -> ContactOption:
    clock, requires = _clock_of(policy, owner, name), channel.requires
    opens_at = _known(clock, clock.next_open, ticket.now)
    usable_from = ticket.start_on(requires)
    takes_requests = requires is None and bool(channel.first_response)
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
    """Return the later of two openings; None where one of them never comes."""
    if one is None or two is None:
        return None
    return one if one - EPOCH > two - EPOCH else two


def _clock_of(policy: Policy, department: str, channel: str) -> Clock:
    """Return the clock kept in the policy's own memo, which lives as long as the policy does."""
    memo, key = policy.memo(), (Clock, department, channel)
    found: Clock | None = memo.get(key)
    if found is None:
        found = memo.setdefault(key, Clock.of(policy, department=department, channel=channel))
    return found


def _known(
    clock: Clock, find: Callable[[dt.datetime], dt.datetime | None], at: dt.datetime
) -> dt.datetime | None:
    """Return what a clock finds after an instant; None where it lies past the covered years."""
    try:
        return find(at)
    except InstantOutOfRangeError:
        return None
    except YearsNotCoveredError:
        if local_year(clock.timezone, to_micros(at)) < clock.covered_years[0]:
            raise
        return None


def _read(name: str, at: dt.datetime | str, zone: dt.tzinfo) -> dt.datetime:
    return _instant(to_micros(read_instant(name, at)), zone)


def _instant(at: int, zone: dt.tzinfo) -> dt.datetime:
    local_year(zone, at)  # refuses what no datetime can hold
    return from_micros(at, zone)


def _elapsed(at: dt.datetime | None) -> dt.timedelta | None:
    """Return what is compared: datetimes of one zone are blind to which of two repeated hours."""
    return None if at is None else at - EPOCH


def _written(at: dt.datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _plain(texts: Mapping[str, str] | None) -> dict[str, str] | None:
    return None if texts is None else dict(texts)
