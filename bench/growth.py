"""How the cost of an input grows with its size: each of n, 2n and 4n, everything built anew.

A cost that grows no worse than n log n is about 4 to 4.6 times as high for four times the input.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from report import Table, number, times
from support_sla import (
    AnswerTable,
    Clock,
    Deadline,
    HolidayCalendar,
    Policy,
    PolicyError,
    Schedule,
    compute_deadline,
    load_policy,
)
from timing import Job, calling, measure

if TYPE_CHECKING:
    from collections.abc import Callable

ZONE = "Asia/Ho_Chi_Minh"
FIRST = dt.date(1971, 1, 1)
FACTORS = (1, 2, 4)


def grown(turns: int) -> Table:
    """Return what each kind of input costs at n, 2n and 4n."""
    table = Table(
        "An input of n, 2n and 4n, read or answered anew: ms",
        ("", "n is", "n", "2n", "4n", "4n beside n"),
    )
    jobs = [
        Job(f"{prepare.__name__} {factor}", calling(prepare(n * factor)))
        for prepare, n in INPUTS.items()
        for factor in FACTORS
    ]
    timed = measure(jobs, turns)
    for prepare, n in INPUTS.items():
        what = prepare.__name__
        taken = [timed[f"{what} {factor}"].millis for factor in FACTORS]
        cells = (f"{n:,}", *map(number, taken), times(taken[-1] / taken[0]))
        table.rows.append(((prepare.__doc__ or "").rstrip("."), *cells))
    table.notes = [f"Min of {turns} turns, two of what takes long."]
    return table


def _read(text: str) -> Callable[[], object]:
    """Return the reading of a JSON file, which is refused."""

    def ask() -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "policy.json"
            path.write_text(text, encoding="utf-8")
            try:
                load_policy(path)
            except PolicyError:
                return
            raise AssertionError(text)

    return ask


def _dates(count: int) -> list[dt.date]:
    return [FIRST + dt.timedelta(days=day) for day in range(count)]


def _line(**keys: Any) -> dict[str, Any]:
    """Return a policy of one line, as plain data."""
    rule = {"name": "rule", "within": "4h", "counted_in": "business_time"}
    channel = {"hours": {"schedule": "desk"}, "first_response": [rule]}
    channel.update(keys.pop("channel", {}))
    return {
        "name": "desk",
        "timezone": ZONE,
        "schedules": {"desk": "Mo-Fr 09:00-17:00"},
        "departments": {"desk": {"channels": {"ticket": channel}}},
        **keys,
    }


def _special(dates: list[dt.date], **more: object) -> HolidayCalendar:
    days = [{"date": date, "name": "day off", **more} for date in dates]
    return HolidayCalendar.model_validate({"years": (1971, 2060), "days": days})


def _observing(n: int) -> dict[str, Any]:
    """Return a policy of one line that observes n closed dates, as plain data."""
    data = _line(calendars={"off": _special(_dates(n)).model_dump(mode="json")})
    data["departments"]["desk"]["channels"]["ticket"]["hours"]["observes"] = ["off"]
    return data


def _ask(policy: Policy, at: str) -> Deadline:
    return compute_deadline(policy, at, department="desk")


def repeated_key(n: int) -> Callable[[], object]:
    """Read a JSON file that gives one key n times."""
    return _read("{" + ", ".join('"name": 1' for _ in range(n)) + "}")


def many_keys(n: int) -> Callable[[], object]:
    """Read a JSON file of n keys that mean nothing."""
    return _read(json.dumps({f"key {each}": 1 for each in range(n)}))


def rules(n: int) -> Callable[[], object]:
    """Read a line of n rules, each for a priority and a calendar of its own."""
    calendars = {
        f"c{each}": {"years": (2026, 2027), "days": [{"date": "2026-02-17", "name": "Tết"}]}
        for each in range(n)
    }
    targets = [
        {
            "when": {"priority": [f"p{each}"], "days": [f"c{each}"]},
            "within": "4h",
            "counted_in": "business_time",
        }
        for each in range(n)
    ]
    targets.append({"name": "else", "within": "4h", "counted_in": "business_time"})
    data = _line(
        priorities=[f"p{each}" for each in range(n)],
        calendars=calendars,
        channel={"first_response": targets},
    )
    return lambda: Policy.model_validate(data)


def lines(n: int) -> Callable[[], object]:
    """Read a policy of n departments."""
    data = _line()
    data["departments"] = {f"d{each}": data["departments"]["desk"] for each in range(n)}
    return lambda: Policy.model_validate(data)


def ranges(n: int) -> Callable[[], object]:
    """Read a schedule of n parts."""
    text = "; ".join("Mo-Fr 09:00-17:00" for _ in range(n))
    return lambda: Schedule(text)


def special_days(n: int) -> Callable[[], object]:
    """Read a calendar of n dates, and ask it each year."""
    dates = _dates(n)

    def ask() -> None:
        calendar = _special(dates)
        for year in range(1971, 2061):
            calendar.special_days(year)

    return ask


def one_date(n: int) -> Callable[[], object]:
    """Join n calendars that close one date in part."""
    parts = [_special([dt.date(2026, 2, 17)], closed="09:00-10:00") for _ in range(n)]

    def ask() -> None:
        calendar = HolidayCalendar(union=tuple(parts))
        calendar.special_days(2026)

    return ask


def removed(n: int) -> Callable[[], object]:
    """Remove all n dates of a union."""
    dates = _dates(n)
    whole = _special(dates)

    def ask() -> None:
        calendar = HolidayCalendar(union=(whole,), removed=tuple(dates))
        calendar.special_days(2026)

    return ask


def frozen(n: int) -> Callable[[], object]:
    """Freeze a calendar of n dates."""
    data = _special(_dates(n)).model_dump(mode="json")
    return lambda: HolidayCalendar.model_validate(data).freeze(1971, 2060)


def hashed(n: int) -> Callable[[], object]:
    """Hash a deadline of a policy with n dates, a hundred times."""
    data = _observing(n)

    def ask() -> None:
        deadline = _ask(Policy.model_validate(data), "2026-02-10T10:00:00+07:00")
        for _ in range(100):
            hash(deadline)

    return ask


def feed(n: int) -> Callable[[], object]:
    """Read a feed of n events, one in a hundred cancelled, and ask 1,000 dates."""
    events = []
    for each, date in enumerate(_dates(n)):
        cancelled = ["STATUS:CANCELLED"] if each % 100 == 0 else []
        start = f"DTSTART;VALUE=DATE:{date:%Y%m%d}"
        events += ["BEGIN:VEVENT", f"UID:{each}", start, "SUMMARY:off", *cancelled, "END:VEVENT"]
    text = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *events, "END:VCALENDAR", ""])

    def ask() -> None:
        calendar = HolidayCalendar(feed=text, years=(1971, 2060), timezone=ZONE)
        for date in _dates(1000):
            calendar.on(date)

    return ask


def explained(n: int) -> Callable[[], object]:
    """Explain a deadline that waits for n closed dates."""
    policy = Policy.model_validate(_observing(n))
    return lambda: _ask(policy, "1971-01-01T10:00:00+07:00").explain(long=True)


def proved(n: int) -> Callable[[], object]:
    """Verify that deadline from its kept steps."""
    policy = Policy.model_validate(_observing(n))
    dumped = _ask(policy, "1971-01-01T10:00:00+07:00").to_dict()
    return lambda: _ask(policy, "1971-01-01T10:00:00+07:00").verify(dumped["steps"])


def long_waits(n: int) -> Callable[[], object]:
    """Ask a line with a rule of n hours, crossing by overlap."""
    rule = {"within": f"{n}h", "counted_in": "business_time"}
    targets = [{"when": {"days": ["Mo"]}, **rule}, {"name": "else", **rule, "within": "4h"}]
    data = _line(crossing="overlap", channel={"first_response": targets})
    return lambda: _ask(Policy.model_validate(data), "2026-02-11T10:00:00+07:00")


def long_amounts(n: int) -> Callable[[], object]:
    """Add n hours on a clock that nobody has asked yet."""
    amount = dt.timedelta(hours=n)
    return lambda: Clock(Schedule("Mo-Fr 09:00-17:00"), timezone=ZONE).add(
        "2026-02-11T10:00:00+07:00", amount
    )


def reread(n: int) -> Callable[[], object]:
    """Read a dumped answer table of n years."""
    policy = Policy.model_validate(_line())
    table = AnswerTable.of(policy, department="desk", first_year=2000, last_year=1999 + n)
    dumped = table.to_dict()
    return lambda: AnswerTable.from_dict(dumped)


INPUTS: dict[Callable[[int], Callable[[], object]], int] = {
    repeated_key: 20_000,
    many_keys: 5_000,
    rules: 100,
    lines: 100,
    ranges: 500,
    special_days: 2_000,
    one_date: 50,
    removed: 2_000,
    frozen: 2_000,
    feed: 1_000,
    hashed: 2_000,
    explained: 1_000,
    proved: 1_000,
    long_waits: 100_000_000,
    long_amounts: 25_000,
    reread: 25,
}
"""What is measured, and the n of each."""
