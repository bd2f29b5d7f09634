"""How prose and figures are written down, and what is refused."""

import pytest

from gipr_crawl.demo.drafts import parse_drafts
from gipr_crawl.demo.markup import HANDS, body_html, grid_html
from gipr_crawl.demo.tables import standard_table
from pipelines.model import Grid


def draft(body, **header):
    fields = {"title": "某局2014年报告", "published": "2015-01-28 09:00", **header}
    head = "\n".join(f"{name}: {value}" for name, value in fields.items())
    (parsed,) = parse_drafts(f"%% /a.html\n{head}\n\n{body}\n")
    return parsed


def test_a_statement_prints_its_value():
    parsed = draft("公开{proactive_total=351}条。")
    assert parsed.body_text() == "公开351条。"
    assert parsed.indicators == {"proactive_total": 351}


def test_a_statement_may_print_words_instead():
    parsed = draft("{applications_received=0|未收到申请}，经费{budget_yuan=5000|0.5}万元。")
    assert parsed.body_text() == "未收到申请，经费0.5万元。"
    assert parsed.indicators == {"applications_received": 0, "budget_yuan": 5000}


def test_a_figure_may_be_stated_twice_if_it_is_the_same():
    assert draft("收到{applications_received=4}件。\n| 收到 | {applications_received=4} |").indicators == {
        "applications_received": 4
    }


def test_a_draft_that_contradicts_itself_is_refused():
    with pytest.raises(ValueError, match="applications_received is stated as 4 and as 5"):
        draft("收到{applications_received=4}件，答复{applications_received=5}件。")


def test_prose_that_contradicts_the_table_is_refused():
    with pytest.raises(ValueError, match="applications_received"):
        draft("收到{applications_received=4}件。\n[t3]", year="2021", r1="3 0 0 0 0 0")


def test_more_answers_than_applications_are_refused():
    with pytest.raises(ValueError, match="more applications answered than received"):
        standard_table("t3", 2022, {"r1": "1 0 0 0 0 0", "r3.1": "0 1 0 0 0 0"})


def test_a_signature_and_a_small_table_keep_their_place():
    parsed = draft("甲。\n| 指标 | 数 |\n| 条 | 3 |\n乙。\n>> 某局\n>> 2015年1月26日")
    assert parsed.body_text() == "甲。\n指标\t数\n条\t3\n乙。\n某局\n2015年1月26日"


def covered(grid: Grid) -> list[tuple[int, int]]:
    return [
        (row, column)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    ]


T2_2019 = "0 0 0; 1 1 6; 17 -3 143; 4 0 12; 46 0 21; 5 0 1; 2 0; 6 251000元"
T2_2021 = "/ / /; 2 1 7; 166; 15; 0; 63.8"
FORMS = [
    ("t2", 2019, {"t2": T2_2019}, (18, 4)),
    ("t2", 2021, {"t2": T2_2021}, (14, 4)),
    ("t3", 2020, {}, (26, 10)),
    ("t3", 2021, {}, (28, 10)),
    ("t4", 2021, {"t4": "1 0 0 0; 0 0 0 0; 0 0 0 2"}, (4, 15)),
]


@pytest.mark.parametrize(("key", "year", "fields", "shape"), FORMS)
def test_a_standard_table_has_the_official_shape_and_covers_every_position_once(key, year, fields, shape):
    grid = standard_table(key, year, fields).grid
    assert (grid.height, grid.width) == shape
    assert sorted(covered(grid)) == [(row, column) for row in range(shape[0]) for column in range(shape[1])]


@pytest.mark.parametrize(("key", "year", "fields", "shape"), FORMS)
def test_the_markup_of_a_grid_has_all_its_cells_and_spans(key, year, fields, shape):
    grid = standard_table(key, year, fields).grid
    markup = grid_html(grid)
    assert markup.count("<tr>") == grid.height
    assert markup.count("<td") == len(grid.cells)
    assert markup.count("rowspan=") == sum(cell.row_span > 1 for cell in grid.cells)
    assert markup.count("colspan=") == sum(cell.column_span > 1 for cell in grid.cells)


def test_a_cell_without_a_plain_number_has_no_value():
    old = standard_table("t2", 2019, {"t2": T2_2019}).cells
    assert ("t2", "procurement", "amount") not in old
    assert old["t2", "procurement", "count"] == 6
    assert old["t2", "licensing", "change"] == -3
    new = standard_table("t2", 2021, {"t2": T2_2021}).cells
    assert not any(row == "regulations" for _, row, _ in new)
    assert new["t2", "fees", "amount"] == 63.8


def test_totals_of_the_tables_are_stated_as_indicators():
    assert standard_table("t3", 2021, {"r1": "3 1 0 0 0 2"}).indicators == {"applications_received": 6}
    assert standard_table("t4", 2021, {"t4": "1 1 0 0; 0 0 1 0; 0 0 0 2"}).indicators == {
        "reconsiderations_total": 2,
        "lawsuits_total": 3,
    }


@pytest.mark.parametrize("hand", HANDS)
def test_every_hand_escapes_text_and_keeps_the_order_of_lines(hand):
    markup = body_html(draft("甲<乙。\n>> 某局 & 某办"), hand)
    assert markup.index("甲&lt;乙。") < markup.index("某局 &amp; 某办")
