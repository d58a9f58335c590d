"""What proves a deadline, and everything that does not: each part of each step altered by itself."""

from __future__ import annotations

import copy
import functools
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from builders import calendar, calendar_data, day_data, rule_data, when
from questions import AZDIGI, NEW_YORK, ask, line, relaxed
from support_sla import Deadline, NotAModelError, Policy, Timeline
from support_sla.answers import promise
from support_sla.proof.plain_line import PlainLine
from support_sla.values.dates import weekday_of
from support_sla.values.durations import format_duration

HOUR = timedelta(hours=1)
MICROSECOND = timedelta(microseconds=1)
TET = ask(AZDIGI, "2026-02-14T16:30", department="billing")
WAITING = ask(relaxed("in_order"), "2026-03-01T22:00")
OFFICE_WAITING = ask(
    line(
        when("Su", within="12h"),
        rule_data(within="3h"),
        hours="Mo-Su 08:00-17:00",
        crossing="in_order",
    ),
    "2026-03-01T16:00",
)
SPRING = ask(
    line(rule_data(within="2h"), hours="Mo-Su 09:00-17:00", timezone=NEW_YORK),
    "2026-03-07T16:00-05:00",
)
CLOSED = ask(
    line(
        rule_data(within="3h"),
        calendars={
            "sales": calendar_data(day_data("2026-03-07", name="Sale", open="09:00-12:00")),
            "works": calendar_data(
                day_data("2026-03-07", name="Move", closed="10:00-11:00", source="staff letter"),
                day_data("2026-03-08", name="Women's Day"),
            ),
        },
    ),
    "2026-03-07T09:30",
)

Steps = list[dict[str, Any]]


def plain(deadline: Deadline) -> Steps:
    """Return the steps as plain data, free to be altered."""
    steps: Steps = copy.deepcopy(deadline.to_dict()["steps"])
    return steps


# --- What proves ---

PROVED = {
    "Tet": TET,
    "calendar time": ask(AZDIGI, "2026-02-15T22:10", department="technical"),
    "a holiday by its rule": ask(AZDIGI, "2026-02-17T09:00", department="technical"),
    "a closed start": ask(line(), "2026-03-01T12:00"),
    "an earliest instant": ask(line(rule_data(earliest="30m", within="2h")), "2026-03-02T16:45"),
    "an earliest instant of zero, closed": ask(
        line(rule_data(earliest="0m", within="2h")), "2026-03-01T12:00"
    ),
    "zero, open": ask(line(rule_data(within="0m")), "2026-03-02T09:00"),
    "zero, closed": ask(line(rule_data(earliest="0m", within="0m")), "2026-03-01T09:00"),
    "due at closing": ask(line(), "2026-03-02T16:00"),
    "a break": ask(line(hours="Mo-Fr 08:00-12:00,13:00-17:00"), "2026-03-02T11:30"),
    "a night shift": ask(line(hours="22:00-06:00"), "2026-03-02T05:30"),
    "a weekend": ask(line(), "2026-03-06T16:30"),
    "closures and special hours": CLOSED,
    "a day that works as another": ask(
        line(known=[day_data("2026-03-07", works_as="Mo")]), "2026-03-07T07:00"
    ),
    "a night shift into a day that works as another": ask(
        line(
            rule_data(within="8h"),
            hours="Fr 22:00-06:00; Mo 08:00-17:00",
            known=[day_data("2026-03-07", works_as="Mo")],
        ),
        "2026-03-06T23:00",
    ),
    "a night shift into a day with hours of its own": ask(
        line(
            rule_data(within="8h"),
            hours="Fr 22:00-06:00; Mo 08:00-17:00",
            known=[day_data("2026-03-07", open="10:00-17:00")],
        ),
        "2026-03-06T23:00",
    ),
    "special hours on a holiday": ask(
        line(
            calendars={
                "holidays": calendar_data(day_data("2026-03-02", name="Holiday")),
                "sales": calendar_data(day_data("2026-03-02", name="Sale", open="09:00-12:00")),
            }
        ),
        "2026-03-02T11:30",
    ),
    "a closure inside a holiday": ask(
        line(
            calendars={
                "works": calendar_data(day_data("2026-03-03", name="Move", closed="10:00-13:00")),
                "holidays": calendar_data(day_data("2026-03-03", name="Holiday")),
            }
        ),
        "2026-03-02T16:30",
    ),
    "a date closed from 00:00 to 24:00": ask(
        line(known=[day_data("2026-03-03", closed="00:00-24:00")]), "2026-03-02T16:30"
    ),
    "the day after a closure until midnight, by its rule": ask(
        relaxed("submission", "known", known=[day_data("2026-06-08", closed="20:00-24:00")]),
        "2026-06-09T12:00",
    ),
    "the day after a closure past midnight, by its rule": ask(
        relaxed("submission", "known", known=[day_data("2026-06-08", closed="20:00-25:00")]),
        "2026-06-09T12:00",
    ),
    "the first covered day, by its rule": ask(
        relaxed("submission", "known", known=[day_data("2026-05-05")]), "2026-01-01T00:00"
    ),
    "a closure over midnight": ask(
        line(hours="24/7", known=[day_data("2026-03-03", closed="22:00-30:00")]), "2026-03-04T01:00"
    ),
    "in order, shared": WAITING,
    "in order, shared in business time": OFFICE_WAITING,
    "in order, not shared": ask(relaxed("in_order"), "2026-03-01T15:00"),
    "overlap, relaxed": ask(relaxed("overlap"), "2026-02-28T22:00"),
    "overlap, not reached": ask(relaxed("overlap"), "2026-02-28T21:00"),
    "overlap, a tie": ask(
        line(
            when("Su", within="3h", counted_in="calendar_time"),
            rule_data(within="3h", counted_in="calendar_time"),
            crossing="overlap",
        ),
        "2026-02-28T22:00",
    ),
    "overlap, closed on its own day": ask(
        line(when("Su", within="4h"), rule_data(within="2h"), crossing="overlap"),
        "2026-03-01T12:00",
    ),
    "a priority": ask(
        line(when(priority=("high",)), rule_data(within="9h"), priorities=["low", "high"]),
        "2026-03-02T16:30",
        priority="high",
    ),
    "another priority": ask(
        line(when(priority=("high",)), rule_data(within="9h"), priorities=["low", "high"]),
        "2026-03-02T16:30",
        priority="low",
    ),
    "clocks forward, closed": SPRING,
    "clocks forward, counted": ask(
        line(rule_data(within="2h"), hours="24/7", timezone=NEW_YORK), "2026-03-08T01:00-05:00"
    ),
    "clocks back, counted": ask(
        line(rule_data(within="2h"), hours="24/7", timezone=NEW_YORK), "2026-11-01T00:30-04:00"
    ),
    "clocks back, from the second reading": ask(
        line(rule_data(within="2h"), hours="24/7", timezone=NEW_YORK), "2026-11-01T01:30-05:00"
    ),
    "a skipped date": ask(
        line(rule_data(within="2h"), hours="Th,Sa 09:00-17:00", timezone="Pacific/Apia"),
        "2011-12-29T16:00-10:00",
    ),
    "a midnight that comes twice": ask(
        relaxed(timezone="America/St_Johns"), "2006-10-28T23:30-03:30"
    ),
    "the first covered day": ask(
        line(hours="22:00-06:00", known=[day_data("2026-05-05")]), "2026-01-01T00:00"
    ),
    "the last covered instant": ask(
        line(hours="24/7", known=[day_data("2026-05-05")]), "2026-12-31T23:00"
    ),
}


@pytest.mark.parametrize("deadline", PROVED.values(), ids=PROVED.keys())
def test_the_steps_of_a_deadline_prove_it(deadline: Deadline) -> None:
    assert [True, True, True, True] == [
        deadline.verify(),
        deadline.verify(deadline.steps),
        deadline.verify(plain(deadline)),
        deadline.verify(json.loads(deadline.to_json())["steps"]),
    ]


def test_steps_may_be_objects_and_plain_data_at_once() -> None:
    assert TET.verify([*TET.steps[:3], *plain(TET)[3:]])


@pytest.mark.parametrize("key", ["start", "end"])
def test_an_instant_written_in_another_zone_is_an_alteration(key: str) -> None:
    steps = plain(TET)
    steps[1][key] = datetime.fromisoformat(steps[1][key]).astimezone(UTC).isoformat()
    assert not TET.verify(steps)


def leaves(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every value in plain data, containers included."""
    yield path
    pairs: Any = ()
    if isinstance(data, dict):
        pairs = data.items()
    elif isinstance(data, list):
        pairs = enumerate(data)
    for key, value in pairs:
        yield from leaves(value, (*path, key))


def replaced(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    """Return plain data with another value at a path."""
    if not path:
        return value
    copied = copy.copy(data)
    copied[path[0]] = replaced(data[path[0]], path[1:], value)
    return copied


def others(value: Any) -> list[Any]:
    """Return values of every type that plain data has, none of them the same value again."""
    found: list[Any] = [None, True, False, 0, 1, -1, 1.0, "", "x", [], {}, [None], {"x": None}]
    if isinstance(value, str):
        found += [f"{value} ", value.upper(), value.swapcase(), value[:-1]]
    if isinstance(value, list):
        found += [value[1:], [*value, *value[-1:]], value[::-1], tuple(value)]
    if isinstance(value, dict):
        found += [{**value, "x": 1}, dict(list(value.items())[1:])]
    return [each for each in found if type(each) is not type(value) or each != value]


@pytest.mark.parametrize(
    "deadline", [TET, WAITING], ids=["business time over Tet", "calendar time"]
)
def test_whatever_is_altered_in_a_dump_makes_it_prove_nothing(deadline: Deadline) -> None:
    dump = json.loads(deadline.to_json())
    assert deadline.verify(dump)
    for path in list(leaves(dump))[1:]:
        value = functools.reduce(lambda data, key: data[key], path, dump)
        for other in others(value):
            assert not deadline.verify(replaced(dump, path, other)), (path, other)


# --- What does not ---


def first_of(steps: Steps, kind: str) -> dict[str, Any]:
    """Return the first reason of a kind."""
    return next(why for step in steps for why in step["reasons"] if why["kind"] == kind)


def move(step: dict[str, Any], key: str, by: timedelta) -> None:
    """Move one edge of a step, which then lasts as long as it says."""
    edges = {each: datetime.fromisoformat(step[each]) for each in ("start", "end")}
    edges[key] += by
    step[key] = edges[key].isoformat()
    lasts = edges["end"].astimezone(UTC) - edges["start"].astimezone(UTC)
    step["duration"] = format_duration(lasts)


def alter(key: str, value: Any, place: int = 3) -> Callable[[Steps], None]:
    """Return what writes something else into one step."""
    return lambda steps: steps[place].__setitem__(key, value)


def reason(kind: str, /, **changes: Any) -> Callable[[Steps], None]:
    """Return what writes something else into the first reason of a kind."""
    return lambda steps: first_of(steps, kind).update(changes)


def shift(key: str, place: int, by: timedelta) -> Callable[[Steps], None]:
    """Return what moves one edge of one step."""
    return lambda steps: move(steps[place], key, by)


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


def night(steps: Steps) -> dict[str, Any]:
    """Return one night in the place of the two that a change of clocks cuts it into."""
    return {**steps[1], "end": steps[3]["end"], "duration": "15h"}


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
    relaxed_rule, usual = made.channel("desk", "ticket").first_response
    deadline = ask(made, "2026-03-01T22:00")
    assert relaxed_rule == deadline.target
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
    monkeypatch.setattr(promise, "weekday_of", lambda number: weekday_of(number + 1))
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
    right = PlainLine.pieces

    def counting(self: PlainLine, start: int, end: int) -> Any:
        nonlocal reads
        reads += 1
        return right(self, start, end)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(PlainLine, "pieces", counting)
        assert deadline.verify()
    dates = (deadline.due_at - deadline.submitted_at).days
    assert reads < 10 * dates
