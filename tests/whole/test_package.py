"""What importing the package costs and gives, seen from a fresh interpreter."""

from __future__ import annotations

import subprocess
import sys

import support_sla

EXTRAS = (
    "numpy",
    "pandas",
    "pyarrow",
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


def test_every_public_name_exists_and_is_listed_in_order() -> None:
    assert sorted(support_sla.__all__) == list(support_sla.__all__)
    assert [] == [name for name in support_sla.__all__ if not hasattr(support_sla, name)]


def test_every_public_name_says_what_it_is() -> None:
    assert [] == [name for name in support_sla.__all__ if not getattr(support_sla, name).__doc__]


def test_the_package_is_typed() -> None:
    from importlib.resources import files

    assert files("support_sla").joinpath("py.typed").is_file()
