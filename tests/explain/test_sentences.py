"""Sentences: what the answer is, by which policy and rule, and why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from builders import day_data, policy, rule_data, when
from explained import DASH, long, short
from questions import NEW_YORK, ask, line, relaxed
from support_sla import HolidayCalendar, compute_deadline

# --- What the answer is, and by which policy ---


def test_a_target_without_earliest_names_none() -> None:
    assert "no answer is promised before" not in short(policy(), "2026-03-02T09:00")
    assert "No answer is promised before" not in long(policy(), "2026-03-02T09:00")


def test_counting_from_the_next_opening_is_said_where_it_waits() -> None:
    waiting = short(policy(), "2026-03-01T12:00")  # a Sunday; Mo-Fr 08:00-17:00
    assert "within 1 hour, counted from Monday 2 March 2026 at 08:00 on and only in our" in waiting
    for text in ("2026-03-02T08:00", "2026-03-02T08:00:00.000001"):
        assert "within 1 hour, counted only in our opening hours." in short(policy(), text)
    early = "within 1 hour, counted from Monday 2 March 2026 at 08:00 on"
    assert early in short(policy(), "2026-03-02T07:59:59.999999")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-03-02T09:00", "Monday 2 March 2026 at 09:00"),
        ("2026-03-02T09:00:05", "Monday 2 March 2026 at 09:00:05"),
        ("2026-03-02T09:00:00.000001", "Monday 2 March 2026 at 09:00:00.000001"),
        ("2026-12-31T09:00", "Thursday 31 December 2026 at 09:00"),
    ],
)
def test_instants_are_written_as_finely_as_they_are(text: str, shown: str) -> None:
    assert f"sent on {shown}, is promised" in short(policy(), text)
    assert f"submitted on {shown} and must be answered" in long(policy(), text)


@pytest.mark.parametrize("zone", ["Asia/Ho_Chi_Minh", NEW_YORK, "Pacific/Apia"])
def test_the_zone_of_all_times_is_said(zone: str) -> None:
    said = f"All times are those of the time zone {zone}."
    assert said in short(policy(timezone=zone), "2026-03-02T09:00")
    assert said in long(policy(timezone=zone), "2026-03-02T09:00").splitlines()


@pytest.mark.parametrize(
    ("version", "said"),
    [
        (None, "The policy is 'a desk', which names no version."),
        ("2026-03", "The policy is 'a desk', version '2026-03'."),
    ],
)
def test_the_policy_is_named_with_its_version_where_it_has_one(
    version: str | None, said: str
) -> None:
    changes = {} if version is None else {"version": version}
    assert said in long(policy(**changes), "2026-03-02T09:00").splitlines()


def test_labels_are_said_in_the_language_asked_else_in_the_first_there_is() -> None:
    label = {"fr": "Aide", "vi": "Trợ giúp"}
    channel = {"hours": {"schedule": "office"}, "first_response": [rule_data()]}
    made = policy(departments={"desk": {"label": label, "channels": {"ticket": channel}}})
    deadline = ask(made, "2026-03-02T09:00")
    assert f"to Aide {DASH} ticket, sent" in deadline.explain("en")
    assert f"đến Trợ giúp {DASH} ticket, gửi" in deadline.explain("vi")
    assert "desk/ticket" in deadline.explain(long=True)


def test_the_day_is_the_policys_and_not_the_callers() -> None:
    # Sunday 20:00 in New York is Monday 08:00 in Vietnam.
    deadline = ask(relaxed(), "2026-03-01T20:00-05:00")
    assert "sent on Monday 2 March 2026 at 08:00" in deadline.explain()
    assert "Rule 'usual' matched" in deadline.explain(long=True)


def test_two_instants_of_a_repeated_hour_are_told_apart() -> None:
    # In New York 1 November 2026 01:30 comes at 05:30 UTC and again at 06:30 UTC.
    made = line(rule_data(within="3h", counted_in="calendar_time"), timezone=NEW_YORK)
    for at, offset in (("05:30", "-04:00"), ("06:30", "-05:00")):
        deadline = compute_deadline(made, f"2026-11-01T{at}+00:00", department="desk")
        sent = f"Sunday 1 November 2026 at 01:30 (UTC{offset})"
        assert f"sent on {sent}, is promised" in deadline.explain()
        assert f"submitted on {sent} and" in deadline.explain(long=True)


# --- Which rule, and why ---


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (2, "Monday"),
        (3, "Tuesday"),
        (4, "Wednesday"),
        (5, "Thursday"),
        (6, "Friday"),
        (7, "Saturday"),
        (8, "Sunday"),
    ],
)
def test_a_rule_of_a_weekday_says_which(day: int, name: str) -> None:
    made, text = relaxed("submission", name[:2]), f"2026-03-{day:02d}T12:00"
    assert f"This promise holds because {day} March 2026 is a {name}." in short(made, text)
    assert (
        f"Rule 'relaxed' matched the submission, because {day} March 2026 is a {name}."
    ) in long(made, text).splitlines()


@pytest.mark.parametrize(
    ("text", "customer", "dispute"),
    [
        ("2026-03-03T12:00", "3 March 2026 is Founders' Day.", "is Founders' Day (known)."),
        (
            "2026-03-04T09:00",
            "4 March 2026 is closed in part for Stocktaking.",
            "is closed in part for Stocktaking (known, staff letter).",
        ),
    ],
)
def test_a_rule_of_a_calendar_names_the_day_and_in_a_dispute_where_it_stands(
    text: str, customer: str, dispute: str
) -> None:
    days = [
        day_data("2026-03-03", name="Founders' Day"),
        day_data("2026-03-04", name="Stocktaking", closed="12:00-14:00", source="staff letter"),
    ]
    made = relaxed("submission", "Su", "known", known=days)
    assert f"because {customer}" in short(made, text)
    assert dispute in long(made, text)


def test_a_day_copied_from_a_country_names_its_source_in_a_dispute() -> None:
    vietnam = HolidayCalendar(country="VN", language="en_US")
    made = relaxed("submission", "vietnam", calendars={"vietnam": vietnam})
    assert "because 2 September 2026 is National Day." in short(made, "2026-09-02T12:00")
    assert f"is National Day (vietnam, {vietnam.sources[0]})." in long(made, "2026-09-02T12:00")


def test_every_reason_for_a_date_is_said() -> None:
    days = [day_data("2026-03-08", name="Women's Day")]
    made = relaxed("submission", "Su", "known", known=days)
    assert "because 8 March 2026 is a Sunday and Women's Day." in short(made, "2026-03-08T12:00")
    assert "is a Sunday and Women's Day (known)." in long(made, "2026-03-08T12:00")


def test_a_holiday_that_two_sources_know_is_said_once() -> None:
    twice = {"union": [{"country": "VN"}, {"country": "VN"}]}
    made = relaxed("submission", "both", calendars={"both": twice})
    assert "because 2 September 2026 is Quốc khánh." in short(made, "2026-09-02T12:00")
    closed = line(calendars={"both": twice})
    assert 1 == long(closed, "2026-09-02T12:00").count("for Quốc khánh (both, ")
    named = {name: {"country": "VN"} for name in ("one", "two")}
    assert "Wednesday 2 September 2026 (Quốc khánh)." in short(
        line(calendars=named), "2026-09-02T12:00"
    )
    assert "Quốc khánh (one, " in long(line(calendars=named), "2026-09-02T12:00")
    assert "Quốc khánh (two, " in long(line(calendars=named), "2026-09-02T12:00")


def test_a_day_with_hours_of_its_own_is_no_reason() -> None:
    days = [day_data("2026-03-03", open="08:00-12:00")]
    made = relaxed("submission", "known", known=days)
    assert "Rule 'usual' matched" in long(made, "2026-03-03T12:00")
    assert "because" not in short(made, "2026-03-03T12:00")


@pytest.mark.parametrize(
    ("text", "priority", "matched"),
    [
        (
            "2026-03-01T12:00",
            "high",
            (
                "Rule 'both' matched the submission, because 1 March 2026 is a Sunday and the "
                "request's priority is 'high'."
            ),
        ),
        (
            "2026-03-01T12:00",
            "low",
            "Rule 'one' matched the submission, because the request's priority is 'low'.",
        ),
        (
            "2026-03-01T12:00",
            None,
            (
                "Rule 'default' matched the submission: it has no condition, and no rule before it "
                "matched."
            ),
        ),
    ],
)
def test_a_rule_for_a_priority_says_the_priority(
    text: str, priority: str | None, matched: str
) -> None:
    made = line(
        when("Su", priority=("high",), name="both"),
        when(priority=("high", "low"), name="one"),
        rule_data(name="default"),
        priorities=["low", "high"],
    )
    assert matched in long(made, text, priority=priority).splitlines()


@pytest.mark.parametrize(
    ("text", "priority", "failed"),
    [
        ("2026-03-02T12:00", "high", "2 March 2026 is none of its days (Sunday, 'known')"),
        ("2026-03-01T12:00", "low", "the request has none of its priorities ('high', 'top')"),
        ("2026-03-01T12:00", None, "the request has none of its priorities ('high', 'top')"),
        (
            "2026-03-02T12:00",
            "low",
            (
                "2 March 2026 is none of its days (Sunday, 'known') and the request has none of its "
                "priorities ('high', 'top')"
            ),
        ),
    ],
)
def test_a_rule_that_was_passed_over_says_why(text: str, priority: str | None, failed: str) -> None:
    made = line(
        when("Su", "known", priority=("high", "top"), name="both"),
        rule_data(),
        priorities=["low", "high", "top"],
        known=[],
    )
    said = f"Rule 'both' comes before it and was passed over, because {failed}."
    assert said in long(made, text, priority=priority).splitlines()


def test_rules_that_come_later_are_not_spoken_of() -> None:
    assert "'usual'" not in long(relaxed(), "2026-03-01T12:00").partition("crossings")[0]


def test_a_default_rule_is_the_usual_promise() -> None:
    said = "This is our usual promise; no special one applies to your request."
    assert said in short(relaxed(), "2026-03-02T12:00")


def test_an_only_rule_says_that_it_is_and_to_the_customer_nothing() -> None:
    said = "Rule 'default' is the only rule of the line and has no condition."
    assert said in long(policy(), "2026-03-02T12:00").splitlines()
    assert "usual promise" not in short(policy(), "2026-03-02T12:00")


def test_an_only_rule_with_a_condition_says_the_condition() -> None:
    made = line(when("Mo", name="mondays"))
    assert "because 2 March 2026 is a Monday." in short(made, "2026-03-02T12:00")
    assert "Rule 'mondays' matched" in long(made, "2026-03-02T12:00")


def test_an_amount_is_said_in_words() -> None:
    made = line(rule_data(within=timedelta(hours=1, minutes=30)))
    assert "within 1 hour 30 minutes, counted" in short(made, "2026-03-02T09:00")
    assert "within 1 hour 30 minutes of business time" in long(made, "2026-03-02T09:00")


def test_the_first_day_of_a_calendars_years_is_explained_without_looking_before_them() -> None:
    made = relaxed("submission", "known", known=[day_data("2026-01-01", name="New Year")])
    assert "1 January 2026 is New Year (known)" in long(made, "2026-01-01T00:00")


def test_a_rule_passed_over_for_one_of_its_attributes_names_that_one_alone() -> None:
    asks = {"attributes": {"plan": ["gold"], "region": ["eu"]}}
    made = line(
        rule_data(name="both", when=asks),
        rule_data(name="rest"),
        attributes={"plan": ["gold", "basic"], "region": ["eu", "us"]},
    )
    given = {"plan": "gold", "region": "us"}
    said = ask(made, "2026-03-02T09:00", attributes=given).explain(long=True)
    assert (
        "Rule 'both' comes before it and was passed over, because the request's 'region' is none "
        "of 'eu'."
    ) in said
