"""`Labels`: what identifiers of a policy are called, by language, and `Accepted` findings. Data only."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import AfterValidator, Field, StrictStr

from support_sla.errors import shown
from support_sla.values.model import FrozenMap, Model, fault
from support_sla.values.names import Key, whole_text
from support_sla.values.one_line import Part, parts_of
from support_sla.values.texts import Texts


def _read_reason(text: str) -> str:
    if not whole_text(text).strip():
        raise fault("text_empty", f"reason {shown(text)} is empty; say why it is meant")
    return text


Reason: TypeAlias = Annotated[StrictStr, AfterValidator(_read_reason)]


def _none() -> FrozenMap[Key, Texts]:
    return FrozenMap({})


class Labels(Model):
    """What customers read instead of an identifier, by language; without a label its name.

    `priority` has a text for a declared priority, `status` for a declared status, `attribute` for a
    declared attribute, `value` for the values of an attribute, and `rule` for a rule by its name.

    >>> Labels(priority={"sev1": {"en": "critical", "vi": "nghiêm trọng"}}).priority["sev1"]["vi"]
    'nghiêm trọng'
    """

    priority: FrozenMap[Key, Texts] = Field(default_factory=_none)
    status: FrozenMap[Key, Texts] = Field(default_factory=_none)
    attribute: FrozenMap[Key, Texts] = Field(default_factory=_none)
    value: FrozenMap[Key, FrozenMap[Key, Texts]] = Field(default_factory=lambda: FrozenMap({}))
    rule: FrozenMap[Key, Texts] = Field(default_factory=_none)

    def __repr_args__(self) -> list[tuple[str, object]]:
        """Return what `repr` shows of the keys that were written: how many labels."""
        written = [key for key in type(self).model_fields if key in self.model_fields_set]
        return parts_of("Labels", [Part(key, getattr(self, key), "label") for key in written])


class Accepted(Model):
    """A finding of `lint` that the author means: its code, where it is, and why it is meant.

    `at` is the path of the finding or the beginning of it, up to a dot or a bracket.

    >>> Accepted(code="closed_long", at="departments.billing", reason="Tết").at
    'departments.billing'
    """

    code: Key = Field(description="the finding's code, e.g. 'line_without_target'")
    at: Key = Field(description="the finding's path, or its beginning")
    reason: Reason = Field(description="why it is meant")
