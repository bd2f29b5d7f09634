"""政府信息公开情况统计表 of 2014–2018 and the local tables before it: one figure a row, known by the row's label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.extract.remembered import remembered
from pipelines.extract.tables_rows import Row, TableReading
from pipelines.extract.tables_values import is_value
from pipelines.model import GridCell
from pipelines.report_templates import TableTemplate, bare, compact, table_template

_LABEL_LENGTH = 60
_UNITS = frozenset("条 件 次 篇 个 人 万元 元 人次 份 项 期 宗 起 人/次 个/次".split())
_YEAR = re.compile(r"(?:19|20)\d\d年度?")
_LEAST_ROWS = 4  # a table with fewer known rows than this and no 统计指标 in its header is some other table


@dataclass(frozen=True, slots=True)
class _Columns:
    label: int
    values: tuple[tuple[int, str], ...]


def is_statistics(rows: Sequence[Row]) -> bool:
    """Whether a grid is such a table: its header says so and it has a row of it, or it has several."""
    template = table_template("stats2014")
    known = sum(any(_is_row(cell.text) for cell in row.worded) for row in rows)
    headed = any(_is_head(cell.text, template) for row in rows[:4] for cell in row.worded)
    return known >= _LEAST_ROWS or (headed and known >= 2)


@remembered(4096)
def _is_row(text: str) -> bool:
    """Whether a text is the label of a row, in whichever part of the table."""
    return table_template("stats2014").row(text, ("applications_received",)) is not None


def _is_head(text: str, template: TableTemplate) -> bool:
    name = compact(text)
    return name in (template.words or {}).get("label_header", ()) or name in ("历年累计", "统计数")


def read_statistics(rows: Sequence[Row], reading: TableReading) -> None:
    """The cells of the table under `stats2014`; a label that nobody knows is its own key.

    Columns: `count` (统计数, the year's own), `cumulative` (历年累计), any other by its head.
    """
    template = table_template("stats2014")
    columns = _columns(rows, template)
    opened: list[str] = []
    for row in rows:
        label_cell = next((cell for cell in row.cells if cell.column <= columns.label < _end(cell)), None)
        if label_cell is None or not label_cell.text.strip() or _is_head(label_cell.text, template):
            continue
        label = compact(label_cell.text)
        if is_value(label) or label in _UNITS:
            continue
        known = template.row(label, opened)
        if known:
            opened.append(known.key)
        key = known.key if known else bare(label)[:_LABEL_LENGTH]
        for place, column in columns.values:
            cell = next((cell for cell in row.own if cell.column <= place < _end(cell)), None)
            if cell is None or cell is label_cell or (known is None and not is_value(cell.text)):
                continue
            if known is None and not any(char.isdigit() for char in cell.text):
                continue  # a heading of a part, with a dash in the number's place
            reading.take("stats2014", key, column, label, cell.text.strip())
            if known is None:
                reading.find("unknown_row", f"the statistics table has a row {label[:_LABEL_LENGTH]!r}")


def _end(cell: GridCell) -> int:
    return cell.column + cell.column_span


def _columns(rows: Sequence[Row], template: TableTemplate) -> _Columns:
    """Where the labels stand and what the other columns are, by their heads; by their contents where heads are missing."""
    width = max((_end(cell) for row in rows for cell in row.cells), default=0)
    known = [0] * width
    numbers = [0] * width
    for row in rows:
        for cell in row.own:
            if _is_row(cell.text):
                known[cell.column] += 1
            elif is_value(cell.text):
                numbers[cell.column] += 1
    label = max(range(width), key=lambda place: known[place], default=0)
    heads: dict[int, str] = {}
    for row in rows[:4]:
        if any(_is_head(cell.text, template) for cell in row.own):
            heads |= {cell.column: compact(cell.text) for cell in row.own if cell.text.strip()}
    values = []
    for place in range(label + 1, width):
        head = heads.get(place, "")
        if not numbers[place] or template.says("unit_header", head) or template.says("serial_header", head):
            continue
        values.append((place, _column_key(head, template)))
    return _Columns(label, tuple(values))


def _column_key(head: str, template: TableTemplate) -> str:
    if any(word in head for word in (template.words or {}).get("cumulative_header", ())):
        return "cumulative"
    counted = (template.words or {}).get("count_header", ())
    return "count" if not head or head in counted or _YEAR.fullmatch(head) else head[:_LABEL_LENGTH]
