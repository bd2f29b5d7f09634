"""Sections: headings of three eras in every numbering, and lines that only look like headings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines.extract.sections import read_sections, section_kind

CASES = Path(__file__).parent.parent / "cases" / "extract" / "sections"
BODY = "一、概述\n我局高度重视。\n(一)组织领导\n成立领导小组。\n(二)制度建设\n完善制度。\n二、主动公开情况\n全年公开信息12条。"


def _cases(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", [*_cases("read"), *_cases("not_sections")], ids=lambda case: case["id"])
def test_headings_are_read_with_level_and_kind(case: dict[str, object]) -> None:
    sections = read_sections(str(case["body"]))
    assert [[section.level, section.heading, section.kind] for section in sections] == case["sections"], case["why"]


def test_a_section_is_a_slice_of_the_body() -> None:
    for section in read_sections(BODY):
        assert BODY[section.start : section.end] == section.text
        assert section.heading in section.text


def test_a_section_ends_where_one_of_its_level_or_above_begins() -> None:
    overview, leading, rules, proactive = read_sections(BODY)
    assert overview.end == rules.end == proactive.start - 1
    assert leading.end == rules.start - 1
    assert proactive.end == len(BODY)


def test_ordinals_count_from_one_in_order() -> None:
    assert [section.ordinal for section in read_sections(BODY)] == [1, 2, 3, 4]


def test_a_heading_without_a_known_word_is_of_unknown_kind() -> None:
    assert section_kind("春风化雨") == "unknown"


@pytest.mark.parametrize(
    "body", ["一、概述\n" * 5_000, "(" * 50_000, "一 " * 20_000, "1、" * 20_000, "第一部分" * 9_000]
)
def test_hostile_bodies_are_read_without_a_fault(body: str) -> None:
    assert len(read_sections(body)) <= body.count("\n") + 1
