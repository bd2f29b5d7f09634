"""Decoding damaged bytes so that as little as possible is lost.

UTF-8 finds its feet by itself after a lost byte. In the double-byte charsets every pair after it is read one byte off
until a byte that cannot belong to a pair, in UTF-16 until the end. So the reading of a
damaged stretch is chosen as the cheapest path through its bytes (`charset_score`), where leaving a byte out has a price.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from pipelines.repair.charset_score import LOST_BITS, character_bits, hanzi_score, text_bits

REPLACEMENT = "\ufffd"

# The path search costs about 2 µs a byte; beyond these bounds a page is more damage than text.
_MAX_STRETCH = 4096
_MAX_SEARCHED = 64 * 1024
_MAX_FAULTS = 32

# Bytes that are never the second byte of a GB18030 pair (40–7E, 80–FE; digits in its four-byte characters) nor of a
# Big5 pair (40–7E, A1–FE): whatever came before, reading starts afresh here.
_FRESH_START = re.compile(rb"([\x00-\x2f\x3a-\x3f]+)")

_HEALTHY_SCORE = 4.0  # `hanzi_score` of all but the oddest runs of Chinese; a slip inside a run brings it below

_INFINITE = float("inf")
_EURO = "€"  # a lone 80 in code page 936


@dataclass(frozen=True, slots=True)
class Reading:
    """A tolerant decoding; each byte or broken sequence left out stands as U+FFFD, `lost` counts the bytes."""

    text: str
    lost: int


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
        reading = _read_pieces(body[start:end], charset, _MAX_SEARCHED)
        texts += (body[place:start].decode(charset, "replace"), reading.text)
        lost += reading.lost
        place = end
    rest = _read_pieces(body[place:], charset, _MAX_SEARCHED)
    return Reading("".join((*texts, rest.text)), lost + rest.lost)


def _read_pieces(body: bytes, charset: str, budget: int) -> Reading:
    """Decode stretch by stretch, `budget` bytes of damaged ones with care and any others plainly."""
    texts: list[str] = []
    lost = 0
    for stretch in _FRESH_START.split(body):
        is_searched = len(stretch) <= _MAX_STRETCH and budget > 0
        reading = read_stretch(stretch, charset) if is_searched else _read_plainly(stretch, charset)
        if reading.lost:
            budget -= len(stretch)
        texts.append(reading.text)
        lost += reading.lost
    return Reading("".join(texts), lost)


def _read_plainly(stretch: bytes, charset: str) -> Reading:
    text = stretch.decode(charset, "replace")
    return Reading(text, _bytes_lost(stretch, text, charset))


# A slip that meets no impossible byte still shows: of 94 × 94 GB 2312 codes a sixth are private characters in GB18030,
# so a slipped run of ten characters nearly always has one, and a page in ten thousand characters hardly ever.
_NOT_PRIVATE = bytes(set(range(256)) - set(range(0xE0, 0xF9)))


def slipped_unseen(text: str) -> bool:
    """Whether text that decoded without error has private characters, as a slip inside a run leaves them."""
    high_bytes = text.encode("utf-16-le", "surrogatepass")[1::2]  # faster than a search for U+E000 to U+F8FF
    return bool(high_bytes.translate(None, _NOT_PRIVATE))


def read_closely(body: bytes, charset: str) -> Reading:
    """Decode gb18030 or big5hkscs so that every stretch takes its cheapest path, even if it has no impossible byte."""
    texts: list[str] = []
    lost = searched = 0
    for stretch in _FRESH_START.split(body):
        try:
            text = stretch.decode(charset)
        except UnicodeDecodeError:
            text = ""
        if (text and hanzi_score(text) >= _HEALTHY_SCORE) or stretch.isascii() or searched > _MAX_SEARCHED:
            texts.append(text or stretch.decode(charset, "replace"))
            continue
        searched += len(stretch)
        reading = cheapest_reading(stretch[:_MAX_STRETCH], charset)
        texts += (reading.text, stretch[_MAX_STRETCH:].decode(charset, "replace"))
        lost += reading.lost
    return Reading("".join(texts), lost)


def read_stretch(stretch: bytes, charset: str) -> Reading:
    """Decode a short stretch (gb18030 or big5hkscs), by the cheapest path if it is damaged."""
    try:
        return Reading(stretch.decode(charset), 0)
    except UnicodeDecodeError:
        return cheapest_reading(stretch, charset)


@lru_cache(maxsize=1 << 16)
def _character(unit: bytes, charset: str) -> tuple[str, float]:
    """The character a whole unit of bytes stands for and its price; an unassigned one has an infinite price."""
    try:
        text = unit.decode(charset)
    except UnicodeDecodeError:
        return "", _INFINITE
    return text, text_bits(text)


def cheapest_reading(stretch: bytes, charset: str) -> Reading:
    """The path through `stretch` (gb18030 or big5hkscs) that costs the fewest bits; a byte left out costs like U+FFFD."""
    size = len(stretch)
    price = [0.0] + [_INFINITE] * size
    step: list[tuple[int, str]] = [(0, "")] * (size + 1)  # how a place was reached: bytes read, text given
    for place in range(size):
        here = price[place]
        first = stretch[place]
        if first < 0x80:
            character = chr(first)
            options = [(1, character, character_bits(character))]
        else:
            options = [(1, _EURO if first == 0x80 and charset == "gb18030" else REPLACEMENT, LOST_BITS)]
            if place + 1 < size:
                options.append((2, *_character(stretch[place : place + 2], charset)))
                if charset == "gb18030" and 0x30 <= stretch[place + 1] <= 0x39 and place + 3 < size:
                    options.append((4, *_character(stretch[place : place + 4], charset)))
        for length, text, bits in options:
            if here + bits < price[place + length]:
                price[place + length] = here + bits
                step[place + length] = (length, text)
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
_MAX_SLIPS = 200


def _read_utf16(body: bytes, charset: str) -> Reading:
    """Decode UTF-16, block by block; where the reading one byte off is the cheaper one, the place of the slip is found."""
    pieces: list[str] = []
    place = lost = slips = 0
    pending = b""  # read so far at this alignment, not yet decoded, so that a slip can be placed inside it
    while place < len(body):
        block = body[place : place + _BLOCK]
        if (
            slips < _MAX_SLIPS
            and len(block) > 8
            and _slipped(block + body[place + _BLOCK : place + _BLOCK + 1], charset)
        ):
            window = pending + block
            cut = _slip_place(window, charset)
            pieces.append(window[:cut].decode(charset, "replace") + REPLACEMENT)
            lost += 1
            slips += 1
            place += cut + 1 - len(pending)
            pending = b""
            continue
        pieces.append(pending.decode(charset, "replace"))
        pending = block
        place += len(block)
    if len(pending) % 2:
        lost += 1
    pieces.append(pending.decode(charset, "replace"))
    return Reading("".join(pieces), lost)


def _slipped(block: bytes, charset: str) -> bool:
    as_is = block[: len(block) // 2 * 2].decode(charset, "replace")
    shifted = block[1 : 1 + (len(block) - 1) // 2 * 2].decode(charset, "replace")
    return text_bits(as_is) / len(as_is) > text_bits(shifted) / len(shifted) + 2.0


def _slip_place(window: bytes, charset: str) -> int:
    """The even place in `window` where leaving one byte out makes both sides cheapest."""
    before = window[: len(window) // 2 * 2].decode(charset, "surrogatepass")
    after = window[1 : 1 + (len(window) - 1) // 2 * 2].decode(charset, "surrogatepass")
    # One UTF-16 unit a character is assumed here; a pair beyond the basic plane moves the place by one unit.
    head = [0.0, *accumulate(map(character_bits, before))]
    tail = [0.0, *accumulate(map(character_bits, reversed(after)))][::-1]
    last = min(len(head), len(tail)) - 1
    return 2 * min(range(last + 1), key=lambda unit: head[unit] + tail[unit])
