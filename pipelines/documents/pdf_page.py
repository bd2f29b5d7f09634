"""One page of a PDF as its characters and its ruled lines, both in points from the upper left corner."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import pypdfium2
import pypdfium2.raw as pdfium

# A page of a report has some 700 characters and 200 ruled lines; maps and drawings have more than anyone can read.
_MOST_CHARACTERS = 20_000
_MOST_SEGMENTS = 20_000
_MOST_OBJECTS = 20_000
_DEEPEST_FORM = 6
_THIN = 3.0  # a filled rectangle thinner than this is a drawn line
_STRAIGHT = 1.0
_SHORTEST = 4.0
_LARGEST_FONT_BOX = 3.0  # times a usual character


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and its box; `top` < `bottom`."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return (self.top + self.bottom) / 2

    @property
    def center(self) -> float:
        """Its place across the page."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line, horizontal or vertical: at `place` across its direction, from `start` to `end` along it."""

    place: float
    start: float
    end: float


@dataclass(slots=True)
class PageMarks:
    """What is drawn on a page."""

    width: float
    height: float
    glyphs: list[Glyph]
    horizontal: list[Rule]
    vertical: list[Rule]
    has_pictures: bool


def read_page(page: pypdfium2.PdfPage) -> PageMarks:
    """The characters and ruled lines of a page, turned as the reader sees it."""
    turn = _Turn(page)
    marks = PageMarks(*turn.size, [], [], [], has_pictures=False)
    _read_glyphs(page, turn, marks)
    _read_rules(page, turn, marks)
    return marks


class _Turn:
    """From the page's own coordinates (up from the lower left, not turned) to those the reader sees."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        left, bottom, right, top = page.get_cropbox()
        self._left, self._bottom = min(left, right), min(bottom, top)
        self._width, self._height = abs(right - left), abs(top - bottom)
        self._rotation = page.get_rotation()
        upright = self._rotation in (0, 180)
        self.size = (self._width, self._height) if upright else (self._height, self._width)

    def point(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self._left, y - self._bottom
        if self._rotation == 90:
            return y, x
        if self._rotation == 180:
            return self._width - x, y
        if self._rotation == 270:
            return self._height - y, self._width - x
        return x, self._height - y

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        first, second = self.point(left, bottom), self.point(right, top)
        return (
            min(first[0], second[0]),
            min(first[1], second[1]),
            max(first[0], second[0]),
            max(first[1], second[1]),
        )


def _read_glyphs(page: pypdfium2.PdfPage, turn: _Turn, marks: PageMarks) -> None:
    """The characters with the boxes their font gives them, so that a narrow 1 and a high “ keep a whole place.

    In fonts for vertical writing these boxes are up to twenty characters large; there the drawn outline counts.
    """
    text_page = page.get_textpage()
    found: list[tuple[str, _Bounds, _Bounds]] = []
    try:
        outline = [ctypes.c_double() for _ in range(4)]
        font = pdfium.FS_RECTF()
        for index in range(min(text_page.count_chars(), _MOST_CHARACTERS)):
            code = pdfium.FPDFText_GetUnicode(text_page, index)
            if code <= 32 or pdfium.FPDFText_IsGenerated(text_page, index) == 1 or 0xD800 <= code <= 0xDFFF:
                continue
            drawn = pdfium.FPDFText_GetCharBox(text_page, index, *outline)
            if drawn and pdfium.FPDFText_GetLooseCharBox(text_page, index, font):
                left, right, bottom, top = (number.value for number in outline)
                found.append((chr(code), (left, bottom, right, top), (font.left, font.bottom, font.right, font.top)))
    finally:
        text_page.close()
    usual = median(_size(drawn) for _, drawn, _ in found) if found else 0.0
    for text, drawn_box, font_box in found:
        box = font_box if _size(font_box) <= _LARGEST_FONT_BOX * max(usual, _size(drawn_box)) else drawn_box
        marks.glyphs.append(Glyph(text, *turn.box(*box)))


_Bounds = tuple[float, float, float, float]


def _size(box: _Bounds) -> float:
    return max(abs(box[2] - box[0]), abs(box[3] - box[1]))


def _read_rules(page: pypdfium2.PdfPage, turn: _Turn, marks: PageMarks) -> None:
    for count, item in enumerate(page.get_objects(max_depth=_DEEPEST_FORM)):
        if count >= _MOST_OBJECTS or len(marks.horizontal) + len(marks.vertical) >= _MOST_SEGMENTS:
            return
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            marks.has_pictures = True
        elif item.type == pdfium.FPDF_PAGEOBJ_PATH:
            for first, second in _path_segments(item):
                _add_rule(turn.point(*first), turn.point(*second), marks)


def _path_segments(item: pypdfium2.PdfObject) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight segments of a path in the page's coordinates; a thin filled box is one line along its middle."""
    matrix = item.get_matrix()
    container = item.container
    while container is not None:
        matrix = matrix.multiply(container.get_matrix())
        container = container.container
    points: list[tuple[float, float]] = []
    segments: list[tuple[tuple[float, float], tuple[float, float]]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    opened: tuple[float, float] | None = None
    for index in range(min(pdfium.FPDFPath_CountSegments(item), _MOST_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        if not segment or not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        here = matrix.on_point(x.value, y.value)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            opened = here
        elif points:
            segments.append((points[-1], here))
        points.append(here)
        if pdfium.FPDFPathSegment_GetClose(segment) and opened is not None and opened != here:
            segments.append((here, opened))
    if points:
        xs, ys = [point[0] for point in points], [point[1] for point in points]
        if len(points) > 2 and (max(xs) - min(xs) < _THIN or max(ys) - min(ys) < _THIN):
            return [((min(xs), min(ys)), (max(xs), max(ys)))]
    return segments


def _add_rule(first: tuple[float, float], second: tuple[float, float], marks: PageMarks) -> None:
    (left, top), (right, bottom) = first, second
    wide, high = abs(right - left), abs(bottom - top)
    if wide >= _SHORTEST and high <= max(_STRAIGHT, _THIN if wide > 4 * high else 0):
        marks.horizontal.append(Rule((top + bottom) / 2, min(left, right), max(left, right)))
    elif high >= _SHORTEST and wide <= max(_STRAIGHT, _THIN if high > 4 * wide else 0):
        marks.vertical.append(Rule((left + right) / 2, min(top, bottom), max(top, bottom)))


def joined_rules(rules: list[Rule], tolerance: float = 2.0) -> list[Rule]:
    """Rules that lie on one line and touch as one rule; doubled and dotted borders become what they show."""
    if not rules:
        return []
    ordered = sorted(rules, key=lambda rule: rule.place)
    lines: list[list[Rule]] = [[ordered[0]]]
    for before, rule in pairwise(ordered):
        if rule.place - before.place <= tolerance and rule.place - lines[-1][0].place <= 2 * tolerance:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    joined: list[Rule] = []
    for line in lines:
        place = sum(rule.place for rule in line) / len(line)
        start, end = 0.0, -1.0
        for rule in sorted(line, key=lambda rule: rule.start):
            if end >= start and rule.start <= end + tolerance:
                end = max(end, rule.end)
                continue
            if end >= start:
                joined.append(Rule(place, start, end))
            start, end = rule.start, rule.end
        joined.append(Rule(place, start, end))
    return joined
