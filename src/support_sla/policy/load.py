"""`load_policy`: a policy from a shipped name, a TOML or JSON file or a mapping."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic import ValidationError

from support_sla.errors import Finding, PolicyError, cut, listed, shown
from support_sla.policy.files.keys import DEEPEST, long_key_line
from support_sla.policy.files.text import MOST_BYTES, UnreadableFileError, read_text
from support_sla.policy.policy import Policy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from support_sla.policy.files.lines import KeyPath, Lines

Locate: TypeAlias = "Callable[[], Lines]"
"""Reads the file once more for the lines of its keys, which only a finding needs."""


def shipped_policies() -> tuple[str, ...]:
    """Return the names of the policies that come with the library, in alphabetical order.

    >>> shipped_policies()
    ('azdigi',)
    """
    files = resources.files("support_sla.policy.shipped").iterdir()
    return tuple(sorted(f.name.removesuffix(".toml") for f in files if f.name.endswith(".toml")))


def load_policy(source: str | os.PathLike[str] | Mapping[str, Any]) -> Policy:
    """Return the policy of a shipped name, a path that ends in .toml or .json, or a mapping.

    Raises `PolicyError` with every finding at once: each names its key path and, for a file, its
    line; `PolicyError.findings` has them as data. A file that cannot be read, one of more than
    16 MiB, or a name that is not shipped, is a finding too.

    >>> load_policy("azdigi").departments["billing"].channels["ticket"].first_response[0].within
    datetime.timedelta(seconds=3600)
    """
    if isinstance(source, Mapping):
        return _validated("mapping", source, dict)
    if not isinstance(source, (str, os.PathLike)):
        message = f"{shown(source)} is no policy source; give a shipped name, a path or a mapping"
        raise PolicyError.of(type(source).__name__, [Finding("", "source_invalid", message)])
    name = os.fsdecode(source)
    if isinstance(source, str) and name in shipped_policies():
        file = resources.files("support_sla.policy.shipped").joinpath(f"{name}.toml")
        return _policy_of_toml(name, file.read_text("utf-8"))
    if "\n" in name:
        message = f"{shown(name)} is the text of a policy, not its path; parse it first, with tomllib.loads"
        raise PolicyError.of("text", [Finding("", "source_invalid", message)])
    path = Path(name)
    if path.suffix.lower() == ".toml":
        return _policy_of_toml(name, _read(name, path), path.parent)
    if path.suffix.lower() == ".json":
        return _policy_of_json(name, _read(name, path), path.parent)
    raise PolicyError.of(name, [Finding("", "policy_unknown", _what_else(source, path))])


def _what_else(source: str | os.PathLike[str], path: Path) -> str:
    """Return the message about a source that is neither a shipped name nor a file that is read."""
    name, known = shown(os.fsdecode(source), 300), listed(shipped_policies())
    if path.suffix.lower() in (".yaml", ".yml"):
        said = f"{name} is a YAML file, which is not read; write it as .toml or .json, or parse it "
        return (
            f"{said}yourself and give load_policy the mapping (a shipped policy is one of {known})"
        )
    if not isinstance(source, str) and path.name in shipped_policies():
        said = f"path {name} does not end in .toml or .json; add it, or give the text "
        return f"{said}{path.name!r} for the shipped policy"
    return f"{name} is no shipped policy; use one of {known}, or a path to a .toml or .json file"


def _policy_of_toml(name: str, text: str, folder: Path | None = None) -> Policy:
    def locate() -> Lines:
        from support_sla.policy.files.lines import toml_lines  # noqa: PLC0415  only a finding needs it

        return toml_lines(text)

    return _validated(name, _with_feeds(name, _parse_toml(name, text), folder, locate), locate)


def _policy_of_json(name: str, text: str, folder: Path) -> Policy:
    def locate() -> Lines:
        from support_sla.policy.files.lines import json_lines  # noqa: PLC0415  only a finding needs it

        return json_lines(text)

    data = _parse_json(name, text, locate)
    return _validated(name, _with_feeds(name, data, folder, locate), locate)


def _with_feeds(name: str, data: Any, folder: Path | None, locate: Locate) -> Any:  # noqa: ANN401  whatever the file held
    """Return the data with each calendar's feed read in if it is written as a path to a file.

    A file that is no feed is not shown: the path may lead to what nobody should read here.
    """
    calendars = data.get("calendars") if isinstance(data, dict) and folder else None
    wrong: list[tuple[KeyPath, str, str]] = []
    for key, calendar in calendars.items() if isinstance(calendars, dict) else ():
        feed = calendar.get("feed") if isinstance(calendar, dict) else None
        if not (folder and isinstance(feed, str) and feed.endswith(".ics") and "\n" not in feed):
            continue
        from support_sla.calendars.sources.ics.text import BYTES, begins_a_feed, decode_feed  # noqa: PLC0415  only a feed needs it

        place: KeyPath = ("calendars", key, "feed")
        if "://" in feed:
            message = f"feed {shown(feed)} is the address of a file, and none is fetched"
            message += "; save the file beside the policy, and give its path"
            wrong.append((place, "ics_invalid", message))
            continue
        try:
            text = read_text(folder / feed, BYTES, decode_feed)
        except UnreadableFileError as error:
            wrong.append((place, error.code, error.message))
            continue
        if not begins_a_feed(text):
            message = f"file {shown(str(folder / feed), 300)} is no iCalendar file"
            message += "; give one that begins with BEGIN:VCALENDAR"
            wrong.append((place, "ics_invalid", message))
        calendar["feed"] = text
    if wrong:
        raise PolicyError.of(name, _found(wrong, locate))
    return data


def _read(name: str, path: Path) -> str:
    try:
        return read_text(path, MOST_BYTES)
    except UnreadableFileError as error:
        raise PolicyError.of(name, [Finding("", error.code, error.message)]) from None


def _parse_toml(name: str, text: str) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415  only a TOML file needs it

    if (line := long_key_line(text)) is not None:
        message = f"the file has a key of more than {DEEPEST} parts; write the keys of a policy"
        raise PolicyError.of(name, [Finding("", "toml_invalid", message, line)])
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also numbers and nestings beyond all bounds
        what, line = _split_place(str(error))
        message = f"the file is not valid TOML ({cut(what)}); correct that place"
        raise PolicyError.of(name, [Finding("", "toml_invalid", message, line)]) from None


def _split_place(message: str) -> tuple[str, int | None]:
    """Return tomllib's message and its line, which Python 3.11 to 3.13 give only in the text."""
    what, _, place = message.rpartition(" (at line ")
    number = place.partition(",")[0]
    return (what, int(number)) if number.isdigit() else (message, None)


class _WithRepeats(dict[str, Any]):
    """An object of a JSON file that has a key twice: the key `repeated`."""

    repeated: str


def _parse_json(name: str, text: str, locate: Locate) -> Any:  # noqa: ANN401  a JSON file may hold anything
    import json  # noqa: PLC0415

    try:
        data = json.loads(text, object_pairs_hook=_object)
        repeats = list(_repeats(data))
    except json.JSONDecodeError as error:
        message = f"the file is not valid JSON ({error.msg}); correct that place"
        raise PolicyError.of(name, [Finding("", "json_invalid", message, error.lineno)]) from None
    except (ValueError, RecursionError) as error:  # numbers and nestings beyond all bounds
        message = f"the file is not valid JSON ({cut(str(error))}); correct that place"
        raise PolicyError.of(name, [Finding("", "json_invalid", message)]) from None
    if repeats:
        what = "stands twice in one object; keep one of them"
        wrong = [(path, "key_repeated", f"key {shown(path[-1])} {what}") for path in repeats]
        raise PolicyError.of(name, _found(wrong, locate))
    return data


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    marked = _WithRepeats(found)
    times = Counter(key for key, _ in pairs)
    marked.repeated = next(key for key in times if times[key] > 1)
    return marked


def _repeats(data: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Yield where a key stands twice; of a place that lies too deep for its line, where that begins."""
    path = path[:DEEPEST]
    if isinstance(data, _WithRepeats):
        yield (*path, data.repeated)
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _repeats(value, (*path, key))
    elif isinstance(data, list):
        for at, value in enumerate(data):
            yield from _repeats(value, (*path, at))


def _validated(name: str, data: Any, locate: Locate) -> Policy:  # noqa: ANN401  whatever the file held
    try:
        return Policy.model_validate(data)
    except ValidationError as error:
        wrong = [(line["loc"], line["type"], line["msg"]) for line in error.errors()]
        raise PolicyError.of(name, _found(wrong, locate)) from None


def _found(wrong: list[tuple[KeyPath, str, str]], locate: Locate) -> list[Finding]:
    """Return findings about key paths, each with the line on which the file has it."""
    from support_sla.policy.files.lines import line_of  # noqa: PLC0415  only a finding needs it

    lines = locate()
    found = []
    for place, code, message in wrong:
        path = tuple(part for part in place if part != "[key]")  # pydantic's word for a key itself
        found.append(Finding(_written(path), code, message, line_of(lines, path)))
    return found


def _written(place: KeyPath) -> str:
    """Return a place as a key path, e.g. departments.billing.channels.ticket.first_response[0]."""
    path = ""
    for part in place:
        named = cut(str(part))
        path += f"[{part}]" if isinstance(part, int) else f".{named}" if path else named
    return path
