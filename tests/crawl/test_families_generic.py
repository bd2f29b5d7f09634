"""Link rows and pagers of lists that belong to no known family."""

from __future__ import annotations

import re

import pytest

from gipr_crawl.families import FAMILIES, ListPage, ListRequest
from gipr_crawl.families.scope import Scope

LIST = "http://www.x.gov.cn/ndbg/"
LINKS = Scope(("x.gov.cn",), re.compile(r"/\d+\.html$"))


def _read(body: str, url: str = LIST, number: int = 1, scope: Scope = LINKS) -> ListPage:
    return FAMILIES["generic"].read_bytes(f"<html><body>{body}</body></html>".encode(), ListRequest(url, number), scope)


def _dates(body: str) -> dict[str, str | None]:
    return {entry.title: entry.published_on for entry in _read(body).entries}


@pytest.mark.parametrize(
    "body",
    [
        "<ul><li><a href=1.html>甲</a><span>2024-03-11</span></li><li><a href=2.html>乙</a><span>2023-02-10</span></li></ul>",
        "<ul><li><span>2024/03/11</span><a href=1.html>甲</a></li><li><span>2023/2/10</span><a href=2.html>乙</a></li></ul>",
        "<table><tr><td>1</td><td><a href=1.html>甲</a></td><td>2024年3月11日</td></tr>"
        "<tr><td>2</td><td><a href=2.html>乙</a></td><td>2023年2月10日</td></tr></table>",
        "<dl><dt><a href=1.html>甲</a></dt><dd>2024.03.11</dd><dt><a href=2.html>乙</a></dt><dd>2023.02.10</dd></dl>",
        "<dl><dd>2024.03.11</dd><dt><a href=1.html>甲</a></dt><dd>2023.02.10</dd><dt><a href=2.html>乙</a></dt></dl>",
        "<a href=1.html>甲</a> [2024-03-11]<br><a href=2.html>乙</a> [2023-02-10]<br>",
        "<div><div><div><a href=1.html>甲</a></div><p>2024-03-11</p></div>"
        "<div><div><a href=2.html>乙</a></div><p>2023-02-10</p></div></div>",
    ],
    ids=["li after", "li before", "tr", "dt dd", "dd dt", "br", "nested div"],
)
def test_a_date_belongs_to_the_link_of_its_own_row(body: str) -> None:
    assert _dates(body) == {"甲": "2024-03-11", "乙": "2023-02-10"}


def test_the_date_at_the_head_of_the_page_belongs_to_no_report() -> None:
    body = (
        "<div>今天是2026年11月22日</div>"
        + "<p>欢迎</p>" * 200
        + "<ul><li><a href=1.html>甲</a></li><li><a href=2.html>乙</a></li></ul>"
    )
    assert _dates(body) == {"甲": None, "乙": None}


def test_a_date_in_the_title_is_no_date_of_publication() -> None:
    assert _dates("<ul><li><a href=1.html>截至2023年12月31日的年报</a></li></ul>") == {"截至2023年12月31日的年报": None}


@pytest.mark.parametrize("text", ["2024-13-11", "2023-02-30", "12024-03-111", "第2024-3号", "1.2.3"])
def test_what_is_no_day_of_the_calendar_is_no_date(text: str) -> None:
    assert _dates(f"<ul><li><a href=1.html>甲</a>{text}</li></ul>") == {"甲": None}


def test_an_undated_row_does_not_take_its_neighbours_date() -> None:
    rows = "".join(f"<li><a href={n}.html>{n}</a>{'' if n == 2 else '<i>2024-03-11</i>'}</li>" for n in range(1, 4))
    assert _dates(f"<ul>{rows}</ul>") == {"1": "2024-03-11", "2": None, "3": "2024-03-11"}


@pytest.mark.parametrize(
    ("anchor", "title"),
    [
        ('<a href=1.html title="某市二〇二三年年度报告">某市二〇…</a>', "某市二〇二三年年度报告"),
        ('<a href=1.html title="">某市年度报告</a>', "某市年度报告"),
        ('<a href=1.html title="链接">某市2023年年度报告</a>', "某市2023年年度报告"),
        ("<a href=1.html><img src=x></a><a href=1.html>某市年度报告</a>", "某市年度报告"),
        ("<a href=1.html>某市<b>年度</b>\n 报告<script>x()</script></a>", "某市年度 报告"),
    ],
)
def test_the_fullest_title_is_kept(anchor: str, title: str) -> None:
    (entry,) = _read(f"<ul><li>{anchor}</li></ul>").entries
    assert entry.title == title


def test_without_a_pattern_only_dated_links_below_the_list_are_entries() -> None:
    body = "<ul><li><a href=a.html>甲</a>2024-03-11</li><li><a href=b.html>关于我们</a></li><li><a href=/c.html>乙</a>2024-03-11</li></ul>"
    assert [entry.title for entry in _read(body, scope=Scope(("x.gov.cn",))).entries] == ["甲"]


@pytest.mark.parametrize(
    ("pager", "url", "number", "following"),
    [
        ("<a href='index_1.html'>下一页</a>", LIST, 1, LIST + "index_1.html"),
        (
            "<a href='?page=2'>下页 &gt;</a><a href='?page=9'>尾页</a><a rel=next href='?page=2'>x</a>",
            LIST,
            1,
            LIST + "?page=2",
        ),
        ("<a href='list2.htm'>&gt;&gt;</a>", LIST, 1, LIST + "list2.htm"),
        ("<b>1</b><a href='?pageNo=2'>2</a><a href='?pageNo=3'>3</a>", LIST, 1, LIST + "?pageNo=2"),
        (
            "<a href='?cur_page=1&id=7'>1</a><a href='?cur_page=3&id=7'>3</a>",
            LIST + "?cur_page=2&id=7",
            2,
            LIST + "?cur_page=3&id=7",
        ),
        ("<a href='list_2.html'>2</a>", LIST + "list_1.html", 1, LIST + "list_2.html"),
    ],
)
def test_the_pager_leads_to_the_next_page(pager: str, url: str, number: int, following: str) -> None:
    page = _read(f"<ul><li><a href='{LIST}1.html'>甲</a>2024-03-11</li></ul><div>{pager}</div>", url, number)
    assert page.next == (ListRequest(following, number + 1),)


@pytest.mark.parametrize(
    "pager",
    [
        "<a href='javascript:go(2)'>下一页</a>",
        "<a href='#'>下一页</a>",
        "<a href='http://www.y.gov.cn/ndbg/?page=2'>下一页</a>",
        f"<a href='{LIST}'>下一页</a>",
        "<a href='/zcjd/t_2.html'>2</a>",
        "<span>下一页</span>",
        "<a href='1.html'>下一页的故事</a>",
    ],
)
def test_what_runs_a_script_leads_away_or_leads_back_is_no_next_page(pager: str) -> None:
    assert _read(f"<ul><li><a href=1.html>甲</a>2024-03-11</li></ul>{pager}").next == ()


def test_the_number_of_pages_is_read_from_the_pager() -> None:
    assert _read("<ul><li><a href=1.html>甲</a></li></ul><div>当前1/12页</div>").total_pages == 12
    assert _read("<ul><li><a href=1.html>甲</a></li></ul><div>共 34 页</div>").total_pages == 34


def test_a_pager_that_only_scripts_can_turn_is_noted() -> None:
    row = "<ul><li><a href=1.html>甲</a>2024-03-11</li></ul>"
    assert "17 pages" in (_read(row + "<a href='javascript:toPage(2)'>下一页</a> 共17页").note or "")
    assert _read(row + "共1页").note is None
    assert _read(row + "<a href='?page=2'>下一页</a> 共17页").note is None


def test_a_page_with_forty_thousand_links_is_read() -> None:
    page = _read("".join(f"<div><a href={n}.html>{n}</a>" for n in range(40_000)))
    assert page.entries[0].title == "0"
