"""The clean room as a whole: the edges of the body, what is handed on, and that every change can be replayed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.clean import Cleaned
from pipelines.model import BlockKind
from pipelines.trace import apply_edits, undo_edits
from tests.clean.reading import read_page

A = "2019年，全县各级行政机关认真贯彻落实政府信息公开条例，主动公开政府信息1234条，接受社会监督。"
B = "全年收到政府信息公开申请22件，均在法定期限内答复，未发生因政府信息公开引起的行政复议和行政诉讼。"
BODY = f"<p>{A}</p><p>{B}</p>"
TEXT = f"{A}\n{B}"


def _inside(tail: str) -> Cleaned:
    return read_page(f"<body><div id='zoom'>{BODY}{tail}</div></body>")


DROPPED_TAILS = {
    "related links": "<p>相关链接：</p><p><a href='/1.html'>关于召开会议的通知</a></p><p><a href='/2.html'>工作动态</a></p>",
    "a list of links with headings inside": "<h4>重点推荐</h4><p><a href='/1.html'>关于召开会议的通知</a></p><p>行业动态</p><p><a href='/2.html'>工作动态</a></p>",
    "credits": "<p>（责任编辑：李某）</p>",
    "a share bar": "<p>分享到：<a href='#'>微信</a></p>",
    "print and close": "<p>【打印本页】【关闭窗口】</p>",
    "previous and next": "<p>上一篇：<a href='/1.html'>通知</a></p><p>下一篇：没有了</p>",
    "a reservation": "<p>版权声明</p><p>凡本网注明“来源：本网”的所有作品，版权均属于本网，转载请注明出处。</p>",
    "a QR code": "<p>扫一扫在手机打开当前页</p>",
    "the foot": "<p>主办单位：某某县人民政府办公室</p>",
}
KEPT_TAILS = {
    "a signature": "<p>某某县教育局</p><p>2020年1月8日</p>",
    "a contact": "<p>联系电话：0478-8200000</p>",
    "a short last section": "<p>六、其他需要报告的事项</p><p>无。</p>",
    "a remark in brackets": "<p>（此件公开发布）</p>",
    "a table": "<table><tr><td>规章</td><td>0</td></tr><tr><td>规范性文件</td><td>3</td></tr></table>",
    "a sentence that links the law": "<p>本报告依据<a href='/tiaoli.html'>条例</a>编制。</p>",
}


@pytest.mark.parametrize("what", DROPPED_TAILS)
def test_the_pages_tail_inside_the_container_is_dropped(what: str) -> None:
    assert _inside(DROPPED_TAILS[what]).main_text == TEXT


@pytest.mark.parametrize("what", KEPT_TAILS)
def test_the_reports_own_end_is_kept(what: str) -> None:
    kept = _inside(KEPT_TAILS[what]).main_text
    assert kept.startswith(TEXT + "\n")
    assert len(kept) > len(TEXT) + 2


def test_a_signature_before_related_links_is_kept() -> None:
    page = _inside(
        "<p>某某县教育局</p><p>2020年1月8日</p><p>相关链接</p><p><a href='/1.html'>关于召开会议的通知</a></p>"
    )
    assert page.main_text == f"{TEXT}\n某某县教育局\n2020年1月8日"


def test_title_and_bar_inside_the_container_belong_to_the_page() -> None:
    page = read_page(
        f"<body><div id='zoom'><h2>某某县教育局年度报告</h2><p>发布时间：2020-01-08　来源：某某县教育局</p>{BODY}</div></body>"
    )
    assert page.main_text == TEXT
    assert "某某县教育局年度报告" in page.head_lines


def test_a_body_that_begins_with_its_title_keeps_it() -> None:
    page = read_page(f"<body><h1>年度报告</h1><div id='zoom'><p>某某县教育局年度报告</p>{BODY}</div></body>")
    assert page.main_text == f"某某县教育局年度报告\n{TEXT}"


def test_lists_captions_and_headings_are_blocks_of_their_kind() -> None:
    page = _inside(
        "<h3>一、情况</h3><ul><li>第一项，已经完成。</li></ul><table><caption>表一</caption><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>"
    )
    kinds = [block.kind for block in page.members[0].blocks]
    assert kinds[2:] == [BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.CAPTION, BlockKind.TABLE]


def test_blocks_stand_where_they_say() -> None:
    member = _inside("<p>某某县教育局</p>").members[0]
    assert [member.text[block.start : block.end] for block in member.blocks] == [block.text for block in member.blocks]


def test_page_numbers_leave_the_sentence_and_the_trace() -> None:
    page = _inside("<p>进一步—2—完善制度，提高水平。</p>")
    assert page.main_text.endswith("进一步完善制度，提高水平。")
    assert [edit.removed for edit in page.edits if edit.rule == "page_number"] == ["—2—"]


def test_an_attachment_under_the_body_is_noted() -> None:
    page = _inside("<p>附件：<a href='./P02020.pdf'>年度报告.pdf</a></p><p><a href='http://[x.doc'>坏</a></p>")
    assert [item.url for item in page.attachments] == ["http://www.example.cn/zwgk/P02020.pdf"]


SHELLS = {
    "an application's empty root": ("<div id='app'></div><script src='a.js'></script>", "script_rendered_page"),
    "a configuration": ("<script>window._CONFIG = {SID:'755041'}</script>", "script_rendered_page"),
    "a plea for scripts": (
        "<noscript>Please enable JavaScript.</noscript><div class='q'></div>",
        "script_rendered_page",
    ),
    "frames of the own host": ("<iframe src='/gk/nr.jsp'></iframe>", "framed_page"),
}


@pytest.mark.parametrize("what", SHELLS)
def test_a_shell_is_a_finding(what: str) -> None:
    source, code = SHELLS[what]
    page = read_page(f"<html><head><title>某某县</title></head><body>{source}</body></html>")
    assert [finding.code for finding in page.findings] == [code]
    assert page.main_text == ""


def test_a_frameset_names_the_pages_of_its_own_host() -> None:
    page = read_page("<html><frameset><frame src='top.html'><frame src='http://other.example/x'></frameset></html>")
    assert page.frames == ["http://www.example.cn/zwgk/top.html"]
    assert page.findings[0].code == "framed_page"


def test_a_video_frame_beside_an_article_is_no_finding() -> None:
    page = _inside("<iframe src='http://video.example/1'></iframe><script>$.ajax({url:'/count'})</script>")
    assert (page.findings, page.frames) == ([], [])


_PIECES = st.sampled_from(
    [
        f"<p>{A}</p>",
        f"<p>{B}</p>",
        "<p>一是—3—公开，二是监督。</p>",
        "<p>相关链接：</p>",
        "<p>发布时间：2020-01-08　来源：某某局</p>",
        "<div style='display:none'><p>藏着的话。</p></div>",
        "<ul><li><a href='/1.html'>通知公告</a></li></ul>",
        "<table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>",
        "<h1>某某县年度报告</h1>",
        "<p>第一篇：某某局总结</p>",
        "<p>第二篇：某某镇总结</p>",
        "<div class='TRS_Editor'>",
        "</div>",
        "<p>首页 > 政务公开 > 年报</p>",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECES, max_size=24).map("".join))
def test_every_change_can_be_replayed_and_undone(source: str) -> None:
    page = read_page(f"<html><body>{source}</body></html>")
    lines = [edit for edit in page.edits if edit.stage == "clean"]
    assert apply_edits(page.readable_text, lines) == page.main_text
    assert undo_edits(page.main_text, lines) == page.readable_text
