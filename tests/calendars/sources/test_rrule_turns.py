"""`Turns`: a rule's dates held against plain counting and dateutil, and what they cost, counted."""

from __future__ import annotations

import datetime as dt

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given
from hypothesis import strategies as st

from support_sla.calendars.sources.recurring import Recurring
from support_sla.calendars.sources.rrule import LIMIT, RecurrenceRule, UnsupportedRuleError
from support_sla.calendars.sources.rrule_turns import CYCLE, Looks, TooManyLooksError, Turns

DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def turns(text: str, begin: str = "2026-01-01") -> Turns:
    return RecurrenceRule.read(text).turns_from(dt.date.fromisoformat(begin))


def dates(text: str, first: int, last: int, begin: str = "2026-01-01") -> list[str]:
    span = dt.date(first, 1, 1).toordinal(), dt.date(last, 12, 31).toordinal()
    return [str(dt.date.fromordinal(day)) for day in turns(text, begin).dates(*span)]


def looks(text: str, first: int, last: int, begin: str = "2026-01-01") -> int:
    """Return how many periods and dates are looked at for some years of a rule."""
    counted = Looks(10**9)
    span = dt.date(first, 1, 1).toordinal(), dt.date(last, 12, 31).toordinal()
    list(turns(text, begin).dates(*span, counted))
    return 10**9 - counted.left


def numbers(low: int, high: int) -> st.SearchStrategy[str]:
    number = st.integers(low, high) | st.integers(-high, -low)
    return st.lists(number, min_size=1, max_size=4, unique=True).map(
        lambda found: ",".join(map(str, found))
    )


def some(key: str, values: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    return st.just([]) | values.map(lambda value: [f"{key}={value}"])


PLAIN = st.lists(st.sampled_from(DAYS), min_size=1, max_size=7, unique=True)


def nth(high: int) -> st.SearchStrategy[list[str]]:
    number = st.integers(1, high) | st.integers(-high, -1)
    day = st.builds(lambda n, name: f"{n}{name}", number, st.sampled_from(DAYS))
    return st.lists(day, min_size=1, max_size=4, unique=True)


@st.composite
def rules(draw: st.DrawFn) -> tuple[str, bool]:
    """Return a rule that is read, and whether it picks places from a week."""
    freq = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = draw(some("BYMONTH", numbers(1, 12).map(lambda text: text.replace("-", ""))))
    kinds = [PLAIN]
    if freq != "WEEKLY":
        parts += draw(some("BYMONTHDAY", numbers(1, 31)))
    weeks: list[str] = []
    if freq == "YEARLY":
        parts += draw(some("BYYEARDAY", numbers(1, 366)))
        weeks = draw(some("BYWEEKNO", numbers(1, 53)))
    if freq in ("MONTHLY", "YEARLY") and not weeks:
        kinds.append(nth(5 if parts or freq == "MONTHLY" else 53))
    by_day = draw(some("BYDAY", st.one_of(kinds).map(",".join)))
    assume(by_day or not weeks)
    parts += [*weeks, *by_day]
    places = draw(some("BYSETPOS", numbers(1, 40))) if parts else []
    parts += places
    parts += draw(some("INTERVAL", st.integers(1, 5).map(str)))
    parts += draw(some("WKST", st.sampled_from(DAYS)))
    parts += draw(st.sampled_from([[], [], [], ["COUNT=1"], ["COUNT=12"]]))
    return ";".join([f"FREQ={freq}", *parts]), freq == "WEEKLY" and bool(places)


@given(rules(), st.dates(dt.date(1990, 1, 1), dt.date(2012, 12, 31)), st.integers(1990, 2016))
def test_the_dates_of_a_rule_are_those_that_dateutil_steps_through(
    rule: tuple[str, bool], begin: dt.date, year: int
) -> None:
    """Asked for late years alone, and with a last date in place of a count, they are the same."""
    text, from_a_week = rule
    if from_a_week:  # dateutil picks from the rest of the first week, as if it were a whole one
        week_start = text.partition("WKST=")[2][:2] or "MO"
        begin -= dt.timedelta((begin.weekday() - DAYS.index(week_start)) % 7)
    if "-53" in text or "-52" in text:  # the first week of a year, as the last but n of another's
        assume("BYWEEKNO" not in text)
    with pytest.MonkeyPatch.context() as patched:  # a rule that never comes would take seconds
        patched.setattr(dt, "MAXYEAR", year + 2)
        moments = [*rrulestr(text, dtstart=dt.datetime.combine(begin, dt.time()))]
    expected = [str(moment.date()) for moment in moments if year <= moment.year <= year + 2]
    assert expected == dates(text, year, year + 2, str(begin))
    span = dt.date(year, 1, 1).toordinal(), dt.date(year + 2, 12, 31).toordinal()
    found = turns(text, str(begin)).ended().dates(*span)
    assert expected == [str(dt.date.fromordinal(day)) for day in found]


def test_plain_and_numbered_weekdays_of_one_rule_are_all_its_days() -> None:
    # Mondays of March 2026 are 2, 9, 16, 23 and 30; its last Friday is the 27th.
    found = dates("FREQ=MONTHLY;BYMONTH=3;BYDAY=MO,-1FR", 2026, 2026)
    assert [f"2026-03-{day:02}" for day in (2, 9, 16, 23, 27, 30)] == found


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        # Monday, 29 December 2025 is in week 1 of 2026, and Friday, 1 January 2027 in week 53.
        ("BYWEEKNO=1;BYDAY=MO", ["2024-12-30", "2025-12-29", "2027-01-04"]),
        ("BYWEEKNO=53;BYDAY=FR", ["2027-01-01"]),
        ("BYWEEKNO=-1;BYDAY=FR", ["2024-12-27", "2025-12-26", "2027-01-01", "2027-12-31"]),
        ("BYWEEKNO=-53;BYDAY=MO", ["2025-12-29"]),
        ("BYWEEKNO=1;BYDAY=SU;WKST=SU", ["2024-12-29", "2026-01-04", "2027-01-03"]),
    ],
)
def test_a_week_belongs_to_the_year_that_has_four_of_its_days(
    rule: str, expected: list[str]
) -> None:
    assert expected == dates(f"FREQ=YEARLY;{rule}", 2024, 2027, "2024-02-01")


def test_the_first_week_is_picked_from_whole_even_if_the_rule_begins_in_it() -> None:
    # Wednesday, 7 January 2026: the second day of its week is the Tuesday before.
    rule = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=2;COUNT=2"
    assert ["2026-01-13", "2026-01-20"] == dates(rule, 2026, 2026, "2026-01-07")


NUMBERS_OF_A_YEAR = ",".join(map(str, range(1, 200)))
ENDLESS = [
    "FREQ=DAILY",
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=DAILY;INTERVAL=9999",
    "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2",
    "FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=20",
    "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2,4,6,9,11",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=YEARLY;BYYEARDAY=366",
    "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYMONTH=6",
    "FREQ=YEARLY;BYDAY=53MO;BYSETPOS=-366",
    f"FREQ=YEARLY;BYYEARDAY={NUMBERS_OF_A_YEAR}",
    f"FREQ=YEARLY;BYDAY=SU;BYSETPOS={NUMBERS_OF_A_YEAR}",
    "FREQ=YEARLY;BYDAY=" + ",".join(f"{n}{day}" for n in range(1, 28) for day in DAYS),
    "FREQ=YEARLY;INTERVAL=9999",
]


@pytest.mark.parametrize("rule", ENDLESS)
@pytest.mark.parametrize("begin", ["0003-01-01", "2025-01-01"])
def test_a_year_of_any_rule_costs_no_more_than_its_periods_and_days(rule: str, begin: str) -> None:
    """The cost does not grow with how early the rule begins, nor with how late a year is asked."""
    costs = [looks(rule, year, year, begin) for year in (2026, 2400, 9997)]
    assert max(costs) <= 2 * 371
    n, twice, four = (looks(rule, 2026, 2026 + years - 1, begin) for years in (5, 10, 20))
    assert twice <= 2 * n + 2 * 371
    assert four <= 2 * twice + 2 * 371


@pytest.mark.parametrize("rule", ENDLESS)
def test_a_counted_rule_is_counted_once_and_costs_as_much_as_another_afterwards(rule: str) -> None:
    counted = Looks(3 * CYCLE)
    ended = turns(f"{rule};COUNT=100").ended(counted)
    assert ended.count is None
    left = counted.left
    list(ended.dates(ended.until - 365, ended.until, counted))
    assert left - counted.left <= 2 * 371 * 2


def test_a_rule_that_never_comes_is_given_up_after_all_days_of_the_calendars_cycle() -> None:
    rule = "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"
    assert CYCLE < looks(rule, 2026, 9997) <= CYCLE + 2


def test_the_longest_wait_of_the_calendar_is_no_reason_to_give_a_rule_up() -> None:
    rule = "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO"
    leap_days = [dt.date(year, 2, 29) for year in range(1804, 2200, 4) if year not in (1900, 2100)]
    expected = [str(day) for day in leap_days if day.weekday() == 0]
    assert expected == dates(rule, 1804, 2199, "0003-01-01")


@pytest.mark.parametrize(("left", "is_enough"), [(1, False), (2, True), (3, True)])
def test_a_rule_may_look_as_often_as_it_is_told_and_no_oftener(left: int, is_enough: bool) -> None:
    day = dt.date(2026, 1, 1).toordinal()
    try:
        assert [day] == list(turns("FREQ=DAILY").dates(day, day, Looks(left)))
    except TooManyLooksError:
        assert not is_enough
    else:
        assert is_enough


@pytest.mark.parametrize("size", [LIMIT - 1, LIMIT, LIMIT + 1])
def test_a_rule_longer_than_the_limit_is_refused(size: int) -> None:
    text = "FREQ=YEARLY;BYYEARDAY=1"
    text += ",001" * ((size - len(text)) // 4)
    text = text.replace("=1", "=" + "1".zfill(1 + size - len(text)), 1)
    assert size == len(text)
    if size <= LIMIT:
        assert RecurrenceRule.read(text)
        return
    with pytest.raises(UnsupportedRuleError, match=f"{size} characters, more than {LIMIT}"):
        RecurrenceRule.read(text)


def test_whether_a_recurring_day_comes_is_told_by_its_first_date() -> None:
    daily = Recurring(name="x", on="01-01..12-31")
    assert daily.comes(3, 9997)
    assert not Recurring(name="x", rrule="FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30").comes(3, 9997)
