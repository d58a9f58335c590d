"""What every model shares: frozen, no unknown keys, faults in full, dumps what was written."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import Any, ClassVar, Generic, TypeVar, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    ModelWrapValidatorHandler,
    SerializerFunctionWrapHandler,
    ValidationError,
    model_serializer,
    model_validator,
)
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, core_schema

from support_sla.errors import shown

K = TypeVar("K")
T = TypeVar("T")
V_co = TypeVar("V_co", covariant=True)


def fault(slug: str, message: str) -> PydanticCustomError:
    """Return the error a validator raises: a slug to test for and a whole sentence to read."""
    return PydanticCustomError(slug, "{message}", {"message": message})


def detail(slug: str, message: str, loc: tuple[int | str, ...], value: object) -> InitErrorDetails:
    """Return one line of a `ValidationError`: the fault and its place."""
    return InitErrorDetails(type=fault(slug, message), loc=loc, input=value)


def nearest(name: object, known: list[str]) -> str:
    """Return what to use for an unknown name: the nearest known one, else up to 12 of them."""
    import difflib  # noqa: PLC0415  only a refusal needs it

    same = [each for each in known if each.lower() == str(name).lower()]
    close = same or difflib.get_close_matches(str(name), known, n=1)
    if close:
        return f"did you mean {close[0]!r}?"
    if not known:
        return "none is defined"
    some = [*map(repr, sorted(known)[:12]), *(["..."] if len(known) > 12 else [])]
    return f"use one of {', '.join(some)}"


class FrozenMap(Mapping[K, V_co], Generic[K, V_co]):
    """A mapping that cannot change, so that a model holding it can be hashed and shared."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[K, V_co]) -> None:
        self._items = dict(items)

    def __getitem__(self, key: K) -> V_co:
        return self._items[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._items,)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __eq__(self, other: object) -> bool:
        return dict(other) == self._items if isinstance(other, Mapping) else NotImplemented

    def __repr__(self) -> str:
        return repr(self._items)

    @classmethod
    def __get_pydantic_core_schema__(
        cls,
        source: Any,  # noqa: ANN401  pydantic's own signature
        handler: GetCoreSchemaHandler,
    ) -> CoreSchema:
        key, value = get_args(source)
        return core_schema.no_info_after_validator_function(
            cls,
            handler.generate_schema(dict[key, value]),  # type: ignore[valid-type]
            serialization=core_schema.plain_serializer_function_ser_schema(dict),
        )


class Model(BaseModel):
    """A frozen piece of data that refuses unknown keys.

    A dump holds only what was written, so it reads like the file it came from and loads back equal.
    """

    __slots__ = ("_memo",)

    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True, extra="forbid", allow_inf_nan=False, serialize_by_alias=True
    )

    @model_validator(mode="wrap")
    @classmethod
    def _tell_in_full(cls, data: Any, handler: ModelWrapValidatorHandler[Any]) -> Any:  # noqa: ANN401
        try:
            return handler(data)
        except ValidationError as error:
            raise _retold(cls, error) from None

    @model_serializer(mode="wrap")
    def _as_written(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        fields, written = type(self).model_fields, {*self.model_fields_set}
        written |= {fields[name].alias or name for name in written}
        return {key: value for key, value in handler(self).items() if key in written}

    def memo(self) -> dict[Any, Any]:
        """Return a place to keep what was worked out from this object.

        It takes no part in equality, hashing, copies, dumps and pickles.
        """
        try:
            # A slot, not a field, so the types cannot see it.
            return self._memo  # type: ignore[attr-defined, no-any-return]
        except AttributeError:
            object.__setattr__(self, "_memo", {})
            return self.memo()

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` returns for this object: made when first asked for, then kept.

        Two threads may both make it, and both get the one that was kept first.
        """
        memo = self.memo()
        if key not in memo:
            memo.setdefault(key, make())
        kept: T = memo[key]
        return kept


def _retold(model: type[BaseModel], error: ValidationError) -> ValidationError:
    """Return the same faults, with whole sentences for pydantic's short messages."""
    return ValidationError.from_exception_data(
        error.title, [_retold_line(model, line) for line in error.errors()]
    )


def _retold_line(model: type[BaseModel], line: Any) -> InitErrorDetails:  # noqa: ANN401, PLR0911  a case each
    slug, loc, value = line["type"], tuple(line["loc"]), line["input"]
    if slug == "extra_forbidden" and len(loc) == 1:
        known = [field.alias or name for name, field in model.model_fields.items()]
        message = f"key {loc[0]!r} is not known here; {nearest(loc[0], known)}"
        return detail("key_unknown", message, loc, value)
    if slug == "missing" and len(loc) == 1:
        field = model.model_fields.get(str(loc[0]))
        meant = f" ({field.description})" if field and field.description else ""
        return detail("key_missing", f"key {loc[0]!r} is missing{meant}; add it", loc, value)
    if slug == "model_type" and not loc:
        fields = model.model_fields
        keys = ", ".join([key for key in fields if fields[key].is_required()] or fields)
        message = f"{shown(value)} is no table of keys; write one, with {keys}"
        return detail("table_expected", message, loc, value)
    if slug == "tuple_type":
        message = f"{shown(value)} is no list; write it in brackets, [...]"
        return detail("list_expected", message, loc, value)
    if slug == "literal_error":
        options = re.findall("'([^']+)'", line["ctx"]["expected"])
        message = f"{shown(value)} is none of {', '.join(map(repr, options))}"
        return detail("option_unknown", f"{message}; {nearest(value, options)}", loc, value)
    if "ctx" in line and set(line["ctx"]) == {"message"}:
        return detail(slug, line["ctx"]["message"], loc, value)
    said = line["msg"][0].lower() + line["msg"][1:]
    return detail(slug, f"{said}, not {shown(value)}; give a value of that kind", loc, value)
