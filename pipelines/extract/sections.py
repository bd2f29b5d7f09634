"""Sections of a report: its headings in all their forms, each with its text and a canonical kind.

一、 · 一 概 述 · 一 、概  述 · 1、 · (一) · ㈠ · 第一部分 · 引言 without a number; alone on a line or run in before the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import groupby

from pipelines.extract.section_kinds import UNKNOWN, section_kind
from pipelines.extract.section_runs import NUMERALS, RunIn, run_in_headings, run_in_parts
from pipelines.extract.text_forms import unspaced
from pipelines.model import Section

__all__ = ["is_heading", "read_sections", "section_kind"]

_NUMERAL = "一二三四五六七八九十"
_NUMBER_OF = {numeral: number for number, numeral in enumerate(NUMERALS, 1)}
_LONGEST = 45
_LONGEST_LINE = 4000


class _Form(IntEnum):
    """How a heading is numbered; the order is the order of levels where a report uses several."""

    PART = 1  # 第一部分
    CHINESE = 2  # 一、
    BARE = 3  # no number
    BRACKETED = 4  # (一)
    ARABIC = 5  # 1、


# A line's first character decides which form can apply (any digit stands under 0): most lines of a report have none.
_FORMS: tuple[tuple[str, _Form, re.Pattern[str]], ...] = (
    (
        "第",
        _Form.PART,
        re.compile(
            rf"^第\s?(?P<n>[{_NUMERAL}]{{1,3}}|\d{{1,2}})\s?(?:部\s?分|章|节)\s{{0,4}}[、.:：]?\s{{0,4}}(?P<rest>\S.*)$"
        ),
    ),
    (
        _NUMERAL,
        _Form.CHINESE,
        re.compile(rf"^(?P<n>[{_NUMERAL}]{{1,3}})\s{{0,4}}[、.．,，:：﹑]\s{{0,6}}(?P<rest>\S.*)$"),
    ),
    (_NUMERAL, _Form.CHINESE, re.compile(rf"^(?P<n>[{_NUMERAL}])\s{{1,4}}(?P<rest>[\u4e00-\u9fff].{{1,40}})$")),
    (
        "(（〔",
        _Form.BRACKETED,
        re.compile(rf"^[(（〔]\s?(?P<n>[{_NUMERAL}]{{1,3}})\s?[)）〕]\s{{0,4}}[、.．:：]?\s{{0,4}}(?P<rest>\S.*)$"),
    ),
    ("㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩", _Form.BRACKETED, re.compile(r"^(?P<n>[㈠-㈩])\s{0,4}[、.．]?\s{0,4}(?P<rest>\S.*)$")),
    ("0", _Form.ARABIC, re.compile(r"^(?P<n>\d{1,2})\s{0,3}[、．.](?!\d)\s{0,6}(?P<rest>\S.*)$")),
)
_OPENS = re.compile(rf"[第{_NUMERAL}(（〔㈠-㈩\d引概编前]|[总主收依政因存其咨复]")
_LEADING = " \t\u3000\u00a0　"
_BARE_HEADING = re.compile(
    r"^(?:引言|前言|概述|编制说明|总体情况|基本情况|(?:行政机关)?主动公开政府信息(?:的)?情况|政府信息主动公开情况|(?:行政机关)?收到和处理政府信息公开申请(?:的)?情况"
    r"|依申请公开政府信息(?:和不予公开政府信息)?(?:的)?情况|政府信息依申请公开情况|(?:因)?政府信息公开(?:被)?(?:申请)?行政复议、(?:提起)?行政诉讼(?:的)?情况"
    r"|复议、诉讼和申诉情况|咨询(?:处理)?情况|(?:政府信息公开工作)?存在的?主要问题(?:及|和)改进(?:情况|措施)|其他需要(?:报告|说明)的事项|政府信息公开收费及减免情况)$"
)
# A heading ends at the sentence's end, at a wide gap, or after the word headings end with where text follows a blank.
_HEADING_END = re.compile(
    r"[。;；:：?？！!]|\s{2,}|(?<=情况|问题|措施|概述|事项|打算|计划|建设|工作|公开|管理|保障|安排)\s(?=\S{4})"
)
_LIST_OF_HEADINGS = re.compile(rf"[,，。;；、]\s?(?:[(（]?[{_NUMERAL}]{{1,2}}[)）、])")
# The rows of the standard tables carry numbers of their own (DOMAIN §1.4); flattened into lines they look like headings.
_TABLE_ROW = re.compile(
    r"^(?:本年新收|上年结转|本年度办理结果|结转下年度|予以公开|部分公开[(（]|部分公开$|不予公开$|无法提供$|不予处理$|其他处理$|总计$|属于|其他法律行政法规"
    r"|危及[“\"]|保护第三方|本机关不掌握|没有现成信息|补正后|信访举报投诉类|重复申请|要求提供公开|无正当理由|要求行政机关确认|申请人(?:无正当|逾期)|其他$)"
)
_NO_HEADING_ENDS = (",", "，", "、", ";", "；", "|")
_TWO_CHARACTERS = re.compile(r"[\u4e00-\u9fff]{2}")
# (一)本年主动公开政府信息70余条。 states a figure and heads nothing.
_COUNTS = re.compile(r"\d\s?[余多]?(?:条|件|次|人次|份|篇|期|项|元|万元)$")
# A catalogue of a county's papers numbers the report among them: 六、年度政府信息公开工作报告0600.
_TITLE_ITSELF = re.compile(r"^(?:20\d\d)?年?度?政府信息公开(?:工作)?(?:年度)?(?:报告|年报)\d{0,4}$")
# The form of 2021 has five parts under 总体情况; the others are parts of older reports.
_MAIN_PARTS = frozenset({"proactive", "applications"})
_PARTS_OF_2021 = _MAIN_PARTS | {"management", "platform", "supervision", "reviews", "fees", "consultations"}
_STATES = re.compile(r"[,，\d]")
_COMMA = re.compile(r"[,，]")
_COMMA_OR_STOP = re.compile(r"[,，。]")
_BLANKS_IN_WORDS = re.compile(r"(?<=[\u3400-\u9fff、])\s+(?=[\u3400-\u9fff])")


@dataclass(slots=True, unsafe_hash=True)
class _Heading:
    form: _Form
    text: str
    start: int
    alone: bool
    is_sentence: bool = False
    number: int = 0
    is_run_in: bool = False


def read_sections(body: str) -> list[Section]:
    """The sections of a body in order, each ending where one of its level or above begins.

    Levels count from 1 by the forms the report itself uses: where (一) stands under 一、 it is 2, alone it is 1. A table
    of contents, a table's row and an enumeration inside a paragraph are no sections.
    """
    headings = _without_contents(_without_enumerations(_without_second_runs(list(_headings(body)))), body)
    levels = _levels(headings)
    ends = _ends(levels, [heading.start for heading in headings], len(body))
    return [
        Section(ordinal, level, heading.text, section_kind(heading.text), body[heading.start : end], heading.start, end)
        for ordinal, (heading, level, end) in enumerate(zip(headings, levels, ends, strict=True), 1)
    ]


def is_heading(line: str) -> bool:
    """Whether a line by itself is the heading of a section; Arabic numbers count anything and prove nothing."""
    stripped = line.strip(_LEADING)
    heading = _heading_of(stripped, 0) if stripped and _OPENS.match(stripped) else None
    return heading is not None and heading.form is not _Form.ARABIC


def _headings(body: str) -> Iterator[_Heading]:
    place = last = 0
    for line in body.split("\n"):
        heading = None
        stripped = line.lstrip(_LEADING) if "\t" not in line else ""
        if stripped and _OPENS.match(stripped):
            heading = _heading_of(stripped[:_LONGEST_LINE].rstrip(), place)
            if heading is not None:
                yield heading
                last = heading.number if heading.form is _Form.CHINESE else last
        if stripped and last < len(NUMERALS):
            heads = heading is not None and heading.form is _Form.CHINESE
            for inner in _inside(line, place, last, heads=heads):
                yield inner
                last = inner.number if inner.form is _Form.CHINESE else last
        place += len(line) + 1


def _inside(line: str, place: int, last: int, *, heads: bool) -> Iterator[_Heading]:
    """The headings inside a line: first the parts of the section that it begins, then each run-in section's own."""
    run = run_in_headings(line, heads=heads, following=last + 1, is_row=_TABLE_ROW)
    if not run:
        return
    if heads:
        yield from _parts(line, place, 0, run[0].start)
    for heading, end in zip(run, [*(later.start for later in run[1:]), len(line)], strict=True):
        yield _run_in(_Form.CHINESE, heading, place)
        yield from _parts(line, place, heading.end, end)


def _parts(line: str, place: int, start: int, end: int) -> Iterator[_Heading]:
    return (_run_in(_Form.BRACKETED, part, place) for part in run_in_parts(line, start, end, _TABLE_ROW))


def _run_in(form: _Form, heading: RunIn, place: int) -> _Heading:
    return _Heading(form, heading.text, place + heading.start, alone=False, number=heading.number, is_run_in=True)


def _without_second_runs(headings: Sequence[_Heading]) -> list[_Heading]:
    """Leave out what looks like headings inside a line where the body's own, on lines, bear the same numbers."""
    on_lines = {heading.number for heading in headings if heading.form is _Form.CHINESE and not heading.is_run_in}
    if not any(
        heading.is_run_in and heading.form is _Form.CHINESE and heading.number in on_lines for heading in headings
    ):
        return list(headings)
    return [heading for heading in headings if not heading.is_run_in]


def _heading_of(line: str, place: int) -> _Heading | None:
    first = "0" if line[0].isdecimal() else line[0]
    for opens, form, pattern in _FORMS:
        if first in opens and (match := pattern.match(line)):
            heading = _numbered(form, match["rest"], place)
            if heading is not None and form is _Form.CHINESE:
                heading.number = _NUMBER_OF.get(match["n"], 0)
            return heading
    bare = unspaced(line).rstrip(":：") if len(line) <= 40 else ""
    return _Heading(_Form.BARE, bare, place, alone=True) if _BARE_HEADING.match(bare) else None


def _numbered(form: _Form, rest: str, place: int) -> _Heading | None:
    end = _heading_end(rest)
    text = _tidy(rest[:end])
    if not text or len(text) > _LONGEST or rest.endswith(_NO_HEADING_ENDS) or _TABLE_ROW.match(text):
        return None
    if _COUNTS.search(text) or _TITLE_ITSELF.match(text):
        return None
    if not _TWO_CHARACTERS.search(text) or _LIST_OF_HEADINGS.search(rest, 0, end):
        return None
    return _Heading(form, text, place, alone=end >= len(rest.rstrip("。：:")), is_sentence=rest.endswith("。"))


def _heading_end(rest: str) -> int:
    """Where the heading stops. Blanks inside `概  述` part letters of one word, not heading and text."""
    for match in _HEADING_END.finditer(rest[: _LONGEST * 2]):
        if not match[0].isspace():
            return match.start()
        if len(unspaced(rest[: match.start()])) < 4 and len(rest) <= 24:
            continue
        if len(rest) <= _LONGEST and not _COMMA_OR_STOP.search(rest):
            continue
        return match.start()
    return len(rest)


def _tidy(text: str) -> str:
    has_blanks = len(text.split()) > 1
    return (_BLANKS_IN_WORDS.sub("", text) if has_blanks else text).strip(" \u3000·—-")


def _without_contents(headings: Sequence[_Heading], body: str) -> list[_Heading]:
    """Leave out a table of contents: headings with no text of their own that stand again further down."""
    last = {(heading.form, heading.text): heading.start for heading in headings}
    starts = [*(heading.start for heading in headings[1:]), len(body)][: len(headings)]
    return [
        heading
        for heading, following in zip(headings, starts, strict=True)
        if last[heading.form, heading.text] == heading.start or following - heading.start > len(heading.text) + 14
    ]


def _without_enumerations(headings: Sequence[_Heading]) -> list[_Heading]:
    """Arabic numbers head sections only where nothing higher does, or alone on their line under another heading.

    `1.组织机构5;2.规章100` and `1、加强领导,完善网络。` are items of a text.
    """
    has_chinese = any(heading.form in (_Form.CHINESE, _Form.PART, _Form.BRACKETED) for heading in headings)
    parts = _parts_of_the_regulation(headings) if has_chinese else frozenset()
    return [
        heading
        for heading in headings
        if heading.form is not _Form.ARABIC
        or _heads_alone(heading)
        or heading.start in parts
        or (not has_chinese and section_kind(heading.text) != UNKNOWN and len(heading.text) <= 30)
    ]


def _parts_of_the_regulation(headings: Sequence[_Heading]) -> frozenset[int]:
    """Where `1、主动公开。全年…` `2、依申请公开。…` stand: two items or more of a list that name parts of a report.

    Each names its part in a few words and stops; `1、主动公开信息12条。` states something and is an item.
    """
    parts: set[int] = set()
    for form, group in groupby(headings, key=lambda heading: heading.form):
        if form is _Form.ARABIC:
            named = [heading for heading in group if _names_part(heading)]
            kinds = {section_kind(heading.text) for heading in named}
            if len(kinds) >= 2 and not kinds.isdisjoint(_MAIN_PARTS):
                parts.update(heading.start for heading in named)
    return frozenset(parts)


def _names_part(heading: _Heading) -> bool:
    text = heading.text
    return len(text) <= 14 and section_kind(text) in _PARTS_OF_2021 and not _STATES.search(text)


def _heads_alone(heading: _Heading) -> bool:
    """`1、制度建设` or `1、制度建设。` on a line of its own; a longer line with a full stop is a sentence of a list."""
    longest = 12 if heading.is_sentence else 30
    return heading.alone and len(heading.text) <= longest and not _COMMA.search(heading.text)


def _levels(headings: Sequence[_Heading]) -> list[int]:
    """Forms in the order of their rank become levels 1, 2, 3; a heading without a number stands beside 一、."""
    used = sorted({heading.form for heading in headings} - {_Form.BARE})
    level_of: dict[_Form, int] = {form: level for level, form in enumerate(used, 1)}
    level_of[_Form.BARE] = level_of.get(_Form.CHINESE, 1)
    return [level_of[heading.form] for heading in headings]


def _ends(levels: Sequence[int], starts: Sequence[int], length: int) -> list[int]:
    ends = [length] * len(levels)
    open_places: list[int] = []
    for place, level in enumerate(levels):
        while open_places and levels[open_places[-1]] >= level:
            ends[open_places.pop()] = starts[place] - 1
        open_places.append(place)
    return ends
