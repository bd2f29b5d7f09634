"""How exactly the fields of a report are read, field by field, and how fast.

`python -m tests.benchmarks.field_cases` prints the figures and every miss; `measure()` is for tests.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipelines import Capture, understand
from pipelines.extract.agencies import agency_choice
from pipelines.extract.kinds import page_kind
from pipelines.extract.periods import main_period, report_year
from pipelines.extract.sections import read_sections
from pipelines.extract.title_choice import report_title
from pipelines.model import Report

CASES = Path(__file__).parent.parent / "cases" / "extract" / "fields"
FLOOR = 0.98  # of the cases that state a field, as the empty ones


@dataclass(frozen=True, slots=True)
class FieldCase:
    """A page, and what its first report must say; a field that is None must be absent."""

    id: str
    why: str
    content: str
    url: str
    expect: dict[str, object]


@dataclass(slots=True)
class FieldFigures:
    """Right and all readings of each field, and what was read wrongly."""

    right: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    total: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    misses: list[str] = field(default_factory=list)

    def share(self, name: str) -> float:
        return self.right[name] / self.total[name]


def field_cases(folder: Path = CASES) -> Iterator[FieldCase]:
    """All cases, file by file."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            url = row.get("url", f"http://www.boxi.gov.example/{path.stem}/{row['id']}.html")
            yield FieldCase(f"{path.stem}/{row['id']}", row["why"], row.get("html") or row["text"], url, row["expect"])


def read(case: FieldCase) -> Report | None:
    """The first report of a case's page."""
    reports = understand(Capture(case.url, case.content.encode())).reports
    return reports[0] if reports else None


def measure() -> FieldFigures:
    """The figures over all cases."""
    figures = FieldFigures()
    for case in field_cases():
        report = read(case)
        for name, expected in case.expect.items():
            value = getattr(report, name) if report else "no report"
            figures.total[name] += 1
            figures.right[name] += value == expected
            if value != expected:
                figures.misses.append(f"{case.id}: {name} is {value!r}, expected {expected!r}")
    return figures


def milliseconds(repeats: int = 20) -> float:
    """The time for title, kind, year, agency and sections of a report of 10 KB, the best of some runs."""
    case = next(case for case in field_cases() if case.id == "titles/form_0")
    lines = case.content.split("\n")
    paragraph = (
        "全年通过门户网站、公开栏和档案馆主动公开政府信息,完善制度,加强培训,拓宽渠道,方便群众查阅,接受社会监督。"
    )
    while sum(len(line.encode()) for line in lines) < 10_000:
        lines.insert(4, paragraph)
    body = "\n".join(lines)
    best = float("inf")
    for _ in range(repeats):
        started = time.perf_counter()
        page_kind(lines[:1], body, read_sections(body))
        report_title(lines[:1], lines_above=(), lines=lines)
        report_year(title_year=None, period=main_period(body), body=body, published_on=None)
        agency_choice(title_part="", lines=lines, body=body, issuer=None)
        best = min(best, time.perf_counter() - started)
    return best * 1e3


if __name__ == "__main__":
    figures = measure()
    for miss in figures.misses:
        print(miss)
    for name, total in figures.total.items():
        print(f"{name:18} {figures.right[name]:4} of {total:4}  {figures.share(name):.4f}")
    print(f"{milliseconds():.2f} ms for a report of 10 KB")
