"""A dumped answer table, read back: refused unless every look-up in it can be trusted."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING, Any, get_args

from support_sla.answers.reigns import BEYOND
from support_sla.answers.table.rows import Row
from support_sla.errors import UnitError, ZoneError, shown
from support_sla.policy.metrics import METRICS
from support_sla.policy.policy import Crossing
from support_sla.values.dates import FIRST_YEAR, LAST_YEAR, day_number
from support_sla.values.instants import read_zone
from support_sla.values.units import DAY, NANOSECONDS_IN

if TYPE_CHECKING:
    from collections.abc import Sequence

_TEXTS = ("department", "channel", "metric", "crossing", "zone", "unit")
_NUMBERS = ("first_year", "last_year", "start", "end")
_COLUMNS = (
    "begins",
    "rules",
    "starts_from",
    "earliest_from",
    "earliest_after",
    "due_from",
    "due_after",
)
_OPTIONAL = ("earliest_from", "earliest_after")
_BOUND = 2**63


def read_fields(data: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """Return the fields of a table, lists as tuples; raise `UnitError` for what is not one's."""
    data = {"attributes": {}, "metric": METRICS[0], **data}
    for name in names:
        if name not in data:
            raise UnitError.dump(f"no {name!r}")
    for name in data:
        if name not in names and name != "format":
            raise UnitError.dump(f"the unknown key {shown(name)}")
    fields = {
        name: tuple(value) if isinstance(value := data[name], list) else value for name in names
    }
    fields["attributes"] = _read_attributes(fields["attributes"])
    _check_head(fields)
    length = len(fields["begins"]) if type(fields["begins"]) is tuple else -1
    for name in _COLUMNS:
        _check_column(name, fields[name], length)
    _check_rows(fields)
    return fields


def _read_attributes(given: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(given, dict):
        raise UnitError.dump(f"attributes = {shown(given)}, which is no table of texts")
    if not all(type(each) is str for item in given.items() for each in item):
        raise UnitError.dump(f"attributes = {shown(given)}, which are no texts")
    return tuple(sorted(given.items()))


def _check_head(fields: dict[str, Any]) -> None:
    for name in (*_TEXTS, "priority"):
        if type(fields[name]) is not str and (name != "priority" or fields[name] is not None):
            raise UnitError.dump(f"{name} = {shown(fields[name])}, which is no text")
    if fields["unit"] not in NANOSECONDS_IN:
        raise UnitError.unknown(fields["unit"], NANOSECONDS_IN)
    for name, known in (("crossing", get_args(Crossing)), ("metric", METRICS)):
        if fields[name] not in known:
            raise UnitError.dump(f"{name} = {shown(fields[name])}, which is none there is")
    try:
        read_zone(fields["zone"])
    except ZoneError as error:
        raise UnitError.dump(f"a zone of no name ({error})") from None
    for name in _NUMBERS:
        if type(fields[name]) is not int:
            raise UnitError.dump(f"{name} = {shown(fields[name])}, which is no whole number")
    targets = fields["targets"]
    if type(targets) is not tuple or not all(type(name) is str for name in targets):
        raise UnitError.dump("targets that are no list of names")
    _check_years(fields)


def _check_years(fields: dict[str, Any]) -> None:
    """Refuse instants that are not where the years begin and end, as far as any zone can say."""
    first, last = fields["first_year"], fields["last_year"]
    if not FIRST_YEAR <= first <= last <= LAST_YEAR:
        raise UnitError.dump(f"the years {shown(first)} to {shown(last)}, which are no span")
    second = 1_000_000_000 // NANOSECONDS_IN[fields["unit"]]
    for name, year in (("start", first), ("end", last + 1)):
        midnight = day_number(dt.date(year, 1, 1)) * DAY
        if abs(fields[name] - midnight * second) > 2 * DAY * second:
            said = f"{name} = {shown(fields[name])}, which is not where a year begins"
            raise UnitError.dump(said)


def _check_column(name: str, column: object, length: int) -> None:
    if type(column) is not tuple or len(column) != length:
        raise UnitError.dump(f"a column {name!r} of another length")
    for number in column:
        if number is None and name in _OPTIONAL:
            continue
        if type(number) is not int or not -_BOUND <= number < _BOUND:
            raise UnitError.dump(
                f"{shown(number)} in {name!r}, which is no whole number of 64 bits"
            )


def _check_rows(fields: dict[str, Any]) -> None:
    begins, end = fields["begins"], fields["end"]
    if any(one >= two for one, two in pairwise(begins)):
        raise UnitError.dump("rows that do not begin one after another")
    if not begins or begins[0] != fields["start"] or begins[-1] >= end:
        raise UnitError.dump("rows that do not begin where its years do")
    rows = map(Row._make, zip(*(fields[name] for name in _COLUMNS), strict=True))
    for row, stop in zip(rows, (*begins[1:], end), strict=True):
        if not BEYOND <= row.rule < len(fields["targets"]):
            raise UnitError.dump(f"rule {row.rule}, which is none of its targets")
        _check_answers(row, stop)


def _check_answers(row: Row, stop: int) -> None:
    """Refuse a row with an answer before its submission, or an earliest instant after the due one.

    Each instant is max(t, from) + after: it is looked at where it begins, bends and ends.
    """
    if (row.earliest_from is None) != (row.earliest_after is None):
        raise UnitError.dump("half of an earliest instant")
    if row.due_after < 0 or (row.earliest_after or 0) < 0:
        raise UnitError.dump("an answer before its submission")
    bends = (row.begin, row.due_from, row.earliest_from, stop - 1)
    for at in (at for at in bends if at is not None and row.begin <= at < stop):
        answer = row.answer(at)
        if answer and answer.earliest_at is not None and answer.earliest_at > answer.due_at:
            raise UnitError.dump("an earliest instant after the due one")
        if answer and answer.due_at >= _BOUND:
            raise UnitError.dump("an answer past what 64 bits hold")
