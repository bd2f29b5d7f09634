"""Understanding and keeping pages.

`understand(capture)` is the journey of a page, and all of it: bytes → readable text → the report alone → its facts.
It is pure, takes bytes and never raises on bad input. Keeping what it returns is `pipelines.store`'s part; the
crawler, `gipr ingest` and `gipr read` all call the same three rooms in this order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines import clean, documents, extract, repair
from pipelines.clean.boilerplate import BoilerplateModel, PageLine
from pipelines.model import Capture, Finding, Page, PageKind

__all__ = ["Capture", "Page", "Reading", "read", "understand"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a capture says, and the lines of its main content by which its site's boilerplate is learned."""

    page: Page
    frame_lines: Sequence[PageLine] = ()


def understand(capture: Capture) -> Page:
    """Read a capture: repair its text, clean it of everything that is not the report, extract the report's facts.

    Returns a Page whatever the bytes are; a fault of ours becomes the Finding `internal_error`, never an exception.
    """
    return read(capture).page


def read(capture: Capture, learned: BoilerplateModel | None = None) -> Reading:
    """As `understand`, with what is `learned` of the lines that the capture's site repeats around its reports."""
    try:
        repaired = repair.repair(capture)
        cleaned = clean.clean(repaired, capture, documents.reading_of(capture.body), learned)
        return Reading(extract.extract(capture, repaired, cleaned), cleaned.frame_lines)
    except Exception as fault:  # the promise of the docstring; the fault is reported, not hidden
        detail = f"{type(fault).__name__}: {fault}"
        page = Page(
            url=capture.url,
            kind=PageKind.ERROR,
            kind_reason="this page could not be read: a fault of the program",
            findings=[Finding("understand", "internal_error", detail)],
        )
        return Reading(page)
