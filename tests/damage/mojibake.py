"""Mojibake made on purpose: every kind of damage that `pipelines.repair.mojibake` and `byte_shift` undo.

Each function turns clean text into what a wrong decoding prints; nothing here is random but `spans`, which is seeded.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Damage = Callable[[str], str]


def cp1252(data: bytes) -> str:
    """Windows-1252 as browsers read it: the five unassigned bytes become control characters."""
    return "".join(chr(byte) if byte in b"\x81\x8d\x8f\x90\x9d" else bytes([byte]).decode("cp1252") for byte in data)


def misread(text: str, was: str, read_as: str, errors: str = "strict") -> str:
    """`text` in charset `was`, read as another."""
    data = text.encode(was)
    return cp1252(data) if read_as == "cp1252" else data.decode(read_as, errors)


def chain(*layers: tuple[str, str]) -> Damage:
    """Several misreadings, the first one first."""

    def damage(text: str) -> str:
        for was, read_as in layers:
            text = misread(text, was, read_as)
        return text

    return damage


REVERSIBLE: dict[str, Damage] = {
    "utf-8 as latin-1": chain(("utf-8", "latin-1")),
    "utf-8 as cp1252": chain(("utf-8", "cp1252")),
    "utf-8 as gbk": chain(("utf-8", "gbk")),
    "utf-8 as gb18030": chain(("utf-8", "gb18030")),
    "utf-8 as big5": chain(("utf-8", "big5hkscs")),
    "gbk as latin-1": chain(("gbk", "latin-1")),
    "gbk as cp1252": chain(("gbk", "cp1252")),
    "gbk as big5": chain(("gbk", "big5hkscs")),
    "gbk as euc-jp": chain(("gbk", "euc_jp")),
    "gbk as euc-kr": chain(("gbk", "cp949")),
    "utf-8 as latin-1 twice": chain(*[("utf-8", "latin-1")] * 2),
    "utf-8 as cp1252 twice": chain(*[("utf-8", "cp1252")] * 2),
    "utf-8 as latin-1 three times": chain(*[("utf-8", "latin-1")] * 3),
    "gbk as latin-1, utf-8 as latin-1": chain(("gbk", "latin-1"), ("utf-8", "latin-1")),
    "gbk as cp1252, utf-8 as cp1252": chain(("gbk", "cp1252"), ("utf-8", "cp1252")),
    "gbk as latin-1, utf-8 as latin-1 twice": chain(("gbk", "latin-1"), *[("utf-8", "latin-1")] * 2),
    "gbk as big5, utf-8 as latin-1": chain(("gbk", "big5hkscs"), ("utf-8", "latin-1")),
    "utf-8 as gbk, utf-8 as latin-1": chain(("utf-8", "gbk"), ("utf-8", "latin-1")),
    "utf-8 as latin-1, utf-8 as gbk": chain(("utf-8", "latin-1"), ("utf-8", "gb18030")),
    "utf-8 as gbk twice": chain(*[("utf-8", "gb18030")] * 2),
}
"""Damage that loses nothing; each raises UnicodeError on a text that this charset pair would lose a byte of."""


def with_question_marks(text: str) -> str:
    """UTF-8 read as GBK by a decoder that prints ? for a byte it cannot read."""
    return with_replacement_characters(text).replace("\ufffd", "?")


def with_replacement_characters(text: str) -> str:
    """UTF-8 read as GBK by a decoder that prints U+FFFD for a byte it cannot read."""
    return misread(text, "utf-8", "gbk", "replace")


def with_dropped_bytes(text: str) -> str:
    """UTF-8 read as GBK by a decoder that says nothing of a byte it cannot read."""
    return misread(text, "utf-8", "gbk", "ignore")


def with_question_marks_18030(text: str) -> str:
    """UTF-8 read as GB18030, ? for a byte that cannot be read."""
    return misread(text, "utf-8", "gb18030", "replace").replace("\ufffd", "?")


def as_browsers_read(text: str) -> str:
    """UTF-8 read as GBK by the Encoding Standard: 0x80 is the euro sign, a pair without a character is one U+FFFD."""
    data, found, place = text.encode(), [], 0
    while place < len(data):
        lead = data[place]
        following = data[place + 1] if place + 1 < len(data) else -1
        if lead < 0x80:
            found.append(chr(lead))
        elif lead == 0x80:
            found.append("€")
        elif following < 0x40:
            found.append("\ufffd")
        else:
            pair = data[place : place + 2].decode("gbk", "replace")
            found.append(pair if len(pair) == 1 else "\ufffd" + (chr(following) if following < 0x80 else ""))
            place += 1
        place += 1
    return "".join(found)


def without_controls(text: str) -> str:
    """UTF-8 read as cp1252 of which control characters were stripped."""
    return "".join(c for c in misread(text, "utf-8", "cp1252") if not "\x80" <= c <= "\x9f")


def without_controls_or_blanks(text: str) -> str:
    """UTF-8 read as Latin-1 of which control characters and no-break spaces were stripped."""
    return "".join(c for c in misread(text, "utf-8", "latin-1") if not "\x80" <= c <= "\xa0")


LOSSY: dict[str, Damage] = {
    "utf-8 as gbk, ?": with_question_marks,
    "utf-8 as gbk, U+FFFD": with_replacement_characters,
    "utf-8 as gbk, dropped": with_dropped_bytes,
    "utf-8 as gbk, browsers": as_browsers_read,
    "utf-8 as gb18030, ?": with_question_marks_18030,
    "utf-8 as cp1252, stripped": without_controls,
    "utf-8 as latin-1, stripped": without_controls_or_blanks,
}
"""Damage that loses bytes."""


@dataclass(frozen=True, slots=True)
class Span:
    """A healthy line, the same line with a damaged span in it."""

    clean: str
    damaged: str


def spans(lines: list[str], damage: Damage, length: int = 15, seed: int = 7) -> Iterator[Span]:
    """For each line long enough a span of `length` characters damaged in its midst, where that loses nothing."""
    chance = random.Random(seed)
    for line in lines:
        if len(line) < 3 * length:
            continue
        for _ in range(20):
            start = chance.randrange(length // 2, len(line) - length - length // 2)
            try:
                wrong = damage(line[start : start + length])
            except UnicodeError:
                continue
            yield Span(line, line[:start] + wrong + line[start + length :])
            break


CUT_OFF = "。！？"


def shifted(text: str, readings: dict[str, str]) -> str:
    """What the software of hijacked copies does to a text, byte by byte in GBK.

    It looks for pairs of bytes without minding where characters begin. A pair made of the end of one character and
    the beginning of the next that happens to be a character of `readings` gets that one's reading in brackets behind
    it; one that happens to be 。！？ is cut off. Either way the second character has lost its lead byte, and what
    follows is read one byte off until an ASCII byte.
    """
    data = text.encode("gbk", "ignore")
    pieces: list[bytes] = []
    place = start = 0
    while place + 1 < len(data):
        if data[place] < 0x80:
            place += 1
            continue
        sign = _sign(data[place + 1 : place + 3])
        if sign in readings:
            pieces += [data[start : place + 3], f"({readings[sign]})".encode("gb18030")]
            start = place + 3
        elif sign and sign in CUT_OFF:
            pieces += [data[start : place + 1], b"?"]
            start = place + 1
        elif _sign(data[place : place + 2]) in readings:
            pieces += [data[start : place + 2], f"({readings[_sign(data[place : place + 2])]})".encode("gb18030")]
            start = place + 2
        place += 2
    pieces.append(data[start:])
    return as_mirrors_read(b"".join(pieces))


def annotated(text: str, readings: dict[str, str]) -> str:
    """The text with readings behind whole characters only: what `shifted` gives where nothing goes wrong."""
    return "".join(f"{c}({readings[c]})" if c in readings else c for c in text)


def _sign(pair: bytes) -> str:
    try:
        sign = pair.decode("gbk")
    except UnicodeDecodeError:
        return ""
    return sign if len(sign) == 1 else ""


def as_mirrors_read(data: bytes) -> str:
    """GBK as the mirrors read it: a lead byte and an ASCII byte that make no pair are one ?, other such pairs vanish."""
    found, place = [], 0
    while place < len(data):
        if data[place] < 0x80:
            found.append(chr(data[place]))
            place += 1
            continue
        pair = data[place : place + 2]
        try:
            sign = pair.decode("gbk")
        except UnicodeDecodeError:
            sign = "?" if len(pair) < 2 or pair[1] < 0x80 else ""
        found.append(sign)
        place += 2
    return "".join(found)
