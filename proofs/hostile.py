"""Texts and data made to break a reader: only our errors come out, in bounded time and memory.

Every door of `tests/support/doors` is fuzzed from right inputs, with a seed for each number, so a
difference is found again by the door and the number. Costs are compared with those of a right input.
"""

from __future__ import annotations

import signal
import sys
import time
import tracemalloc
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from figure import SHOWN, Figure

sys.path.append(str(Path(__file__).parent.parent / "tests" / "support"))

from doors.door import Door, told
from doors.growth import FACTORS, Growing, growing
from doors.mutation import nested
from doors.table import DOORS
from support_sla import Clock, Schedule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TEXTS = 20_000
"""Inputs of a door of weight 1."""

DEARER = 60
"""How many times as much as a right input of its length a hostile one may take."""

GROWTH = 8
"""How many times as much four times an input may take; n log n would be less than 5."""

SLACK, SLACK_BYTES = 0.1, 2 << 20
"""Seconds and bytes that no input is blamed for: the machine's."""

DEPTHS = (100, 200, 300, 400, 500, 700, 900, 1_000, 3_000, 50_000)
NESTED: tuple[Callable[[int], str], ...] = (
    lambda n: "[" * n + "]" * n,
    lambda n: '{"a":' * n + "1" + "}" * n,
    lambda n: "(" * n + ")" * n,
    lambda n: f"a = {'[' * n}{']' * n}",
    lambda n: f"a = {'{a=' * n}1{'}' * n}",
    lambda n: f"{'.'.join('a' * n)} = 1",
    lambda n: f'{{"events": {"[" * n}{"]" * n}}}',
    lambda n: f'{{"departments": {{"a": {"[" * n}{"]" * n}}}}}',
    lambda n: (
        "BEGIN:VCALENDAR\r\n" + "BEGIN:VEVENT\r\n" * n + "END:VEVENT\r\n" * n + "END:VCALENDAR\r\n"
    ),
)
"""Texts in which one thing is inside another."""

HANGS = 120
"""Seconds after which an input is stopped and told."""


@dataclass
class Tried:
    """A claim as it is tried: how many cases, and what went wrong in the first of them."""

    claim: str
    cases: int = 0
    wrong: list[str] = field(default_factory=list)
    count: int = 0

    def see(self, difference: str | None) -> None:
        """Count a case, and what is wrong with it if anything is."""
        self.cases += 1
        if difference:
            self.count += 1
            self.wrong += [difference] if len(self.wrong) < SHOWN else []

    def figure(self) -> Figure:
        """Return what was found."""
        return Figure(self.claim, self.cases, tuple(self.wrong), self.count)


def figures(*, quick: bool) -> Iterator[Figure]:
    """Yield what hostile inputs did: what came out, the time and memory taken, depth and growth."""
    signal.signal(signal.SIGALRM, _stop)
    escapes = Tried("a hostile input is read or refused by an error of ours, in a short message")
    times = Tried("a hostile input costs no more time than a few dozen right ones of its length")
    memory = Tried("a hostile input takes no more memory than a few dozen right ones of its length")
    for door in DOORS:
        _try_door(door, TEXTS // (100 if quick else 1) // door.weight, escapes, times, memory)
    yield from (escapes.figure(), times.figure(), memory.figure(), _depths(quick=quick).figure())
    yield _growths(quick=quick).figure()


def _stop(*_: object) -> None:
    message = f"stopped after {HANGS} s"
    raise TimeoutError(message)


def _try_door(door: Door, inputs: int, escapes: Tried, times: Tried, memory: Tried) -> None:
    """Read the inputs of a door, each with a watch on its time and every eighth on its memory."""
    bound, most = Bound.of(door, _seconds), Bound.of(door, _bytes)
    for number in range(inputs):
        given = door.input(number)
        signal.alarm(HANGS)
        begin = time.process_time()
        escaped = door.escaped(given)
        taken = time.process_time() - begin
        signal.alarm(0)
        where = f"{door.name}, input {number}"
        escapes.see(escaped and f"{where}: {escaped}")
        allowed = bound.of_input(given, SLACK)
        if taken > allowed:  # again, for another program may have had the machine
            taken = min(_seconds(door, given) for _ in range(3))
        too_slow = f"{where}: {taken:.3f} s, {allowed:.3f} allowed, for {told(given)}"
        times.see(too_slow if taken > allowed else None)
        if number % 8 == 0:
            peak, allowed = _bytes(door, given), most.of_input(given, SLACK_BYTES)
            too_big = f"{where}: {peak:,.0f} bytes, {allowed:,.0f} allowed, for {told(given)}"
            memory.see(too_big if peak > allowed else None)


def _seconds(door: Door, given: object) -> float:
    begin = time.process_time()
    door.escaped(given)
    return time.process_time() - begin


def _bytes(door: Door, given: object) -> float:
    tracemalloc.start()
    try:
        door.escaped(given)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@dataclass(frozen=True)
class Bound:
    """What an input of a door may cost: so much for each character, and what a long question costs."""

    each: float
    question: float

    @classmethod
    def of(cls, door: Door, cost: Callable[[Door, object], float]) -> Bound:
        """Return the bound that the right inputs of a door set, each at its second reading."""
        costs = []
        for seed in door.seeds:
            door.escaped(seed)
            costs.append((min(cost(door, seed) for _ in range(3)), _size(seed)))
        each = max(taken / size for taken, size in costs)
        return cls(each, _longest_question(cost) if door.asks else 0)

    def of_input(self, given: object, slack: float) -> float:
        """Return what an input may cost."""
        return DEARER * self.each * _size(given) + 2 * self.question + slack


def _longest_question(cost: Callable[[Door, object], float]) -> float:
    """Return what the longest question costs that the limits allow: one over a thousand years."""

    def ask(_: object) -> None:
        clock = Clock(Schedule("Mo-Fr 09:00-12:30,13:00-17:00"), timezone="Europe/Paris")
        clock.add("2026-01-01T00:00:00Z", timedelta(hours=1_900_000))

    return cost(Door("", ask, ("",)), "")


def _size(given: object) -> int:
    """Return how long an input is: characters of texts, and some for each value of plain data."""
    found, seen = 20, set()
    waiting: list[object] = [given]
    while waiting:
        each = waiting.pop()
        if isinstance(each, (str, bytes)):
            found += len(each)
        elif isinstance(each, (dict, list, tuple)) and id(each) not in seen:
            seen.add(id(each))
            waiting += [*each.items()] if isinstance(each, dict) else each
        found += 4
    return found


def _depths(*, quick: bool) -> Tried:
    """Nest data in every place of every door of data, and brackets and keys in every text."""
    tried = Tried("data nested to any depth is refused by an error of ours, never by Python's")
    for depth in DEPTHS[:: 4 if quick else 1]:
        values = nested(depth), _mappings(depth)
        for door in DOORS:
            if isinstance(door.seeds[0], str):
                given: list[object] = [text(depth) for text in NESTED]
            else:
                given = [
                    *values,
                    *(door.with_value(at, each) for at in range(door.places) for each in values),
                ]
            for each in given:
                escaped = door.escaped(each)
                tried.see(escaped and f"{door.name}, {depth} deep: {escaped}")
    return tried


def _mappings(depth: int) -> object:
    found: object = 1
    for _ in range(depth):
        found = {"a": found}
    return found


def _growths(*, quick: bool) -> Tried:
    doors = {door.name: door for door in DOORS}
    worst, tried = (0.0, "none"), Tried("")
    for each in growing()[:: 20 if quick else 1]:
        door = doors[each.door]
        ratio = _ratio(door, each, turns=2)
        if ratio > GROWTH:
            ratio = min(ratio, _ratio(door, each, turns=5))
        worst = max(worst, (ratio, f"{each.door}, {each.name}"))
        tried.see(f"{each.door}, {each.name}: {ratio:.1f} times" if ratio > GROWTH else None)
    tried.claim = f"four times an input costs at most {GROWTH} times as much (worst {worst[0]:.1f}: {worst[1]})"
    return tried


def _ratio(door: Door, growing: Growing, turns: int) -> float:
    """Return how many times as much four times an input costs, of what takes long enough to tell."""
    sizes = [growing.made(growing.size * factor) for factor in (FACTORS[0], FACTORS[-1])]
    costs = [min(_seconds(door, given) for _ in range(turns)) for given in sizes]
    return costs[1] / costs[0] if costs[1] > SLACK / 4 else 0.0
