"""One module a CMS family: pure functions, bytes in, entries and the next request out."""

from __future__ import annotations

from collections.abc import Mapping

from gipr_crawl.families import generic, hanweb, trs
from gipr_crawl.families.protocol import Family, ListPage, ListRequest

__all__ = ["FAMILIES", "Family", "ListPage", "ListRequest"]

# In the order in which an unknown page is tried: `generic` reads anything and stands last.
FAMILIES: Mapping[str, Family] = {
    "trs": Family("trs", trs.read, trs.recognise),
    "hanweb": Family("hanweb", hanweb.read, hanweb.recognise),
    "generic": Family("generic", generic.read, generic.recognise),
}


def recognise(html: str, url: str) -> tuple[str, str]:
    """The family whose list page this is, and the sentence that says by which mark it was known."""
    for name, family in FAMILIES.items():
        mark = family.recognise(html, url)
        if mark is not None:
            return name, mark
    return "generic", "no mark of a known family"
