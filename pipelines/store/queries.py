"""Questions that the command line asks of the corpus, answered in the nouns of the journey."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any

import sqlalchemy as sa

from pipelines.model import Cell, Check, Edit, Finding, Indicator, PageKind, Report, Section, Semantic, Verdict
from pipelines.store import schema
from pipelines.store.archive import ArchivedAt
from pipelines.store.engine import db_name, speaking_plainly
from pipelines.store.schema import captures, edits, findings, pages, reports, runs, sites

_COLUMNS = tuple(item.name for item in fields(Report) if item.name in reports.c)


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report with all that was read of it, and where it comes from. `report.duplicate_of_ordinal` is not set: the
    earlier report is named by its id in `duplicate_of`."""

    id: int
    page_id: int
    capture_id: int
    version: int
    is_current: bool
    first_seen_at: str
    last_seen_at: str
    body_sha256: str
    duplicate_of: int | None
    url: str
    site: str | None
    main_reason: str
    gone_at: str | None
    charset: str | None
    fetched_at: str | None
    capture_sha256: str
    archived_at: ArchivedAt | None
    code_version: str
    report: Report


@dataclass(frozen=True, slots=True)
class ReportVersion:
    """One version of a report: which code read it from which capture."""

    id: int
    version: int
    is_current: bool
    first_seen_at: str
    capture_id: int
    code_version: str


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One run of a command."""

    id: int
    command: str
    started_at: str
    finished_at: str | None
    status: str
    code_version: str
    stats: dict[str, Any]


@dataclass(slots=True)
class SiteStatus:
    """What the corpus holds of a site; `name` is None for pages of no site (local files).

    `outcomes` counts captures by outcome, `last_run` is the newest run that brought a capture of the site.
    """

    name: str | None
    domain: str | None = None
    enabled: bool = True
    pages: int = 0
    gone_pages: int = 0
    reports: int = 0
    newest_report_year: int | None = None
    last_fetched_at: str | None = None
    last_run: RunSummary | None = None
    outcomes: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CorpusStatus:
    """The state of the corpus: sites by name, those without a name last; newest runs first."""

    sites: list[SiteStatus]
    runs: list[RunSummary]

    @property
    def pages(self) -> int:
        """All pages."""
        return sum(site.pages for site in self.sites)

    @property
    def reports(self) -> int:
        """All current reports."""
        return sum(site.reports for site in self.sites)


def report_by_id(connection: sa.Connection, report_id: int) -> StoredReport | None:
    """The report with this id, any version; None when there is none."""
    query = (
        sa.select(
            reports,
            pages.c.url,
            pages.c.gone_at,
            pages.c.main_reason,
            sites.c.name.label("site"),
            captures.c.charset,
            captures.c.fetched_at,
            captures.c.body_sha256.label("capture_sha256"),
            captures.c.archive_file,
            captures.c.archive_offset,
            captures.c.archive_length,
            runs.c.code_version,
        )
        .join(pages, pages.c.id == reports.c.page_id)
        .join(captures, captures.c.id == reports.c.capture_id)
        .join(runs, runs.c.id == reports.c.run_id)
        .outerjoin(sites, sites.c.id == pages.c.site_id)
        .where(reports.c.id == report_id)
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    report = Report(**{name: getattr(row, name) for name in _COLUMNS})
    report.kind = PageKind(row.kind)
    report.sections = sections_of(connection, report_id)
    report.indicators = indicators_of(connection, report_id)
    report.cells = cells_of(connection, report_id)
    report.checks = checks_of(connection, report_id)
    report.findings = findings_of(connection, report_id)
    same = {item.name: getattr(row, item.name) for item in fields(StoredReport) if item.name in row._fields}
    return StoredReport(**same, archived_at=_archived(row), report=report)


def sections_of(connection: sa.Connection, report_id: int) -> list[Section]:
    """The sections of a report, in order."""
    return [Section(**row) for row in _below(connection, schema.sections, report_id)]


def indicators_of(connection: sa.Connection, report_id: int) -> list[Indicator]:
    """The indicators of a report, in the order they were read."""
    rows = _below(connection, schema.indicators, report_id)
    return [Indicator(**{**row, "semantic": Semantic(row["semantic"])}) for row in rows]


def cells_of(connection: sa.Connection, report_id: int) -> list[Cell]:
    """The cells of a report's tables, in the order they were read."""
    rows = _below(connection, schema.cells, report_id)
    return [Cell(**{**row, "semantic": Semantic(row["semantic"])}) for row in rows]


def checks_of(connection: sa.Connection, report_id: int) -> list[Check]:
    """The arithmetic checks of a report."""
    rows = _below(connection, schema.checks, report_id)
    return [Check(**{**row, "verdict": Verdict(row["verdict"])}) for row in rows]


def findings_of(connection: sa.Connection, report_id: int) -> list[Finding]:
    """What was met in a report and not understood; what concerns its page as a whole gives `page_findings`."""
    return [Finding(**row) for row in _below(connection, findings, report_id)]


def page_findings(connection: sa.Connection, page_id: int) -> list[Finding]:
    """What was met on a page, at its newest reading, beside what concerns one of its reports."""
    query = sa.select(findings.c.stage, findings.c.code, findings.c.detail).where(
        findings.c.page_id == page_id, findings.c.report_id.is_(None)
    )
    return [Finding(**row) for row in connection.execute(query.order_by(findings.c.id)).mappings()]


def edits_of(connection: sa.Connection, report_id: int) -> list[Edit]:
    """Every change between the bytes of the report's capture and the page's main text, for `pipelines.trace`.

    A report alone on its page has edits of its own; members of a compound page share those of their capture.
    """
    report = sa.select(reports.c.capture_id).where(reports.c.id == report_id).scalar_subquery()
    columns = [edits.c[item.name] for item in fields(Edit)]
    own = sa.select(*columns).where(edits.c.report_id == report_id).order_by(edits.c.id)
    shared = sa.select(*columns).where(edits.c.report_id.is_(None), edits.c.capture_id == report).order_by(edits.c.id)
    rows = connection.execute(own).mappings().all() or connection.execute(shared).mappings().all()
    return [Edit(**row) for row in rows]


def versions_of(connection: sa.Connection, report_id: int) -> list[ReportVersion]:
    """All versions of a report, oldest first, found by the id of any of them."""
    this = sa.select(reports.c.page_id, reports.c.ordinal).where(reports.c.id == report_id).subquery()
    query = (
        sa.select(
            reports.c.id,
            reports.c.version,
            reports.c.is_current,
            reports.c.first_seen_at,
            reports.c.capture_id,
            runs.c.code_version,
        )
        .join(this, sa.and_(this.c.page_id == reports.c.page_id, this.c.ordinal == reports.c.ordinal))
        .join(runs, runs.c.id == reports.c.run_id)
        .order_by(reports.c.version)
    )
    return [ReportVersion(**row) for row in connection.execute(query).mappings()]


def newest_captures(connection: sa.Connection, site: str | None = None) -> Iterator[ArchivedAt]:
    """Where the newest archived content of every page lies, page by page: what `gipr reprocess` reads again.

    Error pages and defences are left out, unless a page never brought anything else.
    """
    is_content = sa.case((captures.c.outcome.in_(("page", "binary")), 1), else_=0)
    rank = sa.func.row_number().over(
        partition_by=captures.c.page_id,
        order_by=(is_content.desc(), captures.c.last_seen_at.desc(), captures.c.id.desc()),
    )
    ranked = (
        sa.select(captures, rank.label("rank"))
        .join(pages, pages.c.id == captures.c.page_id)
        .outerjoin(sites, sites.c.id == pages.c.site_id)
        .where(captures.c.archive_file.is_not(None), *([] if site is None else [sites.c.name == site]))
        .subquery()
    )
    query = sa.select(ranked).where(ranked.c.rank == 1).order_by(ranked.c.page_id)
    for row in connection.execute(query).all():
        yield ArchivedAt(row.archive_file, row.archive_offset, row.archive_length)


def status(engine: sa.Engine, *, last_runs: int = 10) -> CorpusStatus:
    """The state of the corpus, site by site. Raises StoreError when the database cannot be read."""
    with speaking_plainly(db_name(engine)), engine.connect() as connection:
        by_site: dict[int | None, SiteStatus] = {
            row.id: SiteStatus(row.name, row.domain, row.enabled)
            for row in connection.execute(sa.select(sites).order_by(sites.c.name))
        }
        _count_pages(connection, by_site)
        _count_reports(connection, by_site)
        _count_captures(connection, by_site)
        newest = connection.execute(sa.select(runs).order_by(runs.c.id.desc()).limit(last_runs))
        return CorpusStatus(list(by_site.values()), [RunSummary(**row) for row in newest.mappings()])


def _count_pages(connection: sa.Connection, by_site: dict[int | None, SiteStatus]) -> None:
    query = sa.select(pages.c.site_id, sa.func.count(), sa.func.count(pages.c.gone_at)).group_by(pages.c.site_id)
    for site_id, count, gone in connection.execute(query):
        site = by_site.setdefault(site_id, SiteStatus(None))
        site.pages, site.gone_pages = count, gone


def _count_reports(connection: sa.Connection, by_site: dict[int | None, SiteStatus]) -> None:
    query = (
        sa.select(pages.c.site_id, sa.func.count(), sa.func.max(reports.c.report_year))
        .join(reports, reports.c.page_id == pages.c.id)
        .where(reports.c.is_current)
        .group_by(pages.c.site_id)
    )
    for site_id, count, newest_year in connection.execute(query):
        by_site[site_id].reports, by_site[site_id].newest_report_year = count, newest_year


def _count_captures(connection: sa.Connection, by_site: dict[int | None, SiteStatus]) -> None:
    of_site = sa.select(
        pages.c.site_id,
        captures.c.outcome,
        sa.func.count(),
        sa.func.max(captures.c.fetched_at),
        sa.func.max(captures.c.run_id),
    ).join(captures, captures.c.page_id == pages.c.id)
    last_run: dict[int | None, int] = {}
    for site_id, outcome, count, fetched_at, run_id in connection.execute(
        of_site.group_by(pages.c.site_id, captures.c.outcome).order_by(captures.c.outcome)
    ):
        site = by_site[site_id]
        site.outcomes[outcome] = count
        site.last_fetched_at = max(filter(None, (site.last_fetched_at, fetched_at)), default=None)
        last_run[site_id] = max(run_id, last_run.get(site_id, 0))
    named = sa.select(runs).where(runs.c.id.in_(last_run.values()))
    summaries = {row["id"]: RunSummary(**row) for row in connection.execute(named).mappings()}
    for site_id, run_id in last_run.items():
        by_site[site_id].last_run = summaries[run_id]


def _below(connection: sa.Connection, table: sa.Table, report_id: int) -> list[dict[str, Any]]:
    columns = [column for column in table.c if column.name not in ("id", "report_id", "page_id")]
    query = sa.select(*columns).where(table.c.report_id == report_id).order_by(table.c.id)
    return [dict(row) for row in connection.execute(query).mappings()]


def _archived(row: sa.Row[*tuple[Any, ...]]) -> ArchivedAt | None:
    if row.archive_file is None:
        return None
    return ArchivedAt(row.archive_file, row.archive_offset, row.archive_length)
