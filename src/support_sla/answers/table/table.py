"""`AnswerTable`: a line's whole function from submission to answer, compiled for some years.

One look-up in it answers a ticket, one pass over it answers a column or proves what holds for every
submission. It is the timeline and the rules, precomputed; a law states that they are equal.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from support_sla.answers.line import Line
from support_sla.answers.promise import Answer, Promise, promises_of
from support_sla.answers.question import Question
from support_sla.answers.table.arrow import arrow_table
from support_sla.answers.table.build import check_span, rows_for
from support_sla.answers.table.dump import read_fields
from support_sla.answers.table.page import Page
from support_sla.answers.table.rows import Row
from support_sla.clock.compiled_years import MAX_YEARS, CompiledYears
from support_sla.errors import (
    InstantOutOfRangeError,
    NotAnInstantError,
    UnitError,
)
from support_sla.policy.metrics import METRICS, Metric
from support_sla.policy.policy import Policy
from support_sla.values.instants import read_instant, read_zone, to_micros
from support_sla.values.one_line import (
    MOST_ROWS,
    Part,
    Room,
    counted,
    fitted,
    line_of,
    page,
    record,
    years,
)
from support_sla.values.units import NANOSECONDS_IN, Unit
from support_sla.values.whole_numbers import read_whole

FORMAT = "support_sla.answer_table/1"

MAX_TABLE_YEARS = 64
"""The most years for which the policy keeps what the table is made from: some 4 MB a line."""


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """The answers to every submission from `start` to before `end`, in a `unit` since 1970 UTC.

    Row i holds for submissions t from `begins[i]` to before `begins[i + 1]`:

    - `rules[i]` is the place of its target in `targets`; -1 if no rule matches, -2 if the
      answer reaches past the years the calendars cover;
    - starts_at = max(t, `starts_from[i]`);
    - earliest_at = max(t, `earliest_from[i]`) + `earliest_after[i]`, or None if these are None;
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
    attributes: tuple[tuple[str, str], ...] = ()
    metric: Metric = "first_response"

    @classmethod
    def of(  # noqa: PLR0913  every one is a keyword
        cls,
        policy: Policy,
        *,
        department: str,
        channel: str = "ticket",
        priority: str | None = None,
        attributes: Mapping[str, str] | None = None,
        metric: Metric = "first_response",
        first_year: int,
        last_year: int,
        unit: Unit = "us",
    ) -> AnswerTable:
        """Return the table of a line for the local years `first_year` to `last_year`.

        Raises before anything is compiled: `InstantOutOfRangeError` for reversed years, more than
        1,000 at once, and nanoseconds outside 1678 to 2261; `UnitError` for an unknown unit, or
        one that cannot hold the line's targets; `YearsNotCoveredError` for years outside the
        line's calendars; and the errors of `compute_deadline` for unknown names.
        """
        question = Question.of(policy, department, channel, priority, attributes, metric)
        return answer_table(question, first_year, last_year, unit)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.begins)

    def rows(self) -> Iterator[Row]:
        """Yield the rows in order."""
        return map(Row._make, zip(*self._columns, strict=True))

    def stretches(self) -> Iterator[tuple[int, int, Row]]:
        """Yield (begin, end, row): the submissions that each row answers, in order."""
        ends = (*self.begins[1:], self.end)
        return zip(self.begins, ends, self.rows(), strict=True)

    def row(self, place: int) -> Row:
        """Return one row by its place, from 0; raise `InstantOutOfRangeError` for another one."""
        if not 0 <= read_whole("place", place) < len(self):
            raise InstantOutOfRangeError.row(place, len(self))
        return Row._make(column[place] for column in self._columns)

    @property
    def _columns(self) -> tuple[tuple[Any, ...], ...]:
        first = (self.begins, self.rules, self.starts_from, self.earliest_from)
        return (*first, self.earliest_after, self.due_from, self.due_after)

    def answer(self, at: int) -> Answer | None:
        """Return the answer to a submission; its `rule` is a place in `targets`.

        Returns None if no rule matches or the answer reaches past the covered years; raises
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

        Both default to the table's own years. Raises `InstantOutOfRangeError` if they lie
        outside these, or hold nothing, and what `compute_deadline` raises for what is no instant.
        """
        first = self.start if start is None else self._in_unit("start", start)
        last = self.end if end is None else self._in_unit("end", end)
        if not self.start <= first < last <= self.end:
            asked = f"{start or 'the start'} to {end or 'the end'}"
            raise InstantOutOfRangeError.of("span", asked, self.first_year, self.last_year)
        places = range(bisect_right(self.begins, first) - 1, bisect_left(self.begins, last))
        return self._page().written(map(self.row, places), first, last)

    def _page(self) -> Page:
        priority = f" with priority {self.priority!r}" if self.priority else ""
        given = "".join(f", {name} {value!r}" for name, value in self.attributes)
        line = f"{self.department}/{self.channel}{self._of_metric()}{priority}{given}"
        return Page(line, self.crossing, self.unit, read_zone(self.zone), self.targets)

    def _of_metric(self) -> str:
        """Return which promise of the line it is, unless it is that of a first response."""
        return "" if self.metric == METRICS[0] else f" {self.metric}"

    def __str__(self) -> str:
        """Return the line, the years, and how many rows and which rules there are, on one line."""

        def said(room: Room) -> str:
            channel = f"{self.channel}{self._of_metric()}"
            line = line_of(room, self.department, channel, self.priority, self.attributes)
            span = f"{years(self.first_year, self.last_year)} in {self.zone}"
            rules = room.listed(self.targets, room.quoted)
            return f"{line}, submissions of {span}: {counted(len(self), 'row')} by {rules}"

        return fitted(said)

    def __repr__(self) -> str:
        line = ("department", "channel", "priority", "crossing")
        keys = (*line, "zone", "unit", "first_year", "last_year", "targets")
        parts = [Part(key, getattr(self, key), "target") for key in keys]
        return record("AnswerTable", *parts, Part("rows", self.begins, "row"))

    def _repr_markdown_(self) -> str:
        """Return the first rows in words, as a notebook shows them."""
        rows = [self.row(place) for place in range(min(len(self), MOST_ROWS))]
        end = self.begins[len(rows)] if len(rows) < len(self) else self.end
        heads, *cells = self._page().cells(rows, self.start, end)
        return page(str(self), heads, cells, len(self), "describe() writes them")

    def _in_unit(self, name: str, at: dt.datetime | str) -> int:
        """Return the first whole unit at or after an instant."""
        nanoseconds = to_micros(read_instant(name, at, read_zone(self.zone))) * 1_000
        return -(-nanoseconds // NANOSECONDS_IN[self.unit])

    def to_dict(self) -> dict[str, Any]:
        """Return the table as plain data, ready for JSON: `format`, its attributes, its columns."""
        found = {"format": FORMAT} | {
            name: list(value) if isinstance(value, tuple) else value
            for name in self.__slots__
            for value in [getattr(self, name)]
        }
        del found["attributes"]
        if self.metric == "first_response":
            del found["metric"]
        return found | ({"attributes": dict(self.attributes)} if self.attributes else {})

    def to_arrow(self) -> Any:  # noqa: ANN401  pyarrow's own table, which has no types
        """Return the rows as a `pyarrow.Table`, to answer a column by an ASOF join, and an addition.

        A last row begins at `end`, so a submission before `start` joins none and every other joins
        one. It, and the rows of submissions without an answer, are null but for `begins_at` and
        `reason`, the name of the error that says why; a null `after` makes a sum null where
        `greatest` passes over a null `from`. In SQL, for submissions `t` in whole units:

            select t, greatest(t, due_from) + due_after as due_at
            from tickets asof left join answers on t >= begins_at

        Instants are timestamps in UTC and amounts physical durations, right in every session zone
        of DuckDB; it adds whole microseconds only, which all amounts are. Raises `ImportError`
        without pyarrow, the extra `arrow`.

        >>> from support_sla import load_policy
        >>> policy = load_policy("azdigi")
        >>> line = {"department": "billing", "first_year": 2026, "last_year": 2026, "unit": "s"}
        >>> arrow = AnswerTable.of(policy, **line).to_arrow()
        >>> arrow.column_names[:3], arrow.schema.metadata[b"zone"]
        (['begins_at', 'target', 'starts_from'], b'Asia/Ho_Chi_Minh')
        >>> arrow["reason"][-1].as_py(), arrow["due_after"][0].as_py()
        ('YearsNotCoveredError', datetime.timedelta(seconds=3600))
        """
        return arrow_table({name: getattr(self, name) for name in self.__slots__})

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> AnswerTable:
        """Return the table that `to_dict` dumped; raise `UnitError` for another format."""
        given = data.get("format") if isinstance(data, dict) else data
        if not isinstance(data, dict) or given != FORMAT:
            raise UnitError.format(given, FORMAT)
        return cls(**read_fields(data, cls.__slots__))


def answer_table(
    question: Question,
    first_year: int,
    last_year: int,
    unit: Unit = "us",
    *,
    reach: int | None = None,
) -> AnswerTable:
    """Return the answers to a question for the local years; raises as `AnswerTable.of` does.

    With `reach`, answers so many years after the last are looked for, and later ones left unknown.
    """
    line = Line.of(question)
    check_span(line, first_year, last_year, unit)
    promises = promises_of(question)
    if last_year - first_year >= MAX_TABLE_YEARS:
        promises = CompiledYears(
            lambda first, last: Promise.of(line, first, last), line.coverage, limit=2 * MAX_YEARS
        )
    rows, made_from = rows_for(promises, first_year, last_year, unit, reach=reach)
    columns: Any = rows.by_name()
    return AnswerTable(
        question.department,
        question.channel,
        question.priority,
        question.policy.crossing,
        question.policy.zone_of(question.department),
        unit,
        first_year,
        last_year,
        made_from.start,
        made_from.end,
        tuple(target.name for target in question.targets),
        **columns,
        attributes=question.attributes,
        metric=question.metric,
    )
