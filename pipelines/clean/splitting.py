"""Compound pages: essays glued into one (`第一篇:…`, `篇一`, `…总结 篇2`, `【第三篇】`), split into their members."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_DIGITS = "一二三四五六七八九十"
_MARKER = re.compile(
    rf"^[【\[(（]?\s*(?:第\s*(?P<a>[{_DIGITS}]{{1,3}}|\d{{1,2}})\s*篇|篇\s*(?P<b>[{_DIGITS}]{{1,3}}|\d{{1,2}}))\s*[】\])）]?\s*[:：、.]?\s*(?P<title>.{{0,60}})$"
)
_TRAILING = re.compile(
    rf"^(?P<title>.{{4,60}}?)\s*[【\[(（]?\s*(?:篇\s*(?P<b>[{_DIGITS}]{{1,3}}|\d{{1,2}})|第\s*(?P<a>[{_DIGITS}]{{1,3}}|\d{{1,2}})\s*篇)\s*[】\])）]?$"
)


@dataclass(frozen=True, slots=True)
class Marker:
    """The line that opens a member: its place among the lines, its number and the title printed beside it."""

    line: int
    number: int
    title: str


def find_markers(lines: Sequence[str]) -> list[Marker]:
    """The markers of a compound page in order, or [] when the page is one document.

    Two markers at least, counting up from one without a gap: `第二篇` quoted in a sentence splits nothing.
    """
    markers: list[Marker] = []
    for place, text in enumerate(lines):
        if "篇" not in text or len(text) > 90:
            continue
        match = _MARKER.match(text) or _TRAILING.match(text)
        if match is None:
            continue
        number = chinese_ordinal(match["a"] or match["b"])
        if number == len(markers) + 1:
            markers.append(Marker(place, number, match["title"].strip()))
    return markers if len(markers) >= 2 else []


def chinese_ordinal(digits: str) -> int:
    """一 … 九十九 or Arabic digits as a number; 0 if it is none."""
    if digits.isascii() and digits.isdigit():
        return int(digits)
    tens, ten, ones = digits.rpartition("十")
    if ten:
        return (_DIGITS.index(tens) + 1 if tens else 1) * 10 + (_DIGITS.index(ones) + 1 if ones else 0)
    return _DIGITS.index(digits) + 1 if len(digits) == 1 else 0
