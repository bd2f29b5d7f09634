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
"""A strong suspect's log-probability is at most this (about one in 160,000 characters)."""

UNCOMMON = -10.5
"""A weak suspect's log-probability is at most this (about one in 36,000 characters)."""

ENOUGH = 3
"""What makes a cluster, a strong suspect counting 2 and a weak one 1: healthy prose has one in 4,000 characters."""

OTHERS = "\uac00-\ud7a3\ue000-\ue765\uf900-\ufa0b\U00020000-\U0002ffff"
"""Strong suspects that are no common hanzi: hangul, private use, the doubles of KS X 1001, rare hanzi of HKSCS."""

LATIN_AS_GBK = 5
"""So many hanzi on end that are Latin letters in UTF-8 read as GBK are a cluster by themselves."""

TRADITIONAL = 8
"""Where more than one hanzi in so many is a Traditional or Japanese form, such a form is no suspect. Traditional
paragraphs have one in three, none less than one in seven; Simplified ones next to none."""

FEW = 30
"""Fewer of them than this say nothing about the text."""

UNHEARD_OF = -8.5
"""Log-probability of a character behind another below which the two are unheard of together. A cluster is odd where a
character is unheard of beside both its neighbours: words of rare characters (蝴蝶, 涉嫌贪污贿赂) are none. Of the clusters
of healthy pages one in seven is left by it, and every damaged span that is mended without it."""

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


NEIGHBOURS = (*b"\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xef", *range(0x41, 0x5B), *range(0x61, 0x7B))
"""Bytes that may follow the last one of a hanzi in UTF-8 and make a pair of GBK with it: lead bytes and letters."""


def _images(character: str) -> Iterator[str]:
    """What one character turns into under every misreading, by itself."""
    data = character.encode("utf-8")
    for first, second in pairwise(data):
        for codec in ("gb18030", "big5hkscs", "euc_jp"):
            yield _decoded(bytes((first, second)), codec)
    try:
        data = character.encode("gbk")
    except UnicodeEncodeError:
        return
    for codec in ("big5hkscs", "cp950", "euc_jp", "cp949"):
        yield _decoded(data, codec)


@cache
def _decoded(data: bytes, codec: str) -> str:
    try:
        found = data.decode(codec)
    except UnicodeDecodeError:
        return ""
    return found if len(found) == 1 else ""


SIGNS = "，。、：；（）《》“”〔〕！？—…‰"


@cache
def _sign_images() -> frozenset[str]:
    """What Chinese signs turn into that is no hanzi and that no healthy prose has (`﹝` for 。): weak suspects."""
    images = {image for sign in SIGNS for image in _images(sign)} - {""}
    return frozenset(image for image in images if "\u02c0" <= image < "\u3400" and not model().knows(image))


@cache
def _hanzi_images() -> frozenset[str]:
    """Every hanzi that a common character or sign turns into."""
    hanzi = [character for character in model().characters if "\u4e00" <= character <= "\u9fff"][:COMMON]
    images = {image for character in (*hanzi, *SIGNS) for image in _images(character)}
    images |= {_decoded(chr(place).encode(), "gb18030") for place in range(0xA0, 0x100)}
    images |= {_decoded(bytes((last, next_one)), "gb18030") for last in range(0x80, 0xC0) for next_one in NEIGHBOURS}
    return frozenset(image for image in images if "\u3400" <= image <= "\u9fff")


def _images_up_to(highest: float) -> frozenset[str]:
    language = model()
    return frozenset(image for image in _hanzi_images() if language.unigram(language.fold(image)) <= highest)


@cache
def suspects() -> frozenset[str]:
    """Every strong suspect among hanzi (hangul and private-use characters are suspect as such)."""
    return _images_up_to(RARE)


@cache
def _variants() -> frozenset[str]:
    """Hanzi of another form than mainland prose writes: strong suspects too where that form is not the rule."""
    return frozenset(variant for variant in model().variants if "\u3400" <= variant <= "\u9fff") - suspects()


@cache
def _suspect_pattern(*, with_variants: bool) -> re.Pattern[str]:
    found = _images_up_to(UNCOMMON) | _sign_images()
    return re.compile(f"[{_listed(found | _variants() if with_variants else found - _variants())}{OTHERS}]")


@cache
def _latin_pattern() -> re.Pattern[str]:
    """A run of hanzi that are Latin letters in UTF-8 read as GBK, a suspect by itself."""
    images = {_decoded(chr(place).encode(), "gb18030") for place in range(0x80, 0x100)} - {""}
    return re.compile(f"[{_listed(frozenset(images))}]{{{LATIN_AS_GBK},}}")


@cache
def _weak() -> frozenset[str]:
    return (_images_up_to(UNCOMMON) | _sign_images()) - suspects() - _variants()


@cache
def _variant_pattern() -> re.Pattern[str]:
    return re.compile(f"[{_listed(_variants())}]")


def _listed(characters: frozenset[str]) -> str:
    return re.escape("".join(sorted(characters)))


HANZI = re.compile("[\u3400-\u9fff]")


def is_traditional(text: str) -> bool:
    """Whether Traditional or Japanese forms are the rule in `text`. Linear."""
    variants = len(_variant_pattern().findall(text))
    return variants >= FEW and variants * TRADITIONAL > len(HANZI.findall(text))


@cache
def _strong_pattern() -> re.Pattern[str]:
    return re.compile(f"[{_listed(suspects())}{OTHERS}]")


def suspects_in(text: str, start: int, end: int) -> int:
    """How many strong suspects stand in [start, end), whatever the forms of the text."""
    return len(_strong_pattern().findall(text, start, end))


def holds_suspects(text: str) -> bool:
    """Whether there is anything in `text` that may be mojibake."""
    if LATIN_HINT.search(text) or any(sign in text for sign in FLOOD_SIGNS):
        return True
    if next(_clusters(text, variants=False), None) is None:
        return False
    return not is_traditional(text) or next(_clusters(text, variants=True), None) is not None


def clusters(text: str, *, variants: bool) -> list[tuple[int, int]]:
    """Stretches [start, end) from a first suspect to a last, enough of them close together. Linear.

    `variants` says that Traditional or Japanese forms are the rule, so that they are no suspects.
    """
    return list(_clusters(text, variants=variants))


def _is_odd(text: str, start: int, end: int) -> bool:
    """Whether [start, end) reads like nothing: a character is unheard of beside both its neighbours."""
    bigram = model().bigram
    folded = model().fold(text[max(0, start - 1) : end + 1])
    is_unheard_of = False  # the character last seen, behind the one before it
    for before, character in pairwise(folded):
        follows = bigram(before, character) >= UNHEARD_OF
        if is_unheard_of and not follows:
            return True
        is_unheard_of = character > "\x7f" and not follows
    return is_unheard_of


def _clusters(text: str, *, variants: bool) -> Iterator[tuple[int, int]]:
    weak, enough = _weak(), ENOUGH
    marks = _suspect_pattern(with_variants=not variants).finditer(text)
    runs = list(_latin_pattern().finditer(text))
    start = end = weight = -1
    for match in sorted((*marks, *runs), key=re.Match.start) if runs else marks:
        first, last = match.span()
        if first - end > GAP or weight < 0:
            if weight >= enough and _is_odd(text, start, end):
                yield start, end
            start, weight = first, 0
        if weight < enough:
            weight += 1 if match[0] in weak else 2 if last - first == 1 else enough
        if last > end:
            end = last
    if weight >= enough and _is_odd(text, start, end):
        yield start, end


def floods(text: str, found: list[tuple[int, int]]) -> Iterator[int]:
    """Where text stands whose bytes are gone for good, given its clusters. Linear."""
    if not any(sign in text for sign in FLOOD_SIGNS):
        return
    yield from (match.start() for match in FLOOD.finditer(text))
    for start, end in found:
        stretch = text[start:end]
        thrice = sum(stretch.count(sign) for sign in THRICE)
        if thrice > 1 and suspects_in(text, start, end) * 3 > len(stretch):
            yield start
