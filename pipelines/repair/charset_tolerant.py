"""Decoding damaged bytes so that as little as possible is lost.

UTF-8 finds its feet by itself after a lost byte. In the double-byte charsets every pair after it is read one byte off
until a byte that cannot belong to a pair, in UTF-16 until the end. So the reading of a
damaged stretch is chosen as the cheapest path through its bytes (`charset_score`), where leaving a byte out has a price.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate

from pipelines.repair.charset_score import LOST_BITS, character_bits, roughest_bits, text_bits

REPLACEMENT = "\ufffd"

# The path search costs about 2 µs a byte; beyond these bounds a page is more damage than text.
_MAX_STRETCH = 4096
_MAX_SEARCHED = 64 * 1024
_MAX_FAULTS = 32

# Between bytes that are never the second of a GB18030 pair (40–7E, 80–FE; digits in its four-byte characters) nor of a
# Big5 pair (40–7E, A1–FE): whatever came before, reading starts afresh at these.
_STRETCH = re.compile(rb"[^\x00-\x2f\x3a-\x3f]+")

_ROUGH_BITS = 13.0  # a slip brings six characters to 15 and more; of healthy runs only those of rare names get there
# What leaving a byte out must save before it overrules a reading without error: a slip of five characters saves 30, the
# rarest names in a row save less than 1.
_OVERRULE_BITS = 10.0

_INFINITE = float("inf")
_EURO = "€"  # a lone 80 in code page 936


@dataclass(frozen=True, slots=True)
class Reading:
    """A decoding; each byte or broken sequence left out stands as U+FFFD, `lost` counts the bytes.

    `dense` is the text without its long stretches of ASCII, "" where they were not told apart.
    """

    text: str
    lost: int
    dense: str = ""


def read_tolerantly(body: bytes, charset: str) -> Reading:
    """Decode `body` as `charset` whatever its damage. `charset` is one of utf-8, gb18030, big5hkscs, utf-16-le,
    utf-16-be or another codec of Python."""
    if charset in ("gb18030", "big5hkscs"):
        return _read_double_byte(body, charset)
    if charset in ("utf-16-le", "utf-16-be"):
        return _read_utf16(body, charset)
    text = body.decode(charset, "replace")
    return Reading(text, _bytes_lost(body, text, charset))


def _bytes_lost(body: bytes, text: str, charset: str) -> int:
    kept = text.replace(REPLACEMENT, "").encode(charset, "ignore")
    genuine = body.count(b"\xef\xbf\xbd") * 3 if charset == "utf-8" else 0
    return max(len(body) - len(kept) - genuine, 0)


# --- GB18030, Big5 ---------------------------------------------------------------------------------------------------


def _read_double_byte(body: bytes, charset: str) -> Reading:
    # "<" never belongs to a pair, so whatever a damage does ends at the next tag. What lies between the few damaged
    # places is decoded at one go; each fault copies the rest of the body, so their number is bounded.
    texts: list[str] = []
    lost = place = 0
    for _ in range(_MAX_FAULTS):
        try:
            texts.append(body[place:].decode(charset))
            return Reading("".join(texts), lost)
        except UnicodeDecodeError as error:
            fault = place + error.start
        start = max(body.rfind(b"<", place, fault), place)
        end = body.find(b"<", fault + 1)
        end = len(body) if end < 0 else end
        reading = read_closely(body[start:end], charset)
        texts += (body[place:start].decode(charset, "replace"), reading.text)
        lost += reading.lost
        place = end
    rest = read_closely(body[place:], charset)
    return Reading("".join((*texts, rest.text)), lost + rest.lost)


def read_closely(body: bytes, charset: str) -> Reading:
    """Decode gb18030 or big5hkscs so that every stretch with a patch of rare characters takes its cheapest path."""
    texts: list[str] = []
    done = lost = searched = 0  # what lies between two stretches read anew is decoded at one go
    for place in _STRETCH.finditer(body):
        stretch = place[0]
        if stretch.isascii():
            continue
        text = _strictly(stretch, charset)
        if text is not None and roughest_bits(text) <= _ROUGH_BITS:
            continue
        searched += len(stretch)
        is_searched = len(stretch) <= _MAX_STRETCH and searched <= _MAX_SEARCHED
        reading = cheapest_reading(stretch, charset) if is_searched else _read_plainly(stretch, charset)
        if text is None or text_bits(reading.text) + _OVERRULE_BITS < text_bits(text):
            texts += (body[done : place.start()].decode(charset), reading.text)
            done = place.end()
            lost += reading.lost
    texts.append(body[done:].decode(charset))
    return Reading("".join(texts), lost)


def _strictly(stretch: bytes, charset: str) -> str | None:
    try:
        return stretch.decode(charset)
    except UnicodeDecodeError:
        return None


def _read_plainly(stretch: bytes, charset: str) -> Reading:
    text = stretch.decode(charset, "replace")
    return Reading(text, _bytes_lost(stretch, text, charset))


@lru_cache(maxsize=1 << 16)
def _character(unit: bytes, charset: str) -> tuple[float, str]:
    """The price of the character that a whole unit of bytes stands for, and it; unassigned ones are beyond price."""
    try:
        text = unit.decode(charset)
    except UnicodeDecodeError:
        return _INFINITE, ""
    return text_bits(text), text


class _Pairs(dict[bytes, tuple[float, str]]):
    """`_character` of two bytes, kept: no more than 32,768 can be asked for."""

    def __init__(self, charset: str) -> None:
        super().__init__()
        self._charset = charset

    def __missing__(self, pair: bytes) -> tuple[float, str]:
        self[pair] = _character(pair, self._charset)
        return self[pair]


_pairs = cache(_Pairs)


def cheapest_reading(stretch: bytes, charset: str) -> Reading:
    """The path through `stretch` (gb18030 or big5hkscs) that costs the fewest bits; a byte left out costs like U+FFFD."""
    size = len(stretch)
    pairs = _pairs(charset)
    price = [0.0] + [_INFINITE] * size
    step: list[tuple[int, str]] = [(0, "")] * (size + 1)  # how a place was reached: bytes read, text given
    for place in range(size):
        here = price[place]
        first = stretch[place]
        if first < 0x80:
            character = chr(first)
            bits = here + character_bits(character)
            if bits < price[place + 1]:
                price[place + 1] = bits
                step[place + 1] = (1, character)
            continue
        if here + LOST_BITS < price[place + 1]:
            price[place + 1] = here + LOST_BITS
            step[place + 1] = (1, _EURO if first == 0x80 and charset == "gb18030" else REPLACEMENT)
        if place + 1 == size:
            break
        bits, text = pairs[stretch[place : place + 2]]
        if here + bits < price[place + 2]:
            price[place + 2] = here + bits
            step[place + 2] = (2, text)
        if 0x30 <= stretch[place + 1] <= 0x39 and place + 3 < size and charset == "gb18030":
            bits, text = _character(stretch[place : place + 4], charset)
            if here + bits < price[place + 4]:
                price[place + 4] = here + bits
                step[place + 4] = (4, text)
    texts: list[str] = []
    place, lost = size, 0
    while place:
        length, text = step[place]
        texts.append(text)
        lost += length if text == REPLACEMENT and length == 1 else 0
        place -= length
    return Reading("".join(reversed(texts)), lost)


# --- UTF-16 ----------------------------------------------------------------------------------------------------------

_BLOCK = 128  # bytes; long enough that a block read one byte off is never cheaper than the right reading
_SLIP_BITS = 2.0  # a character; right and wrong alignment lie about 10 apart
_WRITING_BITS = 9.0  # a character; a block of which more than half is read one byte off costs 11.75 and more
_MAX_SLIPS = 200


def _read_utf16(body: bytes, charset: str) -> Reading:
    """Decode UTF-16 block by block; where the reading one byte off is the cheaper one, the place of the slip is found."""
    texts: list[str] = []
    place = lost = slips = 0
    pending = b""  # the last block at this alignment, kept back because a slip shows a block late
    while place < len(body):
        block = body[place : place + _BLOCK]
        place += len(block)
        is_last = place >= len(body)
        has_slipped = _slipped(block + body[place : place + 1], charset) or (is_last and len(block) % 2)
        if has_slipped and slips < _MAX_SLIPS:
            window = pending + block
            cut = _slip_place(window, charset)
            texts.append(window[:cut].decode(charset, "replace") + REPLACEMENT)
            place -= len(window) - cut - 1
            lost += 1
            slips += 1
            pending = b""
        else:
            texts.append(pending.decode(charset, "replace"))
            pending = block
    lost += len(pending) % 2
    texts.append(pending.decode(charset, "replace"))
    return Reading("".join(texts), lost)


def utf16_slipped(body: bytes, charset: str) -> bool:
    """Whether UTF-16 that decoded without error is read one byte off at its end or at one of seven other places."""
    places = {len(body) * part // 16 * 2 for part in range(1, 8)} | {max(len(body) - _BLOCK, 0) // 2 * 2}
    return any(_slipped(body[place : place + _BLOCK + 1], charset) for place in places)


def _slipped(block: bytes, charset: str) -> bool:
    as_is = _units(block, charset)
    shifted = _units(block[1:], charset)
    if not shifted:
        return False
    bits = text_bits(as_is) / len(as_is)
    return bits > _WRITING_BITS and bits > text_bits(shifted) / len(shifted) + _SLIP_BITS


def _units(window: bytes, charset: str) -> str:
    return window[: len(window) // 2 * 2].decode(charset, "replace")


def _slip_place(window: bytes, charset: str) -> int:
    """The even place in `window` where leaving one byte out makes both sides cheapest."""
    before = _units(window, charset)
    after = _units(window[1:], charset)
    # One UTF-16 unit a character is assumed here; a pair beyond the basic plane moves the place by one unit.
    head = [0.0, *accumulate(map(character_bits, before))]
    tail = [0.0, *accumulate(map(character_bits, reversed(after)))][::-1]
    last = min(len(head), len(tail)) - 1
    return 2 * min(range(last + 1), key=lambda unit: head[unit] + tail[unit])
