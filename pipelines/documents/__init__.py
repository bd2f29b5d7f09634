"""Documents as lines: PDF with a text layer and Word, for reports that are published as files.

`read_document(body)` gives the lines that `clean` reads like those of a page: paragraphs, and tables with their grids.
"""

from __future__ import annotations

from pipelines.documents.kinds import MEDIA_TYPES, is_document
from pipelines.documents.reading import DocumentReading
from pipelines.documents.word import read_word

__all__ = ["DocumentReading", "is_document", "read_document", "reading_of"]

MOST_BYTES = 50 * 1024 * 1024
_WAY_OUT = {
    "doc": "a Word 97–2003 document; convert it (soffice --headless --convert-to docx) and read the copy",
    "rtf": "an RTF document; convert it (soffice --headless --convert-to docx) and read the copy",
    "ole": "an old Office or WPS document; convert it (soffice --headless --convert-to docx) and read the copy",
    "zip": "an archive; unpack it and read the files in it",
    "rar": "an archive; unpack it and read the files in it",
    "7z": "an archive; unpack it and read the files in it",
}


def reading_of(body: bytes) -> DocumentReading | None:
    """The reading of a body that is a document, None for a page. Never raises."""
    return read_document(body) if is_document(body) else None


def read_document(body: bytes) -> DocumentReading:
    """The lines of a document body, with Findings for what could not be read. Never raises.

    Findings: `document_too_large` (over 50 MB or 500 pages), `document_encrypted`, `document_damaged`,
    `document_without_text` (scanned), `document_pages_without_text`, `document_format_unread`,
    `document_reader_missing` (an optional library is not installed).
    """
    kind = is_document(body) or ""
    reading = DocumentReading(MEDIA_TYPES.get(kind, "application/octet-stream"))
    if len(body) > MOST_BYTES:
        reading.find("document_too_large", f"{len(body):,} bytes; read are documents up to {MOST_BYTES:,}")
    elif kind == "docx":
        read_word(body, reading)
    elif kind == "pdf":
        _read_pdf(body, reading)
    else:
        reading.find("document_format_unread", _WAY_OUT.get(kind, f"{kind or 'no'} document: this format is not read"))
    return reading


def _read_pdf(body: bytes, reading: DocumentReading) -> None:
    try:
        from pipelines.documents.pdf import read_pdf
    except ImportError:
        reading.find("document_reader_missing", "PDF is read with pypdfium2: pip install 'gipr-crawl[documents]'")
        return
    read_pdf(body, reading)
