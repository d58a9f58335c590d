"""Logs of tickets from the rows of a table: how cells, times and their order are read."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from places import CASES
from support_sla import (
    InstantError,
    LogError,
    NaiveInstantError,
    NotAnInstantError,
    SupportSlaError,
    TicketLog,
)
from support_sla.tickets.sources import from_rows

FILE = CASES / "tickets" / "events.csv"
SENT = {"ticket": 1, "at": "2026-09-07T09:00:00Z", "kind": "submitted"}


def told(log: TicketLog) -> list[tuple[Any, ...]]:
    """Return the events of a log as '7 09:00', the kind, and what they say."""
    return [
        (
            f"{each.at.day} {each.at:%H:%M}",
            *(v for k, v in each.to_dict().items() if k not in {"at", "id"}),
        )
        for each in log.events
    ]


def row(minute: int, kind: str, **cells: Any) -> dict[str, Any]:
    return {"ticket": 1, "at": f"2026-09-07T09:{minute:02}:00Z", "kind": kind, **cells}


def read(*rows: Any, **options: Any) -> list[TicketLog]:
    return list(from_rows([SENT, *rows], **{"department": "help", **options}))


def only(*rows: Any, **options: Any) -> list[tuple[Any, ...]]:
    [log] = read(*rows, **options)
    return told(log)[1:]


def test_an_open_file_that_begins_with_the_newest_is_read_from_its_end() -> None:
    with FILE.open(encoding="utf-8", newline="") as file:
        logs = list(from_rows(file, timezone="Europe/Paris", department="help"))
    assert [(log.ticket, log.department) for log in logs] == [("17", "help"), ("18", "billing")]
    assert told(logs[0]) == [
        ("7 09:00", "submitted", "customer", "urgent"),
        ("7 11:00", "replied", "agent"),
        ("7 11:00", "status", "pending"),
    ]
    assert told(logs[1])[0] == ("7 09:30", "submitted", "customer", "low")


def test_rows_of_one_second_keep_their_order_in_a_file_in_order() -> None:
    found = only(row(1, "status", value="pending"), row(1, "replied", value="agent"))
    assert found == [("7 09:01", "status", "pending"), ("7 09:01", "replied", "agent")]


def test_rows_of_tickets_may_be_mixed_and_tickets_come_as_first_seen() -> None:
    other = {**SENT, "ticket": 2}
    logs = read(
        other, row(5, "closed"), {**row(4, "resolved"), "ticket": 2}, row(3, "replied", by="agent")
    )
    assert [log.ticket for log in logs] == ["1", "2"]
    assert [len(log.events) for log in logs] == [3, 2]


def test_every_kind_says_its_value_first() -> None:
    found = only(
        row(1, "replied", value="agent", public="FALSE", automatic=True),
        row(2, "paused", value="hold"),
        row(3, "resumed", value="hold"),
        row(4, "priority", value="high"),
        row(5, "priority", value=""),
        row(6, "attributes", value={"plan": "gold"}),
        row(7, "moved", value="billing"),
        row(8, "assigned", value="team", channel="internal"),
        row(9, "assigned"),
        row(10, "resolved", value="done"),
        row(11, "reopened"),
    )
    assert found == [
        ("7 09:01", "replied", "agent", False, True),
        ("7 09:02", "paused", "hold"),
        ("7 09:03", "resumed", "hold"),
        ("7 09:04", "priority", "high"),
        ("7 09:05", "priority", None),
        ("7 09:06", "attributes", {"plan": "gold"}),
        ("7 09:07", "moved", "billing", "ticket"),
        ("7 09:08", "assigned", "team", "internal"),
        ("7 09:09", "assigned"),
        ("7 09:10", "resolved", "done"),
        ("7 09:11", "reopened"),
    ]


def test_names_of_the_policy_take_the_place_of_those_of_the_table() -> None:
    found = only(
        row(1, "status", to="Waiting"),
        row(2, "paused", reason="Parked"),
        row(3, "priority", to="P1"),
        row(4, "priority", to="P9"),
        row(5, "resolved", status="Done"),
        statuses={"Waiting": "pending", "Parked": "hold", "Done": "solved"},
        priorities={"P1": "urgent", "P9": None},
    )
    values = ["pending", "hold", "urgent", None, "solved"]
    assert [each[2] for each in found] == values


def test_columns_and_kinds_of_other_names_are_read_as_told() -> None:
    table = [
        "\ufeffCase;When;What;Subject",
        "1;2026-09-07T09:00:00Z;opened;Help",
        ";;;",
        "1;2026-09-07T09:01:00Z; answer ;Help",
        "1;2026-09-07T09:02:00Z;viewed;Help",
    ]
    [log] = from_rows(
        table,
        department="help",
        channel="mail",
        delimiter=";",
        columns={"Case": "ticket", "When": "at", "What": "kind"},
        kinds={"opened": "submitted", "answer": {"kind": "replied", "by": "agent"}, "viewed": None},
        ignore={"Subject"},
        has_statuses=False,
    )
    assert told(log) == [("7 09:00", "submitted", "customer"), ("7 09:01", "replied", "agent")]
    assert (log.channel, log.has_statuses) == ("mail", False)


def test_the_line_of_a_ticket_is_that_of_its_submission() -> None:
    sent = {**SENT, "department": "billing", "channel": "mail"}
    [log] = from_rows([sent], department="help", channel="ticket")
    assert (log.department, log.channel) == ("billing", "mail")


def test_cells_of_a_table_with_missing_numbers_are_empty() -> None:
    assert only(row(1, "replied", by="agent", id=float("nan"), status=None)) == [
        ("7 09:01", "replied", "agent")
    ]


def test_events_with_one_id_are_one() -> None:
    said = row(1, "replied", by="agent", id="a")
    assert len(only(said, said)) == 1


def test_a_datetime_of_a_spreadsheet_is_on_the_clock_that_is_named() -> None:
    found = only({**row(1, "closed"), "at": dt.datetime(2026, 9, 7, 12)}, timezone="Europe/Paris")
    assert found == [("7 12:00", "closed")]


def test_an_empty_table_has_no_tickets() -> None:
    assert list(from_rows([])) == []


REFUSED: list[tuple[str, Any, dict[str, Any], type[SupportSlaError], str]] = [
    ("naive", {**row(1, "closed"), "at": "2026-09-07 10:00:00"}, {}, NaiveInstantError, r"^rows\[1\]: at=.*timezone="),
    ("a serial number", {**row(1, "closed"), "at": "46272.375"}, {"timezone": "UTC"}, InstantError, "ISO 8601"),
    ("a number", {**row(1, "closed"), "at": 46272.375}, {"timezone": "UTC"}, NotAnInstantError, "float"),
    ("a date of a spreadsheet", {**row(1, "closed"), "at": "7/9/2026 10:00"}, {"timezone": "UTC"}, InstantError, "ISO 8601"),
    ("a day", {**row(1, "closed"), "at": "2026-09-07"}, {"timezone": "UTC"}, LogError, "a date with its time"),
    ("no ticket", {**row(1, "closed"), "ticket": ""}, {}, LogError, "no 'ticket'"),
    ("no kind", {**row(1, "closed"), "kind": None}, {}, LogError, "no 'kind'"),
    ("no instant", {**row(1, "closed"), "at": " "}, {}, LogError, "no 'at'"),
    ("no row", 5, {}, LogError, "row=5"),
    ("a kind", row(1, "answered"), {}, LogError, "kind='answered'"),
    ("a column", row(1, "closed", subject="Help"), {}, LogError, "key 'subject' is none of"),
    ("two columns", row(1, "closed", Id="a", id="b"), {"columns": {"Id": "id"}}, LogError, "one column for 'id'"),
    ("two values", row(1, "replied", value="agent", by="agent"), {}, LogError, "value='agent'"),
    ("no flag", row(1, "replied", by="agent", public="perhaps"), {}, LogError, "public='perhaps'"),
    ("no key", row(1, "closed", by="agent"), {}, LogError, r"^rows\[1\]: key 'by'"),
    ("no side", row(1, "replied", value="robot"), {}, LogError, "by='robot'"),
    ("a status", row(1, "status", value="x"), {"statuses": {}}, LogError, "statuses={'x'"),
    ("no status", row(1, "status"), {}, LogError, "to=None"),
    ("before", {**row(1, "closed"), "at": "2026-09-06T10:00:00Z"}, {}, LogError, r"^rows\[1\]: .* comes before"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("other", "options", "error", "match"),
    [each[1:] for each in REFUSED],
    ids=[each[0] for each in REFUSED],
)
def test_rows_that_cannot_be_read_are_refused_with_their_place(
    other: Any, options: dict[str, Any], error: type[SupportSlaError], match: str
) -> None:
    with pytest.raises(error, match=match) as caught:
        read(other, **options)
    assert caught.value.index == 1


def test_a_ticket_without_a_submission_is_named() -> None:
    with pytest.raises(LogError, match="^ticket '2': the log has no event") as caught:
        read({**row(1, "closed"), "ticket": 2})
    assert caught.value.index == 1


def test_a_ticket_without_a_department_is_refused() -> None:
    with pytest.raises(LogError, match=r"^rows\[0\]: the submission of ticket '1' has no"):
        list(from_rows([SENT]))


@pytest.mark.parametrize("column", ["kind", "x" * 9_000, "ticket"])
def test_a_message_stays_short_however_long_a_cell_or_column_is(column: str) -> None:
    with pytest.raises(LogError) as caught:
        read({**row(1, "replied", by="agent"), column: "y" * 9_000})
    assert 600 > len(str(caught.value))


def test_a_line_with_more_cells_than_columns_is_refused() -> None:
    with pytest.raises(LogError, match=r"^rows\[0\]: cells=\['x'\]"):
        list(from_rows(["ticket,at,kind", "1,2026-09-07T09:00:00Z,submitted,x"]))


def test_a_file_with_an_open_quote_is_refused() -> None:
    with pytest.raises(LogError, match="quotes in pairs"):
        list(from_rows(["ticket,at,kind", '1,"2026']))


@pytest.mark.parametrize("rows", ["events.csv", 5, {"ticket": 1}])
def test_what_is_no_table_is_refused(rows: Any) -> None:
    with pytest.raises(LogError, match="an open CSV file"):
        list(from_rows(rows))


@pytest.mark.parametrize("option", ["columns", "kinds"])
def test_options_that_are_no_mappings_are_refused(option: str) -> None:
    with pytest.raises(LogError, match=f"{option}='x'"):
        read(**{option: "x"})
