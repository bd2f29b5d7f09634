"""Mojibake: what is undone, what is left alone, and how it is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.repair.byte_shift import byte_shift_edits
from pipelines.repair.mojibake import mojibake_edits
from pipelines.trace import apply_edits, undo_edits
from tests.damage import mojibake as damage

CASES = Path(__file__).parent.parent / "cases" / "repair" / "mojibake"
SENTENCE = "根据县政府办公室的要求，现公布本局年度政府信息公开工作年度报告。"


def cases(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text("utf-8").split("\n") if line]


def repaired(text: str) -> str:
    text = apply_edits(text, mojibake_edits(text, 0).edits)
    return apply_edits(text, byte_shift_edits(text, 0).edits)


@pytest.mark.parametrize("case", cases("wild") + cases("synthetic"), ids=lambda case: case["note"])
def test_damage_is_undone(case: dict[str, str]) -> None:
    assert repaired(case["damaged"]) == case["clean"]


@pytest.mark.parametrize("case", cases("negative"), ids=lambda case: case["text"][:12])
def test_healthy_text_is_left_alone(case: dict[str, str]) -> None:
    assert repaired(case["text"]) == case["text"]
    assert mojibake_edits(case["text"], 0).flags == []


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=case["note"], marks=pytest.mark.xfail(strict=True)) for case in cases("known_failures")],
)
def test_damage_that_is_not_yet_undone(case: dict[str, str]) -> None:
    assert repaired(case["damaged"]) == case["clean"]


@pytest.mark.parametrize("kind", ["utf-8 as latin-1", "gbk as latin-1", "gbk as latin-1, utf-8 as latin-1 twice"])
def test_a_repaired_text_is_not_repaired_again(kind: str) -> None:
    once = repaired(damage.REVERSIBLE[kind](SENTENCE))
    assert once == SENTENCE
    assert repaired(once) == once


def test_the_rule_names_the_layers_from_the_outermost_in() -> None:
    wrong = damage.REVERSIBLE["gbk as latin-1, utf-8 as latin-1"](SENTENCE)
    assert [edit.rule for edit in mojibake_edits(wrong, 0).edits] == ["utf8_as_latin1+gbk_as_latin1"]


def test_characters_whose_bytes_were_lost_are_marked_apart_from_those_restored() -> None:
    result = mojibake_edits(damage.with_question_marks(SENTENCE), 3)
    assert {edit.rule for edit in result.edits} == {"utf8_as_gbk", "utf8_as_gbk_inferred"}
    assert result.flags == ["mojibake_repaired", "characters_lost"]
    assert [finding.code for finding in result.findings] == ["mojibake_inferred"]
    assert {(edit.stage, edit.step) for edit in result.edits} == {("repair", 3)}


def test_markup_around_and_between_is_untouched() -> None:
    wrong = damage.REVERSIBLE["gbk as latin-1"]
    page = '<p class="a" title="{}">{}</p><br/>{}'
    assert repaired(page.format(*[wrong(SENTENCE)] * 3)) == page.format(*[SENTENCE] * 3)


def test_a_tag_whose_bracket_was_eaten_gets_it_back() -> None:
    wrong = damage.with_question_marks("政府信息公开年度报告。")
    assert wrong.endswith("?")
    assert repaired(f"<p>{wrong}/p>") == "<p>政府信息公开年度报告。</p>"


@pytest.mark.parametrize(
    "text", ["锟斤拷锟斤拷锟斤拷工作", "闂傚倸鍊搁崐鎼佸磹閹间礁纾归柟闂寸绾惧綊鏌ｉ幋锝呅撻柛銈呭"]
)
def test_text_that_is_gone_for_good_is_flagged_and_left(text: str) -> None:
    result = mojibake_edits(text, 0)
    assert result.edits == []
    assert result.flags == ["mojibake_lossy", "characters_lost"]
    assert [finding.code for finding in result.findings] == ["mojibake_lossy"]


def test_an_endless_page_of_damage_is_left_in_part_and_said_so() -> None:
    result = mojibake_edits("鏀垮簻淇℃伅\n工作报告的文字很长很长很长" * 60_000, 0)
    assert "mojibake_lossy" in result.flags


@given(st.text(alphabet="鏀垮簻淇℃伅?\ufffd€é中ÕþÎñÃ©å¤<p>a公\ue044정보 锛銆", max_size=60))
@settings(max_examples=150, deadline=None)
def test_edits_fit_the_text_and_can_be_undone(text: str) -> None:
    for damage_edits in (mojibake_edits, byte_shift_edits):
        edits = damage_edits(text, 0).edits
        assert undo_edits(apply_edits(text, edits), edits) == text


@given(st.text(max_size=80))
@settings(max_examples=100, deadline=None)
def test_no_text_raises(text: str) -> None:
    assert mojibake_edits(text, 0).findings is not None
    assert byte_shift_edits(text, 0).findings is not None
