"""A ticket's status as a value: its rounds, its states, as data, equal, pickled, and proved."""

from __future__ import annotations

import datetime as dt
import json
import pickle
from dataclasses import replace
from typing import Any

import pytest

from support_sla import TicketStatus, UnknownMetricError, track
from tickets import AROUND, HOURS, at, desk, event, log, status

LINE = {
    "first_response": [HOURS],
    "next_response": [HOURS],
    "update_every": [AROUND],
    "resolution": [{**HOURS, "pauses_on": ["on_hold"], "warn_at": ["50 %"]}],
}
TALK: list[Any] = ["7 10:00 agent", "7 11:00 customer", "7 11:30 paused", "7 12:00 resumed"]


def talked(when: str = "7 13:00", *more: Any) -> TicketStatus:
    return status(desk(LINE), when, *TALK, *more, priority="low", status="open")


def test_the_last_round_of_each_metric_is_its_attribute() -> None:
    found = talked("7 13:00", "7 12:30 agent")
    assert found.first_response is found.rounds_of("first_response")[0]
    assert found.update_every is found.rounds_of("update_every")[1]
    assert found.next_response is found.rounds_of("next_response")[0]
    assert found.resolution is found.rounds[1]
    assert [each.metric for each in found.rounds] == [
        "first_response",
        "resolution",
        "update_every",
        "next_response",
        "update_every",
    ]


def test_a_state_is_that_of_the_last_round_or_waiting_or_none() -> None:
    found = status(desk({**LINE, "update_every": []}), "7 10:00")
    states = [found.state(m) for m in ("first_response", "next_response", "update_every")]
    assert states == ["running", "waiting", "none"]
    with pytest.raises(UnknownMetricError, match="resolution"):
        found.state("speed")  # type: ignore[arg-type]


def test_it_says_what_the_ticket_is_at_that_instant() -> None:
    found = talked("7 11:45")
    assert (found.priority, found.status, found.holds) == ("low", "open", ("on_hold",))
    assert (found.department, found.channel, found.attributes) == ("desk", "ticket", {})
    assert (found.now, found.log.submitted_at) == (at("7 11:45"), at("7 09:00"))


def test_as_data_it_is_json_and_says_every_figure() -> None:
    team = event("7 12:15 assigned", department="desk", channel="team")
    found = talked("7 13:00", team)
    data = json.loads(found.to_json())
    assert data == found.to_dict()
    assert data["states"] == {
        "first_response": "met",
        "next_response": "running",
        "update_every": "running",
        "resolution": "breached" if found.resolution is None else found.resolution.state,
    }
    assert [each["metric"] for each in data["internal"][0]["rounds"]] == ["resolution"]
    assert (data["format"], data["status"], data["changes_at"]) == (
        "support_sla.ticket_status/1",
        "open",
        "2026-09-07T13:30:00+00:00",
    )
    assert "attributes" not in data
    assert status(desk({}), "7 10:00", attributes={"plan": "gold"}).to_dict()["attributes"] == {
        "plan": "gold"
    }


def test_it_compares_by_value_hashes_and_pickles() -> None:
    one, two = talked(), talked()
    assert (one, hash(one)) == (two, hash(two))
    assert one != talked("7 13:00:00.000001")
    again = pickle.loads(pickle.dumps(one))
    assert (again, again.explain("vi"), again.verify()) == (one, one.explain("vi"), True)


def test_its_repr_is_one_line() -> None:
    assert repr(talked()).startswith(
        "TicketStatus(department='desk', channel='ticket', priority='low'"
    )
    assert "\n" not in repr(talked())


# --- Proof ---


@pytest.mark.parametrize("when", ["7 09:00", "7 10:00", "7 11:45", "7 13:00", "8 12:00"])
def test_a_status_proves_itself_at_every_instant(when: str) -> None:
    assert talked(when).verify()


def test_a_kept_status_must_be_equal_in_every_value() -> None:
    found = talked()
    assert found.verify(json.loads(found.to_json()))
    kept = found.to_dict()
    kept["rounds"][1]["elapsed"] = "1h"
    assert not found.verify(kept)


def test_a_status_that_follows_openings_says_so_and_is_proved_but_for_its_next_change() -> None:
    found = track(desk(LINE), log(*TALK), at("7 13:00"), openings=True)
    assert found.to_dict()["follows_openings"]
    assert found.verify()
    assert replace(found, _changes=5).verify()


ALTERED = {
    "state": "met",
    "rule": "other",
    "metric": "next_response",
    "number": 2,
    "started_at": "2026-09-07T09:00:01+00:00",
    "started_by": "replied",
    "starts_at": "2026-09-07T09:30:00+00:00",
    "due_at": "2026-09-07T17:30:01+00:00",
    "projected": True,
    "earliest_at": "2026-09-07T09:00:00+00:00",
    "stopped_at": "2026-09-07T09:00:00+00:00",
    "stopped_by": "closed",
    "breached_at": "2026-09-07T09:00:00+00:00",
    "amount": "9h",
    "elapsed": "3h29m",
    "remaining": "4h31m",
    "overrun": "1m",
    "percent": "1/2",
    "paused_for": "0m",
    "paused": True,
    "ticking": False,
    "warnings": [],
    "steps": [],
}


def proves(found: TicketStatus, told: dict[str, Any]) -> bool:
    from support_sla.proof.verify_ticket import proves_ticket

    return proves_ticket(found.policy, found.log.to_dict(), found.now, told)


def test_every_figure_of_a_round_is_proved() -> None:
    assert ALTERED.keys() == talked().to_dict()["rounds"][1].keys()


@pytest.mark.parametrize("key", ALTERED)
def test_no_altered_figure_is_proved(key: str) -> None:
    found, told = talked(), talked().to_dict()
    assert proves(found, told)
    assert told["rounds"][1][key] != ALTERED[key]
    told["rounds"][1][key] = ALTERED[key]
    assert not proves(found, told)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("status", "pending"),
        ("holds", ["on_hold"]),
        ("priority", None),
        ("rounds", []),
        ("internal", [{}]),
        ("changes_at", None),
        ("changes_at", "2026-09-07T13:30:00.000001+00:00"),
    ],
)
def test_no_altered_status_is_proved(key: str, value: object) -> None:
    found, told = talked(), talked().to_dict()
    assert told[key] != value
    told[key] = value
    assert not proves(found, told)


@pytest.mark.parametrize(
    "change",
    [
        {"counted": False},
        {"reasons": [{"kind": "calendar_time"}]},
        {"duration": "1h"},
        {"end": "2026-09-07T11:29:00+00:00"},
        {"start": "2026-09-07T09:00:01+00:00"},
        {"note": "more"},
        {"start": "yesterday"},
    ],
)
def test_no_altered_step_is_proved(change: dict[str, Any]) -> None:
    found, told = talked(), talked().to_dict()
    told["rounds"][1]["steps"][0] |= change
    assert not proves(found, told)


def test_a_pause_that_is_told_as_open_time_is_not_proved() -> None:
    found, told = talked(), talked().to_dict()
    steps = told["rounds"][1]["steps"]
    assert steps[1]["reasons"][0]["kind"] == "paused"
    steps[1]["reasons"] = [{"kind": "night"}]
    assert not proves(found, told)


def test_an_internal_round_is_proved_too() -> None:
    team = event("7 12:15 assigned", department="desk", channel="team")
    found = talked("7 13:00", team)
    told = found.to_dict()
    assert proves(found, told)
    told["internal"][0]["rounds"][0]["elapsed"] = "1h"
    assert not proves(found, told)
    told = found.to_dict()
    told["internal"][0]["changes_at"] = None
    assert not proves(found, told)


def test_figures_of_another_clock_are_not_proved() -> None:
    found = talked()
    later = found.to_dict() | {"rounds": talked("7 13:01").to_dict()["rounds"]}
    assert not proves(found, later)
    assert found.now + dt.timedelta(minutes=1) == at("7 13:01")
