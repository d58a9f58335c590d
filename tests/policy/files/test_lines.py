"""The line of every key: in the shipped policy, in drawn files, and in what a refusal says."""

from __future__ import annotations

import json
import tomllib
from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support_sla import PolicyError, load_policy, shipped_policies
from support_sla.policy.files.lines import json_lines, line_of, toml_lines

if TYPE_CHECKING:
    from pathlib import Path

Paths = dict[tuple[int | str, ...], Any]


def paths_of(data: Any, path: tuple[int | str, ...] = ()) -> Paths:
    """Return every key path of what a parser read, with its value."""
    found: Paths = {path: data} if path else {}
    items: Any = data.items() if isinstance(data, dict) else ()
    for key, value in enumerate(data) if isinstance(data, list) else items:
        found |= paths_of(value, (*path, key))
    return found


@pytest.mark.parametrize("name", shipped_policies())
def test_every_key_path_of_a_shipped_policy_has_the_line_where_it_is_written(name: str) -> None:
    text = (resources.files("support_sla.policy.shipped") / f"{name}.toml").read_text("utf-8")
    lines, written = toml_lines(text), text.splitlines()
    paths = paths_of(tomllib.loads(text))
    assert paths.keys() == lines.keys()
    for path, line in lines.items():
        names = [part for part in path if isinstance(part, str)]
        value = paths[path]
        shown = value if isinstance(path[-1], int) and isinstance(value, str) else names[-1]
        assert shown in written[line - 1], (path, line)


TRICKY = """\
# a comment with [brackets] and "quotes
title = "a # no comment \\" = [x]"     # 2
'a b'."c.d" = 1_000                    # 3
"\\u0061\\"b" = 'x\\'                    # 4
text = \"\"\"
[not.a.table]
key = "no"
\"\"\"\"
literal = '''
'a''b' = 1
'''''                                  # 9
day = 2026-01-01 10:00:00+07:00        # 12
after.day = 1                          # 13

[ a . b ]
list = [                               # 16
  1, # one
  [2, 3],                              # 18
  { x = 1, y = { z = "}" } },          # 19
  "]",                                 # 20
]
[[a.rows]]
name = "first"                         # 23
[a.rows.sub]
deep.er = true                         # 25
[[a.rows]]
name = "second"                        # 27
[[a.rows.more]]
name = 'third'                         # 29
"""


def test_tables_lists_dotted_and_quoted_keys_and_long_texts_have_their_lines() -> None:
    lines = toml_lines(TRICKY)
    assert paths_of(tomllib.loads(TRICKY)).keys() == lines.keys()
    expected = {
        ("title",): 2,
        ("a b", "c.d"): 3,
        ('a"b',): 4,
        ("text",): 5,
        ("literal",): 9,
        ("day",): 12,
        ("after", "day"): 13,
        ("a", "b"): 15,
        ("a", "b", "list", 0): 17,
        ("a", "b", "list", 1, 1): 18,
        ("a", "b", "list", 2, "y", "z"): 19,
        ("a", "b", "list", 3): 20,
        ("a", "rows"): 22,
        ("a", "rows", 0): 22,
        ("a", "rows", 0, "sub", "deep", "er"): 25,
        ("a", "rows", 1, "name"): 27,
        ("a", "rows", 1, "more", 0, "name"): 29,
    }
    assert expected == {path: lines[path] for path in expected}


def test_windows_line_ends_change_no_line() -> None:
    assert toml_lines(TRICKY) == toml_lines(TRICKY.replace("\n", "\r\n"))


keys = st.one_of(
    st.text("abz_-09", min_size=1, max_size=3), st.text("a.#'\"[]= \\\u00e9", max_size=3)
)
texts = st.text("ab#'\"[]{}=,\\\n\u00e9 ", max_size=8)
values = st.recursive(
    st.one_of(st.integers(), st.booleans(), texts),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(keys, inner, max_size=3)),
    max_leaves=6,
)


def key_in(form: int, key: str) -> str:
    if form % 2 and key and all(c.isascii() and (c.isalnum() or c in "_-") for c in key):
        return key
    return f"'{key}'" if form % 3 == 0 and "'" not in key else json.dumps(key)


def text_in(form: int, text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    if form % 3 == 0 and "'" not in text and "\n" not in text:
        return f"'{text}'"
    if form % 3 == 1:
        return f'""{quoted}""' if text else quoted
    return quoted


class Writer:
    """Writes drawn data as TOML, in a drawn style, and notes the line of each key path."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw, self.text = draw, ""
        self.lines: dict[tuple[int | str, ...], int] = {}

    def note(self, path: tuple[int | str, ...]) -> None:
        self.lines[path] = self.text.count("\n") + 1

    def form(self) -> int:
        return self.draw(st.integers(0, 5))

    def blank(self) -> None:
        self.text += self.draw(st.sampled_from(["", "\n", "# [x] = 'y\n", " \t"]))

    def value(self, path: tuple[int | str, ...], value: Any) -> None:
        if isinstance(value, list):
            self.text += "["
            for at, item in enumerate(value):
                self.text += self.draw(st.sampled_from(["", "\n", " # ]\n"]))
                self.note((*path, at))
                self.value((*path, at), item)
                self.text += self.draw(st.sampled_from([",", " ,\n"]))
            self.text += "]"
        elif isinstance(value, dict):
            self.text += "{ "
            for at, (key, item) in enumerate(value.items()):
                self.text += ", " if at else ""
                self.pair(path, key, item)
            self.text += " }"
        elif isinstance(value, str):
            self.text += text_in(self.form(), value)
        else:
            self.text += str(value).lower()

    def pair(self, path: tuple[int | str, ...], key: str, value: Any) -> None:
        self.note((*path, key))
        self.text += key_in(self.form(), key)
        if isinstance(value, dict) and len(value) == 1 and self.form() > 2:
            self.text += " . "
            ((inner, value),) = value.items()
            self.pair((*path, key), inner, value)
            return
        self.text += " = "
        self.value((*path, key), value)

    def table(self, path: tuple[int | str, ...], header: str, data: dict[str, Any]) -> None:
        later = []
        for key, value in data.items():
            tables = isinstance(value, list) and value and all(isinstance(v, dict) for v in value)
            if (isinstance(value, dict) or tables) and self.form() > 1:
                later.append(key)
                continue
            self.blank()
            self.pair(path, key, value)
            self.text += "\n"
        for key in later:
            name = f"{header}.{key_in(self.form(), key)}".lstrip(".")
            many = isinstance(data[key], list)
            if many:
                self.blank()
                self.note((*path, key))
            for at, value in enumerate(data[key] if many else [data[key]]):
                if not many:
                    self.blank()
                inner = (*path, key, at) if many else (*path, key)
                self.note(inner)
                self.text += f"[[{name}]] # x\n" if many else f"[ {name} ]\n"
                self.table(inner, name, value)


@st.composite
def written_files(draw: st.DrawFn) -> tuple[str, dict[tuple[int | str, ...], int]]:
    writer = Writer(draw)
    writer.table((), "", draw(st.dictionaries(keys, values, max_size=4)))
    return writer.text, writer.lines


@given(written_files())
def test_every_key_path_of_a_drawn_file_has_the_line_where_it_is_written(
    file: tuple[str, dict[tuple[int | str, ...], int]],
) -> None:
    text, lines = file
    assert paths_of(tomllib.loads(text)).keys() == lines.keys()
    assert lines == toml_lines(text)


@given(st.dictionaries(keys, values, max_size=4), st.sampled_from([None, 0, 2]))
def test_every_key_path_of_a_json_file_has_the_line_where_it_is_written(
    data: dict[str, Any], indent: int | None
) -> None:
    text = json.dumps(data, indent=indent)
    lines, written = json_lines(text), text.splitlines()
    assert paths_of(data).keys() == lines.keys()
    for path, line in lines.items():
        if isinstance(path[-1], str):
            assert json.dumps(path[-1]) in written[line - 1]
        elif indent is None:
            assert 1 == line


def test_the_items_of_a_json_list_have_their_lines_and_a_repeated_key_its_last() -> None:
    text = '{"a": [\n1,\n{"b":\n2}, []\n],\n"a": 3,\n"a": [\n[4]]}'
    lines = json_lines(text)
    assert (3, 3, 4) == (lines["a", 1], lines["a", 1, "b"], lines["a", 2])
    assert (7, 8, 8) == (lines["a",], lines["a", 0], lines["a", 0, 0])


def test_a_key_path_deeper_than_any_policy_s_is_left_out_and_its_beginning_kept() -> None:
    deep = ".".join(["a"] * 5_000)
    assert 32 == len(toml_lines(f"{deep} = 1\n[{'b.' * 40}c]\nd = 1")) - 32
    assert 1 == line_of(toml_lines(f"{deep} = 1"), ("a",) * 50)
    nested = '{"a":' * 50 + "1" + "}" * 50
    assert 32 == len(json_lines(nested))


def test_a_depth_that_only_just_could_be_parsed_has_no_lines() -> None:
    assert {} == toml_lines("a = " + "[" * 100_000 + "]" * 100_000)


@pytest.mark.parametrize(
    ("path", "line"),
    [(("a",), 1), (("a", "b", "c"), 2), (("a", "x"), 1), (("x",), None), ((), None)],
)
def test_a_key_that_is_not_written_has_the_line_of_what_should_hold_it(
    path: tuple[str, ...], line: int | None
) -> None:
    assert line == line_of({("a",): 1, ("a", "b", "c"): 2}, path)


FAULTY = """\
name = "a desk"
timezone = "Hanoi"
crosing = "submission"

[schedules]
office = "Mo-Fr 08:00-17:00"
night = "Mo-Fr 22:00-22:00"

[departments.desk.channels.ticket]
hours = { schedule = "offcie" }

[[departments.desk.channels.ticket.first_response]]
when = { days = ["Su"] }
within = 3
counted_in = "business_time"

[[departments.desk.channels.ticket.first_response]]
when = { days = ["Su"] }
counted_in = "business_time"
"""


def test_every_finding_about_a_file_has_its_line(tmp_path: Path) -> None:
    path = tmp_path / "desk.toml"
    path.write_text(FAULTY)
    with pytest.raises(PolicyError) as caught:
        load_policy(path)
    rules = "departments.desk.channels.ticket.first_response"
    assert {
        "timezone": 2,
        "crosing": 3,
        "schedules.night": 7,
        "departments.desk.channels.ticket.hours.schedule": 10,
        f"{rules}[0].within": 14,
        f"{rules}[1].within": 17,
        f"{rules}[1]": 17,
    } == {each.path: each.line for each in caught.value.findings}
    assert "line 10, departments.desk" in str(caught.value)


def test_every_finding_about_a_json_file_has_its_line(tmp_path: Path) -> None:
    path = tmp_path / "desk.json"
    path.write_text(json.dumps(tomllib.loads(FAULTY), indent=1))
    with pytest.raises(PolicyError) as caught:
        load_policy(path)
    written = path.read_text().splitlines()
    for each in caught.value.findings:
        assert each.line
        key = each.path.rpartition(".")[2].partition("[")[0]
        assert key in written[each.line - 1] or each.path.endswith(("[1]", "[1].within"))


def test_a_finding_about_a_mapping_has_no_line() -> None:
    with pytest.raises(PolicyError) as caught:
        load_policy({"name": 3})
    assert {None} == {each.line for each in caught.value.findings}


PLACES = """\
name = "desk"
timezone = "UTC"

[calendars.off]
years = [2026, 2026]
days = [
  { date = 2026-05-05, name = "one" },
]
removed = ["2026-06-06"]

[schedules]
office = "24/7"

[departments.desk.channels.ticket]
hours = { schedule = "office", observes = ["off"] }

[[departments.desk.channels.ticket.first_response]]
counted_in = "calendar_time"
within = "1h"
earliest = "2h"
"""


@pytest.mark.parametrize(
    ("changes", "code", "key"),
    [
        ({}, "removed_nothing", "removed = "),
        ({"years = [2026, 2026]": "years = [2027, 2027]"}, "date_not_covered", "days = ["),
        ({"years = [2026, 2026]": "years = 2026"}, "years_invalid", "years = "),
        ({'removed = ["2026-06-06"]': 'language = "vi"'}, "country_missing", "language = "),
        ({'removed = ["2026-06-06"]': 'timezone = "UTC"'}, "feed_missing", 'timezone = "UTC"\n\n['),
        ({}, "earliest_after_within", "earliest = "),
    ],
)
def test_what_is_wrong_between_keys_has_the_line_of_the_key_that_is_told(
    tmp_path: Path, changes: dict[str, str], code: str, key: str
) -> None:
    text = PLACES
    for old, new in changes.items():
        text = text.replace(old, new)
    path = tmp_path / "desk.toml"
    path.write_text(text)
    with pytest.raises(PolicyError) as caught:
        load_policy(path)
    lines = {each.code: each.line for each in caught.value.findings}
    assert text[: text.rindex(key)].count("\n") + 1 == lines[code]


def test_the_address_of_a_feed_is_told_to_save_the_file_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "desk.toml"
    text = PLACES.replace('removed = ["2026-06-06"]', 'feed = "https://example.com/holidays.ics"')
    path.write_text(text)
    with pytest.raises(PolicyError) as caught:
        load_policy(path)
    (found,) = caught.value.findings
    assert ("calendars.off.feed", "ics_invalid", 9) == (found.path, found.code, found.line)
    assert "'https://example.com/holidays.ics' is the address of a file" in found.message
    assert found.message.endswith("; save the file beside the policy, and give its path")
