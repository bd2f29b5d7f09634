"""Addresses: which are kept, in what form, and whose they are."""

from __future__ import annotations

import re

import pytest

from gipr_crawl.families.scope import Scope, canonical, folder_of

LIST = "http://www.x.gov.cn/xxgk/ndbg/index_1.html"


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("./202403/t20240311_1.html", "http://www.x.gov.cn/xxgk/ndbg/202403/t20240311_1.html"),
        ("../a.html#top", "http://www.x.gov.cn/xxgk/a.html"),
        ("//WWW.X.gov.cn:80/a.html", "http://www.x.gov.cn/a.html"),
        ("https://www.x.gov.cn:443/a;jsessionid=0F3A?id=1&_=99&randid=3", "https://www.x.gov.cn/a?id=1"),
        ("/a.jsp?t=2&id=1", "http://www.x.gov.cn/a.jsp?t=2&id=1"),
        (" /a\n.html ", "http://www.x.gov.cn/a.html"),
        ("http://www.x.gov.cn:8080", "http://www.x.gov.cn:8080/"),
    ],
)
def test_an_address_is_absolute_and_without_what_names_only_a_visit(href: str, url: str) -> None:
    assert canonical(href, LIST) == url


@pytest.mark.parametrize(
    "href",
    ["javascript:void(0)", "mailto:a@x.gov.cn", "#", "", "   ", "http://[broken", "http://x:port/", "/" + "a" * 3000,
     "http://www.x.gov.cn/a/%2e/../../../x/../../b/.."],
)  # fmt: skip
def test_what_is_no_http_address_is_none_or_stays_below_its_root(href: str) -> None:
    url = canonical(href, LIST)
    assert url is None or "/../" not in url


@pytest.mark.parametrize(
    ("url", "owned"),
    [
        ("http://x.gov.cn/a", True),
        ("http://www.x.gov.cn/a", True),
        ("https://jyj.x.gov.cn/a", True),
        ("http://nox.gov.cn/a", False),
        ("http://x.gov.cn.evil.com/a", False),
        ("http://x.gov.cn@evil.com/a", False),
    ],
)
def test_a_site_owns_its_hosts_and_their_subdomains(url: str, owned: bool) -> None:
    assert Scope(("x.gov.cn",)).owns(url) is owned


def test_links_confine_entries_before_anything_else() -> None:
    scope = Scope(("x.gov.cn",), re.compile(r"/t\d+_\d+\.html$"))
    assert scope.admits("http://www.x.gov.cn/elsewhere/t20240311_1.html", LIST)
    assert not scope.admits("http://www.x.gov.cn/xxgk/ndbg/about.html", LIST)
    assert not scope.admits("http://www.y.gov.cn/xxgk/ndbg/t20240311_1.html", LIST)


def test_without_links_entries_lie_below_the_folder_of_their_list() -> None:
    scope = Scope(("x.gov.cn",))
    assert folder_of(LIST) == "/xxgk/ndbg/"
    assert scope.admits("http://www.x.gov.cn/xxgk/ndbg/2024/a.html", LIST)
    assert not scope.admits("http://www.x.gov.cn/xxgk/other/a.html", LIST)
    assert not scope.admits(LIST, LIST)


def test_columns_confine_entries_to_their_paths() -> None:
    scope = Scope(("x.gov.cn",), re.compile(r"\.html$"), ("/ndbg/",))
    assert scope.admits("http://www.x.gov.cn/ndbg/1.html", LIST)
    assert not scope.admits("http://www.x.gov.cn/zcjd/1.html", LIST)
