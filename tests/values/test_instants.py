"""Aware datetimes and ISO 8601 texts in, integer microseconds inside, and back."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz

from builders import NoOffset
from support_sla import AmountError, InstantError, NaiveInstantError, NotAnInstantError, ZoneError
from support_sla.values.instants import (
    EPOCH,
    from_micros,
    read_amount,
    read_instant,
    read_zone,
    to_micros,
)

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
PARIS = ZoneInfo("Europe/Paris")


class Nanosecond(dt.datetime):
    """A datetime of another package that counts finer than a microsecond."""

    nanosecond = 0


@pytest.mark.parametrize(
    "zone",
    [HANOI, dt.UTC, dt.timezone(dt.timedelta(hours=7)), tz.gettz("Asia/Ho_Chi_Minh"), tz.UTC],
    ids=str,
)
def test_an_aware_datetime_of_any_zone_is_taken_as_it_is(zone: dt.tzinfo) -> None:
    at = dt.datetime(2026, 2, 15, 22, 10, tzinfo=zone)
    assert at is read_instant("at", at)


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-15T22:10:00+07:00",
        "2026-02-15T22:10+07:00",
        "2026-02-15 22:10:00+07:00",
        "2026-02-15T15:10:00Z",
        "20260215T151000Z",
        "2026-W07-7T15:10:00Z",
        "  2026-02-15T15:10:00Z\n",
        "2026-02-15T15:10:00.000000000Z",
    ],
)
def test_an_iso_text_with_an_offset_is_an_instant(text: str) -> None:
    assert dt.datetime(2026, 2, 15, 15, 10, tzinfo=dt.UTC) == read_instant("at", text)


def test_a_text_keeps_the_offset_it_was_written_with() -> None:
    assert dt.timedelta(hours=7) == read_instant("at", "2026-02-15T22:10:00+07:00").utcoffset()


@pytest.mark.parametrize(
    "value",
    [
        dt.datetime(2026, 2, 15),
        dt.datetime(2026, 2, 15, tzinfo=NoOffset()),
        "2026-02-15T22:10:00",
        "2026-02-15",
        "20260215",
    ],
    ids=["naive", "zone without offset", "text", "date", "plain date"],
)
def test_an_instant_without_a_zone_is_refused(value: Any) -> None:
    with pytest.raises(NaiveInstantError, match=r"^submitted_at="):
        read_instant("submitted_at", value)


@pytest.mark.parametrize(
    "value", [dt.date(2026, 2, 15), 0, 1.5, None, b"2026-02-15T15:10:00Z"], ids=repr
)
def test_what_is_no_instant_is_refused_with_its_type(value: Any) -> None:
    with pytest.raises(NotAnInstantError, match=f"is of type {type(value).__name__}"):
        read_instant("at", value)


@pytest.mark.parametrize(
    "text", ["", "soon", "2026-02-30T00:00:00Z", "15/02/2026", "2026-02-15T25:00:00Z", "1771168200"]
)
def test_a_text_that_iso_8601_does_not_know_is_refused_with_the_text(text: str) -> None:
    with pytest.raises(InstantError) as caught:
        read_instant("at", text)
    assert f"at={text!r}" in str(caught.value)


@pytest.mark.parametrize(
    ("digits", "accepted"),
    [("999999", True), ("9999990", True), ("9999991", False), ("000000001", False), ("1", True)],
)
@pytest.mark.parametrize("mark", [".", ","])
def test_digits_below_the_microsecond_are_refused_and_never_dropped(
    mark: str, digits: str, accepted: bool
) -> None:
    text = f"2026-02-15T15:10:00{mark}{digits}Z"
    if accepted:
        assert int(digits.ljust(6, "0")[:6]) == read_instant("at", text).microsecond
    else:
        with pytest.raises(InstantError, match="below the microsecond"):
            read_instant("at", text)


@pytest.mark.parametrize(("nanosecond", "accepted"), [(0, True), (1, False), (999, False)])
def test_a_datetime_finer_than_a_microsecond_is_refused(nanosecond: int, accepted: bool) -> None:
    at = Nanosecond(2026, 2, 15, tzinfo=dt.UTC)
    at.nanosecond = nanosecond
    if accepted:
        assert at == read_instant("at", at)
    else:
        with pytest.raises(InstantError, match=r"floor\('us'\)"):
            read_instant("at", at)


def test_a_datetime_of_another_package_is_read_as_a_plain_one() -> None:
    at = read_instant("at", Nanosecond(2026, 10, 25, 2, 30, 1, 5, tzinfo=PARIS, fold=1))
    assert dt.datetime is type(at)
    assert (dt.datetime(2026, 10, 25, 2, 30, 1, 5, tzinfo=PARIS), 1) == (at, at.fold)


@pytest.mark.parametrize(
    ("at", "micros"),
    [
        (EPOCH, 0),
        (EPOCH - dt.timedelta(microseconds=1), -1),
        (EPOCH + dt.timedelta(microseconds=1), 1),
        (dt.datetime(1970, 1, 1, 8, tzinfo=HANOI), 0),
        (dt.datetime(2026, 1, 1, 7, tzinfo=HANOI), 1_767_225_600_000_000),
        (dt.datetime(1, 1, 1, tzinfo=dt.UTC), -62_135_596_800_000_000),
        (dt.datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=dt.UTC), 253_402_300_799_999_999),
    ],
    ids=str,
)
def test_an_instant_is_microseconds_since_1970(at: dt.datetime, micros: int) -> None:
    assert micros == to_micros(at)
    assert at == from_micros(micros, dt.UTC)


def test_the_second_hour_of_a_fold_is_an_hour_later() -> None:
    first = dt.datetime(2026, 10, 25, 2, 30, tzinfo=PARIS)
    second = first.replace(fold=1)
    assert 3_600_000_000 == to_micros(second) - to_micros(first)
    assert [0, 1] == [from_micros(to_micros(at), PARIS).fold for at in (first, second)]


def test_an_instant_comes_back_in_the_zone_asked_for() -> None:
    at = from_micros(to_micros(dt.datetime(2026, 2, 15, 15, 10, tzinfo=dt.UTC)), HANOI)
    assert "2026-02-15T22:10:00+07:00" == at.isoformat()
    assert at.tzinfo is HANOI


@pytest.mark.parametrize(
    ("amount", "micros"),
    [
        (dt.timedelta(0), 0),
        (dt.timedelta(microseconds=1), 1),
        (dt.timedelta(hours=-1), -3_600_000_000),
        (dt.timedelta.max, 86_399_999_999_999_999_999),
    ],
    ids=str,
)
def test_an_amount_is_exact_microseconds(amount: dt.timedelta, micros: int) -> None:
    assert micros == read_amount("amount", amount)


@pytest.mark.parametrize("value", [3600, 1.5, "3h", None], ids=repr)
def test_an_amount_that_is_no_timedelta_is_refused(value: Any) -> None:
    with pytest.raises(AmountError, match=r"^amount is no amount of time"):
        read_amount("amount", value)


@pytest.mark.parametrize(
    "name", ["Asia/Ho_Chi_Minh", "UTC", "EST", "Etc/GMT+7", "Australia/Lord_Howe"]
)
def test_an_iana_name_is_its_zone(name: str) -> None:
    assert ZoneInfo(name) is read_zone(name)


@pytest.mark.parametrize("zone", [HANOI, dt.UTC, dt.timezone(dt.timedelta(hours=7))], ids=str)
def test_a_zone_that_compares_by_its_rules_is_taken_as_it_is(zone: dt.tzinfo) -> None:
    assert zone is read_zone(zone)


@pytest.mark.parametrize(
    "value",
    [
        "EDT",
        "Hanoi",
        "",
        "Asia",
        "Asia/",
        "../Asia/Ho_Chi_Minh",
        "/etc/localtime",
        "localtime",
        "posixrules",
        "Factory",
        "posix/UTC",
        "right/UTC",
        "a\0b",
        7,
        None,
        tz.gettz("Europe/Paris"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_a_zone_that_cannot_be_loaded_is_refused_with_its_value(value: object) -> None:
    with pytest.raises(ZoneError) as caught:
        read_zone(value)
    assert repr(value) in str(caught.value)
