"""Explaining and proving: what a deadline's reasons cost, and what is proved of whole policies."""

from __future__ import annotations

from report import Table, number
from support_sla import Deadline, compare, compute_deadline, lint, load_policy
from timing import Job, calling, measure

ASKED = {
    "around the clock": ("technical", "2026-02-22T22:10:00+07:00"),
    "over one night": ("billing", "2026-02-10T16:30:00+07:00"),
    "over Sunday and Tết": ("billing", "2026-02-14T16:30:00+07:00"),
}
YEARS = (2026, 2035)


def explained(turns: int) -> Table:
    """Return what the reasons of a deadline cost, for three deadlines of the reference policy."""
    policy = load_policy("azdigi")
    deadlines = {
        name: compute_deadline(policy, at, department=department)
        for name, (department, at) in ASKED.items()
    }
    questions = {
        "`steps`": lambda deadline: deadline.steps,
        "`explain()`": Deadline.explain,
        '`explain("vi")`': lambda deadline: deadline.explain("vi"),
        "`explain(long=True)`": lambda deadline: deadline.explain(long=True),
        "`to_dict()`": Deadline.to_dict,
        "`verify()`": Deadline.verify,
    }
    jobs = [
        Job(f"{what} {name}", calling(lambda ask=ask, deadline=deadline: ask(deadline)))
        for what, ask in questions.items()
        for name, deadline in deadlines.items()
    ]
    timed = measure(jobs, turns)
    table = Table("Explaining a deadline of the reference policy: µs", ("", *ASKED))
    for what in questions:
        cells = (number(timed[f"{what} {name}"].micros) for name in ASKED)
        table.rows.append((what, *cells))
    table.notes = [f"Min of {turns} turns; `compute_deadline` itself works none of this out."]
    return table


def proved(turns: int) -> Table:
    """Return what it costs to prove something of every submission of ten years."""
    policy = load_policy("azdigi")
    ordered = policy.model_copy(update={"crossing": "in_order"})
    jobs = [
        Job("`lint`", calling(lambda: lint(policy, YEARS))),
        Job("`compare` with itself in order", calling(lambda: compare(policy, ordered, YEARS))),
    ]
    timed = measure(jobs, turns)
    title = f"Proving something of the reference policy, {YEARS[0]} to {YEARS[1]}: ms"
    table = Table(title, ("", "all lines"))
    table.rows = [(job.name, number(timed[job.name].millis)) for job in jobs]
    found, spans = len(lint(policy, YEARS)), len(compare(policy, ordered, YEARS))
    table.notes = [f"{found} findings; {spans} spans of submissions answered differently."]
    return table
