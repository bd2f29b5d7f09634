from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.clean.splitting import announced_members, chinese_ordinal, find_markers
from tests.corpus import files

CASES = Path(__file__).parents[1] / "cases" / "clean" / "splitting"
# "§" in a case stands for this paragraph: a member's text.
PROSE = "本年度我局认真贯彻落实条例，健全工作机制，完善公开内容，主动公开政府信息一百二十条，现将情况汇报如下：取得了较好的成效。"


def cases(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / name).read_text("utf-8").splitlines()]


def lines_of(case: dict[str, Any]) -> list[str]:
    return [PROSE if line == "§" else line for line in case["lines"]]


@pytest.mark.parametrize("case", cases("split.jsonl"), ids=lambda case: case["why"])
def test_a_compound_page_is_split_at_its_markers(case: dict[str, Any]) -> None:
    found = [[marker.line, marker.number, marker.title] for marker in find_markers(lines_of(case))]
    assert found == case["markers"]


@pytest.mark.parametrize("case", cases("whole.jsonl"), ids=lambda case: case["why"])
def test_one_document_is_not_split(case: dict[str, Any]) -> None:
    assert find_markers(lines_of(case)) == []


def test_no_file_of_healthy_prose_is_split() -> None:
    assert [file.name for file in files() if find_markers(file.read_text("utf-8").splitlines())] == []


@pytest.mark.parametrize(
    ("title", "count"),
    [
        ("政府信息公开工作总结(精选17篇)", 17),
        ("信息公开工作总结汇总15篇", 15),
        ("政务公开自查报告（五篇）", 5),
        ("政务公开总结合集十二篇", 12),
        ("2012年政府信息公开工作年度报告", None),
        ("全年发表信息120篇", None),
    ],
)
def test_a_title_announces_its_members(title: str, count: int | None) -> None:
    assert announced_members(title) == count


@pytest.mark.parametrize(
    ("digits", "number"),
    [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("九十九", 99), ("7", 7), ("十十", 0), ("", 0), ("一二", 0)],
)
def test_ordinals_are_read(digits: str, number: int) -> None:
    assert chinese_ordinal(digits) == number


def test_many_markers_and_long_lines_are_survived() -> None:
    assert find_markers(["篇1", "x" * 500_000, "篇" * 50_000, "篇2", PROSE]) != []
    assert find_markers(["第一篇" + " " * 80, "(" * 89] * 5_000) == []
