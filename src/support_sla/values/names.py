"""Names as a policy file writes them: plain words, and lists of them without repeats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from typing import Annotated, TypeAlias, TypeVar

from pydantic import AfterValidator, BeforeValidator, StrictStr

from support_sla.errors import ZoneError, shown
from support_sla.values.instants import read_zone
from support_sla.values.model import fault

T = TypeVar("T", bound=Hashable)


def _read_key(value: str) -> str:
    if not value or value != value.strip():
        raise fault("name_empty", f"name {value!r} is empty or padded; write a plain word")
    return value


def _read_names(value: object) -> object:
    if isinstance(value, str):
        raise fault("list_expected", f"{value!r} is one text, not a list; write [{value!r}]")
    if isinstance(value, (set, frozenset)):
        raise fault("list_expected", f"{shown(value)} has no order; write a list, [...]")
    return value


def _not_empty(names: tuple[str, ...]) -> tuple[str, ...]:
    if not names:
        raise fault("list_empty", "the list [] matches nothing; name something, or drop the key")
    return names


def no_repeats(names: tuple[T, ...]) -> tuple[T, ...]:
    """Return the names; raise if one of them is there twice."""
    for name, times in Counter(names).items():
        if times > 1:
            every = ", ".join(map(str, names))
            raise fault("name_repeated", f"{str(name)!r} stands twice in [{every}]; name it once")
    return names


def _read_zone_name(value: object) -> str:
    try:
        read_zone(value)
    except ZoneError as error:
        raise fault("zone_unknown", str(error)) from None
    if isinstance(value, str):
        return value
    message = f"time zone {value!r} is no name, so no file could hold it; use an IANA name"
    raise fault("zone_unknown", message)


Key: TypeAlias = Annotated[StrictStr, AfterValidator(_read_key)]
Names: TypeAlias = Annotated[
    tuple[Key, ...], BeforeValidator(_read_names), AfterValidator(no_repeats)
]
SomeNames: TypeAlias = Annotated[Names, AfterValidator(_not_empty)]
Zone: TypeAlias = Annotated[str, BeforeValidator(_read_zone_name)]
