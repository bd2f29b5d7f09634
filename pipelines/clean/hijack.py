"""Whether a page is a hijacked copy: a government page on a stranger's address, sold with spam, and whose it was.

What others also do proves nothing (hospitals publish on .com, Taiwan writes Traditional characters); what only copying
software leaves does. The likely origin is read from what such software keeps: the path of the address, the government
domains in the text it forgot to rewrite, the contacts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from pipelines.model import Finding

_OFFICIAL_TEXT = re.compile(r"政府信息公开|人民政府|信息公开工作|政务公开")
_GOVERNMENT_HOST = re.compile(r"(?:^|\.)gov\.cn$|\.政务$|(?:^|\.)政务$")
_DOMAIN = re.compile(
    r"(?<![A-Za-z0-9.\-])(?:[A-Za-z0-9](?:[A-Za-z0-9\-]{0,40}[A-Za-z0-9])?\.){1,4}gov\.cn(?![A-Za-z0-9])", re.IGNORECASE
)
_PHONE = re.compile(r"(?<!\d)0\d{2,3}\s?[-—–]\s?\d{7,8}(?!\d)")
_EMAIL = re.compile(r"[A-Za-z0-9._\-]{1,40}@[A-Za-z0-9.\-]{3,60}")
# Paths that portal systems make and nobody writes by hand (DOMAIN §3.0): a copy keeps them.
_PORTAL_PATH = re.compile(
    r"/t20\d{6}_\d+\.s?html?$|/art_[0-9a-f_]+\.s?html?$|/20\d\d-\d{1,2}/\d{1,2}/(?:content|c)_\d+\.s?html?$"
    r"|/content/(?:\d+/\d+/)?post_\d+\.html$|/info/\d+/\d+\.htm$|/20\d{4}/[0-9a-f]{32}\.s?html?$|/c\d+a\d+/page\.htm$"
    r"|/(?:xxgk|zwgk|gkml|zfxxgk)[a-z0-9_]*/.+\.s?html?$|/public/\d+/\d+\.html$",
    re.IGNORECASE,
)
# The nation's own portal is quoted by everyone.
_GENERIC = frozenset({"www.gov.cn", "gov.cn"})
_LONGEST_READ = 200_000

# Pinyin behind characters and overwritten words are left by copying software alone (28 of 28 pages with pinyin of the
# measured set, never on a government host): either is enough. Spam is also left by burglars, so it needs the address.
_DECISIVE = frozenset({"pinyin_annotations", "words_substituted"})
_SUSPICIOUS = _DECISIVE | {"spam_removed"}  # without one of these, or Traditional characters, no signs suffice
_TOGETHER = (
    frozenset({"spam_removed", "stranger_host"}),
    frozenset({"spam_removed", "address_unknown"}),
    # Without damage: an official text in Traditional characters under a portal's path on a stranger's host.
    frozenset({"stranger_host", "portal_path", "traditional"}),
)


@dataclass(frozen=True, slots=True)
class CopyEvidence:
    """The signs that a page is a hijacked copy, and where it seems to come from ("" where nothing says it)."""

    signs: tuple[str, ...]
    origin: str = ""
    contacts: tuple[str, ...] = ()

    @property
    def is_copy(self) -> bool:
        """Whether the signs suffice."""
        signs = frozenset(self.signs)
        return bool(signs & _DECISIVE) or any(together <= signs for together in _TOGETHER)


def copy_evidence(url: str, text: str, flags: Collection[str], script: str = "hans") -> CopyEvidence:
    """What speaks for a copy: `flags` of repair and clean, the page's address, readable text and script. Never raises."""
    host, path = _host_and_path(url)
    text = text[:_LONGEST_READ]
    signs = [flag for flag in ("pinyin_annotations", "words_substituted", "spam_removed") if flag in flags]
    is_stranger = bool(host) and not _GOVERNMENT_HOST.search(host)
    if is_stranger and _OFFICIAL_TEXT.search(text):
        signs.append("stranger_host")
        if _PORTAL_PATH.search(path):
            signs.append("portal_path")
    elif not host and "spam_removed" in signs and _OFFICIAL_TEXT.search(text):
        signs.append("address_unknown")
    if is_stranger and script == "hant":
        signs.append("traditional")
    domains = Counter(match[0].lower() for match in _DOMAIN.finditer(text))
    for generic in _GENERIC | {host}:
        domains.pop(generic, None)
    origin = ""
    if domains:
        domain = domains.most_common(1)[0][0]
        origin = domain + path if "portal_path" in signs else domain
    contacts = list(
        dict.fromkeys([*_PHONE.findall(text), *(mail for mail in _EMAIL.findall(text) if mail.endswith("gov.cn"))])
    )
    return CopyEvidence(tuple(signs), origin, tuple(contacts[:3]))


_SIGN_WORDS = {
    "pinyin_annotations": "pinyin was injected behind characters",
    "words_substituted": "a brand overwrites words",
    "spam_removed": "spam stands around the text",
    "stranger_host": "an official text stands on an address that is no government's",
    "address_unknown": "the text is an official one and the page's address is not known",
    "traditional": "it was turned into Traditional characters",
    "portal_path": "the path is one that portal systems make",
}


def hijacked_copy(url: str, text: str, flags: Collection[str], script: str = "hans") -> Finding | None:
    """The finding `hijacked_copy` with its evidence and the likely origin, or None if the page is no such copy."""
    if not (script == "hant" or _SUSPICIOUS.intersection(flags)):
        return None
    evidence = copy_evidence(url, text, flags, script)
    if not evidence.is_copy:
        return None
    detail = "; ".join(_SIGN_WORDS[sign] for sign in evidence.signs)
    if evidence.origin:
        detail += f"; likely origin {evidence.origin}"
    elif "portal_path" in evidence.signs:
        detail += f"; the origin's path was {_host_and_path(url)[1]}"
    if evidence.contacts:
        detail += f"; contacts left: {', '.join(evidence.contacts)}"
    return Finding("clean", "hijacked_copy", detail)


def _host_and_path(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower() if parts.scheme in ("http", "https") else ""
    except ValueError:
        return "", ""
    return host, parts.path
