"""UTF-8 that was read in another charset and lost bytes on the way: the likeliest text that fits what is left.

A decoder that meets UTF-8 bytes it cannot read prints '?' or U+FFFD, or drops them. Which bytes can be lost follows
from the decoder's table: reading GBK, 0x80 never starts a character, and a lead byte is lost when the byte after it
completes no assigned pair. A UTF-8 lead byte (E2-E9, EF) followed by a continuation byte always makes an assigned GBK
pair, so lead bytes survive: the number of characters is known, and each stands in a slot of a few candidates. The
character model chooses among them by a beam search over the slots.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from pipelines.repair.language import LanguageModel, model

MARKERS = "?\ufffd"
BEAM = 12
"""Readings kept after each slot; 24 or 100 gain nothing on the measured paragraphs."""

MANY_SLOTS = 12_000
"""Slots of one run beyond which only two readings are kept, to stay within a second and a half a megabyte."""

CANDIDATES = 24
"""The commonest characters tried in a slot whatever precedes; beyond them, those known to follow."""

VARIANT_COST = 3.0
"""Nats against a Traditional or full-width form whose plain form would fit no worse, in a text that has none."""

ORDINARY = -11.0
"""Log-probability above which a character is ordinary (the commonest 3,000)."""

WIDE_COST = 6.0
"""Nats against a full-width blank, digit or letter, which the model takes for the common half-width one."""

LOST = "\ufffd"


@dataclass(frozen=True, slots=True, eq=False)
class Misreading:
    """A charset that UTF-8 was read in: how its characters give bytes back, and what it cannot read."""

    codec: str
    byte_at_a_time: bool = False

    @lru_cache(8192)  # noqa: B019 - three frozen instances, for the life of the process
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
BIG5 = Misreading("big5hkscs")
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


def _stream(text: str, misreading: Misreading) -> tuple[list[_Byte], int]:
    """The bytes behind a damaged text, and the number of markers after the last of them."""
    found: list[_Byte] = []
    marks = 0
    known: dict[str, bytes] = {}  # spares hashing the misreading for each character
    for place, character in enumerate(text):
        if character in MARKERS:
            marks += 1
            continue
        data = known.get(character)
        if data is None:
            data = known[character] = misreading.bytes_of(character) or b"\xff"
        found.append(_Byte(data[0], place, True, marks))
        marks = 0
        if len(data) == 2:
            found.append(_Byte(data[1], place, False))
    return found, marks


def slots_of(text: str, misreading: Misreading) -> list[Slot]:
    """The damaged text cut into slots, one for each character of the original. Linear in `text`.

    A slot whose bytes fit no character is `broken`: it keeps what was printed.
    """
    stream, trailing = _stream(text, misreading)
    marked = trailing > 0 or any(byte.marks for byte in stream)
    slots: list[Slot] = []
    place = 0
    while place < len(stream):
        byte = stream[place]
        after = place + 1
        if byte.value < 0x80:
            slots.append(Slot(byte.place, byte.place + 1, chr(byte.value)))
            place = after
            continue
        need = _continuations(byte.value)
        while after < len(stream) and 0x80 <= stream[after].value < 0xC0:
            after += 1
        if need == 2 and after - place == 3 and 0xE0 < byte.value != 0xED:
            # Whole and as UTF-8 has it: nothing to find out. Two in three slots are so.
            codepoint = (
                (byte.value & 0xF) << 12 | (stream[place + 1].value & 0x3F) << 6 | stream[place + 2].value & 0x3F
            )
            slots.append(Slot(byte.place, byte.place + 1, chr(codepoint)))
            place = after
            if marks_after := stream[after].marks if after < len(stream) else trailing:
                mark = (stream[after].place if after < len(stream) else len(text)) - marks_after
                slots.append(Slot(mark, mark, text[mark]))
            continue
        group = stream[place:after]
        following = stream[after] if after < len(stream) else None
        marks_after = following.marks if following else trailing
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
        place = after
        if marks_after and slots[-1].candidates and not slots[-1].inferred:
            mark = (following.place if following else len(text)) - marks_after
            slots.append(Slot(mark, mark, text[mark]))
    return _with_ends(slots, len(text))


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
        slot.end = max(following.start, slot.start)
    if slots:
        slots[-1].end = length
    return slots


def choose(slots: list[Slot], before: str = " ", after: str = " ") -> list[str]:
    """The likeliest character for each slot (U+FFFD where none fits), given what stands before and after them all."""
    language = model()
    width = BEAM if len(slots) <= MANY_SLOTS else 2
    variant_cost = 0.0 if _prefers_variants(slots, language) else VARIANT_COST
    beam: dict[str, tuple[float, tuple[object, ...]]] = {(" " + language.fold(before[-1:] or " "))[-2:]: (0.0, ())}
    certain = language.fold("".join(slot.candidates if len(slot.candidates) == 1 else LOST for slot in slots))
    for slot, folded_one in zip(slots, certain, strict=True):
        if len(beam) == 1 and len(slot.candidates) == 1:
            ((context, (score, path)),) = beam.items()
            beam = {context[1] + folded_one: (score, (path, slot.candidates))}
            continue
        options = _narrowed(slot.candidates, beam, language) or LOST
        grown: dict[str, tuple[float, tuple[object, ...]]] = {}
        single = len(options) == 1
        for option, folded in zip(options, language.fold(options), strict=True):
            cost = 0.0 if single or folded == option else WIDE_COST if folded in "0a " else variant_cost
            for context, (score, path) in beam.items():
                total = score - cost + language.trigram(context, folded)
                state = context[1] + folded
                best = grown.get(state)
                if best is None or best[0] < total:
                    grown[state] = (total, (path, option))
        if len(grown) > width:
            kept = sorted(grown.items(), key=lambda item: -item[1][0])[:width]
            grown = dict(kept)
        beam = grown
    ending = language.fold(after[:1] or " ")
    _, (_, path) = max(beam.items(), key=lambda item: item[1][0] + language.trigram(item[0], ending))
    chosen: list[str] = []
    while path:
        path, character = path  # type: ignore[assignment]
        chosen.append(str(character))
    return chosen[::-1]


def _narrowed(candidates: str, beam: Iterable[str], language: LanguageModel) -> str:
    """The candidates worth trying after the contexts of a beam."""
    if len(candidates) <= CANDIDATES:
        return candidates
    known = set("".join(language.followers(before) for before in {context[1] for context in beam}))
    folded = language.fold(candidates)
    return candidates[:CANDIDATES] + "".join(
        option for option, plain in zip(candidates[CANDIDATES:], folded[CANDIDATES:], strict=True) if plain in known
    )


def _prefers_variants(slots: list[Slot], language: LanguageModel) -> bool:
    """Whether the characters that are certain include Traditional ones in number (one in twelve)."""
    certain = "".join(slot.candidates for slot in slots if not slot.inferred and len(slot.candidates) == 1)
    folded = language.fold(certain)
    changed = sum(a != b for a, b in zip(certain, folded, strict=True) if a > "\u3400" and a < "\ufa00")
    return changed * 12 > len(certain)
