"""What a careful reader finds on the demo portal: one entry for each report it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from gipr_crawl.demo.drafts import Draft
from gipr_crawl.demo.portal import sites
from gipr_crawl.demo.site import Site
from gipr_crawl.demo.tables import CellKey


@dataclass(frozen=True, slots=True)
class DemoReport:
    """The truth about one report.

    `site` is the name of the site profile. `agency` is the full name of the reporting organ, `agency_forms` all names
    that are as good. `body_text` is Simplified and holds the report alone, signature included, title and metadata
    block excluded: a paragraph a line without indentation, a table row a line with tabs between cells. `indicators`
    are all figures of the codes it names that the report states, in words or in the totals of its tables. `cells` are
    the numeric cells of the standard tables.
    """

    url: str
    site: str
    title: str
    report_year: int
    agency: str
    published_on: str
    body_text: str
    kind: str
    indicators: Mapping[str, float]
    agency_forms: tuple[str, ...] = ()
    cells: Mapping[CellKey, float] = field(default_factory=dict)


@cache
def truth() -> tuple[DemoReport, ...]:
    """The truth about every report of the portal, site by site, in the order of the prose files."""
    return tuple(_report(site, draft) for site in sites() for draft in site.drafts if draft.is_report)


def off_limits() -> tuple[str, ...]:
    """The URLs that the lists name but robots.txt disallows: a polite crawler never asks for them."""
    return tuple(site.url(draft.path) for site in sites() for draft in site.drafts if draft.kind == "off_limits")


def _report(site: Site, draft: Draft) -> DemoReport:
    if draft.report_year is None or not draft.agencies:
        raise ValueError(f"{draft.path}: a report needs year and agency")
    return DemoReport(
        url=site.url(draft.path),
        site=site.name,
        title=draft.title,
        report_year=draft.report_year,
        agency=draft.agencies[0],
        published_on=draft.published_on,
        body_text=draft.body_text(),
        kind=draft.kind,
        indicators=draft.indicators,
        agency_forms=draft.agencies,
        cells=draft.cells,
    )
