"""Pieces for text of which bytes were lost: where such damage lies, and what the lattice makes of it."""

from __future__ import annotations

import re
from functools import cache
from operator import attrgetter

from pipelines.repair.language import FLOOR
from pipelines.repair.mojibake_bytes import GBK, LATIN, MARKERS
from pipelines.repair.mojibake_choice import choose, cost_of
from pipelines.repair.mojibake_lattice import Slot, is_ordinary, slots_of
from pipelines.repair.mojibake_pieces import Effort, Piece, trimmed
from pipelines.repair.mojibake_prose import LONGEST, fluency, is_prose
from pipelines.repair.mojibake_reverse import best_reading
from pipelines.repair.mojibake_suspects import suspects_in

REACH = 300
"""Characters looked at on each side of a cluster for the ends of the damage."""

EATEN = re.compile(r"/[a-zA-Z][a-zA-Z0-9]{0,9}\s*>|br\s*/?>")
"""A tag whose `<` was taken for the second byte of the character before it."""

PER_CHARACTER = 3
"""Microseconds a character for finding its slots."""

RUBBISH = 4
"""Where one character in so many is a suspect, what is printed is no prose."""

SHORTEST = 3
"""Characters of a stretch that may be UTF-8 read as GBK."""

TELLING = 40
"""Characters that tell prose from rubbish as well as the whole run does."""

SURVIVING = 0.5
"""Share of the bytes of UTF-8 that must be left in Latin letters before the rest is inferred; in French one in three is."""

IS_BROKEN, IS_INFERRED = attrgetter("broken"), attrgetter("inferred")

WIDE = re.compile("[^\x00-\x7f]")
BLANK_BYTE = re.compile("(?<=[\xe2-\xef]) (?=[\x80-\xbf])|(?<=[\xe2-\xef][\x80-\xbf]) ")


def lossy_latin(run: str, offset: int, effort: Effort) -> list[Piece]:
    """UTF-8 read as Latin-1 or cp1252 from which control characters or no-break spaces were stripped."""
    if len(run) > LONGEST:
        return []
    slots = slots_of(BLANK_BYTE.sub("\xa0", run), LATIN)
    wide = [slot for slot in slots if slot.inferred or slot.broken or slot.candidates > "\x7f"]
    broken = sum(slot.broken or not slot.candidates for slot in wide)
    high = len(WIDE.findall(run))
    if (
        len(wide) < 3
        or (len(wide) < 8 and high < 2 * len(wide))
        or broken * 4 > len(wide)
        or high < SURVIVING * 3 * len(wide)
    ):
        return []
    return [
        Piece(offset + piece.start, offset + piece.end, piece.rule, piece.text)
        for piece in _slot_pieces(run, slots, 0, "utf8_as_latin1", " ", " ", effort)
    ]


def lossy_gbk(text: str, start: int, end: int, done: int, effort: Effort) -> list[Piece]:
    """Pieces for UTF-8 read as GBK in and around [start, end), none of them before `done`."""
    left, right = start, end
    while left > done and start - left < REACH and _plausible(text[left - 1]):
        left -= 1
    while right < len(text) and right - end < REACH and _plausible(text[right]):
        right += 1
    return [
        piece
        for run in _plausible_run().finditer(text, left, right)
        for piece in _gbk_pieces(text, *run.span(), effort)
    ]


def _slot_pieces(
    text: str, slots: list[Slot], offset: int, rule: str, before: str, after: str, effort: Effort
) -> list[Piece]:
    """Pieces for the slots of one run, which count from `offset` of `text`, if the likeliest text is prose: exact and
    inferred stretches apart."""
    if not effort.spend(cost_of(slots)):
        return []
    found = choose(slots, before, after)
    if any(map(IS_BROKEN, slots)):
        found = "".join(
            [text[offset + slot.start] if slot.broken else word for slot, word in zip(slots, found, strict=True)]
        )
    wide = len(WIDE.findall(found))
    inferred = any(map(IS_INFERRED, slots))
    start, end = offset + slots[0].start, offset + slots[-1].end
    printed = _fluency_as_printed(text, start, min(end, start + TELLING))
    if wide < (3 if inferred else 1) or not is_prose(found, fluency(found[:TELLING]), printed, structured=True):
        return []
    pieces: list[Piece] = []
    place = 0
    while place < len(slots):
        first = place
        inferred = slots[place].inferred
        while place < len(slots) and slots[place].inferred == inferred and not slots[place].broken:
            place += 1
        if place == first:
            place += 1
            continue
        start, end = offset + slots[first].start, offset + slots[place - 1].end
        name = f"{rule}_inferred" if inferred else rule
        pieces.append(trimmed(text[start:end], found[first:place], name, start))
    return pieces


def _fluency_as_printed(text: str, start: int, end: int) -> float:
    """The fluency of [start, end), of which so many suspects spare the reckoning."""
    return FLOOR if suspects_in(text, start, end) * RUBBISH >= end - start else fluency(text[start:end])


@cache
def _plausible(character: str) -> bool:
    """Whether a character can be two bytes of UTF-8 read as GBK, a loss marker, or ASCII inside such text."""
    if character < "\x80":
        return character.isalnum() or character in "?.,:;()%+- "
    if character in MARKERS or character == "€":
        return True
    data = GBK.bytes_of(character)
    if data is None or len(data) != 2:
        return False
    first, second = data
    return (0x80 <= first <= 0xBF or first in (0xC2, 0xC3) or 0xE2 <= first <= 0xEF) and (
        second < 0x80 or 0x80 <= second <= 0xBF or second in (0xC2, 0xC3) or 0xE2 <= second <= 0xEF
    )


@cache
def _plausible_run() -> re.Pattern[str]:
    pairs = (
        bytes((first, second)) for first in range(0x81, 0xFF) for second in (*range(0x40, 0x7F), *range(0x80, 0xFF))
    )
    characters = {pair.decode("gb18030") for pair in pairs} | set(map(chr, range(0x80))) | {*MARKERS, "€"}
    return re.compile(f"[{re.escape(''.join(sorted(filter(_plausible, characters))))}]{{{SHORTEST},}}")


def _gbk_pieces(text: str, first: int, last: int, effort: Effort) -> list[Piece]:
    """Pieces for UTF-8 read as GBK somewhere in [first, last): the slots between broken ones, each stretch apart."""
    pieces: list[Piece] = []
    if not effort.spend(PER_CHARACTER * (last - first)):
        return []
    slots = slots_of(text[first:last], GBK)
    place = 0
    while place < len(slots):
        if slots[place].broken or _is_ascii(slots[place]):
            place += 1
            continue
        begin = place
        while place < len(slots) and not slots[place].broken:
            place += 1
        stop = place
        while stop > begin and _is_ascii(slots[stop - 1]) and text[first + slots[stop - 1].start] < "\x80":
            stop -= 1
        pieces += _gbk_stretch(text, first, slots[begin:stop], effort)
    return pieces


def _is_ascii(slot: Slot) -> bool:
    return not slot.inferred and slot.candidates < "\x80"


def _gbk_stretch(text: str, first: int, slots: list[Slot], effort: Effort) -> list[Piece]:
    """Pieces for one stretch of slots; a second misreading below the first is taken off too."""
    while slots and _is_ascii(slots[-1]) and text[first + slots[-1].start] < "\x80":
        slots = slots[:-1]
    while slots and _is_healthy_start(text[first + slots[0].start : first + slots[0].end], slots[0]):
        slots = slots[1:]
    sure = sum(not slot.inferred and slot.candidates > "\x7f" for slot in slots)
    if sure < 2 or sure * 2 < sum(slot.inferred or slot.candidates > "\x7f" for slot in slots):
        return []
    start, end = first + slots[0].start, first + slots[-1].end
    before, after = text[start - 1 : start], text[end : end + 1]
    pieces = _slot_pieces(text, slots, first, "utf8_as_gbk", before.replace(">", " "), after.replace("<", " "), effort)
    if pieces:
        return _with_eaten_bracket(text, pieces)
    if not any(slot.inferred for slot in slots):
        deeper = best_reading("".join(slot.candidates for slot in slots), 2)
        if deeper:
            return [trimmed(text[start:end], deeper.text, "+".join(("utf8_as_gbk", *deeper.rules)), start)]
    return []


def _is_healthy_start(printed: str, slot: Slot) -> bool:
    """Whether a first slot is but a healthy character whose second byte looks like a lead byte (告 is B8E6)."""
    if not slot.inferred or not printed or any(marker in printed for marker in MARKERS):
        return False
    data = GBK.bytes_of(printed[0])
    return data is not None and data[0] < 0xC0 and all(map(is_ordinary, printed))


def _with_eaten_bracket(text: str, pieces: list[Piece]) -> list[Piece]:
    """Gives back the `<` of a tag that was taken for the second byte of the last character."""
    last = pieces[-1]
    if last.rule.endswith("_inferred") and text[last.end - 1] in MARKERS and EATEN.match(text, last.end):
        pieces[-1] = Piece(last.start, last.end, last.rule, last.text + "<")
    return pieces
