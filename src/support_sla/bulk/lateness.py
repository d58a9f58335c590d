"""Columns of how late replies are: `lateness` in physical time, `overdue` in the target's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from support_sla.answers.counting.counting import stands_still
from support_sla.answers.line import Line
from support_sla.bulk.asking.answering import answer_chunk
from support_sla.bulk.asking.asked import Asked
from support_sla.bulk.asking.instant_columns import InstantColumns
from support_sla.bulk.asking.lines import Form, unknown_rows
from support_sla.bulk.asking.sources import OfPolicy
from support_sla.bulk.asking.utc import datetimes_of
from support_sla.bulk.columns.answers import OnError
from support_sla.bulk.lookup.local import Fold
from support_sla.bulk.lookup.lookup import Lookup, Scratch
from support_sla.bulk.lookup.rows import NEVER, OUTSIDE, TOO_LATE, Rows
from support_sla.bulk.lookup.timelines import reading_rows
from support_sla.deadline import compute_deadline
from support_sla.policy.metrics import Metric
from support_sla.policy.policy import Policy, check_policy
from support_sla.values.units import Unit

if TYPE_CHECKING:
    from support_sla.answers.question import Question
    from support_sla.bulk.lookup.lookup import Column
    from support_sla.bulk.lookup.rows import Int64s
    from support_sla.clock.window import LineHours


def lateness(  # noqa: PLR0913  every one but three is a keyword
    submitted: Any,  # noqa: ANN401  a column of numpy or Arrow
    replied: Any,  # noqa: ANN401
    policy: Policy,
    *,
    line: Any,  # noqa: ANN401  texts, or columns of them
    priority: Any = None,  # noqa: ANN401
    attributes: Mapping[str, Any] | None = None,
    metric: Metric = "first_response",
    timezone: str | dt.tzinfo | None = None,
    fold: Fold = None,
    unit: Unit = "us",
    on_error: OnError = "raise",
    threads: int = 1,
) -> Any:  # noqa: ANN401  durations of the same kind
    """Return how long after its due instant each reply came, in physical time; negative if before.

    Columns, names and errors are as for `deadlines`, the two columns of one length, unit and clock.
    The answer is a column of durations in that unit (of numbers, for numbers): zero at the due
    instant, null where a submission or a reply is.

    >>> import numpy as np
    >>> from support_sla import load_policy
    >>> sent = np.array(["2026-01-10T16:30"], dtype="datetime64[s]")  # a Saturday, due on Monday 08:30
    >>> replied = np.array(["2026-01-12T08:20"], dtype="datetime64[s]")
    >>> azdigi, line, zone = load_policy("azdigi"), ("billing", "ticket"), "Asia/Ho_Chi_Minh"
    >>> lateness(sent, replied, azdigi, line=line, timezone=zone).astype(int).tolist()
    [-600]
    """
    given = {"submitted": submitted, "replied": replied}
    names = (line, priority, attributes, metric)
    return _late(given, policy, names, timezone, fold, unit, on_error, threads, counted=False)


def overdue(  # noqa: PLR0913  every one but three is a keyword
    submitted: Any,  # noqa: ANN401  a column of numpy or Arrow
    replied: Any,  # noqa: ANN401
    policy: Policy,
    *,
    line: Any,  # noqa: ANN401  texts, or columns of them
    priority: Any = None,  # noqa: ANN401
    attributes: Mapping[str, Any] | None = None,
    metric: Metric = "first_response",
    timezone: str | dt.tzinfo | None = None,
    fold: Fold = None,
    unit: Unit = "us",
    on_error: OnError = "raise",
    threads: int = 1,
) -> Any:  # noqa: ANN401  durations of the same kind
    """Return how much of the target's own time passed from each due instant to the reply; never below 0.

    As `lateness`, but in business time only open hours count, so that a reply can be late with
    nothing overdue. Each row equals `Deadline.overdue`.

    >>> import numpy as np
    >>> from support_sla import load_policy
    >>> sent = np.array(["2026-01-10T15:30"], dtype="datetime64[s]")  # a Saturday, due at 16:30
    >>> replied = np.array(["2026-01-12T08:20"], dtype="datetime64[s]")
    >>> azdigi, line, zone = load_policy("azdigi"), ("billing", "ticket"), "Asia/Ho_Chi_Minh"
    >>> overdue(sent, replied, azdigi, line=line, timezone=zone).astype(int).tolist()
    [3000]
    """
    given = {"submitted": submitted, "replied": replied}
    names = (line, priority, attributes, metric)
    return _late(given, policy, names, timezone, fold, unit, on_error, threads, counted=True)


def _late(  # noqa: PLR0913, PLR0917  what the two have in common
    given: dict[str, Any],
    policy: Policy,
    names: tuple[Any, Any, Mapping[str, Any] | None, Metric],
    timezone: str | dt.tzinfo | None,
    fold: Fold,
    unit: Unit,
    on_error: OnError,
    threads: int,
    *,
    counted: bool,
) -> Any:  # noqa: ANN401
    check_policy(policy)

    def ask(place: int, sent: dt.datetime, replied: dt.datetime) -> object:
        lines = asked.lines(place, place + 1)
        at = 0 if lines is None else int(lines[0])
        if at < 0:
            raise asked.refusals[-1 - at]
        return compute_deadline(policy, sent, **asked.questions[at].names()).overdue(replied)

    columns = InstantColumns.of(given, timezone, fold, unit, ask)
    asked = Asked.of(policy, *names, len(columns.instants))
    form = Form(("due_at",), columns.form.unit)
    clocks = _Clocks(asked.questions) if counted else None
    tell = (lambda *_: 0) if clocks is None else clocks.place
    source = OfPolicy.of(policy, asked, form, "clocks" if counted else "", tell)
    readings = None if clocks is None else clocks.readings(*columns.years, form)
    found = np.full(len(columns.instants), NEVER)
    served = datetimes_of(columns.form.unit)

    def work(part: slice, at: list[Int64s], told: Column, scratch: Scratch) -> None:
        sent, replied = at
        due, clock = np.empty(len(sent), np.int64), np.zeros(len(sent), np.int16)
        refused = answer_chunk(
            source, sent, asked.lines(part.start, part.stop), [due], clock, scratch
        )
        if refused is not None:
            told[refused.places] = refused.told
        told[((replied < served[0]) | (replied >= served[1])) & (replied != NEVER)] = OUTSIDE
        late = replied - due
        wrapped = (replied ^ due) & (replied ^ late) < 0
        told[wrapped & (due != NEVER) & (told == 0)] = TOO_LATE
        if clocks is not None:
            np.maximum(late, 0, out=late)
            rows = np.flatnonzero((late > 0) & (clock > 0) & (due != NEVER) & (replied != NEVER))
            if len(rows):
                late[rows] = _counted(readings, due, replied, clock, rows, told, scratch)
        found[part] = late

    columns.run(work, found, on_error, threads)
    return columns.instants.amounts_written(found)


def _counted(  # noqa: PLR0913, PLR0917  two columns, and which of their rows
    readings: Lookup | None,
    due: Int64s,
    replied: Int64s,
    clock: Column,
    rows: Int64s,
    told: Column,
    scratch: Scratch,
) -> Int64s:
    """Return the open time between two instants of some rows, each on its own clock."""
    assert readings is not None, "a clock was told of"
    line, found = clock[rows] - 1, []
    for at in (due[rows], replied[rows]):
        reading = np.empty(len(rows), np.int64)
        refused = readings.answer_whole(at, line, [reading], scratch)
        if refused is not None:
            told[rows[refused.places]] = refused.told
        found.append(reading)
    return found[1] - found[0]


class _Clocks:
    """The hours that targets are counted on: 0 is calendar time, the others count from 1."""

    def __init__(self, questions: tuple[Question, ...]) -> None:
        self._hours: dict[int, LineHours] = {}
        self._places: dict[tuple[object, int], int] = {}
        numbers: dict[int, int] = {}
        for question in questions:
            for at, rule in enumerate(Line.of(question).rules):
                place = 0
                if stands_still(rule.target):
                    place = numbers.setdefault(id(rule.hours), len(numbers) + 1)
                    self._hours[place] = rule.hours
                self._places[question.key, at] = place

    def place(self, question: Question, rule: int) -> int:
        """Return the number of the clock that a rule is counted on."""
        return self._places[question.key, rule]

    def readings(self, first_year: int, last_year: int, form: Form) -> Lookup | None:
        """Return the readings of all clocks in some years, one line for each; None if there are none."""
        lines = [_readings(hours, first_year, last_year, form) for hours in self._hours.values()]
        return Lookup.of(lines) if lines else None


def _readings(hours: LineHours, first_year: int, last_year: int, form: Form) -> Rows:
    """Return the readings of a clock in the years of some that its calendars cover."""
    known = hours.hours.coverage
    first, last = max(first_year, known.first), min(last_year, known.last)
    if first > last:
        return unknown_rows(first_year, last_year, form)
    return reading_rows(hours.window(first, last).timeline, form.unit)
