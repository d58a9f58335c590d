"""The block that a ticket's status prints."""

from __future__ import annotations

from typing import Any

import pytest

from support_sla import TicketLog, load_policy, track
from tickets import HOURS, at, desk, event, log, status

TICKET = {
    "first_response": [
        {
            "when": {"priority": ["urgent"]},
            "within": "1h",
            "counted_in": "business_time",
            "warn_at": ["75 %", "15m before"],
        },
        {"within": "1 business day", "by": "close"},
    ],
    "next_response": [{"within": "4h", "counted_in": "business_time"}],
    "update_every": [{"within": "24h", "counted_in": "calendar_time", "pauses_on": ["pending"]}],
    "resolution": [
        {
            "within": "16h",
            "counted_in": "business_time",
            "pauses_on": ["pending", "on_hold"],
            "warn_at": [
                "50 %",
                {"name": "team lead", "at": "1h before"},
                {"name": "manager", "at": "4h after"},
            ],
        }
    ],
}
TALK: list[Any] = [
    event("7 09:00 submitted", priority="urgent", status="open"),
    "7 09:40 agent",
    event("7 09:50 status", to="pending"),
    "7 15:40 customer",
    event("7 15:40 status", to="open"),
    "7 16:50 agent",
    "8 10:00 customer",
    "8 11:00 agent",
    event("8 15:00 status", to="pending"),
]


def lines(text: str) -> list[str]:
    return text.splitlines()


def test_the_block_has_a_line_for_each_promise() -> None:
    assert lines(str(status(desk(TICKET), "9 10:00", *TALK))) == [
        "We 2026-09-09 10:00  desk/ticket  priority urgent  status pending",
        "  first_response  met     round 1, Mo 09:00 -> 09:40, due Mo 10:00, used 40m of 1h",
        (
            "  next_response   met     round 2, Tu 10:00 -> 11:00, due Tu 14:00, used 1h of 4h; "
            "longest round 1h10m"
        ),
        (
            "  update_every    paused  round 3, due Th 06:00 (projected), used 4h of 24h, left 20h, "
            "paused 19h; longest round 18h10m"
        ),
        (
            "  resolution      paused  due Th 09:50 (projected), used 8h10m of 16h, left 7h50m, "
            "paused 8h50m; 50 % passed Tu 14:50; team lead at We 16:50"
        ),
        "  changes_at  none until it is resumed",
    ]


def test_a_line_says_how_much_a_breach_is_over_and_when_an_earlier_promise_broke() -> None:
    rules = [
        {"when": {"priority": ["urgent"]}, "within": "2h", "counted_in": "business_time"},
        HOURS,
    ]
    lowered = event("7 12:00 priority", to="low")
    found = status(desk({"resolution": rules}), "7 13:00", lowered, priority="urgent")
    assert lines(str(found))[1:] == [
        "  resolution  breached  due Mo 17:00, used 4h of 8h, left 4h; breached Mo 11:00:00.000001",
        "  changes_at  none",
    ]
    found = status(desk({"resolution": [HOURS]}), "8 10:00")
    assert (
        lines(str(found))[1]
        == "  resolution  breached  due Mo 17:00, used 9h of 8h, left 0m, over 1h"
    )


def test_instants_a_week_away_have_their_dates_and_others_their_weekday() -> None:
    rule = {**HOURS, "within": "100h"}
    found = lines(str(status(desk({"resolution": [rule]}), "7 09:00:01")))
    assert found[0] == "Mo 2026-09-07 09:00:01  desk/ticket"
    assert "due We 2026-09-23 13:00, used 1s of 100h" in found[1]


def test_what_is_waiting_or_not_promised_is_told_shortly() -> None:
    line = {
        "first_response": [{"when": {"priority": ["urgent"]}, **HOURS}],
        "update_every": [HOURS],
    }
    assert lines(str(status(desk(line), "7 10:00")))[1:] == [
        "  first_response  none",
        "  update_every    waiting",
        "  changes_at  none",
    ]


def test_holds_attributes_unknown_pauses_and_internal_lines_are_told() -> None:
    data = desk({"resolution": [{**HOURS, "pauses_on": ["on_hold"]}]}).model_dump()
    data["departments"]["desk"]["channels"]["ticket"]["resolution"][0]["when"] = {
        "attributes": {"plan": ["gold"]}
    }
    policy = load_policy(data)
    team = event("7 10:00 assigned", department="desk", channel="team")
    found = track(policy, log(team, "7 11:00 paused", attributes={"plan": "gold"}), at("7 12:00"))
    assert lines(str(found)) == [
        "Mo 2026-09-07 12:00  desk/ticket  plan gold  on hold for on_hold",
        "  resolution  paused  due Tu 10:00 (projected), used 2h of 8h, left 6h, paused 1h",
        "  assigned to desk/team",
        "    resolution  running  due Tu 10:00, used 2h of 8h, left 6h",
        "  changes_at  Tu 10:00:00.000001",
    ]
    sent = [event("7 09:00 submitted", attributes={"plan": "gold"})]
    unknown = TicketLog("desk", "ticket", sent, has_statuses=False)
    told = str(track(policy, unknown, at("7 10:00"), assume_unpaused=True))
    assert lines(told)[1].endswith("left 7h, pauses unknown")


@pytest.mark.parametrize("name", ["a" * 500, "dé\npart"])
def test_long_names_are_cut_and_kept_on_one_line(name: str) -> None:
    policy = desk({"resolution": [HOURS]}, statuses=[name.replace("\n", " ")])
    found = str(status(policy, "7 10:00", status=name.replace("\n", " ")))
    assert len(lines(found)) == 3
    assert max(map(len, lines(found))) < 200
