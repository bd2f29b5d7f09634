"""Data tables become grids with their spans resolved; tables that only hold a page in place are read as text."""

from __future__ import annotations

from typing import Any

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.clean.markup import read_html
from pipelines.model import BlockKind
from tests.clean.reading import cases, why


@pytest.mark.parametrize("case", cases("grids/data.jsonl"), ids=why)
def test_a_data_table_is_a_grid(case: dict[str, Any]) -> None:
    (line,) = read_html(f"<body>{case['html']}</body>").lines
    assert line.grid is not None
    assert line.grid.rows() == case["rows"]
    assert line.text == "\n".join("\t".join(row) for row in case["rows"])


@pytest.mark.parametrize("case", cases("grids/layout.jsonl"), ids=why)
def test_a_layout_table_is_none(case: dict[str, Any]) -> None:
    first = next(iter(read_html(f"<body>{case['html']}</body>").lines), None)
    assert first is None or first.grid is None


def test_the_data_table_inside_a_layout_table_is_a_grid() -> None:
    inner = "<table><tr><td>规章</td><td>0</td></tr><tr><td>规范性文件</td><td>3</td></tr></table>"
    lines = read_html(f"<body><table><tr><td><p>说明文字。</p>{inner}</td></tr></table></body>").lines
    assert [line.kind for line in lines] == [BlockKind.PARAGRAPH, BlockKind.TABLE]


def test_a_caption_stands_before_its_table() -> None:
    html = "<table><caption>表一 公开情况</caption><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>"
    caption, table = read_html(f"<body>{html}</body>").lines
    assert (caption.kind, caption.text) == (BlockKind.CAPTION, "表一 公开情况")
    assert table.grid is not None


def test_header_cells_are_marked() -> None:
    (line,) = read_html("<table><tr><th>甲</th><td>1</td></tr><tr><th>乙</th><td>2</td></tr></table>").lines
    assert line.grid is not None
    assert [cell.is_header for cell in line.grid.cells] == [True, False, True, False]


def grid_by_the_book(source: str) -> list[list[str]]:
    """A table's rows by the algorithm of the HTML standard, on another parser: the oracle."""
    table = lxml.html.fromstring(source)
    rows = table.xpath("./tr|./tbody/tr|./thead/tr|./tfoot/tr")
    slots: dict[tuple[int, int], str] = {}
    for y, row in enumerate(rows):
        x = 0
        for cell in row.xpath("./td|./th"):
            while (y, x) in slots:
                x += 1
            for below in range(int(cell.get("rowspan", "1"))):
                for right in range(int(cell.get("colspan", "1"))):
                    if y + below < len(rows):
                        slots[y + below, x + right] = "".join(cell.text_content().split()) if not below + right else ""
            x += int(cell.get("colspan", "1"))
    width = max(column for _, column in slots) + 1
    return [[slots.get((y, x), "") for x in range(width)] for y in range(len(rows))]


_SPAN = st.sampled_from([1, 1, 1, 2, 3])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.tuples(_SPAN, _SPAN), min_size=2, max_size=5), min_size=2, max_size=6))
def test_any_spans_resolve_as_the_standard_says(shape: list[list[tuple[int, int]]]) -> None:
    number = iter(range(1, 1000))
    rows = "".join(
        "<tr>" + "".join(f"<td rowspan={down} colspan={right}>格{next(number)}</td>" for down, right in row) + "</tr>"
        for row in shape
    )
    source = f"<table>{rows}</table>"
    (line,) = read_html(source).lines
    assert line.grid is not None
    assert line.grid.rows() == grid_by_the_book(source)
