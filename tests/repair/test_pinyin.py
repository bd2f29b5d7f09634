"""What counts as injected pinyin and goes, and what stays."""

from __future__ import annotations

import itertools
import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.knowledge import reference
from pipelines.repair.pinyin import is_annotated, pinyin_edits
from pipelines.repair.readings import build, normal_spelling, readings, toneless
from pipelines.trace import apply_edits, undo_edits
from tests.damage.pinyin import TONELESS_FORMS, Form, annotate, annotate_pairs

CASES = Path(__file__).parent.parent / "cases" / "repair" / "pinyin"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"

PARAGRAPH = (
    "二〇一三年，我縣認真貫徹落實條例，進一步擴大主動公開範圍，健全發布機制，規範辦理依申請公開事項。"
    "全年通過門戶網站、政務微博、檔案館和圖書館等渠道發布各類信息，內容涵蓋機構職能、財政預決算、應急管理、環境監測等領域。"
)


def _cases(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (CASES / name).read_text("utf-8").splitlines()]


def _clean(text: str) -> str:
    return apply_edits(text, pinyin_edits(text, 0))


@pytest.mark.parametrize("case", _cases("removed.jsonl"), ids=lambda case: case["why"])
def test_injected_pinyin_goes(case: dict[str, str]) -> None:
    assert _clean(case["text"]) == case["clean"]


@pytest.mark.parametrize("case", _cases("kept.jsonl"), ids=lambda case: case["why"])
def test_other_brackets_stay(case: dict[str, str]) -> None:
    assert pinyin_edits(case["text"], 0) == []


ABBREVIATIONS = (
    "GDP CPI PPI LED LCD VIP PPP EPC OA oa APP App app QQ qq WTO wto ISO GPS GIS CAD BRT KTV AED ETC IC ID IP IPv6 IPTV "
    "IT ICU DNA PCR UPS USB USBKEY CA PDF pdf doc docx xls xlsx txt jpg rar zip wps html url http https ftp www AAA AA A "
    "B C a b c i ii iii iv PM2.5 PM10 pm2.5 COD BOD SO2 CO2 NOx VOCs 4G 5G 3D VR AR AI ERP CRM P2P O2O B2B MBA HIV AIDS "
    "SARS H1N1 COVID-19 HPV TSP km kg mg mm cm kw kwh t m h d min max No. no NO. vs etc and the for open government "
    "information email e-mail tel fax blog weibo wechat online offline network data cloud internet smart city"
).split()
ADDRESSES = (
    "www.example.gov.cn|http://www.example.gov.cn/|https://xxgk.example.gov.cn/col/col1/index.html|//www.example.com"
    "|/gzjg/sfbm/xzfj/|xxgk@example.gov.cn|zwgk_2013@163.com|DB45/T1801—2018|GB/T 2260|GB2312|ICP备05000001号|t20190311_12.html"
    "|a.b|x=1|0512-12345678|2013|2013.12|1-3|一|二〇一三年|以下简称《条例》|见附件1|含县(市)|试行|wang@example.com|li_ming|zhang3"
).split("|")
NAMES = "wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang an kai zheng".split()
BEFORE = "世界貿易組織 显示屏 公开栏 系統 联系人 办公 標準 监测指标 门户网站 郵箱 格式 單位 项目".split()


def _legitimate() -> list[str]:
    """Brackets a report may well hold behind Chinese: over five hundred different ones."""
    contents = itertools.product(BEFORE, (*ABBREVIATIONS, *ADDRESSES, *NAMES))
    return [f"{before}({content})" for before, content in contents]


LEGITIMATE = _legitimate()


def test_no_legitimate_bracket_is_lost_on_its_own() -> None:
    assert len(set(LEGITIMATE)) >= 500
    for text in LEGITIMATE:
        for page in (text, f"<p>{text}的建设情况。</p>", text.replace("(", "（").replace(")", "）")):
            assert pinyin_edits(page, 0) == [], page


def test_no_legitimate_bracket_is_lost_on_a_page_full_of_them() -> None:
    page = "，".join(LEGITIMATE)
    assert pinyin_edits(page, 0) == []


def test_no_legitimate_bracket_is_lost_beside_injected_pinyin() -> None:
    chance = random.Random(7)
    table = readings()
    for text in LEGITIMATE:
        before, content = text[:-1].split("(", 1)
        if table.spells(normal_spelling(content), before):
            continue
        page = annotate(PARAGRAPH, Form.TONED, chance) + text + "建設"
        assert _clean(page) == PARAGRAPH + text + "建設"


@pytest.mark.parametrize("form", Form)
def test_every_form_of_injection_is_removed_exactly(form: Form) -> None:
    chance = random.Random(form.value)
    for share in (1.0, 0.7, 0.4):
        damaged = annotate(PARAGRAPH, form, chance, share)
        assert damaged != PARAGRAPH
        assert _clean(damaged) == PARAGRAPH


@pytest.mark.parametrize("is_toned", [True, False])
def test_brackets_for_two_characters_are_removed_exactly(is_toned: bool) -> None:
    for seed in range(20):
        damaged = annotate_pairs(PARAGRAPH, random.Random(seed), is_toned=is_toned)
        other = annotate("，開門見山。", Form.TONED, random.Random(seed)) * 5
        assert _clean(damaged + other) == PARAGRAPH + "，開門見山。" * 5


ANY_CLEAN = st.text(
    st.sampled_from(
        "公開政府信息條例實施辦法國務院縣區鄉鎮會議電話聯係網站，。、；：《》〈〉 \n0123456789%abcXYZ<>/=\"'"
    ),
    max_size=80,
)


@settings(max_examples=150, deadline=None)
@given(text=ANY_CLEAN, form=st.sampled_from(Form), seed=st.integers(0, 2**16), share=st.sampled_from([0.3, 1.0]))
def test_injecting_and_removing_gives_back_any_text(text: str, form: Form, seed: int, share: float) -> None:
    page = PARAGRAPH + text
    damaged = annotate(page, form, random.Random(seed), 1.0 if form in TONELESS_FORMS else share)
    edits = pinyin_edits(damaged, 3)
    assert apply_edits(damaged, edits) == page
    assert undo_edits(page, edits) == damaged
    assert {edit.step for edit in edits} == {3}


@settings(max_examples=150, deadline=None)
@given(text=ANY_CLEAN)
def test_text_without_pinyin_is_left_alone(text: str) -> None:
    assert pinyin_edits(text, 0) == []


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from('開会(（)） aāk̄i:\u0304&nbsp;"</….'), max_size=60))
def test_hostile_brackets_never_raise_and_edits_always_fit(text: str) -> None:
    edits = pinyin_edits(text, 0)
    assert undo_edits(apply_edits(text, edits), edits) == text


def test_a_toned_syllable_of_another_character_goes_only_on_an_annotated_page() -> None:
    annotated = annotate(PARAGRAPH, Form.TONED, random.Random(1))
    assert _clean(annotated + "公開(gōng)") == PARAGRAPH + "公開"
    assert _clean("公開(gōng)情況") == "公開(gōng)情況"


@pytest.mark.parametrize(("name", "count"), [("000_b684f1aac51a08eb.txt", 282), ("003_062f0ed1955165dd.txt", 97)])
def test_hijacked_reports_are_cleared(name: str, count: int) -> None:
    if not (SEEDS / name).exists():
        pytest.skip("the hijacked reports are not here")
    text = (SEEDS / name).read_text("utf-8")
    edits = pinyin_edits(text, 0)
    assert len(edits) == count
    assert is_annotated(edits, text)
    assert not set(apply_edits(text, edits)) & set("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ")


def test_the_flag_asks_for_three_brackets_or_a_share_of_a_short_text() -> None:
    one = "公開(kāi)"
    assert is_annotated(pinyin_edits(one, 0), one)
    lone = "政" * 400 + "開(kāi)"
    assert pinyin_edits(lone, 0)
    assert not is_annotated(pinyin_edits(lone, 0), lone)
    three = "政" * 400 + "開(kāi)發(fā)區(qū)"
    assert is_annotated(pinyin_edits(three, 0), three)
    assert not is_annotated([], "公開")


@pytest.mark.parametrize(
    ("written", "normal"),
    [("nu:", "nü"), ("nv", "nü"), ("ɡuān", "guān"), ("kɑi", "kai"), ("hăo", "hǎo"), ("ｋāｉ", "kāi")],
)
def test_spellings_are_brought_to_one(written: str, normal: str) -> None:
    assert normal_spelling(written) == normal


def test_a_character_has_the_readings_of_its_partner() -> None:
    table = readings()
    assert table.reads("hòu", "後")
    assert table.reads("gàn", "干")  # 幹
    assert table.reads("kai", "開")
    assert not table.reads("kái", "開")
    assert toneless("lǜ") == "lu"


@pytest.mark.parametrize(
    "text",
    [
        "(" * 50_000,
        "開(" * 25_000,
        "開(a" * 20_000,
        "開(kāi" * 10_000,
        "開" + " (a)" * 12_000,
        '開"(' * 15_000,
        "開( " * 20_000,
    ],
)
def test_long_rows_of_open_brackets_are_no_pinyin(text: str) -> None:
    assert len(apply_edits(text, pinyin_edits(text, 0))) >= len(text) - 12


def test_the_table_of_readings_is_what_its_sources_give() -> None:
    assert reference("repair/readings.tsv").read_text("utf-8") == build()
