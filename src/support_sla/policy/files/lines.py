"""On which line of a TOML or JSON file each key and each item of a list is written.

The parsers of the standard library do not say. Both readers here take a text that such a parser
has already accepted, so they only look for where things begin. Only a refusal asks them.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from typing import TYPE_CHECKING, TypeAlias

from support_sla.policy.files.keys import DEEPEST

if TYPE_CHECKING:
    from collections.abc import Iterator

KeyPath: TypeAlias = tuple[int | str, ...]
Lines: TypeAlias = dict[KeyPath, int]


def line_of(lines: Lines, path: KeyPath) -> int | None:
    """Return the line of a key path; of one that is not written, that of what should hold it."""
    for length in range(min(len(path), DEEPEST), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return None


class _Breaks:
    """Where the lines of a text end."""

    def __init__(self, text: str) -> None:
        self._ends = [match.start() for match in re.finditer("\n", text)]

    def line(self, at: int) -> int:
        return bisect_right(self._ends, at - 1) + 1


# --- TOML ---

_SPACE = re.compile(r"(?:[ \t\r\n]|\#[^\n]*+)*+")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]++")
_STRING = re.compile(
    r'"""(?:[^\\"]|\\.|"(?!""))*+"{3,5}'
    r"|'''(?:[^']|'(?!''))*+'{3,5}"
    r'|"(?:[^\\"]|\\.)*+"'
    r"|'[^']*+'",
    re.DOTALL,
)
_PLAIN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:.]++[^,\]}\s#]*+|[^,\]}\s#]++")


def toml_lines(text: str) -> Lines:
    """Return the line of every key path of a TOML text that tomllib has read."""
    try:
        return _Toml(text).read()
    except RecursionError:  # a depth that the parser just managed
        return {}


class _Toml:
    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0
        self._breaks = _Breaks(text)
        self._lines: Lines = {}
        self._tables: dict[KeyPath, int] = {}
        """How many tables each array of tables has so far."""

    def read(self) -> Lines:
        table: KeyPath = ()
        while self._next():
            if self._text.startswith("[[", self._at):
                table = self._header(2)
                self._tables[table] = count = self._tables.get(table, -1) + 1
                table = (*table, count)
                self._note(table, self._at)
            elif self._text[self._at] == "[":
                table = self._header(1)
            else:
                self._pair(table)
        return self._lines

    def _next(self) -> str:
        """Return the next character that is neither space nor comment; '' at the end."""
        self._at = self._match(_SPACE).end()
        return self._text[self._at : self._at + 1]

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str]:
        match = pattern.match(self._text, self._at)
        assert match is not None, "tomllib has read this text"
        return match

    def _note(self, path: KeyPath, at: int) -> None:
        if len(path) <= DEEPEST:
            self._lines.setdefault(path, self._breaks.line(at))

    def _header(self, brackets: int) -> KeyPath:
        at = self._at
        self._at += brackets
        keys = self._keys()
        self._at += brackets
        path: KeyPath = ()
        for key in keys:
            if path in self._tables:
                path = (*path, self._tables[path])
            path = (*path, key)[: DEEPEST + 1]
            self._note(path, at)
        return path

    def _keys(self) -> list[str]:
        """Return the parts of a dotted key, and stand behind them and any space."""
        keys = []
        while True:
            if self._next() in "\"'":
                raw = self._match(_STRING)[0]
                keys.append(_unquoted(raw))
            else:
                raw = self._match(_BARE_KEY)[0]
                keys.append(raw)
            self._at += len(raw)
            if self._next() != ".":
                return keys
            self._at += 1

    def _pair(self, table: KeyPath) -> None:
        at, path = self._at, table
        for key in self._keys():
            path = (*path, key)[: DEEPEST + 1]
            self._note(path, at)
        self._at += 1  # the equals sign
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        first = self._next()
        if first == "[":
            self._at += 1
            place = 0
            while self._after_comma() != "]":
                self._note((*path, place), self._at)
                self._value((*path, place))
                place += 1
            self._at += 1
        elif first == "{":
            self._at += 1
            while self._after_comma() != "}":
                self._pair(path)
            self._at += 1
        else:
            self._at = self._match(_STRING if first in "\"'" else _PLAIN).end()

    def _after_comma(self) -> str:
        if self._next() == ",":
            self._at += 1
        return self._next()


def _unquoted(raw: str) -> str:
    if raw[0] == "'" or "\\" not in raw:
        return raw[1:-1]
    import tomllib  # noqa: PLC0415  only a key with an escape needs it

    read: str = tomllib.loads(f"key = {raw}")["key"]
    return read


# --- JSON ---

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\],:]|[^\s{}\[\],:"]++')


class _Open:
    """An object or a list that has begun, and where in it the reading stands."""

    __slots__ = ("at", "is_list", "path")

    def __init__(self, path: KeyPath, *, is_list: bool) -> None:
        self.path, self.is_list = path, is_list
        self.at: int | str | None = 0 if is_list else None

    @property
    def inside(self) -> KeyPath:
        return (*self.path, *([] if self.at is None else [self.at]))[: DEEPEST + 1]


def json_lines(text: str) -> Lines:
    """Return the line of every key path of a JSON text that json has read; of a repeated key the last."""
    return {path: line for path, line in _json_lines(text) if len(path) <= DEEPEST}


def _json_lines(text: str) -> Iterator[tuple[KeyPath, int]]:
    breaks = _Breaks(text)
    opened: list[_Open] = []
    for token in _TOKEN.finditer(text):
        said, top = token[0], opened[-1] if opened else None
        if said in ("}", "]"):
            opened.pop()
        elif said == ",":
            assert top is not None, "json has read this text"
            top.at = top.at + 1 if isinstance(top.at, int) else None
        elif said != ":":
            if top and not top.is_list and top.at is None:
                top.at = json.loads(said)
                yield top.inside, breaks.line(token.start())
            else:
                if top and top.is_list:
                    yield top.inside, breaks.line(token.start())
                if said in ("{", "["):
                    opened.append(_Open(top.inside if top else (), is_list=said == "["))
