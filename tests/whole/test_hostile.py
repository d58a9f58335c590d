"""Texts and data made to break a reader: each door reads them or refuses them as ours.

The long run is `proofs/hostile.py`, with time, memory and growth; here are the nastiest of each door, and
a few of the drawn ones.
"""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doors.door import Door, told
from doors.files import SMALL
from doors.mutation import NASTY, ODD, altered
from doors.table import DOORS
from support_sla import LogError, PolicyError, load_policy

if TYPE_CHECKING:
    from collections.abc import Callable

OF_TEXTS = [door for door in DOORS if isinstance(door.seeds[0], str)]
OF_DATA = [door for door in DOORS if not isinstance(door.seeds[0], str)]
NAMED: dict[str, Any] = {"argvalues": DOORS, "ids": [door.name for door in DOORS]}

LONG = [
    *("9" * 4_301, "9" * 30_000, "1h" * 10_000, "Mo " * 10_000, "a-" * 10_000, "\u0663" * 10_000),
    *("[" * 50_000, '{"a":' * 50_000, "(" * 50_000, "\\" * 50_000, '"' * 50_000, "\n" * 50_000),
    *(
        f"a = {'[' * 3_000}{']' * 3_000}",
        f"{'.'.join('a' * 2_000)} = 1",
        "BEGIN:VEVENT\r\n" * 5_000,
    ),
    *('{"a": 1, ' * 2_000, "FREQ=DAILY;" * 90, "x," * 20_000, "%" * 20_000, "+00:00" * 5_000),
]


@pytest.mark.parametrize("door", **NAMED)
def test_every_door_takes_the_right_inputs_that_hostile_ones_are_made_of(door: Door) -> None:
    for seed in door.seeds:
        door.read(seed)
    assert len(door.seeds) == sum(door.escaped(seed) is None for seed in door.seeds)


@pytest.mark.parametrize("door", OF_TEXTS, ids=[door.name for door in OF_TEXTS])
def test_the_nastiest_texts_are_read_or_refused_by_an_error_of_ours(door: Door) -> None:
    assert [] == [said for each in (*NASTY, *LONG) if (said := door.escaped(each))]


@pytest.mark.parametrize("door", OF_DATA, ids=[door.name for door in OF_DATA])
def test_an_odd_value_in_any_place_is_read_or_refused_by_an_error_of_ours(door: Door) -> None:
    """Every third place gets one of the odd values, in turn."""
    assert [] == [said for make in ODD if (said := door.escaped(make()))]
    places = range(0, door.places, 3)
    turned = [door.with_value(at, ODD[at % len(ODD)]()) for at in places]
    assert [] == [said for each in turned if (said := door.escaped(each))]


@pytest.mark.parametrize("door", **NAMED)
def test_a_hostile_input_is_read_or_refused_by_an_error_of_ours(door: Door) -> None:
    @given(st.integers(0, 10**9))
    def fuzz(number: int) -> None:
        assert None is door.escaped(door.input(number))

    fuzz()


@pytest.mark.parametrize("door", OF_TEXTS, ids=[door.name for door in OF_TEXTS])
def test_any_text_at_all_is_read_or_refused_by_an_error_of_ours(door: Door) -> None:
    @given(st.text())
    def fuzz(text: str) -> None:
        assert None is door.escaped(text)

    fuzz()


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("other instants", 7_839),  # a week date in small letters, without an offset
        ("an iCalendar feed", 3_370),  # a VALUE of thousands of letters
        ("an iCalendar feed", 3_781),
        ("an iCalendar feed", 4_900),
        ("an answer of WHMCS", 4_196),  # a number of 5,000 digits
    ],
)
def test_what_once_escaped_or_was_told_at_length_is_refused_in_short(
    name: str, number: int
) -> None:
    (door,) = (each for each in DOORS if each.name == name)
    assert None is door.escaped(door.input(number))


# --- The mutation itself ---


def test_a_hostile_input_is_found_again_by_the_door_and_its_number() -> None:
    for door in DOORS:
        first, again = ([told(door.input(at)) for at in range(9)] for _ in range(2))
        assert first == again


def test_hostile_inputs_are_others_than_the_right_ones_and_differ() -> None:
    for door in OF_TEXTS:
        found = {door.input(number) for number in range(100)}
        assert 50 < len(found - {*door.seeds})


def test_altering_data_leaves_what_it_is_made_of_alone() -> None:
    for door in OF_DATA[::3]:
        before = json.dumps(door.seeds[0], default=str)
        for number in range(30):
            altered(Random(number), door.seeds)  # noqa: S311  it need not be secret
        assert before == json.dumps(door.seeds[0], default=str)


def test_a_mutated_text_is_never_longer_than_a_hundred_thousand_characters() -> None:
    door = Door("long", len, ("x" * 90_000,))
    assert 100_000 == max(len(door.input(number)) for number in range(100))


def raising(error: Exception) -> Callable[[Any], object]:
    def read(_: Any) -> object:
        raise error

    return read


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (KeyError("x"), "KeyError: 'x' for 'given'"),
        (RecursionError("deep"), "RecursionError: deep for 'given'"),
        (PolicyError.of("x" * 9_000, []), None),
    ],
    ids=["KeyError", "RecursionError", "ours"],
)
def test_what_escapes_a_door_is_told_with_its_input(error: Exception, said: str | None) -> None:
    assert said == Door("door", raising(error), ("",)).escaped("given")


def test_a_long_or_unprintable_message_is_told_too() -> None:
    for message in ("x" * 600, "\ud800"):
        said = Door("door", raising(LogError(message)), ("",)).escaped("given")
        assert f"a message of {len(message)} characters" in str(said)


# --- What was found once ---


def test_a_policy_may_be_nested_as_deep_as_its_parser_lets_it(tmp_path: Path) -> None:
    for depth in (100, 300, 500, 900):
        (tmp_path / "desk.toml").write_text(f"{SMALL}x = {'[' * depth}{']' * depth}\n")
        with pytest.raises(PolicyError):
            load_policy(tmp_path / "desk.toml")
