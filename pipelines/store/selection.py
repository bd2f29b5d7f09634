"""Which reports a search or an export is about."""

from __future__ import annotations

import re
from dataclasses import dataclass

import sqlalchemy as sa

from pipelines.store.schema import pages, reports, sites

# A GB/T 2260 code names a province, prefecture or county by two digits each; 00 stands for "all of it".
_WHOLE = re.compile(r"(?:00)+$")


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """Reports for which all that is given holds. `region_code` includes what lies in the region: 320500 and 3205 mean
    all of Suzhou. `all_versions` adds the superseded versions to the current ones."""

    year: int | None = None
    region_code: str | None = None
    kind: str | None = None
    site: str | None = None
    all_versions: bool = False

    @property
    def narrows(self) -> bool:
        """Whether it asks for anything but versions: then pages without reports are not meant."""
        return any(value is not None for value in (self.year, self.region_code, self.kind, self.site))

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        """The filter as conditions on `reports`."""
        chosen: list[sa.ColumnElement[bool]] = []
        if not self.all_versions:
            chosen.append(reports.c.is_current)
        if self.year is not None:
            chosen.append(reports.c.report_year == self.year)
        if self.region_code:
            prefix = _WHOLE.sub("", self.region_code)
            chosen.append(reports.c.region_code.startswith(prefix, autoescape=True))
        if self.kind is not None:
            chosen.append(reports.c.kind == self.kind)
        if self.site is not None:
            of_site = sa.select(pages.c.id).join(sites, sites.c.id == pages.c.site_id).where(sites.c.name == self.site)
            chosen.append(reports.c.page_id.in_(of_site))
        return chosen
