"""How much a text looks like writing: bits per character under character frequencies.

A wrong charset turns common characters into rare ones, so the reading of the same bytes that costs the fewest bits is
the right one. Hanzi cost what `pipelines.repair.language` knows of their frequency, other characters what their class
costs.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from operator import sub

from pipelines.repair.language import model

UNIFORM_BITS = 16.0  # a character drawn blindly from the basic plane
LOST_BITS = 30.0  # U+FFFD and the like: dearer than the rarest character, cheaper than two of them
RARE_HANZI_BITS = 20.0  # rarer than 1 in a million; below that, counts are noise
VARIANT_BITS = 1.0  # a Traditional form above its Simplified one: each of several forms has a part of its use


# (first, last, bits): everything that is not a known hanzi. The figures are rounded frequencies within
# the writing the character belongs to; later rows win. Half-width katakana and private characters are what a wrong
# charset produces far more often than a page does.
_CLASSES: tuple[tuple[int, int, float], ...] = (
    (0x0000, 0x10FFFF, 22.0),
    (0x0000, 0x001F, LOST_BITS),
    (0x0020, 0x007E, 5.5),
    (0x007F, 0x009F, LOST_BITS),
    (0x00A0, 0x00BF, 9.5),
    (0x00C0, 0x00DF, 8.5),
    (0x00E0, 0x00FF, 7.0),
    (0x0100, 0x017F, 9.0),
    (0x01CD, 0x01DC, 9.0),  # ǎ … ǜ of pinyin
    (0x0300, 0x036F, 12.0),
    (0x0386, 0x03AB, 10.0),
    (0x03AC, 0x03CE, 7.0),
    (0x0400, 0x042F, 8.5),
    (0x0430, 0x045F, 5.5),
    (0x0590, 0x05FF, 6.5),
    (0x0600, 0x06FF, 6.5),
    (0x0E01, 0x0E5B, 6.5),
    (0x0F00, 0x0FFF, 6.5),
    (0x1800, 0x18AF, 6.5),
    (0x2010, 0x2027, 8.5),
    (0x2030, 0x203B, 10.0),
    (0x20AC, 0x20AC, 10.0),
    (0x2103, 0x2122, 11.0),
    (0x2160, 0x216B, 11.0),
    (0x216C, 0x2179, 14.0),
    (0x2190, 0x2193, 11.0),
    (0x2460, 0x2473, 11.0),  # ① … ⑳
    (0x2474, 0x249B, 14.0),
    (0x2500, 0x259F, 15.0),
    (0x25A0, 0x2642, 12.0),
    (0x3000, 0x3017, 9.0),
    (0x3041, 0x30FE, 7.0),
    (0x3400, 0x4DBF, 21.0),
    (0x4E00, 0x9FFF, RARE_HANZI_BITS),
    (0xAC00, 0xD7A3, 10.5),
    (0xD800, 0xDFFF, LOST_BITS),
    (0xE000, 0xF8FF, 26.0),
    (0xF900, 0xFAFF, 21.0),
    (0xFDD0, 0xFDEF, LOST_BITS),
    (0xFF01, 0xFF5E, 9.0),
    (0xFF61, 0xFF9F, 12.0),
    (0xFFFD, 0xFFFF, LOST_BITS),
)
# Punctuation of running Chinese text, counted per hundred characters of it.
_PUNCTUATION = {
    "，": 4.5,
    "。": 5.5,
    "、": 5.5,
    "\u3000": 6.0,
    "；": 7.0,
    "：": 7.0,
    "（": 7.5,
    "）": 7.5,
    "“": 7.5,
    "”": 7.5,
}
_PATCH = 6
_ASCII = re.compile(r"[\x00-\x7f]+")
_PLAIN = {"\t": 5.5, "\n": 5.5, "\r": 5.5, "\xa0": 7.0}


class _Costs(dict[str, float]):
    """Bits by character; one not met before is filled in from its class."""

    def __missing__(self, character: str) -> float:
        code = ord(character)
        bits = next(bits for first, last, bits in reversed(_CLASSES) if first <= code <= last)
        self[character] = bits
        return bits


@cache
def _costs() -> _Costs:
    frequencies = model()
    costs = _Costs()
    for character in frequencies.characters:
        if _is_hanzi(character):
            costs[character] = min(-frequencies.unigram(character) / math.log(2), RARE_HANZI_BITS)
    for variant in frequencies.variants:
        if _is_hanzi(variant):
            plain = -frequencies.unigram(frequencies.fold(variant)) / math.log(2)
            costs[variant] = min(plain + VARIANT_BITS, RARE_HANZI_BITS)
    costs.update(_PUNCTUATION)
    costs.update(_PLAIN)
    return costs


def _is_hanzi(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def text_bits(text: str) -> float:
    """What `text` costs in bits; of several readings of the same bytes the cheapest is the likeliest."""
    return sum(map(_costs().__getitem__, text))


def character_bits(character: str) -> float:
    """What one character costs in bits."""
    return _costs()[character]


def roughest_bits(text: str) -> float:
    """The highest mean bits of six adjacent characters; of the whole text if it is shorter."""
    sums = [0.0, *accumulate(map(_costs().__getitem__, text))]
    if len(text) <= _PATCH:
        return sums[-1] / max(len(text), 1)
    patches: Iterator[float] = map(sub, sums[_PATCH:], sums)
    return max(patches) / _PATCH


def hanzi_score(text: str) -> float:
    """Bits saved per non-ASCII character against a blind guess; 0.0 when there is none.

    Running Chinese gives about +6, other writing +5 to +10, bytes read in a wrong charset less than 0.
    """
    others = _ASCII.sub("", text)
    return UNIFORM_BITS - text_bits(others) / len(others) if others else 0.0
