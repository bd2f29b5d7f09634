"""Pieces for clusters of suspect hanzi: UTF-8 or GBK read as a two-byte charset."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pipelines.repair.mojibake_aligned import aligned_units, likely_rules
from pipelines.repair.mojibake_bytes import LOST, MARKERS
from pipelines.repair.mojibake_exact import Peeled, peelings
from pipelines.repair.mojibake_lossy import lossy_gbk
from pipelines.repair.mojibake_pieces import Effort, Piece, trimmed
from pipelines.repair.mojibake_prose import LONGEST
from pipelines.repair.mojibake_reverse import best_reading
from pipelines.repair.mojibake_suspects import suspects_in
from pipelines.repair.mojibake_tracks import Unit, Way, ways

PER_CLUSTER, PER_PEELING, PER_UNIT, PER_READING = 200.0, 3.0, 9.0, 12.0
"""Microseconds for a cluster; for a character that is peeled, followed on two tracks, read whole."""

NEAR = 60
"""Characters looked at on each side of a cluster for the ends of the damage."""

FARTHEST = 2000
"""The most that is looked at when the damage reaches farther than that."""

BETWEEN = 12
"""Characters beyond ASCII that may stand unexplained in a cluster that lost nothing: what parts two damaged spans."""

STRAY, STRAY_SHARE = 2, 6
"""Suspects that may be left in a cluster for it to be one that lost nothing: healthy rare characters beside it."""

FEWEST = 2
ENOUGH_EXACT = 6.0
"""Characters restored and nats gained by a stretch that is read as UTF-8. Of 1.4 million healthy characters (the corpus,
dictionaries of words and places in random order, Japanese, Korean, lists of rare hanzi) none restores more than one."""

ENOUGH_ALIGNED = {
    "gbk_as_big5": ((4, 10.0), (10**9, -10.0)),
    "gbk_as_euc_kr": ((4, 6.0), (7, 0.0), (10**9, -10.0)),
    "gbk_as_euc_jp": ((5, 12.0), (7, 8.0), (10**9, -8.0)),
}
"""The same for GBK, where any hanzi has a counterpart, by the number of characters that change. Of the same healthy
characters up to so many gain at most 6.8 (more of them lose 40) read from Big5, 4.2 (lose 38; 58) from EUC-KR, 8.9 (4.4;
lose 23) from EUC-JP."""

MARKUP = frozenset("<>\n\r\t")


def wide_pieces(text: str, start: int, end: int, done: int, *, variants: bool, effort: Effort) -> list[Piece]:
    """What the cluster [start, end) says, none of it before `done`; nothing if it is no mojibake.

    `variants` says that Traditional forms are the rule in the text around it.
    """
    exact = _exact_pieces(text, start, end, done, variants=variants, effort=effort)
    left_by_exact = _left(text, start, end, exact)
    if exact and not left_by_exact and not _touches_a_mark(text, exact):
        return exact
    lossy = lossy_gbk(text, start, end, done, effort)
    if exact:
        left_by_lossy = _left(text, start, end, lossy)
        is_wider = _touches_a_mark(text, exact) and _wide(text, lossy) > _wide(text, exact)
        return lossy if left_by_lossy < left_by_exact or (left_by_lossy == left_by_exact and is_wider) else exact
    covered = sum(piece.end - piece.start for piece in lossy)
    if covered * 2 >= end - start:
        return lossy
    aligned = _aligned_pieces(text, start, end, done, variants=variants, effort=effort)
    if aligned and _left(text, start, end, aligned) <= _left(text, start, end, lossy):
        return aligned
    return lossy or _whole_pieces(text, start, end, done, effort)


def _touches_a_mark(text: str, pieces: Sequence[Piece]) -> bool:
    """Whether a sign of lost bytes stands at most one character away from a piece."""
    return any(
        mark in text[max(0, piece.start - 2) : piece.start] or mark in text[piece.end : piece.end + 2]
        for piece in pieces
        for mark in MARKERS
    )


def _wide(text: str, pieces: Sequence[Piece]) -> int:
    """How many characters beyond ASCII the pieces replace."""
    return sum(character > "\x7f" for piece in pieces for character in text[piece.start : piece.end])


def _left(text: str, start: int, end: int, pieces: Sequence[Piece]) -> int:
    """How many suspects of [start, end) none of the `pieces` explains."""
    covered = [(piece.start, piece.end) for piece in pieces]
    return sum(suspects_in(text, first, last) for first, last in _outside(start, end, covered))


def _outside(start: int, end: int, covered: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The parts of [start, end) that none of the sorted stretches covers."""
    for first, last in covered:
        if start < first:
            yield start, min(first, end)
        start = max(start, last)
    if start < end:
        yield start, end


def _to_its_ends(find: Callable[[int, int], list[Piece]], text: str, start: int, end: int, done: int) -> list[Piece]:
    """What `find` makes of the surroundings of [start, end), taken wider until no piece ends where they do."""
    near = NEAR
    while True:
        left, right = max(done, start - near), min(len(text), end + near)
        pieces = find(left, right)
        cut_off = any(left == piece.start > done or right == piece.end < len(text) for piece in pieces)
        if not cut_off or near >= FARTHEST:
            return pieces
        near *= 4


def _exact_pieces(text: str, start: int, end: int, done: int, *, variants: bool, effort: Effort) -> list[Piece]:
    """Pieces for UTF-8 that lost nothing in and around [start, end), read back through the chain that gains most."""
    if text.count(LOST, start, end) > STRAY:
        return []

    def explained(stretches: list[Peeled]) -> list[Peeled]:
        found = [stretch for stretch in stretches if stretch.start < end and stretch.end > start]
        left = list(_outside(start, end, [(stretch.start, stretch.end) for stretch in found]))
        stray = sum(suspects_in(text, *gap) for gap in left)
        most = max(STRAY, suspects_in(text, start, end) // STRAY_SHARE)
        between = sum(character > "\x7f" for first, last in left for character in text[first:last])
        return found if stray <= most and between <= BETWEEN else []

    def find(left: int, right: int) -> list[Piece]:
        best: list[Piece] = []
        highest = 0.0
        if not effort.spend(PER_CLUSTER + PER_PEELING * (right - left)):
            return best
        for peeled in peelings(text, left, right, explained):
            pieces: list[Piece] = []
            gained = 0.0
            for stretch in peeled:
                units = stretch.units(text)
                for way in _ways(text, units, variants=variants, effort=effort):
                    damaged = units[way.first : way.last]
                    if way.gain >= ENOUGH_EXACT and _restored(damaged) >= (FEWEST if len(stretch.rules) > 1 else 1):
                        gained += way.gain
                        pieces += _pieces(damaged, "+".join(stretch.rules))
            if gained > highest:
                best, highest = pieces, gained
        return best

    return _to_its_ends(find, text, start, end, done)


def _aligned_pieces(text: str, start: int, end: int, done: int, *, variants: bool, effort: Effort) -> list[Piece]:
    """Pieces for GBK read as another two-byte charset in and around [start, end)."""
    rules = likely_rules(text[start:end])

    def find(left: int, right: int) -> list[Piece]:
        best: list[Piece] = []
        highest = float("-inf")
        for rule in rules:
            units = aligned_units(text, left, right, rule)
            pieces: list[Piece] = []
            gained = 0.0
            for way in _ways(text, units, variants=variants, effort=effort):
                damaged = units[way.first : way.last]
                changed = sum(unit.printed != unit.read for unit in damaged)
                if way.gain >= next(gain for length, gain in ENOUGH_ALIGNED[rule] if changed <= length):
                    gained += way.gain
                    pieces += _pieces(damaged, rule)
            if pieces and gained > highest:
                best, highest = pieces, gained
        return best

    return _to_its_ends(find, text, start, end, done)


def _restored(units: Sequence[Unit]) -> int:
    """How many characters beyond ASCII are read that are not printed so."""
    return sum(character > "\x7f" for unit in units if unit.printed != unit.read for character in unit.read)


def _ways(text: str, units: Sequence[Unit], *, variants: bool, effort: Effort) -> list[Way]:
    """The ways through units of `text`, given two characters on each side of them."""
    if not units or not effort.spend(PER_UNIT * len(units)):
        return []
    start, end = units[0].start, units[-1].end
    return ways(units, text[max(0, start - 2) : start], text[end : end + 2], variants=variants)


def _pieces(units: Sequence[Unit], rule: str) -> Iterator[Piece]:
    """One piece for each stretch of units without markup between them, from the first that changes to the last."""
    place = 0
    while place < len(units):
        first = place
        while place < len(units) and units[place].printed not in MARKUP:
            place += 1
        last = place
        place += 1
        while first < last and units[first].printed == units[first].read:
            first += 1
        while last > first and units[last - 1].printed == units[last - 1].read:
            last -= 1
        if first < last:
            yield Piece(units[first].start, units[last - 1].end, rule, "".join(unit.read for unit in units[first:last]))


def _whole_pieces(text: str, start: int, end: int, done: int, effort: Effort) -> list[Piece]:
    """A piece for a cluster that was misread more than once, taken whole between blanks and markup."""
    stop = "<>&\"'\n\r\t "
    while start > done and text[start - 1] not in stop and end - start < LONGEST:
        start -= 1
    while end < len(text) and text[end] not in stop and end - start < LONGEST:
        end += 1
    reading = best_reading(text[start:end]) if effort.spend(PER_READING * (end - start)) else None
    if reading is None or not any(rule.startswith("utf8") for rule in reading.rules):
        return []
    return [trimmed(text[start:end], reading.text, "+".join(reading.rules), start)]
