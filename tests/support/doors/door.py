"""A door: what reads a stranger's text or data, right ones to begin with, and what may come out."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from pydantic import ValidationError

from doors.mutation import altered, mutated, places
from support_sla import PolicyError, SupportSlaError

FAMILY = (SupportSlaError, ValidationError)
SHOWN = 300
LONGEST = 600
"""Characters of a message, as the reference says."""


@dataclass(frozen=True)
class Door:
    """A way in. `read` reads one input and uses what it got; `seeds` are inputs it takes.

    Seeds that are texts are changed as texts, plain data as data, with `texts` for what stands in it.
    `weight` is how many plain inputs of the quickest door take as long as one of this.
    """

    name: str
    read: Callable[[Any], object]
    seeds: tuple[Any, ...]
    texts: tuple[str, ...] = ()
    weight: int = 1
    asks: bool = False
    """Whether an input may ask a question as long as the limits allow."""
    refused: tuple[type[Exception], ...] = field(default=FAMILY)

    def input(self, number: int) -> Any:
        """Return the hostile input of a number: the same in each run."""
        random = Random(f"{self.name} {number}")  # noqa: S311  it need not be secret
        if isinstance(self.seeds[0], str):
            return mutated(random, self.seeds)
        return altered(random, self.seeds, self.texts)

    @property
    def places(self) -> int:
        """How many places of its right data can have another value."""
        return len(places(self.seeds[0]))

    def with_value(self, at: int, value: Any) -> Any:
        """Return its right data with another value in one of its places."""
        data = copy.deepcopy(self.seeds[0])
        holder, key = places(data)[at]
        holder[key] = value
        return data

    def escaped(self, given: object) -> str | None:
        """Return what came out that is none of ours, and of what input; None if nothing did."""
        try:
            self.read(given)
        except self.refused as error:
            wrong = next((said for said in messages(error) if not is_fit(said)), None)
            return (
                wrong and f"a message of {len(wrong)} characters, {wrong!r:.200}, for {told(given)}"
            )
        except Exception as error:  # noqa: BLE001  any other is what is looked for
            return f"{type(error).__name__}: {str(error)[:SHOWN]} for {told(given)}"
        return None


def messages(error: Exception) -> list[str]:
    """Return what an error says, each fault that it tells by itself."""
    if isinstance(error, ValidationError):
        return [line["msg"] for line in error.errors(include_context=False, include_url=False)]
    if isinstance(error, PolicyError):
        return [str(finding) for finding in error.findings]
    return [str(error)]


def is_fit(message: str) -> bool:
    """Whether a message is short, as the limits say, and can be printed."""
    return len(message) < LONGEST and not re.search("[\ud800-\udfff]", message)


def told(given: object) -> str:
    """Return an input as a short text."""
    try:
        text = repr(given)
    except (RecursionError, ValueError):  # nested too deeply, or a number of too many digits
        text = f"a {type(given).__name__} that cannot be shown"
    return text if len(text) <= SHOWN else f"{text[: SHOWN // 2]}...{text[-SHOWN // 2 :]}"
