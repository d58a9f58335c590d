"""`PolicyHistory`: the versions of a policy, each with the instant from which it is in force."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable
from typing import Any

from support_sla.clock.wall_clock import local_year
from support_sla.errors import LogError, SupportSlaError
from support_sla.policy.policy import Policy, check_policy
from support_sla.values.instants import from_micros, read_instant, read_zone, to_micros
from support_sla.values.one_line import Room, counted, fitted, moment


class PolicyHistory:
    """Versions of a policy: the one in force at an instant is the last that began by then.

    Given as pairs of an instant and a policy, in any order. Before the first begins, none is in
    force. A request is measured by the version in force at its submission.

    Frozen, hashable, equal by value, picklable. Raises `LogError` for what are no such pairs, for
    none, and for two that begin at one instant, and as `compute_deadline` does for what is no
    instant or no policy; with the place of the version as `index`.

    >>> from support_sla import load_policy
    >>> policy = load_policy("azdigi")
    >>> history = PolicyHistory([("2026-01-01T00:00:00+07:00", policy)])
    >>> history.at("2026-05-01T00:00:00+07:00") is policy
    True
    """

    __slots__ = ("_policies", "_since")

    def __init__(self, versions: Iterable[tuple[dt.datetime | str, Policy]]) -> None:
        read: dict[int, Policy] = {}
        if not isinstance(versions, Iterable) or isinstance(versions, (str, bytes)):
            raise LogError.history(versions)
        for index, each in enumerate(versions):
            try:
                at, policy = _read(each)
                if at in read:
                    raise LogError.second_version(from_micros(at, read_zone(policy.timezone)))
            except SupportSlaError as error:
                raise error.at(index, f"versions[{index}]") from None
            read[at] = policy
        if not read:
            raise LogError.history([])
        self._since = tuple(sorted(read))
        self._policies = tuple(read[at] for at in self._since)

    @property
    def versions(self) -> tuple[tuple[dt.datetime, Policy], ...]:
        """Each version with the instant from which it is in force, in its own zone, in order."""
        pairs = zip(self._since, self._policies, strict=True)
        return tuple((from_micros(at, read_zone(each.timezone)), each) for at, each in pairs)

    def at(self, instant: dt.datetime | str) -> Policy:
        """Return the version in force at an instant.

        Raises `LogError` for an instant before the first, and as `compute_deadline` does for what is
        no instant.
        """
        read = read_instant("instant", instant)
        place = bisect_right(self._since, to_micros(read)) - 1
        if place < 0:
            raise LogError.no_version(read, self.versions[0][0])
        return self._policies[place]

    def __len__(self) -> int:
        return len(self._since)

    def __eq__(self, other: object) -> bool:
        return self._key() == other._key() if isinstance(other, PolicyHistory) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key())

    def __reduce__(self) -> tuple[Any, ...]:
        return PolicyHistory, (self.versions,)

    def __str__(self) -> str:
        """Return how many versions there are, the last and since when it is in force, on one line."""

        def said(room: Room) -> str:
            since, last = self.versions[-1]
            name = (
                f"{room.name(last.name)}{f' {room.quoted(last.version)}' if last.version else ''}"
            )
            return f"{counted(len(self), 'version')}, {name} from {moment(since)}"

        return fitted(said)

    def __repr__(self) -> str:
        return f"PolicyHistory({self})"

    def _key(self) -> tuple[tuple[int, ...], tuple[Policy, ...]]:
        return self._since, self._policies


def _read(version: object) -> tuple[int, Policy]:
    """Return since when a version is in force, and its policy; raise for what is no such pair."""
    if not isinstance(version, (tuple, list)) or len(version) != 2:
        raise LogError.version(version)
    since, policy = version
    at = to_micros(read_instant("since", since))
    local_year(read_zone(check_policy(policy).timezone), at)  # refuses what no datetime can hold
    return at, policy
