"""What a customer is told of a ticket, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from support_sla import TicketLog, UnknownLanguageError, ZoneError, load_policy, track
from tickets import AROUND, HOURS, at, desk, event, log, status

HOLDING = {**HOURS, "pauses_on": ["on_hold", "pending"]}
LOWERED = [
    {"when": {"priority": ["urgent"]}, "within": "2h", "counted_in": "business_time"},
    HOURS,
]
DAY = "Monday 7 September 2026 at"
NEXT = "Tuesday 8 September 2026 at"
TAIL = "All times are those of the time zone UTC."


def told(line: dict[str, Any], when: str, *events: Any, **sent: Any) -> str:
    """Return what is said between the head and the tail."""
    text = status(desk(line), when, *events, **sent).explain()
    head = f"Your request to desk – ticket, sent on {DAY} 09:00, stands so on "
    assert text.startswith(head)
    assert text.endswith(TAIL)
    return text[text.index(". ") + 2 : -len(TAIL)].strip()


def test_a_promise_that_runs_says_by_when_and_how_much_is_left() -> None:
    assert told({"first_response": [AROUND]}, "7 10:00") == (
        f"We promise a first answer by {DAY} 17:00 at the latest, with 7 hours left of 8 hours."
    )


@pytest.mark.parametrize(
    ("metric", "events", "said"),
    [
        (
            "first_response",
            ["7 10:00 agent"],
            f"A first answer was given on {DAY} 10:00, in time: it was promised by {DAY} 17:00.",
        ),
        (
            "first_response",
            ["8 10:00 agent"],
            f"A first answer was given on {NEXT} 10:00, late: it was promised by {DAY} 17:00.",
        ),
        (
            "first_response",
            ["7 10:00 resolved"],
            f"A first answer was no longer needed when the request was resolved on {DAY} 10:00.",
        ),
        (
            "next_response",
            ["7 10:00 agent"],
            (
                f"Your message of {DAY} 09:00 was answered on {DAY} 10:00, in time: "
                f"that was promised by {DAY} 17:00."
            ),
        ),
        (
            "resolution",
            ["7 10:00 resolved"],
            f"The request was resolved on {DAY} 10:00, in time: that was promised by {DAY} 17:00.",
        ),
        ("update_every", ["7 10:00 agent", "7 11:00 resolved"], "Nothing is promised yet."),
        ("update_every", [], "Nothing is promised yet."),
    ],
)
def test_a_promise_that_was_kept_or_not_says_when(
    metric: str, events: list[str], said: str
) -> None:
    assert told({metric: [HOURS]}, "8 12:00", *events).split(" Not counted")[0] == said


@pytest.mark.parametrize(
    ("metric", "owed"),
    [
        ("first_response", "a first answer"),
        ("next_response", f"an answer to your message of {DAY} 09:00"),
    ],
)
def test_a_promise_that_was_broken_and_never_kept_says_so(metric: str, owed: str) -> None:
    found = told({metric: [AROUND]}, "8 12:00", "7 18:00 resolved")
    assert found == (
        f"We were late with {owed}: it was promised by {DAY} 17:00, and none was given before the "
        f"request was resolved on {DAY} 18:00."
    )


def test_an_update_that_was_broken_and_never_kept_says_so() -> None:
    line = {"update_every": [{**AROUND, "within": "1h"}], "reopened": "final"}
    assert told(line, "8 12:00", "7 10:00 agent", "7 12:00 resolved") == (
        f"We were late with the next update: it was promised by {DAY} 11:00, and none was given "
        f"before the request was resolved on {DAY} 12:00."
    )


def test_an_earlier_promise_that_was_broken_and_never_kept_says_so() -> None:
    lowered = event("7 12:00 priority", to="low")
    line = {"first_response": LOWERED}
    assert told(line, "7 14:00", lowered, "7 13:00 resolved", priority="urgent") == (
        f"We were late with a first answer: what had been promised was passed on {DAY} 11:00, and "
        f"none was given before the request was resolved on {DAY} 13:00."
    )


def test_a_breach_says_how_much_it_is_over_and_that_its_time_stands_still() -> None:
    line = {"resolution": [HOLDING]}
    assert told(line, "8 10:00", "8 09:30 paused").startswith(
        f"We are late with the resolution of your request: it was promised by {DAY} 17:00, and that "
        "was 30 minutes ago, counted only in our opening hours. Its time stands still while the request is 'on_hold'. Not counted"
    )
    assert told({"first_response": [HOURS]}, "7 18:00").startswith(
        f"We are late with a first answer: it was promised by {DAY} 17:00. Not counted"
    )


def test_a_breach_of_an_earlier_promise_is_told_before_and_after_the_answer() -> None:
    lowered = event("7 12:00 priority", to="low")
    line = {"resolution": LOWERED}
    assert told(line, "7 13:00", lowered, priority="urgent") == (
        "We are late with the resolution of your request: what was promised then was passed on "
        f"{DAY} 11:00; now it is promised by {DAY} 17:00."
    )
    assert told(line, "7 14:00", lowered, "7 14:00 resolved", priority="urgent") == (
        f"The request was resolved on {DAY} 14:00, late: that was promised by {DAY} 17:00. What had "
        f"been promised before was passed on {DAY} 11:00, which a later change does not "
        "take back."
    )


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("7 16:59:59.999999", "what was promised then was passed on"),
        ("7 17:00", "what was promised then was passed on"),
        ("7 17:00:00.000001", "it was promised by"),
    ],
)
def test_an_earlier_promise_is_told_up_to_the_due_of_the_present_one(when: str, said: str) -> None:
    lowered = event("7 12:00 priority", to="low")
    assert said in told({"resolution": LOWERED}, when, lowered, priority="urgent")


def test_counting_in_hours_is_said_where_they_close() -> None:
    assert "8 hours, counted only in our opening hours." in told({"resolution": [HOURS]}, "7 09:00")
    own = {**HOURS, "hours": {"schedule": "late"}}
    assert "8 hours, counted only in the hours of this promise." in told(
        {"resolution": [own]}, "7 09:00"
    )
    policy = desk({"hours": {"schedule": "always"}, "resolution": [HOURS]}, schedules=ALWAYS)
    assert "8 hours left of 8 hours." in status(policy, "7 09:00").explain()
    always = {**HOURS, "hours": {"schedule": "always"}}
    policy = desk({"resolution": [always]}, schedules=ALWAYS)
    assert "8 hours left of 8 hours." in status(policy, "7 09:00").explain()


ALWAYS = {"office": "Mo-Fr 09:00-17:00", "always": "24/7"}


def test_what_was_not_counted_names_nights_pauses_and_resolved_time() -> None:
    talk = ["7 10:00 paused", "7 11:00 resumed", "7 12:00 resolved", "8 10:00 reopened"]
    assert told({"resolution": [HOLDING]}, "8 11:00", *talk).endswith(
        f"Not counted for the resolution of your request: {DAY} 10:00 to {DAY} 11:00, while the request "
        f"was 'on_hold' and {DAY} 12:00 to {NEXT} 10:00, while the request was resolved."
    )
    assert "time outside opening hours" in told({"resolution": [HOLDING]}, "8 10:00")


def test_a_paused_promise_says_where_its_due_would_be() -> None:
    text = told({"resolution": [HOLDING]}, "7 11:00", "7 10:00 paused", status="pending")
    assert text.startswith(
        "The time for the resolution of your request stands still while the request is 'on_hold' and "
        f"'pending'; if it went on now, it would be due by {NEXT} 11:00, with 8 hours left of 8 "
        "hours, counted only in our opening hours."
    )


def test_labels_are_read_instead_of_identifiers() -> None:
    data = desk({"resolution": [HOLDING]}).model_dump()
    data["labels"] = {"status": {"on_hold": {"en": "waiting for parts", "vi": "chờ linh kiện"}}}
    found = track(load_policy(data), log("7 10:00 paused"), at("7 11:00"))
    assert "while the request is waiting for parts" in found.explain()
    assert "trạng thái chờ linh kiện" in found.explain("vi")


def test_unknown_pauses_and_time_without_a_promise_are_told() -> None:
    policy = desk({"resolution": [HOLDING]})
    made = TicketLog("desk", "ticket", [event("7 09:00 submitted")], has_statuses=False)
    found = track(policy, made, at("7 10:00"), assume_unpaused=True)
    assert "When the request was paused is not known" in found.explain()
    urgent = {"when": {"priority": ["urgent"]}, **AROUND}
    talk = [event("7 10:00 priority", to="low"), event("7 11:00 priority", to="urgent")]
    line = {"resolution": [urgent], "changes": "carry"}
    assert f"{DAY} 10:00 to {DAY} 11:00, while nothing was promised" in told(
        line, "7 12:00", *talk, priority="urgent"
    )


def test_internal_promises_are_not_told_to_the_customer() -> None:
    team = event("7 10:00 assigned", department="desk", channel="team")
    found = status(desk({}), "7 11:00", team)
    assert found.internal
    assert "Nothing is promised yet." in found.explain()


def test_the_reader_s_clock_is_used_and_another_language() -> None:
    found = status(desk({"first_response": [HOURS]}), "7 10:00")
    text = found.explain("vi", timezone="Asia/Ho_Chi_Minh")
    assert "16:00 thứ Hai, ngày 07/09/2026" in text
    assert text.endswith("Mọi thời điểm được ghi theo múi giờ Asia/Ho_Chi_Minh.")
    with pytest.raises(UnknownLanguageError):
        found.explain("xx")
    with pytest.raises(ZoneError):
        found.explain(timezone="Mars/Base")
