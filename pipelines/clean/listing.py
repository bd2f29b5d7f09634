"""List pages: their entries and their pager."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

from pipelines.clean.document import Document, Line, Link
from pipelines.model import Entry, Pager

_DATE = re.compile(r"((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_COUNT = re.compile(
    r"createPage(?:HTML)?\(\s*(?:['\"][\w-]+['\"]\s*,\s*)?(\d{1,5})\s*,\s*(\d{1,5})|共\s*(\d{1,5})\s*页|totalPages?\s*[:=]\s*['\"]?(\d{1,5})"
)
_NEXT = re.compile(r"^(?:下一?页|后一页|›|»|>|>>)$")
# A dated link row is typical of lists; three of them also stand in the side box of an article.
_LEAST_ENTRIES = 4


def list_entries(document: Document, page_url: str) -> list[Entry]:
    """The dated links of a page in order, absolute and each once; [] when there are too few to be a list."""
    base = urljoin(page_url, document.base_url) if document.base_url else page_url
    entries: dict[str, Entry] = {}
    lines = document.lines
    for place, line in enumerate(lines):
        if line.hidden or not line.links:
            continue
        links = [link for link in line.links if _is_item(link)]
        if line.grid is not None:
            _table_entries(line, links, base, entries)
            continue
        if not links or line.linked * 2 < len(_DATE.sub("", line.text).strip(" []()【】")):
            continue
        link = max(links, key=lambda item: len(item.title or item.text))
        published_on = _date_near(lines, place)
        if published_on:
            _add(entries, link, base, published_on)
    return list(entries.values()) if len(entries) >= _LEAST_ENTRIES else []


def _is_item(link: Link) -> bool:
    address = link.url.strip().lower()
    if not address or address.startswith(("javascript:", "#", "mailto:", "tel:", "data:")):
        return False
    return len(link.title or link.text) >= 6


def _table_entries(line: Line, links: Sequence[Link], base: str, entries: dict[str, Entry]) -> None:
    for row in line.text.split("\n"):
        date = _iso(_DATE.search(row))
        link = next((link for link in links if link.text and link.text in row), None)
        if date and link:
            _add(entries, link, base, date)


def _add(entries: dict[str, Entry], link: Link, base: str, published_on: str) -> None:
    url = urljoin(base, link.url)
    if urlsplit(url).scheme in ("http", "https", "file"):
        entries.setdefault(url, Entry(url, link.title if len(link.title) > len(link.text) else link.text, published_on))


def _date_near(lines: Sequence[Line], place: int) -> str | None:
    """The date in the line, else in the next or previous line if that is nothing but a date."""
    if date := _iso(_DATE.search(lines[place].text)):
        return date
    for neighbour in (place + 1, place - 1):
        if not 0 <= neighbour < len(lines) or len(lines[neighbour].text) > 24 or lines[neighbour].links:
            continue
        if date := _iso(_DATE.search(lines[neighbour].text)):
            return date
    return None


def _iso(match: re.Match[str] | None) -> str | None:
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups())
    return f"{year}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def read_pager(document: Document, page_url: str) -> Pager | None:
    """Current page, number of pages and the next page's address, as far as the page says."""
    current = total = None
    for text in [*document.scripts, *(line.text for line in document.lines if len(line.text) < 200)]:
        if match := _COUNT.search(text):
            if match[1]:
                total, current = int(match[1]), int(match[2]) + 1
            else:
                total = int(match[3] or match[4])
            break
    next_url = None
    for line in document.lines:
        for link in line.links:
            if _NEXT.match(link.text.replace(" ", "")) and not link.url.lower().startswith(("javascript:", "#")):
                next_url = urljoin(page_url, link.url)
    return Pager(current, total, next_url) if total or next_url else None
