"""Word documents (docx): paragraphs, headings and tables with their merged cells, out of the XML itself."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from pipelines.clean.document import Line
from pipelines.documents.reading import DocumentReading, plain_characters
from pipelines.documents.word_numbering import Numbering, read_numbering
from pipelines.model import BlockKind, Grid, GridCell

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = "{" + _NAMESPACE + "}"
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# The longest document.xml met is 0.3 MB for a report of 4 pages; a bomb is stopped before it is unpacked.
_MOST_XML_BYTES = 60 * 1024 * 1024
_LONGEST_DATA_CELL = 400  # as in pages: a longer cell holds an article, not a datum
_MOST_SPAN = 100
_MOST_CELLS = 40_000
_DEEPEST = 20
# What the standard library and lxml raise on archives with a few bytes changed.
_UNREADABLE = (
    zipfile.BadZipFile,
    etree.XMLSyntaxError,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    IndexError,
    RuntimeError,
    NotImplementedError,
)
_DROPPED = frozenset({_W + "del", _W + "moveFrom", _W + "instrText", _W + "delText", _FALLBACK, _W + "pPr", _W + "rPr"})


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the paragraphs refer to: heading levels by style, and the numbers Word writes before list paragraphs."""

    levels: dict[str, int]
    numbering: Numbering


def read_word(body: bytes, reading: DocumentReading) -> None:
    """Add the lines of a docx to `reading`, or a Finding that says why there are none. Never raises."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            document = _part(archive, "word/document.xml")
            styles = _part(archive, "word/styles.xml")
            numbering = _part(archive, "word/numbering.xml")
    except _TooLargeError as fault:
        reading.find("document_too_large", str(fault))
        return
    except _UNREADABLE:
        document = None
    root = document.find(_W + "body") if document is not None else None
    if root is None:
        reading.find("document_damaged", "the Word document cannot be opened")
        return
    parts = _Parts(_heading_levels(styles), read_numbering(numbering))
    reading.lines.extend(_blocks(root, parts, 0))
    if not reading.lines:
        reading.find("document_without_text", "the Word document holds no text (pictures only?)")


class _TooLargeError(ValueError):
    """A part of the archive is larger than any report."""


def _part(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    try:
        info = archive.getinfo(name)
    except KeyError:
        return None
    if info.file_size > _MOST_XML_BYTES:
        raise _TooLargeError(f"{name} unpacks to {info.file_size:,} bytes")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    with archive.open(info) as stream:
        content = stream.read(_MOST_XML_BYTES + 1)
    return etree.fromstring(content, parser) if content else None


def _heading_levels(styles: etree._Element | None) -> dict[str, int]:
    """Style id → heading level: the built-in heading styles and `Title`, whatever their ids are in this language."""
    levels: dict[str, int] = {}
    for style in styles.iter(_W + "style") if styles is not None else ():
        name = style.find(_W + "name")
        words = (_value(name) or "").lower().split()
        if words[:1] == ["heading"] and words[-1].isascii() and words[-1].isdigit():
            levels[style.get(_W + "styleId", "")] = min(int(words[-1]), 6)
        elif words == ["title"]:
            levels[style.get(_W + "styleId", "")] = 1
    return levels


def _value(element: etree._Element | None) -> str | None:
    return element.get(_W + "val") if element is not None else None


def _children(element: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables in order, content controls and insertions opened."""
    for child in element:
        if child.tag in (_W + "p", _W + "tbl"):
            yield child
        elif child.tag in (_W + "sdt", _W + "sdtContent", _W + "ins", _W + "customXml", _W + "smartTag"):
            yield from _children(child)


def _blocks(element: etree._Element, parts: _Parts, depth: int) -> Iterator[Line]:
    for child in _children(element):
        if child.tag == _W + "p":
            yield from _paragraph(child, parts)
        elif depth < _DEEPEST:
            grid = _data_grid(child)
            if grid is not None:
                yield Line(grid.as_text(), kind=BlockKind.TABLE, grid=grid)
            else:
                for cell in child.iterfind(f"{_W}tr/{_W}tc"):
                    yield from _blocks(cell, parts, depth + 1)


def _paragraph(paragraph: etree._Element, parts: _Parts) -> Iterator[Line]:
    """A paragraph's lines (a manual break ends one), the number that Word shows before it included."""
    style = _value(paragraph.find(f"{_W}pPr/{_W}pStyle")) or ""
    level = parts.levels.get(style, 0)
    number = parts.numbering.next(paragraph, style)
    for place, text in enumerate(_text(paragraph).split("\n")):
        stripped = text.strip()
        if stripped:
            words = (number if place == 0 else "") + stripped
            yield Line(words, kind=BlockKind.HEADING if level else BlockKind.PARAGRAPH, level=level)


def _text(element: etree._Element) -> str:
    """The words of a paragraph or cell; deleted text and the second form of drawings are left out."""
    pieces: list[str] = []
    pending: list[etree._Element] = [element]
    while pending:
        node = pending.pop()
        if node.tag in _DROPPED:
            continue
        if node.tag == _W + "t":
            pieces.append(node.text or "")
        elif node.tag == _W + "tab":
            pieces.append(" ")
        elif node.tag in (_W + "br", _W + "cr"):
            pieces.append("\n")
        elif node.tag == _W + "noBreakHyphen":
            pieces.append("-")
        if node.tag == _W + "p" and node is not element and pieces:
            pieces.append("\n")
        pending.extend(reversed(node))
    return plain_characters("".join(pieces))


def _data_grid(table: etree._Element) -> Grid | None:
    """The grid of a data table, or None for one that only lays out the page: its cells are read as paragraphs."""
    rows = list(table.iterfind(_W + "tr"))
    if len(rows) < 2 or table.find(f"{_W}tr/{_W}tc//{_W}tbl") is not None:
        return None
    anchors: dict[int, int] = {}  # column → place in `cells` of the cell that a vertical merge goes on with
    cells: list[GridCell] = []
    width = 0
    for place, row in enumerate(rows):
        column = _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
        for cell in row.iterfind(_W + "tc"):
            span = max(_number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1), 1)
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            text = _text(cell).replace("\n", "").strip()
            if len(text) > _LONGEST_DATA_CELL or len(cells) > _MOST_CELLS:
                return None
            if merge is not None and _value(merge) != "restart" and column in anchors:
                upper = cells[anchors[column]]
                cells[anchors[column]] = GridCell(
                    upper.row, upper.column, upper.text, place - upper.row + 1, upper.column_span
                )
            else:
                cells.append(GridCell(place, column, text, 1, span))
                if merge is not None:
                    anchors[column] = len(cells) - 1
                else:
                    anchors.pop(column, None)
            column += span
        width = max(width, column)
    return Grid(len(rows), width, cells) if width >= 2 else None


def _number(element: etree._Element | None, default: int) -> int:
    value = _value(element) or ""
    return min(int(value), _MOST_SPAN) if value.isascii() and value.isdigit() else default
