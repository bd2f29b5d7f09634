"""The bytes behind printed characters, charset by charset, and which of them a decoder loses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

Bytes = Callable[[str], "bytes | None"]

MARKERS = "?\ufffd"
"""What decoders print for bytes they cannot read."""

LOST = "\ufffd"

LARGEST_TABLE = 50_000
"""Characters whose bytes are remembered; GBK has 24,000."""


class ByteTable(dict[str, str]):
    """The bytes behind each character, written as the characters of their numbers; FF behind one that has none."""

    def __init__(self, bytes_of: Bytes) -> None:
        super().__init__()
        self._bytes_of = bytes_of

    def __missing__(self, character: str) -> str:
        if len(self) > LARGEST_TABLE:
            self.clear()
        data = self._bytes_of(character)
        value = self[character] = "\xff" if data is None else data.decode("latin-1")
        return value


@cache
def byte_table(bytes_of: Bytes) -> ByteTable:
    """The table of one charset, filled as it is used."""
    return ByteTable(bytes_of)


@dataclass(frozen=True, slots=True, eq=False)
class Misreading:
    """A charset that UTF-8 was read in: how its characters give bytes back, and what it cannot read."""

    codec: str
    byte_at_a_time: bool = False

    def bytes_of(self, character: str) -> bytes | None:
        """The bytes behind one character, None if the charset has no such character."""
        if self.byte_at_a_time:
            return single_byte(character)
        if character == "€":
            return b"\x80"
        try:
            found = character.encode(self.codec)
        except UnicodeEncodeError:
            return None
        return found if len(found) <= 2 else None


GBK = Misreading("gb18030")
LATIN = Misreading("cp1252", byte_at_a_time=True)

_CP1252 = {bytes([byte]).decode("cp1252"): byte for byte in range(0x80, 0xA0) if byte not in b"\x81\x8d\x8f\x90\x9d"}


def single_byte(character: str) -> bytes | None:
    """The byte a character had as Latin-1 or cp1252, whichever it can be; None for any other."""
    place = ord(character)
    if place < 0x100:
        return bytes([place])
    byte = _CP1252.get(character)
    return None if byte is None else bytes([byte])


@cache
def _unreadable(codec: str) -> frozenset[int]:
    """Byte pairs (first * 256 + second) that no character of the charset is."""
    table = "gbk" if codec == "gb18030" else codec
    bad = set()
    for first in range(0x80, 0x100):
        for second in range(0x40, 0x100):
            try:
                readable = len(bytes((first, second)).decode(table)) == 1
            except UnicodeDecodeError:
                readable = False
            if not readable:
                bad.add(first << 8 | second)
    return frozenset(bad)


def losable(misreading: Misreading, byte: int, following: int | None) -> bool:
    """Whether a decoder of this charset would lose `byte` when it stands at the start of a character."""
    if misreading.byte_at_a_time:
        return byte < 0xA1
    if byte == 0x80 or following is None or following < 0x40:
        return True
    return (byte << 8 | following) in _unreadable(misreading.codec)
