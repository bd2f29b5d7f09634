"""Strict decoding by stretches gives what the codec gives, and fails where the codec fails."""

from __future__ import annotations

import random

import pytest

from pipelines.repair.charset_strict import decode_strictly, has_private_characters

SCRIPT = "<script>function go(u){window.open(u,'_blank');return false;}</script>\n"
PARAGRAPH = "<p>本机关主动公开规范性文件12件，A类事项全部上网。</p>\n"
LETTERS = "QmFzZTY0" * 1500  # no byte among them at which reading would start afresh


def codec_reads(body: bytes, charset: str) -> str | None:
    try:
        return body.decode(charset)
    except UnicodeDecodeError:
        return None


def reads(body: bytes, charset: str) -> str | None:
    strict = decode_strictly(body, charset)
    return strict.text if strict else None


@pytest.mark.parametrize("charset", ["gb18030", "big5hkscs"])
@pytest.mark.parametrize(
    "text",
    [
        PARAGRAPH,
        SCRIPT * 100,
        SCRIPT * 100 + PARAGRAPH,
        PARAGRAPH + SCRIPT * 100,
        PARAGRAPH * 40 + SCRIPT * 100 + PARAGRAPH * 80 + SCRIPT * 40 + PARAGRAPH,
        LETTERS + PARAGRAPH + LETTERS,
        "",
    ],
    ids=["short", "ASCII", "script first", "script last", "scripts between", "letters", "empty"],
)
def test_stretches_of_ascii_anywhere_leave_the_text_as_the_codec_reads_it(text: str, charset: str) -> None:
    body = text.encode(charset, "ignore")
    assert reads(body, charset) == body.decode(charset)


@pytest.mark.parametrize(("charset", "character"), [("gb18030", "丂"), ("gb18030", "㑇"), ("big5hkscs", "一")])
def test_a_character_that_ends_in_an_ascii_byte_is_not_cut_wherever_it_stands(charset: str, character: str) -> None:
    encoded = character.encode(charset)
    assert encoded[-1:].isascii()
    for shift in range(4096 - 8, 4096 + 8):
        body = b"<p>" + b"a" * (shift - 3) + encoded + b"A" * 3000 + b"</p>" + b"b" * 5000 + encoded
        assert reads(body, charset) == body.decode(charset)


@pytest.mark.parametrize("charset", ["gb18030", "big5hkscs"])
@pytest.mark.parametrize("place", ["before a script", "inside the text", "at the end"])
def test_half_a_character_makes_it_fail(charset: str, place: str) -> None:
    text, script = (PARAGRAPH * 30).encode(charset, "ignore"), (SCRIPT * 100).encode()
    half = b"\xb9"
    body = {
        "before a script": text + half + script,
        "inside the text": script + text[:3] + half + b"<" + text,
        "at the end": script + text + half,
    }[place]
    assert codec_reads(body, charset) is None
    assert decode_strictly(body, charset) is None


@pytest.mark.parametrize("charset", ["gb18030", "big5hkscs"])
def test_bytes_of_any_kind_are_read_or_refused_as_the_codec_does(charset: str) -> None:
    generator = random.Random(5)
    text = PARAGRAPH.encode(charset, "ignore")
    outcomes = set()
    for _ in range(400):
        pieces = [
            generator.choice((text, b"\x81\x30\x84\x36", b"A" * 2100, b"<i>" * 900, bytes([generator.randrange(256)])))
            for _ in range(generator.randrange(1, 9))
        ]
        body = b"".join(pieces)
        expected = codec_reads(body, charset)
        assert reads(body, charset) == expected
        outcomes.add(expected is None)
    assert outcomes == {True, False}


def test_whatever_gbk_reads_gb18030_reads_alike_and_none_of_it_is_private() -> None:
    pairs = [bytes((first, second)) for first in range(0x80, 0x100) for second in range(0x100)]
    known = [pair for pair in pairs if codec_reads(pair, "gbk") is not None]
    assert len(known) > 21_000
    assert all(pair.decode("gbk") == codec_reads(pair, "gb18030") for pair in known)
    assert not has_private_characters("".join(pair.decode("gbk") for pair in known))


def test_every_private_character_that_a_pair_stands_for_is_seen() -> None:
    pairs = [bytes((first, second)) for first in range(0x81, 0xFF) for second in range(0x40, 0xFF)]
    private = [text for pair in pairs if "\ue000" <= (text := codec_reads(pair, "gb18030") or "") <= "\uf8ff"]
    assert len(private) > 2000
    assert all(has_private_characters(f"主要职责{text}") for text in private)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("某\ue000字", True),
        ("某\ue76c字", True),
        ("邳州、甪直、彧彣翀昶", False),
        ("㑇䶮𠮷𡐓ᠮᠣ€", False),
        ("！～＂，。：；·—…", False),
    ],
)
def test_private_characters_are_told_from_rare_ones(text: str, expected: bool) -> None:
    strict = decode_strictly((PARAGRAPH * 9 + text).encode("gb18030"), "gb18030")
    assert strict is not None
    assert strict.has_private == expected


def test_big5_has_no_private_characters() -> None:
    strict = decode_strictly((PARAGRAPH + "主動公開，㗎喺嘅").encode("big5hkscs", "ignore"), "big5hkscs")
    assert strict is not None
    assert not strict.has_private


def test_the_dense_text_has_all_chinese_and_no_long_script() -> None:
    text = SCRIPT * 100 + PARAGRAPH * 60 + SCRIPT * 200 + PARAGRAPH
    strict = decode_strictly(text.encode("gb18030"), "gb18030")
    assert strict is not None
    assert strict.dense.count("主动公开") == 61
    assert len(strict.dense) < len(text) // 2
