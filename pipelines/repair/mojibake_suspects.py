"""Where mojibake may stand: characters that are common in it and hardly met in healthy text.

The set of suspect hanzi and hangul is not a list of samples: it is what the commonest characters turn into under every
misreading, less what the character model has ever met in prose or in ordinary words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from pipelines.repair.language import model

COMMON = 1500
"""Hanzi whose damaged forms are suspects: they are 97 of 100 characters of a report."""

RARE = -12.0
"""A suspect's log-probability is at most this (about one in 160,000 characters)."""

GAP = 10
"""Suspects at most this far apart belong together; in mojibake every second or third character is one."""

HIGH = "\x80-\xff\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178"
"""Latin-1 and cp1252 beyond ASCII."""

LETTERS = f"{HIGH}\u0100-\u02ff\u0370-\u07ff"
"""The same with the letters that two bytes make when they happen to be UTF-8 (`Ŀ` for 目)."""

LATIN_HINT = re.compile(f"[\xa1-\xff](?:[\xa1-\xff]|(?<=[\xc0-\xff])(?:[{HIGH}]|[@-~][\xa1-\xff]))")
LATIN_RUN = re.compile(f"[{LETTERS}](?:[ -!#-%(-;=?-~]{{0,8}}[{LETTERS}])*[@-~]?")
"""High characters with at most eight ASCII ones (no markup) between them, and the letter that may be a last trail byte."""

FLOOD_SIGNS = "锟闂閻缂濠"
FLOOD = re.compile("(?:锟斤拷){2,}")
"""U+FFFD written as UTF-8 and read as GBK."""

THRICE = frozenset("闂閻缂濞濠閹閸")
"""Characters that UTF-8 read as GBK three times over is full of; its bytes are gone."""


def _images(character: str) -> list[str]:
    """The damaged forms of one character under every misreading."""
    found = []
    data = character.encode("utf-8")
    for neighbour in (b"", b"\xe5"):
        for first, second in pairwise(data + neighbour):
            found.append(_decoded(bytes((first, second)), "gb18030"))
    try:
        data = character.encode("gbk")
    except UnicodeEncodeError:
        return found
    return [*found, *(_decoded(data, codec) for codec in ("big5hkscs", "cp950", "euc_jp", "cp949"))]


def _decoded(data: bytes, codec: str) -> str:
    try:
        found = data.decode(codec)
    except UnicodeDecodeError:
        return ""
    return found if len(found) == 1 else ""


@cache
def suspects() -> frozenset[str]:
    """Every suspect hanzi (hangul and private-use characters are suspect as such)."""
    language = model()
    hanzi = [character for character in language.characters if "\u4e00" <= character <= "\u9fff"][:COMMON]
    signs = "，。、：；（）《》“”〔〕！？—…"
    images = {image for character in (*hanzi, *signs) for image in _images(character)}
    images |= {_decoded(chr(place).encode(), "gb18030") for place in range(0xA0, 0x100)}
    return frozenset(
        image for image in images if "\u3400" <= image <= "\u9fff" and language.unigram(language.fold(image)) <= RARE
    )


@cache
def _suspect_pattern() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(sorted(suspects())))}\uac00-\ud7a3\ue000-\ue765]")


def holds_suspects(text: str) -> bool:
    """Whether there is anything in `text` that may be mojibake."""
    return bool(LATIN_HINT.search(text) or clusters(text) or any(sign in text for sign in FLOOD_SIGNS))


def clusters(text: str) -> list[tuple[int, int]]:
    """Stretches [start, end) from a first suspect to a last, two or more close together. Linear."""
    found: list[tuple[int, int]] = []
    start = end = count = -1
    for match in _suspect_pattern().finditer(text):
        place = match.start()
        if count > 0 and place - end <= GAP:
            count += 1
            end = match.end()
            continue
        if count > 1:
            found.append((start, end))
        start, end, count = place, match.end(), 1
    if count > 1:
        found.append((start, end))
    return found


def floods(text: str) -> Iterator[int]:
    """Where text stands whose bytes are gone for good. Linear."""
    if not any(sign in text for sign in FLOOD_SIGNS):
        return
    yield from (match.start() for match in FLOOD.finditer(text))
    for start, end in clusters(text):
        stretch = text[start:end]
        if sum(c in suspects() for c in stretch) * 3 > len(stretch) and sum(c in THRICE for c in stretch) > 1:
            yield start
