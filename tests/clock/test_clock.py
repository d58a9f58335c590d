"""`Clock`: every question at its boundaries, what it refuses, and what kind of value it is."""

from __future__ import annotations

import copy
import pickle
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from threading import Barrier
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from builders import READ, Counted, calendar, channel_data, day_data, policy, rule_data
from support_sla import (
    AmountError,
    Clock,
    HolidayCalendar,
    InstantError,
    InstantOutOfRangeError,
    NaiveInstantError,
    NeverOpensError,
    NotAnInstantError,
    Policy,
    Schedule,
    SupportSlaError,
    UnknownChannelError,
    UnknownDepartmentError,
    UnknownRuleError,
    YearsNotCoveredError,
    ZoneError,
    load_policy,
)

HOUR = timedelta(hours=1)
MICROSECOND = timedelta(microseconds=1)
VIETNAM = "Asia/Ho_Chi_Minh"


def clock(
    hours: str = "Mo-Sa 08:00-17:00", *calendars: HolidayCalendar, zone: str = VIETNAM
) -> Clock:
    return Clock(Schedule(hours), timezone=zone, calendars=calendars)


def at(text: str, step: int = 0) -> datetime:
    """Return an instant of Vietnam, or so many microseconds beside it."""
    return datetime.fromisoformat(f"{text}+07:00") + step * MICROSECOND


def shown(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat(" ").removesuffix("+07:00")


# Saturday 10 January 2026 is followed by a closed Sunday.


@pytest.mark.parametrize(
    ("text", "step", "is_open", "opens", "closes"),
    [
        ("2026-01-10 08:00", -1, False, "2026-01-10 08:00:00", "2026-01-10 17:00:00"),
        ("2026-01-10 08:00", 0, True, "2026-01-10 08:00:00", "2026-01-10 17:00:00"),
        ("2026-01-10 08:00", 1, True, "2026-01-10 08:00:00.000001", "2026-01-10 17:00:00"),
        ("2026-01-10 17:00", -1, True, "2026-01-10 16:59:59.999999", "2026-01-10 17:00:00"),
        ("2026-01-10 17:00", 0, False, "2026-01-12 08:00:00", "2026-01-12 17:00:00"),
        ("2026-01-10 17:00", 1, False, "2026-01-12 08:00:00", "2026-01-12 17:00:00"),
    ],
)
def test_the_desk_is_open_at_its_opening_and_closed_at_its_closing(
    text: str, step: int, is_open: bool, opens: str, closes: str
) -> None:
    line, instant = clock(), at(text, step)
    assert (is_open, opens, closes) == (
        line.is_open(instant),
        shown(line.next_open(instant)),
        shown(line.next_close(instant)),
    )


@pytest.mark.parametrize(
    ("step", "due"),
    [
        (-1, "2026-01-10 16:59:59.999999"),
        (0, "2026-01-10 17:00:00"),
        (1, "2026-01-12 08:00:00.000001"),
    ],
)
def test_an_hour_that_ends_at_closing_ends_there_and_not_at_the_next_opening(
    step: int, due: str
) -> None:
    assert due == shown(clock().add(at("2026-01-10 16:00", step), HOUR))


@pytest.mark.parametrize(
    ("step", "since"),
    [
        (1, "2026-01-12 08:00:00.000001"),
        (0, "2026-01-12 08:00:00"),
        (-1, "2026-01-10 16:59:59.999999"),
    ],
)
def test_an_hour_that_reaches_back_to_opening_ends_there_and_not_at_the_closing_before(
    step: int, since: str
) -> None:
    assert since == shown(clock().subtract(at("2026-01-12 09:00", step), HOUR))


@pytest.mark.parametrize("text", ["2026-01-10 12:00", "2026-01-11 12:00", "2026-01-10 17:00"])
def test_a_zero_amount_ends_where_it_began_open_or_closed(text: str) -> None:
    line, zero = clock(), timedelta(0)
    assert (f"{text}:00", f"{text}:00") == (
        shown(line.add(at(text), zero)),
        shown(line.subtract(at(text), zero)),
    )


def test_a_negative_amount_is_the_other_operation() -> None:
    line, instant = clock(), at("2026-01-12 09:30")
    assert shown(line.subtract(instant, 2 * HOUR)) == shown(line.add(instant, -2 * HOUR))
    assert shown(line.add(instant, 9 * HOUR)) == shown(line.subtract(instant, -9 * HOUR))
    assert "2026-01-10 16:30:00" == shown(line.add(instant, -2 * HOUR))


def test_the_open_time_between_two_instants_changes_its_sign_with_them() -> None:
    line, one, two = clock(), at("2026-01-10 16:30"), at("2026-01-12 08:45")
    expected = timedelta(minutes=75)
    assert (expected, -expected, timedelta(0)) == (
        line.between(one, two),
        line.between(two, one),
        line.between(one, one),
    )


def test_no_microsecond_is_lost_between_two_instants() -> None:
    line = clock()
    assert 2 * MICROSECOND == line.between(at("2026-01-10 17:00", -1), at("2026-01-12 08:00", 1))


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        pytest.param(
            "2026-01-10 16:30",
            "2026-01-12 08:45",
            [
                ("2026-01-10 16:30:00", "2026-01-10 17:00:00"),
                ("2026-01-12 08:00:00", "2026-01-12 08:45:00"),
            ],
            id="clipped at both ends",
        ),
        pytest.param(
            "2026-01-12 08:00",
            "2026-01-12 17:00",
            [("2026-01-12 08:00:00", "2026-01-12 17:00:00")],
            id="exactly a day",
        ),
        pytest.param("2026-01-10 17:00", "2026-01-12 08:00", [], id="exactly a night"),
        pytest.param("2026-01-12 09:00", "2026-01-12 09:00", [], id="no time at all"),
        pytest.param("2026-01-12 10:00", "2026-01-12 09:00", [], id="backwards"),
    ],
)
def test_periods_are_the_open_stretches_clipped(
    start: str, end: str, found: list[tuple[str, str]]
) -> None:
    periods = clock().periods(at(start), at(end))
    assert found == [(shown(opens), shown(closes)) for opens, closes in periods]


def test_answers_come_back_in_the_clocks_own_zone() -> None:
    line, zone = clock(zone="Europe/Paris"), ZoneInfo("Europe/Paris")
    instant = at("2026-01-12 18:00")
    answers = [
        line.add(instant, HOUR),
        line.subtract(instant, HOUR),
        line.next_open(instant),
        line.next_close(instant),
        *line.periods(instant, instant + HOUR)[0],
    ]
    assert [zone] * 6 == [answer.tzinfo for answer in answers if answer]


def test_instants_of_any_zone_and_texts_are_the_same_question() -> None:
    line = clock()
    instant = at("2026-01-10 16:30")
    asked: list[datetime | str] = [
        instant,
        instant.astimezone(UTC),
        instant.astimezone(ZoneInfo("America/New_York")),
        instant.astimezone(timezone(timedelta(hours=-3, minutes=-30))),
        "2026-01-10T16:30:00+07:00",
        "2026-01-10T09:30:00Z",
    ]
    assert {"2026-01-12 08:30:00"} == {shown(line.add(each, HOUR)) for each in asked}


# --- Lines that never close, never open, or open by a calendar only ---


@pytest.mark.parametrize("hours", ["24/7", "Mo-Su 00:00-24:00", "Mo-Su 08:00-32:00"])
def test_a_line_without_a_closed_second_never_closes(hours: str) -> None:
    line = clock(hours)
    for step in (-1, 0, 1):
        midnight = at("2026-01-12 00:00", step)
        assert line.is_open(midnight)
        assert shown(midnight) == shown(line.next_open(midnight))
        assert None is line.next_close(midnight)


def test_a_line_closed_one_second_a_week_closes() -> None:
    line = clock("Mo-Sa 00:00-24:00; Su 00:00-23:59:59")
    assert "2026-01-11 23:59:59" == shown(line.next_close(at("2026-01-05 00:00")))


def test_a_round_the_clock_line_closes_for_its_holidays() -> None:
    line = clock("24/7", calendar(day_data("2026-12-31")))
    assert "2026-12-31 00:00:00" == shown(line.next_close(at("2026-01-05 00:00")))


def test_a_clock_that_never_opens_counts_nothing_and_cannot_advance() -> None:
    line, instant = clock("off"), at("2026-01-12 09:00")
    assert timedelta(0) == line.between(instant, instant + timedelta(days=900))
    assert (False, None, None, ()) == (
        line.is_open(instant),
        line.next_open(instant),
        line.next_close(instant),
        line.periods(instant, instant + timedelta(days=900)),
    )
    for move in (line.add, line.subtract):
        with pytest.raises(NeverOpensError, match="'off' never opens") as caught:
            move(instant, HOUR)
        assert isinstance(caught.value, ValueError)


def test_a_clock_whose_calendar_opens_no_date_cannot_advance() -> None:
    with pytest.raises(NeverOpensError):
        clock("off", calendar(day_data("2026-05-05"))).add(at("2026-01-12 09:00"), HOUR)


def test_a_clock_without_weekly_hours_opens_on_the_dates_its_calendar_gives() -> None:
    line = clock("off", calendar(day_data("2026-05-05", open="08:00-10:00")))
    instant = at("2026-01-12 09:00")
    assert "2026-05-05 08:00:00" == shown(line.next_open(instant))
    assert "2026-05-05 10:00:00" == shown(line.next_close(instant))
    assert "2026-05-05 09:00:00" == shown(line.add(instant, HOUR))
    assert "2026-05-05 09:00:00" == shown(line.subtract(at("2026-12-01 00:00"), HOUR))


# --- Where the covered years end ---

ONE_YEAR = calendar(day_data("2026-05-05"))


def test_the_years_are_those_that_every_calendar_covers() -> None:
    long, short = (calendar(years=years) for years in ([2000, 2030], [2020, 2040]))
    assert (2020, 2030) == clock("24/7", long, short).covered_years
    assert (3, 9997) == clock("24/7").covered_years


@pytest.mark.parametrize(
    ("text", "step", "covered"),
    [
        ("2026-01-01 00:00", -1, False),
        ("2026-01-01 00:00", 0, True),
        ("2026-01-01 00:00", 1, True),
        ("2027-01-01 00:00", -1, True),
        ("2027-01-01 00:00", 0, False),
        ("2027-01-01 00:00", 1, False),
    ],
)
def test_local_years_outside_the_covered_ones_are_an_error(
    text: str, step: int, covered: bool
) -> None:
    line, instant = clock("24/7", ONE_YEAR), at(text, step)
    if covered:
        assert line.is_open(instant)
        return
    year = instant.year
    with pytest.raises(YearsNotCoveredError, match=f"year {year} .*2026 of calendar") as caught:
        line.is_open(instant)
    assert ("calendars[0]", 2026, 2026) == (
        caught.value.calendar,
        caught.value.first,
        caught.value.last,
    )
    assert isinstance(caught.value, LookupError)


def test_an_answer_exactly_at_the_end_of_the_years_is_given_and_one_past_it_refused() -> None:
    line, instant = clock("24/7", ONE_YEAR), at("2026-12-31 23:00")
    assert "2026-12-31 23:59:59.999999" == shown(line.add(instant, HOUR - MICROSECOND))
    assert "2027-01-01 00:00:00" == shown(line.add(instant, HOUR))
    with pytest.raises(YearsNotCoveredError, match="2027"):
        line.add(instant, HOUR + MICROSECOND)


def test_an_answer_exactly_at_the_start_of_the_years_is_given_and_one_before_it_refused() -> None:
    line, instant = clock("24/7", ONE_YEAR), at("2026-01-01 01:00")
    assert "2026-01-01 00:00:00" == shown(line.subtract(instant, HOUR))
    with pytest.raises(YearsNotCoveredError, match="2025"):
        line.subtract(instant, HOUR + MICROSECOND)


def test_an_opening_past_the_years_is_an_error_and_no_guess() -> None:
    line = clock("Th 08:00-09:00", ONE_YEAR)  # 31 December 2026 is a Thursday
    with pytest.raises(YearsNotCoveredError):
        line.next_open(at("2026-12-31 09:00"))
    with pytest.raises(YearsNotCoveredError):
        line.next_close(at("2026-12-31 09:00"))
    assert "2026-12-31 09:00:00" == shown(line.next_close(at("2026-12-31 09:00", -1)))


def test_a_closing_at_the_very_end_of_the_years_is_not_known_to_be_one() -> None:
    line = clock("24/7", ONE_YEAR)
    with pytest.raises(YearsNotCoveredError):
        line.next_close(at("2026-06-01 00:00"))


def test_a_calendar_of_a_line_is_named_as_the_policy_names_it() -> None:
    line = Clock.of(load_policy("azdigi"), department="billing")
    with pytest.raises(YearsNotCoveredError, match="'public_holidays'"):
        line.is_open(at("2101-01-01 00:00"))


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"])
def test_instants_python_cannot_move_are_refused(text: str) -> None:
    with pytest.raises(InstantOutOfRangeError, match="3 to 9997") as caught:
        clock("24/7").is_open(text)
    assert isinstance(caught.value, OverflowError)


@pytest.mark.parametrize(
    "instant",
    [
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))),
        datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=timezone(timedelta(hours=-12))),
    ],
    ids=["before year 1 in UTC", "after year 9999 in UTC"],
)
def test_instants_utc_cannot_show_are_refused_by_the_library_itself(instant: datetime) -> None:
    with pytest.raises(InstantOutOfRangeError):
        clock("24/7").is_open(instant)


def test_an_answer_a_thousand_years_off_is_refused() -> None:
    line, instant = clock("24/7"), at("2026-01-12 09:00")
    assert 2326 == line.add(instant, timedelta(days=365.2425 * 300)).year
    with pytest.raises(InstantOutOfRangeError, match="more than 1000 at once"):
        line.add(instant, timedelta(days=365.2425 * 1100))
    with pytest.raises(InstantOutOfRangeError, match="more than 1000 at once"):
        line.between("0100-01-01T00:00Z", "2026-01-01T00:00Z")


def test_questions_that_far_apart_are_answered_one_by_one() -> None:
    line = clock("24/7")
    assert line.is_open("0100-01-01T00:00Z")
    assert line.is_open("9000-01-01T00:00Z")


# --- What is refused ---


@pytest.mark.parametrize("question", ["is_open", "next_open", "next_close"])
def test_a_naive_instant_is_refused_with_the_way_out(question: str) -> None:
    with pytest.raises(NaiveInstantError, match=r"at=datetime\(2026-01-12 09:00:00\) .*tzinfo="):
        getattr(clock(), question)(datetime(2026, 1, 12, 9))


def test_each_argument_that_is_no_instant_is_named() -> None:
    line, good = clock(), at("2026-01-12 09:00")
    naive = datetime(2026, 1, 12, 9)
    asked: list[tuple[str, Any]] = [
        ("at=", lambda: line.add(naive, HOUR)),
        ("at=", lambda: line.subtract(naive, HOUR)),
        ("start=", lambda: line.between(naive, good)),
        ("end=", lambda: line.between(good, naive)),
        ("start=", lambda: line.periods(naive, good)),
        ("end=", lambda: line.periods(good, naive)),
    ]
    for name, question in asked:
        with pytest.raises(NaiveInstantError, match=f"^{name}"):
            question()


@pytest.mark.parametrize(
    ("value", "error", "says"),
    [
        (date(2026, 1, 12), NotAnInstantError, "of type date"),
        (1_768_176_000, NotAnInstantError, "of type int"),
        (None, NotAnInstantError, "of type NoneType"),
        ("next Monday", InstantError, "'next Monday' is not an ISO 8601"),
        ("", InstantError, "'' is not an ISO 8601"),
        ("2026-01-12T09:00:00", NaiveInstantError, "no offset from UTC"),
        ("2026-01-12", NaiveInstantError, "no offset from UTC"),
        ("2026-01-12T09:00:00.1234567Z", InstantError, "below the microsecond"),
        ("2026-01-12T09:00:00,000000001Z", InstantError, "below the microsecond"),
    ],
)
def test_what_is_no_instant_is_refused(value: Any, error: type[SupportSlaError], says: str) -> None:
    with pytest.raises(error, match=says):
        clock().is_open(value)


def test_digits_below_the_microsecond_that_are_zero_lose_nothing() -> None:
    assert clock("24/7").is_open("2026-01-12T09:00:00.123456000Z")


@pytest.mark.parametrize("amount", [3600, 1.5, "1h", None])
def test_an_amount_without_a_unit_is_refused(amount: Any) -> None:
    for move in (clock().add, clock().subtract):
        with pytest.raises(AmountError, match="amount is no amount of time") as caught:
            move(at("2026-01-12 09:00"), amount)
        assert isinstance(caught.value, TypeError)


@pytest.mark.parametrize(
    "zone", ["EDT", "", "localtime", "posix/UTC", "../etc/passwd", "Asia/Saigon/", 7, None]
)
def test_a_zone_that_is_no_iana_name_is_refused(zone: Any) -> None:
    with pytest.raises(ZoneError, match="cannot be loaded|is neither a name") as caught:
        Clock(Schedule("24/7"), timezone=zone)
    assert isinstance(caught.value, ValueError)
    *_, meant = re.findall(r"'([^']*)'", str(caught.value))
    assert Clock(Schedule("24/7"), timezone=meant).next_open("2026-01-12T09:00Z")


def test_a_clock_of_a_line_that_is_not_there_lists_those_that_are() -> None:
    line = policy()
    with pytest.raises(UnknownDepartmentError, match="use one of 'desk'"):
        Clock.of(line, department="sales")
    with pytest.raises(UnknownChannelError, match="use one of 'ticket'"):
        Clock.of(line, department="desk", channel="fax")


# --- A value ---


def test_a_clock_of_a_line_has_its_hours_zone_and_calendars() -> None:
    azdigi = load_policy("azdigi")
    line = Clock.of(azdigi, department="billing", channel="phone")
    assert (Schedule("Mo-Sa 09:00-17:00"), ZoneInfo(VIETNAM)) == (line.schedule, line.timezone)
    assert (azdigi.calendars["public_holidays"],) == line.calendars
    assert (1901, 2100) == line.covered_years


def test_a_clock_takes_a_zone_by_name_or_as_it_is() -> None:
    assert clock(zone="UTC") == Clock(Schedule("Mo-Sa 08:00-17:00"), timezone=ZoneInfo("UTC"))
    fixed = Clock(Schedule("24/7"), timezone=timezone(timedelta(hours=7)))
    assert timedelta(hours=7) == fixed.add(at("2026-01-12 09:00"), HOUR).utcoffset()


def test_clocks_are_equal_by_what_they_were_made_of() -> None:
    one, two = clock("Mo-Fr 08:00-17:00", ONE_YEAR), clock("Mo-Fr 08:00-17:00", ONE_YEAR)
    one.is_open(at("2026-01-12 09:00"))  # what has been compiled takes no part
    assert (one, hash(one)) == (two, hash(two))
    for other in (
        clock("Mo-Fr 08:00-16:00", ONE_YEAR),
        clock("Mo-Fr 08:00-17:00"),
        clock("Mo-Fr 08:00-17:00", ONE_YEAR, zone="UTC"),
    ):
        assert one != other
    assert one != "Mo-Fr 08:00-17:00"


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_clock_survives_pickling(protocol: int) -> None:
    line = clock("Mo-Fr 08:00-17:00", ONE_YEAR)
    again = pickle.loads(pickle.dumps(line, protocol))
    assert (line, hash(line)) == (again, hash(again))
    instant = at("2026-01-12 16:30")
    assert shown(line.add(instant, HOUR)) == shown(again.add(instant, HOUR))


def test_a_copy_of_a_clock_is_equal() -> None:
    line = clock("Mo-Fr 08:00-17:00", ONE_YEAR)
    assert [line, line] == [copy.copy(line), copy.deepcopy(line)]


def test_a_clock_has_no_place_for_other_attributes() -> None:
    with pytest.raises(AttributeError):
        clock().holidays = ()  # type: ignore[attr-defined]
    with pytest.raises(AttributeError):
        clock().schedule = Schedule("24/7")  # type: ignore[misc]


def test_a_clock_shows_what_it_was_made_of() -> None:
    assert "Clock(Schedule('Mo-Fr 08:00-17:00'), timezone='UTC', calendars=[])" == repr(
        clock("Mo-Fr 08:00-17:00", zone="UTC")
    )


def test_a_calendar_is_read_once_for_all_questions_about_its_years() -> None:
    days = [day_data("2026-05-05"), day_data("2027-05-05")]
    line = clock("Mo-Fr 08:00-17:00", Counted(days=days, years=(2020, 2030)))
    READ.clear()
    for step in range(1000):
        line.add(at("2026-01-01 00:00") + step * timedelta(hours=8), HOUR)
    assert len(READ) <= 2  # the year asked about, and the one before for its last night shift


def test_eight_threads_asking_a_fresh_clock_get_identical_answers() -> None:
    vietnam = HolidayCalendar(country="VN")
    years = [*range(1990, 2080, 3), *range(2079, 1989, -3)]

    def asks(line: Clock, order: list[int]) -> dict[int, str | None]:
        return {year: shown(line.add(at(f"{year}-02-10 16:30"), 30 * HOUR)) for year in order}

    fresh, start = clock("Mo-Sa 08:00-17:00", vietnam), Barrier(8)

    def worker(turn: int) -> dict[int, str | None]:
        start.wait()
        return asks(fresh, years[turn * 7 :] + years[: turn * 7])

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(worker, range(8)))
    assert [asks(clock("Mo-Sa 08:00-17:00", vietnam), sorted(years))] * 8 == found


def season_and_rule() -> Policy:
    seasons = [{"from": "07-01", "to": "08-31", "schedule": "summer"}]
    return policy(
        channel=channel_data(
            rule_data(name="urgent", hours={"schedule": "always"}),
            hours={"schedule": "office", "seasons": seasons},
        ),
        schedules={
            "office": "Mo-Fr 08:00-17:00",
            "summer": "Mo-Fr 08:00-13:00",
            "always": "24/7",
        },
    )


def test_the_clock_of_a_line_keeps_its_seasons_and_that_of_a_rule_its_own_hours() -> None:
    made = season_and_rule()
    line, rule = (Clock.of(made, department="desk", rule=name) for name in (None, "urgent"))
    july = "2026-07-01T14:00:00+07:00"
    assert (False, True) == (line.is_open(july), rule.is_open(july))
    assert "with 1 season" in str(line)
    assert None is rule.next_close(july)
    again = pickle.loads(pickle.dumps(line))
    assert (line, hash(line), False) == (again, hash(again), again.is_open(july))


def test_a_rule_that_the_line_does_not_have_is_refused_with_those_it_has() -> None:
    with pytest.raises(UnknownRuleError, match="'late' is none of line 'desk/ticket'; .*'urgent'"):
        Clock.of(season_and_rule(), department="desk", rule="late")
