"""What a line may promise, and how such a promise goes on when a ticket changes: the words for it."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

Metric: TypeAlias = Literal["first_response", "next_response", "update_every", "resolution"]
"""Which promise of a line is meant: the key under which a channel lists its rules."""

METRICS: tuple[Metric, ...] = get_args(Metric)

Changes: TypeAlias = Literal["from_start", "carry", "restart"]
"""What a change of priority, attributes or line does to a clock that runs."""

Reopened: TypeAlias = Literal["resume", "new", "final"]
"""What becomes of the promises of a resolution and of updates when a ticket is reopened."""
