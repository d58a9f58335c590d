"""What a log asks for and is in, event by event; what the policy does not have is told by its name."""

from __future__ import annotations

from typing import Any

import pytest

from support_sla import LogError, UnknownAttributeError, UnknownStatusError
from tickets import HOURS, desk, event, status

ASKED = {"resolution": [HOURS]}


def test_an_attribute_that_is_not_declared_is_told_with_those_that_are() -> None:
    said = r"events\[1\]: attribute 'plann' is not declared by the policy; use one of 'plan'"
    with pytest.raises(UnknownAttributeError, match=said):
        status(desk(ASKED), "7 12:00", event("7 10:00 attributes", to={"plann": None}))


def test_a_move_to_an_internal_line_is_told_with_its_line_and_its_instant() -> None:
    inside: dict[str, Any] = {"department": "desk", "channel": "team"}
    said = "line 'desk/team' is internal, but 'moved' at 2026-09-07T10:00:00"
    with pytest.raises(LogError, match=said):
        status(desk(ASKED), "7 12:00", event("7 10:00 moved", **inside))


def test_a_status_that_is_not_declared_is_told_with_those_that_are() -> None:
    with pytest.raises(UnknownStatusError, match="'waiting'.*'open', 'pending'"):
        status(desk(ASKED), "7 12:00", event("7 10:00 status", to="waiting"))
