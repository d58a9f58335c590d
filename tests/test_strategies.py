"""The strategies: all they make is valid, they shrink as written, and every nasty case is found."""

from __future__ import annotations

import datetime as dt
from functools import cache
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from builders import calendar, day_data, policy, rule_data
from support_sla import (
    BusinessDays,
    Channel,
    Clock,
    Event,
    HolidayCalendar,
    Hours,
    Policy,
    Schedule,
    Season,
    SpecialDay,
    Target,
    TicketLog,
    UnknownChannelError,
    UnknownDepartmentError,
    When,
    compute_deadline,
    track,
)
from support_sla.policy.metrics import METRICS
from support_sla.strategies import (
    EVENT_KINDS,
    ZONES,
    holiday_calendars,
    policies,
    schedules,
    submissions,
    ticket_logs,
)
from support_sla.values.units import DAY
from ticket_desks import DESKS

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

SHRUNK = settings(
    derandomize=True, database=None, max_examples=1000, phases=[Phase.generate, Phase.shrink]
)
FOUND = settings(SHRUNK, phases=[Phase.generate], max_examples=5000)
MICROSECOND = dt.timedelta(microseconds=1)
SCHEDULES, CALENDARS, POLICIES = schedules(), holiday_calendars(), policies()
BARE = policies(features=())


def minimal(strategy: st.SearchStrategy[T]) -> T:
    """Return what a strategy shrinks to."""
    return find(strategy, lambda _: True, settings=SHRUNK)


@cache
def seen(_: st.SearchStrategy[T]) -> list[T]:
    """Return what searches of this strategy, the same object, came across; it only grows."""
    return []


def some(strategy: st.SearchStrategy[T], wanted: Callable[[T], bool]) -> T:
    """Return an example that is wanted, not shrunk; raises where none is found."""
    found = seen(strategy)

    def is_wanted(made: T) -> bool:
        found.append(made)
        return bool(wanted(made))

    known = next((made for made in found if wanted(made)), None)
    return find(strategy, is_wanted, settings=FOUND) if known is None else known


# --- Schedules ---


def ranges(schedule: Schedule) -> list[tuple[int, int]]:
    return [hours for day in schedule.week for hours in day]


@given(schedules())
def test_every_schedule_is_read_back_from_its_notation(schedule: Schedule) -> None:
    assert schedule == Schedule(str(schedule))


@given(schedules(closed=False))
def test_a_schedule_that_may_not_be_closed_has_hours(schedule: Schedule) -> None:
    assert ranges(schedule)


@given(schedules(overnight=False))
def test_a_schedule_without_nights_ends_each_day_by_midnight(schedule: Schedule) -> None:
    assert all(end <= DAY for _, end in ranges(schedule))


def test_a_schedule_shrinks_to_no_hours_at_all() -> None:
    assert Schedule("off") == minimal(schedules())
    assert Schedule("off") == minimal(schedules(overnight=False))


def test_a_schedule_with_hours_shrinks_to_a_minute_of_monday() -> None:
    assert Schedule("Mo 00:00-00:01") == minimal(schedules(closed=False))


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(lambda s: not ranges(s), id="a closed week"),
        pytest.param(lambda s: s.is_always_open, id="24/7"),
        pytest.param(lambda s: any(end > DAY for _, end in ranges(s)), id="a night shift"),
        pytest.param(
            lambda s: any(end == DAY for _, end in ranges(s)) and not s.is_always_open,
            id="an end at 24:00",
        ),
        pytest.param(lambda s: any(start == 0 for start, _ in ranges(s)), id="a start at midnight"),
        pytest.param(lambda s: any(len(day) == 3 for day in s.week), id="three ranges a day"),
        pytest.param(lambda s: any(end % 60 for _, end in ranges(s)), id="seconds"),
        pytest.param(lambda s: any(not day for day in s.week) and ranges(s), id="a closed day"),
        pytest.param(
            lambda s: any(end > DAY for _, end in s.week[6]), id="a Sunday night into Monday"
        ),
    ],
)
def test_every_kind_of_schedule_is_found(wanted: Callable[[Schedule], bool]) -> None:
    assert wanted(some(SCHEDULES, wanted))


# --- Calendars ---


@given(holiday_calendars(first_year=2024, last_year=2026))
def test_every_calendar_covers_the_years_asked_for(made: HolidayCalendar) -> None:
    assert (2024, 2026) == made.covered_years
    assert all(2024 <= day.date.year <= 2026 for day in made.days)


@given(holiday_calendars(countries=()))
def test_a_calendar_without_countries_has_only_days_of_its_own(made: HolidayCalendar) -> None:
    assert None is made.country
    assert made == HolidayCalendar.model_validate_json(made.model_dump_json())


@given(holiday_calendars(countries=("US",)))
def test_a_calendar_is_of_the_countries_asked_for(made: HolidayCalendar) -> None:
    assert made.country in (None, "US")


def test_years_that_hold_none_are_refused() -> None:
    with pytest.raises(ValueError, match="years 2027 to 2026 hold no year; swap them"):
        minimal(holiday_calendars(first_year=2027, last_year=2026))


def test_a_calendar_may_cover_one_year() -> None:
    assert (2026, 2026) == minimal(holiday_calendars(first_year=2026, last_year=2026)).covered_years


def test_a_calendar_shrinks_to_one_without_any_day() -> None:
    assert HolidayCalendar(years=(2020, 2027)) == minimal(holiday_calendars())


def any_day(wanted: Callable[[SpecialDay], object]) -> Callable[[HolidayCalendar], bool]:
    return lambda made: any(wanted(day) for day in made.days)


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(lambda made: made.country == "VN", id="a country"),
        pytest.param(lambda made: made.country == "US", id="another country"),
        pytest.param(lambda made: made.swaps, id="swap days"),
        pytest.param(lambda made: made.rest_days == ("Su",), id="a rest day"),
        pytest.param(lambda made: made.rest_days == ("Sa", "Su"), id="two rest days"),
        pytest.param(lambda made: made.country and made.days, id="a country and its own days"),
        pytest.param(any_day(lambda day: day.is_whole_day_off), id="a whole day off"),
        pytest.param(any_day(lambda day: day.works_as), id="a day that works as another"),
        pytest.param(any_day(lambda day: day.open), id="a day with hours of its own"),
        pytest.param(any_day(lambda day: day.closed), id="a day closed in part"),
        pytest.param(
            any_day(lambda day: day.closed and day.closed[-1][1] > DAY), id="closed past midnight"
        ),
        pytest.param(
            any_day(lambda day: day.open and day.open[-1][1] > DAY), id="open past midnight"
        ),
        pytest.param(any_day(lambda day: day.date.month == 2 == day.date.day // 14), id="February"),
    ],
)
def test_every_kind_of_calendar_is_found(wanted: Callable[[HolidayCalendar], bool]) -> None:
    assert wanted(some(CALENDARS, wanted))


def test_two_rest_days_are_written_in_one_order() -> None:
    made = some(CALENDARS, lambda found: len(found.rest_days or ()) == 2)
    assert ("Sa", "Su") == made.rest_days


# --- Policies ---


def lines(made: Policy) -> list[Channel]:
    return list(made.departments["desk"].channels.values())


def targets(made: Policy) -> list[Target]:
    """Return the rules of every line for every metric."""
    names = [(owner, name) for owner, name, _ in made.lines()]
    return [rule for line in names for metric in METRICS for rule in made.targets(*line, metric)]


def all_hours(made: Policy) -> list[Hours]:
    own = [target.hours for target in targets(made) if target.hours]
    return [line.hours for line in lines(made)] + own


@given(policies())
def test_every_policy_is_read_back_from_its_dump(made: Policy) -> None:
    assert made == Policy.model_validate(made.model_dump())
    assert all(made.targets("desk", name) for name in made.departments["desk"].channels)


@given(
    policies(
        zones=["Africa/Cairo"],
        crossings=["overlap"],
        countries=(),
        max_within=dt.timedelta(hours=2),
    )
)
def test_a_policy_keeps_to_what_is_possible(made: Policy) -> None:
    assert ("Africa/Cairo", "overlap") == (made.timezone, made.crossing)
    assert "Africa/Cairo" == made.zone_of("desk")
    assert {None} >= {each.country for each in made.calendars.values()}
    amounts = [target.within for target in targets(made) if isinstance(target.within, dt.timedelta)]
    assert all(amount <= dt.timedelta(hours=2) for amount in amounts)


def test_a_policy_shrinks_to_one_line_open_on_mondays() -> None:
    made = minimal(policies())
    (target,) = targets(made)
    assert ("UTC", "submission", {}, ["a"], ["ticket"]) == (
        made.timezone,
        made.crossing,
        dict(made.calendars),
        list(made.schedules),
        list(made.departments["desk"].channels),
    )
    assert Schedule("Mo 00:00-00:01") == made.schedules["a"]
    assert (None, None, dt.timedelta(0)) == (target.when, target.earliest, target.within)


def any_target(wanted: Callable[[Target], object]) -> Callable[[Policy], bool]:
    return lambda made: any(wanted(target) for target in targets(made))


def any_when(wanted: Callable[[When], object]) -> Callable[[Policy], bool]:
    return any_target(lambda target: target.when and wanted(target.when))


def any_season(wanted: Callable[[Season], object]) -> Callable[[Policy], bool]:
    return lambda made: any(wanted(each) for hours in all_hours(made) for each in hours.seasons)


def promises_days(count: int) -> Callable[[Policy], bool]:
    return any_target(lambda target: target.within == BusinessDays(count))


def any_line(wanted: Callable[[Channel], object]) -> Callable[[Policy], bool]:
    return lambda made: any(wanted(line) for _, _, line in made.lines())


def keeps(key: str, value: str) -> Callable[[Policy], bool]:
    return any_line(lambda line: getattr(line, key) == value)


def warns(said: str) -> Callable[[Policy], bool]:
    return any_target(lambda rule: any(said in each.at for each in rule.warn_at))


def has_tickets(made: Policy) -> bool:
    """Whether a policy says anything that concerns tickets over time."""
    lists = any_line(lambda line: line.next_response or line.update_every or line.resolution)
    kept = any_line(lambda line: line.changes != "from_start" or line.reopened != "resume")
    points = any_target(lambda rule: rule.warn_at)
    return bool(made.statuses) or any(there(made) for there in (lists, kept, points))


FEATURES: dict[str, Callable[[Policy], bool]] = {
    "business_days": any_target(lambda t: t.is_in_days),
    "hours": any_target(lambda t: t.hours),
    "open": any_when(lambda w: w.open is not None),
    "time": any_when(lambda w: w.time),
    "attributes": lambda made: bool(made.attributes),
    "seasons": any_season(str),
    "on_holidays": lambda made: any(hours.on_holidays for hours in all_hours(made)),
    "timezone": lambda made: made.departments["desk"].timezone is not None,
    "rules": lambda made: bool(made.rules),
    "tickets": has_tickets,
}
"""What a policy may have beside schedules, calendars and plain rules, and how it shows."""


@given(policies(features=()))
def test_a_policy_without_features_has_none_of_them(made: Policy) -> None:
    assert [] == [name for name, is_there in FEATURES.items() if is_there(made)]


@pytest.mark.parametrize("feature", FEATURES)
def test_a_policy_has_the_features_that_are_asked_for_and_no_others(feature: str) -> None:
    drawn: list[Policy] = []

    def is_it(made: Policy) -> bool:
        drawn.append(made)
        return FEATURES[feature](made)

    some(policies(features=[feature]), is_it)
    there = {name for made in drawn for name, is_there in FEATURES.items() if is_there(made)}
    assert {feature} == there


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(lambda made: len(lines(made)) == 2, id="two lines"),
        pytest.param(lambda made: len(made.schedules) == 2, id="two schedules"),
        pytest.param(lambda made: len(made.calendars) == 2, id="two calendars"),
        pytest.param(lambda made: lines(made)[0].hours.observes, id="a calendar observed"),
        pytest.param(any_target(lambda t: t.when and t.when.priority), id="a priority's rule"),
        pytest.param(
            any_target(lambda t: t.when and "public" in (t.when.days or ())), id="a calendar's rule"
        ),
        pytest.param(any_target(lambda t: t.when and "Su" in (t.when.days or ())), id="a Sunday's"),
        pytest.param(any_target(lambda t: t.when and t.when.days and t.when.priority), id="both"),
        pytest.param(any_target(lambda t: t.within == dt.timedelta(0)), id="a zero target"),
        pytest.param(any_target(lambda t: t.earliest), id="an earliest"),
        pytest.param(
            any_target(lambda t: isinstance(t.within, dt.timedelta) and t.within.microseconds),
            id="a microsecond in a target",
        ),
        pytest.param(
            any_target(lambda t: t.counted_in == "business_time" and not t.is_in_days),
            id="business time",
        ),
        pytest.param(any_target(lambda t: t.counted_in == "calendar_time"), id="calendar time"),
        *[pytest.param(is_there, id=name) for name, is_there in FEATURES.items()],
        *[
            pytest.param(promises_days(count), id=f"{count} business days")
            for count in (0, 1, 2, 5)
        ],
        pytest.param(any_target(lambda t: t.is_in_days and t.cutoff), id="days with a cut-off"),
        pytest.param(
            any_target(lambda t: t.is_in_days and t.cutoff is None), id="days without a cut-off"
        ),
        pytest.param(any_target(lambda t: t.by == "close"), id="days by the closing"),
        pytest.param(any_target(lambda t: t.by not in {None, "close"}), id="days by a clock time"),
        pytest.param(any_target(lambda t: t.hours and t.is_in_days), id="days in a rule's hours"),
        pytest.param(any_target(lambda t: t.hours and t.hours.observes), id="a rule's calendar"),
        pytest.param(any_when(lambda w: w.open is True), id="an open line's rule"),
        pytest.param(any_when(lambda w: w.open is False), id="a closed line's rule"),
        pytest.param(any_when(lambda w: w.time and len(w.time) == 2), id="two times of a date"),
        pytest.param(any_when(lambda w: w.time and w.days), id="a time of some days"),
        pytest.param(any_when(lambda w: w.open is not None and w.days), id="open on some days"),
        pytest.param(any_when(lambda w: w.attributes), id="an attribute's rule"),
        pytest.param(any_season(lambda s: s.is_yearly), id="a season of each year"),
        pytest.param(any_season(lambda s: not s.is_yearly), id="a season of one year"),
        pytest.param(any_season(lambda s: s.is_yearly and s.to < s.from_), id="over New Year"),
        pytest.param(any_season(lambda s: s.from_ == "02-29"), id="from a leap day on"),
        pytest.param(
            lambda made: made.departments["desk"].timezone not in {None, made.timezone},
            id="a department on a clock of its own",
        ),
        pytest.param(
            lambda made: any(isinstance(line.first_response, str) for line in lines(made)),
            id="rules by name",
        ),
        *[pytest.param(any_line(attrgetter(name)), id=name) for name in METRICS[1:]],
        *[pytest.param(keeps("changes", how), id=how) for how in ("carry", "restart")],
        *[pytest.param(keeps("reopened", how), id=f"{how} round") for how in ("new", "final")],
        pytest.param(any_line(lambda line: line.internal), id="an internal line"),
        pytest.param(
            any_line(lambda line: not line.first_response and not line.internal),
            id="a line of customers without a first response",
        ),
        pytest.param(any_target(lambda rule: len(rule.pauses_on) == 2), id="a rule that pauses"),
        *[
            pytest.param(
                warns(said),
                id=f"a warning {said}",
            )
            for said in ("%", "before", "after")
        ],
        pytest.param(
            any_target(lambda rule: any(each.name != each.at for each in rule.warn_at)),
            id="a warning with a name",
        ),
        pytest.param(
            lambda made: any(
                rules and all(rule.when for rule in rules)
                for owner, name, _ in made.lines()
                for metric in METRICS[1:]
                if (rules := made.targets(owner, name, metric))
            ),
            id="a list without a default",
        ),
        pytest.param(
            lambda made: "other" in made.departments and made.departments["other"].timezone,
            id="another department on a clock of its own",
        ),
    ],
)
def test_every_kind_of_policy_is_found(wanted: Callable[[Policy], bool]) -> None:
    assert wanted(some(POLICIES, wanted))


@pytest.mark.parametrize("zone", ZONES)
def test_every_zone_is_found(zone: str) -> None:
    assert zone == some(BARE, lambda made: made.timezone == zone).timezone


@pytest.mark.parametrize("crossing", ["submission", "overlap", "in_order"])
def test_every_reading_of_crossings_is_found(crossing: str) -> None:
    assert crossing == some(BARE, lambda made: made.crossing == crossing).crossing


# --- Submissions ---

ZONE = ZoneInfo("America/New_York")
OFFICE = policy(
    timezone="America/New_York", schedules={"office": "Mo-Fr 09:00-17:00; Sa 22:00-06:00"}
)
ALWAYS = policy(timezone="UTC", schedules={"office": "24/7"})
SUBMISSIONS = submissions(OFFICE)


@given(policies(), st.data())
def test_every_submission_has_an_answer(made: Policy, data: st.DataObject) -> None:
    at = data.draw(submissions(made))
    assert at.utcoffset() is not None
    for name in made.departments["desk"].channels:
        found = compute_deadline(made, at, department="desk", channel=name)
        assert at.astimezone(dt.UTC) == found.submitted_at.astimezone(dt.UTC)


@given(st.data(), st.sampled_from([(2026, 2026), (2000, 2006), (2029, 2040), (2005, 2013)]))
def test_a_submission_lies_in_the_covered_years_two_months_short_of_their_end(
    data: st.DataObject, years: tuple[int, int]
) -> None:
    known = calendar(years=years)
    line = policy(calendars={"known": known}, timezone="UTC")
    at = data.draw(submissions(line))
    assert max(years[0], 2005) <= at.year <= min(years[1], 2030)
    assert years[1] > at.year or at.month < 12


@pytest.mark.parametrize("years", [(1990, 2000), (2050, 2060)])
def test_calendars_that_leave_no_choice_have_submissions_too(years: tuple[int, int]) -> None:
    line = policy(calendars={"known": calendar(years=years)}, timezone="UTC")
    assert years[0] <= minimal(submissions(line)).year <= years[1]


@given(st.data())
def test_a_line_without_any_edge_has_submissions_too(data: st.DataObject) -> None:
    assert data.draw(submissions(ALWAYS)).tzinfo is not None


def test_a_line_that_closes_only_past_the_covered_years_has_submissions_too() -> None:
    channel = {
        "hours": {"schedule": "office", "observes": ["known"]},
        "first_response": [rule_data()],
    }
    line = policy(channel=channel, calendars={"known": calendar()}, schedules={"office": "24/7"})
    drawn: list[dt.datetime] = []

    def is_enough(at: dt.datetime) -> bool:
        drawn.append(at)
        return len(drawn) >= 60  # asked once more about the one that was enough

    some(submissions(line), is_enough)
    assert {2026} == {at.year for at in drawn}


@given(st.data())
def test_a_submission_may_be_asked_of_one_line(data: st.DataObject) -> None:
    at = data.draw(submissions(OFFICE, department="desk", channel="ticket"))
    assert 2005 <= at.year <= 2030


def test_a_line_that_is_not_there_has_no_submissions() -> None:
    with pytest.raises(UnknownDepartmentError):
        minimal(submissions(OFFICE, department="sales"))
    with pytest.raises(UnknownChannelError):
        minimal(submissions(OFFICE, department="desk", channel="fax"))


def test_a_submission_shrinks_to_the_first_instant_of_the_years_in_utc() -> None:
    at = minimal(submissions(OFFICE))
    assert (dt.datetime(2005, 1, 2, tzinfo=dt.UTC), ZoneInfo("UTC")) == (at, at.tzinfo)
    known = policy(calendars={"known": calendar(day_data())}, timezone="UTC")
    assert dt.datetime(2026, 1, 2, tzinfo=dt.UTC) == minimal(submissions(known))


def local(at: dt.datetime) -> dt.datetime:
    return at.astimezone(ZONE)


def reads(at: dt.datetime, hour: int) -> bool:
    return local(at).time() == dt.time(hour)


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(lambda at: reads(at, 0), id="midnight"),
        pytest.param(lambda at: reads(at + MICROSECOND, 0), id="before midnight"),
        pytest.param(lambda at: reads(at - MICROSECOND, 0), id="after midnight"),
        pytest.param(lambda at: reads(at, 9) and local(at).weekday() < 5, id="an opening"),
        pytest.param(lambda at: reads(at + MICROSECOND, 9), id="before an opening"),
        pytest.param(lambda at: reads(at, 17) and local(at).weekday() < 5, id="a closing"),
        pytest.param(lambda at: reads(at + MICROSECOND, 17), id="before a closing"),
        pytest.param(lambda at: reads(at - MICROSECOND, 17), id="after a closing"),
        pytest.param(lambda at: reads(at, 6) and local(at).weekday() == 6, id="a night's end"),
        pytest.param(lambda at: local(at).fold == 1, id="a repeated hour"),
        pytest.param(
            lambda at: local(at).fold == 0 and local(at + MICROSECOND).fold == 1,
            id="just before an hour repeats",
        ),
        pytest.param(
            lambda at: (
                local(at).month < 7 and local(at).utcoffset() != local(at - MICROSECOND).utcoffset()
            ),
            id="the end of a gap",
        ),
        pytest.param(lambda at: str(at.tzinfo) == "Asia/Kolkata", id="another zone"),
        pytest.param(lambda at: str(at.tzinfo) == "America/New_York", id="the policy's zone"),
    ],
)
def test_every_kind_of_submission_is_found(wanted: Callable[[dt.datetime], bool]) -> None:
    assert wanted(some(SUBMISSIONS, wanted))


@pytest.mark.parametrize("zone", ZONES)
def test_a_clock_change_is_found_in_every_zone_that_has_one(zone: str) -> None:
    line = policy(rule_data(), timezone=zone, schedules={"office": "24/7"})
    clock = Clock.of(line, department="desk")

    def changes(at: dt.datetime) -> bool:
        after, before = (each.astimezone(clock.timezone) for each in (at, at - MICROSECOND))
        return after.utcoffset() != before.utcoffset()

    without = {"UTC", "Asia/Ho_Chi_Minh", "Asia/Kathmandu"}
    if zone in without:
        assert not changes(some(submissions(line), lambda _: True))
    else:
        assert changes(some(submissions(line), changes))


def test_the_first_zone_is_utc_and_each_can_be_loaded() -> None:
    zones: tuple[Any, ...] = ZONES
    assert "UTC" == zones[0]
    assert list(zones) == [ZoneInfo(name).key for name in zones]


# --- Ticket logs ---

TRACKED = DESKS[1]
LOGS = ticket_logs(TRACKED)
PLAIN = policy(timezone="UTC")


@given(policies(), st.data())
def test_every_ticket_log_is_read_back_and_can_be_followed(
    made: Policy, data: st.DataObject
) -> None:
    log = data.draw(ticket_logs(made))
    assert log == TicketLog.from_dict(log.to_dict())
    status = track(made, log, log.events[-1].at)
    assert log.events[-1].at == status.now
    assert not made.channel(log.department, log.channel).internal


@given(ticket_logs(TRACKED, kinds=["replied", "resumed"], max_events=3, within=dt.timedelta(1)))
def test_a_ticket_log_keeps_to_what_is_possible(log: TicketLog) -> None:
    assert {"submitted", "replied"} >= {event.kind for event in log.events}
    assert 4 >= len(log.events)
    sent, last = (at.astimezone(dt.UTC) for at in (log.submitted_at, log.events[-1].at))
    assert dt.timedelta(1) >= last - sent


def test_a_ticket_log_may_be_asked_of_one_line() -> None:
    log = minimal(ticket_logs(TRACKED, department="desk", channel="quiet"))
    assert ("desk", "quiet") == (log.department, log.channel)


def test_a_line_that_is_not_there_or_internal_has_no_ticket_logs() -> None:
    with pytest.raises(UnknownDepartmentError):
        minimal(ticket_logs(PLAIN, department="sales"))
    with pytest.raises(UnknownChannelError):
        minimal(ticket_logs(PLAIN, channel="fax"))
    with pytest.raises(ValueError, match="no line of customers"):
        minimal(ticket_logs(TRACKED, department="other"))


def test_a_ticket_log_shrinks_to_a_submission_at_the_first_instant_of_the_years() -> None:
    log = minimal(LOGS)
    (sent,) = log.events
    assert ("submitted", "customer", None, None) == (sent.kind, sent.by, sent.priority, sent.status)
    assert dt.datetime(2025, 1, 2, tzinfo=dt.UTC) == sent.at
    assert not sent.attributes


def test_a_desk_without_edges_or_names_to_change_to_has_ticket_logs_too() -> None:
    logs = ticket_logs(ALWAYS, kinds=["resumed", "priority", "attributes"], within=dt.timedelta(0))
    drawn: list[TicketLog] = []

    def is_enough(log: TicketLog) -> bool:
        drawn.append(log)
        return len(drawn) >= 30  # asked once more about the one that was enough

    some(logs, is_enough)
    assert {1} == {len(log.events) for log in drawn}


def any_event(kind: str, **keys: Any) -> Callable[[TicketLog], bool]:
    def is_it(event: Event) -> bool:
        return event.kind == kind and all(getattr(event, k) == v for k, v in keys.items())

    return lambda log: any(is_it(event) for event in log.events)


def any_instant(wanted: Callable[[dt.datetime], bool]) -> Callable[[TicketLog], bool]:
    return lambda log: any(wanted(event.at) for event in log.events[1:])


def is_due(log: TicketLog, after: dt.timedelta = dt.timedelta(0)) -> bool:
    """Whether something happens at the due of a log's first response, or so much after it."""
    first = track(TRACKED, log, log.submitted_at).first_response
    due = first.due_at if first else None
    return due is not None and any(event.at == due + after for event in log.events[1:])


@pytest.mark.parametrize(
    "wanted",
    [
        *[pytest.param(any_event(kind), id=kind) for kind in EVENT_KINDS],
        pytest.param(any_event("submitted", by="agent"), id="an agent's ticket"),
        pytest.param(any_event("submitted", priority="high"), id="a priority from the start"),
        pytest.param(any_event("submitted", status="pending"), id="a status from the start"),
        pytest.param(any_event("submitted", attributes=(("plan", "gold"),)), id="a plan"),
        pytest.param(any_event("replied", by="customer"), id="a message"),
        pytest.param(any_event("replied", by="agent", automatic=True), id="an automatic reply"),
        pytest.param(any_event("replied", by="agent", public=False), id="a private note"),
        pytest.param(any_event("priority", to=None), id="no priority any more"),
        pytest.param(any_event("attributes", attributes=(("plan", None),)), id="one taken away"),
        pytest.param(any_event("assigned", department=None), id="assigned to nobody"),
        pytest.param(any_event("assigned", channel="deeper"), id="assigned to an internal line"),
        pytest.param(any_event("reopened", status="open"), id="reopened with a status"),
        pytest.param(lambda log: len(log.events) > 8, id="many events"),
        pytest.param(
            lambda log: any(a.at == b.at for a, b in pairwise(log.events[1:])), id="a tie"
        ),
        pytest.param(any_instant(lambda at: reads(at, 9)), id="an event at an opening"),
        pytest.param(any_instant(lambda at: reads(at + MICROSECOND, 17)), id="before a closing"),
        pytest.param(any_instant(lambda at: reads(at, 0)), id="an event at midnight"),
        pytest.param(is_due, id="at a due"),
        pytest.param(lambda log: is_due(log, MICROSECOND), id="just after a due"),
    ],
)
def test_every_kind_of_ticket_log_is_found(wanted: Callable[[TicketLog], bool]) -> None:
    assert wanted(some(LOGS, wanted))
