"""Tables: which are data, and how their spans resolve into a grid."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from selectolax.lexbor import LexborNode

from pipelines.model import Grid, GridCell

# A data cell of a report is a label, a number or a sentence of explanation. Longest cell met in 40 real data tables:
# 180 characters (the filling notes of 规范性文件); a layout cell holds a whole article.
_LONGEST_DATA_CELL = 400
_MOST_SPAN = 100
_MOST_CELLS = 40_000
_ARTICLE_BLOCKS = frozenset("h1 h2 h3 h4 ul ol form iframe article section".split())
_GROUPS = frozenset(("tbody", "thead", "tfoot"))

_Row = list[tuple[LexborNode, bool]]
TextOf = Callable[[LexborNode], str]


def data_grid(table: LexborNode, text_of: TextOf) -> Grid | None:
    """The grid of a data table, or None for a layout table (its content is then read as ordinary blocks).

    Layout: a table in the table, fewer than two filled rows or columns, article blocks in a cell, or a cell longer
    than a data cell gets. `text_of` reads a cell.
    """
    groups = [rows for rows in _row_groups(table) if rows]
    rows = [row for group in groups for row in group]
    if len(rows) < 2 or max(map(len, rows)) < 2 or _nested(table):
        return None
    return _resolve(groups, text_of)


def _row_groups(table: LexborNode) -> Iterator[list[_Row]]:
    """The rows of the table, group by group: a cell never reaches beyond its `tbody`."""
    loose: list[_Row] = []
    node = table.child
    while node is not None:
        tag = node.tag
        if tag == "tr":
            loose.append(_row_cells(node))
        elif tag in _GROUPS:
            yield [_row_cells(row) for row in _children(node) if row.tag == "tr"]
        node = node.next
    yield loose


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _nested(table: LexborNode) -> bool:
    return len(table.css("table")) > 1  # css() counts the table itself


def _row_cells(row: LexborNode) -> _Row:
    cells: _Row = []
    node = row.child
    while node is not None:
        tag = node.tag
        if tag == "td" or tag == "th":
            cells.append((node, tag == "th"))
        node = node.next
    return cells


def _resolve(groups: list[list[_Row]], text_of: TextOf) -> Grid | None:
    """Place every cell at the first free column of its row, as browsers do; spans are capped by their row group."""
    # Up to which row a column is taken by the cells above and to the left.
    taken: dict[int, int] = {}
    cells: list[GridCell] = []
    row = width = filled_rows = covered = 0
    for group in groups:
        group_end = row + len(group)
        for row_cells in group:
            column = 0
            filled = False
            for node, is_header in row_cells:
                while taken.get(column, 0) > row:
                    column += 1
                row_span, column_span = _spans(node.attributes, group_end - row)
                text = text_of(node)
                if len(text) > _LONGEST_DATA_CELL or (len(text) > 80 and _holds_article(node)):
                    return None
                covered += row_span * column_span
                if covered > _MOST_CELLS:
                    return None
                filled = filled or bool(text)
                cells.append(GridCell(row, column, text, row_span, column_span, is_header))
                for place in range(column, column + column_span):
                    taken[place] = max(taken.get(place, 0), row + row_span)
                column += column_span
                width = max(width, column)
            filled_rows += filled
            row += 1
    if filled_rows < 2:
        return None
    used = {cell.column for cell in cells if cell.text}
    return Grid(row, width, cells) if len(used) >= 2 else None


def _spans(attributes: Mapping[str, str | None], rows_left: int) -> tuple[int, int]:
    """How many rows and columns a cell with these attributes covers."""
    if "rowspan" not in attributes and "colspan" not in attributes:
        return 1, 1
    row_span = min(_span(attributes.get("rowspan"), rest=rows_left), rows_left)
    return row_span, _span(attributes.get("colspan"), rest=1)


def _span(value: str | None, rest: int) -> int:
    """A span attribute as browsers read it: leading digits count, `0` means all the `rest`, nonsense means 1."""
    digits = ""
    for char in (value or "").strip()[:6]:
        if not (char.isascii() and char.isdigit()):
            break
        digits += char
    if not digits:
        return 1
    return min(int(digits), _MOST_SPAN) or rest


def _holds_article(node: LexborNode) -> bool:
    return any(child.tag in _ARTICLE_BLOCKS for child in node.iter())
