"""Writing the corpus: one page in one transaction, a new version of what changed, nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from pipelines.model import Capture, Page
from pipelines.store import search
from pipelines.store.archive import ArchivedAt
from pipelines.store.engine import db_name, speaking_plainly, transaction
from pipelines.store.identity import canonical_url
from pipelines.store.page_writer import PageWriter, Written, inserted_id, known_page, move_forward, touch_page
from pipelines.store.rows import page_rows
from pipelines.store.schema import captures, pages, runs, sites

__all__ = ["Writer", "Written", "utc_now"]


def utc_now() -> str:
    """The time, UTC, ISO 8601 to the second with Z."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


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
            return inserted_id(connection.execute(runs.insert().values(row)))

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
                return inserted_id(connection.execute(sites.insert().values(name=name, **row)))
            if any(getattr(known, column) != value for column, value in row.items()):
                connection.execute(sites.update().where(sites.c.id == known.id).values(row))
            return int(known.id)

    def site_of_host(self, host: str) -> str:
        """The name of the site at this host (`www.` does not matter).

        A host that no profile declares is noted as a site under its own name, which nothing crawls.
        """
        bare = host.lower().removeprefix("www.")
        at_host = sa.select(sites.c.name).where(sites.c.domain.in_((bare, f"www.{bare}"))).order_by(sites.c.id)
        with transaction(self._engine) as connection:
            name = connection.execute(at_host.limit(1)).scalar()
        if name is None:
            self.ensure_site(bare, bare, None, None, enabled=False)
        return name or bare

    def site_boilerplate(self, name: str) -> dict[str, Any]:
        """What was learned of the lines that recur on a site's pages; {} when nothing was."""
        with transaction(self._engine) as connection:
            stored = connection.execute(sa.select(sites.c.boilerplate).where(sites.c.name == name)).scalar()
        return dict(stored or {})

    def keep_site_boilerplate(self, name: str, learned: dict[str, Any]) -> None:
        """Keeps what was learned of a site's lines for the next time."""
        with transaction(self._engine) as connection:
            connection.execute(sites.update().where(sites.c.name == name).values(boilerplate=learned))

    def archived_at(self, url: str, body_sha256: str) -> ArchivedAt | None:
        """Where this body of this page already lies in the archive; None when it has to be stored."""
        place = sa.select(captures.c.archive_file, captures.c.archive_offset, captures.c.archive_length)
        query = (
            place.join(pages, pages.c.id == captures.c.page_id)
            .where(pages.c.canonical_url == canonical_url(url), captures.c.body_sha256 == body_sha256)
            .where(captures.c.archive_file.is_not(None))
        )
        with speaking_plainly(db_name(self._engine)), self._engine.connect() as connection:
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
            written = PageWriter(connection, run_id, seen_at).write(capture, page.kind, rows, archived)
            if alongside is not None:
                alongside(connection)
        return written

    def seen_again(self, url: str) -> bool:
        """Notes that a page stands as it was, without its body (HTTP 304). False when the page is unknown."""
        with transaction(self._engine) as connection:
            known = known_page(connection, canonical_url(url))
            if known is None:
                return False
            seen_at = self._now()
            newest = sa.select(captures.c.id).where(captures.c.page_id == known.id)
            newest = newest.order_by(captures.c.last_seen_at.desc(), captures.c.id.desc()).limit(1)
            move_forward(connection, captures, captures.c.id == newest.scalar_subquery(), seen_at)
            touch_page(connection, known.id, seen_at, gone_at=None)
            return True

    def mark_gone(self, url: str) -> bool:
        """Notes that a page is no longer there; its reports stay as they are. False when the page is unknown."""
        with transaction(self._engine) as connection:
            known = known_page(connection, canonical_url(url))
            if known is None:
                return False
            if known.gone_at is None:
                connection.execute(pages.update().where(pages.c.id == known.id).values(gone_at=self._now()))
            return True
