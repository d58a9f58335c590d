"""Strategies for the lines of a policy."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from hypothesis import strategies as st

from support_sla.errors import UnknownMetricError, shown
from support_sla.policy.metrics import METRICS
from support_sla.policy.policy import check_policy

if TYPE_CHECKING:
    from support_sla.policy.metrics import Metric
    from support_sla.policy.policy import Policy

LineName: TypeAlias = tuple[str, str]
"""A line by its department and channel."""


def lines(
    policy: Policy, *, metric: Metric | None = None, internal: bool = True
) -> st.SearchStrategy[LineName]:
    """Generate the lines of a policy, as (department, channel).

    With a `metric` only lines that promise it; without `internal` only those that customers use.
    Raises `ValueError` if the policy has no such line, `UnknownMetricError` for a metric that there is
    not, and `NotAModelError` for what is no policy. Shrinks to the first by name.
    """
    found = lines_of(check_policy(policy), metric=check_metric(metric), internal=internal)
    if not found:
        wanted = "line" if internal else "line of customers"
        wanted += "" if metric is None else f" that promises {metric}"
        promised = dict.fromkeys(
            each for line in lines_of(policy) for each in metrics_of(policy, line)
        )
        message = f"policy {policy.name!r} has no {wanted}"
        raise ValueError(f"{message}; it promises {', '.join(promised) or 'nothing'}")
    return st.sampled_from(found)


def promises_of(
    policy: Policy, line: LineName | None, metric: Metric | None
) -> list[tuple[LineName, Metric]]:
    """Return each promise of a line, or of all, as (line, metric); raise `ValueError` if there is none."""
    check_metric(metric)
    owners = lines_of(check_policy(policy)) if line is None else [check_line(policy, line)]
    every = [(owner, each) for owner in owners for each in metrics_of(policy, owner)]
    found = [(owner, each) for owner, each in every if metric in (None, each)]
    if not found:
        whose = f"policy {policy.name!r}" if line is None else f"line {'/'.join(line)}"
        promised = ", ".join(dict.fromkeys(each for _, each in every)) or "nothing"
        message = f"{whose} promises no {metric or 'answer'}, so there is nothing to ask"
        raise ValueError(f"{message}; it promises {promised}")
    return found


def check_metric(metric: Metric | None) -> Metric | None:
    """Return a metric, or None; raise `UnknownMetricError` for another."""
    if metric not in (None, *METRICS):
        raise UnknownMetricError.of(metric, METRICS)
    return metric


def check_line(policy: Policy, line: LineName) -> LineName:
    """Return a line of a policy; raise as `policy.channel` does, and `ValueError` for no pair."""
    if not (isinstance(line, tuple) and len(line) == 2):
        message = f"line {shown(line)} is no line; write (department, channel)"
        raise ValueError(message)
    check_policy(policy).channel(*line)
    return line


def lines_of(
    policy: Policy, *, metric: Metric | None = None, internal: bool = True
) -> list[LineName]:
    """Return the lines of a policy by name, with or without internal ones."""
    return sorted(
        (department, channel)
        for department, channel, line in policy.lines()
        if (internal or not line.internal)
        and (metric is None or policy.targets(department, channel, metric))
    )


def metrics_of(policy: Policy, line: LineName) -> list[Metric]:
    """Return what a line promises."""
    return [metric for metric in METRICS if policy.targets(*line, metric)]
