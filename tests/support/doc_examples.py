"""A pytest plugin that runs every example in the Markdown pages and in the docstrings of `src`.

Used as `PYTHONPATH=tests/support python -m pytest -p doc_examples README.md docs src`.
"""

from __future__ import annotations

from doctest import ELLIPSIS
from pathlib import Path

from sybil import Sybil
from sybil.document import PythonDocStringDocument
from sybil.parsers.doctest import DocTestParser
from sybil.parsers.markdown import PythonCodeBlockParser

ROOT = Path(__file__).parents[2]

pytest_collect_file = (
    Sybil(
        parsers=[PythonCodeBlockParser(doctest_optionflags=ELLIPSIS)],
        patterns=["*.md"],
        path=str(ROOT),
    )
    + Sybil(
        parsers=[DocTestParser(optionflags=ELLIPSIS)],
        patterns=["*.py"],
        path=str(ROOT / "src"),
        document_types={".py": PythonDocStringDocument},
    )
).pytest()
