"""How late replies are: at the due instant, on each kind of clock, and where there is no deadline."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from support_sla import (
    InstantOutOfRangeError,
    NotAModelError,
    UnknownDepartmentError,
    YearsNotCoveredError,
    load_policy,
)
from support_sla.errors import ColumnError, InstantError

np: Any = pytest.importorskip("numpy")

from support_sla import bulk  # noqa: E402  needs numpy

AZDIGI = load_policy("azdigi")
ZONE = "Asia/Ho_Chi_Minh"
SENT = ["2026-01-10T15:30"] * 3  # a Saturday: billing is due at 16:30
REPLIED = ["2026-01-10T16:29:59", "2026-01-10T16:30:00", "2026-01-10T16:30:01"]
SECOND = dt.timedelta(seconds=1)


def at(texts: list[str], unit: str = "s") -> Any:
    return np.array(texts, f"datetime64[{unit}]")


def late(ask: Any, sent: list[str], replied: list[str], **more: Any) -> Any:
    given = {"line": ("billing", "ticket"), "timezone": ZONE, **more}
    return ask(at(sent), at(replied), AZDIGI, **given)


def test_a_reply_at_the_due_instant_is_neither_early_nor_late() -> None:
    assert late(bulk.lateness, SENT, REPLIED).tolist() == [-SECOND, 0 * SECOND, SECOND]
    assert late(bulk.overdue, SENT, REPLIED).tolist() == [0 * SECOND, 0 * SECOND, SECOND]


def test_only_open_hours_are_overdue_in_business_time_and_all_in_calendar_time() -> None:
    replied = ["2026-01-12T08:00:01"] * 2  # half an hour of Saturday and a second of Monday
    found = late(bulk.overdue, ["2026-01-10T15:30"] * 2, replied, line=["billing", "technical"])
    assert found.tolist() == [1_801 * SECOND, (37 * 3_600 + 1_801) * SECOND]


def test_a_line_in_calendar_time_alone_needs_no_clock() -> None:
    found = late(bulk.overdue, SENT[:1], ["2026-01-10T19:30"], line="technical")
    assert found.tolist() == [3_600 * SECOND]


def test_a_submission_or_a_reply_that_is_missing_has_no_lateness_and_no_error() -> None:
    sent, replied = ["2026-01-10T15:30", "NaT", "1800-01-01"], ["NaT", "2026-01-10", "NaT"]
    for ask in (bulk.lateness, bulk.overdue):
        assert late(ask, sent, replied).tolist() == [None] * 3


def test_a_reply_in_years_that_no_calendar_covers_is_late_but_not_overdue_by_any_known_time() -> (
    None
):
    replied = ["2150-01-01"]
    assert late(bulk.lateness, SENT[:1], replied).astype(int)[0] > 0
    with pytest.raises(YearsNotCoveredError, match="row 0: "):
        late(bulk.overdue, SENT[:1], replied)
    assert np.isnat(late(bulk.overdue, SENT[:1], replied, on_error="null")).all()


@pytest.mark.parametrize(
    ("sent", "more", "kind"),
    [
        (["2300-01-01"], {}, YearsNotCoveredError),
        (SENT[:1], {"line": ["sales"]}, UnknownDepartmentError),
        (["2026-03-08T02:30"], {"timezone": "America/New_York"}, InstantError),
        (SENT[:1], {"on_error": "skip"}, ColumnError),
    ],
)
def test_rows_without_a_deadline_are_refused_as_the_deadline_is(
    sent: Any, more: Any, kind: Any
) -> None:
    with pytest.raises(kind):
        late(bulk.lateness, sent, ["2026-06-01"], **more)


def test_two_lines_with_a_row_of_each_kind_are_told_apart() -> None:
    with pytest.raises(UnknownDepartmentError, match="row 1: "):
        late(bulk.overdue, SENT[:2], REPLIED[:2], line=["billing", "sales"])


def test_a_policy_that_was_not_loaded_is_refused() -> None:
    policy: Any = "azdigi"
    with pytest.raises(NotAModelError):
        bulk.lateness(at(SENT), at(REPLIED), policy, line="billing", timezone=ZONE)


def test_nanoseconds_are_late_by_one() -> None:
    sent, replied = at(SENT[:1], "ns"), at(["2026-01-10T16:30:00.000000001"], "ns")
    found = bulk.overdue(sent, replied, AZDIGI, line="billing", timezone=ZONE)
    assert found.astype(int).tolist() == [1]


def test_hours_that_no_year_of_the_column_is_covered_by_are_no_obstacle_to_others() -> None:
    rule = {"within": "1h", "counted_in": "business_time"}
    old = {"years": [2020, 2020], "days": []}
    made = load_policy(
        {
            "name": "old and new",
            "timezone": "UTC",
            "schedules": {"hours": "24/7"},
            "calendars": {"old": old},
            "departments": {
                name: {
                    "channels": {
                        "ticket": {
                            "hours": {"schedule": "hours", "observes": seen},
                            "first_response": [rule],
                        }
                    }
                }
                for name, seen in (("old", ["old"]), ("new", []))
            },
        }
    )
    sent, replied = at(["2026-01-10", "2026-01-10"]), at(["2026-01-11", "2026-01-11"])
    found = bulk.overdue(sent, replied, made, line=["old", "new"], timezone="UTC", on_error="null")
    assert found.tolist() == [None, 23 * 3_600 * SECOND]
    with pytest.raises(InstantOutOfRangeError):
        bulk.overdue(np.array([2**62]), np.array([2**62]), made, line="new")


def test_more_time_than_64_bits_hold_is_refused_and_never_turned_round() -> None:
    for sent, replied in (("2026-01-05", "1700-01-01"), ("1950-01-05", "2261-06-01")):
        with pytest.raises(InstantOutOfRangeError, match="too far from"):
            bulk.lateness(
                at([sent], "ns"), at([replied], "ns"), AZDIGI, line="technical", timezone="UTC"
            )


@pytest.mark.parametrize("replied", [-(2**63) + 1, 2**63 - 1, 2**62])
def test_a_reply_that_no_datetime_can_be_is_refused(replied: int) -> None:
    sent = np.array([1_768_037_400_000_000])
    for ask in (bulk.lateness, bulk.overdue):
        with pytest.raises(InstantOutOfRangeError, match="row 0: instant="):
            ask(sent, np.array([replied]), AZDIGI, line="technical")
