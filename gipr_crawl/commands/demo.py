"""`gipr demo`: a portal of our own on loopback, crawled by the real spider, compared with its known truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import sqlalchemy as sa

from gipr_crawl.commands.terminal import CommandError, safe, say, warn
from gipr_crawl.demo.comparison import Comparison, StoredReport, compare
from gipr_crawl.demo.server import DemoServer
from gipr_crawl.demo.truth import truth
from gipr_crawl.runner import CrawlResult, Progress, crawl
from gipr_crawl.sites import load_profiles
from pipelines.store.engine import open_engine
from pipelines.store.schema import cells, indicators, pages, reports

DEMO_SITES_PREFIX = "demo-"
_MUST_HOLD = frozenset({"report", "title", "report_year", "agency", "published_on", "body_text"})
# Our own server on our own machine: the pacing that protects portals would only make a person wait.
_LOOPBACK = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 4,
    "LOG_LEVEL": "ERROR",
}


@dataclass(frozen=True, slots=True)
class DemoResult:
    """The crawl, the comparison with the truth, and how many reports the corpus had before and has now."""

    crawled: CrawlResult
    comparison: Comparison
    before: int
    after: int
    seconds: float

    @property
    def is_faithful(self) -> bool:
        """Whether every report was stored, and equals its truth in everything that identifies and makes it up."""
        return all(count.wrong == 0 for count in self.comparison.fields if count.name in _MUST_HOLD)


def demo_sites() -> list[str]:
    """The names of the demo's site profiles."""
    profiles, _ = load_profiles()
    names = [profile.name for profile in profiles if profile.name.startswith(DEMO_SITES_PREFIX)]
    if not names:
        raise CommandError("the demo's site profiles are missing from data/sites/demo; install the project anew")
    return names


def run_demo(db: str, archive: Path) -> DemoResult:
    """Crawl the demo portal into `db`. Raises StoreError, CrawlError, CommandError."""
    began = monotonic()
    engine = open_engine(db, create=True)
    before = _count(engine)
    engine.dispose()
    with DemoServer() as server:
        result = crawl(
            demo_sites(),
            db=db,
            archive=archive,
            settings_overrides={**_LOOPBACK, "GIPR_PROXY": server.proxy_url},
            on_progress=_Told().tell,
        )
    engine = open_engine(db, create=False)
    try:
        stored = stored_reports(engine)
        return DemoResult(result, compare(truth(), stored), before, _count(engine), monotonic() - began)
    finally:
        engine.dispose()


def _count(engine: sa.Engine) -> int:
    with engine.connect() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(reports)).scalar_one()


def stored_reports(engine: sa.Engine) -> list[StoredReport]:
    """The current reports of the corpus, in the form the truth is compared with."""
    with engine.connect() as connection:
        rows = connection.execute(
            sa.select(reports, pages.c.url).join(pages, pages.c.id == reports.c.page_id).where(reports.c.is_current)
        ).all()
        values: dict[int, dict[str, float]] = {row.id: {} for row in rows}
        for item in connection.execute(sa.select(indicators).where(indicators.c.label == "")):
            if item.report_id in values and item.value is not None:
                values[item.report_id][item.code] = item.value
        table: dict[int, dict[tuple[str, str, str], float]] = {row.id: {} for row in rows}
        for cell in connection.execute(sa.select(cells)):
            if cell.report_id in table and cell.value is not None:
                table[cell.report_id][cell.table_key, cell.row_key, cell.col_key] = cell.value
    return [
        StoredReport(
            url=row.url,
            title=row.title,
            report_year=row.report_year,
            agency=row.agency,
            published_on=row.published_on,
            body_text=row.body_text,
            indicators=values[row.id],
            cells=table[row.id],
        )
        for row in rows
    ]


class _Told:
    """Says on stderr what each site came to, once."""

    def __init__(self) -> None:
        self._done: set[str] = set()

    def tell(self, progress: Progress) -> None:
        if progress.verdict is not None and progress.site not in self._done:
            self._done.add(progress.site)
            warn(
                f"{progress.site}: {progress.stored} pages stored, {progress.reports} reports read, {progress.verdict}"
            )


def print_demo(result: DemoResult, db: str) -> None:
    """What was stored, how it compares with the truth, and how to go on."""
    comparison = result.comparison
    say(
        f"{comparison.found} of {comparison.expected} reports of the demo portal stored in {db} ({result.seconds:.1f} s)"
    )
    added = result.after - result.before
    say(f"reports in the corpus: {result.after} ({added} new)")
    say("compared with the truth, field by field (right of judged):")
    for count in comparison.fields:
        say(f"  {count.name:<13} {count.right:>5} of {count.total}")
    _print_some("missing", comparison.missing)
    _print_some("stored though it is no report", comparison.unexpected)
    _print_some("different", comparison.differences)
    say("go on with:")
    say(f"  gipr search 公开 --db {db}")
    say(f"  gipr show 1 --trace --db {db}")
    say(f"  gipr export --format csv --db {db}")


def _print_some(label: str, items: Sequence[str], most: int = 10) -> None:
    for item in items[:most]:
        say(f"  {label}: {safe(item)}")
    if len(items) > most:
        say(f"  … and {len(items) - most} more")
