"""The tables of `data/reference/places` in memory: divisions with their years, names, towns, area codes, postcodes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipelines.extract.places.model import Place
from pipelines.extract.remembered import remembered
from pipelines.knowledge import reference

# 北京, 天津, 上海, 重庆: their districts stand directly below them.
MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
# Rows of GB/T 2260 that group others and name no division.
_GROUPINGS = frozenset({"市辖区", "县", "市", "省直辖县级行政区划", "自治区直辖县级行政区划", "省直辖行政单位"})
_KINDS = ("特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "省", "市", "州", "盟", "县", "区", "旗")


@dataclass(frozen=True, slots=True)
class Division:
    """A name that a code of GB/T 2260 bore between two years (None: unbounded); `short` is without its kind."""

    code: str
    name: str
    short: str
    first: int | None
    last: int | None

    @property
    def level(self) -> str:
        """`province`, `city` or `county`."""
        if self.code.endswith("0000"):
            return "province"
        return "city" if self.code.endswith("00") else "county"

    @property
    def parent_code(self) -> str | None:
        """The code one level up; a county of a municipality or run by the province has the province's."""
        if self.level == "province":
            return None
        if self.level == "city" or self.code[:2] in MUNICIPALITIES or self.code[2:4] == "90":
            return self.code[:2] + "0000"
        return self.code[:4] + "00"

    def fits(self, year: int) -> bool:
        """Whether a report on `year`, written in it or the year after, can use the name."""
        return (self.first is None or self.first <= year + 1) and (self.last is None or self.last >= year)

    def spans(self, year: int) -> bool:
        """Whether the name was in use in `year` itself."""
        return (self.first is None or self.first <= year) and (self.last is None or self.last >= year)

    def distance(self, year: int) -> int:
        """Years between `year` and the name's use, 0 inside it."""
        if self.first is not None and year < self.first:
            return self.first - year
        return max(0, year - self.last) if self.last is not None else 0


def stem(code: str) -> str:
    """The digits of a code that all divisions below it share: 330000 → 33, 330300 → 3303."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


class Gazetteer:
    """Divisions by code, by name and by the last two characters of their names."""

    def __init__(self, divisions: Iterable[Division], aliases: Iterable[tuple[str, str]], common: Iterable[str]):
        self._by_code: dict[str, list[Division]] = defaultdict(list)
        named: dict[str, list[Division]] = defaultdict(list)
        bare: dict[str, list[Division]] = defaultdict(list)
        for division in divisions:
            self._by_code[division.code].append(division)
            if division.name in _GROUPINGS:
                continue
            for name in {division.name, division.short + division.name[-1]}:
                named[name].append(division)
            if division.level != "county":
                bare[division.short].append(division)
        for alias, code in aliases:
            if alias[-1] in "区县市旗州盟署省会":
                named[alias] += self._by_code.get(code, [])
            else:
                bare[alias] += self._by_code.get(code, [])
        self.names = {name: tuple(found) for name, found in named.items()}
        # 海南 and 吉林 alone mean the province; the prefecture is then written with its kind.
        self.bare = {
            name: tuple([one for one in found if one.level == "province"] or found) for name, found in bare.items()
        }
        self.common = frozenset(common)
        lengths: dict[str, set[int]] = defaultdict(set)
        for name in self.names:
            lengths[name[-2:]].add(len(name))
        self.lengths_by_tail = {tail: tuple(sorted(found, reverse=True)) for tail, found in lengths.items()}

    def at(self, code: str, year: int | None = None) -> Division | None:
        """The name `code` bore in `year`, the nearest in time if none did; the latest when no year is given."""
        found = [division for division in self._by_code.get(code, ()) if division.name not in _GROUPINGS]
        if not found:
            return None
        if year is None:
            return max(found, key=lambda division: division.last or 9999)
        return min(found, key=lambda division: (not division.fits(year), division.distance(year)))

    def home_of_towns(self, code: str, year: int | None = None) -> Division | None:
        """The division whose towns the lists keep under `code`: the prefecture for a zone's code (130171)."""
        return self.at(code, year) or self.at(code[:4] + "00", year)

    def ancestors(self, division: Division, year: int | None = None) -> Iterator[Division]:
        """The divisions above, nearest first, as they were called in `year`, else at the end of the division's use."""
        code = division.parent_code
        while code is not None:
            parent = self.at(code, year if year is not None else division.last)
            if parent is None:
                return
            yield parent
            code = parent.parent_code

    def is_below(self, lower: Division, upper: Division) -> bool:
        """Whether `lower` lies inside `upper`; a prefecture counts whatever code or kind it had (毕节地区, 毕节市)."""
        if lower.code == upper.code:
            return False
        return lower.code.startswith(stem(upper.code)) or any(
            key(parent) == key(upper) for parent in self.ancestors(lower)
        )

    def place(self, division: Division, year: int | None = None, town: str | None = None) -> Place:
        """The division as a place, with the names above it."""
        names = {parent.level: parent.name for parent in self.ancestors(division, year)}
        names[division.level] = division.name
        level = "town" if town else division.level
        return Place(division.code, names.get("province"), names.get("city"), names.get("county"), town, level)


def key(division: Division) -> str:
    """What stays the same when a province or prefecture changes code or kind: the province and the short name."""
    return division.code[:2] + (division.code if division.level == "county" else division.short)


def _short(name: str) -> str:
    for kind in _KINDS:
        if name.endswith(kind) and len(name) > len(kind):
            return name[: -len(kind)]
    return name


def _rows(name: str) -> Iterator[list[str]]:
    lines = reference("places").joinpath(name).read_text("utf-8").splitlines()
    header = True
    for line in lines:
        if line.startswith("#"):
            continue
        if not header:
            yield line.split("\t")
        header = False


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The divisions, loaded once."""
    divisions = [
        Division(code, name, short or _short(name), int(first) if first else None, int(last) if last else None)
        for code, name, short, first, last in _rows("divisions.tsv")
    ]
    aliases = [(row[0], row[1]) for table in ("hand/aliases.tsv", "hand/zones.tsv") for row in _rows(table)]
    words = reference("places").joinpath("hand/common_words.txt").read_text("utf-8").splitlines()
    return Gazetteer(divisions, aliases, (word for word in words if word and not word.startswith("#")))


_CODE_LENGTH = 6


@remembered(8192)
def counties_of_town(name: str) -> tuple[str, ...]:
    """Codes of the counties that have a town of that name, () when no list has it.

    The lists are searched as text, 0.2 ms for a name not met before: a page names one town or none, and a dictionary of
    the 41,000 takes as long to build as fifty pages take to search.
    """
    lists, wanted, found = _town_lists(), f" {name} ", []
    place = lists.find(wanted)
    while place >= 0:
        line = lists.rfind("\n", 0, place) + 1
        found.append(lists[line : line + _CODE_LENGTH])
        place = lists.find(wanted, place + len(wanted) - 1)
    return tuple(code for code in found if code.isdecimal())


@lru_cache(maxsize=1)
def _town_lists() -> str:
    """A line for each county: its code and its towns, each with a blank before and behind."""
    text = reference("places").joinpath("towns.tsv").read_text("utf-8")
    return text.replace("\t", " ").replace("\n", " \n")


@lru_cache(maxsize=1)
def _prefectures_by_area_code() -> dict[str, tuple[str, ...]]:
    return {row[0]: tuple(row[1].split(" ")) for row in _rows("area_codes.tsv")}


@lru_cache(maxsize=1)
def _prefectures_by_postcode() -> dict[str, tuple[str, ...]]:
    return {row[0]: tuple(row[1].split(" ")) for row in _rows("postcodes.tsv")}


@lru_cache(maxsize=1)
def _provinces_by_domain() -> dict[str, str]:
    return {row[0]: row[1] for row in _rows("hand/province_domains.tsv")}


def province_of_host(host: str) -> str | None:
    """Code of the province whose domain (fj.gov.cn) the host lies under, where that domain has one meaning."""
    labels = host.lower().rstrip(".").split(":")[0].split(".")
    if len(labels) < 3 or labels[-2:] != ["gov", "cn"]:
        return None
    return _provinces_by_domain().get(labels[-3])


def prefectures_of_phone(phone: str) -> tuple[str, ...]:
    """Codes of the prefectures a telephone number with area code (0991-3663970) can be in; () if it says nothing."""
    # The country's code stands for the 0: +86 577, 0086-21.
    national = re.sub(r"^\D*?(?:\+|00)86", "0", phone)
    digits = re.sub(r"[^0-9]", "", national)
    # Area code and seven or eight digits; a mobile number dialled with 0 has twelve and begins with 01.
    table = _prefectures_by_area_code()
    if len(digits) < 10:
        return ()
    return table.get(digits[:4]) or table.get(digits[:3], ())


def prefectures_of_postcode(postcode: str) -> tuple[str, ...]:
    """Codes of the prefectures a six-digit postcode can be in; () if it says nothing."""
    table = _prefectures_by_postcode()
    if len(postcode) != 6 or not postcode.isdecimal():
        return ()
    return next((table[postcode[:length]] for length in (6, 5, 4, 3) if postcode[:length] in table), ())
