"""The portal answers like the sites it imitates: false charsets, pagers, 404s and all."""

import re
import socket
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from urllib.parse import urlsplit

import pytest

from gipr_crawl.demo import DemoServer, sites, truth

TRS, HANWEB, MIRROR = sites()


def reports_of(site):
    return [report for report in truth() if report.site == site.name]


def test_every_report_of_the_truth_is_served_with_status_200(fetch):
    assert [report.url for report in truth() if fetch(report.url).status != 200] == []


def test_the_trs_site_is_utf8_and_says_so(fetch):
    for report in reports_of(TRS):
        answer = fetch(report.url)
        assert answer.content_type == "text/html; charset=UTF-8"
        assert report.title in answer.body.decode("utf-8")


def test_an_article_of_the_trs_site_carries_the_standard_meta_tags(fetch):
    report = reports_of(TRS)[0]
    page = fetch(report.url).body.decode("utf-8")
    meta = dict(re.findall(r'<meta name="(\w+)" content="([^"]*)"', page))
    assert meta["ArticleTitle"] == report.title
    assert meta["PubDate"].startswith(report.published_on)
    assert meta["SiteDomain"] == urlsplit(report.url).hostname
    assert len(meta["SiteIDCode"]) == 10
    assert {"SiteName", "ColumnName", "ColumnType", "ContentSource"} <= meta.keys()


def test_every_page_of_the_hanweb_site_calls_itself_utf8_and_is_gbk(fetch):
    said = set()
    for report in reports_of(HANWEB):
        answer = fetch(report.url)
        said.add(answer.content_type)
        assert b"charset=utf-8" in answer.body
        with pytest.raises(UnicodeDecodeError):
            answer.body.decode("utf-8")
        assert report.title in answer.body.decode("gbk")
    assert said == {"text/html; charset=UTF-8", "text/html; charset=gb2312", "text/html"}


def test_a_page_of_the_mirror_shows_the_spam_and_hides_the_truth(fetch):
    for report in reports_of(MIRROR):
        page = fetch(report.url).body.decode("utf-8")
        assert report.title not in page
        assert "display:none" in page
        assert "http://444" in page
        assert re.search(r"<title>[^<]*(?:欧洲杯|威廉希尔|国产|不卡)", page)


def test_paragraphs_and_cells_of_the_truth_stand_on_the_served_page(fetch):
    for report in [*reports_of(TRS), *reports_of(HANWEB)]:
        charset = "utf-8" if report.site == TRS.name else "gbk"
        source = re.sub(r"<style.*?</style>", "", fetch(report.url).body.decode(charset), flags=re.DOTALL)
        bare = re.sub(r"\s", "", unescape(re.sub(r"<[^>]*>", "", source)))
        wanted = re.sub(r"\s", "", report.body_text)
        assert wanted in bare, report.url


def test_the_dataproxy_answers_get_and_post_alike(fetch):
    address = f"http://{HANWEB.host}/module/web/jpage/dataproxy.jsp"
    window = {"startrecord": "13", "endrecord": "24", "perpage": "4"}
    query = "&".join(f"{name}={value}" for name, value in window.items())
    by_get = fetch(f"{address}?{query}")
    assert by_get == fetch(address, form=window) == fetch(f"{address}?{query}", form={"col": "1", "columnid": "118"})
    assert by_get.body.count(b"<record>") == len(HANWEB.drafts) - 12


def test_the_dataproxy_names_the_next_group_until_there_is_none(fetch):
    address = f"http://{HANWEB.host}/module/web/jpage/dataproxy.jsp"
    assert b"page=2&" in fetch(f"{address}?page=1").body
    assert b"<nextgroup><![CDATA[]]></nextgroup>" in fetch(f"{address}?page=2").body
    assert b"<record>" not in fetch(f"{address}?page=3").body


@pytest.mark.parametrize("query", ["page=", "page=-1", "startrecord=0&endrecord=0", "page=" + "9" * 5000, "page=①"])
def test_senseless_parameters_of_the_dataproxy_are_answered_all_the_same(query):
    assert HANWEB.answer("/module/web/jpage/dataproxy.jsp", dict([query.split("&")[0].split("=")])).status == 200


def test_a_column_of_the_hanweb_site_turns_its_page_by_page_number(fetch):
    column = f"http://{HANWEB.host}/col/col118/index.html?uid=297589&pageNum="
    first, third, fourth = (fetch(column + str(page)).body for page in (1, 3, 4))
    assert first.count(b"<record>") == third.count(b"<record>") == 12
    assert fourth.count(b"<record>") == len(HANWEB.drafts) - 12


@pytest.mark.parametrize(
    "url",
    [
        "http://www.qingshan.gov.example/xxgk/ndbg/202003/t20200327_1.html",
        "http://www.qingshan.gov.example/xxgk/ndbg/index_9.html",
        "http://www.elsewhere.gov.example/",
        "http://127.0.0.1:1/",
    ],
)
def test_whatever_is_not_the_portals_is_404(fetch, url):
    assert fetch(url).status == 404


def test_a_listed_article_that_is_dead_is_404(fetch):
    dead = [site.url(draft.path) for site in sites() for draft in site.drafts if draft.kind == "dead"]
    assert len(dead) == len(sites())
    assert {fetch(url).status for url in dead} == {404}


def test_robots_txt_disallows_the_pages_that_are_off_limits(fetch):
    from urllib.robotparser import RobotFileParser

    for site in sites():
        rules = RobotFileParser()
        rules.parse(fetch(site.url("/robots.txt")).body.decode().splitlines())
        for draft in site.drafts:
            assert rules.can_fetch("gipr", site.url(draft.path)) == (draft.kind != "off_limits")
        assert any(not rules.can_fetch("gipr", site.url(path)) for path in site.pages)


def test_a_head_request_gets_the_headers_alone(fetch):
    answer = fetch(truth()[0].url, method="HEAD")
    assert (answer.status, answer.body) == (200, b"")


def test_requests_are_recorded_in_the_order_of_arrival_with_what_was_answered():
    with DemoServer() as server:
        for path in ("/robots.txt", "/nowhere"):
            with socket.create_connection(("127.0.0.1", int(server.proxy_url.rpartition(":")[2]))) as connection:
                lines = f"GET http://{TRS.host}{path} HTTP/1.1\r\nHost: {TRS.host}\r\nUser-Agent: a/1\r\n"
                connection.sendall(f"{lines}Connection: close\r\n\r\n".encode())
                assert connection.makefile("rb").read().startswith(b"HTTP/1.1 ")
        first, second = server.requests
    assert (first.method, first.url, first.user_agent, first.status) == (
        "GET",
        TRS.url("/robots.txt"),
        "a/1",
        200,
    )
    assert (second.url, second.status) == (TRS.url("/nowhere"), 404)
    assert first.at <= second.at


def test_a_client_without_proxy_may_name_the_host_in_its_header():
    with DemoServer() as server:
        with socket.create_connection(("127.0.0.1", int(server.proxy_url.rpartition(":")[2]))) as connection:
            connection.sendall(f"GET / HTTP/1.1\r\nHost: {TRS.host}\r\nConnection: close\r\n\r\n".encode())
            assert "青杉县" in connection.makefile("rb").read().decode()
        assert server.requests[0].url == TRS.url("/")


@pytest.mark.parametrize("length", ["many", "-5", "9" * 4999, "1000000"])
def test_a_form_of_impossible_length_is_answered_and_the_connection_closed(server, length):
    with socket.create_connection(("127.0.0.1", int(server.proxy_url.rpartition(":")[2]))) as connection:
        connection.sendall(f"POST http://{TRS.host}/ HTTP/1.1\r\nContent-Length: {length}\r\n\r\n".encode())
        assert connection.makefile("rb").read().startswith(b"HTTP/1.1 200")


def test_many_clients_at_once_get_the_same_bytes_as_one(fetch):
    urls = [report.url for report in truth()[:12]]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(fetch, urls)) == [fetch(url) for url in urls]


def test_the_portal_is_gone_after_the_block():
    with DemoServer() as server:
        port = int(server.proxy_url.rpartition(":")[2])
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))
