"""What reading costs grows with what is written, and no faster: counted, not timed."""

from __future__ import annotations

import datetime as dt
import os
import socket
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from builders import channel_data, policy_data
from support_sla import PolicyError, load_policy
from support_sla.calendars.checks import _refuse_misplaced_changes
from support_sla.calendars.combined import Combined
from support_sla.calendars.sources.ics import text as ics_text
from support_sla.calendars.special_day import SpecialDay
from support_sla.explain.skipped import _named
from support_sla.policy import load
from support_sla.policy.checks import MOST_FAULTS, cross_faults
from support_sla.policy.checks.reach import Reach
from support_sla.policy.files.lines import line_of
from support_sla.policy.files.text import MOST_BYTES
from support_sla.policy.load import _object
from support_sla.policy.when import When
from support_sla.values.names import no_repeats

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Name(str):
    """A text that counts how often it is compared or hashed."""

    __slots__ = ()
    looks: ClassVar[int] = 0

    def __eq__(self, other: object) -> bool:
        Name.looks += 1
        return str.__eq__(self, other)

    def __hash__(self) -> int:
        Name.looks += 1
        return str.__hash__(self)


class Date(dt.date):
    """A date that counts how often it is compared or hashed."""

    def __eq__(self, other: object) -> bool:
        Name.looks += 1
        return dt.date.__eq__(self, other)

    def __hash__(self) -> int:
        Name.looks += 1
        return dt.date.__hash__(self)


def names(count: int, prefix: str = "n") -> list[Name]:
    return [Name(f"{prefix}{at:06d}") for at in range(count)]


def repeated_json_keys(count: int) -> None:
    marked: Any = _object([(key, 1) for key in [*names(count), Name(f"n{count - 1:06d}")]])
    assert f"n{count - 1:06d}" == marked.repeated


def names_without_repeats(count: int) -> None:
    assert count == len(no_repeats(tuple(names(count))))


def a_rule_for_each_day_and_priority(count: int) -> None:
    reach = Reach(names(count, "p"))
    days, priorities = names(count, "d"), names(count, "p")
    for day, priority in zip(days, priorities, strict=True):
        assert reach.takes(When.model_construct(days=(day,), priority=(priority,)))


def rules_of_many_names(count: int) -> None:
    """Two rules that name all days and all priorities: as many pairs as the square."""
    reach = Reach(names(count, "p"))
    when = When.model_construct(days=tuple(names(count, "d")), priority=tuple(names(count, "p")))
    assert [True, False] == [reach.takes(when), reach.takes(when)]
    assert 0 == reach.hides(1)


def rules_that_hide_each_other(count: int) -> None:
    reach = Reach(())
    for at, day in enumerate(names(count, "d")):
        assert reach.takes(When.model_construct(days=(day,), priority=None)) is True
        assert reach.takes(When.model_construct(days=(day,), priority=None)) is False
        assert 2 * at == reach.hides(2 * at + 1)


class Source:
    """A source that knows every second day of 2026 and later, and counts its days."""

    covered_years = (2000, 2100)
    sources = ()

    def special_days(self, year: int) -> list[SpecialDay]:
        days = [Date(year, 1, 1) + dt.timedelta(2 * at) for at in range(180)]
        Name.looks += len(days)
        return [SpecialDay.model_construct(date=day, name="x") for day in days]


def removed_dates(count: int) -> None:
    dates = [Date(2000 + at // 180, 1, 1) + dt.timedelta(2 * (at % 180)) for at in range(count)]
    plain = tuple(Date(date.year, date.month, date.day) for date in dates)
    _refuse_misplaced_changes(Combined((Source(),), None, {}, plain, ()), 2000)


def names_that_rules_ask_for(count: int) -> None:
    calendars = {name: {"years": [2026, 2026]} for name in names(10, "c")}
    channel = channel_data(
        *(
            {"when": {"days": [day], "priority": [p]}}
            for day, p in zip(calendars, names(10, "p"), strict=True)
        )
    )
    data = policy_data(channel=channel, calendars=calendars, priorities=names(count, "p"))
    assert [] == cross_faults(data)


def dates_off_of_many_names(count: int) -> None:
    days = (dt.date(2000, 1, 1) + dt.timedelta(at) for at in range(count))
    dates: dict[dt.date, list[str]] = {
        date: [name] for date, name in zip(days, names(count), strict=True)
    }
    assert count == len(list(_named("holiday", dates, {})))


def places_of_deep_faults(count: int) -> None:
    path = tuple(names(count))
    assert None is line_of({}, path)


COUNTED: list[tuple[Callable[[int], None], int]] = [
    (repeated_json_keys, 500),
    (names_without_repeats, 500),
    (a_rule_for_each_day_and_priority, 200),
    (rules_of_many_names, 200),
    (rules_that_hide_each_other, 200),
    (removed_dates, 720),
    (names_that_rules_ask_for, 100),
    (dates_off_of_many_names, 200),
    (places_of_deep_faults, 100),
]


def looks_of(read: Callable[[int], None], count: int) -> int:
    Name.looks = 0
    read(count)
    return Name.looks


@pytest.mark.parametrize(("read", "count"), COUNTED, ids=[read.__name__ for read, _ in COUNTED])
def test_twice_as_much_costs_about_twice_as_many_looks(
    read: Callable[[int], None], count: int
) -> None:
    once, twice, four = (looks_of(read, size) for size in (count, 2 * count, 4 * count))
    assert twice <= 2.2 * once
    assert four <= 2.2 * twice


def test_the_first_thousand_faults_between_parts_are_told() -> None:
    undefined = [f"c{at}" for at in range(2 * MOST_FAULTS)]
    channel = channel_data(hours={"schedule": "office", "observes": undefined})
    with pytest.raises(PolicyError) as caught:
        load_policy(policy_data(channel=channel))
    assert MOST_FAULTS == len(caught.value.findings)


# --- Files ---


def finding_of(path: Path) -> tuple[str, str]:
    with pytest.raises(PolicyError) as caught:
        load_policy(path)
    (found,) = caught.value.findings
    return found.code, found.message


def test_a_policy_file_has_at_most_16_mib() -> None:
    assert (16 * 2**20, 8 * 2**20) == (MOST_BYTES, ics_text.BYTES)


@pytest.mark.parametrize(
    ("size", "code"), [(99, "toml_invalid"), (100, "toml_invalid"), (101, "file_too_large")]
)
def test_a_file_is_read_up_to_its_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, code: str
) -> None:
    monkeypatch.setattr(load, "MOST_BYTES", 100)
    path = tmp_path / "desk.toml"
    path.write_bytes(b"=" * size)
    assert code == finding_of(path)[0]


def test_a_file_beyond_its_limit_is_not_read_whole_and_says_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "desk.json"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)  # takes no room on the disk
    code, message = finding_of(path)
    assert ("file_too_large", True) == (code, "more than 16 MiB; " in message)


def test_a_pipe_is_refused_before_anything_waits_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "desk.toml")
    assert ("file_unreadable", True) == (
        (found := finding_of(tmp_path / "desk.toml"))[0],
        "it is a pipe" in found[1],
    )


def test_a_directory_a_device_and_a_socket_are_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.toml").mkdir()
    (tmp_path / "b.toml").symlink_to("/dev/null")
    monkeypatch.chdir(tmp_path)  # the path of a socket may have some hundred bytes
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("c.toml")
        said = [finding_of(tmp_path / f"{name}.toml")[1] for name in "abc"]
    for message, kind in zip(said, ("a directory", "a device", "a socket"), strict=True):
        assert f"(it is {kind}); give a plain file" in message


FEEDS = """
name = "desk"
timezone = "UTC"
[calendars.company]
years = [2026, 2026]
feed = "company.ics"
[calendars.other]
years = [2026, 2026]
feed = "other.ics"
[schedules]
office = "24/7"
[departments.desk.channels.ticket]
hours = { schedule = "office" }
"""


def test_a_file_that_is_no_feed_is_named_and_never_shown(tmp_path: Path) -> None:
    path = tmp_path / "desk.toml"
    path.write_text(FEEDS)
    (tmp_path / "secret").write_text("root:x:0:0:secret\n")
    (tmp_path / "company.ics").symlink_to(tmp_path / "secret")
    with pytest.raises(PolicyError) as caught:
        load_policy(path)
    one, other = caught.value.findings
    assert ("calendars.company.feed", "ics_invalid", 6) == (one.path, one.code, one.line)
    assert ("calendars.other.feed", "file_unreadable", 9) == (other.path, other.code, other.line)
    assert "secret" not in str(caught.value)
    assert "give one that begins with BEGIN:VCALENDAR" in one.message


def test_a_feed_has_a_limit_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ics_text, "BYTES", 10)
    path = tmp_path / "desk.toml"
    path.write_text(FEEDS)
    for name in ("company", "other"):
        (tmp_path / f"{name}.ics").write_text("BEGIN:VCALENDAR\n")
    with pytest.raises(PolicyError) as caught:
        load_policy(path)
    assert ["file_too_large"] * 2 == [each.code for each in caught.value.findings]
