"""Text that was once a page: lines as they stand, tables rebuilt from their pipes where the shape allows it."""

from __future__ import annotations

import re

from pipelines.clean.document import Document, Line
from pipelines.clean.flattened import rebuild_tables
from pipelines.clean.flattened_cells import trimmed
from pipelines.model import BlockKind, Grid, GridCell

_LINE = re.compile(r"\r\n|\r|\n|\u2028|\u2029|\x0b|\x0c|\x85")
_BLANK = " \t\u00a0\u2002\u2003\u2009\u3000"
_HAS_TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|body|div|p|br|table|tbody|tr|td|th|span|meta|title|script|ul|li|a|h[1-6]|font|center|section|article)"
    r"(?=[\s/>])",
    re.IGNORECASE,
)


def looks_like_html(text: str) -> bool:
    """Whether the source is markup: a tag of the common kind near its beginning, or several further on."""
    head = text[:4096]
    if re.match(r"\s*<(?:!doctype\s+html|html|head|body|\?xml)", head, re.IGNORECASE):
        return True
    found = 0
    for _ in _HAS_TAG.finditer(text, 0, 200_000):
        found += 1
        if found == 3:
            return True
    return bool(found and text.lstrip()[:1] == "<")


def read_plain(text: str) -> Document:
    """Every non-empty line of `text`; standard tables are rebuilt, other runs of ` | ` rows become one table each."""
    lines: list[Line] = []
    rows: list[list[str]] = []
    for item in rebuild_tables([line for raw in _LINE.split(text) if (line := trimmed(raw))]):
        if isinstance(item, str) and not item.strip("|" + _BLANK):
            continue  # the skeleton of a layout table
        cells = pipe_cells(item) if isinstance(item, str) else None
        if cells is not None:
            rows.append(cells)
            continue
        _flush_rows(rows, lines)
        if isinstance(item, Grid):
            lines.append(Line(item.as_text(), kind=BlockKind.TABLE, grid=item))
        else:
            lines.append(Line(item.strip("|" + _BLANK)))
    _flush_rows(rows, lines)
    return Document(is_html=False, lines=lines)


def pipe_cells(line: str) -> list[str] | None:
    """The cells of a flattened table row (`规章 | 0 | 0 |`), or None if the line is no such row.

    A trailing pipe is the row's end, not a cell. Shapes 1, 2 and 10 of the flattened tables. Rows carry a blank beside
    their pipes; keyword lines and link farms (`甲|乙|丙`, `甲市| 乙县`) do not on both sides, and end without one.
    """
    if "|" not in line:
        return None
    if not line.endswith("|") and line.count(" | ") < 2:
        return None
    cells = [cell.strip(_BLANK) for cell in line.split("|")]
    if cells and cells[-1] == "":
        cells.pop()
    if len(cells) < 2:
        return None
    longest = max(map(len, cells), default=0)
    return cells if longest <= 200 else None


def _flush_rows(rows: list[list[str]], lines: list[Line]) -> None:
    if not rows:
        return
    width = max(map(len, rows))
    cells = [GridCell(row, column, text) for row, texts in enumerate(rows) for column, text in enumerate(texts) if text]
    grid = Grid(height=len(rows), width=width, cells=cells)
    lines.append(Line(grid.as_text(), kind=BlockKind.TABLE, grid=grid))
    rows.clear()
