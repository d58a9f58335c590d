"""Interleaved timing: every job once, then every job again, and of each the smallest time.

The smallest is what the machine can do when nothing else disturbs it; interleaving gives every job
the same quiet moments.
"""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

SLICE = 0.004
"""Seconds that a job is repeated for within one turn."""

SLOW = 0.5
"""Seconds: a job that takes longer for a single pass gets two turns only."""


@dataclass(frozen=True)
class Job:
    """Something to time: `run(passes)` asks `questions` questions, `passes` times over."""

    name: str
    run: Callable[[int], None]
    questions: int = 1


@dataclass(frozen=True)
class Timing:
    """Seconds for one question: the smallest of `turns` turns of `passes` passes each."""

    seconds: float
    turns: int
    passes: int

    @property
    def micros(self) -> float:
        """Microseconds for one question."""
        return self.seconds * 1e6

    @property
    def millis(self) -> float:
        """Milliseconds for one question."""
        return self.seconds * 1e3

    @property
    def count(self) -> str:
        """How it was measured, as turns times passes."""
        return f"{self.turns}x{self.passes}"


def asking(
    call: Callable[..., object], first: Iterable[object], second: object
) -> Callable[[int], None]:
    """Return a run that calls `call(each, second)` for each of `first`."""
    questions = list(first)

    def run(passes: int) -> None:
        for _ in range(passes):
            for each in questions:
                call(each, second)

    return run


def calling(call: Callable[[], object]) -> Callable[[int], None]:
    """Return a run that calls `call()` once a pass."""

    def run(passes: int) -> None:
        for _ in range(passes):
            call()

    return run


def measure(jobs: Sequence[Job], turns: int) -> dict[str, Timing]:
    """Return the timing of each job by its name, the jobs taking turns."""
    best: dict[str, float] = {}
    passes: dict[str, int] = {}
    slow: set[str] = set()
    for job in jobs:
        job.run(1)  # warms up: tables are compiled and caches filled before anything is timed
        once = _timed(job, 1)
        passes[job.name] = max(1, int(SLICE / once))
        best[job.name] = once if passes[job.name] == 1 else float("inf")
        if once > SLOW:
            slow.add(job.name)
    for turn in range(1, turns):
        for job in jobs:
            if turn == 1 or job.name not in slow:
                taken = _timed(job, passes[job.name])
                best[job.name] = min(best[job.name], taken)
    return {
        job.name: Timing(
            best[job.name] / job.questions,
            2 if job.name in slow else turns,
            passes[job.name],
        )
        for job in jobs
    }


def _timed(job: Job, passes: int) -> float:
    was_on = gc.isenabled()
    gc.disable()
    try:
        begin = time.perf_counter()
        job.run(passes)
        return (time.perf_counter() - begin) / passes
    finally:
        if was_on:
            gc.enable()
