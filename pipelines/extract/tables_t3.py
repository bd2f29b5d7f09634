"""收到和处理政府信息公开申请情况 (t3): rows by their labels, columns by theirs, in the form of either era."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipelines.extract.tables_rows import Row, TableReading, assign, behind, is_blank, words_of
from pipelines.extract.tables_values import said_by
from pipelines.extract.tables_words import names_in_t3
from pipelines.model import GridCell
from pipelines.report_templates import compact, table_template

_LABEL_LENGTH = 60
_SUBTOTALS = frozenset({"小计", "合计", "总计", "数量"})


@dataclass(frozen=True, slots=True)
class _Heads:
    """The cells that head the columns: by key, in their order from left to right, and where the first stands."""

    by_key: Mapping[str, GridCell] = field(default_factory=dict)
    in_order: Sequence[tuple[str, GridCell]] = ()
    first_column: int | None = None

    @classmethod
    def of(cls, by_key: Mapping[str, GridCell]) -> _Heads:
        in_order = sorted(by_key.items(), key=lambda item: item[1].column)
        return cls(by_key, in_order, in_order[0][1].column)


_NO_HEADS = _Heads()


def read_t3(rows: Sequence[Row], reading: TableReading) -> None:
    """The cells of t3 among `rows`, which may come from several grids in a row (a page break).

    A part of the table that lost its header is read in the official order of columns where every value stands, with
    a finding; a row that nobody knows is kept under `unknown:` and its label.
    """
    heads = _NO_HEADS
    in_header = started = False
    for row in rows:
        if found := _heads(row):
            heads = _Heads.of({**found, **heads.by_key} if in_header else found)
            in_header = True
            continue
        named = _named(row, heads)
        if named is None and started and row.values:
            reading.find("row_without_label", f"table t3 has numbers without a label: {words_of(row.stated)[:80]!r}")
        if named is None or (named.key.startswith("unknown:") and not started):
            continue
        in_header, started = False, True
        values = [cell for cell in row.own if cell.column >= behind(named.cell)]
        stated = any(not is_blank(cell) for cell in values)
        if stated or (named.is_row and len(values) >= max(len(heads.in_order), 1)):
            _take_row(named, values, heads, reading)


@dataclass(slots=True, unsafe_hash=True)
class _Named:
    """A row's key, the cell that gave it, and whether it is a row of the form (not a group, not an unknown one)."""

    key: str
    cell: GridCell
    is_row: bool = False


def _heads(row: Row) -> dict[str, GridCell]:
    """The column heads in a row of the header; a row that states numbers is none."""
    if row.values:
        return {}
    found: dict[str, GridCell] = {}
    for cell in row.worded:
        if label := names_in_t3(cell.text).column:
            found.setdefault(label.key, cell)
    return found if len(found) >= 2 else {}


def _named(row: Row, heads: _Heads) -> _Named | None:
    """What names a row: the last label before its numbers, else the group it stands in."""
    labels = _label_cells(row, heads)
    if not labels:
        return None
    last = labels[-1]
    group = next((found for cell in reversed(labels[:-1]) if (found := names_in_t3(cell.text).group)), None)
    name = compact(last.text)
    if name in _SUBTOTALS and group and group.key != "r3":
        return _Named(group.key, last)
    names = names_in_t3(last.text)
    if names.row:
        return _Named(names.row.key, last, is_row=True)
    if names.group:
        return _Named(names.group.key, last)
    if last.row != row.place:
        return None
    stated = any(cell.column >= behind(last) for cell in row.values)
    return _Named(f"unknown:{name[:_LABEL_LENGTH]}", last) if stated else None


def _label_cells(row: Row, heads: _Heads) -> list[GridCell]:
    """The cells with words before the first number; words under a head are a label only where the form knows them."""
    labels: list[GridCell] = []
    for cell in row.cells:
        if is_blank(cell):
            continue
        if said_by(cell.text).is_value:
            if labels:
                break
            continue
        if labels and heads.first_column is not None and cell.column >= heads.first_column:
            names = names_in_t3(cell.text)
            if not (names.row or names.group):
                break
        labels.append(cell)
    return labels


def _take_row(named: _Named, values: Sequence[GridCell], heads: _Heads, reading: TableReading) -> None:
    label = compact(named.cell.text)
    if heads.in_order:
        placed = assign(values, heads.in_order)
    else:
        placed = _official_order(values)
        if placed:
            reading.find("table_without_header", "a part of table t3 has no header: read in the official order")
    if placed is None:
        if said := words_of(values):
            reading.find(
                "row_not_assignable",
                f"table t3, row {label[:_LABEL_LENGTH]!r}: {said[:80]!r} under {len(heads.in_order) or 7} columns; "
                "no cell read",
            )
        return
    if named.key.startswith("unknown:"):
        reading.find("unknown_row", f"table t3 has a row {label[:_LABEL_LENGTH]!r}")
    for column, cell in placed:
        reading.take("t3", named.key, column, label, cell.text.strip())


def _official_order(values: Sequence[GridCell]) -> list[tuple[str, GridCell]] | None:
    """Seven numbers with no header above them; with a blank among them nobody knows which is which."""
    columns = table_template("t3").columns
    stated = [cell for cell in values if said_by(cell.text).is_value]
    if len(stated) != len(columns) or any(not is_blank(cell) for cell in values if cell not in stated):
        return None
    return [(column.key, cell) for column, cell in zip(columns, stated, strict=True)]
