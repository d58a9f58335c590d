"""Weekly hours made to straddle a clock change: their edges lie in, at and around what it skips or repeats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oracles.plain_desks import DAY, WEEKDAYS

if TYPE_CHECKING:
    from oracles.plain_desks import Week

HOUR = 3_600

ROUND_THE_CLOCK: Week = (((0, DAY),),) * 7
NIGHT: Week = (((21 * HOUR, 31 * HOUR),),) * 7
EACH_DAY_OTHERS: Week = (
    *(((day * HOUR, (day + 5) * HOUR), (14 * HOUR, (day + 15) * HOUR)) for day in range(6)),
    ((0, DAY),),
)
"""So that a date taken for another shows."""


def hours_at(one: int, other: int) -> list[Week]:
    """Return weeks for a change at which a clock reads `one` second of its time, and then `other`.

    Spans that no day can hold are left out: a change by a whole day has nothing around it.
    """
    early, late = sorted((one, other))
    middle = (early + late) // 2
    days = (
        ((middle, late + 3 * HOUR),),
        ((early - 3 * HOUR, middle),),
        ((early - HOUR, late + HOUR),),
        ((early - 4 * HOUR, early), (late, late + 4 * HOUR)),
        ((early, early + 4 * HOUR),),
        ((early, late),),
    )
    return [_daily(*spans) for spans in days if 0 < spans[-1][1] - spans[0][0] <= DAY]


def _daily(*spans: tuple[int, int]) -> Week:
    """Return a week of days with the same spans, each from its second of the day on."""
    day = sorted((begin % DAY, begin % DAY + end - begin) for begin, end in spans)
    return (tuple(day),) * 7


def text_of(week: Week) -> str:
    """Return hours as a schedule writes them."""
    if len({*week}) == 1:
        return f"Mo-Su {_day(week[0])}"
    return "; ".join(f"{day} {_day(spans)}" for day, spans in zip(WEEKDAYS, week, strict=True))


def _day(spans: tuple[tuple[int, int], ...]) -> str:
    return ",".join("-".join(map(_clock_time, span)) for span in spans)


def _clock_time(at: int) -> str:
    return f"{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}"
