"""Keys of a TOML text that are too long to be parsed: tomllib takes the square of their parts."""

from __future__ import annotations

import re

DEEPEST = 32
"""Parts of a key path that is read or told; no key of a policy lies half as deep."""

_QUOTED = r"\"(?:[^\"\\\n]|\\[^\n])*+\"|'[^'\n]*+'"
_LONG_KEY = re.compile(
    # strings, comments and words are stepped over whole, so that each character is looked at once,
    # and what is dotted in them is no key; one that does not end goes on to the end of the text
    r'"""(?:[^\\"]|\\.|"(?!""))*+(?:"{3,5}|\\?\Z)'
    r"|'''(?:[^']|'(?!''))*+(?:'{3,5}|\Z)"
    r"|\#[^\n]*+"
    rf"|(?P<key>(?:(?:[A-Za-z0-9_-]++|{_QUOTED})[ \t]*+\.[ \t]*+){{{DEEPEST}}})"
    r"|[A-Za-z0-9_-]++|\"(?:[^\"\\\n]|\\[^\n])*+\"?|'[^'\n]*+'?",
    re.DOTALL,
)


def long_key_line(text: str) -> int | None:
    """Return the line of the first key with more than `DEEPEST` parts, None if there is none."""
    found = (each.start() for each in _LONG_KEY.finditer(text) if each["key"])
    return next((text.count("\n", 0, at) + 1 for at in found), None)
