"""The tables as rows of cells with their spans, before a shape is given to them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from tests.reportgen.truth import T3_COLUMNS, T4_COLUMNS, T4_HEADS, T4_ROWS, Tables

CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
T3_HEADS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")


@dataclass(frozen=True, slots=True)
class Span:
    """A cell and how far it reaches."""

    text: str
    columns: int = 1
    rows: int = 1


def t2_rows(tables: Tables) -> list[list[Span]]:
    """t2 as the official form sets it: four columns, captions over all, single heads over three."""
    rows: list[list[Span]] = []
    for caption, heads, data in tables.t2:
        widths = [1] * (len(heads) - 1) + [4 - len(heads)]
        rows.append([Span(caption, 4)])
        rows.append([Span("信息内容"), *(Span(words, width) for (_, words), width in zip(heads, widths, strict=True))])
        for key, label in data:
            cells = tables.row("t2", key, tuple(column for column, _ in heads))
            rows.append([Span(label), *(Span(text, width) for text, width in zip(cells, widths, strict=True))])
    return rows


def t3_rows(tables: Tables) -> list[list[Span]]:
    """t3 as the official form sets it: ten columns, the label in up to three of them."""
    rows = [
        [Span(CORNER, 3, 3), Span("申请人情况", 7)],
        [Span("自然人", 1, 2), Span("法人或其他组织", 5), Span("总计", 1, 2)],
        [Span(head) for head in T3_HEADS],
    ]
    handled = [row for row in tables.t3 if row[0].startswith("r3.")]
    first = True
    for group, members in groupby(tables.t3, key=lambda row: row[1] or row[0]):
        listed = list(members)
        for place, (key, group_label, label) in enumerate(listed):
            values = [Span(text) for text in tables.row("t3", key, T3_COLUMNS)]
            if not key.startswith("r3."):
                rows.append([Span(label, 3), *values])
                continue
            cells = [Span("三、本年度办理结果", 1, len(handled))] if first else []
            first = False
            if group_label:
                cells += [Span(group, 1, len(listed))] if place == 0 else []
                cells.append(Span(label))
            else:
                cells.append(Span(label, 2))
            rows.append([*cells, *values])
    return rows


def t4_rows(tables: Tables) -> list[list[Span]]:
    """t4 as the official form sets it: fifteen columns under three rows of heads."""
    return [
        [Span("行政复议", 5), Span("行政诉讼", 10)],
        [*(Span(head, 1, 2) for head in T4_HEADS), Span("未经复议直接起诉", 5), Span("复议后起诉", 5)],
        [Span(head) for head in T4_HEADS * 2],
        [Span(text) for row in T4_ROWS for text in tables.row("t4", row, T4_COLUMNS)],
    ]


def all_rows(tables: Tables) -> dict[str, list[list[Span]]]:
    """The three tables."""
    return {"t2": t2_rows(tables), "t3": t3_rows(tables), "t4": t4_rows(tables)}


WIDTHS = {"t2": 4, "t3": 10, "t4": 15}
