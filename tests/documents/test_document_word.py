"""Word documents: paragraphs, headings, numbers of lists, and tables with merged cells."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from pipelines.documents import is_document, read_document
from pipelines.documents.word_numbering import written_number
from pipelines.model import BlockKind
from tests.reportgen.files import docx, paragraph, report_docx, word_table
from tests.reportgen.grids import Span
from tests.reportgen.reading import score, tables_of_lines
from tests.reportgen.truth import BLANKS, MARKS, NUMBERS, make_tables

TEMPLATE = Path(__file__).parents[3] / "shared" / "real" / "reports" / "template_2021.docx"
TITLE = "示例县2021年政府信息公开工作年度报告"


def texts(body: bytes) -> list[str]:
    return [line.text for line in read_document(body).lines]


@pytest.mark.parametrize("style", [NUMBERS, MARKS, BLANKS])
@pytest.mark.parametrize("era", [2019, 2021])
def test_every_cell_of_a_report_is_read(style, era):
    tables = make_tables(1, era, style)
    reading = read_document(report_docx(tables, TITLE))
    assert reading.findings == []
    assert reading.lines[0].text == TITLE
    assert score(tables, tables_of_lines(reading.lines)).share == 1.0


def test_merged_cells_reach_as_far_as_in_word():
    rows = [[Span("甲", 2, 2), Span("乙")], [Span("丙")], [Span("丁"), Span("戊"), Span("己")]]
    (line,) = read_document(docx(word_table(rows, 3))).lines
    assert [(cell.text, cell.row_span, cell.column_span) for cell in line.grid.cells][:2] == [
        ("甲", 2, 2),
        ("乙", 1, 1),
    ]
    assert line.grid.rows(repeat_spans=True) == [["甲", "甲", "乙"], ["甲", "甲", "丙"], ["丁", "戊", "己"]]


def test_a_table_that_lays_out_the_page_is_read_as_paragraphs():
    inner = word_table([[Span("规章"), Span("0")], [Span("行政许可"), Span("1")]], 2)
    outer = f"<w:tbl><w:tr><w:tc>{paragraph('标题')}{inner}</w:tc></w:tr><w:tr><w:tc>{paragraph('正文')}</w:tc></w:tr></w:tbl>"
    lines = read_document(docx(outer)).lines
    assert [line.kind for line in lines] == [BlockKind.PARAGRAPH, BlockKind.TABLE, BlockKind.PARAGRAPH]


def test_heading_styles_are_headings_whatever_their_id():
    styles = '<w:style w:styleId="a3"><w:name w:val="heading 2"/></w:style>'
    body = paragraph("一、总体情况", '<w:pStyle w:val="a3"/>') + paragraph("正文", '<w:pStyle w:val="a4"/>')
    first, second = read_document(docx(body, styles=styles)).lines
    assert (first.kind, first.level, second.kind) == (BlockKind.HEADING, 2, BlockKind.PARAGRAPH)


def test_the_numbers_of_lists_are_written_out():
    numbering = (
        '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
        '<w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%2."/></w:lvl></w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    )

    def item(text: str, level: int) -> str:
        return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>')

    body = (
        item("总体情况", 0)
        + item("组织", 1)
        + item("制度", 1)
        + item("主动公开", 0)
        + item("目录", 1)
        + paragraph("正文")
    )
    assert texts(docx(body, numbering=numbering)) == [
        "一、总体情况",
        "1.组织",
        "2.制度",
        "二、主动公开",
        "1.目录",
        "正文",
    ]


@pytest.mark.parametrize(("value", "word"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五")])
def test_chinese_counting(value, word):
    assert written_number(value, "chineseCounting") == word


def test_deleted_text_and_field_codes_are_left_out():
    body = (
        "<w:p><w:r><w:t>公开</w:t></w:r><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>1</w:t><w:br/><w:t>下一行</w:t></w:r></w:p>"
    )
    assert texts(docx(body)) == ["公开新1", "下一行"]


def test_radicals_become_characters():
    assert texts(docx(paragraph("⾏政许可⽂件")))[0] == "行政许可文件"


def broken_zip() -> bytes:
    whole = docx(paragraph("正文"))
    return whole[: len(whole) // 2]


def not_xml() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "这不是 XML")
    return buffer.getvalue()


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (61 * 1024 * 1024))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (not_xml(), "document_damaged"),
        (docx(""), "document_without_text"),
        (bomb(), "document_too_large"),
        (broken_zip(), "document_format_unread"),
    ],
    ids=["not_xml", "empty", "bomb", "broken"],
)
def test_what_cannot_be_read_is_a_finding(body, code):
    reading = read_document(body)
    assert reading.lines == []
    assert [finding.code for finding in reading.findings] == [code]


def test_outside_entities_are_not_followed():
    body = docx(paragraph("正文"))
    assert is_document(body) == "docx"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(
            "word/document.xml",
            '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><w:document xmlns:w='
            '"http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>前&x;后</w:t></w:r></w:p>'
            "</w:body></w:document>",
        )
    assert texts(buffer.getvalue()) in (["前后"], ["前"])


@pytest.mark.skipif(not TEMPLATE.is_file(), reason="the official form is not there")
def test_the_official_form_has_its_three_tables_and_no_value():
    lines = read_document(TEMPLATE.read_bytes()).lines
    assert [(line.grid.height, line.grid.width) for line in lines if line.grid] == [(14, 4), (28, 10), (4, 15)]
    read = tables_of_lines(lines)
    assert len(read.cells) > 190
    assert all(cell.value is None for cell in read.cells)
