"""HTML → lines. One parse with lexbor, one iterative walk (10,000 nested elements are no problem for either).

lexbor follows the HTML5 rules, so an `</html>` brought in by an included header, a second `<body>` or a stray end tag
do not cut the page short, as they do with libxml2 (measured: the whole article of a gov.cn page was lost there).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipelines.clean.document import Document, Element, Line, Link
from pipelines.clean.grids import data_grid
from pipelines.clean.hidden import HiddenRules, hidden_rules
from pipelines.model import BlockKind, Grid

# `noscript` is read as a hidden part: what stands there is for readers without scripts, mostly a plea to switch them on.
_SKIPPED = frozenset(
    "script style template svg canvas select option textarea button input object embed audio video applet map math "
    "noframes head -comment !doctype".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav noscript ol p pre section summary "
    "table tbody td tfoot th thead tr ul ucapcontent ucaptitle publishtime caption".split()
)
# Without attributes these are never containers; they only end lines.
_PLAIN_UNITS = frozenset("p li h1 h2 h3 h4 h5 h6 dt dd pre caption tr hr".split())
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "ucaptitle": 1}
# Inline elements under whose id old templates put a whole article (`<span id="zoom">`, `<font id="Zoom">`).
_INLINE_CONTAINERS = frozenset(("span", "font"))
_FRAMES = frozenset(("iframe", "frame"))
_INLINE_DATA = re.compile(r";base64,[A-Za-z0-9+/=\s]{200,}")
_LINE_END = re.compile(r"[ \t\u00a0\u3000]*[\r\n]+[ \t\u00a0\u3000\r\n]*")
_WIDE = re.compile(r"(?<=[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]) (?=[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef])")
_LONGEST_SCRIPT = 200_000  # characters; pagers and configurations are short, bundled libraries are not
# A link longer than this is no link but a tag that somebody forgot to close: its content is read as ordinary text.
_LONGEST_LINK = 400

# The element, heading level, list item and reason for hiding around an element.
_Outside = tuple[int, int, bool, str]


def read_html(source: str) -> Document:
    """The page as lines, containers, links, meta tags. Never raises on any input text."""
    parser = LexborHTMLParser(_without_inline_data(source))
    meta, head_title, base_url = _head(parser)
    document = Document(is_html=True, head_title=head_title, meta=meta, base_url=base_url)
    root = parser.root
    if root is not None:
        _Walk(document, hidden_rules(parser)).run(root)
    return document


def _without_inline_data(source: str) -> str:
    # Word-pasted pages carry megabytes of base64 images; nothing in them is text.
    return _INLINE_DATA.sub(";base64,", source)


def _head(parser: LexborHTMLParser) -> tuple[Mapping[str, str], str, str]:
    meta: dict[str, str] = {}
    for node in parser.css("meta"):
        attributes = node.attributes
        name = attributes.get("name") or attributes.get("property") or attributes.get("http-equiv")
        content = attributes.get("content")
        if name and content and content.strip():
            meta.setdefault(name.strip().lower(), content.strip())
    # Word exports bring an empty title of their own into the body.
    titles = (squeeze(node.text()) for node in parser.css("title"))
    base = parser.css_first("base")
    return meta, next(filter(None, titles), ""), (base.attributes.get("href") or "") if base else ""


def squeeze(text: str) -> str:
    """White space folded as a reader sees it: one space, none at the ends."""
    return " ".join(text.split())


def paragraph_text(text: str) -> str:
    """White space folded; a line break of the source between two Chinese characters is no space."""
    stripped = text.strip()
    if stripped.isalnum():
        return stripped
    if "\n" in stripped or "\r" in stripped:
        stripped = _LINE_END.sub(_join_lines, stripped)
    return " ".join(stripped.split())


def _join_lines(match: re.Match[str]) -> str:
    text = match.string
    before, behind = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return "" if before > "\u2e7f" and behind > "\u2e7f" else " "


class _Walk:
    """Walks the tree once and fills a Document. State: the open line, the open elements, the open links."""

    __slots__ = (
        "buffer",
        "document",
        "element",
        "elements",
        "has_rules",
        "hidden",
        "is_blank",
        "level",
        "lines",
        "linked",
        "links",
        "list_item",
        "rules",
    )

    def __init__(self, document: Document, rules: HiddenRules) -> None:
        self.document = document
        self.lines = document.lines
        self.elements = document.elements
        self.rules = rules
        self.has_rules = not rules.is_empty
        self.buffer: list[str] = []
        self.is_blank = False  # whether blanks, and no more than blanks, stand in the open line
        self.linked = 0
        self.links: list[Link] = []
        self.element = -1
        self.level = 0
        self.list_item = False
        self.hidden = ""

    def run(self, root: LexborNode) -> None:
        # The way from the root instead of recursion: depth is the page's choice, not ours. Beside each open node
        # stands what is to be restored behind it, None where it changed nothing.
        way: list[tuple[LexborNode, _Outside | None]] = []
        buffer = self.buffer
        node: LexborNode | None = root
        while node is not None:
            tag = node.tag
            outside: _Outside | None = None
            is_open = False
            if tag == "-text":
                if text := node.text_content:
                    # Most texts are the blanks between two tags.
                    if buffer or not text.isspace():
                        buffer.append(text)
                    else:
                        self.is_blank = True
            elif tag in _BLOCKS:
                if not (tag == "table" and self._take_grid(node)):
                    is_open = True
                    if buffer or self.links:
                        self._flush()
                    else:
                        self.is_blank = False
                    outside = (self.element, self.level, self.list_item, self.hidden)
                    attributes = node.attributes
                    if attributes or tag not in _PLAIN_UNITS:
                        self._enter(tag, attributes)
                    else:
                        self._enter_unit(tag)
            elif tag == "br":
                self._flush()
            elif tag in _SKIPPED:
                if tag == "script":
                    self._note_script(node)
            elif tag in _FRAMES:
                self._note_frame(node)
            elif not (tag == "a" and self._take_link(node)):
                is_open = True
                attributes = node.attributes
                if attributes:
                    if not self.hidden and (reason := self._reason(attributes)):
                        self._emit_hidden(node, reason)
                        is_open = False
                    elif tag in _INLINE_CONTAINERS and attributes.get("id"):
                        outside = (self.element, self.level, self.list_item, self.hidden)
                        self._enter(tag, attributes)
            if is_open:
                child = node.child
                if child is not None:
                    way.append((node, outside))
                    node = child
                    continue
                if outside is not None:
                    self._leave(outside)
            following = node.next if way else None
            while following is None and way:
                node, outside = way.pop()
                if outside is not None:
                    self._leave(outside)
                following = node.next if way else None
            node = following
        self._flush()

    def _reason(self, attributes: dict[str, str | None]) -> str:
        if self.has_rules or "style" in attributes or "hidden" in attributes:
            return self.rules.reason(attributes)
        return ""

    def _enter_unit(self, tag: str) -> None:
        if tag in _HEADINGS:
            self.level = _HEADINGS[tag]
        elif tag == "li":
            self.list_item = True

    def _enter(self, tag: str, attributes: dict[str, str | None]) -> None:
        names: tuple[str, ...] = ()
        if attributes:
            names = _names(attributes)
            # `<body style="display:none">` is undone by a script before the reader looks.
            if not self.hidden and tag not in ("html", "body"):
                self.hidden = self._reason(attributes)
        if tag == "noscript":
            self.hidden = self.hidden or "noscript"
        elif tag == "frameset":
            self.document.is_frameset = True
        place = len(self.lines)
        self.elements.append(Element(self.element, tag, names, place, place))
        self.element = len(self.elements) - 1
        self._enter_unit(tag)

    def _leave(self, outside: _Outside) -> None:
        element = self.elements[self.element]
        is_container = outside[0] != self.element  # a paragraph without attributes is none
        if is_container and element.tag in _INLINE_CONTAINERS:
            # An inline container ends inside the open line.
            element.last = len(self.lines) + (1 if "".join(self.buffer).strip() else 0)
        else:
            if self.buffer or self.links:
                self._flush()
            else:
                self.is_blank = False
            if is_container:
                element.last = len(self.lines)
        self.element, self.level, self.list_item, self.hidden = outside

    def _take_link(self, node: LexborNode) -> bool:
        """Take a link whole, text and all; False if it is none (an anchor without address, an unclosed tag)."""
        attributes = node.attributes
        if not self.hidden and (reason := self._reason(attributes)):
            self._emit_hidden(node, reason)
            return True
        address = (attributes.get("href") or "").strip()
        text = paragraph_text(inner_text(node, self.rules))
        if len(text) > _LONGEST_LINK or (text and not address):
            return False
        if address:
            title = attributes.get("title")
            self.links.append(Link(address, text, squeeze(title) if title else ""))
        if text:
            self.buffer.append(_WIDE.sub("", text) if " " in text else text)
            if not address.startswith("#"):
                self.linked += len(text)
        return True

    def _emit_hidden(self, node: LexborNode, reason: str) -> None:
        text = squeeze(inner_text(node, self.rules))
        if text:
            self._flush()
            linked = len(text) if node.tag == "a" else sum(len(link.text()) for link in node.css("a"))
            self.lines.append(Line(text, hidden=reason, element=max(self.element, 0), linked=linked))

    def _note_script(self, node: LexborNode) -> None:
        child = node.child
        text = child.text_content if child is not None else None
        if text and len(text) < _LONGEST_SCRIPT:
            self.document.scripts.append(text)

    def _note_frame(self, node: LexborNode) -> None:
        if address := (node.attributes.get("src") or "").strip():
            self.document.frames.append(address)

    def _take_grid(self, node: LexborNode) -> bool:
        grid = data_grid(node, lambda cell: paragraph_text(inner_text(cell, self.rules)))
        if grid is None:
            return False
        self._flush()
        for child in node.css("caption"):
            self._emit_caption(child)
        self._emit_table(node, grid)
        return True

    def _emit_caption(self, node: LexborNode) -> None:
        if text := paragraph_text(inner_text(node, self.rules)):
            caption = Line(text, kind=BlockKind.CAPTION, hidden=self.hidden, element=max(self.element, 0))
            self.lines.append(caption)

    def _emit_table(self, node: LexborNode, grid: Grid) -> None:
        links = [
            Link(link.attributes.get("href") or "", squeeze(link.text()), squeeze(link.attributes.get("title") or ""))
            for link in node.css("a")
            if link.attributes.get("href")
        ]
        attributes = node.attributes
        hidden = self.hidden or self.rules.reason(attributes)
        lines, elements = self.lines, self.elements
        elements.append(Element(self.element, "table", _names(attributes), first=len(lines), last=len(lines) + 1))
        lines.append(
            Line(
                grid.as_text(),
                kind=BlockKind.TABLE,
                grid=grid,
                hidden=hidden,
                element=len(elements) - 1,
                links=links,
                linked=sum(len(link.text) for link in links),
            )
        )

    def _flush(self) -> None:
        if not self.buffer:
            if self.links and not self.is_blank:
                self._keep_bare_links()
            self.is_blank = False
            return
        raw = "".join(self.buffer)
        self.buffer.clear()
        self.is_blank = False
        if not raw.isspace():
            text = paragraph_text(raw)
            if self.level:
                kind = BlockKind.HEADING
            else:
                kind = BlockKind.LIST_ITEM if self.list_item else BlockKind.PARAGRAPH
            linked = self.linked
            if linked > len(text):
                linked = len(text)
            element = self.element if self.element > 0 else 0
            self.lines.append(Line(text, kind, 0, linked, self.level, self.hidden, element, None, self.links))
            self.links = []
        self.linked = 0

    def _keep_bare_links(self) -> None:
        # <a><img></a>: a link without text belongs to the line before it.
        if self.lines:
            self.lines[-1].links.extend(self.links)
        self.links = []


def _names(attributes: Mapping[str, str | None]) -> tuple[str, ...]:
    identifier, classes = attributes.get("id"), attributes.get("class")
    if not (identifier or classes):
        return ()
    return tuple(f"{identifier or ''} {classes or ''}".lower().split())


def inner_text(node: LexborNode, rules: HiddenRules) -> str:
    """The visible text of a link or cell, a line break where a block begins or ends; scripts and styles left out."""
    child = node.child
    if child is None:
        return ""
    if child.next is None and child.tag == "-text":
        return child.text_content or ""
    pieces: list[str] = []
    has_rules = not rules.is_empty
    stack: list[LexborNode | None] = [child]
    while stack:
        current = stack.pop()
        if current is None:
            pieces.append("\n")
            continue
        following = current.next
        if following is not None:
            stack.append(following)
        tag = current.tag
        if tag == "-text":
            pieces.append(current.text_content or "")
        elif tag == "br":
            pieces.append("\n")
        elif tag not in _SKIPPED and tag != "noscript":
            attributes = current.attributes
            if (has_rules or "style" in attributes or "hidden" in attributes) and rules.reason(attributes):
                continue
            if tag in _BLOCKS:
                pieces.append("\n")
                stack.append(None)
            inside = current.child
            if inside is not None:
                stack.append(inside)
    return "".join(pieces)
