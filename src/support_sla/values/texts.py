"""Texts by language, as a policy file writes them: { en = "Ticket", vi = "Yêu cầu" }."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias, TypeVar

from pydantic import AfterValidator

from support_sla.errors import shown
from support_sla.values.model import FrozenMap, fault
from support_sla.values.names import whole_text

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")


def _read_texts(texts: FrozenMap[str, str]) -> FrozenMap[str, str]:
    for language, text in texts.items():
        if not whole_text(language).strip() or not whole_text(text).strip():
            message = (
                f"text {shown(text)} in language {shown(language)} is empty; write it or drop it"
            )
            raise fault("text_empty", message)
    return texts


def not_empty(parts: FrozenMap[str, T]) -> FrozenMap[str, T]:
    """Return a table; raise if it holds nothing."""
    if not parts:
        raise fault("map_empty", "the table {} holds nothing; define something in it")
    return parts


Texts: TypeAlias = Annotated[FrozenMap[str, str], AfterValidator(_read_texts)]


def text_in(texts: Mapping[str, str] | None, language: str) -> str | None:
    """Return the text in a language, else in the first one there is; None if there is none."""
    if not texts:
        return None
    return texts.get(language) or next(iter(texts.values()))
