"""The text of an iCalendar file: from bytes to lines, and from lines to its parts and their texts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from support_sla.errors import shown
from support_sla.values.model import fault

BYTES = 8 * 1024 * 1024
"""The most bytes of a feed that are read."""

READ_AS = "X-SUPPORT-SLA-READ-AS"
"""The line that tells, in the text of a file that is not UTF-8, how its bytes were read."""

_BEGIN = re.compile(r"\s*BEGIN[ \t]*:[ \t]*VCALENDAR[ \t]*(?=[\r\n])", re.IGNORECASE)
_FOLDED_BYTES = re.compile(rb"(?:\r\n?|\n)[ \t]")
_UTF_8 = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|[\xf1-\xf4][\x80-\xbf]{3}")
_FOLD, _BREAK = re.compile(r"(?:\r\n?|\n)[ \t]"), re.compile(r"\r\n?|\n")
_MARK = re.compile(r"(BEGIN|END)[ \t]*:[ \t]*([\w-]+)[ \t]*", re.IGNORECASE)
_LINE = re.compile(r'([A-Za-z0-9-]+)(?:;(?:[^":]|"[^"]*")*)?:(.*)', re.DOTALL)
_PART_OF_A_LIST = re.compile(r"(?:[^\\,]|\\.|\\$)+", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def decode_feed(data: bytes) -> str:
    """Return the text of a feed's bytes; raise `UnicodeDecodeError` if they could be several.

    It is UTF-8, also with lines that are folded inside a character. Bytes that are no UTF-8 at
    all, but begin a calendar, are read as Windows-1252, which Latin-1 is a part of; `READ_AS`
    says so in the text.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        unfolded = _FOLDED_BYTES.sub(b"", data)
        try:
            return unfolded.decode("utf-8-sig")
        except UnicodeDecodeError:
            if _UTF_8.search(unfolded):  # broken UTF-8, which would be read as nonsense
                raise error from None
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            raise error from None
        begin = _BEGIN.match(text)
        if begin is None:
            raise error from None
        return f"{text[: begin.end()]}\r\n{READ_AS}:Windows-1252{text[begin.end() :]}"


def begins_a_feed(text: str) -> bool:
    """Whether a text begins as an iCalendar file does."""
    return _BEGIN.match(text) is not None


@dataclass(slots=True)
class Part:
    """A part of a calendar, such as an event: its unfolded lines, and the parts inside it."""

    name: str
    lines: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    def first(self, key: str) -> str:
        """Return what the first line with a key says, without parameters; '' if there is none."""
        return next(iter(self.all(key)), "")

    def all(self, key: str) -> list[str]:
        """Return what each line with a key says, without parameters, as it is escaped."""
        keyed = (line for line in self.lines if line[: len(key)].upper() == key)
        found = filter(None, map(_LINE.fullmatch, keyed))
        return [match[2] for match in found if match[1].upper() == key]

    def lists(self, key: str) -> list[str]:
        """Return the texts of lists, such as CATEGORIES, in all lines with a key."""
        texts = (text for line in self.all(key) for text in _PART_OF_A_LIST.findall(line))
        return [unescaped(text) for text in texts]


def unescaped(text: str) -> str:
    """Return a text without the backslashes that RFC 5545 has in it."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)


def parts_of(text: str) -> list[Part]:
    """Return the calendars of a text with the parts in them; raise pydantic's error for any other.

    Of the parts inside an event only the event's own lines matter, so theirs are left out.
    """
    calendars: list[Part] = []
    stack: list[Part] = []
    for line in _BREAK.split(_FOLD.sub("", text.removeprefix("\ufeff"))):
        mark = _MARK.fullmatch(line)
        begins, name = (mark[1].upper() == "BEGIN", mark[2].upper()) if mark else (False, "")
        if stack and not mark:
            if line.strip():
                stack[-1].lines.append(line)
        elif not line.strip():
            continue
        elif begins and (name == "VCALENDAR") != bool(stack):
            part = Part(name)
            (stack[-1].parts if stack else calendars).append(part)
            stack.append(part)
        elif mark and not begins and stack and stack[-1].name == name:
            stack.pop()
        else:
            message = f"feed has the line {shown(line)} where none like it can be"
            raise fault("ics_invalid", f"{message}; give an .ics file from BEGIN:VCALENDAR on")
    if stack or not calendars:
        inside = f"ends inside {stack[-1].name}" if stack else "has no calendar in it"
        raise fault("ics_invalid", f"feed {inside}; give the whole text of an .ics file")
    return calendars
