"""Hypothesis knows a strategy for every public type, at no cost for who does not ask."""

from __future__ import annotations

import subprocess
import sys
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import ghostwriter

import _support_sla_hypothesis
import support_sla
from builders import EXAMPLES
from searches import minimal, some
from support_sla.testing.of_types import STRATEGIES
from support_sla.testing.registration import public_types

TYPES = sorted(public_types(), key=lambda kind: kind.__name__)
FUNCTIONS = [
    "lint",
    "compare",
    "compute_deadline",
    "contact_options",
    "latest_submission",
    "track",
]


def test_every_public_type_has_a_strategy_and_nothing_else_has() -> None:
    assert TYPES == sorted(STRATEGIES, key=lambda kind: kind.__name__)
    assert {"Policy", "Deadline", "TicketLog", "Season"} < {kind.__name__ for kind in TYPES}


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.__name__)
@settings(max_examples=max(EXAMPLES // 6, 5))
@given(data=st.data())
def test_from_type_makes_valid_values(kind: type[Any], data: st.DataObject) -> None:
    made = data.draw(st.from_type(kind))
    assert isinstance(made, kind)
    if hasattr(kind, "model_validate"):
        assert made == kind.model_validate(made.model_dump())


@pytest.mark.filterwarnings("ignore:Generating overly large repr")  # Hypothesis's own, of a table
@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.__name__)
def test_a_value_of_a_type_is_found(kind: type[Any]) -> None:
    assert isinstance(some(st.from_type(kind), lambda made: True), kind)


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.__name__)
def test_a_strategy_of_a_type_is_called_by_it(kind: type[Any]) -> None:
    assert f"from_type(support_sla.{kind.__name__})" == repr(st.from_type(kind))


def test_a_type_shrinks_as_its_strategy_does() -> None:
    assert support_sla.Schedule("off") == minimal(st.from_type(support_sla.Schedule))


# --- Import orders ---


def said(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.mark.parametrize(
    "imports",
    [
        "import support_sla, hypothesis",
        "import hypothesis, support_sla",
        "import support_sla.strategies",
        "import hypothesis.strategies, support_sla.laws",
    ],
)
def test_types_are_known_in_whatever_order_the_two_are_imported(imports: str) -> None:
    code = f"{imports}; from hypothesis import strategies as st; from support_sla import Policy"
    assert "from_type(support_sla.Policy)" == said(f"{code}; print(st.from_type(Policy))")


def test_neither_loads_the_other_nor_a_strategy_before_one_is_drawn_from() -> None:
    count = "print(*sorted(m for m in sys.modules if m.startswith({!r})))"
    only_hypothesis = said(f"import sys, hypothesis; {count.format('support_sla')}")
    only_ours = said(f"import sys, support_sla; {count.format('hypothesis')}")
    both = said(f"import sys, hypothesis, support_sla; {count.format('support_sla.testing')}")
    assert ("", "") == (only_hypothesis, only_ours)
    assert "support_sla.testing support_sla.testing.registration" == both


def test_importing_hypothesis_never_fails_because_of_a_broken_package(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken: Any = ModuleType("support_sla")
    broken.__all__ = ["nothing"]
    monkeypatch.setitem(sys.modules, "support_sla", broken)
    monkeypatch.setitem(sys.modules, "support_sla.testing.registration", None)
    _support_sla_hypothesis.register()
    monkeypatch.delitem(sys.modules, "support_sla")
    _support_sla_hypothesis.register()
    assert "support_sla" not in sys.modules


def test_a_missing_extra_says_how_to_install_it() -> None:
    code = """
import sys
sys.modules["hypothesis"] = None
for name in ("strategies", "laws"):
    try:
        __import__(f"support_sla.{name}")
    except ImportError as error:
        print(type(error).__name__, error)
"""
    way_out = "install it with: python -m pip install 'support-sla[strategies]'"
    line = f"ModuleNotFoundError strategies and laws need Hypothesis; {way_out}"
    assert [line, line] == said(code).splitlines()


# --- Written tests ---


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_hypothesis_writes_for_a_function_runs_as_it_is(name: str) -> None:
    code = ghostwriter.magic(getattr(support_sla, name))
    assert "nothing()" not in code
    made: dict[str, Any] = {}
    exec(compile(code, "written", "exec"), made)  # noqa: S102  it is what a user would paste
    assert any(each.startswith("test_") for each in made)
