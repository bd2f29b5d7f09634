from __future__ import annotations

import pytest

from pipelines.store.identity import body_sha256, canonical_url, text_sha256


@pytest.mark.parametrize(
    "url",
    [
        "https://www.lanhe.gov.example/ndbg/",
        "http://lanhe.gov.example:80/ndbg/index.html",
        "https://lanhe.gov.example:443/ndbg/#top",
        "HTTP://WWW.LANHE.GOV.EXAMPLE/ndbg/;jsessionid=0A1B",
        "http://lanhe.gov.example/ndbg/?randid=0.77",
        "http://lanhe.gov.example/ndbg/?_=1700000000&t=1700000000000",
    ],
)
def test_one_page_under_many_addresses_has_one_identity(url: str) -> None:
    assert canonical_url(url) == "http://lanhe.gov.example/ndbg/"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.example/x?id=1", "http://a.example/x?id=2"),
        ("http://a.example/x?id=1&t=3", "http://a.example/x?id=1&t=4"),
        ("http://a.example/A.html", "http://a.example/a.html"),
        ("http://a.example/index_1.html", "http://a.example/"),
        ("http://a.example/x/", "http://a.example/x"),
        ("http://a.example:8080/", "http://a.example/"),
        ("http://xxgk.a.example/", "http://a.example/"),
        ("http://a.example/x?a=1&b=2", "http://a.example/x?b=2&a=1"),
        ("file:///a/1.html", "file:///a/2.html"),
    ],
)
def test_addresses_that_may_differ_stay_apart(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


@pytest.mark.parametrize("text", ["", "not a url", "http://[", "http://a:b:c/", "file:///x/index.html", "\x00", "?"])
def test_what_is_no_web_address_is_its_own_identity(text: str) -> None:
    assert canonical_url(canonical_url(text)) == canonical_url(text)


def test_a_text_hash_is_blind_to_white_space_only() -> None:
    assert text_sha256(" 公开 86\n条") == text_sha256("公开　86\t条\r\n")
    assert text_sha256("公开86条") != text_sha256("公开 86条")
    assert body_sha256(b"a ") != body_sha256(b"a")
