"""The parts of an explanation that are not about one deadline: names, instants, promises, reasons."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from builders import day_data, policy, rule_data, special_day, target
from questions import ask, line
from support_sla import NaiveInstantError, Policy, Reason, Step, Target, ZoneError
from support_sla.explain.language import language_of
from support_sla.explain.sentences import Teller
from support_sla.explain.speaker import Speaker, View, words_of
from support_sla.policy.metrics import METRICS

EN, VI = language_of("en"), language_of("vi")
START = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
LABEL = {"en": "In\nwaiting", "vi": "Đang chờ"}


def speaker(made: Policy | None = None, *, language: Any = EN, zone: str | None = None) -> Speaker:
    found = made or policy(timezone="UTC")
    return Speaker(found, "UTC", language, View.of(zone, None), words_of(language, "resolution"))


def step(*reasons: Reason, counted: bool = False, lasts: dt.timedelta = HOUR) -> Step:
    return Step(START, START + lasts, counted, reasons)


# --- What is promised ---


@pytest.mark.parametrize("language", [EN, VI])
def test_each_promise_has_its_words_as_blanks(language: Any) -> None:
    found = {metric: words_of(language, metric) for metric in METRICS}
    assert found["first_response"] == found["next_response"]
    assert len({*(each["what"] for each in found.values())}) == 3
    assert all({*each} == {"what", "done"} for each in found.values())


def test_the_words_of_a_promise_fill_the_blanks_of_each_phrase() -> None:
    assert speaker().say("short", "at_once") == "We promise a resolution at once."


# --- Promises in days ---


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (
            {"within": "1 business day", "by": "close"},
            "on the next business day, by the end of our",
        ),
        (
            {"within": "1 business day", "by": "16:00"},
            "on the next business day, by 16:00 that day",
        ),
        ({"within": "3 business days", "by": "close"}, "within 3 business days, by the end of our"),
        (
            {"within": "0 business days", "by": "close", "cutoff": "12:00"},
            "on the business day on which we receive the request, by the end of our hours that day",
        ),
        (
            {"within": "1 business day", "by": "close", "cutoff": "12:00"},
            "on the business day after the one on which we receive the request, by",
        ),
        (
            {"within": "2 business days", "by": "close", "cutoff": "12:00"},
            "within 2 business days after the one on which we receive the request, by",
        ),
    ],
)
def test_a_promise_in_days_says_how_they_are_counted(rule: dict[str, Any], said: str) -> None:
    told = speaker().in_days(Target.model_validate(rule))
    assert told.startswith("We promise a resolution ")
    assert said in told
    assert ("a request sent after 12:00" in told) == ("cutoff" in rule)


def test_a_promise_of_hours_is_no_promise_of_days() -> None:
    assert "within 0 business days" in speaker().in_days(target())


# --- Steps and reasons ---


def test_a_step_is_counted_or_not_or_a_change_of_the_clocks() -> None:
    opens, night = Reason("business_hours"), Reason("night")
    change = Reason("clock_back", change=-HOUR)
    moment, back = "Monday 2 March 2026 at ", "clocks go back by 1 hour"
    closed = "it is outside the line's opening hours"
    assert [
        speaker().step(each)
        for each in (
            step(opens, counted=True),
            step(night),
            step(change, lasts=dt.timedelta(0)),
        )
    ] == [
        f"From {moment}09:00 to {moment}10:00 time is counted (1 hour): the line is open.",
        f"From {moment}09:00 to {moment}10:00 no time is counted: {closed}.",
        f"On the way the {back} and repeat the times between; they then show {moment}09:00.",
    ]


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Reason("weekday", date=dt.date(2026, 3, 1)), "the line does not open on a Sunday"),
        (
            Reason("weekday", date=dt.date(2026, 3, 1), season="summer"),
            "the line does not open on a Sunday in the season of summer",
        ),
        (
            Reason("business_day", date=dt.date(2026, 3, 2), number=1, of=2),
            "Monday 2 March 2026 is business day 1 of 2",
        ),
        (
            Reason("holiday", day=special_day(name="Tết"), calendar="public"),
            "the line is closed all day for Tết (public)",
        ),
        (
            Reason("holiday", day=special_day(name="Tết", source="a letter"), calendar="public"),
            "the line is closed all day for Tết (public, a letter)",
        ),
        (
            Reason("special_opening", day=special_day(open="08:00-12:00"), calendar="own"),
            "the line is open in the special hours of a day (own)",
        ),
        (
            Reason("special_opening", day=special_day(works_as="Mo"), calendar="own"),
            "the line is open as on a Monday, by a day (own)",
        ),
        (
            Reason("clock_forward", change=HOUR),
            "the clocks go forward by 1 hour and skip the times between",
        ),
        (Reason("resolved"), "the request was resolved"),
        (Reason("unpromised"), "no rule promised anything"),
        (Reason("paused", statuses=("pending",)), "the request is 'pending'"),
        (Reason("paused", statuses=("held", "pending")), "the request is 'held' and 'pending'"),
    ],
)
def test_each_reason_is_said_with_what_it_has(reason: Reason, said: str) -> None:
    assert speaker().reasons(step(reason)) == said


def test_reasons_that_say_the_same_are_said_once() -> None:
    two = [Reason("night"), Reason("night"), Reason("resolved")]
    said = "it is outside the line's opening hours and the request was resolved"
    assert speaker().reasons(step(*two)) == said


# --- Names ---


def labelled() -> Policy:
    return policy(
        rule_data(name="usual", pauses_on=["pending"]),
        timezone="UTC",
        priorities=["high"],
        statuses=["pending", "held"],
        attributes={"plan": ["gold"]},
        labels={
            "status": {"pending": LABEL},
            "priority": {"high": LABEL},
            "attribute": {"plan": LABEL},
            "value": {"plan": {"gold": LABEL}},
            "rule": {"usual": LABEL},
        },
    )


def test_identifiers_are_said_by_their_labels_in_the_language() -> None:
    made = labelled()
    for language, label in ((EN, "In waiting"), (VI, "Đang chờ")):
        says = speaker(made, language=language)
        assert {
            says.status_name("pending"),
            says.priority("high"),
            says.attribute("plan"),
            says.value("plan", "gold"),
            says.rule_name(made.targets("desk", "ticket")[0]),
        } == {label}


def test_identifiers_without_a_label_are_said_in_quotes() -> None:
    says = speaker(labelled())
    assert says.status_name("held") == "'held'"
    assert says.priority("low") == "'low'"
    assert says.attribute("region") == "'region'"
    assert says.value("plan", "basic") == says.value("region", "basic") == "'basic'"
    assert says.rule_name(target(name="other")) == "'other'"


def test_departments_and_channels_are_said_by_their_labels_or_plainly() -> None:
    line_ = {"hours": {"schedule": "office"}, "label": LABEL}
    departments = {"desk": {"channels": {"ticket": line_}}, "shop": {"channels": {"chat": line_}}}
    made = policy(departments={**departments, "desk": {**departments["desk"], "label": LABEL}})
    says = speaker(made)
    assert says.department_name("desk") == says.channel_name("desk", "ticket") == "In waiting"
    assert says.department_name("shop") == "shop"


def test_a_day_is_said_by_its_label_or_its_name_on_one_line() -> None:
    says = speaker(language=VI)
    assert says.day_name(special_day(name="a\nday")) == "a day"
    assert says.day_name(special_day(label=LABEL)) == "Đang chờ"
    assert says.day_name(special_day(label={"fr": "Fête"})) == "a day"


# --- On which clock ---


@pytest.mark.parametrize(
    ("zone", "said", "named"),
    [
        (None, "09:00", "UTC"),
        ("UTC", "09:00", "UTC"),
        ("Asia/Ho_Chi_Minh", "16:00", "Asia/Ho_Chi_Minh"),
    ],
)
def test_instants_are_on_the_reader_s_clock_if_it_is_another(
    zone: str | None, said: str, named: str
) -> None:
    says = speaker(zone=zone)
    assert says.moment(START) == f"Monday 2 March 2026 at {said}"
    assert (says.zone(), says.abroad is None) == (named, named == "UTC")


def test_a_view_is_of_a_zone_and_an_instant_and_of_nothing_else() -> None:
    assert View.of(None, None) == View()
    assert View.of("UTC", "2026-03-02T09:00:00Z").now == START
    with pytest.raises(ZoneError):
        View.of("Mars", None)
    with pytest.raises(NaiveInstantError, match="now="):
        View.of(None, "2026-03-02T09:00:00")


def test_the_teller_of_a_deadline_is_a_speaker_with_the_words_of_its_promise() -> None:
    made = line(rule_data(), known=[day_data("2026-03-03")])
    found = Teller.of(ask(made, "2026-03-02T09:00"), EN, View())
    assert isinstance(found, Speaker)
    assert (found.words, found.desk) == (words_of(EN, "first_response"), "Asia/Ho_Chi_Minh")
