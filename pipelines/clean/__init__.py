"""readable page → the report alone: main content, chrome, spam, grids, splitting.

`clean(repaired, capture)` reads top to bottom: the page as lines, a rule for every line that must go, the region of
the main content, the information block at its head, the members of a compound page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from pipelines.clean.chrome import chrome_rule, closes_body, edge_rule
from pipelines.clean.document import Document, Line
from pipelines.clean.listing import list_entries, read_pager
from pipelines.clean.markup import read_html
from pipelines.clean.metadata import HeaderField, grid_fields, line_fields, pair_fields
from pipelines.clean.plain import looks_like_html, read_plain
from pipelines.clean.region import Region, choose_region, line_mass
from pipelines.clean.spam import spam_rule
from pipelines.clean.splitting import find_markers
from pipelines.model import Attachment, Block, BlockKind, Capture, Edit, Entry, Finding, Pager, Repaired

_ATTACHMENT_ENDINGS = (".pdf", ".doc", ".docx", ".wps", ".xls", ".xlsx", ".et", ".ofd", ".rar", ".zip")


@dataclass(frozen=True, slots=True)
class Member:
    """One document of a page: its blocks, with offsets in `text`; `marker_title` is the title printed at its marker."""

    text: str
    blocks: tuple[Block, ...]
    marker_title: str = ""


@dataclass(slots=True)
class Cleaned:
    """What the clean room hands on.

    `readable_text` is the whole page as lines; applying `edits` to it gives `main_text`. `head_lines` are the lines
    before the main content that are neither chrome nor spam (titles stand there), `headings` the page's headings
    outside and inside of it.
    """

    is_html: bool = False
    readable_text: str = ""
    main_text: str = ""
    main_reason: str = ""
    members: list[Member] = field(default_factory=list)
    is_compilation: bool = False
    head_title: str = ""
    head_lines: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    meta: Mapping[str, str] = field(default_factory=dict)
    fields: list[HeaderField] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    pager: Pager | None = None
    attachments: list[Attachment] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    link_share: float = 0.0


def clean(repaired: Repaired, capture: Capture) -> Cleaned:
    """The main content of a repaired page, and everything around it that later rooms need. Never raises."""
    document = read_html(repaired.text) if looks_like_html(repaired.text) else read_plain(repaired.text)
    cleaned = Cleaned(is_html=document.is_html, head_title=document.head_title, meta=document.meta)
    cleaned.readable_text = document.place_lines()
    rules = [_line_rule(line) for line in document.lines]
    region = choose_region(document, rules) if document.is_html else Region(0, len(document.lines), "plain text")
    cleaned.main_reason = region.reason
    _outside(document, region, rules)
    _read_information_block(document, region, rules, cleaned)
    _trim_edges(document, region, rules, cleaned)
    kept = [place for place in range(region.first, region.last) if not rules[place]]
    markers = find_markers([document.lines[place].text for place in kept])
    marker_of = {kept[marker.line]: marker.title for marker in markers}
    for place in marker_of:
        rules[place] = "member_marker"
    kept = [place for place in kept if place not in marker_of]
    cleaned.main_text = "\n".join(document.lines[place].text for place in kept)
    cleaned.edits = _edits(document, rules)
    cleaned.members = _members(document, kept, marker_of)
    cleaned.is_compilation = bool(markers)
    cleaned.headings = [line.text for line in document.lines if line.kind is BlockKind.HEADING and not line.hidden]
    cleaned.entries = list_entries(document, capture.url)
    cleaned.pager = read_pager(document, capture.url) if cleaned.entries else None
    cleaned.attachments = _attachments(document, region, capture.url)
    cleaned.link_share = _link_share(document)
    if any(rule in ("spam_keywords", "link_farm") or rule == "hidden_spam" for rule in rules):
        cleaned.flags.append("spam_removed")
    if document.frames and not cleaned.main_text:
        cleaned.findings.append(
            Finding("clean", "framed_page", f"the page only frames other pages: {', '.join(document.frames[:3])}")
        )
    return cleaned


def _line_rule(line: Line) -> str:
    """The rule that drops a line wherever it stands, or ""."""
    if line.hidden:
        return "hidden_spam" if spam_rule(line.text) else f"hidden_{line.hidden}"
    if line.grid is not None:
        return ""
    return chrome_rule(line.text) or spam_rule(line.text)


def _outside(document: Document, region: Region, rules: list[str]) -> None:
    for place in (*range(region.first), *range(region.last, len(document.lines))):
        rules[place] = rules[place] or "outside_main_content"


def _read_information_block(document: Document, region: Region, rules: list[str], cleaned: Cleaned) -> None:
    """Labelled values before the main content, at its head, and in tables beside it; their lines leave the text."""
    body_start = _body_start(document, region, rules)
    texts = [line.text for line in document.lines]
    for place, line in enumerate(document.lines):
        inside = region.first <= place < region.last
        if line.hidden or (inside and place >= body_start):
            continue
        if place >= region.last and line.grid is None:
            continue
        fields = grid_fields(line.grid) if line.grid is not None else line_fields(line.text)
        if not fields and line.grid is None and not inside and len(line.text) <= 24:
            fields = pair_fields(texts[place : place + 2]) or []
        if fields:
            cleaned.fields.extend(fields)
            rules[place] = "information_block"
        elif not rules[place] and line.grid is None and edge_rule(line.text):
            rules[place] = edge_rule(line.text)
    if not document.is_html:
        _take_page_title(document, rules, body_start, cleaned)
        return
    cleaned.head_lines = [
        line.text
        for place, line in enumerate(document.lines[: region.first])
        if rules[place] == "outside_main_content" and line.linked * 2 <= len(line.text)
    ]


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
        if len(line.text) > 60 or line.text.endswith(("。", "；", "：", ":", ";")):
            return place
    return region.last


def _take_page_title(document: Document, rules: list[str], body_start: int, cleaned: Cleaned) -> None:
    """In plain text the page's title stands among the lines of the information block: it is the page's, not the body's.

    Only where such a block (or chrome, or spam) stands around it: a text that begins with its own title keeps it.
    """
    last_marked = max((place for place in range(body_start) if rules[place]), default=-1)
    for place in range(body_start):
        if rules[place]:
            continue
        text = document.lines[place].text
        if place < last_marked or (place == last_marked + 1 and last_marked >= 0 and not cleaned.head_lines):
            cleaned.head_lines.append(text)
            rules[place] = "page_title"


def _trim_edges(document: Document, region: Region, rules: list[str], cleaned: Cleaned) -> None:
    """Drop the tail of the page behind the last line of prose, and chrome at both ends of the main content."""
    lines = document.lines
    kept = [place for place in range(region.first, region.last) if not rules[place]]
    for place in reversed(kept):
        line = lines[place]
        if line.grid is not None:
            break
        if rule := edge_rule(line.text):
            rules[place] = rule
        elif closes_body(line.text):
            rules[place] = "page_tail"
        elif line.linked * 2 > len(line.text) and document.is_html:
            rules[place] = "links_behind_body"
        elif (fields := line_fields(line.text)) and all(item.key in _TAIL_FIELDS for item in fields):
            cleaned.fields.extend(fields)
            rules[place] = "information_block"
        else:
            break


_TAIL_FIELDS = frozenset({"editor", "source", "visits", "font", "keywords", "tools", "updated_on", "published_on"})


def _edits(document: Document, rules: Sequence[str]) -> list[Edit]:
    """One edit for each run of neighbouring lines that one rule drops, their line breaks with them."""
    edits: list[Edit] = []
    lines = document.lines
    kept_before = False
    place = 0
    while place < len(lines):
        rule = rules[place]
        if not rule:
            kept_before = True
            place += 1
            continue
        last = place
        while last + 1 < len(lines) and rules[last + 1] == rule:
            last += 1
        # The line break goes with the dropped lines: the one before them once something is kept, else the one behind.
        start = lines[place].start - (1 if kept_before else 0)
        end = lines[last].end + (0 if kept_before or last + 1 == len(lines) else 1)
        text = "\n".join(line.text for line in lines[place : last + 1])
        removed = ("\n" + text) if kept_before else text + ("\n" if end > lines[last].end else "")
        edits.append(Edit("clean", 0, rule, start, end, removed))
        place = last + 1
    return edits


def _members(document: Document, kept: Sequence[int], marker_of: Mapping[int, str]) -> list[Member]:
    if not marker_of:
        return [_member([document.lines[place] for place in kept], "")]
    starts = sorted(marker_of)
    members = []
    for start, end in zip(starts, [*starts[1:], len(document.lines)], strict=True):
        members.append(_member([document.lines[place] for place in kept if start < place < end], marker_of[start]))
    return members


def _member(lines: Sequence[Line], marker_title: str) -> Member:
    blocks: list[Block] = []
    place = 0
    for line in lines:
        blocks.append(Block(line.kind, line.text, place, place + len(line.text), line.grid))
        place += len(line.text) + 1
    return Member("\n".join(block.text for block in blocks), tuple(blocks), marker_title)


def _attachments(document: Document, region: Region, page_url: str) -> list[Attachment]:
    found: dict[str, Attachment] = {}
    for place, line in enumerate(document.lines):
        if line.hidden or not region.first <= place < min(region.last + 15, len(document.lines)):
            continue
        for link in line.links:
            address = link.url.strip()
            path = urlsplit(address).path.lower() if not address.lower().startswith("javascript:") else ""
            if path.endswith(_ATTACHMENT_ENDINGS) or "downfile.jsp" in path or "download.jsp" in path:
                url = urljoin(page_url, address)
                found.setdefault(url, Attachment(url, link.text or link.title))
    return list(found.values())


def _link_share(document: Document) -> float:
    visible = [line for line in document.lines if not line.hidden]
    total = sum(len(line.text) for line in visible)
    prose = sum(line_mass(line) for line in visible)
    return 1 - prose / total if total else 0.0
