"""PDF with a text layer: ruled tables as grids, prose as paragraphs, both joined again over page breaks."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from pipelines.clean.document import Line
from pipelines.documents.pdf_lattice import RuledTable, ruled_tables
from pipelines.documents.pdf_lines import TextLine, cell_text, paragraphs, text_lines, without_running_lines
from pipelines.documents.pdf_page import PageMarks, read_page
from pipelines.documents.pdf_tables import PageTable, join_tables, page_table
from pipelines.documents.reading import DocumentReading
from pipelines.model import BlockKind

MOST_PAGES = 500
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff]")
_UNREADABLE_SHARE = 0.3


def read_pdf(body: bytes, reading: DocumentReading) -> None:
    """Add the lines of a PDF to `reading`, or a Finding that says why there are none. Never raises."""
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as fault:
        encrypted = pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD or "password" in str(fault).lower()
        if encrypted:
            reading.find("document_encrypted", "the PDF is protected by a password")
        else:
            reading.find("document_damaged", "the PDF cannot be opened")
        return
    try:
        _read_pages(document, reading)
    finally:
        document.close()


def _read_pages(document: pypdfium2.PdfDocument, reading: DocumentReading) -> None:
    count = len(document)
    if count > MOST_PAGES:
        reading.find("document_too_large", f"{count} pages; read are documents up to {MOST_PAGES}")
        return
    pages: list[PageMarks] = []
    bare: list[int] = []
    for number in range(count):
        try:
            page = document[number]
            marks = read_page(page)
            page.close()
        except (pypdfium2.PdfiumError, ValueError):
            reading.find("document_damaged", f"page {number + 1} of the PDF cannot be read")
            continue
        pages.append(marks)
        if not marks.glyphs and marks.has_pictures:
            bare.append(number + 1)
    if not any(marks.glyphs for marks in pages):
        reading.find("document_without_text", f"the PDF has no text layer ({count} pages, scanned?)")
        return
    if bare:
        shown = ", ".join(map(str, bare[:10]))
        reading.find("document_pages_without_text", f"pages without a text layer (scanned?): {shown}")
    glyphs = [glyph for marks in pages for glyph in marks.glyphs]
    unreadable = sum(_UNREADABLE.match(glyph.text) is not None for glyph in glyphs)
    if unreadable > _UNREADABLE_SHARE * len(glyphs):
        reading.find(
            "document_without_text", f"{unreadable} of {len(glyphs)} characters of the PDF's text layer mean nothing"
        )
        return
    reading.lines.extend(_lines(pages))


def _lines(pages: Sequence[PageMarks]) -> list[Line]:
    split = [ruled_tables(marks) for marks in pages]
    outside = without_running_lines([text_lines(glyphs) for _, glyphs in split])
    width = max(marks.width for marks in pages)
    items: list[list[TextLine] | PageTable] = []
    for (tables, _), lines in zip(split, outside, strict=True):
        _append(items, _in_order(tables, lines))
    lines_of_document: list[Line] = []
    for item in items:
        if isinstance(item, PageTable):
            grid = item.grid()
            lines_of_document.append(Line(grid.as_text(), kind=BlockKind.TABLE, grid=grid))
        else:
            lines_of_document.extend(Line(text) for text in paragraphs(item, width) if text)
    return lines_of_document


def _in_order(tables: Sequence[RuledTable], lines: Sequence[TextLine]) -> list[list[TextLine] | PageTable]:
    """A page from top to bottom; framed prose is taken out of its frame."""
    items: list[list[TextLine] | PageTable] = []
    rest = list(lines)
    for table in tables:
        above = [line for line in rest if line.top < table.top]
        rest = [line for line in rest if line.top >= table.top]
        read = page_table(table, cell_text)
        if above:
            _append(items, [above])
        before = [line for glyphs in read.prose_before for line in text_lines(glyphs)]
        behind = [line for glyphs in read.prose_behind for line in text_lines(glyphs)]
        _append(items, [before, *([read] if read.height else []), behind])
    _append(items, [rest])
    return items


def _append(items: list[list[TextLine] | PageTable], more: Sequence[list[TextLine] | PageTable]) -> None:
    """Go on with the last paragraph or table where the next page does."""
    for item in more:
        last = items[-1] if items else None
        if isinstance(item, PageTable):
            if isinstance(last, PageTable) and (together := join_tables(last, item)):
                items[-1] = together
            else:
                items.append(item)
        elif item and isinstance(last, list):
            last.extend(item)
        elif item:
            items.append(list(item))
