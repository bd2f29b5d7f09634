"""Small pages and reports to write, search and export; every argument overrides one field."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from pipelines.model import (
    Attachment,
    Capture,
    Cell,
    CharsetAttempt,
    CharsetEvidence,
    Check,
    Edit,
    Finding,
    Indicator,
    Page,
    PageKind,
    Report,
    Section,
    Semantic,
    Verdict,
)

URL = "http://www.lanhe.gov.example/xxgk/ndbg/202401/t20240115_77.html"
BODY = "一、总体情况\n2023年，我镇主动公开政府信息86条。未收到依申请公开。"


class Clock:
    """A clock that stands still until it is told to tick."""

    def __init__(self) -> None:
        self.minute = 0

    def __call__(self) -> str:
        return f"2026-05-01T08:{self.minute:02}:00Z"

    def tick(self) -> None:
        self.minute += 1


def capture(body: bytes = b"<html>1</html>", **fields: Any) -> Capture:
    given = {
        "url": URL,
        "headers": {"Content-Type": "text/html", "ETag": '"7"', "Last-Modified": "Mon, 15 Jan 2024 01:00:00 GMT"},
        "http_status": 200,
        "site": "lanhe",
        "region_code": "330782",
    }
    return Capture(body=body, **{**given, **fields})


def indicator(**fields: Any) -> Indicator:
    given: dict[str, Any] = {
        "code": "proactive_total",
        "value": 86.0,
        "semantic": Semantic.NUMBER,
        "raw": "86条",
        "sentence": "2023年，我镇主动公开政府信息86条。",
        "start": 7,
        "end": 27,
        "rule": "prose.proactive",
        "unit": "条",
    }
    return Indicator(**{**given, **fields})


def report(ordinal: int = 1, **fields: Any) -> Report:
    given: dict[str, Any] = {
        "kind": PageKind.ANNUAL_REPORT,
        "title": "兰河镇2023年政府信息公开工作年度报告",
        "report_year": 2023,
        "agency": "兰河镇人民政府",
        "region_code": "330782",
        "published_on": "2024-01-15",
        "body_text": BODY,
        "flags": ["spam_removed"],
        "sections": [Section(1, 1, "一、总体情况", "overview", BODY, 0, len(BODY))],
        "indicators": [
            indicator(),
            indicator(code="applications_received", value=0.0, semantic=Semantic.NEGATED, raw="未收到依申请公开"),
        ],
        "cells": [Cell("t2", "regulations", "made", "规章 制发件数", Semantic.ZERO, 0.0, "0")],
        "checks": [Check("t3.total", Verdict.PASS, 3.0, 3.0)],
        "findings": [Finding("extract", "unknown_label", "the label 备注 is in no list")],
    }
    return Report(ordinal=ordinal, **{**given, **fields})


def page(*reports: Report, **fields: Any) -> Page:
    given: dict[str, Any] = {
        "url": URL,
        "kind": PageKind.ANNUAL_REPORT,
        "kind_reason": "the title names a yearly report",
        "charset": "gb18030",
        "charset_evidence": CharsetEvidence("no errors", "utf-8", tried=(CharsetAttempt("gb18030", 0, 0.9),)),
        "title": "年度报告",
        "edits": [
            Edit("repair", 1, "characters.zero_width", 3, 4, "\u200b"),
            Edit("clean", 1, "chrome.share", 9, 12, "分享到"),
        ],
        "findings": [Finding("repair", "false_charset", "the page says utf-8 and is gb18030")],
        "attachments": [Attachment("http://www.lanhe.gov.example/f.pdf", "附件.pdf", "application/pdf")],
    }
    return Page(reports=list(reports or (report(),)), **{**given, **fields})


def dump(engine: sa.Engine, *, but: frozenset[tuple[str, str]] = frozenset()) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, without the columns `but` names as (table, column)."""
    metadata = sa.MetaData()
    metadata.reflect(engine)
    with engine.connect() as connection:
        return {
            name: sorted(
                tuple(repr(value) for column, value in row.items() if (name, column) not in but)
                for row in connection.exec_driver_sql(f"SELECT * FROM {name}").mappings()
            )
            for name in metadata.tables
        }


def rows(engine: sa.Engine, query: str) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query)]
