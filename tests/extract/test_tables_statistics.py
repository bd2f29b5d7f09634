"""政府信息公开情况统计表 of 2014–2018 and the local tables before it."""

from __future__ import annotations

from pipelines.extract.tables import read_tables, table_indicators
from pipelines.model import Block, BlockKind, Grid, GridCell, Verdict

FORM = """统计指标|单位|统计数
一、主动公开情况|—|—
（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）|条|1209
其中：主动公开规范性文件数|条|17
制发规范性文件总数|件|
1.政府公报公开政府信息数|条|0
2.政府网站公开政府信息数|条|1124
1.政府网站在线访谈次数|次|2
其中：主要负责同志参加政府网站在线访谈次数|次|1
（一）收到申请数|件|9
1.当面申请数|件|4
3.网络申请数|件|5
（三）申请答复数|件|9
（6）法律法规规定的其他情形|件|0
四、行政复议数量|件|3
（一）维持具体行政行为数|件|2
（二）被依法纠错数|件|1
（三）其他情形数|件|0
五、行政诉讼数量|件|1
（一）维持具体行政行为或者驳回原告诉讼请求数|件|1
（三）其他情形数|件|0
十、本地自设指标|个|6"""


def block(text: str) -> Block:
    rows = [line.split("|") for line in text.split("\n")]
    cells = [GridCell(y, x, word) for y, row in enumerate(rows) for x, word in enumerate(row)]
    grid = Grid(len(rows), max(map(len, rows)), cells)
    return Block(BlockKind.TABLE, grid.as_text(), grid=grid)


def values(text: str) -> dict[tuple[str, str], float | None]:
    cells = read_tables([block(text)]).cells
    return {(cell.row_key, cell.col_key): cell.value for cell in cells if cell.table_key == "stats2014"}


def test_figures_stand_under_the_key_of_their_label():
    read = values(FORM)
    assert read["proactive_total", "count"] == 1209
    assert read["proactive_website", "count"] == 1124
    assert read["online_interviews_by_leaders", "count"] == 1
    assert read["normative_documents_issued", "count"] is None


def test_a_label_that_stands_in_two_parts_belongs_to_the_part_it_is_in():
    read = values(FORM)
    assert read["reconsiderations_upheld", "count"] == 2
    assert read["lawsuits_upheld", "count"] == 1


def test_a_label_that_nobody_knows_is_its_own_key_with_a_finding():
    assert values(FORM)["本地自设指标", "count"] == 6
    assert [finding.code for finding in read_tables([block(FORM)]).findings] == ["unknown_row"]


def test_parts_are_checked_against_their_whole():
    checks = {check.identity: check for check in read_tables([block(FORM)]).checks}
    assert checks["stats_sum:applications_received"].verdict is Verdict.PASS
    assert checks["stats_sum:reconsiderations_total"].verdict is Verdict.PASS
    broken = {
        check.identity: check
        for check in read_tables([block(FORM.replace("网络申请数|件|5", "网络申请数|件|6"))]).checks
    }
    assert broken["stats_sum:applications_received"].verdict is Verdict.UNCERTAIN


def test_the_older_table_has_the_year_and_the_sum_of_years():
    read = values(
        "指标名称|计量单位|2009年度|历年累计\n主动公开信息数|条|321|900\n1.政府网站|条|300|800\n受理依申请公开信息总数|条|2|5\n1.当面申请数|条|2|5"
    )
    assert read["proactive_total", "count"] == 321
    assert read["proactive_total", "cumulative"] == 900
    assert read["applications_in_person", "count"] == 2


def test_columns_of_levels_keep_their_own_heads():
    read = values("序号|统计指标|单位|区直|乡镇街道\n1|主动公开政府信息数|条|10|20\n2|制发规范性文件总数|件|1|2")
    assert read["proactive_total", "区直"] == 10
    assert read["normative_documents_issued", "乡镇街道"] == 2


def test_its_codes_are_indicators():
    tables = read_tables([block(FORM)])
    codes = {item.code: item.value for item in table_indicators(tables.cells, block(FORM).text)}
    assert codes["proactive_total"] == 1209
    assert codes["lawsuits_total"] == 1


def test_a_small_table_of_channels_is_no_statistics_table():
    assert values("公开渠道和方式|政府网站|政务微信\n数量|1124|85") == {}
