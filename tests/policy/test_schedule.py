"""`Schedule`: notation or a mapping in, one canonical value inside."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from pydantic import TypeAdapter

from builders import DAY, HOUR, fault
from support_sla import Schedule

MORNING, AFTERNOON = (8 * HOUR, 12 * HOUR), (13 * HOUR, 17 * HOUR)


@pytest.mark.parametrize(
    ("mapping", "text"),
    [
        pytest.param({}, "off", id="nothing"),
        pytest.param({"Mo": []}, "off", id="no ranges"),
        pytest.param({"Mo": "off"}, "off", id="off"),
        pytest.param({"Mo-Fr": "08:00-17:00"}, "Mo-Fr 08:00-17:00", id="span of days"),
        pytest.param({"Mo,We": "08:00-17:00"}, "Mo,We 08:00-17:00", id="list of days"),
        pytest.param({"Mo": "08:00-12:00,13:00-17:00"}, "Mo 08:00-12:00,13:00-17:00", id="text"),
        pytest.param(
            {"Mo": ["08:00-12:00", "13:00-17:00"]}, "Mo 08:00-12:00,13:00-17:00", id="list"
        ),
        pytest.param({"Mo": ("08:00-12:00",)}, "Mo 08:00-12:00", id="tuple"),
        pytest.param(
            {"Su": "22:00-06:00", "Mo": "06:00-07:00"}, "Su 22:00-06:00; Mo 06:00-07:00", id="night"
        ),
    ],
)
def test_a_mapping_equals_its_notation(mapping: Any, text: str) -> None:
    assert Schedule(text) == Schedule(mapping)


@pytest.mark.parametrize(
    ("hours", "slug", "shown"),
    [
        (3, "schedule_invalid", "3"),
        (None, "schedule_invalid", "None"),
        (["Mo 08:00-17:00"], "schedule_invalid", "['Mo 08:00-17:00']"),
        (b"24/7", "schedule_invalid", "b'24/7'"),
        ({"Mo": 3}, "notation_invalid", "hours 3 of Mo"),
        ({"Mo": [3]}, "notation_invalid", "hours [3] of Mo"),
        ({"Mo": ""}, "notation_invalid", "hours '' of Mo"),
        ({"Mo": {"from": "08:00"}}, "notation_invalid", "of Mo"),
        ({"PH": "off"}, "weekday_unknown", "'PH'"),
        ({3: "off"}, "weekday_unknown", "'3'"),
        ({"Mo": "off", "Mo-Tu": "off"}, "weekday_repeated", "key 'Mo-Tu' names Mo again"),
        ({"Mo,Mo": "off"}, "weekday_repeated", "'Mo,Mo'"),
        ({"Mo": "08:00-08:00"}, "hours_empty", "hours Mo 08:00-08:00"),
        ({"Mo": "25:00-26:00"}, "hours_start_late", "of Mo"),
        (
            {"Mo": ["08:00-12:00", "11:00-13:00"]},
            "hours_overlap",
            "08:00-12:00 and 11:00-13:00 of Mo",
        ),
        (
            {"Su": "22:00-06:00", "Mo": "05:00-07:00"},
            "hours_overlap",
            "Su 22:00-06:00 and Mo 05:00-07:00",
        ),
        ("Mo[1] 08:00-17:00", "notation_unsupported", "n-th weekday"),
        ("Mo 08:61-17:00", "clock_time_invalid", "'08:61'"),
    ],
    ids=str,
)
def test_hours_that_break_a_rule_are_refused_by_its_slug(hours: Any, slug: str, shown: str) -> None:
    found = fault(lambda: Schedule(hours))
    assert slug == found.slug
    assert shown in found.message


def test_schedules_compare_and_hash_by_the_hours_they_mean() -> None:
    first, second = Schedule("Mo,Tu 08:00-12:00,12:00-17:00"), Schedule("Mo-Tu 08:00-17:00")
    assert first == second
    assert hash(first) == hash(second)
    assert first != Schedule("Mo-Tu 08:00-16:59")


def test_a_schedule_shows_its_canonical_notation() -> None:
    schedule = Schedule("Mo,Tu 08:00-17:00")
    assert "Mo-Tu 08:00-17:00" == str(schedule)
    assert "Schedule('Mo-Tu 08:00-17:00')" == repr(schedule)


def test_the_representation_of_a_schedule_makes_it_again() -> None:
    schedule = Schedule("Su 22:00-06:00; We 08:00-12:00")
    assert schedule == eval(repr(schedule), {"Schedule": Schedule})  # noqa: S307  our own text


@pytest.mark.parametrize("mode", ["python", "json"])
def test_a_schedule_dumps_as_its_canonical_notation(mode: Any) -> None:
    assert "Mo-Tu 08:00-17:00" == Schedule("Mo,Tu 08:00-17:00").model_dump(mode=mode)


@pytest.mark.parametrize(
    "text", ["24/7", "off", "Su 22:00-06:00; Mo 06:00-07:00", "Fr 00:00-48:00"]
)
def test_a_schedule_survives_every_round_trip(text: str) -> None:
    schedule = Schedule(text)
    assert schedule == Schedule.model_validate(schedule.model_dump())
    assert schedule == Schedule.model_validate_json(schedule.model_dump_json())
    assert schedule == pickle.loads(pickle.dumps(schedule))
    assert schedule == Schedule.model_validate(schedule)


def test_a_schedule_cannot_change() -> None:
    schedule = Schedule("24/7")
    found = fault(lambda: setattr(schedule, "root", ()))
    assert "frozen_instance" == found.slug


def test_the_week_of_a_schedule_is_in_seconds_of_each_date() -> None:
    expected = ((MORNING, AFTERNOON), (), (), (), (), ((22 * HOUR, 30 * HOUR),), ())
    assert expected == Schedule("Mo 08:00-12:00,13:00-17:00; Sa 22:00-06:00").week


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("24/7", True),
        ("Mo-Su 00:00-12:00,12:00-24:00", True),
        ("Mo-Su 22:00-21:59", False),
        ("Mo-Su 12:00-36:00", True),
        ("Mo 00:00-48:00; We 00:00-48:00; Fr 00:00-48:00; Su 00:00-24:00", True),
        ("Mo-Su 00:00-23:59:59", False),
        ("Mo-Sa 00:00-24:00", False),
        ("off", False),
    ],
)
def test_a_schedule_is_always_open_when_no_second_is_closed(text: str, expected: bool) -> None:
    assert expected is Schedule(text).is_always_open


def test_the_lengths_of_an_always_open_week_add_up_to_seven_days() -> None:
    spans = [end - start for day in Schedule("Mo-Su 12:00-36:00").week for start, end in day]
    assert 7 * DAY == sum(spans)


def test_the_schema_of_a_schedule_accepts_the_notation_a_file_holds() -> None:
    schema = TypeAdapter(Schedule).json_schema()
    kinds = [schema, *schema.get("anyOf", []), *schema.get("oneOf", [])]
    assert "string" in [kind.get("type") for kind in kinds]
