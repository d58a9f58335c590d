"""`Question`: what a policy is asked, without the instant; and every question that it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from support_sla.errors import NotAModelError, UnknownAttributeError, UnknownPriorityError
from support_sla.policy.metrics import METRICS
from support_sla.policy.policy import check_policy
from support_sla.values.names import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from support_sla.policy.metrics import Metric
    from support_sla.policy.policy import Channel, Policy
    from support_sla.policy.target import Target
    from support_sla.policy.when import When

Attributes: TypeAlias = tuple[tuple[str, str], ...]
"""What a request has beside its priority: names with values, in the order of their names."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which promise of a policy is meant: a line, a priority, a metric and the request's attributes.

    Of the attributes only those are there that some rule of the line asks for.
    """

    policy: Policy
    department: str
    channel: str
    priority: str | None = None
    metric: Metric = "first_response"
    attributes: Attributes = ()

    @classmethod
    def of(  # noqa: PLR0913, PLR0917  what makes a question, in its order
        cls,
        policy: object,
        department: object,
        channel: object,
        priority: object,
        attributes: object = None,
        metric: object = "first_response",
    ) -> Question:
        """Return the question of a caller, whose texts become plain.

        Raises for names that the policy does not have, and for what are no attributes.
        """
        names: Any = (plain_text(name) for name in (department, channel, priority, metric))
        asked = cls(check_policy(policy), *names)
        targets = asked.targets
        if asked.priority is not None and asked.priority not in asked.policy.priorities:
            raise UnknownPriorityError.of(asked.priority, asked.policy.priorities)
        if not attributes and (attributes is None or isinstance(attributes, Mapping)):
            return asked
        return replace(asked, attributes=_read(asked.policy, targets, attributes))

    @property
    def key(self) -> tuple[Any, ...]:
        """What distinguishes the question from all others to the same policy."""
        key = self.department, self.channel, self.priority, self.metric
        return (*key, self.attributes) if self.attributes else key

    @property
    def line(self) -> Channel:
        """The line in the policy; raises for a department or channel that it does not have."""
        return self.policy.channel(self.department, self.channel)

    @property
    def targets(self) -> tuple[Target, ...]:
        """The targets of the line for the metric, in order."""
        return self.policy.targets(self.department, self.channel, self.metric)

    @property
    def unpromised(self) -> Metric | None:
        """The metric, if the line promises others but not this one; None if it promises nothing."""
        return self.metric if any(getattr(self.line, each) for each in METRICS) else None

    @property
    def held(self) -> tuple[int, ...]:
        """The places of the rules that can match with the priority and the attributes.

        Up to the first that matches every submission, for none after it ever matches.
        """
        given, found = dict(self.attributes), []
        for at, target in enumerate(self.targets):
            if holds(target.when, self.priority, given):
                found.append(at)
                if not depends_on_instant(target.when):
                    break
        return tuple(found)

    def other_priorities(self) -> list[str]:
        """Return the priorities with which the request would hold rules that it does not hold now."""
        others = (each for each in self.policy.priorities if each != self.priority)
        return [each for each in others if self._gains(replace(self, priority=each))]

    def missing_attributes(self) -> list[str]:
        """Return the attributes that it lacks and with which it would hold more rules."""
        whens = [target.when for target in self.targets if target.when]
        named = {name for when in whens for name in when.attributes} - dict(self.attributes).keys()
        return sorted(
            name
            for name in named
            if any(
                self._gains(replace(self, attributes=(*self.attributes, (name, value))))
                for value in self.policy.attributes[name]
            )
        )

    def _gains(self, other: Question) -> bool:
        return not {*other.held} <= {*self.held}

    def asked_of(self, policy: Policy) -> Question:
        """Return the same question to another policy, without attributes that it does not declare."""
        given = {name: value for name, value in self.attributes if name in policy.attributes}
        names = self.department, self.channel, self.priority
        return Question.of(policy, *names, given, self.metric)

    def names(self) -> dict[str, Any]:
        """Return the keywords with which `compute_deadline` is asked it."""
        found: dict[str, Any] = {
            "department": self.department,
            "channel": self.channel,
            "priority": self.priority,
        }
        if self.metric != "first_response":
            found["metric"] = self.metric
        return found | ({"attributes": dict(self.attributes)} if self.attributes else {})


def holds(when: When | None, priority: str | None, attributes: Mapping[str, str]) -> bool:
    """Whether a condition can hold for a request with this priority and these attributes."""
    if when is None:
        return True
    if when.priority is not None and priority not in when.priority:
        return False
    return all(attributes.get(name) in values for name, values in when.attributes.items())


def depends_on_instant(when: When | None) -> bool:
    """Whether a condition asks when a request is submitted."""
    return when is not None and any(
        asked is not None for asked in (when.days, when.open, when.time)
    )


def _read(policy: Policy, targets: Sequence[Target], given: object) -> Attributes:
    """Return the attributes that the rules ask for; raise for what the policy does not declare."""
    if not isinstance(given, Mapping):
        raise NotAModelError.attributes(given)
    asked = {name for target in targets if target.when for name in target.when.attributes}
    found = []
    for name, value in given.items():
        known = policy.attributes.get(name) if isinstance(name, str) else None
        if known is None:
            raise UnknownAttributeError.of(name, [*policy.attributes])
        if value is None:
            continue
        if not isinstance(value, str) or value not in known:
            raise UnknownAttributeError.value(name, value, known)
        if name in asked:
            found.append((str.__str__(name), str.__str__(value)))
    return tuple(sorted(found))


def questions(*policies: Policy) -> Iterator[Question]:
    """Yield questions to each line, for each metric and each set of rules that requests can hold.

    Every other request gets the same answers as one of them. They are asked of the first policy;
    with several, two requests are alike only if they hold the same rules in each.
    """
    promises = dict.fromkeys(
        (department, channel, metric)
        for policy in policies
        for department, channel, _ in policy.lines()
        for metric in METRICS
        if policy.targets(department, channel, metric)
    )
    for promise in promises:
        department, channel, metric = promise
        seen = set()
        for priority, attributes in requests([_targets(p, *promise) for p in policies]):
            asked = Question(policies[0], department, channel, priority, metric, attributes)
            held = tuple(_held_by(asked, policy) for policy in policies)
            if held not in seen:
                seen.add(held)
                yield asked


def requests(versions: Iterable[Sequence[Target]]) -> Iterator[tuple[str | None, Attributes]]:
    """Yield a priority and attributes for each set of rules that a request can hold.

    The first one has neither. Names are tried in turn, and of requests that hold the same rules,
    as far as these names decide, the first is kept: so the work is bounded by the sets there are.
    """
    rules = [target.when for targets in versions for target in targets]
    whens = [when for when in rules if when is not None]
    names: dict[str, dict[str, None]] = {}
    for when in whens:
        for each, asked in when.attributes.items():
            names.setdefault(each, {}).update(dict.fromkeys(asked))
    priorities = dict.fromkeys(each for when in whens for each in when.priority or ())
    everything = (1 << len(rules)) - 1
    found: dict[int, tuple[str | None, Attributes]] = {everything: (None, ())}
    steps: list[tuple[str | None, dict[str, None]]] = [(None, priorities), *sorted(names.items())]
    for name, values in steps:
        held = {value: _held(rules, name, value) for value in (None, *values)}
        told: dict[int, tuple[str | None, Attributes]] = {}
        for value in (None, *values):
            for rest, (priority, attributes) in found.items():
                if name is None:
                    given = (value, attributes)
                else:
                    given = (priority, attributes + (((name, value),) if value else ()))
                told.setdefault(rest & held[value], given)
        found = told
    yield from found.values()


def _held(rules: Sequence[When | None], name: str | None, value: str | None) -> int:
    """Return, as bits, the rules that can match a request with this value of a name."""
    bits = 0
    for at, when in enumerate(rules):
        asked: tuple[str, ...] | None = None
        if when is not None:
            asked = when.priority if name is None else when.attributes.get(name)
        bits |= (asked is None or value in asked) << at
    return bits


def _held_by(asked: Question, policy: Policy) -> tuple[int, ...] | None:
    """Return the rules of a policy that a request holds; None if it promises nothing there."""
    promises = _targets(policy, asked.department, asked.channel, asked.metric)
    return replace(asked, policy=policy).held if promises else None


def _targets(policy: Policy, department: str, channel: str, metric: Metric) -> tuple[Target, ...]:
    """Return the rules of a line for a metric; none if the policy lacks it."""
    owner = policy.departments.get(department)
    line = owner and owner.channels.get(channel)
    return policy.targets(department, channel, metric) if line else ()
