"""Markup becomes lines as a reader sees them, however broken it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.clean.markup import paragraph_text, read_html
from pipelines.model import BlockKind

LINES = {
    "paragraphs": ("<p>甲</p><p>乙</p>", ["甲", "乙"]),
    "breaks": ("<p>甲<br>乙<br/>丙</p>", ["甲", "乙", "丙"]),
    "text straight in the body": ("甲<p>乙</p>丙", ["甲", "乙", "丙"]),
    "a span a character": ("<p><span>政</span><span>府</span><b>信</b>息</p>", ["政府信息"]),
    "ideographic indents and entities": ("<p>　　&nbsp;政府&emsp;信息</p>", ["政府 信息"]),
    "the source's own line ends": ("<p>政府\n   信息公开\r\n工作</p>", ["政府信息公开工作"]),
    "line ends between Latin words": ("<p>open\ngovernment</p>", ["open government"]),
    "cells of a layout table": ("<table><tr><td>甲</td></tr></table>", ["甲"]),
    "definition lists": ("<dl><dt>甲</dt><dd>乙</dd></dl>", ["甲", "乙"]),
    "scripts, styles and comments": ("<p>甲<script>x</script><style>y</style><!--z--></p>", ["甲"]),
    "form controls": ("<p>甲<select><option>乙</option></select><textarea>丙</textarea></p>", ["甲"]),
    "a template": ("<p>甲</p><template><p>乙</p></template>", ["甲"]),
    "a link inside a sentence": ("<p>见<a href='/x'>条例</a>。</p>", ["见条例。"]),
    "a link over two blocks": ("<a href='/x'><div>甲</div><div>乙</div></a>", ["甲乙"]),
    "digits in inline elements": ("<p>20<b>19</b>年</p>", ["2019年"]),
    "digits in a link": ("<p><a href='/x'>20<b>19</b>年</a></p>", ["2019年"]),
    "html closed in the middle": ("<p>甲</p></body></html><p>乙</p>", ["甲", "乙"]),
    "a second page inside": ("<html><body><p>甲</p></body></html><html><body><p>乙</p></body></html>", ["甲", "乙"]),
    "a second body": ("<p>甲</p><body class=x><p>乙</p></body>", ["甲", "乙"]),
    "stray end tags": ("</div></td><p>甲</span></p></table>乙", ["甲", "乙"]),
    "an anchor nobody closed": ("<a name='top'><p>甲</p><p>乙</p>", ["甲", "乙"]),
    "tags nobody knows": ("<ucapcontent><p>甲</p></ucapcontent><st1:chsdate>乙</st1:chsdate>", ["甲", "乙"]),
    "Word's conditional comments": ("<p>甲<!--[if gte mso 9]><xml>x</xml><![endif]--><o:p></o:p></p>", ["甲"]),
}


@pytest.mark.parametrize("what", LINES)
def test_lines(what: str) -> None:
    source, lines = LINES[what]
    assert [line.text for line in read_html(f"<body>{source}").lines if not line.hidden] == lines


def test_a_link_that_swallows_the_article_is_no_link() -> None:
    prose = "全县主动公开政府信息，接受社会监督。" * 40
    (line,) = read_html(f"<body><p><a href='/x'>{prose}</p></body>").lines
    assert (line.text, line.linked) == (prose, 0)


def test_linked_characters_are_counted() -> None:
    (line,) = read_html("<body><p>根据<a href='/x'>条例</a>编制</p></body>").lines
    assert (line.linked, line.is_links, [link.text for link in line.links]) == (2, False, ["条例"])


def test_kinds_of_lines() -> None:
    kinds = [line.kind for line in read_html("<body><h2>标题</h2><ul><li>一项</li></ul><p>一段</p></body>").lines]
    assert kinds == [BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.PARAGRAPH]


def test_the_head_is_read() -> None:
    document = read_html(
        "<head><title> 某某县 年报 </title><meta name='PubDate' content='2020-01-02'><base href='/a/'></head><body>"
        "<div><title></title></div></body>"
    )
    assert (document.head_title, document.meta["pubdate"], document.base_url) == ("某某县 年报", "2020-01-02", "/a/")


def test_frames_are_noted() -> None:
    document = read_html("<frameset><frame src='a.html'><frame src='b.html'><noframes>请升级</noframes></frameset>")
    assert (document.frames, document.is_frameset, document.lines) == (["a.html", "b.html"], True, [])


def test_elements_hold_their_lines() -> None:
    document = read_html("<body><div id='top'>甲</div><div id='zoom'><p>乙</p><span id='in'>丙</span></div></body>")
    ranges = {element.names: (element.first, element.last) for element in document.elements if element.names}
    assert ranges == {("top",): (0, 1), ("zoom",): (1, 3), ("in",): (2, 3)}


def test_an_empty_inline_container_reaches_no_line() -> None:
    document = read_html("<body><p>甲</p><span id='s'> </span></body>")
    assert all(element.last <= len(document.lines) for element in document.elements)


@pytest.mark.parametrize(
    ("text", "read"),
    [("甲 \n 乙", "甲乙"), ("a \n b", "a b"), ("1\n2", "1 2"), ("  甲　乙 ", "甲 乙"), ("", ""), (" \n ", "")],
)
def test_white_space_is_folded(text: str, read: str) -> None:
    assert paragraph_text(text) == read


_TAGS = st.sampled_from(
    "<p> </p> <div> </div> <a href=x> </a> <table> <tr> <td> </table> <br> <span id=a> </span> <li> 甲。 & <!-- --> <style> </body>".split()
)


@settings(max_examples=200, deadline=None)
@given(st.lists(_TAGS, max_size=40).map("".join))
def test_any_soup_gives_lines_inside_their_elements(source: str) -> None:
    document = read_html(source)
    for element in document.elements:
        assert 0 <= element.first <= element.last <= len(document.lines)
