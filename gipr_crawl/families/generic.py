"""Lists of no known family: dated link rows of the site, and the pager's own words for the next page."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from gipr_crawl.families import rows
from gipr_crawl.families.protocol import ListPage, ListRequest
from gipr_crawl.families.scope import Scope, canonical

_NEXT_WORDS = frozenset(
    {"下一页", "下页", "后一页", "下一頁", "下頁", "下一页>", "下一页>>", ">", ">>", "›", "»", "next"}
)
_NEXT_STRIP = " []【】()（）|\u3000\xa0"
_TOTAL_PAGES = re.compile(r"(?:共|/)\s{0,3}(\d{1,5})\s{0,3}[页頁]")
# Names under which portals pass the page number in the query.
PAGE_PARAMETERS = frozenset(
    "page pageno pagenum pageindex currpage cur_page curpage currentpage p pn".split()  # compared in lower case
)
_NUMBERED_FILE = re.compile(r"^(.*?[^0-9])(\d{1,5})(\.[A-Za-z]{3,5})?$")


def read(html: str, request: ListRequest, scope: Scope) -> ListPage:
    """The list page `html`: links the scope admits (without a pattern: those with a date) and the next page."""
    root = rows.parse(html)
    if root is None:
        return ListPage(recognised=False, note="the answer is empty")
    found = rows.entries(root, request.url, lambda url: scope.admits(url, request.url))
    if scope.links is None:
        found = tuple(entry for entry in found if entry.published_on)
    following = next_page(root, request, scope)
    total = _total_pages(root)
    unreachable = following is None and bool(found) and (total or 0) > request.number
    return ListPage(
        entries=found,
        next=(following,) if following and found else (),
        total_pages=total,
        note=f"the pager speaks of {total} pages and links to none of them: a script turns them"
        if unreachable
        else None,
    )


def recognise(html: str, url: str) -> str | None:
    """Anything with a pager in words."""
    return "a pager in words (下一页)" if "下一页" in html or "下页" in html else None


def next_page(root: rows.Element, request: ListRequest, scope: Scope) -> ListRequest | None:
    """The page the pager names as the next: `rel=next`, 下一页, or the link labelled with the following number.

    A pager link that runs a script leads nowhere and is passed over; one that leads back is no next page.
    """
    here = canonical(request.url, request.url)
    by_number: str | None = None
    for anchor in rows.anchors(root, request.url):
        url = anchor.url
        if url is None or url == here or not scope.owns(url):
            continue
        label = anchor.text.strip(_NEXT_STRIP).lower()
        if label in _NEXT_WORDS or (anchor.element.get("rel") or "").lower() == "next":
            return ListRequest(url, request.number + 1)
        if by_number is None and label == str(request.number + 1) and _same_list(url, request.url):
            by_number = url
    return ListRequest(by_number, request.number + 1) if by_number else None


def _same_list(url: str, current: str) -> bool:
    """Do two addresses differ only in what numbers the pages of one list?"""
    return _without_number(url) == _without_number(current)


def _without_number(url: str) -> str:
    parts = urlsplit(url)
    query = [(name, value) for name, value in parse_qsl(parts.query) if name.lower() not in PAGE_PARAMETERS]
    folder, _, file = parts.path.rpartition("/")
    numbered = _NUMBERED_FILE.match(file)
    stem = numbered.group(1).rstrip("_-") if numbered else file.partition(".")[0]
    return urlunsplit((parts.scheme, parts.netloc, f"{folder}/{stem or 'index'}", urlencode(query), ""))


def _total_pages(root: rows.Element) -> int | None:
    text = "".join(root.itertext())
    match = _TOTAL_PAGES.search(text)
    return int(match.group(1)) if match else None
