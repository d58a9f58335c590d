"""What every model shares: frozen, no unknown keys, faults in full, dumps what was written."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    SerializerFunctionWrapHandler,
    ValidationError,
    ValidatorFunctionWrapHandler,
    model_serializer,
)
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, core_schema

from support_sla.errors import cut, listed, shown

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

K = TypeVar("K")
T = TypeVar("T")
V_co = TypeVar("V_co", covariant=True)


def fault(slug: str, message: str, *place: int | str) -> PydanticCustomError:
    """Return the error a validator raises: a slug to test for and a whole sentence to read.

    `place` are the keys that it is about, from the model that is checked on.
    """
    return PydanticCustomError(slug, "{message}", {"message": message, "place": place})


def detail(slug: str, message: str, loc: tuple[int | str, ...], value: object) -> InitErrorDetails:
    """Return one line of a `ValidationError`: the fault and its place."""
    return InitErrorDetails(type=fault(slug, message), loc=loc, input=value)


def nearest(name: object, known: Collection[str]) -> str:
    """Return what to use for an unknown name: the nearest known one, else up to 12 of them.

    A name in which a number differs is not near: 'sev9' is as far from 'sev4' as from 'sev1'.
    """
    import difflib  # noqa: PLC0415  only a refusal needs it

    text = str(name) if isinstance(name, str) else shown(name)
    few = len(known) <= 200 and len(text) <= 80
    same = [each for each in known if _plain(each) == _plain(text)] if few else []
    numbers = re.findall("[0-9]+", text)
    alike = [each for each in known if re.findall("[0-9]+", each) == numbers] if few else []
    close = same or (alike and difflib.get_close_matches(text, alike, n=1))
    if close:
        return f"did you mean {shown(close[0])}?"
    if not known:
        return "none is defined"
    some = sorted(islice(known, 200) if len(known) > 200 else known)
    return f"use one of {listed([*some[:12], *some[12:13]][:12])}" + (
        ", ..." if len(known) > 12 else ""
    )


def _plain(name: str) -> str:
    """Return a name without what people write in different ways: capitals, spaces, hyphens."""
    return re.sub(r"[-_\s]", "", name).casefold()


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
        plain = handler.generate_schema(dict[key, value])  # type: ignore[valid-type]
        written = core_schema.plain_serializer_function_ser_schema(dict, return_schema=plain)
        return core_schema.no_info_after_validator_function(cls, plain, serialization=written)


class Model(BaseModel):
    """A frozen piece of data that refuses unknown keys.

    A dump holds only what was written, so it reads like the file it came from and loads back equal.
    """

    __slots__ = ("_memo",)

    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True, extra="forbid", allow_inf_nan=False, serialize_by_alias=True
    )

    @classmethod
    def __get_pydantic_core_schema__(
        cls,
        source: Any,  # noqa: ANN401  pydantic's own signature
        handler: GetCoreSchemaHandler,
        /,
    ) -> CoreSchema:
        # Around the whole model, for a validator of a subclass runs outside of those of its base.
        def tell_in_full(data: object, read: ValidatorFunctionWrapHandler) -> object:
            try:
                return read(data)
            except ValidationError as error:
                faults = in_full(cls, error)
                raise ValidationError.from_exception_data(error.title, faults) from None

        return core_schema.no_info_wrap_validator_function(tell_in_full, handler(source))

    @model_serializer(mode="wrap")
    def _as_written(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        fields, written = type(self).model_fields, {*self.model_fields_set}
        written |= {fields[name].alias or name for name in written}
        return {key: value for key, value in handler(self).items() if key in written}

    def __hash__(self) -> int:
        """Return the hash of what was read; worked out once, for a calendar may have many days."""
        return self.once("hash", lambda: hash((type(self), *self.__dict__.values())))

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


_RETOLD = {
    "dict_type": "is no table; write one, with a name for each of its parts",
    "string_type": "is no text; write it in quotes",
    "string_unicode": "is no text that can be written; drop what is no character",
    "bool_type": "is neither true nor false; write one of them, without quotes",
    "int_type": "is no whole number; write one, without quotes",
    "int_parsing": "is no whole number; write one, without quotes",
    "int_from_float": "is no whole number; write one, without a fraction",
    "missing": "is too short a list; write all of its items",
    "too_long": "is too long a list; drop what is too much",
    "recursion_loop": "holds itself; write it out",
}
"""What is wrong and the way out, by pydantic's own slug."""


def in_full(model: type[BaseModel], error: ValidationError) -> list[InitErrorDetails]:
    """Return the same faults, with whole sentences for pydantic's short messages."""
    return [_retold_line(model, line) for line in error.errors()]


def _written(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return the fields of a model by the keys that are written for them."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _retold_line(model: type[BaseModel], line: Any) -> InitErrorDetails:  # noqa: ANN401, PLR0911  a case each
    slug, loc, value = line["type"], tuple(line["loc"]), line["input"]
    if slug == "extra_forbidden" and len(loc) == 1:
        message = f"key {shown(loc[0])} is not known here; {nearest(loc[0], _written(model))}"
        return detail("key_unknown", message, loc, value)
    if slug == "missing" and len(loc) == 1:
        field = _written(model).get(str(loc[0]))
        meant = f" ({field.description})" if field and field.description else ""
        return detail("key_missing", f"key {shown(loc[0])} is missing{meant}; add it", loc, value)
    if slug == "model_type" and not loc:
        fields = model.model_fields
        keys = ", ".join([key for key in fields if fields[key].is_required()] or fields)
        message = f"{shown(value)} is no table of keys; write one, with {keys}"
        return detail("table_expected", message, loc, value)
    if slug == "tuple_type":
        way_out = "write it in brackets, [...]"
        if isinstance(value, Mapping):
            way_out = "write it in brackets, [{...}], or under a header of two, [[...]]"
        return detail("list_expected", f"{shown(value)} is no list; {way_out}", loc, value)
    if slug in _RETOLD:
        return detail(slug, f"{shown(value)} {_RETOLD[slug]}", loc, value)
    if "ctx" in line and set(line["ctx"]) == {"message", "place"}:
        return detail(slug, line["ctx"]["message"], (*loc, *line["ctx"]["place"]), value)
    if slug == "literal_error":
        options = re.findall("'([^']+)'", line["ctx"]["expected"])
        message = f"{shown(value)} is none of {', '.join(map(repr, options))}"
        return detail("option_unknown", f"{message}; {nearest(value, options)}", loc, value)
    said = re.sub(r"^.*? should (be|have|match|contain)", r"it should \1", cut(line["msg"], 300))
    said = said[0].lower() + said[1:]
    return detail(slug, f"{shown(value)} does not fit here; {said.rstrip('.')}", loc, value)
