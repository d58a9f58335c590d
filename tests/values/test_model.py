"""What every model shares: frozen, hashed by value, dumped as written, strict about keys."""

from __future__ import annotations

import copy
import pickle
from functools import partial
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from builders import (
    calendar_data,
    channel_data,
    day_data,
    fault,
    faults,
    policy_data,
    rule_data,
    when,
)
from support_sla import (
    Accepted,
    Channel,
    Department,
    FeedFilter,
    HolidayCalendar,
    Hours,
    Labels,
    Policy,
    Requires,
    Schedule,
    Season,
    SpecialDay,
    Target,
    WarnAt,
    When,
    load_policy,
)
from support_sla.calendars.sources.lunar_festivals import Festival
from support_sla.calendars.sources.recurring import Recurring
from support_sla.calendars.special_day import Move
from support_sla.errors import shown
from support_sla.values.model import FrozenMap, Model, nearest

TEXTS = {"en": "Ticket", "vi": "Yêu cầu hỗ trợ"}

WRITTEN: list[tuple[type[Model], dict[str, Any]]] = [
    (SpecialDay, day_data()),
    (SpecialDay, day_data(closed="12:00-13:00,22:00-02:00", source="a letter")),
    (SpecialDay, day_data(open="20:00-44:00")),
    (SpecialDay, day_data(works_as="Mo")),
    (Recurring, {"name": "early", "rrule": "FREQ=MONTHLY;BYDAY=-1FR", "closed": "12:00-24:00"}),
    (Recurring, {"name": "break", "on": "12-24..01-02", "source": "a letter"}),
    (Festival, {"name": "tet", "days": [-1, 4]}),
    (Move, {"date": "2026-01-01", "to": "2026-01-02"}),
    (Season, {"from": "07-01", "to": "08-31", "schedule": "summer"}),
    (Labels, {"priority": {"high": TEXTS}, "value": {"plan": {"gold": TEXTS}}}),
    (Labels, {"status": {"pending": TEXTS}}),
    (WarnAt, {"name": "team lead", "at": "1h before"}),
    (
        Target,
        rule_data(pauses_on=["pending"], warn_at=["75 %", {"name": "lead", "at": "1h after"}]),
    ),
    (Accepted, {"code": "closed_long", "at": "departments", "reason": "the yearly break"}),
    (HolidayCalendar, {"country": "VN"}),
    (
        HolidayCalendar,
        {
            "country": "DE",
            "subdivision": "BY",
            "categories": ["public"],
            "observed": False,
            "festivals": [{"name": "tet"}],
            "recurring": [{"name": "x", "on": "05-05"}],
            "union": [{"years": [2000, 2050]}],
            "moved": [{"date": "2026-01-06", "to": "2026-01-07"}],
        },
    ),
    (FeedFilter, {"category": ["Public holiday"], "description": ["Public holiday*"]}),
    (
        HolidayCalendar,
        {
            "feed": "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:a\nDTSTART:20260101\nEND:VEVENT\n"
            "BEGIN:VEVENT\nSUMMARY:b\nDTSTART:20260102\nEND:VEVENT\nEND:VCALENDAR\n",
            "only": {"summary": ["*"]},
            "except": {"summary": ["b"]},
            "years": [2026, 2026],
        },
    ),
    (HolidayCalendar, {"years": [2026, 2026]}),
    (HolidayCalendar, calendar_data(day_data(), day_data("2026-12-31", closed="12:00-24:00"))),
    (
        HolidayCalendar,
        {
            "country": "VN",
            "language": "vi",
            "rest_days": ["Sa", "Su"],
            "swaps": True,
            "years": [2026, 2030],
            "days": [day_data("2026-12-24")],
            "removed": ["2026-01-01"],
        },
    ),
    (When, {"days": ["Su", "tet"]}),
    (When, {"priority": ["high"]}),
    (When, {"days": ["Su"], "priority": ["high", "low"]}),
    (Target, rule_data()),
    (Target, when("Su", name="calm", earliest="30m", within="1h0.5s")),
    (Hours, {"schedule": "office"}),
    (Hours, {"schedule": "office", "observes": ["tet", "own"]}),
    (Requires, {"channel": "ticket", "unanswered_for": "5h"}),
    (Requires, {"channel": "chat", "departments": ["desk", "shop"], "unanswered_for": "30m"}),
    (Channel, channel_data()),
    (
        Channel,
        channel_data(
            when("Su"),
            rule_data(),
            requires={"channel": "ticket", "unanswered_for": "5h"},
            label=TEXTS,
            advice=TEXTS,
        ),
    ),
    (
        Channel,
        channel_data(
            next_response=[rule_data()],
            update_every="usual",
            resolution=[rule_data(within="8h")],
            changes="carry",
            reopened="final",
            internal=True,
        ),
    ),
    (Department, {"channels": {"ticket": channel_data()}, "label": TEXTS, "advice": TEXTS}),
    (Policy, policy_data()),
    (
        Policy,
        policy_data(
            when("Su", priority=("high",)),
            rule_data(),
            version="2026-01",
            priorities=["high"],
            statuses=["open", "pending"],
            crossing="in_order",
            calendars={"tet": {"country": "VN"}, "own": calendar_data(day_data())},
        ),
    ),
]
IDS = [f"{model.__name__}-{at}" for at, (model, _) in enumerate(WRITTEN)]

MODELS: list[tuple[type[BaseModel], Any]] = [
    *WRITTEN,
    (Schedule, "Su 22:00-06:00; We 08:00-12:00"),
    (Policy, load_policy("azdigi").model_dump()),
]
ALL_IDS = [f"{model.__name__}-{at}" for at, (model, _) in enumerate(MODELS)]

every_writing = pytest.mark.parametrize(("model", "data"), WRITTEN, ids=IDS)
every_model = pytest.mark.parametrize(("model", "data"), MODELS, ids=ALL_IDS)


def test_the_table_holds_every_model() -> None:
    ours = {each for each in Model.__subclasses__() if each.__module__.startswith("support_sla")}
    assert ours == {model for model, _ in WRITTEN}


@every_writing
def test_a_model_dumps_exactly_what_was_written(model: type[Model], data: dict[str, Any]) -> None:
    assert data == model.model_validate(data).model_dump(mode="json")


@every_model
@pytest.mark.parametrize("mode", ["python", "json"])
def test_a_dump_loads_back_equal(model: type[BaseModel], data: Any, mode: Any) -> None:
    one = model.model_validate(data)
    again = model.model_validate(one.model_dump(mode=mode))
    assert one == again
    assert one.model_dump() == again.model_dump()


@every_model
def test_json_text_loads_back_equal(model: type[BaseModel], data: Any) -> None:
    one = model.model_validate(data)
    assert one == model.model_validate_json(one.model_dump_json())


@every_model
def test_equal_models_have_equal_hashes(model: type[BaseModel], data: Any) -> None:
    first, second = model.model_validate(data), model.model_validate(data)
    assert first is not second
    assert first == second
    assert hash(first) == hash(second)
    assert 1 == len({first, second})


@every_model
@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_a_pickle_loads_back_equal(model: type[BaseModel], data: Any, protocol: int) -> None:
    one = model.model_validate(data)
    again = pickle.loads(pickle.dumps(one, protocol))
    assert (one, hash(one), one.model_dump()) == (again, hash(again), again.model_dump())


@every_model
@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy])
def test_a_copy_is_equal(model: type[BaseModel], data: Any, duplicate: Any) -> None:
    one = model.model_validate(data)
    assert one == duplicate(one)


@every_model
def test_no_field_of_a_model_can_be_set_or_deleted(model: type[BaseModel], data: Any) -> None:
    one = model.model_validate(data)
    for name in model.model_fields:
        assert "frozen_instance" == fault(partial(setattr, one, name, getattr(one, name))).slug
        assert "frozen_instance" == fault(partial(delattr, one, name)).slug


@every_writing
def test_an_unknown_key_is_refused_and_named(model: type[Model], data: dict[str, Any]) -> None:
    found = faults(lambda: model.model_validate({**data, "zzzz": 1}))
    assert [("key_unknown", ("zzzz",))] == [each[:2] for each in found]
    assert "'zzzz'" in found[0].message


@every_writing
def test_every_required_key_is_missed_by_name(model: type[Model], data: dict[str, Any]) -> None:
    fields = model.model_fields.items()
    required = [field.alias or name for name, field in fields if field.is_required()]
    for name in required:
        less = {key: value for key, value in data.items() if key != name}
        found = faults(partial(model.model_validate, less))
        assert ("key_missing", (name,)) in [each[:2] for each in found]


def test_unequal_models_differ() -> None:
    dumped = [model.model_validate(data) for model, data in MODELS]
    for at, one in enumerate(dumped):
        assert [at] == [other for other, each in enumerate(dumped) if one == each]


def test_an_explicit_default_is_dumped_because_it_was_written() -> None:
    one = HolidayCalendar(country="VN", swaps=False)
    assert {"country": "VN", "swaps": False} == one.model_dump()
    assert HolidayCalendar(country="VN") == one


# --- the retelling of faults ---


class Inner(Model):
    count: int


class Outer(Model):
    inner: Inner
    counts: tuple[int, int] = (0, 0)


def test_a_fault_deep_inside_is_told_once_and_at_its_place() -> None:
    found = faults(lambda: Outer.model_validate({"inner": {"count": "x", "cuont": 1}, "iner": 2}))
    assert [
        ("int_parsing", ("inner", "count")),
        ("key_unknown", ("inner", "cuont")),
        ("key_unknown", ("iner",)),
    ] == [each[:2] for each in found]
    assert "did you mean 'count'?" in found[1].message
    assert "did you mean 'inner'?" in found[2].message


def test_a_message_of_pydantic_s_becomes_a_sentence_with_the_value() -> None:
    message = fault(lambda: Inner.model_validate({"count": "x"})).message
    assert "'x' is no whole number; write one, without quotes" == message


def test_a_missing_key_without_description_is_told_plainly() -> None:
    assert "key 'count' is missing; add it" == fault(lambda: Inner.model_validate({})).message


def test_a_missing_item_of_a_list_is_not_called_a_key() -> None:
    found = fault(lambda: Outer.model_validate({"inner": {"count": 1}, "counts": [1]}))
    assert "missing" == found.slug
    assert ("counts", 1) == found.place


def test_braces_in_a_value_do_not_break_the_message() -> None:
    assert (
        "'{x} {message}'" in fault(lambda: Inner.model_validate({"count": "{x} {message}"})).message
    )


# --- small helpers ---


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        ("offcie", ["office", "night"], "did you mean 'office'?"),
        ("xyz", ["office", "night"], "use one of 'night', 'office'"),
        ("xyz", [], "none is defined"),
        (3, ["a"], "use one of 'a'"),
    ],
)
def test_the_way_out_of_an_unknown_name_is_the_nearest_or_all(
    name: object, known: list[str], expected: str
) -> None:
    assert expected == nearest(name, known)


@pytest.mark.parametrize(("count", "ending"), [(11, "'k10'"), (12, "'k11'"), (13, "'k11', ...")])
def test_at_most_a_dozen_names_are_listed(count: int, ending: str) -> None:
    assert nearest("zzz", [f"k{at:02d}" for at in range(count)]).endswith(ending)


@pytest.mark.parametrize(("length", "cut"), [(77, False), (78, False), (79, True)])
def test_a_long_value_is_cut(length: int, cut: bool) -> None:
    text = shown("x" * length)
    assert cut is text.endswith("...")
    assert min(length + 2, 80) == len(text)


# --- FrozenMap ---


def test_a_frozen_map_reads_like_the_mapping_it_was_made_of() -> None:
    made = FrozenMap({"a": 1, "b": 2})
    assert ["a", "b"] == list(made)
    assert (2, 1, True, None) == (len(made), made["a"], "b" in made, made.get("c"))
    assert "{'a': 1, 'b': 2}" == repr(made)
    with pytest.raises(KeyError, match="c"):
        made["c"]


def test_a_frozen_map_does_not_follow_its_source() -> None:
    source = {"a": 1}
    made = FrozenMap(source)
    source["a"] = 2
    assert 1 == made["a"]


def test_a_frozen_map_takes_no_item() -> None:
    made: Any = FrozenMap({"a": 1})
    with pytest.raises(TypeError):
        made["b"] = 2
    with pytest.raises(TypeError):
        del made["a"]
    with pytest.raises(AttributeError):
        made.other = 1


def test_frozen_maps_compare_and_hash_by_their_items_in_any_order() -> None:
    first, second = FrozenMap({"a": 1, "b": 2}), FrozenMap({"b": 2, "a": 1})
    assert (first, hash(first)) == (second, hash(second))
    assert first != FrozenMap({"a": 1})
    assert first == {"a": 1, "b": 2}
    assert first != [("a", 1), ("b", 2)]


def test_a_frozen_map_checks_its_keys_and_values() -> None:
    adapter = TypeAdapter(FrozenMap[str, int])
    assert FrozenMap({"a": 1}) == adapter.validate_python({"a": 1})
    assert {"a": 1} == adapter.dump_python(FrozenMap({"a": 1}))
    assert b'{"a":1}' == adapter.dump_json(FrozenMap({"a": 1}))
    with pytest.raises(ValidationError):
        adapter.validate_python({"a": "x"})


def test_a_frozen_map_is_taken_as_a_mapping() -> None:
    department = Department(channels=FrozenMap({"ticket": channel_data()}))
    assert Department.model_validate({"channels": {"ticket": channel_data()}}) == department
