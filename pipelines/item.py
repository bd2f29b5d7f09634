"""The item that travels through the five stages, each adding what it made."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.clean import Cleaned
from pipelines.model import Capture, Page, Repaired
from pipelines.store.archive import ArchivedAt
from pipelines.store.writer import Written


@dataclass(slots=True, repr=False)
class CaptureItem:
    """A capture and what has become of it so far.

    `outcome` is the crawler's word for what the body is (`page`, `soft_404`, `challenge_521` …) and `outcome_reason`
    the sentence behind it.
    """

    capture: Capture
    outcome: str = "page"
    outcome_reason: str = ""
    archived: ArchivedAt | None = None
    repaired: Repaired | None = None
    cleaned: Cleaned | None = None
    page: Page | None = None
    written: Written | None = None

    def __repr__(self) -> str:
        """One short line: Scrapy logs items, and a body is no thing for a log."""
        return f"CaptureItem({self.capture.url!r}, {len(self.capture.body)} bytes, {self.outcome})"


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A site as `sites` knows it: `name` is the profile's, `domain` its first host."""

    name: str
    domain: str | None
    region_code: str | None
    family: str | None
    enabled: bool
