"""`When`: the condition of a rule, and what conditions mean without the data of any calendar."""

from __future__ import annotations

from pydantic import Field, StrictBool, model_validator

from support_sla.values.model import FrozenMap, Model, fault
from support_sla.values.names import Key, SomeNames
from support_sla.values.week import format_day
from support_sla.values.week.clock_times import Times


class When(Model):
    """The condition of a rule. Every key given must hold.

    `days` matches any of its weekdays (`Mo` to `Su`) and any date that one of its calendars
    closes, wholly or in part, by the submission's local date. `priority` matches any of its
    priorities, and `attributes` any of the values of each attribute that it names; a request
    without the attribute matches none. `open` is whether the line, by its own hours, is open at
    the submission, and `time` are ranges of its date, half-open, that the submission lies in.

    >>> When(time="00:00-13:00", open=True).time
    ((0, 46800),)
    """

    days: SomeNames | None = None
    priority: SomeNames | None = None
    attributes: FrozenMap[Key, SomeNames] = Field(default_factory=lambda: FrozenMap({}))
    open: StrictBool | None = None
    time: Times | None = None

    @model_validator(mode="after")
    def _says_something(self) -> When:
        keys = ("days", "priority", "open", "time")
        if not self.attributes and all(getattr(self, key) is None for key in keys):
            message = "when = {} has no condition; give days, priority, attributes, open or time, "
            raise fault("when_empty", f"{message}or drop 'when'")
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
    parts += [f"{name} {' or '.join(values)}" for name, values in when.attributes.items()]
    if when.open is not None:
        parts.append("while open" if when.open else "while closed")
    if when.time:
        parts.append(f"at {format_day(when.time)}")
    return ", ".join(parts)
