"""Every public method and function refuses what it does not take, with an error of the family.

Each is called with right arguments and one odd one in the place of each: it answers, because the
odd value means something there, or raises an error of the family that shows the value's argument.
"""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

import support_sla
from builders import rule_data
from questions import AZDIGI, ask, line
from support_sla import (
    AnswerTable,
    Clock,
    Festival,
    HolidayCalendar,
    PolicyHistory,
    Recurring,
    Schedule,
    SupportSlaError,
    TicketLog,
    Timeline,
    compare,
    compare_statuses,
    compute_deadline,
    contact_options,
    lint,
    track,
)

DATE, AT, LATER = dt.date(2026, 2, 17), "2026-02-14T10:00:00+07:00", "2026-02-15T10:00:00+07:00"
HOUR = dt.timedelta(hours=1)
CALENDAR = HolidayCalendar(country="VN")
CLOCK = Clock(Schedule("Mo-Sa 08:00-17:00"), timezone="Asia/Ho_Chi_Minh")
TABLE = AnswerTable.of(AZDIGI, department="billing", first_year=2026, last_year=2026)
DESK = Timeline.of([(8, 12), (13, 17)], start=0, end=24)
DEADLINE = ask(AZDIGI, "2026-02-14T16:30", department="billing")
OPTIONS = contact_options(AZDIGI, AT, LATER, department="billing")
CHANGES = compare(AZDIGI, AZDIGI, (2026, 2026))
TICKET = AZDIGI.departments["billing"].channels["ticket"]
SPECIAL = CALENDAR.on(DATE)[0]
LOG = TicketLog("billing", "ticket", [{"at": AT, "kind": "submitted"}])
HISTORY = PolicyHistory([("2026-01-01T00:00:00+07:00", AZDIGI)])
STATUS = track(AZDIGI, LOG, LATER)
YEARS = {"first_year": 2026, "last_year": 2026}
PLACE = {"department": "billing"}
FIRST = {"metric": "first_response"}
COMPARED = {"old": AZDIGI, "new": AZDIGI}

CALLS: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    "AnswerTable.answer": (TABLE.answer, {"at": TABLE.start}),
    "AnswerTable.describe": (TABLE.describe, {"start": AT, "end": LATER}),
    "AnswerTable.from_dict": (AnswerTable.from_dict, {"data": TABLE.to_dict()}),
    "AnswerTable.of": (AnswerTable.of, {"policy": AZDIGI, **PLACE, **YEARS, "unit": "s", **FIRST}),
    "AnswerTable.row": (TABLE.row, {"place": 3}),
    "Clock.add": (CLOCK.add, {"at": AT, "amount": HOUR}),
    "Clock.subtract": (CLOCK.subtract, {"at": AT, "amount": HOUR}),
    "Clock.between": (CLOCK.between, {"start": AT, "end": LATER}),
    "Clock.periods": (CLOCK.periods, {"start": AT, "end": LATER}),
    "Clock.timeline": (CLOCK.timeline, {"first_year": 2026, "last_year": 2026}),
    "Clock.is_open": (CLOCK.is_open, {"at": AT}),
    "Clock.next_open": (CLOCK.next_open, {"at": AT}),
    "Clock.next_close": (CLOCK.next_close, {"at": AT}),
    "Clock.of": (Clock.of, {"policy": AZDIGI, **PLACE, "channel": "ticket", **FIRST}),
    "Comparison.describe": (CHANGES.describe, {"worst": 3}),
    "ContactOptions.explain": (OPTIONS.explain, {"language": "vi"}),
    "Deadline.at_share": (DEADLINE.at_share, {"share": "75 %"}),
    "Deadline.elapsed": (DEADLINE.elapsed, {"at": LATER}),
    "Deadline.explain": (DEADLINE.explain, {"language": "vi"}),
    "Deadline.is_late": (DEADLINE.is_late, {"at": LATER}),
    "Deadline.overdue": (DEADLINE.overdue, {"at": LATER}),
    "Deadline.remaining": (DEADLINE.remaining, {"at": LATER}),
    "Deadline.to_markdown": (DEADLINE.to_markdown, {"language": "vi"}),
    "Deadline.verify": (DEADLINE.verify, {"kept": DEADLINE.steps}),
    "Festival.special_days": (Festival(name="tet").special_days, YEARS),
    "HolidayCalendar.between": (CALENDAR.between, {"first": DATE, "last": DATE}),
    "HolidayCalendar.freeze": (CALENDAR.freeze, YEARS),
    "HolidayCalendar.make_up_days": (CALENDAR.make_up_days, {"year": 2026}),
    "HolidayCalendar.next_after": (CALENDAR.next_after, {"date": DATE}),
    "HolidayCalendar.on": (CALENDAR.on, {"date": DATE}),
    "HolidayCalendar.special_days": (CALENDAR.special_days, {"year": 2026}),
    "Policy.channel": (AZDIGI.channel, {**PLACE, "channel": "ticket"}),
    "Policy.targets": (AZDIGI.targets, {**PLACE, "channel": "ticket", "metric": "first_response"}),
    "Policy.zone_of": (AZDIGI.zone_of, PLACE),
    "Policy.department": (AZDIGI.department, {"name": "billing"}),
    "Recurring.comes": (Recurring(name="x", on="05-05").comes, YEARS),
    "Recurring.special_days": (Recurring(name="x", on="05-05").special_days, YEARS),
    "SpecialDay.hours": (SPECIAL.hours, {"week": Schedule("24/7").week}),
    "Timeline.add": (DESK.add, {"at": 9, "amount": 2}),
    "Timeline.subtract": (DESK.subtract, {"at": 9, "amount": 1}),
    "Timeline.between": (DESK.between, {"start": 9, "end": 15}),
    "Timeline.earliest": (DESK.earliest, {"reading": 3}),
    "Timeline.latest": (DESK.latest, {"reading": 3}),
    "Timeline.is_open": (DESK.is_open, {"at": 9}),
    "Timeline.next_open": (DESK.next_open, {"at": 9}),
    "Timeline.next_close": (DESK.next_close, {"at": 9}),
    "Timeline.of": (Timeline.of, {"spans": [(8, 12)], "start": 0, "end": 24}),
    "Timeline.reading": (DESK.reading, {"at": 9}),
    "Timeline.segments": (DESK.segments, {"start": 9, "end": 15}),
    "Timeline.within": (DESK.within, {"start": 9, "end": 15}),
    "compare": (compare, {**COMPARED, "years": (2026, 2026)}),
    "compare_submissions": (
        support_sla.compare_submissions,
        {**COMPARED, "submissions": [{"submitted_at": AT, **PLACE}]},
    ),
    "compute_deadline": (
        compute_deadline,
        {
            "policy": AZDIGI,
            "submitted_at": AT,
            **PLACE,
            "channel": "ticket",
            "priority": None,
            "attributes": {},
            "metric": "first_response",
        },
    ),
    "contact_options": (
        contact_options,
        {"policy": AZDIGI, "submitted_at": AT, "now": LATER, **PLACE, "answered_at": LATER},
    ),
    "latest_submission": (
        support_sla.latest_submission,
        {"policy": AZDIGI, "answered_by": AT, **PLACE, "attributes": {}, **FIRST},
    ),
    "PolicyHistory.at": (HISTORY.at, {"instant": AT}),
    "TicketLog.from_dict": (TicketLog.from_dict, {"data": LOG.to_dict()}),
    "TicketLog.from_json": (TicketLog.from_json, {"text": LOG.to_json()}),
    "TicketStatus.explain": (STATUS.explain, {"language": "vi"}),
    "TicketStatus.rounds_of": (STATUS.rounds_of, {"metric": "resolution"}),
    "TicketStatus.state": (STATUS.state, {"metric": "resolution"}),
    "TicketStatus.verify": (STATUS.verify, {"kept": STATUS.to_dict()}),
    "compare_statuses": (compare_statuses, {"old": STATUS, "new": STATUS}),
    "track": (track, {"policy": HISTORY, "log": LOG, "now": LATER, "as_of": AT}),
    "lint": (
        lint,
        {"policy": AZDIGI, "years": (2026, 2026), "as_of": DATE, "closed_days": 7, "wait_days": 7},
    ),
    "load_policy": (support_sla.load_policy, {"source": "azdigi"}),
}
WITHOUT_ARGUMENTS = {"languages", "shipped_policies"}
NOT_FOR_CALLERS = {"memo", "once"}
"""What models keep of themselves: public to the other rooms of the package alone."""


class Odd:
    """Something that is nothing in particular."""


ODD: dict[str, Any] = {
    "None": None, "an object": Odd(), "True": True, "-1": -1, "a large number": 10**30, "1.5": 1.5,
    "nan": float("nan"), "an empty text": "", "a text": "covered", "bytes": b"x", "a list": [],
    "a list of None": [None], "a mapping": {"x": None}, "a set": {1}, "a date": DATE,
    "a naive datetime": dt.datetime(2026, 2, 17), "a datetime": dt.datetime(2026, 2, 17, tzinfo=dt.UTC),
    "an amount": HOUR, "a class": dict, "a function": len, "a long text": "x" * 100_000,
    "a complex number": 1j, "a reversed pair": (2027, 2026),
}  # fmt: skip
CASES = [
    pytest.param(name, argument, id=f"{name}({argument})")
    for name, (_, right) in CALLS.items()
    for argument in right
]


def public_calls() -> set[str]:
    """Return every public function, and every method of a public class that takes an argument."""
    found = set()
    inherited = {*dir(BaseModel), *dir(tuple), *NOT_FOR_CALLERS}
    for name in support_sla.__all__:
        thing = getattr(support_sla, name)
        if not inspect.isclass(thing):
            found.add(name)
        elif not issubclass(thing, Exception):
            methods = (each for each in dir(thing) if each[0] != "_" and each not in inherited)
            found |= {
                f"{name}.{each}"
                for each in methods
                if callable(getattr(thing, each))
                and {*inspect.signature(getattr(thing, each)).parameters} - {"self"}
            }
    return found


def test_every_public_method_that_takes_something_is_in_the_table() -> None:
    assert public_calls() - WITHOUT_ARGUMENTS == {*CALLS}


@pytest.mark.parametrize("name", CALLS)
def test_the_right_arguments_are_answered(name: str) -> None:
    call, right = CALLS[name]
    call(**right)


@pytest.mark.parametrize(("name", "argument"), CASES)
def test_an_odd_value_is_answered_or_refused_by_an_error_of_the_family(
    name: str, argument: str
) -> None:
    call, right = CALLS[name]
    refused: list[str] = []
    for odd in ODD.values():
        try:
            call(**{**right, argument: odd})
        except (SupportSlaError, ValidationError) as error:
            refused.append(str(error))
    assert len(refused) > len(ODD) / 2
    assert [] == [message for message in refused if len(message) > 1_000]


def test_a_datetime_is_no_date_and_no_date_is_silently_ordinary() -> None:
    for value in (dt.datetime(2026, 2, 17), dt.datetime(2026, 2, 17, tzinfo=dt.UTC), "2026-02-17"):
        with pytest.raises(SupportSlaError, match="date"):
            CALENDAR.on(value)  # type: ignore[arg-type]


def test_years_and_dates_outside_or_in_the_wrong_order_are_refused() -> None:
    for call in (
        lambda: CALENDAR.between(DATE, DATE - dt.timedelta(days=1)),
        lambda: CALENDAR.next_after(dt.date(2101, 1, 1)),
        lambda: CALENDAR.next_after(dt.date(1900, 1, 1)),
        lambda: CALENDAR.freeze(2027, 2026),
        lambda: CALENDAR.make_up_days(2101),
    ):
        with pytest.raises(SupportSlaError):
            call()


def test_a_line_with_rules_of_its_own_is_asked_in_the_same_way() -> None:
    assert compute_deadline(line(rule_data()), AT, department="desk").due_at
