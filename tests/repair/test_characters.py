"""Odd characters, question marks for lost spaces, injected commas, and the holes that are only reported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.model import Finding
from pipelines.repair.characters import character_edits, characters_lost, digits_lost
from pipelines.trace import apply_edits, undo_edits

CASES = Path(__file__).parent.parent / "cases" / "repair" / "characters"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


def _cases(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (CASES / name).read_text("utf-8").splitlines()]


def _lost_cases(name: str) -> list[tuple[str, list[str]]]:
    cases = (json.loads(line) for line in (CASES / name).read_text("utf-8").splitlines())
    return [pytest.param(case["text"], case["lost"], id=case["why"]) for case in cases]


def _places(findings: list[Finding]) -> list[str]:
    return [finding.detail.rsplit("' at ", 1)[0][1:].replace("\\n", "\n") for finding in findings]


@pytest.mark.parametrize("case", _cases("edits.jsonl"), ids=lambda case: case["why"])
def test_odd_characters_are_dropped_or_restored(case: dict[str, str]) -> None:
    edits = character_edits(case["text"], 0)
    assert apply_edits(case["text"], edits) == case["clean"]


@pytest.mark.parametrize("case", _cases("kept.jsonl"), ids=lambda case: case["why"])
def test_other_characters_stay(case: dict[str, str]) -> None:
    assert character_edits(case["text"], 0) == []


@pytest.mark.parametrize(("text", "lost"), _lost_cases("digits_lost.jsonl"))
def test_lost_digits_are_recognised(text: str, lost: list[str]) -> None:
    findings = digits_lost(text)
    assert _places(findings) == lost
    assert {(finding.stage, finding.code) for finding in findings} <= {("repair", "digits_lost")}


@pytest.mark.parametrize(("text", "lost"), _lost_cases("characters_lost.jsonl"))
def test_lost_characters_are_recognised(text: str, lost: list[str]) -> None:
    findings = characters_lost(text)
    assert _places(findings) == lost
    assert {(finding.stage, finding.code) for finding in findings} <= {("repair", "characters_lost")}


def test_a_form_is_reported_once_and_no_more_than_twenty_of_them() -> None:
    assert len(digits_lost("20141月1日，" * 50)) == 1
    assert len(digits_lost("，".join(f"2014{month}月{day}日" for month in range(1, 7) for day in range(1, 9)))) == 20


def test_the_rule_says_what_was_done() -> None:
    edits = character_edits("锘公\u200b开\ue5e5⻓2014-1-1 ??来源", 2)
    assert [(edit.rule, edit.removed, edit.inserted, edit.step) for edit in edits] == [
        ("byte_order_mark", "锘", "", 2),
        ("silent_character", "\u200b", "", 2),
        ("private_character", "\ue5e5", "\u3000", 2),
        ("compatibility_character", "⻓", "长", 2),
        ("question_mark_for_space", "??", "", 2),
    ]


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("??12年公来源:：,，。<a>/\n \u200b\ue5e5⻓锘script"), max_size=60))
def test_edits_always_fit_the_text(text: str) -> None:
    edits = character_edits(text, 0)
    assert undo_edits(apply_edits(text, edits), edits) == text


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_without_raising(text: str) -> None:
    assert undo_edits(apply_edits(text, character_edits(text, 0)), character_edits(text, 0)) == text
    assert isinstance(digits_lost(text), list)
    assert isinstance(characters_lost(text), list)


@pytest.mark.parametrize(
    "text",
    [
        "?" * 50_000,
        "??息" * 15_000,
        "1?" * 25_000,
        "<script>" * 6_000 + "??来源",
        "，," * 20_000,
        "20131" * 10_000,
        "《" * 50_000,
        "统计期限自" * 10_000,
        "http://" * 7_000 + "2014?年",
    ],
)
def test_hostile_text_is_read_too(text: str) -> None:
    edits = character_edits(text, 0)
    assert undo_edits(apply_edits(text, edits), edits) == text
    assert len(digits_lost(text) + characters_lost(text)) <= 40


@pytest.mark.parametrize("name", ["001_bb9a5f7779685f94.txt", "002_e3649a93a8522e73.txt", "004_62eb7be2edb7b481.txt"])
def test_healthy_reports_have_no_holes(name: str) -> None:
    if not (SEEDS / name).exists():
        pytest.skip("the reports are not here")
    text = (SEEDS / name).read_text("utf-8")
    assert digits_lost(text) + characters_lost(text) == []
