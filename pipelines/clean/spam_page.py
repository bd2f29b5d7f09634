"""Spam over a whole page: words put back and glued spam cut out in every line and cell, farms spread over many lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipelines.clean.document import Document, Line
from pipelines.clean.spam_inline import injected_edits, suspect_spans
from pipelines.clean.spam_places import are_unrelated, is_place_name
from pipelines.clean.spam_words import has_spam_words
from pipelines.clean.substitution import SubstitutionResult, substitution_edits
from pipelines.clean.substitution_brands import may_hold_brands
from pipelines.model import Edit, Finding, Grid
from pipelines.trace import apply_edits

_LONGEST_FARM_NAME = 9
_LEAST_FARM = 8


@dataclass(slots=True)
class PageRestoration:
    """What happened to the words of a page: edits of up to two steps, flags, findings, and the first free step.

    `suspects` are the places of the lines that may be spam as a whole.
    """

    edits: list[Edit] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    next_step: int = 0
    suspects: set[int] = field(default_factory=set)


def restore_words(document: Document, text: str, first_step: int = 0) -> PageRestoration:
    """Put back overwritten words and cut out glued spam, in the document's lines, cells and head title.

    To be called once, with the readable text that `document.place_lines()` gave, before the rules for whole lines; the
    edits count in that text, step after step. Where there are any, the lines are placed anew.
    """
    restoration = PageRestoration(next_step=first_step)
    spans = suspect_spans(text)
    may_be_brands = may_hold_brands(text)
    if not (spans or may_be_brands or has_spam_words(document.head_title)):
        return restoration
    substitution = substitution_edits(text, first_step) if may_be_brands else SubstitutionResult()
    if substitution.edits:
        text = apply_edits(text, substitution.edits)
        restoration.edits += substitution.edits
        restoration.flags += substitution.flags
        restoration.findings += substitution.findings
        restoration.next_step += 1
    injected = injected_edits(text, restoration.next_step) if spans else []
    if injected:
        text = apply_edits(text, injected)
        restoration.edits += injected
        restoration.flags.append("spam_removed")
        restoration.next_step += 1
    if restoration.edits:
        _write_back(document, text)
        spans = suspect_spans(text)
    document.head_title = without_spam(substitution.restored(document.head_title))
    restoration.suspects = _places_of(spans, document.lines)
    return restoration


def _places_of(spans: Sequence[tuple[int, int]], lines: Sequence[Line]) -> set[int]:
    """The places of the lines that the spans touch."""
    starts = [line.start for line in lines]
    return {bisect_right(starts, start) - 1 for start, _ in spans}


def without_spam(title: str) -> str:
    """A title from the page's head without keywords glued to it."""
    return apply_edits(title, injected_edits(title, 0)) if title else title


def _write_back(document: Document, text: str) -> None:
    rows = text.split("\n")
    place = 0
    for line in document.lines:
        height = line.text.count("\n") + 1
        restored = "\n".join(rows[place : place + height])
        place += height
        if restored == line.text:
            continue
        line.linked = min(line.linked, len(restored))
        line.text = restored
        if line.grid is not None:
            line.grid = _restored_grid(line.grid, [row.split("\t") for row in restored.split("\n")])
    document.place_lines()


def _restored_grid(grid: Grid, table: list[list[str]]) -> Grid:
    """The grid with the texts of `table`, its restored lines; as it was if a cell's own tab or break hides its shape."""
    if len(table) != grid.height or any(len(row) != grid.width for row in table):
        return grid
    return Grid(grid.height, grid.width, [replace(cell, text=table[cell.row][cell.column]) for cell in grid.cells])


def farm_lines(lines: Sequence[Line]) -> set[int]:
    """The places of lines that are one link farm with a name on each: eight or more in a row, unrelated to each other.

    Numbers, sentences and longer lines end a row, so a table's column of counties is none.
    """
    farms: set[int] = set()
    run: list[int] = []
    for place in range(len(lines) + 1):
        text = lines[place].text.strip(" |｜,，") if place < len(lines) else ""
        is_name = 2 <= len(text) <= _LONGEST_FARM_NAME and "\u4e00" <= text[0] <= "\u9fff" and lines[place].grid is None
        if is_name:
            run.append(place)
            continue
        if len(run) >= _LEAST_FARM:
            names = [lines[member].text.strip(" |｜,，") for member in run]
            # Names of the site (首页, 新闻) may touch the farm: it reaches from its first place to its last.
            ends = [index for index, name in enumerate(names) if is_place_name(name)]
            if ends and ends[-1] - ends[0] >= _LEAST_FARM - 1 and are_unrelated(names[ends[0] : ends[-1] + 1]):
                farms.update(run[ends[0] : ends[-1] + 1])
        run = []
    return farms
