"""One grammar of instants: what is read means what it says, and what could be misread is refused."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support_sla import InstantError, NaiveInstantError
from support_sla.values.instants import read_instant


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-15T10.5Z",
        "2026-02-15T10:00.5Z",
        "2026-02-15T10:00:00+02:60",
        "2026-02-15T10:00:00+24:00",
        "2026-02-15T10:00:00abcZ",
        "2026-02-15T10:00:00 Z",
        "2026-02-15T10:00:00Zulu",
        "2026-02-15x10:00:00Z",
        "2026-02-15T24:00:00Z",
        "2026-02-15T10:60:00Z",
        "2026-02-15T10:00:60Z",
        "2026-02-15T10:00:00.Z",
        "2026-2-15T10:00:00Z",
        "2026-02-15T10:00:00+7",
        "2026-02-15T10:00:00+07:",
        "2026-02-15T10:00:00+07:00:60",
        "2026-02-15T１0:00:00Z",
        "2026-02-15T10:00:00--07:00",
        "2026-02-15T10:00:00Z2026",
        "2026-W54-1T10:00:00Z",
        "2026-W07-8T10:00:00Z",
        "2026-046T10:00:00Z",
        "+002026-02-15T10:00:00Z",
        "T10:00:00Z",
    ],
)
def test_a_text_that_could_be_misread_is_refused(text: str) -> None:
    with pytest.raises(InstantError, match="is not an ISO 8601 date and time"):
        read_instant("at", text)


AT_TEN = dt.datetime(2026, 2, 15, 10, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-15T10Z", "2026-02-15T10:00Z", "2026-02-15t10:00:00z", "20260215T1000Z",
        "20260215T100000.000Z", "2026-W07-7T10:00Z", "2026-02-15T12:30+02:30",
        "2026-02-15T12:30+0230", "2026-02-15T12+02", "2026-02-15T10:00:00,0Z",
        "2026-02-15T10:00:01+00:00:01", "2026-02-15T09:00:00-01:00", " 2026-02-15 10:00:00Z ",
    ],
)  # fmt: skip
def test_each_way_to_write_an_instant_means_the_same(text: str) -> None:
    assert AT_TEN == read_instant("at", text)


PARTS = st.sampled_from("0123456789-:TZz+., ")


@given(st.datetimes(dt.datetime(1000, 1, 1), timezones=st.just(dt.UTC)), st.data())
def test_a_text_is_read_as_its_digits_say_or_refused(at: dt.datetime, data: st.DataObject) -> None:
    text = at.isoformat()
    place = data.draw(st.integers(0, len(text)))
    altered = text[:place] + data.draw(PARTS) + text[place + data.draw(st.integers(0, 1)) :]
    try:
        read = read_instant("at", altered)
    except (InstantError, NaiveInstantError):
        return
    local = re.split("[Zz+]|(?<=[0-9]{2})-(?=[0-9:]*$)", altered.strip()[10:])[0]
    digits = re.sub("[^0-9]", "", altered.strip()[:10] + local)
    assert f"{read:%H%M%S}{read.microsecond:06d}".startswith(digits[8:20])
    assert f"{read.year:04d}{read:%m%d}" == digits[:8]
