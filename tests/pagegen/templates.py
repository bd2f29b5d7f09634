"""Portal templates: where each family of systems puts title, information block, body and what stands around them.

A template takes an article and the markup of its body. Containers are those of the families; the last three have
names that nobody knows.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from tests.pagegen.articles import Article

Template = Callable[[Article, str], str]

_MENU = (
    "首页",
    "走进临河",
    "新闻中心",
    "政务公开",
    "办事服务",
    "互动交流",
    "数据开放",
    "专题专栏",
    "通知公告",
    "县长信箱",
)
_SIDE = (
    ("关于召开全县安全生产工作电视电话会议的通知", "2021-03-04"),
    ("关于做好春季农业生产工作的通知", "2021-03-02"),
    ("县人民政府关于表彰先进集体的决定", "2021-02-26"),
    ("关于开展农村人居环境整治的公告", "2021-02-20"),
    ("临河县第十七届人民代表大会会议公告", "2021-02-18"),
)


def menu() -> str:
    return "".join(f'<li><a href="/c{n}/index.html">{word}</a></li>' for n, word in enumerate(_MENU))


def side() -> str:
    return "".join(
        f'<li><a href="/n{n}.html" title="{title}">{title}</a><span>{date}</span></li>'
        for n, (title, date) in enumerate(_SIDE)
    )


def footer() -> str:
    return (
        "<p>主办单位：临河县人民政府办公室　承办单位：临河县大数据中心</p>"
        "<p>网站标识码：1508020001　蒙ICP备05001234号　蒙公网安备15080202000123号</p>"
        "<p>地址：临河县建设路1号　联系电话：0478-8200000</p><p>建议使用1024×768分辨率浏览本网站，技术支持：某某公司。</p>"
    )


def head(article: Article, *, meta: bool = True, site: str = "临河县人民政府门户网站", title: bool = True) -> str:
    tags = (
        f'<meta name="ArticleTitle" content="{escape(article.title)}"><meta name="PubDate" content="{article.published_on} 09:30">'
        f'<meta name="ContentSource" content="{article.agency}">'
        if meta
        else ""
    )
    shown = f"{escape(article.title)}_{site}" if title else site
    return f'<head><meta charset="utf-8"><meta name="SiteName" content="{site}">{tags}<title>{shown}</title></head>'


def trs(article: Article, body: str) -> str:
    """拓尔思: meta tags, breadcrumb, information bar, TRS_Editor."""
    return (
        f'<!DOCTYPE html><html>{head(article)}<body><div class="header"><ul class="nav">{menu()}</ul></div>'
        '<div class="main"><div class="crumbs">当前位置：<a href="/">首页</a>&gt;<a href="/zwgk/">政务公开</a>&gt;年报</div>'
        f'<h1 class="article-title">{escape(article.title)}</h1><div class="info"><span>发布时间：{article.published_on} 09:30</span>'
        f'<span>来源：{article.agency}</span><span>字体：[大 中 小]</span></div><div class="article"><div class="TRS_Editor">{body}</div></div>'
        '<div class="share">分享到：<a href="#">微信</a><a href="#">微博</a></div><div class="fj"><p>相关链接：</p>'
        f'<ul>{side()}</ul></div></div><div class="footer">{footer()}</div></body></html>'
    )


def hanweb(article: Article, body: str) -> str:
    """大汉: table layout around #zoom, comments as markers, index table."""
    return (
        f'<html>{head(article)}<body><div id="top"><ul>{menu()}</ul></div><table class="xxgk_table"><tr><td>索 引 号</td><td>{article.index_no}</td>'
        f"<td>发布机构</td><td>{article.agency}</td></tr><tr><td>发布日期</td><td>{article.published_on}</td><td>文　　号</td><td>{article.doc_no}</td></tr></table>"
        f'<table width="1000" align="center"><tr><td class="title">{escape(article.title)}</td></tr><tr><td>信息来源： {article.agency}　发布日期：{article.published_on}　浏览次数：<script>document.write(1)</script>次</td></tr>'
        f'<tr><td class="bt_content"><div id="zoom"><!--ZJEG_RSS.content.begin-->{body}<!--ZJEG_RSS.content.end--></div></td></tr>'
        '<tr><td><a href="javascript:window.print()">打印本页</a>　<a href="javascript:window.close()">关闭窗口</a></td></tr></table>'
        f'<div class="bottom">{footer()}<p>Produced By 大汉网络 大汉版通发布系统</p></div></body></html>'
    )


def ucap(article: Article, body: str) -> str:
    """开普: td#UCAP-CONTENT beside a table of the policy library, title outside."""
    return (
        f'<html>{head(article)}<body><div class="navbar"><ul>{menu()}</ul></div><table class="bd1"><tr><td><b>索 引 号：</b></td><td>{article.index_no}</td>'
        f"<td><b>主题分类：</b></td><td>综合政务</td></tr><tr><td><b>发文机关：</b></td><td>{article.agency}</td><td><b>发布日期：</b></td><td>{article.published_on}</td></tr>"
        f"<tr><td><b>发文字号：</b></td><td>{article.doc_no}</td><td><b>主 题 词：</b></td><td></td></tr></table>"
        f'<div class="pages-title">{escape(article.title)}</div><table><tr><td id="UCAP-CONTENT" class="b12c">{body}</td></tr></table>'
        f'<div class="editor">责任编辑：王某</div><div class="ewm">扫一扫在手机打开当前页</div><div class="foot">{footer()}</div></body></html>'
    )


def gkmlpt(article: Article, body: str) -> str:
    """广东集约化: label list, content box with the title inside the wrapper."""
    return (
        f'<html>{head(article, meta=False)}<body><div class="nav">{menu()}</div><div class="classify"><ul><li><span>索 引 号：</span><span>{article.index_no}</span></li>'
        f"<li><span>分　　类：</span><span>政务公开</span></li><li><span>发布机构：</span><span>{article.agency}</span></li><li><span>发布日期：</span><span>{article.published_on}</span></li></ul></div>"
        f'<div class="content"><h1 class="title">{escape(article.title)}</h1><div class="article-content">{body}</div></div>'
        f'<div class="prevnext"><p>上一篇：<a href="/1.html">关于印发工作要点的通知</a></p><p>下一篇：<a href="/2.html">政府信息公开指南</a></p></div><div class="footer">{footer()}</div></body></html>'
    )


def lonsun(article: Article, body: str) -> str:
    """龙讯: a table of th and td, j-fontContent."""
    return (
        f'<html>{head(article)}<body><div class="menu">{menu()}</div><table class="xxgk_table"><tbody><tr><th>索引号：</th><td>{article.index_no}</td><th>组配分类：</th><td>政府信息公开年报</td></tr>'
        f"<tr><th>发布机构：</th><td>{article.agency}</td><th>发文日期：</th><td>{article.published_on}</td></tr><tr><th>文号：</th><td>{article.doc_no}</td><th>有效性：</th><td>有效</td></tr></tbody></table>"
        f'<h1 class="newstitle">{escape(article.title)}</h1><div class="gkwz_info">作者：{article.agency}　发布时间：{article.published_on} 16:20　浏览：<span>35</span>次</div>'
        f'<div class="j-fontContent wzcon">{body}</div><div class="page-tools"><span>【打印】</span><span>【关闭】</span></div><div class="foot">{footer()}</div></body></html>'
    )


def vsb(article: Article, body: str) -> str:
    """博达: a form around the body, vsb_content_<n>."""
    return (
        f'<html>{head(article, meta=False)}<body><div class="menu"><ul>{menu()}</ul></div><div class="left"><h3>信息公开</h3><ul>{side()}</ul></div>'
        f'<form name="_newscontent_fromname"><div class="title">{escape(article.title)}</div><div class="info">时间：{article.published_on}　作者：{article.agency}　点击：[<span>12</span>]</div>'
        f'<div id="vsb_content_2"><div class="v_news_content">{body}</div></div></form><p>上一条：<a href="1.htm">教学工作通报</a></p><p>下一条：<a href="2.htm">招生章程</a></p>'
        f'<div class="footer">{footer()}</div></body></html>'
    )


def webplus(article: Article, body: str) -> str:
    """苏迪: arti_metas, wp_articlecontent."""
    return (
        f'<html>{head(article, meta=False)}<body><div class="wp_nav">{menu()}</div><div class="article"><h1 class="arti_title">{escape(article.title)}</h1>'
        f'<p class="arti_metas"><span class="arti_publisher">发布者：{article.agency}</span><span class="arti_update">发布时间：{article.published_on}</span><span class="arti_views">浏览次数：<span>10</span></span></p>'
        f'<div class="entry"><div class="read"><div class="wp_articlecontent">{body}</div></div></div></div><div class="wp_side">{side()}</div><div class="foot">{footer()}</div></body></html>'
    )


def power_easy(article: Article, body: str) -> str:
    """动易: nested tables and #fontzoom, title without meta tags."""
    return (
        f'<html>{head(article, meta=False)}<body><table width="100%"><tr><td><table><tr><td>您现在的位置：<a href="/">首页</a> &gt;&gt; <a href="/gk">政务公开</a> &gt;&gt; 正文</td></tr></table>'
        f"<table><tr><td align=center><h2>{escape(article.title)}</h2></td></tr><tr><td align=center>作者：佚名　文章来源：{article.agency}　点击数：<script></script>　更新时间：{article.published_on}</td></tr>"
        f'<tr><td><div id="fontzoom">{body}</div></td></tr><tr><td>文章录入：admin　　责任编辑：admin</td></tr></table></td><td><table>'
        + "".join(f"<tr><td><a href='/i{n}.html'>{word}</a></td></tr>" for n, word in enumerate(_MENU))
        + f"</table></td></tr></table><center>{footer()}</center></body></html>"
    )


def shanghai(article: Article, body: str) -> str:
    """上海: #ivs_title and #ivs_content, share bar above the body."""
    return (
        f'<html>{head(article)}<body><nav class="navbar">{menu()}</nav><h2 id="ivs_title">{escape(article.title)}<small class="PBtime">（{article.published_on.replace("-", ".")}）</small></h2>'
        '<div class="share-box">分享到：<a href="#wx">微信</a><a href="#wb">微博</a></div>'
        f'<div id="ivs_content" class="Article_content">{body}</div><div class="bottom-share">扫码关注</div><footer>{footer()}</footer></body></html>'
    )


def old_tables(article: Article, body: str) -> str:
    """2005: nothing but tables, no names at all, fonts and centres, date under the article."""
    rows = "".join(f"<td><a href='{n}.htm'>{word}</a></td>" for n, word in enumerate(_MENU))
    return (
        f"<HTML>{head(article, meta=False)}<BODY bgcolor=#ffffff><TABLE width=778><TR>{rows}</TR></TABLE><TABLE width=778><TR><TD width=180 valign=top><TABLE>"
        + "".join(f"<TR><TD>·<A href='s{n}.htm'>{title}</A></TD></TR>" for n, (title, _) in enumerate(_SIDE))
        + f"</TABLE></TD><TD valign=top><TABLE width=598><TR><TD align=center><FONT size=5><B>{escape(article.title)}</B></FONT></TD></TR>"
        f"<TR><TD><FONT size=3>{body}</FONT></TD></TR><TR><TD align=right>发布日期：{article.published_on}　来源：{article.agency}</TD></TR></TABLE></TD></TR></TABLE>"
        f"<TABLE width=778><TR><TD>{footer()}</TD></TR></TABLE></BODY></HTML>"
    )


def asp_net(article: Article, body: str) -> str:
    """ASP.NET: view state, `<title>` is the site, spans with ids as fields."""
    return (
        f'<html>{head(article, meta=False, title=False)}<body><form id="form1"><input type="hidden" name="__VIEWSTATE" value="{"dDwtMTA3" * 400}">'
        f'<div class="topnav">{menu()}</div><h3><span id="lblTitle">{escape(article.title)}</span></h3><div><span id="lblDate">发布日期：{article.published_on}</span> <span id="lblFrom">来源：{article.agency}</span></div>'
        f'<span id="lblContent">{body}</span></form><div>{footer()}</div></body></html>'
    )


def word_press(article: Article, body: str) -> str:
    """WordPress-like: article, entry-content, date in the foot, aside with widgets."""
    return (
        f'<html>{head(article, meta=False, site="临河之窗")}<body class="single"><nav>{menu()}</nav><main><article class="post-17"><header class="entry-header"><h1>{escape(article.title)}</h1></header>'
        f'<div class="entry-content"><div class="single-content">{body}</div><div class="social"><a href="#">赞 0</a><a href="#">分享</a></div></div>'
        f'<footer class="single-footer"><ul><li>阅读 539</li></ul><div>发布日期：{article.published_on} 14:34　所属分类：公开</div></footer></article>'
        f'<div class="comments"><h3>网友评论</h3><p>写得很好，希望以后多公开一些这样的内容。</p><p>路过，支持一下家乡的工作！</p></div></main><aside class="widget"><h3>热门文章</h3>{side()}</aside><footer>{footer()}</footer></body></html>'
    )


def unknown_names(article: Article, body: str) -> str:
    """A builder's own names, title and body in one box."""
    return (
        f'<html>{head(article, meta=False)}<body><div class="k1"><ul class="k2">{menu()}</ul></div><div class="m7"><div class="q1"><p class="q2">{escape(article.title)}</p>'
        f'<p class="q3">{article.published_on}　{article.agency}</p></div><div class="q4">{body}</div></div><div class="m8"><h4>最新公告</h4>{side()}</div><div class="m9">{footer()}</div></body></html>'
    )


def one_name(article: Article, body: str) -> str:
    """Every element has the same class, as mirrors and obfuscators leave it."""
    return (
        f'<html>{head(article, meta=False)}<body><div class="x0p"><ul class="x0p">{menu()}</ul></div><div class="x0p"><div class="x0p"><h1 class="x0p">{escape(article.title)}</h1>'
        f'<div class="x0p">浏览：167　发布日期：{article.published_on} 11:42:00</div><div class="x0p">{body}</div><div class="x0p"><p>上一篇：<a href="/9.html">工作动态</a></p></div></div></div><div class="x0p">{footer()}</div></body></html>'
    )


def split_date(article: Article, body: str) -> str:
    """A page builder that shows the day big and the month small, without any label."""
    year, month, day = article.published_on.split("-")
    return (
        f'<html>{head(article, meta=False)}<body><div class="wrapper"><ul>{menu()}</ul><div class="det-box"><h5>{escape(article.title)}</h5><div class="left"><div class="day">{day}</div><div class="year">{year}年{month}月</div></div>'
        f'<div class="lcon"><div class="doc">{body}</div></div></div><div class="more"><p>相关推荐</p><ul>{side()}</ul></div></div><div>{footer()}</div></body></html>'
    )


TEMPLATES: dict[str, Template] = {
    template.__name__: template
    for template in (
        trs,
        hanweb,
        ucap,
        gkmlpt,
        lonsun,
        vsb,
        webplus,
        power_easy,
        shanghai,
        old_tables,
        asp_net,
        word_press,
        unknown_names,
        one_name,
        split_date,
    )
}
# Templates that print no index number, no source, or no date as a label a reader could name.
WITH_INDEX_NO = frozenset({"hanweb", "ucap", "gkmlpt", "lonsun"})
