"""Files as texts: plain ones only, in UTF-8, and up to a stated size."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from support_sla.errors import shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MOST_BYTES = 16 << 20
"""Bytes of a policy file; the shipped policy has eight thousand."""

_KINDS = (
    (stat.S_ISDIR, "a directory"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (lambda _: True, "a device"),
)


class UnreadableFileError(Exception):
    """A file that is not read; `code` and `message` are those of the finding about it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code: str = code
        self.message: str = message


def _from_utf8(content: bytes) -> str:
    return content.decode("utf-8-sig")


def read_text(path: Path, most: int, decode: Callable[[bytes], str] = _from_utf8) -> str:
    """Return the text of a file without its byte order mark; raise `UnreadableFileError`.

    `most` is how many bytes it may have, and `decode` raises `UnicodeDecodeError` for others' bytes.
    """
    name = shown(str(path), 300)
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116  Path.stat would refuse a NUL otherwise
        if not stat.S_ISREG(mode):
            kind = next(kind for is_kind, kind in _KINDS if is_kind(mode))
            message = f"file {name} cannot be read (it is {kind}); give a plain file"
            raise UnreadableFileError("file_unreadable", message)
        with path.open("rb") as file:
            content = file.read(most + 1)
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL
        reason = getattr(error, "strerror", None) or error
        message = f"file {name} cannot be read ({reason}); check the path"
        raise UnreadableFileError("file_unreadable", message) from None
    if len(content) > most:
        size = f"{most >> 20} MiB" if most >> 20 else f"{most} bytes"
        message = f"file {name} has more than {size}; write less into it"
        raise UnreadableFileError("file_too_large", message)
    try:
        return decode(content)
    except UnicodeDecodeError as error:
        message = f"file {name} is not UTF-8 at byte {error.start}; save it as UTF-8"
        raise UnreadableFileError("file_not_utf8", message) from None
