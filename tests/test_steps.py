"""The steps of a deadline: they tile the way, add up to the promise, and can be proved without it."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import oracle
from builders import calendar, day_data, policy, rule_data, when
from in_oracle_words import desk_of, utc, years_around
from support_sla import Deadline, Policy, compute_deadline, load_policy
from support_sla.steps import Reason, Step
from support_sla.strategies import policies, submissions


@st.composite
def deadlines(draw: st.DrawFn) -> Deadline:
    made = draw(policies())
    channel = draw(st.sampled_from(sorted(made.departments["desk"].channels)))
    at = draw(submissions(made, department="desk", channel=channel))
    priority = draw(st.sampled_from([None, *made.priorities]))
    return compute_deadline(made, at, department="desk", channel=channel, priority=priority)


def ask(made: Policy, text: str, **names: Any) -> Deadline:
    return compute_deadline(made, f"{text}+07:00", **{"department": "desk", **names})


def told(deadline: Deadline) -> list[tuple[str, str, bool, list[str]]]:
    """Return the steps as (start, end, counted, what each reason says), short enough to compare."""
    return [
        (
            f"{step.start:%d %H:%M}",
            f"{step.end:%d %H:%M}",
            step.counted,
            [_said(reason) for reason in step.reasons],
        )
        for step in deadline.steps
    ]


def _said(reason: Reason) -> str:
    about = reason.day.name if reason.day else reason.date or reason.change or ""
    return f"{reason.kind} {about}".strip()


# --- The law ---


@given(deadlines())
def test_the_explanation_adds_up_steps_tile_the_way_and_counted_ones_sum_to_the_target(
    deadline: Deadline,
) -> None:
    """From submission to due without a gap; what is counted is what was promised."""
    edges = [utc(deadline.submitted_at), *(utc(step.end) for step in deadline.steps)]
    assert edges == [*(utc(step.start) for step in deadline.steps), utc(deadline.due_at)]
    counted = [step.duration for step in deadline.steps if step.counted]
    assert deadline.target.within == sum(counted, timedelta(0))
    assert all(step.reasons for step in deadline.steps)


@given(deadlines())
def test_a_plain_reading_proves_every_deadline(deadline: Deadline) -> None:
    """verify() adds up again, sharing no code with the engine."""
    assert deadline.verify()
    assert deadline.verify(deadline.to_dict()["steps"])


@given(deadlines())
def test_counting_finds_each_step_open_or_closed_as_it_says(deadline: Deadline) -> None:
    """The desk of the oracle ticks all through a counted step of business time, else never."""
    if deadline.target.counted_in == "calendar_time":
        return
    made = deadline.policy
    hours = made.departments["desk"].channels[deadline.channel].hours
    observed = [made.calendars[name] for name in hours.observes]
    years = years_around(deadline.submitted_at, list(made.calendars.values()))
    desk = desk_of(made.schedules[hours.schedule].week, observed, made.timezone, years)
    for step in deadline.steps:
        if step.reasons[0].kind != "later_request":
            ticks = oracle.between(desk, utc(step.start), utc(step.end))
            assert step.duration * step.counted == ticks * timedelta(microseconds=1)


@given(deadlines(), st.data())
def test_an_altered_step_proves_nothing(deadline: Deadline, data: st.DataObject) -> None:
    """Whatever is changed in one step, verify() is false."""
    steps = deadline.to_dict()["steps"]
    if not steps:
        return
    altered = copy.deepcopy(steps)
    step = data.draw(st.sampled_from(altered))
    key = data.draw(st.sampled_from(["start", "end", "counted", "duration", "reasons", "gone"]))
    if key == "gone":
        altered.remove(step)
    elif key in {"start", "end"}:
        moved = datetime.fromisoformat(step[key]) + timedelta(microseconds=1)
        step[key] = moved.isoformat()
    else:
        step[key] = {"counted": not step["counted"], "duration": "7h7m", "reasons": []}[key]
    assert not deadline.verify(altered)
