"""The information block is read by its labels in every layout; a value is never the next label."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines.clean.markup import read_html
from pipelines.clean.metadata import (
    bare_document_number,
    bare_fields,
    grid_fields,
    line_fields,
    pair_fields,
    unlabelled_date,
)
from tests.clean.reading import cases, read_page, why


def _filled(fields: list[Any]) -> list[list[str]]:
    return [[field.key, field.value] for field in fields if field.value and field.key != "font"]


@pytest.mark.parametrize("case", cases("metadata/lines.jsonl"), ids=why)
def test_labelled_lines_are_read(case: dict[str, Any]) -> None:
    assert _filled([field for line in case["lines"] for field in line_fields(line)]) == case["fields"]


@pytest.mark.parametrize("case", cases("metadata/no_lines.jsonl"), ids=why)
def test_sentences_are_no_metadata(case: dict[str, Any]) -> None:
    assert line_fields(case["text"]) == []


@pytest.mark.parametrize("case", cases("metadata/pairs.jsonl"), ids=why)
def test_a_label_on_its_own_line_takes_the_next_one(case: dict[str, Any]) -> None:
    (field,) = pair_fields(case["lines"]) or []
    assert (field.key, field.value) == (case["key"], case["value"])


def test_a_line_of_prose_is_no_label() -> None:
    assert pair_fields(["发布政府信息", "2020-01-01"]) is None


@pytest.mark.parametrize("case", cases("metadata/bare.jsonl"), ids=why)
def test_values_without_labels_need_an_anchor(case: dict[str, Any]) -> None:
    assert [[field.key, field.value] for field in bare_fields(case["lines"])] == case["fields"]


@pytest.mark.parametrize("case", cases("metadata/dates.jsonl"), ids=why)
def test_a_bare_date_beside_the_title(case: dict[str, Any]) -> None:
    field = unlabelled_date(case["lines"])
    assert (field.value if field else None) == case["date"]


@pytest.mark.parametrize("case", cases("metadata/document_numbers.jsonl"), ids=why)
def test_a_document_number_that_opens_the_body(case: dict[str, Any]) -> None:
    assert bare_document_number(case["text"]) == case["number"]


TABLES = {
    "layout 4: label and value in neighbouring cells": (
        "<tr><td>索 引 号</td><td>K45899617/2026-00206</td><td>发布机构：</td><td>农业农村局</td></tr>"
        "<tr><td>发布日期</td><td></td><td>文　号</td><td>〔〕号</td></tr>",
        [["index_no", "K45899617/2026-00206"], ["issuer", "农业农村局"]],
    ),
    "layout 5: both in one cell": (
        "<tr><td>索 引 号:005267169/2016-00001</td><td>主题分类:综合政务</td></tr>"
        "<tr><td>文 号</td><td>成文日期:2016-03-31</td></tr>",
        [["index_no", "005267169/2016-00001"], ["topic", "综合政务"], ["written_on", "2016-03-31"]],
    ),
    "layout 6: labels over values": (
        "<tr><td>索引号</td><td>公开方式</td><td>发布机构</td></tr>"
        "<tr><td>116223010139324488/2010-00023</td><td>主动公开</td><td>凉州区政府</td></tr>",
        [["index_no", "116223010139324488/2010-00023"], ["access", "主动公开"], ["issuer", "凉州区政府"]],
    ),
}


@pytest.mark.parametrize("layout", TABLES)
def test_information_tables_are_read(layout: str) -> None:
    rows, fields = TABLES[layout]
    grid = read_html(f"<body><table>{rows}</table></body>").lines[0].grid
    assert grid is not None
    assert _filled(grid_fields(grid)) == fields


def test_a_report_table_is_no_information_table() -> None:
    rows = "<tr><td>信息内容</td><td>本年制发件数</td></tr><tr><td>规章</td><td>0</td></tr><tr><td>规范性文件</td><td>7</td></tr>"
    grid = read_html(f"<body><table>{rows}</table></body>").lines[0].grid
    assert grid is not None
    assert grid_fields(grid) == []


PROSE = "<p>2019年，全县主动公开政府信息1234条，较上年增长百分之八，其中通过门户网站公开986条。</p>" * 1


def test_the_block_is_handed_on_and_leaves_the_text() -> None:
    page = read_page(
        "<body><table><tr><td>索引号：</td><td>014416330/2018-04736</td><td>发布机构：</td><td>某某局</td></tr>"
        "<tr><td>发布日期：</td><td>2018-03-01</td><td>文号：</td><td></td></tr></table>"
        f"<div class='TRS_Editor'>{PROSE}</div></body>"
    )
    assert "索引号" not in page.main_text
    assert ["index_no", "014416330/2018-04736"] in _filled(page.fields)
    assert {"information_block"} <= {edit.rule for edit in page.edits}


def test_a_date_under_the_article_is_handed_on() -> None:
    page = read_page(f"<body><div id='zoom'>{PROSE}</div><p>发布日期：2019-03-06　责任编辑：龙某</p></body>")
    assert ["published_on", "2019-03-06"] in _filled(page.fields)
    assert "责任编辑" not in page.main_text


def test_contacts_of_the_report_stay_in_its_text() -> None:
    page = read_page(f"<body><div id='zoom'>{PROSE}<p>联系电话：0478-8200000</p></div></body>")
    assert page.main_text.endswith("联系电话：0478-8200000")
