"""How fast a host is asked, and what became of a site: counted, judged against its profile, said once at the end."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Spider, signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Request, Response
from scrapy.robotstxt import RobotParser

from gipr_crawl.identity import PRODUCT
from gipr_crawl.middlewares import DefenceMiddleware
from gipr_crawl.sites import SiteProfile
from gipr_crawl.spiders.portal import PortalSpider
from gipr_crawl.verdict import SiteVerdict, Tally, judge, later
from pipelines.item import CaptureItem
from pipelines.model import REPORT_KINDS
from pipelines.stages import SUMMARY_STAT

# As many failures are named in a run's stats; the rest are counted under their outcome.
_NAMED_FAILURES = 50

logger = logging.getLogger(__name__)


class CrawlDelayThrottle(AutoThrottle):
    """AutoThrottle that also keeps the `Crawl-delay` a host asks for in robots.txt, up to `AUTOTHROTTLE_MAX_DELAY`."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._asked: dict[str, float] = {}
        crawler.signals.connect(self.robots_parsed, signal=signals.robots_parsed)

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Remember what the host asks for."""
        delay = robotparser.crawl_delay(PRODUCT)
        if delay:
            self._asked[urlsplit(request.url).hostname or ""] = min(delay, self._max_delay())

    def _adjust_delay(self, slot: Slot, latency: float, response: Response) -> None:
        super()._adjust_delay(slot, latency, response)
        slot.delay = max(slot.delay, self._asked.get(urlsplit(response.url).hostname or "", 0.0))


class SiteRecord:
    """Leaves the summary of a site in the crawl's stats under `gipr/summary`."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The record of one crawl."""
        record = cls(crawler)
        crawler.signals.connect(record.item_scraped, signal=signals.item_scraped)
        crawler.signals.connect(record.spider_closed, signal=signals.spider_closed)
        return record

    def item_scraped(self, item: CaptureItem, spider: Spider) -> None:
        """Count the reports that were read."""
        if isinstance(spider, PortalSpider) and isinstance(item, CaptureItem):
            count_reports(spider.tally, item)

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """Judge, log and leave the summary."""
        if not isinstance(spider, PortalSpider):
            return
        defence = self._crawler.get_downloader_middleware(DefenceMiddleware)
        if defence is not None:
            spider.tally.parked |= {
                host: why for host, why in defence.parked.items() if spider.profile.scope.owns(f"http://{host}/")
            }
        verdict, why = judge(spider.profile, spider.tally, dt.datetime.now(dt.UTC).date())
        self._crawler.stats.set_value(SUMMARY_STAT, summary(spider.profile, spider.tally, verdict, why))
        level = logging.INFO if verdict is SiteVerdict.OK else logging.WARNING
        logger.log(level, "%s: %s - %s", spider.name, verdict.value, why)


def count_reports(tally: Tally, item: CaptureItem) -> None:
    """Add what the pipeline read of one item."""
    page = item.page
    if page is None:
        return
    reports = [report for report in page.reports if report.kind in REPORT_KINDS]
    tally.reports += len(reports)
    tally.hijacked += bool(reports) and "hijacked_copy" in (
        *page.flags,
        *(flag for one in reports for flag in one.flags),
    )
    for report in reports:
        tally.report_year = later(tally.report_year, report.report_year)


def summary(profile: SiteProfile, tally: Tally, verdict: SiteVerdict, reason: str) -> dict[str, Any]:
    """The plain form of a tally, as it stands in `runs.stats["sites"][name]`."""
    return {
        "title": profile.title,
        "family": profile.family,
        "verdict": verdict.value,
        "reason": reason,
        "lists": tally.lists,
        "entries": tally.entries,
        "captures": tally.captures,
        "pages": tally.pages,
        "reports": tally.reports,
        "newest_year": tally.newest_year,
        "expected": {"reports": profile.expect.reports, "newest": profile.expect.newest},
        "outcomes": {outcome.value: count for outcome, count in sorted(tally.outcomes.items())},
        "parked": dict(tally.parked),
        "failures": [
            {"url": failure.url, "outcome": failure.outcome.value, "reason": failure.reason}
            for failure in tally.failures[:_NAMED_FAILURES]
        ],
        "notes": list(tally.notes),
    }
