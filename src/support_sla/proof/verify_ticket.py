"""Whether a ticket's status is proved: replayed from its log and counted again, without the engine."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from support_sla.proof.plain_desk import PlainDesk
from support_sla.proof.plain_figures import figures_of, warnings_of
from support_sla.proof.plain_moments import moments_of
from support_sla.proof.plain_round import life_of
from support_sla.proof.plain_ticket import rounds_of
from support_sla.proof.verify import Case, change_at, changes_told, is_same
from support_sla.values.amounts.durations import format_duration
from support_sla.values.instants import EPOCH, read_zone, to_micros
from support_sla.values.units import MICROSECOND

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from support_sla.policy.policy import Policy
    from support_sla.proof.plain_moments import Moment
    from support_sla.proof.plain_round import PlainLife, Slice
    from support_sla.proof.plain_ticket import PlainRound

METRICS = ("first_response", "next_response", "update_every", "resolution")


def proves_ticket(
    policy: Policy,
    log: Mapping[str, Any],
    now: dt.datetime,
    told: Mapping[str, Any],
    *,
    is_internal: bool = False,
) -> bool:
    """Return whether a status, as plain data, is what a policy and a log as plain data make of `now`.

    Its rounds must be those of the log, each figure what the plain reading counts, and the steps
    must tile each round, say why time is counted or not, and add up. `changes_at` is held for a
    status that does not follow openings. One of an internal line must be that of an assignment.
    """
    at, desk = to_micros(now), PlainDesk(policy)
    events = [{**event, "at": to_micros(_read(event["at"]))} for event in log["events"]]
    events = [event for event in events if event["at"] <= at]
    moments = moments_of(events, log["department"], log["channel"])
    internal = _assignments(events, moments)
    try:
        if is_internal:
            found = [_holds(desk, part, at, told, ends) for part, ends in internal]
            return any(each is not None and _changes_hold(told, each) for each in found)
        if len(internal) != len(told["internal"]):
            return False
        inner = [
            _holds(desk, part, at, each, ends)
            for (part, ends), each in zip(internal, told["internal"], strict=True)
        ]
        outer = _holds(desk, moments, at, told, None)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        return False
    changes = [*inner, outer]
    if any(each is None for each in changes):
        return False
    ahead = [at for each in changes for at in each or ()]
    inside = zip(told["internal"], inner, strict=True)
    return _changes_hold(told, ahead) and all(_changes_hold(t, own or []) for t, own in inside)


def _read(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def _changes_hold(told: Mapping[str, Any], changes: list[int]) -> bool:
    """Whether a status says when it changes: at the first of its parts that does."""
    if told.get("follows_openings"):
        return True
    at = told["changes_at"]
    first = min(changes, default=None)
    return first is None if at is None else to_micros(_read(at)) == first


def _assignments(
    events: Sequence[dict[str, Any]], moments: Sequence[Moment]
) -> list[tuple[list[Moment], int | None]]:
    """Return, for each assignment to an internal line, what the ticket is there, and where it ends."""
    found: list[tuple[list[Moment], int | None]] = []
    line: tuple[Any, Any] = None, None
    parts: list[tuple[tuple[Any, Any], list[int], bool]] = []
    for place, event in enumerate(events):
        if event["kind"] == "assigned":
            other = event.get("department"), event.get("channel")
            if other == line:
                continue
            if parts:
                parts[-1][1].append(place)
                parts[-1] = (*parts[-1][:2], True)
            line = other
            parts.append((line, [place], False))
        elif parts and event["kind"] != "moved":
            parts[-1][1].append(place)
    for (department, channel), places, ends in parts:
        starts = [at for at, place in enumerate(places) if not moments[place].is_resolved]
        if department is None or not starts or (ends and starts[0] == len(places) - 1):
            continue
        kept = places[starts[0] :]
        first = moments[kept[0]]
        begin = {"at": first.at, "kind": first.kind, "priority": first.priority}
        begin |= {"attributes": dict(first.attributes), "status": first.status}
        inner = moments_of([begin, *(events[at] for at in kept[1:])], department, channel)
        inner = _with_holds(inner, [moments[at] for at in kept])
        found.append((inner, len(kept) - 1 if ends else None))
    return found


def _with_holds(inner: list[Moment], outer: list[Moment]) -> list[Moment]:
    return [
        replace(one, holds=two.holds, status=two.status)
        for one, two in zip(inner, outer, strict=True)
    ]


def _holds(
    desk: PlainDesk, moments: list[Moment], now: int, told: Mapping[str, Any], ends: int | None
) -> list[int] | None:
    """Return the instants at which rounds change by themselves, if a status says what they are.

    None if it says anything else.
    """
    last = moments[-1] if ends is None else moments[ends]
    rounds = told["rounds"]
    expected: list[tuple[PlainRound, PlainLife]] = []
    for each in rounds_of(desk, moments, ends):
        life, has_rules = life_of(desk, moments, each, now)
        if has_rules:
            expected.append((each, life))
    if len(expected) != len(rounds) or told["status"] != last.status:
        return None
    if told["holds"] != sorted(last.holds) or told["priority"] != last.priority:
        return None
    changes: list[int] = []
    numbers = dict.fromkeys(METRICS, 0)
    for (each, life), data in zip(expected, rounds, strict=True):
        numbers[each.metric] += 1
        figures = figures_of(moments, each, life, now)
        figures |= {"metric": each.metric, "number": numbers[each.metric]}
        warnings = warnings_of(life, figures)
        zone = read_zone(desk.policy.zone_of(last.department))
        if not _same_figures(figures, warnings, data, zone) or not _steps_hold(life, data, zone):
            return None
        changes += _ahead(figures, warnings, now)
    return changes


def _same_figures(
    figures: Mapping[str, Any],
    warnings: Sequence[Mapping[str, Any]],
    data: Mapping[str, Any],
    zone: dt.tzinfo,
) -> bool:
    """Whether the data of a round says these figures, in the words of `to_dict`."""

    def instant(at: int | None) -> str | None:
        return None if at is None else (EPOCH + at * MICROSECOND).astimezone(zone).isoformat()

    def amount(micros: int | None) -> str | None:
        if micros is None:
            return None
        return ("-" if micros < 0 else "") + format_duration(abs(micros) * MICROSECOND)

    said = {
        name: instant(value)
        if name.endswith("_at")
        else amount(value)
        if name in {"amount", "elapsed", "remaining", "overrun", "paused_for"}
        else value
        for name, value in figures.items()
    }
    said["percent"] = None if said["percent"] is None else str(said["percent"])
    said["warnings"] = [
        {"name": each["name"], "at": instant(each["at"]), "passed": each["passed"]}
        | ({"at_start": True} if each["at_start"] else {})
        for each in warnings
    ]
    told = {k: v for k, v in data.items() if k not in {"steps", "assumed_unpaused"}}
    return is_same(said, told)


def _ahead(
    figures: Mapping[str, Any], warnings: Sequence[Mapping[str, Any]], now: int
) -> list[int]:
    """Return the instants at which a round changes by itself."""
    if figures["stopped_at"] is not None or figures["amount"] is None:
        return []
    found = []
    if figures["breached_at"] is None and not figures["projected"]:
        found.append(figures["due_at"] + 1)
    if not figures["paused"]:
        found += [each["at"] for each in warnings if each["at"] is not None]
    return [at for at in found if at > now]


# --- Steps ---


def _steps_hold(life: PlainLife, data: Mapping[str, Any], zone: dt.tzinfo) -> bool:
    """Whether steps tile a round's life, say why time is counted or not, and add up."""
    steps = data["steps"]
    read = [(to_micros(_read(s["start"])), to_micros(_read(s["end"])), s) for s in steps]
    edges = [life.start, *(end for _, end, _ in read)]
    if edges != [*(start for start, _, _ in read), life.end]:
        return False
    counted = sum(end - start for start, end, step in read if step["counted"] is True)
    lasting = [(start, end, step) for start, end, step in read if start < end]
    if counted != life.elapsed or not all(_step_holds(life, *each) for each in lasting):
        return False

    def offset(at: int) -> dt.timedelta:
        local = (EPOCH + at * MICROSECOND).astimezone(zone)
        return local.utcoffset() or dt.timedelta(0)

    told = all(
        step["reasons"] == [change_at(offset, start)] and step["counted"] is False
        for start, end, step in read
        if start == end
    )
    return told and changes_told(offset, [(start, end) for start, end, _ in read])


def _step_holds(life: PlainLife, start: int, end: int, step: Mapping[str, Any]) -> bool:
    """Whether a step lies in one slice of a life and says of it what the plain reading does."""
    slices = [part for part in life.slices if part.start <= start and end <= part.end]
    if len(slices) != 1 or step["duration"] != format_duration((end - start) * MICROSECOND):
        return False
    part = slices[0]
    kind, names = part.kind
    if kind != "running":
        reason: dict[str, Any] = {"kind": kind, **({"statuses": list(names)} if names else {})}
        return bool(step["reasons"] == [reason] and step["counted"] is False)
    return _running_step_holds(part, start, end, step)


def _running_step_holds(part: Slice, start: int, end: int, step: Mapping[str, Any]) -> bool:
    promise = part.promise
    assert promise is not None, "what runs is promised"
    case = Case(promise.line.hours_of(promise.rule), promise.rule, promise.counted_from, None)
    return case.holds(start, end, step)
