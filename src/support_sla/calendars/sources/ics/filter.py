"""`FeedFilter`: which events of a feed are meant, by the texts that it names them with."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from pydantic import Field, model_validator

from support_sla.calendars.sources.ics.text import unescaped
from support_sla.errors import listed, shown
from support_sla.values.model import Model, fault, nearest
from support_sla.values.names import SomeNames

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from support_sla.calendars.sources.ics.text import Part

_KEYS = ("summary", "category", "description")
_NAMED = 200
"""The most texts of a feed among which the nearest to a mistaken one is looked for."""


class FeedFilter(Model):
    """Texts by which events of a feed are known: an event matches if any of them is one of its own.

    `summary` holds whole summaries, `category` whole categories (an event may have several), and
    `description` whole lines of descriptions. Case and the width of spaces do not matter; a `*`
    stands for any text or none. So 'Public holiday' is not found in 'No public holiday', and
    'Public holiday*' is found in 'Public holiday in Bavaria' too.

    >>> FeedFilter(category=["Public holiday"], summary=["Tết*"]).summary
    ('Tết*',)
    """

    summary: SomeNames | None = Field(None, examples=[["Christmas Day"]])
    category: SomeNames | None = Field(None, examples=[["Public holiday"]])
    description: SomeNames | None = Field(None, examples=[["Public holiday*"]])

    @model_validator(mode="after")
    def _names_something(self) -> FeedFilter:
        if not any(getattr(self, key) for key in _KEYS):
            message = "filter {} names nothing; write e.g. { category = ['Public holiday'] }"
            raise fault("filter_empty", message)
        return self


def taken(
    events: Sequence[Part], only: FeedFilter | None, without: FeedFilter | None
) -> list[bool]:
    """Return for each event whether `only` names it, if there is one, and `without` does not.

    Raises pydantic custom errors for a text that names no event, for then it is mistaken or the
    feed has changed, and if no event is left.
    """
    if only is None and without is None:
        return [True] * len(events)
    texts = [{key: list(_texts(event, key)) for key in _KEYS} for event in events]
    wanted = _matching("only", only, texts) if only else [True] * len(events)
    unwanted = _matching("except", without, texts) if without else [False] * len(events)
    found = [is_in and not is_out for is_in, is_out in zip(wanted, unwanted, strict=True)]
    if not any(found):
        message = "no event of the feed is left: except names each one"
        message += " that only names" if only else ""
        raise fault("feed_filter_nothing", f"{message}; name fewer there", "except")
    return found


def _texts(event: Part, key: str) -> Iterator[str]:
    """Return the texts that an event has for a key of a filter, as they are compared."""
    if key == "category":
        found = event.lists("CATEGORIES")
    else:
        written = event.all(key.upper())
        found = [line for text in written for line in unescaped(text).split("\n")]
        if key == "summary":
            found = [" ".join(found)]
    return filter(None, (" ".join(text.split()) for text in found))


def _matching(name: str, wanted: FeedFilter, texts: list[dict[str, list[str]]]) -> list[bool]:
    found = [False] * len(texts)
    for key in _KEYS:
        for text in getattr(wanted, key) or ():
            pattern = _folded(text).split("*")
            hits = [
                at
                for at, of_event in enumerate(texts)
                if any(_is_like(pattern, _folded(each)) for each in of_event[key])
            ]
            if not hits:
                known = dict.fromkeys(each for of_event in texts for each in of_event[key])
                message = f"{name} names the {key} {shown(text)}, which no event of the feed has"
                raise fault(
                    "feed_filter_nothing", f"{message}; {_way_out(key, text, known)}", name, key
                )
            for at in hits:
                found[at] = True
    return found


def _is_like(pattern: list[str], text: str) -> bool:
    """Whether a text is the pieces of a pattern, in order, with anything between them."""
    first, *middle, last = pattern if len(pattern) > 1 else [*pattern, ""]
    if len(pattern) == 1:
        return text == first
    if len(text) < len(first) + len(last) or not (text.startswith(first) and text.endswith(last)):
        return False
    at, end = len(first), len(text) - len(last)
    for piece in middle:
        at = text.find(piece, at, end) + len(piece)
        if at < len(piece):
            return False
    return True


def _way_out(key: str, text: str, known: dict[str, None]) -> str:
    short = [each for each in known if len(each) <= 80][:_NAMED]
    if not short:
        return f"its events have no {key}, name them by another key"
    if "*" not in text:
        return nearest(text, short)
    return f"'*' stands for any text; use a part of {listed(short[:12], last='or')}"


def _folded(text: str) -> str:
    return " ".join(normalize("NFC", text).casefold().split())
