"""Measure this library beside its peers, in one run: `python bench/run.py --help`.

Nothing here passes or fails by the clock; only answers that disagree stop the run.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from adding import beside_peers, with_special_days
from columns import columns
from compiling import compiled
from deadlines import whole_deadlines
from drawing import drawn
from explaining import explained, proved
from growth import grown
from peers import DisagreementError
from report import about
from startup import first_answers
from tracking import tracked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from report import Table

PAGE = Path(__file__).parent.parent / "docs" / "explanation" / "performance.md"
BEGIN, END = "<!-- table -->", "<!-- /table -->"


def tables(*, quick: bool) -> Iterator[Table]:
    """Measure and yield table after table."""
    turns, instants, processes = (5, 5, 2) if quick else (40, 50, 12)
    yield from beside_peers(turns, instants)
    yield whole_deadlines(turns, instants)
    yield with_special_days(turns, instants)
    yield first_answers(processes)
    yield compiled(turns, processes)
    yield explained(turns)
    yield proved(turns)
    yield tracked(turns, quick=quick)
    yield from columns(quick=quick)
    yield drawn(turns)
    yield grown(turns)


def main() -> int:
    """Measure, print, and on request write the page."""
    asked = _arguments()
    facts = about()
    if asked.markdown or asked.write:
        head = "\n".join(
            ["| | |", "|---|---|", *(f"| {what} | {value} |" for what, value in facts)]
        )
    else:
        head = "\n".join(f"{what:<10} {value}" for what, value in facts)
    print(head, end="\n\n")
    parts = [head]
    try:
        for table in tables(quick=asked.quick):
            parts.append(table.markdown() if asked.markdown or asked.write else table.text())
            print(parts[-1], end="\n\n", flush=True)
    except DisagreementError as error:
        print(f"The answers differ, so nothing more is timed.\n{error}", file=sys.stderr)
        return 1
    if asked.write:
        _write("\n\n".join(parts))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure support_sla beside its peers.")
    parser.add_argument("--quick", action="store_true", help="few repeats: a look, not a result")
    parser.add_argument("--markdown", action="store_true", help="print Markdown")
    parser.add_argument(
        "--write", action="store_true", help="also replace the tables in docs/.../performance.md"
    )
    asked = parser.parse_args()
    if asked.quick and asked.write:
        parser.error("--quick is too rough to be written down; leave one of the two out")
    return asked


def _write(text: str) -> None:
    page = PAGE.read_text(encoding="utf-8")
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        sys.exit(f"{PAGE.name} has no place for the tables between {BEGIN} and {END}")
    PAGE.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
