"""Traditional text is brought to Simplified as OpenCC does it, with the stated rules on top; the rest stays."""

from __future__ import annotations

import json
import random
from pathlib import Path

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.repair.opencc_tables import table
from pipelines.repair.script import is_traditional, script_edits, script_of, to_simplified
from pipelines.trace import apply_edits, undo_edits
from tests.benchmarks.script_cases import traditional_text
from tests.damage.script import Copy, traditional

CASES = Path(__file__).parent.parent / "cases" / "repair" / "script"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
LIBRARY = opencc.OpenCC("t2s")

REPORT = (
    "<h1>二〇一四年政府信息公开工作年度报告</h1>\n<p>根据条例要求，本着便民的原则，我局认真编制了本年度报告。"
    "全文包括概述、主动公开情况、依申请公开情况、复议和诉讼情况、存在的主要问题及改进措施。</p>\n"
    "<p>随着机构改革的推进，领导小组着力健全制度，规范发布程序，在门户网站设置专栏，群众满意度显著提高。</p>"
)


def _cases(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (CASES / name).read_text("utf-8").splitlines()]


def _read(text: str) -> str:
    return apply_edits(text, script_edits(text, 0))


@pytest.mark.parametrize("case", _cases("converted.jsonl"), ids=lambda case: case["why"])
def test_traditional_text_is_converted(case: dict[str, str]) -> None:
    assert _read(case["text"]) == case["clean"]


@pytest.mark.parametrize("case", _cases("kept.jsonl"), ids=lambda case: case["why"])
def test_other_text_has_no_edits(case: dict[str, str]) -> None:
    assert script_edits(case["text"], 0) == []


def _but_for_zhe(text: str) -> str:
    return text.replace("着", "著")


def test_conversion_is_the_library_s_on_a_megabyte_but_for_the_rules_on_zhe() -> None:
    text = traditional_text(1_000_000)
    assert len(text.encode()) >= 1_000_000
    assert _but_for_zhe(to_simplified(text)) == _but_for_zhe(LIBRARY.convert(text))


def test_phrases_that_overlap_are_cut_as_the_library_cuts_them() -> None:
    chance = random.Random(5)
    phrases = sorted(table("TSPhrases"))
    for _ in range(5_000):
        parts = []
        for _ in range(chance.randint(2, 5)):
            phrase = chance.choice(phrases)
            start = chance.randrange(len(phrase))
            parts.append(phrase if chance.random() < 0.5 else phrase[start : chance.randint(start + 1, len(phrase))])
        text = chance.choice(["", "，", "乾", "覆", "於"]).join(parts)
        assert to_simplified(text) == LIBRARY.convert(text), text


def test_what_begins_or_ends_with_zhu_keeps_it() -> None:
    for (
        word
    ) in "著名 著作 著述 著称 著书 著者 著录 名著 原著 编著 论著 土著 专著 巨著 显著 昭著 卓著 合著 译著 遗著".split():
        assert to_simplified(f"其{word}甚多") == f"其{word}甚多"


@pytest.mark.parametrize("word", "本著 隨著 沿著 接著 向著 朝著 順著 穿著 圍繞著 帶著 意味著 標誌著 面臨著".split())
def test_the_particle_is_zhe(word: str) -> None:
    assert to_simplified(f"{word}發展").endswith("着发展")


@pytest.mark.parametrize("copy", [Copy.PHRASES, Copy.CHARACTERS, Copy.TAIWAN])
def test_a_page_comes_back_from_each_kind_of_copy(copy: Copy) -> None:
    damaged = traditional(REPORT, copy)
    assert script_of(damaged) == "hant"
    assert _read(damaged) == REPORT


def test_a_page_comes_back_from_taiwan_s_vocabulary() -> None:
    damaged = traditional(REPORT, Copy.TAIWAN_WORDS)
    assert "入口網站" in damaged
    edits = script_edits(damaged, 0)
    assert {"入口網站", "資訊"} <= {edit.removed for edit in edits if edit.rule == "taiwan_term"}
    assert apply_edits(damaged, edits) == REPORT


def test_two_taiwan_terms_do_not_speak_for_a_page() -> None:
    assert _read("臺胞資訊服務，網路申報，檔案線上查閱") == "台胞资讯服务，网路申报，档案线上查阅"


def test_simplified_pages_come_out_unchanged() -> None:
    assert script_of(REPORT) == "hans"
    assert script_edits(REPORT, 0) == []


def test_a_traditional_passage_in_a_simplified_page_is_converted_alone() -> None:
    quoted = "<p>題名《國立博物館》</p>"
    passage = "<p>關於進一步規範機關財務報銷審批程序的補充規定，經縣務會議討論決定</p>"
    page = REPORT * 3 + quoted + passage
    assert script_of(page) == "hans"
    assert _read(page) == REPORT * 3 + quoted + to_simplified(passage)


def test_one_edit_stands_for_each_changed_run() -> None:
    edits = script_edits("縣財務報告", 4)
    assert [(edit.start, edit.removed, edit.inserted, edit.rule, edit.step) for edit in edits] == [
        (0, "縣財務報", "县财务报", "script", 4)
    ]
    assert [edit.removed for edit in script_edits("乾隆時期的關係", 0)] == ["時", "關係"]


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("", "hans"),
        ("2013", "hans"),
        ("公開", "hant"),
        ("公开", "hans"),
        ("機构", "hant"),
        ("馆藏目录（國史館編）收录机关、单位、团体报送的资料，请预约查阅。", "hans"),
    ],
)
def test_the_script_goes_by_characters_of_one_script_only(text: str, script: str) -> None:
    assert script_of(text) == script


@pytest.mark.parametrize(
    ("character", "answer"), [("開", True), ("开", False), ("政", False), ("乾", False), ("a", False)]
)
def test_a_traditional_character_is_one_that_simplified_text_never_has(character: str, answer: bool) -> None:
    assert is_traditional(character) is answer


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("開著乾坤藉口縣資訊網路檔案𡞵ア <>a/=\"'http:content&"), max_size=60))
def test_any_text_is_converted_without_loss(text: str) -> None:
    edits = script_edits(text, 0)
    assert undo_edits(apply_edits(text, edits), edits) == text
    assert len(to_simplified(text)) == len(text)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from("公开 机关 条例 规定 财政局 复议 诉讼 发布 报告 县 政府 办理 网站 群众 意见".split()),
        min_size=1,
        max_size=40,
    )
)
def test_simplified_words_survive_the_way_there_and_back(words: list[str]) -> None:
    text = "，".join(words)
    assert to_simplified(traditional(text, Copy.PHRASES)) == text


@pytest.mark.parametrize(
    "text",
    [
        "<" * 50_000 + "開",
        "<a" * 30_000 + "開",
        "content=" * 8_000 + "開",
        "http://" * 8_000 + "開",
        "開" * 50_000,
        "乾坤" * 25_000,
        '<a content="' * 8_000 + "開",
    ],
)
def test_hostile_text_is_converted_too(text: str) -> None:
    assert undo_edits(_read(text), script_edits(text, 0)) == text


@pytest.mark.parametrize("name", ["000_b684f1aac51a08eb.txt", "003_062f0ed1955165dd.txt"])
def test_traditional_reports_are_read_in_simplified(name: str) -> None:
    if not (SEEDS / name).exists():
        pytest.skip("the hijacked reports are not here")
    text = (SEEDS / name).read_text("utf-8")
    assert script_of(text) == "hant"
    assert not any(map(is_traditional, _read(text)))


@pytest.mark.parametrize("name", ["001_bb9a5f7779685f94.txt", "002_e3649a93a8522e73.txt", "004_62eb7be2edb7b481.txt"])
def test_simplified_reports_are_left_alone(name: str) -> None:
    if not (SEEDS / name).exists():
        pytest.skip("the reports are not here")
    assert script_edits((SEEDS / name).read_text("utf-8"), 0) == []


def test_a_stretch_longer_than_any_page_is_converted_in_one_edit() -> None:
    text = "開(" * 200_000
    (edit,) = script_edits(text, 0)
    assert edit.inserted == "开(" * 200_000
