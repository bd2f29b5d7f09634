"""What the page hides is dropped with its reason; what a script or a narrow screen would show is not."""

from __future__ import annotations

import pytest

from tests.clean.reading import read_page

BODY = (
    "<div class='TRS_Editor'><p>2019年，全县主动公开政府信息1234条，较上年增长百分之八，政务公开取得新成效。</p></div>"
)
SECRET = "这句话读者看不见，是藏在页面里的内容。"

HIDDEN = {
    "display": ("", "<div style='display:none'>{}</div>"),
    "display in capitals": ("", "<div style='DISPLAY: NONE'>{}</div>"),
    "visibility": ("", "<div style='visibility: hidden'>{}</div>"),
    "far to the left": ("", "<div style='position:absolute;left:-9999px'>{}</div>"),
    "indented away": ("", "<p style='text-indent:-999em'>{}</p>"),
    "no size": ("", "<p style='font-size:0'>{}</p>"),
    "no height": ("", "<div style='height:0;overflow:hidden'>{}</div>"),
    "transparent": ("", "<div style='opacity:0'>{}</div>"),
    "attribute": ("", "<div hidden>{}</div>"),
    "inline element": ("", "<p>甲<span style='display:none'>{}</span></p>"),
    "class": ("<style>.x1{{display:none}}</style>", "<div class='a x1'>{}</div>"),
    "id": ("<style>#x1 , #x2{{display : none}}</style>", "<div id='x2'>{}</div>"),
    "after a charset statement": ('<style>@charset "UTF-8";.x1{{display:none}}</style>', "<div class='x1'>{}</div>"),
    "after a media block": (
        "<style>@media print{{.a{{color:red}}}} .x1{{display:none}}</style>",
        "<div class='x1'>{}</div>",
    ),
    "noscript": ("", "<noscript>{}</noscript>"),
    "template": ("", "<template><p>{}</p></template>"),
}
SHOWN = {
    "one pixel of border": ("", "<div style='border-width:10px'>{}</div>"),
    "a height": ("", "<div style='height:100px;width:10px'>{}</div>"),
    "a small indent": ("", "<p style='text-indent:-2em'>{}</p>"),
    "a margin of nothing": ("", "<div style='margin:0;padding:0'>{}</div>"),
    "half transparent": ("", "<div style='opacity:0.5'>{}</div>"),
    "hidden on paper": ("<style>@media print{{.x1{{display:none}}}}</style>", "<div class='x1'>{}</div>"),
    "a print sheet": ("<style media='print'>.x1{{display:none}}</style>", "<div class='x1'>{}</div>"),
    "hidden on narrow screens": (
        "<style>@media (max-width:768px){{.b{{color:red}} .x1{{display:none}}}}</style>",
        "<div class='x1'>{}</div>",
    ),
    "shown again by a later rule": (
        "<style>.x1{{display:none}} .x1{{display:block}}</style>",
        "<div class='x1'>{}</div>",
    ),
    "opened by a script": ("<style>.x1{{display:none}}</style>", "<div class='x1' style='display: block'>{}</div>"),
    "a rule for something inside": ("<style>.x1 .tip{{display:none}}</style>", "<div class='x1'>{}</div>"),
    "a rule for a state": ("<style>.x1:empty{{display:none}}</style>", "<div class='x1'>{}</div>"),
    "a comment": ("<style>/* .x1{{display:none}} */</style>", "<div class='x1'>{}</div>"),
}


def _page(head: str, hidden: str) -> str:
    return f"<html><head>{head.format()}</head><body><div class='TRS_Editor'>{BODY}{hidden.format(SECRET)}</div></body></html>"


@pytest.mark.parametrize("how", HIDDEN)
def test_hidden_text_leaves_the_page(how: str) -> None:
    page = read_page(_page(*HIDDEN[how]))
    assert SECRET not in page.main_text
    assert "1234条" in page.main_text


@pytest.mark.parametrize("how", SHOWN)
def test_shown_text_stays(how: str) -> None:
    assert SECRET in read_page(_page(*SHOWN[how])).main_text


def test_the_reason_is_told() -> None:
    page = read_page(_page("", "<div style='display:none'>{}</div>"))
    assert [edit.rule for edit in page.edits if SECRET in edit.removed] == ["hidden_inline_style"]


def test_a_page_that_hides_itself_until_it_is_loaded_is_read() -> None:
    assert "1234条" in read_page(f"<html><body style='visibility:hidden'>{BODY}</body></html>").main_text


LONG = "<p>2019年，全县各级行政机关认真贯彻落实政府信息公开条例，主动公开政府信息，接受社会监督。</p>" * 6


def test_an_article_that_only_a_script_shows_is_read() -> None:
    page = read_page(
        f"<body><ul><li><a href='/'>首页</a></li></ul><div id='zoom' style='display:none'>{LONG}</div></body>"
    )
    assert "接受社会监督" in page.main_text


def test_a_hidden_article_beside_a_shown_one_stays_hidden() -> None:
    page = read_page(f"<body>{BODY * 3}<div id='zoom' style='display:none'>{LONG[:120]}</div></body>")
    assert "接受社会监督" not in page.main_text
