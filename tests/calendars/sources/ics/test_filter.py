"""`only` and `except`: which events of a mixed feed close the desk, by the texts that name them."""

from __future__ import annotations

import json
from typing import Any
from unicodedata import normalize

import pytest

from builders import fault
from feed_texts import calendar, dates, event
from support_sla import FeedFilter, HolidayCalendar

HOLIDAY = event(
    "DTSTART;VALUE=DATE:20260101",
    "CATEGORIES:Holiday,Public  holiday",
    "DESCRIPTION:Public holiday",
    summary="New Year's Day",
    uid="1",
)
OBSERVANCE = event(
    "DTSTART;VALUE=DATE:20260214",
    "CATEGORIES;LANGUAGE=en:Observance",
    r"DESCRIPTION:Observance\nTo hide observances\, go to the settings\nof the calendar",
    summary="Valentine's Day",
    uid="2",
)
TET = event(
    "DTSTART;VALUE=DATE:20260217",
    'CATEGORIES;X-NOTE="a:b;c":Lunar\\, public',
    "CATEGORIES:Holiday",
    "DESCRIPTION:Public holiday in Vietnam",
    summary=normalize("NFD", "Tết  Nguyên Đán"),
    uid="3",
)
NAMELESS = event("DTSTART;VALUE=DATE:20260301", summary="", uid="4")
ALL = (HOLIDAY, OBSERVANCE, TET, NAMELESS)
NAMES = {"2026-01-01": "new year", "2026-02-14": "valentine", "2026-02-17": "tet", "2026-03-01": "nameless"}  # fmt: skip


def taken(**filters: Any) -> list[str]:
    return [NAMES[date] for date in dates(calendar(*ALL, **filters))]


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        # whole texts, not a part of one
        ({"summary": ["New Year's Day"]}, ["new year"]),
        ({"summary": ["new YEAR'S day"]}, ["new year"]),
        ({"summary": ["Tết Nguyên Đán"]}, ["tet"]),
        ({"description": ["Public holiday"]}, ["new year"]),
        ({"description": ["Public holiday*"]}, ["new year", "tet"]),
        ({"description": ["*Vietnam"]}, ["tet"]),
        ({"description": ["pub*hol*viet*"]}, ["tet"]),
        # each category of an event, and each line of a description
        ({"category": ["Public holiday"]}, ["new year"]),
        ({"category": ["Holiday"]}, ["new year", "tet"]),
        ({"category": ["Lunar, public"]}, ["tet"]),
        ({"description": ["Observance"]}, ["valentine"]),
        ({"description": ["To hide observances, go to the settings"]}, ["valentine"]),
        ({"description": ["of the calendar"]}, ["valentine"]),
        # any of the texts of any of the keys
        ({"category": ["Observance", "Public holiday"]}, ["new year", "valentine"]),
        ({"category": ["Observance"], "summary": ["Tết*"]}, ["valentine", "tet"]),
        # an event without the field has no text that could match
        ({"summary": ["*"]}, ["new year", "valentine", "tet"]),
        ({"category": ["*"]}, ["new year", "valentine", "tet"]),
    ],
)
def test_only_takes_the_events_that_have_one_of_its_texts(
    only: dict[str, list[str]], expected: list[str]
) -> None:
    assert expected == taken(only=only)
    rest = [name for name in NAMES.values() if name not in expected]
    assert rest == taken(**{"except": only})


@pytest.mark.parametrize(
    ("pattern", "is_like"),
    [
        ("ab", False),
        ("abc", True),
        ("abcd", False),
        ("bc", False),
        ("ab*", True),
        ("abc*", True),
        ("*abc", True),
        ("a*c", True),
        ("ab*bc", False),
        ("a*b*c", True),
        ("a*b*b*c", False),
        ("*b*", True),
        ("*c*b*", False),
        ("*", True),
        ("**", True),
        ("a c", False),
    ],
)
def test_a_star_stands_for_any_text_or_none(pattern: str, is_like: bool) -> None:
    part = event("DTSTART:20260101", summary="abc")
    other = event("DTSTART:20260102", "CATEGORIES:x", summary="other", uid="2")
    filters = {"summary": [pattern], "category": ["x"]}
    if pattern.strip("*") == "":
        filters = {"summary": [pattern]}
    if is_like:
        assert "2026-01-01" in dates(calendar(part, other, only=filters))
    else:
        found = fault(lambda: calendar(part, other, only=filters))
        assert "feed_filter_nothing" == found.slug


def test_except_takes_out_of_what_only_takes_in() -> None:
    assert ["tet"] == taken(only={"category": ["Holiday"]}, except_={"summary": ["New Year*"]})


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({"only": {"summary": ["New Year"]}}, "only names the summary 'New Year', which no event of the feed has; did you mean \"New Year's Day\"?"),
        ({"only": {"category": ["Bank"]}}, "use one of 'Holiday', 'Lunar, public', 'Observance', 'Public holiday'"),
        ({"only": {"category": ["Holiday", "Bank"]}}, "the category 'Bank'"),
        ({"except": {"description": ["Bank"]}}, "except names the description 'Bank'"),
        ({"except": {"summary": ["*"], "category": ["*"]}, "only": {"category": ["*"]}}, "no event of the feed is left: except names each one that only names"),
    ],
)  # fmt: skip
def test_a_text_that_no_event_has_is_refused_with_those_there_are(
    filters: dict[str, Any], said: str
) -> None:
    found = fault(lambda: calendar(*ALL, **filters))
    assert "feed_filter_nothing" == found.slug
    assert said in found.message
    assert "; " in found.message


def test_a_feed_without_a_field_says_so() -> None:
    found = fault(lambda: calendar(NAMELESS, only={"category": ["x"]}))
    assert found.message.endswith("; its events have no category, name them by another key")


def test_a_text_too_long_to_show_is_not_shown() -> None:
    long = event("DTSTART:20260101", f"DESCRIPTION:{'x' * 81}")
    found = fault(lambda: calendar(long, only={"description": ["y"]}))
    assert found.message.endswith("; its events have no description, name them by another key")


@pytest.mark.parametrize(
    ("filters", "slug", "shown"),
    [
        ({"only": {}}, "filter_empty", "{}"),
        ({"only": {"summary": []}}, "list_empty", "[]"),
        ({"only": {"summary": [""]}}, "name_empty", "''"),
        ({"only": {"summary": ["a", "a"]}}, "name_repeated", "'a'"),
        ({"only": {"summary": "a"}}, "list_expected", "'a'"),
        ({"only": {"summry": ["a"]}}, "key_unknown", "'summary'"),
        ({"except": {"title": ["a"]}}, "key_unknown", "'title'"),
    ],
)
def test_a_filter_that_is_no_filter_is_refused(
    filters: dict[str, Any], slug: str, shown: str
) -> None:
    found = fault(lambda: calendar(*ALL, **filters))
    assert slug == found.slug
    assert next(iter(filters)) == found.place[0]
    assert shown in found.message


@pytest.mark.parametrize("key", ["only", "except", "except_"])
def test_a_filter_means_nothing_without_a_feed(key: str) -> None:
    found = fault(lambda: HolidayCalendar(country="VN", **{key: {"summary": ["x"]}}))
    assert "feed_missing" == found.slug
    assert found.message.startswith(f"key {key.rstrip('_')!r} means nothing")


def test_an_event_that_is_not_taken_is_not_read() -> None:
    broken = event("DTSTART:soon", "no property at all", summary="Fair", uid="9")
    assert "ics_event_invalid" == fault(lambda: calendar(HOLIDAY, broken)).slug
    assert ["2026-01-01"] == dates(calendar(HOLIDAY, broken, except_={"summary": ["Fair"]}))


def test_a_changed_instance_is_an_event_of_its_own() -> None:
    series = event("DTSTART:20260310", "RRULE:FREQ=DAILY;COUNT=3", summary="Fair")
    changed = event("RECURRENCE-ID:20260311", "DTSTART:20260320", summary="Fair, moved")
    apart = {"summary": ["Fair"]}
    assert ["2026-03-10", "2026-03-12"] == dates(calendar(series, changed, only=apart))
    both = {"summary": ["Fair*"]}
    expected = ["2026-03-10", "2026-03-12", "2026-03-20"]
    assert expected == dates(calendar(series, changed, only=both))
    assert ["2026-03-20"] == dates(calendar(series, changed, except_=apart))


def test_a_broken_instance_that_is_not_taken_matters_only_to_a_series_that_is() -> None:
    series = event("DTSTART:20260310", "RRULE:FREQ=DAILY;COUNT=3", summary="Fair")
    broken = event("RECURRENCE-ID:soon", "DTSTART:20260320", summary="Moved")
    found = fault(lambda: calendar(HOLIDAY, series, broken, except_={"summary": ["Moved"]}))
    assert ("ics_event_invalid", True) == (found.slug, "RECURRENCE-ID 'soon'" in found.message)
    apart = {"summary": ["Fair", "Moved"]}
    assert ["2026-01-01"] == dates(calendar(HOLIDAY, series, broken, except_=apart))


def test_a_calendar_is_dumped_with_the_filters_as_they_are_written() -> None:
    written = {"feed": "x", "years": [2026, 2026], "only": {"summary": ["*"]}, "except": {"category": ["Observance"]}}  # fmt: skip
    found = calendar(*ALL, only=written["only"], except_=written["except"])
    dumped = found.model_dump(mode="json")
    assert {**written, "feed": found.feed} == dumped == json.loads(found.model_dump_json())
    assert found == HolidayCalendar.model_validate(dumped)
    assert FeedFilter(category=["Observance"]) == found.except_


def test_a_filter_in_both_spellings_is_refused() -> None:
    both: dict[str, Any] = {"except": {"summary": ["*"]}, "except_": {"summary": ["*"]}}
    found = fault(lambda: calendar(*ALL, **both))
    assert "key_unknown" == found.slug
    assert found.message.endswith("did you mean 'except'?")
