"""How values show themselves: on one line, as a record, in a notebook; bounded for odd names too."""

from __future__ import annotations

import datetime as dt
import importlib
import pickle
import re
import sys
from functools import cache
from typing import Any

import pytest
from hypothesis import given

import support_sla
from builders import calendar_data, channel_data, day_data, policy, rule_data, when
from questions import AZDIGI, ask, deadlines, line
from support_sla import (
    AnswerTable,
    Clock,
    Comparison,
    ContactOptions,
    Deadline,
    HolidayCalendar,
    Policy,
    Schedule,
    SpecialDay,
    compare,
    compute_deadline,
    contact_options,
    load_policy,
)
from support_sla.values.one_line import (
    LINE,
    MOST_ROWS,
    RECORD,
    Part,
    Room,
    escaped,
    fitted,
    moment,
    on_one_line,
    parts_of,
)

SENT, NOW = "2026-02-14T10:00:00+07:00", "2026-02-14T14:00:00+07:00"
BILLING = ask(AZDIGI, "2026-02-14T16:30", department="billing")
TECHNICAL = ask(AZDIGI, "2026-02-15T22:10", department="technical")
FAIR = load_policy({**AZDIGI.model_dump(), "version": "fair", "crossing": "in_order"})
COMPARISON = compare(AZDIGI, FAIR, (2026, 2026))
OPTIONS = contact_options(AZDIGI, SENT, NOW, department="technical")
HOLIDAYS = AZDIGI.calendars["public_holidays"]
OFFICE = Schedule("Mo-Sa 08:00-17:00")


def table(made: Policy = AZDIGI, department: str = "technical", **names: Any) -> AnswerTable:
    asked = {"department": department, "first_year": 2026, "last_year": 2026, **names}
    return AnswerTable.of(made, **asked)


def clock(*calendars: HolidayCalendar, hours: Schedule = OFFICE) -> Clock:
    return Clock(hours, timezone="Asia/Ho_Chi_Minh", calendars=calendars)


# --- On one line ---


def test_a_deadline_is_its_line_its_instants_and_its_rule() -> None:
    assert (
        "billing/ticket sent Sat 2026-02-14 16:30+07:00, due Sat 2026-02-21 08:30+07:00 "
        "by 'next_business_hour'"
    ) == str(BILLING)


def test_a_deadline_says_its_earliest_instant_and_its_priority_where_it_has_them() -> None:
    assert (
        "technical/ticket sent Sun 2026-02-15 22:10+07:00, earliest Sun 2026-02-15 22:40+07:00, "
        "due Mon 2026-02-16 10:10+07:00 by 'relaxed_days'"
    ) == str(TECHNICAL)
    urgent = line(when(priority=("high",), name="fast"), rule_data(), priorities=["high"])
    said = str(ask(urgent, "2026-03-02T09:00", priority="high"))
    assert said.startswith("desk/ticket with priority 'high' sent Mon 2026-03-02 09:00+07:00, due")


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-03-02T09:00:00+07:00", "Mon 2026-03-02 09:00+07:00"),
        ("2026-03-03T09:00:01+00:00", "Tue 2026-03-03 09:00:01+00:00"),
        ("2026-03-04T09:00:00.000001+05:30", "Wed 2026-03-04 09:00:00.000001+05:30"),
        ("2026-03-05T00:00:00-03:30", "Thu 2026-03-05 00:00-03:30"),
        ("2026-03-06T00:00:00+07:06:30", "Fri 2026-03-06 00:00+07:06:30"),
    ],
)
def test_an_instant_has_its_weekday_its_offset_and_the_digits_it_needs(at: str, said: str) -> None:
    assert said == moment(dt.datetime.fromisoformat(at))


def test_a_policy_names_its_zone_departments_channels_and_calendars_with_their_years() -> None:
    first, last = HOLIDAYS.covered_years
    said = (
        "in Asia/Ho_Chi_Minh: billing (ticket, chat, phone), technical (ticket, chat); "
        f"calendar public_holidays {first}-{last}"
    )
    assert f"AZDIGI customer support {said}" == str(AZDIGI)
    assert f"AZDIGI customer support 'fair' {said}" == str(FAIR)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], "a desk in UTC: desk (ticket)"),
        (["a"], "a desk in UTC: desk (ticket); calendar a 2026"),
        (["a", "b"], "a desk in UTC: desk (ticket); calendars a 2026, b 2026"),
    ],
)
def test_a_policy_speaks_of_calendars_where_it_has_some(names: list[str], said: str) -> None:
    calendars = {name: calendar_data(day_data()) for name in names}
    assert said == str(policy(calendars=calendars, timezone="UTC"))


def test_a_calendar_says_what_it_is_made_of_and_for_which_years() -> None:
    made = HolidayCalendar(
        country="VN",
        festivals=({"name": "tet", "days": (-1, 4)},),
        removed=(dt.date(2026, 9, 2), dt.date(2026, 9, 1)),
        years=(2026, 2030),
    )
    assert "calendar of VN, 1 festival, 2 removed dates for 2026-2030" == str(made)
    assert "calendar of no days for 2026" == str(HolidayCalendar(years=(2026, 2026)))


def test_a_calendar_with_a_feed_says_so_without_its_text() -> None:
    event = "BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260505\r\nSUMMARY:off\r\nEND:VEVENT\r\n"
    feed = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{event}END:VCALENDAR\r\n"
    made = HolidayCalendar(feed=feed, country="VN", years=(2026, 2026))
    assert "calendar of VN, a feed for 2026" == str(made)
    assert "\n" not in repr(made)


def test_a_clock_is_its_hours_its_zone_and_the_years_its_calendars_know() -> None:
    one = HolidayCalendar(days=(day_data("2026-05-05"),), years=(2026, 2028))
    hours = "clock of Mo-Sa 08:00-17:00 in Asia/Ho_Chi_Minh"
    assert hours == str(clock())
    assert f"{hours}, with 1 calendar for 2026-2028" == str(clock(one))
    assert f"{hours}, with 2 calendars for 2026-2028" == str(clock(one, HOLIDAYS))


def test_an_answer_table_is_its_line_its_years_its_rows_and_its_rules() -> None:
    found = table()
    assert (
        f"technical/ticket, submissions of 2026 in Asia/Ho_Chi_Minh: {len(found)} rows "
        "by 'relaxed_days', 'ordinary_days'"
    ) == str(found)


def test_a_comparison_is_the_policies_and_how_much_differs() -> None:
    span = "from Thu 2026-01-01 00:00+07:00 to before Fri 2027-01-01 00:00+07:00"
    names = "'AZDIGI customer support' and 'AZDIGI customer support, fair'"
    assert f"{names} answer 56 spans of submissions differently {span}" == str(COMPARISON)
    same = compare(AZDIGI, AZDIGI, (2026, 2026))
    assert f"answer no submissions differently {span}" in str(same)


def test_contact_options_are_the_lines_and_from_when_each_may_be_used() -> None:
    assert (
        "technical/ticket sent Sat 2026-02-14 10:00+07:00, at Sat 2026-02-14 14:00+07:00: "
        "technical/ticket now, technical/chat now, billing/phone from Sat 2026-02-14 15:00+07:00"
    ) == str(OPTIONS)


def test_contact_options_without_a_ticket_name_the_department() -> None:
    found = contact_options(AZDIGI, None, NOW, department="technical")
    assert str(found).startswith("technical, at Sat 2026-02-14 14:00+07:00: technical/ticket now")
    assert str(found).endswith("billing/phone at no time known")


# --- As a record ---


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            BILLING,
            (
                "Deadline(department='billing', channel='ticket', "
                "submitted_at='2026-02-14T16:30:00+07:00', starts_at='2026-02-14T16:30:00+07:00', "
                "due_at='2026-02-21T08:30:00+07:00', target='next_business_hour')"
            ),
        ),
        (
            AZDIGI,
            (
                "Policy(name='AZDIGI customer support', timezone='Asia/Ho_Chi_Minh', "
                "crossing='submission', calendars={...1 calendar...}, schedules={...4 schedules...}, "
                "departments={...2 departments...})"
            ),
        ),
        (
            HOLIDAYS,
            "HolidayCalendar(country='VN', language='vi', rest_days=['Su'], swaps=False)",
        ),
        (
            clock(HOLIDAYS, HOLIDAYS),
            (
                "Clock(Schedule('Mo-Sa 08:00-17:00'), timezone='Asia/Ho_Chi_Minh', "
                "calendars=[...2 calendars...])"
            ),
        ),
        (
            COMPARISON,
            (
                "Comparison(old='AZDIGI customer support', new='AZDIGI customer support, fair', "
                "old_zone='Asia/Ho_Chi_Minh', new_zone='Asia/Ho_Chi_Minh', "
                "start='2026-01-01T00:00:00+07:00', end='2027-01-01T00:00:00+07:00', "
                "differences=[...56 differences...])"
            ),
        ),
        (
            OPTIONS,
            (
                "ContactOptions(department='technical', channel='ticket', "
                "submitted_at='2026-02-14T10:00:00+07:00', answered_at=None, "
                "now='2026-02-14T14:00:00+07:00', options=[...3 options...])"
            ),
        ),
    ],
    ids=lambda value: "" if isinstance(value, str) else type(value).__name__,
)
def test_a_repr_names_the_parts_and_counts_what_is_many(value: object, said: str) -> None:
    assert said == repr(value)


def test_the_repr_of_an_answer_table_counts_its_rows() -> None:
    assert "first_year=2026, last_year=2026, targets=['next_business_hour'], rows=[..." in repr(
        table(department="billing")
    )


def test_a_repr_shows_keys_as_they_were_written_and_no_default() -> None:
    made = policy(priorities=["low", "high"], version="3")
    assert "version='3'" in repr(made)
    assert "priorities=['low', 'high']" in repr(made)
    assert "crossing" not in repr(made)
    many = policy(priorities=[f"p{n}" for n in range(20)])
    assert "priorities=[...20 priorities...]" in repr(many)
    assert "calendars={}" in repr(policy(calendars={}))


# --- In a notebook ---


def rows(value: Any) -> list[str]:
    """Return the rows of what a notebook shows, its head and its line left out."""
    said: str = value._repr_markdown_()
    return [each for each in said.splitlines() if each.startswith("|")][2:]


VALUES = [BILLING, AZDIGI, table(), COMPARISON, OPTIONS]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_notebook_shows_the_line_in_bold_and_at_most_twelve_rows(value: Any) -> None:
    said = value._repr_markdown_()
    assert f"**{escaped(str(value))}**" == said.splitlines()[0]
    assert 0 < len(rows(value)) <= MOST_ROWS == 12


def test_a_notebook_shows_the_steps_of_a_deadline() -> None:
    assert len(BILLING.steps) == len(rows(BILLING))
    assert (
        "| Saturday 14 February 2026 at 16:30 | Saturday 14 February 2026 at 17:00 | 30 minutes |  "
        "| the line is open |"
    ) == rows(BILLING)[0]


def test_a_notebook_shows_no_table_for_an_answer_at_once() -> None:
    at_once = ask(line(rule_data(within="0m")), "2026-03-01T12:00")
    assert f"**{at_once}**\n" == at_once._repr_markdown_()


@pytest.mark.parametrize(("steps", "more"), [(11, None), (12, None), (13, 1)])
def test_a_notebook_says_how_many_more_there_are(steps: int, more: int | None) -> None:
    # Half an hour on each side of two nights, and closed days between them.
    closed = [day_data(f"2026-03-{3 + n:02d}", name=f"day {n}") for n in range(steps - 4)]
    found = ask(line(hours="Mo-Su 08:00-17:00", known=closed), "2026-03-02T16:30")
    said = found._repr_markdown_()
    assert (steps, min(steps, 12)) == (len(found.steps), len(rows(found)))
    assert ("more: " in said) == (more is not None)
    if more:
        assert said.endswith("\n\nand 1 more: to_markdown() lists them\n")


def test_a_notebook_shows_the_lines_of_a_policy_with_their_hours_and_promises() -> None:
    assert [
        r"| billing/ticket | Mo-Sa 08:00-17:00 | public\_holidays | next\_business\_hour: 1h of business time |",
        r"| billing/chat | Mo-Sa 00:00-24:00 | public\_holidays |  |",
        r"| billing/phone | Mo-Sa 09:00-17:00 | public\_holidays |  |",
        r"| technical/ticket | 24/7 |  | relaxed\_days: 12h of calendar time, ordinary\_days: 3h of calendar time |",
        r"| technical/chat | Mo-Sa 00:00-24:00 | public\_holidays |  |",
    ] == rows(AZDIGI)


def test_a_notebook_shows_the_first_rows_of_an_answer_table_and_how_to_see_the_rest() -> None:
    found = table()
    assert r"| Th 2026-01-01 00:00 | relaxed\_days | at once | +30m | +12h |" == rows(found)[0]
    assert f"and {len(found) - 12} more: describe() writes them" in found._repr_markdown_()
    short = table(policy(timezone="UTC", schedules={"office": "24/7"}), "desk")
    assert ["| Th 2026-01-01 00:00 | default | at once | - | +1h |"] == rows(short)


def test_a_notebook_shows_the_worst_differences_with_both_answers() -> None:
    assert (
        "| Thu 2026-01-01 15:00:00.000001+07:00 | Fri 2026-01-02 00:00+07:00 | technical/ticket "
        "| earlier by up to 8h59m59.999999s | Thu 2026-01-01 23:59:59.999999+07:00 "
        "| Fri 2026-01-02 03:00+07:00 | Fri 2026-01-02 11:59:59.999999+07:00 |"
    ) == rows(COMPARISON)[0]
    gone = load_policy(
        {**AZDIGI.model_dump(), "departments": {"technical": AZDIGI.departments["technical"]}}
    )
    (only,) = rows(compare(AZDIGI, gone, (2026, 2026)))
    assert "| billing/ticket | only_old".replace("_", r"\_") in only
    assert "| - | Fri 2026-01-02 09:00+07:00 |" in only


def test_a_notebook_shows_each_way_to_the_desk() -> None:
    assert [
        "| technical/ticket | open | Sat 2026-02-14 14:00+07:00 | - | now |",
        "| technical/chat | open | Sat 2026-02-14 14:00+07:00 | Sun 2026-02-15 00:00+07:00 | now |",
        (
            "| billing/phone | open | Sat 2026-02-14 14:00+07:00 | Sat 2026-02-14 17:00+07:00 "
            "| from Sat 2026-02-14 15:00+07:00 |"
        ),
    ] == rows(OPTIONS)
    shut = contact_options(AZDIGI, SENT, "2026-02-15T09:00:00+07:00", department="billing")
    assert "| billing/chat | closed | Sat 2026-02-21 00:00+07:00 |" in shut._repr_markdown_()


# --- Odd names, and very many of everything ---

ODD = [
    "x" * 400,
    "a\nb\r\n# c\u2028d\x85e",
    "a|b *c* _d_ `e` [f](g) <h> $i$ \\",
    "\x00" * 60,
    "Tết",
]


def odd(name: str, lines: int = 1) -> Policy:
    """Return a policy in which everything is called so, with this many departments."""
    channel = channel_data(
        when(name, priority=(name,), name=name, earliest="30m"),
        rule_data(name=f"{name}!"),
        hours={"schedule": name, "observes": [name]},
    )
    made = {f"{name}{n or ''}": {"channels": {name: channel}} for n in range(lines)}
    return policy(
        name=name,
        version=name,
        priorities=[name],
        calendars={name: calendar_data(day_data("2026-03-02", name=name))},
        schedules={name: "Mo,Fr 08:00-12:00,13:00-17:00; Sa 08:00-12:00"},
        departments=made,
    )


@cache
def everything(name: str, lines: int = 1) -> list[Any]:
    """Return one value of each kind that shows itself, made of such a policy."""
    made = odd(name, lines)
    sent, now = "2026-03-02T09:00:00.000001+07:00", "2026-03-02T10:00:00.000001+07:00"
    longer = {name: "Mo,Fr 08:00-12:00,13:00-17:00; Sa 08:00-12:30"}
    mapping = {**made.model_dump(), "name": f"{name}2", "schedules": longer}
    return [
        compute_deadline(made, sent, department=name, channel=name, priority=name),
        made,
        made.calendars[name],
        Clock.of(made, department=name, channel=name),
        table(made, name, channel=name, priority=name),
        compare(made, load_policy(mapping), (2026, 2026)),
        contact_options(made, sent, now, department=name, channel=name),
    ]


@pytest.mark.parametrize("lines", [1, MOST_ROWS + 1])
@pytest.mark.parametrize("name", ODD, ids=["long", "lines", "markup", "zeros", "plain"])
def test_whatever_a_policy_is_called_its_values_are_one_short_line(name: str, lines: int) -> None:
    for value in everything(name, lines):
        assert 1 == len(str(value).splitlines()) == len(repr(value).splitlines())
        assert 10 < len(str(value)) <= LINE == 200
        assert 10 < len(repr(value)) <= RECORD == 300
        assert repr(value).startswith(f"{type(value).__name__}(")


@pytest.mark.parametrize("name", ODD, ids=["long", "lines", "markup", "zeros", "plain"])
def test_whatever_a_policy_is_called_a_notebook_shows_a_whole_small_table(name: str) -> None:
    for value in everything(name, MOST_ROWS + 1):
        if isinstance(value, (Clock, HolidayCalendar)):
            continue
        said = value._repr_markdown_()
        assert len(said) < 12_000
        title, blank, *_ = said.splitlines()
        assert ("", True) == (blank, title.startswith("**"))
        plain = re.sub(r"\\.", "", said)
        found = [each for each in plain.splitlines() if each.startswith("|")]
        assert 1 == len({each.count("|") for each in found})
        assert not re.search(r"[_`<\[$#]", plain)


def test_a_list_ends_with_how_many_more_there_are() -> None:
    assert "desk39" not in str(odd("desk", 40))
    assert re.search(
        r"desk \(desk\), desk1 \(desk\), .* and 3\d more; calendar", str(odd("desk", 40))
    )


@cache
def with_days(count: int) -> Policy:
    """Return a desk that observes a calendar of this many days, up to its last."""
    last = dt.date(2175, 12, 31)
    dates = (last - dt.timedelta(days=n) for n in range(count))
    days = tuple(SpecialDay(date=date, name=f"day {date}", closed="00:00-01:00") for date in dates)
    channel = channel_data(hours={"schedule": "office", "observes": ["many"]})
    many = HolidayCalendar(days=days, years=(1900, 2175))
    return policy(channel=channel, calendars={"many": many})


def calls(made: Policy) -> int:
    """Return how many functions are called to show each value made of a policy."""
    values = [
        ask(made, "2150-03-02T09:00"),
        made,
        made.calendars["many"],
        Clock.of(made, department="desk"),
        AnswerTable.of(made, department="desk", first_year=2150, last_year=2150),
        compare(made, made, (2150, 2150)),
        contact_options(
            made, "2150-03-02T09:00:00+07:00", "2150-03-02T09:00:00+07:00", department="desk"
        ),
    ]
    found = 0

    def count(*_: object) -> None:
        nonlocal found
        found += 1

    sys.setprofile(count)
    try:
        said = [(str(value), repr(value)) for value in values]
    finally:
        sys.setprofile(None)
    assert len(values) == len(said)
    return found


@pytest.mark.parametrize("count", [10_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_showing_a_value_takes_no_longer_for_very_many_special_days(count: int) -> None:
    few, many = with_days(10), with_days(count)
    calls(few)  # what is shown first in a process loads what all others find
    assert calls(few) == calls(many)
    assert f"HolidayCalendar(years=[1900, 2175], days=[...{count} days...])" == repr(
        many.calendars["many"]
    )


def test_a_value_shows_itself_alike_after_pickling() -> None:
    for value in VALUES:
        again = pickle.loads(pickle.dumps(value))
        assert (str(value), repr(value)) == (str(again), repr(again))


@given(deadlines())
def test_every_deadline_shows_itself_on_one_line(deadline: Deadline) -> None:
    """What was sent and when it is due stand there, and the notebook has the same in bold."""
    assert 1 == len(str(deadline).splitlines()) == len(repr(deadline).splitlines())
    assert (len(str(deadline)) <= LINE, len(repr(deadline)) <= RECORD) == (True, True)
    assert f", due {moment(deadline.due_at)} by " in str(deadline)
    assert deadline._repr_markdown_().startswith(f"**{escaped(str(deadline))}**")


# --- The pieces ---


@pytest.mark.parametrize(
    ("text", "said"),
    [("a b\tc\n d", "a b c d"), ("a" * 9, "a" * 9), ("a" * 10, "a" * 10), ("a" * 11, "aaaaaaa...")],
)
def test_a_text_is_put_on_one_line_and_cut_to_the_width(text: str, said: str) -> None:
    assert said == on_one_line(text, 10)


def test_there_is_as_much_room_as_fits_and_the_end_is_cut_where_none_does() -> None:
    assert 0 == fitted(lambda room: "x" * room.width).count(".")
    assert 200 == len(fitted(lambda room: f"{room.width}" + "x" * 500))
    assert fitted(lambda room: f"{room.width} " + "y" * (room.width * 5)).startswith("24 y")


@pytest.mark.parametrize(("count", "said"), [(1, "0"), (2, "0, 1"), (3, "0, 1 and 1 more")])
def test_a_list_in_a_room_ends_at_the_most_entries(count: int, said: str) -> None:
    assert said == Room(10, 2).listed(range(count), str)


# --- What the package lists ---


def test_the_package_lists_its_public_names_and_no_others() -> None:
    assert sorted(support_sla.__all__) == dir(support_sla)


@pytest.mark.parametrize("room", ["answers", "calendars", "clock", "errors", "explain", "review"])
def test_the_rooms_are_still_there_by_their_names(room: str) -> None:
    assert importlib.import_module(f"support_sla.{room}") is getattr(support_sla, room)


def test_a_name_that_is_not_there_is_still_refused() -> None:
    assert not hasattr(support_sla, "no_such_name")
    assert isinstance(support_sla.__version__, str)


def test_each_value_that_shows_itself_is_tried_here() -> None:
    tried = {type(value) for value in everything("x")}
    assert {
        AnswerTable,
        Clock,
        Comparison,
        ContactOptions,
        Deadline,
        HolidayCalendar,
        Policy,
    } == tried


def test_a_record_of_more_parts_than_fit_still_names_each_of_them() -> None:
    many = [Part(f"key{n}", "x" * 50) for n in range(100)]
    assert [(f"key{n}", "xxx...") for n in range(100)] == [
        (key, str(said).strip("'")) for key, said in parts_of("Many", many)
    ]
