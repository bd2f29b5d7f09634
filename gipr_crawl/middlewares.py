"""What stands between the spiders and the hosts: who we are, what robots.txt allows, which hosts are left alone."""

from __future__ import annotations

import logging
from collections import Counter
from typing import Self
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Request, Response
from scrapy.robotstxt import RobotParser

from gipr_crawl.identity import user_agent
from gipr_crawl.outcome import Judgement, Outcome, classify

JUDGEMENT_KEY = "gipr_judgement"
PARKED_SETTING = "GIPR_PARKED_HOSTS"

logger = logging.getLogger(__name__)


class Refused(IgnoreRequest):
    """A request this crawler does not make: `outcome` is the kind of reason, `reason` the sentence."""

    def __init__(self, outcome: Outcome, reason: str) -> None:
        super().__init__(reason)
        self.outcome, self.reason = outcome, reason


class IdentityMiddleware:
    """Names the crawler and the person behind it in every request."""

    def __init__(self, contact: str) -> None:
        self._user_agent = user_agent(contact)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The identity with the contact the settings give."""
        return cls(crawler.settings["GIPR_CONTACT"])

    def process_request(self, request: Request) -> None:
        """Set the User-Agent."""
        request.headers["User-Agent"] = self._user_agent


class ProxyMiddleware:
    """Sends the whole crawl, robots.txt included, through the proxy named by `GIPR_PROXY`."""

    def __init__(self, proxy: str) -> None:
        self._proxy = proxy

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The proxy of the settings; not configured without one."""
        proxy = crawler.settings["GIPR_PROXY"]
        if not proxy:
            raise NotConfigured
        return cls(proxy)

    def process_request(self, request: Request) -> None:
        """Set the proxy."""
        request.meta["proxy"] = self._proxy


class DefenceMiddleware:
    """Judges every answer, and leaves a host alone for the rest of the run once it has defended itself.

    A challenge, a block page or 429 parks the host at once; plain refusals (403 …) only when `GIPR_PARK_AFTER` of
    them come in a row, for one folder may be closed while the rest is open. The judgement travels in the response's
    `meta`.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._max_body = crawler.settings.getint("DOWNLOAD_MAXSIZE")
        self._patience = crawler.settings.getint("GIPR_PARK_AFTER", 3)
        self._refusals: Counter[str] = Counter()
        self.parked: dict[str, str] = dict(crawler.settings.getdict(PARKED_SETTING))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware of one crawl; hosts parked earlier in the same run come by the settings."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Refuse a request to a parked host."""
        reason = self.parked.get(_host(request.url))
        if reason is not None:
            raise Refused(Outcome.PARKED, f"the host was left alone: {reason}")

    def process_response(self, request: Request, response: Response) -> Response:
        """Judge the answer; park its host if it says so."""
        requested = (request.meta.get("redirect_urls") or [request.url])[0]
        judgement = classify(
            response.status,
            response_headers(response),
            response.body,
            url=response.url,
            requested=requested,
            max_body=self._max_body,
        )
        request.meta[JUDGEMENT_KEY] = judgement
        if judgement.outcome.is_defence:
            request.meta["dont_retry"] = True  # a 503 with a block page is an answer; it is kept, not asked for again
        self._weigh(_host(response.url), judgement)
        return response

    def _weigh(self, host: str, judgement: Judgement) -> None:
        if judgement.outcome.is_content:
            self._refusals[host] = 0
        if not judgement.outcome.is_defence:
            return
        self._refusals[host] += 1
        if judgement.outcome is Outcome.FORBIDDEN and self._refusals[host] < self._patience:
            return
        if host not in self.parked:
            self.parked[host] = f"{judgement.outcome.value}, {judgement.reason}"
            self._crawler.stats.inc_value("gipr/parked_hosts")
            logger.warning("%s defends itself and is left alone for this run: %s", host, self.parked[host])


class StrictRobotsMiddleware(RobotsTxtMiddleware):
    """robots.txt as RFC 9309 has it: without the file nothing is forbidden, without an answer everything is."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._unanswered: dict[str, Refused] = {}

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Refuse what robots.txt forbids or what nobody could ask it about."""
        unanswered = self._unanswered.get(urlsplit(request.url).netloc)
        if unanswered is not None:
            raise Refused(unanswered.outcome, unanswered.reason)
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest as forbidden:
            raise Refused(Outcome.DISALLOWED, "robots.txt forbids the address") from forbidden

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500:
            self._unanswered[netloc] = Refused(
                Outcome.DISALLOWED, f"robots.txt could not be read (status {response.status}), so nothing is asked for"
            )
        if response.status >= 400:
            # The error page is no list of rules, whatever words it holds.
            response = response.replace(body=b"")
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        if not isinstance(exc, IgnoreRequest):
            self._unanswered[netloc] = Refused(
                Outcome.UNREACHABLE, f"the host did not answer for robots.txt ({type(exc).__name__})"
            )
        super()._robots_error(exc, netloc)


def response_headers(response: Response) -> dict[str, str]:
    """The headers of an answer as text; several of one name are joined as HTTP joins them."""
    return {
        name.decode("latin-1"): ", ".join(value.decode("latin-1") for value in values)
        for name, values in response.headers.items()
        if values
    }


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").lower()
