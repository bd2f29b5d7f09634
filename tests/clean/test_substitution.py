from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines.clean.substitution import UNKNOWN_WORD, substitution_edits
from pipelines.clean.substitution_slots import Certainty, Slot, read_slot, settle
from pipelines.trace import apply_edits, undo_edits
from tests.corpus import paragraphs

CASES = Path(__file__).parents[1] / "cases" / "clean" / "substitution"


def cases(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (CASES / name).read_text("utf-8").splitlines()]


def restored(text: str) -> str:
    return apply_edits(text, substitution_edits(text, 0).edits)


@pytest.mark.parametrize("case", cases("restored.jsonl"), ids=lambda case: case["why"])
def test_an_overwritten_word_is_put_back_or_marked(case: dict[str, str]) -> None:
    result = substitution_edits(case["text"], 0)
    assert apply_edits(case["text"], result.edits) == case["clean"]
    assert undo_edits(case["clean"], result.edits) == case["text"]
    assert result.flags == ["words_substituted"]


@pytest.mark.parametrize("case", cases("kept.jsonl"), ids=lambda case: case["why"])
def test_words_that_were_not_overwritten_stay(case: dict[str, str]) -> None:
    result = substitution_edits(case["text"], 0)
    assert (result.edits, result.flags, result.findings) == ([], [], [])


def test_healthy_prose_is_left_alone_as_a_whole_and_line_by_line() -> None:
    lines = paragraphs()
    assert substitution_edits("\n".join(lines), 0).edits == []
    assert [line for line in lines if substitution_edits(line, 0).edits] == []


def test_a_restored_word_has_another_rule_than_a_marked_one() -> None:
    text = "主动华体会政府信息12条，华体会人民政府办公室，按照华体会要求。"
    rules = [(edit.rule, edit.inserted) for edit in substitution_edits(text, 7).edits]
    assert rules == [
        ("substituted_word", "公开"),
        ("substituted_place", UNKNOWN_WORD),
        ("substituted_word_unknown", UNKNOWN_WORD),
    ]
    assert {edit.step for edit in substitution_edits(text, 7).edits} == {7}


def test_what_stays_unknown_is_a_finding_with_the_brand_and_its_surroundings() -> None:
    (finding,) = substitution_edits("威廉希尔体育人民政府办公室\n威廉希尔体育教育局", 0).findings
    assert finding.code == "substituted_place_unknown"
    assert "威廉希尔体育" in finding.detail
    assert "2 times" in finding.detail


def test_another_text_of_the_page_is_restored_with_the_same_brands() -> None:
    result = substitution_edits("政府信息亚博体育官网工作\n主动亚博体育官网信息3条", 0)
    assert result.restored("2014年政府信息亚博体育官网年报") == "2014年政府信息公开年报"
    assert result.restored("2014年政府信息公开年报") == "2014年政府信息公开年报"
    address = substitution_edits("puroview.com人民政府\npuroview.com教育局\npuroview.com民政局", 0)
    assert address.restored("puroview.com教育局2014年年报") == "□教育局2014年年报"


def test_a_brand_keeps_off_the_years_and_bars_beside_it() -> None:
    assert restored("2014年威廉希尔体育教育局2013年年报，编制。") == "2014年□教育局2013年年报，编制。"


def test_keyword_lines_of_the_same_page_are_left_to_the_line_rules() -> None:
    text = "亚洲AV无码|人妻熟女在线\n主动公开信息12条。\n亚洲AV无码|人妻熟女在线"
    assert substitution_edits(text, 0).edits == []


@pytest.mark.parametrize(
    ("left", "right", "slot"),
    [
        ("2014年政府信息", "工作年度报告", Slot.DISCLOSURE),
        ("依申请", "政府信息情况", Slot.DISCLOSURE),
        ("政务", "服务局", Slot.PLACE),
        ("政府信息", "公开工作", Slot.OPEN),
        ("建设有限", "承建", Slot.COMPANY),
        ("建设有限", "公司承建", Slot.OPEN),
        ("《县政府办公室", "印发规定的通知》", Slot.ABOUT),
        ("《", "志》", Slot.OPEN),
        ("", "我们", Slot.ABOUT),
        ("位于", "县城东", Slot.PLACE),
        ("首页 | ", " | 新闻", Slot.INJECTED),
        ("", "1、加强领导", Slot.INJECTED),
        ("", "2014年度报告", Slot.PLACE),
    ],
)
def test_the_surroundings_say_which_word_stood_there(left: str, right: str, slot: Slot) -> None:
    assert read_slot(left, right).slot is slot


def test_a_loose_slot_is_not_believed_where_the_brand_covers_places() -> None:
    loose, place = read_slot("《", "加强公开工作的意见》"), read_slot("根据", "人民政府要求")
    assert loose.certainty is Certainty.UNLESS_PLACE
    assert settle([loose]) == [Slot.ABOUT]
    assert settle([loose, place]) == [Slot.PLACE, Slot.PLACE]


def test_hostile_texts_are_survived() -> None:
    for unit in ("华体会", "政府信息华体会工作", "《威廉希尔", "a.com公", "【华体会"):
        text = unit * 4000
        assert undo_edits(restored(text), substitution_edits(text, 0).edits) == text
    many = "\n".join(f"华体会{letter}{number}局" for letter in "abcdefgh" for number in range(200))
    assert isinstance(restored(many), str)
