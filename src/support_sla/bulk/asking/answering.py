"""How a column is answered, chunk by chunk: by look-ups, with note taken of rows without an answer."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from support_sla.bulk.columns.reasons import Reasons
from support_sla.bulk.lookup.growing import nothing
from support_sla.bulk.lookup.lookup import CHUNK, Refused, Scratch
from support_sla.bulk.lookup.rows import NEVER, NO_LINE
from support_sla.errors import ColumnError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from support_sla.bulk.asking.sources import OfPolicy, OfTable
    from support_sla.bulk.columns.instants import Instants
    from support_sla.bulk.lookup.lookup import Column
    from support_sla.bulk.lookup.rows import Int64s


THREADED = 8
"""How many chunks a thread answers at once: between steps it must get hold of the interpreter."""


def each_chunk(length: int, threads: int, work: Callable[[int, int, Scratch], None]) -> None:
    """Call `work(start, end, scratch)` for every chunk of a column, each thread with its own scratch.

    Raises `ColumnError` for a number of threads that is none.
    """
    if type(threads) is not int or threads < 1:
        raise ColumnError.threads(threads)

    def some(first: int, last: int, size: int) -> None:
        scratch = Scratch(size)
        for start in range(first, last, size):
            work(start, min(start + size, last), scratch)

    size = CHUNK * THREADED
    if threads == 1 or length < threads * size:
        some(0, length, CHUNK)
        return
    edges = [length * at // threads for at in range(threads + 1)]
    with ThreadPoolExecutor(threads) as pool:
        for each in [pool.submit(some, *span, size) for span in pairwise(edges)]:
            each.result()


def answer_column(  # noqa: PLR0913, PLR0917  what is asked, where it is written, and how
    source: OfPolicy | OfTable,
    instants: Instants,
    outputs: Sequence[Column],
    tell: Column | None,
    errors: Column | None,
    threads: int,
) -> Reasons:
    """Write the outputs of a column, what is told of each row and the codes of errors.

    Returns what was found of rows without an answer. What is None is not written; a code is below 0
    where there is an answer, or null.
    """
    reasons = Reasons(source, instants.unit)
    if errors is not None:
        errors.fill(-1)

    def work(start: int, end: int, scratch: Scratch) -> None:
        at, line = instants.chunk(start, end), source.lines(start, end)
        some = [each[start:end] for each in outputs]
        told = None if tell is None else tell[start:end]
        refused = answer_chunk(source, at, line, some, told, scratch)
        if told is not None:
            np.maximum(told, -1, out=told)
        if refused is None:
            return
        places = refused.places
        lines = np.zeros(len(places), np.int64) if line is None else line[places]
        rows = start + places, at[places], lines, refused.told
        reasons.add(*rows)
        if errors is not None:
            errors[rows[0]] = reasons.codes(*rows)

    each_chunk(len(instants), threads, work)
    return reasons


def answer_chunk(  # noqa: PLR0913, PLR0917  a chunk of what is asked, and where it is written
    source: OfPolicy | OfTable,
    at: Int64s,
    line: Column | None,
    outputs: Sequence[Column],
    tell: Column | None,
    scratch: Scratch,
) -> Refused | None:
    """Answer a chunk and return what has no answer.

    Rows of lines that are refused are answered as of another, then emptied.
    """
    if line is None or not source.refuses or line.min(initial=0) >= 0:
        assert source.growing is not None, "it is missing only if every line is refused"
        return source.growing.answer(at, line, outputs, tell, scratch)
    if source.growing is None:
        return nothing(at, outputs, tell)  # told as of no line, since every line is below 0
    unknown = np.flatnonzero(line < 0)
    refused = source.growing.answer(at, np.maximum(line, 0), outputs, tell, scratch)
    for output in outputs:
        output[unknown] = NEVER
    if tell is not None:
        tell[unknown] = NO_LINE
    told = np.zeros(len(at), np.int64)
    if refused is not None:
        told[refused.places] = refused.told
    told[unknown] = NO_LINE
    told[at == NEVER] = 0
    places = np.flatnonzero(told)
    return Refused(places, told[places]) if len(places) else None
