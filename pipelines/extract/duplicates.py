"""Whether two reports are the same one: copied to another address, extracted twice, glued twice into one page.

Neighbouring towns copy each other's sentences and a town copies its own of last year, so likeness of the text alone
merges different reports. The year, the agency and every figure have their say: one figure that stands behind the same
words in both texts and differs, or one name that is another one throughout, keeps two reports apart. What is only
missing in one of them (digits lost, a heading, the page's head) does not.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from heapq import nsmallest
from itertools import pairwise
from typing import Protocol

from rapidfuzz.distance import Indel

_NOT_WORDS = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff□*＊]+")
_SHINGLE = 6
_SKETCH = 64
# A sketch looks at the shingles that begin with one character of eight: 0.5 ms for 5,000 characters instead of 2.
_SAMPLED_OF = 8
# So many of the sketch's hashes, and so many hashes of figures, find candidates: of 10,000 reports whose sentences and
# tables are shared by eighty, every damaged copy was found that names neither agency nor year (tests/benchmarks).
_SKETCH_BANDS = 12
_FIGURE_BANDS = 12
# A figure of two digits at least with the words before it, and no year. Two of them that follow each other are a
# report's own even where its sentences are everybody's; one alone is not: 主动公开信息12 stands in one of a hundred.
_OWN_FIGURE = re.compile(r"[1-9](?<=[\u4e00-\u9fff]{4}.)\d+")
_A_YEAR = re.compile(r"(?:19|20)\d\d")
_WORDS_BEFORE = 4
# Damaged copies share at least .89 of the smaller text's shingles (the case files; characters lost, heads cut, names
# overwritten). .7 leaves room for worse; figures and names decide what is above it.
_LEAST_SHARED = 0.7
_LEAST_LENGTH_RATIO = 0.55
_LEAST_CHARACTERS = 30
# The alignment for names reads only the beginning of longer texts (12,000 characters take some 30 ms).
_ALIGNED = 12_000
_CONTEXT = 6
# 2014年1月1日 that lost its signs; and days and months, which lose a digit as easily.
_DAMAGED_DATE = re.compile(r"^(?:19|20)\d{3,}$")
_NUMBER = re.compile(
    r"\d+(?![月日\dxX*＊])|[一二三四五六七八九十百千万两零〇]+(?=[余多]?[条件次人个项起宗篇份元期场名户])"
)
_OFFICE = re.compile(r"人民政府|街道|办事处|委员会|大学|学院|中学|小学|医院|公司|中心|[省市县区旗州镇乡村局委厅院校]")
_MASK = re.compile(r"[□*＊]|[xX]{2}|某")
_CHINESE = re.compile(r"^[\u4e00-\u9fff]+$")
_LONGEST_NAME = 12
_OFFICE_OF = re.compile(r"^本|办公室$|办事处$|人民政府$|政府$")
_WHOLE_REGION = re.compile(r"(?:00)+$")


class Stated(Protocol):
    """What a report states of itself, as far as it does."""

    @property
    def report_year(self) -> int | None:
        """The year it reports on."""

    @property
    def agency(self) -> str | None:
        """Whose report it is."""

    @property
    def region_code(self) -> str | None:
        """The GB/T 2260 code of the place it is about."""

    @property
    def town(self) -> str | None:
        """The town or street, where the place is one: it bears its county's code."""


class Comparable(Stated, Protocol):
    """What a report must have to be compared; `pipelines.model.Report` does."""

    @property
    def body_text(self) -> str:
        """The report's text."""


@dataclass(frozen=True, slots=True)
class DuplicateKey:
    """What a corpus keeps of a report to find its twins without reading all texts.

    `text_sha256` is equal for texts that differ in punctuation and spaces only. `sketch` holds the smallest hashes of
    a sample of the text's shingles, sorted: two texts with a common half have about half of them in common. `figures`
    holds the smallest hashes of its neighbouring figures with the words before them. Stable over processes.
    """

    report_year: int | None
    agency: str
    region_code: str | None
    town: str | None
    text_sha256: str
    sketch: tuple[int, ...]
    figures: tuple[int, ...]

    def bands(self) -> tuple[int, ...]:
        """Numbers below 2⁶³ by which candidates are looked up: reports that share none of them are not compared.

        The text's own; year and agency, where both are stated; figures; single hashes of the sketch. None for no text.
        """
        if not self.sketch:
            return ()
        named = (f"{self.report_year} {_own_name(self.agency)}",) if self.report_year and self.agency else ()
        own = (int(_sha256(text)[:15], 16) for text in (self.text_sha256, *named))
        return tuple(dict.fromkeys((*own, *self.figures, *self.sketch[:_SKETCH_BANDS])))


def duplicate_key(report: Comparable) -> DuplicateKey:
    """The key of a report: what it states, agency without blanks, hash and sketch of its words."""
    words = _words(report.body_text)
    starts = _sampled_starts().finditer(words, 0, max(0, len(words) - _SHINGLE + 1))
    sample = {words[match.start() : match.start() + _SHINGLE] for match in starts} or _shingles(words)
    return DuplicateKey(
        report_year=report.report_year,
        agency=_words(report.agency or ""),
        region_code=report.region_code,
        town=report.town,
        text_sha256=_sha256(words),
        sketch=_smallest_hashes(sample, _SKETCH),
        figures=_smallest_hashes(map("".join, pairwise(_own_figures(words))), _FIGURE_BANDS),
    )


def sketch_similarity(one: DuplicateKey, other: DuplicateKey) -> float:
    """An estimate of the share of shingles two texts have in common (0 … 1), good to about 0.06."""
    if not one.sketch or not other.sketch:
        return 1.0 if one.text_sha256 == other.text_sha256 else 0.0
    size = min(len(one.sketch), len(other.sketch), _SKETCH)
    smallest = nsmallest(size, {*one.sketch, *other.sketch})
    common = {*one.sketch} & {*other.sketch}
    return sum(1 for value in smallest if value in common) / size


def is_duplicate(one: Comparable, other: Comparable) -> bool:
    """Whether two reports are the same one. Symmetric; a report without text has no duplicate."""
    return may_be_same(one, other) and same_report(one.body_text, other.body_text)


def may_be_same(one: Stated, other: Stated) -> bool:
    """Whether nothing that two reports state of themselves makes them different ones: year, agency, place."""
    if one.report_year and other.report_year and one.report_year != other.report_year:
        return False
    return _may_be_one_agency(one.agency, other.agency) and _may_be_one_place(one, other)


def same_report(one: str, other: str) -> bool:
    """Whether two texts are one report as far as texts can tell: shared sentences, no other figure, no other name."""
    first, second = _words(one), _words(other)
    if not first or not second:
        return False
    if first == second:
        return True
    shorter, longer = sorted((len(first), len(second)))
    if shorter < _LEAST_CHARACTERS or shorter < _LEAST_LENGTH_RATIO * longer:
        return False
    shared = _shared(first, second)
    if shared < _LEAST_SHARED:
        return False
    return not _figures_differ(first, second) and not _names_differ(first, second)


def _words(text: str) -> str:
    return _NOT_WORDS.sub("", text)


def _shingles(words: str) -> set[str]:
    return {words[place : place + _SHINGLE] for place in range(max(1, len(words) - _SHINGLE + 1))} if words else set()


@cache
def _sampled_starts() -> re.Pattern[str]:
    """Finds the characters with which the shingles of a sketch begin."""
    letters = (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B), *range(0x4E00, 0xA000))
    return re.compile(f"[{''.join(chr(code) for code in letters if code % _SAMPLED_OF == 1)}]")


def _own_figures(words: str) -> list[str]:
    found = _OWN_FIGURE.finditer(words)
    return [words[match.start() - _WORDS_BEFORE : match.end()] for match in found if not _A_YEAR.fullmatch(match[0])]


def _smallest_hashes(texts: Iterable[str], count: int) -> tuple[int, ...]:
    return tuple(sorted(set(map(zlib.crc32, map(str.encode, texts))))[:count])


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _shared(first: str, second: str) -> float:
    """The share of the smaller text's shingles that the other one has too."""
    one, other = _shingles(first), _shingles(second)
    return len(one & other) / min(len(one), len(other))


def _may_be_one_agency(one: str | None, other: str | None) -> bool:
    """市民政局 may be 永春县民政局's short name for itself; two full names that differ are two agencies."""
    first, second = _words(one or ""), _words(other or "")
    if not first or not second or "□" in first or "□" in second or "*" in first + second:
        return True
    first, second = _own_name(first), _own_name(second)
    return first.endswith(second) or second.endswith(first) or first.startswith(second) or second.startswith(first)


def _own_name(agency: str) -> str:
    """A name without the office that writes and the word for government, which one report has and its copy has not."""
    return _OFFICE_OF.sub("", agency)


def _may_be_one_place(one: Stated, other: Stated) -> bool:
    """A county's code lies within its city's and its province's; two counties, or two towns, are two places.

    Towns of one name are many (城关镇): where their texts name nobody, only the county tells them apart.
    """
    first, second = (_WHOLE_REGION.sub("", report.region_code or "") for report in (one, other))
    if not (first.startswith(second) or second.startswith(first)):
        return False
    return not one.town or not other.town or one.town == other.town


def _figures(words: str) -> dict[tuple[str, int], str]:
    """Each number by the words before it and how many numbers stand between; contexts met twice are left out."""
    found: dict[tuple[str, int], str] = {}
    repeated: set[tuple[str, int]] = set()
    place = rank = 0
    label = ""
    for match in _NUMBER.finditer(words):
        between = words[place : match.start()]
        # 2014年1月1日: a unit between two numbers is no new label.
        if len(between) > 1:
            label, rank = between[-_CONTEXT:], 0
        else:
            rank += 1
        key = (label, rank)
        if key in found:
            repeated.add(key)
        found[key] = match[0]
        place = match.end()
    return {key: value for key, value in found.items() if key not in repeated}


def _figures_differ(first: str, second: str) -> bool:
    one, other = _figures(first), _figures(second)
    for key, value in one.items():
        twin = other.get(key)
        if twin is None or twin == value:
            continue
        # Copying software loses 年, 月, 〔: 2014年1月1日 becomes 201411日. Such a run is no figure.
        if _DAMAGED_DATE.match(value) or _DAMAGED_DATE.match(twin):
            continue
        return True
    return False


def _names_differ(first: str, second: str) -> bool:
    """Whether one text names another place or office where the other has its own: 唐村镇 for 建新镇, 我局 for 我委."""
    one, other = first[:_ALIGNED], second[:_ALIGNED]
    for removed, inserted, behind in _replacements(one, other):
        if max(len(removed), len(inserted)) > _LONGEST_NAME or _MASK.search(removed + inserted):
            continue
        if not (_CHINESE.match(removed) and _CHINESE.match(inserted)):
            continue
        if _OFFICE.match(behind) or (_OFFICE.search(removed) and _OFFICE.search(inserted)):
            return True
    return False


def _replacements(one: str, other: str) -> Iterator[tuple[str, str, str]]:
    """What stands in `other` for a piece of `one`, with the words behind it."""
    operations = [operation for operation in Indel.opcodes(one, other) if operation.tag != "equal"]
    for before, behind in pairwise(operations):
        if {before.tag, behind.tag} != {"delete", "insert"}:
            continue
        if before.src_end == behind.src_start and before.dest_end == behind.dest_start:
            removed = one[before.src_start : behind.src_end]
            inserted = other[before.dest_start : behind.dest_end]
            yield removed, inserted, one[behind.src_end : behind.src_end + 4]
