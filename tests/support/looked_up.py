"""Whole columns looked up as the tests of look-ups ask them: with what the grid leaves out."""

from __future__ import annotations

from typing import Any

import numpy as np

from support_sla import AnswerTable
from support_sla.bulk.lookup.lookup import CHUNK, Lookup, Scratch
from support_sla.bulk.lookup.rows import NEVER

INSTANTS = ("starts_at", "earliest_at", "due_at")


def looked_up(lookup: Lookup, at: Any, line: Any = None) -> list[tuple[Any, ...]]:
    """Return the outputs of each instant and what is told of it, by the whole answer of a look-up."""
    found = [np.empty(len(at), np.int64) for _ in lookup.outputs]
    tell = np.empty(len(at), np.int16)
    for start in range(0, len(at), CHUNK):
        part = slice(start, start + CHUNK)
        some = [column[part] for column in found]
        own = None if line is None else line[part]
        lookup.answer_whole(at[part], own, some, Scratch(), tell[part])
    return list(zip(*(column.tolist() for column in found), tell.tolist(), strict=True))


def told_by(table: AnswerTable, at: int) -> tuple[Any, ...]:
    """Return the same of an answer table; what it does not tell is `NEVER`, and -3 outside its years."""
    if not table.start <= at < table.end:
        return NEVER, NEVER, NEVER, -3
    row = table.answer(at)
    if row is None:
        rules = [each.rule for each in table.rows() if each.begin <= at]
        return NEVER, NEVER, NEVER, rules[-1]
    return (
        row.starts_at,
        NEVER if row.earliest_at is None else row.earliest_at,
        row.due_at,
        row.rule,
    )


def around(table: AnswerTable) -> Any:
    """Return every corner of a table, one unit before and after it, and the ends of 64 bits."""
    corners = np.array([*table.begins, table.end])
    ends = [NEVER, NEVER + 1, -1, 0, 2**63 - 2, 2**63 - 1]
    return np.concatenate([corners - 1, corners, corners + 1, ends])
