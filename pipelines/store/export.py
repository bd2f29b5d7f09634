"""The corpus as files: CSV of a table or view, JSON lines of reports with all that was read from them.

Rows come in the order of their ids and are written as they are read, so a corpus of any size takes the same memory.
"""

from __future__ import annotations

import csv
import json
import math
import re
from collections.abc import Iterator
from typing import Any, TextIO

import sqlalchemy as sa

from pipelines.store.engine import StoreError
from pipelines.store.schema import (
    captures,
    cells,
    checks,
    findings,
    indicators,
    metadata,
    pages,
    reports,
    sections,
    sites,
)
from pipelines.store.selection import ReportFilter
from pipelines.store.views import VIEWS

BATCH = 200
_HIDDEN = frozenset({"search_documents", "report_keys", "report_bands"})
_BELOW_A_REPORT = (sections, indicators, cells, checks, findings)
_ROW_IDS = ("report_id", "indicator_id", "cell_id", "check_id")
# What a spreadsheet takes for the beginning of a formula; an apostrophe before it makes it text. A text that has
# apostrophes before such a sign gets one more, so that taking one off always gives back the text.
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")


def exportable() -> tuple[str, ...]:
    """The names that can be exported: tables, then views."""
    return (*(table.name for table in metadata.sorted_tables if table.name not in _HIDDEN), *VIEWS)


def export_csv(
    connection: sa.Connection,
    table_or_view: str,
    out: TextIO,
    *,
    only: ReportFilter | None = None,
    bom: bool = False,
) -> int:
    """Writes a table or view as CSV with a header line; gives the number of rows.

    `out` should be opened with `newline=""` in UTF-8; `bom` begins the file with the mark by which Excel knows
    UTF-8. Lists are JSON, truth is 1 or 0, what is not stated is empty. A text that begins with `= + - @`, a tab or
    a line end (or the full-width form of such a sign) gets an apostrophe before it, for spreadsheets would run it as a
    formula; numbers stay as they are. Raises StoreError for an unknown name.
    """
    query = _query(table_or_view, connection, only or ReportFilter())
    if bom:
        out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n")  # with "\n" Python before 3.13 leaves a lone \r unquoted
    result = connection.execute(query.execution_options(yield_per=BATCH))
    writer.writerow(result.keys())
    count = 0
    for row in result:
        writer.writerow([_csv_value(value) for value in row])
        count += 1
    return count


def export_jsonl(
    connection: sa.Connection, table_or_view: str, out: TextIO, *, only: ReportFilter | None = None
) -> int:
    """Writes one JSON object a line; gives the number of lines.

    A line of `reports` holds the report, its page's url and site, its capture's time and hash, and lists of its
    sections, indicators, cells, checks and findings; other tables and views give plain rows. Raises StoreError for an unknown name.
    """
    chosen = only or ReportFilter()
    rows = (
        _nested_reports(connection, chosen)
        if table_or_view == "reports"
        else _plain_rows(connection, table_or_view, chosen)
    )
    count = 0
    for row in rows:
        out.write(json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n")
        count += 1
    return count


def _query(name: str, connection: sa.Connection, only: ReportFilter) -> sa.Select[Any]:
    if name not in exportable():
        raise StoreError(f"there is no table or view {name!r} to export; choose one of {', '.join(exportable())}")
    if name == "reports":
        return _reports_query(only)
    if name in VIEWS:
        view = sa.Table(name, sa.MetaData(), autoload_with=connection)
        return (
            sa.select(view)
            .where(view.c.report_id.in_(_chosen_ids(only)))
            .order_by(*(view.c[c] for c in _ROW_IDS if c in view.c))
        )
    table = metadata.tables[name]
    query = sa.select(table).order_by(table.c.id)
    if "report_id" not in table.c:
        return query
    of_report = table.c.report_id.in_(_chosen_ids(only))
    if "page_id" not in table.c:
        return query.where(of_report)
    of_pages = [table.c.page_id.in_(sa.select(reports.c.page_id).where(*only.conditions()))] if only.narrows else []
    return query.where(sa.or_(of_report, sa.and_(table.c.report_id.is_(None), *of_pages)))


def _chosen_ids(only: ReportFilter) -> sa.Select[tuple[int]]:
    return sa.select(reports.c.id).where(*only.conditions())


def _reports_query(only: ReportFilter) -> sa.Select[Any]:
    """Reports with what is needed to cite them: address, site, time and hash of the capture."""
    columns = [column for column in reports.c if column.name != "body_text"]
    return (
        sa.select(
            *columns[:1],
            pages.c.url,
            sites.c.name.label("site"),
            *columns[1:],
            captures.c.fetched_at,
            captures.c.body_sha256.label("capture_sha256"),
            reports.c.body_text,
        )
        .join(pages, pages.c.id == reports.c.page_id)
        .join(captures, captures.c.id == reports.c.capture_id)
        .outerjoin(sites, sites.c.id == pages.c.site_id)
        .where(*only.conditions())
        .order_by(reports.c.id)
    )


def _plain_rows(connection: sa.Connection, name: str, only: ReportFilter) -> Iterator[dict[str, Any]]:
    query = _query(name, connection, only)
    for row in connection.execute(query.execution_options(yield_per=BATCH)):
        yield {column: _json_value(value) for column, value in row._mapping.items()}


def _nested_reports(connection: sa.Connection, only: ReportFilter) -> Iterator[dict[str, Any]]:
    last = 0
    while True:
        batch = connection.execute(_reports_query(only).where(reports.c.id > last).limit(BATCH)).all()
        if not batch:
            return
        last = batch[-1].id
        ids = [row.id for row in batch]
        below = [(table.name, _rows_by_report(connection, table, ids)) for table in _BELOW_A_REPORT]
        for row in batch:
            report = {column: _json_value(value) for column, value in row._mapping.items()}
            yield report | {name: rows.get(row.id, []) for name, rows in below}


def _rows_by_report(connection: sa.Connection, table: sa.Table, ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    columns = [column for column in table.c if column.name not in ("id", "page_id")]
    query = sa.select(*columns).where(table.c.report_id.in_(ids)).order_by(table.c.id)
    grouped: dict[int, list[dict[str, Any]]] = {}
    for row in connection.execute(query):
        values = {column: _json_value(value) for column, value in row._mapping.items()}
        grouped.setdefault(values.pop("report_id"), []).append(values)
    return grouped


def _csv_value(value: Any) -> Any:
    if isinstance(value, str):
        return f"'{value}" if _FORMULA.match(value) else value
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return _json_value(value)


def _json_value(value: Any) -> Any:
    """A count as the page prints it: 1306, not 1306.0; a number JSON has no word for is absent."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else value if math.isfinite(value) else None
    return value
