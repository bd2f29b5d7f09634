"""The title of one report: the best reading of all lines that may hold it, and nothing made up where there is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from pipelines.extract.title_grammar import TitleReading, joined_titles, read_title, tidy_title
from pipelines.model import Finding

_FIRST_LINES = 12
_LINES_ABOVE = 4
_IS_TITLE = re.compile(r"公开|政府信息|政务")
_IS_SENTENCE = re.compile(r"[。；;，,]|^(?:根据|按照|本报告|现将|为)")
_ENDING = re.compile(r"\.[A-Za-z]{2,5}$")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class ReportTitle:
    """The title as printed, its reading if it follows the grammar, and what a person should know of it."""

    text: str | None
    reading: TitleReading | None
    findings: tuple[Finding, ...] = ()


def report_title(
    candidates: Sequence[str], *, lines_above: Sequence[str], lines: Sequence[str], marker: str = "", url: str = ""
) -> ReportTitle:
    """The title among the page's `candidates` (best first), the lines above the body and its first lines.

    `marker` is the title printed at the marker of a compound page (`第一篇:…`), `url` the address of the page: both are
    asked last.
    The one with year and agency goes first: of `…2011年政府信息公开工作年度报告` and `政府信息公开年报` the former. Where no
    line follows the grammar, a title the page prints elsewhere (tag, heading) or its address spells out counts; else
    the title is missing, and a Finding says so.
    """
    texts = [
        *candidates,
        *joined_titles([*lines_above[-_LINES_ABOVE:], *lines[:_LINES_ABOVE]]),
        *joined_titles(lines[:_FIRST_LINES]),
        marker,
        *_slug(url),
    ]
    readings = [reading for text in dict.fromkeys(texts) if (reading := read_title(text))]
    if readings:
        best = max(readings, key=_completeness)
        return ReportTitle(best.text, best, _conflict(best, readings))
    body = set(lines)
    for text in (*candidates, marker):
        if text not in body and _IS_TITLE.search(text) and len(text) <= _LONGEST and not _IS_SENTENCE.search(text):
            return ReportTitle(
                tidy_title(text), None, (Finding("extract", "title_unusual", f"{text!r} follows no form"),)
            )
    return ReportTitle(None, None, (Finding("extract", "title_missing", "no line, tag or address holds the title"),))


def _completeness(reading: TitleReading) -> tuple[bool, bool, bool]:
    return reading.year is not None and bool(reading.agency), reading.year is not None, bool(reading.agency)


def _conflict(best: TitleReading, readings: Sequence[TitleReading]) -> tuple[Finding, ...]:
    others = [item.text for item in readings if item.year and best.year and item.year != best.year]
    if not others:
        return ()
    return (Finding("extract", "title_conflict", f"{best.text}; also printed: {'; '.join(dict.fromkeys(others))}"),)


def _slug(url: str) -> list[str]:
    """The last part of an address that spells the title out (`/2012年政府信息公开年度报告.html`)."""
    name = urlsplit(url).path.rsplit("/", 1)[-1]
    if "%" in name:
        name = unquote(name, errors="replace")
    return [_ENDING.sub("", name)] if _CHINESE.search(name) else []
