"""The tests are in the rooms of what they test, and each room of the package says what it is for."""

from __future__ import annotations

from pathlib import Path

import pytest

import support_sla
from places import ROOT

PACKAGE = Path(support_sla.__file__).parent
TESTS = ROOT / "tests"
ROOMS = sorted(
    init.parent.relative_to(PACKAGE)
    for init in PACKAGE.rglob("__init__.py")
    if init.parent != PACKAGE
)
WITHOUT_CODE = {Path("explain/languages"), Path("policy/shipped")}
THROUGH_A_DOOR = {room for room in ROOMS if room.parts[0] == "testing"}
"""Tested by the tests of the public files beside the rooms that lead there."""
ELSEWHERE = {"cases", "laws", "spark", "support", "typing", "whole"}
"""Folders of tests that mirror no room."""


def files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.py") if path.name != "__init__.py")


@pytest.mark.parametrize("room", ROOMS, ids=str)
def test_a_room_says_in_one_or_two_sentences_what_lives_there(room: Path) -> None:
    text = (PACKAGE / room / "__init__.py").read_text("utf-8")
    assert text.startswith('"""')
    assert text.split('"""')[1].strip().endswith(".")


@pytest.mark.parametrize("room", ROOMS, ids=str)
def test_no_room_has_more_than_twelve_files(room: Path) -> None:
    assert len(files_in(PACKAGE / room)) <= 12


@pytest.mark.parametrize(
    "room", [room for room in ROOMS if room not in WITHOUT_CODE | THROUGH_A_DOOR], ids=str
)
def test_every_room_has_tests_named_after_its_files(room: Path) -> None:
    tests = files_in(TESTS / room)
    stems = [path.stem for path in files_in(PACKAGE / room)]
    strangers = [
        test.name
        for test in tests
        if not any(
            test.stem == f"test_{stem}" or test.stem.startswith(f"test_{stem}_") for stem in stems
        )
    ]
    assert (True, []) == (bool(tests), strangers)


def test_no_folder_of_tests_mirrors_nothing() -> None:
    folders = {path.parent.relative_to(TESTS) for path in TESTS.rglob("test_*.py")} - {Path()}
    assert {folder for folder in folders if folder.parts[0] not in ELSEWHERE} <= {*ROOMS}


def test_tests_beside_the_rooms_are_named_after_files_beside_them() -> None:
    stems = tuple(f"test_{path.stem}" for path in files_in(PACKAGE))
    assert [] == [path for path in TESTS.glob("test_*.py") if not path.stem.startswith(stems)]
