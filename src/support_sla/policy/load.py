"""`load_policy`: a policy from a shipped name, a TOML or JSON file or a mapping."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from support_sla.errors import Finding, PolicyError, listed, shown
from support_sla.policy.policy import Policy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SUFFIXES = (".toml", ".json")


def shipped_policies() -> tuple[str, ...]:
    """Return the names of the policies that come with the library, in alphabetical order.

    >>> shipped_policies()
    ('azdigi',)
    """
    files = resources.files("support_sla.policy.shipped").iterdir()
    return tuple(sorted(f.name.removesuffix(".toml") for f in files if f.name.endswith(".toml")))


def load_policy(source: str | os.PathLike[str] | Mapping[str, Any]) -> Policy:
    """Return the policy of a shipped name, a path that ends in .toml or .json, or a mapping.

    Raises `PolicyError` with every finding at once: each names its key path and, if the parser
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
    name = os.fsdecode(source)
    if isinstance(source, str) and name in shipped_policies():
        text = (
            resources.files("support_sla.policy.shipped")
            .joinpath(f"{name}.toml")
            .read_text("utf-8")
        )
        return _validated(name, _parse_toml(name, text))
    if "\n" in name:
        message = f"{shown(name)} is the text of a policy, not its path; parse it first, with tomllib.loads"
        raise PolicyError.of("text", [Finding("", "source_invalid", message)])
    path = Path(name)
    if path.suffix not in _SUFFIXES:
        known = listed(shipped_policies())
        message = (
            f"{name!r} is no shipped policy; use one of {known}, or a path to a .toml or .json file"
        )
        raise PolicyError.of(name, [Finding("", "policy_unknown", message)])
    text = _read(name, path)
    data = (_parse_toml if path.suffix == ".toml" else _parse_json)(name, text)
    return _validated(name, _with_feeds(name, data, path.parent))


def _with_feeds(name: str, data: Any, folder: Path) -> Any:  # noqa: ANN401  whatever the file held
    """Return the data with each calendar's feed read in if it is written as a path to a file."""
    calendars = data.get("calendars") if isinstance(data, dict) else None
    for calendar in calendars.values() if isinstance(calendars, dict) else ():
        feed = calendar.get("feed") if isinstance(calendar, dict) else None
        if isinstance(feed, str) and feed.endswith(".ics"):
            calendar["feed"] = _read_feed(name, folder / feed)
    return data


def _read_feed(name: str, path: Path) -> str:
    from support_sla.calendars.sources.ics_text import BYTES, decode_feed  # noqa: PLC0415  only a feed needs it

    data = _bytes(name, path, BYTES + 1)
    if len(data) > BYTES:
        message = f"feed {str(path)!r} has more than {BYTES} bytes; export fewer years"
        raise PolicyError.of(name, [Finding("", "ics_too_large", message)])
    return _decoded(name, path, data, decode_feed)


def _read(name: str, path: Path) -> str:
    return _decoded(name, path, _bytes(name, path), lambda data: data.decode("utf-8-sig"))


def _bytes(name: str, path: Path, limit: int = -1) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(limit)
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL
        reason = getattr(error, "strerror", None) or error
        message = f"file {str(path)!r} cannot be read ({reason}); check the path"
        raise PolicyError.of(name, [Finding("", "file_unreadable", message)]) from None


def _decoded(name: str, path: Path, data: bytes, decode: Callable[[bytes], str]) -> str:
    try:
        return decode(data)
    except UnicodeDecodeError as error:
        message = f"file {str(path)!r} is not UTF-8 at byte {error.start}; save it as UTF-8"
        raise PolicyError.of(name, [Finding("", "file_not_utf8", message)]) from None


def _parse_toml(name: str, text: str) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415  only a TOML file needs it

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also numbers and nestings beyond all bounds
        what, line = _split_place(str(error))
        message = f"the file is not valid TOML ({what}); correct that place"
        raise PolicyError.of(name, [Finding("", "toml_invalid", message, line)]) from None


def _split_place(message: str) -> tuple[str, int | None]:
    """Return tomllib's message and its line, which Python 3.11 to 3.13 give only in the text."""
    what, _, place = message.partition(" (at line ")
    number = place.partition(",")[0]
    return what, int(number) if number.isdigit() else None


class _WithRepeats(dict[str, Any]):
    """An object of a JSON file that has a key twice: the key `repeated`."""

    repeated: str


def _parse_json(name: str, text: str) -> Any:  # noqa: ANN401  a JSON file may hold anything
    import json  # noqa: PLC0415

    try:
        data = json.loads(text, object_pairs_hook=_object)
        findings = [_repeated(path) for path in _repeats(data)]
    except json.JSONDecodeError as error:
        message = f"the file is not valid JSON ({error.msg}); correct that place"
        findings = [Finding("", "json_invalid", message, error.lineno)]
    except (ValueError, RecursionError) as error:  # numbers and nestings beyond all bounds
        message = f"the file is not valid JSON ({error}); correct that place"
        findings = [Finding("", "json_invalid", message)]
    if findings:
        raise PolicyError.of(name, findings)
    return data


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    marked = _WithRepeats(found)
    keys = [key for key, _ in pairs]
    marked.repeated = next(key for key in keys if keys.count(key) > 1)
    return marked


def _repeats(data: object, path: tuple[int | str, ...] = ()) -> Iterator[tuple[int | str, ...]]:
    if isinstance(data, _WithRepeats):
        yield (*path, data.repeated)
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _repeats(value, (*path, key))
    elif isinstance(data, list):
        for at, value in enumerate(data):
            yield from _repeats(value, (*path, at))


def _repeated(path: tuple[int | str, ...]) -> Finding:
    message = f"key {path[-1]!r} stands twice in one object; keep one of them"
    return Finding(_written(path), "key_repeated", message)


def _validated(name: str, data: Any) -> Policy:  # noqa: ANN401  whatever the file held
    try:
        return Policy.model_validate(data)
    except ValidationError as error:
        findings = [_finding(line) for line in error.errors()]
        raise PolicyError.of(name, findings) from None


def _finding(line: Any) -> Finding:  # noqa: ANN401  pydantic's own record
    return Finding(_written(line["loc"]), line["type"], line["msg"])


def _written(place: tuple[int | str, ...]) -> str:
    """Return a place as a key path, e.g. departments.billing.channels.ticket.first_response[0]."""
    path = ""
    for part in place:
        if part == "[key]":  # pydantic writes this if the key itself is meant
            continue
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return path
