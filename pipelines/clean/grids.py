"""Tables: which are data, and how their spans resolve into a grid."""

from __future__ import annotations

from collections.abc import Callable

from selectolax.lexbor import LexborNode

from pipelines.model import Grid, GridCell

# A data cell of a report is a label, a number or a sentence of explanation. Longest cell met in 40 real data tables:
# 180 characters (the filling notes of 规范性文件); a layout cell holds a whole article.
_LONGEST_DATA_CELL = 400
_MOST_SPAN = 100
_MOST_CELLS = 40_000
_ARTICLE_BLOCKS = frozenset("h1 h2 h3 h4 ul ol form iframe article section".split())


def data_grid(table: LexborNode, text_of: Callable[[str], str]) -> Grid | None:
    """The grid of a data table, or None for a layout table (its content is then read as ordinary blocks).

    Layout: a table in the table, fewer than two filled rows or columns, article blocks in a cell, or a cell longer
    than a data cell gets.
    """
    rows: list[list[tuple[LexborNode, bool]]] = []
    node = table.child
    pending: list[LexborNode] = []
    while node is not None or pending:
        if node is None:
            node = pending.pop()
            continue
        tag = node.tag
        if tag in ("tbody", "thead", "tfoot"):
            if node.next is not None:
                pending.append(node.next)
            node = node.child
            continue
        if tag == "tr":
            rows.append(_row_cells(node))
        node = node.next
    if len(rows) < 2 or max(map(len, rows)) < 2 or _nested(table):
        return None
    return _resolve(rows, text_of)


def _nested(table: LexborNode) -> bool:
    return len(table.css("table")) > 1  # css() counts the table itself


def _row_cells(row: LexborNode) -> list[tuple[LexborNode, bool]]:
    cells = []
    node = row.child
    while node is not None:
        if node.tag in ("td", "th"):
            cells.append((node, node.tag == "th"))
        node = node.next
    return cells


def _resolve(rows: list[list[tuple[LexborNode, bool]]], text_of: Callable[[str], str]) -> Grid | None:
    """Place every cell at the first free column of its row, as browsers do; spans are capped by the table's height."""
    height = len(rows)
    taken: set[tuple[int, int]] = set()
    cells: list[GridCell] = []
    width = filled_rows = 0
    for row, row_cells in enumerate(rows):
        column = 0
        filled = False
        for node, is_header in row_cells:
            while (row, column) in taken:
                column += 1
            attributes = node.attributes
            row_span = min(_span(attributes.get("rowspan")), height - row)
            column_span = _span(attributes.get("colspan"))
            text = cell_text(node, text_of)
            if len(text) > _LONGEST_DATA_CELL or (len(text) > 80 and _holds_article(node)):
                return None
            filled = filled or bool(text)
            cells.append(GridCell(row, column, text, row_span, column_span, is_header))
            if len(taken) > _MOST_CELLS:
                return None
            taken.update((row + i, column + j) for i in range(row_span) for j in range(column_span))
            column += column_span
            width = max(width, column)
        filled_rows += filled
    if filled_rows < 2:
        return None
    used = {cell.column for cell in cells if cell.text}
    return Grid(height, width, cells) if len(used) >= 2 else None


def _span(value: str | None) -> int:
    digits = (value or "").strip()
    return max(1, min(int(digits), _MOST_SPAN)) if digits.isascii() and digits.isdigit() else 1


def cell_text(node: LexborNode, text_of: Callable[[str], str]) -> str:
    """A cell's text with its paragraphs joined: labels of the standard tables are often broken (`商业<br>企业`)."""
    return text_of(node.text(separator="")) if node.child is not None else ""


def _holds_article(node: LexborNode) -> bool:
    return any(child.tag in _ARTICLE_BLOCKS for child in node.iter())
