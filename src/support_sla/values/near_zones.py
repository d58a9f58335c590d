"""Which IANA zone somebody may have meant by another name: a city, an abbreviation, an offset.

Only for a refusal; nothing here is read before one.
"""

from __future__ import annotations

import re

_MEANT = {
    ("hanoi", "ha noi", "da nang", "hue", "vietnam", "viet nam"): ("Asia/Ho_Chi_Minh",),
    ("ict",): ("Asia/Ho_Chi_Minh", "Asia/Bangkok"),
    ("edt", "et", "eastern"): ("America/New_York",),
    ("boston", "washington", "miami", "atlanta"): ("America/New_York",),
    ("cdt", "ct", "cst", "central", "dallas", "houston"): ("America/Chicago",),
    ("mdt", "mt", "mountain"): ("America/Denver",),
    ("pdt", "pt", "pst", "pacific", "san francisco", "seattle"): ("America/Los_Angeles",),
    ("bst", "england", "britain", "manchester", "edinburgh"): ("Europe/London",),
    ("cest", "munich", "frankfurt", "hamburg", "cologne", "germany"): ("Europe/Berlin",),
    ("eest",): ("Europe/Athens", "Europe/Helsinki", "Europe/Kyiv"),
    ("geneva", "basel", "bern", "switzerland"): ("Europe/Zurich",),
    ("lyon", "marseille", "france"): ("Europe/Paris",),
    ("milan", "naples", "italy"): ("Europe/Rome",),
    ("barcelona", "spain"): ("Europe/Madrid",),
    ("ist",): ("Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin"),
    ("india", "delhi", "new delhi", "mumbai", "bangalore", "chennai"): ("Asia/Kolkata",),
    ("china", "beijing", "shenzhen", "guangzhou"): ("Asia/Shanghai",),
    ("jst", "osaka", "kyoto"): ("Asia/Tokyo",),
    ("kst", "busan"): ("Asia/Seoul",),
    ("hkt",): ("Asia/Hong_Kong",),
    ("sgt",): ("Asia/Singapore",),
    ("wib",): ("Asia/Jakarta",),
    ("pht", "philippines"): ("Asia/Manila",),
    ("msk", "saint petersburg"): ("Europe/Moscow",),
    ("aest", "aedt", "canberra"): ("Australia/Sydney",),
    ("nzst", "nzdt", "wellington"): ("Pacific/Auckland",),
    ("rio", "rio de janeiro", "brasilia"): ("America/Sao_Paulo",),
}
"""What people write that is the last part of no zone's name, and the zones it may mean."""

_NOW_CALLED = {"Asia/Saigon": "Asia/Ho_Chi_Minh", "Asia/Calcutta": "Asia/Kolkata"}
_NO_ZONES = {"localtime", "posixrules", "Factory"}
"""Names of the machine's own settings, which some machines list among the zones."""

_OFFSET = re.compile(r"(?:UTC|GMT)? ?([+-])([0-9]{1,2})(?::?00)?")


def zones_meant(name: str) -> list[str]:  # noqa: PLR0911  a case each
    """Return the zones that `name` may mean, at most three; empty if none is near.

    >>> zones_meant("Saigon"), zones_meant("UTC+7")
    (['Asia/Ho_Chi_Minh'], ['Etc/GMT-7'])
    """
    if len(name) > 64:
        return []
    import difflib  # noqa: PLC0415  only a refusal needs these
    import zoneinfo  # noqa: PLC0415

    known = sorted(zoneinfo.available_timezones() - _NO_ZONES)
    spelt = {zone.lower().replace("_", " "): zone for zone in known}
    cities = {each.rpartition("/")[2]: zone for each, zone in spelt.items() if "/" in each}
    plain = name.strip().lower().replace("_", " ")
    city = plain.rpartition("/")[2]
    if plain in spelt:
        return [_NOW_CALLED.get(spelt[plain], spelt[plain])]
    for names, zones in _MEANT.items():
        if city in names:
            return [zone for zone in zones if zone in known]
    offset = _OFFSET.fullmatch(name.strip().upper())
    if offset:  # the names of these zones have the sign of hours west of Greenwich
        sign = "-" if offset[1] == "+" else "+"
        return [zone for zone in [f"Etc/GMT{sign}{int(offset[2])}"] if zone in known]
    if city in cities:
        return [_NOW_CALLED.get(cities[city], cities[city])]
    for asked, whole in ((city, cities), (plain, spelt)):
        if near := difflib.get_close_matches(asked, whole, n=1, cutoff=0.88):
            return [_NOW_CALLED.get(whole[near[0]], whole[near[0]])]
    return []
