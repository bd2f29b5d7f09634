"""The codes that tables state as prose would, each by the cells the codebook names, with the table's row as sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from pipelines.extract.codebook import CellKey, Entry, codebook
from pipelines.extract.tables_values import cell_value
from pipelines.extract.tables_words import names_in_t2
from pipelines.model import Cell, Indicator, Semantic
from pipelines.report_templates import compact

_Cells = Mapping[tuple[str, str, str], Cell]
_Span = tuple[int, int]
# What one of the unit is in yuan: a number of such a code means nothing until its own unit is known.
_YUAN = {"元": 1, "万元": 10_000}
_NUMBERS = re.compile(r"[\d\t/\-— ]*\d[\d\t/\-— ]*")
_NOWHERE = (0, 0)


def table_indicators(cells: Sequence[Cell], body: str) -> list[Indicator]:
    """The indicators that the tables state, in the codebook's order.

    A code is read from the first of its readings whose cells all state a count: a blank or a mark (`/`, 无) adds up to
    nothing, and a negative number is no count. An amount of money is read only where the cell, its row or its head
    prints the unit. `body` is the text that holds the rows.
    """
    if not cells:
        return []
    by_key = {(cell.table_key, cell.row_key, cell.col_key): cell for cell in cells}
    rows = _RowsOfBody(body)
    found = (_read(entry, by_key, rows) for entry in _entries_with_cells())
    return [indicator for indicator in found if indicator is not None]


@cache
def _entries_with_cells() -> tuple[Entry, ...]:
    return tuple(entry for entry in codebook().entries.values() if entry.cells)


def _read(entry: Entry, by_key: _Cells, rows: _RowsOfBody) -> Indicator | None:
    for reading in entry.cells:
        parts = [cell for key in reading if (cell := by_key.get((key.table, key.row, key.column)))]
        if len(parts) == len(reading) and all(part.value is not None and part.value >= 0 for part in parts):
            return _indicator(entry, reading, parts, rows)
    return None


def _indicator(entry: Entry, reading: Sequence[CellKey], parts: Sequence[Cell], rows: _RowsOfBody) -> Indicator | None:
    spans = [rows.place(part) for part in parts]
    values = [
        _amount(part, entry.unit, rows, span) if entry.unit in _YUAN else part.value
        for part, span in zip(parts, spans, strict=True)
    ]
    stated = [value for value in values if value is not None]
    if len(stated) < len(parts):
        return None
    value = sum(stated)
    placed = [span for span in spans if span != _NOWHERE]
    start, end = (min(placed)[0], max(placed)[1]) if placed else _NOWHERE
    return Indicator(
        code=entry.code,
        value=value,
        semantic=Semantic.ZERO if value == 0 else Semantic.NUMBER,
        raw=" + ".join(part.raw for part in parts),
        sentence=rows.body[start:end],
        start=start,
        end=end,
        rule="+".join(map(str, reading)),
        value_low=value,
        value_high=value,
        unit=entry.unit,
        source="table",
    )


def _amount(cell: Cell, unit: str, rows: _RowsOfBody, span: _Span) -> float | None:
    """The money a cell states, in `unit`; None where nothing says whether its number counts 元 or 万元."""
    if cell.value == 0:
        return cell.value
    if any(sign in cell.raw for sign in "元万亿"):
        return cell_value(cell.raw, _YUAN[unit])[1]
    line = rows.body[slice(*span)]
    head = rows.head(span) if cell.table_key == "t2" and span != _NOWHERE else ""
    printed = next((name for text in (line, head) for name in ("万元", "元") if name in text), None)
    if printed is None or cell.value is None:
        return None
    # Through text, for 1.13 times 10000 is 11299.999999999998 in binary.
    return float(f"{cell.value * _YUAN[printed] / _YUAN[unit]:.6f}")


class _RowsOfBody:
    """Where the rows of tables stand in a body, each line of tabs read once."""

    __slots__ = ("_heads", "_reviews", "_rows", "body")

    def __init__(self, body: str) -> None:
        self.body = body
        self._rows: dict[str, list[tuple[_Span, list[str]]]] = {}
        self._heads: list[_Span] = []
        self._reviews: _Span | None = None
        start = 0
        for line in body.split("\n"):
            if "\t" in line:
                self._take(line, (start, start + len(line)))
            start += len(line) + 1

    def _take(self, line: str, span: _Span) -> None:
        texts = [text.strip() for text in line.split("\t") if text]
        if texts and names_in_t2(texts[0]).is_label_header:
            self._heads.append(span)
        for text in texts:
            if not text.isdecimal():
                self._rows.setdefault(compact(text), []).append((span, texts))

    def place(self, cell: Cell) -> _Span:
        """The line of a cell's row; table t4 has its numbers in the last row, under its labels."""
        if cell.table_key == "t4":
            if self._reviews is None:
                self._reviews = _numbers_under("尚未审结", self.body)
            return self._reviews
        return next((span for span, texts in self._rows.get(cell.label, ()) if cell.raw in texts), _NOWHERE)

    def head(self, row: _Span) -> str:
        """The header of t2 above a row, or ""."""
        above = [head for head in self._heads if head < row]
        return self.body[slice(*above[-1])] if above else ""


def _numbers_under(label: str, body: str) -> _Span:
    """The first line of nothing but numbers under a line of a table with the label in it."""
    place = max(body.find(label), 0)
    while place < len(body):
        end = body.find("\n", place)
        end = len(body) if end < 0 else end
        start = body.rfind("\n", 0, place) + 1
        if "\t" in body[start:end] and _NUMBERS.fullmatch(body, start, end):
            return start, end
        place = end + 1
    return _NOWHERE
