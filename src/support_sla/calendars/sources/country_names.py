"""Which country, region or language somebody may have meant. Only for a refusal."""

from __future__ import annotations

import re
from typing import Any

from support_sla.errors import listed
from support_sla.values.model import nearest

_OTHER_NAMES = {
    "america": "US",
    "england": "GB",
    "great britain": "GB",
    "usa": "US",
    "holland": "NL",
    "uae": "AE",
}
"""Names of countries that the package does not have, plain and in small letters."""


def country_meant(code: str, known: list[str]) -> str:
    """Return what to write for a country that is named otherwise than by its code."""
    region, _, part = code[:80].partition("-")
    if part and region in known:
        return f"did you mean country = {region!r} with subdivision = {part!r}?"
    import difflib  # noqa: PLC0415  only a refusal needs them
    import unicodedata  # noqa: PLC0415

    from holidays.registry import COUNTRIES  # noqa: PLC0415  as above

    meant = {**_OTHER_NAMES}
    for module, (_, alpha_2, *others) in COUNTRIES.items():
        for name in (module.replace("_", " "), alpha_2, *others):
            meant[name.lower()] = alpha_2
    asked = unicodedata.normalize("NFKD", code[:80]).encode("ascii", "ignore").decode()
    asked = " ".join(re.findall("[a-z]+", asked.lower()))
    for name in (asked, asked.replace(" ", "")):
        if meant.get(name) in known:
            return f"did you mean {meant[name]!r}?"
    spelt = difflib.get_close_matches(
        asked, [name for name in meant if len(name) > 3], n=1, cutoff=0.8
    )
    if spelt and len(asked) > 3:
        return f"did you mean {meant[spelt[0]]!r}?"
    return "write its ISO 3166 code, e.g. 'VN', and a region as subdivision"


def part_meant(plain: Any, kind: str, name: str) -> str:  # noqa: ANN401
    """Return what to write for a language, subdivision or category that a country does not have."""
    if kind == "subdivision":
        codes = {
            alias.casefold(): code
            for alias, code in getattr(plain, "subdivisions_aliases", {}).items()
        }
        if code := codes.get(name.casefold()):
            return f"did you mean {code!r}?"
        return nearest(name, list(plain.subdivisions))
    if kind == "category":
        return nearest(name, list(plain.supported_categories))
    languages = list(plain.supported_languages)
    asked = name.replace("-", "_").split("_")[0].lower()
    near = [each for each in languages if each.split("_")[0] == asked]
    if near and asked != name.lower():
        return f"did you mean {listed(near, last='or')}?"
    return f"use one of {listed(sorted(languages))}"
