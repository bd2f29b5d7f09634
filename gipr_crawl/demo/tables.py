"""The standard tables of reports since 2019, as grids with their spans, from a few figures.

Two forms: for the years 2019 and 2020 the one of 国办公开办函〔2019〕60号, from 2021 on that of 国办公开办函〔2021〕30号.
Sums are worked out here, so every identity printed in the form holds: a row's 总计 is the sum of its applicants,
（七）总计 the sum of all results, and 结转下年度 what was received and not yet answered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipelines.model import Grid, GridCell

CellKey = tuple[str, str, str]
"""`(table_key, row_key, col_key)`, as in the table `cells` of the corpus."""

APPLICANTS = ("natural", "business", "research", "public_welfare", "legal", "other")
OUTCOMES = ("maintain", "correct", "other", "pending")

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class StandardTable:
    """A filled form: the grid, its numeric cells, and the indicators that its totals state."""

    grid: Grid
    cells: dict[CellKey, float]
    indicators: dict[str, float] = field(default_factory=dict)


def standard_table(key: str, year: int, fields: Mapping[str, str]) -> StandardTable:
    """The table `t2`, `t3` or `t4` of a report for `year`, from the header fields of its draft.

    `t2`: rows parted by `;` in the order of the form, texts parted by blanks. `r1`, `r2`, `r3.1` …: the six kinds of
    applicants of one row of t3; rows left out are zero. `t4`: three groups parted by `;`, four outcomes each.
    Raises ValueError when more was answered than received.
    """
    if key == "t2":
        return _disclosure([row.split() for row in fields["t2"].split(";")], _T2_FORM_2019 if year < 2021 else _T2_FORM)
    if key == "t3":
        return _applications(fields, is_old_form=year < 2021)
    return _reviews([[int(figure) for figure in group.split()] for group in fields["t4"].split(";")])


_Block = tuple[str, tuple[str, ...], tuple[str, ...], tuple[tuple[str, str], ...]]

_ITEM = "第二十条第（{}）项"

_T2_FORM_2019: tuple[_Block, ...] = (
    (
        _ITEM.format("一"),
        ("信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"),
        ("made", "new_public", "public_total"),
        (("regulations", "规章"), ("normative_docs", "规范性文件")),
    ),
    (
        _ITEM.format("五"),
        ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量"),
        ("prev", "change", "processed"),
        (("licensing", "行政许可"), ("other_services", "其他对外管理服务事项")),
    ),
    (
        _ITEM.format("六"),
        ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量"),
        ("prev", "change", "processed"),
        (("punishment", "行政处罚"), ("coercion", "行政强制")),
    ),
    (
        _ITEM.format("八"),
        ("信息内容", "上一年项目数量", "本年增/减"),
        ("prev", "change"),
        (("fees", "行政事业性收费"),),
    ),
    (
        _ITEM.format("九"),
        ("信息内容", "采购项目数量", "采购总金额"),
        ("count", "amount"),
        (("procurement", "政府集中采购"),),
    ),
)

_T2_FORM: tuple[_Block, ...] = (
    (
        _ITEM.format("一"),
        ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
        ("made", "repealed", "valid"),
        (("regulations", "规章"), ("normative_docs", "行政规范性文件")),
    ),
    (_ITEM.format("五"), ("信息内容", "本年处理决定数量"), ("processed",), (("licensing", "行政许可"),)),
    (
        _ITEM.format("六"),
        ("信息内容", "本年处理决定数量"),
        ("processed",),
        (("punishment", "行政处罚"), ("coercion", "行政强制")),
    ),
    (
        _ITEM.format("八"),
        ("信息内容", "本年收费金额（单位：万元）"),
        ("amount",),
        (("fees", "行政事业性收费"),),
    ),
)


def _disclosure(figures: list[list[str]], form: tuple[_Block, ...]) -> StandardTable:
    width = 4
    rows: list[tuple[str, ...]] = []
    cells: dict[CellKey, float] = {}
    remaining = iter(figures)
    for caption, header, columns, items in form:
        rows += [(caption,), header]
        for row_key, label in items:
            texts = next(remaining)
            rows.append((label, *texts))
            for column, text in zip(columns, texts, strict=True):
                if _NUMBER.fullmatch(text):
                    cells["t2", row_key, column] = float(text)
    grid = Grid(height=len(rows), width=width)
    for row, row_texts in enumerate(rows):
        last = len(row_texts) - 1
        for place, text in enumerate(row_texts):
            grid.cells.append(GridCell(row, place, text, column_span=width - last if place == last else 1))
    return StandardTable(grid, cells)


_REFUSED = (
    "1.属于国家秘密",
    "2.其他法律行政法规禁止公开",
    "3.危及“三安全一稳定”",
    "4.保护第三方合法权益",
    "5.属于三类内部事务信息",
    "6.属于四类过程性信息",
    "7.属于行政执法案卷",
    "8.属于行政查询事项",
)
_UNAVAILABLE = ("1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确")
_NOT_PROCESSED = (
    "1.信访举报投诉类申请",
    "2.重复申请",
    "3.要求提供公开出版物",
    "4.无正当理由大量反复申请",
    "5.要求行政机关确认或重新出具已获取信息",
)
_OTHERWISE = (
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "3.其他",
)


def _application_rows(is_old_form: bool) -> list[tuple[str, str, tuple[str, ...]]]:
    """Key, group and labels: one label reaches over all free columns; a group is printed once, beside its rows."""
    rows: list[tuple[str, str, tuple[str, ...]]] = [
        ("r3.1", "", ("（一）予以公开",)),
        ("r3.2", "", ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）",)),
    ]
    groups = [("r3.3", "（三）不予公开", _REFUSED), ("r3.4", "（四）无法提供", _UNAVAILABLE)]
    groups.append(("r3.5", "（五）不予处理", _NOT_PROCESSED))
    if not is_old_form:
        groups.append(("r3.6", "（六）其他处理", _OTHERWISE))
    for key, group, labels in groups:
        rows += [(f"{key}.{number}", group, (label,)) for number, label in enumerate(labels, start=1)]
    if is_old_form:
        rows.append(("r3.6", "", ("（六）其他处理",)))
    return rows


def _applications(fields: Mapping[str, str], *, is_old_form: bool) -> StandardTable:
    results = _application_rows(is_old_form)

    def given(key: str) -> list[int]:
        figures = [int(figure) for figure in fields.get(key, "0 0 0 0 0 0").split()]
        if len(figures) != len(APPLICANTS):
            raise ValueError(f"{key} needs {len(APPLICANTS)} figures")
        return figures

    answered = [sum(column) for column in zip(*(given(key) for key, _, _ in results), strict=True)]
    carried = [new + old - done for new, old, done in zip(given("r1"), given("r2"), answered, strict=True)]
    if min(carried) < 0:
        raise ValueError(f"more applications answered than received: {carried}")

    height = 3 + 2 + len(results) + 2
    grid = Grid(height=height, width=10)
    put = grid.cells.append
    put(GridCell(0, 0, "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3))
    put(GridCell(0, 3, "申请人情况", 1, 7))
    put(GridCell(1, 3, "自然人", 2))
    put(GridCell(1, 4, "法人或其他组织", 1, 5))
    put(GridCell(1, 9, "总计", 2))
    for offset, label in enumerate(("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")):
        put(GridCell(2, 4 + offset, label))

    cells: dict[CellKey, float] = {}

    def fill(row: int, key: str, figures: list[int]) -> None:
        for offset, (column, value) in enumerate(zip((*APPLICANTS, "total"), (*figures, sum(figures)), strict=True)):
            put(GridCell(row, 3 + offset, str(value)))
            cells["t3", key, column] = float(value)

    put(GridCell(3, 0, "一、本年新收政府信息公开申请数量", 1, 3))
    fill(3, "r1", given("r1"))
    put(GridCell(4, 0, "二、上年结转政府信息公开申请数量", 1, 3))
    fill(4, "r2", given("r2"))
    put(GridCell(5, 0, "三、本年度办理结果", len(results) + 1))
    members = [group for _, group, _ in results]
    for row, (key, group, (label,)) in enumerate(results, start=5):
        if not group:
            put(GridCell(row, 1, label, 1, 2))
        else:
            if members.index(group) == row - 5:
                put(GridCell(row, 1, group, members.count(group)))
            put(GridCell(row, 2, label))
        fill(row, key, given(key))
    put(GridCell(height - 2, 1, "（七）总计", 1, 2))
    fill(height - 2, "r3.7", answered)
    put(GridCell(height - 1, 0, "四、结转下年度继续办理", 1, 3))
    fill(height - 1, "r4", carried)
    return StandardTable(grid, cells, {"applications_received": float(sum(given("r1")))})


def _reviews(groups: list[list[int]]) -> StandardTable:
    grid = Grid(height=4, width=15)
    put = grid.cells.append
    put(GridCell(0, 0, "行政复议", 1, 5))
    put(GridCell(0, 5, "行政诉讼", 1, 10))
    for offset, label in enumerate(("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")):
        put(GridCell(1, offset, label, 2))
        put(GridCell(2, 5 + offset, label))
        put(GridCell(2, 10 + offset, label))
    put(GridCell(1, 5, "未经复议直接起诉", 1, 5))
    put(GridCell(1, 10, "复议后起诉", 1, 5))
    cells: dict[CellKey, float] = {}
    totals: dict[str, float] = {}
    for place, (key, figures) in enumerate(zip(("review", "direct", "post_review"), groups, strict=True)):
        totals[key] = float(sum(figures))
        for offset, (column, value) in enumerate(zip((*OUTCOMES, "total"), (*figures, sum(figures)), strict=True)):
            put(GridCell(3, 5 * place + offset, str(value)))
            cells["t4", key, column] = float(value)
    stated = {
        "reconsiderations_total": totals["review"],
        "lawsuits_total": totals["direct"] + totals["post_review"],
    }
    return StandardTable(grid, cells, stated)
