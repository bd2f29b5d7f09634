"""UTF-8 that was read as a two-byte charset and lost nothing, perhaps more than once: where it can be decoded back.

UTF-8 knows its own beginnings, so wherever a decoding back starts it falls into step. A stretch of printed text is
peeled layer by layer; each character found remembers where in the printed text it began, if it began with a printed
character. Between two such places lies a unit of `mojibake_tracks`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipelines.repair.mojibake_bytes import Bytes, byte_table, single_byte
from pipelines.repair.mojibake_suspects import suspects_in
from pipelines.repair.mojibake_tracks import Unit

UTF8 = re.compile(
    "(?:[\x00-\x7f]+|[\xc2-\xdf][\x80-\xbf]|(?:\xe0[\xa0-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]|\xed[\x80-\x9f])[\x80-\xbf]"
    "|(?:\xf0[\x90-\xbf]|[\xf1-\xf3][\x80-\xbf]|\xf4[\x80-\x8f])[\x80-\xbf]{2})+"
)
"""A stretch of bytes (each written as the character of its number) that is UTF-8."""

TWO_BYTES = re.compile("(?:[\x00-\x7f]+|[\x81-\xfe][\x40-\x7e\x80-\xfe])+")
"""The same for GBK."""


@dataclass(frozen=True, slots=True)
class Peel:
    """One wrong decoding to be taken off: the bytes behind a printed character, and what those bytes really were."""

    rule: str
    bytes_of: Bytes
    was: str
    pattern: re.Pattern[str]


def _codec(name: str) -> Bytes:
    def bytes_of(character: str) -> bytes | None:
        try:
            return character.encode(name)
        except UnicodeEncodeError:
            return None

    return bytes_of


OUTER = (
    Peel("utf8_as_gbk", _codec("gb18030"), "utf-8", UTF8),
    Peel("utf8_as_big5", _codec("big5hkscs"), "utf-8", UTF8),
    Peel("utf8_as_euc_kr", _codec("cp949"), "utf-8", UTF8),
    Peel("utf8_as_euc_jp", _codec("euc_jp"), "utf-8", UTF8),
)
INNER = (
    Peel("utf8_as_latin1", single_byte, "utf-8", UTF8),
    Peel("utf8_as_gbk", _codec("gb18030"), "utf-8", UTF8),
    Peel("gbk_as_latin1", single_byte, "gb18030", TWO_BYTES),
)

DEEPEST = 3

DOUBTFUL, FEW = 20, 30
"""Where one character in so many is a suspect, or where there are but few, what was read may be mojibake still."""

CHINESE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uff5e]")
BEYOND_ASCII = re.compile("[^\x00-\x7f]")

SAMPLE = 20
MOST = 2
"""At most one character in so many of a sample may be none of a charset: healthy ones beside the damage."""


@dataclass(frozen=True, slots=True)
class Peeled:
    """A stretch read back: its characters, and for each (and for the end) where it began in the printed text.

    -1 is a character that began inside a printed one. `rules` are the layers taken off, the outermost first.
    """

    text: str
    begins: list[int]
    rules: tuple[str, ...]

    @property
    def start(self) -> int:
        """Where the first unit begins, -1 if there is none."""
        return next((place for place in self.begins if place >= 0), -1)

    @property
    def end(self) -> int:
        """Where the last unit ends, -1 if there is none."""
        return next((place for place in reversed(self.begins) if place >= 0), -1)

    def units(self, printed: str) -> list[Unit]:
        """The stretch cut wherever a printed and a read character begin together; places count in `printed`."""
        places = [index for index, place in enumerate(self.begins) if place >= 0]
        return [
            Unit(start, end, printed[start:end], self.text[first:last])
            for first, last in zip(places, places[1:], strict=False)
            for start, end in ((self.begins[first], self.begins[last]),)
        ]


Explained = Callable[[list[Peeled]], list[Peeled]]
"""Of the stretches found those that explain the damage; none if some of it stays unexplained."""


def peelings(text: str, first: int, last: int, explained: Explained) -> Iterator[list[Peeled]]:
    """For every chain of layers the stretches of [first, last) that can be read back and that `explained` picks.

    A chain of which it picks none is not followed any deeper. Linear in `last - first` for each of the few chains.
    """
    printed = Peeled(text[first:last], [*range(first, last + 1)], ())
    yield from _deeper([printed], OUTER, explained)


def _deeper(outer: list[Peeled], layers: tuple[Peel, ...], explained: Explained) -> Iterator[list[Peeled]]:
    for layer in layers:
        found = [
            stretch
            for stretches in outer
            if _may_be(stretches, layer)
            for stretch in peel(stretches, layer)
            if stretch.start < stretch.end
        ]
        found = explained(found)
        if not found:
            continue
        is_chinese, is_doubtful = _judged("".join(stretch.text for stretch in found))
        if is_chinese:
            yield found
        if is_doubtful and len(found[0].rules) < DEEPEST:
            yield from _deeper(found, INNER, explained)


def _judged(text: str) -> tuple[bool, bool]:
    """Whether a text that was read is Chinese at all, and whether it may be mojibake still."""
    wide = len(BEYOND_ASCII.findall(text))
    is_chinese = 2 * len(CHINESE.findall(text)) >= wide
    return is_chinese, not is_chinese or wide < FEW or suspects_in(text, 0, len(text)) * DOUBTFUL >= wide


def _may_be(outer: Peeled, layer: Peel) -> bool:
    """Whether the charset of a layer has most of the characters in the midst of a stretch."""
    middle = len(outer.text) // 2
    sample = [character for character in outer.text[max(0, middle - SAMPLE) : middle + SAMPLE] if character > "\x7f"]
    return sum(layer.bytes_of(character) is None for character in sample) * MOST <= len(sample)


INSIDE = (-1, -1, -1)
"""Where the second, third and fourth byte of a character began: nowhere."""


def peel(outer: Peeled, layer: Peel) -> Iterator[Peeled]:
    """The stretches of `outer` that this layer can be taken off from. Linear."""
    known = byte_table(layer.bytes_of)
    pieces = [known[character] for character in outer.text]
    begins = [
        at for begin, piece in zip(outer.begins, pieces, strict=False) for at in (begin, *INSIDE[: len(piece) - 1])
    ]
    begins.append(outer.begins[-1])
    for match in layer.pattern.finditer("".join(pieces)):
        if match[0].isascii():
            continue
        text = match[0].encode("latin-1").decode(layer.was)
        yield Peeled(text, _begins(text, begins, match.start(), layer.was), (*outer.rules, layer.rule))


def _begins(text: str, begins: list[int], place: int, charset: str) -> list[int]:
    found = []
    utf8 = charset == "utf-8"
    for character in text:
        found.append(begins[place])
        place += (
            1 if character < "\x80" else 2 if not utf8 or character < "\u0800" else 3 if character < "\U00010000" else 4
        )
    found.append(begins[place])
    return found
