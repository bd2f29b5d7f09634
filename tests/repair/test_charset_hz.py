"""HZ is known by what stands between its escapes, in a body of seven bits."""

from __future__ import annotations

import pytest

from pipelines.repair.charset import decide
from pipelines.repair.charset_hz import looks_like_hz, read_hz

SENTENCE = "<p>本机关全年受理公开申请21件，均在法定期限内答复。</p>\n"
SCRIPT = "<script>var a={b:'~'};function go(u){return open(u);}</script>\n"
BRACES = "<script>if(!~{a:1}.a)x=~{length:[]};y=a[~{n:0}.n]~}</script>\n"


@pytest.mark.parametrize("scripts", [0, 3, 400])
def test_a_page_is_hz_however_much_script_goes_before(scripts: int) -> None:
    text = SCRIPT.replace("~", "-") * scripts + SENTENCE
    decoded = decide(text.encode("hz"), {})
    assert (decoded.charset, decoded.text) == ("hz", text)


def test_one_long_run_with_a_byte_lost_at_its_start_is_still_hz() -> None:
    body = ("由区政府办公室综合各镇街、各部门报告编制而成，全文共六个部分，数据统计期限自一月一日起" * 9).encode("hz")
    for place in range(2, 12):
        assert looks_like_hz(body[:place] + body[place + 1 :])


def test_a_byte_with_its_eighth_bit_set_does_not_hide_hz() -> None:
    body = (SENTENCE * 30).encode("hz")
    assert looks_like_hz(body[:200] + b"\xb0" + body[201:])


@pytest.mark.parametrize("codec", ["gbk", "big5", "utf-8"])
def test_a_page_of_eight_bits_is_not_hz_though_its_first_half_is_script_with_tildes(codec: str) -> None:
    text = BRACES * 300 + SENTENCE * 300
    assert not looks_like_hz(text.encode(codec, "ignore"))


@pytest.mark.parametrize(
    "body",
    [b"", b"<p>plain</p>", BRACES.encode() * 50, b"a ~ b", b"~{~}", b"~{~}" * 500, b"~/.config ~{user}/docs ~}"],
)
def test_tildes_and_braces_in_code_are_not_hz(body: bytes) -> None:
    assert not looks_like_hz(body)


def test_a_doubled_tilde_is_one_and_a_tilde_at_the_end_of_the_line_joins_lines() -> None:
    reading = read_hz(b"<a href=/~~user>~\n" + "公开".encode("hz") + b"</a>")
    assert (reading.text, reading.lost) == ("<a href=/~user>公开</a>", 0)


def test_a_tilde_inside_a_pair_does_not_end_the_run() -> None:
    text = "".join(bytes((first, 0xFE)).decode("gb2312") for first in range(0xB0, 0xD7)) + "公开"
    assert b"~" in text.encode("hz").removeprefix(b"~{").removesuffix(b"~}")
    assert read_hz(text.encode("hz") + b"<p>").text == text + "<p>"
    assert read_hz(b"\xff" + text.encode("hz") + b"<p>").text.endswith(text + "<p>")
