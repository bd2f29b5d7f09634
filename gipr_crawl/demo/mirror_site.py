"""www.qingshan-copy.example: a hijacked copy of the county's former site, reports of the years 2009 to 2018.

Nobody can undo what a mirror did unless something of the page is left; here everything is: the disguise (see
`disguise`) and the spam are all that was added, so the truth is the text before both.
"""

from __future__ import annotations

from functools import cache
from html import escape

from gipr_crawl.demo.disguise import DENSE, MEDIUM, Disguise
from gipr_crawl.demo.drafts import Draft, drafts
from gipr_crawl.demo.markup import HANDS, Resource, body_html, frame
from gipr_crawl.demo.site import Site, in_pages, is_served, robots

COLUMN = "/zwgk/ndbg/"
ENTRIES_A_PAGE = 8
KEYWORD_LINES = (
    "欧洲杯决赛竞猜_2024欧洲杯买球平台-线上app官网",
    "不卡一区二区三区四区,99热精品在线,国产高清一区二区",
    "英国威廉希尔公司,十大博彩公司|澳门皇冠体育_投注官网平台",
    "国产精品_自拍偷自拍_中文字幕在线观看 ?",
)


@cache
def mirror_site() -> Site:
    """The site with all its pages."""
    articles = drafts("copy")
    pages = {"/robots.txt": robots("/app/")}
    pages |= {f"/app/{number}.html": _advertisement() for number in range(1, 6)}
    pages |= _list_pages(articles)
    pages |= {article.path: _article_page(article) for article in articles if is_served(article)}
    pages["/"] = pages[COLUMN]
    return Site("demo-hijacked-qingshan", "www.qingshan-copy.example", articles, pages, {})


def disguise_of(article: Draft) -> Disguise:
    """How the mirror disguises this page: two habits by turns."""
    return (DENSE, MEDIUM)[article.number % 2]


def _chrome(say: Disguise) -> dict[str, str]:
    return {
        "home": say("首页"),
        "column": say("信息公开年度报告"),
        "here": say("您当前的位置："),
        "text_word": say("正文"),
        "date_word": say("发布时间："),
        "source_word": say("信息来源："),
        "hits_word": say("浏览次数："),
        "print_word": say("【打印正文】"),
        "share_word": say("分享到："),
    }


def _advertisement() -> Resource:
    return Resource(
        f"<html><meta charset='utf-8'><title>{KEYWORD_LINES[0]}</title><p>{KEYWORD_LINES[0]}</p></html>".encode()
    )


def _list_pages(articles: tuple[Draft, ...]) -> dict[str, Resource]:
    batches = in_pages(articles, ENTRIES_A_PAGE)
    pages = {}
    for index, batch in enumerate(batches):
        entries = "\n".join(
            f'<li><a href="{article.path}">{escape(DENSE(article.title))}</a> <span>{article.published_on}</span></li>'
            for article in batch
        )
        texts = {
            **_chrome(DENSE),
            "spam": KEYWORD_LINES[index % len(KEYWORD_LINES)],
            "entries": entries,
            "page_count": str(len(batches)),
            "page_index": str(index),
        }
        resource = Resource(frame("mirror_list.html", texts).encode())
        pages[f"{COLUMN}index_{index}.html" if index else f"{COLUMN}index.html"] = resource
        if not index:
            pages[COLUMN] = resource
    return pages


def _article_page(article: Draft) -> Resource:
    say = disguise_of(article)
    texts = {
        **_chrome(say),
        "spam": KEYWORD_LINES[article.number % len(KEYWORD_LINES)],
        "title": escape(say(article.title)),
        "published": article.published_at,
        "issuer": say(article.issuer),
        "body": body_html(article, HANDS[article.number % 3], say),
    }
    return Resource(frame("mirror_article.html", texts).encode())
