"""Whether place names belong together: the counties of one city are a list, those of ten provinces a link farm."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipelines.knowledge import reference

_PLACE = re.compile(r"^[\u4e00-\u9fff]{1,8}[市县区旗州省盟]$")


def is_place_name(text: str) -> bool:
    """Whether a short text has the form of a division's name: 宁明县, 凤山市."""
    return bool(_PLACE.match(text))


def are_unrelated(names: Sequence[str]) -> bool:
    """Whether a row of names looks drawn by lot: at least half places, and no two provinces hold most of them.

    Portals list the districts of their city and a report the towns it visited; farms draw from the whole country.
    """
    places = [name for name in names if is_place_name(name)]
    if len(places) < 4 or len(places) * 2 < len(names):
        return False
    provinces = [_provinces().get(name) for name in places]
    known = [found for found in provinces if found]
    if len(known) < 3:
        return True
    counts: dict[str, int] = {}
    for found in known:
        for province in found:
            counts[province] = counts.get(province, 0) + 1
    two_greatest = sum(sorted(counts.values())[-2:])
    return two_greatest * 2 <= len(known) or (len(known) >= 6 and two_greatest * 3 <= len(known) * 2)


@cache
def _provinces() -> dict[str, frozenset[str]]:
    """The provinces (first two digits of the code) that have a city or county of a name; provinces themselves left out."""
    found: dict[str, set[str]] = {}
    lines = reference("places/divisions.tsv").read_text("utf-8").splitlines()
    for line in lines[1:]:
        code, name, *_ = line.split("\t")
        if not code.endswith("0000"):
            found.setdefault(name, set()).add(code[:2])
    return {name: frozenset(codes) for name, codes in found.items()}
