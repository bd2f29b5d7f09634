"""What the three demo sites have in common: pages by path, a robots.txt, and the order of a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from gipr_crawl.demo.drafts import Draft
from gipr_crawl.demo.markup import Resource

Parameters = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Site:
    """One host of the portal.

    `name` is the name of its site profile. `scripts` answer the paths that depend on parameters (those of the query
    and of the form together); `pages` are all others.
    """

    name: str
    host: str
    drafts: tuple[Draft, ...]
    pages: Mapping[str, Resource]
    scripts: Mapping[str, Callable[[Parameters], Resource]]

    def url(self, path: str) -> str:
        """The absolute URL of a path of this site."""
        return f"http://{self.host}{path}"

    def answer(self, path: str, parameters: Parameters) -> Resource | None:
        """The page at `path`, or None when the site has none."""
        if path in self.scripts:
            return self.scripts[path](parameters)
        return self.pages.get(path)


def newest_first(drafts: Sequence[Draft]) -> list[Draft]:
    """The order in which a column lists its articles."""
    return sorted(drafts, key=lambda draft: (draft.published_at, draft.path), reverse=True)


def in_pages(drafts: Sequence[Draft], size: int) -> list[list[Draft]]:
    """The articles of a column, `size` a page, newest first."""
    ordered = newest_first(drafts)
    return [ordered[start : start + size] for start in range(0, len(ordered), size)]


def is_served(draft: Draft) -> bool:
    """Whether an article exists at all; a dead one is only linked."""
    return draft.kind != "dead"


def robots(*disallowed: str) -> Resource:
    """A robots.txt for everyone."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in disallowed)]
    return Resource("\n".join([*lines, ""]).encode(), "text/plain; charset=utf-8")
