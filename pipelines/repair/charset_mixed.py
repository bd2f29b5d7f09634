"""Pages put together from files of different charsets: a UTF-8 template round a GBK article, or the reverse.

The seam is always at a tag or a line, so a page is taken apart at `<` and line ends, and a piece that the page's own
charset reads badly is given to the charset that reads it well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.repair.charset_score import hanzi_score, text_bits
from pipelines.repair.charset_tolerant import read_tolerantly

# A piece changes its charset only if that saves as much as half a lost character, and what comes out is plain Chinese:
# two rare hanzi are no reason. Running text scores +6, labels of two or three hanzi +4 to +6.
_MARGIN_BITS = 15.0
_CHINESE_SCORE = 3.0

_SEAM = re.compile(rb"(?<=[\n>])|(?=<)")
_HIGH = re.compile(rb"[\x80-\xff]")
# How the first two bytes of the commonest UTF-8 characters show when they pass as GB18030: ，（： 、。《 的 一不中 公关
# 政. A page that has one of them of its own is only looked at closer.
_UTF8_AS_GB18030 = ("锛", "銆", "鐨", "涓", "鍏", "鏀")
# Taking a page apart costs about 1 µs a byte; a report page of that size does not exist.
_MAX_BYTES = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Mixture:
    """A page read piece by piece: `others` says how many pieces were read in which other charset."""

    text: str
    lost: int
    others: dict[str, int]


def may_hide_utf8(text: str, charset: str) -> bool:
    """Whether text that was read as GB18030 without error still holds UTF-8."""
    return charset == "gb18030" and any(sign in text for sign in _UTF8_AS_GB18030)


def read_mixed(body: bytes, charset: str) -> Mixture | None:
    """Read `body` piece by piece, each in `charset` or in the charset that reads it clearly better.

    None if no piece is better read in another charset, or the page is over 2 MB. `charset` is utf-8, gb18030 or big5hkscs.
    """
    if len(body) > _MAX_BYTES:
        return None
    rivals = ("gb18030", "big5hkscs") if charset == "utf-8" else ("utf-8",)
    pieces = _SEAM.split(body)
    own: list[bytes] = []  # neighbours of the page's own charset are decoded together
    texts: list[str] = []
    lost = 0
    others: dict[str, int] = {}

    def flush() -> int:
        reading = read_tolerantly(b"".join(own), charset)
        own.clear()
        texts.append(reading.text)
        return reading.lost

    for piece in pieces:
        better = _better_reading(piece, charset, rivals) if _HIGH.search(piece) else None
        if better is None:
            own.append(piece)
            continue
        lost += flush()
        rival, text = better
        texts.append(text)
        others[rival] = others.get(rival, 0) + 1
    if not others:
        return None
    lost += flush()
    return Mixture("".join(texts), lost, others)


def _better_reading(piece: bytes, charset: str, rivals: tuple[str, ...]) -> tuple[str, str] | None:
    readings = []
    for rival in rivals:
        try:
            text = piece.decode(rival)
        except UnicodeDecodeError:
            continue
        if hanzi_score(text) >= _CHINESE_SCORE:
            readings.append((text_bits(text), rival, text))
    if not readings:
        return None
    bits, rival, text = min(readings)
    is_better = bits + _MARGIN_BITS < text_bits(piece.decode(charset, "replace"))
    return (rival, text) if is_better else None
