"""How lint's findings read: what is cut by the years, once, one year, and a microsecond."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from builders import calendar_data, channel_data, day_data, every, policy, rule_data, when
from support_sla import LintFinding, Policy, lint
from support_sla.review.finding import amount, spoken, times, within

ALWAYS = {"schedules": {"office": "24/7"}, "timezone": "UTC"}


def only(code: str, made: Policy, years: tuple[int, int], **limits: Any) -> LintFinding:
    (finding,) = (each for each in lint(made, years, **limits) if each.code == code)
    return finding


def closed_on(*dates: str, years: Any = (2025, 2028), within: str = "1h") -> Policy:
    """Return a desk that is open around the clock but on these dates."""
    channel = channel_data(
        rule_data(within=within), hours={"schedule": "office", "observes": ["known"]}
    )
    known = calendar_data(*(day_data(day) for day in dates), years=years)
    return policy(channel=channel, calendars={"known": known}, **ALWAYS)


def how_long(made: Policy, *years: int) -> str:
    """Return what is said between how often a line is closed for long, and the way out."""
    message = only("closed_long", made, (years[0], years[-1]), closed_days=1).message
    return message.partition(" on end ")[2].partition("; ")[0]


# --- A closure that the years cut ---

YEARS_END = ("2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02", "2027-01-03")


def test_a_closure_that_runs_past_the_last_year_is_told_as_at_least_so_long() -> None:
    assert (
        "once, for at least 48h, from We 2026-12-30 00:00:00+00:00 until the end of 2026 or longer"
    ) == how_long(closed_on(*YEARS_END), 2026)


def test_a_closure_that_began_before_the_first_year_is_told_as_at_least_so_long() -> None:
    assert (
        "once, for at least 72h, from the start of 2027 or before to Mo 2027-01-04 00:00:00+00:00"
    ) == how_long(closed_on(*YEARS_END), 2027)


def test_a_closure_of_all_the_years_is_cut_at_both_ends() -> None:
    days = (date(2025, 12, 31) + timedelta(days=day) for day in range(367))
    assert (
        "once, for at least 8760h, from the start of 2026 or before until the end of 2026 or longer"
    ) == how_long(closed_on(*map(str, days)), 2026)


def test_the_same_closure_inside_the_years_is_told_whole() -> None:
    assert (
        "once, at most for 120h from We 2026-12-30 00:00:00+00:00 to Mo 2027-01-04 00:00:00+00:00"
    ) == how_long(closed_on(*YEARS_END), 2026, 2027)


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (("2026-12-29", "2026-12-30"), "once, at most for 48h from Tu"),
        (("2026-12-30", "2026-12-31"), "once, at most for 48h from We"),
        (YEARS_END, "once, for at least 48h, from We"),
    ],
    ids=["ends before the years do", "ends with the years", "runs on past the years"],
)
def test_a_closure_is_cut_only_if_it_runs_on_past_the_years(
    dates: tuple[str, ...], said: str
) -> None:
    # A target of two days reaches into the next year, so what is open then is known.
    assert how_long(closed_on(*dates, within="48h"), 2026).startswith(said)


def test_a_closure_up_to_the_last_year_known_may_be_longer() -> None:
    made = closed_on("2026-12-30", "2026-12-31", years=(2026, 2026))
    assert how_long(made, 2026).endswith("until the end of 2026 or longer")
    made = closed_on("2026-01-01", "2026-01-02", years=(2026, 2026))
    assert "from the start of 2026 or before to Sa 2026-01-03" in how_long(made, 2026)


def test_a_whole_closure_is_not_called_the_longest_beside_one_that_is_cut() -> None:
    dates = ("2026-05-05", "2026-05-06", "2026-05-07", *YEARS_END)
    assert (
        "2 times, at most for 72h from Tu 2026-05-05 00:00:00+00:00 to Fr 2026-05-08 00:00:00+00:00 "
        "of those that lie whole in these years"
    ) == how_long(closed_on(*dates), 2026)
    assert "lie whole" not in how_long(closed_on(*dates), 2026, 2027)


# --- Once, and one year ---


@pytest.mark.parametrize(("count", "said"), [(1, "once"), (2, "2 times"), (3, "3 times")])
def test_what_happens_one_time_happens_once(count: int, said: str) -> None:
    assert said == times(count)


@pytest.mark.parametrize(
    ("last", "said"), [(2026, "on no date in 2026"), (2027, "on no date from 2026 to 2027")]
)
def test_a_rule_that_never_holds_names_one_year_once(last: int, said: str) -> None:
    own = calendar_data(*every(6, 2026, 2027), years=[2026, 2027])
    made = policy(when("Su"), when("own"), rule_data(), calendars={"own": own}, timezone="UTC")
    message = only("rule_never_matches", made, (2026, last)).message
    assert f"rule 'own' is in force {said}; correct its 'when', or drop it" == message
    assert said.removeprefix("on no date ") == within(range(2026, last + 1))


# --- A microsecond ---


@pytest.mark.parametrize(
    ("micros", "said"),
    [
        (3_599_999_998, "59m59.999998s"),
        (3_599_999_999, "1h less one microsecond"),
        (3_600_000_000, "1h"),
        (3_600_000_001, "1h and one microsecond"),
        (3_600_000_002, "1h0.000002s"),
        (1, "0m and one microsecond"),
    ],
)
def test_an_amount_beside_a_whole_second_is_said_by_the_microsecond_between(
    micros: int, said: str
) -> None:
    assert said == amount(micros)


@pytest.mark.parametrize(
    ("time", "said"),
    [
        ("23:59:59.999998", "at Su 2026-01-04 23:59:59.999998+00:00"),
        ("23:59:59.999999", "one microsecond before Mo 2026-01-05 00:00:00+00:00"),
        ("23:59:59", "at Su 2026-01-04 23:59:59+00:00"),
        ("00:00:00.000001", "one microsecond after Su 2026-01-04 00:00:00+00:00"),
        ("00:00:00.000002", "at Su 2026-01-04 00:00:00.000002+00:00"),
    ],
)
def test_an_instant_beside_a_whole_second_is_said_by_the_microsecond_between(
    time: str, said: str
) -> None:
    assert said == spoken(datetime.fromisoformat(f"2026-01-04T{time}+00:00"))


def test_a_microsecond_before_the_clocks_change_is_before_what_they_show_then() -> None:
    last = datetime(2026, 3, 8, 1, 59, 59, 999_999, tzinfo=ZoneInfo("America/New_York"))
    assert "one microsecond before Su 2026-03-08 03:00:00-04:00" == spoken(last)


def test_an_inversion_is_told_in_hours_and_its_case_to_the_microsecond() -> None:
    rules = [
        when("Su", within="12h", counted_in="calendar_time"),
        rule_data(within="3h", counted_in="calendar_time"),
    ]
    finding = only("inversion", policy(*rules, **ALWAYS), (2026, 2026))
    assert (
        "before one sent earlier, by up to 9h less one microsecond, and its due" in finding.message
    )
    late, early = finding.counterexample
    assert timedelta(microseconds=1) == early.submitted_at - late.submitted_at
    assert "\n  Su 2026-01-04 23:59:59.999999+00:00 -> Mo 2026-01-05 11:59:59.999999" in str(
        finding
    )


def test_an_answer_while_closed_is_told_by_the_microsecond_after_its_hour() -> None:
    made = policy(
        rule_data(within="3h", counted_in="calendar_time"),
        schedules={"office": "Mo-Fr 00:00-17:00"},
        timezone="UTC",
    )
    message = only("due_while_closed", made, (2026, 2026)).message
    assert "first when sent one microsecond after Th 2026-01-01 14:00:00+00:00, in" in message


def test_no_sentence_of_a_finding_has_a_fraction_of_a_second() -> None:
    rules = [
        when("Su", within="12h", earliest="1h", counted_in="calendar_time"),
        rule_data(within="3h", earliest="2h", counted_in="calendar_time"),
    ]
    findings = lint(policy(*rules, timezone="UTC"), (2026, 2026), closed_days=1, wait_days=1)
    assert {"inversion", "due_while_closed", "closed_long"} <= {each.code for each in findings}
    assert [] == [
        each.message for each in findings if ".0000" in each.message or ".9999" in each.message
    ]
