"""Damaged bytes cost the characters they belonged to and, as far as can be, no others."""

from __future__ import annotations

import random

import pytest
from rapidfuzz.distance import Levenshtein

from pipelines.repair.charset import Decoded, decide
from tests.benchmarks import charset_cases

TEXT = (
    "<html><body><p>根据《中华人民共和国政府信息公开条例》要求，由区政府办公室综合各镇街、各部门报告编制而成。</p>\n"
    "<p>全年通过门户网站、政务微博、公告栏等渠道主动公开信息3127条；ABC类事项Q&A问答56期。</p>\n"
    "<p>存在的主要问题是栏目更新不够及时，下一步将加强督查，提高公开质量和实效。</p></body></html>"
)


def codes(decoded: Decoded) -> list[str]:
    return [finding.code for finding in decoded.findings]


def damaged(codec: str, seed: int, extra: bytes = b"") -> bytes:
    """The text with one byte of a hanzi taken away, or with bytes put inside it."""
    generator = random.Random(seed)
    place = generator.choice([place for place, character in enumerate(TEXT) if "\u4e00" <= character <= "\u9fff"])
    start = len(TEXT[:place].encode(codec))
    width = len(TEXT[place].encode(codec))
    body = TEXT.encode(codec)
    if extra:
        return body[: start + 1] + extra + body[start + 1 :]
    at = start + generator.randrange(width)
    return body[:at] + body[at + 1 :]


@pytest.mark.parametrize("codec", ["utf-8", "gbk", "gb18030", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("seed", range(12))
def test_a_lost_byte_costs_at_most_its_character_and_a_neighbour(codec: str, seed: int) -> None:
    decoded = decide(damaged(codec, seed), {})
    assert Levenshtein.distance(decoded.text, TEXT) <= 4
    assert len(decoded.text) - len(TEXT) in range(-2, 2)


@pytest.mark.parametrize("codec", ["utf-8", "gbk", "utf-16-le"])
@pytest.mark.parametrize("extra", [b"\xb0", b"A", b"<", b"\n", b"\xff", b"\x80"])
def test_an_extra_byte_costs_at_most_its_character_and_a_neighbour(codec: str, extra: bytes) -> None:
    for seed in range(6):
        assert Levenshtein.distance(decide(damaged(codec, seed, extra), {}).text, TEXT) <= 4


def test_what_is_lost_is_marked_and_counted() -> None:
    body = TEXT.encode().replace("条例".encode(), "条例".encode()[:2] + "例".encode(), 1)
    decoded = decide(body, {})
    assert decoded.text.count("\ufffd") == 1
    assert decoded.evidence.bytes_replaced == 2
    assert codes(decoded) == ["characters_lost"]
    assert decoded.findings[0].detail.startswith("1 character")


def test_a_slip_in_gbk_ends_where_it_began_though_no_byte_is_impossible() -> None:
    # 况's lost byte shifts every pair up to "A", which is then eaten as a second byte.
    body = "<p>公开情况统计汇总如下ABC类</p>".encode("gbk").replace("况".encode("gbk"), "况".encode("gbk")[1:], 1)
    text = decide(body, {}).text
    assert text.startswith("<p>公开情")
    assert text.endswith("统计汇总如下ABC类</p>")


def test_rare_characters_in_healthy_gbk_are_left_as_they_are() -> None:
    text = "<p>邳州沂沭泗诸河、甪直镇、亳州涡阳、婺源篁岭、盱眙洪泽、彧彣翀昶骞玥珺琤琭琎（人名）</p>" * 3
    decoded = decide(text.encode("gbk"), {})
    assert (decoded.text, decoded.findings) == (text, [])


def test_private_characters_in_healthy_gbk_are_left_as_they_are() -> None:
    text = "<p>\ue76c主要职责是依法履行信息公开义务\ue76c</p>" * 200
    decoded = decide(text.encode("gb18030"), {})
    assert (decoded.text, decoded.findings) == (text, [])


@pytest.mark.parametrize(("codec", "cut"), [("utf-8", 1), ("utf-8", 2), ("gbk", 1), ("utf-16-le", 1)])
def test_a_page_cut_inside_its_last_character_loses_only_the_fragment(codec: str, cut: int) -> None:
    text = TEXT[:100]
    decoded = decide((text + "据").encode(codec)[:-cut], {})
    assert (decoded.text, codes(decoded)) == (text, ["truncated"])
    assert decoded.evidence.bytes_replaced == 0


def test_replacement_characters_that_the_page_was_sent_with_are_reported() -> None:
    decoded = decide("<p>政府信\ufffd公开</p>".encode(), {})
    assert codes(decoded) == ["characters_lost"]
    assert decoded.evidence.bytes_replaced == 0


def test_a_lost_escape_of_hz_does_not_hide_its_run() -> None:
    text = "<p>政府信息公开</p>\n<p>年度报告</p>\n<p>依申请公开</p>\n"
    body = text.encode("hz")
    for damaged_body in (body.replace(b"~{", b"{", 1), body.replace(b"~}", b"}", 1)):
        read = decide(damaged_body, {})
        assert read.charset == "hz"
        assert "年度报告</p>\n<p>依申请公开</p>" in read.text
        assert "政府信息公" in read.text


@pytest.mark.parametrize(("template", "article"), [("utf-8", "gbk"), ("gbk", "utf-8"), ("utf-8", "big5")])
def test_an_article_in_another_charset_than_its_template_is_read(template: str, article: str) -> None:
    head = "<html><body><div>首頁</div>\n<div>政府信息公開專欄，依申請公開，網站地圖</div>\n" * 3
    middle = "<div><p>本年度主動公開的文件三百件，</p>\n<p>受理的申請二十一件。</p></div>\n" * 2
    foot = "<div>主辦單位：市政府辦公室，技術支持：信息中心</div></body></html>" * 3
    decoded = decide(head.encode(template) + middle.encode(article) + foot.encode(template), {})
    assert decoded.text == head + middle + foot
    assert codes(decoded) == ["mixed_charset"]
    assert "pieces" in decoded.evidence.reason


def test_damage_alone_does_not_make_a_page_mixed() -> None:
    for codec in ("utf-8", "gbk"):
        for seed in range(12):
            assert "mixed_charset" not in codes(decide(damaged(codec, seed), {}))


def test_a_gbk_page_with_the_characters_utf8_turns_into_is_not_mixed() -> None:
    text = "<p>锛、銆、鐨、涓、鍏诸字皆不常用，字典中均可查到，备此以供核对。</p>"
    decoded = decide(text.encode("gbk"), {})
    assert (decoded.text, decoded.findings) == (text, [])


def test_pages_in_seven_encodings_are_read_right_whole_and_damaged() -> None:
    row = charset_cases.measure("gipr", lambda body: decide(body, {}).text, charset_cases.cases(texts=2, seed=11))
    assert row.clean >= charset_cases.CLEAN_FLOOR
    assert row.damaged >= charset_cases.DAMAGED_FLOOR
