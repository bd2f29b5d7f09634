"""The sketch leaves out long plain ASCII and nothing that a step of repair looks for."""

from __future__ import annotations

import random

import pytest

from pipelines.repair.characters import character_edits
from pipelines.repair.holes import characters_lost, digits_lost
from pipelines.repair.mojibake import mojibake_edits
from pipelines.repair.mojibake_suspects import holds_suspects
from pipelines.repair.pinyin import holds_pinyin, pinyin_edits
from pipelines.repair.script import script_edits, script_of
from pipelines.repair.sketch import sketched
from tests.damage import mojibake as damage

MARKUP = '<td class="content" style="width: 120px; color: #333" onclick="show(1, 2)">'
SCRIPT = "<script>var a = b ? (c) : d; function f(x) { return x && (y) || 100; }</script>"
PROSE = "本机关2010年主动公开政府信息128条，比上年增加20%。"


def test_long_markup_goes_and_text_stays_in_its_order() -> None:
    assert sketched(f"{MARKUP}公开{SCRIPT}128条<br>") == "<>公开<>128条<br>"


def test_text_without_markup_is_its_own_sketch() -> None:
    assert sketched(PROSE) == PROSE


def test_digits_before_other_characters_stay_with_them() -> None:
    assert sketched(f"{MARKUP}201411日起{MARKUP}") == "<>201411日起<>"


def test_what_follows_other_characters_stays_with_them() -> None:
    assert sketched(f"{MARKUP}公(kāi gong) [2014]{MARKUP}") == "<>公(kāi gong) [2014]<>"


def test_every_character_that_is_not_plain_ascii_stays() -> None:
    odd = "\x00\x0b\x1f\x7f\u200b\ue5e5\U0001f600公"
    kept = sketched(MARKUP.join(odd))
    assert "".join(character for character in kept if character in odd) == odd


@pytest.mark.parametrize("length", [1, 14, 15, 16, 63, 64, 65, 5000])
def test_a_run_of_ascii_of_any_length_leaves_its_neighbours_apart(length: int) -> None:
    assert "公开" not in sketched(f"公{'a' * length}开")
    assert "公开" not in sketched(f"公<{'a' * length}开")


@pytest.mark.parametrize("name", sorted({**damage.REVERSIBLE, **damage.LOSSY}))
def test_mojibake_shows_in_the_sketch(name: str) -> None:
    wrong = {**damage.REVERSIBLE, **damage.LOSSY}[name]
    for text in (PROSE, "索引号：000014349/2010-00128", "（一）依申请公开政府信息办理情况"):
        try:
            page = f"{MARKUP}{wrong(text)}</td>{SCRIPT}"
        except UnicodeError:
            continue
        if mojibake_edits(page, 0).edits or mojibake_edits(page, 0).flags:
            assert holds_suspects(sketched(page))


@pytest.mark.parametrize(
    "text",
    [
        "公(gōng)開(kāi)",
        "共(gong)(gong)",
        "政府信息 ( gong kai xin xi )" + MARKUP,
        "文(wen)章(zhang)",
        "公開（&nbsp;kāi&nbsp;）",
        "公開(kā",
    ],
)
def test_pinyin_shows_in_the_sketch(text: str) -> None:
    page = f"{MARKUP}{text}"
    assert holds_pinyin(page, sketched(page))


def test_brackets_of_scripts_are_no_pinyin() -> None:
    page = f"{MARKUP}{SCRIPT}公开{SCRIPT}"
    assert not holds_pinyin(page, sketched(page))
    assert pinyin_edits(page, 0) == []


@pytest.mark.parametrize(
    "text",
    [
        "截至201411日止",
        "政发〔201960号",
        "统计期限为<span style='font-size: 14px'> </span>一、概述",
        "信息公开条，",
        "《政府信息公开例》",
        "苏政发201460号",
        "20132014学年度",
    ],
)
def test_holes_show_in_the_sketch(text: str) -> None:
    page = f"{MARKUP}{text}</td>{SCRIPT}"
    assert not digits_lost(page) or digits_lost(sketched(page))
    assert not characters_lost(page) or characters_lost(sketched(page))


def test_the_script_of_the_sketch_is_the_script_of_the_page() -> None:
    for text in ("政府信息公開年度報告", "政府信息公开年度报告", "國立故宮博物院与本机关联合举办展览"):
        page = f"{MARKUP}{text}</td>{SCRIPT}"
        assert script_of(sketched(page)) == script_of(page)
        assert bool(script_edits(page, 0)) <= bool(script_edits(sketched(page), 0) or script_of(page) == "hant")


def test_odd_characters_are_found_alike_with_a_few_kinds_of_them_and_with_many() -> None:
    source = random.Random(7)
    few, many = "\u200b\ufeff", "\u200b\u200c\u200d\u200e\u200f\ufeff\x00\x01\x02\x03\ue000\u00ad"
    for kinds in (few, many):
        page = "".join(source.choice((MARKUP, "公开", kinds[0], source.choice(kinds))) for _ in range(300))
        found = character_edits(page, 0)
        assert found == character_edits(page, 0, sketched(page))
        assert sum(len(edit.removed) for edit in found) == sum(map(page.count, kinds))
        assert all(page[edit.start : edit.end] == edit.removed for edit in found)
