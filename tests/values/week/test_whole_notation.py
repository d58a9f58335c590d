"""What is told for each part of the whole notation, worked out by hand: weekly hours, and where the rest goes."""

from __future__ import annotations

import pytest

from builders import parser_fault
from support_sla.values.week import parse_week

HERE = "write 'Mo-Fr 08:00-17:00' here and "
RECURRING = "under a calendar that the line observes, beside its years, recurring = "
DAYS = "under a calendar that the line observes days = "
SEASONS = "in the line's hours seasons = "
HOLIDAYS = "let the line observe a calendar of the "
OF_HOLIDAYS = (
    ', with on_holidays = { CALENDAR = "holidays" } in its hours and '
    "holidays = \"Mo-Su 10:00-12:00\" under 'schedules'"
)


def told(text: str) -> str:
    """Return what is told to write instead of hours that use more than weekly ones."""
    said = parser_fault(lambda: parse_week(text)).message.partition(", which this notation leaves")
    return said[2].partition("out; ")[2]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Dec 25 off", f'{RECURRING}[{{ on = "12-25", name = "Dec 25" }}]'),
        ("dec 25 closed", f'{RECURRING}[{{ on = "12-25", name = "Dec 25" }}]'),
        ("Dec 1 off", f'{RECURRING}[{{ on = "12-01", name = "Dec 1" }}]'),
        ("Dec 31 off", f'{RECURRING}[{{ on = "12-31", name = "Dec 31" }}]'),
        ("Jan 1 off", f'{RECURRING}[{{ on = "01-01", name = "Jan 1" }}]'),
        ("Feb 29 off", f'{RECURRING}[{{ on = "02-29", name = "Feb 29" }}]'),
        ("Dec 24-26 off", f'{RECURRING}[{{ on = "12-24..12-26", name = "Dec 24-Dec 26" }}]'),
        ("Dec 24-Jan 02 off", f'{RECURRING}[{{ on = "12-24..01-02", name = "Dec 24-Jan 2" }}]'),
        ("Jul off", f'{RECURRING}[{{ on = "07-01..07-31", name = "Jul" }}]'),
        ("Jul 1-30 off", f'{RECURRING}[{{ on = "07-01..07-30", name = "Jul 1-Jul 30" }}]'),
        ("Jul 2-31 off", f'{RECURRING}[{{ on = "07-02..07-31", name = "Jul 2-Jul 31" }}]'),
        ("Jan off; Dec off", f'{RECURRING}[{{ on = "12-01..01-31", name = "Dec-Jan" }}]'),
        (
            "Jan off; Dec 1-30 off",
            (
                f'{RECURRING}[{{ on = "01-01..01-31", name = "Jan" }}, '
                '{ on = "12-01..12-30", name = "Dec 1-Dec 30" }]'
            ),
        ),
        (
            "Dec 24 08:00-12:00",
            f'{RECURRING}[{{ on = "12-24", name = "Dec 24", open = "08:00-12:00" }}]',
        ),
        (
            "Dec 24 Mo 08:00-12:00",
            (
                f'{SEASONS}[{{ from = "12-24", to = "12-24", schedule = "dec_24" }}], with '
                "dec_24 = \"Mo 08:00-12:00; Tu-Fr 08:00-17:00\" under 'schedules'"
            ),
        ),
        (
            "Dec 24-Jan 02 09:00-12:00",
            (
                f'{SEASONS}[{{ from = "12-24", to = "01-02", schedule = "dec_24_jan_2" }}], with '
                "dec_24_jan_2 = \"Mo-Su 09:00-12:00\" under 'schedules'"
            ),
        ),
        (
            "Jul-Aug Mo-Fr 09:00-12:00",
            (
                f'{SEASONS}[{{ from = "07-01", to = "08-31", schedule = "jul_aug" }}], with '
                "jul_aug = \"Mo-Fr 09:00-12:00\" under 'schedules'"
            ),
        ),
        (
            "Jul-Aug,Dec Mo-Fr 09:00-12:00",
            (
                f'{SEASONS}[{{ from = "07-01", to = "08-31", schedule = "jul_aug" }}, '
                '{ from = "12-01", to = "12-31", schedule = "jul_aug" }], with '
                "jul_aug = \"Mo-Fr 09:00-12:00\" under 'schedules'"
            ),
        ),
        (
            "Jul Mo-Fr 09:00-12:00; Aug 10:00-12:00",
            (
                f'{SEASONS}[{{ from = "07-01", to = "07-31", schedule = "jul" }}, '
                '{ from = "08-01", to = "08-31", schedule = "aug" }], with '
                'jul = "Mo-Fr 09:00-12:00" and aug = "Mo-Su 10:00-12:00" under \'schedules\''
            ),
        ),
        (
            "Jul 1-10 open",
            (
                f'{SEASONS}[{{ from = "07-01", to = "07-10", schedule = "jul_1_jul_10" }}], with '
                "jul_1_jul_10 = \"24/7\" under 'schedules'"
            ),
        ),
        (
            "Jul: 24/7",
            (
                f'{SEASONS}[{{ from = "07-01", to = "07-31", schedule = "jul" }}], with '
                "jul = \"24/7\" under 'schedules'"
            ),
        ),
        (
            "Jul Mo-Fr 08:00-17:00, Jul Mo 18:00-19:00",
            (
                f'{SEASONS}[{{ from = "07-01", to = "07-31", schedule = "jul" }}], with '
                "jul = \"Mo 08:00-17:00,18:00-19:00; Tu-Fr 08:00-17:00\" under 'schedules'"
            ),
        ),
        (
            "Jul Mo off; Dec 25 off",
            (
                f'{SEASONS}[{{ from = "07-01", to = "07-31", schedule = "jul" }}], with '
                f"jul = \"Tu-Fr 08:00-17:00\" under 'schedules' and "
                f'{RECURRING}[{{ on = "12-25", name = "Dec 25" }}]'
            ),
        ),
        (
            "Dec 24, Dec 31 off",
            (
                f'{RECURRING}[{{ on = "12-24", name = "Dec 24" }}, '
                '{ on = "12-31", name = "Dec 31" }]'
            ),
        ),
        (
            "Jan off; Jul off; Dec off",
            (
                f'{RECURRING}[{{ on = "12-01..01-31", name = "Dec-Jan" }}, '
                '{ on = "07-01..07-31", name = "Jul" }]'
            ),
        ),
        (
            "2027 Mar 29 off; 2027 Apr 5 09:00-12:00",
            (
                f'{DAYS}[{{ date = 2027-03-29, name = "a day" }}, '
                '{ date = 2027-04-05, name = "a day", open = "09:00-12:00" }]'
            ),
        ),
        ("PH off", f"{HOLIDAYS}public holidays, which closes them"),
        ("ph off", f"{HOLIDAYS}public holidays, which closes them"),
        ("SH off", f"{HOLIDAYS}school holidays, which closes them"),
        ("PH,SH off", f"{HOLIDAYS}public holidays and school holidays, which closes them"),
        ("PH 10:00-12:00", f"{HOLIDAYS}public holidays{OF_HOLIDAYS}"),
        ("PH, SH 10:00-12:00", f"{HOLIDAYS}public holidays and school holidays{OF_HOLIDAYS}"),
        (
            "Dec 25 off; PH off",
            (
                f'{RECURRING}[{{ on = "12-25", name = "Dec 25" }}] and '
                f"{HOLIDAYS}public holidays, which closes them"
            ),
        ),
        (
            "Sa[1] 09:00-12:00",
            (
                f'{RECURRING}[{{ rrule = "FREQ=MONTHLY;BYDAY=1SA", name = "Sa[1]", '
                'open = "09:00-12:00" }]'
            ),
        ),
        (
            "sa[1, 3] 09:00-12:00",
            (
                f'{RECURRING}[{{ rrule = "FREQ=MONTHLY;BYDAY=1SA,3SA", name = "sa[1, 3]", '
                'open = "09:00-12:00" }]'
            ),
        ),
        ("Fr[-1] off", f'{RECURRING}[{{ rrule = "FREQ=MONTHLY;BYDAY=-1FR", name = "Fr[-1]" }}]'),
        (
            "Fr[5] off; Mo[1] off",
            (
                f'{RECURRING}[{{ rrule = "FREQ=MONTHLY;BYDAY=5FR", name = "Fr[5]" }}, '
                '{ rrule = "FREQ=MONTHLY;BYDAY=1MO", name = "Mo[1]" }]'
            ),
        ),
        ("2027 Mar 29 off", f'{DAYS}[{{ date = 2027-03-29, name = "a day" }}]'),
        (
            "2027 mar 1, 2027 Dec 31 09:00-12:00",
            (
                f'{DAYS}[{{ date = 2027-03-01, name = "a day", open = "09:00-12:00" }}, '
                '{ date = 2027-12-31, name = "a day", open = "09:00-12:00" }]'
            ),
        ),
        ('"by bell"', "put the comment under the channel's advice"),
        (
            'PH off "ring"',
            (
                f"{HOLIDAYS}public holidays, which closes them and "
                "put the comment under the channel's advice"
            ),
        ),
    ],
)
def test_what_stands_beside_weekly_hours_is_told_its_key(text: str, rest: str) -> None:
    assert told(f"Mo-Fr 08:00-17:00; {text}") == HERE + rest


@pytest.mark.parametrize(
    ("text", "way_out"),
    [
        ("Jul Mo-Fr: 09:00-12:00; Mo-Fr 08:00-17:00", "write 'Mo-Fr 08:00-17:00' here"),
        (
            "Apr-Sep Mo-Su 10:00-18:00; Oct-Mar Mo-Fr 10:00-16:00",
            (
                f"write 'Mo-Fr 10:00-16:00' here and {SEASONS}"
                '[{ from = "04-01", to = "09-30", schedule = "apr_sep" }], with '
                "apr_sep = \"Mo-Su 10:00-18:00\" under 'schedules'"
            ),
        ),
        (
            "Mo-Su,PH 10:00-22:00",
            (
                "write 'Mo-Su 10:00-22:00' here and let the line observe no calendar of public "
                "holidays, which would close them"
            ),
        ),
        ("Mo-Fr 08:00-12:00 || Sa 10:00-11:00", "write 'Mo-Fr 08:00-12:00; Sa 10:00-11:00' here"),
    ],
)
def test_what_weekly_hours_can_hold_is_told_as_such(text: str, way_out: str) -> None:
    assert told(text) == way_out


@pytest.mark.parametrize(
    "rest",
    [
        "Feb 30 off",
        "Jan 0 off",
        "Jan 32 off",
        "2027 off",
        "2027 Mar off",
        "2027 Mar 29-30 off",
        "2027 Mar 29-Apr 2 off",
        "2027 Mar 29, Apr 5 off",
        "Mo[0] off",
        "Mo[6] off",
        "Mo[-2] off",
        "Mo[1],Tu off",
        "Jul PH off",
        "Jul Mo[1] off",
        "PH off; SH off",
        "PH off; 2027 Mar 29 off",
        "2027 Mar 29 off; Jul off",
        "Mo[1] off; Mo 09:00-10:00",
        "Mo-Fr 08:00-12:00, PH off",
        "Jul",
        "Jul Mo",
        "Jul off;",
        "Mo 08:00-12:00 || PH off",
        "Sa 09:00-10:00 || Sa 10:00-11:00",
    ],
)
def test_what_cannot_be_told_apart_with_certainty_is_told_in_general(rest: str) -> None:
    said = told(f"Mo-Fr 08:00-17:00; {rest}")
    assert "write 'Mo-Fr" not in said
    assert said
