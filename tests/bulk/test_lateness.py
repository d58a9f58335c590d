"""`bulk.lateness` and `bulk.overdue`: each row equals what its deadline says of the reply."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from columns import MICROSECOND, Shown, asked
from support_sla import compute_deadline
from support_sla.strategies import ZONES, policies, questions

np = pytest.importorskip("numpy")

from support_sla import bulk  # noqa: E402  needs numpy

NEVER = -(2**63)


@given(st.data())
def test_how_late_replies_are_equals_the_deadlines_of_their_rows(data: st.DataObject) -> None:
    made = data.draw(policies())
    shown = Shown(
        data.draw(st.sampled_from([None, *ZONES])), "us", data.draw(st.sampled_from([None, 0, 1]))
    )
    rows = data.draw(
        st.lists(questions(made, promised=False, metric="first_response"), min_size=1, max_size=8)
    )
    waits = [0, 1, 60_000_000, 3_600_000_000, 86_400_000_000, 10**12, -(10**9)]
    sent, replied = [], []
    for row in rows:
        asked_of: Any = row._asdict()
        try:
            base = data.draw(
                st.sampled_from([row.submitted_at, compute_deadline(made, **asked_of).due_at])
            )
        except LookupError:
            base = row.submitted_at
        sent.append(shown.number(row.submitted_at))
        replied.append(shown.number(base) + data.draw(st.sampled_from(waits)))
    given_columns: list[Any] = [np.array(sent), np.array(replied)]
    if shown.zone is not None:
        given_columns = [each.view("M8[us]") for each in given_columns]
    names: Any = {
        "line": ([row.department for row in rows], [row.channel for row in rows]),
        "priority": [row.priority for row in rows],
        "attributes": {
            name: [(row.attributes or {}).get(name) for row in rows] for name in made.attributes
        },
        "timezone": shown.zone,
        "fold": shown.fold,
        "on_error": "null",
    }
    late = bulk.lateness(given_columns[0], given_columns[1], made, **names)
    over = bulk.overdue(given_columns[0], given_columns[1], made, **names)
    for at, row in enumerate(rows):

        def deadline(at_: dt.datetime, row: Any = row) -> Any:
            return compute_deadline(made, **{**row._asdict(), "submitted_at": at_})

        def lateness(one: dt.datetime, two: dt.datetime) -> Any:
            return (two - deadline(one).due_at.astimezone(dt.UTC)) // MICROSECOND

        def overdue(one: dt.datetime, two: dt.datetime) -> Any:
            return deadline(one).overdue(two) // MICROSECOND

        pair = (sent[at], replied[at])
        for found, ask in ((late, lateness), (over, overdue)):
            expected = asked(ask, shown, *pair)
            got = int(found[at].astype("int64"))
            assert (None if got == NEVER else got) == (
                None if isinstance(expected, str) else expected
            )
