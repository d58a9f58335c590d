"""The order of a log: rows of any order, given once or twice, and what contradicts itself."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from support_sla import LogError, TicketLog
from tickets import at, event

if TYPE_CHECKING:
    from support_sla import Event

SENT = event("7 09:00 submitted")


def made(*rows: Any) -> tuple[Event, ...]:
    return TicketLog("desk", "ticket", rows).events


def order(*rows: Any) -> list[str]:
    """Return the events by their `id`, or by their `to` or kind."""
    return [each.id or each.to or each.kind for each in made(*rows)]


def to(when: str, status: str, **keys: Any) -> dict[str, Any]:
    return event(f"{when} status", to=status, **keys)


def refused(*rows: Any) -> LogError:
    with pytest.raises(LogError) as caught:
        made(*rows)
    return caught.value


# --- Sorted ---


def test_rows_are_sorted_by_instant_whatever_their_order() -> None:
    rows = [SENT, to("7 10:00", "a"), to("7 11:00", "b"), to("7 12:00", "c")]
    for each in itertools.permutations(rows):
        assert order(*each) == ["submitted", "a", "b", "c"]


def test_rows_of_one_instant_keep_their_order() -> None:
    rows = [to("7 10:00", "a"), to("7 10:00", "b"), to("7 10:00", "a")]
    assert order(SENT, *rows) == ["submitted", "a", "b", "a"]
    assert order(*rows, SENT) == ["submitted", "a", "b", "a"]


def test_rows_that_begin_with_the_newest_are_turned_around_and_so_are_ties() -> None:
    newest_first = [to("7 11:00", "c"), to("7 10:00", "b"), to("7 10:00", "a"), SENT]
    assert order(*newest_first) == ["submitted", "a", "b", "c"]


def test_rows_that_only_once_rise_are_no_export_that_begins_with_the_newest() -> None:
    rows = [to("7 11:00", "c"), to("7 10:00", "b"), to("7 10:00", "a"), SENT, to("7 12:00", "d")]
    assert order(*rows) == ["submitted", "b", "a", "c", "d"]


def test_rows_all_of_one_instant_are_not_turned_around() -> None:
    assert order(SENT, to("7 09:00", "a"), to("7 09:00", "b")) == ["submitted", "a", "b"]


def test_a_submission_comes_first_in_its_own_instant() -> None:
    assert order(to("7 09:00", "a"), SENT, to("7 09:00", "b")) == ["submitted", "a", "b"]


@pytest.mark.parametrize(
    ("micros", "expected"), [(-1, ["b", "a"]), (0, ["a", "b"]), (1, ["a", "b"])]
)
def test_the_order_is_that_of_instants_to_the_microsecond(micros: int, expected: list[str]) -> None:
    second = at("7 10:00").replace(microsecond=1 + micros)
    rows = [to("7 10:00:00.000001", "a"), {**to("7 10:00", "b"), "at": second}]
    assert order(SENT, *rows, to("7 11:00", "c"))[1:3] == expected


def test_the_order_is_that_of_instants_and_not_of_clocks() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    first, second = (
        at(f"{day} 00:30").replace(month=10, tzinfo=berlin, hour=2, fold=fold)
        for day, fold in ((25, 0), (25, 1))
    )
    rows = [{"at": second, "kind": "status", "to": "b"}, {"at": first, "kind": "status", "to": "a"}]
    assert order(*rows, SENT) == ["submitted", "a", "b"]


# --- Given twice ---


def test_neighbours_that_are_alike_are_kept_once() -> None:
    assert order(SENT, SENT, to("7 10:00", "a"), to("7 10:00", "a")) == ["submitted", "a"]


def test_events_that_are_alike_but_not_neighbours_may_both_have_happened() -> None:
    rows = [to("7 10:00", "a"), to("7 10:00", "b"), to("7 10:00", "a"), to("7 10:00", "b")]
    assert order(SENT, *rows) == ["submitted", "a", "b", "a", "b"]


def test_events_with_one_id_are_kept_once_wherever_they_stand() -> None:
    one, other = to("7 10:00", "a", id="1"), to("7 10:00", "b", id="2")
    assert order(SENT, one, other, one) == ["submitted", "1", "2"]


def test_alike_events_with_ids_of_their_own_are_both_kept() -> None:
    assert order(SENT, to("7 10:00", "a", id="1"), to("7 10:00", "a", id="2")) == [
        "submitted",
        "1",
        "2",
    ]


def test_different_events_with_one_id_contradict_each_other() -> None:
    error = refused(SENT, to("7 10:00", "a", id="1"), to("7 11:00", "b", id="1"))
    assert error.index == 2
    assert str(error) == (
        "events[2] 'status' at 2026-09-07T11:00:00+00:00 has the id '1' of events[1] 'status' at "
        "2026-09-07T10:00:00+00:00, which says otherwise; drop one"
    )


# --- The submission ---


def test_a_log_without_a_submission_is_refused() -> None:
    assert "no event of kind 'submitted'" in str(refused(to("7 10:00", "a")))


@pytest.mark.parametrize("later", ["7 09:00:00.000001", "8 09:00"])
def test_a_second_submission_at_another_instant_is_refused_with_both(later: str) -> None:
    error = refused(SENT, to("7 09:30", "a"), event(f"{later} submitted"))
    assert error.index == 2
    assert str(error).startswith("events[2] 'submitted' at 2026-09-0")
    assert "beside events[0] 'submitted' at 2026-09-07T09:00:00+00:00; drop one" in str(error)


def test_a_second_submission_that_says_otherwise_is_refused_at_the_same_instant_too() -> None:
    assert refused(SENT, event("7 09:00 submitted", priority="low")).index == 1


@pytest.mark.parametrize(("micros", "is_refused"), [(999_999, True), (0, False), (1, False)])
def test_what_comes_before_the_submission_is_refused_with_both(
    micros: int, is_refused: bool
) -> None:
    second = at("7 08:59:59") if micros == 999_999 else at("7 09:00")
    row = {**to("7 09:00", "a"), "at": second.replace(microsecond=micros)}
    if not is_refused:
        assert order(SENT, row) == ["submitted", "a"]
        return
    error = refused(SENT, row)
    assert error.index == 1
    assert str(error) == (
        "events[1] 'status' at 2026-09-07T08:59:59.999999+00:00 comes before events[0] "
        "'submitted' at 2026-09-07T09:00:00+00:00; correct one of the two instants"
    )


# --- Holds ---


def test_holds_may_begin_and_end_side_by_side_and_begin_twice() -> None:
    rows = [
        event("7 10:00 paused", reason="a"),
        event("7 11:00 paused", reason="b"),
        event("7 12:00 paused", reason="a"),
        event("7 13:00 resumed", reason="a"),
        event("7 14:00 resumed", reason="b"),
        event("7 15:00 paused", reason="a"),
    ]
    assert len(made(SENT, *rows)) == 7


def test_a_hold_that_ends_without_having_begun_is_refused() -> None:
    error = refused(SENT, event("7 10:00 paused", reason="b"), event("7 11:00 resumed", reason="a"))
    assert error.index == 2
    assert str(error) == (
        "events[2] 'resumed' at 2026-09-07T11:00:00+00:00 ends the hold 'a', but no event before "
        "it began it; add the 'paused' event between, or drop this one"
    )


def test_a_hold_that_ends_twice_is_refused_with_the_event_that_ended_it() -> None:
    error = refused(
        SENT, event("7 10:00 paused"), event("7 11:00 resumed"), event("7 12:00 resumed")
    )
    assert error.index == 3
    assert "but events[2] 'resumed' at 2026-09-07T11:00:00+00:00 ended it; add" in str(error)


def test_the_place_of_a_refused_row_is_that_of_the_caller_also_if_rows_were_turned_around() -> None:
    error = refused(event("7 12:00 resumed"), to("7 11:00", "a"), SENT)
    assert error.index == 0
    assert str(error).startswith("events[0] 'resumed' at 2026-09-07T12:00:00")
