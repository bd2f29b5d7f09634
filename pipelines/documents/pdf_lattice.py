"""Ruled lines as tables: where horizontal and vertical rules cross, with the cells that span several fields."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipelines.documents.pdf_page import Glyph, PageMarks, Rule, joined_rules

_TOUCH = 3.0  # how far a rule may end before the one it meets, in points
_SAME = 4.0  # two rules nearer than this bound no field between them
_MOST_FIELDS = 20_000


@dataclass(slots=True)
class Box:
    """A cell of a ruled table: its fields and the characters in it."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    glyphs: list[Glyph] = field(default_factory=list)


@dataclass(slots=True)
class RuledTable:
    """A ruled table on a page: the places of its column and row bounds and its cells."""

    columns: list[float]
    rows: list[float]
    boxes: list[Box]

    @property
    def top(self) -> float:
        """Where it begins on the page."""
        return self.rows[0]

    @property
    def bottom(self) -> float:
        """Where it ends on the page."""
        return self.rows[-1]


def ruled_tables(marks: PageMarks) -> tuple[list[RuledTable], list[Glyph]]:
    """The ruled tables of a page from top to bottom, and the characters that stand in none of them.

    A frame that holds a single column is no table; its characters are prose.
    """
    horizontal, vertical = joined_rules(marks.horizontal), joined_rules(marks.vertical)
    tables = []
    for rows, columns in _nets(horizontal, vertical):
        table = _table(rows, columns)
        if table is not None:
            tables.append(table)
    tables.sort(key=lambda table: table.top)
    outside = [glyph for glyph in marks.glyphs if not _place(glyph, tables)]
    return tables, outside


def _nets(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that hang together by crossing each other."""
    parents = list(range(len(horizontal) + len(vertical)))

    def root(item: int) -> int:
        while parents[item] != item:
            parents[item] = parents[parents[item]]
            item = parents[item]
        return item

    by_place = sorted(range(len(horizontal)), key=lambda item: horizontal[item].place)
    places = [horizontal[item].place for item in by_place]
    for index, rule in enumerate(vertical):
        start = bisect_right(places, rule.start - _TOUCH)
        for item in by_place[start : bisect_right(places, rule.end + _TOUCH)]:
            if horizontal[item].start - _TOUCH <= rule.place <= horizontal[item].end + _TOUCH:
                parents[root(item)] = root(len(horizontal) + index)
    nets: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for item in range(len(parents)):
        rows, columns = nets.setdefault(root(item), ([], []))
        if item < len(horizontal):
            rows.append(horizontal[item])
        else:
            columns.append(vertical[item - len(horizontal)])
    return [net for net in nets.values() if len(net[0]) >= 2 and len(net[1]) >= 2]


def _bounds(places: Sequence[float]) -> list[float]:
    bounds: list[float] = []
    for place in sorted(places):
        if not bounds or place - bounds[-1] > _SAME:
            bounds.append(place)
    return bounds


def _table(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> RuledTable | None:
    """The cells of a net of rules: a field goes on to the next where no rule parts them."""
    columns = _bounds(
        [
            *(rule.place for rule in vertical),
            min(rule.start for rule in horizontal),
            max(rule.end for rule in horizontal),
        ]
    )
    rows = _bounds(
        [*(rule.place for rule in horizontal), min(rule.start for rule in vertical), max(rule.end for rule in vertical)]
    )
    width, height = len(columns) - 1, len(rows) - 1
    if width < 2 or height < 1 or width * height > _MOST_FIELDS:
        return None
    right = _parting(vertical, columns, rows)
    below = _parting(horizontal, rows, columns)
    taken = [[False] * width for _ in range(height)]
    boxes: list[Box] = []
    for row in range(height):
        for column in range(width):
            if taken[row][column]:
                continue
            wide = 1
            while column + wide < width and not right[column + wide][row] and not taken[row][column + wide]:
                wide += 1
            high = 1
            while row + high < height and not any(below[row + high][column + i] for i in range(wide)):
                if any(taken[row + high][column + i] for i in range(wide)):
                    break
                high += 1
            for i in range(high):
                for j in range(wide):
                    taken[row + i][column + j] = True
            boxes.append(Box(row, column, high, wide))
    return RuledTable(columns, rows, boxes)


def _parting(rules: Sequence[Rule], across: Sequence[float], along: Sequence[float]) -> list[list[bool]]:
    """For every bound in `across`, and every field in `along`: whether a rule parts the two sides there."""
    parting = [[False] * (len(along) - 1) for _ in across]
    for rule in rules:
        bound = min(range(len(across)), key=lambda place: abs(across[place] - rule.place))
        for place in range(len(along) - 1):
            middle = (along[place] + along[place + 1]) / 2
            if rule.start - _TOUCH <= middle <= rule.end + _TOUCH:
                parting[bound][place] = True
    return parting


def _place(glyph: Glyph, tables: Sequence[RuledTable]) -> bool:
    """Put a character into the cell it stands in; whether there is one."""
    for table in tables:
        if table.top <= glyph.middle <= table.bottom and table.columns[0] <= glyph.center <= table.columns[-1]:
            row = min(bisect_right(table.rows, glyph.middle) - 1, len(table.rows) - 2)
            column = min(bisect_right(table.columns, glyph.center) - 1, len(table.columns) - 2)
            for box in table.boxes:
                if box.row <= row < box.row + box.row_span and box.column <= column < box.column + box.column_span:
                    box.glyphs.append(glyph)
                    return True
    return False
