"""One family of errors. Every message says what was wrong, shows the value, and says what to do.

Pydantic refuses data that breaks a rule, with our slugs (see `values.model`); the errors here are
for questions that cannot be answered, and for files that cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Self

__all__ = [
    "AmountError",
    "ColumnError",
    "CounterexampleError",
    "Finding",
    "InstantError",
    "InstantOutOfRangeError",
    "LogError",
    "NaiveInstantError",
    "NeverOpensError",
    "NoTargetError",
    "NotAModelError",
    "NotAnInstantError",
    "PolicyError",
    "ShareError",
    "SupportSlaError",
    "UnitError",
    "UnknownAttributeError",
    "UnknownChannelError",
    "UnknownDepartmentError",
    "UnknownLanguageError",
    "UnknownMetricError",
    "UnknownPriorityError",
    "UnknownRuleError",
    "UnknownStatusError",
    "YearsNotCoveredError",
    "ZoneError",
]


class SupportSlaError(Exception):
    """The root of every error that this library itself raises.

    `index` is the place, from 0, of what was wrong among many that were asked at once; None if
    one thing was asked. The message names it too.
    """

    index: int | None = None
    _where: str = ""

    def at(self, index: int, where: str = "") -> Self:
        """Return this same error with its place among many; `where` then begins its message."""
        self.index, self._where = index, cut(where)
        return self

    def __str__(self) -> str:
        """Return the message, with the place in front of it if `at` was given one."""
        said = super().__str__()
        return f"{self._where}: {said}" if self._where else said


def listed(names: Iterable[str], *, last: str = "") -> str:
    """Return names in quotes, comma-separated, in their order; 'none' when there are none.

    Names that would make a long list are left out, and told as '...'. `last` is an "or" or "and"
    that goes before the last one.
    """
    told: list[str] = []
    for name in names:
        if sum(map(len, told)) > 240:
            return ", ".join([*told, "..."])
        told.append(shown(name))
    if last and len(told) > 1:
        return f"{', '.join(told[:-1])} {last} {told[-1]}"
    return ", ".join(told) or "none"


def shown(value: object, most: int = 80) -> str:
    """Return the repr of a value, cut to 80 characters so that the sentence around it is seen."""
    try:
        text = repr(value[: most + 1] if isinstance(value, (str, bytes)) else value)
    except RecursionError:
        text = f"a {type(value).__name__} nested too deeply"
    except ValueError:  # an int of more digits than Python writes
        text = f"a {type(value).__name__} too long to show"
    return cut(text, most)


def cut(text: str, most: int = 80) -> str:
    """Return a text, cut to 80 characters so that the sentence around it is seen."""
    return text if len(text) <= most else f"{text[: most - 3]}..."


class NotAnInstantError(SupportSlaError, TypeError):
    """Something other than a datetime or an ISO 8601 string was given for an instant."""

    @classmethod
    def of(cls, name: str, value: object) -> NotAnInstantError:
        """Return the error for argument `name`, which got `value`."""
        return cls(
            f"{name} is no instant: {shown(value)} is of type {type(value).__name__}; "
            "give an aware datetime or an ISO 8601 string with an offset"
        )

    @classmethod
    def missing(cls, name: str, value: object) -> NotAnInstantError:
        """Return the error for a missing value of a table, such as pandas' NaT."""
        return cls(f"{name}={shown(value)} is a missing value; leave its row out, or fill it in")

    @classmethod
    def count(cls, name: str, value: object) -> NotAnInstantError:
        """Return the error for a year, or an instant in units, that is no whole number."""
        return cls(
            f"{name}={shown(value)} is of type {type(value).__name__}, no whole number; give an int"
        )

    @classmethod
    def spans(cls, value: object) -> NotAnInstantError:
        """Return the error for what are no merged spans of whole numbers."""
        return cls(
            f"spans={shown(value)} are no pairs of whole numbers, apart and in order; "
            "give them as [(8, 12), (13, 17)]"
        )

    @classmethod
    def years(cls, value: object) -> NotAnInstantError:
        """Return the error for what is no first and last year."""
        return cls(
            f"years={shown(value)} is no first and last year; give two ints, as (2026, 2027)"
        )

    @classmethod
    def date(cls, name: str, value: object) -> NotAnInstantError:
        """Return the error for argument `name`, which got something other than a date."""
        return cls(
            f"{name}={shown(value)} is of type {type(value).__name__}, no date; "
            "give a datetime.date, e.g. date(2026, 1, 31)"
        )


class InstantError(SupportSlaError, ValueError):
    """A text that is no instant, a value finer than a microsecond, or instants out of order."""

    @classmethod
    def unparseable(cls, name: str, value: str) -> InstantError:
        """Return the error for a text that ISO 8601 does not know."""
        return cls(
            f"{name}={shown(value)} is not an ISO 8601 date and time that exists; "
            "write it like '2026-02-15T22:10:00+07:00'"
        )

    @classmethod
    def too_fine(cls, name: str, value: object) -> InstantError:
        """Return the error for digits below the microsecond, which would be lost."""
        return cls(
            f"{name}={value!s} has digits below the microsecond, which would be lost; "
            "round it first, e.g. with Timestamp.floor('us')"
        )

    @classmethod
    def zone(cls, name: str, value: datetime, error: Exception) -> InstantError:
        """Return the error for an instant whose zone raises instead of saying its offset."""
        written = datetime.isoformat(value.replace(tzinfo=None), " ")
        return cls(
            f"{name}=datetime({written}) has a zone that cannot say its offset "
            f"({type(error).__name__}: {shown(error)}); attach a zone of zoneinfo"
        )

    @classmethod
    def local(cls, name: str, local: str, zone: str, *, twice: bool) -> InstantError:
        """Return the error for a local time that a clock shows twice, or never."""
        what = "is shown twice" if twice else "is never shown"
        return cls(
            f"{name}={local} {what} by the clock of {shown(zone)}, which changes then; "
            "give instants with their zone, or fold=0 or 1 for all such times"
        )

    @classmethod
    def not_local(cls, name: str, value: str) -> InstantError:
        """Return the error for a text that is no time on the clock of a zone that was named."""
        return cls(
            f"{name}={shown(value)} is no date and time on the clock of timezone; write it like "
            "'2026-02-15T22:10:00', or leave timezone out if it has an offset"
        )

    @classmethod
    def order(cls, before: str, first: object, after: str, second: object) -> InstantError:
        """Return the error for argument `after`, which may not come before argument `before`."""
        return cls(f"{after}={second!s} is before {before}={first!s}; correct one of the two")

    @classmethod
    def alone(cls, name: str, value: object, other: str) -> InstantError:
        """Return the error for argument `name`, which means nothing without argument `other`."""
        return cls(f"{name}={value!s} is given without {other}; give both, or neither")


class NotAModelError(SupportSlaError, TypeError):
    """Something other than a policy, a schedule, calendars, steps or submissions was given."""

    @classmethod
    def policy(cls, value: object) -> NotAModelError:
        """Return the error for `value`, which is no loaded policy."""
        return cls(
            f"policy is no Policy: {shown(value)} is of type {type(value).__name__}; "
            "load it first with load_policy"
        )

    @classmethod
    def table(cls, value: object) -> NotAModelError:
        """Return the error for `value`, which is no answer table."""
        return cls(
            f"table is no AnswerTable: {shown(value)} is of type {type(value).__name__}; "
            "make one with AnswerTable.of"
        )

    @classmethod
    def status(cls, value: object) -> NotAModelError:
        """Return the error for `value`, which is no status of a ticket."""
        return cls(
            f"status is no TicketStatus: {shown(value)} is of type {type(value).__name__}; "
            "get one from track"
        )

    @classmethod
    def kept(cls, value: object) -> NotAModelError:
        """Return the error for `value`, which is no dump of a ticket's status."""
        return cls(
            f"kept is no dump of a status: {shown(value)} is of type {type(value).__name__}; "
            "give the mapping that to_dict returned"
        )

    @classmethod
    def schedule(cls, value: object) -> NotAModelError:
        """Return the error for `value`, which is no schedule."""
        return cls(
            f"schedule is no Schedule: {shown(value)} is of type {type(value).__name__}; "
            "make one, e.g. Schedule('Mo-Fr 09:00-17:00')"
        )

    @classmethod
    def clock(cls, value: object) -> NotAModelError:
        """Return the error for `value`, which is no clock."""
        return cls(
            f"clock is no Clock: {shown(value)} is of type {type(value).__name__}; "
            "make one, e.g. Clock.of(policy, department='billing')"
        )

    @classmethod
    def attributes(cls, value: object) -> NotAModelError:
        """Return the error for `value`, which is no mapping of attributes."""
        return cls(
            f"attributes are no mapping: {shown(value)} is of type {type(value).__name__}; "
            "give a text for each, e.g. attributes={'plan': 'gold'}"
        )

    @classmethod
    def week(cls, value: object) -> NotAModelError:
        """Return the error for `value`, which is no week of hours."""
        return cls(
            f"week is no week of hours: {shown(value)} is of type {type(value).__name__}; "
            "give that of a schedule, e.g. Schedule('Mo-Fr 09:00-17:00').week"
        )

    @classmethod
    def calendars(cls, value: object) -> NotAModelError:
        """Return the error for `value`, which is no list of holiday calendars."""
        return cls(
            f"calendars are no list of HolidayCalendar: {shown(value)} is among them or given for "
            "them; write e.g. calendars=[HolidayCalendar(country='VN')]"
        )

    @classmethod
    def steps(cls, value: object) -> NotAModelError:
        """Return the error for `value`, which holds no steps of a deadline."""
        return cls(
            f"steps are no list: {shown(value)} is of type {type(value).__name__}; "
            "give the list under 'steps' of a dump, or the whole dump"
        )

    @classmethod
    def submissions(cls, value: object) -> NotAModelError:
        """Return the error for `value`, which cannot be iterated."""
        return cls(
            f"submissions are no list: {shown(value)} is of type {type(value).__name__}; give a list"
        )

    @classmethod
    def submission(cls, name: str, value: object) -> NotAModelError:
        """Return the error for an item of a list that is neither a submission nor a mapping."""
        return cls(
            f"{name} is no submission: {shown(value)} is of type {type(value).__name__}; "
            "give a Submission, or a mapping with 'submitted_at' and 'department'"
        )

    @classmethod
    def submission_keys(cls, name: str, keys: Iterable[str]) -> NotAModelError:
        """Return the error for an item of a list that is a mapping with other keys."""
        return cls(
            f"{name} has the keys {listed(keys)}; give 'submitted_at' and 'department', and "
            "no others than 'channel', 'priority', 'attributes' and 'metric' with them"
        )


class NaiveInstantError(SupportSlaError, ValueError):
    """An instant without a time zone: it could mean any of the world's clocks."""

    @classmethod
    def of(cls, name: str, value: datetime | str, zone: tzinfo | None = None) -> NaiveInstantError:
        """Return the error for argument `name`, which got the zoneless `value`.

        `zone` is that of the policy or clock, if one was asked: the example is given in it.
        """
        if isinstance(value, str):
            example = "2026-02-15T22:10:00+01:00"
            if zone is not None:
                read = datetime.fromisoformat(value.strip().upper())
                example = read.replace(tzinfo=zone).isoformat()
            return cls(
                f"{name}={shown(value)} has no offset from UTC; add the one of its clock, "
                f"e.g. {example!r}"
            )
        written = f"datetime({value.isoformat(' ')})" if type(value) is datetime else repr(value)
        return cls(
            f"{name}={written} has no time zone; attach the zone it was read in, "
            f"e.g. value.replace(tzinfo=ZoneInfo({getattr(zone, 'key', None) or 'Europe/Paris'!r}))"
        )

    @classmethod
    def of_column(cls, name: str) -> NaiveInstantError:
        """Return the error for a column without a zone."""
        return cls(
            f"{name} is a column without a time zone, such as numpy's datetime64; name that of its "
            "clock, e.g. timezone='Europe/Paris', or timezone='UTC'"
        )

    @classmethod
    def of_source(cls, name: str, value: object) -> NaiveInstantError:
        """Return the error for a time of an export that names no zone."""
        return cls(
            f"{name}={shown(value)} has no offset from UTC; name the zone of the export's clock once, "
            "e.g. timezone='Europe/Paris', or write each time with its offset"
        )


class InstantOutOfRangeError(SupportSlaError, OverflowError):
    """An instant or an answer too near year 1 or 9999, or years that are reversed or too many."""

    @classmethod
    def of(cls, name: str, value: object, first: int, last: int) -> InstantOutOfRangeError:
        """Return the error for an instant outside the years a clock can serve."""
        return cls(
            f"{name}={shown(value) if isinstance(value, int) else cut(str(value))} is outside the years {first} to {last} that can be served; "
            "ask about an instant inside them"
        )

    @classmethod
    def not_compiled(
        cls, name: str, value: object, first: int, last: int
    ) -> InstantOutOfRangeError:
        """Return the error for an instant outside the years that a mapper was made for."""
        return cls(
            f"{name}={value!s} is outside years=({first}, {last}), which were compiled; make the mapper "
            "with all years of the column"
        )

    @classmethod
    def unanswered(cls, answered_by: str, first: int, last: int) -> InstantOutOfRangeError:
        """Return the error for an instant by which no request of many years is answered."""
        return cls(
            f"answered_by={shown(answered_by)} is too early: no request of the years {first} to "
            f"{last} is promised an answer by then; shorten the promise"
        )

    @classmethod
    def far(cls, name: str, value: object, first: int, last: int) -> InstantOutOfRangeError:
        """Return the error for an instant, or an answer, too far from the others of its column."""
        return cls(
            f"{name}={value!s} or its answer lies too far from the years {first} to {last} of its "
            "column; ask about it by itself"
        )

    @classmethod
    def nanoseconds(cls, name: str, value: object) -> InstantOutOfRangeError:
        """Return the error for an instant whose answer nanoseconds of 64 bits cannot hold."""
        return cls(
            f"{name}={value!s} or its answer lies outside the years 1678 to 2261 of nanoseconds; "
            "convert the column to a coarser unit, such as 'us'"
        )

    @classmethod
    def reversed(cls, first: int, last: int) -> InstantOutOfRangeError:
        """Return the error for a span of years whose last comes before its first."""
        return cls(f"years {first} to {last} hold none; give the first one first")

    @classmethod
    def row(cls, place: int, count: int) -> InstantOutOfRangeError:
        """Return the error for a row that a table does not have."""
        return cls(f"place={shown(place)} is none of {count} rows; give one from 0 to {count - 1}")

    @classmethod
    def span(cls, first: int, last: int, limit: int) -> InstantOutOfRangeError:
        """Return the error for a question that spans too many years at once."""
        return cls(
            f"the question spans the years {first} to {last}, more than {limit} at once; "
            "ask it in shorter spans"
        )


class ZoneError(SupportSlaError, ValueError):
    """A time zone that cannot be loaded."""

    @classmethod
    def of(cls, value: object, meant: Sequence[str] = ()) -> ZoneError:
        """Return the error for `value`, which names no zone; `meant` are those it may mean."""
        what = "cannot be loaded" if isinstance(value, str) else "is neither a name nor a ZoneInfo"
        way_out = "use an IANA name such as 'Europe/Paris'"
        if meant:
            way_out = f"did you mean {listed(meant, last='or')}?"
        return cls(f"time zone {shown(value)} {what}; {way_out}")


class AmountError(SupportSlaError, TypeError):
    """An amount of time that is no `timedelta`, or a number of days that is no int of 1 or more."""

    @classmethod
    def of(cls, name: str, value: object) -> AmountError:
        """Return the error for argument `name`, which got `value`."""
        return cls(
            f"{name} is no amount of time: {shown(value)} is of type {type(value).__name__}; "
            "give a timedelta, e.g. timedelta(hours=3)"
        )

    @classmethod
    def days(cls, name: str, value: object) -> AmountError:
        """Return the error for argument `name`, which got no number of days."""
        return cls(f"{name}={shown(value)} is no number of days; give an int of 1 or more")


class ColumnError(SupportSlaError, ValueError):
    """A column, or what is to become of it, that cannot be answered as a whole."""

    @classmethod
    def no_instants(cls, name: str, kind: object) -> ColumnError:
        """Return the error for a column of a kind that holds no instants."""
        return cls(
            f"{name} is a column of {shown(str(kind))}, which are no instants; "
            "convert it to datetime64, to an Arrow timestamp or to int64, e.g. with "
            "pandas.to_datetime(column, utc=True)"
        )

    @classmethod
    def no_texts(cls, name: str, kind: object) -> ColumnError:
        """Return the error for a column of names that holds something else."""
        return cls(
            f"{name} is a column of {shown(str(kind))}, which are no texts; give a column of texts"
        )

    @classmethod
    def shape(cls, name: str, dimensions: int) -> ColumnError:
        """Return the error for an array that is no column."""
        return cls(f"{name} is an array of {dimensions} dimensions; give one of a single dimension")

    @classmethod
    def length(cls, name: str, length: int, expected: int) -> ColumnError:
        """Return the error for columns of different lengths."""
        return cls(
            f"{name} has {length:,} rows beside {expected:,} submissions; give columns of one length"
        )

    @classmethod
    def kinds(cls, one: str, kind: object, other: str, other_kind: object) -> ColumnError:
        """Return the error for two columns that cannot be counted in one unit, on one clock."""
        return cls(
            f"{other} is in {shown(str(other_kind))} beside {one} in {shown(str(kind))}; convert one to "
            "the unit of the other, and give both a zone or neither"
        )

    @classmethod
    def no_amounts(cls, name: str, kind: object, unit: str) -> ColumnError:
        """Return the error for amounts of time that are none, or not of the column's unit."""
        return cls(
            f"{name} is {shown(str(kind))}, no amount of time in whole {shown(unit)}; give a timedelta, or a "
            f"column of them in that unit"
        )

    @classmethod
    def has_zone(cls, name: str, zone: object) -> ColumnError:
        """Return the error for a zone beside a column that needs none."""
        return cls(
            f"timezone={shown(str(zone))} is given for {name}, whose instants count from 1970 UTC; "
            "leave timezone out"
        )

    @classmethod
    def fold(cls, value: object) -> ColumnError:
        """Return the error for what chooses none of two instants."""
        return cls(
            f"fold={shown(value)} chooses none of two instants; give 0 for the first of a repeated "
            "hour, 1 for the second, or leave it out"
        )

    @classmethod
    def codes(cls, value: object) -> ColumnError:
        """Return the error for codes that are no array of whole numbers."""
        kind = getattr(value, "dtype", type(value).__name__)
        return cls(f"codes are of {shown(str(kind))}; give a numpy array of whole numbers")

    @classmethod
    def code(cls, code: int, count: int) -> ColumnError:
        """Return the error for a code that stands for no value."""
        return cls(f"code {code} is none of {count} values; give one from 0 to {count - 1}")

    @classmethod
    def outputs(cls, value: object, known: Iterable[str]) -> ColumnError:
        """Return the error for outputs that there are not, or that are asked for twice."""
        return cls(
            f"outputs={shown(value)} are no list of different outputs; use some of {listed(known)}"
        )

    @classmethod
    def out(cls, value: object, outputs: Iterable[str]) -> ColumnError:
        """Return the error for room that is not given output by output."""
        return cls(
            f"out is {shown(type(value).__name__)} with other names than the outputs; give a mapping "
            f"of arrays for some of {listed(outputs)}"
        )

    @classmethod
    def room(cls, name: str, value: object, length: int, kinds: Iterable[object]) -> ColumnError:
        """Return the error for an array that an output cannot be written into."""
        kind, shape = getattr(value, "dtype", type(value).__name__), getattr(value, "shape", "none")
        return cls(
            f"out[{shown(name)}] is of {shown(str(kind))} and shape {shape}; give an array of "
            f"{' or '.join(map(str, kinds))} and shape ({length},) that can be written"
        )

    @classmethod
    def shared(cls, name: str) -> ColumnError:
        """Return the error for an array that an output cannot be written into while another is read."""
        return cls(
            f"out[{shown(name)}] shares memory with the column that is asked or with another output; "
            "give an array of its own"
        )

    @classmethod
    def on_error(cls, value: object) -> ColumnError:
        """Return the error for an unknown way to treat rows without an answer."""
        return cls(f"on_error={shown(value)} is no way to treat a row; use 'raise' or 'null'")

    @classmethod
    def threads(cls, value: object) -> ColumnError:
        """Return the error for what is no number of threads."""
        return cls(f"threads={shown(value)} is no number of threads; give an int of 1 or more")

    @classmethod
    def unparsed(cls, name: str, kind: object) -> ColumnError:
        """Return the error for a column of a frame or a file that holds no instants yet."""
        return cls(
            f"{name} is a column of {shown(str(kind))}, which are no instants; make it one of them "
            "first, e.g. with pandas.to_datetime(column, utc=True), or with str.to_datetime of polars"
        )

    @classmethod
    def missing(cls, name: object, known: Iterable[str]) -> ColumnError:
        """Return the error for a column that a frame or a file does not have."""
        return cls(f"there is no column {shown(name)}; name one of {listed(known)}")

    @classmethod
    def twice(cls, name: object) -> ColumnError:
        """Return the error for a frame or a file in which two columns have one name."""
        return cls(f"two columns are called {shown(name)}; rename one of them")

    @classmethod
    def exists(cls, name: str) -> ColumnError:
        """Return the error for an answer that is called as a column that is there already."""
        return cls(
            f"there is a column {shown(name)} already, which no answer may overwrite; drop it, or call "
            f"the answer otherwise, e.g. names={{'due_at': 'answer_by'}}"
        )

    @classmethod
    def no_value(cls, name: str, value: object) -> ColumnError:
        """Return the error for what is neither a value for all rows nor a named column."""
        return cls(
            f"{name}={shown(value)} is neither a text for all rows nor a column; name a column as "
            "bulk.Col('name')"
        )

    @classmethod
    def names(cls, value: object, known: Iterable[str]) -> ColumnError:
        """Return the error for new names that are not those of outputs."""
        return cls(
            f"names={shown(value)} do not give outputs names of their own; map some of "
            f"{listed(known)} to different texts"
        )

    @classmethod
    def frame(cls, value: object) -> ColumnError:
        """Return the error for what is no data frame that can be answered."""
        return cls(
            f"frame is of type {type(value).__module__}.{type(value).__qualname__}, which is no frame of "
            "pandas, polars or pyarrow; convert it to one of these"
        )

    @classmethod
    def suffix(cls, name: str, value: object) -> ColumnError:
        """Return the error for a file whose kind its name does not tell."""
        return cls(
            f"{name}={shown(str(value))} ends like no Parquet and no CSV file; name it with .parquet "
            "or .csv"
        )

    @classmethod
    def unreadable(cls, value: object, error: Exception) -> ColumnError:
        """Return the error for a file that cannot be read, or a table that a file cannot hold."""
        said = " ".join(str(error).split()).replace(";", ",").rstrip(".")
        return cls(
            f"file {shown(str(value))} cannot be read or written ({cut(said, 200)}); mend it, or choose "
            "the other of Parquet and CSV"
        )

    @classmethod
    def batch_rows(cls, value: object) -> ColumnError:
        """Return the error for what is no number of rows."""
        return cls(f"batch_rows={shown(value)} is no number of rows; give an int of 1 or more")

    @classmethod
    def no_line(cls) -> ColumnError:
        """Return the error for a policy that is asked without a line."""
        return cls("line=None is no line of the policy; write line=(department, channel)")

    @classmethod
    def own_line(cls) -> ColumnError:
        """Return the error for a line given beside a table, which has its own."""
        return cls(
            "line, priority or attributes are given beside an answer table, which has its own; "
            "leave them out, or give the policy"
        )


class ShareError(SupportSlaError, ValueError):
    """Something that is no share of a target, such as three quarters of it."""

    @classmethod
    def of(cls, name: str, value: object) -> ShareError:
        """Return the error for argument `name`, which got `value`."""
        return cls(
            f"{name}={shown(value)} is no share of a target; "
            "write e.g. '75 %', or give a Fraction, a Decimal or a number from 0 on"
        )


class CounterexampleError(SupportSlaError, AssertionError):
    """A question that a function under test answers otherwise than the policy: a law does not hold.

    `question` is what was asked, `expected` the right answer, and `answered` what the function
    returned, or the exception that it raised.
    """

    question: object = None
    expected: object = None
    answered: object = None

    @classmethod
    def of(
        cls, sentence: str, explanation: str, again: str, *, always: bool
    ) -> CounterexampleError:
        """Return the error with what differs, why the right answer is right, and how to ask again."""
        if not always:
            sentence += " (not always: asked again, it answered otherwise)"
        return cls(f"{sentence}; here is why:\n{explanation}\nTo ask again: {again}")


class UnitError(SupportSlaError, ValueError):
    """An unknown unit of time, one too coarse for a target, or a broken dump of an answer table."""

    @classmethod
    def unknown(cls, unit: object, known: Iterable[str]) -> UnitError:
        """Return the error for a unit that no table can have."""
        return cls(f"unit {shown(unit)} is not one of a table's; use one of {listed(known)}")

    @classmethod
    def of_column(cls, unit: object, known: Iterable[str]) -> UnitError:
        """Return the error for a column in a unit that cannot be answered."""
        return cls(
            f"a column in unit {shown(unit)} cannot be answered; convert it to one of {listed(known)}"
        )

    @classmethod
    def offset(cls, unit: str, zone: object) -> UnitError:
        """Return the error for a clock whose offset from UTC a column's unit cannot hold."""
        return cls(
            f"a column in unit {shown(unit)} cannot show the clock of {shown(str(zone))}, whose offset "
            "is no whole number of it; convert the column to a finer unit"
        )

    @classmethod
    def other(cls, unit: str, table: str) -> UnitError:
        """Return the error for a column in another unit than that of the table it asks."""
        return cls(
            f"a column in unit {shown(unit)} asks a table in unit {shown(table)}; convert it, or make "
            f"the table with unit={shown(unit)}"
        )

    @classmethod
    def too_coarse(cls, unit: str, amount: str) -> UnitError:
        """Return the error for a target that is no whole number of units."""
        return cls(
            f"a table in unit {shown(unit)} cannot hold the target {shown(amount)}; use a finer unit"
        )

    @classmethod
    def dump(cls, what: str) -> UnitError:
        """Return the error for a dump of an answer table that is not whole."""
        return cls(f"the dump of an answer table has {what}; dump it again with to_dict")

    @classmethod
    def format(cls, given: object, known: str) -> UnitError:
        """Return the error for a dump that is no answer table."""
        return cls(
            f"format {shown(given)} is no answer table's; give a dump whose format is {shown(known)}"
        )


class NeverOpensError(SupportSlaError, ValueError):
    """A clock that never ticks was asked to advance."""

    @classmethod
    def of(cls, hours: object) -> NeverOpensError:
        """Return the error for a clock with these weekly hours."""
        return cls(
            f"a clock with hours {shown(str(hours))} never opens; "
            "give it weekly hours, or a calendar that opens a date"
        )


class YearsNotCoveredError(SupportSlaError, LookupError):
    """A question outside the years that a holiday calendar covers.

    `calendar`, `first` and `last` name the calendar and its years.
    """

    calendar: str
    first: int
    last: int

    @classmethod
    def of(cls, calendar: str, year: int, first: int, last: int) -> YearsNotCoveredError:
        """Return the error for `year`, which `calendar` says nothing about."""
        reason = "past the last" if year > last else "before the first"
        covered = last if year > last else first
        error = cls(
            f"year {shown(year)} is {reason} covered year {covered} of calendar {shown(calendar)}; "
            f"extend the calendar's years, or ask about {first} to {last}"
        )
        error.calendar, error.first, error.last = calendar, first, last
        return error

    @classmethod
    def in_table(cls, first: int, last: int) -> YearsNotCoveredError:
        """Return the error for an answer of a table that reaches past its calendars."""
        error = cls(
            f"an answer of the table of {first} to {last} reaches past the years of its calendars; "
            "extend the calendars' years and make the table again"
        )
        error.calendar, error.first, error.last = "", first, last
        return error

    @classmethod
    def disjoint(cls, one: str, first: int, other: str, last: int) -> YearsNotCoveredError:
        """Return the error for calendars without a common year: `one` begins after `other` ends."""
        error = cls(
            f"calendar {shown(one)} begins with {first}, after {shown(other)} has ended with {last}; "
            "extend one of them"
        )
        error.calendar, error.first, error.last = one, first, last
        return error

    @classmethod
    def answer_beyond(cls, calendar: str, year: int, first: int, last: int) -> YearsNotCoveredError:
        """Return the error for an answer in `year`, about which `calendar` says nothing."""
        covered = f"past the last covered year {last}"
        if year < first:
            covered = f"before the first covered year {first}"
        error = cls(
            f"the answer lies in year {year} or beyond, {covered} of calendar {shown(calendar)}; "
            "extend the calendar's years"
        )
        error.calendar, error.first, error.last = calendar, first, last
        return error


class UnknownDepartmentError(SupportSlaError, LookupError):
    """A department that the policy does not have."""

    @classmethod
    def of(cls, name: object, known: Iterable[str]) -> UnknownDepartmentError:
        """Return the error that lists the departments there are."""
        return cls(f"department {shown(name)} is not in the policy; use one of {listed(known)}")


class UnknownChannelError(SupportSlaError, LookupError):
    """A channel that the department does not have."""

    @classmethod
    def of(
        cls, department: str, name: object, known: Iterable[str], advice: str | None
    ) -> UnknownChannelError:
        """Return the error that lists the channels there are, with the department's advice."""
        said = f" (its advice: {cut(advice, 200).rstrip('.')})" if advice else ""
        return cls(
            f"department {shown(department)} has no channel {shown(name)}; use one of {listed(known)}{said}"
        )


class UnknownPriorityError(SupportSlaError, LookupError):
    """A priority that the policy does not declare."""

    @classmethod
    def of(cls, name: object, known: Sequence[str]) -> UnknownPriorityError:
        """Return the error that lists the priorities there are."""
        way_out = f"use one of {listed(known)}" if known else "leave it out, none is declared"
        return cls(f"priority {shown(name)} is not declared by the policy; {way_out}")


class UnknownAttributeError(SupportSlaError, LookupError):
    """An attribute of a request, or a value of one, that the policy does not declare."""

    @classmethod
    def of(cls, name: object, known: Sequence[str]) -> UnknownAttributeError:
        """Return the error that lists the attributes there are."""
        way_out = f"use one of {listed(known)}" if known else "leave it out, none is declared"
        return cls(f"attribute {shown(name)} is not declared by the policy; {way_out}")

    @classmethod
    def value(cls, name: str, value: object, known: Sequence[str]) -> UnknownAttributeError:
        """Return the error that lists the values that an attribute may have."""
        return cls(
            f"attribute {shown(name)} has no value {shown(value)}; use one of {listed(known)}"
        )


class UnknownRuleError(SupportSlaError, LookupError):
    """A rule that the line does not have."""

    @classmethod
    def of(cls, name: object, line: str, known: Sequence[str]) -> UnknownRuleError:
        """Return the error that lists the rules there are."""
        way_out = f"use one of {listed(known)}" if known else "leave it out, the line has none"
        return cls(f"rule {shown(name)} is none of line {shown(line)}; {way_out}")


class UnknownMetricError(SupportSlaError, LookupError):
    """A metric that a line cannot promise."""

    @classmethod
    def of(cls, name: object, known: Iterable[str]) -> UnknownMetricError:
        """Return the error that lists the metrics there are."""
        return cls(f"metric {shown(name)} is not one that a line has; use one of {listed(known)}")


class UnknownLanguageError(SupportSlaError, LookupError):
    """A language that explanations are not given in."""

    @classmethod
    def of(cls, code: object, known: Iterable[str]) -> UnknownLanguageError:
        """Return the error that lists the languages there are."""
        return cls(
            f"language {shown(code)} is not one of those there are; use one of {listed(known)}"
        )


class NoTargetError(SupportSlaError, LookupError):
    """A line that promises no answer, in general or for this priority and these attributes.

    `opens_at` is the instant at which the line opens next (the submission itself if it is
    open), in the policy's zone, or None if it does not open again.
    """

    opens_at: datetime | None

    @classmethod
    def of(
        cls,
        line: str,
        opens_at: datetime | None,
        *,
        unanswered_for: str | None = None,
        advice: str | None = None,
        metric: str | None = None,
    ) -> NoTargetError:
        """Return the error for a line without any published target, or without one of a `metric`."""
        opens = (
            f"it opens at {opens_at.isoformat(' ')}"
            if opens_at
            else "it opens no more in the years known"
        )
        first = f", for a ticket left unanswered for {unanswered_for}" if unanswered_for else ""
        said = f" (its advice: {cut(advice, 200).rstrip('.')})" if advice else ""
        of = f" for {metric}" if metric else ""
        error = cls(
            f"line {shown(line)} has hours but no published target{of}, so no deadline; "
            f"{opens}{first}{said}"
        )
        error.opens_at = opens_at
        return error

    @classmethod
    def for_request(  # noqa: PLR0913  what makes a request, by name
        cls,
        line: str,
        priority: str | None,
        attributes: Mapping[str, str],
        known: Sequence[str],
        opens_at: datetime | None,
        *,
        missing: Sequence[str] = (),
    ) -> NoTargetError:
        """Return the error for a line that has no rule for this submission.

        `known` are the priorities that may have one, `missing` the attributes that it lacks.
        """
        other = f", or pass one of {listed(known)} as its priority" if known else ""
        other += f", or pass its attributes {listed(missing)}" if missing else ""
        given = "".join(f", {name} {shown(value)}" for name, value in attributes.items())
        error = cls(
            f"line {shown(line)} has no rule that matches this submission with priority "
            f"{shown(priority)}{cut(given, 200)}; add a rule without 'when'{other}"
        )
        error.opens_at = opens_at
        return error


class UnknownStatusError(SupportSlaError, LookupError):
    """A status or a named hold that the policy does not declare."""

    @classmethod
    def of(cls, name: object, known: Sequence[str]) -> UnknownStatusError:
        """Return the error that lists the statuses there are."""
        way_out = f"use one of {listed(known)}" if known else "declare it under 'statuses'"
        return cls(f"status {shown(name)} is not declared by the policy; {way_out}")


class LogError(SupportSlaError, ValueError):
    """A ticket log that contradicts itself, or that a policy cannot follow."""

    @classmethod
    def no_log(cls, value: object) -> LogError:
        """Return the error for what is no ticket log."""
        return cls(
            f"log is no TicketLog: {shown(value)} is of type {type(value).__name__}; "
            "make one, e.g. TicketLog('help', 'ticket', events), or read it with TicketLog.from_dict"
        )

    @classmethod
    def no_events(cls, value: object) -> LogError:
        """Return the error for what is no list of events."""
        return cls(
            f"events={shown(value)} are no list of events; give a list of mappings, each with "
            "'at' and 'kind'"
        )

    @classmethod
    def no_mapping(cls, what: str, value: object) -> LogError:
        """Return the error for a dumped log, or an event, that is no mapping."""
        return cls(
            f"{what} is no mapping: {shown(value)} is of type {type(value).__name__}; "
            "write its keys with their values"
        )

    @classmethod
    def no_json(cls, reason: str) -> LogError:
        """Return the error for a text that is no JSON."""
        return cls(f"the text is no JSON, {cut(reason, 200)}; dump the log with to_json")

    @classmethod
    def key(cls, name: object, of: str, way_out: str) -> LogError:
        """Return the error for a key that `of` does not have."""
        return cls(f"key {shown(name)} is none of {of}; {cut(way_out, 300)}")

    @classmethod
    def missing(cls, name: str, of: str, meant: str) -> LogError:
        """Return the error for a key that `of` lacks."""
        return cls(f"{cut(of, 120)} has no {name!r}; give {meant}")

    @classmethod
    def value(cls, name: str, value: object, meant: str) -> LogError:
        """Return the error for a key with a value that it cannot have."""
        return cls(f"{cut(name)}={shown(value)} is not what it should be; give {cut(meant, 300)}")

    @classmethod
    def kind(cls, value: object, way_out: str) -> LogError:
        """Return the error for a kind of events that there is none of."""
        return cls(f"kind={shown(value)} is no kind of event; {way_out}")

    @classmethod
    def half_a_line(cls, department: object, channel: object) -> LogError:
        """Return the error for an assignment to a department without a channel, or the reverse."""
        return cls(
            f"department={shown(department)} and channel={shown(channel)} are half of a line; give "
            "both, or neither if the ticket is nobody's"
        )

    @classmethod
    def no_submission(cls) -> LogError:
        """Return the error for a log in which no ticket is submitted."""
        return cls("the log has no event of kind 'submitted'; add it, with its instant")

    @classmethod
    def second_submission(cls, first: str, second: str) -> LogError:
        """Return the error for two submissions of one ticket."""
        return cls(f"{second} is a second submission beside {first}; drop one of the two")

    @classmethod
    def before_submission(cls, event: str, submission: str) -> LogError:
        """Return the error for what happened to a ticket before there was one."""
        return cls(f"{event} comes before {submission}; correct one of the two instants")

    @classmethod
    def not_paused(cls, event: str, reason: str, before: str | None) -> LogError:
        """Return the error for a hold that ends without having begun.

        `before` is the event that ended it already, None if none did.
        """
        since = f"{before} ended it" if before else "no event before it began it"
        return cls(
            f"{event} ends the hold {shown(reason)}, but {since}; add the 'paused' event between, "
            "or drop this one"
        )

    @classmethod
    def one_id(cls, one: str, two: str, name: str) -> LogError:
        """Return the error for two different events with one id."""
        return cls(f"{two} has the id {shown(name)} of {one}, which says otherwise; drop one")

    @classmethod
    def internal(cls, line: str, event: str) -> LogError:
        """Return the error for a ticket that is sent or moved to an internal line."""
        return cls(
            f"line {shown(line)} is internal, but {event} puts the ticket there; "
            "write it as 'assigned', beside the line that the customer wrote to"
        )

    @classmethod
    def not_internal(cls, line: str, event: str) -> LogError:
        """Return the error for a ticket assigned to a line of customers."""
        return cls(
            f"line {shown(line)} is not internal, but {event} assigns the ticket to it; "
            "write it as 'moved', or make the line internal = true"
        )

    @classmethod
    def pauses_unknown(cls, line: str, rule: str, pauses_on: Sequence[str]) -> LogError:
        """Return the error for a rule that pauses on statuses that the log does not know."""
        return cls(
            f"rule {shown(rule)} of line {shown(line)} pauses on {listed(pauses_on)}, but the log has "
            "no history of statuses; give one, or pass assume_unpaused=True"
        )

    @classmethod
    def two_tickets(cls, one: str, two: str) -> LogError:
        """Return the error for statuses of two tickets, which cannot be compared."""
        return cls(
            f"{shown(two, 200)} is not the ticket that {shown(one, 200)} is; compare two statuses of one"
        )

    @classmethod
    def history(cls, value: object) -> LogError:
        """Return the error for what is no list of versions of a policy, or an empty one."""
        return cls(
            f"versions={shown(value)} make no history; give pairs of an instant and a policy, e.g. "
            "[('2026-01-01T00:00:00+07:00', policy)]"
        )

    @classmethod
    def version(cls, value: object) -> LogError:
        """Return the error for what is no version of a policy."""
        return cls(
            f"the version is no pair of an instant and a policy: {shown(value)}; write e.g. "
            "('2026-01-01T00:00:00+07:00', policy)"
        )

    @classmethod
    def second_version(cls, since: datetime) -> LogError:
        """Return the error for two versions that begin at one instant."""
        return cls(
            f"since={since.isoformat()} is when another version begins too; drop one of the two, or "
            "begin it at another instant"
        )

    @classmethod
    def no_version(cls, at: datetime, first: datetime) -> LogError:
        """Return the error for an instant before the first version of a policy."""
        return cls(
            f"no version is in force at {at.isoformat()}, the first one begins at "
            f"{first.isoformat()}; add an earlier one, or ask from then on"
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with a policy: where, the rule it breaks, and the sentence."""

    path: str
    code: str
    message: str
    line: int | None = None

    def __str__(self) -> str:
        """Return the place and the sentence on one line."""
        where = f"line {self.line}, {self.path}" if self.line and self.path else self.path
        if self.line and not self.path:
            where = f"line {self.line}"
        return f"{where}: {self.message}" if where else self.message


class PolicyError(SupportSlaError, ValueError):
    """A policy that cannot be used; `findings` holds everything wrong with it at once."""

    source: str
    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, source: str, findings: Iterable[Finding]) -> PolicyError:
        """Return the error that lists every finding about the policy read from `source`."""
        found = tuple(findings)
        count = "1 finding" if len(found) == 1 else f"{len(found)} findings"
        lines = "".join(f"\n  {finding}" for finding in found)
        error = cls(
            f"policy {shown(source, 300)} cannot be used, {count}; correct each of these:{lines}"
        )
        error.source, error.findings = source, found
        return error
