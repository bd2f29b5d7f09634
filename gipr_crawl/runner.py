"""Crawling from Python: one run over several sites, one process, one reactor.

Sites that share a host are crawled one after the other, so that a host has one lane however many profiles name it;
sites of different hosts go side by side.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from scrapy import Spider, signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.internet.base import ReactorBase

from gipr_crawl import settings as house_settings
from gipr_crawl.middlewares import PARKED_SETTING
from gipr_crawl.spiders.portal import PortalSpider
from gipr_crawl.verdict import SiteVerdict
from pipelines.item import CaptureItem
from pipelines.stages import CORPUS_REFUSED, RUN_SETTING, SUMMARY_STAT
from pipelines.store.engine import open_engine
from pipelines.store.writer import Writer
from pipelines.version import code_version

_STOPPED_BY_HAND = "shutdown"  # Scrapy's reason after SIGINT or SIGTERM

logger = logging.getLogger(__name__)


class CrawlError(Exception):
    """The crawl cannot be started; the text is one sentence with the way out."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a site is: answers received, items stored, reports read; `verdict` once it is done."""

    site: str
    responses: int = 0
    stored: int = 0
    reports: int = 0
    verdict: SiteVerdict | None = None


@dataclass(frozen=True, slots=True)
class SiteResult:
    """What became of one site; `summary` is what stands in `runs.stats["sites"][site]`."""

    site: str
    verdict: SiteVerdict
    reason: str
    summary: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CrawlResult:
    """What became of a run. `interrupted` when it was stopped before its end; sites it did not reach are missing."""

    run_id: int
    sites: tuple[SiteResult, ...]
    interrupted: bool = False

    @property
    def ok(self) -> bool:
        """Did every site come to what its profile expects?"""
        return not self.interrupted and all(site.verdict is SiteVerdict.OK for site in self.sites)


def crawl(
    site_names: Sequence[str],
    *,
    db: str,
    archive: str | Path,
    settings_overrides: Mapping[str, Any] | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> CrawlResult:
    """Crawl the sites and store what they bring; blocks until all are done. Once a process: a reactor runs once.

    `db` is a path or SQLAlchemy URL, `archive` a folder, both made when missing. `settings_overrides` are Scrapy
    settings that win over the house's and the profiles'. `on_progress` is called in this thread after every answer.
    Raises CrawlError for an unknown or faulty site, StoreError when the corpus cannot be used.
    """
    settings = _settings(db, archive, settings_overrides or {})
    process = AsyncCrawlerProcess(settings)
    names = tuple(dict.fromkeys(site_names))
    lanes = _lanes([_spider_class(process, name) for name in names])
    engine = open_engine(db, create=True)
    try:
        writer = Writer(engine)
        run_id = writer.begin_run("crawl " + " ".join(names), code_version())
        settings.set(RUN_SETTING, run_id, priority="cmdline")
        run = _Run(process, settings, on_progress or _silent)
        try:
            run.drive(lanes)
        finally:
            interrupted = set(names) != {result.site for result in run.results}
            summaries = {result.site: dict(result.summary) for result in run.results}
            writer.end_run(run_id, "interrupted" if interrupted else "finished", {"sites": summaries})
        by_name = {result.site: result for result in run.results}
        return CrawlResult(run_id, tuple(by_name[name] for name in names if name in by_name), interrupted)
    finally:
        engine.dispose()


def _settings(db: str, archive: str | Path, overrides: Mapping[str, Any]) -> Settings:
    settings = Settings()
    settings.setmodule(house_settings, priority="project")
    settings.update(dict(overrides), priority="cmdline")
    settings.set("GIPR_DB", db, priority="cmdline")
    settings.set("GIPR_ARCHIVE", str(archive), priority="cmdline")
    return settings


def _spider_class(process: AsyncCrawlerProcess, name: str) -> type[Spider]:
    try:
        return process.spider_loader.load(name)
    except KeyError as error:
        raise CrawlError(f"{error.args[0]}; `gipr sites list` shows the names, `gipr sites check` the faults") from None


def _lanes(spiders: Iterable[type[Spider]]) -> list[list[type[Spider]]]:
    """Spiders grouped so that no two groups share a host; the order of the first of each group is kept."""
    lanes: list[tuple[set[str], list[type[Spider]]]] = []
    for spider in spiders:
        hosts = {domain.removeprefix("www.") for domain in getattr(spider, "allowed_domains", None) or [spider.name]}
        members = [spider]
        for lane in [lane for lane in lanes if _meet(lane[0], hosts)]:
            lanes.remove(lane)
            hosts |= lane[0]
            members = lane[1] + members
        lanes.append((hosts, members))
    return [members for _, members in lanes]


def _meet(one: set[str], other: set[str]) -> bool:
    return any(a == b or a.endswith("." + b) or b.endswith("." + a) for a in one for b in other)


def _silent(progress: Progress) -> None:
    """For callers that want no progress."""


class _Run:
    """The crawlers of one run, driven to their end inside the process's reactor."""

    def __init__(
        self, process: AsyncCrawlerProcess, settings: Settings, on_progress: Callable[[Progress], None]
    ) -> None:
        self.results: list[SiteResult] = []
        self._process, self._settings, self._on_progress = process, settings, on_progress
        self._parked: dict[str, str] = {}
        self._stopping = False

    def drive(self, lanes: list[list[type[Spider]]]) -> None:
        """Run every lane; returns when all are done or the process was told to stop."""
        loop = asyncio.get_event_loop()
        all_lanes = loop.create_task(self._all(lanes))
        self._process.start(stop_after_crawl=False)
        if all_lanes.done() and not all_lanes.cancelled():
            all_lanes.result()

    async def _all(self, lanes: list[list[type[Spider]]]) -> None:
        from twisted.internet import reactor  # importing it any earlier would install the wrong one

        room = asyncio.Semaphore(max(1, self._settings.getint("GIPR_SITES_AT_ONCE", 8)))
        cast(ReactorBase, reactor).addSystemEventTrigger("before", "shutdown", self._stop)
        try:
            await asyncio.gather(*(self._lane(lane, room) for lane in lanes))
        finally:
            with contextlib.suppress(RuntimeError):
                cast(ReactorBase, reactor).callLater(0, _stop_reactor)

    def _stop(self) -> None:
        self._stopping = True

    async def _lane(self, spiders: list[type[Spider]], room: asyncio.Semaphore) -> None:
        for spider in spiders:
            async with room:
                if not self._stopping:
                    await self._site(spider)

    async def _site(self, spider: type[Spider]) -> None:
        settings = self._settings.copy()
        settings.set(PARKED_SETTING, dict(self._parked), priority="cmdline")
        crawler = Crawler(spider, settings)
        self._watch(crawler, spider.name)
        try:
            await self._process.crawl(crawler)
        except Exception:
            logger.exception("%s: the crawl broke off", spider.name)
            return
        summary = crawler.stats.get_value(SUMMARY_STAT)
        reason = crawler.stats.get_value("finish_reason")
        self._stopping = self._stopping or reason in (_STOPPED_BY_HAND, CORPUS_REFUSED)
        if summary and reason == "finished":
            self._parked |= summary["parked"]
            verdict = SiteVerdict(summary["verdict"])
            self.results.append(SiteResult(spider.name, verdict, summary["reason"], summary))
            self._on_progress(
                Progress(spider.name, summary["captures"], summary["captures"], summary["reports"], verdict)
            )

    def _watch(self, crawler: Crawler, site: str) -> None:
        counts = {"responses": 0, "stored": 0}

        def tell() -> None:
            spider = crawler.spider
            reports = spider.tally.reports if isinstance(spider, PortalSpider) else 0
            self._on_progress(Progress(site, counts["responses"], counts["stored"], reports))

        def answered(response: Response) -> None:
            counts["responses"] += 1
            tell()

        def stored(item: CaptureItem) -> None:
            counts["stored"] += 1
            tell()

        crawler.signals.connect(answered, signal=signals.response_received, weak=False)
        crawler.signals.connect(stored, signal=signals.item_scraped, weak=False)


def _stop_reactor() -> None:
    from twisted.internet import error, reactor

    with contextlib.suppress(error.ReactorNotRunning):
        cast(ReactorBase, reactor).stop()
