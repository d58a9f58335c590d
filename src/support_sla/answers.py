"""`AnswerTable`: a line's whole function from submission to answer, compiled for some years.

One lookup in it answers a ticket, one pass over it a column, and a walk along it proves what holds
for every submission. It is the timeline and the rules, precomputed: a law holds them equal.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from support_sla.answer_rows import rows_of
from support_sla.answer_text import describe
from support_sla.durations import format_duration
from support_sla.errors import (
    InstantOutOfRangeError,
    NotAnInstantError,
    UnitError,
    UnknownPriorityError,
)
from support_sla.growing import MAX_YEARS
from support_sla.instants import MICROSECOND, read_instant, to_micros
from support_sla.opening import day_number
from support_sla.promise import Answer, Line, Promise
from support_sla.rows import BEYOND, Row, Source
from support_sla.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from support_sla.opening import Coverage
    from support_sla.policy import Policy

Unit: TypeAlias = Literal["s", "ms", "us", "ns"]

FORMAT = "support_sla.answer_table/1"

_MICROS_IN = {"s": 1_000_000, "ms": 1_000, "us": 1}
_NANOSECOND_YEARS = (1678, 2261)
"""The whole years that 64-bit nanoseconds since 1970 can hold."""


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """The answers to every submission from `start` to before `end`, in a `unit` since 1970 UTC.

    Row i holds for submissions t from `begins[i]` to before `begins[i + 1]`:

    - `rules[i]` is the place of its target in `targets`; -1 where no rule matches, -2 where the
      answer reaches past the years the calendars cover;
    - starts_at = max(t, `starts_from[i]`);
    - earliest_at = max(t, `earliest_from[i]`) + `earliest_after[i]`, none where these are None;
    - due_at = max(t, `due_from[i]`) + `due_after[i]`.

    Frozen, hashable, equal by value, picklable, safe to share between threads.

    >>> from support_sla import load_policy
    >>> table = AnswerTable.of(
    ...     load_policy("azdigi"), department="billing", first_year=2026, last_year=2026, unit="s"
    ... )
    >>> table.answer(1768037400)  # Saturday 10 January 2026 16:30
    Answer(starts_at=1768037400, earliest_at=None, due_at=1768181400, rule=0)
    """

    department: str
    channel: str
    priority: str | None
    crossing: str
    zone: str
    unit: Unit
    first_year: int
    last_year: int
    start: int
    end: int
    targets: tuple[str, ...]
    begins: tuple[int, ...]
    rules: tuple[int, ...]
    starts_from: tuple[int, ...]
    earliest_from: tuple[int | None, ...]
    earliest_after: tuple[int | None, ...]
    due_from: tuple[int, ...]
    due_after: tuple[int, ...]

    @classmethod
    def of(  # noqa: PLR0913  every one is a keyword
        cls,
        policy: Policy,
        *,
        department: str,
        channel: str = "ticket",
        priority: str | None = None,
        first_year: int,
        last_year: int,
        unit: Unit = "us",
    ) -> AnswerTable:
        """Return the table of a line for the local years `first_year` to `last_year`.

        Refuses before anything is compiled: more than 1,000 years at once, and nanoseconds outside
        1678 to 2261, with `InstantOutOfRangeError`; a unit there is not, or one that cannot hold
        the line's hours or targets, with `UnitError`. Raises `YearsNotCoveredError` for years
        outside the line's calendars, and the errors of `compute_deadline` for unknown names.
        """
        line = Line.of(policy, department, channel)
        if priority is not None and priority not in policy.priorities:
            raise UnknownPriorityError.of(priority, policy.priorities)
        _check_span(line, first_year, last_year, unit)

        def promise(first: int, last: int) -> Promise:
            return Promise.of(line, priority, first, last)

        rows, source = rows_for(promise, line.coverage, first_year, last_year, unit)
        targets = policy.channel(department, channel).first_response
        columns = tuple(zip(*rows, strict=True))
        return cls(
            department,
            channel,
            priority,
            policy.crossing,
            policy.timezone,
            unit,
            first_year,
            last_year,
            source.start,
            source.end,
            tuple(target.name for target in targets),
            *columns,
        )

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.begins)

    def rows(self) -> Iterator[Row]:
        """Yield the rows in order."""
        return map(Row._make, zip(*self._columns, strict=True))

    def row(self, place: int) -> Row:
        """Return one row by its place, from 0."""
        return Row._make(column[place] for column in self._columns)

    @property
    def _columns(self) -> tuple[tuple[Any, ...], ...]:
        first = (self.begins, self.rules, self.starts_from, self.earliest_from)
        return (*first, self.earliest_after, self.due_from, self.due_after)

    def answer(self, at: int) -> Answer | None:
        """Return the answer to a submission, `rule` being its place in `targets`.

        None where no rule matches or the answer reaches past the covered years; raises
        `InstantOutOfRangeError` for an instant outside the table's years.
        """
        if type(at) is not int:
            raise NotAnInstantError.count("at", at)
        if not self.start <= at < self.end:
            raise InstantOutOfRangeError.of("instant", at, self.first_year, self.last_year)
        return self.row(bisect_right(self.begins, at) - 1).answer(at)

    def describe(
        self, start: dt.datetime | str | None = None, end: dt.datetime | str | None = None
    ) -> str:
        """Return the rows in words, for submissions from `start` to before `end`.

        Both default to the table's own years. Raises `InstantOutOfRangeError` where they lie
        outside these, or hold nothing, and what `compute_deadline` raises for what is no instant.
        """
        first = self.start if start is None else self._in_unit("start", start)
        last = self.end if end is None else self._in_unit("end", end)
        if not self.start <= first < last <= self.end:
            asked = f"{start or 'the start'} to {end or 'the end'}"
            raise InstantOutOfRangeError.of("span", asked, self.first_year, self.last_year)
        return describe(self, first, last)

    def _in_unit(self, name: str, at: dt.datetime | str) -> int:
        """Return the first whole unit at or after an instant."""
        micros = to_micros(read_instant(name, at))
        per = _MICROS_IN.get(self.unit)
        return micros * 1_000 if per is None else -(-micros // per)

    def to_dict(self) -> dict[str, Any]:
        """Return the table as plain data, ready for JSON: `format`, its attributes, its columns."""
        return {"format": FORMAT} | {
            name: list(value) if isinstance(value, tuple) else value
            for name in self.__slots__
            for value in [getattr(self, name)]
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> AnswerTable:
        """Return the table that `to_dict` dumped; raise `UnitError` for another format."""
        given = data.get("format") if isinstance(data, dict) else data
        if not isinstance(data, dict) or given != FORMAT:
            raise UnitError.format(given, FORMAT)
        fields: dict[str, Any] = {}
        for name in cls.__slots__:
            if name not in data:
                raise UnitError.dump(f"no {name!r}")
            value = data[name]
            fields[name] = tuple(value) if isinstance(value, list) else value
        _check_dump(fields)
        return cls(**fields)


def _check_dump(fields: dict[str, Any]) -> None:
    """Refuse a dump whose columns no lookup could be trusted with."""
    optional = ("earliest_from", "earliest_after")
    for name in ("begins", "rules", "starts_from", "due_from", "due_after", *optional):
        column = fields[name]
        if not isinstance(column, tuple) or len(column) != len(fields["begins"]):
            raise UnitError.dump(f"a column {name!r} of another length")
        if not all(type(n) is int or (n is None and name in optional) for n in column):
            raise UnitError.dump(f"something in {name!r} that is no whole number")
    begins, rules = fields["begins"], fields["rules"]
    if not begins or begins[0] != fields["start"] or list(begins) != sorted(set(begins)):
        raise UnitError.dump("rows that do not begin one after another")
    if not all(BEYOND <= rule < len(fields["targets"]) for rule in rules):
        raise UnitError.dump("a rule that is none of its targets")


def _check_span(line: Line, first: int, last: int, unit: str) -> None:
    if unit not in get_args(Unit):
        raise UnitError.unknown(unit, get_args(Unit))
    for name, year in (("first_year", first), ("last_year", last)):
        if type(year) is not int:
            raise NotAnInstantError.count(name, year)
    if last < first:
        raise InstantOutOfRangeError.reversed(first, last)
    if last - first >= MAX_YEARS:
        raise InstantOutOfRangeError.span(first, last, MAX_YEARS)
    if unit == "ns" and not (_NANOSECOND_YEARS[0] <= first and last <= _NANOSECOND_YEARS[1]):
        raise InstantOutOfRangeError.of("nanoseconds", f"{first} to {last}", *_NANOSECOND_YEARS)
    line.coverage.check(first)
    line.coverage.check(last)
    for rule in line.rules:
        for amount in (rule.within, rule.earliest or 0):
            if amount % _MICROS_IN.get(unit, 1):
                raise UnitError.too_coarse(unit, format_duration(amount * MICROSECOND))


def rows_for(
    promise: Callable[[int, int], Promise],
    coverage: Coverage,
    first: int,
    last: int,
    unit: str = "us",
) -> tuple[list[Row], Source]:
    """Return the rows for the local years, and what they were made from.

    Years after the last are looked at until every answer is known or the calendars end.
    """
    ahead = 1
    while True:
        known = min(last + ahead, coverage.last)
        source = _source(promise(first, known), first, last, unit)
        rows = rows_of(source)
        if known == coverage.last or all(row.rule != BEYOND for row in rows):
            return rows, source
        if known - first >= MAX_YEARS:
            raise InstantOutOfRangeError.span(first, known, MAX_YEARS)
        ahead *= 2


def _source(promise: Promise, first: int, last: int, unit: str) -> Source:
    """Return what rows are made from, with every number in the unit; none is rounded.

    Hours are on whole seconds, as clock times and the zones' offsets are, and the amounts have
    been checked.
    """
    per = _MICROS_IN.get(unit)

    def one(value: int) -> int:
        return value * 1_000 if per is None else value // per

    def all_of(values: tuple[int, ...]) -> tuple[int, ...]:
        return values if per == 1 else tuple(map(one, values))

    line, wall = promise.window.timeline, promise.window.wall
    timeline = Timeline(
        one(line.start), one(line.end), all_of(line.opens), all_of(line.closes), all_of(line.totals)
    )
    rules = tuple(
        replace(
            rule,
            within=one(rule.within),
            earliest=None if rule.earliest is None else one(rule.earliest),
        )
        for rule in promise.rules
    )
    start, end = (wall.midnight(day_number(dt.date(year, 1, 1))) for year in (first, last + 1))
    return Source(
        timeline,
        rules,
        promise.crossing,
        all_of(promise.edges),
        promise.in_force,
        one(start),
        one(end),
    )
