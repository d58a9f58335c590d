"""The strategies of policies: all is valid, shrinks as written, and nasty cases are found."""

from __future__ import annotations

import datetime as dt
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searches import minimal, some
from support_sla import (
    BusinessDays,
    Channel,
    HolidayCalendar,
    Hours,
    Policy,
    Schedule,
    Season,
    Target,
    When,
    strategies,
)
from support_sla.policy.metrics import METRICS
from support_sla.strategies import (
    ZONES,
    policies,
)
from support_sla.testing.policies.hours import Parts, line_hours
from support_sla.testing.policies.promises import promises

if TYPE_CHECKING:
    from collections.abc import Callable

POLICIES = policies()
BARE = policies(features=())


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


def any_list(line: Channel) -> bool:
    """Whether a line promises anything."""
    return any(getattr(line, metric) for metric in METRICS)


def lacks_default(made: Policy) -> bool:
    """Whether some list of rules promises nothing to some."""
    lists = [
        made.targets(owner, name, metric)
        for owner, name, _ in made.lines()
        for metric in METRICS[1:]
    ]
    return any(rules and all(rule.when for rule in rules) for rules in lists)


def any_hours(wanted: Callable[[Hours], object]) -> Callable[[Policy], bool]:
    return lambda made: any(wanted(hours) for hours in all_hours(made))


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


def from_a_source(made: HolidayCalendar) -> bool:
    """Whether a calendar has days that are neither written in it nor as its country has them."""
    sources = made.recurring or made.festivals or made.feed or made.union
    return bool(sources or made.removed or made.moved)


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
    "departments": lambda made: len(made.departments) > 1 and not has_tickets(made),
    "requires": any_line(lambda line: line.requires),
    "texts": lambda made: bool(made.version or made.departments["desk"].label),
    "sources": lambda made: any(from_a_source(each) for each in made.calendars.values()),
}
"""What a policy may have beside schedules, calendars and plain rules, and how it shows."""


@given(policies(features=()))
def test_a_policy_without_features_has_none_of_them(made: Policy) -> None:
    assert [] == [name for name, is_there in FEATURES.items() if is_there(made)]


def test_the_features_are_those_that_are_looked_for_here() -> None:
    assert set(strategies.FEATURES) == {*FEATURES}


def test_a_feature_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="no feature 'discounts'; there are business_days, "):
        minimal(policies(features=["discounts"]))


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
        pytest.param(any_line(lambda line: not any_list(line)), id="a line without any promise"),
        pytest.param(
            any_line(lambda line: line.requires and line.requires.departments),
            id="a line for unanswered tickets of another department",
        ),
        pytest.param(
            any_line(lambda line: line.requires and not line.requires.departments),
            id="a line for unanswered tickets of its own department",
        ),
        pytest.param(lambda made: made.labels.value and made.labels.status, id="labels"),
        pytest.param(lambda made: made.accept, id="an accepted finding"),
        pytest.param(lambda made: len(made.departments) == 3, id="three departments"),
        pytest.param(lambda made: len(made.priorities) == 3, id="three priorities"),
        pytest.param(lambda made: len(made.attributes) == 2, id="two attributes"),
        pytest.param(any_hours(lambda hours: len(hours.seasons) > 1), id="several seasons"),
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
        pytest.param(lacks_default, id="a list without a default"),
        pytest.param(
            lambda made: "other" in made.departments and made.departments["other"].timezone,
            id="another department on a clock of its own",
        ),
    ],
)
@pytest.mark.slow
def test_every_kind_of_policy_is_found(wanted: Callable[[Policy], bool]) -> None:
    assert wanted(some(POLICIES, wanted))


@pytest.mark.slow
@pytest.mark.parametrize("zone", ZONES)
def test_every_zone_is_found(zone: str) -> None:
    assert zone == some(BARE, lambda made: made.timezone == zone).timezone


@pytest.mark.parametrize("crossing", ["submission", "overlap", "in_order"])
def test_every_reading_of_crossings_is_found(crossing: str) -> None:
    assert crossing == some(BARE, lambda made: made.crossing == crossing).crossing


@pytest.mark.parametrize(
    ("features", "wanted"),
    [
        pytest.param([], any_target(lambda t: t.within == dt.timedelta(0)), id="a zero target"),
        pytest.param([], any_target(lambda t: t.when and t.when.priority), id="a priority's rule"),
        pytest.param([], lambda made: lines(made)[0].hours.observes, id="a calendar observed"),
        pytest.param([], lambda made: made.timezone == "Africa/Cairo", id="a zone"),
        pytest.param(
            ["requires"],
            any_line(lambda line: line.requires and not line.requires.departments),
            id="a line that requires a ticket",
        ),
        pytest.param(
            ["departments", "requires"],
            any_line(lambda line: line.requires and line.requires.departments),
            id="a line that requires a ticket of another department",
        ),
        pytest.param(["texts"], lambda made: made.version, id="a version"),
        pytest.param(["tickets"], any_line(lambda line: line.internal), id="an internal line"),
        pytest.param(["tickets"], lacks_default, id="a list without a default"),
        pytest.param(["tickets"], any_target(lambda rule: rule.pauses_on), id="a rule that pauses"),
        pytest.param(
            ["tickets"],
            any_line(lambda line: line.resolution and not line.first_response),
            id="a line without a first response",
        ),
        pytest.param(
            ["departments"],
            lambda made: (
                "other" in made.departments and made.departments["other"].channels.get("ticket")
            ),
            id="another department with tickets",
        ),
        pytest.param(
            ["business_days"],
            any_target(lambda t: t.by not in {None, "close"} and t.cutoff),
            id="days by a time, with a cut-off",
        ),
        pytest.param(["business_days"], promises_days(0), id="no business day"),
        pytest.param(
            ["rules"],
            lambda made: made.rules and len(lines(made)) == 2,
            id="rules that two lines share",
        ),
        pytest.param(
            ["attributes"],
            any_when(lambda w: len(w.attributes) == 2),
            id="two attributes asked for",
        ),
        pytest.param(
            ["texts"], lambda made: made.departments["desk"].label, id="a department with a label"
        ),
    ],
)
def test_some_kinds_of_policies_are_found(
    features: list[str], wanted: Callable[[Policy], bool]
) -> None:
    """Every kind there is takes too long for every day."""
    assert wanted(some(pool(*features), wanted))


@cache
def pool(*features: str) -> st.SearchStrategy[Policy]:
    """Return the strategy of policies with these features, one object for all who look in it."""
    return policies(features=features)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"zones": []}, "zones \\[\\] allow none; write a list of some"),
        ({"crossings": "overlap"}, "crossings 'overlap' allow none; write a list of some"),
        ({"max_within": dt.timedelta(-1)}, "max_within -1 day, 0:00:00 is negative"),
    ],
)
def test_options_that_allow_nothing_are_refused(options: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        minimal(policies(**options))


def test_hours_of_half_a_minute_keep_days_by_their_closing() -> None:
    """No clock time in whole minutes lies in them."""
    short = Schedule("Mo 08:00:10-08:00:40")
    parts = Parts({}, {"a": short}, (), {}, dt.timedelta(hours=1), ["business_days"])
    hours = some(line_hours(parts), lambda made: True)
    made: list[dict[str, Any]] = []

    def is_enough(promise: dict[str, Any]) -> bool:
        made.append(promise)
        return len(made) >= 100

    some(promises(parts, hours, has_hours=True, has_earliest=False), is_enough)
    assert {"close"} == {promise["by"] for promise in made if "by" in promise}
