"""A pytest plugin for mutmut: a mutant meets its nearest tests first, and is left if it does not end.

mutmut names the tests that reach a function, in no order. Most mutants fall to one of the first
hundred; a survivor would otherwise cost all of a minute.
"""

from __future__ import annotations

import gc
import json
import os
import pkgutil
import resource
import signal
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import support_sla
from support_sla.clock import wall_clock

if TYPE_CHECKING:
    import pytest

MOST_SECONDS = 30.0
"""What the tests of one mutant may take together, as they took when mutmut timed them."""

MOST_MEMORY = 4 << 30
"""Bytes that a mutant may take: one that never ends often grows."""

TIMED_OUT = 36
"""The exit code that mutmut reads as a timeout."""


@lru_cache
def _durations() -> dict[str, float]:
    found: dict[str, float] = json.loads(Path("mutmut-stats.json").read_bytes())["duration_by_test"]
    return found


def _is_mutant() -> bool:
    return "__mutmut_" in os.environ.get("MUTANT_UNDER_TEST", "")


def pytest_configure(config: pytest.Config) -> None:
    """Put the nearest tests first, of these the quickest; leave out what would take too long."""
    if not _is_mutant():
        _prepare()
        return
    gc.freeze()
    spent, kept = 0.0, []
    for test in sorted(config.args, key=lambda test: (_distance(test), _duration(test))):
        if not kept or spent + _duration(test) <= MOST_SECONDS:
            spent += _duration(test)
            kept.append(test)
    config.args = kept
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _prepare() -> None:
    """Do once what the process of every mutant would do: read the durations, import every module."""
    if Path("mutmut-stats.json").exists():
        _durations()
    for module in pkgutil.walk_packages(support_sla.__path__, "support_sla."):
        import_module(module.name)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Give a mutant ten times as long as the test took, and forget what is kept while mutmut counts."""
    if _is_mutant():
        signal.signal(signal.SIGPROF, lambda *_: os._exit(TIMED_OUT))
        signal.setitimer(signal.ITIMER_PROF, 4 + 3 * _duration(item.nodeid))
    elif os.environ.get("MUTANT_UNDER_TEST") == "stats":
        wall_clock._changes.cache_clear()  # noqa: SLF001  a test that finds a zone kept reaches less
        wall_clock.new_year.cache_clear()


def pytest_runtest_teardown() -> None:
    """Take the time limit away, so that only tests are limited."""
    signal.setitimer(signal.ITIMER_PROF, 0)


def _distance(test: str) -> int:
    """Return how far a test is from a mutant: 0 in the file that mirrors its own, 1 in the same room."""
    _, *room, module = os.environ["MUTANT_UNDER_TEST"].split(".x")[0].split(".")
    if f"/test_{module}" in test:
        return 0
    return 1 if test.startswith("/".join(["tests", *room, "test_"])) else 2


def _duration(test: str) -> float:
    return _durations().get(test, 0.0)
