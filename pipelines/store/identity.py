"""What makes two things the same: a page's canonical URL, a body's hash. Nothing here reads a clock."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import SplitResult, urlsplit, urlunsplit

_DEFAULT_PORTS = {"http": ":80", "https": ":443"}
_SESSION = re.compile(r";jsessionid=[^/?#;]*", re.IGNORECASE)
_INDEX_PAGE = re.compile(r"/(?:index|default)\.(?:s?html?|jsp|aspx?|php)$", re.IGNORECASE)
# Parameters that portals add to defeat caches: named so, or a bare clock reading (10 to 13 digits) called `t`.
_CACHE_BUSTER = re.compile(r"(?:randid|_|jsessionid)=[^&]*|t=\d{10,13}", re.IGNORECASE)
# A text with NUL is cut short by SQLite's functions and refused by PostgreSQL; a lone surrogate is refused by both.
# What is written has U+FFFD for each, so that offsets stay true.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_WHITE_SPACE = re.compile(r"\s+")


def canonical_url(url: str) -> str:
    """The identity of a page: the URL without what portals vary while the page stays the same.

    Dropped: the difference of http and https, a leading `www.`, default ports, the fragment, session ids,
    cache-busting parameters, `index.html` at the end; host in lower case. Path and other parameters stay as they
    are, in their order: their case and order may matter. A text that is no URL is its own identity.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS:
        return urlunsplit(parts._replace(fragment="")) if scheme == "file" else url
    host = parts.netloc.lower().removesuffix(_DEFAULT_PORTS[scheme]).removeprefix("www.")
    path = _INDEX_PAGE.sub("/", _SESSION.sub("", parts.path)) or "/"
    query = "&".join(part for part in parts.query.split("&") if part and not _CACHE_BUSTER.fullmatch(part))
    return urlunsplit(SplitResult("http", host, path, query, ""))


def body_sha256(body: bytes) -> str:
    """Hash of a fetched body, byte for byte, in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def text_sha256(text: str) -> str:
    """Hash of a text whose runs of white space count as one space, in hexadecimal."""
    normalised = _WHITE_SPACE.sub(" ", text).strip()
    return hashlib.sha256(normalised.encode("utf-8", "replace")).hexdigest()
