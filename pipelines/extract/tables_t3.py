"""收到和处理政府信息公开申请情况 (t3): rows by their labels, columns by theirs, in the form of either era."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipelines.extract.tables_rows import Row, TableReading, assign, behind
from pipelines.extract.tables_values import is_value
from pipelines.model import GridCell
from pipelines.report_templates import TableTemplate, compact, table_template

_LABEL_LENGTH = 60
_SUBTOTALS = frozenset({"小计", "合计", "总计", "数量"})


def read_t3(rows: Sequence[Row], reading: TableReading) -> None:
    """The cells of t3 among `rows`, which may come from several grids in a row (a page break).

    A part of the table that lost its header is read in the official order of columns where every value stands, with
    a finding; a row that nobody knows is kept under `unknown:` and its label.
    """
    template = table_template("t3")
    heads: dict[str, GridCell] = {}
    in_header = started = False
    for row in rows:
        if found := _heads(row, template):
            heads = {**found, **heads} if in_header else found
            in_header = True
            continue
        named = _named(row, heads, template)
        if named is None and started and any(is_value(cell.text) for cell in row.own):
            said = " ".join(cell.text.strip() for cell in row.own if cell.text.strip())
            reading.find("row_without_label", f"table t3 has numbers without a label: {said[:80]!r}")
        if named is None or (named.key.startswith("unknown:") and not started):
            continue
        in_header, started = False, True
        values = [cell for cell in row.own if cell.column >= behind(named.cell)]
        stated = any(cell.text.strip() for cell in values)
        if stated or (named.is_row and len(values) >= max(len(heads), 1)):
            _take_row(named, values, heads, template, reading)


@dataclass(frozen=True, slots=True)
class _Named:
    """A row's key, the cell that gave it, and whether it is a row of the form (not a group, not an unknown one)."""

    key: str
    cell: GridCell
    is_row: bool = False


def _heads(row: Row, template: TableTemplate) -> dict[str, GridCell]:
    """The column heads in a row of the header; a row that states numbers is none."""
    if any(is_value(cell.text) for cell in row.own):
        return {}
    found: dict[str, GridCell] = {}
    for cell in row.own:
        if label := template.column(cell.text):
            found.setdefault(label.key, cell)
    return found if len(found) >= 2 else {}


def _named(row: Row, heads: Mapping[str, GridCell], template: TableTemplate) -> _Named | None:
    """What names a row: the last label before its numbers, else the group it stands in."""
    labels = _label_cells(row, heads, template)
    if not labels:
        return None
    last = labels[-1]
    group = next((found for cell in reversed(labels[:-1]) if (found := template.group(cell.text))), None)
    name = compact(last.text)
    if name in _SUBTOTALS and group and group.key != "r3":
        return _Named(group.key, last)
    if label := template.row(name):
        return _Named(label.key, last, is_row=True)
    if found := template.group(name):
        return _Named(found.key, last)
    if last.row != row.place:
        return None
    stated = any(is_value(cell.text) for cell in row.own if cell.column >= behind(last))
    return _Named(f"unknown:{name[:_LABEL_LENGTH]}", last) if stated else None


def _label_cells(row: Row, heads: Mapping[str, GridCell], template: TableTemplate) -> list[GridCell]:
    """The cells with words before the first number; words under a head are a label only where the form knows them."""
    first_head = min((cell.column for cell in heads.values()), default=None)
    labels: list[GridCell] = []
    for cell in row.cells:
        if not cell.text.strip():
            continue
        if is_value(cell.text):
            if labels:
                break
            continue
        known = template.row(cell.text) or template.group(cell.text)
        if first_head is not None and cell.column >= first_head and labels and not known:
            break
        labels.append(cell)
    return labels


def _take_row(
    named: _Named,
    values: Sequence[GridCell],
    heads: Mapping[str, GridCell],
    template: TableTemplate,
    reading: TableReading,
) -> None:
    label = compact(named.cell.text)
    if heads:
        placed = assign(values, sorted(heads.items(), key=lambda item: item[1].column))
    else:
        placed = _official_order(values, template)
        if placed:
            reading.find("table_without_header", "a part of table t3 has no header: read in the official order")
    if placed is None:
        said = " ".join(cell.text.strip() for cell in values if cell.text.strip())
        if said:
            reading.find(
                "row_not_assignable",
                f"table t3, row {label[:_LABEL_LENGTH]!r}: {said[:80]!r} under {len(heads) or 7} columns; no cell read",
            )
        return
    if named.key.startswith("unknown:"):
        reading.find("unknown_row", f"table t3 has a row {label[:_LABEL_LENGTH]!r}")
    for column, cell in placed:
        reading.take("t3", named.key, column, label, cell.text.strip())


def _official_order(values: Sequence[GridCell], template: TableTemplate) -> list[tuple[str, GridCell]] | None:
    """Seven numbers with no header above them; with a blank among them nobody knows which is which."""
    stated = [cell for cell in values if is_value(cell.text)]
    if len(stated) != len(template.columns) or any(cell.text.strip() for cell in values if cell not in stated):
        return None
    return [(column.key, cell) for column, cell in zip(template.columns, stated, strict=True)]
