"""t2 rebuilt: captions, headers and rows in reading order, however many cells stand on a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipelines.clean.flattened_cells import Cells, GridMaker, Token, tokens
from pipelines.model import Grid
from pipelines.report_templates import TableTemplate, compact, table_template

_WIDTH = 4
_LONGEST_LABEL = 200  # 规范性文件 with the filling notes has 180 characters


@dataclass(slots=True)
class _Progress:
    """The grid so far, the header of the block being read, and how many rows state something."""

    maker: GridMaker
    header: list[str] = field(default_factory=list)
    rows: int = 0


def rebuild_t2(lines: Sequence[Cells]) -> Grid | None:
    """The grid of t2, or None when the lines hold no row of it.

    A row whose values are fewer than its columns (blank cells vanished with the pipes) gets them as one cell over all
    of its columns: what they are is known, under which column they stand is not. A label without values, and a header
    whose columns cannot be told apart, stand in a row of their own.
    """
    template = table_template("t2")
    progress = _Progress(GridMaker(_WIDTH))
    stream = list(tokens(lines))
    place = 0
    while place < len(stream):
        text = compact(stream[place].text)
        if template.says("caption", text):
            progress.maker.spanned([(stream[place].text, _WIDTH)], header=True)
            progress.header = []
            place += 1
        elif template.says("label_header", text):
            place = _read_header(stream, place, template, progress)
        elif text and not stream[place].states and (template.row(text) or _values_behind(stream, place)):
            place = _read_row(stream, place, progress)
        else:
            place += 1
    return progress.maker.grid() if progress.rows else None


def _values_behind(stream: Sequence[Token], place: int) -> bool:
    return place + 1 < len(stream) and stream[place + 1].states and len(stream[place].text) <= _LONGEST_LABEL


def _read_header(stream: Sequence[Token], place: int, template: TableTemplate, progress: _Progress) -> int:
    """The header cells behind 信息内容: its own line may hold them all, glued or parted by blanks."""
    glued = compact(stream[place].text).removeprefix("信息内容")
    parts = [glued] if glued else []
    place += 1
    while place < len(stream):
        text = compact(stream[place].text)
        if stream[place].states or template.says("caption", text) or template.row(text):
            break
        if template.says("label_header", text) or len(text) > _LONGEST_LABEL:
            break
        if text:
            parts.append(text)
        place += 1
    progress.header = _header_cells(parts, template)
    if progress.header:
        cells = [("信息内容", 1), *((text, 1) for text in progress.header[:-1])]
        progress.maker.spanned([*cells, (progress.header[-1], _WIDTH - len(cells))], header=True)
    else:
        progress.maker.spanned([(" ".join(["信息内容", *parts]), _WIDTH)], header=True)
    return place


def _header_cells(parts: Sequence[str], template: TableTemplate) -> list[str]:
    """Header cells from their pieces: as they stand where each is a column, else the official header they spell."""
    cells: list[str] = []
    for part in parts:
        if cells and (cells[-1].count("(") > cells[-1].count(")") or part.count(")") > part.count("(")):
            cells[-1] += part  # filling notes broken over cells
        else:
            cells.append(part)
    whole = "".join(cells)
    official = {header for block in template.blocks for header in block.headers}
    for header in sorted(official, key=lambda item: len("".join(item)), reverse=True):
        spelled = compact("".join(header))
        rest = whole[len(spelled) :]
        if whole.startswith(spelled) and template.column(rest) is None:
            return [*header[:-1], header[-1] + rest]
    keys = [label.key if (label := template.column(cell)) else None for cell in cells]
    if all(keys) and len(set(keys)) == len(keys):
        return cells[: _WIDTH - 1]
    return cells if len(cells) < _WIDTH else []


def _read_row(stream: Sequence[Token], place: int, progress: _Progress) -> int:
    """A label and the values behind it; with no known header the row keeps its values as one cell."""
    label = stream[place]
    columns = len(progress.header)
    end = place + 1
    row_end = _line_end(stream, place)
    if label.is_marked and row_end - place - 1 >= max(columns, 1):
        end = row_end  # a whole row on one line: its cells count, whatever they say
    else:
        while end < len(stream) and (stream[end].states or (stream[end].is_blank and stream[end].is_marked)):
            end += 1
    values = [token.text for token in stream[place + 1 : end]]
    while len(values) > columns and values and not values[-1]:
        values.pop()
    if columns and len(values) == columns:
        cells = [(label.text, 1), *((text, 1) for text in values[:-1])]
        progress.maker.spanned([*cells, (values[-1], _WIDTH - len(cells))])
        progress.rows += 1
    elif any(values):
        progress.maker.spanned([(label.text, 1), (" ".join(filter(None, values)), _WIDTH - 1)])
        progress.rows += 1
    else:
        progress.maker.spanned([(label.text, _WIDTH)])
    return end


def _line_end(stream: Sequence[Token], place: int) -> int:
    end = place
    while end < len(stream) and stream[end].line == stream[place].line:
        end += 1
    return end
