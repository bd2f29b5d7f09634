"""The tables of a report, read by the labels of their rows and columns, never by position.

Each standard table has its reader; a grid may hold several tables (a whole report in one table) and a table may reach
over several grids (a page break), so rows are first sorted to the table they belong to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.clean.flattened import rebuild_tables
from pipelines.extract.checks import prose_checks, table_checks
from pipelines.extract.tables_indicators import table_indicators
from pipelines.extract.tables_rows import Row, TableReading, rows_of
from pipelines.extract.tables_statistics import is_statistics, read_statistics
from pipelines.extract.tables_t2 import read_t2
from pipelines.extract.tables_t3 import read_t3
from pipelines.extract.tables_t4 import read_t4
from pipelines.extract.tables_values import cell_value
from pipelines.extract.tables_words import names_in_t2, names_in_t3, names_in_t4
from pipelines.extract.text_forms import unspaced
from pipelines.model import Block, Cell, Check, Finding, Grid, Section

__all__ = ["ReportTables", "cell_value", "prose_checks", "read_tables", "table_indicators", "tables_missing"]

_HEADS_OF_T4_ALONE = frozenset({"maintain", "correct", "pending"})
_READERS = (("t2", read_t2), ("t3", read_t3), ("t4", read_t4))


@dataclass(slots=True)
class ReportTables:
    """The cells of a report's tables, the identities checked on them, and what nobody knows in them."""

    cells: list[Cell]
    checks: list[Check]
    findings: list[Finding]


def read_tables(blocks: Sequence[Block]) -> ReportTables:
    """Cells of every standard table among the blocks; other tables are left alone.

    Where no block holds a standard table, the paragraphs are tried for one that was flattened into lines.
    """
    reading = TableReading()
    if grids := [block.grid for block in blocks if block.grid is not None]:
        _read(grids, reading)
    if not reading.cells:
        lines = [block.text for block in blocks if block.grid is None]
        if grids := [item for item in rebuild_tables(lines) if isinstance(item, Grid)]:
            _read(grids, reading)
    return ReportTables(reading.cells, table_checks(reading.cells), reading.findings)


def _read(grids: Sequence[Grid], reading: TableReading) -> None:
    rows: dict[str, list[Row]] = {key: [] for key, _ in _READERS}
    table = ""
    for grid in grids:
        grid_rows = rows_of(grid)
        if not grid_rows:
            reading.find("table_too_large", f"a table of {grid.height} × {grid.width} cells was not read")
        if is_statistics(grid_rows):
            read_statistics(grid_rows, reading)
            continue
        for row in grid_rows:
            table = _table_begun(row) or table
            if table:
                rows[table].append(row)
    for key, read in _READERS:
        read(rows[key], reading)


def _table_begun(row: Row) -> str:
    """The standard table that this row belongs to by its own words, or ""."""
    words = [cell.text for cell in row.worded]
    if not words:
        return ""
    if _heads_of_t4(words) >= 2:
        return "t4"
    columns: set[str] = set()
    for names in map(names_in_t3, words):
        if names.is_corner or names.group or (names.row and not names.row.equals):
            return "t3"
        if names.column:
            columns.add(names.column.key)
    if len(columns) >= 3:
        return "t3"
    first = names_in_t2(row.stated[0].text)
    return "t2" if first.is_caption or first.is_label_header or first.row else ""


def _heads_of_t4(words: Sequence[str]) -> int:
    """How many different heads of t4 stand in a row: two of its groups or two of its own columns."""
    groups: set[str] = set()
    columns: set[str] = set()
    for names in map(names_in_t4, words):
        if names.row:
            groups.add(names.row.key)
        if names.column:
            columns.add(names.column.key)
    lawsuits = any("讼" in text and "行政诉讼" in unspaced(text) for text in words)
    return max(len(groups) + lawsuits, len(columns & _HEADS_OF_T4_ALONE))


_TABLE_SECTIONS = frozenset({"proactive", "applications", "reviews"})


def tables_missing(year: int | None, sections: Sequence[Section], cells: Sequence[Cell]) -> bool:
    """Whether a report of the standard form (2019 on) has the sections of the tables, but nothing under them."""
    if year is None or year < 2019 or cells:
        return False
    bare = [section for section in sections if section.level == 1 and section.kind in _TABLE_SECTIONS]
    return len(bare) >= 3 and all(len(section.text) < len(section.heading) + 40 for section in bare)
