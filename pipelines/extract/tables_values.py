"""What a table's cell states: blank, not applicable, nought, a number, or words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from pipelines.extract.remembered import remembered
from pipelines.model import Semantic

NOT_APPLICABLE_MARKS = frozenset({"/", "\\", "-", "--", "---", "—", "——", "–", "−", "―", "─", "不适用", "不涉及", "无"})
_UNITS = "元|件|条|项|个|宗|次|份|篇|人次|人|场|期|起|辆|台"
# Either Western thousands marks or plain digits: "1,306" is a number, "1,2" and "3,45" are two.
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,6})?"
# A sign typed twice (`--12`) is the one sign; two different ones (`+-12`) are nobody's.
_NUMBER = re.compile(
    rf"(?:(?P<sign>[+\-−–—↑↓])(?P=sign)?|(?P<word>增加?|上升|新增|减少?|下降|负))?(?P<digits>{_DIGITS})(?P<big>[万亿])?(?:{_UNITS})?"
)
_DECREASE = frozenset("-−–—↓") | {"减", "减少", "下降", "负"}
_BIG = {"万": 10_000, "亿": 100_000_000}


_STATES_VALUE = frozenset({Semantic.NUMBER, Semantic.ZERO, Semantic.NOT_APPLICABLE})
_WORD = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Said:
    """What a cell's text says: `is_value` for a number or a mark for none, `has_words` where it may be a label."""

    semantic: Semantic
    value: float | None
    is_value: bool
    has_words: bool


@remembered(8192)
def said_by(raw: str) -> Said:
    """What the text of a cell says; a number is taken as it stands."""
    semantic, value = _stated(raw, 1)
    return Said(semantic, value, semantic in _STATES_VALUE, _WORD.search(raw) is not None)


def cell_value(raw: str, scale: int = 1) -> tuple[Semantic, float | None]:
    """How a cell states its value, and the value in units of `scale`.

    `scale` is what the column's head counts in: 10,000 under 单位：万元, so that 5000元 there is 0.5 and 0.5万元 too;
    a number without a unit is taken as it stands. Blank, a mark (`/`, `-`, 无) and 0 are three different answers.
    """
    if scale != 1:
        return _stated(raw, scale)
    said = said_by(raw)
    return said.semantic, said.value


def _stated(raw: str, scale: int) -> tuple[Semantic, float | None]:
    text = "".join(unicodedata.normalize("NFKC", raw).split()).replace("\u200b", "")
    if not text:
        return Semantic.EMPTY, None
    if text in NOT_APPLICABLE_MARKS:
        return Semantic.NOT_APPLICABLE, None
    if text in ("零", "〇"):
        return Semantic.ZERO, 0.0
    match = _NUMBER.fullmatch(text)
    if match is None:
        return Semantic.TEXT, None
    value = float(match["digits"].replace(",", ""))
    if match["big"] or (scale != 1 and text.endswith("元")):
        # Through text, for 1.13 times 10000 is 11299.999999999998 in binary.
        value = float(f"{value * _BIG.get(match['big'] or '', 1) / scale:.6f}")
    if (match["sign"] or match["word"]) in _DECREASE:
        value = -value or 0.0
    return (Semantic.ZERO if value == 0 else Semantic.NUMBER), value


def is_value(raw: str) -> bool:
    """Whether a cell states a value, a mark for none included; a blank states nothing."""
    return said_by(raw).is_value
