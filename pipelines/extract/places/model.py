"""The nouns of the places room."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A division with the names above it, as they were called in the report's year.

    `code` is that of the lowest division GB/T 2260 knows, so a town bears its county's; it is None when the division
    itself is not known and only those above it are (some county of 宁波市). `level` is `province`, `city`, `county` or
    `town`. `city` is None where no prefecture stands between: districts of 北京, 天津, 上海, 重庆, and counties run by
    the province (仙桃市).
    """

    code: str | None
    province: str | None
    city: str | None
    county: str | None
    town: str | None
    level: str


@dataclass(frozen=True, slots=True)
class PlaceEvidence:
    """What a page says about where it belongs; every part may be missing.

    `site_code` is the 政府网站标识码 (10 characters), given only if its domain is the page's; `credit_code` the
    18-character 统一社会信用代码 of the 索引号; `profile_region` the site profile's code. `text` is the report's own,
    in Simplified characters, with link farms already removed. `phone` and `postcode` are the contact's; `year` is the
    report's; `host` the page's; `issuer` who posted it: it tells places of one name apart and names none by itself.
    """

    site_code: str | None = None
    credit_code: str | None = None
    profile_region: str | None = None
    title: str = ""
    agency: str = ""
    text: str = ""
    phone: str | None = None
    postcode: str | None = None
    year: int | None = None
    host: str = ""
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class ScoredPlace:
    """A place the evidence allows, with its score: comparable only inside one resolution."""

    place: Place
    score: float


@dataclass(frozen=True, slots=True)
class Resolution:
    """`place` is None while the evidence is open; `candidates`, best first, say between what. `reason` is for people."""

    place: Place | None
    candidates: tuple[ScoredPlace, ...]
    reason: str
