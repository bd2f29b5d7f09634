"""What goes wrong on real pages, one trap at a time; each changes the article, its markup, or the finished page."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from tests.pagegen import markup
from tests.pagegen.articles import Article
from tests.pagegen.markup import BodyMarkup

_STYLE = "<style>.TRS_Editor P{line-height:2;font-family:宋体;font-size:12pt;} .a1{color:red}</style>"
_PROSE_MENU = (
    '<div class="mega"><div class="panel"><p>县人民政府办公室负责县政府会议的准备工作，协助县政府领导同志组织会议决定事项的实施，督促检查各乡镇、各部门对县政府决定的执行情况。</p>'
    "<p>请问城乡居民医疗保险什么时候开始缴费？</p><p>您好，缴费时间为每年九月至十二月，请留意公告。</p>"
    '<p><a href="/ld/1.html">县长：主持县政府全面工作，负责审计方面的工作。</a></p></div></div>'
)
_HIDDEN_SPAM = (
    '<div style="display:none"><p>澳门皇冠体育，欧洲杯买球平台，欢迎注册下载官方应用。</p></div>'
    '<div style="position:absolute;left:-9999px"><a href="http://spam.example/">老虎机</a><a href="http://spam.example/2">百家乐</a></div>'
)
_DISCLAIMER = (
    '<div class="bqsm"><p>版权声明</p><p>1.凡本网注明“来源：本网”的所有作品，版权均属于本网，未经授权不得转载、摘编。</p>'
    "<p>2.凡本网注明“来源：其他”的作品，均转载自其他媒体，转载目的在于传递更多信息，并不代表本网赞同其观点。</p></div>"
)
_RELATED = (
    '<div class="rel"><p>相关阅读</p><p><a href="/a1.html">临河县举办政务公开业务培训班</a></p><p><a href="/a2.html">全县政务公开工作推进会召开</a></p>'
    '<p>更多内容</p><p><a href="/a3.html">关于公布行政规范性文件目录的公告</a></p></div>'
)
_COMMENTS = (
    '<div class="comment-list"><h4>网友评论</h4>'
    + "".join(
        f'<div class="item"><span>网友{n} 2021-03-0{n}</span><p>这个事情我想说两句，去年冬天村里修路的时候，大家都很高兴，希望今年能继续修下去。</p><a href="#r{n}">回复</a></div>'
        for n in range(1, 7)
    )
    + "</div>"
)
_DATED_LINKS = (
    '<div class="box"><h3>最新动态</h3><ul>'
    + "".join(
        f'<li><a href="/d{n}.html">临河县召开第{n}次政务公开工作联席会议并部署下一阶段任务</a><span>2021-04-0{n}</span></li>'
        for n in range(1, 9)
    )
    + "</ul></div>"
)
_TOOLS = '<div class="tool"><p>扫一扫在手机打开当前页</p><p><a href="#p">打印</a> | <a href="#c">关闭</a></p></div>'
_TEASERS = '<div class="view"><p>县长主持召开会议，研究部署近期重点工作。</p></div><div class="content_box"><a href="/t.html">专题：优化营商环境</a></div>'
_BASE64 = f'<p><img src="data:image/png;base64,{"iVBORw0KGgoAAAANSUhEUgAA" * 6000}"></p>'


@dataclass(frozen=True, slots=True)
class Trap:
    """A fault: `alter` the article, write its body with `body`, add to the container, change the page's source."""

    name: str
    alter: Callable[[Article], Article] = lambda article: article
    body: BodyMarkup = markup.paragraphs
    before_body: str = ""
    behind_body: str = ""
    around: Callable[[str], str] = lambda page: page


def _with_page_numbers(article: Article) -> str:
    """Page numbers of the printed report stand in every second sentence."""
    count = iter(range(1, 1000))
    return re.sub(
        r"(?<=[\u4e00-\u9fff])，(?=[\u4e00-\u9fff])", lambda _: f"，—{next(count)}—", markup.paragraphs(article)
    )


def _with_title_and_bar(article: Article) -> str:
    """The editor pasted title and information bar into the body's own container."""
    return (
        f'<h2 class="t">{article.title}</h2><div class="bar">发布时间：{article.published_on}　来源：{article.agency}　字号：[大 中 小]</div>'
        + markup.paragraphs(article)
    )


def _in_body(addition: str) -> Callable[[str], str]:
    return lambda page: re.sub(r"(<body[^>]*>)", lambda match: match[1] + addition, page, count=1, flags=re.IGNORECASE)


def _at_end(addition: str) -> Callable[[str], str]:
    return lambda page: re.sub(r"</body>", lambda _: addition + "</body>", page, count=1, flags=re.IGNORECASE)


def _in_head(addition: str) -> Callable[[str], str]:
    return lambda page: page.replace("</head>", addition + "</head>", 1)


def _mobile_copy(article: Article) -> str:
    """The body twice: for wide screens, and for small ones under a rule of the page's own sheet."""
    body = markup.paragraphs(article)
    return f'<div class="pc">{body}</div><div class="wap-only">{body}</div>'


def _visible_copy(article: Article) -> str:
    body = markup.paragraphs(article)
    return f'<div class="hidden-xs">{body}</div><div class="visible-xs">{body}</div>'


TRAPS: tuple[Trap, ...] = (
    Trap("plain"),
    Trap("breaks in one paragraph", body=markup.breaks),
    Trap("word export", body=markup.word_export),
    Trap("bare divs", body=markup.bare_divs),
    Trap("sections", body=markup.sections),
    Trap("layout table", body=markup.layout_table),
    Trap("three lines", alter=Article.three_lines),
    Trap("one table", alter=Article.one_table),
    Trap(
        "included header closes html",
        around=_in_body("<html><head><title>头部</title></head><body><div>欢迎您</div></body></html>"),
    ),
    Trap("two bodies", around=_in_body('<div>今天是</div></body><body class="second">')),
    Trap("hidden mobile copy", body=_mobile_copy, around=_in_head("<style>.wap-only{display:none}</style>")),
    Trap("visible mobile copy", body=_visible_copy),
    Trap(
        "template and noscript",
        behind_body="<template><p>模板中的文字，不应出现在正文里。</p></template><noscript>您的浏览器不支持脚本，请开启后再浏览本页面。</noscript>",
    ),
    Trap(
        "style in container", before_body=_STYLE, behind_body="<script>var a='正文之外的脚本文字，不是正文。';</script>"
    ),
    Trap("base64 picture", before_body=_BASE64),
    Trap("hidden spam", before_body=_HIDDEN_SPAM, around=_at_end(_HIDDEN_SPAM)),
    Trap("prose in the menu", around=_in_body(_PROSE_MENU)),
    Trap("disclaimer", around=_at_end(_DISCLAIMER)),
    Trap("related links in container", behind_body=_RELATED),
    Trap("page numbers in sentences", body=_with_page_numbers),
    Trap(
        "credits in container",
        behind_body="<p>（责任编辑：李某）</p><p>分享到： <a href='#'>微信</a> <a href='#'>微博</a></p><p>【打印本页】【关闭窗口】</p>",
    ),
    Trap("unclosed anchor", before_body='<a name="top">'),
    Trap("bare lines", body=markup.bare_lines),
    Trap("list items", body=markup.list_items),
    Trap("linked terms", body=markup.linked_terms),
    Trap("headings", body=markup.headings),
    Trap("title and bar in container", body=_with_title_and_bar),
    Trap("three lines before long comments", alter=Article.three_lines, around=_at_end(_COMMENTS)),
    Trap("three lines among dated links", alter=Article.three_lines, around=_at_end(_DATED_LINKS)),
    Trap("qr code and tools in container", before_body=_TOOLS, behind_body=_TOOLS),
    Trap("unclosed link", behind_body='<p><a href="/more.html">返回目录'),
    Trap("teasers in known containers", around=_in_body(_TEASERS)),
    Trap(
        "print sheet",
        around=_in_head(
            "<style>@media print{.article,.TRS_Editor,#zoom,.q4,.doc{display:none} .menu{display:none}}</style>"
        ),
    ),
)
