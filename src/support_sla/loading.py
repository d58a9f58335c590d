"""`load_policy`: a policy from a shipped name, a TOML or JSON file, or a mapping; all faults at once."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from support_sla._model import shown
from support_sla.errors import Finding, PolicyError, listed
from support_sla.policy import Policy

_SUFFIXES = (".toml", ".json")


def shipped_policies() -> tuple[str, ...]:
    """Return the names of the policies that come with the library, in alphabetical order.

    >>> shipped_policies()
    ('azdigi',)
    """
    files = resources.files("support_sla.policies").iterdir()
    return tuple(sorted(f.name.removesuffix(".toml") for f in files if f.name.endswith(".toml")))


def load_policy(source: str | os.PathLike[str] | Mapping[str, Any]) -> Policy:
    """Return the policy of a shipped name, a path that ends in .toml or .json, or a mapping.

    Raises `PolicyError` with every finding at once: each names its key path and, where the parser
    knows it, its line; `PolicyError.findings` has them as data. A file that cannot be read, or a
    name that is not shipped, is a finding too.

    >>> load_policy("azdigi").departments["billing"].channels["ticket"].first_response[0].within
    datetime.timedelta(seconds=3600)
    """
    if isinstance(source, Mapping):
        return _validated("mapping", source)
    if not isinstance(source, (str, os.PathLike)):
        message = f"{shown(source)} is no policy source; give a shipped name, a path or a mapping"
        raise PolicyError.of(type(source).__name__, [Finding("", "source_invalid", message)])
    name = os.fspath(source)
    if isinstance(source, str) and name in shipped_policies():
        text = resources.files("support_sla.policies").joinpath(f"{name}.toml").read_text("utf-8")
        return _validated(name, _parse_toml(name, text))
    path = Path(name)
    if path.suffix not in _SUFFIXES:
        known = listed(shipped_policies())
        message = (
            f"{name!r} is no shipped policy; use one of {known}, or a path to a .toml or .json file"
        )
        raise PolicyError.of(name, [Finding("", "policy_unknown", message)])
    text = _read(name, path)
    return _validated(name, (_parse_toml if path.suffix == ".toml" else _parse_json)(name, text))


def _read(name: str, path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        message = f"file {name!r} cannot be read ({error.strerror}); check the path"
        raise PolicyError.of(name, [Finding("", "file_unreadable", message)]) from None
    except UnicodeDecodeError as error:
        message = f"file {name!r} is not UTF-8 at byte {error.start}; save it as UTF-8"
        raise PolicyError.of(name, [Finding("", "file_not_utf8", message)]) from None


def _parse_toml(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what, line = _split_place(str(error))
        message = f"the file is not valid TOML ({what}); correct that place"
        raise PolicyError.of(name, [Finding("", "toml_invalid", message, line)]) from None


def _split_place(message: str) -> tuple[str, int | None]:
    """Return tomllib's message and its line; Python 3.11 to 3.13 tell the line in the text alone."""
    what, _, place = message.partition(" (at line ")
    number = place.partition(",")[0]
    return what, int(number) if number.isdigit() else None


class _DuplicateKeyError(ValueError):
    pass


def _parse_json(name: str, text: str) -> Any:  # noqa: ANN401  a JSON file may hold anything
    try:
        return json.loads(text, object_pairs_hook=_without_duplicates)
    except json.JSONDecodeError as error:
        message = f"the file is not valid JSON ({error.msg}); correct that place"
        finding = Finding("", "json_invalid", message, error.lineno)
    except _DuplicateKeyError as error:
        message = f"key {error.args[0]!r} stands twice in one object; keep one of them"
        finding = Finding(str(error.args[0]), "key_repeated", message)
    raise PolicyError.of(name, [finding])


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _DuplicateKeyError(key)
        found[key] = value
    return found


def _validated(name: str, data: Any) -> Policy:  # noqa: ANN401  whatever the file held
    try:
        return Policy.model_validate(data)
    except ValidationError as error:
        findings = [_finding(line) for line in error.errors()]
        raise PolicyError.of(name, findings) from None


def _finding(line: Any) -> Finding:  # noqa: ANN401  pydantic's own record
    path = ""
    for part in line["loc"]:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return Finding(path, line["type"], line["msg"])
