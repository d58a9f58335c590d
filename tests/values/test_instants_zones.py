"""Zones that misbehave are refused by name, and no pickle forgets which of two hours is meant."""

from __future__ import annotations

import datetime as dt
import pickle
from pathlib import Path
from typing import Any
from zoneinfo import TZPATH, ZoneInfo

import pytest

from support_sla import (
    Clock,
    InstantError,
    NaiveInstantError,
    Schedule,
    ZoneError,
    compute_deadline,
    contact_options,
    load_policy,
)
from support_sla.values.instants import read_instant, read_zone

AZDIGI = load_policy("azdigi")
CLOCK = Clock(Schedule("Mo-Su 08:00-17:00"), timezone="America/New_York")
HOUR = dt.timedelta(hours=1)


class Raising(dt.tzinfo):
    """A zone that raises whatever it is given when it is asked."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def utcoffset(self, _at: dt.datetime | None) -> dt.timedelta:
        raise self.error

    dst = utcoffset

    def tzname(self, _at: dt.datetime | None) -> str:
        return "nowhere"


class Wrong(dt.tzinfo):
    """A zone that gives what is no offset."""

    def __init__(self, offset: Any) -> None:
        self.offset = offset

    def utcoffset(self, _at: dt.datetime | None) -> Any:
        return self.offset

    dst = utcoffset

    def tzname(self, _at: dt.datetime | None) -> str:
        return "nowhere"


ZONES = {
    "raises RuntimeError": Raising(RuntimeError("no data")),
    "raises NotImplementedError": Raising(NotImplementedError()),
    "raises KeyError": Raising(KeyError("x")),
    "24 hours": Wrong(dt.timedelta(hours=24)),
    "-24 hours": Wrong(-dt.timedelta(hours=24)),
    "a text": Wrong("+07:00"),
    "a number": Wrong(7),
}


@pytest.mark.parametrize("zone", ZONES.values(), ids=ZONES)
def test_a_zone_that_cannot_say_its_offset_is_refused_by_every_question(zone: dt.tzinfo) -> None:
    at = dt.datetime(2026, 2, 15, 9, tzinfo=zone)
    questions: list[Any] = [
        lambda: read_instant("at", at),
        lambda: compute_deadline(AZDIGI, at, department="billing"),
        lambda: contact_options(AZDIGI, at, at, department="billing"),
        lambda: CLOCK.is_open(at),
        lambda: CLOCK.add(at, HOUR),
        lambda: CLOCK.between(at, at),
    ]
    for question in questions:
        with pytest.raises(InstantError, match="has a zone that cannot say its offset"):
            question()


def test_a_zone_without_an_offset_makes_a_naive_instant() -> None:
    with pytest.raises(NaiveInstantError):
        read_instant("at", dt.datetime(2026, 2, 15, 9, tzinfo=Wrong(None)))


@pytest.mark.parametrize(
    "name",
    ["/".join(["Europe"] * 300), "x" * 100_000, "", ".", "../etc/passwd", "Europe/\0"],
    ids=["300 parts", "long", "empty", "a folder", "outside", "a NUL"],
)
def test_a_name_that_is_no_zone_is_refused_however_long(name: str) -> None:
    with pytest.raises(ZoneError):
        read_zone(name)


def test_a_zone_of_somebody_s_own_file_is_taken_as_it_is() -> None:
    folders = [Path(each) for each in TZPATH if Path(each, "Europe/Paris").is_file()]
    if not folders:
        pytest.skip("this machine has its zones in a package")
    with (folders[0] / "Europe" / "Paris").open("rb") as file:
        zone = ZoneInfo.from_file(file, key="Europe/Paris")
    assert zone is read_zone(zone)
    assert CLOCK.timezone is read_zone(ZoneInfo.no_cache("America/New_York"))


def values() -> list[Any]:
    """Return values with instants in the second of two hours that read the same."""
    again = dt.datetime(2026, 11, 1, 1, 30, tzinfo=ZoneInfo("America/New_York"), fold=1)
    desk = load_policy({**AZDIGI.model_dump(), "timezone": "America/New_York"})
    deadline = compute_deadline(desk, again, department="technical")
    options = contact_options(desk, again, again, department="technical")
    return [deadline, deadline.steps[0], deadline.readings[0], options, options.options[0]]


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("value", values(), ids=lambda value: type(value).__name__)
def test_a_pickle_of_any_protocol_keeps_which_of_two_hours_is_meant(
    value: Any, protocol: int
) -> None:
    copy = pickle.loads(pickle.dumps(value, protocol))
    assert (value, repr(value)) == (copy, repr(copy))
