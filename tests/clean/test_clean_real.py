"""Pages as portals served them, where the folder with their labels lies beside the project; skipped elsewhere."""

from __future__ import annotations

import json
from functools import cache
from urllib.parse import urljoin

import lxml.html
import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipelines import Capture, Page, understand
from pipelines.clean.grids import data_grid
from pipelines.clean.hidden import HiddenRules
from pipelines.clean.markup import inner_text
from tests.benchmarks.clean import REAL, Scores, labelled_pages, score_page

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the labelled real pages are not beside the project")
NO_RULES = HiddenRules(frozenset(), frozenset())


@cache
def _scores() -> list[Scores]:
    return [score_page(page, understand(Capture(f"file:///{page.name}", page.body))) for page in labelled_pages(REAL)]


def test_main_text_of_the_real_pages() -> None:
    values = [score.f1 for score in _scores()]
    assert sum(values) / len(values) >= 0.97
    assert sum(value >= 0.95 for value in values) >= 0.9 * len(values)


def test_titles_and_dates_of_the_real_pages() -> None:
    titles = [score.title for score in _scores() if score.title is not None]
    dates = [score.published_on for score in _scores() if score.published_on is not None]
    assert sum(titles) >= 0.95 * len(titles)
    assert sum(dates) >= 0.95 * len(dates)


def _lists() -> list[dict[str, object]]:
    if not REAL.is_dir():
        return []
    gold = [json.loads(line) for line in (REAL / "gold.jsonl").read_text("utf-8").splitlines()]
    return [row for row in gold if row.get("is_list")]


def _read_list(row: dict[str, object]) -> tuple[str, Page]:
    url = str(row["url"] or f"http://www.example.cn/{row['file']}")
    return url, understand(Capture(url, (REAL / "pages" / str(row["file"])).read_bytes()))


@pytest.mark.parametrize("row", _lists(), ids=lambda row: row["file"])
def test_entries_of_the_real_lists(row: dict[str, object]) -> None:
    url, page = _read_list(row)
    items = row["items"]
    assert isinstance(items, list)
    wanted = [(urljoin(url, item["href"]), item["title"], item["date"]) for item in items]
    assert [(entry.url, entry.title, entry.published_on) for entry in page.entries[: len(wanted)]] == wanted
    assert len(page.entries) == row["item_count"]


@pytest.mark.parametrize("row", _lists(), ids=lambda row: row["file"])
def test_pagers_of_the_real_lists_say_nothing_false(row: dict[str, object]) -> None:
    _, page = _read_list(row)
    pager = row["pager"]
    assert isinstance(pager, dict)
    assert page.pager is None or page.pager.total in (None, pager["total_pages"])


def grid_by_the_book(source: str) -> list[list[str]]:
    """The rows of a well-formed table by the algorithm of the HTML standard, on another parser."""
    table = lxml.html.fromstring(source)
    slots: dict[tuple[int, int], str] = {}
    y = width = 0
    for group in [*table.xpath("./tbody|./thead|./tfoot")]:
        rows = group.xpath("./tr")
        end = y + len(rows)
        for row in rows:
            x = 0
            for cell in row.xpath("./td|./th"):
                while (y, x) in slots:
                    x += 1
                down, right = (int(cell.get(name) or 1) for name in ("rowspan", "colspan"))
                text = "".join("".join(cell.itertext()).split())
                for below in range(min(down or end - y, end - y)):
                    for beside in range(right):
                        slots[y + below, x + beside] = "" if below or beside else text
                x += right
                width = max(width, x)
            y += 1
    return [[slots.get((row, column), "") for column in range(width)] for row in range(y)]


def _cell_text(cell: LexborNode) -> str:
    return inner_text(cell, NO_RULES)


def _tables() -> list[tuple[str, str]]:
    found = []
    for file in sorted([*(REAL / "pages").glob("*.html"), *(REAL / "reports").glob("*.html")]) if REAL.is_dir() else []:
        parser = LexborHTMLParser(file.read_text("utf-8", "replace"))
        for node in parser.css("style, script, noscript, template"):
            node.decompose()
        for number, node in enumerate(parser.css("table")):
            if node.html and data_grid(node, _cell_text) is not None:
                found.append((f"{file.stem}-{number}", node.html))
    return found


@pytest.mark.parametrize("name_and_table", _tables(), ids=lambda item: item[0])
def test_every_real_data_table_is_rebuilt_cell_for_cell(name_and_table: tuple[str, str]) -> None:
    node = LexborHTMLParser(name_and_table[1]).css_first("table")
    assert node is not None
    grid = data_grid(node, _cell_text)
    assert grid is not None
    rows = [["".join(cell.split()) for cell in row] for row in grid.rows()]
    assert rows == grid_by_the_book(name_and_table[1])
