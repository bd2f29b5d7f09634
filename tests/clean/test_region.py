"""The main content: known containers are preferred, the text decides, and the choice is explained."""

from __future__ import annotations

import pytest

from tests.clean.reading import read_page

A = "2019年，全县各级行政机关认真贯彻落实政府信息公开条例，主动公开政府信息1234条，接受社会监督。"
B = "全年收到政府信息公开申请22件，均在法定期限内答复，未发生因政府信息公开引起的行政复议和行政诉讼。"
C = "下一步，将进一步加强队伍建设，完善工作机制，提高政府信息公开的质量和水平，不断满足群众的需要。"
ARTICLE = f"<p>{A}</p><p>{B}</p><p>{C}</p>"
TEXT = "\n".join((A, B, C))
MENU = "".join(f"<li><a href='/{n}/'>栏目{n}</a></li>" for n in range(12))
FOOT = "<p>主办单位：某某县人民政府办公室</p><p>网站标识码：1508020001　蒙ICP备05001234号</p>"
NOTICE = "本网站已支持IPv6访问，建议您使用最新版浏览器访问，以获得更好的浏览体验，欢迎提出宝贵意见。"


def _text(body: str, head: str = "") -> str:
    return read_page(f"<html><head>{head}</head><body>{body}</body></html>").main_text


@pytest.mark.parametrize(
    "container",
    [
        "<div class='TRS_Editor'>{}</div>",
        "<div id='zoom'>{}</div>",
        "<td id='UCAP-CONTENT'>{}</td>",
        "<ucapcontent>{}</ucapcontent>",
        "<div class='news_cont'>{}</div>",
        "<div class='j-fontContent'>{}</div>",
        "<div id='vsb_content_501'>{}</div>",
        "<div class='wp_articlecontent'>{}</div>",
        "<div id='fontzoom'>{}</div>",
        "<div id='ivs_content'>{}</div>",
        "<span id='Zoom'>{}</span>",
        "<div class='nobody-knows-this'>{}</div>",
        "<div>{}</div>",
        "<article>{}</article>",
    ],
)
def test_the_body_is_found_in_every_container(container: str) -> None:
    inner = container.format(ARTICLE)
    table = f"<table><tr>{inner}</tr></table>" if inner.startswith("<td") else inner
    assert _text(f"<ul>{MENU}</ul><h1>某某县年度报告</h1>{table}<div>{FOOT}</div>") == TEXT


def test_a_known_name_on_a_teaser_does_not_win() -> None:
    teaser = "<div class='view'><p>县长主持召开会议，部署近期工作。</p></div>"
    page = f"{teaser}<ul>{MENU}</ul><div><h1>某某县工作情况通报</h1><div class='x'>{ARTICLE}</div></div>"
    assert _text(page, "<title>某某县工作情况通报_某某县政府网</title>") == TEXT


def test_parts_under_one_roof_stay_together() -> None:
    parts = f"<div class='s1'><p>{A}</p></div><div class='s2'><p>{B}</p></div><div class='s3'><p>{C}</p></div>"
    assert _text(f"<ul>{MENU}</ul><div class='roof'>{parts}</div><div>{FOOT}</div>") == TEXT


@pytest.mark.parametrize("name", ["comment-list", "sidebar", "footer", "related_box", "share"])
def test_prose_beside_the_body_weighs_little(name: str) -> None:
    assert (
        _text(f"<div class='x'>{ARTICLE}</div><div class='{name}'><p>{NOTICE}</p><p>{NOTICE[::-1]}</p></div>") == TEXT
    )


@pytest.mark.parametrize("name", ["footer-fixed", "nav-page", "share"])
def test_a_template_that_calls_the_whole_page_so_is_read(name: str) -> None:
    assert _text(f"<div class='{name}'><div>{ARTICLE}</div></div>") == TEXT


@pytest.mark.parametrize("name", ["sharecontent", "navigator7", "comments4u", "footnote"])
def test_a_name_that_only_contains_such_a_word_is_no_chrome(name: str) -> None:
    page = _text(f"<div><div class='a'><p>{A}</p><p>{B}</p></div><div class='{name}'><p>{C}</p></div></div>")
    assert C in page


def test_prose_before_the_title_weighs_little() -> None:
    before = "".join(f"<p>职责{n}：{NOTICE}</p>" for n in range(3))
    page = (
        f"<div class='mega'>{before}</div><div class='c'><h1>某某县二〇一九年工作情况通报</h1>"
        f"<p>来源：某某县　发布时间：2020-01-05</p><div class='d'>{ARTICLE}</div></div>"
    )
    assert _text(page, "<title>某某县二〇一九年工作情况通报_某某县政府网</title>") == TEXT


def test_the_body_may_be_one_table() -> None:
    table = "<table><tr><td>序号</td><td>当事人名称</td></tr><tr><td>1</td><td>某某公司</td></tr></table>"
    assert _text(f"<ul>{MENU}</ul><div class='x'>{table}</div><div>{FOOT}</div>") == "序号\t当事人名称\n1\t某某公司"


def test_the_body_may_be_three_lines() -> None:
    lines = "<p>本年度未收到政府信息公开申请。</p><p>特此报告。</p><p>某某镇人民政府</p>"
    assert _text(f"<ul>{MENU}</ul><div class='x'>{lines}</div><div>{FOOT}</div>").count("\n") == 2


def test_the_article_printed_twice_is_read_once() -> None:
    for wrapper in ("<div class='pc'>{0}</div><div class='wap'>{0}</div>", "<div id='zoom'>{0}{0}</div>"):
        assert _text(wrapper.format(ARTICLE)) == TEXT


def test_a_sentence_repeated_in_a_report_stays() -> None:
    assert _text(f"<div id='zoom'><p>{A}</p><p>{B}</p><p>{A}</p><p>{C}</p></div>").count(A) == 2


def test_a_page_without_prose_has_no_main_text() -> None:
    head = "<table><tr><td>索引号：</td><td>014416330/2018-04736</td></tr><tr><td>发布机构：</td><td>某某局</td></tr></table>"
    assert _text(f"<ul>{MENU}</ul>{head}<div>{FOOT}</div>") == ""


def test_the_choice_is_explained() -> None:
    known = read_page(f"<body><ul>{MENU}</ul><div class='TRS_Editor'>{ARTICLE}</div></body>").main_reason
    unknown = read_page(f"<body><ul>{MENU}</ul><div class='q7'>{ARTICLE}</div></body>").main_reason
    assert known == "known container trs_editor, 100% of the page's prose; the densest element agrees"
    assert unknown == "densest element div.q7, 100% of the page's prose"
