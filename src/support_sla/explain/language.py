"""The phrases of explanations: one TOML file per language, all with the same phrases.

Another language is another file in their folder; no code knows which ones there are.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from support_sla.errors import UnknownLanguageError
from support_sla.values.units import MICROSECOND

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """The phrases of one language, and how it writes dates and amounts of time."""

    code: str
    phrases: Mapping[str, Any]

    def say(self, section: str, phrase: str, **values: object) -> str:
        """Return a phrase with its blanks filled in."""
        said: str = self.phrases[section][phrase]
        return said.format(**values)

    def word(self, section: str, place: int) -> str:
        """Return a word of a list, such as the weekdays, which begin with Monday."""
        words: list[str] = self.phrases["dates"][section]
        return words[place]

    def listed(self, items: Sequence[str]) -> str:
        """Return things said one after another, with an 'and' before the last."""
        if len(items) < 2:
            return "".join(items)
        first = self.phrases["lists"]["comma"].join(items[:-1])
        return f"{first}{self.phrases['lists']['and']}{items[-1]}"

    def date(self, date: dt.date, form: str = "date") -> str:
        """Return a date with its weekday, or as a 'plain_date' without."""
        return _dated(self, dt.date(date.year, date.month, date.day), form)

    def span(self, first: dt.date, last: dt.date) -> str:
        """Return two dates and all between them; what both share is said once."""
        form = "span"
        if first.year == last.year:
            form = "span_in_month" if first.month == last.month else "span_in_year"
        return self.say(
            "dates",
            form,
            first=self.date(first, "plain_date"),
            last=self.date(last, "plain_date"),
            day=first.day,
            month=self.word("months", first.month - 1),
            month_number=first.month,
            year=first.year,
            last_day=last.day,
            last_month=last.month,
            last_year=last.year,
        )

    def moment(self, at: dt.datetime) -> str:
        """Return an instant as its date and its time, to the last digit it has."""
        time = at.strftime(
            "%H:%M:%S.%f" if at.microsecond else "%H:%M:%S" if at.second else "%H:%M"
        )
        said = self.say("dates", "moment", date=self.date(at), time=time)
        if not _is_repeated(at):
            return said
        return self.say("dates", "repeated", moment=said, offset=_offset_of(at))

    def amount(self, amount: dt.timedelta) -> str:
        """Return a physical amount of time in hours, minutes and seconds; zero in minutes."""
        seconds, micros = divmod(amount // MICROSECOND, 1_000_000)
        minutes, second = divmod(seconds, 60)
        hour, minute = divmod(minutes, 60)
        parts = [(hour, "hour"), (minute, "minute"), (second, "second"), (micros, "microsecond")]
        said = [self._count(n, unit) for n, unit in parts if n] or [self._count(0, "minute")]
        return " ".join(said)

    def _count(self, number: int, unit: str) -> str:
        return self.say("amounts", unit if number == 1 else f"{unit}s", n=number)


@lru_cache
def languages() -> tuple[str, ...]:
    """Return the languages that explanations can be given in.

    >>> languages()
    ('en', 'vi')
    """
    files = (each.name for each in resources.files("support_sla.explain.languages").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in files if name.endswith(".toml")))


def language_of(code: str) -> Language:
    """Return a language; raises `UnknownLanguageError`, which lists those there are, if unknown."""
    if not isinstance(code, str) or code not in languages():
        raise UnknownLanguageError.of(code, languages())
    return _read(str.__str__(code))


def quoted(name: str) -> str:
    """Return a name from the policy as it is written in a sentence."""
    return f"'{on_one_line(name)}'"


def on_one_line(text: str) -> str:
    """Return a text from the policy on one line.

    >>> on_one_line("Ticket   line")
    'Ticket line'
    """
    return " ".join(text.split())


@lru_cache
def _read(code: str) -> Language:
    text = (
        resources.files("support_sla.explain.languages").joinpath(f"{code}.toml").read_text("utf-8")
    )
    return Language(code, tomllib.loads(text))


@lru_cache(maxsize=1024)
def _dated(language: Language, date: dt.date, form: str) -> str:
    return language.say(
        "dates",
        form,
        weekday=language.word("weekdays", date.weekday()),
        day=date.day,
        month=language.word("months", date.month - 1),
        month_number=date.month,
        year=date.year,
    )


def _offset_of(at: dt.datetime) -> str:
    """Return how far a clock is ahead of UTC, such as 'UTC-05:00'."""
    return str(dt.timezone(at.utcoffset() or dt.timedelta(0)))


def _is_repeated(at: dt.datetime) -> bool:
    """Whether the wall clock shows this time twice, so that its offset must be said too."""
    return at.replace(fold=1 - at.fold).utcoffset() != at.utcoffset()
