"""Whole pages for the repair room: clean ones, damaged ones of every kind, and hostile inputs of a megabyte."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from opencc import OpenCC

from tests.corpus import paragraphs

_HEAD = '<!DOCTYPE html><html><head><meta charset="utf-8"><title>某县政府信息公开</title></head><body><div id="zoom">'


def page(size: int, first: int = 0) -> str:
    """A page of about `size` bytes in UTF-8 from the corpus, beginning with its paragraph `first`."""
    texts = paragraphs()
    parts, length, place = [_HEAD], len(_HEAD), first
    while length < size:
        text = texts[place % len(texts)]
        parts.append(f"<p>{text}</p>\n")
        length += len(text.encode()) + 8
        place += 1
    return "".join(parts) + "</div></body></html>"


def damaged_pages(size: int) -> Iterator[tuple[str, bytes]]:
    """Pages of about `size` bytes, each damaged in one way, as (name of the damage, body)."""
    clean = page(size)
    yield "gb18030 under a false charset", clean.encode("gb18030")
    yield "utf-8 as latin-1", clean.encode().decode("latin-1").encode()
    yield "gbk as latin-1", clean.encode("gb18030").decode("latin-1").encode()
    yield "utf-8 as gb18030", clean.encode().decode("gb18030", "replace").encode()
    yield "one byte lost in gb18030", _without_a_byte(clean.encode("gb18030"))
    traditional = OpenCC("s2t").convert(clean)
    yield "traditional", traditional.encode()
    pinyin = {"開": "kāi", "關": "guān", "務": "wù", "進": "jìn", "發": "fā", "動": "dòng", "實": "shí", "類": "lèi"}
    annotated = "".join(f"{char}({pinyin[char]})" if char in pinyin else char for char in traditional)
    yield "traditional with pinyin", annotated.encode()
    yield "numeric entities", "".join(f"&#{ord(c)};" if c > "\u2e7f" else c for c in clean).encode()


def _without_a_byte(body: bytes) -> bytes:
    place = next(place for place in range(len(body) // 2, len(body)) if body[place] > 0x80)
    return body[:place] + body[place + 1 :]


def hostile_inputs(size: int = 1_000_000) -> Iterator[tuple[str, bytes]]:
    """Bodies of about `size` bytes made to be slow: one sign over and over, halves of patterns, rubbish."""
    patterns = {
        "(": "(",
        "開(": "開(",
        "開(kāi)": "開(kāi)",
        "，,": "，,",
        "??息": "??息",
        "&#": "&#",
        "&#25919": "&#25919",
        "?": "?",
        "开?": "开?",
        "?。ㄒ唬": "?。ㄒ唬┬畔⒎",
        "锟斤拷": "锟斤拷",
        "鏀垮簻": "鏀垮簻淇℃伅",
        "Õþ": "ÕþÎñ¹«¿ª",
        "æ": "æ\x94¿åº",
        "闂傚": "闂傚倸鍊搁崐鎼佸磹",
        "著": "著",
        "<": "<",
        "<p ": "<p title='",
        "�": "\ufffd",
        "zero width": "公\u200b",
    }
    for name, text in patterns.items():
        unit = text.encode()
        yield name, unit * (size // len(unit))
    random = Random(7)
    yield "random bytes", random.randbytes(size)
    yield "random high bytes", bytes(random.randrange(0x81, 0xFF) for _ in range(size))
    yield "0x81", b"\x81" * size
    yield "half a gbk pair", b"\xb9\xab\xbf" * (size // 3)
