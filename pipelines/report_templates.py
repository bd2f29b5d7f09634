"""The tables of the yearly reports as their labels name them: rows, columns and groups from `report_templates.toml`.

Both the room that rebuilds flattened tables and the one that reads their cells know a table by these words.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from pipelines.knowledge import reference

# Full-width signs as half-width ones; ． and 、 behind a digit count alike in an ordinal.
_FOLD = str.maketrans({0xFF01 + place: 0x21 + place for place in range(94)} | {ord("﹙"): "(", ord("﹚"): ")"})
_HANZI = re.compile("[\u4e00-\u9fff]")
_LONGEST_NAME = 400  # 规范性文件 with its filling notes has 180 characters
_ORDINAL = re.compile(
    r"(?:其中[:,]?|[一二三四五六七八九十]{1,3}[、.,]|\([一二三四五六七八九十\d]{1,2}\)|[㈠-㈩⑴-⒇①-⑳⒈-⒛]|\d{1,2}[.、,](?!\d)|[-—]+){1,3}"
)


def compact(text: str) -> str:
    """`text` without any blank and with half-width signs: the form in which labels are compared."""
    return _compact_label(text) if len(text) <= _LONGEST_LABEL else _compact(text)


def _compact(text: str) -> str:
    return "".join(text.split()).replace("\u200b", "").translate(_FOLD)


# The same labels and numbers stand in every report: a few thousand of them are worth keeping.
_LONGEST_LABEL = 120
_compact_label = lru_cache(maxsize=8192)(_compact)


def bare(label: str) -> str:
    """A compact label without its ordinal: `(三)不予公开` and `三、不予公开` are `不予公开`."""
    match = _ORDINAL.match(label)
    return label[match.end() :] if match else label


@dataclass(frozen=True, slots=True)
class Label:
    """A row, column or group of a table: its key, its official wording, and the words it is known by."""

    key: str
    text: str
    starts: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()
    equals: tuple[str, ...] = ()
    under: tuple[str, ...] = ()

    def fits(self, name: str) -> bool:
        """Whether a label, compact and without ordinal, is this one."""
        return name in self.equals or name.startswith(self.starts) or any(word in name for word in self.contains)

    def appears_in(self, text: str) -> bool:
        """Whether the label's words stand anywhere in `text` (compact)."""
        return any(word in text for word in (*self.starts, *self.contains, *self.equals))


@dataclass(frozen=True, slots=True)
class Block:
    """A small table of t2: the keys of its rows and its official headers, one per era."""

    rows: tuple[str, ...]
    headers: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class TableTemplate:
    """One standard table."""

    key: str
    rows: tuple[Label, ...]
    columns: tuple[Label, ...] = ()
    groups: tuple[Label, ...] = ()
    blocks: tuple[Block, ...] = ()
    words: Mapping[str, tuple[str, ...]] | None = None

    def row(self, label: str, opened: Sequence[str] = ()) -> Label | None:
        """The row a label names; `opened` are the keys of the rows read so far, for labels that stand in two parts."""
        found = _fitting(self.key, "rows", bare(compact(label)))
        parent = _nearest(opened, self.rows) if opened and any(row.under for row in found) else None
        return next((row for row in found if not row.under or parent in row.under), None)

    def column(self, label: str) -> Label | None:
        """The column a header cell names."""
        return next(iter(_fitting(self.key, "columns", bare(compact(label)))), None)

    def group(self, label: str) -> Label | None:
        """The group of rows a label names."""
        return next(iter(_fitting(self.key, "groups", bare(compact(label)))), None)

    def says(self, word: str, label: str) -> bool:
        """Whether a label is one of the table's other words: `label_header`, `caption`, `corner` …"""
        known = (self.words or {}).get(word, ())
        return any(item in compact(label) for item in known)


@lru_cache(maxsize=8192)
def _fitting(table: str, part: str, name: str) -> tuple[Label, ...]:
    """The labels of a part of a table that a name fits, in the template's order; a number fits none."""
    if not _HANZI.search(name) or len(name) > _LONGEST_NAME:
        return ()
    template = table_template(table)
    labels = {"rows": template.rows, "columns": template.columns, "groups": template.groups}[part]
    return tuple(label for label in labels if label.fits(name))


def _nearest(opened: Sequence[str], labels: Sequence[Label]) -> str | None:
    """The last row read that other rows stand under."""
    parents = {parent for label in labels for parent in label.under}
    return next((key for key in reversed(opened) if key in parents), None)


@cache
def table_template(key: str) -> TableTemplate:
    """The template `t2`, `t3`, `t4` or `stats2014`. Raises KeyError for any other key."""
    table = _templates()[key]
    words = {name: tuple(value) for name, value in table.items() if value and isinstance(value[0], str)}
    return TableTemplate(
        key=key,
        rows=tuple(map(_label, table["rows"])),
        columns=tuple(map(_label, table.get("columns", ()))),
        groups=tuple(map(_label, table.get("groups", ()))),
        blocks=tuple(
            Block(tuple(block["rows"]), tuple(tuple(header) for header in block["headers"]))
            for block in table.get("blocks", ())
        ),
        words=words,
    )


@cache
def _templates() -> dict[str, Any]:
    return tomllib.loads(reference("report_templates.toml").read_text("utf-8"))


def _label(entry: Mapping[str, Any]) -> Label:
    return Label(
        key=entry["key"],
        text=entry.get("label", ""),
        starts=tuple(entry.get("starts", ())),
        contains=tuple(entry.get("contains", ())),
        equals=tuple(entry.get("equals", ())),
        under=tuple(entry.get("under", ())),
    )
