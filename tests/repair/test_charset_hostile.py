"""No body, however made, raises or is worked on for long; what comes out says what it is."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.repair.charset import decide

MEGABYTE = 1024 * 1024
CHARSETS = ["", "utf-8", "gbk", "big5", "utf-16", "hz", "iso-2022-jp", "euc-kr", "idna", "zip", "\u4e2d"]

HOSTILE = {
    "one lead byte over and over": (b"\x81" * MEGABYTE, "gb18030", ["charset_uncertain"]),
    "unfinished metas": (b"<meta charset=" * (MEGABYTE // 14), "utf-8", []),
    "unfinished attributes": (b"<meta a " * (MEGABYTE // 8), "utf-8", []),
    "nested HZ openings": (b"~{" * (MEGABYTE // 2), "utf-8", []),
    "HZ closings": (b"{!!~}" * (MEGABYTE // 5), "utf-8", []),
    "one HZ run": (b"~{" + b"VPND" * (MEGABYTE // 4), "hz", []),
    "random bytes": (random.Random(1).randbytes(MEGABYTE), None, ["binary_body"]),
    "tags that each break a pair": (b"\x81<" * (MEGABYTE // 2), "utf-8", ["characters_lost", "charset_uncertain"]),
    "a fault a line": (("政府信息".encode("gbk")[:7] + b"\n") * (MEGABYTE // 8), "gb18030", ["characters_lost"]),
    "NUL bytes": (b"\0" * MEGABYTE, None, ["binary_body"]),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_megabyte_has_a_sane_outcome(name: str) -> None:
    body, charset, codes = HOSTILE[name]
    decoded = decide(body, {})
    assert decoded.charset == charset
    assert [finding.code for finding in decoded.findings] == codes


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(CHARSETS))
def test_bytes_of_any_kind_are_decoded_or_refused_but_never_raise(body: bytes, declared: str) -> None:
    decoded = decide(body, {"Content-Type": f"text/html; charset={declared}"})
    assert (decoded.charset is None) == (
        decoded.text == "" and bool(decoded.findings) and bool(decoded.evidence.reason)
    )


@settings(max_examples=300, deadline=None)
@given(
    st.text(alphabet="政府信息公开工作年度报告，。<p>\n a1é한я", min_size=1, max_size=80),
    st.sampled_from(["utf-8", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]),
    st.lists(st.tuples(st.integers(0, 200), st.binary(max_size=2)), max_size=3),
)
def test_damage_of_any_kind_never_raises(text: str, codec: str, damages: list[tuple[int, bytes]]) -> None:
    body = text.encode(codec)
    for place, put in damages:
        body = body[:place] + put + body[place + 1 :]
    decoded = decide(body, {})
    assert decoded.evidence.bytes_replaced <= len(body)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_valid_utf8_of_some_length_comes_back_unchanged(text: str) -> None:
    source = "<html><title>政府信息公开</title>" + text.replace("\0", "")
    controls = sum(character < " " or character == "\x7f" for character in source)
    decoded = decide(source.encode(), {})
    assert decoded.text == source or controls > len(source) // 50
