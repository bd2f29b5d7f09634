"""Codes from tables: each by the cells that the codebook names, never from a blank, always with its row."""

from __future__ import annotations

import pytest

from pipelines.extract.codebook import CellKey, codebook
from pipelines.extract.tables import read_tables, table_indicators
from pipelines.model import Block, BlockKind, Grid, GridCell, Indicator, Semantic
from pipelines.report_templates import table_template
from tests.reportgen.reading import tables_of
from tests.reportgen.shapes import html_official
from tests.reportgen.truth import BLANKS, NUMBERS, make_tables

APPLICANTS = "|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计"
DISCLOSED = "信息内容|本年制发件数|本年废止件数|现行有效件数"


def block(*rows: str) -> Block:
    """A table of rows written as `a|b|c`."""
    cells = [GridCell(y, x, text) for y, row in enumerate(rows) for x, text in enumerate(row.split("|"))]
    grid = Grid(len(rows), max(len(row.split("|")) for row in rows), cells)
    return Block(BlockKind.TABLE, grid.as_text(), grid=grid)


def indicators(*rows: str) -> dict[str, Indicator]:
    table = block(*rows)
    found = table_indicators(read_tables([table]).cells, f"三、有关情况如下\n{table.text}\n特此报告。")
    assert len({item.code for item in found}) == len(found)
    return {item.code: item for item in found}


def values(*rows: str) -> dict[str, float | None]:
    return {code: item.value for code, item in indicators(*rows).items()}


def test_every_cell_of_the_codebook_is_one_that_the_tables_have():
    columns = {
        "t2": {label.key for label in table_template("t2").columns},
        "t3": {label.key for label in table_template("t3").columns},
        "t4": {label.key for label in table_template("t4").columns},
        "stats2014": {"count", "cumulative"},
    }
    for entry in codebook().entries.values():
        for key in (key for reading in entry.cells for key in reading):
            template = table_template(key.table)
            assert key.row in {label.key for label in (*template.rows, *template.groups)}, key
            assert key.column in columns[key.table], key


def test_no_cell_states_two_codes_by_itself():
    single = [reading for entry in codebook().entries.values() for reading in entry.cells if len(reading) == 1]
    assert len(set(single)) == len(single)


@pytest.mark.parametrize("text", ["t3.r3.3.1.total", " t2.fees.amount "])
def test_a_cell_is_written_as_table_row_and_column(text):
    assert str(CellKey.parse(text)) == text.strip()


@pytest.mark.parametrize("text", ["", "t2", "t2.fees"])
def test_a_cell_without_row_or_column_is_refused(text):
    with pytest.raises(ValueError, match="not enough values"):
        CellKey.parse(text)


@pytest.mark.parametrize("era", [2019, 2021])
def test_a_full_report_states_every_code_of_its_form(era):
    for seed in range(3):
        tables = make_tables(seed, era, NUMBERS)
        read = tables_of(html_official(tables))
        stated = {item.code: item.value for item in table_indicators(read.cells, "")}
        for code, entry in codebook().entries.items():
            readings = [
                [tables.values.get((key.table, key.row, key.column)) for key in reading] for reading in entry.cells
            ]
            whole = [sum(values) for values in readings if None not in values]
            if whole and entry.unit not in ("元", "万元"):
                assert stated[code] == whole[0], code
        assert {"applications_carried_in", "reconsiderations_pending", "punishment_decisions"} <= stated.keys()
        assert ("normative_documents_repealed" in stated) == (era == 2021)


def test_what_a_table_leaves_blank_is_no_indicator():
    for seed in range(3):
        tables = make_tables(seed, 2021, BLANKS)
        for item in table_indicators(tables_of(html_official(tables)).cells, ""):
            keys = [CellKey.parse(key) for key in item.rule.split("+")]
            assert all(tables.values[key.table, key.row, key.column] is not None for key in keys)


def test_a_code_carries_its_row_as_sentence():
    found = indicators(APPLICANTS, "一、本年新收政府信息公开申请数量|3|1|0|0|0|0|4", "（七）总计|3|1|0|0|0|0|4")
    received, completed = found["applications_received"], found["applications_completed"]
    assert (received.value, received.source, received.rule) == (4, "table", "t3.r1.total")
    assert received.sentence == "一、本年新收政府信息公开申请数量\t3\t1\t0\t0\t0\t0\t4"
    assert completed.sentence == "（七）总计\t3\t1\t0\t0\t0\t0\t4"
    assert "\n" not in completed.sentence


def test_a_row_with_another_label_in_the_prose_is_not_taken_for_it():
    table = block("信息内容|本年处理决定数量", "行政处罚|17")
    body = f"行政处罚\t见下表\n{table.text}"
    (item,) = table_indicators(read_tables([table]).cells, body)
    assert (item.sentence, body[item.start : item.end]) == ("行政处罚\t17", "行政处罚\t17")


def test_a_sum_carries_the_rows_of_all_its_parts():
    found = indicators(
        APPLICANTS, "一、本年新收政府信息公开申请数量|3|0|0|0|0|0|3", "二、上年结转政府信息公开申请数量|2|0|0|0|0|0|2"
    )
    handled = found["applications_handled"]
    assert (handled.value, handled.raw, handled.rule) == (5, "3 + 2", "t3.r1.total+t3.r2.total")
    assert handled.sentence.startswith("一、本年新收")
    assert handled.sentence.endswith("二、上年结转政府信息公开申请数量\t2\t0\t0\t0\t0\t0\t2")


@pytest.mark.parametrize("blank", ["", "/", "无", "见附件"])
def test_a_part_that_is_not_stated_makes_no_sum(blank):
    received = "一、本年新收政府信息公开申请数量"
    stated = values(APPLICANTS, f"{received}|6|1|{blank}|0|0|0|7", f"二、上年结转政府信息公开申请数量|1||||||{blank}")
    assert stated == {"applications_received": 7, "applications_natural_persons": 6}


def test_a_printed_nought_is_a_value():
    item = indicators("信息内容|本年处理决定数量", "行政强制|0")["coercion_decisions"]
    assert (item.value, item.semantic) == (0, Semantic.ZERO)


def test_a_negative_number_is_no_count():
    assert values("信息内容|本年处理决定数量", "行政处罚|-4", "行政强制|4") == {"coercion_decisions": 4}


REFUSED = (
    "1.属于国家秘密",
    "2.其他法律行政法规禁止公开",
    "3.危及“三安全一稳定”",
    "4.保护第三方合法权益",
    "5.属于三类内部事务信息",
    "6.属于四类过程性信息",
    "7.属于行政执法案卷",
    "8.属于行政查询事项",
)


def refused_rows(last: str) -> list[str]:
    counts = [*"01000200"[:7], last]
    return [f"（三）不予公开|{label}|{n}|0|0|0|0|0|{n}" for label, n in zip(REFUSED, counts, strict=True)]


def test_a_group_of_rows_adds_up_to_its_code():
    found = values("|" + APPLICANTS, *refused_rows("5"))
    assert found["answered_refused"] == 8
    assert found["refused_enquiry"] == 5


def test_a_group_with_a_row_missing_or_blank_does_not():
    assert "answered_refused" not in values("|" + APPLICANTS, *refused_rows("5")[:-1])
    assert "answered_refused" not in values("|" + APPLICANTS, *refused_rows(""))


def test_a_subtotal_states_its_group_though_a_part_is_blank():
    found = indicators("|" + APPLICANTS, "（三）不予公开|小计|9|0|0|0|0|0|9", *refused_rows(""))
    assert (found["answered_refused"].value, found["answered_refused"].rule) == (9, "t3.r3.3.total")


def test_other_treatment_is_one_row_of_the_older_form_and_three_of_the_newer():
    assert values(APPLICANTS, "（六）其他处理|4|0|0|0|0|0|4")["answered_other"] == 4
    newer = ("逾期不补正、行政机关不再处理其申请", "逾期未按收费通知要求缴纳费用", "其他")
    rows = [f"（六）其他处理|{place}.{label}|1|0|0|0|0|0|1" for place, label in enumerate(newer, start=1)]
    assert values("|" + APPLICANTS, *rows)["answered_other"] == 3


HEADS = "|".join(["结果维持|结果纠正|其他结果|尚未审结|总计"] * 3)
GROUPS = "|".join(["行政复议"] + [""] * 4 + ["未经复议直接起诉"] + [""] * 4 + ["复议后起诉"] + [""] * 4)


def test_outcomes_of_reviews_and_lawsuits_are_codes_of_their_own():
    found = values("行政复议|行政诉讼", GROUPS, HEADS, "4|1|0|2|7|3|0|0|1|4|2|0|1|0|3")
    assert (found["reconsiderations_upheld"], found["reconsiderations_pending"]) == (4, 2)
    assert (found["lawsuits_upheld"], found["lawsuits_pending"], found["lawsuits_total"]) == (5, 1, 7)


def test_lawsuits_of_which_one_kind_is_blank_are_not_counted():
    found = values("行政复议|行政诉讼", GROUPS, HEADS, "4|1|0|2|7|3|0|0|1|4|||||")
    assert {code for code in found if code.startswith("lawsuits")} == set()
    assert found["reconsiderations_total"] == 7


@pytest.mark.parametrize(
    ("head", "raw", "yuan"),
    [
        ("采购总金额", "38600元", 38_600),
        ("采购总金额", "86.2万元", 862_000),
        ("采购总金额（万元）", "86.2", 862_000),
        ("采购总金额（万元）", "86.2万元", 862_000),
        ("采购总金额（元）", "38600", 38_600),
        ("采购总金额", "0", 0),
    ],
)
def test_money_is_brought_to_the_unit_of_its_code(head, raw, yuan):
    assert values(f"信息内容|采购项目数量|{head}", f"政府集中采购|2|{raw}")["procurement_yuan"] == yuan


@pytest.mark.parametrize(
    ("head", "raw", "amount"),
    [
        ("本年收费金额（单位：万元）", "31.7", 31.7),
        ("本年收费金额（单位：万元）", "5600元", 0.56),
        ("本年收费金额（单位：元）", "5600", 0.56),
    ],
)
def test_fees_are_counted_in_ten_thousand_yuan(head, raw, amount):
    found = values(f"信息内容|{head}", f"行政事业性收费|{raw}")
    assert found == {"administrative_fees_ten_thousand_yuan": amount}


def test_money_of_no_printed_unit_is_not_guessed():
    assert values("信息内容|采购项目数量|采购总金额", "政府集中采购|2|86.2") == {"procurement_items": 2}
    assert values("信息内容|本年收费金额", "行政事业性收费|12") == {}


def test_the_unit_of_one_small_table_is_not_that_of_the_next():
    found = values(
        "信息内容|本年收费金额（单位：万元）",
        "行政事业性收费|3",
        "信息内容|采购项目数量|采购总金额",
        "政府集中采购|2|86",
    )
    assert found == {"administrative_fees_ten_thousand_yuan": 3, "procurement_items": 2}


def test_the_statistics_table_states_codes_under_the_names_of_the_codebook():
    found = values(
        "统计指标|单位|统计数",
        "（一）收到申请数|件|9",
        "1.按时办结数|件|8",
        "（5）申请信息不存在数|件|2",
        "（三）政府信息公开专项经费|万元|1.5",
        "四、行政复议数量|件|3",
        "（二）被依法纠错数|件|1",
    )
    assert found == {
        "applications_received": 9,
        "applications_on_time": 8,
        "answered_not_existing": 2,
        "budget_yuan": 15_000,
        "reconsiderations_total": 3,
        "reconsiderations_corrected": 1,
    }


def test_numbers_of_all_years_have_codes_of_their_own():
    found = values(
        "指标名称|计量单位|2010年度|历年累计",
        "主动公开信息数|条|412|1360",
        "1.政府网站|条|390|1200",
        "受理依申请公开信息总数|条|6|11",
        "1.当面申请数|条|6|11",
    )
    assert (found["proactive_total"], found["proactive_cumulative"]) == (412, 1360)
    assert (found["applications_received"], found["applications_cumulative"]) == (6, 11)


def test_rows_of_a_local_label_and_other_tables_state_no_code():
    assert values(DISCLOSED, "党务公开文件|5|0|9") == {}
    assert values("科目|预算数|决算数", "行政许可服务|10|9") == {}


def test_no_cells_no_indicators():
    assert table_indicators([], "一、概述\n\t\t") == []
