"""The codebook: what an indicator's code means, in which unit, since when, and where else it is stated."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipelines.knowledge import reference


@dataclass(frozen=True, slots=True)
class Entry:
    """One code. `era` is a year range such as `2008-2018` (open to the right: `2019-`).

    `cells` are the cells of the standard tables that state the same, `table.row.column` (several add up to it);
    `rows` are the labels of rows that state it in the statistics tables of 2014–2018 and of the local ones before.
    """

    code: str
    zh: str
    en: str
    unit: str
    era: str
    caveat: str
    cells: tuple[str, ...] = ()
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
    """The codebook of `data/reference/indicators.toml`, read once. Raises KeyError naming what an entry lacks."""
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
        cells=tuple(fields.get("cells", ())),
        rows=tuple(fields.get("rows", ())),
    )
