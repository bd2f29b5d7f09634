"""Understanding and keeping pages.

`understand(capture)` is the journey of a page, and all of it: bytes → readable text → the report alone → its facts.
It is pure, takes bytes and never raises on bad input. Keeping what it returns is `pipelines.store`'s part; the
crawler, `gipr ingest` and `gipr read` all call the same three rooms in this order.
"""

from __future__ import annotations

from pipelines import clean, documents, extract, repair
from pipelines.model import Capture, Finding, Page, PageKind

__all__ = ["Capture", "Page", "understand"]


def understand(capture: Capture) -> Page:
    """Read a capture: repair its text, clean it of everything that is not the report, extract the report's facts.

    Returns a Page whatever the bytes are; a fault of ours becomes the Finding `internal_error`, never an exception.
    """
    try:
        repaired = repair.repair(capture)
        cleaned = clean.clean(repaired, capture, documents.reading_of(capture.body))
        return extract.extract(capture, repaired, cleaned)
    except Exception as fault:  # the promise of the docstring; the fault is reported, not hidden
        detail = f"{type(fault).__name__}: {fault}"
        return Page(
            url=capture.url,
            kind=PageKind.ERROR,
            kind_reason="this page could not be read: a fault of the program",
            findings=[Finding("understand", "internal_error", detail)],
        )
