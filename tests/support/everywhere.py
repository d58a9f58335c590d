"""Questions whose answers must be the same everywhere: in each thread, process, zone and hash seed.

As a script it answers in an interpreter of its own: `everywhere.py told 40`, `handed spawn warm 40`,
`dump FILE`, `read FILE`. It says no `assert`, for it also runs where Python leaves them out.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import pickle
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from places import CASES
from support_sla import (
    AnswerTable,
    Clock,
    HolidayCalendar,
    Policy,
    PolicyHistory,
    SupportSlaError,
    TicketLog,
    compare,
    compute_deadline,
    languages,
    lint,
    load_policy,
    shipped_policies,
    track,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FILES = {
    "azdigi": "azdigi",
    "hivemq": str(CASES / "published" / "hivemq.toml"),
    "netzfabrik": str(CASES / "published" / "netzfabrik.toml"),
}
THREADS = 16
YEARS = range(2005, 2045)


def fresh() -> dict[str, Policy]:
    """Return the policies, read anew: nothing of them is compiled."""
    return {name: load_policy(file) for name, file in FILES.items()}


def answer(policies: dict[str, Policy], number: int) -> str:
    """Return all that is said to the question of a number, or the error that it raises."""
    random = Random(number)  # noqa: S311  it need not be secret
    policy = random.choice(list(policies.values()))
    department = random.choice(list(policy.departments))
    channel = random.choice(list(policy.departments[department].channels))
    line: dict[str, Any] = {"department": department, "channel": channel}
    if random.random() < 0.8:
        line["metric"] = random.choice(("first_response", "first_response", "resolution"))
    request = {
        "priority": random.choice((None, *policy.priorities)),
        "attributes": {
            name: random.choice(values)
            for name, values in policy.attributes.items()
            if random.random() < 0.7
        },
    }
    day = random.randrange(1, 29)
    at = f"{random.choice(YEARS)}-{random.randrange(1, 13):02}-{day:02}T{random.randrange(24):02}:30:00Z"
    try:
        return _KINDS[number % len(_KINDS)](policy, line, request, at)
    except SupportSlaError as error:
        return f"{type(error).__name__}: {error}"


def _deadline(policy: Policy, line: dict[str, Any], request: dict[str, Any], at: str) -> str:
    found = compute_deadline(policy, at, **line, **request)
    return f"{found!r} {found.to_json()} {found.explain('vi')} {found.explain(long=True)}"


def _clock(policy: Policy, line: dict[str, Any], _: object, at: str) -> str:
    clock = Clock.of(policy, **line)
    due = clock.add(at, timedelta(hours=50))
    return f"{clock!r} {due} {clock.next_open(at)} {clock.periods(at, due)}"


def _status(policy: Policy, line: dict[str, Any], request: dict[str, Any], at: str) -> str:
    begin = Clock.of(policy, **line).add(at, timedelta(0))
    events = [
        {"at": begin, "kind": "submitted", **request},
        {"at": begin + timedelta(hours=3), "kind": "replied", "by": "agent"},
        {"at": begin + timedelta(hours=9), "kind": "replied", "by": "customer"},
        {"at": begin + timedelta(hours=30), "kind": "resolved"},
    ]
    log = TicketLog(line["department"], line["channel"], events)
    found = track(policy, log, begin + timedelta(days=2))
    return f"{found!r} {found} {found.to_json()} {found.explain()}"


def _days(policy: Policy, _: object, __: object, at: str) -> str:
    year = int(at[:4])
    return str([calendar.special_days(year) for calendar in policy.calendars.values()])


_KINDS: tuple[Callable[[Policy, dict[str, Any], dict[str, Any], str], str], ...] = (
    _deadline,
    _clock,
    _status,
    _days,
    _deadline,
)


def in_threads(policies: dict[str, Policy], numbers: Sequence[int]) -> list[dict[int, str]]:
    """Return the answers of threads that begin at once, each in an order of its own; and their lint."""
    begin, found = threading.Barrier(THREADS), [dict[int, str]() for _ in range(THREADS)]

    def ask(thread: int) -> None:
        order = [*numbers]
        Random(thread).shuffle(order)  # noqa: S311  it need not be secret
        begin.wait()
        for number in order:
            found[thread][number] = answer(policies, number)
        if thread % 8 == 0:
            found[thread][-1] = _linted(policies)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        threads = [threading.Thread(target=ask, args=(thread,)) for thread in range(THREADS)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
    finally:
        sys.setswitchinterval(interval)
    return found


def alone(numbers: Sequence[int]) -> dict[int, str]:
    """Return the answers of one thread, and lint under the number -1."""
    policies = fresh()
    return {-1: _linted(policies), **{number: answer(policies, number) for number in numbers}}


def _linted(policies: dict[str, Policy]) -> str:
    return "\n".join(
        str(each) for policy in policies.values() for each in lint(policy, (2026, 2026))
    )


def things(policies: dict[str, Policy]) -> dict[str, Any]:
    """Return one of each kind of object that is handed over."""
    azdigi, hivemq = policies["azdigi"], policies["hivemq"]
    at = "2026-02-14T16:30:00+07:00"
    place: dict[str, Any] = {"department": "billing"}
    log = TicketLog("technical", "ticket", [{"at": at, "kind": "submitted"}])
    asked: dict[str, Any] = {"priority": "P2", "attributes": {"plan": "extended"}}
    return {
        **policies,
        "calendar": HolidayCalendar(country="VN", rest_days=["Su"], festivals=[{"name": "tet"}]),
        "clock": Clock.of(azdigi, **place),
        "deadline": compute_deadline(azdigi, at, **place),
        "deadline of attributes": compute_deadline(hivemq, at, department="support", **asked),
        "log": log,
        "status": track(azdigi, log, "2026-02-16T09:00:00+07:00"),
        "history": PolicyHistory([("2020-01-01T00:00:00Z", azdigi)]),
        "table": AnswerTable.of(azdigi, **place, first_year=2026, last_year=2026),
        "lint": lint(azdigi, (2026, 2026)),
        "comparison": compare(azdigi, azdigi.model_copy(update={"crossing": "in_order"}), (2026, 2026)),
    }  # fmt: skip


def told(count: int) -> dict[str, str]:
    """Return digests of what is said here, by what it is: equal in every interpreter."""
    policies = fresh()
    made = things(policies)
    said = {
        "answers": [answer(policies, number) for number in range(count)],
        "dumps": [policy.model_dump_json() for policy in policies.values()],
        "listings": [*shipped_policies(), *languages(), _linted(policies)],
        "reprs": [repr(each) for each in made.values()],
        "texts": [str(each) for each in made.values()],
        "markdown": [made["deadline"].to_markdown(), made["table"].describe()],
        "verified": [str(made["deadline"].verify()), str(made["status"].verify())],
    }
    return {
        name: hashlib.sha256("\n".join(texts).encode()).hexdigest() for name, texts in said.items()
    }


# --- What is handed to another process ---


def _received(given: dict[str, Any], numbers: Sequence[int]) -> tuple[dict[str, Any], list[str]]:
    """Return what a child got, sent back, and what is wrong with it there."""
    wrong = _differences(given, things(fresh()), "in the child")
    policies = {name: given[name] for name in FILES}
    expected = alone(numbers)
    wrong += [f"answer {each}" for each in numbers if answer(policies, each) != expected[each]]
    return given, wrong


def _differences(one: dict[str, Any], two: dict[str, Any], where: str) -> list[str]:
    return [
        f"{name} {where}: another {what}"
        for name in one
        for what, is_same in (
            ("value", one[name] == two[name]),
            ("hash", hash(one[name]) == hash(two[name])),
            ("text", repr(one[name]) == repr(two[name])),
        )
        if not is_same
    ]


def handed(method: str, numbers: Sequence[int], *, is_warm: bool) -> list[str]:
    """Return what is wrong after objects went to a child and came back."""
    policies = fresh()
    if is_warm:
        for number in numbers:
            answer(policies, number)
    made = things(policies)
    with multiprocessing.get_context(method).Pool(1) as pool:
        back, wrong = pool.apply(_received, (made, numbers))
    return [*wrong, *_differences(made, back, "come back")]


def interpreter(*arguments: str, options: Sequence[str] = (), **environment: str) -> str:
    """Return what this file prints as a script, in an interpreter with these options and variables."""
    done = subprocess.run(
        [sys.executable, *options, __file__, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment},
        check=False,
    )
    return done.stdout if done.returncode == 0 else f"{done.stdout}{done.stderr[-2000:]}"


def main(what: str, *rest: str) -> None:
    """Do what the arguments say, and print what is found."""
    if what == "told":
        print(told(int(rest[0])))
    elif what == "handed":
        method, state, count = rest
        print(handed(method, range(int(count)), is_warm=state == "warm"))
    elif what == "dump":
        Path(rest[0]).write_bytes(pickle.dumps(things(fresh())))
    elif what == "read":
        print(_differences(pickle.loads(Path(rest[0]).read_bytes()), things(fresh()), "read"))


if __name__ == "__main__":
    main(*sys.argv[1:])
