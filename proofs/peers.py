"""Three other libraries are asked what this one is; each disagreement is a rule of theirs, by name.

The hours are told a second time (`peer/hours.py`), with the rules of each peer. Without any rule that must
answer as this library does, with all of them as the peer does: so a rule explains only what it predicts.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING, Protocol

from figure import SHOWN, Figure
from peer.cases import clock as told
from peer.cases import desk, question
from peer.hours import MICROSECOND, micros, moment
from peer.opening_hours import OpeningHoursPy
from peer.pandas_hours import CustomBusinessHour
from peer.work_clock import Workclock
from support_sla import Clock, HolidayCalendar, Schedule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from peer.cases import Desk, Question
    from peer.hours import Answer

SEED = 20260105
DESKS, QUICK_DESKS = 900, 40
QUESTIONS = 30
"""So many of each operation about each desk."""

PEERS = (Workclock, OpeningHoursPy, CustomBusinessHour)
OPERATIONS = ("add", "subtract", "elapsed", "is_open", "next_open", "next_close", "next_change")

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


class Peer(Protocol):
    """Another library with a desk's hours in it, and its rules told again.

    `rules` says by name where it differs. Amounts are whole `unit`s; with `daily_only` all open days
    keep the same hours, and none is open around the clock.
    """

    name: str
    operations: tuple[str, ...]
    daily_only: bool
    unit: int
    rules: dict[str, str]

    def ask(self, question: Question) -> Answer:
        """Return what the library answers."""

    def predict(self, question: Question, rules: frozenset[str]) -> Answer:
        """Return what it must answer by some of its rules; by none, what this library must."""


class Ours:
    """A desk's clock in this library."""

    def __init__(self, desk: Desk) -> None:
        week = {
            WEEKDAYS[day]: [f"{told(a)}-{told(b)}" for a, b in ranges]
            for day, ranges in enumerate(desk.week)
            if ranges
        }
        year = moment(desk.middle).year
        days = [{"date": date, "name": "holiday"} for date in sorted(desk.holidays)]
        calendar = HolidayCalendar(years=(year - 1, year + 1), days=days)
        calendars = [calendar] if days else []
        self._clock = Clock(Schedule(week), timezone=desk.zone, calendars=calendars)

    def ask(self, question: Question) -> Answer:
        """Return what this library answers."""
        clock, at, amount = self._clock, moment(question.at), question.amount
        match question.operation:
            case "elapsed":
                return clock.between(at, moment(amount)) // MICROSECOND
            case "is_open":
                return int(clock.is_open(at))
            case "add":
                found = clock.add(at, amount * MICROSECOND)
            case "subtract":
                found = clock.subtract(at, amount * MICROSECOND)
            case "next_open":
                found = clock.next_open(at)
            case "next_close":
                found = clock.next_close(at)
            case _:
                found = clock.next_close(at) if clock.is_open(at) else clock.next_open(at)
        return None if found is None else micros(found)


@dataclass
class Tally:
    """What is counted towards a figure."""

    cases: int = 0
    explained: int = 0
    count: int = 0
    differences: list[str] = field(default_factory=list)

    def wrong(self, sentence: str) -> None:
        """Count a difference that nothing explains."""
        self.count += 1
        if self.count <= SHOWN:
            self.differences.append(sentence)

    def figure(self, claim: str) -> Figure:
        """Return the figure of a claim."""
        return Figure(claim, self.cases, tuple(self.differences), self.count, self.explained)


class Comparison:
    """All that was asked so far, counted by library and operation, by rule, and by operation."""

    def __init__(self) -> None:
        self.by_operation: defaultdict[tuple[str, str], Tally] = defaultdict(Tally)
        self.by_rule: defaultdict[tuple[str, str], Tally] = defaultdict(Tally)
        self.agreed: defaultdict[str, Tally] = defaultdict(Tally)

    def ask(self, place: Desk, ours: Ours, peers: list[Peer], asked: Question) -> None:
        """Ask everyone who can be asked, and judge every answer."""
        able = [
            peer
            for peer in peers
            if asked.operation in peer.operations and asked.amount % peer.unit == 0
        ]
        answer = ours.ask(asked)
        theirs = {peer.name: peer.ask(asked) for peer in able}
        predicted = [self._judge(place, peer, asked, answer, theirs[peer.name]) for peer in able]
        if len(able) > 1 and len(set(theirs.values())) == 1:
            tally = self.agreed[asked.operation]
            tally.cases += 1
            # Two can differ from us alike: workclock and pandas both count hours that a change skips.
            if answer not in theirs.values() and all(predicted):
                tally.explained += 1
            elif answer not in theirs.values():
                tally.wrong(f"{place}: {_told(asked)}: {_shown(answer)}; the others {theirs}")

    def _judge(
        self, place: Desk, peer: Peer, asked: Question, answer: Answer, theirs: Answer
    ) -> bool:
        """Return whether both answers are as predicted, and the rules that make them differ known.

        Named are the rules without which the prediction fails, so an answer may count for several;
        where any of two will do, both.
        """
        tally = self.by_operation[peer.name, asked.operation]
        tally.cases += 1
        every = frozenset(peer.rules)
        plain, predicted = peer.predict(asked, frozenset()), peer.predict(asked, every)
        if plain != answer or predicted != theirs:
            tally.wrong(
                f"{place}: {_told(asked)}: {_shown(answer)}, predicted {_shown(plain)}; "
                f"{peer.name} {_shown(theirs)}, predicted {_shown(predicted)}"
            )
            return False
        if answer == theirs:
            return True
        needed = [rule for rule in every if peer.predict(asked, every - {rule}) != theirs]
        alone = [rule for rule in every if peer.predict(asked, frozenset([rule])) == theirs]
        if not (needed or alone):
            tally.wrong(f"{place}: {_told(asked)}: no one rule of {peer.name} decides it")
            return False
        tally.explained += 1
        for rule in needed or alone:
            self.by_rule[peer.name, rule].explained += 1
        return True


def figures(*, quick: bool) -> Iterator[Figure]:
    """Yield what each library was asked, what each of its rules explains, and where all agree."""
    rng, found = random.Random(SEED), Comparison()  # noqa: S311  a run can be repeated
    for _ in range(QUICK_DESKS if quick else DESKS):
        place = desk(rng)
        ours, peers = (
            Ours(place),
            [kind(place) for kind in PEERS if place.daily or not kind.daily_only],
        )
        for operation in OPERATIONS:
            for _ in range(QUESTIONS):
                found.ask(place, ours, peers, question(rng, place, operation))
    for kind in PEERS:
        name = f"{kind.name} {version(kind.name)}"
        tallies = [found.by_operation[kind.name, operation] for operation in kind.operations]
        for operation, tally in zip(kind.operations, tallies, strict=True):
            yield tally.figure(f"{name}, `{operation}`: our answer, or theirs by a rule of theirs")
        for rule, sentence in kind.rules.items():
            named = found.by_rule[kind.name, rule]
            named.cases = sum(tally.cases for tally in tallies)
            if not (named.explained or quick):
                named.wrong("explains nothing")
            yield named.figure(f"{name}: {sentence}")
    for operation, tally in found.agreed.items():
        yield tally.figure(f"`{operation}`: where all who can be asked give one answer, it is ours")


def _told(asked: Question) -> str:
    amount = f" {_shown(asked.amount)}" if asked.amount else ""
    return f"{asked.operation} {_shown(asked.at)}{amount}"


def _shown(answer: Answer) -> str:
    """Return an instant as text; an amount of time, which is far smaller, in microseconds."""
    if isinstance(answer, int) and answer > 10**14:
        return str(moment(answer))
    return str(answer)
