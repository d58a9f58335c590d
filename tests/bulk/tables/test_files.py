"""Files: the answers of the scalar function, batch by batch, and a folder that is never left half done."""

from __future__ import annotations

import csv
import datetime as dt
import sys
from pathlib import Path
from typing import Any

import pytest

from asked_rows import OUTPUTS, answers, departments, instants
from builders import policy, target
from support_sla import (
    InstantError,
    InstantOutOfRangeError,
    NaiveInstantError,
    UnitError,
    UnknownDepartmentError,
    compute_deadline,
    load_policy,
)
from support_sla.errors import ColumnError
from vietnam_desk import AZDIGI

pytest.importorskip("numpy")
pa: Any = pytest.importorskip("pyarrow")
pq: Any = pytest.importorskip("pyarrow.parquet")

from support_sla import bulk  # noqa: E402  needs numpy
from support_sla.bulk.asking import sources  # noqa: E402

BILLING = "billing", "ticket"
BY_COLUMN = bulk.Col("department"), "ticket"
SCHEMA = pa.schema(
    [
        pa.field("id", pa.int32(), metadata={"of": "a ticket"}),
        ("submitted_at", pa.timestamp("us", "UTC")),
        ("department", pa.dictionary(pa.int32(), pa.string())),
        ("tags", pa.list_(pa.string())),
    ],
    metadata={"made": "by hand"},
)


def parquet(folder: Path, asked: list[Any], lines: list[Any], **options: Any) -> Path:
    """Write a file of requests with other columns beside them."""
    path = folder / "tickets.parquet"
    columns = [[*range(len(asked))], asked, lines, [["a"]] * len(asked)]
    arrays = [pa.array(each, kind) for each, kind in zip(columns, SCHEMA.types, strict=True)]
    pq.write_table(pa.table(arrays, schema=SCHEMA), path, **options)
    return path


def texts(folder: Path, sent: list[str], lines: list[Any]) -> Path:
    path = folder / "tickets.csv"
    rows = zip(range(len(sent)), sent, lines, strict=True)
    written = (f'"{at:03}",{text},{line}\n' for at, text, line in rows)
    path.write_text("id,submitted_at,department\n" + "".join(written), "utf-8")
    return path


def read(path: Path, *names: str) -> list[tuple[Any, ...]]:
    table = pq.read_table(path, columns=[*names])
    return [*zip(*(column.to_pylist() for column in table.columns), strict=True)]


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


def answer(source: Path, destination: Path | None = None, **keys: Any) -> int:
    to = source.with_name("answers" + source.suffix) if destination is None else destination
    return bulk.answer_file(source, to, **{"policy": AZDIGI, "line": BY_COLUMN, **keys})


@pytest.mark.parametrize("batch_rows", [1, 7, 64, 200, 1_000])
def test_each_row_of_a_parquet_file_is_answered_whatever_the_batches(
    tmp_path: Path, batch_rows: int
) -> None:
    asked, lines = instants(), departments()
    source = parquet(tmp_path, asked, lines, row_group_size=50)
    assert answer(source, batch_rows=batch_rows) == 200
    answered = tmp_path / "answers.parquet"
    assert [row[:4] for row in answers(asked, lines)] == read(answered, *OUTPUTS)
    assert read(source, *SCHEMA.names) == read(answered, *SCHEMA.names)
    groups = pq.ParquetFile(answered).metadata
    assert groups.num_row_groups == -(-200 // batch_rows)


def test_columns_of_a_parquet_file_keep_their_types_and_metadata(tmp_path: Path) -> None:
    source = parquet(tmp_path, instants(20), departments(20))
    answer(source, on_error="null")
    schema = pq.ParquetFile(tmp_path / "answers.parquet").schema_arrow
    assert [*SCHEMA] == [schema.field(at) for at in range(4)]
    assert schema.field("id").metadata[b"of"] == b"a ticket"
    assert schema.metadata[b"made"] == b"by hand"
    kinds = {"due_at": pa.timestamp("us", "UTC"), "target": pa.dictionary(pa.int16(), pa.string())}
    assert kinds == {name: schema.field(name).type for name in kinds}
    assert [*SCHEMA.names, *OUTPUTS, "error"] == schema.names


@pytest.mark.parametrize("codec", ["ZSTD", "SNAPPY", "NONE"])
def test_answers_are_compressed_as_the_file_is_and_instants_have_no_dictionaries(
    tmp_path: Path, codec: str
) -> None:
    answer(parquet(tmp_path, instants(20), departments(20), compression=codec))
    group = pq.ParquetFile(tmp_path / "answers.parquet").metadata.row_group(0)
    columns = [group.column(at) for at in range(group.num_columns)]
    assert {"UNCOMPRESSED" if codec == "NONE" else codec} == {each.compression for each in columns}
    coded = {each.path_in_schema for each in columns if "RLE_DICTIONARY" in each.encodings}
    assert coded == {"id", "department", "tags.list.element", "target"}


def test_a_csv_file_is_answered_with_every_text_as_it_stood(tmp_path: Path) -> None:
    zone = dt.timezone(dt.timedelta(hours=7))
    asked, lines = instants(50), departments(50)
    source = texts(tmp_path, [at.astimezone(zone).isoformat() for at in asked], lines)
    assert answer(source, batch_rows=7) == 50
    found = read_csv(tmp_path / "answers.csv")
    for row, given, told in zip(found, read_csv(source), answers(asked, lines), strict=True):
        assert given == {name: row[name] for name in given}
        known = [row[name] and dt.datetime.fromisoformat(row[name]) for name in OUTPUTS[:3]]
        assert [*told[:4]] == [*(each or None for each in known), row["target"]]


def test_an_answer_of_a_csv_file_may_be_asked_again(tmp_path: Path) -> None:
    answer(texts(tmp_path, ["2026-01-10T16:30:00+07:00"], ["billing"]))
    (row,) = read_csv(tmp_path / "answers.csv")
    asked = compute_deadline(AZDIGI, "2026-01-10T16:30:00+07:00", department="billing")
    assert (
        compute_deadline(AZDIGI, row["due_at"], department="billing").submitted_at == asked.due_at
    )


def test_one_kind_of_file_becomes_the_other(tmp_path: Path) -> None:
    sent = [at.isoformat() for at in instants(20)]
    source, made = texts(tmp_path, sent, departments(20)), tmp_path / "made.parquet"
    answer(source, made)
    told = [row[:4] for row in answers(instants(20), departments(20))]
    assert told == read(made, *OUTPUTS)
    assert [(f"{at:03}",) for at in range(20)] == read(made, "id")
    answer(made, tmp_path / "again.csv", names={name: f"{name}_2" for name in OUTPUTS})
    again = read_csv(tmp_path / "again.csv")
    assert [row["due_at"] for row in again] == [row["due_at_2"] for row in again]
    assert [row["target"] for row in again] == [row[3] for row in told]


def test_empty_fields_are_nulls_and_a_broken_line_in_quotes_is_one_field(tmp_path: Path) -> None:
    source = tmp_path / "tickets.csv"
    source.write_text(
        'submitted_at,note\n2026-01-10T09:30:00Z,"two\nlines"\n,""\n\n2026-01-10T09:30:00Z,\n'
    )
    assert answer(source, line=BILLING, batch_rows=1, on_error="null") == 3
    found = read_csv(tmp_path / "answers.csv")
    assert ["two\nlines", "", ""] == [row["note"] for row in found]
    due = "2026-01-12 01:30:00.000000Z"
    assert [due, "", due] == [row["due_at"] for row in found]
    assert {""} == {row["error"] for row in found}


def test_texts_that_arrow_cannot_read_are_read_as_the_scalar_function_does(tmp_path: Path) -> None:
    sent = ["20260110T163000+0700", "2026-01-10T09:30:00.0000000Z", "2026-W02-6T09:30z", ""]
    answer(texts(tmp_path, sent, ["billing"] * 4))
    due = "2026-01-12 01:30:00.000000Z"
    assert [due, due, due, ""] == [row["due_at"] for row in read_csv(tmp_path / "answers.csv")]


def test_texts_without_an_offset_are_read_on_the_clock_of_a_zone(tmp_path: Path) -> None:
    source = texts(tmp_path, ["2026-01-10T10:30:00", "2026-01-10 10:30"], ["billing"] * 2)
    with pytest.raises(NaiveInstantError, match=r"row 0: submitted='2026-01-10T10:30:00' has no"):
        answer(source)
    answer(source, timezone="Europe/Paris")
    assert ["2026-01-12 02:30:00.000000"] * 2 == [
        row["due_at"] for row in read_csv(tmp_path / "answers.csv")
    ]


@pytest.mark.parametrize(
    ("text", "error", "keys"),
    [
        ("soon", InstantError, {}),
        ("2026-01-10T24:00:00Z", InstantError, {}),
        ("2026-01-10T09:30:00", NaiveInstantError, {}),
        ("0001-01-01T09:30:00Z", InstantOutOfRangeError, {}),
        ("2026-01-10T09:30:00.1234567Z", InstantError, {}),
        ("2026-01-10T09:30:00Z", InstantError, {"timezone": "Europe/Paris"}),
        ("2026-03-29T02:30:00", InstantError, {"timezone": "Europe/Paris"}),
    ],
)
def test_a_text_that_is_no_instant_is_refused_with_its_row_in_the_file(
    tmp_path: Path, text: str, error: type[Exception], keys: dict[str, Any]
) -> None:
    right = "2026-01-10T09:30:00" if keys else "2026-01-10T09:30:00Z"
    sent = [*[right] * 17, text, *[right] * 10]
    with pytest.raises(error, match=r"^row 17: ") as caught:
        answer(texts(tmp_path, sent, ["billing"] * 28), batch_rows=10, **keys)
    assert getattr(caught.value, "index", None) == 17


@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
def test_an_error_names_the_row_of_the_file_and_leaves_the_folder_as_it_was(
    tmp_path: Path, suffix: str
) -> None:
    lines = [*["billing"] * 17, "sales", *["billing"] * 13]
    made = parquet(tmp_path, instants(31), lines)
    if suffix == ".csv":
        made.unlink()
        made = texts(tmp_path, [at.isoformat() for at in instants(31)], lines)
    old = made.with_name(f"answers{suffix}")
    old.write_text("kept")
    before = {*tmp_path.iterdir()}
    with pytest.raises(UnknownDepartmentError, match=r"^row 17: ") as caught:
        answer(made, batch_rows=10)
    assert caught.value.index == 17
    assert before == {*tmp_path.iterdir()}
    assert old.read_text() == "kept"


def test_rows_without_an_answer_are_null_and_named_if_that_is_asked(tmp_path: Path) -> None:
    asked: list[Any] = [None, *instants(39)]
    lines: list[Any] = [*departments(25), *["sales"] * 2, *departments(12), None]
    answer(parquet(tmp_path, asked, lines), on_error="null", batch_rows=10)
    assert answers(asked, lines) == read(tmp_path / "answers.parquet", *OUTPUTS, "error")


def test_a_file_may_take_the_place_of_itself(tmp_path: Path) -> None:
    source = parquet(tmp_path, instants(20), departments(20))
    answer(source, source, batch_rows=7)
    assert [row[:4] for row in answers(instants(20), departments(20))] == read(source, *OUTPUTS)
    assert [source] == [*tmp_path.iterdir()]


def test_a_file_without_row_groups_is_answered_with_one_without(tmp_path: Path) -> None:
    source = tmp_path / "tickets.parquet"
    pq.ParquetWriter(source, SCHEMA).close()
    assert answer(source, source) == 0
    assert pq.read_schema(source).names == [*SCHEMA.names, *OUTPUTS]


@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
def test_a_file_without_rows_gets_the_same_columns(tmp_path: Path, suffix: str) -> None:
    source = parquet(tmp_path, [], []) if suffix == ".parquet" else texts(tmp_path, [], [])
    assert answer(source) == 0
    answered = tmp_path / f"answers{suffix}"
    if suffix == ".parquet":
        assert pq.read_schema(answered).names == [*SCHEMA.names, *OUTPUTS]
    else:
        header = ",".join(f'"{name}"' for name in (*SCHEMA.names[:3], *OUTPUTS))
        assert answered.read_text() == header + "\n"


def test_progress_counts_rows_and_knows_those_of_parquet(tmp_path: Path) -> None:
    told: list[tuple[int, int | None]] = []

    def progress(done: int, of: int | None) -> None:
        told.append((done, of))

    answer(parquet(tmp_path, instants(25), departments(25)), batch_rows=10, progress=progress)
    assert told == [(10, 25), (20, 25), (25, 25)]
    told.clear()
    sent = [at.isoformat() for at in instants(15)]
    answer(texts(tmp_path, sent, departments(15)), batch_rows=10, progress=progress)
    assert told == [(10, None), (15, None)]


def test_a_progress_that_raises_stops_and_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    source = parquet(tmp_path, instants(25), departments(25))
    with pytest.raises(KeyboardInterrupt):
        answer(source, progress=stop)
    assert [source] == [*tmp_path.iterdir()]


def test_what_cannot_be_answered_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    source = parquet(tmp_path, instants(8), departments(8))
    refused: dict[str, dict[str, Any]] = {
        "no column 'sent'": {"submitted": "sent"},
        "id is a column of 'int32', which are no instants": {"submitted": "id"},
        "batch_rows=0": {"batch_rows": 0},
        "batch_rows=True": {"batch_rows": True},
        "destination='": {"destination": tmp_path / "answers.xlsx"},
        "a column 'id' already": {"names": {"due_at": "id"}},
        "threads=0": {"threads": 0},
    }
    for told, keys in refused.items():
        asked: dict[str, Any] = {"progress": pytest.fail, **keys}
        with pytest.raises(ColumnError) as caught:
            answer(source, **asked)
        assert told in str(caught.value)
    assert [source] == [*tmp_path.iterdir()]
    with pytest.raises(ColumnError, match="source='"):
        answer(tmp_path / "tickets.json", tmp_path / "answers.csv")
    with pytest.raises(FileNotFoundError):
        answer(tmp_path / "none.csv")


@pytest.mark.parametrize(
    "content",
    ["", "submitted_at,submitted_at\n1,2\n", "submitted_at,b\n2026-01-10T09:30:00Z\n"],
    ids=["empty", "two columns of one name", "a row that is too short"],
)
def test_a_csv_file_that_is_broken_is_refused(tmp_path: Path, content: str) -> None:
    source = tmp_path / "tickets.csv"
    source.write_text(content)
    with pytest.raises(ColumnError):
        answer(source, line=BILLING)
    assert [source] == [*tmp_path.iterdir()]


def test_a_parquet_file_that_is_broken_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "tickets.parquet"
    source.write_bytes(b"no Parquet")
    with pytest.raises(ColumnError, match="cannot be read or written"):
        answer(source, line=BILLING)


def test_a_column_of_lists_cannot_become_csv(tmp_path: Path) -> None:
    source = parquet(tmp_path, instants(8), departments(8))
    with pytest.raises(ColumnError, match="choose the other of Parquet and CSV"):
        answer(source, tmp_path / "answers.csv")
    assert [source] == [*tmp_path.iterdir()]


def test_batches_share_one_look_up_in_whatever_order_their_texts_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    module: Any = sources
    build = module.growing_lines

    def counted(*keys: Any) -> Any:
        made.append(1)
        return build(*keys)

    monkeypatch.setattr(module, "growing_lines", counted)
    lines = [*["billing"] * 3, *["technical"] * 2, "billing"] * 7
    source = texts(tmp_path, [at.isoformat() for at in instants(42)], lines)
    answer(source, source, policy=load_policy("azdigi"), batch_rows=2)
    assert len(made) == 2  # when there was one department, and from the second one on


def test_an_error_that_is_of_no_row_names_none(tmp_path: Path) -> None:
    fine = policy(target(within=dt.timedelta(microseconds=1)).model_dump())
    table = pa.table({"submitted_at": instants(8), "department": ["desk"] * 8})
    source = tmp_path / "tickets.parquet"
    pq.write_table(
        table.cast(
            pa.schema([("submitted_at", pa.timestamp("ms", "UTC")), table.schema.field(1)]),
            safe=False,
        ),
        source,
    )
    with pytest.raises(UnitError, match="^a table in unit 'ms'") as caught:
        answer(source, policy=fine)
    assert caught.value.index is None


def test_without_pyarrow_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ImportError, match=r"install support-sla\[frames\]"):
        answer(tmp_path / "tickets.csv")


def test_an_empty_line_of_a_single_column_is_a_null_row(tmp_path: Path) -> None:
    source = tmp_path / "tickets.csv"
    source.write_text("submitted_at\n2026-01-10T09:30:00Z\n\n2026-01-12T01:00:00Z\n")
    assert answer(source, line=BILLING) == 3
    assert [bool(row["due_at"]) for row in read_csv(tmp_path / "answers.csv")] == [
        True,
        False,
        True,
    ]


def test_a_file_whose_bytes_cannot_be_read_is_refused(tmp_path: Path) -> None:
    names = tmp_path / "tickets.csv"
    names.write_bytes("submitted_at,Größe\n2026-01-10T09:30:00Z,1\n".encode("latin-1"))
    with pytest.raises(ColumnError, match="cannot be read or written"):
        answer(names, line=BILLING)
    page = tmp_path / "tickets.parquet"
    sent = pa.array(range(100_000), pa.timestamp("us", "UTC"))
    pq.write_table(
        pa.table({"submitted_at": sent}), page, compression="snappy", use_dictionary=False
    )
    broken = bytearray(page.read_bytes())
    broken[200:4_000] = b"\xff" * 3_800
    page.write_bytes(broken)
    with pytest.raises(ColumnError, match="cannot be read or written"):
        answer(page, line="technical", on_error="null")


def test_an_error_of_the_system_is_told_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        answer(tmp_path / "none.parquet", line=BILLING)
