"""Standard tables by their labels: every era, every markup, and what must not be read."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pipelines.extract.tables import read_tables
from pipelines.extract.tables_values import cell_value
from pipelines.model import Block, BlockKind, Grid, GridCell, Semantic
from tests.reportgen.reading import score, tables_of
from tests.reportgen.shapes import MARKUP
from tests.reportgen.truth import BLANKS, MARKS, NUMBERS, make_tables


def grid_of(*rows: str) -> Block:
    """A table of rows written as `a|b|c`."""
    cells = [GridCell(y, x, text) for y, row in enumerate(rows) for x, text in enumerate(row.split("|"))]
    grid = Grid(len(rows), max(len(row.split("|")) for row in rows), cells)
    return Block(BlockKind.TABLE, grid.as_text(), grid=grid)


def values_of(*rows: str) -> dict[tuple[str, str, str], float | None]:
    return {(cell.table_key, cell.row_key, cell.col_key): cell.value for cell in read_tables([grid_of(*rows)]).cells}


def codes_of(*rows: str) -> list[str]:
    return [finding.code for finding in read_tables([grid_of(*rows)]).findings]


@pytest.mark.parametrize("shape", MARKUP, ids=lambda shape: shape.__name__)
@pytest.mark.parametrize("style", [NUMBERS, MARKS, BLANKS])
@pytest.mark.parametrize("era", [2019, 2021])
def test_every_cell_of_every_markup_is_read(shape, style, era):
    for seed in range(3):
        tables = make_tables(seed, era, style)
        assert score(tables, tables_of(shape(tables))).share == 1.0


@pytest.mark.parametrize(
    ("raw", "semantic", "value"),
    [
        ("0", Semantic.ZERO, 0),
        ("０", Semantic.ZERO, 0),
        ("", Semantic.EMPTY, None),
        ("　\u00a0", Semantic.EMPTY, None),
        ("/", Semantic.NOT_APPLICABLE, None),
        ("—", Semantic.NOT_APPLICABLE, None),
        ("无", Semantic.NOT_APPLICABLE, None),
        ("-8", Semantic.NUMBER, -8),
        ("－8", Semantic.NUMBER, -8),
        ("减8", Semantic.NUMBER, -8),
        ("+3", Semantic.NUMBER, 3),
        ("增加3", Semantic.NUMBER, 3),
        ("1,306", Semantic.NUMBER, 1306),
        ("1，306", Semantic.NUMBER, 1306),
        ("251000元", Semantic.NUMBER, 251_000),
        ("160.5964万元", Semantic.NUMBER, 1_605_964),
        ("1,2", Semantic.TEXT, None),
        ("xxx", Semantic.TEXT, None),
        ("20xx", Semantic.TEXT, None),
        ("见附件", Semantic.TEXT, None),
        ("3-5", Semantic.TEXT, None),
        ("--40", Semantic.NUMBER, -40),
        ("——40", Semantic.NUMBER, -40),
        ("－－40", Semantic.NUMBER, -40),
        ("++7", Semantic.NUMBER, 7),
        ("↓6", Semantic.NUMBER, -6),
        ("↑6", Semantic.NUMBER, 6),
        ("--", Semantic.NOT_APPLICABLE, None),
        ("---", Semantic.NOT_APPLICABLE, None),
        ("+-7", Semantic.TEXT, None),
        ("---7", Semantic.TEXT, None),
        ("--7--", Semantic.TEXT, None),
    ],
)
def test_blank_mark_nought_and_number_are_told_apart(raw, semantic, value):
    assert cell_value(raw) == (semantic, value)


@pytest.mark.parametrize(("raw", "value"), [("7730.28", 7730.28), ("12.5万元", 12.5), ("5000元", 0.5)])
def test_an_amount_is_given_in_the_unit_of_its_column(raw, value):
    cells = values_of("信息内容|本年收费金额（单位：万元）", f"行政事业性收费|{raw}")
    assert cells == {("t2", "fees", "amount"): value}


def test_columns_are_known_by_their_heads_not_by_their_place():
    cells = values_of("信息内容|现行有效件数|本年制发件数|本年废止件数", "规章|74|3|5")
    assert cells == {
        ("t2", "regulations", "valid"): 74,
        ("t2", "regulations", "made"): 3,
        ("t2", "regulations", "repealed"): 5,
    }


def test_the_form_follows_the_rows_not_the_year():
    cells = values_of("信息内容|本年新制作数量|本年新公开数量|对外公开总数量", "行政规范性文件|1|1|20")
    assert cells["t2", "normative_docs", "public_total"] == 20


@pytest.mark.parametrize(
    "label", ["规范性文件", "行政规范性文件", "规范性文件（行政机关制定发布的公文）", "规 范 性\n文件"]
)
def test_a_label_is_known_with_its_notes_and_blanks(label):
    assert ("t2", "normative_docs", "made") in values_of(
        "信息内容|本年制发件数|本年废止件数|现行有效件数", f"{label}|1|2|3"
    )


def test_header_cells_cut_short_are_read_by_the_header_they_begin():
    cells = values_of("信息内容|本年新|本年新|对外公开总数量", "规章|1|2|3")
    assert {key[2] for key in cells} == {"made", "new_public", "public_total"}
    cells = values_of("信息内容|本年新制作|本年新公开|对外公开总", "规章|1|2|3")
    assert {key[2] for key in cells} == {"made", "new_public", "public_total"}


def test_a_header_that_nobody_can_read_names_no_column_of_the_rows_below():
    rows = ("信息内容|本年处理决定数量", "行政许可|5", "信息内容|数字", "行政处罚|6")
    assert values_of(*rows) == {("t2", "licensing", "processed"): 5}


def test_a_label_without_any_cell_is_no_row_that_cannot_be_read():
    assert codes_of("信息内容|本年处理决定数量", "行政许可|5", "行政处罚") == []


def test_a_local_row_is_kept_under_its_label_with_a_finding():
    rows = ("信息内容|本年制发件数|本年废止件数|现行有效件数", "规章|0|0|0", "其他主动公开文件|9|0|9")
    assert values_of(*rows)["t2", "unknown:其他主动公开文件", "made"] == 9
    assert "unknown_row" in codes_of(*rows)


def test_a_local_row_of_the_applications_is_kept_too():
    rows = (
        "|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计",
        "8.属于行政查询事项|1|0|0|0|0|0|1",
        "9.其他情形|2|0|0|0|0|0|2",
    )
    assert values_of(*rows)["t3", "unknown:9.其他情形", "natural"] == 2
    assert "unknown_row" in codes_of(*rows)


def test_a_subtotal_stands_under_its_group_and_is_no_row_of_the_form():
    cells = values_of(
        "||自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计",
        "（三）不予公开|小计|3|0|0|0|0|0|3",
        "|1.属于国家秘密|3|0|0|0|0|0|3",
    )
    assert cells["t3", "r3.3", "total"] == 3
    assert cells["t3", "r3.3.1", "total"] == 3


def test_a_damaged_label_is_known_by_the_words_that_are_left():
    head = "|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计"
    assert ("t3", "r3.3.2", "natural") in values_of(head, "2.其他法律行政止公开|1|0|0|0|0|0|1")


def test_a_value_over_several_columns_is_given_to_none_of_them():
    head = (
        GridCell(0, 0, "信息内容"),
        GridCell(0, 1, "本年制发件数"),
        GridCell(0, 2, "本年废止件数"),
        GridCell(0, 3, "现行有效件数"),
    )
    grid = Grid(2, 4, [*head, GridCell(1, 0, "规章"), GridCell(1, 1, "2", column_span=3)])
    read = read_tables([Block(BlockKind.TABLE, grid.as_text(), grid=grid)])
    assert read.cells == []
    assert [finding.code for finding in read.findings] == ["row_not_assignable"]


def test_rows_without_any_header_give_no_cell_unless_all_seven_values_stand():
    row = "四、结转下年度继续办理"
    assert values_of(f"{row}|1|0|0|0|0|0|1", "备注|")["t3", "r4", "natural"] == 1
    assert values_of(f"{row}||0|0|0|0|0|1", "备注|") == {}
    assert "table_without_header" in codes_of(f"{row}|1|0|0|0|0|0|1", "备注|")


def test_the_heads_of_t4_give_the_order_of_its_values():
    heads = "总计|结果维持|结果纠正|其他结果|尚未审结"
    groups = "|".join(["行政复议"] + [""] * 4 + ["未经复议直接起诉"] + [""] * 4 + ["复议后起诉"] + [""] * 4)
    cells = values_of("行政复议|行政诉讼", groups, "|".join([heads] * 3), "9|1|2|3|3|0|0|0|0|0|5|5|0|0|0")
    assert cells["t4", "review", "total"] == 9
    assert cells["t4", "post_review", "maintain"] == 5


@pytest.mark.parametrize(
    "rows",
    [
        ("姓名|职务|电话", "张三|主任|0512-1234567"),
        ("索引号|000014349/2021-00001", "发布机构|办公室"),
        ("项目|预算数|决算数", "行政运行|100|98", "其他支出|3|2"),
        ("年份|总计", "2019|5", "2020|7"),
    ],
)
def test_other_tables_are_left_alone(rows):
    read = read_tables([grid_of(*rows)])
    assert (read.cells, read.checks, read.findings) == ([], [], [])


def test_one_table_stated_twice_keeps_the_first_and_says_so():
    rows = ("信息内容|本年处理决定数量", "行政许可|5", "行政许可|6")
    assert values_of(*rows) == {("t2", "licensing", "processed"): 5}
    assert codes_of(*rows) == ["cell_repeated"]


def test_a_grid_too_large_for_a_report_is_a_finding():
    block = Block(
        BlockKind.TABLE, "", grid=Grid(10_000, 10_000, [GridCell(0, 0, "第二十条第（一）项", 10_000, 10_000)])
    )
    assert [finding.code for finding in read_tables([block]).findings] == ["table_too_large"]


CASES = tomllib.loads((Path(__file__).parents[1] / "cases/extract/tables/flattened.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case):
    read = tables_of(case["text"])
    got = {".".join((cell.table_key, cell.row_key, cell.col_key)): cell.value for cell in read.cells}
    assert got == {key: None if value is False else value for key, value in case["cells"].items()}
    assert {finding.code for finding in read.findings} == set(case.get("findings", ()))
