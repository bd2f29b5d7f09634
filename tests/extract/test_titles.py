"""Titles: every form of the grammar, lines with the same words that are none, titles over several lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines import Capture, understand
from pipelines.clean import Cleaned
from pipelines.extract.title_choice import report_title
from pipelines.extract.title_grammar import is_name, joined_titles, read_title, run_in_title, tidy_title
from pipelines.extract.titles import title_candidates

CASES = Path(__file__).parent.parent / "cases" / "extract" / "titles"
FULL = "柏溪县审计局2012年政府信息公开年度报告"


def _cases(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", _cases("reports"), ids=lambda case: case["line"])
def test_a_title_says_year_agency_and_kind(case: dict[str, object]) -> None:
    reading = read_title(str(case["line"]))
    assert reading is not None
    assert (reading.year, reading.agency, reading.kind) == (case["year"], case["agency"], case["kind"])
    assert reading.text == case.get("text", case["line"])


@pytest.mark.parametrize("case", _cases("others"), ids=lambda case: case["line"])
def test_a_line_with_the_same_words_is_no_title(case: dict[str, object]) -> None:
    assert read_title(str(case["line"])) is None


@pytest.mark.parametrize("case", _cases("joined"), ids=lambda case: case["id"])
def test_a_title_over_several_lines_is_one(case: dict[str, list[str]]) -> None:
    assert joined_titles(case["lines"]) == case["titles"]


def test_the_title_with_year_and_agency_goes_before_a_column_name() -> None:
    title = report_title(["政府信息公开年报", FULL], lines_above=[], lines=["正文。"])
    assert title.text == FULL
    assert title.findings == ()


def test_a_title_split_between_heading_and_body_is_joined() -> None:
    title = report_title(
        [], lines_above=["2024年柏溪县科委政府信息公开工作"], lines=["年度报告", "根据规定,编制本报告。"]
    )
    assert title.text == "2024年柏溪县科委政府信息公开工作年度报告"


def test_two_titles_of_different_years_are_a_finding() -> None:
    title = report_title([FULL, FULL.replace("2012", "2011")], lines_above=[], lines=[])
    assert title.text == FULL
    assert [finding.code for finding in title.findings] == ["title_conflict"]


def test_a_missing_title_is_not_made_up() -> None:
    body = ["2012年,我局认真落实政府信息公开条例。", "一、概述"]
    title = report_title(body[:1], lines_above=[], lines=body)
    assert title.text is None
    assert [finding.code for finding in title.findings] == ["title_missing"]


def test_a_title_of_no_known_form_is_kept_with_a_finding() -> None:
    title = report_title(["柏溪县政务公开这一年"], lines_above=[], lines=["正文。"])
    assert title.text == "柏溪县政务公开这一年"
    assert [finding.code for finding in title.findings] == ["title_unusual"]


def test_an_address_may_spell_the_title_out() -> None:
    url = "http://www.boxi.gov.example/a/2012%E5%B9%B4%E6%94%BF%E5%BA%9C%E4%BF%A1%E6%81%AF%E5%85%AC%E5%BC%80%E5%B9%B4%E6%8A%A5.html"
    assert report_title([], lines_above=[], lines=["正文。"], url=url).text == "2012年政府信息公开年报"


@pytest.mark.parametrize("name", ["柏溪县", "云陂市教育局", "石埠街道", "云陂大学", "**县", "妇幼中心(市妇幼保健院)"])
def test_names_end_like_an_organ_or_a_place(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize("words", ["", "法定主动公开内容", "认真做好", "关于印发", "扎实推进"])
def test_other_words_are_no_names(words: str) -> None:
    assert not is_name(words)


def test_tidying_keeps_a_title_that_needs_none() -> None:
    assert tidy_title(FULL) == FULL
    assert tidy_title("Annual Report 2012") == "Annual Report 2012"


def test_a_title_glued_to_date_and_text_is_found() -> None:
    assert run_in_title(f"{FULL} 2013年1月22日 2012年,县审计局认真公开信息。") == FULL


@pytest.mark.parametrize("line", ["政府信息公开年报 首页", "2012年,我局公开信息,现将总结 如下", FULL, "", " " * 9_000])
def test_other_lines_hold_no_title_at_their_head(line: str) -> None:
    assert run_in_title(line) is None


@pytest.mark.parametrize("line", ["政府信息公开" * 2_000, "2012年" * 5_000, "(" * 9_000 + "公开", "公开" + " " * 9_000])
def test_hostile_lines_are_no_titles(line: str) -> None:
    assert read_title(line) is None


BODY = "\n2012年,我局认真落实条例,主动公开政府信息126条。\n二、主动公开情况\n公开工作有序推进。\n三、依申请公开情况\n未收到申请。"


@pytest.mark.parametrize(
    "first",
    [
        "一、概述",
        "一、 加强领导",
        "引 言",
        "(一)主动公开情况",
        "柏溪县人民政府",
        "云陂市公安局",
        "法律信息网",
        "用微信扫描二维码",
        "正文区域请使用tab按钮切换浏览",
        "统一邮箱登录 | 服务门户登录",
        "您的位置:首页 > 信息公开 > 公开年报",
        "2013年3月",
    ],
)
def test_a_heading_a_widget_or_a_name_is_no_title_of_a_page(first: str) -> None:
    assert understand(Capture("file:///a.txt", (first + BODY).encode())).title is None


@pytest.mark.parametrize(
    "first",
    [
        "柏溪县2022年法治政府建设情况报告",
        "县长到鹿鸣水务公司调研",
        "柏溪县政务公开工作领导小组成员名单",
        "一、2012年度柏溪县政府信息公开工作报告",
        "资讯中心",
        "市图书馆扫描三万册旧籍",
    ],
)
def test_another_first_line_is_the_title(first: str) -> None:
    title = understand(Capture("file:///a.txt", (first + BODY).encode())).title
    assert title is not None
    assert title in first


def test_the_title_stands_below_the_name_of_site_or_organ() -> None:
    text = f"中国法律信息网\n柏溪县人民政府办公室\n关于做好年度报告编制工作的通知{BODY}"
    assert understand(Capture("file:///a.txt", text.encode())).title == "关于做好年度报告编制工作的通知"


def test_the_bare_name_of_a_column_is_a_title_only_where_there_is_no_other() -> None:
    assert title_candidates(Cleaned(head_lines=["工作报告", "柏溪县法治建设年度情况"]))[0] == "柏溪县法治建设年度情况"
    assert title_candidates(Cleaned(head_lines=["工作报告"])) == ["工作报告"]


def test_a_title_that_a_tag_declares_may_look_like_a_heading() -> None:
    declared = Cleaned(is_html=True, meta={"articletitle": "一、机构职能"})
    assert title_candidates(declared) == ["一、机构职能"]
