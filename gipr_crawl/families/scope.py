"""Which links of a list page belong to the site, and in what form their addresses are kept."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

# Longer addresses are generated traps; the longest real one met is under 400 characters.
MAX_URL = 2000

_DEFAULT_PORTS = {"http": 80, "https": 443}
# `;jsessionid=…` is put into links by Java servers when a visitor has no cookie yet; it names the visit, not the page.
_SESSION = re.compile(r";jsessionid=[^/?#;]*", re.IGNORECASE)
# Parameters that only defeat caches.
_CACHE_BUSTERS = frozenset({"randid", "_"})
_SPACES = re.compile(r"[\t\r\n]+")


@dataclass(frozen=True, slots=True)
class Scope:
    """The site's hosts (with their subdomains), the form of its report links and the columns they lie in."""

    domains: tuple[str, ...]
    links: re.Pattern[str] | None = None
    columns: tuple[str, ...] = ()

    def owns(self, url: str) -> bool:
        """Is `url` on one of the site's hosts?"""
        host = (_split(url) or SplitResult("", "", "", "", "")).hostname or ""
        return any(host == domain or host.endswith("." + domain) for domain in self.domains)

    def admits(self, url: str, list_url: str, article: re.Pattern[str] | None = None) -> bool:
        """Is `url`, found in the list page at `list_url`, one of the site's reports?

        `article` is the family's form of an article address, used when the profile names none. Where neither the
        profile nor the family says more, a report lies below the folder of its list page.
        """
        parts = _split(url)
        if parts is None or not self.owns(url) or url == list_url:
            return False
        if self.columns and not parts.path.startswith(self.columns):
            return False
        if self.links is not None:
            return bool(self.links.search(url))
        if article is not None and not article.search(parts.path):
            return False
        return article is not None or bool(self.columns) or parts.path.startswith(folder_of(list_url))


def folder_of(url: str) -> str:
    """The path of the folder a page lies in: `/xxgk/ndbg/index_1.html` → `/xxgk/ndbg/`."""
    parts = _split(url)
    return posixpath.dirname(parts.path).rstrip("/") + "/" if parts else "/"


def canonical(href: str, base: str) -> str | None:
    """The absolute address `href` stands for on the page at `base`, without what only names a visit.

    Fragment, default port, `;jsessionid` and cache busters go; host and scheme become lower case. None for what is no
    http address (`javascript:`, `mailto:`) and for a path that climbs above its root: such links are broken.
    """
    href = _SPACES.sub("", href.strip())
    if not href or href.startswith("#") or len(href) > MAX_URL:
        return None
    try:
        parts = urlsplit(urljoin(base, href))
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or "/../" in parts.path + "/":
        return None
    host = parts.hostname if port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{parts.hostname}:{port}"
    query = "&".join(pair for pair in parts.query.split("&") if pair.partition("=")[0] not in _CACHE_BUSTERS)
    return urlunsplit((parts.scheme, host, _SESSION.sub("", parts.path) or "/", query, ""))


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        parts.hostname  # noqa: B018 - raises on a broken host
    except ValueError:
        return None
    return parts
