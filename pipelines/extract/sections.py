"""Sections of a report: numbered headings, alone on their line or run in before their text, with a canonical kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.model import Section

_FIRST = re.compile(
    r"^\s*([一二三四五六七八九十]{1,3})\s*[、.．,，:：]\s*(\S.*)$|^\s*([一二三四五六七八九十])\s{1,3}(\S{2,}.{0,30})$"
)
_SECOND = re.compile(r"^\s*[(（]\s*([一二三四五六七八九十]{1,3})\s*[)）]\s*[、.．]?\s*(\S.*)$|^\s*([㈠-㈩])\s*(\S.*)$")
_UNNUMBERED = re.compile(r"^(引\s*言|编制说明|概\s*述|前\s*言)\s*[:：]?$")
_HEADING_END = re.compile(r"[。;；:：]|\s{2,}")
_LONGEST_HEADING = 45

# First match wins; the pairs are keywords of which all must stand in the heading (DOMAIN: match by keyword, not by
# equality). Order matters: 依申请公开 before 公开, 收费 before 依申请.
_KINDS: tuple[tuple[str, str], ...] = (
    ("fees", r"收费|费用|减免|支出|经费"),
    ("reviews", r"复议|诉讼|申诉"),
    ("problems", r"问题|不足|改进|薄弱"),
    ("plans", r"下一步|打算|工作计划|工作思路|工作安排|工作重点|年度工作计划"),
    ("proposals", r"建议.{0,8}提案|提案.{0,8}办理"),
    ("consultations", r"咨询"),
    ("applications", r"依申请|申请情况|收到和处理|申请.{0,6}公开"),
    ("interpretation", r"解读|回应|互动"),
    ("key_areas", r"重点领域"),
    ("proactive", r"主动公开|公开情况|公开.{0,6}内容|信息公开情况"),
    ("organisation", r"组织|机构|领导|队伍|培训|制度|保障|监督"),
    ("platform", r"平台|网站|载体|渠道"),
    ("other_matters", r"其他|说明|附表|附件"),
    ("overview", r"概述|总体情况|基本情况|概况|综述|引言|前言|总体"),
)
_KIND_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    text: str
    start: int


def section_kind(heading: str) -> str:
    """The canonical kind of a heading, `unknown` when no keyword fits."""
    bare = re.sub(r"\s", "", heading)
    return next((kind for kind, pattern in _KIND_PATTERNS if pattern.search(bare)), "unknown")


def read_sections(body: str) -> list[Section]:
    """The sections of a body in order; level 1 for 一、 and level 2 for （一）. A section ends where one of its level
    or above begins."""
    headings: list[_Heading] = []
    place = 0
    for line in body.split("\n"):
        if heading := _heading_of(line, place):
            headings.append(heading)
        place += len(line) + 1
    headings = _without_contents(headings, body)
    sections = []
    for ordinal, heading in enumerate(headings, 1):
        following = (later.start for later in headings[ordinal:] if later.level <= heading.level)
        end = next(following, len(body) + 1) - 1
        text = body[heading.start : end]
        sections.append(
            Section(ordinal, heading.level, heading.text, section_kind(heading.text), text, heading.start, end)
        )
    return sections


def _heading_of(line: str, place: int) -> _Heading | None:
    if "\t" in line:
        return None  # a table's row
    for level, pattern in ((1, _FIRST), (2, _SECOND)):
        if match := pattern.match(line):
            rest = match[2] or match[4]
            end = _HEADING_END.search(rest)
            text = rest[: end.start()] if end else rest
            if not text.strip() or len(text) > _LONGEST_HEADING:
                return None
            return _Heading(level, text.strip(), place)
    if match := _UNNUMBERED.match(line.strip()):
        return _Heading(1, re.sub(r"\s", "", match[1]), place)
    return None


def _without_contents(headings: Sequence[_Heading], body: str) -> list[_Heading]:
    """Leave out a table of contents: headings that stand again, word for word, further down."""
    kept = []
    for place, heading in enumerate(headings):
        later = next((other for other in headings[place + 1 :] if other.text == heading.text), None)
        following = headings[place + 1].start if place + 1 < len(headings) else len(body)
        own_text = body[heading.start : following].strip()
        if later is not None and len(own_text) <= len(heading.text) + 12:
            continue
        kept.append(heading)
    return kept
