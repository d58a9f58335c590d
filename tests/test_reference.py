"""The reference pages list every public name once, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import support_sla
from support_sla import errors, strategies

PAGES = sorted((Path(__file__).parent.parent / "docs" / "reference").glob("*.md"))
LINK = re.compile(r"\[`([\w.]+)`\]\(#(support_sla\.[\w.]+)\)")
FIRST_CELL = re.compile(r"^\| \[`[\w.]+`\]\(#(support_sla\.[\w.]+)\) \|", re.MULTILINE)

PUBLIC = {f"support_sla.{name}" for name in support_sla.__all__}
PUBLIC |= {f"support_sla.strategies.{name}" for name in strategies.__all__}


def listed_on(page: Path) -> list[str]:
    return FIRST_CELL.findall(page.read_text("utf-8"))


def test_every_public_name_is_listed_on_exactly_one_reference_page() -> None:
    listed = sorted(name for page in PAGES for name in listed_on(page))
    assert listed == sorted(PUBLIC)


def test_the_page_of_errors_lists_all_of_them() -> None:
    page = next(page for page in PAGES if page.stem == "errors")
    assert listed_on(page).count("support_sla.SupportSlaError") == 1
    assert {f"support_sla.{name}" for name in errors.__all__} == set(listed_on(page))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_reference_page_links_no_name_that_does_not_exist(page: Path) -> None:
    links = LINK.findall(page.read_text("utf-8"))
    assert [] == [target for _, target in links if target not in PUBLIC]
    assert [] == [target for text, target in links if not target.endswith(f".{text}")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_reference_page_says_where_to_go_next(page: Path) -> None:
    assert re.search(
        r"^## Where to go next\n\n- \[.+\]\(.+\)", page.read_text("utf-8"), re.MULTILINE
    )
