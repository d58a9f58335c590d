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
from support_sla.values.model import detail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import ValidationError
    from pydantic_core import InitErrorDetails

MOST_FAULTS = 1_000
"""Faults between the parts of a policy that are told at once; nobody reads more."""


def details_of(error: ValidationError) -> list[InitErrorDetails]:
    """Return the faults of an error in the form that makes a new one."""
    return [
        detail(line["type"], line["msg"], tuple(line["loc"]), line["input"])
        for line in error.errors()
    ]


def cross_faults(source: object) -> list[InitErrorDetails]:
    """Return the faults between the parts of a policy, or of the mapping that failed to become one.

    Every one, or the first thousand. Rules that several lines share are told once.
    """
    seen = set()
    found = []
    for each in islice(_faults(parts_of(source)), MOST_FAULTS):
        key = str(each["type"]), each.get("loc")
        if key not in seen:
            seen.add(key)
            found.append(each)
    return found


def _faults(parts: DraftParts) -> Iterator[InitErrorDetails]:
    yield from name_faults(parts)
    for line in parts.lines:
        yield from rule_faults(parts, line)
        yield from hours_faults(parts, line)
