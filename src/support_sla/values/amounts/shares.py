"""Shares of an amount, such as '75 %', read exactly: no float decides an answer."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from support_sla.errors import ShareError

Share: TypeAlias = str | Fraction | Decimal | float

_PERCENT = re.compile(r"([0-9]{1,9}(?:[.,][0-9]{1,9})?)\s?%")
_PLAIN = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?|[0-9]{1,9}/0*[1-9][0-9]{0,8}")


def read_share(name: str, value: Share) -> Fraction:
    """Return a share as an exact fraction: '75 %', '0.75', '3/4', a Fraction, a Decimal or a float.

    A float is read by its shortest decimal, so 0.1 is one tenth. `name` is the caller's argument,
    for messages. Raises `ShareError` for anything else, and for a negative share.

    >>> read_share("share", "75 %"), read_share("share", 0.1)
    (Fraction(3, 4), Fraction(1, 10))
    """
    if isinstance(value, str):
        text = str.__str__(value).strip()
        if match := _PERCENT.fullmatch(text):
            return Fraction(match[1].replace(",", ".")) / 100
        if _PLAIN.fullmatch(text):
            return Fraction(text)
        raise ShareError.of(name, value)
    if isinstance(value, bool) or not isinstance(value, (int, float, Fraction, Decimal)):
        raise ShareError.of(name, value)
    if isinstance(value, (float, Decimal)) and not Decimal(value).is_finite():
        raise ShareError.of(name, value)
    if value < 0:
        raise ShareError.of(name, value)
    return Fraction(float.__repr__(value)) if isinstance(value, float) else Fraction(value)
