"""What a channel lists under a metric: rules in order, or the name of a list of the policy's `rules`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from pydantic import AfterValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, TypeAdapter
from pydantic_core import CoreSchema, core_schema

from support_sla.errors import shown
from support_sla.policy.target import Target
from support_sla.values.model import fault
from support_sla.values.names import Key


class _RulesOrName:
    """Reads a text as the name of a list of rules, and all else as the rules themselves.

    A union would put the names of its members into the place of every fault.
    """

    def __get_pydantic_core_schema__(
        self,
        source: Any,  # noqa: ANN401  pydantic's own signature
        handler: GetCoreSchemaHandler,
    ) -> CoreSchema:
        return core_schema.no_info_wrap_validator_function(
            _read,
            handler(source),
            serialization=core_schema.wrap_serializer_function_ser_schema(_write),
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        name = {"type": "string", "description": "the name of a list of the policy's rules"}
        return {"anyOf": [handler(schema["schema"]), name]}


_NAME: TypeAdapter[str] = TypeAdapter(Key)


def _read(value: object, handler: Callable[[object], Any]) -> Any:  # noqa: ANN401
    if isinstance(value, str):
        return _NAME.validate_python(value)
    if isinstance(value, Mapping):
        message = (
            f"{shown(value)} is no list; write it in brackets, [{{...}}], or under a header of "
        )
        raise fault("list_expected", f"{message}two, [[...]]")
    return handler(value)


def _write(value: object, handler: Callable[[object], Any]) -> Any:  # noqa: ANN401
    return value if isinstance(value, str) else handler(value)


def _some(rules: tuple[Target, ...]) -> tuple[Target, ...]:
    if not rules:
        raise fault("list_empty", "the list [] promises nothing; add a rule, or drop the list")
    return rules


if TYPE_CHECKING:
    Rules: TypeAlias = tuple[Target, ...] | str
else:
    Rules = Annotated[tuple[Target, ...], _RulesOrName()]

SomeRules: TypeAlias = Annotated[tuple[Target, ...], AfterValidator(_some)]
