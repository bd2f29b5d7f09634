"""What every family gives: a reader of list pages and a mark by which the family is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from gipr_crawl.families.scope import Scope
from pipelines.model import Entry
from pipelines.repair.charset import decide


@dataclass(frozen=True, slots=True)
class ListRequest:
    """How to ask for a list page. `number` counts the pages of one list from 1, whatever the server calls them."""

    url: str
    number: int = 1
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class ListPage:
    """What a list page says.

    `entries` are the site's reports on it, addresses absolute and in the order of the page. `next` asks for what
    follows and is empty at the end. `recognised` is False when neither an entry nor a mark of the family was found.
    `note` says in one sentence why the list ends here when that is not plain.
    """

    entries: tuple[Entry, ...] = ()
    next: tuple[ListRequest, ...] = ()
    total_pages: int | None = None
    recognised: bool = True
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Family:
    """`read(html, request, scope)` → ListPage; `recognise(html, url)` → the mark by which it is known, or None."""

    name: str
    read: Callable[[str, ListRequest, Scope], ListPage]
    recognise: Callable[[str, str], str | None]

    def read_bytes(
        self,
        body: bytes,
        request: ListRequest,
        scope: Scope,
        headers: Mapping[str, str] | None = None,
        encoding: str | None = None,
    ) -> ListPage:
        """Read the list page whose raw bytes are `body`; never raises. `encoding` overrides what the page declares."""
        return self.read(list_text(body, headers or {}, encoding), request, scope)


def list_text(body: bytes, headers: Mapping[str, str], encoding: str | None = None) -> str:
    """The text of a list page; the charset is decided on evidence unless the profile names one."""
    return body.decode(encoding, errors="replace") if encoding else decide(body, headers).text
