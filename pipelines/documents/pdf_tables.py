"""Ruled tables of pages as grids: prose framed with a table is told from it, and a table cut by a page break is joined."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from pipelines.documents.pdf_lattice import Box, RuledTable
from pipelines.documents.pdf_page import Glyph
from pipelines.model import Grid, GridCell

_EDGE = 6.0  # how far the same bound may lie apart on two pages, in points
_CAPTION = 20
_HEADING = re.compile(r"[一二三四五六七八九十]{1,2}、")
_ORDINAL = re.compile(r"[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十\d]{1,2}[)）]|\d{1,2}[.．、]")


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell by the places of its bounds across the page."""

    row: int
    left: float
    right: float
    row_span: int
    text: str


@dataclass(slots=True)
class PageTable:
    """A table with its columns by their places on the page, so that parts on several pages fit together."""

    height: int
    cells: list[_Cell]
    prose_before: list[list[Glyph]] = field(default_factory=list)
    prose_behind: list[list[Glyph]] = field(default_factory=list)

    def grid(self) -> Grid:
        """The grid, its columns wherever a cell of any row begins or ends."""
        bounds = _bounds([place for cell in self.cells for place in (cell.left, cell.right)])

        def column(place: float) -> int:
            return min(range(len(bounds)), key=lambda index: abs(bounds[index] - place))

        cells = [
            GridCell(
                cell.row,
                column(cell.left),
                cell.text,
                min(cell.row_span, self.height - cell.row),
                max(column(cell.right) - column(cell.left), 1),
            )
            for cell in self.cells
        ]
        return Grid(self.height, max(len(bounds) - 1, 1), cells)


def _bounds(places: Sequence[float]) -> list[float]:
    bounds: list[float] = []
    for place in sorted(places):
        if not bounds or place - bounds[-1] > _EDGE:
            bounds.append(place)
    return bounds


def page_table(table: RuledTable, text_of: Callable[[Sequence[Glyph]], str]) -> PageTable:
    """The table of a net of rules; rows of one cell at its beginning and end that are prose are set apart."""
    width, height = len(table.columns) - 1, len(table.rows) - 1
    whole: dict[int, Box] = {box.row: box for box in table.boxes if box.column_span == width and box.row_span == 1}
    texts = {row: text_of(box.glyphs) for row, box in whole.items()}
    first, last = 0, height
    while first < last and first in whole and not (_is_caption(texts[first]) and first + 1 not in whole):
        first += 1
    while last > first and last - 1 in whole and not _is_caption(texts[last - 1]):
        last -= 1
    cells = [
        _Cell(
            box.row - first,
            table.columns[box.column],
            table.columns[box.column + box.column_span],
            box.row_span,
            text_of(box.glyphs),
        )
        for box in table.boxes
        if first <= box.row < last
    ]
    return PageTable(
        last - first,
        cells,
        [whole[row].glyphs for row in range(first) if whole[row].glyphs],
        [whole[row].glyphs for row in range(last, height) if whole[row].glyphs],
    )


def _is_caption(text: str) -> bool:
    return 0 < len(text) <= _CAPTION and not text.endswith(("。", "；", "：")) and not _HEADING.match(text)


def join_tables(upper: PageTable, lower: PageTable) -> PageTable | None:
    """Both as one table when they are as wide as each other; a row that the page break cut through is one row again."""
    if not upper.cells or not lower.cells:
        return None
    if abs(_left(upper) - _left(lower)) > _EDGE or abs(_right(upper) - _right(lower)) > _EDGE:
        return None
    cells = list(upper.cells)
    shift = upper.height
    last = [cell for cell in cells if cell.row + cell.row_span >= upper.height]
    first = [cell for cell in lower.cells if cell.row == 0]
    if _is_one_row(last, first):
        shift -= 1
        cells = [cell for cell in cells if cell not in last]
        cells += [
            replace(above, text=above.text + below.text)
            for above, below in zip(_sorted(last), _sorted(first), strict=True)
        ]
        rest = [cell for cell in lower.cells if cell.row > 0]
    else:
        rest = lower.cells
    cells += [replace(cell, row=cell.row + shift) for cell in rest]
    return PageTable(shift + lower.height, cells, upper.prose_before, lower.prose_behind)


def _left(table: PageTable) -> float:
    return min(cell.left for cell in table.cells)


def _right(table: PageTable) -> float:
    return max(cell.right for cell in table.cells)


def _sorted(cells: Sequence[_Cell]) -> list[_Cell]:
    return sorted(cells, key=lambda cell: cell.left)


def _is_one_row(last: Sequence[_Cell], first: Sequence[_Cell]) -> bool:
    """Whether the last row of a page goes on in the first of the next: a label without its number, no value twice."""
    above, below = _sorted(last), _sorted(first)
    if len(above) != len(below) or any(abs(a.left - b.left) > _EDGE for a, b in zip(above, below, strict=True)):
        return False
    labels = [cell.text for cell in below if cell.text and not _is_number(cell.text)]
    if not labels or _ORDINAL.match(labels[-1]) or not any(_ORDINAL.match(cell.text) for cell in above):
        return False
    return not any(_is_number(a.text) and _is_number(b.text) for a, b in zip(above, below, strict=True))


def _is_number(text: str) -> bool:
    return bool(text) and all(character in "0123456789.,-/—" for character in text)
