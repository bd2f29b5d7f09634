"""List pages: their entries and their pager."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from pipelines.clean.document import Document, Line, Link
from pipelines.model import Entry, Grid, Pager

_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)日?")
_NEXT = re.compile(r"^(?:下一?页|后一页|next|›|»|>{1,2}|下一?页[>»›]+)$", re.IGNORECASE)
_LAST = re.compile(r"^(?:尾页|末页|最后一?页|last)[>»›]*$", re.IGNORECASE)
_PAGER_WORD = re.compile(r"^(?:[上下前后][一]?页|首页|尾页|末页|第?\d{1,4}页?|更多.{0,4}|[<>«»‹›.…]+)$")
_TRIM = " \t[]()（）【】|·•-—"
_TITLE_HEADS = frozenset("标题 名称 信息名称 信息标题 文件名称 公文名称 题名".split())
_DATE_HEADS = frozenset("发布日期 发布时间 日期 时间 成文日期 生成日期 公开日期 发文日期 更新日期".split())
# A dated link row is typical of lists; three of them also stand in the side box of an article.
_LEAST_ENTRIES = 4
_LEAST_TITLE = 4  # characters of an entry's title: 公示公告 is one, 更多 is none
_LONGEST_DATE_LINE = 24
_NO_ADDRESSES = ("javascript:", "#", "mailto:", "tel:", "data:")


@dataclass(frozen=True, slots=True)
class Listing:
    """The entries of a page and the lines they stand in."""

    entries: tuple[Entry, ...] = ()
    places: tuple[int, ...] = ()


def read_listing(document: Document, page_url: str) -> Listing:
    """The dated links of a page in order, absolute and each once; empty when there are too few to be a list.

    A table whose header row names a title and a date is a list however few its rows are.
    """
    base = absolute(page_url, document.base_url) or page_url
    entries: dict[str, Entry] = {}
    places: list[int] = []
    has_header = False
    for place, line in enumerate(document.lines):
        if line.hidden or not line.links:
            continue
        found = len(entries)
        if line.grid is not None:
            has_header = _table_entries(line, line.grid, base, entries) or has_header
        elif link := _item_link(line):
            published_on, title = _date_and_title(document.lines, place, link)
            if published_on:
                _add(entries, base, Entry(link.url, title, published_on))
        if len(entries) > found:
            places.append(place)
    if len(entries) < _LEAST_ENTRIES and not (has_header and entries):
        return Listing()
    return Listing(tuple(entries.values()), tuple(places))


def _item_link(line: Line) -> Link | None:
    """The link a row is about: the one with the longest title, where the row holds little else."""
    links = [link for link in line.links if _is_item(link)]
    if not links:
        return None
    rest = _DATE.sub("", line.text).strip(_TRIM)
    if line.linked * 2 < len(rest):
        return None
    return max(links, key=lambda link: len(link.title or link.text))


def _is_item(link: Link) -> bool:
    if len(link.title or link.text) < _LEAST_TITLE or _PAGER_WORD.match(link.text):
        return False
    return bool(link.url) and not link.url.lower().startswith(_NO_ADDRESSES)


def _table_entries(line: Line, grid: Grid, base: str, entries: dict[str, Entry]) -> bool:
    """Add the rows of a table that hold a link and a date; whether its first row names the columns of a list."""
    by_text = {link.text: link for link in line.links if _is_item(link) and link.text}
    rows = grid.rows()
    heads = {"".join(cell.split()) for cell in rows[0]}
    for row in rows:
        dates = [iso for cell in row if (iso := _date_in(cell)) and len(cell) <= _LONGEST_DATE_LINE]
        link = next((by_text[cell] for cell in row if cell in by_text), None)
        if link is None:
            link = next((by_text[text] for text in by_text for cell in row if text in cell), None)
        if dates and link is not None:
            _add(entries, base, Entry(link.url, _title(link), dates[-1]))
    return not (heads.isdisjoint(_TITLE_HEADS) or heads.isdisjoint(_DATE_HEADS))


def _add(entries: dict[str, Entry], base: str, entry: Entry) -> None:
    url = absolute(base, entry.url)
    if url.startswith(("http://", "https://", "file://")):
        entries.setdefault(url, Entry(url, entry.title, entry.published_on))


def _title(link: Link) -> str:
    # Portals cut the visible text with an ellipsis and keep the whole in the attribute.
    return link.title if len(link.title) > len(link.text) else link.text


def _date_and_title(lines: Sequence[Line], place: int, link: Link) -> tuple[str | None, str]:
    """The row's date and title; the date is never one that the title speaks of.

    It stands beside the link, on the next or the last line, or at the edge of a link that wraps the whole row.
    """
    title = _title(link)
    beside = lines[place].text.replace(link.text, " ", 1) if link.text else lines[place].text
    if date := _date_in(beside):
        return date, title
    for neighbour in (place + 1, place - 1):
        if not 0 <= neighbour < len(lines) or len(lines[neighbour].text) > _LONGEST_DATE_LINE:
            continue
        if any(other.text for other in lines[neighbour].links):
            continue
        if date := _date_in(lines[neighbour].text):
            return date, title
    for match in _DATE.finditer(link.text):
        if not link.text[: match.start()].strip(_TRIM) or not link.text[match.end() :].strip(_TRIM):
            rest = (link.text[: match.start()] + link.text[match.end() :]).strip(_TRIM)
            return _iso(match), link.title or rest
    return None, title


def _date_in(text: str) -> str | None:
    # Menus hold no year: two looks for one cost a tenth of the pattern.
    return _iso(_DATE.search(text)) if "20" in text or "19" in text else None


def _iso(match: re.Match[str] | None) -> str | None:
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups())
    return f"{year}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def absolute(base: str, address: str) -> str:
    """The absolute address of a link, "" for one that is no address (`http://[x`)."""
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return ""


def host_of(address: str) -> str:
    """The host of an absolute address, "" where there is none."""
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""


# How pagers state current page and number of pages. `base` is what their count of the current page starts at.
# Each with the word without which it cannot match, and the number by which its first page counts.
_STATED: tuple[tuple[str, re.Pattern[str], int], ...] = (
    ("createPage", re.compile(r"createPage(?:HTML)?\(\s*(?P<total>\d{1,5})\s*,\s*(?P<current>\d{1,5})"), 0),
    (
        "createPage",
        re.compile(r"createPage(?:HTML)?\(\s*['\"][\w-]+['\"]\s*,\s*(?P<total>\d{1,5})\s*,\s*(?P<current>\d{1,5})"),
        1,
    ),
    ("页", re.compile(r"(?:第|^|\D)(?P<current>\d{1,5})\s*/\s*(?P<total>\d{1,5})\s*页"), 1),
    ("页", re.compile(r"第\s*(?P<current>\d{1,5})\s*页\s*[,，/]?\s*共\s*(?P<total>\d{1,5})\s*页"), 1),
    ("/", re.compile(r"(?:^|页\s?)(?P<current>\d{1,5})\s*/\s*(?P<total>\d{1,5})(?=$|\s)"), 1),
    ("页", re.compile(r"共\s*(?P<total>\d{1,5})\s*页"), 1),
)
_LONGEST_SHOWN = 200
_TOTAL_WORDS = ("ountPage", "ageCount", "otalPage", "otalpage")
_SCRIPT_TOTAL = re.compile(r"\b(?:countPage|pageCount|totalPages?|totalPage)\s*[:=]\s*['\"]?(\d{1,5})\b", re.IGNORECASE)
_SCRIPT_CURRENT = re.compile(r"\b(currentPage|curPage|pageNo|currPage)\s*[:=]\s*['\"]?(\d{1,5})\b", re.IGNORECASE)


def read_pager(document: Document, page_url: str) -> Pager | None:
    """Current page, number of pages and the next page's address, as far as the page says."""
    current, total = _stated_pages(document)
    base = absolute(page_url, document.base_url) or page_url
    next_url: str | None = None
    numbered: dict[int, str] = {}
    has_last = False
    for line in document.lines:
        for link in line.links if not line.hidden else ():
            word = "".join(link.text.split())
            has_last = has_last or bool(_LAST.match(word))
            leads = not link.url.lower().startswith(("javascript:", "#"))
            if word.isascii() and word.isdigit() and len(word) <= 4:
                numbered.setdefault(int(word), absolute(base, link.url) if leads else "")
            elif leads and _NEXT.match(word):
                next_url = absolute(base, link.url) or None
    if total is None and next_url and not has_last:
        total = _last_of_run(numbered)
    if next_url is None and current is not None:
        next_url = numbered.get(current + 1) or None
    return Pager(current, total, next_url) if total or next_url else None


def _stated_pages(document: Document) -> tuple[int | None, int | None]:
    shown = [
        line.text
        for line in document.lines
        if len(line.text) < _LONGEST_SHOWN and ("页" in line.text or "/" in line.text)
    ]
    for word, pattern, base in _STATED:
        # A slash alone says nothing in a script.
        for text in shown if word == "/" else (*document.scripts, *shown):
            if word in text and (match := pattern.search(text)):
                current = match.groupdict().get("current")
                return (int(current) + 1 - base if current else None), int(match["total"])
    for script in document.scripts:
        if any(word in script for word in _TOTAL_WORDS) and (match := _SCRIPT_TOTAL.search(script)):
            stated = _SCRIPT_CURRENT.search(script)
            # TRS counts `currentPage` from zero, the others from one.
            return (int(stated[2]) + (stated[1] == "currentPage") if stated else None), int(match[1])
    return None, None


def _last_of_run(numbered: dict[int, str]) -> int | None:
    """The greatest page number where the pager prints them all, from 1 or 2 on without a gap.

    A pager of ten or more may be a window on more pages.
    """
    greatest = max(numbered, default=0)
    return greatest if 2 <= greatest < 10 and all(number in numbered for number in range(2, greatest + 1)) else None
