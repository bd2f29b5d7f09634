"""Hanweb: records embedded in the column page, then the dataproxy group by group."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from gipr_crawl.families import FAMILIES, ListPage, ListRequest, recognise
from gipr_crawl.families.scope import Scope

SCOPE = Scope(("x.gov.cn",))
COLUMN = "http://www.x.gov.cn/col/col1229/index.html"
PROXY = "http://www.x.gov.cn/module/web/jpage/dataproxy.jsp"


def record(number: int, date: str = "[2019-03-\n 11]") -> str:
    return (
        f"<record><![CDATA[<li><a href='/art/2019/3/11/art_1229_{number}.html' title='某县{number}号年度报告'>某县…</a>"
        f"<span>{date}</span></li>]]></record>"
    )


def store(count: int, first: int = 1, extra: str = "") -> str:
    records = "".join(record(number) for number in range(first, first + count))
    return f"<datastore>{extra}<recordset>{records}</recordset></datastore>"


SETUPS = {
    "script object": "proxyUrl:'/module/web/jpage/dataproxy.jsp', perPage:15, totalRecord:200,"
    " param:{'webid':'3','unitid':'4711','columnid':'1229','sourceContentType':'3','path':'/'}",
    "JSON": 'var p = {"proxyUrl":"\\/module\\/web\\/jpage\\/dataproxy.jsp","perPage":"15","totalRecord":"200",'
    '"webid":"3","unitid":"4711","columnid":"1229"}',
    "query string": 'var url="/module/web/jpage/dataproxy.jsp?perpage=15&amp;col=1&amp;appid=1&amp;webid=3&amp;path=%2F'
    '&amp;columnid=1229&amp;sourceContentType=1&amp;unitid=4711&amp;webname=%E6%9F%90%E5%8E%BF&amp;permissiontype=0"',
}


def _column(setup: str, datastore: str) -> ListPage:
    html = f"<html><body><div id='4711'><script type='text/xml'>{datastore}</script></div><script>{setup}</script></body></html>"
    return FAMILIES["hanweb"].read_bytes(html.encode(), ListRequest(COLUMN), SCOPE)


def _query(page: ListPage) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.next[0].url).query).items()}


@pytest.mark.parametrize("setup", SETUPS.values(), ids=SETUPS.keys())
def test_the_dataproxy_is_asked_with_what_the_column_page_states(setup: str) -> None:
    page = _column(setup, store(45))
    query = _query(page)
    assert page.next[0].url.startswith(PROXY)
    assert (query["startrecord"], query["endrecord"], query["perpage"]) == ("46", "90", "15")
    assert (query["webid"], query["unitid"], query["columnid"]) == ("3", "4711", "1229")
    assert dict(page.next[0].headers)["Referer"] == COLUMN
    assert len(page.entries) == 45


@pytest.mark.parametrize(("perpage", "group"), [(15, 45), (20, 60), (27, 81)])
def test_a_group_is_three_pages(perpage: int, group: int) -> None:
    query = _query(_column(SETUPS["script object"].replace("perPage:15", f"perPage:{perpage}"), store(group)))
    assert (query["startrecord"], query["endrecord"]) == (str(group + 1), str(2 * group))


def test_a_stated_group_size_holds() -> None:
    query = _query(_column(SETUPS["script object"] + ",groupSize:2", store(30)))
    assert (query["startrecord"], query["endrecord"]) == ("31", "60")


def test_a_column_page_with_less_than_a_group_is_asked_for_the_whole_group() -> None:
    assert _query(_column(SETUPS["script object"], store(15)))["startrecord"] == "1"


def test_a_column_page_that_embeds_everything_asks_for_nothing() -> None:
    page = _column(SETUPS["script object"], store(8, extra="<totalrecord>8</totalrecord>"))
    assert (len(page.entries), page.next, page.total_pages) == (8, (), 1)


def test_a_title_is_whole_and_a_date_split_over_lines_is_read() -> None:
    entry = _column("", store(1)).entries[0]
    assert (entry.title, entry.published_on) == ("某县1号年度报告", "2019-03-11")
    assert entry.url == "http://www.x.gov.cn/art/2019/3/11/art_1229_1.html"


def test_the_date_of_a_record_is_never_its_neighbours() -> None:
    undated = "<record><![CDATA[<tr><td><a href='/art/abc/art_1229_7.html'>无日期报告</a></td></tr>]]></record>"
    page = _column("", f"<datastore>{record(1)}{undated}{record(2)}</datastore>")
    assert [entry.published_on for entry in page.entries] == ["2019-03-11", None, "2019-03-11"]


@pytest.mark.parametrize(
    "body",
    [
        '<record><![CDATA[<li><a href="/art/2019/3/11/art_1229_1.html">报告</a></li>]]></record>',
        "<record>&lt;li&gt;&lt;a href='/art/2019/3/11/art_1229_1.html'&gt;报告&lt;/a&gt;&lt;/li&gt;</record>",
        "<RECORD><li><a href='/art/2019/3/11/art_1229_1.html'>报告</a></li></RECORD>",
        "<record><![CDATA[<li><a href='/art/2019/art_0a1b2c3d4e5f.html'>报告</a></li>]]></record>",
        "<record><![CDATA[<li><a href='/col/col1229/art/2019/art_0a1b2c.html'>报告</a></li>]]></record>",
    ],
)
def test_records_are_read_in_all_their_wrappings(body: str) -> None:
    assert [entry.title for entry in _column("", f"<datastore>{body}</datastore>").entries] == ["报告"]


def _answer(body: str, first: int, last: int) -> ListPage:
    url = f"{PROXY}?startrecord={first}&endrecord={last}&perpage=15&webid=3&unitid=4711&columnid=1229"
    request = ListRequest(url, 2, headers=(("Referer", COLUMN),))
    return FAMILIES["hanweb"].read_bytes(body.encode(), request, SCOPE, {"Content-Type": "text/xml"})


def test_an_answer_leads_to_the_next_group() -> None:
    page = _answer(store(45, 46, "<totalrecord>200</totalrecord>"), 46, 90)
    assert (_query(page)["startrecord"], _query(page)["endrecord"]) == ("91", "135")
    assert (len(page.entries), page.total_pages, page.next[0].number) == (45, 5, 3)


@pytest.mark.parametrize(
    ("body", "first", "last"),
    [
        (store(20, 181, "<totalrecord>200</totalrecord>"), 181, 225),
        (store(7, 181), 181, 225),
    ],
)
def test_the_last_group_leads_nowhere(body: str, first: int, last: int) -> None:
    page = _answer(body, first, last)
    assert page.entries
    assert page.next == ()


def test_the_empty_answer_of_54_bytes_ends_the_list() -> None:
    empty = "<datastore><recordset></recordset></datastore>".ljust(54)
    page = _answer(empty, 46, 90)
    assert (page.entries, page.next) == ((), ())
    assert page.note is not None
    assert "without records" in page.note


def test_encrypted_parameters_are_not_forged_and_the_servers_own_link_is_followed() -> None:
    setup = "webid:'8fA0+x==', unitid:'kkQ9', columnid:'zz81', perPage:15, totalRecord:200"
    link = f'<nextgroup><![CDATA[<a href="{PROXY}?page=2&amp;columnid=zz81"></a>]]></nextgroup>'
    page = _column(setup, store(45, extra=link))
    assert page.next[0].url == f"{PROXY}?page=2&columnid=zz81"
    assert _column(setup, store(45)).next == ()
    assert "without forging" in (_column(setup, store(45)).note or "")


@pytest.mark.parametrize("link", ["http://evil.example/dataproxy.jsp?page=2", "javascript:next()", ""])
def test_a_next_group_elsewhere_is_not_followed(link: str) -> None:
    extra = f'<nextgroup><![CDATA[<a href="{link}"></a>]]></nextgroup>'
    assert _column("", store(45, extra=extra)).next == ()


def test_a_column_page_without_embedded_records_is_read_from_its_rows() -> None:
    rows = "<ul><li><a href='/art/2019/3/11/art_1229_5.html'>报告</a><i>2019-03-11</i></li></ul>"
    page = FAMILIES["hanweb"].read_bytes(
        f"<html>{rows}<script>{SETUPS['script object']}</script></html>".encode(), ListRequest(COLUMN), SCOPE
    )
    assert len(page.entries) == 1
    assert _query(page)["startrecord"] == "1"


def test_a_page_of_another_make_is_not_recognised() -> None:
    page = FAMILIES["hanweb"].read_bytes(
        b"<html><div id=app></div></html>", ListRequest("http://www.x.gov.cn/a/"), SCOPE
    )
    assert not page.recognised


@pytest.mark.parametrize(
    "body",
    ["", "<datastore>", "<datastore><record>" * 20_000, "<record>" * 50_000, "<datastore><record><![CDATA[" * 5_000,
     "webid=" * 50_000, "<nextgroup>" * 50_000, "<datastore " * 50_000],
)  # fmt: skip
def test_hostile_answers_give_an_empty_page(body: str) -> None:
    assert FAMILIES["hanweb"].read_bytes(body.encode(), ListRequest(COLUMN), SCOPE).entries == ()


def test_the_family_is_known_by_its_address_or_its_modules() -> None:
    assert recognise("<html></html>", COLUMN)[0] == "hanweb"
    assert recognise("<script src='/module/jslib/jquery/jpage/jquery.jpage.js'>", "http://www.x.gov.cn/")[0] == "hanweb"
    assert recognise("<html>列</html>", "http://www.x.gov.cn/column/1.html")[0] == "generic"
