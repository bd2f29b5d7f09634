"""The generated set: every template with every trap, each page with its truth."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tests.pagegen.articles import Article, articles
from tests.pagegen.templates import TEMPLATES, WITH_INDEX_NO
from tests.pagegen.traps import TRAPS, Trap


@dataclass(frozen=True, slots=True)
class GeneratedPage:
    """A page and what must be read from it; a None field is not printed on the page."""

    name: str
    url: str
    body: bytes
    main_text: str
    title: str
    published_on: str
    index_no: str | None


@cache
def pages() -> tuple[GeneratedPage, ...]:
    """Every template with every trap: the articles follow each other, so that no template keeps one."""
    stock = list(articles())
    return tuple(
        _page(template, trap, stock[(row * 5 + column) % len(stock)])
        for row, template in enumerate(TEMPLATES)
        for column, trap in enumerate(TRAPS)
    )


def _page(template: str, trap: Trap, article: Article) -> GeneratedPage:
    altered = trap.alter(article)
    container = trap.before_body + trap.body(altered) + trap.behind_body
    source = trap.around(TEMPLATES[template](altered, container))
    charset = "gb18030" if template in ("old_tables", "power_easy") else "utf-8"
    return GeneratedPage(
        name=f"{template}: {trap.name}",
        url=f"http://www.linhe.example/zwgk/{template}/{trap.name.replace(' ', '-')}.html",
        body=source.replace('charset="utf-8"', f'charset="{charset}"').encode(charset),
        main_text=altered.body,
        title=altered.title,
        published_on=altered.published_on,
        index_no=altered.index_no if template in WITH_INDEX_NO else None,
    )
