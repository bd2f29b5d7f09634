"""Reports as files: Word documents and PDFs with ruled tables, made byte by byte."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from tests.reportgen.grids import WIDTHS, Span, all_rows
from tests.reportgen.shapes import CLOSING, HEADINGS, OPENING
from tests.reportgen.truth import Tables

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def paragraph(text: str, properties: str = "") -> str:
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def word_table(rows: Sequence[Sequence[Span]], width: int) -> str:
    """A table as Word writes it: every row has a cell in every column, merged ones go on below as `vMerge`."""
    waiting: dict[tuple[int, int], int] = {}
    out = []
    for place, row in enumerate(rows):
        cells, column, spans = [], 0, list(row)
        while column < width:
            if (place, column) in waiting:
                columns = waiting[place, column]
                cells.append(_cell("", columns, "<w:vMerge/>"))
                column += columns
                continue
            if not spans:
                break
            span = spans.pop(0)
            merge = '<w:vMerge w:val="restart"/>' if span.rows > 1 else ""
            waiting |= {(place + below, column): span.columns for below in range(1, span.rows)}
            cells.append(_cell(span.text, span.columns, merge))
            column += span.columns
        out.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return f"<w:tbl>{''.join(out)}</w:tbl>"


def _cell(text: str, columns: int, merge: str) -> str:
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{columns}"/>{merge}</w:tcPr>{paragraph(text)}</w:tc>'


def docx(body: str, **parts: str) -> bytes:
    """A Word document of a body; `parts` are further files under word/ by name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {_WORD}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {_WORD}>{content}</w:{name}>")
    return buffer.getvalue()


def report_docx(tables: Tables, title: str) -> bytes:
    parts = [paragraph(title), paragraph("一、总体情况"), paragraph(OPENING)]
    for name, rows in all_rows(tables).items():
        parts += [paragraph(HEADINGS[name]), word_table(rows, WIDTHS[name])]
    return docx("".join([*parts, *map(paragraph, CLOSING)]))


@dataclass(slots=True)
class PdfMaker:
    """A PDF put together page by page in the non-embedded Chinese font every reader has; places from the top left."""

    width: float = 595
    height: float = 842
    pages: list[list[str]] = field(default_factory=lambda: [[]])

    def text(self, text: str, left: float, top: float, size: float = 10) -> None:
        coded = text.encode("utf-16-be").hex()
        self.pages[-1].append(f"BT /F {size} Tf {left:.1f} {self.height - top - size:.1f} Td <{coded}> Tj ET")

    def line(self, left: float, top: float, right: float, bottom: float) -> None:
        self.pages[-1].append(f"{left:.1f} {self.height - top:.1f} m {right:.1f} {self.height - bottom:.1f} l S")

    def box(self, left: float, top: float, right: float, bottom: float) -> None:
        self.pages[-1].append(
            f"{left:.1f} {self.height - bottom:.1f} {right - left:.1f} {bottom - top:.1f} re S"
        )  # fmt: skip

    def new_page(self) -> None:
        self.pages.append([])

    def as_bytes(self) -> bytes:
        objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Count {len(self.pages)} /Kids [{' '.join(f'{6 + 2 * n} 0 R' for n in range(len(self.pages)))}] >>",
            "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
            "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R /DW 1000 /W [1 95 500]"
            " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
            "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
            " /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
        ]
        for number, page in enumerate(self.pages):
            content = "\n".join(page)
            objects.append(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {self.width} {self.height}] /Contents {7 + 2 * number} 0 R"
                " /Resources << /Font << /F 3 0 R >> >> >>"
            )
            objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        out = b"%PDF-1.4\n"
        offsets = []
        for number, item in enumerate(objects, 1):
            offsets.append(len(out))
            out += f"{number} 0 obj\n{item}\nendobj\n".encode("ascii")
        start = len(out)
        out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode("ascii")
        out += "".join(f"{offset:010d} 00000 n \n" for offset in offsets).encode("ascii")
        return out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode("ascii")


_LEFT, _RIGHT, _TOP, _BOTTOM, _STEP = 70.0, 525.0, 80.0, 770.0, 14.0


def report_pdf(tables: Tables, title: str) -> bytes:
    """A report on A4: prose with indents, ruled tables that break over pages wherever they have to, page numbers."""
    maker = PdfMaker()
    top = _TOP
    maker.text(title, 160, top, 14)
    top += 3 * _STEP
    for text in ("一、总体情况", OPENING):
        top = _prose(maker, text, top)
    for name, rows in all_rows(tables).items():
        top = _prose(maker, HEADINGS[name], top)
        top = _table(maker, rows, WIDTHS[name], top) + _STEP
    for text in CLOSING:
        top = _prose(maker, text, top)
    maker.text(f"- {len(maker.pages)} -", 280, 800)
    return maker.as_bytes()


def _prose(maker: PdfMaker, text: str, top: float) -> float:
    across = int((_RIGHT - _LEFT) // 10)
    lines = [
        "　　" + text[: across - 2],
        *(text[place : place + across] for place in range(across - 2, len(text), across)),
    ]
    for line in lines:
        if top > _BOTTOM:
            top = _next_page(maker)
        maker.text(line.replace("　", ""), _LEFT + (20 if line.startswith("　") else 0), top)
        top += _STEP
    return top


def _next_page(maker: PdfMaker) -> float:
    maker.text(f"- {len(maker.pages)} -", 280, 800)
    maker.new_page()
    return _TOP


def _table(maker: PdfMaker, rows: Sequence[Sequence[Span]], width: int, top: float) -> float:
    """Ruled rows; a label breaks into the lines its cell has room for, a cell over rows has its text in the first."""
    bounds = _bounds(width)
    open_until: dict[int, tuple[int, int]] = {}
    for place, row in enumerate(rows):
        spans, column = list(row), 0
        placed: list[tuple[int, Span]] = []
        held: list[tuple[int, int, int]] = []
        while column < width:
            if column in open_until and open_until[column][0] > place:
                held.append((column, *open_until[column]))
                column += open_until[column][1]
            elif spans:
                span = spans.pop(0)
                placed.append((column, span))
                if span.rows > 1:
                    open_until[column] = (place + span.rows, span.columns)
                column += span.columns
            else:
                break
        lines = {at: _broken(span.text, bounds[at + span.columns] - bounds[at]) for at, span in placed}
        high = max([1, *(len(lines[at]) for at, span in placed if span.rows == 1)]) * 12 + 4
        if top + high > _BOTTOM:
            maker.line(bounds[0], top, bounds[-1], top)
            top = _next_page(maker)
            maker.line(bounds[0], top, bounds[-1], top)
        for at, span in placed:
            left, right = bounds[at], bounds[at + span.columns]
            maker.line(left, top, right, top)
            for number, line in enumerate(lines[at]):
                maker.text(line, left + 2, top + 3 + 12 * number, 9)
        for at, span in placed:
            maker.line(bounds[at], top, bounds[at], top + high)
            maker.line(bounds[at + span.columns], top, bounds[at + span.columns], top + high)
        for at, _until, columns in held:
            maker.line(bounds[at], top, bounds[at], top + high)
            maker.line(bounds[at + columns], top, bounds[at + columns], top + high)
        top += high
    maker.line(bounds[0], top, bounds[-1], top)
    return top


def _bounds(width: int) -> list[float]:
    if width == 10:
        return [70.0, 130.0, 190.0, 290.0, *(290.0 + 33.5 * place for place in range(1, 8))]
    return [_LEFT + (_RIGHT - _LEFT) * place / width for place in range(width + 1)]


def _broken(text: str, room: float) -> list[str]:
    across = max(int((room - 4) // 9), 1)
    if text.isascii():
        return [text] if text else []
    return [text[place : place + across] for place in range(0, len(text), across)]
