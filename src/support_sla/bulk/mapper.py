"""`Mapper`: batches of Arrow in, the same batches with their answers out; what every cluster can run.

A task compiles nothing: the arrays of all years come with the mapper. The policy comes along too,
as plain data, to say which line a row asks, and why it has no answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from support_sla.answers.question import Question
from support_sla.bulk.asking.answering import answer_column
from support_sla.bulk.asking.asked import Asked, rules_of
from support_sla.bulk.asking.lines import Form, growing_lookup, lookup_of_years, told_targets
from support_sla.bulk.asking.sources import OfPolicy
from support_sla.bulk.columns.answers import (
    ERROR,
    OUTPUTS,
    TARGET,
    OnError,
    Room,
    read_outputs,
    written,
)
from support_sla.bulk.columns.instants import Instants, read_fold
from support_sla.bulk.columns.reasons import SHOWN, Reasons
from support_sla.bulk.lookup.local import Fold
from support_sla.bulk.lookup.lookup import Lookup
from support_sla.bulk.lookup.rows import INSTANTS
from support_sla.bulk.tables.named import Col, Requests
from support_sla.clock.years import read_years
from support_sla.errors import UnitError
from support_sla.policy.metrics import Metric
from support_sla.policy.policy import Policy, check_policy
from support_sla.values.instants import read_zone
from support_sla.values.units import Unit

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Mapper:
    """A function from batches of Arrow to the same batches with answers, to be sent to other processes.

    Made by `Mapper.of`. Called with an iterator of `pyarrow.RecordBatch`, or of `pyarrow.Table`, it
    yields each one with its answers as columns after its own: no row is dropped or moved. It is what
    PySpark and Sail take as `mapInArrow`; DuckDB, Dask, Daft and Ray need a line around it.
    """

    requests: Requests
    questions: tuple[Question, ...]
    lookup: Lookup
    targets: tuple[str, ...]
    years: tuple[int, int]
    form: Form

    @classmethod
    def of(  # noqa: PLR0913  every one is a keyword
        cls,
        policy: Policy,
        *,
        years: tuple[int, int],
        submitted: str = "submitted_at",
        line: Any = None,  # noqa: ANN401  texts, or columns by their names
        priority: Any = None,  # noqa: ANN401
        attributes: Mapping[str, Any] | None = None,
        metric: Metric = "first_response",
        timezone: str | dt.tzinfo | None = None,
        fold: Fold = None,
        unit: Unit = "us",
        outputs: Sequence[str] = OUTPUTS,
        on_error: OnError = "raise",
        names: Mapping[str, str] | None = None,
    ) -> Mapper:
        """Return the mapper that answers a column of instants, compiled here for some years.

        `years` are the first and the last year, on the desk's clock, of the submissions that have an
        answer; every line, priority and attribute that a row can have is compiled for them. `unit` is
        that of the column, Spark's is 'us'. All else is as in `bulk.with_deadlines`, but for this: a
        `target` and an `error` are plain texts. Rows without an answer, so also those outside `years`,
        raise one error after the last batch, which counts them and names the places of the first ones
        among all rows; no batch from the first such row's on is yielded. With `on_error="null"` they
        are null, and a column `error` names the class of each one's error.

        Raises as `bulk.deadlines` does for what refuses all rows, and for years that are no pair,
        reversed or more than 1,000. A call raises `ColumnError` for batches that lack a column, or
        have one that is called as an answer is, and `UnitError` for instants in another unit.

        >>> import datetime as dt
        >>> import pyarrow as pa
        >>> from support_sla import load_policy
        >>> from support_sla.bulk import Col, Mapper
        >>> line = Col("team"), "ticket"
        >>> mapper = Mapper.of(load_policy("azdigi"), years=(2026, 2027), line=line, outputs=["due_at"])
        >>> sent = dt.datetime(2026, 2, 16, 1, tzinfo=dt.UTC)
        >>> batch = pa.record_batch({"submitted_at": [sent, sent], "team": ["technical", "billing"]})
        >>> [answered] = mapper([batch])
        >>> [str(due) for due in answered["due_at"].to_pylist()]
        ['2026-02-16 13:00:00+00:00', '2026-02-21 02:00:00+00:00']
        """
        first, last = read_years(years)
        requests = Requests(
            check_policy(policy),
            submitted,
            line,
            priority,
            attributes,
            metric,
            timezone,
            fold,
            read_outputs(outputs),
            on_error,
            1,
            names,
        )
        requests.check(requests.read)
        zone = None if timezone in {None, "UTC"} else read_zone(timezone)
        wanted = tuple(output for output in INSTANTS if output in requests.outputs)
        form = Form(wanted, unit, zone, read_fold(fold))
        questions = _possible(requests, policy)
        targets, place = told_targets(questions)
        tell = place if TARGET in requests.outputs else lambda *_: 0
        lookup = lookup_of_years(questions, first, last, form, tell)
        return cls(requests, questions, lookup, targets, (first, last), form)

    @property
    def outputs(self) -> tuple[str, ...]:
        """What each batch gets, in order; `requests.written` has the names of these columns."""
        outputs = tuple(self.requests.outputs)
        return (*outputs, ERROR) if self.requests.on_error == "null" else outputs

    def __call__(self, batches: Iterable[Any]) -> Iterator[Any]:
        """Yield each batch with its answers; raise for rows without one, as `on_error` says."""
        task = _Task(self)
        raises = self.requests.on_error == "raise"
        for batch in batches:
            answered = task.answered(batch)
            if not (raises and task.reasons.count):
                yield answered
        if raises and task.reasons.count:
            raise task.reasons.error()


class _Task:
    """One call of a mapper: what it found of the rows of all batches so far."""

    def __init__(self, mapper: Mapper) -> None:
        self.mapper = mapper
        self.places = {rules_of(question): at for at, question in enumerate(mapper.questions)}
        growing = growing_lookup(mapper.lookup, *mapper.years, mapper.form)
        nothing = Asked(mapper.questions, (), np.zeros(1, np.int64), (), ())
        self.source = OfPolicy(growing, nothing, mapper.form, mapper.years)
        self.reasons = Reasons(self.source, mapper.form.unit)
        self.length = 0

    def answered(self, batch: Any) -> Any:  # noqa: ANN401  a batch or a table of pyarrow
        """Return a batch with its answers, and take note of rows without one."""
        requests, form = self.mapper.requests, self.mapper.form
        requests.check(batch.schema.names)
        name = requests.submitted
        instants = Instants.read(name, batch.column(name), requests.timezone, form.unit)
        if instants.unit != form.unit:
            raise UnitError.other(instants.unit, form.unit)
        self.source = replace(self.source, asked=self._asked(batch, len(instants)))
        self.reasons.explainer = self.source
        columns = Room(requests.outputs, len(instants), form.unit, None).columns
        errors = np.empty(len(instants), np.int8) if requests.on_error == "null" else None
        wanted = [columns[output] for output in form.instants]
        reasons = answer_column(self.source, instants, wanted, columns.get(TARGET), errors, 1)
        self._note(reasons, len(instants))
        if errors is not None:
            columns[ERROR] = errors
        answers = written(columns, instants, self.mapper.targets, tuple(reasons.names))
        for (output, answer), called in zip(answers.items(), requests.written, strict=True):
            is_text = output in {TARGET, ERROR}  # Spark's batches know no dictionaries
            batch = batch.append_column(called, answer.dictionary_decode() if is_text else answer)
        return batch

    def _asked(self, batch: Any, length: int) -> Asked:  # noqa: ANN401
        """Return what a batch asks, by the places of the questions in the mapper.

        Refusals are kept from batch to batch, so that each has a place of its own to the end.
        """
        requests, before = self.mapper.requests, self.source.asked.refusals
        asked = _asked(requests, length, lambda _, name: batch.column(name))
        own = [self.places[rules_of(each)] for each in asked.questions]
        places = asked.places - len(before)
        answered = asked.places >= 0
        places[answered] = np.array(own, np.int64)[asked.places[answered]]
        refusals = (*before, *asked.refusals)
        return replace(asked, questions=self.mapper.questions, refusals=refusals, places=places)

    def _note(self, reasons: Reasons, length: int) -> None:
        """Add what was found of a batch to what was found of those before."""
        before = self.length
        moved = [(before + place, at, line, told) for place, at, line, told in reasons.first]
        self.reasons.first = [*self.reasons.first, *moved][:SHOWN]
        self.reasons.count += reasons.count
        self.length += length


def _asked(requests: Requests, length: int, column: Callable[[str, str], Any]) -> Asked:
    """Return what rows ask; `column` gives the texts of an argument, that come from a column by name.

    Raises as `Asked.of`.
    """

    def filled(argument: str, value: Any) -> Any:  # noqa: ANN401  a text, or a column
        return column(argument, value.name) if isinstance(value, Col) else value

    line, attributes = requests.line, requests.attributes
    if isinstance(line, tuple) and len(line) == 2:
        line = filled("department", line[0]), filled("channel", line[1])
    if isinstance(attributes, Mapping):
        attributes = {name: filled(_attribute(name), each) for name, each in attributes.items()}
    priority = filled("priority", requests.priority)
    line = filled("department", line)
    policy = check_policy(requests.policy)
    return Asked.of(policy, line, priority, attributes, requests.metric, length)


def _possible(requests: Requests, policy: Policy) -> tuple[Question, ...]:
    """Return the questions that rows can ask, whatever texts their columns have.

    Of those that hold the same rules it is one. Raises what refuses all rows.
    """
    texts: dict[str, list[str | None]] = {
        "department": [*policy.departments],
        "channel": [*dict.fromkeys(channel for _, channel, _ in policy.lines())],
        "priority": [None, *policy.priorities],
        **{_attribute(name): [None, *values] for name, values in policy.attributes.items()},
    }
    differing: dict[str, list[str | None]] = {}

    def note(argument: str, name: str) -> list[str]:
        differing[argument] = texts.get(argument, [None])
        return [name]

    _asked(requests, 1, note)
    rows = [*product(*differing.values())]
    columns = dict(zip(differing, map(list, zip(*rows, strict=True)), strict=True))
    asked = _asked(requests, len(rows), lambda argument, _: columns[argument])
    if not asked.questions:
        raise asked.refusals[0]
    return asked.questions


def _attribute(name: str) -> str:
    return f"attributes[{name!r}]"
