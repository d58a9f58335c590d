"""Proofs of a deadline that was altered itself, and by an engine that is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from altered import (
    HOUR,
    MICROSECOND,
    plain,
)
from builders import calendar, day_data, rule_data, when
from questions import NEW_YORK, ask, line, relaxed
from support_sla import Deadline, Policy, Timeline
from support_sla.answers import reigns
from support_sla.values.dates import weekday_of

# --- A deadline that was altered itself ---


@pytest.mark.parametrize("step", [-1, 1])
@pytest.mark.parametrize("key", ["submitted_at", "starts_at", "earliest_at", "due_at"])
def test_an_altered_instant_of_the_answer_proves_nothing(key: str, step: int) -> None:
    made = line(rule_data(earliest="30m", within="2h"))
    deadline = ask(made, "2026-03-02T16:45")
    assert deadline.verify()
    altered = replace(deadline, **{key: getattr(deadline, key) + step * MICROSECOND})
    assert [False, False] == [altered.verify(), altered.verify(deadline.steps)]


def test_the_next_opening_in_the_place_of_the_closing_proves_nothing() -> None:
    # An hour from 16:00 is over at 17:00, and until 08:00 nothing more is counted.
    closing, opening = ask(line(), "2026-03-02T16:00"), ask(line(), "2026-03-02T16:00:00.000001")
    altered = replace(closing, due_at=closing.due_at + 15 * HOUR)
    night = {**plain(opening)[1], "start": closing.due_at.isoformat()}
    assert [True, True] == [closing.verify(), opening.verify()]
    assert [False, False] == [altered.verify(), altered.verify([*plain(closing), night])]


@pytest.mark.parametrize("place", ["start", "end"])
def test_an_earliest_instant_that_is_left_out_or_put_in_proves_nothing(place: str) -> None:
    without, having = (
        ask(line(rule_data(within="2h", **more)), "2026-03-02T16:45")
        for more in ({}, {"earliest": "30m"})
    )
    altered = replace(having, earliest_at=None)
    if place == "end":
        altered = replace(without, earliest_at=without.due_at)
    assert not altered.verify()


@pytest.mark.parametrize(
    "change", [{"within": "3h"}, {"within": "1h"}, {"earliest": "1h"}, {"name": "another"}]
)
def test_an_altered_target_proves_nothing(change: dict[str, Any]) -> None:
    made = line(rule_data(name="usual", within="2h"))
    deadline = ask(made, "2026-03-02T09:00")
    target = type(deadline.target).model_validate({**deadline.target.model_dump(), **change})
    assert not replace(deadline, target=target).verify()


def test_the_target_of_another_day_proves_nothing() -> None:
    made = relaxed()
    relaxed_rule, usual = made.targets("desk", "ticket")
    deadline = ask(made, "2026-03-01T22:00")
    assert relaxed_rule == deadline.target
    assert isinstance(usual.within, timedelta)
    due = deadline.submitted_at + usual.within
    assert not replace(deadline, target=usual, due_at=due).verify()


@pytest.mark.parametrize("crossing", ["submission", "overlap", "in_order"])
def test_an_answer_by_another_reading_proves_nothing(crossing: str) -> None:
    # Sunday 22:00: Monday 10:00 by its own rule, Monday 03:00 where a later request shares it.
    deadline = ask(relaxed(crossing), "2026-03-01T22:00")
    others = [ask(relaxed(each), "2026-03-01T22:00") for each in ("submission", "in_order")]
    proved = [
        replace(deadline, due_at=other.due_at, target=other.target).verify(other.steps)
        for other in others
    ]
    assert [crossing != "in_order", crossing == "in_order"] == proved


def known_for_a_year(*rules: dict[str, Any], crossing: str = "submission") -> Policy:
    """Return a desk whose calendar covers 2026 alone."""
    return line(*rules, known=[day_data("2026-05-05")], crossing=crossing)


@pytest.mark.parametrize("observes", [[], ["known"]], ids=["named by a rule", "observed too"])
@pytest.mark.parametrize("year", [2025, 2027, 2031])
def test_an_answer_in_a_year_that_the_calendars_do_not_cover_proves_nothing(
    year: int, observes: list[str]
) -> None:
    made = line(
        channel={
            "hours": {"schedule": "office", "observes": observes},
            "first_response": [when("known", within="3h"), rule_data()],
        },
        known=[day_data("2026-05-05")],
    )
    deadline = ask(made, "2026-03-02T09:00")
    instants = {
        key: getattr(deadline, key).replace(year=year)
        for key in ("submitted_at", "starts_at", "due_at")
    }
    assert not replace(deadline, **instants).verify(deadline.steps)


@pytest.mark.parametrize("crossing", ["submission", "overlap", "in_order"])
def test_an_answer_past_the_last_covered_year_proves_nothing(crossing: str) -> None:
    # On Thursday 31 December 14:00, three of the nine hours are left in the year.
    made = known_for_a_year(rule_data(within="9h"), crossing=crossing)
    deadline = ask(made, "2026-12-29T09:00")
    altered = replace(deadline, submitted_at=deadline.submitted_at + timedelta(days=2, hours=5))
    assert not altered.verify(deadline.steps)


def test_an_overlap_that_ends_past_the_last_covered_year_proves_nothing() -> None:
    # Wednesday's hour runs into Thursday 31 December, whose ten hours would end in 2027.
    made = known_for_a_year(
        when("We", name="wednesday", within="1h"), rule_data(within="10h"), crossing="overlap"
    )
    deadline = ask(made, "2026-12-23T16:30")
    assert ("default", True) == (deadline.target.name, deadline.verify())
    altered = replace(deadline, submitted_at=deadline.submitted_at + timedelta(days=7))
    assert not altered.verify(deadline.steps)


def test_an_overlap_without_an_answer_is_not_proved_by_the_rule_of_the_day() -> None:
    rules = when("We", name="wednesday", within="1h"), rule_data(within="10h")
    literal = ask(known_for_a_year(*rules), "2026-12-30T16:30")
    assert literal.verify()
    other = known_for_a_year(*rules, crossing="overlap")
    altered = replace(literal, _question=replace(literal._question, policy=other))
    assert not altered.verify(literal.steps)


def test_a_later_request_that_is_never_answered_in_the_years_known_shares_nothing() -> None:
    # The line opens on 1 and 7 June alone: Sunday's rule would need three hours, two are left.
    made = line(
        when("Sa", name="saturday", within="30h", counted_in="calendar_time"),
        rule_data(name="usual", within="3h"),
        hours="off",
        known=[
            day_data("2026-06-01", open="08:00-10:00"),
            day_data("2026-06-07", open="08:00-10:00"),
        ],
        crossing="in_order",
    )
    deadline = ask(made, "2026-06-06T12:00")
    assert ("saturday", True) == (deadline.target.name, deadline.verify())


# --- An engine that is wrong ---


def spans_read_as(
    monkeypatch: pytest.MonkeyPatch, wrong: Callable[[list[tuple[int, int]]], list[Any]]
) -> None:
    """Let every timeline be made of other spans than it should be."""
    right = Timeline.of

    def of(spans: Any, *, start: int, end: int) -> Timeline:
        return right(wrong(list(spans)), start=start, end=end)

    monkeypatch.setattr(Timeline, "of", of)


def over_a_move() -> Deadline:
    """Return a deadline of a policy that nothing has been compiled of yet."""
    move = day_data("2026-03-03", name="Move", closed="10:00-11:00")
    return ask(line(rule_data(within="3h"), known=[move]), "2026-03-02T16:30")


def test_a_deadline_of_an_engine_that_is_right_is_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    spans_read_as(monkeypatch, list)
    assert over_a_move().verify()


@pytest.mark.parametrize("off", [-1, 1])
def test_a_closing_that_is_a_microsecond_off_is_found_out(
    monkeypatch: pytest.MonkeyPatch, off: int
) -> None:
    spans_read_as(monkeypatch, lambda spans: [(opens, closes + off) for opens, closes in spans])
    assert not over_a_move().verify()


@pytest.mark.parametrize("off", [-1, 1])
def test_an_opening_that_is_a_microsecond_off_is_found_out(
    monkeypatch: pytest.MonkeyPatch, off: int
) -> None:
    spans_read_as(monkeypatch, lambda spans: [(opens + off, closes) for opens, closes in spans])
    assert not over_a_move().verify()


def test_a_closure_that_is_forgotten_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def without_the_move(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
        joined: list[tuple[int, int]] = []
        for opens, closes in spans:
            is_moved = joined and opens - joined[-1][1] == HOUR // MICROSECOND
            joined.append((joined.pop()[0] if is_moved else opens, closes))
        return joined

    spans_read_as(monkeypatch, without_the_move)
    deadline = over_a_move()
    assert ("10:30", False) == (f"{deadline.due_at:%H:%M}", deadline.verify())


@pytest.mark.parametrize("off", [-1, 1])
def test_a_sum_that_is_a_microsecond_off_is_found_out(
    monkeypatch: pytest.MonkeyPatch, off: int
) -> None:
    # Near a change of clocks an answer is read off the timeline.
    right = Timeline.earliest
    monkeypatch.setattr(Timeline, "earliest", lambda self, reading: right(self, reading + off))
    made = line(rule_data(within="2h"), hours="24/7", timezone=NEW_YORK)
    assert not ask(made, "2026-03-08T01:00-05:00").verify()


def test_a_rule_that_is_judged_by_another_weekday_is_found_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reigns, "weekday_of", lambda number: weekday_of(number + 1))
    deadline = ask(relaxed(), "2026-02-28T12:00")
    assert ("relaxed", False) == (deadline.target.name, deadline.verify())


@pytest.mark.parametrize(
    "days",
    [
        pytest.param([], id="the holiday gone"),
        pytest.param([day_data("2026-03-04", name="Outing")], id="a day later"),
        pytest.param([day_data("2026-03-03", name="Fair")], id="called otherwise"),
        pytest.param([day_data("2026-03-03", name="Outing", source="x")], id="from elsewhere"),
        pytest.param([day_data("2026-03-03", name="Outing", closed="00:00-12:00")], id="in part"),
    ],
)
def test_a_policy_with_another_holiday_proves_nothing(days: list[dict[str, Any]]) -> None:
    made = line(known=[day_data("2026-03-03", name="Outing")])
    deadline = ask(made, "2026-03-02T16:30")
    other = made.model_copy(update={"calendars": {"known": calendar(*days)}})
    question = replace(deadline._question, policy=other)
    altered = replace(deadline, _question=question)
    assert [True, False] == [deadline.verify(), altered.verify(deadline.steps)]


@pytest.mark.parametrize(
    "change",
    [
        {"hours": "Mo-Fr 08:00-17:30"},
        {"hours": "Mo-Fr 08:00-12:00,13:00-17:00"},
        {"timezone": "Asia/Tokyo"},
    ],
    ids=["longer", "a break", "zone"],
)
def test_a_policy_with_other_hours_or_another_zone_proves_nothing(change: dict[str, Any]) -> None:
    deadline = ask(line(rule_data(within="10h")), "2026-03-02T09:00")
    other = line(rule_data(within="10h"), **change)
    altered = replace(deadline, _question=replace(deadline._question, policy=other))
    assert not altered.verify(deadline.steps)


def test_a_deadline_without_an_instant_is_proved_by_no_dump() -> None:
    deadline = ask(line(), "2026-03-02T09:00")
    dumped = deadline.to_dict()
    assert deadline.verify(dumped)
    for key in ("submitted_at", "starts_at", "due_at", "target"):
        without: dict[str, Any] = {key: None}
        assert not replace(deadline, **without).verify(dumped)
