"""Which line each row asks: combinations of few texts, told by one small number."""

from __future__ import annotations

from typing import Any

import pytest

from support_sla import load_policy

np: Any = pytest.importorskip("numpy")

from support_sla.bulk.asking.asked import MOST_COMBINATIONS, Asked  # noqa: E402  needs numpy

AZDIGI = load_policy("azdigi")


def asked(line: Any, length: int, **more: Any) -> Asked:
    given = {"priority": None, "attributes": None, **more}
    return Asked.of(AZDIGI, line, given["priority"], given["attributes"], "first_response", length)


def test_one_line_for_all_rows_needs_no_numbers() -> None:
    found = asked(("billing", "ticket"), 7)
    assert (len(found.questions), found.lines(0, 7)) == (1, None)


def test_a_department_alone_is_that_of_its_ticket_channel() -> None:
    assert asked("billing", 1).questions[0].channel == "ticket"


def test_combinations_are_numbered_and_those_that_are_refused_lie_below_zero() -> None:
    departments, channels = ["billing", "technical", "billing"], ["ticket", "chat", "fax"]
    found = asked((departments, channels), 3)
    lines = found.lines(0, 3)
    assert lines is not None
    names = [(found.questions[at].department, found.questions[at].channel) for at in lines[:2]]
    assert names == [("billing", "ticket"), ("technical", "chat")]
    assert "no channel 'fax'" in str(found.refusals[-1 - lines[2]])


def test_codes_that_are_the_questions_already_are_taken_as_they_are() -> None:
    found = asked(["billing", "technical", "billing"], 3)
    lines = found.lines(1, 3)
    assert lines is not None
    assert (found.is_as_coded, lines.tolist()) == (True, [1, 0])


def test_more_combinations_than_are_looked_at_are_looked_at_where_they_occur() -> None:
    many = [f"department {at}" for at in range(100)]
    channels = [f"channel {at}" for at in range(100)]
    found = asked(([*many, "billing"], [*channels, "ticket"]), 101)
    assert len(many) * len(channels) > MOST_COMBINATIONS
    lines = found.lines(0, 101)
    assert lines is not None
    assert (len(found.questions), int(lines[-1]), int(lines[:-1].max()) < 0) == (1, 0, True)
