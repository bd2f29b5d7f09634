"""The five stages of an item in Scrapy: Archive, Repair, Clean, Extract, Store.

The only module of `pipelines` that imports Scrapy, and only for its types: each stage hands its room what it needs.
"""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import NoReturn, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from pipelines.clean import clean
from pipelines.documents import reading_of
from pipelines.extract import extract
from pipelines.item import CaptureItem, SiteRow
from pipelines.repair import repair
from pipelines.site_boilerplate import SiteBoilerplate
from pipelines.store.archive import Archive
from pipelines.store.engine import StoreError, open_engine
from pipelines.store.identity import body_sha256
from pipelines.store.writer import Writer
from pipelines.version import code_version

# A run that somebody else began (one run for all sites of a process); without it a crawl begins and ends its own.
RUN_SETTING = "GIPR_RUN_ID"
_CLOSING_STAT = "gipr/closing"
# Where the crawler leaves the summary of a site, a dict that becomes `runs.stats["sites"][site]`.
SUMMARY_STAT = "gipr/summary"
# The reason a crawl is closed with when the corpus or the archive refuses: going on would fetch what cannot be kept.
CORPUS_REFUSED = "corpus_refused"

logger = logging.getLogger(__name__)


def _close(crawler: Crawler, error: StoreError) -> NoReturn:
    if crawler.engine.running and crawler.spider is not None and not crawler.stats.get_value(_CLOSING_STAT):
        crawler.stats.set_value(_CLOSING_STAT, True)
        logger.error("the crawl of %s ends here: %s", crawler.spider.name, error)
        task = asyncio.get_running_loop().create_task(crawler.engine.close_spider_async(reason=CORPUS_REFUSED))
        task.add_done_callback(asyncio.Task.exception)
    raise DropItem(str(error)) from error


class ArchiveStage:
    """Raw first: the bytes are safe before anything reads them. A body that is there already is not stored again."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._archive = Archive(Path(crawler.settings["GIPR_ARCHIVE"]))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The stage for the corpus and the archive folder the settings name."""
        return cls(crawler)

    def open_spider(self) -> None:
        """Open the corpus. Raises StoreError when it cannot be used."""
        self._engine = open_engine(self._crawler.settings["GIPR_DB"], create=True)
        self._writer = Writer(self._engine)

    def process_item(self, item: CaptureItem) -> CaptureItem:
        """Note where the capture lies in the archive."""
        try:
            known = self._writer.archived_at(item.capture.url, body_sha256(item.capture.body))
            item.archived = known or self._archive.store(item.capture)
        except StoreError as error:
            _close(self._crawler, error)
        return item

    def close_spider(self) -> None:
        """End the archive file."""
        self._archive.close()
        self._engine.dispose()


class RepairStage:
    """Bytes become readable text."""

    def process_item(self, item: CaptureItem) -> CaptureItem:
        """Note the reading form of the page."""
        item.repaired = repair(item.capture)
        return item


class CleanStage:
    """The readable page becomes the report alone."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The stage that knows what the crawl's site repeats."""
        return cls(crawler)

    def process_item(self, item: CaptureItem) -> CaptureItem:
        """Note the main content and what was dropped around it."""
        if item.repaired is not None:
            store = self._crawler.get_item_pipeline(StoreStage)
            learned = store.boilerplate.of(item.capture.site) if isinstance(store, StoreStage) else None
            item.cleaned = clean(item.repaired, item.capture, reading_of(item.capture.body), learned)
        return item


class ExtractStage:
    """The report becomes facts."""

    def process_item(self, item: CaptureItem) -> CaptureItem:
        """Note what the page says."""
        if item.repaired is not None and item.cleaned is not None:
            item.page = extract(item.capture, item.repaired, item.cleaned)
        return item


class StoreStage:
    """Facts become rows: one page, one transaction."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._shared_run: int | None = crawler.settings.getint(RUN_SETTING) or None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The stage for the corpus the settings name; it ends its own run when the engine has stopped."""
        stage = cls(crawler)
        crawler.signals.connect(stage.end, signal=signals.engine_stopped)
        return stage

    def open_spider(self) -> None:
        """Open the corpus, begin a run unless one is shared, and note the site. Raises StoreError."""
        self._engine = open_engine(self._crawler.settings["GIPR_DB"], create=True)
        self._writer = Writer(self._engine)
        self.boilerplate = SiteBoilerplate(self._writer)
        spider = self._crawler.spider
        name = spider.name if spider is not None else "unknown"
        site = getattr(spider, "site_row", None)
        if isinstance(site, SiteRow):
            self._writer.ensure_site(site.name, site.domain, site.region_code, site.family, site.enabled)
            self.boilerplate.of(site.name)
        self._run = self._shared_run or self._writer.begin_run(f"crawl {name}", code_version())

    def process_item(self, item: CaptureItem) -> CaptureItem:
        """Write the page with its capture."""
        if item.page is None:
            return item
        try:
            item.written = self._writer.write_page(
                self._run, item.capture, item.page, item.archived, outcome=item.outcome
            )
            if item.cleaned is not None and not item.written.unchanged:
                self.boilerplate.learn(item.capture.site, item.page, item.cleaned.frame_lines)
        except StoreError as error:
            _close(self._crawler, error)
        return item

    def end(self) -> None:
        """End the run with what the crawler summed up, if the run is this crawl's own."""
        if self._shared_run is None:
            stats = self._crawler.stats
            finished = stats.get_value("finish_reason") == "finished"
            name = self._crawler.spider.name if self._crawler.spider is not None else "unknown"
            summary = {"sites": {name: stats.get_value(SUMMARY_STAT, {})}}
            self._writer.end_run(self._run, "finished" if finished else "interrupted", summary)
        self.boilerplate.keep()
        self._engine.dispose()
