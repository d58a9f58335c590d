"""What a column can be answered from: the lines of a policy, or one answer table."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from support_sla.answers.reigns import BEYOND, NO_RULE
from support_sla.answers.table.table import AnswerTable
from support_sla.bulk.asking.asked import Asked
from support_sla.bulk.asking.lines import Form, growing_lines, growing_table
from support_sla.bulk.lookup.growing import Growing
from support_sla.bulk.lookup.rows import OUTSIDE, REPEATED, SKIPPED
from support_sla.deadline import compute_deadline
from support_sla.errors import (
    InstantError,
    InstantOutOfRangeError,
    NoTargetError,
    SupportSlaError,
    UnitError,
    YearsNotCoveredError,
)
from support_sla.policy.policy import Policy
from support_sla.values.dates import FIRST_YEAR, LAST_YEAR
from support_sla.values.instants import WALL_EPOCH, from_micros
from support_sla.values.units import MICROSECOND, NANOSECONDS_IN

if TYPE_CHECKING:
    from support_sla.bulk.asking.lines import Tell
    from support_sla.bulk.lookup.lookup import Column


@dataclass(frozen=True, slots=True)
class OfPolicy:
    """What a policy answers to a column: look-ups of its lines, and which line each row asks.

    `years` are the only ones that are compiled, None if all are as they are asked.
    """

    growing: Growing | None
    asked: Asked
    form: Form
    years: tuple[int, int] | None = None

    @classmethod
    def of(cls, policy: Policy, asked: Asked, form: Form, kind: str, tell: Tell) -> OfPolicy:
        """Return it with look-ups that the policy keeps; `kind` distinguishes what is told of rules."""
        if not asked.questions:
            return cls(None, asked, form)
        keys = tuple(question.key for question in asked.questions)
        growing = policy.once(
            (Growing, kind, keys, form), lambda: growing_lines(asked.questions, form, tell)
        )
        return cls(growing, asked, form)

    @property
    def refuses(self) -> bool:
        """Whether some row may ask for a line that is refused."""
        return bool(self.asked.refusals)

    def lines(self, start: int, end: int) -> Column | None:
        """Return the line of each of some rows, below 0 if it is refused; None if there is but one."""
        return self.asked.lines(start, end)

    def error(self, place: int, at: int, line: int, told: int) -> SupportSlaError:
        """Return the error for an instant of a line: that of the scalar function, where there is one."""
        del place
        if line < 0:
            return self.asked.refusals[-1 - line]
        if told in (SKIPPED, REPEATED):
            return in_doubt("submitted", at, self.form, told)
        try:
            instant = instant_of(at, self.form)
        except OverflowError:
            return InstantOutOfRangeError.of("submitted", at, FIRST_YEAR, LAST_YEAR)
        question = self.asked.questions[line]
        try:
            compute_deadline(question.policy, instant, **question.names())
        except SupportSlaError as error:
            return error
        if told == OUTSIDE and self.years is not None:
            return InstantOutOfRangeError.not_compiled("submitted", instant, *self.years)
        return InstantOutOfRangeError.nanoseconds("submitted", instant)  # all else has an answer


@dataclass(frozen=True, slots=True)
class OfTable:
    """What an answer table answers to a column."""

    growing: Growing
    table: AnswerTable
    form: Form

    @classmethod
    def of(cls, table: AnswerTable, form: Form) -> OfTable:
        """Return it; raise `UnitError` for a column in another unit than the table's."""
        if form.unit != table.unit:
            raise UnitError.other(form.unit, table.unit)
        return cls(growing_table(table, form), table, form)

    refuses: ClassVar[bool] = False

    def lines(self, start: int, end: int) -> None:
        """Return None: a table is of one line."""
        del start, end

    def error(self, place: int, at: int, line: int, told: int) -> SupportSlaError:
        """Return the error for an instant."""
        del place, line
        table = self.table
        if told in (SKIPPED, REPEATED):
            return in_doubt("submitted", at, self.form, told)
        if told == NO_RULE:
            name = f"{table.department}/{table.channel}"
            return NoTargetError.for_request(name, table.priority, dict(table.attributes), (), None)
        if told == BEYOND:
            return YearsNotCoveredError.in_table(table.first_year, table.last_year)
        return InstantOutOfRangeError.of("submitted", at, table.first_year, table.last_year)


def _micros(at: int, form: Form) -> int:
    return at * NANOSECONDS_IN[form.unit] // 1_000


def in_doubt(name: str, at: int, form: Form, told: int) -> InstantError:
    """Return the error for a local time that its clock never shows, or shows twice."""
    local = (WALL_EPOCH + _micros(at, form) * MICROSECOND).isoformat(" ")
    return InstantError.local(name, local, str(form.zone), twice=told == REPEATED)


def instant_of(at: int, form: Form) -> dt.datetime:
    """Return the instant of a row; raise OverflowError for one that no datetime can be."""
    micros = _micros(at, form)
    if form.zone is None:
        return from_micros(micros, dt.UTC)
    local = WALL_EPOCH + micros * MICROSECOND
    return local.replace(tzinfo=form.zone, fold=form.fold or 0)
