"""An answer table as an Arrow table, for SQL and data frames. Only this file imports pyarrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from support_sla.errors import NoTargetError, YearsNotCoveredError

if TYPE_CHECKING:
    from collections.abc import Sequence

_REASONS = (NoTargetError.__name__, YearsNotCoveredError.__name__)
"""Why there is no answer: for rule -1 and for rule -2."""

_TOLD = ("department", "channel", "priority", "metric", "crossing", "zone", "unit")
_YEARS = ("first_year", "last_year")


def arrow_table(fields: dict[str, Any]) -> Any:  # noqa: ANN401  pyarrow's own, which has no types
    """Return the fields of a table as `AnswerTable.to_arrow` gives them."""
    try:
        import pyarrow as pa  # noqa: PLC0415  an extra, for those who join columns
    except ImportError:
        message = "answer table cannot become an Arrow table, for package 'pyarrow' is missing"
        raise ImportError(f"{message}; install support-sla[arrow]") from None
    unit, rules = fields["unit"], fields["rules"]
    instant, amount = pa.timestamp(unit, tz="UTC"), pa.duration(unit)

    def answered(name: str, kind: Any) -> Any:  # noqa: ANN401  types of pyarrow
        told = zip(fields[name], rules, strict=True)
        return pa.array([*(value if rule >= 0 else None for value, rule in told), None], kind)

    def named(places: list[int | None], names: Sequence[str]) -> Any:  # noqa: ANN401  as above
        texts = pa.array(names, pa.string())
        return pa.DictionaryArray.from_arrays(pa.array(places, pa.int32()), texts)

    columns = {
        "begins_at": pa.array([*fields["begins"], fields["end"]], instant),
        "target": named(
            [*(rule if rule >= 0 else None for rule in rules), None], fields["targets"]
        ),
        "starts_from": answered("starts_from", instant),
        "starts_after": pa.array([*(0 if rule >= 0 else None for rule in rules), None], amount),
        "earliest_from": answered("earliest_from", instant),
        "earliest_after": answered("earliest_after", amount),
        "due_from": answered("due_from", instant),
        "due_after": answered("due_after", amount),
        "reason": named([*(None if rule >= 0 else -1 - rule for rule in rules), 1], _REASONS),
    }
    told = {name: str(fields[name]) for name in (*_TOLD, *_YEARS) if fields[name] is not None}
    return pa.table(columns, metadata=told)
