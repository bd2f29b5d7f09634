"""政府信息公开行政复议、行政诉讼情况 (t4): three groups of columns and one row of numbers; the same in both eras."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.extract.tables_rows import Row, TableReading, assign, behind, words_of
from pipelines.extract.tables_words import names_in_t4
from pipelines.model import GridCell
from pipelines.report_templates import compact


@dataclass(frozen=True, slots=True)
class _Head:
    """A column of t4: its group, its key, its own cell, and the words of all its heads."""

    row_key: str
    column_key: str
    cell: GridCell
    label: str


def read_t4(rows: Sequence[Row], reading: TableReading) -> None:
    """The cells of t4 among `rows`: the first row of values under the heads."""
    header: list[Row] = []
    for place, row in enumerate(rows):
        if row.stated and len(row.values) == len(row.stated):
            _take_row(row, _heads(header), reading)
            break
        if header and not row.stated and place + 1 == len(rows):
            _take_row(row, _heads(header), reading)
        header.append(row)


def _heads(header: Sequence[Row]) -> list[_Head]:
    """A head for every cell that names a column, in the order of columns, with the group above it."""
    groups: list[tuple[str, GridCell]] = []
    columns: list[tuple[str, GridCell]] = []
    for row in header:
        for cell in row.worded:
            names = names_in_t4(cell.text)
            if names.row:
                groups.append((names.row.key, cell))
            elif names.column:
                columns.append((names.column.key, cell))
    columns.sort(key=lambda item: item[1].column)
    heads = []
    for key, cell in columns:
        above = [(group, head) for group, head in groups if head.column <= cell.column < behind(head)]
        group, head = above[-1] if above else ("", cell)
        heads.append(_Head(group, key, cell, compact(head.text + " " + cell.text)))
    if len({(head.row_key, head.column_key) for head in heads}) == len(heads) and all(head.row_key for head in heads):
        return heads
    return _by_fives(heads, groups)


def _by_fives(heads: Sequence[_Head], groups: Sequence[tuple[str, GridCell]]) -> list[_Head]:
    """The groups' spans are wrong: every run of five different columns is the next group from left to right."""
    order = list(dict.fromkeys(key for key, _ in sorted(groups, key=lambda item: item[1].column)))
    if len(order) != 3 or len(heads) != 15:
        return []
    runs = [heads[start : start + 5] for start in (0, 5, 10)]
    if any(len({head.column_key for head in run}) != 5 for run in runs):
        return []
    return [
        _Head(key, head.column_key, head.cell, head.label) for key, run in zip(order, runs, strict=True) for head in run
    ]


def _take_row(row: Row, heads: Sequence[_Head], reading: TableReading) -> None:
    if not heads:
        reading.find("table_without_header", "table t4: its columns have no names; no cell read")
        return
    placed = assign(row.own, [(str(place), head.cell) for place, head in enumerate(heads)])
    if placed is None:
        reading.find(
            "row_not_assignable", f"table t4: {words_of(row.stated)[:80]!r} under {len(heads)} columns; no cell read"
        )
        return
    for place, cell in placed:
        head = heads[int(place)]
        reading.take("t4", head.row_key, head.column_key, head.label, cell.text.strip())
