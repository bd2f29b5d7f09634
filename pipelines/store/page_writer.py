"""Writing one page: what is new, what changed, what stands as it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa

from pipelines.model import Capture, PageKind
from pipelines.store.archive import ArchivedAt
from pipelines.store.duplicates import Duplicates, Noted, StoredText
from pipelines.store.identity import canonical_url
from pipelines.store.rows import PageRows, ReportRows, Row
from pipelines.store.schema import attachments, captures, edits, findings, pages, reports, sites

# What these pages say is about the server, not about the page that stood there before.
_OBSTRUCTIONS = frozenset({PageKind.ERROR, PageKind.CHALLENGE})
_CONTENT = frozenset({"page", "binary"})
_GONE = frozenset({404, 410})
_GONE_OUTCOMES = frozenset({"not_found", "soft_404"})


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a page: ids of its current reports by ordinal; `unchanged` when only times of sight moved."""

    page_id: int
    capture_id: int
    report_ids: tuple[int, ...]
    new_reports: int = 0
    changed_reports: int = 0
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class _Standing:
    """A current report after the write: the row it has, the capture it was read from, and what became of it."""

    id: int
    capture_id: int
    was: str  # new, changed, same


class PageWriter:
    """The steps of one page's transaction, on a connection that is in it."""

    def __init__(self, connection: sa.Connection, run_id: int, seen_at: str) -> None:
        self._connection = connection
        self._run_id = run_id
        self._seen_at = seen_at

    def write(self, capture: Capture, kind: PageKind, rows: PageRows, archived: ArchivedAt | None) -> Written:
        """Writes the page, known or new; gives what became of it."""
        canonical = canonical_url(rows.url)
        obstructed = kind in _OBSTRUCTIONS or rows.capture["outcome"] not in _CONTENT
        is_gone = capture.http_status in _GONE or rows.capture["outcome"] in _GONE_OUTCOMES
        gone_at = self._seen_at if is_gone else None
        known = known_page(self._connection, canonical)
        if known is None:
            return self._write_new(canonical, capture, rows, archived, gone_at)

        capture_id, capture_is_new = self._write_capture(known.id, capture, rows.capture, archived)
        if obstructed and known.kind not in _OBSTRUCTIONS:
            newly_gone = is_gone and known.gone_at is None
            if newly_gone:
                self._update(pages, known.id, {"gone_at": gone_at})
            return self._as_it_stood(known.id, capture_id, unchanged=not (capture_is_new or newly_gone))
        if known.reading_sha256 == rows.reading_sha256:
            touch_page(self._connection, known.id, self._seen_at, known.gone_at if is_gone else None)
            return self._as_it_stood(known.id, capture_id, unchanged=is_gone or known.gone_at is None)
        return self._write_again(known.id, capture_id, rows, gone_at)

    def _write_new(
        self, canonical: str, capture: Capture, rows: PageRows, archived: ArchivedAt | None, gone_at: str | None
    ) -> Written:
        identity = {"site_id": self._site_id(capture), "url": rows.url, "canonical_url": canonical}
        seen = {"first_seen_at": self._seen_at, "last_seen_at": self._seen_at, "gone_at": gone_at}
        page_id = self._insert(pages, {**rows.page, **identity, **seen, "reading_sha256": rows.reading_sha256})
        capture_id, _ = self._insert_capture(page_id, capture, rows.capture, _place(archived))
        standing = self._write_reports(page_id, capture_id, rows.reports, stored=[])
        trace = {"page_id": page_id, "capture_id": capture_id, "report_id": _owner_of_edits(standing)}
        self._insert_all(edits, trace, rows.edits)
        self._insert_all(findings, {"page_id": page_id, "report_id": None}, rows.findings)
        self._insert_all(attachments, {"page_id": page_id}, rows.attachments)
        return _written(page_id, capture_id, standing)

    def _write_again(self, page_id: int, capture_id: int, rows: PageRows, gone_at: str | None) -> Written:
        self._update(captures, capture_id, rows.capture)
        self._update(pages, page_id, {**rows.page, "reading_sha256": rows.reading_sha256})
        standing = self._write_reports(page_id, capture_id, rows.reports, self._stored_reports(page_id))
        self._write_edits(page_id, capture_id, standing, rows.edits)
        self._replace(findings, {"page_id": page_id, "report_id": None}, rows.findings)
        self._write_attachments(page_id, rows.attachments)
        touch_page(self._connection, page_id, self._seen_at, gone_at)
        return _written(page_id, capture_id, standing)

    def _as_it_stood(self, page_id: int, capture_id: int, *, unchanged: bool) -> Written:
        current = sa.select(reports.c.id).where(reports.c.page_id == page_id, reports.c.is_current)
        ids = self._connection.execute(current.order_by(reports.c.ordinal)).scalars()
        return Written(page_id, capture_id, tuple(ids), unchanged=unchanged)

    def _site_id(self, capture: Capture) -> int | None:
        """The site the capture names; one that nobody declared is noted with what the capture tells."""
        if capture.site is None:
            return None
        known = self._connection.execute(sa.select(sites.c.id).where(sites.c.name == capture.site)).scalar()
        if known is not None:
            return int(known)
        domain = urlsplit(capture.url).hostname
        return self._insert(
            sites, {"name": capture.site, "domain": domain, "region_code": capture.region_code, "enabled": True}
        )

    def _write_capture(self, page_id: int, capture: Capture, row: Row, archived: ArchivedAt | None) -> tuple[int, bool]:
        """The id of the capture, and whether it is new: one body of a page is one capture, however often it came."""
        query = sa.select(captures.c.id, captures.c.archive_file, captures.c.last_seen_at).where(
            captures.c.page_id == page_id, captures.c.body_sha256 == row["body_sha256"]
        )
        known = self._connection.execute(query).one_or_none()
        if known is None:
            return self._insert_capture(page_id, capture, row, _place(archived))
        place = _place(archived) if known.archive_file is None else {}
        self._update(captures, known.id, {"last_seen_at": max(self._seen_at, known.last_seen_at), **place})
        return int(known.id), False

    def _insert_capture(self, page_id: int, capture: Capture, row: Row, place: Row) -> tuple[int, bool]:
        mine = {"page_id": page_id, "run_id": self._run_id, "last_seen_at": self._seen_at}
        return self._insert(captures, {**row, **mine, **place, "fetched_at": capture.fetched_at}), True

    def _stored_reports(self, page_id: int) -> Sequence[sa.Row[*tuple[Any, ...]]]:
        names = ("id", "ordinal", "version", "is_current", "content_sha256", "capture_id", "duplicate_of")
        of_page = sa.select(*(reports.c[name] for name in names)).where(reports.c.page_id == page_id)
        return self._connection.execute(of_page.order_by(reports.c.version)).all()

    def _write_reports(
        self,
        page_id: int,
        capture_id: int,
        understood: list[ReportRows],
        stored: Sequence[sa.Row[*tuple[Any, ...]]],
    ) -> list[_Standing]:
        current = {row.ordinal: row for row in stored if row.is_current}
        newest_version = {row.ordinal: row.version for row in stored}
        same = {
            report.ordinal
            for report in understood
            if report.ordinal in current and current[report.ordinal].content_sha256 == report.content_sha256
        }
        outdated = [row.id for ordinal, row in current.items() if ordinal not in same]
        if outdated:
            self._connection.execute(reports.update().where(reports.c.id.in_(outdated)).values(is_current=False))

        duplicates = Duplicates(self._connection)
        unsettled: list[Noted] = []
        standing: dict[int, _Standing] = {}
        for report in understood:
            original = standing.get(report.duplicate_of_ordinal or 0)
            duplicate_of = original.id if original is not None else None
            if report.ordinal in same:
                row = current[report.ordinal]
                if original is not None and row.duplicate_of != duplicate_of:
                    self._update(reports, row.id, {"duplicate_of": duplicate_of})
                standing[report.ordinal] = _Standing(row.id, row.capture_id, "same")
                self._replace(findings, {"page_id": page_id, "report_id": row.id}, report.findings)
            else:
                version = newest_version.get(report.ordinal, 0) + 1
                mine = {"page_id": page_id, "capture_id": capture_id, "duplicate_of": duplicate_of, "version": version}
                previous = current.get(report.ordinal)
                report_id = self._insert_report(report, mine)
                standing[report.ordinal] = _Standing(report_id, capture_id, "changed" if previous else "new")
                noted = duplicates.add(report_id, page_id, _compared(report), follows=previous.id if previous else None)
                if original is None:
                    unsettled.append(noted)
        duplicates.settle([*unsettled, *duplicates.remove(outdated)])
        return list(standing.values())

    def _insert_report(self, report: ReportRows, mine: Row) -> int:
        seen = {"first_seen_at": self._seen_at, "last_seen_at": self._seen_at, "run_id": self._run_id}
        content = {**report.columns, "content_sha256": report.content_sha256, "is_current": True}
        report_id = self._insert(reports, {**content, **seen, **mine})
        for table, rows in report.below.items():
            self._insert_all(table, {"report_id": report_id}, rows)
        self._insert_all(findings, {"page_id": mine["page_id"], "report_id": report_id}, report.findings)
        return report_id

    def _write_edits(self, page_id: int, capture_id: int, standing: list[_Standing], rows: list[Row]) -> None:
        """Edits stay with the capture in whose text they count.

        A page whose reports were all read from an older capture with the same content keeps that capture's edits.
        """
        owner = _owner_of_edits(standing)
        if not standing or any(report.capture_id == capture_id for report in standing):
            self._replace(edits, {"page_id": page_id, "capture_id": capture_id, "report_id": owner}, rows)
        cited = sa.select(reports.c.capture_id).where(reports.c.page_id == page_id)
        nobody_s = sa.and_(edits.c.capture_id != capture_id, edits.c.capture_id.not_in(cited))
        superseded = nobody_s if owner is None else sa.or_(nobody_s, edits.c.capture_id == capture_id)
        self._connection.execute(
            edits.delete().where(edits.c.page_id == page_id, edits.c.report_id.is_(None), superseded)
        )

    def _write_attachments(self, page_id: int, rows: list[Row]) -> None:
        """A link that vanished is forgotten, unless its file was fetched."""
        stored = self._connection.execute(sa.select(attachments).where(attachments.c.page_id == page_id)).all()
        known = {row.url: row for row in stored}
        self._insert_all(attachments, {"page_id": page_id}, [row for row in rows if row["url"] not in known])
        linked = {row["url"] for row in rows}
        vanished = [row.id for row in stored if row.url not in linked and row.sha256 is None]
        if vanished:
            self._connection.execute(attachments.delete().where(attachments.c.id.in_(vanished)))
        for row in rows:
            old = known.get(row["url"])
            if old is not None and (old.name, old.media_type) != (row["name"], row["media_type"]):
                self._update(attachments, old.id, row)

    def _replace(self, table: sa.Table, owner: Row, rows: list[Row]) -> None:
        """Makes `rows` the rows of `owner`; leaves them alone when they are already."""
        mine = [table.c[name] == value for name, value in owner.items()]
        columns = [column for column in table.c if column.name != "id" and column.name not in owner]
        stored = self._connection.execute(sa.select(*columns).where(*mine).order_by(table.c.id)).all()
        if [row._asdict() for row in stored] == rows:
            return
        if stored:
            self._connection.execute(table.delete().where(*mine))
        self._insert_all(table, owner, rows)

    def _insert_all(self, table: sa.Table, owner: Row, rows: Iterable[Row]) -> None:
        owned = [{**row, **owner} for row in rows]
        if owned:
            self._connection.execute(table.insert(), owned)

    def _insert(self, table: sa.Table, row: Row) -> int:
        return inserted_id(self._connection.execute(table.insert(), row))

    def _update(self, table: sa.Table, row_id: int, values: Row) -> None:
        self._connection.execute(table.update().where(table.c.id == row_id).values(values))


def known_page(connection: sa.Connection, canonical: str) -> sa.Row[*tuple[Any, ...]] | None:
    """The page with this identity: its id, kind, gone_at and reading_sha256."""
    columns = (pages.c.id, pages.c.kind, pages.c.gone_at, pages.c.reading_sha256)
    return connection.execute(sa.select(*columns).where(pages.c.canonical_url == canonical)).one_or_none()


def touch_page(connection: sa.Connection, page_id: int, seen_at: str, gone_at: str | None) -> None:
    """Moves the times of sight of a page and its current reports forward to `seen_at`; says whether it is gone."""
    move_forward(connection, reports, sa.and_(reports.c.page_id == page_id, reports.c.is_current), seen_at)
    last_seen_at = sa.case((pages.c.last_seen_at < seen_at, seen_at), else_=pages.c.last_seen_at)
    connection.execute(pages.update().where(pages.c.id == page_id).values(gone_at=gone_at, last_seen_at=last_seen_at))


def move_forward(connection: sa.Connection, table: sa.Table, mine: sa.ColumnElement[bool], seen_at: str) -> None:
    """Sets `last_seen_at` of the rows to `seen_at` where that is later: reading an archive makes nothing younger."""
    older = sa.and_(mine, table.c.last_seen_at < seen_at)
    connection.execute(table.update().where(older).values(last_seen_at=seen_at))


def inserted_id(result: sa.CursorResult[Any]) -> int:
    """The id of the one row that was inserted."""
    (row_id,) = result.inserted_primary_key or (0,)
    return int(row_id)


def _place(archived: ArchivedAt | None) -> Row:
    if archived is None:
        return {}
    return {"archive_file": archived.file, "archive_offset": archived.offset, "archive_length": archived.length}


def _compared(report: ReportRows) -> StoredText:
    return StoredText(**{item.name: report.columns[item.name] for item in fields(StoredText)})


def _owner_of_edits(standing: list[_Standing]) -> int | None:
    """The report that edits of its page belong to: the only one, or none."""
    return standing[0].id if len(standing) == 1 else None


def _written(page_id: int, capture_id: int, standing: list[_Standing]) -> Written:
    return Written(
        page_id,
        capture_id,
        tuple(report.id for report in standing),
        new_reports=sum(report.was == "new" for report in standing),
        changed_reports=sum(report.was == "changed" for report in standing),
    )
