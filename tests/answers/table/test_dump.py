"""A dumped answer table: whatever is altered is refused, or still answers every question."""

from __future__ import annotations

import copy
import functools
import json
from collections.abc import Iterator
from typing import Any

import pytest

from builders import calendar, day_data, policy, rule_data
from support_sla import AnswerTable, UnitError

KNOWN = calendar(day_data("2026-05-05", open="09:00-12:00"), years=[2025, 2027])
MADE = policy(
    channel={
        "hours": {"schedule": "office", "observes": ["known"]},
        "first_response": [rule_data(earliest="30m", within="1h")],
    },
    calendars={"known": KNOWN},
    schedules={"office": "off"},
)
TABLE = AnswerTable.of(MADE, department="desk", first_year=2026, last_year=2026)
DUMP = json.loads(json.dumps(TABLE.to_dict()))


def leaves(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every value in plain data, lists included."""
    if path:
        yield path
    pairs: Any = data.items() if isinstance(data, dict) else ()
    if isinstance(data, list):
        pairs = enumerate(data)
    for key, value in pairs:
        yield from leaves(value, (*path, key))


def replaced(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    copied = copy.copy(data)
    copied[path[0]] = replaced(data[path[0]], path[1:], value)
    return copied


def others(value: Any) -> list[Any]:
    found: list[Any] = [None, True, 0, -1, 7, 1.5, 2**63, -(2**70), "", "x", "min", [], [None], {}]
    if type(value) is int:
        found += [value + 1, value - 1, -value, float(value)]
    if isinstance(value, list):
        found += [value[1:], value[::-1], [*value, 0]]
    return [each for each in found if type(each) is not type(value) or each != value]


@pytest.mark.parametrize("path", list(leaves(DUMP)), ids=str)
def test_an_altered_dump_is_refused_or_answers_every_question(path: tuple[Any, ...]) -> None:
    value = functools.reduce(lambda data, key: data[key], path, DUMP)
    for other in others(value):
        try:
            table = AnswerTable.from_dict(replaced(DUMP, path, other))
        except UnitError:
            continue
        assert table == AnswerTable.from_dict(json.loads(json.dumps(table.to_dict())))
        for at in (table.start, *table.begins, table.end - 1):
            answer = table.answer(at)
            assert answer is None or at <= answer.due_at < 2**63
        assert table.describe()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"unit": "min"}, "'min'"),
        ({"end": None}, "end = None"),
        ({"start": 2**63}, "start = "),
        ({"end": 10**5000}, "end = a int too long to show"),
        ({"last_year": 10**5000}, "2026 to a int too long to show"),
        ({"earliest_from": [None] * len(TABLE)}, "half of an earliest instant"),
        ({"due_after": [-1] * len(TABLE)}, "before its submission"),
        ({"earliest_after": [2**50] * len(TABLE)}, "after the due one"),
        ({"rules": [1] * len(TABLE)}, "rule 1"),
        ({"due_from": [2**63] * len(TABLE)}, "no whole number of 64 bits"),
        ({"due_from": [2**63 - 1] * len(TABLE)}, "past what 64 bits hold"),
        ({"zone": "Mars/Olympus"}, "Mars/Olympus"),
        ({"crossing": "none"}, "'none'"),
        ({"years": 3}, "unknown key 'years'"),
        ({"first_year": 2027}, "the years 2027 to 2026"),
        ({"first_year": 2025}, "start = "),
        ({"targets": "x"}, "targets that are no list"),
        ({"priority": 1}, "priority = 1"),
        ({"channel": None}, "channel = None"),
        ({"begins": []}, "of another length"),
    ],
)
def test_a_dump_is_refused_by_what_is_wrong_with_it(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(UnitError) as caught:
        AnswerTable.from_dict({**DUMP, **changes})
    assert said in str(caught.value)


@pytest.mark.parametrize("name", [key for key in DUMP if key != "format"])
def test_a_dump_without_one_of_its_parts_is_refused(name: str) -> None:
    with pytest.raises(UnitError, match=f"no '{name}'"):
        AnswerTable.from_dict({key: value for key, value in DUMP.items() if key != name})


@pytest.mark.parametrize("given", [["plan"], "gold", {"plan": 5}, {5: "gold"}], ids=repr)
def test_attributes_of_a_dump_that_are_no_texts_are_refused(given: Any) -> None:
    table = AnswerTable.of(POLICY, department="desk", first_year=2026, last_year=2026)
    with pytest.raises(UnitError, match="attributes = "):
        AnswerTable.from_dict({**table.to_dict(), "attributes": given})


def test_the_attributes_of_a_table_are_in_its_dump_and_only_if_it_has_some() -> None:
    years: dict[str, Any] = {"first_year": 2026, "last_year": 2026}
    gold = AnswerTable.of(POLICY, department="desk", attributes={"plan": "gold"}, **years)
    none = AnswerTable.of(POLICY, department="desk", **years)
    assert {"plan": "gold"} == gold.to_dict()["attributes"]
    assert "attributes" not in none.to_dict()
    assert [gold, none] == [AnswerTable.from_dict(each.to_dict()) for each in (gold, none)]
    assert "with plan 'gold'" in str(gold)


POLICY = policy(
    {"when": {"attributes": {"plan": ["gold"]}}, **rule_data(within="2h")},
    rule_data(),
    attributes={"plan": ["gold"]},
)
