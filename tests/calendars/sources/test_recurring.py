"""Days that come again: by month and day, and by RFC 5545 rules held against plain counting."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from typing import Any

import pytest
from dateutil import rrule as dateutil_rrule
from hypothesis import given
from hypothesis import strategies as st

from builders import fault, faults
from support_sla import HolidayCalendar, SpecialDay
from support_sla.calendars.sources.recurring import Recurring

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def data(**changes: Any) -> dict[str, Any]:
    return {"name": "a day", **changes}


def recurring(**changes: Any) -> Recurring:
    return Recurring.model_validate(data(**changes))


def refused(**changes: Any) -> str:
    """Return the slug with which these keys are refused."""
    return fault(lambda: recurring(**changes)).slug


def dates(first: int, last: int, **changes: Any) -> list[str]:
    return [str(day.date) for day in recurring(**changes).special_days(first, last)]


def every_date(first: int, last: int) -> list[dt.date]:
    start = dt.date(first, 1, 1)
    return [start + dt.timedelta(day) for day in range((dt.date(last + 1, 1, 1) - start).days)]


# A month and day


def test_a_month_and_day_comes_every_year() -> None:
    assert ["2025-12-25", "2026-12-25"] == dates(2025, 2026, on="12-25")


def test_the_29th_of_february_comes_in_leap_years_only() -> None:
    assert ["1896-02-29", "1904-02-29"] == dates(1895, 1907, on="02-29")
    assert [] == dates(2025, 2027, on="02-29")


@pytest.mark.parametrize(
    ("on", "year", "expected"),
    [
        ("02-28..03-01", 2026, ["2026-02-28", "2026-03-01"]),
        ("02-28..03-01", 2028, ["2028-02-28", "2028-02-29", "2028-03-01"]),
        ("02-28..02-29", 2026, ["2026-02-28"]),
        ("02-29..03-01", 2026, ["2026-03-01"]),
        ("12-31..12-31", 2026, ["2026-12-31"]),
    ],
)
def test_a_range_holds_both_ends_and_what_exists_between_them(
    on: str, year: int, expected: list[str]
) -> None:
    assert expected == dates(year, year, on=on)


def test_january_s_days_of_a_range_over_new_year_are_there_in_the_first_year_too() -> None:
    year_2026 = ["2026-01-01", "2026-01-02", "2026-12-30", "2026-12-31"]
    assert year_2026 == dates(2026, 2026, on="12-30..01-02")
    two = dates(2026, 2027, on="12-30..01-02")
    assert [*year_2026, "2027-01-01", "2027-01-02", "2027-12-30", "2027-12-31"] == two


def test_a_range_may_be_the_whole_year() -> None:
    assert [str(date) for date in every_date(2027, 2028)] == dates(2027, 2028, on="01-01..12-31")
    assert [str(date) for date in every_date(2027, 2028)] == dates(2027, 2028, on="03-02..03-01")


@given(st.dates(), st.dates(), st.integers(3, 9996))
def test_a_range_is_every_date_from_its_first_to_its_last(
    begin: dt.date, end: dt.date, year: int
) -> None:
    first, last = f"{begin:%m-%d}", f"{end:%m-%d}"

    def within(date: dt.date) -> bool:
        day = f"{date:%m-%d}"
        return first <= day <= last if first <= last else day >= first or day <= last

    expected = [str(date) for date in every_date(year, year + 1) if within(date)]
    assert expected == dates(year, year + 1, on=f"{first}..{last}")


@pytest.mark.parametrize(
    "on",
    ["", "02-30", "13-01", "00-10", "04-31", "1-1", "12/25", "12-25 ", "12-24..", "..01-02",
     "12-24..02-30", "12-24...01-02", "12-24..12-25..12-26", "2026-12-25", "١٢-٢٥"],
)  # fmt: skip
def test_what_is_no_month_and_day_of_any_year_is_refused(on: str) -> None:
    found = fault(lambda: recurring(on=on))
    assert ("on_invalid", ("on",)) == (found.slug, found.place)
    assert repr(on) in found.message


def test_a_number_is_no_month_and_day() -> None:
    assert "string_type" == refused(on=1225)


# The first and the last date


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ({"start": "2026-05-04"}, ["2026-05-04", "2027-05-04"]),
        ({"start": "2026-05-05"}, ["2027-05-04"]),
        ({"until": "2026-05-04"}, ["2025-05-04", "2026-05-04"]),
        ({"until": "2026-05-03"}, ["2025-05-04"]),
        ({"start": "2026-05-04", "until": "2026-05-04"}, ["2026-05-04"]),
        ({"start": "2028-01-01"}, []),
        ({"until": "2024-12-31"}, []),
    ],
)
@pytest.mark.parametrize(
    "rule", [{"on": "05-04"}, {"rrule": "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=4"}], ids=["on", "rrule"]
)
def test_no_day_lies_before_start_or_after_until(
    rule: dict[str, str], bounds: dict[str, str], expected: list[str]
) -> None:
    assert expected == dates(2025, 2027, **rule, **bounds)


def test_a_range_is_cut_at_start_and_until() -> None:
    found = dates(2026, 2026, on="12-24..01-02", start="2026-01-02", until="2026-12-24")
    assert ["2026-01-02", "2026-12-24"] == found


def test_a_start_after_until_is_refused() -> None:
    found = fault(lambda: recurring(on="05-04", start="2026-05-05", until="2026-05-04"))
    assert "dates_reversed" == found.slug
    assert "start 2026-05-05 of 'a day' is after until 2026-05-04" in found.message


def test_years_in_the_wrong_order_hold_no_day() -> None:
    assert [] == dates(2027, 2026, on="05-04")
    assert [] == dates(2027, 2026, rrule="FREQ=DAILY")


# Rules


@pytest.mark.parametrize(
    ("rrule", "start", "expected"),
    [
        # 2026: 1 January is a Thursday.
        ("FREQ=MONTHLY;BYDAY=-1FR;BYMONTH=1,2,3", None, ["01-30", "02-27", "03-27"]),
        ("RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=2SU", None, ["05-10"]),
        ("rrule:freq=yearly;bymonth=11;byday=4th", None, ["11-26"]),
        ("FREQ=YEARLY;BYMONTHDAY=1;BYMONTH=01,+7", None, None),
        ("FREQ=YEARLY;BYMONTHDAY=01;BYMONTH=01,07", None, ["01-01", "07-01"]),
        ("FREQ=YEARLY;BYYEARDAY=1,-1", None, ["01-01", "12-31"]),
        ("FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO", None, ["12-28"]),
        ("FREQ=YEARLY;BYDAY=20MO", None, ["05-18"]),
        ("FREQ=YEARLY;BYMONTH=5;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", None, ["05-29"]),
        ("FREQ=WEEKLY;BYDAY=SA;BYMONTH=2", None, ["02-07", "02-14", "02-21", "02-28"]),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=1,-1", None, ["02-01", "02-28"]),
        ("FREQ=YEARLY", "2020-05-04", ["05-04"]),
        ("FREQ=YEARLY;BYMONTH=6", "2020-05-04", ["06-04"]),
        ("FREQ=MONTHLY;BYMONTH=1,2,3", "2020-05-31", ["01-31", "03-31"]),
        ("FREQ=WEEKLY;COUNT=3", "2025-12-29", ["01-05", "01-12"]),
        ("FREQ=DAILY;INTERVAL=100", "2026-01-01", ["01-01", "04-11", "07-20", "10-28"]),
        ("FREQ=MONTHLY;INTERVAL=6", "2025-10-15", ["04-15", "10-15"]),
        ("FREQ=YEARLY;INTERVAL=2", "2025-10-15", []),
        ("FREQ=YEARLY;INTERVAL=2;WKST=SU", "2024-10-15", ["10-15"]),
        ("FREQ=YEARLY", "2024-02-29", []),
    ],
)
def test_a_rule_names_the_days_of_rfc_5545(
    rrule: str, start: str | None, expected: list[str] | None
) -> None:
    if expected is None:
        assert "rrule_invalid" == refused(rrule=rrule)
        return
    bound = {} if start is None else {"start": start}
    assert [f"2026-{day}" for day in expected] == dates(2026, 2026, rrule=rrule, **bound)


def test_a_rule_of_days_is_what_counting_every_date_finds() -> None:
    for text, holds in (
        ("FREQ=DAILY;BYMONTH=1,2", lambda date: date.month < 3),
        ("FREQ=WEEKLY;BYDAY=SU", lambda date: date.weekday() == 6),
        (
            "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR",
            lambda date: date.day == 13 and date.weekday() == 4,
        ),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", lambda date: (date.month, date.day) == (2, 29)),
    ):
        expected = [str(date) for date in every_date(1999, 2003) if holds(date)]
        assert expected == dates(1999, 2003, rrule=text)


rules = st.builds(
    lambda freq, parts, interval, ends: ";".join([f"FREQ={freq}", *parts, *interval, *ends]),
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]),
    st.lists(
        st.sampled_from(["BYMONTH=1,6,12", "WKST=SU", "BYDAY=MO,WE,SU", "BYDAY=MO,TH;BYSETPOS=-1"]),
        max_size=2,
        unique_by=lambda part: part[:4],
    ),
    st.sampled_from([[], ["INTERVAL=1"], ["INTERVAL=3"]]),
    st.sampled_from([[], ["COUNT=40"]]),
)


@given(rules, st.dates(dt.date(1990, 1, 1), dt.date(2012, 12, 31)), st.integers(1990, 2010))
def test_asking_a_rule_late_in_the_calendar_changes_no_day(
    rrule: str, start: dt.date, year: int
) -> None:
    """Hold the years asked for against dateutil stepping through all dates from the start."""
    last = dt.date(year + 2, 12, 31)
    moments = dateutil_rrule.rrulestr(rrule, dtstart=dt.datetime.combine(start, dt.time()))
    expected = []
    for moment in moments:
        if moment.date() > last:
            break
        if moment.year >= year:
            expected.append(str(moment.date()))
    assert expected == dates(year, year + 2, rrule=rrule, start=str(start))


def test_a_rule_without_a_first_date_does_not_depend_on_the_years_asked_for() -> None:
    rrule = "FREQ=WEEKLY;BYDAY=MO,SU;BYSETPOS=1;WKST=SU"
    by_year = [date for year in range(1995, 2006) for date in dates(year, year, rrule=rrule)]
    assert by_year == dates(1995, 2005, rrule=rrule)


def test_an_endless_daily_rule_is_every_date_of_a_century() -> None:
    assert [str(date) for date in every_date(2000, 2099)] == dates(2000, 2099, rrule="FREQ=DAILY")


@pytest.mark.parametrize(
    "rrule",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=20",
        "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
    ],
)
def test_a_rule_that_never_comes_ends_and_is_empty(rrule: str) -> None:
    assert [] == dates(2026, 2030, rrule=rrule, start="2026-01-05")  # a Monday


def test_a_rule_that_falls_off_the_end_of_python_s_years_ends() -> None:
    # 371 days on, in the week after 27 December 9999, only Saturday 1 January 10000 is of a January.
    rule = {"rrule": "FREQ=WEEKLY;BYMONTH=1;BYDAY=SA;INTERVAL=53", "start": "9598-12-21"}
    assert [] == dates(9598, 9598, **rule)


def test_a_week_over_the_end_of_a_year_is_picked_from_whole() -> None:
    # Such a week ends 1999, and with it 9999, after which Python has no date.
    assert "1999-12-27" == dates(1999, 1999, rrule="FREQ=WEEKLY;BYDAY=MO,SA;BYSETPOS=1,2")[-1]
    # Friday 2 January 2026 is the second of its week; its Monday was in 2025.
    rule = {"rrule": "FREQ=WEEKLY;BYDAY=MO,FR;BYSETPOS=1", "start": "2020-01-01"}
    assert "2026-01-05" == dates(2026, 2026, **rule)[0]


def test_the_first_and_the_last_year_of_any_calendar_can_be_asked_for() -> None:
    assert 365 == len(dates(3, 3, rrule="FREQ=DAILY"))
    assert ["9997-12-31"] == dates(9997, 9997, rrule="FREQ=YEARLY;BYYEARDAY=-1")
    assert ["0003-01-01", "0003-12-31"] == dates(3, 3, on="12-31..01-01")
    assert ["9997-01-01", "9997-12-31"] == dates(9997, 9997, on="12-31..01-01")


def test_the_days_of_a_rule_are_the_same_400_years_later() -> None:
    near = dates(1997, 2004, rrule="FREQ=MONTHLY;BYDAY=-1FR")
    far = dates(9597, 9604, rrule="FREQ=MONTHLY;BYDAY=-1FR")
    assert [day[4:] for day in near] == [day[4:] for day in far]


# What is refused


@pytest.mark.parametrize(
    ("rrule", "shown"),
    [
        ("FREQ=HOURLY", "FREQ=HOURLY"),
        ("FREQ=MINUTELY;COUNT=1", "FREQ=MINUTELY"),
        ("FREQ=SECONDLY", "use DAILY"),
        ("FREQ=DAILY;BYHOUR=9", "a time of day"),
        ("FREQ=DAILY;BYMINUTE=9", "a time of day"),
        ("FREQ=DAILY;BYSECOND=9", "a time of day"),
        ("DTSTART:20260101\nRRULE:FREQ=DAILY", "under 'start'"),
        ("DTSTART:20260101T090000Z\nRRULE:FREQ=DAILY", "under 'start'"),
        ("RRULE:FREQ=DAILY\nEXDATE:20260101", "EXDATE"),
        ("RDATE:20260101", "RDATE"),
        ("EXRULE:FREQ=DAILY", "EXRULE"),
        ("FREQ=DAILY;UNTIL=20301231", "under 'until'"),
        ("FREQ=DAILY;UNTIL=20301231T000000Z", "under 'until'"),
        ("FREQ=DAILY;FREQ=DAILY", "FREQ twice"),
        ("FREQ=WEEKLY;BYDAY=MO;BYDAY=TU", "BYDAY twice"),
        ("FREQ=DAILY;BYDAY=1MO", "the n-th weekday of DAILY"),
        ("BYDAY=MO,-1FR;FREQ=WEEKLY", "the n-th weekday of WEEKLY"),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO", "drop the number"),
        ("BYDAY=1MO;FREQ=YEARLY;BYWEEKNO=20", "drop the number"),
        ("FREQ=YEARLY;BYWEEKNO=20", "with BYDAY"),
        ("FREQ=MONTHLY;BYWEEKNO=20;BYDAY=MO", "BYWEEKNO in less"),
        ("FREQ=DAILY;BYYEARDAY=20", "BYYEARDAY in less"),
        ("FREQ=WEEKLY;BYMONTHDAY=20", "BYMONTHDAY in a week"),
        ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS alone"),
        ("", "no FREQ"),
        ("RRULE:", "no FREQ"),
        ("BYDAY=MO", "no FREQ"),
        ("every second Tuesday", "no FREQ"),
    ],
)
def test_what_names_no_whole_date_or_could_be_misread_is_refused_by_name(
    rrule: str, shown: str
) -> None:
    found = fault(lambda: recurring(rrule=rrule, start="2026-01-01"))
    assert ("rrule_unsupported", ("rrule",)) == (found.slug, found.place)
    assert shown in found.message
    assert repr(rrule) in found.message


@pytest.mark.parametrize(
    ("rrule", "shown"),
    [
        ("FREQ=FORTNIGHTLY", "write it like FREQ=YEARLY"),
        ("FREQ=", "'FREQ='"),
        ("FREQ=DAILY,WEEKLY", "'FREQ=DAILY,WEEKLY'"),
        ("FREQ=DAILY;INTERVAL=0", "'INTERVAL=0'"),
        ("FREQ=DAILY;INTERVAL=-1", "'INTERVAL=-1'"),
        ("FREQ=DAILY;INTERVAL=10000", "INTERVAL=2"),
        ("FREQ=DAILY;COUNT=0", "COUNT=10"),
        ("FREQ=DAILY;WKST=XX", "WKST=MO"),
        ("FREQ=MONTHLY;BYDAY=XX", "BYDAY=MO,-1FR"),
        ("FREQ=MONTHLY;BYDAY=0MO", "'BYDAY=0MO'"),
        ("FREQ=YEARLY;BYDAY=54MO", "'BYDAY=54MO'"),
        ("FREQ=MONTHLY;BYDAY=FR(-1)", "'BYDAY=FR(-1)'"),
        ("FREQ=MONTHLY;BYDAY=", "'BYDAY='"),
        ("FREQ=MONTHLY;BYDAY", "'BYDAY'"),
        ("FREQ=YEARLY;BYMONTH=0", "'BYMONTH=0'"),
        ("FREQ=YEARLY;BYMONTH=13", "'BYMONTH=13'"),
        ("FREQ=YEARLY;BYMONTH=-1", "'BYMONTH=-1'"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "'BYMONTHDAY=0'"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,32", "'BYMONTHDAY=1,32'"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,", "'BYMONTHDAY=1,'"),
        ("FREQ=YEARLY;BYYEARDAY=367", "'BYYEARDAY=367'"),
        ("FREQ=YEARLY;BYYEARDAY=000", "'BYYEARDAY=000'"),
        ("FREQ=YEARLY;BYWEEKNO=54;BYDAY=MO", "'BYWEEKNO=54'"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0", "'BYSETPOS=0'"),
        ("FREQ=DAILY;", "the unknown part ''"),
        ("FREQ=DAILY; COUNT=3", "did you mean 'COUNT'?"),
        ("FREQ=YEARLY;BYEASTER=1", "'BYEASTER=1'"),
        ("FREQ=YEARLY;BYWEEKDAY=MO", "'BYWEEKDAY=MO'"),
        ("FREQ=YEARLY;BYMONTHS=1", "did you mean 'BYMONTH'?"),
        ("FREQ=DAILY\n", "'FREQ=DAILY\\n'"),
        ("FREQ=DAILY;INTERVAL=٢", "'INTERVAL=٢'"),
    ],
)
def test_a_part_that_is_not_understood_is_refused_and_shown(rrule: str, shown: str) -> None:
    found = fault(lambda: recurring(rrule=rrule, start="2026-01-01"))
    assert ("rrule_invalid", ("rrule",)) == (found.slug, found.place)
    assert shown in found.message


@pytest.mark.parametrize(
    "rrule",
    ["FREQ=YEARLY;BYYEARDAY=1,9,10,99,100,199,299,300,359,360,366,-366,099,001",
     "FREQ=YEARLY;BYWEEKNO=1,01,9,10,49,50,53,-53;BYDAY=MO",
     "FREQ=MONTHLY;BYMONTHDAY=1,09,10,29,30,31,-31",
     "FREQ=YEARLY;BYDAY=+1MO,-53SU", "FREQ=YEARLY;BYMONTH=1,09,10,12;BYDAY=+1MO,-5SU"],
)  # fmt: skip
def test_every_number_that_a_part_may_have_is_understood(rrule: str) -> None:
    assert dates(2000, 2000, rrule=rrule)


@pytest.mark.parametrize(
    ("rrule", "reason"),
    [
        ("FREQ=DAILY;INTERVAL=2", "INTERVAL=2"),
        ("FREQ=WEEKLY;BYDAY=MO;INTERVAL=2", "INTERVAL=2"),
        ("FREQ=DAILY;COUNT=1", "COUNT=1"),
        ("FREQ=WEEKLY", "names no day"),
        ("FREQ=MONTHLY", "names no day"),
        ("FREQ=YEARLY;BYMONTH=5", "names no day"),
    ],
)
def test_a_rule_that_depends_on_its_first_date_needs_start(rrule: str, reason: str) -> None:
    found = fault(lambda: recurring(rrule=rrule))
    assert "start_missing" == found.slug
    assert reason in found.message
    assert recurring(rrule=rrule, start="2026-01-01").special_days(2026, 2027)


@pytest.mark.parametrize("rrule", ["FREQ=DAILY", "FREQ=DAILY;INTERVAL=1", "FREQ=MONTHLY;BYDAY=MO"])
def test_a_rule_that_says_everything_needs_no_start(rrule: str) -> None:
    assert recurring(rrule=rrule).start is None


@pytest.mark.parametrize(
    ("keys", "which"),
    [({}, "neither"), ({"on": None}, "neither"), ({"on": "05-04", "rrule": "FREQ=DAILY"}, "both")],
)
def test_exactly_one_of_on_and_rrule_is_given(keys: dict[str, str | None], which: str) -> None:
    found = fault(lambda: recurring(**keys))
    assert "recurring_ambiguous" == found.slug
    assert f"'a day' has {which} of" in found.message


# What kind of day it is


@pytest.mark.parametrize(
    "kind",
    [{}, {"closed": "12:00-24:00"}, {"open": "08:00-12:00"}, {"works_as": "Mo"}, {"source": "us"}],
    ids=str,
)
def test_each_day_is_the_special_day_with_the_same_keys(kind: dict[str, str]) -> None:
    by_rule = {"by_rule": True} if {"open", "works_as"} & {*kind} else {}
    expected = SpecialDay.model_validate({"date": "2026-05-04", "name": "a day", **kind, **by_rule})
    for rule in ({"on": "05-04"}, {"rrule": "FREQ=YEARLY", "start": "2020-05-04"}):
        (day,) = recurring(**rule, **kind).special_days(2026, 2026)
        assert expected == day
        assert expected.model_dump() == day.model_dump()


@pytest.mark.parametrize(
    "kinds",
    [
        {"closed": "12:00-24:00", "open": "08:00-12:00"},
        {"closed": "12:00-24:00", "works_as": "Mo"},
        {"open": "08:00-12:00", "works_as": "Mo"},
    ],
)
def test_two_kinds_contradict_each_other(kinds: dict[str, str]) -> None:
    found = fault(lambda: recurring(on="05-04", **kinds))
    assert "special_day_ambiguous" == found.slug
    assert " and ".join(kinds) in found.message


@pytest.mark.parametrize("key", ["closed", "open"])
def test_hours_that_are_off_say_nothing(key: str) -> None:
    found = fault(lambda: recurring(on="05-04", **{key: "off"}))
    assert "hours_empty" == found.slug
    assert f"{key} = 'off' of 'a day'" in found.message


def test_every_fault_is_told_at_once() -> None:
    found = faults(lambda: recurring(name=" ", on="02-30", start="soon", works_as="Monday"))
    assert ["name_empty", "on_invalid", "date_invalid", "weekday_unknown"] == [
        each.slug for each in found
    ]


def test_a_recurring_day_dumps_as_it_was_written() -> None:
    written = data(rrule="rrule:FREQ=WEEKLY", start="2026-01-05", closed="12:00-13:00")
    of = Recurring.model_validate(written)
    assert written == of.model_dump(mode="json")
    assert of == Recurring.model_validate_json(of.model_dump_json())
    assert hash(of) == hash(Recurring.model_validate(written))


def test_dateutil_is_loaded_by_no_model_without_a_rule() -> None:
    code = (
        "import sys; from support_sla.calendars.sources.recurring import Recurring; "
        "Recurring(name='a day', on='05-04').special_days(2026, 2026); "
        "print('dateutil' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "False" == run.stdout.strip()


@pytest.mark.parametrize("number", ["6", "-6", "11", "53", "06"])
@pytest.mark.parametrize("rule", ["FREQ=MONTHLY;BYDAY={}FR", "FREQ=YEARLY;BYMONTH=5;BYDAY={}FR"])
def test_a_month_has_no_sixth_weekday(rule: str, number: str) -> None:
    found = fault(lambda: Recurring(name="x", rrule=rule.format(number)))
    assert "rrule_unsupported" == found.slug
    assert "a sixth weekday of a month" in found.message


@pytest.mark.parametrize("number", ["5", "-5", "05", "1"])
def test_a_month_may_have_a_fifth_weekday(number: str) -> None:
    day = Recurring(name="x", rrule=f"FREQ=MONTHLY;BYDAY={number}FR")
    assert {4} == {each.date.weekday() for each in day.special_days(2026, 2026)}


def test_recurring_days_are_written_in_the_calendar_that_has_them() -> None:
    rule = Recurring(name="x", on="05-05")
    assert (None, ()) == (rule.covered_years, rule.sources)
    assert ("written here",) == HolidayCalendar(recurring=(rule,), years=(2026, 2026)).sources
