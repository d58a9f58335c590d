"""Every instant at which an answer of a shipped policy turns, and one unit beside it.

Between two of them an answer follows one formula, so these are where a boundary can be off by one.
They are the breakpoints of the answer tables, and those that the oracle finds by itself. Each policy
is tried on its own clock and, word for word, on clocks that change.
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from oracles.exact_desk import NS, Answer, ExactDesk
from oracles.plain_desks import EPOCH, MICROSECOND, desks
from support_sla import AnswerTable, Clock, Policy, compute_deadline, load_policy, shipped_policies
from tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from figure import Figure
    from oracles.plain_desks import Desk, Promise

YEARS = 2024, 2033
QUICK_YEARS = 2026, 2026
ZONES = ("America/Havana", "America/New_York", "Australia/Lord_Howe", "America/Santiago")
"""A midnight that comes twice and one that never comes, an hour at night, half an hour, the end of a day
that comes again."""

UNITS = {"s": NS, "ms": 1_000_000, "us": 1_000, "ns": 1}
MICRO = 1_000
HOUR = 3_600 * NS


def figures(*, quick: bool) -> Iterator[Figure]:
    first, last = QUICK_YEARS if quick else YEARS
    zones = ZONES[:1] if quick else ZONES
    where = f"{first} to {last}, on the policy's clock and {len(zones)} that change"
    told = f"every breakpoint of {where}, one {{}} and one second beside it: {{}}".format
    deadlines = Tally(told("microsecond", "compute_deadline"))
    tables = {unit: Tally(told(unit, f"answer table in {unit}")) for unit in UNITS}
    clocks = Tally(told("microsecond", "clocks"))
    for policy in _policies(zones):
        for desk in desks(policy, first, last):
            exact = ExactDesk(desk, first, last)
            _try_clock(desk, exact, clocks)
            for promise in desk.promises:
                line = _line(desk, promise)
                found = {
                    unit: AnswerTable.of(
                        policy, **line, first_year=first, last_year=last, unit=unit
                    )
                    for unit in UNITS
                }
                trial = _Trial(desk, promise, exact, found)
                trial.try_deadlines(deadlines)
                for unit, tally in tables.items():
                    trial.try_table(unit, tally)
    yield from (each.figure() for each in (deadlines, *tables.values(), clocks))


def _policies(zones: Sequence[str]) -> Iterator[Policy]:
    for name in shipped_policies():
        policy = load_policy(name)
        yield policy
        for zone in zones:
            yield Policy.model_validate(policy.model_dump() | {"timezone": zone})


def _line(desk: Desk, promise: Promise) -> dict[str, str | None]:
    return {
        "department": desk.department,
        "channel": desk.channel,
        "priority": promise.priority,
        "metric": promise.metric,
    }


class _Trial:
    """One promise of a line, with what the oracle says of it and the tables of the library."""

    def __init__(
        self, desk: Desk, promise: Promise, exact: ExactDesk, tables: dict[str, AnswerTable]
    ) -> None:
        self._promise, self._exact, self._tables = promise, exact, tables
        self._asked = f"{desk}, {promise.metric}, priority {promise.priority}"
        self._ask = partial(compute_deadline, desk.policy, **_line(desk, promise))
        self._expected = cache(partial(exact.answer, promise))
        self._turns = self._edges_moved_back()

    def _edges_moved_back(self) -> set[int]:
        """Return every edge, and the first and last instant from which an amount leads to it."""
        exact, found = self._exact, set(self._exact.edges)
        for rule in self._promise.rules:
            for amount in {rule.within, rule.earliest or 0}:
                for edge in exact.edges:
                    if not rule.business:
                        found.add(edge - amount * MICRO)
                    elif (reading := exact.open_time(edge) - amount * MICRO) > 0:
                        found |= {exact.earliest_with(reading), exact.latest_with(reading)}
        return found

    def try_deadlines(self, tally: Tally) -> None:
        """Ask `compute_deadline` at the turns, and at the begins of every table."""
        begins = (at * UNITS[u] for u, table in self._tables.items() for at in table.begins)
        turns = self._turns | {at // MICRO * MICRO for at in begins}
        for at in _beside(turns, MICRO, self._exact):
            tally.cases += 1
            found = self._ask(_moment(at))
            said = Answer(
                _ns(found.due_at),
                None if found.earliest_at is None else _ns(found.earliest_at),
                _ns(found.starts_at),
                [rule.name for rule in self._promise.rules].index(found.target.name),
            )
            if said != self._expected(at):
                tally.wrong(self._say, at, said)

    def try_table(self, unit: str, tally: Tally) -> None:
        """Ask the table of a unit at whole units beside the turns and beside its own begins."""
        table, width = self._tables[unit], UNITS[unit]
        places = {
            name: [rule.name for rule in self._promise.rules].index(name) for name in table.targets
        }
        if (table.start, table.end) != (self._exact.start // width, self._exact.end // width):
            tally.wrong("{}: the table has other years".format, self._asked)
        whole = {at // width * width for at in self._turns} | {at * width for at in table.begins}
        for at in _beside(whole, width, self._exact):
            tally.cases += 1
            found = table.answer(at // width)
            said = found and Answer(
                found.due_at * width,
                None if found.earliest_at is None else found.earliest_at * width,
                found.starts_at * width,
                places[table.targets[found.rule]],
            )
            if said != self._expected(at):
                tally.wrong(self._say, at, said)

    def _say(self, at: int, said: Answer | None) -> str:
        told, counted = (self._told(answer) for answer in (said, self._expected(at)))
        return (
            f"{self._asked}, sent {_text(at)}: the library says {told}; the oracle says {counted}"
        )

    def _told(self, answer: Answer | None) -> str:
        if answer is None:
            return "nothing"
        soonest = "-" if answer.earliest is None else _text(answer.earliest)
        rule = self._promise.rules[answer.rule].name
        return f"due {_text(answer.due)}, earliest {soonest}, start {_text(answer.starts)}, rule {rule!r}"


def _try_clock(desk: Desk, exact: ExactDesk, tally: Tally) -> None:
    """Ask a line's clock at every opening, closing, midnight and change, and beside them."""
    clock = Clock.of(desk.policy, department=desk.department, channel=desk.channel)
    origin, hour = _moment(exact.start), HOUR // MICRO * MICROSECOND
    so_far = exact.open_time(exact.start)
    questions: dict[str, tuple[Callable[[datetime], object], Callable[[int], object]]] = {
        "open": (clock.is_open, exact.is_open),
        "next opening": (lambda at: _ns(clock.next_open(at)), exact.next_open),
        "open since the start": (
            lambda at: clock.between(origin, at) // MICROSECOND * MICRO,
            lambda at: exact.open_time(at) - so_far,
        ),
        "an open hour later": (
            lambda at: _ns(clock.add(at, hour)),
            lambda at: exact.add(at, HOUR),
        ),
        "an open hour earlier": (
            lambda at: _ns(clock.subtract(at, hour)),
            lambda at: exact.subtract(at, HOUR),
        ),
    }
    say = "{}, {} at {}: the library says {}; the oracle says {}".format
    for at in _beside(exact.edges, MICRO, exact):
        moment = _moment(at)
        for question, (asked, counted) in questions.items():
            tally.cases += 1
            if (said := asked(moment)) != (expected := counted(at)):
                tally.wrong(say, desk, question, _text(at), said, expected)


def _beside(instants: set[int], unit: int, exact: ExactDesk) -> list[int]:
    """Return instants with those one unit and one second before and after, within the years."""
    near = {at + step for at in instants for step in (-NS, -unit, 0, unit, NS)}
    return sorted(at for at in near if exact.start <= at < exact.end)


def _moment(at: int) -> datetime:
    return EPOCH + at // MICRO * MICROSECOND


def _ns(at: datetime) -> int:
    return (at - EPOCH) // MICROSECOND * MICRO


def _text(at: int) -> str:
    return f"{_moment(at).isoformat()}" + (f" and {at % MICRO} ns" if at % MICRO else "")
