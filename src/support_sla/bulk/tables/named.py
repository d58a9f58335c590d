"""What the rows of a frame or of a file ask: values for all of them, and columns by their names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from support_sla.bulk.columns.answers import ERROR, OnError, read_outputs
from support_sla.bulk.columns.codes import Codes
from support_sla.bulk.deadlines import deadlines
from support_sla.errors import ColumnError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from support_sla.answers.table.table import AnswerTable
    from support_sla.bulk.columns.answers import Answers
    from support_sla.bulk.lookup.local import Fold
    from support_sla.policy.metrics import Metric
    from support_sla.policy.policy import Policy
    from support_sla.values.units import Unit


@dataclass(frozen=True, slots=True)
class Col:
    """A column of a frame or a file, by its `name`. A text that stands alone is a value for all rows.

    So a department that is called as a column is can never be taken for it, and an attribute may have
    any name.

    >>> line = Col("department"), "ticket"
    >>> line[0].name
    'department'
    """

    name: str


@dataclass(frozen=True, slots=True)
class Requests:
    """What each row asks, with the names of the columns that say so, and what is wanted of answers."""

    policy: Policy | AnswerTable
    submitted: str
    line: Any
    priority: Any
    attributes: Mapping[str, Any] | None
    metric: Metric
    timezone: str | dt.tzinfo | None
    fold: Fold
    outputs: Sequence[str]
    on_error: OnError
    threads: int
    names: Mapping[str, str] | None

    def check(self, columns: Sequence[Any]) -> None:
        """Raise `ColumnError` unless these columns can be read, and answers be put beside them."""
        for name, value in self._asked():
            if not (value is None or isinstance(value, (str, Col))):
                raise ColumnError.no_value(name, value)
        if self.on_error not in get_args(OnError):
            raise ColumnError.on_error(self.on_error)
        for name, count in Counter(columns).items():
            if count > 1:
                raise ColumnError.twice(name)
        for name in self.read:
            if name not in columns:
                raise ColumnError.missing(name, map(str, columns))
        for name in self.written:
            if name in columns:
                raise ColumnError.exists(name)

    @property
    def read(self) -> list[str]:
        """The names of the columns that are read, that of the instants first."""
        named = (value.name for _, value in self._asked() if isinstance(value, Col))
        return [*dict.fromkeys((self.submitted, *named))]

    @property
    def written(self) -> list[str]:
        """The names of the columns that hold the answers, in order."""
        outputs = [*read_outputs(self.outputs)]
        if self.on_error == "null":
            outputs.append(ERROR)
        names = {} if self.names is None else self.names
        found = [names.get(each, each) for each in outputs] if isinstance(names, Mapping) else []
        if len({*found}) < len(outputs) or not {*names} <= {*outputs}:
            raise ColumnError.names(self.names, outputs)
        return found

    def answers(
        self, submitted: object, column: Callable[[str], Any], unit: Unit = "us"
    ) -> Answers:
        """Return the answers to instants, by the names of outputs; `column` gives one by its name.

        Raises as `bulk.deadlines` does.
        """

        def filled(value: Any) -> Any:  # noqa: ANN401  a text, or a column
            return column(value.name) if isinstance(value, Col) else value

        line = tuple(map(filled, self.line)) if isinstance(self.line, tuple) else filled(self.line)
        attributes = self.attributes
        if isinstance(attributes, Mapping):
            attributes = {name: filled(value) for name, value in attributes.items()}
        return deadlines(
            submitted,
            self.policy,
            line=line,
            priority=filled(self.priority),
            attributes=attributes,
            metric=self.metric,
            timezone=self.timezone,
            fold=self.fold,
            unit=unit,
            outputs=self.outputs,
            on_error=self.on_error,
            threads=self.threads,
        )

    def _asked(self) -> Iterator[tuple[str, Any]]:
        """Yield each thing that may be a column, with what it is called."""
        parts = self.line if isinstance(self.line, tuple) else (self.line,)
        yield from (("line", part) for part in parts)
        yield "priority", self.priority
        if isinstance(self.attributes, Mapping):
            yield from ((f"attributes[{name!r}]", each) for name, each in self.attributes.items())


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The texts of columns that come in batches: each keeps the code that it was first given.

    Else every batch, in which texts first occur in another order, would ask another list of questions
    and have its own look-up compiled.
    """

    places: dict[str, dict[Any, int]] = field(default_factory=dict)
    _adding: Lock = field(default_factory=Lock)

    def codes(self, name: str, column: object) -> Codes:
        """Return a column of texts, `name`, as codes of all the texts that it had so far."""
        batch = Codes.read(name, column)
        with self._adding:
            places = self.places.setdefault(name, {})
            own = [places.setdefault(value, len(places)) for value in batch.values]
            values = [*places]
        return Codes(np.array(own, np.int64).take(batch.codes), values)
