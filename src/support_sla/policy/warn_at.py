"""`WarnAt`: a point on the way of a promise at which somebody is to be warned. Data only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetJsonSchemaHandler,
    SerializerFunctionWrapHandler,
    WithJsonSchema,
    model_serializer,
    model_validator,
)
from pydantic_core import PydanticCustomError

from support_sla.errors import ShareError, shown
from support_sla.values.amounts.durations import format_duration, parse_duration
from support_sla.values.amounts.shares import read_share
from support_sla.values.model import Model, fault
from support_sla.values.names import Key
from support_sla.values.units import MICROSECOND

if TYPE_CHECKING:
    from pydantic_core import CoreSchema

_SIDE = re.compile(r"\b(before|after)\Z", re.IGNORECASE)
_WAY_OUT = (
    "write a share of the promise, '75 %', or a time beside its due, '15m before', '4h after'"
)


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a promise: a share of its amount, or an amount before or after its due.

    `share` belongs to a share, `micros` to the other two: microseconds of the promise's own time.
    """

    side: Literal["share", "before", "after"]
    share: Fraction = Fraction(0)
    micros: int = 0


def read_point(text: str) -> Point:
    """Return the point that a text of `WarnAt.at` means."""
    amount, side = _beside_due(text)
    if side is None:
        return Point("share", share=read_share("at", text))
    return Point(side, micros=parse_duration(amount) // MICROSECOND)


def _beside_due(text: str) -> tuple[str, Literal["before", "after"] | None]:
    """Return the amount and the side of a time beside the due; all of the text if it is none."""
    match = _SIDE.search(text[-len(" before") :])
    amount = text[: -len(match[1])].rstrip() if match else ""
    if match is None or not amount:
        return text, None
    return amount, "before" if match[1].lower() == "before" else "after"


def _read_at(value: object) -> str:
    if not isinstance(value, str):
        raise fault("warning_invalid", f"{shown(value)} is no point to warn at; {_WAY_OUT}")
    text = value.strip()
    amount, side = _beside_due(text)
    if side is not None:
        try:
            return f"{format_duration(parse_duration(amount))} {side}"
        except PydanticCustomError as error:
            raise fault("warning_invalid", f"in {shown(value)} the {error.message()}") from None
    try:
        read_share("at", text if text.endswith("%") else "none")
    except ShareError:
        raise fault(
            "warning_invalid", f"{shown(value)} is no point to warn at; {_WAY_OUT}"
        ) from None
    return f"{text.removesuffix('%').strip()} %"


At: TypeAlias = Annotated[
    str,
    BeforeValidator(_read_at),
    WithJsonSchema({"type": "string", "examples": ["75 %", "15m before", "4h after"]}),
]


class WarnAt(Model):
    """A point on the way of a promise: a share of its time, or a time before or after its due.

    All are counted as the promise is, so "15m before" a due of Monday 08:10 at a desk that opens at
    08:00 is Friday, five minutes before closing. `name` is what answers call it, its `at` unless
    given. A file may write the text alone: `warn_at = ["75 %"]`.

    >>> WarnAt.model_validate("75%").name
    '75 %'
    """

    name: Key = Field(default="", validate_default=False)
    at: At = Field(description="e.g. at = '75 %', '15m before' or '4h after'")

    @model_validator(mode="before")
    @classmethod
    def _alone(cls, data: Any) -> Any:  # noqa: ANN401  pydantic's own signature
        if isinstance(data, (Mapping, WarnAt)):
            return data
        return {"at": data}

    @model_validator(mode="after")
    def _named(self) -> WarnAt:
        if not self.name:
            self.__dict__["name"] = self.at  # before anyone holds it
        return self

    @model_serializer(mode="wrap")
    def _as_written(self, handler: SerializerFunctionWrapHandler) -> Any:  # noqa: ANN401
        if "name" not in self.model_fields_set:
            return self.at
        return handler(self)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        read = handler(schema)
        if "anyOf" in read:  # asked once for the model and once for what wraps it
            return read
        at = {"type": "string", "examples": ["75 %", "15m before", "4h after"]}
        return {"anyOf": [at, read]}

    @property
    def point(self) -> Point:
        """The point that `at` means."""
        return read_point(self.at)


def _in_order(warnings: object) -> object:
    if isinstance(warnings, (set, frozenset)):
        raise fault("list_expected", f"{shown(warnings)} has no order; write a list, [...]")
    return warnings


def _once_each(warnings: tuple[WarnAt, ...]) -> tuple[WarnAt, ...]:
    seen: set[str] = set()
    for each in warnings:
        if each.name in seen:
            message = f"warning {shown(each.name)} stands twice; give each a name of its own"
            raise fault("name_repeated", message)
        seen.add(each.name)
    return warnings


Warnings: TypeAlias = Annotated[
    tuple[WarnAt, ...], BeforeValidator(_in_order), AfterValidator(_once_each)
]
