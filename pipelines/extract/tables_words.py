"""What the words of a cell name in a standard table: a row, a column, a group of rows, or the table itself."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.extract.remembered import remembered
from pipelines.report_templates import Label, TableTemplate, table_template


@dataclass(frozen=True, slots=True)
class Names:
    """What a text names in one table: `is_caption`, `is_label_header` and `is_corner` are the table's other words."""

    row: Label | None
    column: Label | None
    group: Label | None
    is_caption: bool
    is_label_header: bool
    is_corner: bool


@remembered(4096)
def names_in_t2(text: str) -> Names:
    """What `text` names in t2."""
    return _names(table_template("t2"), text)


@remembered(4096)
def names_in_t3(text: str) -> Names:
    """What `text` names in t3."""
    return _names(table_template("t3"), text)


@remembered(4096)
def names_in_t4(text: str) -> Names:
    """What `text` names in t4."""
    return _names(table_template("t4"), text)


def _names(template: TableTemplate, text: str) -> Names:
    return Names(
        template.row(text),
        template.column(text),
        template.group(text),
        template.says("caption", text),
        template.says("label_header", text),
        template.says("corner", text),
    )
