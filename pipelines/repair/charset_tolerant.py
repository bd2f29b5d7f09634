"""Decoding damaged bytes so that as little as possible is lost.

UTF-8 finds its feet by itself after a lost byte. In the double-byte charsets every pair after it is read one byte off
until a byte that cannot belong to a pair, in UTF-16 until the end, in HZ until its closing `~}`. So the reading of a
damaged stretch is chosen as the cheapest path through its bytes (`charset_score`), where leaving a byte out has a price.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from pipelines.repair.charset_score import LOST_BITS, character_bits, text_bits

REPLACEMENT = "\ufffd"

# The path search costs about 2 µs a byte; beyond these bounds a page is more damage than text.
_MAX_STRETCH = 4096
_MAX_SEARCHED = 128 * 1024

# Bytes that are never the second byte of a GB18030 pair (40–7E, 80–FE; digits in its four-byte characters) nor of a
# Big5 pair (40–7E, A1–FE): whatever came before, reading starts afresh here.
_FRESH_START = re.compile(rb"([\x00-\x2f\x3a-\x3f]+)")

_INFINITE = float("inf")
_EURO = "€"  # a lone 80 in code page 936


@dataclass(frozen=True, slots=True)
class Reading:
    """A tolerant decoding; each byte or broken sequence left out stands as U+FFFD, `lost` counts the bytes."""

    text: str
    lost: int


def read_tolerantly(body: bytes, charset: str) -> Reading:
    """Decode `body` as `charset` whatever its damage. `charset` is one of utf-8, gb18030, big5hkscs, hz, utf-16-le,
    utf-16-be or a single-byte codec of Python."""
    if charset in ("gb18030", "big5hkscs"):
        return _read_double_byte(body, charset)
    if charset == "hz":
        return read_hz(body)
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
    # "<" never belongs to a pair, so a page falls into its tags at no cost and only damaged ones are looked at closer.
    pieces: list[str] = []
    lost = searched = 0
    for piece in body.split(b"<"):
        try:
            pieces.append(piece.decode(charset))
            continue
        except UnicodeDecodeError:
            pass
        texts = []
        for stretch in _FRESH_START.split(piece):
            is_searched = len(stretch) <= _MAX_STRETCH and searched < _MAX_SEARCHED
            reading = _read_stretch(stretch, charset) if is_searched else _read_plainly(stretch, charset)
            if reading.lost:
                searched += len(stretch)
            texts.append(reading.text)
            lost += reading.lost
        pieces.append("".join(texts))
    return Reading("<".join(pieces), lost)


def _read_plainly(stretch: bytes, charset: str) -> Reading:
    text = stretch.decode(charset, "replace")
    return Reading(text, _bytes_lost(stretch, text, charset))


def _read_stretch(stretch: bytes, charset: str) -> Reading:
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


# --- HZ --------------------------------------------------------------------------------------------------------------

# "~" may be the second byte of a character, but no first byte is "{" or "}".
_HZ_RUN = re.compile(rb"~\{((?:[^\n~]|~(?![{}]))*)(~\}|(?=~\{)|\n|\Z)")
_HIGH = bytes(range(0x21)) + bytes(code | 0x80 for code in range(0x21, 0x7F)) + bytes(range(0x7F, 0x100))


def read_hz(body: bytes) -> Reading:
    """Decode HZ (RFC 1843): GB 2312 in seven bits between `~{` and `~}`, the latter also implied by the line's end.

    `~~` is a tilde. Text after a lost opening sign stays as the ASCII it looks like.
    """
    pieces: list[str] = []
    place = lost = 0
    for run in _HZ_RUN.finditer(body):
        pieces.append(_ascii_of_hz(body[place : run.start()]))
        reading = _read_hz_run(run[1], is_closed=run[2] == b"~}")
        pieces.append(reading.text + ("\n" if run[2] == b"\n" else ""))
        lost += reading.lost
        place = run.end()
    pieces.append(_ascii_of_hz(body[place:]))
    return Reading("".join(pieces), lost)


def _ascii_of_hz(plain: bytes) -> str:
    return plain.replace(b"~~", b"~").replace(b"~\n", b"").decode("ascii", "replace")


def _read_hz_run(run: bytes, is_closed: bool) -> Reading:
    # A run that nothing closes goes on into markup: its characters end at the first tag.
    tag = -1 if is_closed else run.find(b"</")
    pairs, rest = (run, b"") if tag < 0 else (run[:tag], run[tag:])
    reading = _read_stretch(pairs.translate(_HIGH), "gb18030")
    return Reading(reading.text + rest.decode("ascii", "replace"), reading.lost)


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
        if slips < _MAX_SLIPS and len(block) > 8 and _slipped(block + body[place + _BLOCK : place + _BLOCK + 1], charset):
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
