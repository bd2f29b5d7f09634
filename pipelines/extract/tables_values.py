"""What a table's cell states: blank, not applicable, nought, a number, or words."""

from __future__ import annotations

import re
import unicodedata

from pipelines.model import Semantic

NOT_APPLICABLE_MARKS = frozenset({"/", "\\", "-", "--", "---", "—", "——", "–", "−", "―", "─", "不适用", "不涉及", "无"})
_UNITS = "元|件|条|项|个|宗|次|份|篇|人次|人|场|期|起|辆|台"
# Either Western thousands marks or plain digits: "1,306" is a number, "1,2" and "3,45" are two.
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,6})?"
_NUMBER = re.compile(
    rf"(?P<sign>[+\-−–—]|增加?|上升|新增|减少?|下降|负)?(?P<digits>{_DIGITS})(?P<big>[万亿])?(?:{_UNITS})?"
)
_DECREASE = frozenset("-−–—") | {"减", "减少", "下降", "负"}
_BIG = {"万": 10_000, "亿": 100_000_000}


def cell_value(raw: str, scale: int = 1) -> tuple[Semantic, float | None]:
    """How a cell states its value, and the value in units of `scale`.

    `scale` is what the column's head counts in: 10,000 under 单位：万元, so that 5000元 there is 0.5 and 0.5万元 too;
    a number without a unit is taken as it stands. Blank, a mark (`/`, `-`, 无) and 0 are three different answers.
    """
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
    if match["sign"] in _DECREASE:
        value = -value or 0.0
    return (Semantic.ZERO if value == 0 else Semantic.NUMBER), value


def is_value(raw: str) -> bool:
    """Whether a cell states a value, a mark for none included; a blank states nothing."""
    return cell_value(raw)[0] in (Semantic.NUMBER, Semantic.ZERO, Semantic.NOT_APPLICABLE)
