"""Findings that the author of a policy has accepted, and acceptances that accept nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from support_sla.review.finding import CODES, LintFinding, within
from support_sla.values.model import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from support_sla.policy.labels import Accepted
    from support_sla.policy.policy import Policy


def _covers(accepted: Accepted, finding: LintFinding) -> bool:
    """Whether an acceptance is of a finding's code and path, or of the beginning of its path."""
    at, path = accepted.at, finding.path
    begins = path.startswith(at) and path[len(at) : len(at) + 1] in ("", ".", "[")
    return accepted.code == finding.code and begins


def with_accepted(
    policy: Policy, found: Iterable[LintFinding], years: range, *, left_out: Iterable[str]
) -> Iterator[LintFinding]:
    """Yield the findings, each with the reason for which it is accepted, if it is.

    Then one for each acceptance that no finding needs; of the codes in `left_out` nothing was asked.
    """
    used: set[int] = set()
    for finding in found:
        covers = [at for at, each in enumerate(policy.accept) if _covers(each, finding)]
        used.update(covers)
        yield replace(finding, accepted=policy.accept[covers[0]].reason) if covers else finding
    for at, each in enumerate(policy.accept):
        if at in used or each.code in left_out:
            continue
        way_out = "drop it"
        if each.code not in CODES:
            way_out = f"no finding has this code, {nearest(each.code, CODES)}"
        yield LintFinding(
            "acceptance_unused",
            f"the acceptance of {each.code!r} at {each.at!r} has no finding {within(years)}; {way_out}",
            f"accept[{at}]",
        )
