"""The pace a host asks for, and the summary of a site."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

import pytest
from scrapy.http import Request, Response
from scrapy.robotstxt import ProtegoRobotParser
from scrapy.utils.test import get_crawler

from gipr_crawl import settings as house
from gipr_crawl.extensions import CrawlDelayThrottle, count_reports, summary
from gipr_crawl.outcome import Outcome
from gipr_crawl.sites import SiteProfile
from gipr_crawl.verdict import Failure, Tally, judge
from pipelines.item import CaptureItem
from pipelines.model import Capture, Page, PageKind, Report


@dataclass
class Slot:
    delay: float


def _throttle(rules: str) -> CrawlDelayThrottle:
    crawler = get_crawler(
        settings_dict={"AUTOTHROTTLE_ENABLED": True, "DOWNLOAD_DELAY": 1.5, "AUTOTHROTTLE_MAX_DELAY": 60}
    )
    throttle = CrawlDelayThrottle.from_crawler(crawler)
    throttle.mindelay, throttle.maxdelay = 1.5, 60.0
    throttle.robots_parsed(ProtegoRobotParser(rules.encode(), None), Request("http://www.x.gov.cn/a"))
    return throttle


@pytest.mark.parametrize(
    ("rules", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 10", 10.0),
        ("User-agent: gipr-crawl\nCrawl-delay: 4\n\nUser-agent: *\nCrawl-delay: 10", 4.0),
        ("User-agent: *\nCrawl-delay: 86400", 60.0),
        ("User-agent: *\nCrawl-delay: 0.1", 1.5),
        ("User-agent: *\nDisallow: /a", 1.5),
        ("User-agent: otherbot\nCrawl-delay: 10", 1.5),
    ],
)
def test_the_delay_robots_txt_asks_for_is_kept_within_reason(rules: str, delay: float) -> None:
    slot = Slot(1.5)
    _throttle(rules)._adjust_delay(slot, 0.01, Response("http://www.x.gov.cn/b"))  # type: ignore[arg-type]
    assert slot.delay == delay


def test_the_delay_of_one_host_is_not_anothers() -> None:
    slot = Slot(1.5)
    _throttle("User-agent: *\nCrawl-delay: 10")._adjust_delay(slot, 0.01, Response("http://www.y.gov.cn/"))  # type: ignore[arg-type]
    assert slot.delay == 1.5


def test_the_house_settings_run_this_throttle_in_place_of_scrapys() -> None:
    assert house.EXTENSIONS["scrapy.extensions.throttle.AutoThrottle"] is None
    assert house.EXTENSIONS["gipr_crawl.extensions.CrawlDelayThrottle"] is not None


def _item(*reports: Report, flags: tuple[str, ...] = ()) -> CaptureItem:
    page = Page("http://www.x.gov.cn/a", reports=list(reports), flags=list(flags))
    return CaptureItem(Capture("http://www.x.gov.cn/a", b"x" * 1000), page=page)


def test_reports_are_counted_by_what_was_read_of_them() -> None:
    tally = Tally()
    two = [Report(1, PageKind.ANNUAL_REPORT, report_year=2019), Report(2, PageKind.WORK_SUMMARY, report_year=2021)]
    count_reports(tally, _item(*two))
    count_reports(tally, _item(Report(1, PageKind.NOTICE, report_year=2025)))
    count_reports(tally, _item())
    count_reports(tally, CaptureItem(Capture("http://www.x.gov.cn/b", b"")))
    assert (tally.reports, tally.newest_year, tally.hijacked) == (2, 2021, 0)


def test_a_damaged_copy_is_counted_once_a_page() -> None:
    tally = Tally()
    report = Report(1, PageKind.ANNUAL_REPORT, flags=["hijacked_copy"])
    count_reports(tally, _item(report, report, flags=("hijacked_copy",)))
    count_reports(tally, _item(flags=("hijacked_copy",)))
    assert tally.hijacked == 1


def test_a_summary_is_plain_json() -> None:
    profile = SiteProfile("x", "某市", "trs", ("http://www.x.gov.cn/",), ("x.gov.cn",))
    tally = Tally(
        lists=1, failures=[Failure(f"http://www.x.gov.cn/{n}", Outcome.NOT_FOUND, "status 404") for n in range(80)]
    )
    tally.outcomes[Outcome.NOT_FOUND] = 80
    found = summary(profile, tally, *judge(profile, tally, dt.date(2026, 11, 22)))
    assert json.loads(json.dumps(found)) == found
    assert (found["outcomes"], len(found["failures"])) == ({"not_found": 80}, 50)


def test_an_item_in_a_log_is_one_short_line() -> None:
    assert repr(_item()) == "CaptureItem('http://www.x.gov.cn/a', 1000 bytes, page)"
