"""What a crawl of one site came to, told apart: nothing found is not blocked, stale is not hijacked."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from gipr_crawl.outcome import Outcome
from gipr_crawl.sites import SiteProfile


class SiteVerdict(StrEnum):
    """The state of a site after a crawl."""

    OK = "ok"
    NOTHING_FOUND = "nothing_found"
    STALE = "stale"
    BLOCKED = "blocked"
    HIJACKED = "hijacked"
    FAMILY_CHANGED = "family_changed"
    THIN = "thin"
    DISALLOWED = "disallowed"
    UNREACHABLE = "unreachable"


@dataclass(slots=True)
class Failure:
    """An address that brought no page."""

    url: str
    outcome: Outcome
    reason: str


@dataclass(slots=True)
class Tally:
    """What a crawl of one site saw.

    `reports` and `report_year` (the newest) come from what was read, `entries` and `listed_year` from the lists.
    """

    lists: int = 0
    lists_recognised: int = 0
    entries: int = 0
    captures: int = 0
    pages: int = 0
    reports: int = 0
    hijacked: int = 0
    report_year: int | None = None
    listed_year: int | None = None
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    parked: dict[str, str] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def newest_year(self) -> int | None:
        """The newest year: of the reports that were read, or, where none was read, of those that are listed."""
        return self.report_year if self.reports else self.listed_year


def later(one: int | None, other: int | None) -> int | None:
    """The later of two years, either of which may be unknown."""
    return max((year for year in (one, other) if year is not None), default=None)


def judge(profile: SiteProfile, tally: Tally, today: dt.date) -> tuple[SiteVerdict, str]:
    """The verdict on a crawl and the sentence that gives the numbers it rests on."""
    if tally.parked:
        host, reason = next(iter(tally.parked.items()))
        return SiteVerdict.BLOCKED, f"{host} was left alone: {reason}"
    strangers = tally.outcomes[Outcome.STRANGER] + tally.outcomes[Outcome.OFFSITE]
    if not tally.pages and strangers:
        return SiteVerdict.HIJACKED, f"{strangers} answers came from somebody else's site"
    if tally.hijacked and 2 * tally.hijacked >= tally.pages:
        return SiteVerdict.HIJACKED, f"{tally.hijacked} of {tally.pages} pages are damaged copies"
    if not tally.lists:
        return _no_list(tally)
    if not tally.lists_recognised:
        return SiteVerdict.FAMILY_CHANGED, f"{tally.lists} list pages bear no mark of the family {profile.family}"
    if not tally.entries:
        return SiteVerdict.NOTHING_FOUND, f"{tally.lists} list pages were read and hold no link of a report"
    if not tally.pages:
        return SiteVerdict.NOTHING_FOUND, f"{tally.entries} reports are listed, none could be fetched"
    return _against_expectation(profile, tally, today)


def _no_list(tally: Tally) -> tuple[SiteVerdict, str]:
    if tally.outcomes[Outcome.DISALLOWED]:
        return SiteVerdict.DISALLOWED, "robots.txt forbids the list pages"
    if tally.outcomes[Outcome.UNREACHABLE]:
        return SiteVerdict.UNREACHABLE, "the host did not answer"
    seen = ", ".join(f"{outcome.value} {count}" for outcome, count in sorted(tally.outcomes.items())) or "no answer"
    return SiteVerdict.NOTHING_FOUND, f"no list page could be read ({seen})"


def _against_expectation(profile: SiteProfile, tally: Tally, today: dt.date) -> tuple[SiteVerdict, str]:
    year = profile.expect.newest_year(today)
    if year is not None and (tally.newest_year or 0) < year:
        return SiteVerdict.STALE, f"the newest report is of {tally.newest_year or 'no year'}, expected {year}"
    least = profile.expect.reports
    if least is not None and tally.reports < least:
        return SiteVerdict.THIN, f"{tally.reports} reports, expected at least {least}"
    return SiteVerdict.OK, f"{tally.reports} reports, the newest of {tally.newest_year or 'no stated year'}"
