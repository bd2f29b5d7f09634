"""A page as lines: the one form that HTML and text that was once a page share.

A parse happens once; whatever the later modules of this room want to know of the markup (containers, links, tables,
hidden parts, meta tags) is noted here while walking the tree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipelines.model import BlockKind, Grid


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a line; `url` is as written in the page."""

    url: str
    text: str
    title: str = ""


@dataclass(slots=True)
class Line:
    """One line of readable text: a paragraph, heading, list item, or a whole table.

    `start` counts in the readable text. `linked` is the number of characters inside links. `hidden` names why a
    reader of the page would not see the line. `element` is the innermost element it lies in.
    """

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    start: int = 0
    linked: int = 0
    level: int = 0
    hidden: str = ""
    element: int = 0
    grid: Grid | None = None
    links: list[Link] = field(default_factory=list)

    @property
    def end(self) -> int:
        """Offset just behind the line in the readable text."""
        return self.start + len(self.text)

    @property
    def is_links(self) -> bool:
        """Whether most of the line is linked: an item of a menu or list, a button."""
        return self.linked * 2 > len(self.text)


@dataclass(slots=True)
class Element:
    """A container of the page: lines [first, last) lie in it. `names` are its id and classes, lower case."""

    parent: int
    tag: str
    names: tuple[str, ...] = ()
    first: int = 0
    last: int = 0


@dataclass(slots=True)
class Document:
    """A parsed page. `meta` maps lower-case meta names to contents; `frames` are the addresses of its frames.

    `scripts` are the texts of its inline scripts, `is_frameset` says that the page is nothing but frames.
    """

    is_html: bool
    lines: list[Line] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    head_title: str = ""
    meta: Mapping[str, str] = field(default_factory=dict)
    base_url: str = ""
    frames: list[str] = field(default_factory=list)
    is_frameset: bool = False
    scripts: list[str] = field(default_factory=list)

    def place_lines(self) -> str:
        """Give every line its offset and return the readable text: all lines joined by newlines."""
        place = 0
        for line in self.lines:
            line.start = place
            place += len(line.text) + 1
        return "\n".join(line.text for line in self.lines)
