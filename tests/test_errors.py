"""Every message this library makes says what, shows the value and names the way out."""

from __future__ import annotations

import ast
import datetime as dt
import inspect
import pickle
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import support_sla
from builders import (
    calendar,
    calendar_data,
    channel_data,
    day_data,
    faults,
    policy,
    rule_data,
    special_day,
    target,
    when,
)
from support_sla import (
    Accepted,
    AmountError,
    ColumnError,
    CounterexampleError,
    Finding,
    HolidayCalendar,
    Hours,
    InstantError,
    InstantOutOfRangeError,
    LogError,
    NaiveInstantError,
    NeverOpensError,
    NotAnInstantError,
    NoTargetError,
    Policy,
    PolicyError,
    Schedule,
    Season,
    ShareError,
    SupportSlaError,
    Target,
    UnknownAttributeError,
    UnknownChannelError,
    UnknownDepartmentError,
    UnknownLanguageError,
    UnknownMetricError,
    UnknownPriorityError,
    UnknownRuleError,
    UnknownStatusError,
    WarnAt,
    YearsNotCoveredError,
    ZoneError,
    errors,
    load_policy,
)
from support_sla.calendars.sources.lunar_festivals import Festival
from support_sla.calendars.sources.recurring import Recurring
from support_sla.errors import NotAModelError, UnitError

if TYPE_CHECKING:
    from collections.abc import Callable

AT = dt.datetime(2026, 2, 16, 8, tzinfo=dt.timezone(dt.timedelta(hours=7)))


class OtherDatetime(dt.datetime):
    """A datetime of another package."""


MADE: list[tuple[str, SupportSlaError, str]] = [
    (
        "ColumnError.unparsed",
        ColumnError.unparsed("sent", "String"),
        "sent is a column of 'String'",
    ),
    ("ColumnError.no_instants", ColumnError.no_instants("submitted", "float64"), "'float64'"),
    ("ColumnError.no_texts", ColumnError.no_texts("department", "int64"), "'int64'"),
    ("ColumnError.shape", ColumnError.shape("submitted", 2), "2 dimensions"),
    ("ColumnError.length", ColumnError.length("replied", 1, 2), "has 1 rows beside 2"),
    ("ColumnError.kinds", ColumnError.kinds("start", "s, UTC", "end", "ms, UTC"), "'ms, UTC'"),
    ("ColumnError.no_amounts", ColumnError.no_amounts("amount", "float64", "s"), "'float64'"),
    ("ColumnError.has_zone", ColumnError.has_zone("submitted", "Europe/Paris"), "'Europe/Paris'"),
    ("ColumnError.fold", ColumnError.fold(2), "fold=2"),
    ("ColumnError.codes", ColumnError.codes([0]), "'list'"),
    ("ColumnError.code", ColumnError.code(5, 2), "code 5"),
    ("ColumnError.outputs", ColumnError.outputs("due", ["due_at"]), "outputs='due'"),
    ("ColumnError.out", ColumnError.out([0], ["due_at"]), "'list'"),
    ("ColumnError.room", ColumnError.room("due_at", [0], 1, ["int64"]), "'list'"),
    ("ColumnError.shared", ColumnError.shared("due_at"), "'due_at'"),
    ("ColumnError.on_error", ColumnError.on_error("skip"), "on_error='skip'"),
    ("ColumnError.threads", ColumnError.threads(0), "threads=0"),
    ("ColumnError.no_line", ColumnError.no_line(), "line=None"),
    ("ColumnError.own_line", ColumnError.own_line(), "which has its own"),
    (
        "InstantError.local",
        InstantError.local("sent", "2026-03-08 02:30:00", "America/New_York", twice=False),
        "sent=2026-03-08 02:30:00",
    ),
    ("InstantOutOfRangeError.far", InstantOutOfRangeError.far("at", AT, 1, 2), "at=2026"),
    ("InstantOutOfRangeError.nanoseconds", InstantOutOfRangeError.nanoseconds("at", AT), "at=2026"),
    ("NaiveInstantError.of_column", NaiveInstantError.of_column("submitted"), "submitted is"),
    ("NotAModelError.clock", NotAModelError.clock("office"), "'office'"),
    ("UnitError.of_column", UnitError.of_column("ps", ["s"]), "'ps'"),
    ("UnitError.offset", UnitError.offset("s", "UTC+00:00:00.5"), "'UTC+00:00:00.5'"),
    ("UnitError.other", UnitError.other("us", "s"), "'us'"),
    ("YearsNotCoveredError.in_table", YearsNotCoveredError.in_table(2026, 2027), "2026 to 2027"),
    ("ColumnError.missing", ColumnError.missing("dept", ["a", "b"]), "'dept'"),
    ("ColumnError.twice", ColumnError.twice("a"), "'a'"),
    ("ColumnError.exists", ColumnError.exists("due_at"), "'due_at' already"),
    ("ColumnError.no_value", ColumnError.no_value("priority", 3), "priority=3"),
    ("ColumnError.names", ColumnError.names({"due": "x"}, ["due_at"]), "names={'due': 'x'}"),
    ("ColumnError.frame", ColumnError.frame({}), "builtins.dict"),
    ("ColumnError.suffix", ColumnError.suffix("source", "a.xlsx"), "source='a.xlsx'"),
    (
        "ColumnError.unreadable",
        ColumnError.unreadable("a.csv", ValueError("Expected 2; got 1.")),
        "'a.csv' cannot be read or written (Expected 2, got 1)",
    ),
    ("ColumnError.batch_rows", ColumnError.batch_rows(0), "batch_rows=0"),
    ("InstantError.not_local", InstantError.not_local("at", "soon"), "at='soon'"),
    (
        "NaiveInstantError.of_source",
        NaiveInstantError.of_source("at", "x"),
        "timezone='Europe/Paris'",
    ),
    ("LogError.two_tickets", LogError.two_tickets("A", "B"), "is not the ticket that 'A' is"),
    ("NotAnInstantError.missing", NotAnInstantError.missing("at", None), "at=None"),
    ("NotAnInstantError.count", NotAnInstantError.count("at", "x"), "at='x'"),
    ("NotAnInstantError.years", NotAnInstantError.years(2026), "years=2026 is no"),
    (
        "NotAnInstantError.date",
        NotAnInstantError.date("as_of", "now"),
        "as_of='now' is of type str",
    ),
    ("NotAnInstantError.spans", NotAnInstantError.spans([3]), "spans=[3] are no"),
    ("NotAModelError.table", NotAModelError.table(3), "table is no AnswerTable: 3"),
    ("NotAModelError.week", NotAModelError.week("Mo"), "'Mo' is of type str"),
    (
        "InstantOutOfRangeError.not_compiled",
        InstantOutOfRangeError.not_compiled("submitted", AT, 2024, 2025),
        "years=(2024, 2025)",
    ),
    ("InstantOutOfRangeError.row", InstantOutOfRangeError.row(9, 3), "place=9"),
    ("UnknownMetricError.of", UnknownMetricError.of("speed", ["first_response"]), "'speed'"),
    ("ShareError.of", ShareError.of("share", "much"), "share='much'"),
    ("UnitError.dump", UnitError.dump("no 'begins'"), "no 'begins'"),
    (
        "InstantOutOfRangeError.reversed",
        InstantOutOfRangeError.reversed(2027, 2026),
        "2027 to 2026",
    ),
    (
        "YearsNotCoveredError.disjoint",
        YearsNotCoveredError.disjoint("a", 2025, "b", 2020),
        "'a' begins with 2025",
    ),
    ("NotAnInstantError.of", NotAnInstantError.of("at", 3), "at is no instant: 3"),
    ("InstantError.unparseable", InstantError.unparseable("at", "soon"), "at='soon'"),
    (
        "InstantError.too_fine",
        InstantError.too_fine("at", "2026-01-01T00:00:00.0000001Z"),
        ".0000001Z",
    ),
    (
        "InstantError.order",
        InstantError.order("sent", AT, "now", "2025"),
        "now=2025 is before sent=",
    ),
    (
        "InstantError.zone",
        InstantError.zone("at", AT, RuntimeError("no data")),
        "at=datetime(2026-02-16 08:00:00) has a zone",
    ),
    (
        "InstantError.alone",
        InstantError.alone("answered_at", AT, "submitted_at"),
        "without submitted",
    ),
    ("NaiveInstantError.of", NaiveInstantError.of("at", "2026-01-01"), "at='2026-01-01'"),
    (
        "NaiveInstantError.of",
        NaiveInstantError.of("at", dt.datetime(2026, 1, 1)),
        "2026-01-01 00:00:00",
    ),
    (
        "NaiveInstantError.of",
        NaiveInstantError.of("at", OtherDatetime(2026, 1, 1)),
        "OtherDatetime(2026",
    ),
    (
        "InstantOutOfRangeError.of",
        InstantOutOfRangeError.of("at", AT, 3, 9997),
        "at=2026-02-16 08:00",
    ),
    (
        "InstantOutOfRangeError.unanswered",
        InstantOutOfRangeError.unanswered("2026-09-08", 1996, 2026),
        "answered_by='2026-09-08' is too early",
    ),
    ("InstantOutOfRangeError.span", InstantOutOfRangeError.span(3, 9000, 200), "3 to 9000"),
    ("ZoneError.of", ZoneError.of("EDT"), "'EDT'"),
    ("AmountError.of", AmountError.of("amount", 3600), "amount is no amount of time: 3600"),
    ("AmountError.days", AmountError.days("wait_days", 0), "wait_days=0 is no number"),
    ("NotAModelError.steps", NotAModelError.steps("{}"), "steps are no list: '{}' is of type str"),
    (
        "NotAModelError.submissions",
        NotAModelError.submissions(5),
        "submissions are no list: 5 is of type int",
    ),
    (
        "NotAModelError.submission",
        NotAModelError.submission("submissions[3]", 5),
        "submissions[3] is no submission: 5 is of type int",
    ),
    (
        "NotAModelError.submission_keys",
        NotAModelError.submission_keys("submissions[3]", ["sent"]),
        "submissions[3] has the keys 'sent'",
    ),
    (
        "UnknownLanguageError.of",
        UnknownLanguageError.of("fr", ["en", "vi"]),
        "'fr' is not one of those there are; use one of 'en', 'vi'",
    ),
    ("NotAModelError.policy", NotAModelError.policy("azdigi"), "'azdigi' is of type str"),
    ("NotAModelError.schedule", NotAModelError.schedule("24/7"), "'24/7' is of type str"),
    ("NotAModelError.calendars", NotAModelError.calendars("x" * 99), "'xxx"),
    (
        "YearsNotCoveredError.answer_beyond",
        YearsNotCoveredError.answer_beyond("tet", 2027, 2020, 2026),
        "in year 2027",
    ),
    ("UnitError.unknown", UnitError.unknown("h", ["s", "ms"]), "'h'"),
    ("UnitError.too_coarse", UnitError.too_coarse("s", "1.5s"), "1.5s"),
    ("UnitError.format", UnitError.format("2.0", "1.0"), "2.0"),
    ("NeverOpensError.of", NeverOpensError.of(Schedule("off")), "'off'"),
    (
        "YearsNotCoveredError.of",
        YearsNotCoveredError.of("tet", 2031, 2020, 2030),
        "past the last covered year 2030",
    ),
    (
        "YearsNotCoveredError.of",
        YearsNotCoveredError.of("tet", 2019, 2020, 2030),
        "before the first covered year 2020",
    ),
    ("UnknownDepartmentError.of", UnknownDepartmentError.of("sales", ["desk"]), "'sales'"),
    ("UnknownDepartmentError.of", UnknownDepartmentError.of("sales", []), "none"),
    ("UnknownChannelError.of", UnknownChannelError.of("desk", "fax", ["ticket"], None), "'fax'"),
    (
        "UnknownChannelError.of",
        UnknownChannelError.of("desk", "fax", ["ticket"], "Write."),
        "(its advice: Write)",
    ),
    ("UnknownPriorityError.of", UnknownPriorityError.of("top", ["low", "high"]), "'low', 'high'"),
    ("UnknownPriorityError.of", UnknownPriorityError.of("top", []), "none is declared"),
    (
        "NoTargetError.of",
        NoTargetError.of("desk/chat", AT),
        "it opens at 2026-02-16 08:00:00+07:00",
    ),
    ("NoTargetError.of", NoTargetError.of("desk/chat", None), "it opens no more"),
    (
        "NoTargetError.of",
        NoTargetError.of("desk/phone", AT, unanswered_for="5h"),
        "unanswered for 5h",
    ),
    ("NoTargetError.of", NoTargetError.of("desk/chat", AT, advice="Write."), "(its advice: Write)"),
    (
        "NoTargetError.for_request",
        NoTargetError.for_request("desk/ticket", None, {}, ["low"], AT),
        "None",
    ),
    (
        "NoTargetError.for_request",
        NoTargetError.for_request(
            "desk/ticket", "low", {"plan": "gold"}, [], AT, missing=["impact"]
        ),
        "priority 'low', plan 'gold'; add a rule without 'when', or pass its attributes 'impact'",
    ),
    ("UnknownAttributeError.of", UnknownAttributeError.of("plam", ["plan"]), "'plan'"),
    ("UnknownAttributeError.of", UnknownAttributeError.of("plan", []), "none is declared"),
    ("UnknownAttributeError.value", UnknownAttributeError.value("plan", 5, ["gold"]), "'gold'"),
    ("UnknownRuleError.of", UnknownRuleError.of("a", "desk/ticket", ["b"]), "'b'"),
    ("UnknownRuleError.of", UnknownRuleError.of("a", "desk/chat", []), "the line has none"),
    ("NotAModelError.attributes", NotAModelError.attributes("gold"), "attributes={'plan': 'gold'}"),
    ("NotAModelError.status", NotAModelError.status("open"), "'open' is of type str"),
    ("NotAModelError.kept", NotAModelError.kept("{}"), "'{}' is of type str"),
    (
        "NoTargetError.of",
        NoTargetError.of("desk/ticket", AT, metric="resolution"),
        "no published target for resolution",
    ),
    # tickets over time
    ("UnknownStatusError.of", UnknownStatusError.of("opn", ["open", "held"]), "'open', 'held'"),
    ("UnknownStatusError.of", UnknownStatusError.of("opn", []), "declare it under 'statuses'"),
    ("LogError.no_log", LogError.no_log({}), "{} is of type dict"),
    ("LogError.no_events", LogError.no_events("x"), "events='x'"),
    ("LogError.no_mapping", LogError.no_mapping("the log", 5), "5 is of type int"),
    ("LogError.no_json", LogError.no_json("x" * 300), "x..."),
    ("LogError.key", LogError.key("bye", "an event 'replied'", "did you mean 'by'?"), "'bye'"),
    ("LogError.missing", LogError.missing("to", "the event 'status'", "a status"), "no 'to'"),
    ("LogError.value", LogError.value("by", "bot", "by = 'agent'"), "by='bot'"),
    ("LogError.kind", LogError.kind("reply", "did you mean 'replied'?"), "kind='reply'"),
    ("LogError.half_a_line", LogError.half_a_line("desk", None), "'desk' and channel=None"),
    ("LogError.no_submission", LogError.no_submission(), "'submitted'"),
    (
        "LogError.second_submission",
        LogError.second_submission("events[0]", "events[2]"),
        "events[2] is a second submission beside events[0]",
    ),
    (
        "LogError.before_submission",
        LogError.before_submission("events[0]", "events[1]"),
        "events[0] comes before events[1]",
    ),
    (
        "LogError.not_paused",
        LogError.not_paused("events[1]", "held", None),
        "no event before it began it",
    ),
    (
        "LogError.not_paused",
        LogError.not_paused("events[3]", "held", "events[2]"),
        "'held', but events[2] ended it",
    ),
    ("LogError.one_id", LogError.one_id("events[0]", "events[1]", "e1"), "'e1'"),
    ("LogError.internal", LogError.internal("desk/team", "events[0]"), "'desk/team' is internal"),
    (
        "LogError.not_internal",
        LogError.not_internal("desk/ticket", "events[1]"),
        "'desk/ticket' is not internal",
    ),
    (
        "LogError.pauses_unknown",
        LogError.pauses_unknown("desk/ticket", "default", ["held"]),
        "pauses on 'held'",
    ),
    ("LogError.history", LogError.history(5), "versions=5"),
    ("LogError.version", LogError.version(("x",)), "a policy: ('x',)"),
    ("LogError.second_version", LogError.second_version(AT), "2026-02-16T08:00:00+07:00"),
    (
        "LogError.no_version",
        LogError.no_version(AT, AT.replace(year=2027)),
        "2026-02-16T08:00:00+07:00, the first one begins at 2027",
    ),
    (
        "CounterexampleError.of",
        CounterexampleError.of("due 17:00, but yours says 18:00", "why", "ask()", always=True),
        "yours says 18:00; here is why:\nwhy\nTo ask again: ask()",
    ),
    (
        "PolicyError.of",
        PolicyError.of("desk.toml", [Finding("a.b", "slug", "it is wrong; mend it")]),
        "'desk.toml'",
    ),
]
MADE_IDS = [f"{name}-{at}" for at, (name, _, _) in enumerate(MADE)]
every_made = pytest.mark.parametrize(("error", "shown"), [row[1:] for row in MADE], ids=MADE_IDS)


def of_line(**changes: Any) -> Policy:
    return policy(channel=channel_data(**changes))


DAY = {"within": "1 business day", "by": "close"}
AROUND = {"counted_in": "calendar_time"}


def in_days(**changes: Any) -> Target:
    """Return a promise of one business day, changed so; None drops a key."""
    return Target(**{key: value for key, value in (DAY | changes).items() if value is not None})


def asking(attribute: str, *values: str) -> dict[str, Any]:
    return rule_data(when={"attributes": {attribute: list(values)}})


def season(first: str, last: str) -> Season:
    return Season(from_=first, to=last, schedule="b")


AFTER_TICKET = {"channel": "ticket", "unanswered_for": "5h"}


def with_team(**changes: Any) -> dict[str, Any]:
    team = channel_data(internal=True, **changes)
    return {"desk": {"channels": {"ticket": channel_data(), "team": team}}}


def served_by(asked: str, department: str) -> dict[str, Any]:
    requires = {"channel": asked, "departments": [department], "unanswered_for": "5h"}
    phone = channel_data(requires=requires)
    return {
        "desk": {"channels": {"ticket": channel_data(), "phone": phone}},
        "shop": {"channels": {"ticket": channel_data()}},
    }


REFUSED: list[tuple[str, Callable[[], object], str]] = [
    # durations
    ("duration_negative", lambda: target(within="-3h"), "'-3h'"),
    ("duration_negative", lambda: target(within=dt.timedelta(-1)), "-1 day"),
    ("duration_without_unit", lambda: target(within=3), "duration 3 "),
    ("duration_without_unit", lambda: target(within="3"), "'3'"),
    ("duration_ambiguous", lambda: target(within="1d"), "'1d'"),
    (
        "duration_too_fine",
        lambda: target(within=type("Fine", (dt.timedelta,), {"nanoseconds": 1})(hours=1)),
        "1:00:00",
    ),
    ("duration_too_long", lambda: target(within="9" * 30 + "h"), "999h'"),
    ("duration_invalid", lambda: target(within="soon"), "'soon'"),
    ("duration_invalid", lambda: target(within=[]), "[]"),
    # recurring days, festivals and feeds
    ("on_invalid", lambda: Recurring(name="x", on="02-30"), "'02-30'"),
    ("rrule_invalid", lambda: Recurring(name="x", rrule="FREQ=SOMETIMES"), "SOMETIMES"),
    ("rrule_unsupported", lambda: Recurring(name="x", rrule="FREQ=HOURLY"), "HOURLY"),
    ("recurring_ambiguous", lambda: Recurring(name="x"), "'x'"),
    ("start_missing", lambda: Recurring(name="x", rrule="FREQ=DAILY;COUNT=3"), "COUNT=3"),
    (
        "dates_reversed",
        lambda: Recurring(name="x", on="05-05", start="2026-05-05", until="2026-05-04"),
        "2026-05-04",
    ),
    ("days_invalid", lambda: Festival(name="tet", days=(4, -1)), "[4, -1]"),
    ("festival_unknown", lambda: Festival(name="tett"), "'tett'"),
    ("years_missing", lambda: HolidayCalendar(recurring=[{"name": "x", "on": "05-05"}]), "[2025"),
    (
        "recurring_never",
        lambda: calendar(recurring=[{"name": "leap", "on": "02-29"}]),
        "'leap' never comes in 2026 to 2026",
    ),
    (
        "closures_overlap",
        lambda: calendar(day_data(closed="08:00-10:00"), day_data(closed="09:00-11:00")),
        "08:00-10:00 and 09:00-11:00",
    ),
    ("feed_missing", lambda: calendar(day_data(), timezone="UTC"), "'timezone'"),
    ("subdivision_unknown", lambda: HolidayCalendar(country="DE", subdivision="XX"), "'XX'"),
    ("category_unknown", lambda: HolidayCalendar(country="VN", categories=["tea"]), "'tea'"),
    (
        "moved_nothing",
        lambda: HolidayCalendar(country="VN", moved=[{"date": "2026-01-05", "to": "2026-01-06"}]),
        "2026-01-05",
    ),
    (
        "requires_itself",
        lambda: policy(
            channel=channel_data(requires={"channel": "ticket", "unanswered_for": "1h"})
        ),
        "'ticket'",
    ),
    # schedules
    ("schedule_invalid", lambda: Schedule(3), "hours 3 "),  # type: ignore[arg-type]
    ("notation_invalid", lambda: Schedule(""), "''"),
    ("notation_invalid", lambda: Schedule("Mo 9"), "'9'"),
    ("weekday_unknown", lambda: Schedule("Mo nine"), "'Mo nine'"),
    ("notation_invalid", lambda: Schedule({"Mo": 3}), "hours 3 of Mo"),  # type: ignore[dict-item]
    ("notation_invalid", lambda: special_day(open=3), "hours 3 "),
    ("notation_unsupported", lambda: Schedule("PH off"), "'PH off'"),
    ("weekday_unknown", lambda: Schedule({"Mon": "off"}), "'Mon'"),
    ("weekday_unknown", lambda: special_day(works_as="Mon"), "'Mon'"),
    ("weekday_repeated", lambda: Schedule("Mo,Mo off"), "'Mo,Mo'"),
    ("weekday_repeated", lambda: Schedule({"Mo": "off", "Mo-Tu": "off"}), "'Mo-Tu'"),
    ("clock_time_invalid", lambda: Schedule("Mo 08:60-09:00"), "'08:60'"),
    ("hours_start_late", lambda: Schedule("Mo 24:00-26:00"), "24:00-"),
    ("hours_empty", lambda: Schedule("Mo 08:00-08:00"), "08:00-08:00"),
    ("hours_empty", lambda: special_day(closed="off"), "'off'"),
    ("hours_overlap", lambda: Schedule("Mo 08:00-12:00,11:00-13:00"), "11:00-13:00"),
    ("hours_overlap", lambda: Schedule("Mo 22:00-06:00; Tu 05:00-07:00"), "05:00-07:00"),
    # calendars
    ("date_not_real", lambda: special_day("2026-02-30"), "'2026-02-30'"),
    ("date_out_of_range", lambda: special_day("9999-12-31"), "9999-12-31"),
    ("map_empty", lambda: Policy(name="empty", timezone="UTC", departments={}), "{}"),
    ("date_invalid", lambda: special_day("soon"), "'soon'"),
    ("name_empty", lambda: special_day(name=" "), "' '"),
    ("hours_missing", lambda: special_day(by_rule=True), "2026-05-05"),
    ("special_day_ambiguous", lambda: special_day(open="08:00-09:00", works_as="Mo"), "2026-05-05"),
    ("bool_type", lambda: HolidayCalendar(country="VN", swaps="yes"), "'yes'"),
    ("years_invalid", lambda: HolidayCalendar(years=(2027, 2026)), "[2027, 2026]"),
    (
        "years_not_covered",
        lambda: HolidayCalendar(country="VN", years=(1800, 2026)),
        "[1800, 2026]",
    ),
    ("calendar_empty", HolidayCalendar, "no country, no days and no years"),
    ("country_missing", lambda: HolidayCalendar(years=(2026, 2026), language="vi"), "'vi'"),
    ("country_unknown", lambda: HolidayCalendar(country="XX"), "'XX'"),
    ("language_unknown", lambda: HolidayCalendar(country="VN", language="xx"), "'xx'"),
    ("rest_days_useless", lambda: HolidayCalendar(country="DE", rest_days=("Su",)), "DE"),
    (
        "date_repeated",
        lambda: HolidayCalendar(**calendar_data(day_data(), day_data())),
        "2026-05-05",
    ),
    (
        "date_not_covered",
        lambda: HolidayCalendar(**calendar_data(day_data("2027-01-01"))),
        "2027-01-01",
    ),
    (
        "removed_nothing",
        lambda: HolidayCalendar(**calendar_data(removed=["2026-01-01"])),
        "2026-01-01",
    ),
    # policies
    ("zone_unknown", lambda: policy(timezone="EDT"), "'EDT'"),
    ("name_empty", lambda: policy(version=" "), "' '"),
    ("text_broken", lambda: policy(name="half \ud800"), "text 'half ' goes on"),
    ("name_empty", lambda: policy(name=""), "''"),
    ("list_expected", lambda: policy(priorities="low"), "'low'"),
    ("name_repeated", lambda: policy(priorities=["low", "low"]), "'low'"),
    ("name_repeated", lambda: policy(when("Su", name="a"), when("Mo", name="a")), "'a'"),
    ("list_empty", lambda: policy(rule_data(when={"days": []})), "[]"),
    ("when_empty", lambda: policy(rule_data(when={})), "{}"),
    ("earliest_after_within", lambda: target(earliest="2h"), "2:00:00"),
    ("text_empty", lambda: of_line(label={"en": ""}), "'en'"),
    ("schedule_undefined", lambda: of_line(hours={"schedule": "night"}), "'night'"),
    (
        "calendar_undefined",
        lambda: of_line(hours={"schedule": "office", "observes": ["tet"]}),
        "'tet'",
    ),
    ("day_undefined", lambda: policy(when("tet")), "'tet'"),
    ("priority_undefined", lambda: policy(when(priority=("top",))), "'top'"),
    (
        "channel_undefined",
        lambda: of_line(requires={"channel": "fax", "unanswered_for": "1h"}),
        "'fax'",
    ),
    ("channel_undefined", lambda: policy(departments=served_by("fax", "shop")), "'shop'"),
    ("department_undefined", lambda: policy(departments=served_by("ticket", "lab")), "'lab'"),
    ("name_taken", lambda: policy(calendars={"Su": {"country": "VN"}}), "'Su'"),
    ("rule_unreachable", lambda: policy(rule_data(), rule_data(name="late")), "'late'"),
    ("line_never_opens", lambda: policy(schedules={"office": "off"}), "'off'"),
    (
        "years_disjoint",
        lambda: policy(
            channel=channel_data(hours={"schedule": "office", "observes": ["a", "b"]}),
            calendars={"a": {"years": [2026, 2026]}, "b": {"years": [2027, 2027]}},
        ),
        "'a' 2026-2026, 'b' 2027-2027",
    ),
    # promises in business days
    ("business_days_invalid", lambda: target(within="1.5 business days"), "'1.5 business days'"),
    ("business_days_invalid", lambda: target(within="4000 business days"), "3650"),
    ("business_days_in_calendar_time", lambda: in_days(counted_in="calendar_time"), "1 business"),
    ("earliest_with_business_days", lambda: in_days(earliest="1h"), "'1 business day'"),
    ("by_missing", lambda: in_days(by=None), "within = '8h'"),
    ("by_invalid", lambda: in_days(by="closing"), "'closing'"),
    ("clock_time_invalid", lambda: in_days(by=16), "16"),
    ("clock_time_invalid", lambda: in_days(by="25:00"), "'25:00'"),
    ("cutoff_missing", lambda: in_days(within="0 business days"), "'0 business days'"),
    (
        "by_before_cutoff",
        lambda: in_days(within="0 business days", by="09:00", cutoff="10:00"),
        "'09:00'",
    ),
    ("days_missing", lambda: target(by="close"), "'1h'"),
    ("hours_unused", lambda: target(**AROUND, hours={"schedule": "office"}), "calendar_time"),
    ("by_outside_hours", lambda: policy({**DAY, "by": "18:00"}), "'18:00'"),
    ("cutoff_after_closing", lambda: policy({**DAY, "cutoff": "18:00"}), "'18:00'"),
    # conditions, attributes and shared rules
    ("time_invalid", lambda: policy(rule_data(when={"time": "22:00-06:00"})), "'22:00-06:00'"),
    ("time_invalid", lambda: policy(rule_data(when={"time": "off"})), "'off'"),
    ("time_invalid", lambda: policy(rule_data(when={"time": "noon"})), "'noon'"),
    ("time_invalid", lambda: policy(rule_data(when={"time": 9})), "9"),
    ("attribute_undefined", lambda: policy(asking("plan", "gold")), "'plan'"),
    (
        "value_undefined",
        lambda: policy(asking("plan", "gld"), attributes={"plan": ["gold"]}),
        "'gold'",
    ),
    (
        "too_many_combinations",
        lambda: policy(
            *(asking(name, *map(str, range(65))) for name in ("a", "b")),
            attributes={name: [*map(str, range(65))] for name in ("a", "b")},
        ),
        "4225",
    ),
    ("list_undefined", lambda: of_line(first_response="slow"), "'slow'"),
    ("list_empty", lambda: policy(rules={"slow": []}), "[]"),
    ("rule_undefined", lambda: policy(labels={"rule": {"fast": {"en": "x"}}}), "'fast'"),
    ("text_empty", lambda: Accepted(code="a", at="b", reason=" "), "' '"),
    # the promises of tickets over time
    ("warning_invalid", lambda: WarnAt(at="soon"), "'soon'"),
    ("warning_invalid", lambda: target(warn_at=["1d before"]), "'1d'"),
    ("warning_invalid", lambda: target(warn_at=[75]), "75"),
    ("name_repeated", lambda: target(warn_at=["75 %", "75%"]), "'75 %'"),
    ("status_undefined", lambda: policy(rule_data(pauses_on=["held"])), "'held'"),
    ("status_undefined", lambda: policy(labels={"status": {"held": {"en": "x"}}}), "'held'"),
    (
        "earliest_misplaced",
        lambda: of_line(resolution=[rule_data(earliest="1h")]),
        "earliest means nothing to resolution",
    ),
    (
        "requires_internal",
        lambda: policy(departments=with_team(requires=AFTER_TICKET)),
        "line 'team' is internal",
    ),
    # seasons and hours on holidays
    ("season_invalid", lambda: season("07-01", "31.08."), "'31.08.'"),
    ("season_invalid", lambda: season("07-01", "2026-08-31"), "07-01 to 2026-08-31"),
    ("season_invalid", lambda: season("2026-09-01", "2026-08-31"), "2026-09-01"),
    (
        "seasons_overlap",
        lambda: Hours(schedule="a", seasons=[season("07-01", "08-31"), season("08-31", "09-30")]),
        "07-01 to 08-31 ('b') and 08-31 to 09-30 ('b')",
    ),
    (
        "seasons_too_many",
        lambda: Hours(
            schedule="a",
            seasons=[season(f"{year}-01-01", f"{year}-01-02") for year in range(1000, 1401)],
        ),
        "401",
    ),
    (
        "calendar_not_observed",
        lambda: Hours(schedule="a", on_holidays={"public": "b"}),
        "'public'",
    ),
    # every model
    ("key_unknown", lambda: policy(nam="x"), "'nam'"),
    ("key_missing", lambda: target(within="1h").model_validate({"within": "1h"}), "'counted_in'"),
    ("key_missing", lambda: policy(departments={"desk": {}}), "'channels'"),
    # what pydantic finds by itself, retold
    ("table_expected", lambda: Policy.model_validate(3), "3"),
    ("string_type", lambda: policy(name=3), "3"),
    ("dict_type", lambda: policy(departments=[]), "[]"),
    ("years_invalid", lambda: HolidayCalendar(years="2026"), "'2026'"),
    ("years_invalid", lambda: HolidayCalendar(years=[2026]), "[2026]"),
    ("option_unknown", lambda: policy(crossing="both"), "'both'"),
    ("int_type", lambda: HolidayCalendar(years=["x", 2026]), "'x'"),
    ("int_type", lambda: HolidayCalendar(years=[2026.5, 2027]), "2026.5"),
    ("missing", lambda: HolidayCalendar(festivals=[{"name": "tet", "days": [1]}]), "[1]"),
    ("too_long", lambda: HolidayCalendar(festivals=[{"name": "tet", "days": [1, 2, 3]}]), "3"),
]
REFUSED_IDS = [f"{slug}-{at}" for at, (slug, _, _) in enumerate(REFUSED)]


def bad_file(folder: Path, name: str, text: bytes) -> Path:
    path = folder / name
    path.write_bytes(text)
    return path


def large_file(folder: Path, name: str) -> Path:
    path = folder / name
    with path.open("wb") as file:
        file.truncate(2**24 + 1)  # takes no room on the disk
    return path


def file_with_feed(folder: Path, text: str) -> Path:
    (folder / "x.ics").write_text(text)
    return bad_file(folder, "a.toml", b"[calendars.x]\nfeed = 'x.ics'\nyears = [2026, 2026]\n")


FILES: list[tuple[str, Callable[[Path], Any], str]] = [
    ("source_invalid", lambda _: 3, "3 is"),
    ("policy_unknown", lambda _: "nowhere", "'nowhere'"),
    ("file_unreadable", lambda folder: folder / "none.toml", "none.toml"),
    ("file_not_utf8", lambda folder: bad_file(folder, "a.toml", b"\xff"), "byte 0"),
    ("file_too_large", lambda folder: large_file(folder, "a.toml"), "16 MiB"),
    ("ics_invalid", lambda folder: file_with_feed(folder, "no feed"), "x.ics"),
    ("toml_invalid", lambda folder: bad_file(folder, "a.toml", b"="), "Invalid"),
    ("json_invalid", lambda folder: bad_file(folder, "a.json", b"{"), "Expecting"),
    ("key_repeated", lambda folder: bad_file(folder, "a.json", b'{"a": 1, "a": 2}'), "'a'"),
]


def is_told_in_full(message: str, shown: str) -> None:
    """Check the three parts: what (lowercase), the value, and the way out after a semicolon."""
    what, semicolon, way_out = message.partition("; ")
    assert semicolon, message
    assert what[0].islower() or what[0] in "'[\"" or what[0].isdigit(), message
    assert way_out.split()[0][0].islower() or way_out.startswith("python-holidays"), message
    assert shown in message
    assert not message.removesuffix(", ...").endswith((".", ";", ",", " ")), message
    assert "!" not in message
    assert "\\u" not in message


@every_made
def test_the_message_of_an_error_has_its_three_parts(error: SupportSlaError, shown: str) -> None:
    is_told_in_full(str(error), shown)


@pytest.mark.parametrize(("slug", "make", "shown"), REFUSED, ids=REFUSED_IDS)
def test_the_message_of_a_fault_has_its_three_parts(
    slug: str, make: Callable[[], object], shown: str
) -> None:
    (found,) = faults(make)
    assert slug == found.slug
    is_told_in_full(found.message, shown)


@pytest.mark.parametrize(("code", "make", "shown"), FILES, ids=[code for code, _, _ in FILES])
def test_the_message_of_a_file_s_finding_has_its_three_parts(
    tmp_path: Path, code: str, make: Callable[[Path], Any], shown: str
) -> None:
    with pytest.raises(PolicyError) as caught:
        load_policy(make(tmp_path))
    (found,) = caught.value.findings
    assert code == found.code
    is_told_in_full(found.message, shown)


def slugs_in(tree: ast.AST, calls: dict[str, int]) -> set[str]:
    """Return the texts that stand as slugs in the calls of these functions."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in calls:
            slug = node.args[calls[node.func.id]]
            if isinstance(slug, ast.Constant) and isinstance(slug.value, str):
                found.add(slug.value)
    return found


def test_every_slug_of_the_library_stands_in_these_tables() -> None:
    written: set[str] = set()
    for path in Path(support_sla.__file__).parent.rglob("*.py"):
        if path.parent.name == "ics":  # their tests break feeds one by one
            continue
        tree = ast.parse(path.read_text("utf-8"))
        written |= slugs_in(tree, {"fault": 0, "detail": 0, "Finding": 1})
    assert set() == written - {slug for slug, _, _ in REFUSED} - {code for code, _, _ in FILES}


def test_every_error_of_the_library_stands_in_this_table() -> None:
    makers = {
        f"{name}.{method}"
        for name in errors.__all__
        for method, member in vars(getattr(errors, name)).items()
        if isinstance(member, classmethod)
    }
    assert makers == {name for name, _, _ in MADE}


@every_made
def test_an_error_pickles_with_its_message_and_attributes(
    error: SupportSlaError, shown: str
) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert type(error) is type(again)
    assert str(error) == str(again)
    assert vars(error) == vars(again)
    assert shown in str(again)


@pytest.mark.parametrize(
    ("error", "builtin"),
    [
        (NotAnInstantError, TypeError),
        (InstantError, ValueError),
        (NaiveInstantError, ValueError),
        (InstantOutOfRangeError, OverflowError),
        (ZoneError, ValueError),
        (AmountError, TypeError),
        (NotAModelError, TypeError),
        (UnitError, ValueError),
        (NeverOpensError, ValueError),
        (YearsNotCoveredError, LookupError),
        (UnknownDepartmentError, LookupError),
        (UnknownChannelError, LookupError),
        (UnknownPriorityError, LookupError),
        (UnknownLanguageError, LookupError),
        (UnknownStatusError, LookupError),
        (LogError, ValueError),
        (NoTargetError, LookupError),
        (PolicyError, ValueError),
    ],
)
def test_every_error_is_one_of_ours_and_the_natural_builtin(
    error: type[SupportSlaError], builtin: type[Exception]
) -> None:
    assert issubclass(error, SupportSlaError)
    assert issubclass(error, builtin)


def test_every_public_error_stands_in_its_module_s_list() -> None:
    classes = {name for name, each in vars(errors).items() if inspect.isclass(each)}
    ours = {name for name in classes if getattr(errors, name).__module__ == errors.__name__}
    assert ours == set(errors.__all__)
    assert ours <= set(support_sla.__all__)


def test_a_message_of_a_naive_datetime_names_the_argument() -> None:
    assert str(NaiveInstantError.of("now", dt.datetime(2026, 1, 1))).startswith("now=datetime(")


@pytest.mark.parametrize(("year", "edge"), [(2019, "2020"), (2031, "2030")])
def test_years_not_covered_holds_the_calendar_and_its_years(year: int, edge: str) -> None:
    error = YearsNotCoveredError.of("tet", year, 2020, 2030)
    assert ("tet", 2020, 2030) == (error.calendar, error.first, error.last)
    assert re.search(rf"year {year} .*covered year {edge}", str(error))


@pytest.mark.parametrize("opens_at", [AT, None], ids=["opens", "closed for ever"])
def test_no_target_holds_the_next_opening(opens_at: dt.datetime | None) -> None:
    assert opens_at == NoTargetError.of("desk/chat", opens_at).opens_at
    assert opens_at == NoTargetError.for_request("desk/chat", "low", {}, [], opens_at).opens_at


@pytest.mark.parametrize(
    ("finding", "text"),
    [
        (Finding("a.b", "slug", "wrong; mend it"), "a.b: wrong; mend it"),
        (Finding("", "slug", "wrong; mend it"), "wrong; mend it"),
        (Finding("", "slug", "wrong; mend it", 3), "line 3: wrong; mend it"),
        (Finding("a.b", "slug", "wrong; mend it", 3), "line 3, a.b: wrong; mend it"),
    ],
)
def test_a_finding_tells_its_place_first(finding: Finding, text: str) -> None:
    assert text == str(finding)


@pytest.mark.parametrize(
    ("count", "told"), [(1, "1 finding;"), (2, "2 findings;"), (3, "3 findings;")]
)
def test_a_policy_error_counts_its_findings(count: int, told: str) -> None:
    error = PolicyError.of(
        "desk", (Finding("a", "slug", f"wrong {at}; mend it") for at in range(count))
    )
    assert told in str(error)
    assert count == len(error.findings) == str(error).count("\n")


def test_names_are_listed_in_their_order() -> None:
    assert "'b', 'a'" == errors.listed(["b", "a"])
    assert "none" == errors.listed([])
