"""What proves nothing: steps or dumps altered in any place."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from altered import (
    CLOSED,
    HOUR,
    MICROSECOND,
    OFFICE_WAITING,
    SPRING,
    TET,
    WAITING,
    Steps,
    move,
    night,
    plain,
    shift,
)
from builders import day_data, rule_data, when
from questions import AZDIGI, NEW_YORK, ask, line
from support_sla import Deadline, NotAModelError
from support_sla.proof.plain_hours import PlainHours

# --- What does not ---


def first_of(steps: Steps, kind: str) -> dict[str, Any]:
    """Return the first reason of a kind."""
    return next(why for step in steps for why in step["reasons"] if why["kind"] == kind)


def alter(key: str, value: Any, place: int = 3) -> Callable[[Steps], None]:
    """Return what writes something else into one step."""
    return lambda steps: steps[place].__setitem__(key, value)


def reason(kind: str, /, **changes: Any) -> Callable[[Steps], None]:
    """Return what writes something else into the first reason of a kind."""
    return lambda steps: first_of(steps, kind).update(changes)


def shift_between(place: int, by: timedelta) -> Callable[[Steps], None]:
    """Return what moves the edge between a step and the next, on both sides."""

    def change(steps: Steps) -> None:
        move(steps[place], "end", by)
        move(steps[place + 1], "start", by)

    return change


ALTERED = {
    "start earlier": (TET, shift("start", 0, -MICROSECOND)),
    "start later": (TET, shift("start", 0, MICROSECOND)),
    "end earlier": (TET, shift("end", -1, -MICROSECOND)),
    "end later": (TET, shift("end", -1, MICROSECOND)),
    "an inner start": (TET, shift("start", 2, MICROSECOND)),
    "an inner end": (TET, shift("end", 2, -MICROSECOND)),
    "an edge earlier": (TET, shift_between(3, -HOUR)),
    "an edge later": (TET, shift_between(3, HOUR)),
    "an edge of the wait, earlier": (WAITING, shift_between(0, -MICROSECOND)),
    "an edge of the wait, later": (WAITING, shift_between(0, MICROSECOND)),
    "counted": (TET, alter("counted", True)),
    "not counted": (TET, alter("counted", False, 0)),
    "counted, not as a truth": (TET, alter("counted", "true", 0)),
    "a wait that ends in the night before": (OFFICE_WAITING, shift_between(0, -HOUR)),
    "a wait that ends in the night after": (OFFICE_WAITING, shift_between(0, HOUR)),
    "duration": (TET, alter("duration", "23h")),
    "no duration": (TET, alter("duration", None)),
    "no reasons": (TET, alter("reasons", [])),
    "one reason of two": (CLOSED, lambda steps: steps[4]["reasons"].pop()),
    "a reason more": (TET, lambda steps: steps[3]["reasons"].append({"kind": "night"})),
    "reasons in another order": (CLOSED, lambda steps: steps[4]["reasons"].reverse()),
    "reason kind": (TET, reason("holiday", kind="closure")),
    "night as a break": (TET, reason("night", kind="break")),
    "a word more": (TET, reason("night", name="Tet")),
    "holiday name": (TET, reason("holiday", name="Tet")),
    "holiday source": (TET, reason("holiday", source="hearsay")),
    "holiday calendar": (TET, reason("holiday", calendar="another")),
    "holiday date": (TET, reason("holiday", date="2026-02-17")),
    "weekday": (TET, reason("weekday", weekday="Sa")),
    "date of a weekday": (TET, reason("weekday", date="2026-02-22")),
    "closure name": (CLOSED, reason("closure", name="Sale")),
    "closure source": (CLOSED, reason("closure", source=None)),
    "opening name": (CLOSED, reason("special_opening", name="Move")),
    "opening as usual hours": (
        CLOSED,
        alter("reasons", [{"kind": "business_hours"}], 0),
    ),
    "usual hours as an opening": (
        TET,
        reason("business_hours", kind="special_opening", name="Sale"),
    ),
    "outside special hours": (CLOSED, reason("special_hours", calendar="works")),
    "calendar time": (WAITING, reason("calendar_time", kind="business_hours")),
    "a later request": (WAITING, reason("later_request", kind="night")),
    "change amount": (SPRING, reason("clock_forward", change="30m")),
    "change direction": (SPRING, reason("clock_forward", kind="clock_back")),
    "change counted": (SPRING, alter("counted", True, 2)),
    "change removed": (SPRING, lambda steps: steps.pop(2)),
    "change told twice": (SPRING, lambda steps: steps.insert(2, steps[2])),
    "change not cut at": (SPRING, lambda steps: steps.__setitem__(slice(1, 4), [night(steps)])),
    "step removed": (TET, lambda steps: steps.pop(3)),
    "first step removed": (TET, lambda steps: steps.pop(0)),
    "last step removed": (TET, lambda steps: steps.pop()),
    "step duplicated": (TET, lambda steps: steps.insert(3, steps[3])),
    "steps in another order": (TET, lambda steps: steps.insert(4, steps.pop(3))),
    "steps from the end": (TET, lambda steps: steps.reverse()),
    "no steps": (TET, lambda steps: steps.clear()),
    "a step of no time": (TET, lambda steps: steps.insert(3, empty(steps[3]))),
    "a step of no time that claims a change": (
        TET,
        lambda steps: steps.insert(3, empty(steps[3], kind="clock_back", change="0m")),
    ),
    "a step of no time at the start": (
        TET,
        lambda steps: steps.insert(0, empty(steps[0], kind="clock_back", change="0m")),
    ),
    "there and back": (TET, lambda steps: steps.__setitem__(slice(3, 4), zigzag(steps[3]))),
}


def empty(step: dict[str, Any], **why: Any) -> dict[str, Any]:
    """Return a step of no time before another."""
    reasons = [why] if why else step["reasons"]
    return {**step, "end": step["start"], "duration": "0m", "counted": False, "reasons": reasons}


def zigzag(step: dict[str, Any]) -> Steps:
    """Return a step three times: there, back and there again."""
    back = {**step, "start": step["end"], "end": step["start"], "duration": "-24h"}
    return [step, back, step]


@pytest.mark.parametrize(("deadline", "change"), ALTERED.values(), ids=ALTERED.keys())
def test_whatever_is_altered_proves_nothing(
    deadline: Deadline, change: Callable[[Steps], object]
) -> None:
    steps = plain(deadline)
    change(steps)
    assert plain(deadline) != steps
    assert not deadline.verify(steps)


@pytest.mark.parametrize("other", [-MICROSECOND, MICROSECOND, timedelta(days=7)])
def test_the_steps_of_another_deadline_prove_nothing(other: timedelta) -> None:
    at = TET.submitted_at + other
    another = ask(AZDIGI, at.isoformat(), department="billing")
    assert another.verify()
    assert [False, False] == [TET.verify(another.steps), another.verify(TET.steps)]


@pytest.mark.parametrize("key", ["start", "end", "counted", "duration", "reasons"])
@pytest.mark.parametrize("place", [0, 3, -1])
def test_a_step_without_a_key_proves_nothing(key: str, place: int) -> None:
    steps = plain(TET)
    del steps[place][key]
    assert not TET.verify(steps)


@pytest.mark.parametrize("key", ["start", "end"])
@pytest.mark.parametrize(
    "value",
    [
        None,
        20260216,
        "",
        "Tet",
        "2026-02-30T00:00:00+07:00",
        "2026-02-16T00:00:00",
        datetime(2026, 2, 16),
        datetime(2026, 2, 16, tzinfo=UTC),
    ],
    ids=["none", "number", "empty", "word", "no date", "naive text", "naive", "no text"],
)
def test_what_is_no_instant_proves_nothing(key: str, value: Any) -> None:
    steps = plain(TET)
    steps[3][key] = value
    assert not TET.verify(steps)


@pytest.mark.parametrize(
    "garbage",
    [[None], ["step"], [[]], [{}], [7], {"steps": []}, {}, [datetime(2026, 2, 16)]],
    ids=repr,
)
def test_what_is_no_step_proves_nothing(garbage: Any) -> None:
    assert not TET.verify(garbage)


@pytest.mark.parametrize(
    "given", ["steps", b"steps", 5, iter(())], ids=["text", "bytes", "number", "iterator"]
)
def test_what_holds_no_steps_is_refused(given: Any) -> None:
    with pytest.raises(NotAModelError, match="steps are no list: "):
        TET.verify(given)


def test_a_whole_dump_proves_the_answer_also_from_json() -> None:
    assert TET.verify(TET.to_dict())
    assert TET.verify(json.loads(TET.to_json()))


@pytest.mark.parametrize("key", sorted(TET.to_dict()))
def test_a_dump_with_anything_altered_proves_nothing(key: str) -> None:
    assert not TET.verify(
        {**TET.to_dict(), key: "another"} if key != "steps" else {**TET.to_dict(), key: []}
    )
    assert not TET.verify({name: value for name, value in TET.to_dict().items() if name != key})


def test_a_word_more_in_a_step_or_a_dump_proves_nothing() -> None:
    steps = plain(TET)
    steps[3]["note"] = "sent home early"
    assert not TET.verify(steps)
    assert not TET.verify({**TET.to_dict(), "note": "sent home early"})


@pytest.mark.parametrize("key", ["start", "end"])
def test_the_other_reading_of_a_repeated_time_proves_nothing(key: str) -> None:
    # 01:00 and 01:30 come twice; with the other offset each is the other instant.
    deadline = ask(
        line(rule_data(within="30m"), hours="24/7", timezone=NEW_YORK), "2026-11-01T01:00-05:00"
    )
    steps = plain(deadline)
    steps[0][key] = steps[0][key].replace("-05:00", "-04:00")
    assert not deadline.verify(steps)


# --- What an attacker tried ---


FAR = datetime(2150, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("kept", [False, True], ids=["own steps", "kept steps"])
@pytest.mark.parametrize(
    "altered",
    [
        {"due_at": FAR},
        {"submitted_at": FAR},
        {"starts_at": FAR},
        {"due_at": FAR.replace(year=9999)},
        {"submitted_at": FAR.replace(tzinfo=None)},
        {"due_at": None},
        {"starts_at": "2026-02-14"},
        {"target": None},
    ],
    ids=repr,
)
def test_a_deadline_altered_beyond_recognition_proves_nothing(
    altered: dict[str, Any], kept: bool
) -> None:
    deadline = replace(TET, **altered)
    assert not (deadline.verify(plain(TET)) if kept else deadline.verify())


def test_a_due_instant_past_the_years_known_proves_nothing() -> None:
    made = line(
        rule_data(within="4h", counted_in="calendar_time"),
        hours="24/7",
        known=[day_data("2026-05-05")],
    )
    deadline = ask(made, "2026-12-31T19:00")
    at = deadline.submitted_at + 3 * HOUR
    due = at + 4 * HOUR
    step = {
        "start": at.isoformat(),
        "end": due.isoformat(),
        "counted": True,
        "duration": "4h",
        "reasons": [{"kind": "calendar_time"}],
    }
    assert deadline.verify()
    assert not replace(deadline, submitted_at=at, starts_at=at, due_at=due).verify([step])


@pytest.mark.parametrize("counted", [0, 0.0, None, "False"], ids=repr)
def test_what_only_looks_like_not_counted_proves_nothing(counted: Any) -> None:
    steps = plain(TET)
    steps[3]["counted"] = counted
    assert not TET.verify(steps)


@pytest.mark.parametrize(
    "text", ["2026-02-14T17:00:00.0000009+07:00", "20260214T170000+0700", "2026-02-14T17:00+07:00"]
)
def test_another_writing_of_an_instant_proves_nothing(text: str) -> None:
    steps = plain(TET)
    steps[0]["end"] = steps[1]["start"] = text
    assert not TET.verify(steps)


def test_one_stretch_told_as_two_proves_nothing() -> None:
    steps = plain(TET)
    noon = "2026-02-16T12:00:00+07:00"
    halves = [{**steps[3], "end": noon}, {**steps[3], "start": noon}]
    for half in halves:
        half["duration"] = "12h"
    assert not TET.verify([*steps[:3], *halves, *steps[4:]])


@pytest.mark.parametrize(
    "changes",
    [{"reasons": None}, {"start": None}, {"end": datetime(2026, 2, 15)}, {"reasons": ("night",)}],
    ids=["no reasons", "no start", "naive end", "a word for a reason"],
)
def test_a_step_that_cannot_be_told_proves_nothing(changes: dict[str, Any]) -> None:
    steps = [*TET.steps]
    steps[1] = replace(steps[1], **changes)
    assert not TET.verify(steps)


def test_a_long_way_is_proved_without_going_over_it_again_for_every_date() -> None:
    rules = [when("Fr", within="600h"), rule_data(within="700h")]
    deadline = ask(line(*rules, crossing="in_order"), "2026-03-02T09:00")
    reads = 0
    right = PlainHours.pieces

    def counting(self: PlainHours, start: int, end: int) -> Any:
        nonlocal reads
        reads += 1
        return right(self, start, end)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(PlainHours, "pieces", counting)
        assert deadline.verify()
    dates = (deadline.due_at - deadline.submitted_at).days
    assert reads < 10 * dates
