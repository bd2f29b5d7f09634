"""Quantities as reports print them: 1,306 · 26.8万 · 4万余 · 近万 · 三百余 · 1.3亿 · 两."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.model import Semantic

_CHINESE = {
    "零": 0,
    "〇": 0,
    "○": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_SCALES = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10_000, "亿": 100_000_000}
_WIDTH = {ord(c): ord(c) - 0xFEE0 for c in "０１２３４５６７８９．"}

# A number as it stands in a pattern: named groups would clash when a pattern holds two, so the whole is one group.
# Thousands marks only where three digits follow, so that "12,2013年" is not one number.
_DIGITS = r"[0-9０-９]+(?:[,，][0-9０-９]{3}(?![0-9０-９]))*(?:[.．][0-9０-９]+)?"
_HANZI = r"[零〇一二两三四五六七八九十百千]{1,9}"
NUMBER = rf"(?:近|约|大约|将近|超过|逾|达到?)?\s*(?:(?:{_DIGITS}|{_HANZI})\s*(?:余|多)?\s*[万亿]?|万|亿)\s*(?:余|多)?"
UNITS = r"(?:条次|件次|篇次|人次|余条|条|件|篇|份|宗|起|次|项|个|例|则|部|期|场|名|人|元|万元|亿元|余件|余次)"

_PARTS = re.compile(
    rf"^\s*(?P<before>近|约|大约|将近|超过|逾|达到?)?\s*"
    rf"(?:(?P<digits>{_DIGITS})|(?P<hanzi>{_HANZI}))?\s*(?P<more>余|多)?\s*(?P<big>[万亿])?\s*(?P<last>余|多)?\s*$"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number read: `value` as printed (the lower bound of 余 and 多), its bounds, and whether it is approximate."""

    value: float
    low: float | None
    high: float | None
    approx: bool
    raw: str

    @property
    def semantic(self) -> Semantic:
        """ZERO for a printed nought, NUMBER otherwise."""
        return Semantic.ZERO if self.value == 0 else Semantic.NUMBER


def read_quantity(raw: str) -> Quantity | None:
    """The quantity `raw` states (`NUMBER` as matched), or None if it states none (a mask such as `xxx`)."""
    match = _PARTS.match(raw)
    if match is None:
        return None
    if match["digits"]:
        value = float(re.sub(r"[,，]", "", match["digits"]).translate(_WIDTH))
    elif match["hanzi"]:
        counted = chinese_number(match["hanzi"])
        if counted is None:
            return None
        value = float(counted)
    elif match["big"]:
        value = 1.0  # 近万, 上万
    else:
        return None
    value *= _BIG.get(match["big"] or "", 1)
    before, more = match["before"] or "", match["more"] or match["last"]
    if more or before in ("超过", "逾"):
        return Quantity(value, value, None, True, raw.strip())
    if before in ("近", "将近"):
        return Quantity(value, None, value, True, raw.strip())
    if before in ("约", "大约"):
        return Quantity(value, None, None, True, raw.strip())
    return Quantity(value, value, value, False, raw.strip())


def chinese_number(text: str) -> int | None:
    """一百零五 → 105, 十一 → 11, 二〇一二 → 2012; None when the characters make no number."""
    if not text or any(char not in _CHINESE and char not in _SCALES for char in text):
        return None
    if not any(char in _SCALES for char in text):
        return int("".join(str(_CHINESE[char]) for char in text))
    total = digit = 0
    for char in text:
        if char in _SCALES:
            total += (digit or 1) * _SCALES[char]
            digit = 0
        else:
            digit = _CHINESE[char]
    return total + digit
