"""Which part of an HTML page is its main content.

Every element is a candidate. It is weighed by two shares: how much of the page's prose it holds, and how much of what
it holds is prose; their harmonic mean is its balance. Prose before the title, in parts named as chrome, in a second
copy of the article and in links counts little or nothing. A container that portal systems are known to use gets a
bonus; the reason says what was chosen and whether the densest element agrees. All masses are prefix sums over the
lines, so the choice is linear in the page.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate

from pipelines.clean.chrome import closes_body, is_disclaimer
from pipelines.clean.document import Document, Element, Line
from pipelines.knowledge import reference
from pipelines.model import BlockKind

_SENTENCE = re.compile(r"[，。；！？]")
_NUMBERED = re.compile(r"^(?:vsb_content|content|zoom)_\d+$")
_NAME_PARTS = re.compile(r"[-_]+|\d+$")
_STATED_DATE = re.compile(r"(?:19|20)\d\d\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2}")
_STATED_LABEL = re.compile(r"来源|时间|日期|发布|浏览|点击|阅读|访问|作者|编辑|字体|字号")
_FOOT_MARK = re.compile(r"网站标识码|ICP备|ICP证|公网安备|Copyright|版权所有", re.IGNORECASE)
# Found on the labelled and the generated pages; the choice is the same on all of them within the ranges given.
_KNOWN_BONUS = 1.3  # 1.2–1.5
_BESIDE_PENALTY = 0.1  # 0–0.2
_BEFORE_TITLE_PENALTY = 0.2  # 0.1–0.4
_LABEL_SHARE = 0.3  # of a short line without a sentence that counts as prose; 0.2–0.5
_LONG_LINE = 40  # characters; nobody writes a label of this length
_INFORMATION_REACH = 15  # lines between a title and its line of date and source
_COPIED_LINE = 20  # characters from which an equal line is a copy and no coincidence
_LEAST_PROSE = 12.0  # characters; the shortest body met is one sentence (本年度无此类信息)
_CONTENT_UNITS = frozenset("p li h1 h2 h3 h4 h5 h6 dt dd pre caption tr".split())


@dataclass(frozen=True, slots=True)
class Region:
    """Lines [first, last) are the main content; `reason` says how it was found.

    `title_end` is the line behind the article's title and line of origin, 0 where the page has none. `is_list` says
    that the content is a list of links, not an article.
    """

    first: int
    last: int
    reason: str
    title_end: int = 0
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class _Names:
    known: frozenset[str]
    beside_parts: frozenset[str]
    beside_tags: frozenset[str]


@cache
def _names() -> _Names:
    table = tomllib.loads(reference("clean/containers.toml").read_text("utf-8"))
    known = frozenset(name for container in table["container"] for name in container["names"])
    return _Names(known, frozenset(table["beside"]["parts"]), frozenset(table["beside"]["tags"]))


def line_mass(line: Line) -> float:
    """How much prose a line holds, in characters: links and labels weigh little, hidden text nothing."""
    if line.hidden:
        return 0.0
    own = len(line.text) - line.linked
    if line.is_links:
        return own * 0.1
    if line.kind is BlockKind.TABLE or own >= _LONG_LINE or _SENTENCE.search(line.text):
        return float(own)
    return own * _LABEL_SHARE


def choose_region(document: Document, dropped: Sequence[str]) -> Region:
    """The main content of a page; `dropped` names per line the rule that drops it anyway ("" for none).

    An empty region when the page holds no prose at all: a header without a body, a menu.
    """
    lines, elements = document.lines, document.elements
    if not elements:
        return Region(0, len(lines), "no markup around the text")
    masses = [0.0 if rule or _is_foot(line) else line_mass(line) for line, rule in zip(lines, dropped, strict=True)]
    foot = _foot_start(lines)
    masses[foot:] = [0.0] * (len(lines) - foot)
    title_end = _title_end(document, masses)
    weights = _weighed(document, masses, title_end)
    prose = _sums(weights)
    # What a penalty takes from the prose is chrome: a roof over the article and its second copy holds both.
    junk = _sums(
        [0.0 if line.hidden else max(0.0, len(line.text) - own) for line, own in zip(lines, weights, strict=True)]
    )
    total = prose[-1]
    if total < _LEAST_PROSE:
        return Region(0, 0, "the page holds no prose", title_end)

    best = dense = 0
    best_score = dense_score = -1.0
    for place, element in enumerate(elements):
        held = prose[element.last] - prose[element.first]
        if held <= 0:
            continue
        known = _is_known(element)
        if not known and element.tag in _CONTENT_UNITS:
            continue
        share, purity = held / total, held / (held + junk[element.last] - junk[element.first])
        score = 2 * share * purity / (share + purity)
        if score >= dense_score:
            dense, dense_score = place, score
        if known:
            score *= _KNOWN_BONUS
        # Outer elements come first: of two that hold the same, the inner one is taken.
        if score >= best_score:
            best, best_score = place, score
    chosen = elements[best]
    return Region(chosen.first, chosen.last, _reason(chosen, elements[dense], prose), title_end)


def _is_foot(line: Line) -> bool:
    return closes_body(line.text) or is_disclaimer(line.text)


def _foot_start(lines: Sequence[Line]) -> int:
    """The first line that bears a mark every portal's foot has (site code, ICP licence), in the page's second half."""
    for place in range(len(lines) // 2, len(lines)):
        if len(lines[place].text) <= 300 and lines[place].grid is None and _FOOT_MARK.search(lines[place].text):
            return place
    return len(lines)


def _sums(values: Sequence[float]) -> list[float]:
    return list(accumulate(values, initial=0.0))


def _reason(chosen: Element, dense: Element, prose: Sequence[float]) -> str:
    share = (prose[chosen.last] - prose[chosen.first]) / prose[-1]
    if not _is_known(chosen):
        name = ".".join([chosen.tag, *chosen.names[:2]])
        return f"densest element {name}, {share:.0%} of the page's prose"
    name = next((name for name in chosen.names if _is_known_name(name)), chosen.tag)
    if (dense.first, dense.last) == (chosen.first, chosen.last):
        return f"known container {name}, {share:.0%} of the page's prose; the densest element agrees"
    other = ".".join([dense.tag, *dense.names[:2]])
    return f"known container {name}, {share:.0%} of the page's prose; the densest element is {other}"


@lru_cache(maxsize=4096)
def _is_known_name(name: str) -> bool:
    return name in _names().known or bool(_NUMBERED.match(name))


def _is_known(element: Element) -> bool:
    return element.tag == "ucapcontent" or (bool(element.names) and any(map(_is_known_name, element.names)))


def _weighed(document: Document, masses: Sequence[float], title_end: int) -> list[float]:
    """The masses with the penalties: what stands before the title, beside the body, or for the second time."""
    weights = list(masses)
    lines = document.lines
    seen: set[str] = set()
    for place, line in enumerate(lines):
        if weights[place] and len(line.text) >= _COPIED_LINE:
            if line.text in seen:
                weights[place] = 0.0
            seen.add(line.text)
    for place in range(title_end):
        weights[place] *= _BEFORE_TITLE_PENALTY
    for place in _beside(document, weights):
        weights[place] *= _BESIDE_PENALTY
    return weights


def _beside(document: Document, weights: Sequence[float]) -> set[int]:
    """The lines in elements named as chrome that hold less than half of the page's prose."""
    prose = _sums(weights)
    places: set[int] = set()
    reached = 0
    for element in document.elements:
        if element.last <= reached or not _is_beside(element):
            continue
        if (prose[element.last] - prose[element.first]) * 2 <= prose[-1]:
            places.update(range(element.first, element.last))
            reached = element.last
    return places


def _is_beside(element: Element) -> bool:
    if element.tag in _names().beside_tags:
        return True
    return any(_is_beside_name(name) for name in element.names) and not _is_known(element)


@lru_cache(maxsize=4096)
def _is_beside_name(name: str) -> bool:
    return not _names().beside_parts.isdisjoint(_NAME_PARTS.split(name))


def _title_end(document: Document, weights: Sequence[float]) -> int:
    """The line behind the article's title and its line of date and source; 0 where neither is found with prose behind.

    The title is the first visible line that repeats most of the page's own `<title>`.
    """
    lines = document.lines
    prose = _sums(weights)
    wanted = ["".join(text.split()) for text in (document.head_title, document.meta.get("articletitle", "")) if text]
    title, longest = -1, 5
    for place, line in enumerate(lines):
        if line.hidden or line.is_links or line.grid is not None or not longest < len(line.text) <= 120:
            continue
        text = "".join(line.text.split())
        if (
            len(text) > longest
            and any(text in want for want in wanted)
            and prose[-1] - prose[place + 1] >= _LEAST_PROSE
        ):
            title, longest = place, len(text)
    reach = range(title + 1, min(len(lines), title + 1 + _INFORMATION_REACH)) if title >= 0 else range(len(lines))
    for place in reach:
        line = lines[place]
        if not line.hidden and line.grid is None and len(line.text) <= 120 and _states_origin(line.text):
            if prose[-1] - prose[place + 1] >= 0.3 * (prose[-1] - prose[title + 1]):
                return place + 1
            break
        if title >= 0 and weights[place] >= _LEAST_PROSE and _SENTENCE.search(line.text):
            break  # the body has begun: a line of origin behind it is its foot
    return title + 1


def _states_origin(text: str) -> bool:
    return bool(_STATED_DATE.search(text) and _STATED_LABEL.search(text))


_LEAST_REVEALED = 150.0  # characters of prose; less is a menu's pop-up or a notice


def reveal_hidden(document: Document) -> None:
    """Show what a script would show: where the page displays nearly no prose and hides an article, the article.

    Only containers that portal systems are known to use, or everything when nothing at all is displayed: what hides
    beside an article is spam or a second copy and stays hidden.
    """
    lines = document.lines
    prose = _sums([_hidden_mass(line) for line in lines])
    if prose[-1] < _LEAST_REVEALED:
        return
    shown = sum(line_mass(line) for line in lines if not _is_foot(line))
    for element in document.elements:
        held = prose[element.last] - prose[element.first]
        if held >= _LEAST_REVEALED and held > 4 * shown and (_is_known(element) or shown < _LEAST_PROSE):
            for line in lines[element.first : element.last]:
                line.hidden = ""
            return


def _hidden_mass(line: Line) -> float:
    if not line.hidden or line.is_links:
        return 0.0
    own = len(line.text) - line.linked
    return float(own) if own >= _LONG_LINE or _SENTENCE.search(line.text) else 0.0
