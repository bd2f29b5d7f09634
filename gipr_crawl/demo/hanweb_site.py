"""www.linzhu.gov.example: a Hanweb site whose GBK pages pass for UTF-8, prose reports of the years 2008 to 2018."""

from __future__ import annotations

from functools import cache
from html import escape

from gipr_crawl.demo.drafts import Draft, drafts
from gipr_crawl.demo.markup import HANDS, Resource, body_html, frame
from gipr_crawl.demo.site import Parameters, Site, is_served, newest_first, robots

COLUMN = "118"
UNIT = "297589"
WEB = "43"
PROXY = "/module/web/jpage/dataproxy.jsp"
ENTRIES_A_PAGE = 4
ENTRIES_A_GROUP = 3 * ENTRIES_A_PAGE
"""A jpage list fetches three pages at once."""

FALSE_CONTENT_TYPES = ("text/html; charset=UTF-8", "text/html; charset=gb2312", "text/html")
"""What the server says by turns of a page that says of itself, always falsely, that it is UTF-8."""


@cache
def hanweb_site() -> Site:
    """The site with all its pages."""
    articles = drafts("linzhu")
    ordered = newest_first(articles)
    pages = {"/robots.txt": robots("/art/2019/2/"), "/": _in_gbk(_HOME)}
    pages |= {article.path: _article_page(article) for article in articles if is_served(article)}

    def column(parameters: Parameters) -> Resource:
        page = max(1, _integer(parameters, "pageNum", 1))
        return _column_page(ordered, page)

    def proxy(parameters: Parameters) -> Resource:
        group = _integer(parameters, "page", 1)
        first = _integer(parameters, "startrecord", (group - 1) * ENTRIES_A_GROUP + 1)
        last = _integer(parameters, "endrecord", first + ENTRIES_A_GROUP - 1)
        return _in_gbk(_datastore(ordered, first, last), "text/xml; charset=UTF-8")

    return Site(
        "demo-hanweb-linzhu",
        "www.linzhu.gov.example",
        articles,
        pages,
        {f"/col/col{COLUMN}/index.html": column, PROXY: proxy},
    )


_HOME = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><title>中国·临渚</title></head>
<body><a href="/col/col{COLUMN}/index.html">政府信息公开年度报告</a></body></html>"""


def _in_gbk(text: str, content_type: str = FALSE_CONTENT_TYPES[0]) -> Resource:
    return Resource(text.encode("gbk"), content_type)


def _integer(parameters: Parameters, name: str, otherwise: int) -> int:
    value = parameters.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 10 else otherwise


def _column_page(ordered: list[Draft], page: int) -> Resource:
    first = (page - 1) // 3 * ENTRIES_A_GROUP + 1
    texts = {
        "unit": UNIT,
        "web": WEB,
        "column": COLUMN,
        "datastore": _datastore(ordered, first, first + ENTRIES_A_GROUP - 1),
        "total": str(len(ordered)),
        "page_count": str(-(-len(ordered) // ENTRIES_A_PAGE)),
        "per_page": str(ENTRIES_A_PAGE),
        "page": str(page),
    }
    return _in_gbk(frame("hanweb_column.html", texts))


def _datastore(ordered: list[Draft], first: int, last: int) -> str:
    records = "\n".join(
        f"<record><![CDATA[{_entry(article)}]]></record>" for article in ordered[max(first, 1) - 1 : last]
    )
    following = ""
    if last < len(ordered):
        group = last // ENTRIES_A_GROUP + 1
        following = (
            f'<a href="{PROXY}?page={group}&appid=1&webid={WEB}&path=/&columnid={COLUMN}&sourceContentType=1'
            f'&unitid={UNIT}&webname=%E4%B8%B4%E6%B8%9A%E5%8E%BF&permissiontype=0"></a>'
        )
    return (
        f"<datastore>\n<totalrecord>{len(ordered)}</totalrecord><perpage>{ENTRIES_A_PAGE}</perpage>\n"
        f"<nextgroup><![CDATA[{following}]]></nextgroup>\n<recordset>\n{records}\n</recordset></datastore>"
    )


def _entry(article: Draft) -> str:
    title = escape(article.title)
    return (
        f"<li><a href='{article.path}' class='bt_link' title='{title}' target='_blank'>{title}</a>"
        f"<span class='bt_date'>[{article.published_on}]</span></li>"
    )


def _article_page(article: Draft) -> Resource:
    texts = {
        "title": escape(article.title),
        "published": article.published_at,
        "issuer": article.issuer,
        "body": body_html(article, HANDS[article.number % len(HANDS)]),
    }
    return _in_gbk(frame("hanweb_article.html", texts), FALSE_CONTENT_TYPES[article.number % len(FALSE_CONTENT_TYPES)])
