"""`load_policy`: every way in, and every way a file can be wrong."""

from __future__ import annotations

import json
import pickle
from typing import TYPE_CHECKING, Any

import pytest

from builders import channel_data, policy, policy_data, rule_data, when
from support_sla import Finding, Policy, PolicyError, load_policy, shipped_policies

if TYPE_CHECKING:
    from pathlib import Path

TOML = """
name = "a desk"
timezone = "Asia/Ho_Chi_Minh"

[schedules]
office = "Mo-Fr 08:00-17:00"

[departments.desk.channels.ticket]
hours = { schedule = "office" }

[[departments.desk.channels.ticket.first_response]]
within = "1h"
counted_in = "business_time"
"""

FIVE_MISTAKES = """
name = "a desk"
timezone = "EDT2"
crosing = "submission"

[schedules]
office = "Mo-Fr 08:00-17:00"

[departments.desk.channels.ticket]
hours = { schedule = "offcie" }

[[departments.desk.channels.ticket.first_response]]
when = { days = ["Su"] }
within = 3
counted_in = "business_time"

[[departments.desk.channels.ticket.first_response]]
when = { days = ["Su"] }
within = "3h"
counted_in = "business_time"
"""


def findings_of(source: Any) -> tuple[Finding, ...]:
    with pytest.raises(PolicyError) as caught:
        load_policy(source)
    return caught.value.findings


def finding_of(source: Any) -> Finding:
    (only,) = findings_of(source)
    return only


def written(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.mark.parametrize("name", shipped_policies())
def test_every_shipped_policy_loads_by_its_name(name: str) -> None:
    assert load_policy(name).name


def test_the_shipped_policies_are_in_alphabetical_order() -> None:
    assert "azdigi" in shipped_policies()
    assert tuple(sorted(shipped_policies())) == shipped_policies()


def test_a_mapping_a_toml_and_a_json_file_say_the_same(tmp_path: Path) -> None:
    toml = written(tmp_path, "desk.toml", TOML)
    data = written(tmp_path, "desk.json", json.dumps(policy_data()))
    assert [policy()] * 3 == [load_policy(source) for source in (policy_data(), toml, data)]


def test_a_path_may_be_a_text(tmp_path: Path) -> None:
    assert policy() == load_policy(str(written(tmp_path, "desk.toml", TOML)))


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    with_mark = b"\xef\xbb\xbf"
    assert policy() == load_policy(written(tmp_path, "desk.toml", with_mark + TOML.encode()))
    data = json.dumps(policy_data()).encode()
    assert policy() == load_policy(written(tmp_path, "desk.json", with_mark + data))


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["unix", "windows"])
def test_a_file_may_end_its_lines_either_way(tmp_path: Path, newline: str) -> None:
    assert policy() == load_policy(written(tmp_path, "desk.toml", TOML.replace("\n", newline)))


def test_a_policy_dumped_as_json_loads_back_equal(tmp_path: Path) -> None:
    shipped = load_policy("azdigi")
    path = written(tmp_path, "azdigi.json", shipped.model_dump_json())
    assert shipped == load_policy(path)
    assert shipped == load_policy(shipped.model_dump())


@pytest.mark.parametrize("source", [3, None, b"azdigi", ["azdigi"]], ids=repr)
def test_what_is_no_source_is_refused_with_its_value(source: object) -> None:
    found = finding_of(source)
    assert ("", "source_invalid") == (found.path, found.code)
    assert repr(source) in found.message


@pytest.mark.parametrize("name", ["azdigy", "", "AZDIGI", "policy.yaml", "policy.txt", "__init__"])
def test_a_name_that_is_not_shipped_lists_those_that_are(name: str) -> None:
    found = finding_of(name)
    assert ("", "policy_unknown") == (found.path, found.code)
    assert repr(name) in found.message
    assert "'azdigi'" in found.message


def test_a_path_never_means_a_shipped_policy(tmp_path: Path) -> None:
    assert "policy_unknown" == finding_of(tmp_path / "azdigi").code


def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    found = finding_of(tmp_path / "desk.toml")
    assert ("", "file_unreadable") == (found.path, found.code)
    assert "desk.toml" in found.message


def test_a_directory_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "desk.toml").mkdir()
    assert "file_unreadable" == finding_of(tmp_path / "desk.toml").code


def test_a_path_that_no_file_can_have_is_a_finding() -> None:
    assert "file_unreadable" == finding_of("desk\0.toml").code


@pytest.mark.parametrize(
    ("text", "at"), [(b"\xff", 0), (b'name = "caf\xe9"', 11), (TOML.encode("utf-16"), 0)], ids=str
)
def test_a_file_that_is_not_utf_8_is_told_with_the_byte(
    tmp_path: Path, text: bytes, at: int
) -> None:
    found = finding_of(written(tmp_path, "desk.toml", text))
    assert "file_not_utf8" == found.code
    assert f"at byte {at}" in found.message


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("=", 1),
        ('name = "a"\n= 3', 2),
        ('name = "a"\n\nname = "b"\n', 3),
        ('name = "a\n', 1),
        ("when = 2026-02-30\n", 1),
        ("name =", None),
    ],
)
def test_a_toml_syntax_error_has_its_line(tmp_path: Path, text: str, line: int | None) -> None:
    found = finding_of(written(tmp_path, "desk.toml", text))
    assert ("", "toml_invalid", line) == (found.path, found.code, found.line)
    assert "(at line" not in found.message


@pytest.mark.parametrize(
    ("text", "line"), [("", 1), ("{", 1), ('{"name": "a"\n"b"}', 2), ('{"a": 1}\n\n}', 3)]
)
def test_a_json_syntax_error_has_its_line(tmp_path: Path, text: str, line: int) -> None:
    found = finding_of(written(tmp_path, "desk.json", text))
    assert ("", "json_invalid", line) == (found.path, found.code, found.line)


def test_a_json_key_given_twice_is_told(tmp_path: Path) -> None:
    found = finding_of(written(tmp_path, "desk.json", '{"name": "a", "name": "b"}'))
    assert ("name", "key_repeated") == (found.path, found.code)
    assert "'name'" in found.message


def test_a_json_key_given_twice_inside_an_object_is_told_by_its_whole_path(tmp_path: Path) -> None:
    text = '{"schedules": {"office": "24/7", "office": "off"}}'
    found = finding_of(written(tmp_path, "desk.json", text))
    assert ("schedules.office", "key_repeated") == (found.path, found.code)


@pytest.mark.parametrize("text", ["[]", "3", "null", '"azdigi"'])
def test_json_that_is_no_object_is_no_policy(tmp_path: Path, text: str) -> None:
    found = finding_of(written(tmp_path, "desk.json", text))
    assert ("", "table_expected") == (found.path, found.code)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("desk.toml", "name = " + "9" * 5000, id="toml number"),
        pytest.param("desk.json", '{"name": ' + "9" * 5000 + "}", id="json number"),
        pytest.param("desk.toml", "name = " + "[" * 50_000, id="toml depth"),
        pytest.param("desk.json", "[" * 50_000, id="json depth"),
    ],
)
def test_a_file_that_no_parser_takes_is_a_finding(tmp_path: Path, name: str, text: str) -> None:
    assert f"{name[-4:]}_invalid" == finding_of(written(tmp_path, name, text)).code


def test_five_mistakes_are_five_findings_each_with_its_key_path(tmp_path: Path) -> None:
    found = findings_of(written(tmp_path, "desk.toml", FIVE_MISTAKES))
    ticket = "departments.desk.channels.ticket"
    assert {
        ("timezone", "zone_unknown"),
        ("crosing", "key_unknown"),
        (f"{ticket}.hours.schedule", "schedule_undefined"),
        (f"{ticket}.first_response[0].within", "duration_without_unit"),
        (f"{ticket}.first_response[1]", "rule_unreachable"),
    } == {(each.path, each.code) for each in found}
    assert 5 == len(found)


def test_the_message_of_a_policy_error_holds_every_finding(tmp_path: Path) -> None:
    path = written(tmp_path, "desk.toml", FIVE_MISTAKES)
    with pytest.raises(PolicyError) as caught:
        load_policy(path)
    lines = str(caught.value).splitlines()
    assert f"policy {str(path)!r} cannot be used, 5 findings; correct each of these:" == lines[0]
    assert [f"  {finding}" for finding in caught.value.findings] == lines[1:]


def test_an_empty_file_misses_every_required_key(tmp_path: Path) -> None:
    found = findings_of(written(tmp_path, "desk.toml", ""))
    assert ["name", "timezone", "departments"] == [each.path for each in found]
    assert {"key_missing"} == {each.code for each in found}


def test_an_unknown_key_suggests_the_nearest() -> None:
    found = finding_of(policy_data(timezon="UTC"))
    assert "did you mean 'timezone'?" in found.message


def test_an_unknown_key_like_no_other_lists_those_there_are() -> None:
    found = finding_of(policy_data(when("Su", xyz=1), rule_data()))
    assert "'hours', 'name', 'pauses_on', 'warn_at', 'when', 'within'" in found.message


def test_a_list_position_stands_in_brackets() -> None:
    channel = channel_data(hours={"schedule": "office", "observes": ["tet"]})
    found = finding_of(policy_data(channel=channel))
    assert "departments.desk.channels.ticket.hours.observes[0]" == found.path


def test_a_key_that_is_no_name_is_told_by_a_path_without_parser_words() -> None:
    found = finding_of(policy_data(schedules={"office": "24/7", " night": "24/7"}))
    assert "name_empty" == found.code
    assert "[key]" not in found.path


def test_a_policy_error_names_its_source_and_pickles_with_its_findings() -> None:
    with pytest.raises(PolicyError) as caught:
        load_policy({})
    error = pickle.loads(pickle.dumps(caught.value))
    assert ("mapping", caught.value.findings, str(caught.value)) == (
        error.source,
        error.findings,
        str(error),
    )


def test_a_policy_error_hides_the_parser_s_own() -> None:
    with pytest.raises(PolicyError) as caught:
        load_policy({})
    assert caught.value.__suppress_context__


def test_a_policy_that_is_loaded_is_a_policy() -> None:
    assert isinstance(load_policy(policy_data()), Policy)
