"""The versions of a policy over time: which one is in force, and what makes no history."""

from __future__ import annotations

import copy
import pickle
from datetime import datetime
from typing import Any

import pytest

from builders import policy
from support_sla import (
    InstantError,
    InstantOutOfRangeError,
    LogError,
    NaiveInstantError,
    NotAModelError,
    NotAnInstantError,
    PolicyHistory,
    SupportSlaError,
)

OLD, NEW = policy(name="old"), policy(name="new", version="2", timezone="America/New_York")
FIRST, SECOND = "2026-01-01T00:00:00+07:00", "2026-09-07T09:00:00+07:00"
HISTORY = PolicyHistory([(FIRST, OLD), (SECOND, NEW)])


def refused(versions: Any) -> SupportSlaError:
    with pytest.raises(SupportSlaError) as caught:
        PolicyHistory(versions)
    return caught.value


# --- Which is in force ---


@pytest.mark.parametrize(
    ("at", "name"),
    [
        ("2026-01-01T00:00:00+07:00", "old"),
        ("2026-01-01T00:00:00.000001+07:00", "old"),
        ("2026-09-07T08:59:59.999999+07:00", "old"),
        ("2026-09-07T09:00:00+07:00", "new"),
        ("2026-09-07T02:00:00Z", "new"),
        ("2026-09-07T09:00:00.000001+07:00", "new"),
        ("9999-12-31T00:00:00Z", "new"),
    ],
)
def test_the_version_in_force_is_the_last_that_began_by_then(at: str, name: str) -> None:
    assert HISTORY.at(at).name == name
    assert HISTORY.at(datetime.fromisoformat(at)).name == name


@pytest.mark.parametrize("at", ["2025-12-31T23:59:59.999999+07:00", "0001-01-01T00:00:00+14:00"])
def test_before_the_first_version_none_is_in_force(at: str) -> None:
    with pytest.raises(LogError) as caught:
        HISTORY.at(at)
    assert str(caught.value) == (
        f"no version is in force at {at}, the first one begins at 2026-01-01T00:00:00+07:00; add "
        "an earlier one, or ask from then on"
    )


def test_versions_may_be_given_in_any_order_and_as_lists() -> None:
    for pairs in ([(SECOND, NEW), (FIRST, OLD)], [[SECOND, NEW], [FIRST, OLD]]):
        given: Any = iter(pairs)
        assert PolicyHistory(given) == HISTORY


def test_each_version_is_told_with_its_instant_in_its_own_zone() -> None:
    found = [(since.isoformat(), each.name) for since, each in HISTORY.versions]
    assert found == [("2026-01-01T00:00:00+07:00", "old"), ("2026-09-06T22:00:00-04:00", "new")]
    assert len(HISTORY) == 2


# --- As a value ---


def test_histories_of_equal_versions_are_equal_and_of_others_differ() -> None:
    same = PolicyHistory([("2025-12-31T17:00:00Z", policy(name="old")), (SECOND, NEW)])
    assert (same, hash(same)) == (HISTORY, hash(HISTORY))
    assert PolicyHistory([(FIRST, OLD)]) != HISTORY
    assert PolicyHistory([(FIRST, OLD), (SECOND, OLD)]) != HISTORY
    assert HISTORY != [(FIRST, OLD), (SECOND, NEW)]


@pytest.mark.parametrize(
    "duplicate", [copy.copy, copy.deepcopy, lambda each: pickle.loads(pickle.dumps(each))]
)
def test_a_copy_is_equal(duplicate: Any) -> None:
    again = duplicate(HISTORY)
    assert (again, hash(again), again.versions) == (HISTORY, hash(HISTORY), HISTORY.versions)


@pytest.mark.parametrize(
    ("versions", "said"),
    [
        ([(FIRST, OLD)], "1 version, old from Thu 2026-01-01 00:00+07:00"),
        ([(FIRST, OLD), (SECOND, NEW)], "2 versions, new '2' from Sun 2026-09-06 22:00-04:00"),
    ],
)
def test_a_history_says_its_last_version_on_one_line(versions: Any, said: str) -> None:
    made = PolicyHistory(versions)
    assert (str(made), repr(made)) == (said, f"PolicyHistory({said})")


def test_a_history_of_a_long_name_stays_on_one_line() -> None:
    made = PolicyHistory([(FIRST, policy(name="x" * 10_000, version="y" * 10_000))])
    assert len(str(made)) <= 200


# --- What is refused ---


@pytest.mark.parametrize("versions", [None, 5, "text", b"bytes", [], {}, iter(())])
def test_what_are_no_versions_is_refused(versions: Any) -> None:
    error = refused(versions)
    assert (type(error), error.index) == (LogError, None)
    assert " make no history; give pairs of an instant and a policy, e.g. [(" in str(error)


@pytest.mark.parametrize("version", [None, 5, "text", OLD, (FIRST,), (FIRST, OLD, 1), {FIRST: OLD}])
def test_what_is_no_pair_is_refused_with_its_place(version: Any) -> None:
    error = refused([(FIRST, OLD), version])
    assert (type(error), error.index) == (LogError, 1)
    start = "versions[1]: the version is no pair of an instant and a policy: "
    assert str(error).startswith(start)
    assert "; write e.g. ('2026-01-01T00:00:00+07:00', policy)" in str(error)


@pytest.mark.parametrize(
    ("version", "kind", "message"),
    [
        ((5, OLD), NotAnInstantError, "since is no instant: 5 is of type int"),
        (("soon", OLD), InstantError, "since='soon' is not an ISO 8601 date"),
        (("2026-01-01T00:00:00", OLD), NaiveInstantError, "since='2026-01-01T00:00:00' has no off"),
        ((FIRST, "azdigi"), NotAModelError, "policy is no Policy: 'azdigi' is of type str"),
        (("0001-01-01T00:00:00Z", NEW), InstantOutOfRangeError, "instant=0001-01-01 00:00:00+00"),
        (("9999-12-31T23:59:59Z", OLD), InstantOutOfRangeError, "instant=9999-12-31 23:59:59+00"),
    ],
)
def test_an_instant_or_a_policy_that_is_none_is_refused_with_its_place(
    version: Any, kind: type[SupportSlaError], message: str
) -> None:
    error = refused([version])
    assert (type(error), error.index) == (kind, 0)
    assert str(error).startswith(f"versions[0]: {message}")


def test_two_versions_that_begin_at_one_instant_are_refused() -> None:
    error = refused([(FIRST, OLD), (SECOND, NEW), ("2025-12-31T17:00:00Z", NEW)])
    assert (type(error), error.index) == (LogError, 2)
    assert str(error) == (
        "versions[2]: since=2025-12-31T12:00:00-05:00 is when another version begins too; drop one "
        "of the two, or begin it at another instant"
    )


@pytest.mark.parametrize("at", [None, 5, "soon", "2026-01-01T00:00:00"])
def test_what_is_no_instant_is_refused_when_asked(at: Any) -> None:
    with pytest.raises(SupportSlaError, match="^instant"):
        HISTORY.at(at)
