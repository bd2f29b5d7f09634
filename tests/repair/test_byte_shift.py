"""The one-byte shift of hijacked copies."""

from __future__ import annotations

import pytest

from pipelines.repair.byte_shift import byte_shift_edits
from pipelines.trace import apply_edits
from tests.damage import mojibake as damage

READINGS = {"數": "shù", "執": "zhí", "細": "xì", "開": "kāi", "業": "yè", "務": "wù", "發": "fā", "進": "jìn"}


def repaired(text: str) -> str:
    return apply_edits(text, byte_shift_edits(text, 0).edits)


@pytest.mark.parametrize(
    "text",
    [
        "由當地民政部門負責受理",
        "經當地政府批準後實施",
        "申請提出後十五日內答復",
        "燃氣公司應當公佈收費標準",
        "可以適當的方式公開",
    ],
)
def test_a_reading_put_inside_a_character_is_taken_out_again(text: str) -> None:
    wrong = damage.shifted(text, READINGS)
    assert "?" in wrong
    assert repaired(wrong) == damage.annotated(text, READINGS)


@pytest.mark.parametrize("text", ["嚴格執行。可以通過網站查詢", "落實“三審三校”制度，切實做好工作。"])
def test_a_sentence_sign_found_across_two_characters_is_undone(text: str) -> None:
    wrong = damage.shifted(text, {})
    assert "?" in wrong
    assert repaired(wrong) == text


def test_the_stump_tells_the_lost_byte_and_the_character_counts_as_restored() -> None:
    edits = byte_shift_edits("由當?shù)乜h級", 0).edits
    assert [(edit.rule, edit.removed, edit.inserted) for edit in edits] == [("byte_shift", "?shù)乜h", "地縣")]


def test_characters_inferred_without_a_stump_are_marked() -> None:
    result = byte_shift_edits("按規定執(zhí)行??梢酝ㄟ^電話預約", 0)
    assert [edit.rule for edit in result.edits] == ["byte_shift_inferred", "byte_shift"]
    assert result.flags == ["mojibake_repaired", "characters_lost"]


@pytest.mark.parametrize(
    "text",
    [
        "是否公開？？不詳",
        "該局工作如何?請看附件",
        "如何辦理?（一）提交材料",
        "為什么?！真的",
        "2016-01-07 ??來(lái)源:本站",
        "公式中可用「?」(问号)匹配任意单个字符",
        "堃?喆堃名單",
        "姓名?羅燚䶮",
        "?(kāi)放",
        "http://www.example.gov.cn/?公開=1",
        "環保局?201?7?年度",
    ],
)
def test_other_question_marks_are_left_alone(text: str) -> None:
    assert byte_shift_edits(text, 0).edits == []


def test_a_healthy_annotated_page_is_left_alone() -> None:
    page = damage.annotated("各鄉鎮人民政府應當依法公開業務信息，並進行發布。" * 20, READINGS)
    assert byte_shift_edits(page, 0).edits == []
