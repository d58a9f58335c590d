"""Threads, forked and spawned processes, hash seeds, zones and locales of the machine: one answer.

The questions are those of `tests/support/everywhere.py`: of deadlines, clocks, tickets, calendars and
lint, to three policies whose days off come from a country.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from figure import SHOWN, Figure

sys.path.append(str(Path(__file__).parent.parent / "tests" / "support"))

import everywhere

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

METHODS = ("fork", "spawn", "forkserver")
SEEDS = ("0", "1", "2", "random")
MACHINES: dict[str, dict[str, str]] = {
    "hash seed 1": {"PYTHONHASHSEED": "1"},
    "hash seed 2": {"PYTHONHASHSEED": "2"},
    "hash seed random": {"PYTHONHASHSEED": "random"},
    "zone of Kiritimati": {"TZ": "Pacific/Kiritimati"},
    "zone of St John's": {"TZ": "America/St_Johns"},
    "a zone that there is not": {"TZ": "Mars/Olympus"},
    "locale C": {"LC_ALL": "C", "LANG": "C"},
    "locale of Vietnam": {"LC_ALL": "vi_VN.UTF-8"},
    "locale of Turkey": {"LC_ALL": "tr_TR.UTF-8"},
    "no UTF-8 mode": {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
    "development mode": {"PYTHONDEVMODE": "1"},
}


def figures(*, quick: bool) -> Iterator[Figure]:
    """Yield what threads, processes and machines answered otherwise than one thread alone."""
    count = 60 if quick else 150
    yield _threads(rounds=1 if quick else 3, count=count // 3)
    yield _handed(count // 10, SEEDS[-1:] if quick else SEEDS)
    yield _machines(count, every=5 if quick else 1)
    yield _pickles(SEEDS[-2:] if quick else SEEDS)


def _figure(claim: str, cases: int, wrong: Iterable[str]) -> Figure:
    found = list(wrong)
    return Figure(claim, cases, tuple(each[:600] for each in found[:SHOWN]), len(found))


def _threads(*, rounds: int, count: int) -> Figure:
    """Ask policies that nobody asked yet in sixteen threads at once, round after round."""
    wrong, cases = [], 0
    for number in range(rounds):
        numbers = range(number * count, (number + 1) * count)
        expected = everywhere.alone(numbers)
        for thread, found in enumerate(everywhere.in_threads(everywhere.fresh(), numbers)):
            cases += len(found)
            where = f"round {number}, thread {thread}"
            missing = {*numbers} - {*found}
            wrong += [f"{where}: no answer to {each}" for each in missing]
            wrong += [
                f"{where}, question {each}: {said} instead of {expected[each]}"
                for each, said in found.items()
                if said != expected[each]
            ]
    return _figure("sixteen threads on a fresh policy answer as one thread alone", cases, wrong)


def _handed(count: int, seeds: Sequence[str]) -> Figure:
    """Hand policies and answers to children of each start method, and take them back."""
    wrong, cases = [], 0
    for method in METHODS:
        for state in ("cold", "warm"):
            for seed in seeds:
                said = everywhere.interpreter(
                    "handed", method, state, str(count), PYTHONHASHSEED=seed
                )
                cases += count
                if said != "[]\n":
                    wrong.append(f"{method}, {state}, hash seed {seed}: {said}")
    return _figure(
        "what a child process is handed answers, hashes and comes back equal", cases, wrong
    )


def _machines(count: int, *, every: int) -> Figure:
    """Ask in interpreters that differ in seed, zone, locale and optimisation."""
    ways = {
        **{name: ((), variables) for name, variables in MACHINES.items()},
        "python -O": (("-O",), {}),
        "python -OO": (("-OO",), {}),
        "integers of few digits": (("-X", "int_max_str_digits=640"), {}),
    }
    expected = everywhere.interpreter("told", str(count), PYTHONHASHSEED="0")
    wrong, tried = [], list(ways.items())[::every]
    for name, (options, variables) in tried:
        said = everywhere.interpreter("told", str(count), options=options, **variables)
        if said != expected or "answers" not in said:
            wrong.append(f"{name}: {said} instead of {expected}")
    claim = "answers, texts, dumps and listings are equal under any hash seed, zone, locale and -OO"
    return _figure(claim, len(tried) * count, wrong)


def _pickles(seeds: Sequence[str]) -> Figure:
    """Read pickles made under each hash seed under each other one."""
    wrong, cases = [], 0
    with TemporaryDirectory() as folder:
        path = str(Path(folder) / "things.pickle")
        for made in seeds:
            said = everywhere.interpreter("dump", path, PYTHONHASHSEED=made)
            for read in seeds:
                cases += 1
                said += everywhere.interpreter("read", path, PYTHONHASHSEED=read)
                wrong += [] if said == "[]\n" else [f"made under {made}, read under {read}: {said}"]
                said = ""
    return _figure("a pickle made under one hash seed is equal under another", cases, wrong)
