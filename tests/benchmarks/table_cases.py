"""Cells of generated reports by the shape of their tables: right, wrong, not read, and the time a report takes.

Run as `python -m tests.benchmarks.table_cases [SEEDS]` from the checkout. "not read" is no fault where blank cells have
vanished with their marks: there a finding stands instead.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipelines.documents import read_document
from pipelines.extract.tables import ReportTables
from tests.reportgen.files import report_docx, report_pdf
from tests.reportgen.reading import score, tables_of, tables_of_lines
from tests.reportgen.shapes import MARKUP, PIPED, UNMARKED
from tests.reportgen.truth import BLANKS, MARKS, NUMBERS, Tables, make_tables

TITLE = "示例县2021年政府信息公开工作年度报告"


@dataclass(frozen=True, slots=True)
class Tally:
    """What one shape came to, with one style of cells."""

    shape: str
    style: str
    right: int
    wrong: int
    missing: int
    findings: int
    milliseconds: float

    def __str__(self) -> str:
        share = self.right / max(self.right + self.wrong + self.missing, 1)
        return (
            f"{self.shape:32} {self.style:8} {share:8.2%} right, {self.wrong:4} wrong, {self.missing:5} not read, "
            f"{self.findings:4} findings, {self.milliseconds:6.1f} ms a report"
        )


def tallies(seeds: int) -> Iterator[Tally]:
    """Every shape with every style of cells, both eras."""
    pages = {shape.__name__: _of_page(shape) for shape in (*MARKUP, *PIPED, *UNMARKED)}
    files = {make.__name__: _of_file(make) for make in (report_docx, report_pdf)}
    for name, read in (pages | files).items():
        for style in (NUMBERS, MARKS, BLANKS):
            yield _tally(name, style, read, seeds)


def _of_page(shape: Callable[[Tables], str]) -> Callable[[Tables], tuple[ReportTables, float]]:
    def read(tables: Tables) -> tuple[ReportTables, float]:
        page = shape(tables)
        begun = time.perf_counter()
        return tables_of(page), time.perf_counter() - begun

    return read


def _of_file(make: Callable[[Tables, str], bytes]) -> Callable[[Tables], tuple[ReportTables, float]]:
    def read(tables: Tables) -> tuple[ReportTables, float]:
        body = make(tables, TITLE)
        begun = time.perf_counter()
        return tables_of_lines(read_document(body).lines), time.perf_counter() - begun

    return read


def _tally(name: str, style: str, read: Callable[[Tables], tuple[ReportTables, float]], seeds: int) -> Tally:
    count: Counter[str] = Counter()
    spent = 0.0
    for era in (2019, 2021):
        for seed in range(seeds):
            tables = make_tables(seed, era, style)
            got, seconds = read(tables)
            result = score(tables, got)
            count.update(
                right=result.right, wrong=len(result.wrong), missing=len(result.missing), findings=len(got.findings)
            )
            spent += seconds
    return Tally(
        name,
        style,
        count["right"],
        count["wrong"],
        count["missing"],
        count["findings"],
        1000 * spent / max(2 * seeds, 1),
    )


if __name__ == "__main__":
    for tally in tallies(int(sys.argv[1]) if len(sys.argv) > 1 else 10):
        print(tally)
