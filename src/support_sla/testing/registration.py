"""Tell Hypothesis which strategies make our types, without making or importing one of them yet."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

import support_sla

if TYPE_CHECKING:
    from collections.abc import Iterator


def register_types() -> None:
    """Let `hypothesis.strategies.from_type` make valid values of every public type."""
    for kind in public_types():
        st.register_type_strategy(kind, OfType)


def public_types() -> Iterator[type[Any]]:
    """Yield every public class that is no error."""
    for name in support_sla.__all__:
        found = getattr(support_sla, name)
        if isinstance(found, type) and not issubclass(found, Exception):
            yield found


class OfType(st.SearchStrategy[Any]):
    """The strategy of a type, which is made when it is first drawn from, and is called by the type.

    So `hypothesis write` writes `st.from_type(support_sla.Policy)`, which runs wherever it is pasted.
    """

    def __init__(self, kind: type[Any]) -> None:
        super().__init__()
        self._kind = kind

    @cached_property
    def _made(self) -> st.SearchStrategy[Any]:
        from support_sla.testing.of_types import STRATEGIES  # noqa: PLC0415  only when it is wanted

        return STRATEGIES[self._kind]()

    def do_draw(self, data: Any) -> Any:  # noqa: ANN401  Hypothesis's own object
        """Draw a value."""
        return data.draw(self._made)

    def __repr__(self) -> str:
        """Return the call that gives this strategy."""
        return f"from_type(support_sla.{self._kind.__name__})"
