"""What is asked of Spark for a frame, told by a stand-in; `make spark` asks Spark itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from support_sla import SupportSlaError
from support_sla.bulk import Col
from support_sla.bulk.mapper import Mapper
from support_sla.bulk.spark import with_deadlines
from support_sla.errors import ColumnError, NaiveInstantError
from tables import AZDIGI


class Kind(str):
    __slots__ = ()

    def typeName(self) -> str:  # noqa: N802  Spark's own spelling
        return str(self)


@dataclass
class Field:
    name: str
    dataType: Any  # noqa: N815


@dataclass
class Schema:
    """As much of a `StructType` as is asked for."""

    fields: list[Field]

    @property
    def names(self) -> list[str]:
        return [each.name for each in self.fields]

    def __getitem__(self, name: str) -> Field:
        return self.fields[self.names.index(name)]

    def add(self, name: str, kind: Any) -> Schema:
        self.fields.append(Field(name, kind))
        return self


@dataclass
class Frame:
    """A frame that keeps what it is asked to map."""

    schema: Schema
    mapped: list[Any] = field(default_factory=list)

    def mapInArrow(self, mapper: Mapper, schema: Schema) -> Frame:  # noqa: N802
        return Frame(schema, [mapper])


def frame(**columns: str) -> Frame:
    return Frame(Schema([Field(name, Kind(kind)) for name, kind in columns.items()]))


def asked(of: Frame, **options: Any) -> Frame:
    found = with_deadlines(of, AZDIGI, **{"years": (2026, 2026), "line": "billing", **options})
    assert isinstance(found, Frame)
    return found


def test_answers_are_declared_after_the_columns_of_a_frame_which_stays_as_it_is() -> None:
    tickets = frame(submitted_at="timestamp", id="long")
    answered = asked(tickets, on_error="null", names={"due_at": "answer_by"})
    told = [(each.name, each.dataType) for each in answered.schema.fields]
    assert told == [
        ("submitted_at", "timestamp"),
        ("id", "long"),
        ("starts_at", "timestamp"),
        ("earliest_at", "timestamp"),
        ("answer_by", "timestamp"),
        ("target", "string"),
        ("error", "string"),
    ]
    assert tickets.schema.names == ["submitted_at", "id"]
    assert isinstance(answered.mapped[0], Mapper)


def test_a_column_without_a_zone_keeps_its_type() -> None:
    answered = asked(frame(at="timestamp_ntz"), submitted="at", timezone="UTC", outputs="due_at")
    assert answered.schema["due_at"].dataType == "timestamp_ntz"


REFUSED: list[tuple[dict[str, str], dict[str, Any], type[SupportSlaError], str]] = [
    ({"at": "timestamp"}, {}, ColumnError, "there is no column 'submitted_at'"),
    ({"submitted_at": "timestamp"}, {"priority": Col("x")}, ColumnError, "there is no column 'x'"),
    ({"submitted_at": "string"}, {}, ColumnError, "column of 'string'"),
    ({"submitted_at": "timestamp_ntz"}, {}, NaiveInstantError, "without a time zone"),
    ({"submitted_at": "timestamp"}, {"timezone": "UTC"}, ColumnError, "leave timezone out"),
    (
        {"submitted_at": "timestamp", "due_at": "string"},
        {},
        ColumnError,
        "there is a column 'due_at' already",
    ),
]


@pytest.mark.parametrize(("columns", "options", "error", "said"), REFUSED)
def test_a_frame_that_cannot_be_answered_is_refused_before_any_task_runs(
    columns: dict[str, str], options: dict[str, Any], error: type[SupportSlaError], said: str
) -> None:
    with pytest.raises(error, match=said):
        asked(frame(**columns), **options)
