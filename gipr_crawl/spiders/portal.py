"""The one spider: it reads a site's lists with its family and brings the reports they name.

Everything that comes is handed on as raw bytes with its outcome, errors and list pages included; nothing is decoded
here but lists, and those only to find links.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar

import scrapy
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure as TwistedFailure

from gipr_crawl.families import FAMILIES, ListRequest
from gipr_crawl.families.scope import canonical
from gipr_crawl.middlewares import JUDGEMENT_KEY, Refused, response_headers
from gipr_crawl.outcome import Judgement, Outcome, classify
from gipr_crawl.sites import SiteProfile
from gipr_crawl.verdict import Failure, Tally, later
from pipelines.item import CaptureItem, SiteRow
from pipelines.model import Capture, Entry
from pipelines.store.identity import canonical_url

# A page that sends the visitor on is followed twice; what sends on further is a trap.
MAX_HOPS = 2
# Lists first: while reports are fetched, new entries push old ones over the page borders.
LIST_PRIORITY = 10

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?年?(?:度|$|\s*政府信息|\s*信息公开)|(?<!\d)((?:19|20)\d\d)\s?年(?!\s?\d)")


@dataclass(slots=True)
class _Chain:
    """The pages of one list so far: which entries it brought, for a list that brings nothing new goes in a circle."""

    start: str
    seen: set[str] = field(default_factory=set)


class PortalSpider(scrapy.Spider):
    """Crawls the site of its `profile`; the spider loader makes one subclass a profile."""

    profile: ClassVar[SiteProfile]

    def __init__(self, name: str | None = None, **arguments: Any) -> None:
        super().__init__(name, **arguments)
        self.tally = Tally()
        self._family = FAMILIES[self.profile.family]
        self._scope = self.profile.scope
        self._requested: set[str] = set()

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """A profile's own delay slows the crawl down; it never makes it faster than the settings allow.

        The spider itself asks for no address twice. Scrapy's filter would besides drop, without a word, a redirect to
        an address already seen: a cookie wall's 302 to itself, every report but the first that is led to the home page.
        """
        super().update_settings(settings)
        settings.set("DUPEFILTER_CLASS", "scrapy.dupefilters.BaseDupeFilter", priority="spider")
        delay = cls.profile.delay
        if delay is not None and delay > settings.getfloat("DOWNLOAD_DELAY"):
            settings.set("DOWNLOAD_DELAY", delay, priority="spider")

    @property
    def site_row(self) -> SiteRow:
        """The site as the corpus knows it."""
        profile = self.profile
        return SiteRow(profile.name, profile.domains[0], profile.region, profile.family, profile.enabled)

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the first page of every list."""
        for url in self.profile.start:
            yield self._list_request(ListRequest(url), _Chain(url), hops=0)

    def known(self, url: str) -> bool:
        """Is the report at `url` known and settled, so that it need not be fetched? This spider fetches all."""
        return False

    def parse_list(
        self, response: Response, asked: ListRequest, chain: _Chain, hops: int
    ) -> Iterator[Request | CaptureItem]:
        """Hand on the list page, ask for the reports it names and for the page after it."""
        judgement = self._judge(response)
        yield self._item(response, judgement)
        if judgement.outcome is Outcome.MOVED and judgement.moved_to and hops < MAX_HOPS:
            target = canonical(judgement.moved_to, response.url)
            if target and self._scope.owns(target):
                yield self._list_request(ListRequest(target, asked.number), chain, hops + 1)
            return
        if judgement.outcome is not Outcome.PAGE:
            self._note_failure(response.url, judgement.outcome, judgement.reason)
            return
        yield from self._follow(response, asked, chain)

    def _follow(self, response: Response, asked: ListRequest, chain: _Chain) -> Iterator[Request]:
        here = ListRequest(response.url, asked.number, asked.method, asked.headers, asked.body)
        page = self._family.read_bytes(
            response.body, here, self._scope, response_headers(response), self.profile.encoding
        )
        self.tally.lists += 1
        self.tally.lists_recognised += page.recognised or asked.number > 1
        if page.note:
            self.tally.notes.append(f"{response.url}: {page.note}")
        fresh = [entry for entry in page.entries if canonical_url(entry.url) not in chain.seen]
        chain.seen.update(canonical_url(entry.url) for entry in fresh)
        for entry in fresh:
            yield from self._report_requests(entry)
        if not fresh and asked.number > 1:
            self.tally.notes.append(f"{response.url}: page {asked.number} brings nothing new, the list ends here")
            return
        for following in page.next:
            if following.number > self.profile.max_pages:
                self.tally.notes.append(f"{chain.start}: stopped at max_pages = {self.profile.max_pages}")
            else:
                yield self._list_request(following, chain, hops=0)

    def parse_report(self, response: Response, entry: Entry, hops: int) -> Iterator[Request | CaptureItem]:
        """Hand on the report, whatever came; follow a page that only names its new place."""
        judgement = self._judge(response)
        yield self._item(response, judgement)
        if judgement.outcome is Outcome.MOVED and judgement.moved_to and hops < MAX_HOPS:
            target = canonical(judgement.moved_to, response.url)
            if target and self._scope.owns(target) and self._first_request(target):
                yield self._report_request(target, entry, hops + 1)
                return
        if judgement.outcome.is_content:
            self.tally.pages += 1
        else:
            self._note_failure(response.url, judgement.outcome, judgement.reason)

    def failed(self, failure: TwistedFailure) -> None:
        """Note a request that brought no answer: refused by us, too large, or unreachable."""
        request: Request = failure.request  # type: ignore[attr-defined]
        outcome, reason = _why_nothing_came(failure.value)
        self.tally.outcomes[outcome] += 1
        self._note_failure(request.url, outcome, reason)

    def _report_requests(self, entry: Entry) -> Iterator[Request]:
        if not self._first_request(entry.url):
            return
        self.tally.entries += 1
        self.tally.listed_year = later(self.tally.listed_year, year_of(entry))
        if not self.known(entry.url):
            yield self._report_request(entry.url, entry, hops=0)

    def _first_request(self, url: str) -> bool:
        identity = canonical_url(url)
        first = identity not in self._requested
        self._requested.add(identity)
        return first

    def _report_request(self, url: str, entry: Entry, hops: int) -> Request:
        return Request(url, callback=self.parse_report, errback=self.failed, cb_kwargs={"entry": entry, "hops": hops})

    def _list_request(self, asked: ListRequest, chain: _Chain, hops: int) -> Request:
        return Request(
            asked.url,
            method=asked.method,
            headers=dict(asked.headers),
            body=asked.body,
            callback=self.parse_list,
            errback=self.failed,
            cb_kwargs={"asked": asked, "chain": chain, "hops": hops},
            priority=LIST_PRIORITY,
        )

    def _judge(self, response: Response) -> Judgement:
        judged = response.meta.get(JUDGEMENT_KEY)
        if isinstance(judged, Judgement):
            return judged
        return classify(response.status, response_headers(response), response.body, url=response.url)

    def _item(self, response: Response, judgement: Judgement) -> CaptureItem:
        self.tally.captures += 1
        self.tally.outcomes[judgement.outcome] += 1
        capture = Capture(
            url=response.url,
            body=response.body,
            headers=response_headers(response),
            http_status=response.status,
            fetched_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            site=self.profile.name,
            region_code=self.profile.region,
        )
        return CaptureItem(capture, judgement.outcome.value, judgement.reason)

    def _note_failure(self, url: str, outcome: Outcome, reason: str) -> None:
        self.tally.failures.append(Failure(url, outcome, reason))


def year_of(entry: Entry) -> int | None:
    """The report year an entry's title states, else the year before it was published."""
    match = _YEAR.search(entry.title)
    if match:
        return int(match.group(1) or match.group(2))
    return int(entry.published_on[:4]) - 1 if entry.published_on else None


def _why_nothing_came(error: BaseException | None) -> tuple[Outcome, str]:
    if isinstance(error, Refused):
        return error.outcome, error.reason
    name = type(error).__name__
    if name == "DownloadCancelledError" or "DOWNLOAD_MAXSIZE" in str(error):
        return Outcome.TOO_LARGE, str(error)
    if isinstance(error, IgnoreRequest):
        offsite = "offsite" in str(error).lower()
        return (Outcome.OFFSITE if offsite else Outcome.CLIENT_ERROR), str(error)
    return Outcome.UNREACHABLE, f"{name}: {error}"
