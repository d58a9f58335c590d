"""Input that types should have prevented: each is refused with an error of ours, none is guessed at."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pytest

from builders import calendar, channel_data, day_data, fault, faults, policy, policy_data, rule_data
from support_sla import (
    AnswerTable,
    Clock,
    HolidayCalendar,
    InstantError,
    InstantOutOfRangeError,
    NotAModelError,
    NotAnInstantError,
    NoTargetError,
    PolicyError,
    Schedule,
    Target,
    UnitError,
    YearsNotCoveredError,
    compute_deadline,
    load_policy,
)

AT = "2026-06-08T10:00:00+00:00"
SPAN: dict[str, Any] = {"department": "desk", "first_year": 2026, "last_year": 2026}
OFFICE = Schedule("Mo-Fr 09:00-17:00")
WRONG: Any = {}


# --- Models of the wrong type ---


def test_something_else_for_a_policy_is_refused_everywhere() -> None:
    for asked in (
        lambda: compute_deadline(WRONG, AT, department="desk"),
        lambda: AnswerTable.of(WRONG, **SPAN),
        lambda: Clock.of(WRONG, department="desk"),
    ):
        with pytest.raises(NotAModelError, match="load it first with load_policy"):
            asked()


def test_something_else_for_a_schedule_or_calendars_is_refused() -> None:
    text: Any = "Mo-Fr 09:00-17:00"
    with pytest.raises(NotAModelError, match="schedule is no Schedule"):
        Clock(text, timezone="UTC")
    for calendars in (["VN"], HolidayCalendar(country="VN"), "VN"):
        wrong: Any = calendars
        with pytest.raises(NotAModelError, match="calendars are no list"):
            Clock(OFFICE, timezone="UTC", calendars=wrong)


def test_calendars_of_a_clock_that_share_no_year_are_refused_and_named() -> None:
    early, late = calendar(years=[2020, 2021]), calendar(years=[2025, 2026])
    with pytest.raises(YearsNotCoveredError, match=r"'calendars\[1\]' begins with 2025"):
        Clock(OFFICE, timezone="UTC", calendars=[early, late])


# --- Instants and amounts ---


class Missing(dt.datetime):
    """Like pandas' NaT: a datetime that equals nothing, not even itself."""

    def __eq__(self, other: object) -> bool:
        return False

    def __ne__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0


class Fine(dt.timedelta):
    """Like pandas' Timedelta: finer than a microsecond."""

    nanoseconds = 1


class Lying(dt.timedelta):
    """A subclass whose arithmetic must not decide an answer."""

    def __floordiv__(self, other: object) -> Any:
        return 5


def test_a_missing_value_is_told_apart_from_a_naive_instant() -> None:
    with pytest.raises(NotAnInstantError, match="is a missing value"):
        compute_deadline(policy(), Missing(2026, 6, 8, tzinfo=dt.UTC), department="desk")


def test_an_amount_finer_than_a_microsecond_is_refused_not_cut() -> None:
    clock = Clock(OFFICE, timezone="UTC")
    with pytest.raises(InstantError, match="below the microsecond"):
        clock.add(AT, Fine(hours=1))
    found = fault(lambda: Target(within=Fine(hours=1), counted_in="business_time"))
    assert "duration_too_fine" == found.slug


def test_a_subclass_of_timedelta_counts_as_the_amount_it_is() -> None:
    clock = Clock(OFFICE, timezone="UTC")
    assert "2026-06-08T11:00:00+00:00" == clock.add(AT, Lying(hours=1)).isoformat()
    target = Target(within=Lying(hours=1), counted_in="business_time")
    assert dt.timedelta is type(target.within)


# --- Policies ---


def test_the_zone_of_a_policy_is_a_name_so_that_a_file_can_hold_it() -> None:
    fixed: Any = dt.timezone(dt.timedelta(hours=7))
    assert "zone_unknown" == fault(lambda: policy(timezone=fixed)).slug


def test_a_set_has_no_order_and_is_refused_where_order_counts() -> None:
    assert "list_expected" == fault(lambda: policy(priorities={"a", "b"})).slug


def test_a_mistyped_key_hides_no_later_rule() -> None:
    found = faults(lambda: policy(rule_data(wen={"days": ["Su"]}), rule_data()))
    assert ["key_unknown"] == [each.slug for each in found]


def test_a_rule_that_is_no_table_hides_no_later_rule() -> None:
    data = policy_data(channel=channel_data(first_response=["oops", rule_data()]))
    with pytest.raises(PolicyError) as caught:
        load_policy(data)
    assert ["table_expected"] == [finding.code for finding in caught.value.findings]


def test_a_schedule_may_be_a_mapping_in_a_policy() -> None:
    made = policy(
        schedules={"office": {"Mo-Fr": ["08:00-12:00", "13:00-17:00"], "Sa": "08:00-12:00"}}
    )
    assert "Mo-Fr 08:00-12:00,13:00-17:00; Sa 08:00-12:00" == str(made.schedules["office"])


def test_a_value_nested_beyond_all_bounds_is_refused_with_its_type() -> None:
    nested: Any = []
    for _ in range(50_000):
        nested = [nested]
    found = fault(lambda: policy(priorities=nested))
    assert "nested too deeply" in found.message


def test_the_text_of_a_policy_is_not_taken_for_a_path() -> None:
    with pytest.raises(PolicyError, match="parse it first, with tomllib"):
        load_policy('name = "x"\ntimezone = "UTC"\n')


def test_a_path_may_be_bytes_to_the_file_system(tmp_path: Path) -> None:
    class Bytes(os.PathLike[Any]):
        def __fspath__(self) -> bytes:
            return os.fsencode(tmp_path / "desk.toml")

    path: Any = Bytes()
    with pytest.raises(PolicyError, match="cannot be read"):
        load_policy(path)


def test_a_feed_beside_the_policy_file_is_read_and_a_missing_one_is_named(tmp_path: Path) -> None:
    feed = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y\r\nBEGIN:VEVENT\r\nUID:1\r\n"
        "DTSTART;VALUE=DATE:20260505\r\nSUMMARY:Picnic\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    (tmp_path / "company.ics").write_text(feed)
    (tmp_path / "desk.toml").write_text(
        'name = "desk"\ntimezone = "UTC"\n[calendars.company]\nfeed = "company.ics"\n'
        'years = [2026, 2027]\n[schedules]\noffice = "24/7"\n'
        '[departments.desk.channels.ticket]\nhours = { schedule = "office", observes = ["company"] }\n'
    )
    found = load_policy(tmp_path / "desk.toml").calendars["company"]
    assert ["Picnic"] == [day.name for day in found.special_days(2026)]
    assert found.sources[0].startswith("iCalendar feed sha256:")
    (tmp_path / "company.ics").unlink()
    with pytest.raises(PolicyError, match=r"company\.ics.* cannot be read"):
        load_policy(tmp_path / "desk.toml")


@pytest.mark.parametrize("text", ["Mo" + " " * 5_000 + "\nx", "Mo " * 5_000 + "x", "a-" * 5_000])
def test_a_long_text_that_is_no_schedule_is_refused_without_a_long_search(text: str) -> None:
    assert fault(lambda: Schedule(text)).slug in ("notation_invalid", "weekday_unknown")


def test_a_long_text_that_is_no_duration_is_refused_without_a_long_search() -> None:
    found = fault(lambda: Target(within="1h" + " " * 50_000 + "x", counted_in="business_time"))
    assert "duration_invalid" == found.slug


def test_messages_stay_short_whatever_they_show() -> None:
    long: Any = "x" * 1_000_000
    for asked in (
        lambda: compute_deadline(policy(), long, department="desk"),
        lambda: compute_deadline(policy(), AT, department=long),
        lambda: compute_deadline(policy(), AT, department="desk", channel=long),
        lambda: Clock(OFFICE, timezone=long),
    ):
        with pytest.raises((ValueError, LookupError)) as caught:
            asked()
        assert 400 > len(str(caught.value))


# --- Lines without a promise at the end of the years ---


def test_a_line_without_a_promise_says_so_also_where_its_next_opening_is_not_known() -> None:
    made = policy(
        timezone="UTC",
        calendars={"own": {"years": [2025, 2026]}},
        channel={"hours": {"schedule": "office", "observes": ["own"]}},
    )
    with pytest.raises(NoTargetError, match="opens no more in the years known") as caught:
        compute_deadline(made, "2026-12-31T23:30:00+00:00", department="desk")
    assert caught.value.opens_at is None


# --- Closures that run past midnight ---


def test_a_closure_past_midnight_closes_some_of_both_dates_for_rules_too() -> None:
    own = {"years": [2025, 2026], "days": [day_data("2026-06-08", closed="22:00-30:00")]}
    made = policy(
        rule_data(name="relaxed", when={"days": ["own"]}, within="12h", counted_in="calendar_time"),
        rule_data(name="usual", within="3h", counted_in="calendar_time"),
        timezone="UTC",
        calendars={"own": own},
        schedules={"office": "24/7"},
    )
    names = {
        at: compute_deadline(made, f"2026-06-{at}+00:00", department="desk").target.name
        for at in ("07T23:59:59", "08T00:00:00", "09T01:00:00", "09T23:59:59", "10T00:00:00")
    }
    assert ["usual", "relaxed", "relaxed", "relaxed", "usual"] == list(names.values())
    found = compute_deadline(made, "2026-06-09T01:00:00+00:00", department="desk")
    assert "because 9 June 2026 is closed in part for a day." in found.explain()
    assert "because 9 June 2026 is closed in part for a day (own)." in found.explain(long=True)


# --- Answer tables ---


def test_years_that_are_no_whole_numbers_or_reversed_are_refused() -> None:
    odd: list[Any] = ["2026", 2026.0, None, True]
    for year in odd:
        with pytest.raises(NotAnInstantError, match="no whole number"):
            AnswerTable.of(policy(), **SPAN | {"first_year": year})
    with pytest.raises(InstantOutOfRangeError, match="2027 to 2026 hold none"):
        AnswerTable.of(policy(), **SPAN | {"first_year": 2027})


def test_a_table_is_asked_with_whole_numbers() -> None:
    table = AnswerTable.of(policy(), **SPAN)
    half: Any = table.start + 0.5
    with pytest.raises(NotAnInstantError, match="no whole number"):
        table.answer(half)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda dump: dump.pop("begins"), "no 'begins'"),
        (lambda dump: dump.update(begins=dump["begins"][:3]), "another length"),
        (lambda dump: dump.update(begins="abc"), "another length"),
        (lambda dump: dump["due_after"].__setitem__(0, 0.5), "no whole number"),
        (lambda dump: dump["begins"].reverse(), "one after another"),
        (lambda dump: dump["rules"].__setitem__(0, 7), "none of its targets"),
    ],
    ids=["missing", "short", "text", "float", "backwards", "unknown rule"],
)
def test_a_dump_that_is_not_whole_is_refused(change: Any, what: str) -> None:
    dump = AnswerTable.of(policy(), **SPAN).to_dict()
    change(dump)
    with pytest.raises(UnitError, match=what):
        AnswerTable.from_dict(dump)


@pytest.mark.parametrize("dump", [None, [], {}])
def test_what_is_no_dump_is_refused(dump: Any) -> None:
    with pytest.raises(UnitError, match="no answer table's"):
        AnswerTable.from_dict(dump)
