"""Strategies for the conditions of rules: one key, or days with another."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from support_sla.testing.drawn import one_of, some_of
from support_sla.testing.policies.schedules import paired
from support_sla.values.week import WEEKDAYS, format_day

if TYPE_CHECKING:
    from support_sla.testing.policies.hours import Parts

_TIMES = st.lists(st.integers(0, 48), min_size=2, max_size=4, unique=True).map(
    lambda edges: format_day(tuple(paired([edge * 1800 for edge in sorted(edges)])))
)
"""One or two ranges of a date, on half hours."""


def conditions(parts: Parts) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Generate up to two conditions with the names that a policy declares; shrinks to none."""
    attributes = tuple((name, tuple(values)) for name, values in parts.attributes.items())
    keys = tuple(key for key in ("open", "time") if key in parts.features)
    return _conditions(tuple(parts.calendars), tuple(parts.priorities), attributes, keys)


@cache
def _conditions(
    calendars: tuple[str, ...],
    priorities: tuple[str, ...],
    attributes: tuple[tuple[str, tuple[str, ...]], ...],
    keys: tuple[str, ...],
) -> st.SearchStrategy[list[dict[str, Any]]]:
    days: st.SearchStrategy[Any] = some_of((*calendars, *reversed(WEEKDAYS)))
    others: dict[str, st.SearchStrategy[Any]] = {}
    if priorities:
        others["priority"] = some_of(priorities, most=max(len(priorities) - 1, 1))
    if attributes:
        chosen = {name: some_of(values, most=2) for name, values in attributes}
        others["attributes"] = st.fixed_dictionaries(
            {attributes[0][0]: chosen[attributes[0][0]]},
            optional={name: each for name, each in chosen.items() if name != attributes[0][0]},
        )
    if "open" in keys:
        others["open"] = one_of((False, True))
    if "time" in keys:
        others["time"] = _TIMES
    alone = [days.map(lambda drawn: {"days": drawn})]
    alone += [st.fixed_dictionaries({key: each}) for key, each in others.items()]
    both = [st.fixed_dictionaries({"days": days, key: each}) for key, each in others.items()]
    every = [st.fixed_dictionaries({"days": days, **others})]
    return st.lists(st.one_of(*alone, *both, *every), max_size=2)
