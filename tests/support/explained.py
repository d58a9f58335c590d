"""Explanations asked in short, for tests of sentences."""

from __future__ import annotations

from typing import Any

from builders import day_data, rule_data, when
from questions import AZDIGI, ask, line, relaxed

DASH = "\N{EN DASH}"


TET = ask(AZDIGI, "2026-02-14T16:30", department="billing")


SUNDAY = ask(AZDIGI, "2026-02-15T22:10", department="technical")


SHARED = ask(relaxed("in_order"), "2026-03-01T22:00")


LATEST = ask(relaxed("overlap"), "2026-02-28T22:00")


URGENT = ask(
    line(
        when("Su", "known", priority=("high",), name="both"),
        when(priority=("high", "low"), name="one", within="1h30m", earliest="15m"),
        rule_data(name="default"),
        priorities=["low", "high"],
        version="2026-03",
        known=[],
    ),
    "2026-03-02T16:30",
    priority="high",
)


CLOSED = ask(
    line(rule_data(within="2h"), known=[day_data("2026-03-08", name="Women's Day")]),
    "2026-03-07T12:00",
)


AT_ONCE = ask(line(rule_data(within="0m")), "2026-03-01T12:00")


def short(made: Any, text: str, **names: Any) -> str:
    return ask(made, text, **names).explain()


def long(made: Any, text: str, **names: Any) -> str:
    return ask(made, text, **names).explain(long=True)
