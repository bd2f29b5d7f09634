"""What was stored, held against the truth: counts field by field, and every difference in words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isclose
from urllib.parse import urlsplit

from gipr_crawl.demo.tables import CellKey
from gipr_crawl.demo.truth import DemoReport

FIELDS = ("report", "title", "report_year", "agency", "published_on", "body_text", "indicators", "cells")
"""What is judged, in the order of `Comparison.fields`; `report` counts the reports found, missed and invented."""

NEVER_INVENTED = frozenset({"proactive_total", "applications_received", "reconsiderations_total", "lawsuits_total"})
"""Codes for which the truth is complete: where it has none, the report states none, and a stored value is wrong."""

_EXCERPT = 12


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report as the corpus has it, one row of `reports` with its indicators; `cells` is None when not read."""

    url: str
    title: str | None
    report_year: int | None
    agency: str | None
    published_on: str | None
    body_text: str
    indicators: Mapping[str, float]
    cells: Mapping[CellKey, float] | None = None


@dataclass(frozen=True, slots=True)
class FieldCount:
    """How often a field was right and wrong: once a report, for indicators and cells once a value."""

    name: str
    right: int
    wrong: int

    @property
    def total(self) -> int:
        """How often the field was judged."""
        return self.right + self.wrong


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome: `missing` are URLs of reports that were not stored, `unexpected` of those that are none."""

    expected: int
    found: int
    missing: tuple[str, ...]
    unexpected: tuple[str, ...]
    fields: tuple[FieldCount, ...]
    differences: tuple[str, ...]

    @property
    def is_exact(self) -> bool:
        """Whether everything that was judged was right."""
        return not self.differences


def compare(truth: Sequence[DemoReport], stored: Sequence[StoredReport]) -> Comparison:
    """Hold `stored` against `truth`, by URL.

    Titles and agencies are compared without white space, an agency with all its good forms; bodies with every run of
    white space taken as one blank. Fields are judged on reports that were found; a report that is missing or should
    not be there counts as a wrong `report`, and so does a second report on a page that holds one.
    """
    by_page: defaultdict[str, list[StoredReport]] = defaultdict(list)
    for report in stored:
        by_page[_page(report.url)].append(report)
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missing: list[str] = []
    differences: list[str] = []
    found = 0
    for expected in truth:
        candidates = by_page.get(_page(expected.url), [])
        if not candidates:
            missing.append(expected.url)
            wrong["report"] += 1
            differences.append(f"{expected.url}: the report was not stored")
            continue
        report = candidates.pop(0)
        found += 1
        right["report"] += 1
        for name, is_right, words in _judged(expected, report):
            (right if is_right else wrong)[name] += 1
            if not is_right:
                differences.append(f"{expected.url}: {words}")
    unexpected = tuple(report.url for reports in by_page.values() for report in reports)
    wrong["report"] += len(unexpected)
    differences += [f"{url}: stored as a report, which it is not" for url in unexpected]
    fields = tuple(FieldCount(name, right[name], wrong[name]) for name in FIELDS)
    return Comparison(len(truth), found, tuple(missing), unexpected, fields, tuple(differences))


def _page(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.netloc.lower().removesuffix(':80')}{parts.path}?{parts.query}"


def _judged(expected: DemoReport, report: StoredReport) -> Iterator[tuple[str, bool, str]]:
    """Field, whether it is right, and the difference in words."""
    title = _bare(report.title)
    yield "title", title == _bare(expected.title), f"title is {report.title!r}, expected {expected.title!r}"
    year = report.report_year
    yield "report_year", year == expected.report_year, f"report_year is {year}, expected {expected.report_year}"
    forms = {_bare(form) for form in (expected.agency, *expected.agency_forms)}
    yield "agency", _bare(report.agency) in forms, f"agency is {report.agency!r}, expected {expected.agency!r}"
    day = report.published_on
    yield "published_on", day == expected.published_on, f"published_on is {day}, expected {expected.published_on}"
    is_same, words = _same_text(expected.body_text, report.body_text)
    yield "body_text", is_same, words
    for code, value in expected.indicators.items():
        stored = report.indicators.get(code)
        yield "indicators", _is(stored, value), f"{code} is {_shown(stored)}, expected {value:g}"
    for code in sorted(NEVER_INVENTED & report.indicators.keys() - expected.indicators.keys()):
        yield "indicators", False, f"{code} is {report.indicators[code]:g}, but the report does not state it"
    if report.cells is not None:
        for key, value in expected.cells.items():
            stored = report.cells.get(key)
            yield "cells", _is(stored, value), f"cell {'/'.join(key)} is {_shown(stored)}, expected {value:g}"


def _is(stored: float | None, value: float) -> bool:
    """Whether the figures are the same; 1.13 times 10000 is 11300 but for the last bit."""
    return stored is not None and isclose(stored, value, rel_tol=1e-12)


def _shown(value: float | None) -> str:
    return "not there" if value is None else f"{value:g}"


def _bare(text: str | None) -> str:
    return "".join((text or "").split())


def _same_text(expected: str, stored: str) -> tuple[bool, str]:
    left, right = " ".join(expected.split()), " ".join(stored.split())
    if left == right:
        return True, ""
    pairs = zip(left, right, strict=False)
    place = next((place for place, (one, other) in enumerate(pairs) if one != other), min(len(left), len(right)))
    begin = max(0, place - _EXCERPT)
    wanted, got = left[begin : place + _EXCERPT], right[begin : place + _EXCERPT]
    return False, f"body_text differs from character {place} on: …{got}… instead of …{wanted}…"
