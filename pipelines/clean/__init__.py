"""readable page → the report alone: main content, chrome, spam, grids, splitting.

`clean(repaired, capture)` reads top to bottom: the page as lines, a rule for every line that must go, the region of
the main content, its edges with the information block, the members of a compound page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin

from pipelines.clean.boilerplate import BoilerplateModel, PageLine, page_lines
from pipelines.clean.chrome import chrome_rule, page_number_spans
from pipelines.clean.document import Document, Line
from pipelines.clean.edges import drop_second_copy, read_foot, read_head, trim_tail
from pipelines.clean.listing import Listing, absolute, host_of, read_listing, read_pager
from pipelines.clean.markup import read_html
from pipelines.clean.metadata import HeaderField
from pipelines.clean.plain import looks_like_html, read_plain
from pipelines.clean.region import Region, choose_region, line_mass, reveal_hidden
from pipelines.clean.shells import page_findings
from pipelines.clean.spam import spam_rule
from pipelines.clean.spam_page import farm_lines, restore_words
from pipelines.clean.splitting import find_markers
from pipelines.documents.reading import DocumentReading
from pipelines.model import Attachment, Block, BlockKind, Capture, Edit, Entry, Finding, Pager, Repaired

_ATTACHMENT_ENDINGS = (".pdf", ".doc", ".docx", ".wps", ".xls", ".xlsx", ".et", ".ofd", ".rar", ".zip")
_DOWNLOAD_PAGES = ("downfile.jsp", "download.jsp")
_ARTICLE_TAGS = ("articletitle", "pubdate", "firstpublishedtime")
_SPAM_RULES = frozenset({"spam_keywords", "spam_advertisement", "link_farm", "empty_tags", "hidden_spam"})
_ATTACHMENT_REACH = 15  # lines behind the main content


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
    before the main content that are neither chrome nor spam (titles stand there), `title_lines` those of them
    close before it (headings first, nearest first), `headings` the page's headings outside and inside of it.
    `frame_lines` are the lines of the main content as a site's boilerplate is learned from them. `main_reason` says how
    the main content was found. `frames` are the absolute addresses of frames on its own host.
    """

    is_html: bool = False
    readable_text: str = ""
    main_text: str = ""
    main_reason: str = ""
    members: list[Member] = field(default_factory=list)
    is_compilation: bool = False
    head_title: str = ""
    head_lines: list[str] = field(default_factory=list)
    title_lines: list[str] = field(default_factory=list)
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
    frames: list[str] = field(default_factory=list)
    frame_lines: list[PageLine] = field(default_factory=list)


def clean(
    repaired: Repaired,
    capture: Capture,
    reading: DocumentReading | None = None,
    learned: BoilerplateModel | None = None,
) -> Cleaned:
    """The main content of a repaired page, and everything around it that later rooms need. Never raises.

    `reading` is given where the body is a document (PDF, DOCX) and no page: its lines take the place of the text's.
    `learned` is what recurs on the pages of the capture's site; it is read here and never written.
    """
    document = _document(repaired.text, reading)
    if document.is_html:
        reveal_hidden(document)
    readable_text = document.place_lines()
    restored = restore_words(document, readable_text)
    cleaned = Cleaned(is_html=document.is_html, head_title=document.head_title, meta=document.meta)
    cleaned.readable_text = readable_text
    rules = [_line_rule(line, place in restored.suspects) for place, line in enumerate(document.lines)]
    for place in farm_lines(document.lines):
        rules[place] = rules[place] or "link_farm"
    listing = read_listing(document, capture.url)
    region = _main_region(document, rules, listing)
    cleaned.main_reason = region.reason
    for place in (*range(region.first), *range(region.last, len(document.lines))):
        rules[place] = rules[place] or "outside_main_content"
    _trim(document, region, rules, cleaned)
    if not region.is_list:
        cleaned.frame_lines = _drop_learned(document, region, rules, learned)
    kept = [place for place in range(region.first, region.last) if not rules[place]]
    printed = _without_page_numbers(document, kept)
    markers = find_markers([printed[place] for place in kept])
    marker_of = {kept[marker.line]: marker.title for marker in markers}
    for place in marker_of:
        rules[place] = "member_marker"
    kept = [place for place in kept if place not in marker_of]
    cleaned.main_text = "\n".join(printed[place] for place in kept)
    cleaned.edits = [*restored.edits, *_edits(document, rules, restored.next_step)]
    cleaned.members = _members(document, kept, printed, marker_of)
    cleaned.is_compilation = bool(markers)
    cleaned.headings = [line.text for line in document.lines if line.kind is BlockKind.HEADING and not line.hidden]
    cleaned.entries = list(listing.entries)
    cleaned.pager = read_pager(document, capture.url) if cleaned.entries else None
    cleaned.attachments = _attachments(document, region, capture.url)
    cleaned.link_share = _link_share(document)
    cleaned.frames = _same_host_frames(document, capture.url)
    spam = ["spam_removed"] if _SPAM_RULES.intersection(rules) else []
    cleaned.flags = list(dict.fromkeys([*restored.flags, *spam]))
    cleaned.findings = [*restored.findings, *page_findings(document, cleaned.main_text, cleaned.frames)]
    if reading is not None:
        cleaned.findings += reading.findings
    return cleaned


def _document(text: str, reading: DocumentReading | None) -> Document:
    if reading is not None:
        return Document(is_html=False, lines=list(reading.lines))
    return read_html(text) if looks_like_html(text) else read_plain(text)


def _main_region(document: Document, rules: Sequence[str], listing: Listing) -> Region:
    """The main content: the article, or the list where the page is one and says nothing of an article."""
    if not document.is_html:
        return Region(0, len(document.lines), "plain text")
    article = choose_region(document, rules)
    if not listing.entries or any(name in document.meta for name in _ARTICLE_TAGS):
        return article
    own_lines = set(range(article.first, article.last)).difference(listing.places)
    prose = sum(line_mass(document.lines[place]) for place in own_lines)
    listed = sum(len(entry.title) for entry in listing.entries)
    between = any(article.title_end <= place < article.first for place in listing.places)
    follows_title = 0 < article.title_end <= article.first and not between
    if listed > 2 * prose and not (follows_title and prose):
        first, last = listing.places[0], listing.places[-1] + 1
        return Region(first, last, f"list of {len(listing.entries)} dated links", is_list=True)
    return article


def _line_rule(line: Line, is_suspect: bool) -> str:
    """The rule that drops a line wherever it stands, or ""; only a suspect line can be spam."""
    if line.hidden:
        return "hidden_spam" if is_suspect and spam_rule(line.text) else f"hidden_{line.hidden}"
    if line.grid is not None:
        return ""
    return chrome_rule(line.text) or (spam_rule(line.text) if is_suspect else "")


def _trim(document: Document, region: Region, rules: list[str], cleaned: Cleaned) -> None:
    """Both edges of the main content; the values read there become fields, nearest to the reader's eye first."""
    if region.is_list:
        return
    if document.is_html:
        drop_second_copy(document, region, rules)
    head = read_head(document, region, rules)
    tail = trim_tail(document, region, rules)
    foot = read_foot(document, region, rules) if document.is_html else []
    cleaned.fields = [*head.fields, *tail, *foot, *head.unlabelled]
    cleaned.head_lines, cleaned.title_lines = head.lines, head.title_lines


def _drop_learned(
    document: Document, region: Region, rules: list[str], learned: BoilerplateModel | None
) -> list[PageLine]:
    """Drop the lines that the site repeats around its reports; gives the lines the site can be learned from."""
    places = [
        place
        for place in range(region.first, region.last)
        if not rules[place] and document.lines[place].grid is None and not document.lines[place].hidden
    ]
    found = page_lines([document.lines[place] for place in places])
    for place, line in zip(places, found, strict=True):
        if learned is not None and learned.drops(line):
            rules[place] = "learned_boilerplate"
    return found


def _without_page_numbers(document: Document, kept: Sequence[int]) -> dict[int, str]:
    """The texts of the kept lines as they will be printed, by place."""
    return {place: cut(document.lines[place].text, _cuts(document.lines[place])) for place in kept}


def _cuts(line: Line) -> list[tuple[int, int]]:
    return [] if line.grid is not None else page_number_spans(line.text)


def cut(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text without the spans, which are sorted and do not overlap."""
    for start, end in reversed(spans):
        text = text[:start] + text[end:]
    return text


def _edits(document: Document, rules: Sequence[str], step: int) -> list[Edit]:
    """One edit for each run of neighbouring lines that one rule drops, their line breaks with them."""
    edits: list[Edit] = []
    lines = document.lines
    kept_before = False
    place = 0
    while place < len(lines):
        rule = rules[place]
        if not rule:
            line = lines[place]
            edits += [
                Edit("clean", step, "page_number", line.start + start, line.start + end, line.text[start:end])
                for start, end in _cuts(line)
            ]
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
        edits.append(Edit("clean", step, rule, start, end, removed))
        place = last + 1
    return edits


def _members(
    document: Document, kept: Sequence[int], printed: Mapping[int, str], marker_of: Mapping[int, str]
) -> list[Member]:
    if not marker_of:
        return [_member(document, kept, printed, "")]
    starts = sorted(marker_of)
    return [
        _member(document, [place for place in kept if start < place < end], printed, marker_of[start])
        for start, end in zip(starts, [*starts[1:], len(document.lines)], strict=True)
    ]


def _member(document: Document, kept: Sequence[int], printed: Mapping[int, str], marker_title: str) -> Member:
    blocks: list[Block] = []
    start = 0
    for place in kept:
        line, text = document.lines[place], printed[place]
        blocks.append(Block(line.kind, text, start, start + len(text), line.grid))
        start += len(text) + 1
    return Member("\n".join(block.text for block in blocks), tuple(blocks), marker_title)


def _attachments(document: Document, region: Region, page_url: str) -> list[Attachment]:
    found: dict[str, Attachment] = {}
    for place in range(region.first, min(region.last + _ATTACHMENT_REACH, len(document.lines))):
        line = document.lines[place]
        for link in line.links if not line.hidden else ():
            path = link.url.partition("?")[0].strip().lower()
            if path.startswith("javascript:") or not path.endswith(_ATTACHMENT_ENDINGS + _DOWNLOAD_PAGES):
                continue
            if url := absolute(page_url, link.url):
                found.setdefault(url, Attachment(url, link.text or link.title))
    return list(found.values())


def _link_share(document: Document) -> float:
    visible = [line for line in document.lines if not line.hidden]
    total = sum(len(line.text) for line in visible)
    prose = sum(line_mass(line) for line in visible)
    return 1 - prose / total if total else 0.0


def _same_host_frames(document: Document, page_url: str) -> list[str]:
    """The absolute addresses of the page's frames on its own host, each once: what a reader sees may stand there."""
    host = host_of(page_url)
    base = urljoin(page_url, document.base_url) if document.base_url else page_url
    addresses = (absolute(base, address) for address in document.frames)
    return list(dict.fromkeys(address for address in addresses if address and host_of(address) == host))
