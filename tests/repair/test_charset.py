"""The charset is decided on evidence: what the bytes read as, not what the page says of itself."""

from __future__ import annotations

import codecs
import gzip
import json
from pathlib import Path

import pytest

from pipelines.repair.charset import Decoded, decide
from pipelines.repair.charset_declared import charset_of

SIMPLIFIED = (
    "<p>2019年，我县主动公开政府信息1286条，全年受理依申请公开43件，均按期答复。</p>\n"
    "<p>一是健全保密审查机制，二是规范政务新媒体运行，三是加强对乡镇街道的业务培训。</p>\n"
    "<p>因政府信息公开被申请行政复议2件，提起行政诉讼1件，无被纠正情形。</p>\n"
)
TRADITIONAL = (
    "<p>2019年，我縣主動公開政府資訊1286條，全年受理依申請公開43件，均按期答覆。</p>\n"
    "<p>一是健全保密審查機制，二是規範政務新媒體運行，三是加強對鄉鎮街道的業務培訓。</p>\n"
)


def page(text: str, charset: str | None = None) -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    return f"<html><head>{meta}<title>年度报告</title></head><body>{text}</body></html>".replace(
        "报告" if text == TRADITIONAL else "\0", "報告"
    )


def codes(decoded: Decoded) -> list[str]:
    return [finding.code for finding in decoded.findings]


@pytest.mark.parametrize(
    ("codec", "charset"),
    [
        ("utf-8", "utf-8"),
        ("gb2312", "gb18030"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("hz", "hz"),
    ],
)
@pytest.mark.parametrize(
    "declared", [None, "utf-8", "gb2312", "big5", "iso-8859-1", "windows-1251", "euc-kr", "x-nonsense"]
)
def test_a_chinese_page_is_read_right_whatever_it_declares(codec: str, charset: str, declared: str | None) -> None:
    text = page(SIMPLIFIED, declared)
    decoded = decide(text.encode(codec), {})
    assert (decoded.charset, decoded.text) == (charset, text)
    assert decoded.findings == []
    assert decoded.evidence.declared_meta == declared


@pytest.mark.parametrize("declared", [None, "big5", "gb2312", "utf-8", "shift_jis"])
def test_a_big5_page_is_read_right_whatever_it_declares(declared: str | None) -> None:
    text = page(TRADITIONAL, declared)
    decoded = decide(text.encode("big5"), {})
    assert (decoded.charset, decoded.text) == ("big5hkscs", text)


def test_traditional_characters_in_gbk_are_not_taken_for_big5() -> None:
    text = page(TRADITIONAL, "big5")
    assert decide(text.encode("gbk"), {}).text == text


def test_characters_beyond_gbk_are_read_under_every_gb_name() -> None:
    text = page(SIMPLIFIED.replace("我县", "㑇䶮乡𠮷家村"), "gb2312")
    assert decide(text.encode("gb18030"), {}).text == text


def test_the_header_and_the_meta_are_kept_as_evidence_as_they_were_written() -> None:
    decoded = decide(page(SIMPLIFIED, "GB2312").encode("gbk"), {"content-TYPE": 'text/html; Charset="UTF-8"'})
    assert decoded.charset == "gb18030"
    assert (decoded.evidence.declared_header, decoded.evidence.declared_meta) == ("UTF-8", "GB2312")
    assert decoded.evidence.tried[0].charset == "gb18030"
    assert decoded.evidence.reason


def test_an_xml_declaration_is_evidence_when_there_is_no_meta() -> None:
    text = '<?xml version="1.0" encoding="GBK"?>\n' + page(SIMPLIFIED)
    assert decide(text.encode("gbk"), {}).evidence.declared_meta == "GBK"


def test_a_html5_meta_is_evidence() -> None:
    body = f"<head><meta name=x content=y>\n<META CharSet = 'gbk' ></head>{SIMPLIFIED}".encode("gbk")
    assert decide(body, {}).evidence.declared_meta == "gbk"


def test_a_charset_named_outside_a_meta_is_no_declaration() -> None:
    body = f'<script src="a.js" charset="gb2312"></script><a href="?charset=big5">{SIMPLIFIED}</a>'.encode()
    assert decide(body, {}).evidence.declared_meta is None


@pytest.mark.parametrize(
    ("name", "charset"),
    [
        ("GB_2312-80", "gb18030"),
        ("x-gbk", "gb18030"),
        ("UTF8", "utf-8"),
        ("Big5-HKSCS", "big5hkscs"),
        ("ks_c_5601-1987", "euc-kr"),
        ("ISO-8859-1", "windows-1252"),
        ("zip", None),
        ("utf-7", None),
        ("unicode_escape", None),
    ],
)
def test_declared_names_stand_for_the_charset_browsers_read_them_as(name: str, charset: str | None) -> None:
    assert charset_of(name) == charset


@pytest.mark.parametrize(
    ("mark", "codec", "charset"),
    [
        (codecs.BOM_UTF8, "utf-8", "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
        (b"\x84\x31\x95\x33", "gb18030", "gb18030"),
    ],
)
def test_a_byte_order_mark_settles_it_and_is_not_part_of_the_text(mark: bytes, codec: str, charset: str) -> None:
    text = page(SIMPLIFIED, "big5")
    decoded = decide(mark + text.encode(codec), {})
    assert (decoded.text, decoded.charset, decoded.evidence.bom) == (text, charset, charset)


def test_a_byte_order_mark_that_the_body_belies_does_not_win() -> None:
    text = page(SIMPLIFIED)
    assert decide(codecs.BOM_UTF8 + text.encode("gbk"), {}).text == text
    assert decide(codecs.BOM_UTF16_LE + text.encode("utf-8"), {}).text == text


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["<p>ok</p>", "<b>政府</b>", "<html><body><p>404 Not Found</p></body></html>"])
def test_short_utf16_without_a_mark_is_known_by_its_nul_bytes(codec: str, text: str) -> None:
    decoded = decide(text.encode(codec), {})
    assert (decoded.text, decoded.charset) == (text, codec)


def test_a_stray_nul_byte_does_not_make_a_page_utf16_or_binary() -> None:
    decoded = decide(page(SIMPLIFIED).replace("</p>", "</p>\0", 1).encode("gbk"), {})
    assert decoded.charset == "gb18030"
    assert decoded.text.replace("\0", "") == page(SIMPLIFIED)


def test_gb_characters_that_happen_to_be_valid_utf8_are_read_as_the_page_declares() -> None:
    body = "<td>目前</td>".encode("gbk")
    assert decide(body, {"Content-Type": "text/html; charset=gb2312"}).text == "<td>目前</td>"
    assert decide(body, {}).text == body.decode("utf-8")


@pytest.mark.parametrize("text", ["<td>Zürich café</td>", "<td>2019 · © &raquo; »\xa0</td>", "<td>目前</td>"])
def test_little_utf8_under_a_false_gb_name_is_utf8(text: str) -> None:
    assert decide(text.encode(), {"Content-Type": "text/html; charset=gb2312"}).text == text


def test_ascii_alone_is_utf8() -> None:
    decoded = decide(b"<html><body>404 ~{ nothing ~} here</body></html>", {"Content-Type": "text/html; charset=gbk"})
    assert (decoded.charset, decoded.text) == ("utf-8", "<html><body>404 ~{ nothing ~} here</body></html>")


def test_gzip_that_nobody_asked_for_is_unpacked() -> None:
    text = page(SIMPLIFIED)
    body = gzip.compress(text[:200].encode("gbk")) + gzip.compress(text[200:].encode("gbk"))
    decoded = decide(body, {})
    assert (decoded.text, decoded.findings) == (text, [])
    assert decide(gzip.compress(body), {}).text == text


def test_gzip_that_breaks_off_gives_what_there_is() -> None:
    text = page(SIMPLIFIED * 40)
    decoded = decide(gzip.compress(text.encode())[:-20], {})
    assert "truncated" in codes(decoded)
    assert text.startswith(decoded.text[:300])
    assert len(decoded.text) > 300


@pytest.mark.parametrize(
    ("body", "code", "word"),
    [
        (b"", "empty_body", "empty"),
        (b" \r\n\t", "empty_body", "empty"),
        (b"\0", "binary_body", "control"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(range(256)), "binary_body", "JPEG"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary_body", "PNG"),
        (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj", "binary_body", "PDF"),
        (b"\r\n%PDF-1.7\n", "binary_body", "PDF"),
        (b"PK\x03\x04\x14\x00\x06\x00[Content_Types].xml", "binary_body", "docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "binary_body", "doc"),
        (bytes(range(256)) * 20, "binary_body", "control"),
    ],
)
def test_a_body_that_is_no_text_is_named_and_not_decoded(body: bytes, code: str, word: str) -> None:
    decoded = decide(body, {"Content-Type": "text/html; charset=utf-8"})
    assert (decoded.text, decoded.charset) == ("", None)
    assert [finding.code for finding in decoded.findings] == [code]
    assert word in decoded.findings[0].detail
    assert decoded.evidence.declared_header == "utf-8"


def test_text_about_file_formats_is_text() -> None:
    for text in ("PDF-1.4 格式的附件", "GIF 图片说明", "PK 赛公告", "%附件% ID3 标签"):
        assert decide(text.encode(), {}).text == text


def test_a_body_over_twenty_megabytes_is_refused_packed_or_not() -> None:
    for body in (b"a" * (20 * 1024 * 1024 + 1), gzip.compress(b"\0" * (21 * 1024 * 1024))):
        decoded = decide(body, {})
        assert (decoded.text, decoded.charset, codes(decoded)) == ("", None, ["too_large"])


REAL = Path(__file__).parents[2].parent / "shared" / "real"


@pytest.mark.skipif(not REAL.is_dir(), reason="the labelled real pages are not here")
def test_real_pages_are_read_in_the_charset_they_are_labelled_with() -> None:
    for line in (REAL / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        decoded = decide((REAL / "pages" / label["file"]).read_bytes(), {})
        is_utf16 = decoded.evidence.bom is not None and decoded.evidence.bom.startswith("utf-16")
        assert is_utf16 or decoded.charset == label["encoding"], label["file"]
        assert "\ufffd" not in decoded.text or "characters_lost" in codes(decoded), label["file"]
