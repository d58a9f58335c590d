"""The pages: each public name is listed once, and every page says where to go next."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import support_sla
from places import ROOT
from support_sla import errors, laws, strategies

REFERENCE = sorted((ROOT / "docs" / "reference").glob("*.md"))
FOLDERS = (".", "docs/*", "examples", "bench", "proofs")
PAGES = sorted(page for folder in FOLDERS for page in ROOT.glob(f"{folder}/*.md"))

NAME_ROW = re.compile(r"^\| \[`[\w.]+`\]\(#(support_sla\.[\w.]+)\) \|", re.MULTILINE)
NAME_LINK = re.compile(r"\[`([\w.]+)`\]\(#(support_sla\.[\w.]+)\)")
NEXT = re.compile(r"^## Where to go next\n\n(?!.*^## )", re.MULTILINE | re.DOTALL)

PUBLIC = {f"support_sla.{name}" for name in support_sla.__all__}
PUBLIC |= {f"support_sla.strategies.{name}" for name in strategies.__all__}
BULK = re.findall(
    r'^    "(\w+)",$',
    Path(ROOT, "src/support_sla/bulk/__init__.py").read_text("utf-8"),
    re.MULTILINE,
)
"""The names of columns, read without numpy."""
OF_LAWS = {*laws.__all__} - {*support_sla.__all__, *strategies.__all__}
PUBLIC |= {f"support_sla.laws.{name}" for name in OF_LAWS}
PUBLIC |= {f"support_sla.bulk.{name}" for name in BULK}


def of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def listed_on(page: Path) -> list[str]:
    return NAME_ROW.findall(page.read_text("utf-8"))


def test_every_public_name_is_listed_on_exactly_one_reference_page() -> None:
    listed = sorted(name for page in REFERENCE for name in listed_on(page))
    assert listed == sorted(PUBLIC)


def test_the_page_of_errors_lists_all_of_them_and_nothing_else() -> None:
    listed = listed_on(ROOT / "docs" / "reference" / "errors.md")
    assert sorted(listed) == sorted(f"support_sla.{name}" for name in errors.__all__)


@pytest.mark.parametrize("page", REFERENCE, ids=of)
def test_a_reference_page_links_only_names_that_exist(page: Path) -> None:
    links = NAME_LINK.findall(page.read_text("utf-8"))
    assert [] == [target for _, target in links if target not in PUBLIC]
    assert [] == [target for text, target in links if not target.endswith(f".{text}")]


@pytest.mark.parametrize("page", PAGES, ids=of)
def test_a_page_ends_with_where_to_go_next(page: Path) -> None:
    assert NEXT.search(page.read_text("utf-8"))


def test_the_readme_stays_short() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 120
