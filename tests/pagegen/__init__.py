"""Portal pages made on purpose: every page comes with what a reader of it ought to get.

`pages()` is the set: each template of `templates` with each trap of `traps`. Nothing is random; the same call gives
the same bytes. The prose is the project's own corpus.
"""

from __future__ import annotations

from tests.pagegen.articles import Article, articles
from tests.pagegen.build import GeneratedPage, pages

__all__ = ["Article", "GeneratedPage", "articles", "pages"]
