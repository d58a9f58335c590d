"""What two versions of a policy answer differently, as data and in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from support_sla.deadline import Deadline
from support_sla.policy.metrics import Metric
from support_sla.review.table_diff import DifferenceKind
from support_sla.values.amounts.durations import format_duration
from support_sla.values.instants import ComparesInstants, since_epoch
from support_sla.values.one_line import Part, Room, counted, fitted, line_of, moment, page, record
from support_sla.values.whole_numbers import read_whole

_NO_TIME = dt.timedelta(0)


@dataclass(frozen=True, slots=True, eq=False)
class Difference(ComparesInstants):
    """Submissions to one line that two versions of a policy answer differently.

    They are those from `start` to before `end`, all of one `kind`: the new due is `later`,
    `earlier`, or the same while counting starts or the earliest answer differs (`other`); or there
    is an answer from `only_old` or `only_new`. `smallest` and `largest` are the least and the most
    by which their due moves, new minus old, so both are negative if it moves earlier; None if
    one version has no answer.

    `submitted_at` is the first submission whose due moves by `largest`, `old` and `new` are its
    deadlines, and `why_not` is the sentence of the version that has none. `start`, `end` and
    `submitted_at` are in the zone of the old policy; of the new one if only that answers.
    `index` is the place in the list of submissions, None if whole years were compared.

    >>> from support_sla import load_policy
    >>> policy = load_policy("azdigi")
    >>> fair = load_policy({**policy.model_dump(), "crossing": "in_order"})
    >>> from support_sla import compare
    >>> worst = compare(policy, fair, (2026, 2026)).differences[0]
    >>> worst.kind, str(worst.largest), str(worst.submitted_at)
    ('earlier', '-1 day, 15:00:00.000001', '2026-01-01 23:59:59.999999+07:00')
    """

    kind: DifferenceKind
    department: str
    channel: str
    priority: str | None
    start: dt.datetime
    end: dt.datetime
    smallest: dt.timedelta | None
    largest: dt.timedelta | None
    submitted_at: dt.datetime
    old: Deadline | None
    new: Deadline | None
    why_not: str | None = None
    index: int | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    metric: Metric = "first_response"

    @property
    def length(self) -> dt.timedelta:
        """The real time from `start` to `end`, whatever the clocks of the zone do between them."""
        return since_epoch(self.end) - since_epoch(self.start)

    def __str__(self) -> str:
        """Return the submissions, and what becomes of the worst of them, on one line."""
        line = f"{self.department}/{self.channel}{_of_metric(self.metric)}"
        asked = [] if self.priority is None else [("priority", self.priority)]
        given = ", ".join(f"{name} {value!r}" for name, value in (*asked, *self.attributes))
        line += f" with {given}" if given else ""
        if self.index is not None:
            return f"submissions[{self.index}], {line} at {self.submitted_at}: {self._said()}"
        worst = f"submitted at {self.submitted_at} it is "
        return f"{line} from {self.start} to before {self.end}: {self._said(worst)}"

    def _said(self, worst: str = "") -> str:
        if self.old is None or self.new is None:
            version = self.kind.removeprefix("only_")
            due = next(answer.due_at for answer in (self.old, self.new) if answer)
            return f"only the {version} policy answers, due {due}; {self.why_not}"
        if self.kind == "other":
            return f"due as before; {worst}{_begin(self.new)} instead of {_begin(self.old)}"
        moved = f"due {self._amounts()} {self.kind}"
        return f"{moved}; {worst}due {self.new.due_at} instead of {self.old.due_at}"

    def _amounts(self) -> str:
        least, most = (format_duration(abs(by or _NO_TIME)) for by in (self.smallest, self.largest))
        return most if least == most else f"{least} to {most}"

    def to_dict(self) -> dict[str, Any]:
        """Return the attributes as plain data, ready for JSON; amounts such as '-8h59m'."""
        return {
            "kind": self.kind,
            "department": self.department,
            "channel": self.channel,
            "priority": self.priority,
            **({"attributes": dict(self.attributes)} if self.attributes else {}),
            **({} if self.metric == "first_response" else {"metric": self.metric}),
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "smallest": _signed(self.smallest),
            "largest": _signed(self.largest),
            "submitted_at": self.submitted_at.isoformat(),
            "old": _deadline_data(self.old),
            "new": _deadline_data(self.new),
            "why_not": self.why_not,
            "index": self.index,
        }


@dataclass(frozen=True, slots=True, eq=False)
class Comparison(ComparesInstants):
    """Everything that two versions of a policy answer differently from `start` to before `end`.

    `old` and `new` are the names of the policies, each with its version if it has one.
    `differences` has every submission with another answer in exactly one of its spans, worst
    first: what only one version answers, then by how far the due moves, then by time. Iterating
    and `len` are over them, so a comparison without any is false.

    >>> from support_sla import load_policy
    >>> from support_sla import compare
    >>> policy = load_policy("azdigi")
    >>> bool(compare(policy, policy, (2026, 2030)))
    False
    """

    old: str
    new: str
    old_zone: str
    new_zone: str
    start: dt.datetime
    end: dt.datetime
    differences: tuple[Difference, ...]

    def __len__(self) -> int:
        return len(self.differences)

    def __iter__(self) -> Iterator[Difference]:
        return iter(self.differences)

    @property
    def submission_time(self) -> dt.timedelta:
        """How much submission time is answered differently: all spans of all lines together."""
        return sum((difference.length for difference in self.differences), _NO_TIME)

    def describe(self, worst: int = 5) -> str:
        """Return in words how much differs, and at most `worst` differences, one per line."""
        read_whole("worst", worst)
        years = f"submissions from {self.start} to before {self.end}"
        said = [f"Old {self.old!r}, new {self.new!r}, {years}.", *self._zones()]
        if not self:
            return "\n".join([*said, "No submission is answered differently."])
        spans = f"{len(self)} span{'s' if len(self) > 1 else ''} of submissions"
        total = format_duration(self.submission_time)
        said.append(f"Answered differently: {spans}, {total} over all lines together.")
        shown = self.differences[: max(worst, 0)]
        said += [f"- {difference}" for difference in shown]
        if len(self) > len(shown):
            said.append(f"- and {len(self) - len(shown)} more")
        return "\n".join(said)

    def __str__(self) -> str:
        """Return the policies and how many spans of submissions differ, on one line."""

        def said(room: Room) -> str:
            span = f"from {moment(self.start)} to before {moment(self.end)}"
            found = f"{counted(len(self), 'span')} of submissions" if self else "no submissions"
            return f"{room.quoted(self.old)} and {room.quoted(self.new)} answer {found} differently {span}"

        return fitted(said)

    def __repr__(self) -> str:
        keys = ("old", "new", "old_zone", "new_zone", "start", "end", "differences")
        return record("Comparison", *(Part(key, getattr(self, key), "difference") for key in keys))

    def _repr_markdown_(self) -> str:
        """Return the worst differences as a table, as a notebook shows them."""
        heads = (
            "submissions from",
            "to before",
            "line",
            "due moves",
            "worst, sent",
            "due",
            "was due",
        )
        rows = map(_row, self.differences)
        return page(str(self), heads, rows, len(self), "iterate over the comparison")

    def _zones(self) -> Iterator[str]:
        if self.old_zone != self.new_zone:
            yield (
                f"The time zones differ, {self.old_zone} and {self.new_zone}: "
                "what is compared are the instants, not what the wall clocks show at them."
            )

    def to_dict(self) -> dict[str, Any]:
        """Return the attributes as plain data, ready for JSON."""
        return {
            "old": self.old,
            "new": self.new,
            "old_zone": self.old_zone,
            "new_zone": self.new_zone,
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "submission_time": format_duration(self.submission_time),
            "differences": [difference.to_dict() for difference in self.differences],
        }


def _row(difference: Difference) -> tuple[str, ...]:
    asked = difference.priority, difference.attributes
    channel = f"{difference.channel}{_of_metric(difference.metric)}"
    line = line_of(Room(40, 3), difference.department, channel, *asked)
    moves: str = difference.kind
    if difference.largest:
        moves += f" by up to {format_duration(abs(difference.largest))}"
    worst = [None if each is None else each.due_at for each in (difference.new, difference.old)]
    instants = (difference.submitted_at, *worst)
    said = ("-" if at is None else moment(at) for at in instants)
    return (moment(difference.start), moment(difference.end), line, moves, *said)


def _of_metric(metric: Metric) -> str:
    """Return which promise of a line it is, unless it is that of a first response."""
    return "" if metric == "first_response" else f" {metric}"


def _begin(deadline: Deadline) -> str:
    earliest = f", not before {deadline.earliest_at}" if deadline.earliest_at else ""
    return f"counted from {deadline.starts_at}{earliest}"


def _signed(amount: dt.timedelta | None) -> str | None:
    if amount is None:
        return None
    return f"{'-' if amount < _NO_TIME else ''}{format_duration(abs(amount))}"


def _deadline_data(deadline: Deadline | None) -> dict[str, Any] | None:
    if deadline is None:
        return None
    earliest = deadline.earliest_at
    return {
        "starts_at": deadline.starts_at.isoformat(),
        "earliest_at": None if earliest is None else earliest.isoformat(),
        "due_at": deadline.due_at.isoformat(),
        "target": deadline.target.name,
    }
