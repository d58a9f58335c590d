"""The points at which somebody is to be warned: how they are written, read, named and dumped."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest

from builders import fault, rule_data, target
from support_sla import Target, WarnAt
from support_sla.policy.warn_at import Point, read_point

WAY_OUT = "write a share of the promise, '75 %', or a time beside its due, '15m before', '4h after'"
MINUTE = 60_000_000


def read(at: Any) -> WarnAt:
    return WarnAt.model_validate(at)


# --- What is read ---


@pytest.mark.parametrize(
    ("text", "at", "point"),
    [
        ("75%", "75 %", Point("share", share=Fraction(3, 4))),
        (" 75 % ", "75 %", Point("share", share=Fraction(3, 4))),
        ("7.5 %", "7.5 %", Point("share", share=Fraction(3, 40))),
        ("7,5%", "7,5 %", Point("share", share=Fraction(3, 40))),
        ("0 %", "0 %", Point("share")),
        ("100 %", "100 %", Point("share", share=Fraction(1))),
        ("150 %", "150 %", Point("share", share=Fraction(3, 2))),
        ("15m before", "15m before", Point("before", micros=15 * MINUTE)),
        ("15m  BEFORE", "15m before", Point("before", micros=15 * MINUTE)),
        ("1h\nAfter", "1h after", Point("after", micros=60 * MINUTE)),
        ("90m after", "1h30m after", Point("after", micros=90 * MINUTE)),
        ("PT4H after", "4h after", Point("after", micros=240 * MINUTE)),
        ("0.000001s before", "0.000001s before", Point("before", micros=1)),
        ("0m before", "0m before", Point("before")),
        ("0h after", "0m after", Point("after")),
    ],
)
def test_a_point_is_a_share_or_a_time_beside_the_due(text: str, at: str, point: Point) -> None:
    found = read(text)
    assert (found.at, found.name, found.point) == (at, at, point)
    assert read_point(at) == point


def test_what_was_read_is_read_again_as_it_is() -> None:
    for text in ("7,5%", "90m after", " 15m BEFORE"):
        once = read(text)
        assert read(once.at) == once
        assert read(once) is once


def test_a_warning_may_have_a_name_of_its_own() -> None:
    found = read({"name": "team lead", "at": "1h before"})
    assert (found.name, found.at) == ("team lead", "1h before")
    assert found == WarnAt(name="team lead", at="1h before")
    assert found != WarnAt(at="1h before")


def test_a_warning_of_a_mapping_without_a_name_is_called_as_it_is_written() -> None:
    assert read({"at": "75%"}) == read("75 %")
    assert WarnAt(at="75%").name == "75 %"


def test_a_text_of_a_subclass_is_read_as_the_text_it_is() -> None:
    class Text(str):
        __slots__ = ()

    assert type(read(Text("75 %")).at) is str
    assert type(read(Text("1h after")).at) is str


# --- What is dumped ---


@pytest.mark.parametrize(
    ("written", "dumped"),
    [
        ("75%", "75 %"),
        ({"at": "1h before"}, "1h before"),
        ({"name": "lead", "at": "1h before"}, {"name": "lead", "at": "1h before"}),
        ({"name": "75 %", "at": "75%"}, {"name": "75 %", "at": "75 %"}),
    ],
)
def test_a_warning_is_dumped_as_the_text_alone_unless_it_was_given_a_name(
    written: Any, dumped: Any
) -> None:
    rule = target(warn_at=[written])
    assert rule.model_dump(mode="json")["warn_at"] == [dumped]
    assert Target.model_validate(rule.model_dump()) == rule
    assert Target.model_validate_json(rule.model_dump_json()) == rule


def test_a_rule_without_warnings_dumps_none() -> None:
    assert "warn_at" not in target().model_dump()
    assert target(warn_at=[]).model_dump() == rule_data(warn_at=())


def test_the_schema_of_a_warning_knows_the_text_and_the_table() -> None:
    schema = Target.model_json_schema()
    assert schema["$defs"]["WarnAt"]["required"] == ["at"]
    text, table = WarnAt.model_json_schema()["anyOf"]
    assert text == {"type": "string", "examples": ["75 %", "15m before", "4h after"]}
    assert "$ref" in table or table["type"] == "object"
    assert schema["properties"]["warn_at"]["items"]["anyOf"]


# --- What is refused ---


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        76,
        0.7,
        dt.timedelta(hours=1),
        [],
        "",
        " ",
        "%",
        "75",
        "3/4",
        "0.75",
        "-5 %",
        "1000000000 %",
        "７5 %",
        "nan %",
        "soon",
        "before",
        "after",
        "15mbefore",
        "15m before the due",
        "15m prior",
    ],
)
def test_what_is_no_point_is_refused_with_how_one_is_written(value: Any) -> None:
    found = fault(lambda: read(value))
    assert (found.slug, found.place) == ("warning_invalid", ("at",))
    assert found.message == f"{value!r} is no point to warn at; {WAY_OUT}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1 before", "in '1 before' the duration '1' has no unit; write hours, minutes"),
        ("-1h after", "in '-1h after' the duration '-1h' is negative; write hours, minutes"),
        ("1d before", "in '1d before' the duration '1d' counts days, which may mean 24 hours"),
        ("75 % before", "in '75 % before' the '75 %' is no duration; write hours, minutes"),
        ("1h before after", "in '1h before after' the '1h before' is no duration; write hours"),
        ("2 hours before", "in '2 hours before' the '2 hours' is no duration; write '2h'"),
        (f"{'9' * 30}h after", "is longer than any clock can count; shorten it"),
    ],
)
def test_a_time_that_is_no_duration_is_refused_as_one_with_the_text_it_stands_in(
    text: str, message: str
) -> None:
    found = fault(lambda: read(text))
    assert (found.slug, found.place) == ("warning_invalid", ("at",))
    assert message in found.message


def test_the_way_out_of_a_wrong_point_leads_out() -> None:
    mended = ["75 %", "15m before", "4h after", "2h before", "24h before", "8h before"]
    assert [each.name for each in target(warn_at=mended).warn_at] == mended


def test_a_long_text_leaves_a_message_that_can_be_read() -> None:
    long = "x" * 100_000
    spaces = " " * 100_000  # through which no search may go twice
    for text in (long, f"{long} before", f"{long} %", f"1,5{spaces}h", f"1{spaces}x{spaces}after"):
        assert len(fault(lambda text=text: read(text)).message) < 400  # type: ignore[misc]


@pytest.mark.parametrize(
    ("value", "slug", "place"),
    [
        ({}, "key_missing", ("at",)),
        ({"name": "lead"}, "key_missing", ("at",)),
        ({"at": "75 %", "nam": "lead"}, "key_unknown", ("nam",)),
        ({"at": "75 %", "name": ""}, "name_empty", ("name",)),
        ({"at": "75 %", "name": 5}, "string_type", ("name",)),
        ({"at": 75}, "warning_invalid", ("at",)),
    ],
)
def test_a_table_of_other_keys_is_refused_at_its_place(
    value: Any, slug: str, place: tuple[str, ...]
) -> None:
    assert fault(lambda: read(value))[:2] == (slug, place)


@pytest.mark.parametrize(
    "warnings",
    [
        ["75%", "75 %"],
        ["60m before", "1h before"],
        ["75%", {"name": "75 %", "at": "1h before"}],
        [{"name": "lead", "at": "75%"}, {"name": "lead", "at": "1h before"}],
    ],
)
def test_two_warnings_of_one_name_are_refused(warnings: Any) -> None:
    found = fault(lambda: target(warn_at=warnings))
    assert (found.slug, found.place) == ("name_repeated", ("warn_at",))
    assert found.message.endswith(" stands twice; give each a name of its own")


def test_two_warnings_at_one_point_with_names_of_their_own_are_accepted() -> None:
    both = [
        {"name": "lead", "at": "1h before"},
        {"name": "manager", "at": "1h before"},
        "1h before",
    ]
    assert [each.name for each in target(warn_at=both).warn_at] == ["lead", "manager", "1h before"]


@pytest.mark.parametrize("value", [None, 5, "75 %", {"at": "75 %"}])
def test_warnings_stand_in_a_list(value: Any) -> None:
    found = fault(lambda: target(warn_at=value))
    assert (found.slug, found.place) == ("list_expected", ("warn_at",))


def test_a_set_of_warnings_has_no_order_and_is_refused() -> None:
    for some in ({"75 %", "1h before"}, frozenset({"75 %"})):
        found = fault(lambda some=some: target(warn_at=some))  # type: ignore[misc]
        assert (found.slug, found.place) == ("list_expected", ("warn_at",))
        assert found.message.endswith(" has no order; write a list, [...]")


def test_a_wrong_warning_is_told_with_its_place_in_the_list() -> None:
    found = fault(lambda: target(warn_at=["75 %", "soon"]))
    assert (found.slug, found.place) == ("warning_invalid", ("warn_at", 1, "at"))
