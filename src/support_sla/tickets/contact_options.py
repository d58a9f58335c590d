"""`ContactOption`: one line by which to reach the desk, and the paragraph that describes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from support_sla.explain.language import Language, language_of, on_one_line
from support_sla.policy.policy import Policy, Requires
from support_sla.values.amounts.durations import format_duration
from support_sla.values.instants import ComparesInstants, read_zone, since_epoch
from support_sla.values.one_line import Part, Room, fitted, line_of, moment, page, record
from support_sla.values.texts import text_in


@dataclass(frozen=True, slots=True, eq=False)
class ContactOption(ComparesInstants):
    """One line by which the desk can be reached, as it is at `now`. Instants are in its zone.

    `opens_at` is the first open instant at or after `now`, which is `now` itself while open;
    `closes_at` the first closing instant after `now`. `waits_for` is how long a ticket must have
    been left unanswered before the line may be used, None if nothing is required. A line
    `takes_requests`, open or not, if it requires nothing and promises an answer.

    `usable_from` is the first instant from which the line may be used for this ticket, even if it
    has passed: the submission (`now` if no ticket was sent) plus `waits_for` in calendar time, or
    the first open instant from then on if the line takes no requests. `next_usable_at` is the
    first instant at or after `now` at which it may be used. Both are None if the line requires an
    unanswered ticket and this is none: not sent, answered, or sent elsewhere.

    If no such instant comes, these instants are None. The calendars of the line know nothing past
    `last_known_year`, so None means not until then; for a line without calendars
    `last_known_year` is None, and None means never.

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
        if not self.is_open or self.next_usable_at is None or self.opens_at is None:
            return False
        return since_epoch(self.next_usable_at) == since_epoch(self.opens_at)

    def to_dict(self) -> dict[str, Any]:
        """Return the option as plain data, instants as ISO 8601 texts with their offsets."""
        return {
            "department": self.department,
            "channel": self.channel,
            "label": _dict_of(self.label),
            "advice": _dict_of(self.advice),
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


@dataclass(frozen=True, slots=True, eq=False)
class ContactOptions(ComparesInstants):
    """The options to reach the desk for one ticket, or for none yet, at `now`; iterates over them.

    `submitted_at`, `answered_at` and `channel` are those of the ticket; all three are None if
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
        """What the department says to its customers, by language; None if it says nothing."""
        return self._policy.departments[self.department].advice

    def __iter__(self) -> Iterator[ContactOption]:
        return iter(self.options)

    def __str__(self) -> str:
        """Return the lines and from when each may be used for this ticket, on one line."""

        def said(room: Room) -> str:
            def option(each: ContactOption) -> str:
                return f"{line_of(room, each.department, each.channel)} {_usable(each)}"

            asked = room.name(self.department)
            if self.channel is not None and self.submitted_at is not None:
                line = line_of(room, self.department, self.channel)
                asked = f"{line} sent {moment(self.submitted_at)}"
            return f"{asked}, at {moment(self.now)}: {room.listed(self.options, option)}"

        return fitted(said)

    def __repr__(self) -> str:
        keys = ("department", "channel", "submitted_at", "answered_at", "now", "options")
        return record("ContactOptions", *(Part(key, getattr(self, key), "option") for key in keys))

    def _repr_markdown_(self) -> str:
        """Return a row for each option, as a notebook shows them."""
        rows = (
            (
                line_of(Room(40, 3), each.department, each.channel),
                "open" if each.is_open else "closed",
                _moment(each.opens_at),
                _moment(each.closes_at),
                _usable(each),
            )
            for each in self
        )
        heads = ("line", "now", "opens", "closes", "for this ticket")
        return page(str(self), heads, rows, len(self.options), "iterate over the options")

    def explain(self, language: str = "en", *, timezone: str | dt.tzinfo | None = None) -> str:
        """Return a paragraph for each option: open or not, from when for this ticket, and advice.

        Then the department's own advice, if it has some. Instants are on the clock of `timezone`,
        the customer's, which the last paragraph names; by default they are on the desk's. Raises
        `UnknownLanguageError`, which lists the languages there are, for another one, and
        `ZoneError` for what is no zone.
        """
        words = language_of(language)
        if timezone is None:
            return _paragraphs(self, self._policy, words)
        zone = read_zone(timezone)
        there = replace(self, options=tuple(_in_zone(option, zone) for option in self.options))
        named = words.say("contact", "zone", zone=zone)
        return f"{_paragraphs(there, self._policy, words)}\n{named}"

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as plain data, instants as ISO 8601 texts with their offsets."""
        return {
            "department": self.department,
            "channel": self.channel,
            "submitted_at": _written(self.submitted_at),
            "answered_at": _written(self.answered_at),
            "now": _written(self.now),
            "advice": _dict_of(self.advice),
            "options": [option.to_dict() for option in self.options],
        }


def _in_zone(option: ContactOption, zone: dt.tzinfo) -> ContactOption:
    """Return an option with its instants on another clock."""
    names = ("opens_at", "closes_at", "usable_from", "next_usable_at")
    instants = {name: at for name in names if (at := getattr(option, name)) is not None}
    return replace(option, **{name: at.astimezone(zone) for name, at in instants.items()})


def _paragraphs(found: ContactOptions, policy: Policy, language: Language) -> str:
    """Return a paragraph for each option, then the department's own advice if it has some."""
    paragraphs = [" ".join(_sentences(found, option, policy, language)) for option in found]
    advice = text_in(policy.departments[found.department].advice, language.code)
    return "\n".join([*paragraphs, *([on_one_line(advice)] if advice else [])])


def _sentences(
    found: ContactOptions, option: ContactOption, policy: Policy, language: Language
) -> Iterator[str]:
    channel = policy.departments[option.department].channels[option.channel]
    label = text_in(policy.departments[option.department].label, language.code)
    names = {
        "department": on_one_line(label or option.department),
        "channel": on_one_line(text_in(channel.label, language.code) or option.channel),
    }
    if option.opens_at is None:
        yield language.say("contact", "shut", **names)
    elif not option.is_open:
        yield language.say("contact", "closed", **names, opens=language.moment(option.opens_at))
    elif option.closes_at is None:
        yield language.say("contact", "always_open", **names)
    else:
        yield language.say("contact", "open", **names, closes=language.moment(option.closes_at))
    if option.takes_requests and not option.is_open:
        yield language.say("contact", "takes_requests")
    if channel.requires is not None:
        yield _condition(found, option, channel.requires, language)
    advice = text_in(channel.advice, language.code)
    if advice:
        yield on_one_line(advice)


def _condition(
    found: ContactOptions, option: ContactOption, requires: Requires, language: Language
) -> str:
    """Return what it means for this ticket that a line requires an unanswered one."""
    wait = language.amount(requires.unanswered_for)
    if requires.departments and found.department not in requires.departments:
        return language.say("contact", "not_served")
    if found.answered_at is not None:
        return language.say("contact", "answered")
    if found.channel != requires.channel:
        return language.say("contact", "needs_ticket", wait=wait)
    if option.is_usable:
        return language.say("contact", "usable_now", wait=wait)
    if option.next_usable_at is None:  # it lies past the years that the calendars know
        return language.say("contact", "usable_later", wait=wait)
    return language.say("contact", "usable_from", usable=language.moment(option.next_usable_at))


def _usable(option: ContactOption) -> str:
    if option.is_usable:
        return "now"
    at = option.next_usable_at
    return "at no time known" if at is None else f"from {moment(at)}"


def _moment(at: dt.datetime | None) -> str:
    return "-" if at is None else moment(at)


def _written(at: dt.datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _dict_of(texts: Mapping[str, str] | None) -> dict[str, str] | None:
    return None if texts is None else dict(texts)
