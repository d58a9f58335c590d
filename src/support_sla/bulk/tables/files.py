"""Files of any size with their answers beside their columns, read and written batch by batch."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Any

from support_sla.answers.table.table import AnswerTable
from support_sla.bulk.columns.answers import OUTPUTS, OnError
from support_sla.bulk.lookup.local import Fold
from support_sla.bulk.tables.named import Requests, Vocabulary
from support_sla.errors import ColumnError, SupportSlaError
from support_sla.policy.metrics import Metric
from support_sla.policy.policy import Policy

BATCH_ROWS = 2**20
"""Rows that are answered at once, and a row group of Parquet: few megabytes a column."""


def answer_file(  # noqa: PLR0913  every one is a keyword
    source: str | os.PathLike[str],
    destination: str | os.PathLike[str],
    policy: Policy | AnswerTable,
    *,
    submitted: str = "submitted_at",
    line: Any = None,  # noqa: ANN401  texts, or columns by their names
    priority: Any = None,  # noqa: ANN401
    attributes: Mapping[str, Any] | None = None,
    metric: Metric = "first_response",
    timezone: str | dt.tzinfo | None = None,
    fold: Fold = None,
    outputs: Sequence[str] = OUTPUTS,
    on_error: OnError = "raise",
    threads: int = 1,
    names: Mapping[str, str] | None = None,
    batch_rows: int = BATCH_ROWS,
    progress: Callable[[int, int | None], object] | None = None,
) -> int:
    r"""Write a file with when each request of another must be answered; return how many rows it has.

    Both files are Parquet or CSV, by their suffix, and may be one and the same. The destination has
    the columns of the source, as they are, and after them the answers, as `with_deadlines` puts them
    beside a frame: all keywords but the last two mean the same. Instants are timestamps, or texts of
    ISO 8601: each with its offset from UTC, or with `timezone` all without. What stands in a CSV file
    is a text, an empty field null; answers to texts are in microseconds, UTC, or on the clock of
    `timezone`.

    The file is read, answered and written `batch_rows` at a time, each a row group of Parquet, so that
    memory does not grow with it. After each of them `progress` is called with the number of rows so
    far, and that of all rows, None for CSV. The destination appears, or is replaced, when all is
    written: after any error the folder is as it was.

    Raises as `with_deadlines` does, with the first row in the whole file that has no answer, from 0
    on; `ColumnError` for other suffixes, and for a file that is broken or whose columns the other kind
    of file cannot hold; InstantError and NaiveInstantError for texts; OSError; and ImportError
    without pyarrow, of the extra `frames`.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from support_sla import bulk, load_policy
    >>> line = bulk.Col("department"), "ticket"
    >>> with TemporaryDirectory() as folder:
    ...     tickets, answers = Path(folder, "tickets.csv"), Path(folder, "answers.csv")
    ...     _ = tickets.write_text("submitted_at,department\n2026-01-10T16:30:00+07:00,billing\n")
    ...     bulk.answer_file(tickets, answers, load_policy("azdigi"), line=line, outputs=["due_at"])
    ...     print(answers.read_text(), end="")
    1
    "submitted_at","department","due_at"
    "2026-01-10T16:30:00+07:00","billing",2026-01-12 01:30:00.000000Z
    """
    try:
        import pyarrow as pa  # noqa: PLC0415  an extra, for those with files

        from support_sla.bulk.tables import stored  # noqa: PLC0415  needs pyarrow
    except ImportError:
        message = "file cannot be read, for package 'pyarrow' is missing"
        raise ImportError(f"{message}; install support-sla[frames]") from None
    if type(batch_rows) is not int or batch_rows < 1:
        raise ColumnError.batch_rows(batch_rows)
    requests = Requests(
        policy,
        submitted,
        line,
        priority,
        attributes,
        metric,
        timezone,
        fold,
        outputs,
        on_error,
        threads,
        names,
    )
    given, wanted = Path(source), Path(destination)
    parquet = stored.is_parquet("destination", wanted)
    done = 0
    try:
        with _replaced(wanted) as path, stored.reading(given, batch_rows) as opened:
            requests.check(opened.schema.names)
            answered = _answering(requests)
            schema = answered(opened.schema.empty_table()).schema
            with stored.writing(path, schema, opened, batch_rows, parquet=parquet) as write:
                for table in opened.tables:
                    try:
                        made = answered(table)
                    except SupportSlaError as error:
                        if error.index is not None:
                            error.at(done + error.index, f"row {done + error.index:,}")
                        raise
                    write(made)
                    done += table.num_rows
                    if progress is not None:
                        progress(done, opened.rows)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, UnicodeDecodeError) as error:
        raise ColumnError.unreadable(source, error) from error
    except OSError as error:
        if (
            error.errno is not None
        ):  # of the system; of Arrow, a page that cannot be unpacked, if none
            raise
        raise ColumnError.unreadable(source, error) from error
    return done


def _answering(requests: Requests) -> Callable[[Any], Any]:
    """Return what puts the answers to a table of Arrow after its columns.

    Tables that follow each other share the codes of their texts.
    """
    import pyarrow as pa  # noqa: PLC0415  as above

    from support_sla.bulk.tables.stored import read_texts  # noqa: PLC0415  as above

    vocabulary = Vocabulary()

    def answered(table: Any) -> Any:  # noqa: ANN401  a table of pyarrow
        instants = table[requests.submitted]
        if pa.types.is_string(instants.type) or pa.types.is_large_string(instants.type):
            instants = read_texts("submitted", instants, local=requests.timezone is not None)
        elif not pa.types.is_timestamp(instants.type):
            raise ColumnError.unparsed(requests.submitted, instants.type)
        answers = requests.answers(instants, lambda name: vocabulary.codes(name, table[name]))
        for name, values in zip(requests.written, answers.values(), strict=True):
            table = table.append_column(name, values)
        return table

    return answered


@contextmanager
def _replaced(path: Path) -> Iterator[Path]:
    """Yield the path of a new file beside another, which it replaces if nothing is raised."""
    new = path.with_name(f".{path.name}.{token_hex(4)}")
    try:
        yield new
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
