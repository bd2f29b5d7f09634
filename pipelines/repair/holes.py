"""Holes in a text: digits and characters that were lost on the way, recognised and never filled.

Portals drop the text of Word's date and font marks, copies drop characters. Only what cannot be read otherwise is
reported; a number that looks odd and may be right is not.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pipelines.knowledge import reference
from pipelines.model import Finding

_MOST_FINDINGS = 20
_CHINESE_DIGIT = "[〇○零一二三四五六七八九十]"
_MONTH_OR_DAY = rf"(?:\d{{1,2}}|{_CHINESE_DIGIT}{{1,3}})"

# Five to eight digits that begin like a year, and what stands around them.
# Two patterns, not one with alternatives: the regex engine leaps from one literal beginning to the next.
_RUNS = (re.compile(r"20[0-3]\d{2,5}(?!\d)"), re.compile(r"19[89]\d{2,5}(?!\d)"))
_DATE_RUN = re.compile(r"\d{6,7}日|\d{5,6}月(?:\d{1,2}日|[至底份，。])")
_WHOLE_DATE_RUN = re.compile(r"\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])日")
_SCHOOL_YEAR_RUN = re.compile(r"\d{4}(?:19[89]|20[0-3])\d学年")
_NUMBER_RUN = re.compile(r"\d{5,8}(?:号|(?![\d〕﹞］年.-]))")
_BRACKET_BEFORE_NUMBER = re.compile(r"[〔﹝]|(?<=[发办函字文政])[\[(（［]")

_PERIOD_WITHOUT_DATES = re.compile(
    r"(?:期限|时限|时间|时段)(?:为|是|自|从)?\s{0,4}自?\s{0,4}起[,，]?\s{0,4}[至到]\s{0,4}止"
)
_FROM_TO = re.compile(r"起[,，]?\s{0,4}[至到]\s{0,4}止")
_PERIOD_BROKEN_OFF = re.compile(
    r"(?:统计|报告|数据|截止|截至)(?:数据)?的?(?:期限|时限|时间)[为自从是]\s{0,8}(?:<[^<>]{0,200}>\s{0,8}){0,8}一、"
)
_DATE_WITHOUT_YEAR = re.compile(rf"年{_MONTH_OR_DAY}月{_MONTH_OR_DAY}日")
_INLINE_TAG = re.compile(r"</?(?:span|font|b|strong|u|o:p|st1:\w+|a|em|i)\b[^<>]*>\s{0,8}", re.IGNORECASE)
_COUNT_WITHOUT_NUMBER = re.compile(r"信息(?:共计|总计|合计|共|计|达|为)?\s{0,2}[条件](?=[，。；,;（(])")
_DISCLOSED_BEFORE = re.compile(r"(?:公开|发布|公布)(?:各类)?(?:政府|政务)?\Z")
_NEGATED_BEFORE = re.compile(r"[未没无不][^，。；]{0,12}\Z")

_DOCUMENT_NUMBERS = (re.compile(r"20[0-3]\d{2,4}号"), re.compile(r"19[89]\d{2,4}号"))
_BEFORE_DOCUMENT_NUMBER = re.compile(r"[\u4e00-\u9fff][办发函政文]\Z")
_BOOK_TITLE = re.compile("《([^《》<>\n]{1,40})》")


def digits_lost(text: str) -> list[Finding]:
    """Findings `digits_lost`: dates, document numbers and counts whose digits or separators are gone (201411日起).

    `text` is Simplified, markup or not. Empty for dates and numbers that are whole (20140101, 〔2019〕60号).
    """
    return _findings("digits_lost", [*_runs(text), *_gaps(text)])


def characters_lost(text: str) -> list[Finding]:
    """Findings `characters_lost`: well-known titles, phrases and names with a character missing (《例》, 乌鲁市).

    `text` is Simplified, markup or not. Only forms that stand for nothing else are reported.
    """
    known = _known_holes()
    found = [
        (title.start(), title[0], f"《{known.titles[title[1]]}》")
        for title in _BOOK_TITLE.finditer(text)
        if title[1] in known.titles
    ]
    in_titles = {place for start, title, _ in found for place in range(start, start + len(title))}
    found += [
        (match.start(), match[0], known.phrases[match[0]])
        for match in known.pattern.finditer(text)
        if match.start() not in in_titles
    ]
    for match in (match for pattern in _DOCUMENT_NUMBERS for match in pattern.finditer(text)):
        start = match.start()
        if _BEFORE_DOCUMENT_NUMBER.search(text, max(0, start - 2), start):
            found.append(
                (start - 1, text[start - 1 : match.end()], "a document number without the brackets of its year")
            )
    return _findings("characters_lost", found)


# Where, what stands there, what it ought to be.
_Hole = tuple[int, str, str]


def _findings(code: str, holes: list[_Hole]) -> list[Finding]:
    """One finding for each form that was met, the first twenty."""
    first = {found: (place, meant) for place, found, meant in sorted(holes, reverse=True)}
    ordered = sorted((place, found, meant) for found, (place, meant) in first.items())
    return [
        Finding("repair", code, f"{found!r} at {place}: {meant}") for place, found, meant in ordered[:_MOST_FINDINGS]
    ]


def _runs(text: str) -> Iterator[_Hole]:
    whole_dates: list[_Hole] = []
    has_date_run = False
    for run in (run for pattern in _RUNS for run in pattern.finditer(text)):
        start = run.start()
        before = text[start - 1 : start]
        if (before.isascii() and before.isalnum()) or (before and before in ".,:/-_=&"):
            continue
        if match := _DATE_RUN.match(text, start):
            has_date_run = True
            yield start, match[0], "a date run together"
        elif match := _SCHOOL_YEAR_RUN.match(text, start):
            yield start, match[0], "a school year run together"
        elif match := _WHOLE_DATE_RUN.match(text, start):
            whole_dates.append((start, match[0], "a date run together"))
        elif _BRACKET_BEFORE_NUMBER.match(text, start - 1 if start else 0) and (
            match := _NUMBER_RUN.match(text, start)
        ):
            yield start - 1, before + match[0], "a document number run together"
    if has_date_run:
        # Beside 201411日 a date of eight digits has lost its 年 and 月 too; alone it is a way of writing.
        yield from whole_dates


def _gaps(text: str) -> Iterator[_Hole]:
    if _FROM_TO.search(text):
        for match in _PERIOD_WITHOUT_DATES.finditer(text):
            yield match.start(), match[0], "a period without its dates"
    if "一、" in text:
        for match in _PERIOD_BROKEN_OFF.finditer(text):
            yield match.start(), match[0], "a period that breaks off before its dates"
    for match in _DATE_WITHOUT_YEAR.finditer(text):
        # The year may stand in a font element of its own; what begins a line, a cell or a paragraph has none.
        before = _INLINE_TAG.sub("", text[max(0, match.start() - 300) : match.start()]).rstrip(" \t\u3000\u00a0")
        if not before or before[-1] in ">\r\n":
            yield match.start(), match[0], "a date without its year"
    for match in _COUNT_WITHOUT_NUMBER.finditer(text):
        before = text[max(0, match.start() - 20) : match.start()]
        if _DISCLOSED_BEFORE.search(before) and not _NEGATED_BEFORE.search(before):
            yield match.start(), match[0], "a count without its number"


@dataclass(frozen=True, slots=True)
class _KnownHoles:
    """Holes and what they were: between 《 and 》, and anywhere."""

    titles: dict[str, str]
    phrases: dict[str, str]
    pattern: re.Pattern[str]


@cache
def _known_holes() -> _KnownHoles:
    data = tomllib.loads(reference("repair/holes.toml").read_text("utf-8"))
    titles: dict[str, str] = {}
    for title in data["titles"]:
        for width in (1, 2) if len(title) >= 8 else (1,):
            for start in range(len(title) - width + 1):
                titles.setdefault(title[:start] + title[start + width :], title)
    for title in (*data["titles"], *data["titles_of_their_own"]):
        titles.pop(title, None)
    phrases: dict[str, str] = dict(data["phrases"])
    places: list[str] = data["names"]["places"]
    for name in places:
        # A loss at either end leaves what may be part of another name.
        for width in (1, 2):
            for start in range(1, len(name) - width):
                hole = name[:start] + name[start + width :]
                if hole not in data["names"]["of_their_own"] and not any(hole in other for other in places):
                    phrases[hole] = name
    return _KnownHoles(titles, phrases, re.compile(_by_first_character(phrases)))


def _by_first_character(phrases: Iterable[str]) -> str:
    """A pattern for any of `phrases` that looks at each first character once."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for phrase in sorted(phrases, key=len, reverse=True):
        groups[phrase[0]].append(re.escape(phrase[1:]))
    return "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in groups.items())
