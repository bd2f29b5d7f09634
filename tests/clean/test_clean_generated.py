"""The generated set: every portal template with every trap, against its truth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import pytest
from rapidfuzz.distance import LCSseq

from pipelines import Capture, understand
from tests.pagegen import GeneratedPage, pages
from tests.pagegen.templates import TEMPLATES


@dataclass(frozen=True, slots=True)
class Outcome:
    page: GeneratedPage
    f1: float
    title: str | None
    published_on: str | None
    index_no: str | None


def _squeezed(text: str | None) -> str:
    return re.sub(r"\s", "", text or "")


def f1(wanted: str, got: str) -> float:
    """Harmonic mean of precision and recall over the longest common subsequence, white space aside."""
    one, other = _squeezed(wanted), _squeezed(got)
    common = LCSseq.similarity(one, other)
    return 2 * common / (len(one) + len(other)) if common else 0.0


@cache
def outcomes() -> tuple[Outcome, ...]:
    found = []
    for page in pages():
        read = understand(Capture(page.url, page.body))
        found.append(Outcome(page, f1(page.main_text, read.main_text), read.title, read.published_on, read.index_no))
    return tuple(found)


def test_the_set_is_large_and_the_same_every_time() -> None:
    assert len(pages()) >= 120
    assert len(TEMPLATES) >= 12
    pages.cache_clear()
    before = [page.body for page in pages()]
    pages.cache_clear()
    assert [page.body for page in pages()] == before


def test_main_text_of_all_pages() -> None:
    scores = {outcome.page.name: outcome.f1 for outcome in outcomes()}
    assert [name for name, score in scores.items() if score < 0.9] == []
    assert sum(scores.values()) / len(scores) >= 0.99


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_is_read_well(template: str) -> None:
    scores = [outcome.f1 for outcome in outcomes() if outcome.page.name.startswith(f"{template}:")]
    assert sum(scores) / len(scores) >= 0.98


def test_titles_dates_and_index_numbers() -> None:
    read = outcomes()
    titles = [o.page.name for o in read if _squeezed(o.title) != _squeezed(o.page.title)]
    dates = [o.page.name for o in read if o.published_on != o.page.published_on]
    numbers = [o.page.name for o in read if o.page.index_no and o.index_no != o.page.index_no]
    assert len(titles) <= 0.01 * len(read), titles
    assert (dates, numbers) == ([], [])
