"""Drawing: what an example of a strategy costs, beside loading the reference policy from a mapping."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from report import Table, number, times
from support_sla import load_policy
from support_sla.strategies import (
    holiday_calendars,
    policies,
    questions,
    schedules,
    ticket_logs,
)
from timing import Job, calling, measure

EXAMPLES = 100
LOADED = "load the reference policy from a mapping"


def drawn(turns: int) -> Table:
    """Return what drawing costs, Hypothesis's own work included."""
    shipped = files("support_sla.policy").joinpath("shipped", "azdigi.toml").read_text("utf-8")
    data = tomllib.loads(shipped)
    policy = load_policy(data)
    strategies = {
        "policies()": policies(),
        "policies(features=())": policies(features=()),
        "schedules()": schedules(),
        "holiday_calendars()": holiday_calendars(),
        "questions(azdigi)": questions(policy),
        "ticket_logs(azdigi)": ticket_logs(policy),
    }
    jobs = [Job(LOADED, calling(lambda: load_policy(data)))]
    jobs += [
        Job(name, calling(_drawing(strategy)), EXAMPLES) for name, strategy in strategies.items()
    ]
    timed = measure(jobs, max(turns // 4, 3))
    loaded = timed[LOADED].seconds
    table = Table("Drawing an example: ms", ("", "ms", "of loading"))
    for name, found in timed.items():
        table.rows.append((name, number(found.seconds * 1e3), times(found.seconds / loaded)))
    table.notes = [
        f"Each is the mean of {EXAMPLES} examples of one test, with all that Hypothesis does."
    ]
    return table


def _drawing(strategy: st.SearchStrategy):
    @settings(
        max_examples=EXAMPLES,
        database=None,
        derandomize=True,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def draw(_):
        pass

    return draw
