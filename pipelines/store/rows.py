"""From nouns to rows: what of a page is written where, and the hashes that tell whether it changed."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy import Table

from pipelines.model import (
    Attachment,
    Capture,
    Cell,
    Check,
    Edit,
    Finding,
    Indicator,
    Page,
    PageKind,
    Report,
    Section,
)
from pipelines.store import schema
from pipelines.store.identity import UNSTORABLE, body_sha256, text_sha256

Row = dict[str, Any]

_NUMBERS = frozenset({"value", "value_low", "value_high", "left_value", "right_value"})
_BELOW_A_REPORT = frozenset({"blocks", "sections", "indicators", "cells", "checks", "findings", "duplicate_of_ordinal"})
_COLUMNS: dict[type, tuple[str, ...]] = {
    noun: tuple(field.name for field in fields(noun) if field.name not in _BELOW_A_REPORT)
    for noun in (Report, Section, Indicator, Cell, Check, Edit, Finding, Attachment)
}
_COLUMNS[Page] = (
    "kind",
    "kind_reason",
    "main_reason",
    "title",
    "published_on",
    "source",
    "site_name",
    "index_no",
    "doc_no",
    "issuer",
    "script",
    "flags",
)
_DEFAULT_OUTCOME = {PageKind.ERROR: "error", PageKind.CHALLENGE: "challenge"}


@dataclass(frozen=True, slots=True)
class ReportRows:
    """A report as it is written: `below` are its sections, indicators, cells and checks by table.

    `findings` are no content: a report whose findings alone differ stays the same version.
    """

    ordinal: int
    columns: Row
    below: dict[Table, list[Row]]
    findings: list[Row]
    duplicate_of_ordinal: int | None
    content_sha256: str


@dataclass(frozen=True, slots=True)
class PageRows:
    """A capture and what was understood of it, as it is written; `reading_sha256` covers all of it."""

    url: str
    page: Row
    capture: Row
    reports: list[ReportRows]
    edits: list[Row]
    findings: list[Row]
    attachments: list[Row]
    reading_sha256: str


def page_rows(capture: Capture, page: Page, outcome: str | None) -> PageRows:
    """All rows of one page, without ids, runs and times. Raises ValueError when two reports share an ordinal."""
    reports = sorted(map(_report_rows, page.reports), key=lambda report: report.ordinal)
    if len({report.ordinal for report in reports}) != len(reports):
        raise ValueError(f"two reports of {capture.url} have the same ordinal")
    columns, edits, findings = _row(page), _rows(page.edits), _rows(page.findings)
    attachments = list({attachment.url: _row(attachment) for attachment in page.attachments}.values())
    fetched = _capture_row(capture, page, outcome)
    seen = [[report.content_sha256, report.findings] for report in reports]
    reading = _sha256([columns, fetched, seen, edits, findings, attachments])
    return PageRows(_storable(capture.url), columns, fetched, reports, edits, findings, attachments, reading)


def _report_rows(report: Report) -> ReportRows:
    columns = _row(report)
    columns["body_sha256"] = text_sha256(columns["body_text"])
    below = {
        schema.sections: _rows(report.sections),
        schema.indicators: _rows(report.indicators),
        schema.cells: _rows(report.cells),
        schema.checks: _rows(report.checks),
    }
    content = _sha256([columns, report.duplicate_of_ordinal, *below.values()])
    return ReportRows(report.ordinal, columns, below, _rows(report.findings), report.duplicate_of_ordinal, content)


def _capture_row(capture: Capture, page: Page, outcome: str | None) -> Row:
    headers = {name.lower(): value for name, value in capture.headers.items()}
    evidence = page.charset_evidence
    row = {
        "http_status": capture.http_status,
        "outcome": outcome or _DEFAULT_OUTCOME.get(page.kind, "page"),
        "content_type": headers.get("content-type"),
        "etag": headers.get("etag"),
        "last_modified": headers.get("last-modified"),
        "charset": page.charset,
        "charset_evidence": asdict(evidence) if evidence is not None else None,
        "body_sha256": body_sha256(capture.body),
    }
    return {name: _storable(value) for name, value in row.items()}


def _rows(nouns: Iterable[Any]) -> list[Row]:
    return [_row(noun) for noun in nouns]


def _row(noun: Any) -> Row:
    """The columns of a noun: they bear the names of its fields."""
    return {
        name: _number(getattr(noun, name)) if name in _NUMBERS else _storable(getattr(noun, name))
        for name in _COLUMNS[type(noun)]
    }


def _storable(value: Any) -> Any:
    """The value as every database takes it; an enumeration becomes its plain word."""
    if isinstance(value, str):
        return UNSTORABLE.sub("\ufffd", str(value))
    if isinstance(value, Mapping):
        return {name: _storable(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(item) for item in value]
    return value


def _number(value: float | None) -> float | None:
    """A number as a column holds it; what no column can hold (NaN, infinity, 10 to the 400th) is absent."""
    try:
        number = None if value is None else float(value)
    except OverflowError:
        return None
    return number if number is None or math.isfinite(number) else None


def _sha256(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode("ascii")).hexdigest()
