"""What readers take for a name, whatever stands where a product writes one."""

from __future__ import annotations

from typing import Any

import pytest

from support_sla import LogError
from support_sla.tickets.sources.reading import key_of


@pytest.mark.parametrize(("value", "name"), [(None, ""), (7, "7"), ("8", "8"), (["a"], "['a']")])
def test_a_name_is_a_text_however_a_product_writes_it(value: Any, name: str) -> None:
    assert name == key_of(value)


def nested(depth: int) -> Any:
    found: Any = []
    for _ in range(depth):
        found = [found]
    return found


@pytest.mark.parametrize(
    ("value", "shown"),
    [(nested(50_000), "nested too deeply"), (10**5000, "too long to show")],
    ids=["nested", "long"],
)
def test_what_python_cannot_write_is_no_name(value: Any, shown: str) -> None:
    with pytest.raises(LogError, match=f"a name=.* {shown} is not"):
        key_of(value)
