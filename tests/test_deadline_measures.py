"""How late an answer is, and how much of the target's own time has passed, is left or is overdue."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import oracle
from builders import calendar_data, rule_data, when
from in_oracle_words import MICROSECOND, hours_desk, utc, years_around
from questions import AZDIGI, NEW_YORK, ask, deadlines, line, relaxed
from support_sla import (
    AmountError,
    BusinessDays,
    Deadline,
    InstantOutOfRangeError,
    NaiveInstantError,
    NotAnInstantError,
    ShareError,
    SupportSlaError,
    YearsNotCoveredError,
)

HOUR = dt.timedelta(hours=1)
NONE = dt.timedelta(0)
# Friday 6 March 2026, due at closing.
AT_CLOSING = ask(line(rule_data(within="2h"), timezone="UTC"), "2026-03-06T15:00+00:00")
CLOSES = dt.datetime(2026, 3, 6, 17, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("step", "late"), [(-MICROSECOND, False), (NONE, False), (MICROSECOND, True)]
)
def test_an_answer_at_the_due_instant_is_on_time_and_after_it_late(
    step: dt.timedelta, late: bool
) -> None:
    assert late == AT_CLOSING.is_late(CLOSES + step)


def test_an_answer_on_saturday_to_a_due_of_friday_s_closing_is_late_with_nothing_overdue() -> None:
    saturday = CLOSES + 20 * HOUR
    assert (True, NONE, NONE) == (
        AT_CLOSING.is_late(saturday),
        AT_CLOSING.overdue(saturday),
        AT_CLOSING.remaining(saturday),
    )
    monday = dt.datetime(2026, 3, 9, 9, tzinfo=dt.UTC)
    assert (HOUR, 3 * HOUR) == (AT_CLOSING.overdue(monday), AT_CLOSING.elapsed(monday))


@pytest.mark.parametrize(
    ("hours", "elapsed", "remaining"), [(-1, 0, 2), (0, 0, 2), (1, 1, 1), (2, 2, 0), (3, 2, 0)]
)
def test_what_has_passed_and_what_is_left_add_up_until_the_due(
    hours: int, elapsed: int, remaining: int
) -> None:
    at = AT_CLOSING.submitted_at + hours * HOUR
    assert (elapsed * HOUR, remaining * HOUR) == (AT_CLOSING.elapsed(at), AT_CLOSING.remaining(at))


def test_a_repeated_hour_is_two_hours_for_whoever_is_late() -> None:
    made = line(rule_data(within="1h", counted_in="calendar_time"), hours="24/7", timezone=NEW_YORK)
    found = ask(made, "2026-11-01T00:30-04:00")  # due at the first 01:30
    again = found.due_at.replace(fold=1)
    assert again == found.due_at  # as Python compares them
    assert (False, True) == (found.is_late(found.due_at), found.is_late(again))
    assert (HOUR, 2 * HOUR) == (found.overdue(again), found.elapsed(again))


SHARES: list[tuple[Any, Fraction]] = [
    ("75 %", Fraction(3, 4)),
    ("75%", Fraction(3, 4)),
    ("0.75", Fraction(3, 4)),
    ("3/4", Fraction(3, 4)),
    ("33,3 %", Fraction(333, 1000)),
    (Fraction(1, 3), Fraction(1, 3)),
    (Decimal("0.1"), Fraction(1, 10)),
    (0.1, Fraction(1, 10)),
    (1e-7, Fraction(1, 10_000_000)),
    (0, Fraction(0)),
    (1, Fraction(1)),
    ("150 %", Fraction(3, 2)),
]


@pytest.mark.parametrize(("share", "exact"), SHARES)
def test_a_share_is_read_exactly_however_it_is_written(share: Any, exact: Fraction) -> None:
    submitted = AT_CLOSING.submitted_at
    expected = submitted + ceil(exact * (2 * HOUR // MICROSECOND)) * MICROSECOND
    if exact > 1:
        expected += 63 * HOUR  # from Friday's closing to Monday's opening
    assert expected == AT_CLOSING.at_share(share)


@pytest.mark.parametrize(
    "share",
    ["", "%", "75 percent", "-1 %", "1e2", "1/0", "nan", float("nan"), float("inf"), -0.5, None,
     True, b"75 %", Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), Decimal(-1), Fraction(-1, 2), [0.5], "9" * 100_000, 1 + 0j],
    ids=lambda share: repr(share)[:20],
)  # fmt: skip
def test_what_is_no_share_is_refused_and_shown(share: Any) -> None:
    with pytest.raises(ShareError, match=r"^share=.* is no share of a target; write") as caught:
        AT_CLOSING.at_share(share)
    assert len(str(caught.value)) < 300


def test_the_due_instant_is_the_whole_and_the_submission_nothing_of_it() -> None:
    for found in (AT_CLOSING, ask(AZDIGI, "2026-02-14T16:30", department="billing")):
        assert found.due_at == found.at_share("100 %")
        assert found.submitted_at == found.at_share(0)


def test_in_order_the_time_is_counted_from_the_later_request() -> None:
    found = ask(relaxed("in_order"), "2026-03-01T22:00")
    begins = dt.datetime.fromisoformat("2026-03-02T00:00+07:00")
    assert (NONE, 3 * HOUR) == (found.elapsed(begins), found.remaining(found.submitted_at))
    assert (begins, found.due_at) == (found.at_share(0), found.at_share(1))


@pytest.mark.parametrize("question", ["is_late", "elapsed", "remaining", "overdue"])
def test_what_is_no_instant_is_refused_by_each_question(question: str) -> None:
    ask_it: Any = getattr(AT_CLOSING, question)
    with pytest.raises(NaiveInstantError, match="^at="):
        ask_it("2026-03-06T15:00")
    with pytest.raises(NotAnInstantError, match="^at is no instant"):
        ask_it(None)


def test_business_time_past_the_calendars_is_not_known_and_calendar_time_is() -> None:
    short = {"known": calendar_data(years=[2026, 2026])}
    business = ask(line(rule_data(within="2h"), calendars=short), "2026-03-06T10:00")
    calendar = ask(
        line(rule_data(within="2h", counted_in="calendar_time"), calendars=short),
        "2026-03-06T10:00",
    )
    later = dt.datetime(2028, 1, 1, tzinfo=dt.UTC)
    with pytest.raises(YearsNotCoveredError):
        business.overdue(later)
    assert utc(later) - utc(calendar.due_at) == calendar.overdue(later)
    with pytest.raises(YearsNotCoveredError):
        business.at_share(Fraction(10_000))


@given(deadlines(), st.timedeltas(dt.timedelta(days=-3), dt.timedelta(days=12)), st.data())
def test_the_measures_agree_with_the_due_and_with_each_other(
    found: Deadline, by: dt.timedelta, data: st.DataObject
) -> None:
    at = utc(found.submitted_at) + by
    assert (at > utc(found.due_at)) == found.is_late(at)
    try:
        elapsed, left, over = found.elapsed(at), found.remaining(at), found.overdue(at)
        within = found.remaining(found.submitted_at)  # of a promise in days its open time
    except SupportSlaError:
        return
    assert isinstance(found.target.within, BusinessDays) or within == found.target.within
    assert (within, max(elapsed - within, NONE)) == (min(elapsed, within) + left, over)
    assert found.is_late(at) or over == NONE
    share = data.draw(st.fractions(0, 1))
    reached = utc(found.at_share(share))
    assert found.elapsed(reached) == ceil(share * (within // MICROSECOND)) * MICROSECOND
    assert reached <= utc(found.due_at)
    assert utc(found.due_at) == utc(found.at_share(1))


@given(deadlines(), st.timedeltas(NONE, dt.timedelta(days=9)))
def test_oracle_elapsed_time_is_what_counting_finds(found: Deadline, by: dt.timedelta) -> None:
    if found.crossing == "in_order":
        return  # it may be counted from a later request
    made, at = found.policy, utc(found.submitted_at) + by
    hours = found.target.hours or made.departments["desk"].channels[found.channel].hours
    years = years_around(at, list(made.calendars.values()))
    if at.year not in years or utc(found.submitted_at).year not in years:
        return
    expected = by
    if found.target.counted_in == "business_time":
        desk = hours_desk(made, hours, made.zone_of("desk"), years)
        expected = oracle.between(desk, found.submitted_at, at) * MICROSECOND
    try:
        assert expected == found.elapsed(at)
    except YearsNotCoveredError:
        return


def test_an_amount_is_no_share() -> None:
    with pytest.raises(ShareError):
        AT_CLOSING.at_share(HOUR)  # type: ignore[arg-type]
    assert not issubclass(AmountError, ShareError)


def test_a_rule_that_waits_counts_no_time_of_the_days_it_skips() -> None:
    made = line(when("Fr", within="1h"), rule_data(within="9h"), timezone="UTC")
    found = ask(made, "2026-03-06T16:30+00:00")
    assert found.at_share("50 %") == CLOSES
    assert found.at_share("51 %") > CLOSES + 60 * HOUR


@pytest.mark.parametrize(
    "sent", ["9990-03-02T09:00", pytest.param("2026-03-02T09:00", marks=pytest.mark.slow)]
)
@pytest.mark.parametrize("counted_in", ["calendar_time", "business_time"])
@pytest.mark.parametrize(
    "share", [1e12, "999999999", Fraction(10**30), 10**400, 10**5000], ids=range(5)
)
def test_a_share_that_no_clock_can_show_is_out_of_range(
    share: Any, counted_in: str, sent: str
) -> None:
    found = ask(line(rule_data(within="4h", counted_in=counted_in)), sent)
    with pytest.raises(InstantOutOfRangeError) as caught:
        found.at_share(share)
    assert len(str(caught.value)) < 600
