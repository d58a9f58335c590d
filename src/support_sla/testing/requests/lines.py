"""Strategies for the lines of a policy."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from hypothesis import strategies as st

from support_sla.policy.metrics import METRICS

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
    Raises `ValueError` if the policy has no such line. Shrinks to the first by name.
    """
    found = lines_of(policy, metric=metric, internal=internal)
    if not found:
        wanted = "line" if internal else "line of customers"
        wanted += "" if metric is None else f" that promises {metric}"
        message = f"policy {policy.name!r} has no {wanted}; allow others"
        raise ValueError(message)
    return st.sampled_from(found)


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
