"""Tables that lost their markup: rebuilt cell for cell, or not read at all."""

from __future__ import annotations

import re

import pytest

from pipelines.clean.flattened import rebuild_tables
from pipelines.clean.flattened_cells import is_value_token
from pipelines.clean.plain import read_plain
from pipelines.model import Grid
from pipelines.report_templates import bare, compact
from tests.reportgen.reading import score, tables_of
from tests.reportgen.shapes import PIPED, UNMARKED, cell_a_line, pdf_text, pipe_cell_a_line, pipe_rows
from tests.reportgen.truth import BLANKS, MARKS, NUMBERS, make_tables


@pytest.mark.parametrize("shape", PIPED, ids=lambda shape: shape.__name__)
@pytest.mark.parametrize("style", [NUMBERS, MARKS, BLANKS])
@pytest.mark.parametrize("era", [2019, 2021])
def test_shapes_that_keep_blank_cells_are_rebuilt_whole(shape, style, era):
    for seed in range(3):
        tables = make_tables(seed, era, style)
        assert score(tables, tables_of(shape(tables))).share == 1.0


@pytest.mark.parametrize("shape", UNMARKED, ids=lambda shape: shape.__name__)
@pytest.mark.parametrize("style", [NUMBERS, MARKS])
@pytest.mark.parametrize("era", [2019, 2021])
def test_shapes_without_marks_are_rebuilt_where_no_cell_is_blank(shape, style, era):
    for seed in range(3):
        tables = make_tables(seed, era, style)
        assert score(tables, tables_of(shape(tables))).share == 1.0


@pytest.mark.parametrize("shape", UNMARKED, ids=lambda shape: shape.__name__)
def test_where_blank_cells_vanished_a_finding_stands_and_no_cell_is_wrong(shape):
    for seed in range(5):
        tables = make_tables(seed, 2021, BLANKS)
        read = tables_of(shape(tables))
        assert score(tables, read).wrong == ()
        assert {finding.code for finding in read.findings} >= {"row_not_assignable"}


def test_a_row_that_kept_all_its_cells_is_read_though_others_lost_some():
    read = tables_of("信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n规章\n1\n2\n3\n行政规范性文件\n2")
    assert {cell.row_key for cell in read.cells} == {"regulations"}
    assert [finding.code for finding in read.findings] == ["row_not_assignable"]


@pytest.mark.parametrize(
    "shape", [pipe_rows, pipe_cell_a_line, pdf_text, cell_a_line], ids=lambda shape: shape.__name__
)
def test_page_numbers_and_blank_lines_do_not_disturb(shape):
    tables = make_tables(4, 2021)
    lines = shape(tables).split("\n")
    for place, text in ((60, "- 4 -"), (45, ""), (30, "第3页共8页"), (20, "　　")):
        if place < len(lines):
            lines.insert(place, text)
    assert score(tables, tables_of("\n".join(lines))).share == 1.0


@pytest.mark.parametrize("shape", [pipe_rows, pdf_text, cell_a_line], ids=lambda shape: shape.__name__)
def test_full_width_signs_do_not_disturb(shape):
    tables = make_tables(5, 2021)
    page = shape(tables).replace("1.", "１．").replace("（一）", "(一)").replace("：", ":")
    assert score(tables, tables_of(page)).share == 1.0


@pytest.mark.parametrize("shape", [pipe_rows, pipe_cell_a_line, pdf_text], ids=lambda shape: shape.__name__)
def test_a_row_lost_altogether_leaves_the_others_in_place(shape):
    tables = make_tables(6, 2021)
    page = shape(tables)
    values = " ".join(
        tables.row("t3", "r3.5.2", ("natural", "business", "research", "public_welfare", "legal", "other", "total"))
    )
    row = {"pipe_rows": f"2.重复申请 | {values.replace(' ', ' | ')} |\n", "pdf_text": f"2.重复申请 {values}\n"}
    lost = row.get(shape.__name__) or "2.重复申请 |\n" + "".join(f"{value} |\n" for value in values.split()) + "||\n"
    assert lost in page
    result = score(tables, tables_of(page.replace(lost, "")))
    assert result.wrong == ()
    assert {key[1] for key in result.missing} == {"r3.5.2"}


def test_numbers_before_their_labels_are_placed_between_the_rows_that_are_sure():
    page = (
        "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计\n（一）予以公开 9 0 0 0 0 0 9\n4 0 0 0 0 0 4\n"
        "（二）部分公开（区分处理的，只\n计这一情形，不计其他情形）\n1.属于国家秘密 1 0 0 0 0 0 1"
    )
    cells = {(cell.row_key, cell.col_key): cell.value for cell in tables_of("申请人情况\n" + page).cells}
    assert cells["r3.2", "natural"] == 4
    assert cells["r3.3.1", "total"] == 1


def test_numbers_that_could_belong_to_two_rows_belong_to_none():
    page = (
        "申请人情况\n自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计\n1.属于国家秘密 9 0 0 0 0 0 9\n"
        "2.其他法律行政法规禁\n止公开\n4 0 0 0 0 0 4\n3.危及“三安全\n一稳定”\n4.保护第三方合法权益 1 0 0 0 0 0 1"
    )
    read = tables_of(page)
    assert {cell.row_key for cell in read.cells} == {"r3.3.1", "r3.3.4"}
    assert "row_not_assignable" in {finding.code for finding in read.findings}


def test_a_local_row_is_rebuilt_with_its_label():
    page = "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | 0 | 0 | 0 |\n其他主动公开文件 | 9 | 1 | 8 |"
    cells = {(cell.row_key, cell.col_key): cell.value for cell in tables_of(page).cells}
    assert cells["unknown:其他主动公开文件", "repealed"] == 1


def test_words_of_the_stretch_that_are_no_table_stay_as_lines():
    lines = [
        "申请人情况",
        "一、本年新收政府信息公开申请数量 1 0 0 0 0 0 1",
        "以上数据由各科室报送",
        "四、结转下年度继续办理 1 0 0 0 0 0 1",
    ]
    rebuilt = rebuild_tables(lines)
    assert sum(isinstance(item, Grid) for item in rebuilt) == 1
    assert "以上数据由各科室报送" in rebuilt


def text_of(page: str) -> str:
    """The page's text as it is kept, its tables rebuilt."""
    return "\n".join(line.text if line.grid is None else line.grid.as_text() for line in read_plain(page).lines)


_PRINTED = re.compile(r"[^\s|]+")


@pytest.mark.parametrize("shape", [*PIPED, *UNMARKED], ids=lambda shape: shape.__name__)
@pytest.mark.parametrize("style", [NUMBERS, MARKS, BLANKS])
@pytest.mark.parametrize("era", [2019, 2021])
def test_no_label_of_a_table_vanishes_from_the_text(shape, style, era):
    for seed in range(2):
        page = shape(make_tables(seed, era, style))
        kept = compact(text_of(page))
        labels = [compact(word) for word in _PRINTED.findall(page) if not is_value_token(word)]
        assert [label for label in labels if label not in kept and bare(label) not in kept] == []


GROUPS = ("三、本年度办理结果", "（三）不予公开", "（四）无法提供", "（五）不予处理", "（六）其他处理")


@pytest.mark.parametrize("shape", [*PIPED, *UNMARKED], ids=lambda shape: shape.__name__)
def test_every_label_stands_once_and_in_its_order(shape):
    page = shape(make_tables(3, 2021))
    kept = compact(text_of(page))
    printed = [name for label in GROUPS if (name := compact(label)) in compact(page)]
    assert re.findall(r"三、本年度办理结果|\([三四五六]\)[不无其][^\d]{3}", kept) == printed
    assert kept.count("属于国家秘密") == 1
    assert kept.count("法人或其他组织") == min(1, page.count("法人或其他组织"))


def test_a_label_is_kept_as_it_is_printed():
    rows = [
        "一、本年新收政府信息公开申请数量",
        *"1000001",
        "三、本年度",
        "办理结果",
        "（一）予以公开",
        *"1000001",
        "（三）不予公开1.属于国家秘密",
    ]
    kept = text_of("\n".join(["申请人情况", *rows, *"0000000"]))
    assert [line.strip() for line in kept.split("\n") if "三" in line] == ["三、本年度办理结果", "（三）不予公开"]


def test_a_row_whose_blank_cells_vanished_keeps_its_label():
    rows = "行政许可\n12\n第二十条第（六）项\n信息内容\n本年处理决定数量\n行政处罚\n行政强制\n3"
    kept = text_of(f"信息内容\n本年处理决定数量\n{rows}").split("\n")
    assert [line.strip() for line in kept if line.startswith("行政")] == ["行政许可\t12", "行政处罚", "行政强制\t3"]


def test_a_label_cut_off_with_the_page_is_kept():
    kept = text_of(
        "一、本年新收政府信息公开申请数量 2 0 0 0 0 0 2\n二、上年结转政府信息公开申请数量 1 0 0 0 0 0 1\n三、本年度"
    )
    assert kept.split("\n")[-1].strip() == "三、本年度"


def test_words_that_are_no_label_are_not_put_into_the_table():
    lines = [
        "一、本年新收政府信息公开申请数量 2 0 0 0 0 0 2",
        "2.以上为全年合计数据",
        "四、结转下年度继续办理 0 0 0 0 0 0 0",
    ]
    grid, *rest = rebuild_tables(lines)
    assert isinstance(grid, Grid)
    assert "以上" not in grid.as_text()
    assert rest == ["2.以上为全年合计数据"]


@pytest.mark.parametrize(
    "lines",
    [
        ["我局全年办理行政许可 97 件。", "行政处罚 3 起。"],
        ["第二十条第（一）项规定的内容已经公开。", "2021年，我局公开规章 3 件。"],
        ["行政复议、行政诉讼情况", "本年度未发生行政复议和行政诉讼。"],
        ["一、总体情况", "收到申请 34 件，自然人 30 件。"],
        ["首页 | 政务公开 | 办事服务 |", "甲县 | 乙县 | 丙县 |"],
        [],
        ["", " ", "|"],
    ],
)
def test_prose_and_menus_are_no_standard_table(lines):
    assert rebuild_tables(lines) == lines


def test_the_line_behind_a_table_is_prose_again():
    tables = make_tables(7, 2021)
    for shape in (*PIPED, *UNMARKED):
        texts = [line.text for line in read_plain(shape(tables)).lines if line.grid is None]
        assert "五、存在的主要问题及改进情况" in texts
        assert "四、政府信息公开行政复议、行政诉讼情况" in texts


def test_a_row_that_lost_a_cell_is_not_shifted_into_its_blank_cells():
    tables = make_tables(8, 2021)
    lines = pipe_cell_a_line(tables).split("\n")
    place = lines.index("二、上年结转政府信息公开申请数量 |") + 3
    result = score(tables, tables_of("\n".join([*lines[:place], *lines[place + 1 :]])))
    assert result.wrong == ()
    assert {key[1] for key in result.missing} == {"r2"}


@pytest.mark.parametrize("shape", UNMARKED, ids=lambda shape: shape.__name__)
def test_tables_flattened_into_paragraphs_of_a_page_are_read_too(shape):
    tables = make_tables(9, 2021)
    page = "".join(f"<p>{line}</p>" for line in shape(tables).split("\n"))
    assert score(tables, tables_of(f"<html><body>{page}</body></html>")).share == 1.0


@pytest.mark.parametrize(
    "lines",
    [
        ["第二十条第（一）项"] * 3000,
        ["申请人情况"] * 3000,
        ["行政复议", "维起诉尚"] * 2000,
        ["信息内容", *["("] * 3000],
        ["|" * 50_000] * 3,
        ["申请人情况", *["0"] * 5000],
        ["信息内容 " + "1 " * 50_000],
        ["申请人情况", "一、本年新收政府信息公开申请数量 1 0 0 0 0 0 1", *["(三)不予"] * 3000],
        [
            "申请人情况",
            *("".join(f"1.重复申请{x}{y}" for y in range(12)) for x in range(650)),
            "重复申请 1 0 0 0 0 0 1",
        ],
        ["申请人情况" + "（本列数据" * 40, "一、本年新收政府信息公开申请数量 1 0 0 0 0 0 1", "1.属于" * 40],
    ],
    ids=[
        "captions",
        "corners",
        "heads",
        "brackets",
        "pipes",
        "numbers",
        "one long line",
        "cut labels",
        "many labels",
        "glued labels",
    ],
)
def test_hostile_lines_are_given_back(lines):
    assert rebuild_tables(lines)
