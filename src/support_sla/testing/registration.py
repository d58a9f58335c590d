"""Tell Hypothesis which strategies make our types, without making or importing one of them yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

import support_sla

if TYPE_CHECKING:
    from collections.abc import Iterator


def register_types() -> None:
    """Let `hypothesis.strategies.from_type` make valid values of every public type."""
    for kind in public_types():
        st.register_type_strategy(kind, _strategy)


def public_types() -> Iterator[type[Any]]:
    """Yield every public class that is no error."""
    for name in support_sla.__all__:
        found = getattr(support_sla, name)
        if isinstance(found, type) and not issubclass(found, Exception):
            yield found


def _strategy(kind: type[Any]) -> st.SearchStrategy[Any]:
    from support_sla.testing.of_types import STRATEGIES  # noqa: PLC0415  only when it is wanted

    return STRATEGIES[kind]()
