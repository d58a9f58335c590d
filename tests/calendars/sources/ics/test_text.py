"""The bytes of a feed: UTF-8, UTF-8 folded inside a character, Windows-1252, or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from feed_texts import event, feed
from support_sla import HolidayCalendar, PolicyError, load_policy
from support_sla.calendars.sources.ics import text as ics_text
from support_sla.calendars.sources.ics.text import decode_feed

POLICY = """\
name = "desk"
timezone = "UTC"
[calendars.company]
feed = "company.ics"
years = [2026, 2026]
[schedules]
office = "24/7"
[departments.desk.channels.ticket]
hours = { schedule = "office", observes = ["company"] }
"""


def text(summary: str) -> str:
    return feed(event("DTSTART:20260510", summary=summary))


def loaded(folder: Path, data: bytes) -> HolidayCalendar:
    (folder / "company.ics").write_bytes(data)
    (folder / "desk.toml").write_text(POLICY, encoding="utf-8")
    return load_policy(folder / "desk.toml").calendars["company"]


def test_a_file_in_utf_8_is_read_as_it_is(tmp_path: Path) -> None:
    found = loaded(tmp_path, text("Fête des Mères").encode())
    assert ["Fête des Mères"] == [day.name for day in found.special_days(2026)]
    assert (text("Fête des Mères"), ()) == (found.feed, found.feed_notes)


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_a_file_in_latin_1_is_read_and_noted(tmp_path: Path, encoding: str) -> None:
    name = "Fête des Mères" if encoding == "latin-1" else "Fête – des Mères"
    found = loaded(tmp_path, text(name).encode(encoding))
    assert [name] == [day.name for day in found.special_days(2026)]
    assert ("file is read as Windows-1252",) == found.feed_notes
    again = HolidayCalendar.model_validate(found.model_dump(mode="json"))
    assert (again, again.feed_notes) == (found, found.feed_notes)


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\r"])
def test_a_line_folded_inside_a_character_is_read(tmp_path: Path, ending: bytes) -> None:
    whole = text("Fête").replace("\r\n", ending.decode()).encode()
    data = whole.replace(b"\xc3\xaa", b"\xc3" + ending + b" \xaa")
    found = loaded(tmp_path, data)
    assert ["Fête"] == [day.name for day in found.special_days(2026)]
    assert () == found.feed_notes


@pytest.mark.parametrize(
    "data",
    [
        text("Fête").encode()[:-10] + b"\xe9" + text("x").encode(),  # UTF-8 with a broken byte
        text("Tết").encode().replace(b"\xba\xbf", b"\xba\xbf\xff"),
        text("F\x81te").encode("latin-1"),  # no letter of Windows-1252
        text("Fête").encode("utf-16"),
        b"BEGIN:VCARD\r\nFN:F\xeate\r\nEND:VCARD\r\n",
        b"X\r\n" + text("Fête").encode("latin-1"),
    ],
)
def test_bytes_that_could_be_several_texts_are_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(PolicyError) as caught:
        loaded(tmp_path, data)
    (only,) = caught.value.findings
    assert "file_not_utf8" == only.code


def test_a_policy_file_in_latin_1_is_refused_still(tmp_path: Path) -> None:
    (tmp_path / "desk.toml").write_bytes('name = "Büro"'.encode("latin-1"))
    with pytest.raises(PolicyError, match="is not UTF-8 at byte 9; save it as UTF-8"):
        load_policy(tmp_path / "desk.toml")


def test_the_bytes_of_any_text_are_that_text() -> None:
    for name in ("", "plain", "Tết", "日本", "\N{SNOWMAN}", "𝄞"):
        assert text(name) == decode_feed(text(name).encode())
        assert text(name) == decode_feed(b"\xef\xbb\xbf" + text(name).encode())


def test_a_file_past_the_limit_is_not_read_further(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = text("Fair").encode()
    for limit in (len(data), len(data) + 1):
        monkeypatch.setattr(ics_text, "BYTES", limit)
        assert loaded(tmp_path, data)
    monkeypatch.setattr(ics_text, "BYTES", len(data) - 1)
    with pytest.raises(PolicyError, match=f"more than {len(data) - 1} bytes; write less into it"):
        loaded(tmp_path, data)
