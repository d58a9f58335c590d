"""Hold that `survivors.md` names every mutant that survived the last run, and no other.

`python proofs/mutants/survivors.py --names` prints their names instead, to try them again:
`mutmut run $(...)` after a test was added, for mutmut itself tries only what it has not tried.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).parent
RESULTS = HERE.parent.parent / "mutants"
PAGE = HERE / "survivors.md"

SURVIVED = (0, 5, 33)
"""mutmut's exit codes of a mutant under which every test passed, and of one that no test reaches."""

_NAMED = re.compile(r"^- `([\w.]+)`: ([0-9, ]+)$", re.MULTILINE)


def survivors() -> list[str]:
    """Return mutmut's names of the mutants that survived; leave if some have not been tried."""
    codes: dict[str, int | None] = {}
    for each in sorted(RESULTS.rglob("*.meta")):
        codes |= json.loads(each.read_bytes())["exit_code_by_key"]
    untried = sum(code is None for code in codes.values())
    if untried or not codes:
        sys.exit(f"{untried} of {len(codes)} mutants have not been tried; run `make mutants` again")
    return [name for name, code in codes.items() if code in SURVIVED]


def by_function(names: list[str]) -> dict[str, set[int]]:
    """Return the numbers of mutants by function, as the page writes it: 'clock.timeline.Timeline.of'."""
    found: dict[str, set[int]] = defaultdict(set)
    for name in names:
        where, _, number = name.rpartition("__mutmut_")
        module, _, function = where.removeprefix("support_sla.").rpartition(".")
        method = function.removeprefix("xǁ").replace("ǁ", ".")
        found[f"{module}.{method.removeprefix('x_')}"].add(int(number))
    return found


def on_the_page() -> dict[str, set[int]]:
    """Return what the page names; leave if it names a mutant twice."""
    found: dict[str, set[int]] = defaultdict(set)
    for function, numbers in _NAMED.findall(PAGE.read_text(encoding="utf-8")):
        for number in map(int, numbers.split(",")):
            if number in found[function]:
                sys.exit(f"{PAGE.name} names {function} {number} twice")
            found[function].add(number)
    return found


def main() -> int:
    """Say what the page leaves out and what it names in vain; return 1 if there is any."""
    names = survivors()
    if "--names" in sys.argv:
        print(*names, sep="\n")
        return 0
    last, page = by_function(names), on_the_page()
    wrong = 0
    for function in sorted(last.keys() | page.keys()):
        for said, numbers in (
            ("survived and is not explained", last[function] - page[function]),
            ("is explained and did not survive", page[function] - last[function]),
        ):
            wrong += len(numbers)
            for number in sorted(numbers):
                print(f"{function} {number} {said}")
    print(f"{len(names)} mutants survived; {wrong} differ from {PAGE.name}")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
