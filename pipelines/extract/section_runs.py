"""Headings inside a paragraph: a report whose lines were joined, `一、概述 我局重视… 二、主动公开情况 全年…`.

Inside a paragraph a number alone proves nothing (`具体措施:一、加强领导;二、完善制度`). Headings are a run that goes on where
the body's numbering stands, each behind a blank or a full stop, with text between them and the words of headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.extract.section_kinds import UNKNOWN, section_kind

_DIGITS = "一二三四五六七八九十"
NUMERALS = (*_DIGITS, *(f"十{digit}" for digit in _DIGITS[:-1]))
_TOP = tuple((f"{numeral}、", f"{numeral}.", f"{numeral}．") for numeral in NUMERALS)
_PART = tuple((f"({numeral})", f"（{numeral}）") for numeral in NUMERALS)
# The shortest paragraph met that holds two headings with text of their own.
_LEAST_LINE = 40
_LONGEST = 30
_LEAST_TEXT = 8
_CONTENTS = 2
_BLANKS = " \t\u3000\u00a0"
_BEHIND = frozenset(f"{_BLANKS}。！？!?")
_END = re.compile(
    r"[\s。:：;；]|(?<=情况|措施|概述|事项|问题)(?=20\d\d年|我[局镇乡街县市区委]|本[局镇乡单机年]|全年|截[止至])"
)
_TWO_CHARACTERS = re.compile(r"[\u4e00-\u9fff]{2}")


@dataclass(frozen=True, slots=True)
class RunIn:
    """A heading inside a line: its number, where the numeral stands, its words and where these end."""

    number: int
    start: int
    text: str
    end: int


def run_in_headings(line: str, *, heads: bool, following: int, is_row: re.Pattern[str]) -> list[RunIn]:
    """The headings 一、 二、 … inside a line, in order; none if they are an enumeration or a table of contents.

    `following` is the number that comes next in the body, `heads` says that the line itself begins with the number
    before it. `is_row` are labels of tables, which carry numbers of their own.
    """
    if len(line) < _LEAST_LINE or following > len(_TOP) or not any(mark in line for mark in _TOP[following - 1]):
        return []
    place = len(line) - len(line.lstrip()) + 1 if heads else 0
    if following > 1 and any(mark in line[place:] for mark in _TOP[0]):
        return []
    for _ in range(_CONTENTS):
        run = _run(line, place, len(line), _TOP[following - 1 :], following, is_row)
        if not _are_headings(run, least=1 if heads else 2):
            return []
        if following > _CONTENTS or _has_text(run, heads=heads):
            return run
        place = run[-1].start + 1
    return []


def run_in_parts(line: str, start: int, end: int, is_row: re.Pattern[str]) -> list[RunIn]:
    """The headings (一) (二) … of a part of such a line, at least two."""
    run = _run(line, start, end, _PART, 1, is_row)
    return run if _are_headings(run, least=2) else []


def _run(
    line: str, place: int, end: int, marks: Sequence[tuple[str, ...]], number: int, is_row: re.Pattern[str]
) -> list[RunIn]:
    found: list[RunIn] = []
    for following in marks:
        heading = _next(line, place, end, following, number + len(found), is_row)
        if heading is None:
            break
        found.append(heading)
        place = heading.end
    return found


def _next(
    line: str, place: int, end: int, marks: tuple[str, ...], number: int, is_row: re.Pattern[str]
) -> RunIn | None:
    for mark in marks:
        start = line.find(mark, place, end)
        while start >= 0:
            if start == 0 or line[start - 1] in _BEHIND:
                heading = _heading(line, start, start + len(mark), number)
                if heading is not None and not is_row.match(heading.text):
                    return heading
            start = line.find(mark, start + 1, end)
    return None


def _heading(line: str, start: int, behind: int, number: int) -> RunIn | None:
    first = behind
    while first < len(line) and line[first] in _BLANKS:
        first += 1
    stop = _END.search(line, first, first + _LONGEST + 1)
    end = stop.start() if stop else min(len(line), first + _LONGEST + 1)
    text = line[first:end]
    return RunIn(number, start, text, end) if len(text) <= _LONGEST and _TWO_CHARACTERS.search(text) else None


def _are_headings(run: Sequence[RunIn], *, least: int) -> bool:
    known = sum(section_kind(heading.text) != UNKNOWN for heading in run)
    return len(run) >= least and known >= 1 and 2 * known >= len(run)


def _has_text(run: Sequence[RunIn], *, heads: bool) -> bool:
    """Whether a heading before the last has text of its own: in a table of contents none has."""
    if heads and run[0].start > _LONGEST + _LEAST_TEXT:
        return True
    return any(later.start - heading.end > _LEAST_TEXT for heading, later in zip(run, run[1:], strict=False))
