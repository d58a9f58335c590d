"""Names as a policy file writes them: plain words, and lists of them without repeats."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Annotated, TypeAlias, TypeVar

from pydantic import AfterValidator, BeforeValidator, StrictStr

from support_sla.errors import ZoneError, cut, listed, shown
from support_sla.values.instants import read_zone
from support_sla.values.model import fault

T = TypeVar("T", bound=Hashable)


def whole_text(text: str) -> str:
    """Return the text; raise if it has half a character, which no file can hold."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        message = f"text {shown(text[: error.start])} goes on with half a character (a surrogate)"
        raise fault("text_broken", f"{message}; drop it") from None
    return text


def _read_key(value: str) -> str:
    whole_text(value)
    if not value or value != value.strip():
        raise fault("name_empty", f"name {shown(value)} is empty or padded; write a plain word")
    return str.__str__(value)


def _read_names(value: object) -> object:
    if isinstance(value, str):
        parts = [part.strip() for part in value.split(",") if part.strip()] or [value]
        message = f"{shown(value)} is one text, not a list; write [{listed(parts)}]"
        raise fault("list_expected", message)
    if isinstance(value, (set, frozenset)):
        raise fault("list_expected", f"{shown(value)} has no order; write a list, [...]")
    return value


def _not_empty(names: tuple[str, ...]) -> tuple[str, ...]:
    if not names:
        raise fault("list_empty", "the list [] matches nothing; name something, or drop the key")
    return names


def no_repeats(names: tuple[T, ...]) -> tuple[T, ...]:
    """Return the names; raise if one of them is there twice."""
    seen: set[T] = set()
    for name in names:
        if name in seen:
            every = cut(", ".join(str(each) for each in names[:80]))
            message = f"{shown(str(name))} stands twice in [{every}]; name it once"
            raise fault("name_repeated", message)
        seen.add(name)
    return names


def _read_zone_name(value: object) -> str:
    try:
        read_zone(value)
    except ZoneError as error:
        raise fault("zone_unknown", str(error)) from None
    if isinstance(value, str):
        return str.__str__(value)
    message = f"time zone {shown(value)} is no name, so no file could hold it; use an IANA name"
    raise fault("zone_unknown", message)


def plain_text(value: T) -> T | str:
    """Return a text of a subclass, such as an enum's member, as a plain text; all else as it is.

    What is kept for all callers must not hold one caller's objects.
    """
    return str.__str__(value) if isinstance(value, str) else value


Key: TypeAlias = Annotated[StrictStr, AfterValidator(_read_key)]
Names: TypeAlias = Annotated[
    tuple[Key, ...], BeforeValidator(_read_names), AfterValidator(no_repeats)
]
SomeNames: TypeAlias = Annotated[Names, AfterValidator(_not_empty)]
Zone: TypeAlias = Annotated[str, BeforeValidator(_read_zone_name)]
