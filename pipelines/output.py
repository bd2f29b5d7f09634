"""A page as one JSON object: what `gipr read --json` prints and what regression pages are compared with."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from pipelines.model import Page, Report

_PAGE_FIELDS = (
    "url charset charset_evidence kind kind_reason script title published_on source site_name index_no doc_no issuer "
    "flags main_reason main_text"
).split()
_REPORT_PARTS = ("sections", "indicators", "cells", "checks", "findings")


def page_as_json(page: Page, file: str | None = None) -> dict[str, Any]:
    """The page as plain values in a fixed order of keys, `file` first; empty `entries` and `pager` are left out."""
    plain: dict[str, Any] = {"file": file} if file is not None else {}
    plain |= {name: _plain(getattr(page, name)) for name in _PAGE_FIELDS}
    if page.entries:
        plain["entries"] = [asdict(entry) for entry in page.entries]
        plain["pager"] = asdict(page.pager) if page.pager else None
    plain["attachments"] = [asdict(attachment) for attachment in page.attachments]
    plain["reports"] = [report_as_json(report) for report in page.reports]
    plain["edits"] = [asdict(edit) for edit in page.edits]
    plain["findings"] = [asdict(finding) for finding in page.findings]
    return plain


def report_as_json(report: Report) -> dict[str, Any]:
    """A report with its columns, then its sections, indicators, cells, checks and findings."""
    skipped = {*_REPORT_PARTS, "blocks"}
    plain = {item.name: _plain(getattr(report, item.name)) for item in fields(report) if item.name not in skipped}
    return plain | {part: [asdict(item) for item in getattr(report, part)] for part in _REPORT_PARTS}


def _plain(value: Any) -> Any:
    return asdict(value) if hasattr(value, "__dataclass_fields__") else value
