"""Steps as values and as plain data, and the laws that hold for all of them."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import oracle
from builders import day_data, rule_data, special_day
from in_oracle_words import hours_desk, utc, years_around
from questions import AZDIGI, NEW_YORK, ask, deadlines, line, relaxed
from support_sla import BusinessDays, Deadline, Reason, Step
from support_sla.explain.steps import ReasonKind
from tickets import desk, event, only, status
from told_steps import MICROSECOND, _kinds, changing

# --- Values ---


def test_steps_are_equal_where_they_say_the_same_and_hash_alike() -> None:
    one, two = ask(line(), "2026-03-02T16:30").steps, ask(line(), "2026-03-02T16:30").steps
    assert (one, [*map(hash, one)]) == (two, [*map(hash, two)])
    assert 3 == len({*one, *two})


@pytest.mark.parametrize(
    "change",
    [
        {"start": datetime(2026, 3, 2, 16, 31, tzinfo=UTC)},
        {"end": datetime(2026, 3, 2, 16, 31, tzinfo=UTC)},
        {"counted": False},
        {"reasons": (Reason("night"),)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_steps_that_differ_in_one_thing_differ(change: dict[str, Any]) -> None:
    step = ask(line(), "2026-03-02T16:30").steps[0]
    assert replace(step, **change) != step


def test_a_step_is_no_other_kind_of_thing() -> None:
    step = ask(line(), "2026-03-02T16:30").steps[0]
    assert step != (step.start, step.end, step.counted, step.reasons)


def test_steps_of_a_repeated_hour_are_told_apart() -> None:
    # Both read 01:00 to 01:30, at 05:00 UTC and at 06:00 UTC; datetimes of one zone cannot tell.
    made = changing(NEW_YORK, "24/7", within="30m")
    (one,) = ask(made, "2026-11-01T01:00-04:00").steps
    (two,) = ask(made, "2026-11-01T01:00-05:00").steps
    assert (one.start, one.end, one.reasons) == (two.start, two.end, two.reasons)
    assert one != two
    assert 2 == len({one, two})


def test_a_step_in_another_zone_is_the_same_step() -> None:
    step = ask(line(), "2026-03-02T16:30").steps[0]
    moved = Step(step.start.astimezone(UTC), step.end.astimezone(UTC), True, step.reasons)
    assert (step, hash(step)) == (moved, hash(moved))


def test_a_pickled_or_copied_step_is_the_same_step() -> None:
    steps = ask(AZDIGI, "2026-02-14T16:30", department="billing").steps
    assert [steps, steps, steps] == [
        pickle.loads(pickle.dumps(steps)),
        copy.copy(steps),
        copy.deepcopy(steps),
    ]


# --- As plain data ---


def test_steps_as_plain_data_say_everything_they_hold() -> None:
    made = line(known=[day_data("2026-03-03", name="Outing", source="staff letter")])
    assert [
        {
            "start": "2026-03-02T16:30:00+07:00",
            "end": "2026-03-02T17:00:00+07:00",
            "counted": True,
            "duration": "30m",
            "reasons": [{"kind": "business_hours"}],
        },
        {
            "start": "2026-03-02T17:00:00+07:00",
            "end": "2026-03-03T00:00:00+07:00",
            "counted": False,
            "duration": "7h",
            "reasons": [{"kind": "night"}],
        },
        {
            "start": "2026-03-03T00:00:00+07:00",
            "end": "2026-03-04T00:00:00+07:00",
            "counted": False,
            "duration": "24h",
            "reasons": [
                {
                    "kind": "holiday",
                    "date": "2026-03-03",
                    "name": "Outing",
                    "calendar": "known",
                    "source": "staff letter",
                }
            ],
        },
        {
            "start": "2026-03-04T00:00:00+07:00",
            "end": "2026-03-04T08:00:00+07:00",
            "counted": False,
            "duration": "8h",
            "reasons": [{"kind": "night"}],
        },
        {
            "start": "2026-03-04T08:00:00+07:00",
            "end": "2026-03-04T08:30:00+07:00",
            "counted": True,
            "duration": "30m",
            "reasons": [{"kind": "business_hours"}],
        },
    ] == ask(made, "2026-03-02T16:30").to_dict()["steps"]


@pytest.mark.parametrize(
    ("reason", "plain"),
    [
        (Reason("night"), {"kind": "night"}),
        (
            Reason("weekday", date=date(2026, 3, 1)),
            {"kind": "weekday", "date": "2026-03-01", "weekday": "Su"},
        ),
        (
            Reason("closure", day=special_day(closed="08:00-09:00"), calendar="known"),
            {
                "kind": "closure",
                "date": "2026-05-05",
                "name": "a day",
                "calendar": "known",
                "source": None,
            },
        ),
        (
            Reason("clock_forward", change=timedelta(minutes=30)),
            {"kind": "clock_forward", "change": "30m"},
        ),
        (Reason("clock_back", change=timedelta(hours=-1)), {"kind": "clock_back", "change": "1h"}),
        (Reason("priority", priority="high"), {"kind": "priority", "priority": "high"}),
    ],
    ids=lambda value: value.kind if isinstance(value, Reason) else "",
)
def test_a_reason_as_plain_data_leaves_out_what_does_not_apply(
    reason: Reason, plain: dict[str, Any]
) -> None:
    assert plain == reason.to_dict()


def test_the_two_instants_of_a_repeated_hour_are_written_apart() -> None:
    made = changing(NEW_YORK, "24/7")
    (first, change, second) = ask(made, "2026-11-01T00:30-04:00").to_dict()["steps"]
    assert [
        ("2026-11-01T00:30:00-04:00", "2026-11-01T01:00:00-05:00", "1h30m"),
        ("2026-11-01T01:00:00-05:00", "2026-11-01T01:00:00-05:00", "0m"),
        ("2026-11-01T01:00:00-05:00", "2026-11-01T01:30:00-05:00", "30m"),
    ] == [(step["start"], step["end"], step["duration"]) for step in (first, change, second)]


def test_every_kind_of_reason_is_worked_by_hand_above() -> None:
    # Those of rules stand in the tests of choices; of tickets only here.
    sale = [day_data("2026-03-07", name="Sale", open="09:00-11:00")]
    part = [day_data("2026-03-02", name="Move", closed="12:00-14:00")]
    asked = [
        ask(AZDIGI, "2026-02-14T16:30", department="billing"),
        ask(AZDIGI, "2026-02-14T16:30", department="technical"),
        ask(line(hours="Mo-Fr 08:00-12:00,13:00-17:00"), "2026-03-02T11:30"),
        ask(line(rule_data(within="3h"), known=sale), "2026-03-06T16:30"),
        ask(line(known=part), "2026-03-02T11:30"),
        ask(relaxed("in_order"), "2026-03-01T22:00"),
        ask(changing(NEW_YORK, "24/7"), "2026-03-08T01:00-05:00"),
        ask(changing(NEW_YORK, "24/7"), "2026-11-01T00:30-04:00"),
        *(
            ask(line({"within": "1 business day", **changes}), "2026-03-02T16:30")
            for changes in ({"by": "close"}, {"by": "close", "cutoff": "16:00"})
        ),
        ask(
            line(
                {"within": "1 business day", "by": "09:00"},
                hours="Mo 08:00-17:00; Tu-We 10:00-17:00",
            ),
            "2026-03-02T16:30",
        ),
    ]
    of_rules = {"priority", "attribute", "line_open", "line_closed", "time"}
    found = {kind for deadline in asked for kind in _kinds(deadline)}
    assert {*get_args(ReasonKind)} - of_rules == found | _kinds_of_tickets()
    assert _kinds_of_tickets().isdisjoint(found)


def _kinds_of_tickets() -> set[str]:
    """Return the kinds of reasons for which the clock of a ticket stands still, beside its hours."""
    gold = {"within": "8h", "when": {"priority": ["urgent"]}, "counted_in": "calendar_time"}
    made = desk({"resolution": [{**gold, "pauses_on": ["on_hold"]}], "changes": "carry"})
    rows = ["7 10:00 paused", "7 11:00 resumed", "7 12:00 resolved", "7 13:00 reopened"]
    changes = [event("7 14:00 priority", to=None), event("7 15:00 priority", to="urgent")]
    steps = only(status(made, "7 16:00", *rows, *changes, priority="urgent")).steps
    kinds: set[str] = {reason.kind for step in steps for reason in step.reasons}
    return kinds - {"calendar_time"}


# --- Elsewhere and later ---


ELSEWHERE = """
import pickle, sys
deadline = pickle.load(sys.stdin.buffer)
sys.stdout.buffer.write(pickle.dumps((deadline.verify(), deadline.steps, deadline.explain(long=True))))
"""


def test_a_deadline_that_went_to_another_process_still_explains_and_verifies() -> None:
    deadline = ask(AZDIGI, "2026-02-14T16:30", department="billing")
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        input=pickle.dumps(deadline),
        capture_output=True,
        check=True,
    )
    assert (True, deadline.steps, deadline.explain(long=True)) == pickle.loads(done.stdout)


def test_a_deadline_explains_by_the_version_of_the_policy_it_was_asked_of() -> None:
    before = line(version="1", known=[])
    outing = day_data("2026-03-03", name="Outing")
    after = line(version="2", known=[outing])
    old, new = ask(before, "2026-03-02T16:30"), ask(after, "2026-03-02T16:30")
    assert [
        ("03 08:30", 3, True, "The policy is 'a desk', version '1'."),
        ("04 08:30", 5, True, "The policy is 'a desk', version '2'."),
    ] == [
        (
            f"{deadline.due_at:%d %H:%M}",
            len(deadline.steps),
            deadline.verify(),
            deadline.explain(long=True).splitlines()[1],
        )
        for deadline in (old, new)
    ]
    assert [False, False] == [old.verify(new.steps), new.verify(old.steps)]


# --- The laws ---


@given(deadlines())
def test_the_explanation_adds_up_steps_tile_the_way_and_counted_ones_sum_to_the_target(
    deadline: Deadline,
) -> None:
    """From submission to due without a gap; what is counted is what was promised."""
    edges = [utc(deadline.submitted_at), *(utc(step.end) for step in deadline.steps)]
    assert edges == [*(utc(step.start) for step in deadline.steps), utc(deadline.due_at)]
    counted = [step for step in deadline.steps if step.counted]
    within = deadline.target.within
    if isinstance(within, BusinessDays):
        assert {*range(1, within.count + 1)} == {step.reasons[0].number for step in counted}
        dates = {(step.reasons[0].number, step.reasons[0].date) for step in counted}
        assert within.count == len(dates)
    else:
        assert within == sum((step.duration for step in counted), timedelta(0))
    assert all(step.reasons for step in deadline.steps)


@given(deadlines())
def test_no_two_steps_in_a_row_say_the_same(deadline: Deadline) -> None:
    """Each step is as long as what it says holds, and a change of clocks stands between the rest."""
    assert [] == [one for one, two in pairwise(deadline.steps) if one.reasons == two.reasons]


@given(deadlines())
def test_a_plain_reading_proves_every_deadline(deadline: Deadline) -> None:
    """verify() adds up again, sharing no code with the engine."""
    assert deadline.verify()
    assert deadline.verify(deadline.to_dict()["steps"])


@given(deadlines())
def test_counting_finds_each_step_open_or_closed_as_it_says(deadline: Deadline) -> None:
    """The desk of the oracle ticks all through a counted step of business time, else never."""
    target, made = deadline.target, deadline.policy
    if target.counted_in == "calendar_time" or target.is_in_days:
        return
    hours = target.hours or made.departments["desk"].channels[deadline.channel].hours
    years = years_around(deadline.submitted_at, list(made.calendars.values()))
    desk = hours_desk(made, hours, made.zone_of("desk"), years)
    for step in deadline.steps:
        if step.reasons[0].kind != "later_request":
            ticks = oracle.between(desk, utc(step.start), utc(step.end))
            assert step.duration * step.counted == ticks * MICROSECOND


@given(deadlines(), st.data())
def test_an_altered_step_proves_nothing(deadline: Deadline, data: st.DataObject) -> None:
    """Whatever is changed in one step, or moved between two, verify() is false."""
    steps = deadline.to_dict()["steps"]
    if not steps:
        return
    altered = copy.deepcopy(steps)
    at = data.draw(st.integers(0, len(steps) - 1))
    key = data.draw(st.sampled_from(["start", "end", "counted", "duration", "reasons", "edge", ""]))
    step = altered[at]
    if key in {"start", "end", "edge"}:
        moved = datetime.fromisoformat(step["end" if key == "end" else "start"])
        moved += data.draw(st.sampled_from([-1, 1])) * MICROSECOND
        step["end" if key == "end" else "start"] = moved.isoformat()
        if key == "edge" and at:
            altered[at - 1]["end"] = moved.isoformat()
    elif key:
        step[key] = {"counted": not step["counted"], "duration": "7h7m", "reasons": []}[key]
    else:
        altered.remove(step)
    assert not deadline.verify(altered)
