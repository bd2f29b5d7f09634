"""Rows of a grid as the cells that cover them, and the cell where a table says something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from pipelines.extract.tables_values import cell_value, said_by
from pipelines.model import Cell, Finding, Grid, GridCell

# The widest standard table has 15 columns, the longest 28 rows; a grid beyond this is no table of a report.
_MOST_POSITIONS = 200_000
_MOST_FINDINGS = 60
_by_column = attrgetter("column")


@dataclass(slots=True)
class Row:
    """One row of a grid, from left to right, every cell of it read once.

    `cells` are all that cover it, those from rows above included, `own` those of them that begin in this row. Of `own`,
    `stated` are not blank, `values` state a value (a mark for none included), `worded` have words and may be labels.
    """

    place: int
    cells: Sequence[GridCell]
    own: list[GridCell] = field(default_factory=list)
    stated: list[GridCell] = field(default_factory=list)
    values: list[GridCell] = field(default_factory=list)
    worded: list[GridCell] = field(default_factory=list)


def words_of(cells: Sequence[GridCell]) -> str:
    """What cells say, parted by blanks, for a finding."""
    return " ".join(text for cell in cells if (text := cell.text.strip()))


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
        key = (table, row, column)
        earlier = self._cells.get(key)
        if earlier is None:
            self._cells[key] = Cell(table, row, column, label, semantic, value, raw)
        elif (earlier.semantic, earlier.value) != (semantic, value):
            self.find("cell_repeated", f"table {table} states {row}.{column} twice: {earlier.raw!r} and {raw!r}")


def rows_of(grid: Grid) -> list[Row]:
    """The rows of a grid; none when it is too large for a table of a report."""
    if grid.height * grid.width > _MOST_POSITIONS:
        return []
    covering: list[list[GridCell]] = [[] for _ in range(grid.height)]
    for cell in grid.cells:
        if cell.row_span == 1 and cell.row < grid.height:
            covering[cell.row].append(cell)
        else:
            for row in range(cell.row, min(cell.row + cell.row_span, grid.height)):
                covering[row].append(cell)
    return [_row(place, cells) for place, cells in enumerate(covering)]


def _row(place: int, cells: list[GridCell]) -> Row:
    cells.sort(key=_by_column)
    row = Row(place, cells)
    for cell in cells:
        if cell.row != place:
            continue
        row.own.append(cell)
        if is_blank(cell):
            continue
        row.stated.append(cell)
        said = said_by(cell.text)
        if said.is_value:
            row.values.append(cell)
        if said.has_words:
            row.worded.append(cell)
    return row


def is_blank(cell: GridCell) -> bool:
    """Whether nothing is printed in a cell."""
    return not cell.text or cell.text.isspace()


def behind(cell: GridCell) -> int:
    """The first column to the right of a cell."""
    return cell.column + cell.column_span


def assign(values: Sequence[GridCell], columns: Sequence[tuple[str, GridCell]]) -> list[tuple[str, GridCell]] | None:
    """The value cell of every column key, or None where the row does not tell.

    By position where every head has a value cell of its own below it and no value is left over; else by order where
    there are as many values as heads (heads are often shifted against their columns by a wrong span). A cell that
    reaches over several heads states no value for any of them.
    """
    return _by_position(values, columns) or _by_order(values, columns)


def _by_position(
    values: Sequence[GridCell], columns: Sequence[tuple[str, GridCell]]
) -> list[tuple[str, GridCell]] | None:
    under: dict[int, GridCell | None] = {}
    for cell in values:
        for column in range(cell.column, behind(cell)):
            under[column] = cell if column not in under else None  # two values over each other: a broken grid
    placed = []
    for key, head in columns:
        cell_below = under.get(head.column)
        if cell_below is None:
            return None
        placed.append((key, cell_below))
    taken = {id(cell) for _, cell in placed}
    if not placed or len(taken) < len(placed):
        return None
    left_over = len(taken) < len(values) and any(id(cell) not in taken and not is_blank(cell) for cell in values)
    return None if left_over else placed


def _by_order(values: Sequence[GridCell], columns: Sequence[tuple[str, GridCell]]) -> list[tuple[str, GridCell]] | None:
    trimmed = list(values)
    while len(trimmed) > len(columns) and is_blank(trimmed[0]):
        trimmed.pop(0)
    while len(trimmed) > len(columns) and is_blank(trimmed[-1]):
        trimmed.pop()
    if len(trimmed) != len(columns):
        return None
    return [(key, cell) for (key, _), cell in zip(columns, trimmed, strict=True)]
