"""What kind of document a body is, by its bytes."""

from __future__ import annotations

import io
import zipfile

import pytest

from pipelines.documents import MOST_BYTES, is_document, read_document


def archive(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as whole:
        for name in names:
            whole.writestr(name, "x")
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"%PDF-1.7\n...", "pdf"),
        (b"\xef\xbb\xbf\r\n%PDF-1.4", "pdf"),
        (archive("word/document.xml"), "docx"),
        (archive("xl/workbook.xml"), "xlsx"),
        (archive("OFD.xml", "Doc_0/Document.xml"), "ofd"),
        (archive("2021.html"), "zip"),
        (b"PK\x03\x04 cut", "zip"),
        (OLE + "WordDocument".encode("utf-16-le"), "doc"),
        (OLE + "Workbook".encode("utf-16-le"), "xls"),
        (OLE, "ole"),
        (rb"{\rtf1\ansi", "rtf"),
        (b"Rar!\x1a\x07\x00", "rar"),
    ],
)
def test_a_document_is_known_by_its_bytes(body, kind):
    assert is_document(body) == kind


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>PDF</body></html>",
        b"<html xmlns:w='urn:schemas-microsoft-com:office:word'>",
        b"\xff\xd8\xff\xe0",
        "附件：年报.pdf".encode(),
    ],
)
def test_pages_pictures_and_nothing_are_no_document(body):
    assert is_document(body) is None


@pytest.mark.parametrize("body", [OLE, archive("OFD.xml"), archive("a.pdf"), rb"{\rtf1", b"", b"<html>"])
def test_a_format_that_is_not_read_is_a_finding(body):
    reading = read_document(body)
    assert reading.lines == []
    assert [finding.code for finding in reading.findings] == ["document_format_unread"]


def test_a_body_too_large_is_a_finding():
    reading = read_document(b"%PDF-1.4" + bytes(MOST_BYTES))
    assert [finding.code for finding in reading.findings] == ["document_too_large"]
