"""Characters as lines and lines as paragraphs: a line that reaches the margin goes on in the next one."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from pipelines.documents.pdf_page import Glyph
from pipelines.documents.reading import plain_characters, set_tight

_PAGE_NUMBER = re.compile(
    r"[-—–·―－]{0,2}\s?(?:\d{1,3}|[IVXivx]{1,5})\s?[-—–·―－]{0,2}|第?\s?\d{1,3}\s?页?\s?[/共]\s?共?\s?\d{1,3}\s?页?|第\s?\d{1,3}\s?页"
)
_OPENS = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十]{1,3}[章节条]|附件|附表"
)
_GAP = 0.25  # of a character's height: the blank between two words
_NARROWEST = 0.7  # of the page's width: no report sets its right margin further in


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text on a page."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def size(self) -> float:
        """The height of its characters, in points."""
        return self.bottom - self.top


def text_lines(glyphs: Sequence[Glyph]) -> list[TextLine]:
    """The lines that characters form, from top to bottom; within a line from left to right."""
    rows: list[list[Glyph]] = []
    middle = 0.0
    for glyph in sorted(glyphs, key=lambda item: item.middle):
        size = max(glyph.bottom - glyph.top, 2.0)
        if rows and glyph.middle - middle <= 0.5 * max(size, _height(rows[-1])):
            rows[-1].append(glyph)
            # A comma sits low: the line's height is that of its tallest characters.
            middle = max(middle, glyph.middle) if size >= _height(rows[-1]) else middle
        else:
            rows.append([glyph])
            middle = glyph.middle
    return [_line(sorted(row, key=lambda item: item.left)) for row in rows]


def _height(glyphs: Sequence[Glyph]) -> float:
    return max(max(glyph.bottom - glyph.top for glyph in glyphs[:8]), 2.0)


def _line(row: Sequence[Glyph]) -> TextLine:
    size = max(median(glyph.bottom - glyph.top for glyph in row), 2.0)
    pieces: list[str] = []
    for place, glyph in enumerate(row):
        if place and glyph.left - row[place - 1].right > max(_GAP * size, 1.0):
            pieces.append(" ")
        pieces.append(glyph.text)
    return TextLine(
        set_tight(plain_characters("".join(pieces))),
        min(glyph.left for glyph in row),
        max(glyph.right for glyph in row),
        min(glyph.top for glyph in row),
        max(glyph.bottom for glyph in row),
    )


def cell_text(glyphs: Sequence[Glyph]) -> str:
    """The text of a table's cell: its lines joined, for a label is broken wherever its cell ends."""
    return joined([line.text for line in text_lines(glyphs)])


def joined(parts: Sequence[str]) -> str:
    """Lines as one text: without a blank, but for one between two words of Latin letters."""
    text = ""
    for part in parts:
        if text and part and text[-1].isascii() and text[-1].isalpha() and part[0].isascii() and part[0].isalpha():
            text += " "
        text += part
    return text


def without_running_lines(pages: Sequence[list[TextLine]]) -> list[list[TextLine]]:
    """The lines of each page without page numbers and without headers and footers that repeat from page to page."""
    edges = Counter(
        _shape(line.text) for lines in pages for line in {id(line): line for line in (*lines[:1], *lines[-1:])}.values()
    )
    repeated = {text for text, count in edges.items() if count >= 3 and count * 2 > len(pages)}
    kept = []
    for lines in pages:
        first, last = 0, len(lines)
        while first < last and _is_running(lines[first].text, repeated):
            first += 1
        while last > first and _is_running(lines[last - 1].text, repeated):
            last -= 1
        kept.append(lines[first:last])
    return kept


def _shape(text: str) -> str:
    return re.sub(r"\d+", "0", text)


def _is_running(text: str, repeated: set[str]) -> bool:
    return not text or _PAGE_NUMBER.fullmatch(text) is not None or _shape(text) in repeated


def paragraphs(lines: Sequence[TextLine], page_width: float) -> list[str]:
    """The paragraphs that lines form, over page breaks too.

    A line goes on with the one before it when that one reached the right margin and this one is not indented and
    opens no numbered part. Where no line comes near the page's right edge nothing shows where the margin is, and
    every line is a paragraph.
    """
    if not lines:
        return []
    size = median(line.size for line in lines)
    right = max(_margin([line.right for line in lines], size, is_right=True), _NARROWEST * page_width)
    left = _margin([line.left for line in lines], size, is_right=False)
    found: list[list[str]] = []
    before: TextLine | None = None
    for line in lines:
        goes_on = (
            before is not None
            and before.right >= right - 1.6 * size
            and line.left <= left + 0.8 * size
            and abs(line.size - before.size) <= 0.35 * size
            and not _OPENS.match(line.text)
        )
        if goes_on and before is not None:
            found[-1].append(line.text)
        else:
            found.append([line.text])
        before = line
    return [joined(parts) for parts in found]


def _margin(places: Sequence[float], size: float, *, is_right: bool) -> float:
    """The margin that lines keep: the outermost place that at least a tenth of them come near to."""
    ordered = sorted(places)
    needed = max(1, len(places) // 10)
    for place in reversed(ordered) if is_right else ordered:
        if bisect_right(ordered, place + size) - bisect_left(ordered, place - size) >= needed:
            return place
    return ordered[-1] if is_right else ordered[0]
