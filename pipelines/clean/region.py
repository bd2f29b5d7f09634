"""Which part of an HTML page is its main content.

Two candidates: the containers that portal systems are known to use, and the innermost element that holds nearly all
of the page's prose. Where they agree the known one is taken (its edges are the system's own), where they differ the
text decides. All masses are prefix sums over the lines, so the choice is linear in the page.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from pipelines.clean.document import Document, Line
from pipelines.knowledge import reference
from pipelines.model import BlockKind

_PUNCTUATION = re.compile(r"[，,。；;！？：:、]")
_NUMBERED = re.compile(r"^(?:vsb_content|content)_\d+$")
# An element keeps the walk going down while one child holds this share of its prose (0.8–0.9 give the same choice on
# all labelled pages; below 0.7 reports made of a few big parts lose some).
_DOMINANT = 0.8
# A known container with less than this share of the best element's prose is a teaser or a side box.
_LEAST_KNOWN = 0.3
_CONTENT_UNITS = frozenset("p li h1 h2 h3 h4 h5 h6 dt dd pre span caption".split())


Mass = Callable[[int], float]


@dataclass(frozen=True, slots=True)
class Region:
    """Lines [first, last) are the main content; `reason` says how it was found."""

    first: int
    last: int
    reason: str


@cache
def _known_names() -> frozenset[str]:
    table = tomllib.loads(reference("clean/containers.toml").read_text("utf-8"))
    return frozenset(name for container in table["container"] for name in container["names"])


def line_mass(line: Line) -> float:
    """How much prose a line holds, in characters: links and labels weigh little, hidden text nothing."""
    if line.hidden:
        return 0.0
    own = len(line.text) - line.linked
    if line.linked * 2 > len(line.text):
        return own * 0.1
    if line.kind is BlockKind.TABLE:
        return float(own)
    if own < 16 and not _PUNCTUATION.search(line.text):
        return own * 0.3
    return float(own)


def choose_region(document: Document, dropped: Sequence[str]) -> Region:
    """The main content of a page; `dropped` names per line the rule that drops it anyway ("" for none)."""
    lines, elements = document.lines, document.elements
    if not elements:
        return Region(0, len(lines), "no markup around the text")
    masses = list(
        accumulate((0.0 if rule else line_mass(line) for line, rule in zip(lines, dropped, strict=True)), initial=0.0)
    )

    def mass(element: int) -> float:
        return masses[elements[element].last] - masses[elements[element].first]

    dense = _innermost_dominant(document, mass)
    known = _best_known(document, mass)
    if known is not None and mass(known) >= _LEAST_KNOWN * mass(dense) and mass(known) > 0:
        chosen = elements[known]
        name = next(name for name in chosen.names or (chosen.tag,) if _is_known(name) or name == chosen.tag)
        return Region(chosen.first, chosen.last, f"known container {name}")
    chosen = elements[dense]
    name = " ".join(chosen.names[:2]) or chosen.tag
    return Region(chosen.first, chosen.last, f"densest element {name}")


def _is_known(name: str) -> bool:
    return name in _known_names() or bool(_NUMBERED.match(name))


def _best_known(document: Document, mass: Mass) -> int | None:
    best: int | None = None
    for index, element in enumerate(document.elements):
        if element.first == element.last:
            continue
        if not (any(map(_is_known, element.names)) or element.tag == "ucapcontent"):
            continue
        # Elements come outer before inner: an inner one wins when it holds nearly the same prose.
        if (
            best is None
            or mass(index) > mass(best) * 1.05
            or (mass(index) >= mass(best) * 0.95 and _within(document, index, best))
        ):
            best = index
    return best


def _within(document: Document, inner: int, outer: int) -> bool:
    one, other = document.elements[inner], document.elements[outer]
    return other.first <= one.first and one.last <= other.last


def _innermost_dominant(document: Document, mass: Mass) -> int:
    children: list[list[int]] = [[] for _ in document.elements]
    for index, element in enumerate(document.elements):
        if element.parent >= 0:
            children[element.parent].append(index)
    current = 0
    while True:
        best = max(children[current], key=mass, default=None)
        if best is None or document.elements[best].tag in _CONTENT_UNITS:
            return current
        if mass(best) < _DOMINANT * mass(current) or mass(best) <= 0:
            return current
        current = best
