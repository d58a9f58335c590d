"""`When`: the condition of a rule, and what conditions mean without the data of any calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import model_validator

from support_sla.policy.reach import Reach
from support_sla.values.model import Model, fault
from support_sla.values.names import SomeNames

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class When(Model):
    """The condition of a rule, judged by the submission's local date. Every key given must hold.

    `days` matches any of its weekdays (`Mo` to `Su`) and any date that one of its calendars
    closes, wholly or in part; `priority` matches any of its priorities.
    """

    days: SomeNames | None = None
    priority: SomeNames | None = None

    @model_validator(mode="after")
    def _says_something(self) -> When:
        if self.days is None and self.priority is None:
            message = "when = {} has no condition; give days or priority, or drop 'when'"
            raise fault("when_empty", message)
        return self


def condition_name(when: When | None) -> str:
    """Return the name of a rule that was given none: its condition in a few words.

    >>> condition_name(None)
    'default'
    """
    if when is None:
        return "default"
    parts = []
    if when.days:
        parts.append(" or ".join(when.days))
    if when.priority:
        parts.append(f"priority {' or '.join(when.priority)}")
    return ", ".join(parts)


def reachable(whens: Sequence[Mapping[str, Any] | None], priorities: Sequence[str]) -> list[Any]:
    """Return the conditions, in order, without those that earlier ones leave nothing to match."""
    reach = Reach(priorities)
    return [
        when for when in whens if reach.takes(None if when is None else When.model_validate(when))
    ]
