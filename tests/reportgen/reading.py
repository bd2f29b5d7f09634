"""A page's tables as the rooms read them, and how many of the true cells they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.clean.document import Line
from pipelines.clean.markup import read_html
from pipelines.clean.plain import looks_like_html, read_plain
from pipelines.extract.tables import ReportTables, read_tables
from pipelines.model import Block
from tests.reportgen.truth import Key, Tables


def tables_of(page: str) -> ReportTables:
    """The tables of a page or of text that was one."""
    document = read_html(page) if looks_like_html(page) else read_plain(page)
    return tables_of_lines(document.lines)


def tables_of_lines(lines: Sequence[Line]) -> ReportTables:
    """The tables among lines."""
    return read_tables([Block(line.kind, line.text, grid=line.grid) for line in lines])


@dataclass(frozen=True, slots=True)
class Score:
    """Cells right, cells that say something else than the report, and true cells that were not read."""

    right: int
    wrong: tuple[Key, ...]
    missing: tuple[Key, ...]

    @property
    def share(self) -> float:
        """The share of cells that are right."""
        return self.right / (self.right + len(self.wrong) + len(self.missing))


def score(tables: Tables, read: ReportTables) -> Score:
    """Every true cell against the one read; a cell that states no number is right when none is read for it."""
    got = {(cell.table_key, cell.row_key, cell.col_key): cell.value for cell in read.cells}
    right = 0
    wrong, missing = [], []
    for key, value in tables.values.items():
        read_value = got.get(key)
        if read_value == value or (value is not None and read_value is not None and abs(read_value - value) < 1e-6):
            right += 1
        elif read_value is None:
            missing.append(key)
        else:
            wrong.append(key)
    wrong += [key for key, value in got.items() if key not in tables.values and value is not None]
    return Score(right, tuple(wrong), tuple(missing))
