"""Boilerplate that no word list knows, learned from a site's own pages: lines that recur before and behind the reports.

What recurs need not be boilerplate. Headings, table labels and standing sentences stand in every report of a place, so
a line goes only from where the site's frame stands (before the first and behind the last paragraph of the text, or in
a row of links), only after enough pages, and never if it speaks as a report does.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache

from pipelines.clean.document import Line
from pipelines.clean.spam_words import any_of
from pipelines.knowledge import reference

# From so many pages on (since the line was first met) a line may be called recurrent.
LEAST_PAGES = 8
# On so large a share of the pages since it was first met; a redesign so takes effect after eight pages of its own.
LEAST_SHARE = 0.6
_LONGEST_LINE = 200
_FORGET_EVERY = 50
_DIGITS = re.compile(r"\d+")
_BLANKS = re.compile(r"\s+")
# A signature's date is every report's own, however many reports bear one.
_DATE_LINE = re.compile(
    r"[(（\s]*[\d〇○零OＯo一二三四五六七八九十廿]{1,6}\s*[年./-]\s*[\d〇○零O一二三四五六七八九十]{1,3}\s*[月./-]\s*[\d〇○零O一二三四五六七八九十廿]{1,4}\s*日?[)）\s]*"
)
# So is the name of the office that signs: on a department's own site it stands under every report.
_ORGAN_LINE = re.compile(
    r"[\u4e00-\u9fff（）()·]{2,30}(?:政府|委员会|办公室|办事处|管委会|中心|公司|大学|学院|医院|[局厅委院校所处站队])(?:[(（][^()（）]{1,20}[)）])?"
)
_WORD = re.compile(r"[A-Za-z\u4e00-\u9fff]")
_SENTENCE = re.compile(r"[。；;！？!?]$")
_PROSE_LENGTH = 40
_NUMBERED = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}\s*[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}\s*[、.．])"
)
_VERSION = 1


class Position(Enum):
    """Where a line stands on its page: before the first paragraph of prose, behind the last one, or between."""

    HEAD = "head"
    INSIDE = "inside"
    TAIL = "tail"


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of the main content as the model sees it; `is_linked` if most of it is links."""

    text: str
    position: Position
    is_linked: bool = False


@dataclass(slots=True)
class _Support:
    first_page: int
    pages: int


class BoilerplateModel:
    """What one site repeats. Not thread-safe; `to_json` and `from_json` keep it between runs."""

    def __init__(self) -> None:
        self._pages = 0
        self._lines: dict[str, _Support] = {}

    @property
    def pages(self) -> int:
        """How many pages were learned from."""
        return self._pages

    def add_page(self, lines: Iterable[PageLine]) -> None:
        """Learn from one page; a line counts once a page however often it stands there."""
        self._pages += 1
        for key in {key for line in lines if (key := _key(line))}:
            known = self._lines.get(key)
            if known is None:
                self._lines[key] = _Support(self._pages, 1)
            else:
                known.pages += 1
        if self._pages % _FORGET_EVERY == 0:
            self._forget()

    def drops(self, line: PageLine) -> bool:
        """Whether the line is boilerplate of this site, judged by the pages learned so far."""
        key = _key(line)
        known = self._lines.get(key) if key else None
        if known is None:
            return False
        since = self._pages - known.first_page + 1
        return since >= LEAST_PAGES and known.pages >= LEAST_SHARE * since

    def support(self, line: PageLine) -> tuple[int, int]:
        """On how many pages the line was met, of how many since it was first met; (0, 0) if never."""
        known = self._lines.get(_key(line))
        return (known.pages, self._pages - known.first_page + 1) if known else (0, 0)

    def to_json(self) -> dict[str, object]:
        """The model as plain JSON values: `{"version", "pages", "lines": {key: [first page, pages]}}`."""
        lines = {key: [found.first_page, found.pages] for key, found in sorted(self._lines.items())}
        return {"version": _VERSION, "pages": self._pages, "lines": lines}

    @classmethod
    def from_json(cls, stored: Mapping[str, object]) -> BoilerplateModel:
        """The model that `to_json` wrote; an empty one if `stored` is of another version or damaged."""
        model = cls()
        pages, lines = stored.get("pages"), stored.get("lines")
        if stored.get("version") != _VERSION or not isinstance(pages, int) or not isinstance(lines, Mapping):
            return model
        for key, found in lines.items():
            if not (isinstance(found, Sequence) and len(found) == 2 and all(isinstance(value, int) for value in found)):
                return cls()
            model._lines[str(key)] = _Support(int(found[0]), int(found[1]))
        model._pages = pages
        return model

    def _forget(self) -> None:
        """Lines met on one page long ago are the pages' own: without them the model stays as small as the site's frame."""
        oldest = self._pages - _FORGET_EVERY // 2
        self._lines = {key: found for key, found in self._lines.items() if found.pages > 1 or found.first_page > oldest}


def page_lines(lines: Sequence[Line]) -> list[PageLine]:
    """The lines of a main content with their positions; tables and hidden lines are left out."""
    visible = [line for line in lines if line.grid is None and not line.hidden]
    prose = [place for place, line in enumerate(visible) if _is_prose(line)]
    first, last = (prose[0], prose[-1]) if prose else (len(visible), len(visible))
    found = []
    for place, line in enumerate(visible):
        position = Position.HEAD if place < first else Position.TAIL if place > last else Position.INSIDE
        found.append(PageLine(line.text, position, line.linked * 2 > len(line.text)))
    return found


def _is_prose(line: Line) -> bool:
    if line.linked * 2 > len(line.text) or _words().site.search(line.text):
        return False
    return len(line.text) >= _PROSE_LENGTH and any(sign in line.text for sign in "。，；")


def _key(line: PageLine) -> str:
    """What a line is stored under, numbers folded (访问量：1234); "" for a line that may never be boilerplate."""
    text = line.text
    if len(text) > _LONGEST_LINE or len(_WORD.findall(text)) < 2 or _NUMBERED.match(text):
        return ""
    if _DATE_LINE.fullmatch(text) or (not line.is_linked and _ORGAN_LINE.fullmatch(text)):
        return ""
    if not line.is_linked:
        if line.position is Position.INSIDE:
            return ""
        words = _words()
        speaks_for_site = words.site.search(text) is not None
        if words.own.search(text) and not speaks_for_site:
            return ""
        if _SENTENCE.search(text) and not speaks_for_site:
            return ""
        if words.own.search(text) and _SENTENCE.search(text) and line.position is Position.HEAD:
            return ""
    return _DIGITS.sub("0", _BLANKS.sub("", text)).lower()


@dataclass(frozen=True, slots=True)
class _Words:
    own: re.Pattern[str]
    site: re.Pattern[str]


@cache
def _words() -> _Words:
    table = tomllib.loads(reference("clean/report_words.toml").read_text("utf-8"))
    return _Words(re.compile(any_of(table["own"])), re.compile(any_of(table["site"])))
