"""What importing the package costs and gives, seen from a fresh interpreter."""

from __future__ import annotations

import ast
import subprocess
import sys
import typing
from collections.abc import Iterator
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any

import pytest

import support_sla

SOURCE = Path(support_sla.__file__).parent

EXTRAS = (
    "numpy",
    "pandas",
    "pyarrow",
    "pyspark",
    "narwhals",
    "hypothesis",
    "icalendar",
    "ruamel",
    "typer",
    "rich",
    "matplotlib",
)


def loaded_by(code: str) -> set[str]:
    probe = f"import sys; {code}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_the_package_loads_none_of_the_extras_and_no_holidays() -> None:
    loaded = loaded_by("import support_sla")
    assert "support_sla" in loaded
    assert set() == loaded & {*EXTRAS, "holidays", "dateutil"}


def test_a_policy_without_country_calendars_never_loads_holidays() -> None:
    code = (
        "from support_sla import Clock, Schedule; "
        "Clock(Schedule('24/7'), timezone='UTC').is_open('2026-01-01T00:00Z')"
    )
    assert "holidays" not in loaded_by(code)


def test_an_answer_table_never_loads_pyarrow_by_itself() -> None:
    code = (
        "from support_sla import AnswerTable, load_policy; "
        "AnswerTable.of(load_policy('azdigi'), department='billing', first_year=2026, "
        "last_year=2026).to_dict()"
    )
    loaded = loaded_by(code)
    assert "holidays" in loaded
    assert "pyarrow" not in loaded


def test_columns_load_numpy_alone_of_the_extras() -> None:
    pytest.importorskip("numpy")
    loaded = loaded_by("import support_sla.bulk, support_sla.bulk.spark")
    assert {"numpy"} == loaded & {*EXTRAS, "holidays", "dateutil"}


def test_every_public_name_exists_and_is_listed_in_order() -> None:
    assert sorted(support_sla.__all__) == list(support_sla.__all__)
    assert [] == [name for name in support_sla.__all__ if not hasattr(support_sla, name)]


def arguments_and_results(kind: type[Any]) -> Iterator[Any]:
    """Yield what of a class has hints: the class, a constructor that was written, public methods."""
    for base in kind.__mro__:
        if base.__module__.startswith("support_sla"):
            yield base
            for name, each in vars(base).items():
                is_written = name == "__init__" and not is_dataclass(base)
                if is_written or not name.startswith("_"):
                    yield getattr(each, "__func__", getattr(each, "fget", each))


def test_the_hints_of_every_public_name_can_be_resolved() -> None:
    """Tools that read hints while a program runs, such as writers of tests, need that."""
    named = [getattr(support_sla, name) for name in support_sla.__all__]
    hinted = [each for each in named if not isinstance(each, type)]
    for each in named:
        if isinstance(each, type):
            hinted += [
                its for its in arguments_and_results(each) if hasattr(its, "__annotations__")
            ]
    assert 400 < len([typing.get_type_hints(each) for each in hinted])


def test_every_public_name_says_what_it_is() -> None:
    assert [] == [name for name in support_sla.__all__ if not getattr(support_sla, name).__doc__]


def test_the_package_is_typed() -> None:
    from importlib.resources import files

    assert files("support_sla").joinpath("py.typed").is_file()


def narrows_a_type(stated: ast.Assert) -> bool:
    """Whether an assert only says "this is not None", with the reason why it cannot be."""
    test = stated.test
    return (
        isinstance(test, ast.Compare)
        and isinstance(test.left, (ast.Name, ast.Attribute))
        and [type(op) for op in test.ops] == [ast.IsNot]
        and isinstance(stated.msg, ast.Constant)
    )


def test_no_check_is_an_assert_for_optimised_python_removes_them() -> None:
    """What is left of them tells the type checker what holds already."""
    stated = [
        (path.name, each.lineno, narrows_a_type(each))
        for path in SOURCE.rglob("*.py")
        for each in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(each, ast.Assert)
    ]
    assert stated
    assert [] == [(name, line) for name, line, narrows in stated if not narrows]


def test_optimised_python_answers_explains_and_proves_the_same() -> None:
    code = """
from support_sla import compare, compute_deadline, lint, load_policy
policy = load_policy("azdigi")
answer = compute_deadline(policy, "2026-02-14T16:30:00+07:00", department="billing")
print(ascii(answer.explain("vi", long=True)), answer.verify(), answer.verify(answer.steps[1:]))
print(*map(ascii, lint(policy, (2026, 2026))), sep="\\n")
print(len(compare(policy, policy.model_copy(update={"crossing": "in_order"}), (2026, 2026))))
"""
    said = [
        subprocess.run(
            [sys.executable, *options, "-c", code], capture_output=True, text=True, check=True
        ).stdout
        for options in ((), ("-O",), ("-OO",))
    ]
    assert "True False" in said[0]
    assert said[0] == said[1] == said[2]
