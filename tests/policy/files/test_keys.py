"""Dotted keys that are too long to be parsed, and what only looks like one."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from support_sla import PolicyError, load_policy
from support_sla.policy.files.keys import DEEPEST, long_key_line

LONG = ".".join("a" * (DEEPEST + 1))
LONGEST = ".".join("a" * DEEPEST)


@pytest.mark.parametrize(
    "text",
    [
        f"{LONG} = 1",
        f"[{LONG}]",
        f"[[ {LONG} ]]",
        f"x = {{ {LONG} = 1 }}",
        " . ".join(["'b c'", '"d\\"e"', "f"] * 12) + " = 1",
        f'x = "#"\n{LONG} = 1',
        f"x = '\\'\n{LONG} = 1",
        f"x = '''\n'''\n{LONG} = 1",
        f'x = """\\""""\n{LONG} = 1',
    ],
)
def test_a_key_of_too_many_parts_is_found_on_its_line(text: str) -> None:
    assert tomllib.loads(text)
    assert text.count("\n") + 1 == long_key_line(text)


@pytest.mark.parametrize(
    "text",
    [
        f"{LONGEST} = 1",
        f"x = 1 # {LONG}",
        f'x = "{LONG}"',
        f"x = '{LONG}'",
        f'x = """\n{LONG}\n\\"""{LONG}"""',
        f"x = '''\n{LONG}'''",
        f"a.b = 1.5\n[{LONGEST}]\n{LONGEST} = 1",
    ],
)
def test_what_is_no_key_may_have_as_many_dots_as_it_likes(text: str) -> None:
    assert tomllib.loads(text)
    assert None is long_key_line(text)


@pytest.mark.parametrize("end", ['"""\\', '"""', "'''", '"', "'", "#"])
def test_a_string_that_does_not_end_hides_what_follows_it(end: str) -> None:
    assert None is long_key_line(f"x = {end}{LONG}")


def test_a_file_with_such_a_key_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    path = tmp_path / "desk.toml"
    path.write_text('name = "desk"\n' + "a." * 500_000 + "a = 1\n")
    with pytest.raises(PolicyError) as caught:
        load_policy(path)
    (found,) = caught.value.findings
    assert ("toml_invalid", 2) == (found.code, found.line)
    assert "a key of more than 32 parts" in found.message


def test_keys_repeated_deep_in_one_another_are_told_where_they_begin_to_lie_too_deep(
    tmp_path: Path,
) -> None:
    path = tmp_path / "desk.json"
    path.write_text('{"a": 1, "a": ' * 100 + "1" + "}" * 100)
    with pytest.raises(PolicyError) as caught:
        load_policy(path)
    assert [min(at + 1, DEEPEST + 1) for at in range(100)] == [
        len(found.path.split(".")) for found in caught.value.findings
    ]
