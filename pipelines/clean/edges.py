"""The edges of the main content: the information block at its head, the tail of the page behind its last prose.

Works on the names of rules, one per line of the document ("" keeps the line); nothing is dropped without a name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from pipelines.clean.chrome import closes_body, edge_rule, is_column_name, is_disclaimer
from pipelines.clean.document import Document, Line
from pipelines.clean.metadata import (
    HeaderField,
    bare_document_number,
    bare_fields,
    grid_fields,
    line_fields,
    pair_fields,
    unlabelled_date,
)
from pipelines.clean.region import Region
from pipelines.model import BlockKind

# Fields that also stand behind the body (责任编辑, 来源); an index number or a doc number there is the body's own.
_TAIL_FIELDS = frozenset({"editor", "source", "visits", "font", "keywords", "tools", "updated_on", "published_on"})
_FOOT_FIELDS = _TAIL_FIELDS | {"topic"}
_FOOT_REACH = 15  # lines
_PROSE_LINE = 60  # characters; longer lines are no titles
_PROSE_ENDS = ("。", "；", "：", ":", ";")
_COPIED_LINE = 20  # characters from which an equal line is a copy and no coincidence
# 一、概述 opens the body, it is no page's title.
_SECTION = re.compile(
    r"[一二三四五六七八九十]{1,3}\s?、|第[一二三四五六七八九十]{1,3}[章节部]|[（(][一二三四五六七八九十]{1,3}[)）]"
)
_TITLE_REACH = 15  # lines before the region among which the line of date and source stands


@dataclass(slots=True)
class Head:
    """What stands before the body: the labelled values, those without a label, and the lines that may be titles.

    `title_lines` are those of them that stand close before the body: headings first, then the nearest first.
    """

    fields: list[HeaderField] = field(default_factory=list)
    unlabelled: list[HeaderField] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    title_lines: list[str] = field(default_factory=list)


def read_head(document: Document, region: Region, rules: list[str]) -> Head:
    """Labelled values before the main content, at its head, and in tables beside it; their lines leave the text."""
    head = Head()
    body_start = _body_start(document, region, rules)
    texts = [line.text for line in document.lines]
    for place, line in enumerate(document.lines):
        inside = region.first <= place < region.last
        if line.hidden or (inside and place >= body_start) or (place >= region.last and line.grid is None):
            continue
        fields = _fields_at(texts, place, line, inside)
        if fields:
            head.fields.extend(fields)
            rules[place] = "information_block"
        elif not rules[place] and line.grid is None and (rule := edge_rule(line.text)):
            rules[place] = rule
    if document.is_html:
        head.lines = [
            line.text
            for place, line in enumerate(document.lines[: region.first])
            if rules[place] == "outside_main_content" and not line.is_links
        ]
    _take_page_title(document, region, rules, body_start, head)
    head.unlabelled = _without_labels(document, region, rules, body_start)
    head.title_lines = _title_lines(document, rules, body_start)
    return head


def _title_lines(document: Document, rules: Sequence[str], body_start: int) -> list[str]:
    near = [
        document.lines[place]
        for place in range(body_start - 1, max(-1, body_start - 1 - _TITLE_REACH), -1)
        if rules[place] in ("outside_main_content", "page_title")
    ]
    likely = [line for line in near if not line.is_links and line.grid is None and _may_be_title(line.text)]
    likely.sort(key=lambda line: line.kind is not BlockKind.HEADING)
    return [line.text for line in likely]


def _may_be_title(text: str) -> bool:
    return len(text) <= 120 and sum("\u4e00" <= char <= "\u9fff" for char in text) >= 4 and not edge_rule(text)


def _without_labels(document: Document, region: Region, rules: Sequence[str], body_start: int) -> list[HeaderField]:
    """Values that stand beside the title without a label, and a document number that opens the body."""
    places = range(max(0, body_start - _TITLE_REACH), body_start)
    lines = [document.lines[place] for place in places if place < region.first or rules[place]]
    before = [line.text for line in lines if not line.hidden and not line.is_links]
    fields = bare_fields(before)
    if document.is_html and (date := unlabelled_date(before)):
        fields.append(date)
    for place in range(region.first, min(region.last, region.first + 3)):
        if not rules[place] and (number := bare_document_number(document.lines[place].text)):
            fields.append(HeaderField("doc_no", "", number))
    return fields


def _fields_at(texts: Sequence[str], place: int, line: Line, inside: bool) -> list[HeaderField]:
    if line.grid is not None:
        return grid_fields(line.grid)
    fields = line_fields(line.text)
    if not fields and not inside and len(line.text) <= 24:
        fields = pair_fields(texts[place : place + 2]) or []
    return fields


def _body_start(document: Document, region: Region, rules: Sequence[str]) -> int:
    """The first line of the region that is body: prose, or a table that is no information block."""
    for place in range(region.first, region.last):
        line = document.lines[place]
        if rules[place]:
            continue
        if line.grid is not None:
            if not grid_fields(line.grid):
                return place
            continue
        if line_fields(line.text) or edge_rule(line.text):
            continue
        if _SECTION.match(line.text) or len(line.text) > _PROSE_LINE or line.text.endswith(_PROSE_ENDS):
            return place
    return region.last


def _take_page_title(document: Document, region: Region, rules: list[str], body_start: int, head: Head) -> None:
    """The lines between the information block (or chrome, or spam) and the region's edge are the page's, not the body's.

    Only where such a block stands behind them: a body that begins with its own title keeps it. In plain text, where no
    markup parts the two, the line right behind the block is the page's title too.
    """
    last_marked = max((place for place in range(region.first, body_start) if rules[place]), default=-1)
    for place in range(region.first, body_start):
        if rules[place]:
            continue
        line = document.lines[place]
        follows = place == last_marked + 1 and last_marked >= 0 and not head.lines and not document.is_html
        if place < last_marked or follows:
            if not line.is_links:
                head.lines.append(line.text)
            rules[place] = "site_tool" if line.is_links else "page_title"


def read_foot(document: Document, region: Region, rules: list[str]) -> list[HeaderField]:
    """The labelled values in the few lines right behind the main content (发布日期, 责任编辑 under the article)."""
    found: list[HeaderField] = []
    body = {line.text for line in document.lines[region.first : region.last]}
    places = (place for place in range(region.last, len(document.lines)) if not document.lines[place].hidden)
    behind = (place for place in places if document.lines[place].text not in body)
    for place in islice(behind, _FOOT_REACH):
        line = document.lines[place]
        if line.grid is not None or line.is_links:
            continue
        fields = line_fields(line.text)
        if fields and all(item.key in _FOOT_FIELDS for item in fields):
            found.extend(fields)
            rules[place] = "information_block"
    return found


def trim_tail(document: Document, region: Region, rules: list[str]) -> list[HeaderField]:
    """Drop the tail of the page behind the last line of prose; the labelled values found there."""
    lines = document.lines
    found: list[HeaderField] = []
    kept = [place for place in range(region.first, region.last) if not rules[place]]
    for order in range(len(kept) - 1, -1, -1):
        place = kept[order]
        line = lines[place]
        if line.grid is not None:
            if not (document.is_html and line.is_links):
                break
            rules[place] = "links_behind_body"
        elif rule := edge_rule(line.text):
            rules[place] = rule
        elif closes_body(line.text) or is_disclaimer(line.text):
            rules[place] = "page_tail"
        elif document.is_html and (line.is_links or _heads_links(lines, kept, order, rules)):
            rules[place] = "links_behind_body"
        elif (fields := line_fields(line.text)) and all(item.key in _TAIL_FIELDS for item in fields):
            found.extend(fields)
            rules[place] = "information_block"
        elif order and is_column_name(line.text):
            rules[place] = "page_tail"
        else:
            break
    return found


def _heads_links(lines: Sequence[Line], kept: Sequence[int], order: int, rules: Sequence[str]) -> bool:
    """Whether a line is the heading of a list of links: dropped links below it, and links or nothing like prose above.

    A signature (某局, 2020年1月4日) right before the related links has prose above and stays.
    """
    line = lines[kept[order]]
    if len(line.text) > 20 or order + 1 >= len(kept) or rules[kept[order + 1]] != "links_behind_body" or order == 0:
        return False
    return line.kind is BlockKind.HEADING or lines[kept[order - 1]].is_links


def drop_second_copy(document: Document, region: Region, rules: list[str]) -> None:
    """Drop the article's second copy inside the region (desktop and mobile version of one template).

    A copy is a run of lines that ends the region and repeats, in order, the long lines before it.
    """
    lines = document.lines
    kept = [place for place in range(region.first, region.last) if not rules[place]]
    first_at: dict[str, int] = {}
    for order, place in enumerate(kept):
        text = lines[place].text
        if len(text) < _COPIED_LINE:
            continue
        if (earlier := first_at.setdefault(text, order)) == order:
            continue
        length = len(kept) - order
        if order - earlier >= length >= 2 and all(
            lines[kept[earlier + step]].text == lines[kept[order + step]].text for step in range(length)
        ):
            for repeated in kept[order:]:
                rules[repeated] = "second_copy"
        return
