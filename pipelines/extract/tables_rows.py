"""Rows of a grid as the cells that cover them, and the cell where a table says something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.extract.tables_values import cell_value
from pipelines.model import Cell, Finding, Grid, GridCell
from pipelines.report_templates import compact

# The widest standard table has 15 columns, the longest 28 rows; a grid beyond this is no table of a report.
_MOST_POSITIONS = 200_000
_MOST_FINDINGS = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a grid: every cell that covers it from left to right, those from rows above included."""

    place: int
    cells: tuple[GridCell, ...]

    @property
    def own(self) -> list[GridCell]:
        """The cells that begin in this row."""
        return [cell for cell in self.cells if cell.row == self.place]

    @property
    def text(self) -> str:
        """All its words, compact."""
        return "".join(compact(cell.text) for cell in self.cells)


class TableReading:
    """The cells of the standard tables in the order met, and what was met in them that nobody knows."""

    __slots__ = ("_cells", "_findings")

    def __init__(self) -> None:
        self._cells: dict[tuple[str, str, str], Cell] = {}
        self._findings: dict[Finding, None] = {}

    @property
    def cells(self) -> list[Cell]:
        """One cell a table, row and column."""
        return list(self._cells.values())

    @property
    def findings(self) -> list[Finding]:
        """Each finding once."""
        return list(self._findings)

    def find(self, code: str, detail: str) -> None:
        """Note something a person may want to know; beyond some dozens more of it tells nobody anything."""
        if len(self._findings) < _MOST_FINDINGS:
            self._findings[Finding("extract", code, detail)] = None

    def take(self, table: str, row: str, column: str, label: str, raw: str, scale: int = 1) -> None:
        """Keep a cell; the first one of its keys stands, and a second that says otherwise is a finding."""
        semantic, value = cell_value(raw, scale)
        earlier = self._cells.setdefault((table, row, column), Cell(table, row, column, label, semantic, value, raw))
        if (earlier.semantic, earlier.value) != (semantic, value):
            self.find("cell_repeated", f"table {table} states {row}.{column} twice: {earlier.raw!r} and {raw!r}")


def rows_of(grid: Grid) -> list[Row]:
    """The rows of a grid; none when it is too large for a table of a report."""
    if grid.height * grid.width > _MOST_POSITIONS:
        return []
    covering: list[list[GridCell]] = [[] for _ in range(grid.height)]
    for cell in grid.cells:
        for row in range(cell.row, min(cell.row + cell.row_span, grid.height)):
            covering[row].append(cell)
    return [Row(place, tuple(sorted(cells, key=lambda cell: cell.column))) for place, cells in enumerate(covering)]


def behind(cell: GridCell) -> int:
    """The first column to the right of a cell."""
    return cell.column + cell.column_span


def assign(values: Sequence[GridCell], columns: Sequence[tuple[str, GridCell]]) -> list[tuple[str, GridCell]] | None:
    """The value cell of every column key, or None where the row does not tell.

    By position where every head has a value cell of its own below it and no value is left over; else by order where
    there are as many values as heads (heads are often shifted against their columns by a wrong span). A cell that
    reaches over several heads states no value for any of them.
    """
    placed: list[tuple[str, GridCell]] = []
    for key, head in columns:
        under = [cell for cell in values if cell.column <= head.column < behind(cell)]
        if len(under) != 1 or any(under[0] is taken for _, taken in placed):
            placed = []
            break
        placed.append((key, under[0]))
    taken = {id(cell) for _, cell in placed}
    if placed and not any(cell.text.strip() for cell in values if id(cell) not in taken):
        return placed
    trimmed = list(values)
    while len(trimmed) > len(columns) and not trimmed[0].text.strip():
        trimmed.pop(0)
    while len(trimmed) > len(columns) and not trimmed[-1].text.strip():
        trimmed.pop()
    if len(trimmed) != len(columns):
        return None
    return [(key, cell) for (key, _), cell in zip(columns, trimmed, strict=True)]
