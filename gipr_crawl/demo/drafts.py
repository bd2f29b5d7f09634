"""The demo's prose as people write it: text files in `prose/`, one draft after another.

A draft begins with `%% /path`, then `name: value` lines, an empty line and the body, one paragraph a line.

* `{code=value}` prints `value` and states that indicator; `{code=value|words}` prints the words instead
  (`{applications_received=0|未收到}`, `{budget_yuan=5000|0.5}`). So a figure and its truth cannot part.
* `>> ` begins a line of the signature, `| ` a row of a small table, and `[t2]`, `[t3]`, `[t4]` stand for the standard
  tables, whose figures are in the header (see `tables`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import groupby

from gipr_crawl.demo.tables import CellKey, StandardTable, standard_table
from pipelines.model import Grid, GridCell

_STATEMENT = re.compile(r"\{([a-z_]+)=(-?\d+(?:\.\d+)?)(?:\|([^{}]*))?\}")

REPORT_KINDS = ("annual_report", "work_summary")
"""Kinds of drafts that belong to the truth; all others are there to be left alone."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of running text; a signature stands to the right on the page."""

    text: str
    is_signature: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A page of the portal before any site has dressed it.

    `agencies` holds the name to be expected first, then other names that are as good. `published_at` is
    `YYYY-MM-DD HH:MM`. `kind` is a report kind, or `notice`, `news`, `guide`, `dead` (listed, but answered by 404) or
    `off_limits` (listed, but disallowed by robots.txt).
    """

    path: str
    title: str
    published_at: str
    kind: str = "annual_report"
    agencies: tuple[str, ...] = ()
    report_year: int | None = None
    issuer: str = ""
    index_no: str = ""
    elements: tuple[Paragraph | Grid, ...] = ()
    indicators: dict[str, float] = field(default_factory=dict)
    cells: dict[CellKey, float] = field(default_factory=dict)

    @property
    def published_on(self) -> str:
        """The day of publication, ISO."""
        return self.published_at[:10]

    @property
    def number(self) -> int:
        """The article's number, the last one in its path; it settles which of several habits a page shows."""
        numbers = re.findall(r"\d+", self.path)
        return int(numbers[-1]) if numbers else 0

    @property
    def is_report(self) -> bool:
        """Whether the page has to become a report in the corpus."""
        return self.kind in REPORT_KINDS

    def body_text(self) -> str:
        """The body as `reports.body_text` has it: a paragraph a line, a table row a line with tabs between cells."""
        return "\n".join(
            element.text if isinstance(element, Paragraph) else element.as_text() for element in self.elements
        )


@cache
def drafts(collection: str) -> tuple[Draft, ...]:
    """All drafts of the files `prose/<collection>*.txt`, in the order of file names. Raises ValueError on a bad draft."""
    folder = files("gipr_crawl.demo") / "prose"
    sources = sorted(
        (file for file in folder.iterdir() if file.name.startswith(collection)), key=lambda file: file.name
    )
    return tuple(draft for source in sources for draft in parse_drafts(source.read_text("utf-8")))


def parse_drafts(text: str) -> Iterator[Draft]:
    """The drafts of one prose file. Raises ValueError when a draft contradicts itself."""
    for chunk in re.split(r"^%% ", text, flags=re.MULTILINE)[1:]:
        yield _parse_draft(chunk)


def _parse_draft(chunk: str) -> Draft:
    head, _, body = chunk.partition("\n\n")
    path, *lines = head.splitlines()
    fields = {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    year = int(fields["year"]) if "year" in fields else None
    indicators: dict[str, float] = {}
    tables: list[StandardTable] = []

    def state(code: str, value: float) -> None:
        if indicators.setdefault(code, value) != value:
            raise ValueError(f"{path}: {code} is stated as {indicators[code]:g} and as {value:g}")

    def read(line: str) -> str:
        for code, value, _ in _STATEMENT.findall(line):
            state(code, float(value))
        return _STATEMENT.sub(lambda match: match[2] if match[3] is None else match[3], line)

    def table(key: str) -> Grid:
        built = standard_table(key, year or 0, fields)
        tables.append(built)
        for code, value in built.indicators.items():
            state(code, value)
        return built.grid

    elements: list[Paragraph | Grid] = []
    for is_row, group in groupby(filter(None, map(str.strip, body.splitlines())), lambda line: line.startswith("|")):
        if is_row:
            elements.append(_small_table([read(line) for line in group]))
            continue
        for line in group:
            if line in ("[t2]", "[t3]", "[t4]"):
                elements.append(table(line.strip("[]")))
            else:
                elements.append(Paragraph(read(line.removeprefix(">> ")), is_signature=line.startswith(">> ")))
    return Draft(
        path=path.strip(),
        title=fields["title"],
        published_at=fields["published"],
        kind=fields.get("kind", "annual_report"),
        agencies=tuple(name.strip() for name in fields.get("agency", "").split("|") if name.strip()),
        report_year=year,
        issuer=fields.get("issuer", ""),
        index_no=fields.get("index", ""),
        elements=tuple(elements),
        indicators=indicators,
        cells={key: value for built in tables for key, value in built.cells.items()},
    )


def _small_table(lines: list[str]) -> Grid:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    cells = [GridCell(row, column, text) for row, texts in enumerate(rows) for column, text in enumerate(texts)]
    return Grid(height=len(rows), width=max(map(len, rows)), cells=cells)
