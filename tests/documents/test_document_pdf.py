"""PDF with a text layer: ruled tables over page breaks, paragraphs out of lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("pypdfium2")

from pipelines.documents import read_document
from pipelines.model import BlockKind, Verdict
from tests.reportgen.files import PdfMaker, report_pdf
from tests.reportgen.reading import score, tables_of_lines
from tests.reportgen.truth import BLANKS, MARKS, NUMBERS, make_tables

REPORTS = Path(__file__).parents[3] / "shared" / "real" / "reports"
TITLE = "示例县2021年政府信息公开工作年度报告"


def texts(maker: PdfMaker) -> list[str]:
    return [line.text for line in read_document(maker.as_bytes()).lines]


def codes(body: bytes) -> list[str]:
    return [finding.code for finding in read_document(body).findings]


@pytest.mark.parametrize("style", [NUMBERS, MARKS, BLANKS])
@pytest.mark.parametrize("era", [2019, 2021])
def test_every_cell_of_a_report_is_read_over_page_breaks(style, era):
    for seed in range(3):
        tables = make_tables(seed, era, style)
        reading = read_document(report_pdf(tables, TITLE))
        assert score(tables, tables_of_lines(reading.lines)).share == 1.0
        assert sum(line.kind is BlockKind.TABLE for line in reading.lines) == 3
        assert reading.lines[0].text == TITLE


def test_lines_that_reach_the_margin_are_one_paragraph():
    maker = PdfMaker()
    text = (
        "全县各级行政机关认真贯彻条例要求，着力提升公开质量和实效，并对重点领域的信息逐项梳理、逐项公布，" * 2
        + "没有遗漏。"
    )
    for top, (left, line) in enumerate(((90, text[:43]), (70, text[43:88]), (70, text[88:]))):
        maker.text(line, left, 100 + 14 * top)
    maker.text("下一年将继续努力。", 90, 142)
    first, second = texts(maker)
    assert first == text
    assert second == "下一年将继续努力。"


def test_a_numbered_part_begins_a_paragraph_though_it_is_not_indented():
    maker = PdfMaker()
    maker.text("全县各级行政机关认真贯彻条例要求着力提升公开质量和实效并对重点领域的信息逐项梳理逐项公布", 70, 100)
    maker.text("（一）主动公开", 70, 114)
    assert len(texts(maker)) == 2


def test_page_numbers_headers_and_footers_are_dropped():
    maker = PdfMaker()
    for number in range(4):
        if number:
            maker.new_page()
        maker.text("示例县人民政府办公室编", 200, 40)
        maker.text(f"第{number}段文字到此为止。", 90, 200)
        maker.text(f"— {number + 1} —", 280, 800)
    assert texts(maker) == [f"第{number}段文字到此为止。" for number in range(4)]


def test_a_number_in_the_text_is_no_page_number():
    maker = PdfMaker()
    maker.text("全年收到申请", 90, 200)
    maker.text("12件，全部按时答复。", 90, 230)
    assert any("12件" in text for text in texts(maker))


def test_blanks_of_typesetting_go_and_those_between_words_stay():
    maker = PdfMaker()
    maker.text("统计期限自 2021 年 1 月 1 日起", 90, 100)
    maker.text("open government", 90, 130)
    assert texts(maker) == ["统计期限自2021年1月1日起", "open government"]


def test_framed_prose_is_prose():
    maker = PdfMaker()
    maker.box(60, 90, 535, 160)
    maker.text("本报告由办公室编制。", 90, 100)
    maker.text("如有疑问请与本机关联系。", 90, 130)
    lines = read_document(maker.as_bytes()).lines
    assert all(line.grid is None for line in lines)
    assert len(lines) == 2


def test_two_tables_with_prose_between_them_are_not_joined():
    maker = PdfMaker()
    for top in (100, 300):
        for place in range(3):
            maker.line(70, top + 20 * place, 300, top + 20 * place)
        for left in (70, 180, 300):
            maker.line(left, top, left, top + 40)
        for row in range(2):
            for column, left in enumerate((75, 185)):
                maker.text(f"格{row}{column}", left, top + 4 + 20 * row)
    maker.text("其间有一段说明文字。", 90, 200)
    assert [line.kind for line in read_document(maker.as_bytes()).lines] == [
        BlockKind.TABLE,
        BlockKind.PARAGRAPH,
        BlockKind.TABLE,
    ]


def test_radicals_become_characters():
    maker = PdfMaker()
    maker.text("⾏政处罚", 90, 100)
    assert texts(maker) == ["行政处罚"]


def test_a_page_without_text_is_a_finding():
    assert codes(PdfMaker().as_bytes()) == ["document_without_text"]


@pytest.mark.parametrize("body", [b"%PDF-1.4\n", b"%PDF-1.7\n" + b"\x00" * 400, b"%PDF-"])
def test_a_damaged_file_is_a_finding(body):
    assert codes(body) == ["document_damaged"]


def test_more_pages_than_any_report_has_are_not_read():
    maker = PdfMaker(pages=[[] for _ in range(501)])
    assert codes(maker.as_bytes()) == ["document_too_large"]


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the labelled reports are not there")
def test_checks_fail_exactly_where_the_real_report_itself_does():
    gold = json.loads((REPORTS / "hongze_2023.gold.json").read_text("utf-8"))
    read = tables_of_lines(read_document((REPORTS / gold["file"]).read_bytes()).lines)
    cells = {(cell.table_key, cell.row_key, cell.col_key): cell.value for cell in read.cells}
    for table in ("t2", "t3", "t4"):
        for row, columns in gold[table].items():
            for column, value in columns.items():
                if column != "unit":
                    assert cells[table, row, column] == value
    assert {check.identity for check in read.checks if check.verdict is Verdict.FAIL} == {
        "t4_row:review",
        "t4_row:post_review",
    }
