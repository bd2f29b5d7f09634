"""UTF-8 that was read in another charset and lost bytes on the way: the likeliest text that fits what is left.

A decoder that meets UTF-8 bytes it cannot read prints '?' or U+FFFD, or drops them. Which bytes can be lost follows
from the decoder's table: reading GBK, 0x80 never starts a character, and a lead byte is lost when the byte after it
completes no assigned pair. A UTF-8 lead byte (E2-E9, EF) followed by a continuation byte always makes an assigned GBK
pair, so lead bytes survive: the number of characters is known, and each stands in a slot of a few candidates. The
character model chooses among them (`mojibake_choice`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache

from pipelines.repair.language import model
from pipelines.repair.mojibake_bytes import MARKERS, Misreading, byte_table, losable

ORDINARY = -11.0
"""Log-probability above which a character is ordinary (the commonest 3,000)."""


@dataclass(slots=True)
class _Byte:
    value: int
    place: int
    """Index of the printed character it comes from."""
    opens: bool
    """First byte of that character: bytes may have been lost before it."""
    marks: int = 0
    """How many loss markers stand before it."""


@dataclass(slots=True)
class Slot:
    """One character to be: where it stood in the damaged text, what it can be, and whether that was inferred."""

    start: int
    end: int
    candidates: str
    inferred: bool = False
    broken: bool = False


@cache
def _candidate_tables() -> tuple[dict[tuple[int, int], str], dict[tuple[int, int], str], dict[int, str]]:
    """Characters of the model (and the variants it folds) by lead and middle byte, lead and last byte, lead byte."""
    language = model()
    by_middle: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    by_last: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    by_lead: defaultdict[int, list[str]] = defaultdict(list)
    everything = {*language.characters, *language.variants}
    for character in sorted(everything, key=lambda c: (-language.unigram(language.fold(c)), c)):
        found = character.encode("utf-8", "surrogatepass")
        if len(found) == 2:
            by_lead[found[0]].append(character)
        if len(found) == 3:
            by_middle[found[0], found[1]].append(character)
            by_last[found[0], found[2]].append(character)
            by_lead[found[0]].append(character)
    join = "".join
    return (
        {key: join(value) for key, value in by_middle.items()},
        {key: join(value) for key, value in by_last.items()},
        {key: join(value) for key, value in by_lead.items()},
    )


@cache
def _by_tail() -> dict[tuple[int, int], str]:
    """Characters of the model by middle and last byte."""
    found: defaultdict[tuple[int, int], str] = defaultdict(str)
    for members in _candidate_tables()[2].values():
        for character in members:
            data = character.encode()
            if len(data) == 3:
                found[data[1], data[2]] += character
    return dict(found)


WHOLE = re.compile("[\x00-\x7f]+|(?:[\xe1-\xec\xee\xef][\x80-\xbf]{2}(?![\x80-\xbf]))+")
"""ASCII, or characters as UTF-8 has them with nothing left over behind them: two in three slots are so."""


@dataclass(frozen=True, slots=True)
class _Stream:
    """The bytes behind a damaged text, each as the character of its number, and where loss markers stand among them."""

    values: str
    places: list[int]
    """For each byte the index of the printed character it comes from; the length of the text for the end."""
    marks: dict[int, int]
    """Before which byte (or the end) how many markers stand."""

    def byte(self, index: int) -> _Byte:
        """One byte with all that is known of it."""
        place = self.places[index]
        opens = index == 0 or self.places[index - 1] != place
        return _Byte(ord(self.values[index]), place, opens, self.marks.get(index, 0))


def _stream(text: str, misreading: Misreading) -> _Stream:
    table = byte_table(misreading.bytes_of)
    values = ["" if character in MARKERS else table[character] for character in text]
    places = [place for place, value in enumerate(values) for _ in value]
    marks = Counter(bisect_left(places, place) for place, value in enumerate(values) if not value)
    places.append(len(text))
    return _Stream("".join(values), places, marks)


def slots_of(text: str, misreading: Misreading) -> list[Slot]:
    """The damaged text cut into slots, one for each character of the original. Linear in `text`.

    A slot whose bytes fit no character is `broken`: it keeps what was printed.
    """
    stream = _stream(text, misreading)
    slots: list[Slot] = []
    place = 0
    while place < len(stream.values):
        whole = WHOLE.match(stream.values, place)
        if whole:
            slots += _whole_slots(whole[0], place, stream, text)
            place = whole.end()
            continue
        after = place + 1
        while after < len(stream.values) and "\x80" <= stream.values[after] < "\xc0":
            after += 1
        place = _damaged_slots(place, after, stream, text, misreading, slots)
    return _with_ends(slots, len(text))


def _whole_slots(values: str, first: int, stream: _Stream, text: str) -> list[Slot]:
    """The slots of characters that lost nothing; a marker behind one stands for one that was lost altogether."""
    width = 1 if values[0] < "\x80" else 3
    last = first + len(values)
    characters = values.encode("latin-1").decode()
    slots = [
        Slot(place, place + 1, character)
        for place, character in zip(stream.places[first:last:width], characters, strict=True)
    ]
    if width == 3 and stream.marks:
        for index in range(last, first, -3):
            if index in stream.marks:
                slots.insert((index - first) // 3, _mark_slot(index, stream, text))
    return slots


def _mark_slot(index: int, stream: _Stream, text: str) -> Slot:
    mark = stream.places[index] - stream.marks[index]
    return Slot(mark, mark, text[mark])


def _damaged_slots(
    place: int, after: int, stream: _Stream, text: str, misreading: Misreading, slots: list[Slot]
) -> int:
    """Adds the slots of a lead byte at `place` and continuation bytes up to `after`. Where the next one begins."""
    group = [stream.byte(index) for index in range(place, after)]
    following = stream.byte(after) if after < len(stream.values) else None
    marks_after = stream.marks.get(after, 0)
    marked = bool(stream.marks)
    need = _continuations(group[0].value)
    torn = _torn(group, text) if need == 2 and len(group) >= 4 else 0
    if torn and is_ordinary(text[group[torn].place]):
        slots.append(_slot(group[:torn], need, group[torn], group[torn].marks, marked, misreading))
        after = place + torn
    elif torn:
        slots += _torn_slots(group, torn)
        after = place + torn + 2
    elif need and len(group) > need + 1:
        slots.append(_slot(group[: need + 1], need, group[need + 1], 0, marked, misreading))
        after = place + need + 1
    else:
        slots.append(_slot(group, need, following, marks_after, marked, misreading))
    if marks_after and slots[-1].candidates and not slots[-1].inferred:
        mark = (following.place if following else len(text)) - marks_after
        slots.append(Slot(mark, mark, text[mark]))
    return after


def _continuations(lead: int) -> int:
    """How many continuation bytes a UTF-8 lead byte announces; 0 for a byte that is none."""
    return 1 if 0xC2 <= lead <= 0xDF else 2 if 0xE0 <= lead <= 0xEF else 0


def is_ordinary(character: str) -> bool:
    """Whether a printed character is met in prose: then it is healthy text after the damage, not part of it."""
    language = model()
    return language.unigram(language.fold(character)) > ORDINARY


def _torn(group: list[_Byte], text: str) -> int:
    """Where in a lead byte and three or more continuation bytes a last and a lead byte were lost as one pair; or 0.

    A mark says where; without one, it is where a printed character begins, unless what follows a whole character is
    healthy text that merely looks like continuation bytes.
    """
    marked = any(byte.marks for byte in group[1:])
    if not marked and is_ordinary(text[group[3].place]):
        return 0
    for number in (2, 1):
        byte = group[number]
        if (byte.marks if marked else byte.opens) and len(group) - number >= 2:
            return number
    return 0


def _torn_slots(group: list[_Byte], torn: int) -> list[Slot]:
    """Two characters of which the first lost its end and the second its lead byte."""
    by_middle, _, by_lead = _candidate_tables()
    first, second = group[:torn], group[torn : torn + 2]
    begun = by_middle.get((first[0].value, first[1].value), "") if torn == 2 else by_lead.get(first[0].value, "")
    start, middle = first[0].place, second[0].place
    return [
        Slot(start, middle, "".join(c for c in begun if c.encode()[-1] > 0xA1), inferred=True),
        Slot(middle, middle + 1, _by_tail().get((second[0].value, second[1].value), ""), inferred=True),
    ]


def _slot(
    group: list[_Byte], need: int, following: _Byte | None, marks_after: int, marked: bool, misreading: Misreading
) -> Slot:
    """The slot of one lead byte and the continuation bytes that survive behind it."""
    start = group[0].place
    values = bytes(byte.value for byte in group)
    if need and len(group) == need + 1:
        try:
            return Slot(start, start + 1, values.decode())
        except UnicodeDecodeError:
            return Slot(start, start + 1, "", broken=True)
    if not need:
        return Slot(start, start + 1, "", broken=True)
    inside = any(byte.opens and (byte.marks > 0 or not marked) for byte in group[1:2])
    behind = (following is None or following.opens) and (marks_after > 0 or not marked)
    next_value = following.value if following else None
    return Slot(start, start + 1, _fitting(values, need, inside, behind, next_value, misreading), inferred=True)


@lru_cache(4096)
def _fitting(
    values: bytes, need: int, inside: bool, behind: bool, next_value: int | None, misreading: Misreading
) -> str:
    """The characters that leave exactly `values` when a decoder loses the rest where a loss can be: before the first
    continuation byte that is left (`inside`), or before `next_value` (`behind`)."""
    by_middle, by_last, by_lead = _candidate_tables()
    lead = values[0]
    found: list[str] = []
    if need == 1:
        if behind:
            found += [c for c in by_lead.get(lead, "") if losable(misreading, c.encode()[1], next_value)]
    elif len(values) == 2:
        if inside:
            found += [c for c in by_last.get((lead, values[1]), "") if losable(misreading, c.encode()[1], values[1])]
        if behind:
            found += [c for c in by_middle.get((lead, values[1]), "") if losable(misreading, c.encode()[2], next_value)]
    elif behind:
        for character in by_lead.get(lead, ""):
            _, middle, last = character.encode()
            if losable(misreading, middle, last) and losable(misreading, last, next_value):
                found.append(character)
    return "".join(found)


def _with_ends(slots: list[Slot], length: int) -> list[Slot]:
    """Lets every slot reach to the start of the next, so that markers belong to the slot they damaged."""
    for slot, following in zip(slots, slots[1:], strict=False):
        slot.end = following.start if following.start > slot.start else slot.start
    if slots:
        slots[-1].end = length
    return slots
