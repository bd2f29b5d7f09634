"""主动公开政府信息情况 (t2): small tables under one another, each with its own header, in the form of either era."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.extract.tables_rows import Row, TableReading, assign, behind, is_blank, words_of
from pipelines.extract.tables_values import is_value
from pipelines.extract.tables_words import names_in_t2
from pipelines.model import GridCell
from pipelines.report_templates import TableTemplate, compact, table_template

_LABEL_LENGTH = 60


@dataclass(frozen=True, slots=True)
class _Head:
    """A column of the small table being read; `scale` is 10,000 where its head counts in 万元."""

    key: str
    cell: GridCell
    scale: int


def read_t2(rows: Sequence[Row], reading: TableReading) -> None:
    """The cells of t2 among `rows`; a row that nobody knows is kept under `unknown:` and its label."""
    template = table_template("t2")
    heads: list[_Head] = []
    for row in rows:
        filled = [cell for cell in row.cells if not is_blank(cell)]
        if not filled:
            continue
        names = names_in_t2(filled[0].text)
        if names.is_caption and not any(is_value(cell.text) for cell in filled[1:]):
            heads = []
        elif (found := _heads(row, template)) or names.is_label_header:
            heads = found  # a header that nobody can read names no column below it, nor does the one above it
        else:
            _read_row(row, filled[0], heads, reading)


def _heads(row: Row, template: TableTemplate) -> list[_Head]:
    """The heads of a header row: known columns, none of them a number; read from their official order when cut short."""
    cells = row.stated
    if cells and names_in_t2(cells[0].text).is_label_header:
        cells = cells[1:]
    elif not cells or names_in_t2(cells[0].text).row:
        return []
    if not cells or any(is_value(cell.text) for cell in cells):
        return []
    keys = _column_keys([compact(cell.text) for cell in cells], template)
    if not any(key and not key.startswith("unknown:") for key in keys):
        return []
    return [
        _Head(key, cell, 10_000 if "万元" in cell.text else 1) for key, cell in zip(keys, cells, strict=True) if key
    ]


def _column_keys(texts: Sequence[str], template: TableTemplate) -> list[str]:
    """A key for each header cell, cut ones (`本年新` twice) by the only official header that they all begin."""
    found = [names_in_t2(text).column for text in texts]
    keys = [label.key if label else "" for label in found]
    if all(keys) and len(set(keys)) == len(keys):
        return keys
    official = {
        header
        for block in template.blocks
        for header in block.headers
        if len(header) == len(texts) and all(whole.startswith(cut) for whole, cut in zip(header, texts, strict=True))
    }
    if len(official) == 1:
        whole = [names_in_t2(text).column for text in official.pop()]
        return [label.key for label in whole if label]
    return [key or f"unknown:{text[:_LABEL_LENGTH]}" for key, text in zip(keys, texts, strict=True)]


def _read_row(row: Row, label_cell: GridCell, heads: Sequence[_Head], reading: TableReading) -> None:
    values = [cell for cell in row.own if cell.column >= behind(label_cell)]
    stated = [cell for cell in values if not is_blank(cell)]
    label = compact(label_cell.text)
    known = names_in_t2(label_cell.text).row
    if is_value(label) or (known is None and not any(is_value(cell.text) for cell in stated)):
        return
    if not heads:
        if known and stated:
            reading.find(
                "table_without_header", f"table t2, row {label[:_LABEL_LENGTH]!r}: no header names its columns"
            )
        return
    if known is None:
        reading.find("unknown_row", f"table t2 has a row {label[:_LABEL_LENGTH]!r}")
    key = known.key if known else f"unknown:{label[:_LABEL_LENGTH]}"
    placed = assign(values, [(str(place), head.cell) for place, head in enumerate(heads)])
    if placed is None:
        if said := words_of(stated):
            reading.find(
                "row_not_assignable",
                f"table t2, row {label[:_LABEL_LENGTH]!r}: {said[:80]!r} under {len(heads)} columns; no cell read",
            )
        return
    for place, cell in placed:
        head = heads[int(place)]
        if head.key.startswith("unknown:"):
            reading.find("unknown_column", f"table t2 has a column {head.key.removeprefix('unknown:')!r}")
        reading.take("t2", key, head.key, label, cell.text.strip(), head.scale)
