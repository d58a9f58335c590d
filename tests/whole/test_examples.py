"""The example script: what it prints, what it reports, and how it ends."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from places import ROOT

if TYPE_CHECKING:
    from types import ModuleType

EXAMPLES = ROOT / "examples"
SCRIPT = EXAMPLES / "whmcs_deadlines.py"
TICKETS = json.loads((EXAMPLES / "whmcs_tickets.json").read_text(encoding="utf-8"))
ROWS = TICKETS["tickets"]["ticket"]

ROW = {"tid": "100001", "deptid": "1", "date": "2026-01-10 16:30:00", "priority": "Medium"}


def script() -> ModuleType:
    """Return the script as a module, loaded afresh."""
    spec = importlib.util.spec_from_file_location("whmcs_deadlines", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Return the script run as people run it, by the interpreter of these tests."""
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, str(SCRIPT), *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env=environment,
        **options,
    )


@pytest.fixture(scope="module")
def shipped() -> list[str]:
    """Return the lines printed for the shipped export."""
    done = run()
    assert (0, "") == (done.returncode, done.stderr)
    return done.stdout.splitlines()


def export(path: Path, *rows: object, **changes: object) -> str:
    """Return the path of an export that holds these rows."""
    file = path / "export.json"
    file.write_text(json.dumps({"result": "success", "tickets": {"ticket": rows}, **changes}))
    return str(file)


def printed(
    capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0
) -> tuple[list[str], str]:
    """Return the lines and the complaint of the script run in this process."""
    assert code == script().main(list(arguments))
    captured = capsys.readouterr()
    return captured.out.splitlines(), captured.err


def cells(line: str) -> list[str]:
    return [cell for cell in line.split("  ") if cell]


# --- The shipped export ---


def test_the_last_line_counts_every_row(shipped: list[str]) -> None:
    assert "69 tickets: 64 answered, 5 not usable" == shipped[-1]
    assert 69 == len(ROWS)


def test_the_first_line_names_the_policy_and_the_zone(shipped: list[str]) -> None:
    assert "AZDIGI customer support, local times in Asia/Ho_Chi_Minh" == shipped[0]


def test_every_row_appears_exactly_once(shipped: list[str]) -> None:
    complaints = shipped.index("Not usable:")
    table = [line.split()[0] for line in shipped[3 : complaints - 1]]
    reported = [line.split("ticket ")[1].split(":")[0] for line in shipped[complaints + 1 : -2]]
    assert sorted(row["tid"] for row in ROWS) == sorted(table + reported)
    assert 5 == len(reported)


@pytest.mark.parametrize(
    ("ticket", "answer"),
    [
        # Worked by hand from the policy's text; 14 February 2026 is the last Saturday before Tet.
        pytest.param(
            "718095",
            [
                "billing",
                "Sat 2025-06-28 16:30:00",
                "next_business_hour",
                "-",
                "Mon 2025-06-30 08:30:00",
            ],
            id="over a Sunday",
        ),
        pytest.param(
            "567832",
            [
                "billing",
                "Tue 2025-10-14 16:00:00",
                "next_business_hour",
                "-",
                "Tue 2025-10-14 17:00:00",
            ],
            id="due exactly at closing",
        ),
        pytest.param(
            "128866",
            [
                "billing",
                "Tue 2025-10-14 16:00:01",
                "next_business_hour",
                "-",
                "Wed 2025-10-15 08:00:01",
            ],
            id="a second too late for today",
        ),
        pytest.param(
            "886320",
            [
                "billing",
                "Sat 2026-02-14 16:30:00",
                "next_business_hour",
                "-",
                "Sat 2026-02-21 08:30:00",
            ],
            id="over Tet",
        ),
        pytest.param(
            "416219",
            [
                "technical",
                "Sun 2026-02-15 22:10:00",
                "relaxed_days",
                "Sun 2026-02-15 22:40:00",
                "Mon 2026-02-16 10:10:00",
            ],
            id="technical on a Sunday",
        ),
        pytest.param(
            "966865",
            [
                "technical",
                "Thu 2024-02-29 21:14:55",
                "ordinary_days",
                "Thu 2024-02-29 21:44:55",
                "Fri 2024-03-01 00:14:55",
            ],
            id="technical on a leap day",
        ),
    ],
)
def test_known_tickets_have_their_due_times(
    shipped: list[str], ticket: str, answer: list[str]
) -> None:
    (line,) = (line for line in shipped if line.startswith(f"{ticket} "))
    assert [ticket, *answer] == [cell.strip() for cell in cells(line)]


@pytest.mark.parametrize(
    "complaint",
    [
        "row 8, ticket 578075: date '0000-00-00 00:00:00' means that WHMCS has none; give the ticket a date there",
        "row 21, ticket 596716: deptid '3' has no department; list it in --department",
        "row 37, ticket 350449: date '2026-02-30 10:00:00' is no usable date; correct it to YYYY-MM-DD HH:MM:SS",
        "row 48, ticket 748734: date '' means that WHMCS has none; give the ticket a date there",
        "row 61, ticket 133903: key 'date' is missing; export the ticket again with its date",
    ],
    ids=["no date", "department", "no such date", "empty date", "missing date"],
)
def test_each_row_that_cannot_be_used_is_named_with_its_reason(
    shipped: list[str], complaint: str
) -> None:
    assert [complaint] == [line for line in shipped if line == complaint]


def test_the_process_time_zone_has_no_say(shipped: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT)],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "TZ": "America/New_York", "PYTHONIOENCODING": "utf-8"},
    )
    assert shipped == done.stdout.splitlines()


def test_the_script_answers_the_same_in_process(
    shipped: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert (shipped, "") == printed(capsys)


# --- The shapes of an export ---


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param(json.dumps({"tickets": {"ticket": [ROW]}}), 1, id="what GetTickets answers"),
        pytest.param(json.dumps([ROW, ROW]), 2, id="a bare list"),
        pytest.param(json.dumps(ROW), 1, id="a single ticket"),
        pytest.param(json.dumps({"tickets": {"ticket": ROW}}), 1, id="one ticket, not in a list"),
        pytest.param(
            json.dumps({"tickets": {"ticket": {"0": ROW, "2": ROW}}}), 2, id="a PHP array with gaps"
        ),
        pytest.param(json.dumps({"tickets": [ROW]}), 1, id="tickets without a ticket"),
        pytest.param("\ufeff" + json.dumps([ROW]), 1, id="a byte order mark"),
        pytest.param("[]", 0, id="no tickets"),
        pytest.param('{"tickets": {"ticket": []}}', 0, id="no tickets in an answer"),
    ],
)
def test_every_shape_of_an_export_is_read(
    text: str, count: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "export.json"
    file.write_text(text, encoding="utf-8")
    lines, complaint = printed(capsys, str(file))
    plural = "" if count == 1 else "s"
    assert f"{count} ticket{plural}: {count} answered, 0 not usable" == lines[-1]
    assert "" == complaint


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("{", "is no JSON", id="no JSON"),
        pytest.param("", "is no JSON", id="empty"),
        pytest.param("[" * 100_000, "is no JSON", id="too deep"),
        pytest.param("7", "has no tickets", id="a number"),
        pytest.param("null", "has no tickets", id="null"),
        pytest.param('{"result": "success"}', "has no tickets", id="another answer"),
        pytest.param('{"tickets": {"ticket": "none"}}', "has no tickets", id="a text for tickets"),
        pytest.param('{"tickets": {}}', "has no tickets", id="tickets of nothing"),
        pytest.param(
            '{"tickets": null, "tid": "1"}', "has no tickets", id="no tickets, but a number"
        ),
        pytest.param(
            '{"result": "error", "message": "Authentication Failed"}',
            "holds an error, 'Authentication Failed'",
            id="an error",
        ),
    ],
)
def test_a_file_that_is_no_export_ends_with_one_line_and_code_2(
    text: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "export.json"
    file.write_text(text)
    lines, complaint = printed(capsys, str(file), code=2)
    assert [] == lines
    assert complaint.startswith(f"whmcs_deadlines: file {str(file)!r} ")
    assert says in complaint
    assert 1 == complaint.count("\n")


# --- Rows ---


@pytest.mark.parametrize(
    ("row", "says"),
    [
        pytest.param(7, "ticket -: 7 is no ticket; a row must be a JSON object", id="a number"),
        pytest.param(None, "ticket -: None is no ticket", id="null"),
        pytest.param(["x"], "ticket -: ['x'] is no ticket", id="a list"),
        pytest.param({**ROW, "date": None}, "date None means that WHMCS has none", id="no date"),
        pytest.param({**ROW, "date": "10/01/2026"}, "is no usable date", id="another format"),
        pytest.param({**ROW, "date": "0001-01-01 00:00:00"}, "is no usable date", id="year 1"),
        pytest.param({**ROW, "date": 20260110}, "is no usable date", id="a number for a date"),
        pytest.param({**ROW, "deptid": "9"}, "deptid '9' has no department", id="department"),
        pytest.param({**ROW, "deptid": None}, "deptid None has no department", id="no department"),
        pytest.param({**ROW, "date": "2101-01-01 00:00:00"}, "'public_holidays'", id="not covered"),
        pytest.param({**ROW, "tid": ""}, None, id="an empty number is no fault"),
        pytest.param({**ROW, "deptid": 1}, None, id="a number for a department is none"),
    ],
)
def test_a_row_is_answered_or_reported(
    row: object, says: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines, _ = printed(capsys, export(tmp_path, row))
    if says is None:
        assert "1 ticket: 1 answered, 0 not usable" == lines[-1]
        return
    assert "1 ticket: 0 answered, 1 not usable" == lines[-1]
    assert "Not usable:" == lines[-4]
    assert lines[-3].startswith("row 1, ticket ")
    assert says in lines[-3]


def test_a_ticket_number_that_cannot_be_printed_is_shown_quoted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines, _ = printed(capsys, export(tmp_path, {**ROW, "tid": "1\n2"}))
    assert "'1\\n2'" == cells(lines[3])[0].strip()


# --- Zones ---


def test_the_zone_of_the_export_is_the_one_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # 10 January 2026 04:30 in New York is 16:30 in Vietnam, due on Monday 08:30: Sunday 20:30.
    row = {**ROW, "date": "2026-01-10 04:30:00"}
    lines, _ = printed(capsys, export(tmp_path, row), "--timezone", "America/New_York")
    assert "AZDIGI customer support, local times in America/New_York" == lines[0]
    assert "Sun 2026-01-11 20:30:00" == cells(lines[3])[-1].strip()


def test_a_time_that_came_twice_is_taken_at_its_first_reading_and_marked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # New York 1 November 2026 01:30 EDT is 12:30 in Vietnam, a Sunday: 12 hours on is 12:30 EST.
    row = {**ROW, "deptid": "2", "date": "2026-11-01 01:30:00"}
    lines, _ = printed(capsys, export(tmp_path, row), "--timezone", "America/New_York")
    assert [
        "Sun 2026-11-01 01:30:00-04:00*",
        "relaxed_days",
        "Sun 2026-11-01 01:00:00-05:00",
        "Sun 2026-11-01 12:30:00",
    ] == [cell.strip() for cell in cells(lines[3])[2:]]
    assert (
        "* clocks went back over this time, so it came twice: taken at its first reading" in lines
    )


def test_a_time_that_the_clocks_skipped_is_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {**ROW, "date": "2026-03-08 02:30:00"}
    lines, _ = printed(capsys, export(tmp_path, row), "--timezone", "America/New_York")
    assert "was skipped by the clocks of America/New_York; check --timezone" in lines[-3]


# --- Options ---


def test_departments_are_those_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = export(tmp_path, {**ROW, "deptid": "7"}, {**ROW, "deptid": "1"})
    lines, _ = printed(capsys, file, "--department", "7=technical")
    assert "technical" == cells(lines[3])[1].strip()
    assert "2 tickets: 1 answered, 1 not usable" == lines[-1]


def test_departments_may_be_named_in_turn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = export(tmp_path, {**ROW, "deptid": "7"}, {**ROW, "deptid": "8"})
    both = ("--department", "7=technical", "--department", " 8 = billing ")
    assert "2 tickets: 2 answered, 0 not usable" == printed(capsys, file, *both)[0][-1]


PRIORITIES = """
name = "Priorities"
timezone = "UTC"
priorities = ["low", "medium"]
[schedules]
always = "24/7"
[departments.billing.channels.ticket]
hours = { schedule = "always" }
[[departments.billing.channels.ticket.first_response]]
name = "patient"
when = { priority = ["low"] }
within = "9h"
counted_in = "calendar_time"
[[departments.billing.channels.ticket.first_response]]
name = "plain"
within = "1h"
counted_in = "calendar_time"
"""


ALL_PRIORITIES = ["--priority", "Low=low", "--priority", " Medium = medium "]


@pytest.mark.parametrize(
    ("priority", "options", "outcome"),
    [
        ("Low", ALL_PRIORITIES, "patient"),
        ("Medium", ALL_PRIORITIES, "plain"),
        ("Medium", ["--priority", "Medium=low"], "patient"),
        ("Low", [], "plain"),
        ("High", ALL_PRIORITIES, "priority 'High' has no name; list it in --priority"),
        (None, ALL_PRIORITIES, "priority None has no name; list it in --priority"),
    ],
)
def test_priorities_count_only_when_named(
    priority: str | None,
    options: list[str],
    outcome: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(PRIORITIES)
    file = export(tmp_path, {**ROW, "priority": priority})
    desk = ("--policy", str(path), "--department", "1=billing")
    lines, _ = printed(capsys, file, *desk, *options)
    assert outcome in (lines[-3] if outcome.startswith("priority") else cells(lines[3])[3])


def test_departments_of_another_policy_must_be_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(PRIORITIES)
    _, complaint = printed(capsys, export(tmp_path, ROW), "--policy", str(path), code=2)
    says = "the default --department '2=technical' is not in the policy; use one of billing"
    assert f"whmcs_deadlines: {says}\n" == complaint


def test_the_file_may_stand_after_the_options(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = export(tmp_path, {**ROW, "deptid": "7"})
    lines, _ = printed(capsys, "--department", "7=technical", file, "--timezone", "UTC")
    assert "1 ticket: 1 answered, 0 not usable" == lines[-1]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(
            ["no_such_file.json"],
            "file 'no_such_file.json' cannot be read (No such file or directory); check the path",
            id="a file that is not there",
        ),
        pytest.param([str(EXAMPLES)], "cannot be read", id="a folder"),
        pytest.param(["--department", "billing"], "'billing' is malformed", id="no equals sign"),
        pytest.param(["--department", "=billing"], "'=billing' is malformed", id="no number"),
        pytest.param(["--department", "1="], "'1=' is malformed", id="no name"),
        pytest.param(
            ["--department", "1=billing", "--department", "1=technical"],
            "--department '1=technical' is repeated; give '1' one name",
            id="twice",
        ),
        pytest.param(
            ["--priority", "Low=low"],
            "--priority 'Low=low' is not in the policy; it has none, so leave it out",
            id="a priority where there are none",
        ),
        pytest.param(
            ["--department", "1=sales"], "use one of billing, technical", id="an unknown department"
        ),
        pytest.param(["--policy", "nowhere"], "nowhere", id="an unknown policy"),
        pytest.param(["--timezone", "EDT5"], "time zone 'EDT5' is not known", id="an unknown zone"),
        pytest.param(["--timezone", ""], "time zone '' is not known", id="an empty zone"),
        pytest.param(["--timezone", "../UTC"], "is not known", id="a path for a zone"),
    ],
)
def test_a_run_that_cannot_start_ends_with_one_line_and_code_2(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    lines, complaint = printed(capsys, *arguments, code=2)
    assert [] == lines
    assert complaint.startswith("whmcs_deadlines: ")
    assert says in complaint
    assert 1 == complaint.count("\n")


def test_a_bad_run_ends_with_code_2_for_the_shell_too() -> None:
    done = run("no_such_file.json")
    assert (2, "") == (done.returncode, done.stdout)
    assert done.stderr.startswith("whmcs_deadlines: file 'no_such_file.json' cannot be read")


def test_an_unknown_option_ends_with_code_2() -> None:
    done = run("--colour")
    assert 2 == done.returncode
    assert "unrecognized arguments: --colour" in done.stderr


def test_help_says_what_there_is() -> None:
    done = run("--help")
    assert 0 == done.returncode
    assert "--priority" in done.stdout


def test_a_second_pair_needs_its_own_option() -> None:
    done = run("export.json", "--department", "1=billing", "2=technical")
    assert 2 == done.returncode
    assert "unrecognized arguments: 2=technical" in done.stderr


def test_a_closed_pipe_ends_quietly() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [sys.executable, str(SCRIPT)],
            stdout=writer,
            stderr=subprocess.PIPE,
            check=False,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )
    finally:
        os.close(writer)
    assert (1, b"") == (done.returncode, done.stderr)
