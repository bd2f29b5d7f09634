"""Writing the corpus: one page in one transaction, a new version of what changed, nothing twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa

from pipelines.model import Capture, Page, PageKind
from pipelines.store import search
from pipelines.store.archive import ArchivedAt
from pipelines.store.engine import transaction
from pipelines.store.identity import canonical_url
from pipelines.store.rows import PageRows, ReportRows, Row, page_rows
from pipelines.store.schema import attachments, captures, edits, findings, pages, reports, runs, sites

# What these pages say is about the server, not about the page that stood there before.
_OBSTRUCTIONS = frozenset({PageKind.ERROR, PageKind.CHALLENGE})
_CONTENT = frozenset({"page", "binary"})
_GONE = frozenset({404, 410})
_GONE_OUTCOMES = frozenset({"not_found", "soft_404"})


def utc_now() -> str:
    """The time, UTC, ISO 8601 to the second with Z."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a page: ids of its current reports by ordinal; `unchanged` when only times of sight moved."""

    page_id: int
    capture_id: int
    report_ids: tuple[int, ...]
    new_reports: int = 0
    changed_reports: int = 0
    unchanged: bool = False


class Writer:
    """The one way into the corpus. Every method raises StoreError when the database refuses (locked, full, lost)."""

    def __init__(self, engine: sa.Engine, now: Callable[[], str] = utc_now) -> None:
        self._engine = engine
        self._now = now

    def begin_run(self, command: str, code_version: str) -> int:
        """Notes that `command` began; gives the run's id."""
        row = {
            "command": command,
            "started_at": self._now(),
            "status": "running",
            "code_version": code_version,
            "stats": {},
        }
        with transaction(self._engine) as connection:
            return _inserted_id(connection.execute(runs.insert().values(row)))

    def end_run(self, run_id: int, status: str, stats: dict[str, Any]) -> None:
        """Notes how a run ended, and brings the full-text index up to what was written."""
        ended = {"finished_at": self._now(), "status": status, "stats": stats}
        with transaction(self._engine) as connection:
            connection.execute(runs.update().where(runs.c.id == run_id).values(ended))
        search.fill_index(self._engine)

    def ensure_site(
        self, name: str, domain: str | None, region_code: str | None, family: str | None, enabled: bool
    ) -> int:
        """The id of the site `name`, which afterwards is as said."""
        row = {"domain": domain, "region_code": region_code, "family": family, "enabled": enabled}
        with transaction(self._engine) as connection:
            known = connection.execute(sa.select(sites).where(sites.c.name == name)).one_or_none()
            if known is None:
                return _inserted_id(connection.execute(sites.insert().values(name=name, **row)))
            if any(getattr(known, column) != value for column, value in row.items()):
                connection.execute(sites.update().where(sites.c.id == known.id).values(row))
            return int(known.id)

    def archived_at(self, url: str, body_sha256: str) -> ArchivedAt | None:
        """Where this body of this page already lies in the archive; None when it has to be stored."""
        place = sa.select(captures.c.archive_file, captures.c.archive_offset, captures.c.archive_length)
        query = (
            place.join(pages, pages.c.id == captures.c.page_id)
            .where(pages.c.canonical_url == canonical_url(url), captures.c.body_sha256 == body_sha256)
            .where(captures.c.archive_file.is_not(None))
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else ArchivedAt(row.archive_file, row.archive_offset, row.archive_length)

    def write_page(
        self,
        run_id: int,
        capture: Capture,
        page: Page,
        archived: ArchivedAt | None,
        *,
        outcome: str | None = None,
        alongside: Callable[[sa.Connection], None] | None = None,
    ) -> Written:
        """Writes a capture and what was understood of it, all or nothing.

        `outcome` is the crawler's verdict on the body (by default `page`, or `error` and `challenge` by the page's
        kind). `alongside` runs in the same transaction: the crawl's queue marks its row done there. The page counts as
        seen at the capture's own time, so reading an archive again makes nothing younger. Raises ValueError when two
        reports of the page share an ordinal.
        """
        rows = page_rows(capture, page, outcome)
        seen_at = capture.fetched_at or self._now()
        with transaction(self._engine) as connection:
            written = _PageWriter(connection, run_id, seen_at).write(capture, page.kind, rows, archived)
            if alongside is not None:
                alongside(connection)
        return written

    def seen_again(self, url: str) -> bool:
        """Notes that a page stands as it was, without its body (HTTP 304). False when the page is unknown."""
        with transaction(self._engine) as connection:
            known = _known_page(connection, canonical_url(url))
            if known is None:
                return False
            newest = sa.select(captures.c.id).where(captures.c.page_id == known.id)
            capture_id = connection.execute(
                newest.order_by(captures.c.last_seen_at.desc(), captures.c.id.desc())
            ).scalar()
            _touch(connection, known.id, capture_id, self._now())
            return True

    def mark_gone(self, url: str) -> bool:
        """Notes that a page is no longer there; its reports stay as they are. False when the page is unknown."""
        with transaction(self._engine) as connection:
            known = _known_page(connection, canonical_url(url))
            if known is None:
                return False
            if known.gone_at is None:
                connection.execute(pages.update().where(pages.c.id == known.id).values(gone_at=self._now()))
            return True


@dataclass(frozen=True, slots=True)
class _Standing:
    """A current report after the write: the row it has, the capture it was read from, and what became of it."""

    id: int
    capture_id: int
    was: str  # new, changed, same


class _PageWriter:
    """The steps of one page's transaction."""

    def __init__(self, connection: sa.Connection, run_id: int, seen_at: str) -> None:
        self._connection = connection
        self._run_id = run_id
        self._seen_at = seen_at

    def write(self, capture: Capture, kind: PageKind, rows: PageRows, archived: ArchivedAt | None) -> Written:
        canonical = canonical_url(rows.url)
        known = _known_page(self._connection, canonical)
        page_id = known.id if known is not None else self._insert_page(canonical, capture, rows)
        capture_id, capture_is_new = self._write_capture(page_id, capture, rows.capture, archived)

        outcome = rows.capture["outcome"]
        obstructed = kind in _OBSTRUCTIONS or outcome not in _CONTENT
        is_gone = capture.http_status in _GONE or outcome in _GONE_OUTCOMES
        if known is not None and obstructed and known.kind not in _OBSTRUCTIONS:
            newly_gone = is_gone and known.gone_at is None
            if newly_gone:
                self._update(pages, page_id, {"gone_at": self._seen_at})
            return self._as_it_stood(page_id, capture_id, unchanged=not (capture_is_new or newly_gone))
        if known is not None and known.reading_sha256 == rows.reading_sha256:
            _touch(self._connection, page_id, capture_id, self._seen_at)
            return self._as_it_stood(page_id, capture_id, unchanged=known.gone_at is None)

        self._update(captures, capture_id, rows.capture)
        gone_at = self._seen_at if is_gone else None
        self._update(pages, page_id, {**rows.page, "gone_at": gone_at, "reading_sha256": rows.reading_sha256})
        standing = self._write_reports(page_id, capture_id, rows.reports)
        self._write_edits(page_id, capture_id, standing, rows.edits)
        self._replace(findings, {"page_id": page_id, "report_id": None}, rows.findings)
        self._write_attachments(page_id, rows.attachments)
        _touch(self._connection, page_id, capture_id, self._seen_at, gone_at)
        return Written(
            page_id,
            capture_id,
            tuple(report.id for report in standing),
            new_reports=sum(report.was == "new" for report in standing),
            changed_reports=sum(report.was == "changed" for report in standing),
        )

    def _as_it_stood(self, page_id: int, capture_id: int, *, unchanged: bool) -> Written:
        current = sa.select(reports.c.id).where(reports.c.page_id == page_id, reports.c.is_current)
        ids = self._connection.execute(current.order_by(reports.c.ordinal)).scalars()
        return Written(page_id, capture_id, tuple(ids), unchanged=unchanged)

    def _insert_page(self, canonical: str, capture: Capture, rows: PageRows) -> int:
        seen = {"first_seen_at": self._seen_at, "last_seen_at": self._seen_at}
        site = {"site_id": self._site_id(capture), "url": rows.url, "canonical_url": canonical}
        return self._insert(pages, {**rows.page, **site, **seen})

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
        query = sa.select(captures.c.id, captures.c.archive_file, captures.c.last_seen_at).where(
            captures.c.page_id == page_id, captures.c.body_sha256 == row["body_sha256"]
        )
        place = (
            {}
            if archived is None
            else {
                "archive_file": archived.file,
                "archive_offset": archived.offset,
                "archive_length": archived.length,
            }
        )
        known = self._connection.execute(query).one_or_none()
        if known is None:
            mine = {"page_id": page_id, "run_id": self._run_id, "last_seen_at": self._seen_at}
            return self._insert(captures, {**row, **mine, **place, "fetched_at": capture.fetched_at}), True
        seen = {"last_seen_at": max(self._seen_at, known.last_seen_at)}
        self._update(captures, known.id, {**seen, **(place if known.archive_file is None else {})})
        return int(known.id), False

    def _write_reports(self, page_id: int, capture_id: int, understood: list[ReportRows]) -> list[_Standing]:
        of_page = sa.select(
            reports.c.id,
            reports.c.ordinal,
            reports.c.version,
            reports.c.is_current,
            reports.c.content_sha256,
            reports.c.capture_id,
            reports.c.duplicate_of,
        ).where(reports.c.page_id == page_id)
        stored = self._connection.execute(of_page.order_by(reports.c.version)).all()
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

        standing: dict[int, _Standing] = {}
        for report in understood:
            original = standing.get(report.duplicate_of_ordinal or 0)
            duplicate_of = original.id if original is not None else None
            if report.ordinal in same:
                row = current[report.ordinal]
                if row.duplicate_of != duplicate_of:
                    self._update(reports, row.id, {"duplicate_of": duplicate_of})
                standing[report.ordinal] = _Standing(row.id, row.capture_id, "same")
            else:
                version = newest_version.get(report.ordinal, 0) + 1
                mine = {"page_id": page_id, "capture_id": capture_id, "duplicate_of": duplicate_of, "version": version}
                was = "changed" if report.ordinal in current else "new"
                standing[report.ordinal] = _Standing(self._insert_report(report, mine), capture_id, was)
            of_report = {"page_id": page_id, "report_id": standing[report.ordinal].id}
            self._replace(findings, of_report, report.findings)
        return list(standing.values())

    def _insert_report(self, report: ReportRows, mine: Row) -> int:
        seen = {"first_seen_at": self._seen_at, "last_seen_at": self._seen_at, "run_id": self._run_id}
        content = {**report.columns, "content_sha256": report.content_sha256, "is_current": True}
        report_id = self._insert(reports, {**content, **seen, **mine})
        for table, rows in report.below.items():
            self._insert_all(table, {"report_id": report_id}, rows)
        return report_id

    def _write_edits(self, page_id: int, capture_id: int, standing: list[_Standing], rows: list[Row]) -> None:
        """Edits stay with the capture in whose text they count.

        A page whose reports were all read from an older capture with the same content keeps that capture's edits.
        """
        owner = standing[0].id if len(standing) == 1 else None
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
        return _inserted_id(self._connection.execute(table.insert(), row))

    def _update(self, table: sa.Table, row_id: int, values: Row) -> None:
        self._connection.execute(table.update().where(table.c.id == row_id).values(values))


def _known_page(connection: sa.Connection, canonical: str) -> sa.Row[*tuple[Any, ...]] | None:
    columns = (pages.c.id, pages.c.kind, pages.c.gone_at, pages.c.reading_sha256)
    return connection.execute(sa.select(*columns).where(pages.c.canonical_url == canonical)).one_or_none()


def _touch(
    connection: sa.Connection, page_id: int, capture_id: int | None, seen_at: str, gone_at: str | None = None
) -> None:
    """Moves the times of sight of a page, a capture and the current reports forward to `seen_at`, never back."""
    for table, mine in (
        (captures, captures.c.id == capture_id),
        (reports, sa.and_(reports.c.page_id == page_id, reports.c.is_current)),
        (pages, pages.c.id == page_id),
    ):
        older = sa.and_(mine, table.c.last_seen_at < seen_at)
        connection.execute(table.update().where(older).values(last_seen_at=seen_at))
    connection.execute(pages.update().where(pages.c.id == page_id).values(gone_at=gone_at))


def _inserted_id(result: sa.CursorResult[Any]) -> int:
    (row_id,) = result.inserted_primary_key or (0,)
    return int(row_id)
