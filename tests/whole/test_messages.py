"""Messages of refusals: bounded whatever they show, in our words, and with the caller's own names."""

from __future__ import annotations

import datetime as dt
import math
import zoneinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from builders import (
    channel_data,
    day_data,
    fault,
    parser_fault,
    policy,
    policy_data,
    rule_data,
)
from support_sla import (
    AnswerTable,
    Channel,
    Clock,
    Department,
    Festival,
    HolidayCalendar,
    Hours,
    Labels,
    Move,
    NaiveInstantError,
    Policy,
    PolicyError,
    Recurring,
    Requires,
    Schedule,
    SpecialDay,
    SupportSlaError,
    Target,
    WarnAt,
    When,
    ZoneError,
    compare_submissions,
    compute_deadline,
    contact_options,
    load_policy,
)
from support_sla.calendars.sources.country import Country, covered_years
from support_sla.errors import listed
from support_sla.values.instants import read_zone
from support_sla.values.model import nearest
from support_sla.values.near_zones import _MEANT, _NOW_CALLED, zones_meant
from support_sla.values.week import parse_clock_time, parse_day, parse_week, parse_weekdays

if TYPE_CHECKING:
    from collections.abc import Callable

    from support_sla.values.model import Model

MOST = 600
"""Characters of a message, whatever it shows."""

LONG = "x" * 100_000

EMPTY: list[Any] = []
EMPTY.append(EMPTY)

ODD: list[Any] = [
    None,
    True,
    3,
    -1,
    2.5,
    math.nan,
    10**5_000,
    "",
    " ",
    "x",
    LONG,
    "Mo " + "0" * 100_000,
    "Dec 25 " * 10_000,
    "9" * 100_000 + "d",
    "1,5" + " " * 100_000 + "h",
    "\ud800",
    b"x",
    [],
    [3],
    [LONG],
    [f"n{at}" for at in range(2_000)],
    ["twice", "twice", LONG],
    {},
    {"x": 3},
    {LONG: LONG},
    {LONG: {LONG: LONG}},
    {3: 3},
    {"x"},
    EMPTY,
    object(),
    dt.date(1, 1, 1),
    dt.datetime(2026, 1, 1),
    dt.timedelta(days=-(10**8)),
]

MODELS: list[tuple[type[Model], dict[str, Any]]] = [
    (Policy, policy_data()),
    (Department, {"channels": {"ticket": channel_data()}}),
    (Channel, channel_data()),
    (Target, rule_data()),
    (WarnAt, {"at": "75 %"}),
    (Labels, {"status": {"open": {"en": "Open"}}}),
    (Hours, {"schedule": "office"}),
    (Requires, {"channel": "ticket", "unanswered_for": "5h"}),
    (When, {"days": ["Su"]}),
    (HolidayCalendar, {"country": "VN"}),
    (SpecialDay, day_data()),
    (Recurring, {"name": "x", "on": "05-05"}),
    (Recurring, {"name": "x", "rrule": "FREQ=DAILY"}),
    (Festival, {"name": "tet"}),
    (Move, {"date": "2026-01-01", "to": "2026-01-02"}),
]


def refusals(make: Callable[[], object]) -> list[str]:
    """Return the messages with which `make` is refused; none if it is not."""
    try:
        make()
    except ValidationError as error:
        return [line["msg"] for line in error.errors()]
    except PolicyError as error:
        return [str(finding) for finding in error.findings]
    except SupportSlaError as error:
        return [str(error)]
    return []


@pytest.mark.parametrize(
    ("model", "data"),
    MODELS,
    ids=[f"{model.__name__}-{at}" for at, (model, _) in enumerate(MODELS)],
)
def test_every_key_with_any_value_is_refused_in_our_words_and_briefly(
    model: type[Model], data: dict[str, Any]
) -> None:
    for key in [*model.model_fields, "zzz", LONG]:
        for value in ODD:
            for message in refusals(lambda: model.model_validate({**data, key: value})):  # noqa: B023
                assert len(message) < MOST, (key, message)
                assert "; " in message, (key, message)
                assert not message.lower().startswith("input should"), (key, message)
    for value in ODD:
        for message in refusals(lambda: model.model_validate(value)):  # noqa: B023
            assert len(message) < MOST
            assert "; " in message, message


@pytest.mark.parametrize("value", ODD, ids=[str(at) for at in range(len(ODD))])
def test_any_value_for_a_source_a_zone_or_a_schedule_is_refused_briefly(value: Any) -> None:
    asked = (
        lambda: load_policy(value),
        lambda: load_policy({"name": value, "departments": {LONG: value}, "calendars": value}),
        lambda: load_policy(policy_data(schedules={"office": value, LONG: value})),
        lambda: Clock(Schedule("24/7"), timezone=value),
        lambda: Schedule(value),
        lambda: compute_deadline(policy(), value, department="desk"),
        lambda: compute_deadline(policy(), "2026-01-05T10:00:00Z", department=value),
        lambda: compute_deadline(
            policy(), "2026-01-05T10:00:00Z", department="desk", channel=value, priority=value
        ),
    )
    for ask in asked:
        for message in refusals(ask):
            assert len(message) < MOST, message


def test_names_of_100_kb_that_a_policy_defines_are_shown_briefly() -> None:
    data: dict[str, Any] = {
        "name": "x",
        "timezone": "UTC",
        "priorities": [LONG],
        "schedules": {LONG: "off"},
        "calendars": {LONG: {"years": [2026, 2026]}, f"{LONG}y": {"years": [2027, 2027]}},
        "departments": {
            LONG: {
                "advice": {"en": LONG},
                "channels": {
                    LONG: {
                        "hours": {"schedule": LONG, "observes": [LONG, f"{LONG}y", f"{LONG}z"]},
                        "first_response": [rule_data(name=LONG), rule_data(name=f"{LONG}b")],
                        "requires": {"channel": f"{LONG}a", "unanswered_for": "1h"},
                    },
                    "other": {"hours": {"schedule": LONG}},
                    "third": {"hours": {"schedule": LONG, "observes": [LONG, f"{LONG}y"]}},
                },
            }
        },
    }
    found = refusals(lambda: load_policy(data))
    assert len(found) > 4
    for message in found:
        assert len(message) < 2 * MOST, message  # a key path of four names stands before it
    assert len(refusals(lambda: Policy.model_validate(data))) == len(found)


def test_a_list_of_many_names_is_cut_and_says_so() -> None:
    assert "'a', 'b' or 'c'" == listed(["a", "b", "c"], last="or")
    assert "'a'" == listed(["a"], last="or")
    many = listed(f"name{at}" for at in range(1_000))
    assert len(many) < 330
    assert many.endswith(", ...")


@pytest.mark.parametrize("parse", [parse_week, parse_day, parse_weekdays, parse_clock_time])
def test_a_long_text_of_hours_is_refused_briefly(parse: Callable[[str], object]) -> None:
    for text in (LONG, "0" * 100_000, "Mo" * 50_000, "\u20ac" * 100_000, "PH " * 30_000):
        assert len(parser_fault(lambda: parse(text)).message) < MOST  # noqa: B023


# --- In our words ---


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: policy(departments=[]), "[] is no table; write one, with a name"),
        (lambda: policy(name=3), "3 is no text; write it in quotes"),
        (lambda: HolidayCalendar(years=["a", 2026]), "'a' is no whole number; write one"),
        (
            lambda: HolidayCalendar(festivals=[{"name": "tet", "days": [1]}]),
            "[1] is too short a list; write all",
        ),
        (
            lambda: HolidayCalendar(festivals=[{"name": "tet", "days": [1, 2, 3]}]),
            "is too long a list; drop what",
        ),
        (lambda: HolidayCalendar(country="VN", swaps="yes"), "'yes' is neither true nor false"),
        (lambda: policy(name="a\ud800"), "text 'a' goes on with half a character"),
        (lambda: HolidayCalendar(feed="\ud800", years=[2026, 2026]), "text '' goes on with"),
    ],
)
def test_what_pydantic_finds_is_told_in_our_words(make: Callable[[], object], said: str) -> None:
    assert said in fault(make).message


# --- Names that are near, and that are not ---


@pytest.mark.parametrize(
    ("name", "known", "said"),
    [
        ("sev9", ["sev1", "sev2", "sev3", "sev4"], "use one of 'sev1', 'sev2', 'sev3', 'sev4'"),
        ("sev-1", ["sev1", "sev2"], "did you mean 'sev1'?"),
        ("Sev 2", ["sev1", "sev2"], "did you mean 'sev2'?"),
        ("sve1", ["sev1", "sev2"], "did you mean 'sev1'?"),
        ("office2", ["office"], "use one of 'office'"),
        ("P1", ["p1", "p2"], "did you mean 'p1'?"),
        (LONG, ["a"], "use one of 'a'"),
    ],
)
def test_a_name_in_which_a_number_differs_is_not_near(
    name: str, known: list[str], said: str
) -> None:
    assert said == nearest(name, known)


def test_among_very_many_names_none_is_searched_for() -> None:
    assert nearest("n5", {f"n{at}": None for at in range(1_000)}).endswith(", ...")


# --- Zones ---


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Saigon", "'Asia/Ho_Chi_Minh'"),
        ("Hanoi", "'Asia/Ho_Chi_Minh'"),
        ("Ha Noi", "'Asia/Ho_Chi_Minh'"),
        ("Ho Chi Minh", "'Asia/Ho_Chi_Minh'"),
        ("asia/saigon", "'Asia/Ho_Chi_Minh'"),
        ("Asia/Hanoi", "'Asia/Ho_Chi_Minh'"),
        ("Asia/Ho_Chi_Min", "'Asia/Ho_Chi_Minh'"),
        ("New York", "'America/New_York'"),
        ("EDT", "'America/New_York'"),
        ("PST", "'America/Los_Angeles'"),
        ("Europe/Pari", "'Europe/Paris'"),
        ("UTC+7", "'Etc/GMT-7'"),
        ("-05:00", "'Etc/GMT+5'"),
        ("IST", "'Asia/Kolkata', 'Asia/Jerusalem' or 'Europe/Dublin'"),
    ],
)
def test_a_zone_by_another_name_is_told_its_iana_name(written: str, meant: str) -> None:
    with pytest.raises(ZoneError) as caught:
        read_zone(written)
    assert str(caught.value).endswith(f"; did you mean {meant}?")


@pytest.mark.parametrize("written", ["Atlantis", "UTC+15", "", LONG, "EDT2", "localtime"])
def test_a_zone_like_no_other_is_told_a_neutral_example(written: str) -> None:
    with pytest.raises(ZoneError, match="use an IANA name such as 'Europe/Paris'"):
        read_zone(written)


def test_every_zone_that_is_told_can_be_loaded_and_no_name_of_one_is_taken_for_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = frozenset(zoneinfo.available_timezones())
    monkeypatch.setattr(zoneinfo, "available_timezones", lambda: known)  # it reads the disk anew
    told = {zone for zones in _MEANT.values() for zone in zones} | {*_NOW_CALLED.values()}
    assert told <= known
    names = [name for names in _MEANT for name in names]
    assert len(names) == len(set(names))
    assert not {*names} & {zone.lower() for zone in known}
    for zone in known - {*_NOW_CALLED}:
        if "/" in zone:
            assert zone in zones_meant(zone.replace("_", " ").lower())


# --- Instants: the example is in the policy's own zone ---


@pytest.mark.parametrize(
    "value", ["2026-07-01T10:00:00", dt.datetime(2026, 7, 1, 10)], ids=["text", "datetime"]
)
def test_a_naive_instant_is_told_the_zone_of_the_policy_or_clock(value: Any) -> None:
    made = policy(timezone="America/New_York")
    clock = Clock(Schedule("24/7"), timezone="America/New_York")
    table = AnswerTable.of(made, department="desk", first_year=2026, last_year=2026)
    asked = (
        lambda: compute_deadline(made, value, department="desk"),
        lambda: clock.is_open(value),
        lambda: Clock.of(made, department="desk").add(value, dt.timedelta(1)),
        lambda: contact_options(made, value, department="desk", now=value),
        lambda: table.describe(value, value),
        lambda: compare_submissions(made, made, [{"submitted_at": value, "department": "desk"}]),
    )
    example = (
        "2026-07-01T10:00:00-04:00" if isinstance(value, str) else "ZoneInfo('America/New_York')"
    )
    for ask in asked:
        with pytest.raises(NaiveInstantError) as caught:
            ask()
        assert example in str(caught.value)


def test_a_naive_instant_without_a_policy_is_told_a_neutral_zone() -> None:
    assert "ZoneInfo('Europe/Paris')" in str(NaiveInstantError.of("at", dt.datetime(2026, 1, 1)))
    assert "+01:00'" in str(NaiveInstantError.of("at", "2026-01-01"))
    fixed = dt.timezone(dt.timedelta(hours=7))
    assert "+07:00'" in str(NaiveInstantError.of("at", "2026-01-01", fixed))
    assert "Paris" in str(NaiveInstantError.of("at", dt.datetime(2026, 1, 1), fixed))
    assert "+09:00'" in str(NaiveInstantError.of("at", " 2026-01-01 ", ZoneInfo("Asia/Tokyo")))


# --- Countries ---


@pytest.mark.parametrize(
    ("country", "said"),
    [
        (Country("UK"), "did you mean 'GB'?"),
        (Country("Canada"), "did you mean 'CA'?"),
        (Country("england"), "did you mean 'GB'?"),
        (Country("U.S.A."), "did you mean 'US'?"),
        (Country("CA-ON"), "did you mean country = 'CA' with subdivision = 'ON'?"),
        (Country("XX-ON"), "write its ISO 3166 code"),
        (Country("Q"), "write its ISO 3166 code"),
        (Country(LONG), "write its ISO 3166 code"),
        (Country("CA", "fr_CA"), "did you mean 'fr'?"),
        (Country("CA", "en-GB"), "did you mean 'en_CA' or 'en_US'?"),
        (Country("CA", "en"), "use one of 'ar', 'en_CA', 'en_US', 'fr', 'th'"),
        (Country("CA", "xx"), "use one of 'ar', 'en_CA', 'en_US', 'fr', 'th'"),
        (Country("CA", subdivision="ontario"), "did you mean 'ON'?"),
        (Country("CA", subdivision="on"), "did you mean 'ON'?"),
        (Country("VN", categories=("publik",)), "did you mean 'public'?"),
    ],
)
def test_a_country_by_another_name_is_told_its_code(country: Country, said: str) -> None:
    assert said in parser_fault(lambda: covered_years(country)).message


# --- Sources of a policy ---


@pytest.mark.parametrize("name", ["desk.yaml", "desk.yml", "desk.YAML"])
def test_a_yaml_file_is_told_that_it_is_not_read_and_what_to_do(name: str) -> None:
    (message,) = refusals(lambda: load_policy(name))
    assert "is a YAML file, which is not read; write it as .toml or .json" in message


def test_a_path_with_the_name_of_a_shipped_policy_is_told_both_ways() -> None:
    (message,) = refusals(lambda: load_policy(Path("azdigi")))
    assert "add it, or give the text 'azdigi' for the shipped policy" in message


def test_a_suffix_in_capitals_is_the_same_suffix(tmp_path: Path) -> None:
    (tmp_path / "desk.JSON").write_text("[]")
    (message,) = refusals(lambda: load_policy(tmp_path / "desk.JSON"))
    assert "is no table of keys" in message
