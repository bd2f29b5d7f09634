"""What each site repeats around its reports: read from the corpus, learned page by page, kept for the next time.

Crawls and `gipr ingest` share it, so saved pages of a site profit from its crawls and the other way round.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.clean.boilerplate import BoilerplateModel, PageLine
from pipelines.model import Page
from pipelines.store.writer import Writer


class SiteBoilerplate:
    """The models of the sites met in one run, by the site's name. Raises StoreError when the corpus cannot be used."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._models: dict[str, BoilerplateModel] = {}
        self._learned: set[str] = set()

    def of(self, site: str | None) -> BoilerplateModel | None:
        """What the site repeats as far as it is known; None for pages of no site."""
        if site is None:
            return None
        if site not in self._models:
            self._models[site] = BoilerplateModel.from_json(self._writer.site_boilerplate(site))
        return self._models[site]

    def learn(self, site: str | None, page: Page, lines: Sequence[PageLine]) -> None:
        """Learn from a page that carries reports; `lines` are those of its main content. Others teach nothing.

        To be called once for each content a page had: pages seen again would outvote a new design.
        """
        model = self.of(site)
        if site is not None and model is not None and page.reports:
            model.add_page(lines)
            self._learned.add(site)

    def keep(self) -> None:
        """Keep what was learned since the last time with the sites, which have to be in the corpus."""
        for site in sorted(self._learned):
            self._writer.keep_site_boilerplate(site, self._models[site].to_json())
        self._learned.clear()
