"""Lines of a flattened table as cells: pipes, tabs, or blanks between numbers; with or without the blank cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.model import Grid, GridCell

_BLANK = " \t\u00a0\u2002\u2003\u2009\u3000\u200b"
_BLANKS = re.compile(f"[{_BLANK}]+")
_RULE_ROW = re.compile(r"[|:\-\s]*-{2,}[|:\-\s]*")  # |---|:--:|, the rule under a header row
_PICTURE = re.compile(r"!\[[^\]\n]{0,80}\]\([^)\n]{0,200}\)")
# A value as a table prints it, or one of the marks for none; `1.属于` and `2020年` are words. The sign of a change is
# often typed twice (`--12`, a dash of the template and the minus).
_VALUE = re.compile(
    r"(?:([+\-−–—＋－])\1?|[↑↓])?\d[\d,，]{0,15}(?:\.\d{1,6})?(?:万元|元|件|条|项|个|宗)?|[增减]\d{1,9}|[/\\]|-{1,3}|—{1,2}|–|−|无"
)
_PAGE_NUMBER = re.compile(
    r"[-—–·]\s?\d{1,3}\s?[-—–·]|第\s?\d{1,3}\s?页(?:\s?[,，/]?\s?共\s?\d{1,3}\s?页)?|P\.\s?\d{1,3}|Page\s\d{1,3}(?:\sof\s\d{1,3})?"
)


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one line. `is_marked` says that pipes or tabs part them, so that blank ones are kept."""

    line: int
    texts: tuple[str, ...]
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Token:
    """One cell in reading order; `line` counts in the stretch, `is_marked` as in Cells."""

    text: str
    line: int
    is_marked: bool

    @property
    def is_blank(self) -> bool:
        """Whether it is a blank cell."""
        return not self.text

    @property
    def states(self) -> bool:
        """Whether it is a value or a mark for none."""
        return is_value_token(self.text)


def trimmed(line: str) -> str:
    """A line without the blanks around it; a tab at its end or beginning parts a blank cell from its neighbour."""
    bare = line.strip(_BLANK)
    return line.strip(_BLANK.replace("\t", "")) if "\t" in bare else bare


def is_value_token(text: str) -> bool:
    """Whether a cell's text is a number, or a mark for none."""
    return _VALUE.fullmatch(text) is not None


def is_page_number(line: str) -> bool:
    """Whether a line is the running number of a page (`- 3 -`, `第1页共3页`); a bare number may be a value."""
    return _PAGE_NUMBER.fullmatch(line.strip(_BLANK)) is not None


def line_cells(lines: Sequence[str]) -> list[Cells]:
    """The cells of each line of a stretch; rules under headers and page numbers have none and are left out."""
    texts = [trimmed(_PICTURE.sub("", line)) for line in lines]
    opens = _rows_open_with_pipe(texts)
    found: list[Cells] = []
    unclosed = False
    for place, text in enumerate(texts):
        if not text or is_page_number(text) or ("|" in text and _RULE_ROW.fullmatch(text)):
            continue
        if "|" in text:
            if unclosed and text.startswith("|"):
                text = text[1:]  # the pipe that closes a wrapped row
            unclosed = not text.endswith("|") and bool(text)
            if not text:
                continue
            found.append(Cells(place, tuple(_piped(text, opens)), True))
        elif "\t" in text:
            unclosed = False
            found.append(Cells(place, tuple(part.strip(_BLANK) for part in text.split("\t")), True))
        else:
            unclosed = False
            found.append(Cells(place, tuple(_spaced(text)), False))
    return found


def tokens(rows: Sequence[Cells]) -> Iterator[Token]:
    """The cells of all lines, one after the other."""
    for row in rows:
        for text in row.texts:
            yield Token(text, row.line, row.is_marked)


def _rows_open_with_pipe(texts: Sequence[str]) -> bool:
    """Whether rows are written `| a | b |`: then a pipe at the beginning of a line opens it, and is no blank cell."""
    worded = [text for text in texts if "|" in text and text.strip("| " + _BLANK)]
    return bool(worded) and sum(text.startswith("|") for text in worded) * 5 >= len(worded) * 4


def _piped(text: str, opens: bool) -> list[str]:
    parts = [part.strip(_BLANK) for part in text.split("|")]
    if text.endswith("|"):
        parts.pop()
    if opens and parts and text.startswith("|") and text.strip("| " + _BLANK):
        parts.pop(0)
    return parts


def _spaced(text: str) -> list[str]:
    """A label and the numbers behind it, parted by blanks; blank cells leave no trace in such a line."""
    parts = _BLANKS.split(text)
    first = len(parts)
    while first and is_value_token(parts[first - 1]):
        first -= 1
    label = " ".join(parts[:first])
    return ([label] if label else []) + parts[first:]


class GridMaker:
    """A grid put together row by row."""

    __slots__ = ("_cells", "_height", "_width")

    def __init__(self, width: int) -> None:
        self._width = width
        self._height = 0
        self._cells: list[GridCell] = []

    def row(self, texts: Sequence[str], *, header: bool = False) -> None:
        """A row of single cells."""
        for column, text in enumerate(texts[: self._width]):
            self._cells.append(GridCell(self._height, column, text, is_header=header))
        self._height += 1

    def spanned(self, cells: Sequence[tuple[str, int]], *, header: bool = False) -> None:
        """A row of cells with their widths: one of values whose columns are not known reaches over all of them."""
        column = 0
        for text, width in cells:
            self._cells.append(GridCell(self._height, column, text, column_span=width, is_header=header))
            column += width
        self._height += 1

    def grid(self) -> Grid:
        """The grid as far as it is put together."""
        return Grid(self._height, self._width, list(self._cells))
