"""The codebook: what an indicator's code means, in which unit, since when, and where else it is stated."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipelines.knowledge import reference


@dataclass(frozen=True, slots=True)
class CellKey:
    """Where a cell stands: `table.row.column`, the row's key with dots of its own (`t3.r3.3.1.total`)."""

    table: str
    row: str
    column: str

    @classmethod
    def parse(cls, text: str) -> CellKey:
        """The key that `text` writes. Raises ValueError when it lacks a part."""
        table, row_and_column = text.strip().split(".", 1)
        row, column = row_and_column.rsplit(".", 1)
        return cls(table, row, column)

    def __str__(self) -> str:
        return f"{self.table}.{self.row}.{self.column}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One code. `era` is a year range such as `2008-2018` (open to the right: `2019-`).

    `cells` are the ways in which standard tables state the same, the plainest first: one cell, or several that add up
    to it; `rows` are the labels of rows that state it in the statistics tables of 2014–2018 and of the local ones before.
    """

    code: str
    zh: str
    en: str
    unit: str
    era: str
    caveat: str
    cells: tuple[tuple[CellKey, ...], ...] = ()
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Codebook:
    """All entries by code, in the order of the file."""

    entries: Mapping[str, Entry]

    @property
    def units(self) -> dict[str, str]:
        """Unit by code."""
        return {code: entry.unit for code, entry in self.entries.items()}


@cache
def codebook() -> Codebook:
    """The codebook of `data/reference/indicators.toml`, read once.

    Raises KeyError naming what an entry lacks, ValueError for a cell that is not `table.row.column`.
    """
    table: dict[str, dict[str, Any]] = tomllib.loads(reference("indicators.toml").read_text("utf-8"))
    return Codebook({code: _entry(code, fields) for code, fields in table.items()})


def _entry(code: str, fields: Mapping[str, Any]) -> Entry:
    return Entry(
        code=code,
        zh=fields["zh"],
        en=fields["en"],
        unit=fields["unit"],
        era=fields["era"],
        caveat=fields["caveat"],
        cells=tuple(tuple(map(CellKey.parse, reading.split("+"))) for reading in fields.get("cells", ())),
        rows=tuple(fields.get("rows", ())),
    )
