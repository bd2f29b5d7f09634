"""Which site answers which URL."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from gipr_crawl.demo.hanweb_site import hanweb_site
from gipr_crawl.demo.markup import Resource
from gipr_crawl.demo.mirror_site import mirror_site
from gipr_crawl.demo.site import Site
from gipr_crawl.demo.trs_site import trs_site

_NOT_FOUND = Resource(b"<html><body><h1>404 Not Found</h1></body></html>", "text/html", 404)


def sites() -> tuple[Site, ...]:
    """The sites of the portal."""
    return trs_site(), hanweb_site(), mirror_site()


def answer(url: str, form: Mapping[str, str] | None = None) -> Resource:
    """What the portal answers to a GET of `url`, or to a POST of `form` to it; 404 for whatever it does not have."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return _NOT_FOUND
    parameters = {**dict(parse_qsl(parts.query, keep_blank_values=True)), **(form or {})}
    for site in sites():
        if site.host == host:
            return site.answer(parts.path or "/", parameters) or _NOT_FOUND
    return _NOT_FOUND
