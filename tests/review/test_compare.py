"""The spans that two versions answer differently, each worked out by hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from builders import channel_data, day_data, policy, policy_data, rule_data, when
from comparisons import (
    AZDIGI,
    CALENDAR,
    HOUR,
    NONE,
    Asked,
    around_the_clock,
    changed,
    instants,
    only,
)
from in_oracle_words import MICROSECOND
from support_sla import (
    InstantOutOfRangeError,
    NotAModelError,
    NotAnInstantError,
    Policy,
    SupportSlaError,
    UnknownAttributeError,
    YearsNotCoveredError,
    compute_deadline,
    load_policy,
)
from support_sla.review.compare import Submission, compare, compare_submissions
from support_sla.review.comparison import Comparison, Difference


def kinds(found: Comparison) -> list[str]:
    return [difference.kind for difference in found]


# --- Spans, each worked out by hand ---


def test_a_span_begins_and_ends_exactly_where_the_answers_part_and_meet_again() -> None:
    fair = changed(AZDIGI, crossing="in_order")
    found = compare(AZDIGI, fair, (2026, 2026))
    sunday = next(each for each in found if "2026-06-07" in str(each.start))
    start = datetime.fromisoformat("2026-06-07T15:00:00.000001+07:00")
    end = datetime.fromisoformat("2026-06-08T00:00:00+07:00")
    assert (start, end) == (sunday.start, sunday.end)
    line: Asked = ("technical", "ticket", None, (), "first_response")
    for at, differs in (
        (start - MICROSECOND, False),
        (start, True),
        (end - MICROSECOND, True),
        (end, False),
    ):
        assert differs == (instants(AZDIGI, at, line) != instants(fair, at, line))
    assert ("earlier", -MICROSECOND, -9 * HOUR + MICROSECOND) == (
        sunday.kind,
        sunday.smallest,
        sunday.largest,
    )
    assert end - MICROSECOND == sunday.submitted_at


def test_a_rising_due_crosses_a_standing_one_at_a_single_microsecond_of_agreement() -> None:
    old = around_the_clock(rule_data(within="30h"))
    new = policy(rule_data(within="2h"))  # Saturday's wait for Monday 10:00
    found = compare(old, new, (2026, 2026))
    meet = datetime.fromisoformat("2026-06-07T04:00:00+07:00")  # Sunday; both are due Monday 10:00
    before = next(each for each in found if each.end == meet)
    after = next(each for each in found if each.start == meet + MICROSECOND)
    both = compare_submissions(old, new, [Submission(meet, "desk")])
    assert ("later", "earlier", "other") == (before.kind, after.kind, both[0].kind)
    between = next(each for each in found if each.start == meet)
    assert (meet + MICROSECOND, "other", NONE) == (between.end, between.kind, between.largest)
    assert (MICROSECOND, -MICROSECOND) == (before.smallest, after.smallest)


def test_answers_that_meet_in_everything_leave_a_gap_of_one_microsecond() -> None:
    monday = {"name": "monday", "when": {"days": ["Mo"]}, "within": "9h"}
    sunday = {"name": "sunday", "when": {"days": ["Su"]}, "within": "30h"}
    rest = {"name": "rest", "within": "9h"}
    old = around_the_clock(sunday, monday, rest, crossing="in_order")  # never past Monday 09:00
    new = around_the_clock({**sunday, "within": "20h"}, monday, rest)
    found = compare(old, new, (2026, 2026))
    meet = datetime.fromisoformat("2026-06-07T13:00:00+07:00")
    around = [each.kind for each in found if meet in (each.end, each.start - MICROSECOND)]
    assert ["earlier", "later"] == sorted(around)
    assert () == compare_submissions(old, new, [Submission(meet, "desk")])


def test_a_span_goes_on_over_all_corners_at_which_its_kind_stays() -> None:
    old, new = policy(rule_data(within="2h")), policy(rule_data(within="1h"))
    each = only(compare(old, new, (2026, 2026)))
    assert "earlier" == each.kind
    assert (-HOUR, -64 * HOUR) == (each.smallest, each.largest)  # 63 of them the weekend
    assert "2026-01-02 15:00:00.000001+07:00" == str(each.submitted_at)
    assert ("2026-01-01 00:00:00+07:00", "2027-01-01 00:00:00+07:00") == (
        str(each.start),
        str(each.end),
    )


def test_the_worst_submission_is_the_one_at_which_waiting_ends() -> None:
    old, new = policy(), around_the_clock(rule_data(within="3h"))
    found = compare(old, new, (2026, 2026))
    monday = next(each for each in found if "2026-06-08 06:00:00.000001" in str(each.start))
    assert ("later", MICROSECOND, 2 * HOUR) == (monday.kind, monday.smallest, monday.largest)
    assert "2026-06-08 08:00:00+07:00" == str(monday.submitted_at)
    assert "2026-06-08 16:00:00.000001+07:00" == str(monday.end)


def test_of_equal_moves_the_first_submission_is_the_worst() -> None:
    each = only(compare(around_the_clock(), around_the_clock(rule_data(within="4h")), (2026, 2027)))
    assert (HOUR, HOUR) == (each.smallest, each.largest)
    assert each.start == each.submitted_at


def test_another_earliest_or_another_start_is_a_difference_with_the_same_due() -> None:
    plain, held = around_the_clock(), around_the_clock(rule_data(within="3h", earliest="30m"))
    longer = around_the_clock(rule_data(within="3h", earliest="1h"))
    for one, two in ((plain, held), (held, plain), (held, longer)):
        each = only(compare(one, two, (2026, 2026)))
        assert ("other", NONE, NONE) == (each.kind, each.smallest, each.largest)
        assert each.start == each.submitted_at
    at_once = policy(rule_data(within="0m", **CALENDAR))
    waits = policy(rule_data(within="0m"))
    found = compare(at_once, waits, (2026, 2026))
    assert {"other"} == set(kinds(found))
    assert timedelta(hours=8) == found.differences[0].length  # New Year's night, until 08:00
    assert timedelta(hours=15) in {each.length for each in found}


def test_the_name_of_a_rule_and_a_limit_that_no_answer_shows_are_no_answers() -> None:
    old = around_the_clock(rule_data(name="one", within="3h"))
    new = around_the_clock(
        when("Su", name="two", within="3h"), rule_data(name="three", within="180m"), version="2"
    )
    assert not compare(old, new, (2026, 2026))
    tickets = [Submission("2026-06-07T12:00:00+07:00", "desk")]
    assert () == compare_submissions(old, new, tickets)


def test_the_worst_come_first_and_what_only_one_answers_comes_before_them() -> None:
    old = around_the_clock(when("Mo", within="5h"), when("Tu", within="9h"))
    new = around_the_clock(
        when("Mo", within="6h"), when("Tu", within="2h"), when("We", within="1h")
    )
    found = compare(old, new, (2026, 2026))
    order = list(dict.fromkeys((each.kind, each.largest) for each in found))
    assert [("only_new", None), ("earlier", -7 * HOUR), ("later", HOUR)] == order
    wednesdays = [each for each in found if each.kind == "only_new"]
    assert sorted(each.start for each in wednesdays) == [each.start for each in wednesdays]
    assert {timedelta(days=1)} == {each.length for each in found}


# --- Lines, priorities and years that only one of them has ---


def test_a_line_that_only_one_has_is_one_span_over_all_the_years() -> None:
    without = AZDIGI.model_dump()
    del without["departments"]["billing"]
    new = load_policy({**without, "timezone": "UTC"})
    gone = next(each for each in compare(AZDIGI, new, (2026, 2030)) if each.new is None)
    added = next(each for each in compare(new, AZDIGI, (2026, 2030)) if each.old is None)
    assert ("only_old", "only_new") == (gone.kind, added.kind)
    for each in (gone, added):
        assert ("billing", None, None) == (each.department, each.smallest, each.largest)
        assert ("2026-01-01 07:00:00+07:00", "2031-01-01 00:00:00+07:00") == (
            str(each.start),
            str(each.end),
        )
        assert each.start == each.submitted_at
        assert each.why_not == "department 'billing' is not in the policy; use one of 'technical'"
    assert gone.old == compute_deadline(AZDIGI, gone.start, department="billing")


def test_a_line_that_loses_its_promise_or_its_channel_is_answered_only_before() -> None:
    data = policy_data()
    channels = {"ticket": channel_data(), "mail": channel_data(), "chat": channel_data()}
    old = load_policy({**data, "departments": {"desk": {"channels": channels}}})
    silent = {"ticket": channel_data(), "mail": {"hours": {"schedule": "office"}}}
    new = load_policy({**data, "departments": {"desk": {"channels": silent}}})
    found = {each.channel: each for each in compare(old, new, (2026, 2026))}
    assert {"mail", "chat"} == set(found)
    assert {"only_old"} == {each.kind for each in found.values()}
    assert "no published target" in str(found["mail"].why_not)
    assert "has no channel 'chat'" in str(found["chat"].why_not)


def test_lines_without_a_target_in_either_leave_nothing_to_compare() -> None:
    silent = policy(channel={"hours": {"schedule": "office"}})
    found = compare(silent, changed(silent, timezone="UTC"), (2026, 2026))
    assert not found
    assert "2026-01-01 07:00:00+07:00" == str(found.start)


def test_a_priority_is_asked_where_rules_tell_it_apart_or_one_version_refuses_it() -> None:
    old = around_the_clock(priorities=["low", "high"])
    new = around_the_clock(
        when(priority=("high",), within="1h"), rule_data(within="3h"), priorities=["high", "top"]
    )
    found = {each.priority: each for each in compare(old, new, (2026, 2026))}
    assert {"low": "only_old", "high": "earlier", "top": "only_new"} == {
        name: each.kind for name, each in found.items()
    }
    assert -2 * HOUR == found["high"].largest
    assert "priority 'low' is not declared" in str(found["low"].why_not)


@pytest.mark.parametrize("priority", ["high", None])
def test_a_value_of_an_attribute_is_asked_where_one_version_refuses_it(
    priority: str | None,
) -> None:
    rules = [when(priority=("high",), within="1h"), rule_data(within="3h")] if priority else []
    old = around_the_clock(*rules, priorities=["high"], attributes={"plan": ["basic", "gold"]})
    new = around_the_clock(*rules, priorities=["high"], attributes={"plan": ["gold", "top"]})
    found = compare(old, new, (2026, 2026))
    asked = {(each.kind, each.priority, each.attributes) for each in found}
    assert {
        (kind, name, (("plan", plan),))
        for kind, plan in (("only_old", "basic"), ("only_new", "top"))
        for name in dict.fromkeys([None, priority])
    } == asked
    refused = next(each for each in found if each.kind == "only_old")
    assert "attribute 'plan' has no value 'basic'" in str(refused.why_not)


def test_an_answer_beyond_the_calendars_of_one_version_is_no_answer() -> None:
    def until(last: int) -> Policy:
        calendar = {"years": [2026, last], "days": [day_data("2026-05-05")]}
        line = channel_data(
            rule_data(within="3h", **CALENDAR), hours={"schedule": "office", "observes": ["own"]}
        )
        return policy(channel=line, calendars={"own": calendar})

    each = only(compare(until(2026), until(2027), (2026, 2026)))
    assert "2026-12-31 21:00:00.000001+07:00" == str(each.start)
    assert ("only_new", "2027-01-01 00:00:00+07:00") == (each.kind, str(each.end))
    assert "the answer lies in year 2027 or beyond" in str(each.why_not)
    assert not compare(until(2026), until(2026), (2026, 2026))


# --- Zones ---


def test_versions_in_different_zones_are_compared_as_instants_and_say_so() -> None:
    old, new = around_the_clock(), around_the_clock(timezone="America/New_York")
    found = compare(old, new, (2026, 2027))
    assert not found
    assert ("2026-01-01 12:00:00+07:00", "2028-01-01 00:00:00+07:00") == (
        str(found.start),
        str(found.end),
    )
    assert "The time zones differ, Asia/Ho_Chi_Minh and America/New_York" in found.describe()
    assert "zones" not in compare(old, old, (2026, 2026)).describe()
    moved = compare(policy(), policy(timezone="UTC"), (2026, 2026))
    assert {"later", "earlier"} == set(kinds(moved))
    assert {ZoneInfo("Asia/Ho_Chi_Minh")} == {each.start.tzinfo for each in moved}
    assert {ZoneInfo("UTC")} == {each.new.due_at.tzinfo for each in moved if each.new}


def test_the_length_of_a_span_over_a_clock_change_is_the_time_that_passed() -> None:
    old = around_the_clock(timezone="America/New_York")
    new = around_the_clock(
        when("Su", within="4h"), rule_data(within="3h"), timezone="America/New_York"
    )
    found = compare(old, new, (2026, 2026))
    lengths = sorted(each.length / HOUR for each in found)
    assert [23, 24, 25] == sorted(set(lengths))
    assert 52 * 24 * HOUR == found.submission_time


def test_a_worst_submission_in_a_repeated_hour_is_told_apart_from_its_start() -> None:
    old = around_the_clock(when("Su", within="3h"), timezone="America/New_York")
    new = changed(old, crossing="overlap")
    each = Difference(
        "later",
        "desk",
        "ticket",
        None,
        datetime(2026, 11, 1, 1, 30, tzinfo=ZoneInfo("America/New_York")),
        datetime(2026, 11, 1, 3, tzinfo=ZoneInfo("America/New_York")),
        HOUR,
        HOUR,
        datetime(2026, 11, 1, 1, 30, tzinfo=ZoneInfo("America/New_York"), fold=1),
        compute_deadline(old, "2026-11-01T06:30:00Z", department="desk"),
        compute_deadline(new, "2026-11-01T06:30:00Z", department="desk"),
    )
    assert "submitted at 2026-11-01 01:30:00-05:00 it is due" in str(each)


# --- Years and policies that cannot be compared ---


@pytest.mark.parametrize(
    ("years", "error"),
    [
        ((2099, 2101), YearsNotCoveredError),
        ((2027, 2026), InstantOutOfRangeError),
        ((1000, 3000), InstantOutOfRangeError),
        ((2, 2026), InstantOutOfRangeError),
        ((9990, 9998), InstantOutOfRangeError),
        (2026, NotAnInstantError),
        ((2026,), NotAnInstantError),
        (("2026", "2027"), NotAnInstantError),
        ((2026, True), NotAnInstantError),
    ],
)
def test_years_that_cannot_be_compared_are_refused(
    years: Any, error: type[SupportSlaError]
) -> None:
    with pytest.raises(error):
        compare(AZDIGI, AZDIGI, years)


def test_years_outside_the_calendars_of_either_version_name_the_calendar() -> None:
    line = channel_data(hours={"schedule": "office", "observes": ["own"]})
    own = {"own": {"years": [2026, 2026], "days": []}}
    short = policy(channel=line, calendars=own)
    for pair in ((short, policy()), (policy(), short)):
        with pytest.raises(YearsNotCoveredError, match="'own'"):
            compare(*pair, (2026, 2027))


def test_what_is_no_policy_is_refused() -> None:
    wrong: Any = "azdigi"
    for one, two in ((wrong, AZDIGI), (AZDIGI, wrong)):
        with pytest.raises(NotAModelError, match="'azdigi'"):
            compare(one, two, (2026, 2026))
        with pytest.raises(NotAModelError, match="'azdigi'"):
            compare_submissions(one, two, [])


def test_attributes_are_compared_where_one_version_alone_declares_them() -> None:
    gold = {"when": {"attributes": {"plan": ["gold"]}}, **rule_data(within="2h")}
    old, new = policy(), policy(gold, rule_data(), attributes={"plan": ["gold"]})
    found = compare(old, new, (2026, 2026))
    assert {(("plan", "gold"),)} == {each.attributes for each in found}
    assert {"plan": "gold"} == found.differences[0].to_dict()["attributes"]
    asked = {"submitted_at": "2026-03-02T09:00:00+07:00", "department": "desk"}
    (moved,) = compare_submissions(old, new, [asked, {**asked, "attributes": {"plan": "gold"}}])
    assert (1, "later") == (moved.index, moved.kind)
    assert "with plan 'gold'" in str(moved)


@pytest.mark.parametrize(
    ("attributes", "error", "said"),
    [
        ("gold", NotAModelError, "attributes are no mapping"),
        ({"plam": "gold"}, UnknownAttributeError, "'plam' is not declared"),
        ({"plan": 10**5000}, UnknownAttributeError, "a int too long to show"),
        ({10**5000: "gold"}, UnknownAttributeError, "a int too long to show"),
    ],
)
def test_attributes_that_neither_version_declares_are_refused(
    attributes: Any, error: type[Exception], said: str
) -> None:
    made = policy(
        {"when": {"attributes": {"plan": ["gold"]}}, **rule_data()},
        rule_data(name="rest"),
        attributes={"plan": ["gold"]},
    )
    asked = {"submitted_at": "2026-03-02T09:00:00+07:00", "department": "desk"}
    with pytest.raises(error, match=said):
        compare_submissions(made, made, [{**asked, "attributes": attributes}])
