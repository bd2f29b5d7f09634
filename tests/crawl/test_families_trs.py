"""TRS: static files, paged by a script call in one of its signatures."""

from __future__ import annotations

import pytest

from gipr_crawl.families import FAMILIES, ListRequest, recognise
from gipr_crawl.families.scope import Scope

SCOPE = Scope(("x.gov.cn",))
FOLDER = "http://www.x.gov.cn/ndbg/"
FILLER = "<p>信息公开专栏</p>" * 60
ROW = '<li><a href="./202403/t20240311_88.html" title="某市2023年政府信息公开工作年度报告">某市2023年政府…</a><span>2024-03-11</span></li>'


def _read(pager: str, url: str = FOLDER, number: int = 1, rows: str = ROW):
    body = f"<html><body><ul>{rows}</ul>{FILLER}<script>{pager}</script></body></html>".encode()
    return FAMILIES["trs"].read_bytes(body, ListRequest(url, number), SCOPE)


@pytest.mark.parametrize(
    ("pager", "url", "number", "following"),
    [
        ('createPageHTML(12, 0, "index", "html");', FOLDER, 1, FOLDER + "index_1.html"),
        ('createPageHTML(12, 0,"index","html");', FOLDER + "index.html", 1, FOLDER + "index_1.html"),
        ('createPageHTML(12, 1, "index", "html");', FOLDER + "index_1.html", 2, FOLDER + "index_2.html"),
        ('createPageHTML (12 , 10 , "index" , "shtml")', FOLDER + "index_10.shtml", 11, FOLDER + "index_11.shtml"),
        ("createPageHTML('page_div',9, 1,'list','shtml',165);", FOLDER + "list.shtml", 1, FOLDER + "list_2.shtml"),
        ("createPageHTML('page_div',9, 2,'list','shtml',165);", FOLDER + "list_2.shtml", 2, FOLDER + "list_3.shtml"),
        ('createPageHTML(230, 12, 0, "index", "html");', FOLDER, 1, FOLDER + "index_1.html"),
        ('createPageHTML(230, 12, 1, "index", "html");', FOLDER, 1, FOLDER + "index_2.html"),
        ('createPageHTML(230, 12, 2, "index", "html");', FOLDER + "index_2.html", 2, FOLDER + "index_3.html"),
        ('createPage(12,0,"index","html");', FOLDER, 1, FOLDER + "index_1.html"),
        ("var currentPage = 0; var countPage = 12//共多少页", FOLDER, 1, FOLDER + "index_1.html"),
        ("var countPage = 12; var currentPage = 1;", FOLDER + "wjk.html", 1, FOLDER + "wjk_2.html"),
    ],
)
def test_every_signature_leads_to_the_next_file(pager: str, url: str, number: int, following: str) -> None:
    page = _read(pager, url, number)
    assert page.next == (ListRequest(following, number + 1),)


@pytest.mark.parametrize(
    ("pager", "url", "number"),
    [
        ('createPageHTML(1, 0, "index", "html");', FOLDER, 1),
        ('createPageHTML(3, 2, "index", "html");', FOLDER + "index_2.html", 3),
        ("createPageHTML('page_div',3, 3,'list','shtml',60);", FOLDER + "list_3.shtml", 3),
        ('createPageHTML(50, 3, 3, "index", "html");', FOLDER + "index_3.html", 3),
        ('createPageHTML(0, 0, "index", "html");', FOLDER, 1),
        ("", FOLDER, 1),
    ],
)
def test_the_last_page_leads_nowhere(pager: str, url: str, number: int) -> None:
    page = _read(pager, url, number)
    assert page.entries
    assert page.next == ()


@pytest.mark.parametrize(
    "pager",
    [
        "function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){ return; }",
        "createPageHTML()",
        "createPageHTML(" + "9" * 400 + ")",
        "createPageHTML(" * 20_000,
        'createPageHTML("", "", "")',
        "createPageHTML('div')",
    ],
)
def test_a_call_without_numbers_is_no_pager(pager: str) -> None:
    assert _read(pager).next == ()


def test_the_definition_of_the_function_does_not_hide_its_call() -> None:
    both = 'function createPageHTML(_nPageCount, _nCurrIndex){} createPageHTML(5, 0, "index", "html");'
    assert _read(both).total_pages == 5


def test_an_entry_has_its_whole_title_and_the_date_beside_it() -> None:
    (entry,) = _read("").entries
    assert entry.url == FOLDER + "202403/t20240311_88.html"
    assert entry.title == "某市2023年政府信息公开工作年度报告"
    assert entry.published_on == "2024-03-11"


@pytest.mark.parametrize(
    "link",
    [
        "/zcjd/202403/t20240311_9.html",
        "http://www.y.gov.cn/ndbg/202403/t20240311_9.html",
        "./about.html",
        "./index_1.html",
    ],
)
def test_links_of_other_columns_hosts_and_forms_are_no_entries(link: str) -> None:
    page = _read("", rows=ROW + f'<li><a href="{link}">某某</a><span>2024-01-01</span></li>')
    assert len(page.entries) == 1


def test_a_stub_behind_the_last_page_ends_the_list() -> None:
    stub = b"<html><head><title></title></head><body></body></html>"
    page = FAMILIES["trs"].read_bytes(stub, ListRequest(FOLDER + "index_7.html", 8), SCOPE)
    assert (page.entries, page.next, page.recognised) == ((), (), False)
    assert page.note is not None
    assert "stub" in page.note


def test_a_page_without_links_asks_for_nothing_more() -> None:
    page = _read('createPageHTML(12, 0, "index", "html");', rows="")
    assert (page.entries, page.next, page.recognised) == ((), (), True)


def test_a_page_of_another_make_is_not_recognised() -> None:
    assert not _read("", rows="<li><a href='/app/9'>首页</a></li>").recognised


def test_a_gbk_list_that_says_utf8_is_read() -> None:
    body = f'<html><meta charset="utf-8"><ul>{ROW * 3}</ul>{FILLER}</html>'.encode("gbk")
    page = FAMILIES["trs"].read_bytes(body, ListRequest(FOLDER), SCOPE, {"Content-Type": "text/html; charset=utf-8"})
    assert page.entries[0].title == "某市2023年政府信息公开工作年度报告"


def test_without_a_script_call_the_link_to_the_next_page_is_taken() -> None:
    page = _read("", rows=ROW + '<div><a href="index_1.html">下一页</a></div>')
    assert page.next == (ListRequest(FOLDER + "index_1.html", 2),)


@pytest.mark.parametrize("body", [b"", b"\0\0\0", b"<", b"\xff\xfe\x00", b"<a href=" * 30_000, b"<ul><li>" * 50_000])
def test_hostile_bytes_give_an_empty_page(body: bytes) -> None:
    assert FAMILIES["trs"].read_bytes(body, ListRequest(FOLDER), SCOPE).next == ()


@pytest.mark.parametrize(
    "html",
    [
        '<script>createPageHTML(3,0,"index","html")</script>',
        "<script>var countPage = 56; var currentPage = 0;</script>",
        "<div class='TRS_Editor'>正文</div>",
    ],
)
def test_the_family_is_known_by_its_marks(html: str) -> None:
    assert recognise(html, FOLDER)[0] == "trs"


@pytest.mark.parametrize(
    "html", ["<script>createPage(el)</script>", "<p>countPage</p>", "<a href='index_1.html'>下一页</a>"]
)
def test_what_only_resembles_a_mark_is_none(html: str) -> None:
    assert recognise(html, FOLDER)[0] == "generic"
