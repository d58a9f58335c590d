"""`Answers`: the columns that answer a column, and the memory that they are written into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

from support_sla.bulk.lookup.rows import INSTANTS
from support_sla.errors import ColumnError

if TYPE_CHECKING:
    from support_sla.bulk.columns.instants import Instants
    from support_sla.bulk.lookup.lookup import Column

OnError: TypeAlias = Literal["raise", "null"]
"""What becomes of rows without an answer: one error for all, or nulls beside the names of errors."""

TARGET = "target"
OUTPUTS = (*INSTANTS, TARGET)
ERROR = "error"


class Answers(dict[str, Any]):
    """Columns by the name of their output, in the order in which these were asked for.

    An instant has the kind, the unit and the zone of the column that was asked, and is null (for
    plain numbers: the lowest of 64 bits) where there is none. A `target` of Arrow is a dictionary of
    names, else the place of its name in `targets`; so is an `error`, the name of a class, with
    `errors`. Both are null, or below 0, where there is none.
    """

    targets: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()


class Room:
    """The arrays that answers are written into: the caller's, or new ones."""

    __slots__ = ("columns",)

    def __init__(
        self,
        outputs: Sequence[str],
        length: int,
        unit: str,
        out: object | None,
        taken: Sequence[Column] = (),
    ) -> None:
        given = {} if out is None else out
        if isinstance(given, np.ndarray) and len(outputs) == 1:
            given = {outputs[0]: given}
        if not isinstance(given, Mapping) or not {*given} <= {*outputs}:
            raise ColumnError.out(out, outputs)
        self.columns: dict[str, Column] = {}
        for name in outputs:
            kind = np.dtype(np.int16 if name == TARGET else np.int64)
            kinds = [kind] if name == TARGET else [kind, np.dtype(f"datetime64[{unit}]")]
            array = given[name] if name in given else np.empty(length, kind)
            fits = isinstance(array, np.ndarray) and array.dtype in kinds
            if not fits or array.shape != (length,) or not array.flags.carray:
                raise ColumnError.room(name, array, length, kinds)
            for other in (*taken, *self.columns.values()):
                if np.may_share_memory(array, other):
                    raise ColumnError.shared(name)
            self.columns[name] = array.view(kind)


def read_outputs(outputs: object) -> tuple[str, ...]:
    """Return the names of outputs, in the order that was asked; raise `ColumnError` for others."""
    names = (outputs,) if isinstance(outputs, str) else outputs
    if not isinstance(names, Sequence) or not names or len({*names}) < len(names):
        raise ColumnError.outputs(outputs, OUTPUTS)
    if not {*names} <= {*OUTPUTS}:
        raise ColumnError.outputs(outputs, OUTPUTS)
    return tuple(names)


def written(
    columns: Mapping[str, Column],
    instants: Instants,
    targets: tuple[str, ...] = (),
    errors: tuple[str, ...] = (),
) -> Answers:
    """Return columns of numbers as the kind of column that was asked."""
    found = Answers()
    found.targets, found.errors = targets, errors
    names = {TARGET: targets, ERROR: errors}
    for name, column in columns.items():
        if name not in names:
            found[name] = instants.written(column)
        elif instants.arrow is None:
            found[name] = column
        else:
            from support_sla.bulk.columns.arrow import texts_written  # noqa: PLC0415  needs pyarrow

            found[name] = texts_written(column, names[name])
    return found
