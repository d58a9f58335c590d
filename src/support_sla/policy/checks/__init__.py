"""What must hold between the parts of a policy: names exist, every rule can match, lines can open.

The checks run on whatever parts could be read, so that one broken rule does not hide another.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from support_sla.policy.checks.draft import DraftParts, parts_of
from support_sla.policy.checks.hours import hours_faults
from support_sla.policy.checks.names import name_faults
from support_sla.policy.checks.rules import rule_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core import InitErrorDetails

MOST_FAULTS = 1_000
"""Faults between the parts of a policy that are told at once; nobody reads more."""


def cross_faults(source: object) -> list[InitErrorDetails]:
    """Return the faults between the parts of a policy, or of the mapping that failed to become one.

    Every one, or the first thousand. Rules that several lines share are told once.
    """
    return list(islice(_once_each(_faults(parts_of(source))), MOST_FAULTS))


def _once_each(faults: Iterator[InitErrorDetails]) -> Iterator[InitErrorDetails]:
    seen = set()
    for each in faults:
        key = str(each["type"]), each.get("loc")
        if key not in seen:
            seen.add(key)
            yield each


def _faults(parts: DraftParts) -> Iterator[InitErrorDetails]:
    yield from name_faults(parts)
    for line in parts.lines:
        yield from rule_faults(parts, line)
        yield from hours_faults(parts, line)
