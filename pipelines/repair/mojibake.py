"""Mojibake: found by runs of script inside a line, undone where a reading clearly beats what is printed.

The plan: a cheap look for suspects (`mojibake_suspects`); for runs of Latin letters and for clusters of suspect hanzi
the readings that lose nothing (`mojibake_reverse`, `mojibake_aligned`); then, where bytes were lost, the likeliest text
(`mojibake_lattice`). What cannot be read is flagged and left as it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

from pipelines.model import Edit, Finding
from pipelines.repair.mojibake_aligned import CODECS, Stretch, looks_aligned, stretches
from pipelines.repair.mojibake_lattice import GBK, LATIN, MARKERS, Slot, choose, is_ordinary, slots_of
from pipelines.repair.mojibake_reverse import LONGEST, best_reading, fluency, is_prose, taken_off
from pipelines.repair.mojibake_suspects import LATIN_HINT, LATIN_RUN, clusters, floods

REACH = 300
"""Characters looked at on each side of a cluster for the ends of the damage."""

NEAR = 40
"""The same where any hanzi may belong to it."""

BUDGET = 650_000
"""Microseconds of work (as measured on two virtual CPUs) on one page: some 80,000 damaged characters. What lies beyond
is left, and said so."""

EATEN = re.compile(r"/[a-zA-Z][a-zA-Z0-9]{0,9}\s*>|br\s*/?>")
"""A tag whose `<` was taken for the second byte of the character before it."""

CHUNK = 4000
"""Characters of a cluster that are read at once."""

TELLING = 150
"""Characters that tell prose from rubbish as well as the whole run does."""

SHORT = 24
"""Characters of a run that is too short to be judged alone."""

SURVIVING = 0.5
"""Share of the bytes of UTF-8 that must be left in Latin letters before the rest is inferred."""


@dataclass(slots=True)
class MojibakeResult:
    """Edits in coordinates of the text that was given (sorted, not overlapping), page flags, and findings."""

    edits: list[Edit] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Piece:
    """[start, end) of the text becomes `text` for the reason `rule`."""

    start: int
    end: int
    rule: str
    text: str


def mojibake_edits(text: str, step: int) -> MojibakeResult:
    """What undoes the mojibake of `text` (a page's source, markup and all), as edits of step `step`.

    Rules are `utf8_as_latin1`, `utf8_as_gbk`, `gbk_as_latin1`, `gbk_as_big5`, `gbk_as_euc_kr`, `gbk_as_euc_jp` …,
    several joined by `+` (the outermost first) for text that was misread more than once; a rule ending in `_inferred`
    covers characters of which bytes were lost. Flags: `mojibake_repaired`, `characters_lost` (some inferred or not
    restored), `mojibake_lossy` (damage left standing). Never raises; linear in `text`.
    """
    result = MojibakeResult()
    pieces: list[_Piece] = []
    work = done = 0
    if LATIN_HINT.search(text):
        pieces, work = _all_latin_pieces(text)
    for start, end in _chunks(clusters(text)):
        if work > BUDGET:
            break
        start = max(start, done)
        if end - start < 2:
            continue
        found = _wide_pieces(text, start, end, done)
        pieces += found
        done = max((piece.end for piece in found), default=done)
        work += 600 + (end - start) * (9 if found else 30)
    result.edits = _as_edits(text, pieces, step)
    if work > BUDGET:
        last = result.edits[-1].end if result.edits else 0
        detail = f"more damage than is worth undoing, left from about character {last} on"
        result.findings.append(Finding("repair", "mojibake_left", detail))
        result.flags.append("mojibake_lossy")
    if result.edits:
        result.flags.append("mojibake_repaired")
    inferred = sum(len(edit.inserted) for edit in result.edits if edit.rule.endswith("_inferred"))
    if inferred:
        result.flags.append("characters_lost")
        detail = f"{inferred} characters stand where bytes were lost and are inferred from what is left of them"
        result.findings.append(Finding("repair", "mojibake_inferred", detail))
    _flag_floods(text, result)
    return result


def _chunks(stretches_found: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The stretches in parts of at most `CHUNK` characters, so that the work on a page stays bounded."""
    for start, end in stretches_found:
        for place in range(start, end, CHUNK):
            yield place, min(end, place + CHUNK)


def _all_latin_pieces(text: str) -> tuple[list[_Piece], int]:
    """Pieces for every run of Latin letters, and the work done. Runs too short to be judged alone (¡£ is 。) are read
    as the others of the page were."""
    pieces: list[_Piece] = []
    unread: list[re.Match[str]] = []
    work = 0
    for run in LATIN_RUN.finditer(text):
        if run.end() - run.start() < 2 or not LATIN_HINT.search(run[0]):
            continue
        found = _latin_pieces(run[0], run.start())
        pieces += found
        if not found and run.end() - run.start() <= SHORT:
            unread.append(run)
        work += 40 + (run.end() - run.start()) * (1 if found else 12)
        if work > BUDGET:
            break
    met = {piece.rule for piece in pieces if not piece.rule.endswith("_inferred")}
    for run in unread:
        for rule in sorted(met):
            read = taken_off(run[0], tuple(rule.split("+")))
            if read is not None:
                pieces.append(_trimmed(run[0], read, rule, run.start()))
                break
    return pieces, work


def _flag_floods(text: str, result: MojibakeResult) -> None:
    """Says where text is gone for good."""
    repaired = [edit.start for edit in result.edits]
    for place in floods(text):
        at = bisect_left(repaired, place)
        if not any(edit.start <= place < edit.end for edit in result.edits[max(0, at - 1) : at + 1]):
            result.flags += [flag for flag in ("mojibake_lossy", "characters_lost") if flag not in result.flags]
            detail = f"unreadable for good from character {place} on: {text[place : place + 12]}"
            result.findings.append(Finding("repair", "mojibake_lossy", detail))
            return


def _as_edits(text: str, pieces: list[_Piece], step: int) -> list[Edit]:
    """Sorted edits; a piece that overlaps an earlier one or changes nothing is left out."""
    edits: list[Edit] = []
    place = 0
    for piece in sorted(pieces, key=lambda piece: (piece.start, piece.end)):
        removed = text[piece.start : piece.end]
        if piece.start >= place and removed != piece.text:
            edits.append(Edit("repair", step, piece.rule, piece.start, piece.end, removed, piece.text))
            place = piece.end
    return edits


def _latin_pieces(run: str, offset: int) -> list[_Piece]:
    """What a run of Latin letters says in Chinese; nothing if it is no mojibake."""
    core = CORE.search(run) if len(run) <= LONGEST else None
    for match in (WHOLE.match(run), core):
        reading = best_reading(match[0]) if match else None
        if match and reading:
            return [_trimmed(match[0], reading.text, "+".join(reading.rules), offset + match.start())]
    found = _lossy_latin(run, offset)
    for pattern in PARTS:
        if found:
            break
        for part in islice(pattern.finditer(run), MOST_PARTS):
            reading = best_reading(part[0]) if 1 < len(part[0]) < len(run) else None
            if reading:
                found.append(_trimmed(part[0], reading.text, "+".join(reading.rules), offset + part.start()))
    return found


def _trimmed(removed: str, inserted: str, rule: str, offset: int) -> _Piece:
    """The piece without the ASCII that both ends share."""
    head = tail = 0
    shared = min(len(removed), len(inserted))
    while head < shared and removed[head] == inserted[head] and removed[head] < "\x80":
        head += 1
    while tail < shared - head and removed[-1 - tail] == inserted[-1 - tail] and removed[-1 - tail] < "\x80":
        tail += 1
    return _Piece(offset + head, offset + len(removed) - tail, rule, inserted[head : len(inserted) - tail])


MOST_PARTS = 1000
"""Parts of one run that are looked at; a run of a page has a few."""

WHOLE = re.compile("(?s).*")
CORE = re.compile("[\xc2-\xef].*[^“”‘’—–…• -~]")
"""A run without the healthy signs at its ends."""

PARTS = (re.compile("[^“”‘’—–…•]+"), re.compile("[^ -~“”‘’—–…•]+(?:[@-~][^ -~“”‘’—–…•]+)*"))
"""Parts of a run: between signs that are healthy Chinese and cp1252 at once; between ASCII too."""

BLANK_BYTE = re.compile("(?<=[\xe2-\xef]) (?=[\x80-\xbf])|(?<=[\xe2-\xef][\x80-\xbf]) ")


def _lossy_latin(run: str, offset: int) -> list[_Piece]:
    """UTF-8 read as Latin-1 or cp1252 from which control characters or no-break spaces were stripped."""
    if len(run) > LONGEST:
        return []
    slots = slots_of(BLANK_BYTE.sub("\xa0", run), LATIN)
    wide = [slot for slot in slots if slot.inferred or slot.broken or slot.candidates > "\x7f"]
    broken = sum(slot.broken or not slot.candidates for slot in wide)
    if (
        len(wide) < 3
        or (len(wide) < 8 and len(run) < 2 * len(wide))
        or broken * 4 > len(wide)
        or len(run) < SURVIVING * 3 * len(wide)
    ):
        return []
    return _slot_pieces(run, slots, offset, "utf8_as_latin1", " ", " ")


def _slot_pieces(run: str, slots: list[Slot], offset: int, rule: str, before: str, after: str) -> list[_Piece]:
    """Pieces for the slots of one run, if the likeliest text is prose: exact and inferred stretches apart."""
    chosen = [
        run[slot.start : slot.end] if slot.broken else word
        for slot, word in zip(slots, choose(slots, before, after), strict=True)
    ]
    found = "".join(chosen)
    wide = sum(character > "\x7f" for character in found)
    inferred = any(slot.inferred for slot in slots)
    fluent, printed = fluency(found[:TELLING]), fluency(run[:TELLING])
    if wide < (3 if inferred else 1) or not is_prose(found, fluent, printed, structured=True):
        return []
    pieces: list[_Piece] = []
    place = 0
    while place < len(slots):
        first = place
        inferred = slots[place].inferred
        while place < len(slots) and slots[place].inferred == inferred and not slots[place].broken:
            place += 1
        if place == first:
            place += 1
            continue
        start, end = slots[first].start, slots[place - 1].end
        words = "".join(chosen[first:place])
        name = f"{rule}_inferred" if inferred else rule
        pieces.append(_trimmed(run[start:end], words, name, offset + start))
    return pieces


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


def _wide_pieces(text: str, start: int, end: int, done: int) -> list[_Piece]:
    """What a cluster of suspect hanzi says, none of it before `done`; nothing if it is no mojibake."""
    pieces: list[_Piece] = []
    left, right = start, end
    while left > done and start - left < REACH and _plausible(text[left - 1]):
        left -= 1
    while right < len(text) and right - end < REACH and _plausible(text[right]):
        right += 1
    for first, last in _plausible_spans(text, left, right):
        pieces += _gbk_pieces(text, first, last)
    covered = sum(piece.end - piece.start for piece in pieces)
    if covered * 2 >= end - start:
        return pieces
    return pieces or _aligned_pieces(text, start, end, done) or _whole_pieces(text, start, end, done)


def _plausible_spans(text: str, left: int, right: int) -> Iterator[tuple[int, int]]:
    """The maximal plausible stretches of [left, right)."""
    place = left
    while place < right:
        if not _plausible(text[place]):
            place += 1
            continue
        first = place
        while place < right and _plausible(text[place]):
            place += 1
        if place - first > 2:
            yield first, place


def _gbk_pieces(text: str, first: int, last: int) -> list[_Piece]:
    """Pieces for UTF-8 read as GBK somewhere in [first, last): the slots between broken ones, each stretch apart."""
    pieces: list[_Piece] = []
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
        pieces += _gbk_stretch(text, first, slots[begin:stop])
    return pieces


def _is_ascii(slot: Slot) -> bool:
    return not slot.inferred and slot.candidates < "\x80"


def _gbk_stretch(text: str, first: int, slots: list[Slot]) -> list[_Piece]:
    """Pieces for one stretch of slots; a second misreading below the first is taken off too."""
    while slots and _is_ascii(slots[-1]) and text[first + slots[-1].start] < "\x80":
        slots = slots[:-1]
    while slots and _is_healthy_start(text[first + slots[0].start : first + slots[0].end], slots[0]):
        slots = slots[1:]
    sure = sum(not slot.inferred and slot.candidates > "\x7f" for slot in slots)
    if sure < 2 or sure * 2 < sum(slot.inferred or slot.candidates > "\x7f" for slot in slots):
        return []
    start, end = first + slots[0].start, first + slots[-1].end
    run = text[start:end]
    before, after = text[start - 1 : start], text[end : end + 1]
    moved = [_moved(slot, -slots[0].start) for slot in slots]
    pieces = _slot_pieces(run, moved, start, "utf8_as_gbk", before.replace(">", " "), after.replace("<", " "))
    if pieces:
        return _with_eaten_bracket(text, pieces)
    if not any(slot.inferred for slot in slots):
        deeper = best_reading("".join(slot.candidates for slot in slots), 2)
        if deeper:
            return [_trimmed(run, deeper.text, "+".join(("utf8_as_gbk", *deeper.rules)), start)]
    return []


def _is_healthy_start(printed: str, slot: Slot) -> bool:
    """Whether a first slot is but a healthy character whose second byte looks like a lead byte (告 is B8E6)."""
    if not slot.inferred or not printed or any(marker in printed for marker in MARKERS):
        return False
    data = GBK.bytes_of(printed[0])
    return data is not None and data[0] < 0xC0 and all(map(is_ordinary, printed))


def _moved(slot: Slot, by: int) -> Slot:
    return Slot(slot.start + by, slot.end + by, slot.candidates, slot.inferred, slot.broken)


def _with_eaten_bracket(text: str, pieces: list[_Piece]) -> list[_Piece]:
    """Gives back the `<` of a tag that was taken for the second byte of the last character."""
    last = pieces[-1]
    if last.rule.endswith("_inferred") and text[last.end - 1] in MARKERS and EATEN.match(text, last.end):
        pieces[-1] = _Piece(last.start, last.end, last.rule, last.text + "<")
    return pieces


def _aligned_pieces(text: str, start: int, end: int, done: int) -> list[_Piece]:
    """Pieces for GBK read as another two-byte charset in and around [start, end)."""
    left, right = max(done, start - NEAR), min(len(text), end + NEAR)
    region = text[left:right]
    best: list[Stretch] = []
    for rule, _ in CODECS:
        if looks_aligned(text[start:end], rule):
            found = stretches(region, rule)
            if sum(len(stretch.text) for stretch in found) > sum(len(stretch.text) for stretch in best):
                best = found
    return [_Piece(left + found.start, left + found.end, found.rule, found.text) for found in best]


def _whole_pieces(text: str, start: int, end: int, done: int) -> list[_Piece]:
    """A piece for a cluster that was misread more than once, taken whole between blanks and markup."""
    stop = "<>&\"'\n\r\t "
    while start > done and text[start - 1] not in stop and end - start < LONGEST:
        start -= 1
    while end < len(text) and text[end] not in stop and end - start < LONGEST:
        end += 1
    reading = best_reading(text[start:end])
    if reading is None or not any(rule.startswith("utf8") for rule in reading.rules):
        return []
    return [_trimmed(text[start:end], reading.text, "+".join(reading.rules), start)]


__all__ = ["MojibakeResult", "mojibake_edits"]
