"""The languages of explanations: files with the same phrases and blanks, and all of them said."""

from __future__ import annotations

import ast
import inspect
import json
import os
import shutil
import subprocess
import sys
import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from string import Formatter
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest

import support_sla
from builders import calendar_data, day_data, rule_data, when
from questions import AZDIGI, NEW_YORK, ask, line, relaxed
from support_sla import ContactOption, Deadline, Policy, UnknownLanguageError, languages
from support_sla.errors import listed
from support_sla.explain import language
from support_sla.explain.language import Language, language_of
from support_sla.explain.steps import ReasonKind
from support_sla.policy.metrics import METRICS
from support_sla.policy.policy import Crossing
from support_sla.tickets.log.event import EventKind
from support_sla.tickets.rounds.round import RoundState
from told_tickets import statuses

WORDS = Path(language.__file__).parent / "languages"
FILES = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in WORDS.glob("*.toml")}
DATE_BLANKS = {"weekday", "day", "month", "month_number", "year"}
DATES = ("date", "plain_date")
LISTS = {"weekdays": 7, "months": 12}
EN, VI = language_of("en"), language_of("vi")


def blanks(phrase: str) -> set[str]:
    """Return the names of what is filled in."""
    return {name for _, name, _, _ in Formatter().parse(phrase) if name is not None}


def phrases(file: dict[str, Any]) -> dict[tuple[str, str], Any]:
    """Return every phrase of a file by its section and its name."""
    sections = {key: value for key, value in file.items() if isinstance(value, dict)}
    return {(section, name): text for section in sections for name, text in file[section].items()}


every_language = pytest.mark.parametrize("code", sorted(FILES))


# --- The files ---


def test_the_languages_are_the_files_in_their_order() -> None:
    assert tuple(sorted(FILES)) == languages()
    assert {"en", "vi"} <= set(languages())


@every_language
def test_every_file_has_the_sections_and_phrases_of_english_and_no_others(code: str) -> None:
    assert phrases(FILES["en"]).keys() == phrases(FILES[code]).keys()
    assert FILES["en"].keys() == FILES[code].keys()


@every_language
def test_every_phrase_has_the_blanks_of_the_english_one(code: str) -> None:
    english, own = phrases(FILES["en"]), phrases(FILES[code])
    plain = [key for key in english if key[0] != "dates" or key[1] in {"moment", "repeated"}]
    assert {key: blanks(english[key]) for key in plain} == {key: blanks(own[key]) for key in plain}


@every_language
@pytest.mark.parametrize("form", DATES)
def test_a_date_is_written_with_any_of_its_five_blanks(code: str, form: str) -> None:
    found = blanks(FILES[code]["dates"][form])
    assert {"day", "year"} <= found <= DATE_BLANKS
    assert found & {"month", "month_number"}


def test_a_date_has_its_weekday_and_a_plain_date_has_not() -> None:
    for file in FILES.values():
        found = [("weekday" in blanks(file["dates"][form])) for form in DATES]
        assert [True, False] == found


@every_language
@pytest.mark.parametrize(("names", "count"), LISTS.items())
def test_every_language_has_seven_weekdays_and_twelve_months(
    code: str, names: str, count: int
) -> None:
    found = FILES[code]["dates"][names]
    assert (count, count) == (len(found), len(set(found)))


@every_language
def test_no_phrase_is_empty_and_none_is_padded_but_those_that_join(code: str) -> None:
    texts = {key: text for key, text in phrases(FILES[code]).items() if key[1] not in LISTS}
    joins = {("lists", "comma"), ("lists", "and"), ("reasons", "source"), ("reasons", "calendar")}
    joins |= {("ticket", "in_hours"), ("ticket", "in_own_hours")}
    assert [] == [key for key, text in texts.items() if not text.strip()]
    assert set() == {key for key, text in texts.items() if text != text.strip()} - joins


def test_every_file_says_what_its_language_is_called() -> None:
    names = {code: file["name"] for code, file in FILES.items()}
    assert ("English", "Tiếng Việt") == (names["en"], names["vi"])
    assert len(names) == len(set(names.values()))


@every_language
def test_every_kind_of_reason_but_those_of_rules_has_its_words(code: str) -> None:
    of_rules = {"priority", "attribute", "line_open", "line_closed", "time"}
    assert of_rules <= set(FILES[code]["because"])
    counts = set(get_args(ReasonKind)) - of_rules
    assert counts == set(FILES[code]["reasons"]) - {"source", "calendar", "works_as", "season"}


@every_language
def test_every_reading_of_crossings_has_its_words(code: str) -> None:
    assert set(get_args(Crossing)) == set(FILES[code]["crossings"])


@every_language
def test_every_metric_state_and_event_has_its_words(code: str) -> None:
    for section in ("promised", "done", "owed", "metrics"):
        assert {*METRICS} == set(FILES[code][section])
    assert {*get_args(RoundState)} - {"waiting"} == set(FILES[code]["states"])
    beside = {"status", "paused", "resumed"}  # they neither start nor stop a round
    kinds = {*get_args(EventKind)} - beside - {"replied"}
    assert kinds | {"message", "answer", "unassigned"} == set(FILES[code]["events"])


# --- Every phrase is said ---


def years_end() -> Policy:
    """Return a desk that is closed over the end of a year."""
    days = [day_data(date, name="Break") for date in ("2026-12-31", "2027-01-01")]
    return line(calendars={"known": calendar_data(*days, years=[2026, 2027])})


def in_days() -> list[Deadline]:
    """Return deadlines in business days that between them need every phrase about them."""
    wednesday = [day_data("2026-03-04", name="Outing")]
    promises = [
        {"within": "1 business day", "by": "close"},
        {"within": "5 business days", "by": "16:00"},
        {"within": "0 business days", "by": "close", "cutoff": "12:00"},
        {"within": "1 business day", "by": "close", "cutoff": "12:00"},
        {"within": "2 business days", "by": "close", "cutoff": "12:00"},
    ]
    found = [ask(line(each, known=wednesday), "2026-03-03T16:30") for each in promises]
    late = {"within": "1 business day", "by": "09:00"}
    opens_late = line(late, hours="Mo-We 08:00-17:00; Th-Fr 10:00-17:00")
    return [*found, ask(opens_late, "2026-03-04T12:00")]


OFF_IN_APRIL = {"from": "04-01", "to": "04-10", "schedule": "off"}


LUNCH = {"schedule": "lunch"}
OWN = {"office": "Mo-Fr 08:00-17:00", "lunch": "Mo-Fr 08:00-12:00,13:00-17:00"}


def conditions() -> list[Deadline]:
    """Return deadlines that need every phrase about conditions, attributes and hours of a rule."""
    own = {"hours": {"schedule": "always"}}
    asks = line(
        {"when": {"attributes": {"plan": ["gold"]}}, **rule_data(**own)},
        {"when": {"open": True}, **rule_data()},
        {"when": {"open": False, "time": "00:00-12:00"}, **rule_data(name="morning")},
        rule_data(name="rest"),
        attributes={"plan": ["basic", "gold"]},
        schedules={"office": "Mo-Fr 08:00-17:00", "always": "24/7"},
    )
    summer = line(
        rule_data(within="20h", hours={"schedule": "office", "seasons": [OFF_IN_APRIL]}),
        schedules={"office": "Mo-Fr 08:00-17:00", "off": "off"},
    )
    return [
        ask(summer, "2026-03-30T09:00"),
        ask(summer, "2026-03-30T18:00"),
        ask(line(rule_data(within="9h", hours=LUNCH), schedules=OWN), "2026-03-30T11:00"),
        ask(asks, "2026-03-02T16:30", attributes={"plan": "gold"}),
        ask(asks, "2026-03-02T16:30", attributes={"plan": "basic"}),
        ask(asks, "2026-03-02T07:30"),
        ask(asks, "2026-03-02T18:30"),
        ask(
            line({"when": {"open": False}, **rule_data()}, rule_data(name="rest")),
            "2026-03-02T16:30",
        ),
    ]


def corpus() -> list[Deadline]:
    """Return deadlines that between them need every phrase of an explanation."""
    uncounted = line(
        rule_data(within="10h"),
        hours="Mo-Fr 08:00-12:00,13:00-17:00",
        known=[
            day_data("2026-03-03", name="Outing"),
            day_data("2026-03-04", name="Move", closed="09:00-10:00"),
            day_data("2026-03-05", name="Sale", open="09:00-12:00", source="staff letter"),
            day_data("2026-03-08", name="Swap", works_as="Mo"),
        ],
    )
    closing = relaxed("submission", "known", known=[day_data("2026-03-04", closed="09:00-10:00")])
    urgent = line(
        when(priority=("high",), within="1h1m1.000001s", counted_in="calendar_time"),
        rule_data(within="2h2m2.000002s"),
        priorities=["low", "high"],
        version="3",
    )
    runs = line(
        rule_data(within="20h"),
        known=[
            *(day_data(f"2026-03-{day:02d}", name="Fair") for day in (3, 4)),
            *(day_data(f"2026-03-{day:02d}", name="Move", closed="09:00-10:00") for day in (5, 6)),
            *(day_data(f"2026-03-{day:02d}", name="Sale", open="09:00-12:00") for day in (9, 10)),
            *(day_data(f"2026-03-{day:02d}", name="Audit") for day in (30, 31)),
            day_data("2026-04-01", name="Audit"),
        ],
    )
    zone = {"hours": "24/7", "timezone": NEW_YORK}
    return [
        ask(AZDIGI, "2026-02-14T16:30", department="billing"),
        ask(AZDIGI, "2026-02-15T22:10", department="technical"),
        ask(AZDIGI, "2026-02-17T09:00", department="technical"),
        ask(uncounted, "2026-03-02T16:30"),
        ask(uncounted, "2026-03-07T12:00"),
        ask(runs, "2026-03-02T16:30"),
        ask(runs, "2026-03-27T16:30"),
        ask(line(hours="Mo 08:00-17:00"), "2026-03-02T16:30"),
        ask(years_end(), "2026-12-30T16:30"),
        ask(closing, "2026-03-04T08:00"),
        ask(urgent, "2026-03-02T16:30", priority="high"),
        ask(urgent, "2026-03-02T16:30", priority="low"),
        ask(relaxed("in_order"), "2026-03-01T22:00"),
        ask(relaxed("overlap"), "2026-02-28T22:00"),
        ask(line(rule_data(within="0m")), "2026-03-01T12:00"),
        ask(line(rule_data(within="2h"), **zone), "2026-03-08T01:00-05:00"),
        ask(line(rule_data(within="2h"), **zone), "2026-11-01T00:30-04:00"),
        *in_days(),
        *conditions(),
        ask(
            line(
                when("Th", within="168h", counted_in="calendar_time"),
                rule_data(within="1h", counted_in="calendar_time"),
                known=[day_data("2026-05-05")],
            ),
            "2026-12-30T23:30",
        ),
    ]


@every_language
def test_every_phrase_of_an_explanation_is_said_for_some_deadline_or_ticket(
    code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: set[tuple[str, str]] = set()
    right = Language.say

    def listening(self: Language, section: str, phrase: str, **values: object) -> str:
        said.add((section, phrase))
        return right(self, section, phrase, **values)

    language._dated.cache_clear()
    monkeypatch.setattr(Language, "say", listening)
    for deadline in corpus():
        deadline.explain(code)
        deadline.explain(code, long=True)
        deadline.to_markdown(code)
        for now in (deadline.due_at, deadline.due_at + timedelta(days=1)):
            deadline.explain(code, timezone="Europe/London", now=now)
            deadline.to_markdown(code, timezone="Europe/London", now=now)
    for ticket in statuses():
        for zone in (None, "Europe/London"):
            ticket.explain(code, timezone=zone)
            ticket.explain(code, long=True, timezone=zone)
    lists = {("dates", name) for name in LISTS} | {("lists", "comma"), ("lists", "and")}
    apart = {key for key in phrases(FILES[code]) if key[0] == "contact"}
    assert phrases(FILES[code]).keys() - apart - lists == said


def test_every_phrase_about_ways_to_the_desk_is_named_where_they_are_told() -> None:
    tree = ast.parse(inspect.getsource(sys.modules[ContactOption.__module__]))
    named = {
        call.args[1].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "say"
        and isinstance(call.args[1], ast.Constant)
    }
    assert set(FILES["en"]["contact"]) == named


# --- Languages there are not ---


@pytest.mark.parametrize(
    "code", ["xx", "", "EN", "en-US", "../en", "en.toml", " en", "English", None, 7, ["en"], b"en"]
)
def test_a_language_that_there_is_not_is_refused_with_those_there_are(code: Any) -> None:
    deadline = ask(line(), "2026-03-02T09:00")
    for say in (
        lambda: language_of(code),
        lambda: deadline.explain(code),
        lambda: deadline.explain(code, long=True),
        lambda: deadline.to_markdown(code),
    ):
        with pytest.raises(UnknownLanguageError) as caught:
            say()
        said = f"language {code!r} is not one of those there are; use one of {listed(languages())}"
        assert said == str(caught.value)


@every_language
def test_a_language_is_read_once(code: str) -> None:
    assert language_of(code) is language_of(code)
    assert code == language_of(code).code


# --- One more ---

ASKED = """
import json, sys
import support_sla
from support_sla import TicketLog, compute_deadline, languages, load_policy, track
desk = load_policy({
    "name": "Desk", "timezone": "UTC", "schedules": {"always": "24/7"},
    "departments": {"desk": {"channels": {"ticket": {
        "hours": {"schedule": "always"},
        "label": {"en": "Ticket", "xx": "TICKET"},
        "first_response": [{"within": "3h", "counted_in": "business_time"}],
    }}}},
})
deadline = compute_deadline(desk, "2026-03-02T09:00:00Z", department="desk")
log = TicketLog("desk", "ticket", [{"at": "2026-03-02T09:00:00Z", "kind": "submitted"}])
ticket = track(desk, log, "2026-03-02T09:00:00Z")
print(json.dumps([
    support_sla.__file__, languages(), deadline.explain("xx"), deadline.explain("xx", long=True),
    deadline.to_markdown("xx"), deadline.explain("en"), ticket.explain("xx"),
]))
"""


def made_up() -> str:
    """Return a language in which every phrase is its own name, and then its blanks by the alphabet."""
    lines = ['name = "Made up"']
    for section, found in FILES["en"].items():
        if isinstance(found, str):
            continue
        lines.append(f"[{section}]")
        for name, phrase in found.items():
            if isinstance(phrase, list):
                lines.append(f"{name} = {[f'{name}{at}' for at in range(len(phrase))]}")
            else:
                filled = " ".join(f"{{{blank}}}" for blank in sorted(blanks(phrase)))
                lines.append(f'{name} = "<{section}.{name} {filled}>"')
    return "\n".join(lines)


def test_a_further_language_is_a_further_file_and_nothing_else(tmp_path: Path) -> None:
    source = Path(support_sla.__file__).parent
    package = shutil.copytree(
        source, tmp_path / source.name, ignore=shutil.ignore_patterns("__pycache__")
    )
    package.joinpath("explain", "languages", "xx.toml").write_text(made_up(), "utf-8")
    done = subprocess.run(
        [sys.executable, "-B", "-c", ASKED],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        check=True,
    )
    file, known, short, long, markdown, english, ticket = json.loads(done.stdout)
    assert tmp_path in Path(file).parents
    assert ["en", "vi", "xx"] == known
    moment = "<dates.moment <dates.date 2 months2 weekdays0 2026> {}>"
    sent, due = moment.format("09:00"), moment.format("12:00")
    three, what = "<amounts.hours 3>", "<promised.first_response >"
    assert (
        f"<short.due TICKET desk {due} {sent} {what}> <short.business_time {what} {three}> "
        "<short.zone UTC>"
    ) == short
    assert f"- <long.counted {three} {due} <reasons.business_hours > {sent}>" in long.splitlines()
    assert "## \\<long.title TICKET desk\\>" == markdown.splitlines()[0]
    assert "sent on Monday 2 March 2026 at 09:00, is promised an answer" in english
    assert f"<ticket.running {three}  {due} {three} <owed.first_response >>" in ticket


# --- Amounts, lists and dates ---


@pytest.mark.parametrize(
    ("amount", "english", "vietnamese"),
    [
        ({}, "0 minutes", "0 phút"),
        ({"microseconds": 1}, "1 microsecond", "1 micrô giây"),
        ({"microseconds": 2}, "2 microseconds", "2 micrô giây"),
        ({"microseconds": 999_999}, "999999 microseconds", "999999 micrô giây"),
        ({"seconds": 1}, "1 second", "1 giây"),
        ({"seconds": 59}, "59 seconds", "59 giây"),
        ({"minutes": 1}, "1 minute", "1 phút"),
        ({"minutes": 59}, "59 minutes", "59 phút"),
        ({"hours": 1}, "1 hour", "1 giờ"),
        ({"minutes": 90}, "1 hour 30 minutes", "1 giờ 30 phút"),
        ({"hours": 24}, "24 hours", "24 giờ"),
        ({"days": 2, "hours": 1}, "49 hours", "49 giờ"),
        ({"hours": 1, "seconds": 1}, "1 hour 1 second", "1 giờ 1 giây"),
        (
            {"hours": 2, "minutes": 1, "seconds": 3, "microseconds": 4},
            "2 hours 1 minute 3 seconds 4 microseconds",
            "2 giờ 1 phút 3 giây 4 micrô giây",
        ),
    ],
)
def test_an_amount_is_said_in_its_units_and_never_in_days(
    amount: dict[str, int], english: str, vietnamese: str
) -> None:
    each = timedelta(**amount)
    assert (english, vietnamese) == (EN.amount(each), VI.amount(each))


@pytest.mark.parametrize(
    ("items", "english", "vietnamese"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a and b", "a và b"),
        (["a", "b", "c"], "a, b and c", "a; b và c"),
        (["a", "b", "c", "d"], "a, b, c and d", "a; b; c và d"),
    ],
)
def test_a_list_has_an_and_before_its_last(items: list[str], english: str, vietnamese: str) -> None:
    assert (english, vietnamese) == (EN.listed(items), VI.listed(items))


@pytest.mark.parametrize(
    ("day", "english", "vietnamese"),
    [
        (date(2026, 3, 2), "Monday 2 March 2026", "thứ Hai, ngày 02/03/2026"),
        (date(2026, 3, 3), "Tuesday 3 March 2026", "thứ Ba, ngày 03/03/2026"),
        (date(2026, 4, 1), "Wednesday 1 April 2026", "thứ Tư, ngày 01/04/2026"),
        (date(2026, 12, 31), "Thursday 31 December 2026", "thứ Năm, ngày 31/12/2026"),
        (date(2027, 1, 1), "Friday 1 January 2027", "thứ Sáu, ngày 01/01/2027"),
        (date(2026, 2, 28), "Saturday 28 February 2026", "thứ Bảy, ngày 28/02/2026"),
        (date(2026, 11, 1), "Sunday 1 November 2026", "Chủ nhật, ngày 01/11/2026"),
    ],
)
def test_a_date_is_said_as_the_language_writes_it(day: date, english: str, vietnamese: str) -> None:
    assert (english, vietnamese) == (EN.date(day), VI.date(day))


@pytest.mark.parametrize("month", range(1, 13))
def test_a_plain_date_has_no_weekday(month: int) -> None:
    names = "January February March April May June July August September October November December"
    day = date(2026, month, 9)
    assert (f"9 {names.split()[month - 1]} 2026", f"ngày 09/{month:02d}/2026") == (
        EN.date(day, "plain_date"),
        VI.date(day, "plain_date"),
    )


@pytest.mark.parametrize(
    ("time", "said"),
    [
        ("00:00", "00:00"),
        ("09:05", "09:05"),
        ("09:05:07", "09:05:07"),
        ("09:05:00.000001", "09:05:00.000001"),
        ("09:05:07.500000", "09:05:07.500000"),
    ],
)
def test_an_instant_is_said_to_the_last_digit_it_has(time: str, said: str) -> None:
    at = datetime.fromisoformat(f"2026-03-02T{time}+07:00")
    assert (f"Monday 2 March 2026 at {said}", f"{said} thứ Hai, ngày 02/03/2026") == (
        EN.moment(at),
        VI.moment(at),
    )


@pytest.mark.parametrize(
    ("zone", "at", "said"),
    [
        (NEW_YORK, "2026-11-01 04:59:59", "00:59:59"),
        (NEW_YORK, "2026-11-01 05:00", "01:00 (UTC-04:00)"),
        (NEW_YORK, "2026-11-01 05:59:59", "01:59:59 (UTC-04:00)"),
        (NEW_YORK, "2026-11-01 06:00", "01:00 (UTC-05:00)"),
        (NEW_YORK, "2026-11-01 06:59:59", "01:59:59 (UTC-05:00)"),
        (NEW_YORK, "2026-11-01 07:00", "02:00"),
        (NEW_YORK, "2026-03-08 06:59:59", "01:59:59"),
        (NEW_YORK, "2026-03-08 07:00", "03:00"),
        ("Europe/London", "2026-10-25 01:30", "01:30 (UTC)"),
        ("Australia/Lord_Howe", "2026-04-04 14:45", "01:45 (UTC+11:00)"),
        ("Australia/Lord_Howe", "2026-04-04 15:15", "01:45 (UTC+10:30)"),
    ],
)
def test_only_a_time_that_comes_twice_is_said_with_its_offset(
    zone: str, at: str, said: str
) -> None:
    moment = datetime.fromisoformat(f"{at}+00:00").astimezone(ZoneInfo(zone))
    assert said == EN.moment(moment).partition(" at ")[2]
    told = VI.moment(moment)
    assert said.partition(" ")[2] == told.partition("/2026")[2].strip()
    assert told.startswith(said.partition(" ")[0])


def test_an_instant_of_a_fixed_zone_never_comes_twice() -> None:
    assert "Sunday 1 November 2026 at 06:30" == EN.moment(datetime(2026, 11, 1, 6, 30, tzinfo=UTC))
