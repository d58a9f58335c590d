"""One answer everywhere: in every thread, process, hash seed, time zone and locale of the machine.

The long run is `proofs/processes.py`. Threads on one calendar or clock alone stand beside these.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import everywhere
from everywhere import alone, fresh, handed, in_threads, interpreter, things, told

NUMBERS = range(8)
ELSEWHERE = {"PYTHONHASHSEED": "2", "TZ": "America/St_Johns", "LC_ALL": "C", "LANG": "C"}


def test_sixteen_threads_on_policies_that_nobody_asked_yet_get_the_answers_of_one() -> None:
    expected = alone(NUMBERS)
    asked = {number: expected[number] for number in NUMBERS}
    for thread, found in enumerate(in_threads(fresh(), NUMBERS)):
        assert asked | ({} if thread % 8 else {-1: expected[-1]}) == found


def test_the_questions_are_answered_and_refused_and_no_two_alike() -> None:
    found = alone(range(60))
    errors = [each for each in found.values() if "Error: " in each[:40]]
    assert 5 < len(errors) < 30
    assert 50 < len({*found.values()})


def test_another_seed_zone_and_locale_of_the_machine_change_nothing_that_is_said() -> None:
    assert f"{told(5)}\n" == interpreter("told", "5", **ELSEWHERE)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
def test_a_forked_child_gets_and_gives_back_equal_objects_of_policies_in_use() -> None:
    assert "[]\n" == interpreter("handed", "fork", "warm", "5")


def test_a_spawned_child_gets_and_gives_back_equal_objects() -> None:
    assert [] == handed("spawn", range(3), is_warm=False)


def test_a_pickle_made_under_one_hash_seed_is_equal_and_hashes_equal_under_another(
    tmp_path: Path,
) -> None:
    path = str(tmp_path / "things.pickle")
    assert "" == interpreter("dump", path, PYTHONHASHSEED="1")
    assert "[]\n" == interpreter("read", path, PYTHONHASHSEED="2")


def test_what_differs_after_a_journey_is_named() -> None:
    one = things(fresh())
    other = {**one, "deadline": one["status"], "clock": one["log"]}
    found = everywhere._differences(one, other, "here")
    assert {"deadline here: another value", "clock here: another hash"} <= {*found}
    assert {"deadline", "clock"} == {each.split()[0] for each in found}
