"""Link rows: every report link of a list page with its title and the date that stands beside it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from lxml import etree

from gipr_crawl.families.scope import canonical
from pipelines.model import Entry

Element: TypeAlias = etree._Element

# A row of a list is one or two lines of text; a longer stretch is the whole page, whose dates belong to nobody.
ROW_LENGTH = 400

_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-./年]\s?(\d{1,2})\s?[-./月]\s?(\d{1,2})(?!\d)")
_URL_DATES = (
    re.compile(r"/t((?:19|20)\d\d)(\d\d)(\d\d)_\d+\.s?html?$"),  # TRS
    re.compile(r"/art/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})/art_"),  # Hanweb
    re.compile(r"/((?:19|20)\d\d)-(\d{1,2})/(\d{1,2})/(?:content|c)_\d+\.s?html?$"),
    re.compile(r"/((?:19|20)\d\d)(\d\d)(\d\d)/[0-9a-f]{8,}(?:/c)?\.s?html?$"),
    re.compile(r"/((?:19|20)\d\d)/(\d{4})/c\d+a\d+/page\.(?:htm|psp)$"),  # Sudy: year, then month and day in one
)
_TRUNCATED = ("…", "...", "．．．")
_SEVERAL = "*"  # stands for an element that holds several reports or other links: its date is no neighbour's
_INVISIBLE = frozenset({"script", "style", "noscript", "template"})


@dataclass(slots=True)
class Anchor:
    """An `a[href]` of a page: `url` is None when it leads to no http address, `href` is what stands in the page."""

    element: Element
    href: str
    url: str | None
    text: str

    @property
    def title(self) -> str:
        """The full title: lists cut the visible text with `…` and keep the whole in the `title` attribute."""
        named = squeeze(self.element.get("title") or "")
        return named if len(named) >= len(self.text) or (self.text.endswith(_TRUNCATED) and named) else self.text


def parse(html: str) -> Element | None:
    """The tree of `html`, or None if there is nothing in it."""
    data = html.replace("\0", "").encode("utf-8", errors="replace")
    try:
        return etree.fromstring(data, etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True))
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def squeeze(text: str) -> str:
    """`text` with every run of white space as one blank."""
    return " ".join(text.split())


def anchors(root: Element, base: str) -> list[Anchor]:
    """Every link of the page in document order; a `<base href>` holds as in a browser."""
    declared = root.find(".//base[@href]")
    if declared is not None:
        base = canonical(declared.get("href", ""), base) or base
    return [
        Anchor(element, element.get("href", ""), canonical(element.get("href", ""), base), squeeze(_visible(element)))
        for element in root.iter("a")
        if element.get("href")
    ]


def entries(root: Element, base: str, admits: Callable[[str], bool]) -> tuple[Entry, ...]:
    """The links `admits` lets pass, each address once, with title and date (ISO) if one stands beside it or in it.

    A link met twice (picture and title) keeps the longer title.
    """
    links = [anchor for anchor in anchors(root, base) if anchor.url is not None and admits(anchor.url)]
    dates = _row_dates(root, links)
    found: dict[str, Entry] = {}
    for anchor, beside in zip(links, dates, strict=True):
        url = anchor.url or ""
        before = found.get(url)
        title = max(before.title if before else "", anchor.title, key=len)
        found[url] = Entry(url, title, (before.published_on if before else None) or beside or date_in_url(url))
    return tuple(entry for entry in found.values() if entry.title)


def date_in_text(text: str) -> str | None:
    """The first real calendar date in `text`, as ISO text."""
    for match in _DATE.finditer(text):
        date = _iso(*match.groups())
        if date:
            return date
    return None


def date_in_url(url: str) -> str | None:
    """The date the address itself carries, in the dialects of the known families."""
    for pattern in _URL_DATES:
        match = pattern.search(url)
        if match:
            groups = match.groups()
            date = _iso(*groups) if len(groups) == 3 else _iso(groups[0], groups[1][:2], groups[1][2:])
            if date:
                return date
    return None


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        return dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _visible(element: Element) -> str:
    return "".join(
        piece for node in element.iter() if node.tag not in _INVISIBLE for piece in _own_pieces(node, element)
    )


def _own_pieces(node: Element, top: Element) -> tuple[str, ...]:
    return (node.text or "",) if node is top else (node.text or "", node.tail or "")


@dataclass(slots=True)
class _Span:
    """What one element holds: its report links (all to one address, or to several) and its text outside them.

    `linked` when there is any link in it.
    """

    url: str | None = None
    several: bool = False
    linked: bool = False
    length: int = 0
    pieces: list[str] = field(default_factory=list)

    def take(self, other: _Span) -> None:
        if other.url is not None:
            self.several = self.several or other.several or self.url not in (None, other.url)
            self.url = self.url or other.url
        self.linked = self.linked or other.linked
        self.add(" ".join(other.pieces))

    def add(self, text: str) -> None:
        # Only what can be a row is kept, so nested elements never copy a page again and again.
        self.length += len(text)
        if self.length <= ROW_LENGTH:
            self.pieces.append(text)
        else:
            self.pieces.clear()


def _row_dates(root: Element, links: list[Anchor]) -> list[str | None]:
    """For each link the date in its row: the largest element that holds no other report, or what stands next to it."""
    wanted = {anchor.element: anchor.url or "" for anchor in links}
    dates: dict[str, str] = {}
    stack: list[tuple[_Span, list[tuple[str, str]]]] = [(_Span(), [])]
    for event, node in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            stack.append((_Span(url=wanted.get(node), linked=node.tag == "a"), []))
            if node not in wanted and node.tag not in _INVISIBLE:
                stack[-1][0].add(node.text or "")
            continue
        span, children = stack.pop()
        if span.several or span.length > ROW_LENGTH:
            _settle(children, dates)
        elif span.url is not None and node not in wanted:
            date = date_in_text(" ".join(span.pieces))
            if date:
                dates.setdefault(span.url, date)
        parent, siblings = stack[-1]
        parent.take(span)
        parent.add(node.tail or "")
        mark = _SEVERAL if span.several or (span.linked and span.url is None) else span.url or ""
        siblings.append((mark, date_in_text(" ".join(span.pieces)) or ""))
        siblings.append(("", date_in_text(node.tail or "") or ""))
    _settle(stack[0][1], dates)
    return [dates.get(anchor.url or "") for anchor in links]


def _settle(siblings: list[tuple[str, str]], dates: dict[str, str]) -> None:
    """Give links without a date the one between them and their neighbour, in lists that have no rows (`dt`, `br`).

    Whether dates stand before or after their links is the same through a list: the first of either tells.
    """
    marks = [(url, date) for url, date in siblings if url or date]
    waiting = sum(1 for url, _ in marks if url not in ("", _SEVERAL) and url not in dates)
    if not waiting or 2 * sum(1 for url, _ in marks if not url) < waiting:
        return
    before = not marks[0][0]
    for place, (url, _) in enumerate(marks):
        neighbour = place - 1 if before else place + 1
        if url not in ("", _SEVERAL) and url not in dates and 0 <= neighbour < len(marks):
            other_url, date = marks[neighbour]
            if date and not other_url:
                dates[url] = date
