"""Text that was once a page: lines, and pipes as tables."""

from __future__ import annotations

import pytest

from pipelines.clean.plain import looks_like_html, pipe_cells, read_plain


def test_lines_are_the_non_empty_ones_without_the_blanks_around_them():
    assert [line.text for line in read_plain("　　甲\r\n\r\n乙 \u2028丙\n\t丁").lines] == ["甲", "乙", "丙", "丁"]


def test_rows_with_pipes_become_one_table():
    (line,) = read_plain("公开渠道和方式 | 政府网站 | 政务微信 |\n数量 | 1124 | 85 |").lines
    assert line.grid is not None
    assert line.grid.rows() == [["公开渠道和方式", "政府网站", "政务微信"], ["数量", "1124", "85"]]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("规章 | 0 | 0 |", ["规章", "0", "0"]),
        ("关键词: | |||", ["关键词:", "", "", ""]),
        ("甲 | 乙 | 丙", ["甲", "乙", "丙"]),
        ("亚洲|无码|一区", None),
        ("凤山市| 论坛| 财经", None),
        ("没有竖线", None),
        ("时效: |", None),
    ],
)
def test_pipes_part_cells_only_where_they_stand_like_cells(line, cells):
    assert pipe_cells(line) == cells


def test_the_skeleton_of_a_layout_table_is_dropped_and_its_content_kept():
    assert [line.text for line in read_plain("|" * 200 + "\n全市工作情况\n" + "|" * 100).lines] == ["全市工作情况"]


@pytest.mark.parametrize("text", ["<html><body>x", " <!DOCTYPE html>", "<p>a</p><p>b</p><br>", "<div>报告</div>"])
def test_markup_is_told_from_text(text):
    assert looks_like_html(text)


@pytest.mark.parametrize("text", ["1 < 2 > 0", "报告（<关于>）", "a<b", ""])
def test_text_with_angle_brackets_is_no_markup(text):
    assert not looks_like_html(text)
