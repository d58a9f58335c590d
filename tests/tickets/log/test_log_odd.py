"""Odd values for every key of a log, an event and a history: each is read or refused briefly."""

from __future__ import annotations

import datetime as dt
import math
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from builders import NoOffset, Stamp, policy
from support_sla import Event, PolicyHistory, SupportSlaError, TicketLog, track
from support_sla.tickets.log.event import _KEYS
from tickets import HOURS, at, desk

if TYPE_CHECKING:
    from collections.abc import Callable

LONG = "x" * 100_000
EMPTY: list[Any] = []
EMPTY.append(EMPTY)
AT = at("7 10:00")
SENT = {"at": at("7 09:00"), "kind": "submitted"}
ODD: list[Any] = [
    None,
    True,
    3,
    -1,
    2.5,
    math.nan,
    10**5_000,
    "",
    " ",
    "x",
    LONG,
    "\ud800",
    b"x",
    [],
    [LONG],
    ["a", "b"],
    [("a", 1)],
    {},
    {"x": 3},
    {LONG: LONG},
    {3: 3},
    {"x"},
    EMPTY,
    object(),
    dt.date(2026, 9, 7),
    dt.datetime(2026, 9, 7),
    dt.datetime(2026, 9, 7, tzinfo=NoOffset()),
    Stamp(2026, 9, 7, tzinfo=dt.UTC),
    dt.datetime.min.replace(tzinfo=dt.UTC),
    dt.datetime.max.replace(tzinfo=dt.UTC),
    dt.timedelta(hours=1),
]
RIGHT: dict[str, dict[str, Any]] = {
    "submitted": {},
    "replied": {"by": "agent"},
    "status": {"to": "open"},
    "paused": {"reason": "open"},
    "resumed": {"reason": "open"},
    "priority": {"to": "low"},
    "attributes": {"to": {"plan": "gold"}},
    "moved": {"department": "desk", "channel": "ticket"},
    "assigned": {"department": "desk", "channel": "team"},
    "resolved": {},
    "reopened": {},
    "closed": {},
}
"""The keys that an event of each kind needs, with right values."""


def made(row: Any) -> TicketLog:
    return TicketLog("desk", "ticket", [SENT, row])


def refusals(make: Callable[[], object]) -> list[str]:
    """Return the message with which `make` is refused; none if it is not."""
    try:
        make()
    except SupportSlaError as error:
        return [str(error)]
    return []


def is_told_briefly(message: str) -> bool:
    return len(message) < 600 and "; " in message


def test_each_kind_of_event_stands_in_the_table() -> None:
    assert {kind: {*keys} for kind, keys in RIGHT.items() if keys} == {
        kind: {*keys.needed} | ({*RIGHT[kind]} if kind == "assigned" else set())
        for kind, keys in _KEYS.items()
        if RIGHT[kind]
    }
    assert RIGHT.keys() == _KEYS.keys()


@pytest.mark.parametrize("kind", RIGHT)
def test_every_key_of_an_event_with_any_value_is_read_or_refused_briefly(kind: str) -> None:
    right = {"at": AT, "kind": kind, **RIGHT[kind]}
    for key in ("at", "kind", "id", *_KEYS[kind].known, "zzz", LONG):
        told = [message for odd in ODD for message in refusals(partial(made, {**right, key: odd}))]
        assert len(told) > len(ODD) / 2, key
        assert [] == [message for message in told if not is_told_briefly(message)]


@pytest.mark.parametrize("name", [*Event.__slots__])
def test_every_part_of_an_event_with_any_value_is_read_or_refused_briefly(name: str) -> None:
    for kind, keys in RIGHT.items():
        given: dict[str, Any] = {"at": AT, "kind": kind, **keys}
        if kind == "attributes":
            given["attributes"] = tuple(given.pop("to").items())
        for odd in ODD:
            event = Event(**{**given, name: odd})
            for message in (*refusals(partial(made, event)), *refusals(event.to_dict)):
                assert is_told_briefly(message)
            assert len(str(event)) < 300


def test_every_key_of_a_log_with_any_value_is_read_or_refused_briefly() -> None:
    right = TicketLog("desk", "ticket", [SENT], ticket="T-1").to_dict()
    for key in (*right, "has_statuses", "zzz", LONG):
        for odd in ODD:
            for message in refusals(lambda: TicketLog.from_dict({**right, key: odd})):  # noqa: B023
                assert is_told_briefly(message), key
    for odd in ODD:
        (message,) = refusals(lambda: TicketLog.from_dict(odd))  # noqa: B023
        assert is_told_briefly(message)


def test_any_row_of_a_log_and_of_a_history_is_refused_briefly_with_its_place() -> None:
    version, known = policy(), desk({"resolution": [HOURS]})
    for odd in ODD:
        (message,) = refusals(partial(made, odd))
        assert message.startswith("events[1]: ")
        (other,) = refusals(lambda: PolicyHistory([(AT, version), odd]))  # noqa: B023
        assert other.startswith("versions[1]: ")
        assert is_told_briefly(message)
        assert is_told_briefly(other)
        for pair in ((odd, version), (AT, odd)):
            assert all(map(is_told_briefly, refusals(lambda: PolicyHistory([pair]))))  # noqa: B023
        for ask in (
            lambda: track(odd, TicketLog("desk", "ticket", [SENT]), AT),  # noqa: B023
            lambda: track(known, odd, AT),  # noqa: B023
            lambda: track(known, TicketLog("desk", "ticket", [SENT]), odd),  # noqa: B023
        ):
            assert all(map(is_told_briefly, refusals(ask)))
