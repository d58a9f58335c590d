"""The ways to reach a desk, in the words of a language: a paragraph for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support_sla.policy import text_in
from support_sla.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support_sla.contact import ContactOption, ContactOptions
    from support_sla.policy import Policy, Requires
    from support_sla.words import Language


def describe(found: ContactOptions, policy: Policy, language: Language) -> str:
    """Return a paragraph for each option, then the department's own advice where it has some."""
    paragraphs = [" ".join(_sentences(found, option, policy, language)) for option in found]
    advice = text_in(policy.departments[found.department].advice, language.code)
    return "\n".join([*paragraphs, *([plain(advice)] if advice else [])])


def _sentences(
    found: ContactOptions, option: ContactOption, policy: Policy, language: Language
) -> Iterator[str]:
    channel = policy.departments[option.department].channels[option.channel]
    label = text_in(policy.departments[option.department].label, language.code)
    names = {
        "department": plain(label or option.department),
        "channel": plain(text_in(channel.label, language.code) or option.channel),
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
        yield plain(advice)


def _condition(
    found: ContactOptions, option: ContactOption, requires: Requires, language: Language
) -> str:
    """Return what a line that requires an unanswered ticket means for this one."""
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
