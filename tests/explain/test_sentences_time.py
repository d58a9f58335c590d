"""Sentences: crossings, what was not counted, and every policy in every language."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from builders import calendar_data, day_data, rule_data, when
from explained import LATEST, SUNDAY, long, short
from questions import NEW_YORK, ask, deadlines, line, relaxed
from support_sla import Deadline, SpecialDay, languages
from support_sla.explain.language import language_of
from support_sla.explain.skipped import skipped as skipped_days

# --- Crossings ---


def test_an_overlap_that_took_another_rule_says_which_and_what_was_passed_over() -> None:
    said = LATEST.explain(long=True).splitlines()
    assert [
        "Rule 'usual' matched the submission: it has no condition, and no rule before it matched.",
        (
            "Rule 'relaxed' comes before it and was passed over, because 28 February 2026 is none of "
            "its days (Sunday)."
        ),
        (
            "Under the policy's reading of crossings, 'overlap', it is rule 'relaxed' that gives the "
            "answer."
        ),
        (
            "Rule 'relaxed' promises an answer within 12 hours of calendar time, which is counted "
            "from Saturday 28 February 2026 at 22:00 without a pause."
        ),
    ] == said[3:7]


def test_an_overlap_of_a_closed_day_says_nothing_that_is_not_so() -> None:
    # A Sunday on which no time is counted: the answer is Monday's alone, and earlier.
    made = line(
        when("Su", within="4h", name="sunday"),
        rule_data(within="2h", name="usual"),
        crossing="overlap",
    )
    said = short(made, "2026-03-01T12:00")
    assert "is promised an answer by Monday 2 March 2026 at 10:00" in said
    assert "The promise is that of the days on which time is counted" in said


@pytest.mark.parametrize("crossing", ["submission", "overlap", "in_order"])
def test_a_crossing_that_changed_nothing_is_spoken_of_in_a_dispute_only(crossing: str) -> None:
    deadline = ask(relaxed(crossing), "2026-02-26T12:00")
    assert "no special one applies to your request. All times" in deadline.explain()
    assert "it is rule" not in deadline.explain(long=True)
    same = [each for each in deadline.explain(long=True).splitlines() if "be the same." in each]
    assert 2 == len(same)


def test_a_reading_that_gives_another_answer_says_which_and_by_which_rule() -> None:
    deadline = ask(relaxed(), "2026-03-01T22:00")
    assert (
        "With the reading 'in_order' (no request is due later than one of its kind sent after it) the request "
        "would be due on Monday 2 March 2026 at 03:00, by rule 'usual'."
    ) == deadline.explain(long=True).splitlines()[-1]


def test_a_reading_past_the_years_known_says_so() -> None:
    made = line(
        when("Th", name="long", within="168h", counted_in="calendar_time"),
        rule_data(name="usual", within="1h", counted_in="calendar_time"),
        known=[day_data("2026-05-05")],
    )
    assert (
        "With the reading 'overlap' (the latest due instant among the rules that hold while time "
        "is counted) the answer would lie past the years known."
    ) in long(made, "2026-12-30T23:30").splitlines()


def test_the_same_instant_by_another_rule_is_another_answer() -> None:
    # Sunday is closed, so that its own rule and, by overlap, Monday's count the same two hours.
    made = line(when("Su", within="2h", name="sunday"), rule_data(within="2h", name="usual"))
    said = long(made, "2026-03-01T12:00")
    assert "would be due on Monday 2 March 2026 at 10:00, by rule 'usual'." in said
    assert 1 == said.count("the answer would be the same.")


def test_the_same_rule_at_another_instant_is_another_answer() -> None:
    # Sunday is closed: Monday's three hours are counted from its midnight, or by overlap at once.
    made = line(
        when("Su", within="4h", name="sunday"),
        rule_data(within="3h", counted_in="calendar_time", name="usual"),
        crossing="in_order",
    )
    deadline = ask(made, "2026-03-01T12:00")
    assert ("02 03:00", "usual") == (f"{deadline.due_at:%d %H:%M}", deadline.target.name)
    assert "would be due on Sunday 1 March 2026 at 15:00, by rule 'usual'." in deadline.explain(
        long=True
    )


def test_a_later_request_is_named_by_when_it_was_sent_also_over_a_change_of_clocks() -> None:
    # The clocks go forward on the Sunday itself, inside the wait for Monday's first request.
    made = line(
        when("Su", within="30h", counted_in="calendar_time"),
        rule_data(within="1h", counted_in="calendar_time"),
        hours="24/7",
        crossing="in_order",
        timezone=NEW_YORK,
    )
    said = short(made, "2026-03-08T01:00-05:00")
    assert "A request sent on Monday 9 March 2026 at 00:00 is promised" in said
    assert "around the clock from Monday 9 March 2026 at 00:00 on." in said
    assert "counted from Monday 9 March 2026 at 00:00" in long(made, "2026-03-08T01:00-05:00")


def test_a_later_request_in_business_time_says_from_when_it_is_counted() -> None:
    made = line(
        when("Sa", within="20h", name="saturday"),
        rule_data(within="2h", name="usual"),
        hours="Mo,Sa 08:00-17:00",
        crossing="in_order",
    )
    said = short(made, "2026-03-07T10:00")
    assert (
        "within 2 hours, counted from Sunday 8 March 2026 at 00:00 on and only in our opening "
        "hours. A request sent on Sunday 8 March 2026 at 00:00 is promised"
    ) in said


def test_a_later_request_that_is_answered_at_once_is_not_told_as_this_ones_promise() -> None:
    made = line(
        when("Su", within="12h", counted_in="calendar_time"),
        rule_data(within="0m", counted_in="calendar_time"),
        hours="24/7",
        crossing="in_order",
    )
    said = short(made, "2026-03-01T22:00")
    assert "at once" not in said
    assert "within 0 minutes, counted around the clock from Monday 2 March 2026 at 00:00" in said


# --- What was not counted ---


def skipped(deadline: Deadline) -> str:
    """Return what the short form lists as not counted."""
    return deadline.explain().partition("Not counted on the way: ")[2].partition(". ")[0]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([], "time outside opening hours"),
        ([day_data("2026-03-03", name="Fair")], "{night} and Tuesday 3 March 2026 (Fair)"),
        (
            [day_data("2026-03-03", name="Move", closed="08:00-16:00")],
            "{night} and the closure on Tuesday 3 March 2026 (Move)",
        ),
        (
            [day_data("2026-03-03", name="Sale", open="20:00-21:00")],
            "{night} and time outside the special hours of Tuesday 3 March 2026 (Sale)",
        ),
        (
            [day_data("2026-03-03", name="Fair"), day_data("2026-03-04", name="Outing")],
            "{night}, Tuesday 3 March 2026 (Fair) and Wednesday 4 March 2026 (Outing)",
        ),
    ],
)
def test_what_is_not_counted_is_listed_by_its_date_and_name(
    days: list[dict[str, Any]], said: str
) -> None:
    deadline = ask(line(rule_data(within="1h30m"), known=days), "2026-03-02T16:00")
    assert said.format(night="time outside opening hours") == skipped(deadline)


def test_a_break_is_listed_once_for_all() -> None:
    made = line(rule_data(within="10h"), hours="Mo-Fr 08:00-12:00,13:00-17:00")
    deadline = ask(made, "2026-03-02T11:00")
    assert "breaks between opening hours and time outside opening hours" == skipped(deadline)


def test_a_date_that_two_calendars_close_is_listed_once_with_both_names() -> None:
    calendars = {
        name: calendar_data(day_data("2026-03-03", name=name.title())) for name in ("fair", "move")
    }
    deadline = ask(line(calendars=calendars), "2026-03-03T12:00")
    assert "Tuesday 3 March 2026 (Fair, Move)" in skipped(deadline)


def test_a_date_closed_in_two_parts_is_listed_once() -> None:
    days = [day_data("2026-03-02", name="Move", closed="09:00-10:00,11:00-12:00")]
    deadline = ask(line(rule_data(within="4h"), known=days), "2026-03-02T08:00")
    assert "the closure on Monday 2 March 2026 (Move)" == skipped(deadline)


def test_nothing_is_listed_where_everything_was_counted() -> None:
    assert "" == skipped(ask(line(), "2026-03-02T09:00"))
    assert "" == skipped(SUNDAY)


def test_a_clock_change_is_a_sentence_of_its_own() -> None:
    made = line(rule_data(within="2h"), hours="Mo-Su 09:00-17:00", timezone=NEW_YORK)
    deadline = ask(made, "2026-03-07T16:00-05:00")
    assert "time outside opening hours" == skipped(deadline)
    change = (
        "On the way the clocks go forward by 1 hour and skip the times between; they then show "
        "Sunday 8 March 2026 at 03:00."
    )
    assert f"hours. {change} All times" in deadline.explain()
    assert f"- {change}" in deadline.explain(long=True).splitlines()


def test_clocks_that_go_back_are_told_with_the_second_reading() -> None:
    made = line(rule_data(within="2h"), hours="24/7", timezone=NEW_YORK)
    assert (
        "On the way the clocks go back by 1 hour and repeat the times between; they then show "
        "Sunday 1 November 2026 at 01:00 (UTC-05:00)."
    ) in short(made, "2026-11-01T00:30-04:00")


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (
            [day_data("2026-03-03", name="Move", closed="08:00-10:00")],
            (
                "- From Tuesday 3 March 2026 at 08:00 to Tuesday 3 March 2026 at 10:00 no time is "
                "counted: the line is closed for Move (known)."
            ),
        ),
        (
            [day_data("2026-03-03", name="Sale", open="20:00-21:00", source="staff letter")],
            (
                "- From Tuesday 3 March 2026 at 20:00 to Tuesday 3 March 2026 at 20:30 time is counted "
                "(30 minutes): the line is open in the special hours of Sale (known, staff letter)."
            ),
        ),
        (
            [day_data("2026-03-03", name="Sale", open="20:00-21:00")],
            (
                "- From Tuesday 3 March 2026 at 00:00 to Tuesday 3 March 2026 at 20:00 no time is "
                "counted: it is outside the special hours of Sale (known)."
            ),
        ),
    ],
)
def test_each_step_of_a_dispute_is_a_sentence(days: list[dict[str, Any]], said: str) -> None:
    assert said in long(line(known=days), "2026-03-02T16:30").splitlines()


def test_a_lunch_break_is_a_sentence_of_a_dispute() -> None:
    made = line(hours="Mo-Fr 08:00-12:00,13:00-17:00")
    assert (
        "- From Monday 2 March 2026 at 12:00 to Monday 2 March 2026 at 13:00 no time is counted: "
        "the line has a break between its opening hours."
    ) in long(made, "2026-03-02T11:30").splitlines()


# --- Every policy ---


@given(deadlines())
def test_every_deadline_is_explained_in_every_language_and_form(deadline: Deadline) -> None:
    """No blank is left open, each step has its sentence, and the instants of the answer stand there."""
    assert deadline.to_json().startswith("{")
    asked = [deadline.submitted_at, deadline.due_at, deadline.earliest_at]
    for code in languages():
        instants = [language_of(code).moment(at) for at in asked if at is not None]
        for said in (
            deadline.explain(code),
            deadline.explain(code, long=True),
            deadline.to_markdown(code),
        ):
            assert not {"{", "}"} & set(said)
            assert "None" not in said
            assert "  " not in said.replace(" |  | ", " | ")
            assert ".." not in said
            assert [] == [instant for instant in instants if instant not in said]
        assert 1 == len(deadline.explain(code).splitlines())
        steps = [
            each for each in deadline.explain(code, long=True).splitlines() if each[:2] == "- "
        ]
        in_days = deadline.target.is_in_days  # dates of one reason are told as one run
        assert len(deadline.steps) == len(steps) or (in_days and len(deadline.steps) > len(steps))
        rows = [each for each in deadline.to_markdown(code).splitlines() if each[:1] == "|"]
        assert (len(deadline.steps) + 2 if steps else 0) == len(rows)


def called(day: SpecialDay, said: str) -> bool:
    """Whether a day is named, by its label if it has one."""
    return any(name in said for name in [*(day.label or {}).values(), day.name])


@given(deadlines())
def test_every_day_that_was_skipped_is_named_to_the_customer(deadline: Deadline) -> None:
    """Each date without hours and each special day on the way, by its name and date or its run."""
    runs = skipped_days(deadline.steps).runs if not deadline.target.is_in_days else ()
    for code in languages():
        said, language = deadline.explain(code), language_of(code)
        for run in runs:
            dates = language.date(run.first), language.span(run.first, run.last)
            assert dates[run.first != run.last and run.kind != "weekday"] in said
        for reason in (why for step in deadline.steps if not step.counted for why in step.reasons):
            if deadline.target.is_in_days:
                assert reason.day is None or called(reason.day, said)
                continue
            day = reason.day.date if reason.day else reason.date
            assert day is None or any(run.first <= day <= run.last for run in runs)
            assert reason.day is None or called(reason.day, said)
