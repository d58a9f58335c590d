"""Hours of the whole `opening_hours` notation, split into a week and what belongs in a calendar.

Only for advice: a text with months, dates, holidays or n-th weekdays is read as the notation means
it, day by day through a leap year, and written again with the keys of a policy file.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from support_sla.values.week.notation import read_day, read_weekdays, split_rules
from support_sla.values.week.ranges import (
    WHOLE_DAY,
    Day,
    Week,
    check_day,
    check_week,
    format_day,
    format_week,
)

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = f"(?:{'|'.join(_MONTHS)})"
_YEAR = [dt.date(2000, 1, 1) + dt.timedelta(day) for day in range(366)]
_STARTS = [*(dt.date(2000, month, 1).timetuple().tm_yday - 1 for month in range(1, 13)), 366]
_MIDDLES = [start + 14 for start in _STARTS[:12]]
_LONGEST = 400
"""Characters of advice that is given; if more are needed, the general way out says it."""

_HOURS = re.compile(r"\b(?:24/7|[0-9]{1,2}:[0-9]{2}|off|closed|open)", re.IGNORECASE)
_WEEKDAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su)(?:\[[-0-9, ]+\])?"
_DAY = rf"(?:{_WEEKDAY}(?:\s*-\s*{_WEEKDAY})?|[PS]H)"
_DAYS = re.compile(rf"(.*?)(?:\b({_DAY}(?:\s*,\s*{_DAY})*))?\s*:?\s*", re.IGNORECASE | re.DOTALL)
_DATES = re.compile(
    rf"(?:(?P<year>[12][0-9]{{3}})\s+)?(?P<month>{_MONTH})(?:\s*(?P<day>[0-9]{{1,2}}))?"
    rf"(?:\s*-\s*(?P<month2>{_MONTH})?\s*(?P<day2>[0-9]{{1,2}})?)?",
    re.IGNORECASE,
)
_NTH = re.compile(r"(..)\[([1-5](?:\s*,\s*[1-5])*|-1)\]")


class UnclearError(Exception):
    """A text that cannot be split with certainty."""


@dataclass(slots=True)
class _Parts:
    """What a text says: hours by day of the year and weekday, and what is no part of that."""

    cells: dict[tuple[int, int], Day] = field(default_factory=dict)
    recurring: list[str] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    holidays: list[str] = field(default_factory=list)
    has_comment: bool = False


def split_out(text: str) -> str:
    """Return what to write as weekly hours and what elsewhere; raise `UnclearError` if in doubt."""
    parts = _Parts()
    plain = re.sub(r'"[^"]*"', "", text)
    parts.has_comment = plain != text
    for fallback in plain.split("||"):
        taken = set(parts.cells)
        for at, group in enumerate(fallback.split(";")):
            if group.strip():
                _read_group(parts, group, taken)
            elif not (at and parts.has_comment):
                raise UnclearError
    return _told(parts)


def _read_group(parts: _Parts, group: str, taken: set[tuple[int, int]]) -> None:
    """Read a rule and those that add to it, whose cells must not be `taken` by a fallback's first."""
    rule, adds = "", False
    for piece in split_rules(group.strip()):
        rule = f"{rule}, {piece}" if rule else piece
        if not (hours := _HOURS.search(rule)):
            continue  # a comma between dates, not between rules
        _read_rule(parts, rule[: hours.start()], rule[hours.start() :], taken, adds=adds)
        rule, adds = "", True
    if rule:
        raise UnclearError


def _read_rule(
    parts: _Parts, selector: str, hours: str, taken: set[tuple[int, int]], *, adds: bool
) -> None:
    match = _DAYS.fullmatch(selector)
    assert match is not None, "any text is some that names no day, and the days behind it"
    dates, days = match[1].strip().removesuffix(":").strip(), match[2] or ""
    ranges = _read_hours(hours)
    names = [name.strip() for name in days.split(",")] if "[" not in days else [days]
    holidays = [name.upper() for name in names if name.upper() in ("PH", "SH")]
    weekdays = ",".join(name for name in names if name.upper() not in ("PH", "SH"))
    special = holidays or "[" in days or re.match("[12][0-9]{3}", dates)
    if special and (adds or taken or parts.holidays or (dates and (holidays or days))):
        raise UnclearError
    if holidays:
        parts.holidays = [*holidays, format_day(ranges)]
    if re.match("[12][0-9]{3}", dates):
        parts.days += [_on_date(each, ranges) for each in re.split(r"\s*,\s*", dates)]
    elif "[" in weekdays:
        parts.recurring.append(_nth(weekdays, ranges))
    elif weekdays or not holidays:
        if (parts.recurring or parts.days) and not special:
            raise UnclearError  # it may replace some of those dates
        wds = read_weekdays(weekdays) if weekdays else tuple(range(7))
        _fill(parts, [(md, wd) for md in _month_days(dates) for wd in wds], ranges, taken, adds)


def _read_hours(hours: str) -> Day:
    said = re.sub(r"(?i)\s*\bopen$", "", hours.strip())
    return read_day(said, of="a day") if said else WHOLE_DAY


def _fill(
    parts: _Parts,
    cells: list[tuple[int, int]],
    ranges: Day,
    taken: set[tuple[int, int]],
    adds: bool,  # noqa: FBT001
) -> None:
    for cell in cells:
        if cell in taken:
            raise UnclearError
        kept = parts.cells.get(cell, ()) if adds and ranges else ()
        parts.cells[cell] = check_day([*kept, *ranges], of="a day") if kept else ranges


def _month_days(dates: str) -> list[int]:
    """Return the days of a leap year, from 0, that months and dates name; all if none is named."""
    if not dates:
        return list(range(366))
    found: set[int] = set()
    for each in re.split(r"\s*,\s*", dates):
        match = _DATES.fullmatch(each)
        if not match or match["year"]:
            raise UnclearError
        first, last = _place(match["month"], match["day"], first=True), None
        if match["month2"] or match["day2"]:
            last = _place(match["month2"] or match["month"], match["day2"], first=False)
        if last is None:
            last = _place(match["month"], match["day"], first=False)
        found |= set(
            range(first, last + 1) if first <= last else [*range(last + 1), *range(first, 366)]
        )
    return sorted(found)


def _place(month: str, day: str | None, *, first: bool) -> int:
    at = _MONTHS.index(month.capitalize())
    place = _STARTS[at] + int(day) - 1 if day else _STARTS[at] if first else _STARTS[at + 1] - 1
    if not _STARTS[at] <= place < _STARTS[at + 1]:
        raise UnclearError
    return place


def _on_date(written: str, ranges: Day) -> str:
    match = _DATES.fullmatch(written)
    if not match or not match["year"] or not match["day"] or match["month2"] or match["day2"]:
        raise UnclearError
    month = _MONTHS.index(match["month"].capitalize()) + 1
    return _entry(f"date = {match['year']}-{month:02d}-{int(match['day']):02d}", "a day", ranges)


def _nth(weekdays: str, ranges: Day) -> str:
    match = _NTH.fullmatch(weekdays.strip())
    if not match:
        raise UnclearError
    name = match[1].upper()
    by_day = ",".join(f"{number.strip()}{name}" for number in match[2].split(","))
    return _entry(f'rrule = "FREQ=MONTHLY;BYDAY={by_day}"', weekdays.strip(), ranges)


def _entry(when: str, name: str, ranges: Day) -> str:
    hours = f', open = "{format_day(ranges)}"' if ranges else ""
    return f'{{ {when}, name = "{name}"{hours} }}'


def _told(parts: _Parts) -> str:
    """Return the advice that is shortest, taking the hours of one day of the year for the week's."""
    told = (_told_with(parts, _week_of(parts.cells, md)) for md in _MIDDLES)
    advice = min(told, key=len)
    if len(advice) > _LONGEST:
        raise UnclearError
    return advice


def _told_with(parts: _Parts, week: Week) -> str:
    seasons, rest = _seasons(parts.cells, week)
    recurring = [*rest, *parts.recurring]
    said = [f"write {format_week(week)!r} here"]
    if seasons:
        spans = ", ".join(
            f'{{ from = "{first}", to = "{last}", schedule = "{name}" }}'
            for (first, last), name in seasons.items()
        )
        weeks = {
            name: _week_of(parts.cells, _place_of(first)) for (first, _), name in seasons.items()
        }
        written = " and ".join(f'{name} = "{format_week(each)}"' for name, each in weeks.items())
        said.append(
            f"and in the line's hours seasons = [{spans}], with {written} under 'schedules'"
        )
    if recurring:
        told = "and under a calendar that the line observes, beside its years, "
        said.append(f"{told}recurring = [{', '.join(recurring)}]")
    if parts.days:
        said.append(f"and under a calendar that the line observes days = [{', '.join(parts.days)}]")
    if parts.holidays:
        said.append(_of_holidays(parts.holidays, week))
    if parts.has_comment:
        said.append("and put the comment under the channel's advice")
    return " ".join(said)


def _of_holidays(holidays: list[str], week: Week) -> str:
    *kinds, hours = holidays
    which = " and ".join({"PH": "public holidays", "SH": "school holidays"}[kind] for kind in kinds)
    if hours == "off":
        return f"and let the line observe a calendar of the {which}, which closes them"
    if all(format_day(day) == hours for day in week):
        return f"and let the line observe no calendar of {which}, which would close them"
    return (
        f"and let the line observe a calendar of the {which}, with on_holidays = "
        f'{{ CALENDAR = "holidays" }} in its hours and holidays = "Mo-Su {hours}" under \'schedules\''
    )


def _week_of(cells: dict[tuple[int, int], Day], md: int) -> Week:
    """Return the hours that the weekdays have on one day of the year."""
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = (
        cells.get((md, wd), ()) for wd in range(7)
    )
    return check_week((monday, tuesday, wednesday, thursday, friday, saturday, sunday))


def _seasons(
    cells: dict[tuple[int, int], Day], week: Week
) -> tuple[dict[tuple[str, str], str], list[str]]:
    """Return the seasons that keep another week, by first and last date, and the days off.

    Each season has the name of a schedule; seasons of one week share it. Dates on which nothing
    opens, and single ones, are days of a calendar.
    """
    by_week: dict[Week, list[int]] = {}
    for md in range(366):
        if (here := _week_of(cells, md)) != week:
            by_week.setdefault(here, []).append(md)
    seasons: dict[tuple[str, str], str] = {}
    days: list[str] = []
    for here, mds in by_week.items():
        runs = _runs(mds)
        is_one_day = any(here) and len({*here}) == 1
        long = [run for run in runs if any(here) and (run[0] != run[1] or not is_one_day)]
        for first, last in runs:
            one, other = _YEAR[first], _YEAR[last]
            if (first, last) in long:
                name = _called(*long[0]).replace("-", "_").replace(" ", "_").lower()
                seasons[f"{one:%m-%d}", f"{other:%m-%d}"] = name
            else:
                on = f"{one:%m-%d}" if first == last else f"{one:%m-%d}..{other:%m-%d}"
                days.append(_entry(f'on = "{on}"', _called(first, last), here[0]))
    return seasons, days


def _called(first: int, last: int) -> str:
    """Return what to call the days from one to another: by their months if these are whole."""
    one, other = _YEAR[first], _YEAR[last]
    whole = first in _STARTS and last + 1 in _STARTS
    return "-".join(dict.fromkeys(f"{d:%b}" if whole else f"{d:%b} {d.day}" for d in (one, other)))


def _place_of(date: str) -> int:
    """Return the day of the leap year of a month and day."""
    return _YEAR.index(dt.date.fromisoformat(f"2000-{date}"))


def _runs(mds: list[int]) -> list[tuple[int, int]]:
    """Return the first and last of each run of days; one over New Year ends before it starts."""
    runs: list[tuple[int, int]] = []
    for md in mds:
        if runs and runs[-1][1] == md - 1:
            runs[-1] = (runs[-1][0], md)
        else:
            runs.append((md, md))
    if len(runs) > 1 and runs[0][0] == 0 and runs[-1][1] == 365:
        runs[0] = (runs.pop()[0], runs[0][1])
    return runs
