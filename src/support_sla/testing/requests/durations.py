"""Strategies for amounts of time."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

_NONE = dt.timedelta(0)
_MOST = dt.timedelta(days=30)
_ROUND = (*(dt.timedelta(seconds=n) for n in (3600, 60, 1, 86_400)), dt.timedelta(microseconds=1))


def durations(
    min_value: dt.timedelta = _NONE, max_value: dt.timedelta = _MOST
) -> st.SearchStrategy[dt.timedelta]:
    """Generate amounts of time from `min_value` to `max_value`, both included.

    Often they are whole seconds, minutes, hours or days, or one of the two ends. Raises `ValueError`
    if `min_value` is more than `max_value`. Shrinks to zero, or to the end that is nearest to it.
    """
    if max_value < min_value:
        message = f"durations {min_value} to {max_value} hold none; swap them"
        raise ValueError(message)
    nearest = min(max(min_value, _NONE), max_value)
    found: list[st.SearchStrategy[dt.timedelta]] = [st.just(nearest)]
    for unit in _ROUND:
        least, most = -(-min_value // unit), max_value // unit
        if least <= most:
            found.append(st.integers(least, most).map(unit.__mul__))
    return st.one_of(*found, st.sampled_from([min_value, max_value]))
