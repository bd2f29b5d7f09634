"""The nouns of the journey: what one fetch brought, what was read from it, and how each value is known.

Every noun is a plain dataclass with slots; rooms hand these to each other and nothing else. Dates are ISO text
(`2019-03-11`). `None` means "the page does not say"; it never means zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class PageKind(StrEnum):
    """What a page is. The first three carry reports; the others are recorded and left at that."""

    ANNUAL_REPORT = "annual_report"
    WORK_SUMMARY = "work_summary"
    STATISTICS = "statistics"
    NOTICE = "notice"
    GUIDE = "guide"
    REGULATION = "regulation"
    NEWS = "news"
    LIST = "list"
    INDEX = "index"
    ERROR = "error"
    CHALLENGE = "challenge"
    OTHER = "other"


REPORT_KINDS = frozenset({PageKind.ANNUAL_REPORT, PageKind.WORK_SUMMARY, PageKind.STATISTICS})


class Semantic(StrEnum):
    """How a value is stated: absence (no row at all) is none of these."""

    NUMBER = "number"
    ZERO = "zero"  # a printed 0
    NEGATED = "negated"  # 未收到…, 没有发生…: value 0, never printed
    EMPTY = "empty"  # a cell is there and blank
    NOT_APPLICABLE = "not_applicable"  # "/", "-", 不适用
    TEXT = "text"


class Verdict(StrEnum):
    """Outcome of an arithmetic check; nothing is repaired by a check."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL = "fail"
    UNCERTAIN = "uncertain"
    NOT_ASSESSABLE = "not_assessable"


@dataclass(frozen=True, slots=True)
class Capture:
    """What one fetch brought, untouched.

    `headers` are the HTTP response headers, names in any case. `http_status` and `fetched_at` (UTC, ISO 8601 with Z)
    are None for a local file. `site` is the name of the site profile and `region_code` its GB/T 2260 code, if any:
    evidence for places, not an order.
    """

    url: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    http_status: int | None = None
    fetched_at: str | None = None
    site: str | None = None
    region_code: str | None = None


@dataclass(slots=True, unsafe_hash=True)
class Edit:
    """One change to a text: `removed` stood at [start, end) and became `inserted`.

    Edits of one `step` do not overlap, are sorted, and count in the text as it stood before that step; steps follow
    each other. So applying the steps in order gives the result, and undoing them in reverse gives the original.
    `stage` is `repair` or `clean`; `rule` names the reason (see `pipelines.trace` for the words). Never changed once
    made; not frozen, because a damaged page makes thousands of them and a frozen dataclass costs three times as much.
    """

    stage: str
    step: int
    rule: str
    start: int
    end: int
    removed: str
    inserted: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something met that a person may want to know: `code` is stable and greppable, `detail` is one sentence."""

    stage: str
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class CharsetAttempt:
    """One charset that was tried: how many bytes it could not read and how much the text looks like Chinese."""

    charset: str
    errors: int
    score: float | None = None


@dataclass(frozen=True, slots=True)
class CharsetEvidence:
    """Why a charset was chosen."""

    reason: str
    declared_header: str | None = None
    declared_meta: str | None = None
    bom: str | None = None
    tried: tuple[CharsetAttempt, ...] = ()
    bytes_replaced: int = 0


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell at its anchor (top left); `row_span` and `column_span` say how far it reaches."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    is_header: bool = False


@dataclass(slots=True)
class Grid:
    """A table with its spans resolved: every position is covered by at most one cell."""

    height: int
    width: int
    cells: list[GridCell] = field(default_factory=list)

    def rows(self, *, repeat_spans: bool = False) -> list[list[str]]:
        """Texts row by row; a spanned position is "" or, with `repeat_spans`, the text of the cell that covers it."""
        table = [[""] * self.width for _ in range(self.height)]
        for cell in self.cells:
            if repeat_spans:
                for row in range(cell.row, min(cell.row + cell.row_span, self.height)):
                    for column in range(cell.column, min(cell.column + cell.column_span, self.width)):
                        table[row][column] = cell.text
            else:
                table[cell.row][cell.column] = cell.text
        return table

    def as_text(self) -> str:
        """One line a row, cells parted by tabs; this is how a table stands in `main_text` and `body_text`."""
        return "\n".join("\t".join(row) for row in self.rows())


class BlockKind(StrEnum):
    """The form of a block of text."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    CAPTION = "caption"
    TABLE = "table"


@dataclass(slots=True)
class Block:
    """A paragraph, heading, list item or table of the main content, at [start, end) of the text it belongs to."""

    kind: BlockKind
    text: str
    start: int = 0
    end: int = 0
    grid: Grid | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a list page; `url` is absolute."""

    url: str
    title: str
    published_on: str | None = None


@dataclass(frozen=True, slots=True)
class Pager:
    """What a list page says of its other pages."""

    current: int | None = None
    total: int | None = None
    next_url: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file linked from the page's main content."""

    url: str
    name: str
    media_type: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of a report; offsets count in `Report.body_text`, the heading included."""

    ordinal: int
    level: int
    heading: str
    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure the report states, with the sentence that states it; offsets count in `Report.body_text`.

    `label` is empty unless the code is one of many parts (`proactive_by_category`). `value_low` and `value_high`
    bound a value given as 余, 近, 多; both equal `value` when it is exact.
    """

    code: str
    value: float | None
    semantic: Semantic
    raw: str
    sentence: str
    start: int
    end: int
    rule: str
    label: str = ""
    value_low: float | None = None
    value_high: float | None = None
    approx: bool = False
    unit: str | None = None
    source: str = "prose"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a standard table, found by its labels; `value` is None unless the cell states a number."""

    table_key: str
    row_key: str
    col_key: str
    label: str
    semantic: Semantic
    value: float | None
    raw: str


@dataclass(frozen=True, slots=True)
class Check:
    """An identity that ought to hold, with both sides."""

    identity: str
    verdict: Verdict
    left_value: float | None = None
    right_value: float | None = None
    detail: str = ""


@dataclass(slots=True)
class Report:
    """One report, read: the columns of `reports` and everything below it. `ordinal` is 1 for the first on its page.

    `duplicate_of_ordinal` names an earlier report of the same page with the same text.
    """

    ordinal: int
    kind: PageKind
    title: str | None = None
    report_year: int | None = None
    period_start: str | None = None
    period_end: str | None = None
    agency: str | None = None
    compiled_by: str | None = None
    issuer: str | None = None
    level: str | None = None
    province: str | None = None
    city: str | None = None
    county: str | None = None
    town: str | None = None
    region_code: str | None = None
    published_on: str | None = None
    signed_on: str | None = None
    index_no: str | None = None
    doc_no: str | None = None
    contact_phone: str | None = None
    contact_email: str | None = None
    contact_address: str | None = None
    postcode: str | None = None
    website: str | None = None
    script: str = "hans"
    body_text: str = ""
    flags: list[str] = field(default_factory=list)
    duplicate_of_ordinal: int | None = None
    blocks: list[Block] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(slots=True)
class Page:
    """What `understand` made of a capture.

    `main_text` is the main content whatever the kind of page, and `main_reason` says how it was found. `edits` are those of repair (counted in the decoded
    text, then in the text after each step) followed by those of clean (counted in the page's readable text).
    """

    url: str
    kind: PageKind = PageKind.OTHER
    kind_reason: str = ""
    charset: str | None = None
    charset_evidence: CharsetEvidence | None = None
    script: str = "hans"
    title: str | None = None
    published_on: str | None = None
    source: str | None = None
    site_name: str | None = None
    index_no: str | None = None
    doc_no: str | None = None
    issuer: str | None = None
    main_text: str = ""
    main_reason: str = ""
    flags: list[str] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    pager: Pager | None = None
    attachments: list[Attachment] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(slots=True)
class Repaired:
    """What the repair room hands on: the reading form of the page's source (markup, if any, still in it).

    `decoded` is the text before the first edit; applying `edits` to it gives `text` exactly. `text` is Simplified
    whatever the page's own `script` (`hans`, `hant`). Both are "" when the body is no text, which a Finding says.
    """

    decoded: str
    text: str
    charset: str | None
    charset_evidence: CharsetEvidence
    script: str = "hans"
    edits: list[Edit] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
