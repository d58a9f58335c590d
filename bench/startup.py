"""What a fresh process pays: each measurement is a process of its own, taking turns."""

from __future__ import annotations

import subprocess
import sys
import time

from report import Table, number

FIRST_ANSWER = """
from time import perf_counter
at = perf_counter()
import support_sla
imported = perf_counter()
policy = support_sla.load_policy("azdigi")
loaded = perf_counter()
support_sla.compute_deadline(policy, "2026-02-14T16:30:00+07:00", department="{department}").due_at
print(imported - at, loaded - imported, perf_counter() - loaded)
"""

IMPORT = """
from time import perf_counter
at = perf_counter()
{line}
print(perf_counter() - at)
"""

FIRST_TABLE = """
from time import perf_counter
from support_sla import AnswerTable, load_policy
policy = load_policy("azdigi")
at = perf_counter()
AnswerTable.of(policy, department="{department}", first_year=2026, last_year=2026)
print(perf_counter() - at)
"""

CENTURY_OF_DAYS = """
from time import perf_counter
from support_sla import HolidayCalendar
HolidayCalendar(country="VN").special_days(1999)
at = perf_counter()
calendar = HolidayCalendar(country="VN", rest_days=["Su"])
days = sum(len(calendar.special_days(year)) for year in range(2000, 2100))
print(perf_counter() - at)
"""

ONE_MODEL = """
from pydantic import BaseModel
class Model(BaseModel):
    number: int
"""

ONE_COUNTRY = """
import holidays
holidays.country_holidays("VN")
"""

ANSWERS = {
    f"first answer, {department}": FIRST_ANSWER.format(department=department)
    for department in ("billing", "technical")
}
IMPORTS = {
    "import support_sla": IMPORT.format(line="import support_sla"),
    "import pydantic's BaseModel": IMPORT.format(line="from pydantic import BaseModel"),
    "the same, and one model": IMPORT.format(line=ONE_MODEL),
    "import holidays": IMPORT.format(line="import holidays"),
    "the same, and one country": IMPORT.format(line=ONE_COUNTRY),
    "import pydantic's BaseModel and holidays": IMPORT.format(
        line="from pydantic import BaseModel; import holidays"
    ),
    "the same, with one model and one country": IMPORT.format(line=f"{ONE_MODEL}\n{ONE_COUNTRY}"),
}
NOTHING = "an interpreter that does nothing"


def fresh(codes: dict[str, str], turns: int) -> dict[str, list[float]]:
    """Return for each code its smallest wall time in ms, then the smallest of what it printed."""
    best: dict[str, list[float]] = {}
    for turn in range(turns + 1):
        for name, code in codes.items():
            begin = time.perf_counter()
            done = subprocess.run(  # noqa: S603  our own interpreter and code
                [sys.executable, "-I", "-c", code], check=True, capture_output=True, text=True
            )
            taken = [time.perf_counter() - begin, *map(float, done.stdout.split())]
            if turn:  # the first round only fills the file caches
                kept = best.setdefault(name, taken)
                best[name] = [min(pair) for pair in zip(kept, taken, strict=True)]
    return {name: [each * 1e3 for each in found] for name, found in best.items()}


def first_answers(turns: int) -> Table:
    """Return what the first answer of a process costs, and where it goes."""
    found = fresh({**ANSWERS, **IMPORTS, NOTHING: "pass"}, turns)
    table = Table(
        "A fresh process: ms",
        ("", "whole process", "import", "load the policy", "answer"),
    )
    for name, (wall, *parts) in found.items():
        cells = [number(part) for part in parts] + ["-"] * (3 - len(parts))
        table.rows.append((name, number(wall), *cells))
    table.notes = [
        f"Min of {turns} processes each, interleaved, after one that fills the file caches.",
        (
            "The columns beside the whole are measured inside the process, and each is a minimum of "
            "its own; loading the policy reads its TOML file, and imports holidays with all its countries."
        ),
    ]
    return table
