"""Lists: rows with a link and a date of their own, and what the pager says."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines.clean.listing import absolute, host_of, read_listing, read_pager
from pipelines.clean.markup import read_html
from tests.clean.reading import cases, read_page, why

URL = "http://www.example.cn/"


@pytest.mark.parametrize("case", cases("listing/lists.jsonl"), ids=why)
def test_a_list_is_read(case: dict[str, Any]) -> None:
    entries = read_listing(read_html(f"<body>{case['html']}</body>"), URL).entries
    assert [[entry.url, entry.title, entry.published_on] for entry in entries] == [
        [f"http://www.example.cn{path}", title, date] for path, title, date in case["entries"]
    ]


@pytest.mark.parametrize("case", cases("listing/no_lists.jsonl"), ids=why)
def test_links_of_an_article_are_no_list(case: dict[str, Any]) -> None:
    assert read_listing(read_html(f"<body>{case['html']}</body>"), URL).entries == ()


@pytest.mark.parametrize("case", cases("listing/pagers.jsonl"), ids=why)
def test_a_pager_is_read(case: dict[str, Any]) -> None:
    pager = read_pager(read_html(f"<body>{case['html']}</body>"), URL)
    assert pager is not None
    expected = f"http://www.example.cn{case['next']}" if case["next"] else None
    assert (pager.current, pager.total, pager.next_url) == (case["current"], case["total"], expected)


def test_a_page_without_a_pager_has_none() -> None:
    assert read_pager(read_html("<body><p>全文共三章，第二章共十条。</p></body>"), URL) is None


def test_the_main_text_of_a_list_page_is_its_list() -> None:
    rows = "".join(
        f"<li><a href='/n{n}.html'>第{n}号公告全文发布</a><span>2021-03-0{n}</span></li>" for n in range(1, 9)
    )
    page = read_page(
        f"<title>通知公告</title><body><h2>通知公告</h2><ul>{rows}</ul><p>本站由某某局主办，欢迎访问。</p></body>"
    )
    assert page.main_text.startswith("第1号公告全文发布")
    assert len(page.entries) == 8
    assert page.main_reason == "list of 8 dated links"


def test_an_article_beside_a_list_stays_the_main_text() -> None:
    rows = "".join(
        f"<li><a href='/n{n}.html'>第{n}号公告全文发布</a><span>2021-03-0{n}</span></li>" for n in range(1, 9)
    )
    page = read_page(
        "<title>某某镇年度报告_某某县</title><body><h1>某某镇年度报告</h1><p>发布时间：2021-01-05　来源：某某镇</p>"
        f"<div><p>本年度未收到政府信息公开申请。</p></div><ul>{rows}</ul></body>"
    )
    assert page.main_text == "本年度未收到政府信息公开申请。"


@pytest.mark.parametrize("address", ["http://[x", "//[", "http://[::1"])
def test_an_address_that_is_none_is_passed_over(address: str) -> None:
    assert absolute(URL, address) == ""
    assert host_of(address) == ""
