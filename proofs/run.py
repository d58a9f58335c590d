"""Run the long proofs and print what each found: `python proofs/run.py --help`.

A proof is a file beside this one with a function `figures(*, quick)` that yields a `Figure` a claim.
Each runs in a process of its own; a difference that nothing explains makes the run fail.
"""

from __future__ import annotations

import argparse
import importlib
import multiprocessing
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from figure import SHOWN

if TYPE_CHECKING:
    from figure import Figure

PROOFS = ("minutes", "breakpoints", "zones", "peers", "hostile", "processes")
PAGE = Path(__file__).parent.parent / "docs" / "explanation" / "correctness.md"
BEGIN, END = "<!-- figures -->", "<!-- /figures -->"


def found_by(proof: str, *, quick: bool) -> tuple[list[Figure], float]:
    """Return what one proof found, and the seconds it took."""
    begin = time.perf_counter()
    figures = list(importlib.import_module(proof).figures(quick=quick))
    return figures, time.perf_counter() - begin


def main() -> int:
    """Run what is asked for; return 1 where a claim did not hold."""
    asked = _arguments()
    rows, failed = [], False
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(asked.jobs, mp_context=context, max_tasks_per_child=1) as pool:
        running = {name: pool.submit(found_by, name, quick=asked.quick) for name in asked.proofs}
        for name, job in running.items():
            figures, seconds = job.result()
            print(f"== {name} ({seconds:.0f} s)", flush=True)
            for figure in figures:
                failed |= figure.count > 0
                print(f"{_told(figure)}", flush=True)
                rows.append(
                    f"| {figure.claim} | {figure.cases:,} | {figure.count:,} "
                    f"| {figure.explained or ''} | `make prove-{name}` |"
                )
    if asked.write and not failed:
        _write(rows)
    return int(failed)


def _told(figure: Figure) -> str:
    said = f"{figure.claim}: {figure.cases:,} cases, {figure.count:,} wrong"
    said += f", {figure.explained:,} explained" if figure.explained else ""
    return "\n".join([said, *(f"  {each}" for each in figure.differences[:SHOWN])])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Prove this library right where it can be proved.")
    parser.add_argument(
        "proofs", nargs="*", default=PROOFS, help=f"of {', '.join(PROOFS)}; default all"
    )
    parser.add_argument("--quick", action="store_true", help="a small part of each: a look")
    parser.add_argument("--jobs", type=int, default=2, help="how many run at once")
    parser.add_argument("--write", action="store_true", help="replace the table in correctness.md")
    asked = parser.parse_args()
    if unknown := [name for name in asked.proofs if name not in PROOFS]:
        parser.error(f"no proof {unknown[0]!r}; there are {', '.join(PROOFS)}")
    if asked.write and (asked.quick or len(asked.proofs) < len(PROOFS)):
        parser.error("only a whole run is written down; leave out --quick and name no proof")
    return asked


def _write(rows: list[str]) -> None:
    head = ["| claim | cases | wrong | explained | command |", "|---|--:|--:|--:|---|"]
    page = PAGE.read_text(encoding="utf-8")
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        sys.exit(f"{PAGE.name} has no place for the table between {BEGIN} and {END}")
    table = "\n".join([*head, *rows])
    PAGE.write_text(f"{before}{BEGIN}\n\n{table}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
