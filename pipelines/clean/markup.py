"""HTML → lines. One parse with lexbor, one iterative walk (10,000 nested elements are no problem for either).

lexbor follows the HTML5 rules, so an `</html>` brought in by an included header, a second `<body>` or a stray end tag
do not cut the page short, as they do with libxml2 (measured: the whole article of a gov.cn page was lost there).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipelines.clean.document import Document, Element, Line, Link
from pipelines.clean.grids import data_grid
from pipelines.clean.hidden import HiddenRules, hidden_rules
from pipelines.model import BlockKind, Grid

if TYPE_CHECKING:
    from collections.abc import Iterator

_SKIPPED = frozenset(
    "script style noscript template svg canvas select option textarea button input object embed audio video "
    "applet map math -comment".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody td "
    "tfoot th thead tr ul ucapcontent ucaptitle publishtime caption".split()
)
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "ucaptitle": 1}
_SPACES = re.compile(r"[ \t\r\n\f\v\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_WIDE = re.compile(r"(?<=[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]) (?=[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef])")
_BREAK = "\n"


def read_html(source: str) -> Document:
    """The page as lines, containers, links, meta tags. Never raises on any input text."""
    parser = LexborHTMLParser(_without_inline_data(source))
    meta, head_title, base_url = _head(parser)
    document = Document(is_html=True, head_title=head_title, meta=meta, base_url=base_url)
    root = parser.root
    if root is not None:
        _Walk(document, hidden_rules(parser)).run(root)
    return document


_DATA_URL = re.compile(r"data:[a-z]+/[a-z0-9.+-]+;base64,[A-Za-z0-9+/=\s]{200,}", re.IGNORECASE)


def _without_inline_data(source: str) -> str:
    # Word-pasted pages carry megabytes of base64 images; nothing in them is text.
    return _DATA_URL.sub("data:,", source) if ";base64," in source else source


def _head(parser: LexborHTMLParser) -> tuple[Mapping[str, str], str, str]:
    meta: dict[str, str] = {}
    for node in parser.css("meta"):
        attributes = node.attributes
        name = attributes.get("name") or attributes.get("property") or attributes.get("http-equiv")
        content = attributes.get("content")
        if name and content and content.strip():
            meta.setdefault(name.strip().lower(), content.strip())
    title = parser.css_first("title")
    base = parser.css_first("base")
    return meta, squeeze(title.text()) if title else "", (base.attributes.get("href") or "") if base else ""


def squeeze(text: str) -> str:
    """White space folded as a reader sees it: one space, none at the ends."""
    return _SPACES.sub(" ", text).strip()


def paragraph_text(text: str) -> str:
    """White space folded; a line break of the source between two Chinese characters is no space."""
    if "\n" in text or "\r" in text:
        text = re.sub(r"[ \t]*[\r\n]+[ \t]*", _join_lines, text)
    return squeeze(text)


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
        "hidden",
        "hidden_by",
        "level",
        "linked",
        "links",
        "list_item",
        "rules",
    )

    def __init__(self, document: Document, rules: HiddenRules) -> None:
        self.document = document
        self.rules = rules
        self.buffer: list[str] = []
        self.linked = 0
        self.links: list[Link] = []
        self.element = -1
        self.level = 0
        self.list_item = False
        self.hidden = ""

    def run(self, root: LexborNode) -> None:
        # (node, leaving) pairs instead of recursion: depth is the page's choice, not ours.
        stack: list[tuple[LexborNode, bool, tuple[int, int, bool, str]]] = [(root, False, (-1, 0, False, ""))]
        while stack:
            node, leaving, outer = stack.pop()
            if leaving:
                self._leave(outer)
                continue
            tag = node.tag
            if tag == "-text":
                text = node.text_content
                if text:
                    self.buffer.append(text)
                continue
            if tag is None or tag in _SKIPPED or tag == "head":
                if tag == "script":
                    self._note_script(node)
                continue
            if tag == "br":
                self._flush()
                continue
            if tag in ("iframe", "frame"):
                address = node.attributes.get("src")
                if address:
                    self.document.frames.append(address)
                continue
            if tag == "a":
                self._read_link(node)
                continue
            if tag == "table":
                grid = data_grid(node, paragraph_text)
                if grid is not None:
                    self._flush()
                    self._emit_table(node, grid)
                    continue
            if tag in _BLOCKS or (tag == "span" and node.attributes.get("id")):
                outer = (self.element, self.level, self.list_item, self.hidden)
                if tag in _BLOCKS:
                    self._flush()
                self._enter(node, tag)
                stack.append((node, True, outer))
            elif node.attributes and (reason := self.rules.reason(node)):
                self._skip_hidden(node, reason)
                continue
            child = node.last_child
            while child is not None:
                stack.append((child, False, outer))
                child = child.prev
        self._flush()
        for element in self.document.elements:
            element.last = max(element.last, element.first)

    def _enter(self, node: LexborNode, tag: str) -> None:
        attributes = node.attributes
        names: tuple[str, ...] = ()
        if attributes:
            words = f"{attributes.get('id') or ''} {attributes.get('class') or ''}".lower().split()
            names = tuple(words)
            if not self.hidden and (reason := self.rules.reason(node)):
                self.hidden = reason
        self.document.elements.append(Element(self.element, tag, names, first=len(self.document.lines)))
        self.element = len(self.document.elements) - 1
        self.level = _HEADINGS.get(tag, self.level)
        self.list_item = self.list_item or tag == "li"

    def _leave(self, outer: tuple[int, int, bool, str]) -> None:
        element = self.document.elements[self.element]
        if element.tag != "span":
            self._flush()
        element.last = len(self.document.lines) + (1 if self.buffer and element.tag == "span" else 0)
        self.element, self.level, self.list_item, self.hidden = outer

    def _read_link(self, node: LexborNode) -> None:
        # A link that wraps blocks (cards, titles with <br>) is still one link; its text is taken whole.
        text = squeeze(node.text(separator=" ") if node.child is not None else "")
        attributes = node.attributes
        reason = self.rules.reason(node) if attributes else ""
        if reason and not self.hidden:
            self._skip_hidden(node, reason)
            return
        address = (attributes.get("href") or "").strip()
        title = squeeze(attributes.get("title") or "")
        if address:
            self.links.append(Link(address, text, title))
        if text:
            self.buffer.append(_WIDE.sub("", text) if " " in text else text)
            if address and not address.startswith("#"):
                self.linked += len(text)

    def _skip_hidden(self, node: LexborNode, reason: str) -> None:
        text = squeeze(node.text(separator=" "))
        if text:
            self._flush()
            self.document.lines.append(
                Line(
                    text, hidden=reason, element=max(self.element, 0), linked=sum(len(a.text()) for a in node.css("a"))
                )
            )

    def _note_script(self, node: LexborNode) -> None:
        text = node.text_content or ""
        if text and len(text) < 200_000:
            self.document.scripts.append(text)

    def _emit_table(self, node: LexborNode, grid: Grid) -> None:
        links = [
            Link(a.attributes.get("href") or "", squeeze(a.text()), squeeze(a.attributes.get("title") or ""))
            for a in node.css("a")
            if a.attributes.get("href")
        ]
        hidden = self.hidden or self.rules.reason(node)
        names = tuple(f"{node.attributes.get('id') or ''} {node.attributes.get('class') or ''}".lower().split())
        self.document.elements.append(Element(self.element, "table", names, first=len(self.document.lines)))
        self.document.lines.append(
            Line(
                grid.as_text(),
                kind=BlockKind.TABLE,
                grid=grid,
                hidden=hidden,
                element=len(self.document.elements) - 1,
                links=links,
                linked=sum(len(link.text) for link in links),
            )
        )
        self.document.elements[-1].last = len(self.document.lines)

    def _flush(self) -> None:
        if not self.buffer:
            if self.links:
                self._keep_bare_links()
            return
        text = paragraph_text("".join(self.buffer))
        self.buffer.clear()
        if text:
            if self.level:
                kind = BlockKind.HEADING
            else:
                kind = BlockKind.LIST_ITEM if self.list_item else BlockKind.PARAGRAPH
            self.document.lines.append(
                Line(
                    text,
                    kind=kind,
                    linked=min(self.linked, len(text)),
                    level=self.level,
                    hidden=self.hidden,
                    element=max(self.element, 0),
                    links=self.links,
                )
            )
            self.links = []
        self.linked = 0

    def _keep_bare_links(self) -> None:
        # <a><img></a>: a link without text belongs to the line before it.
        if self.document.lines:
            self.document.lines[-1].links.extend(self.links)
        self.links = []


def iter_ancestors(document: Document, element: int) -> Iterator[int]:
    """The element and its ancestors, innermost first."""
    while element >= 0:
        yield element
        element = document.elements[element].parent
