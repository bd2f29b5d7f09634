"""www.qingshan.gov.example: a TRS site in UTF-8, reports of 2019 and later with the standard tables."""

from __future__ import annotations

from functools import cache
from html import escape

from gipr_crawl.demo.drafts import Draft, drafts
from gipr_crawl.demo.markup import HANDS, Resource, body_html, frame
from gipr_crawl.demo.site import Site, in_pages, is_served, newest_first, robots

COLUMNS = {"/xxgk/ndbg/": "县政府和乡镇信息公开年报", "/xxgk/bmndbg/": "部门信息公开年报"}
ENTRIES_A_PAGE = 6


@cache
def trs_site() -> Site:
    """The site with all its pages."""
    articles = drafts("qingshan")
    pages = {"/robots.txt": robots("/xxgk/bmndbg/202405/"), "/": _home()}
    for column, name in COLUMNS.items():
        members = [article for article in articles if article.path.startswith(column)]
        pages |= _list_pages(column, name, members)
        pages |= _article_pages(name, members)
    return Site("demo-trs-qingshan", "www.qingshan.gov.example", articles, pages, {})


def _home() -> Resource:
    links = "\n".join(f'<p><a href="{path}">{name}</a></p>' for path, name in COLUMNS.items())
    return Resource(f"<!DOCTYPE html><meta charset='utf-8'><title>青杉县人民政府</title>\n{links}\n".encode())


def _list_pages(column: str, name: str, members: list[Draft]) -> dict[str, Resource]:
    batches = in_pages(members, ENTRIES_A_PAGE)
    pages = {}
    for index, batch in enumerate(batches):
        texts = {
            "column": name,
            "entries": "\n".join(_entry(column, article) for article in batch),
            "page_count": str(len(batches)),
            "page_index": str(index),
        }
        resource = Resource(frame("trs_list.html", texts).encode())
        pages[f"{column}index_{index}.html" if index else f"{column}index.html"] = resource
        if not index:
            pages[column] = resource
    return pages


def _entry(column: str, article: Draft) -> str:
    title = escape(article.title)
    shown = title if len(title) < 26 else title[:24] + "…"
    address = "./" + article.path.removeprefix(column)
    return (
        f'<li><a href="{address}" title="{title}" target="_blank">{shown}</a><span>{article.published_on}</span></li>'
    )


def _article_pages(column: str, members: list[Draft]) -> dict[str, Resource]:
    order = [article for article in newest_first(members) if is_served(article)]
    pages = {}
    for place, article in enumerate(order):
        around = (("上一篇", order[place - 1 : place]), ("下一篇", order[place + 1 : place + 2]))
        neighbours = "<br/>".join(
            f'{word}：<a href="{near[0].path}">{escape(near[0].title)}</a>' if near else f"{word}：没有了"
            for word, near in around
        )
        texts = {
            "column": column,
            "title": escape(article.title),
            "published": article.published_at,
            "published_on": article.published_on,
            "issuer": article.issuer,
            "index_no": article.index_no,
            "body": body_html(article, HANDS[article.number % 3]),
            "neighbours": neighbours,
        }
        pages[article.path] = Resource(frame("trs_article.html", texts).encode())
    return pages
