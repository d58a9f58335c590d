"""Tables as Markdown or as plain text, and what the machine and the packages were."""

from __future__ import annotations

import datetime as dt
import os
import platform
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = (
    "support-sla",
    "pydantic",
    "holidays",
    "workclock",
    "timegrid",
    "pandas",
    "numpy",
    "polars",
    "duckdb",
    "pyarrow",
    "businesstimedelta",
    "pytz",
)


@dataclass
class Table:
    """A table with a title, and the sentences that stand below it."""

    title: str
    header: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def markdown(self) -> str:
        """Return the table as Markdown, numbers to the right."""
        rule = ["---"] + ["--:"] * (len(self.header) - 1)
        lines = [_piped(self.header), _piped(tuple(rule)), *map(_piped, self.rows)]
        return "\n".join([f"### {self.title}", "", *lines, *_paragraph(self.notes)])

    def text(self) -> str:
        """Return the table for a terminal."""
        every = [self.header, *self.rows]
        widths = [max(len(row[at]) for row in every) for at in range(len(self.header))]
        lines = []
        for row in every:
            cells = [row[0].ljust(widths[0])]
            cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
            lines.append("  ".join(cells).rstrip())
        under = "-" * (sum(widths) + 2 * (len(widths) - 1))
        return "\n".join([self.title, under, lines[0], under, *lines[1:], *_paragraph(self.notes)])


def _piped(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _paragraph(sentences: list[str]) -> list[str]:
    return ["", *sentences] if sentences else []


def about() -> list[tuple[str, str]]:
    """Return the machine, the versions and the date, as (what, value)."""
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    today = dt.datetime.now(dt.UTC)
    installed = [f"{name} {_version(name)}" for name in PACKAGES]
    return [
        ("date", f"{today.day} {today:%B %Y}"),
        ("processor", f"{_processor()}, {os.cpu_count()} cores, load {load} at the start"),
        ("system", f"{platform.system()} {platform.release()} {platform.machine()}"),
        ("Python", f"{platform.python_implementation()} {platform.python_version()}"),
        ("packages", ", ".join(installed)),
    ]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _processor() -> str:
    known = Path("/proc/cpuinfo")
    if known.exists():
        for line in known.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown processor"


def number(value: float) -> str:
    """Return a number with about three digits that mean something."""
    if value >= 100:
        return f"{value:,.0f}"
    if value >= 10:
        return f"{value:.1f}"
    return f"{value:.2f}" if value >= 0.1 else f"{value:.1g}"


def times(value: float) -> str:
    """Return a ratio, as in '7.1x'."""
    return f"{number(value)}x"
