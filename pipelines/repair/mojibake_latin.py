"""Pieces for runs of Latin letters that are Chinese read a byte at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from pipelines.repair.mojibake_choice import VARIANT_COST
from pipelines.repair.mojibake_lossy import lossy_latin
from pipelines.repair.mojibake_pieces import Effort, Piece, trimmed
from pipelines.repair.mojibake_prose import LONGEST, cost_of_forms, fold, follow
from pipelines.repair.mojibake_reverse import Reading, best_list, best_reading, taken_off
from pipelines.repair.mojibake_suspects import LATIN_HINT, LATIN_RUN

HEALTHY = re.compile("[\u4e00-\u9fff，。、：；（）《》]")

PER_RUN = 40
PER_CHARACTER = 2
"""Microseconds for a run that is read at once."""

DEEP = 8
"""Microseconds a character for every other way to read a run."""

SHORT = 24
"""Characters of a run that is too short to be judged alone."""

MOST_PARTS = 1000
"""Parts of one run that are looked at; a run of a page has a few."""

SIGNS = "“”‘’—–…•"
"""Healthy Chinese and cp1252 at once: at an end of a run they may belong to it or not."""

MOST_SIGNS = 4

CORE = re.compile("[\xc2-\xef].*[^“”‘’—–…• -~]")
"""A run from its first letter on, without the signs at its end."""

PARTS = (re.compile("[^“”‘’—–…•]+"), re.compile("[^ -~“”‘’—–…•]+(?:[@-~][^ -~“”‘’—–…•]+)*"))
"""Parts of a run: between signs that are healthy Chinese and cp1252 at once; between ASCII too."""


def latin_pieces(text: str, effort: Effort) -> list[Piece]:
    """Pieces for every run of Latin letters. Runs too short to be judged alone (¡£ is 。) are read
    as the others of the page were."""
    pieces: list[Piece] = []
    unread: list[re.Match[str]] = []
    for run in LATIN_RUN.finditer(text):
        if run.end() - run.start() < 2 or not LATIN_HINT.search(run[0]):
            continue
        if not effort.spend(PER_RUN + PER_CHARACTER * (run.end() - run.start())):
            break
        found = _run_pieces(text, run.start(), run.end(), effort) or _list_pieces(text, run.start(), run.end(), effort)
        pieces += found
        if not found and run.end() - run.start() <= SHORT:
            unread.append(run)
    met = {piece.rule for piece in pieces if not piece.rule.endswith("_inferred")}
    for run in unread:
        for rule in sorted(met):
            read = taken_off(run[0], tuple(rule.split("+")))
            if read is not None:
                pieces.append(trimmed(run[0], read, rule, run.start()))
                break
    return pieces


def _list_pieces(text: str, start: int, end: int, effort: Effort) -> list[Piece]:
    """A piece for a run that is a list of rare hanzi, if it touches healthy Chinese."""
    if not (HEALTHY.search(text[max(0, start - 1) : start]) or HEALTHY.match(text[end : end + 1])):
        return []
    if not effort.spend(DEEP * (end - start)):
        return []
    reading = best_list(text[start:end])
    return [trimmed(text[start:end], reading.text, "+".join(reading.rules), start)] if reading else []


def _best_cut(text: str, start: int, end: int, effort: Effort) -> list[Piece]:
    """The reading of a run, without those of the signs at its ends that make a likelier line if they are healthy."""
    before, after = fold(text[max(0, start - 2) : start].rjust(2)), fold(text[end : end + 2])
    found: list[tuple[int, int, Reading]] = []
    for first, last in _cuts(text, start, end):
        reading = best_reading(text[first:last]) if effort.spend(PER_CHARACTER * (last - first)) else None
        if reading:
            found.append((first, last, reading))
    if not found:
        return []

    def likeliness(cut: tuple[int, int, Reading]) -> float:
        first, last, reading = cut
        mended = text[start:first] + reading.text + text[last:end]
        return follow(before, fold(mended) + after) - cost_of_forms(mended, fold(mended), VARIANT_COST)

    first, last, reading = max(found, key=likeliness) if len(found) > 1 else found[0]
    return [trimmed(text[first:last], reading.text, "+".join(reading.rules), first)]


def _cuts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """[start, end) with and without up to `MOST_SIGNS` signs at each end."""
    leading = trailing = 0
    while leading < MOST_SIGNS and start + leading < end and text[start + leading] in SIGNS:
        leading += 1
    while trailing < MOST_SIGNS and start < end - trailing and text[end - 1 - trailing] in SIGNS:
        trailing += 1
    for first in range(start, start + leading + 1):
        for last in range(end, end - trailing - 1, -1):
            if first < last:
                yield first, last


def _run_pieces(text: str, start: int, end: int, effort: Effort) -> list[Piece]:
    """What the run of Latin letters [start, end) says in Chinese; nothing if it is no mojibake."""
    run, offset = text[start:end], start
    if len(run) > LONGEST:
        return []
    found = _best_cut(text, start, end, effort)
    if found:
        return found
    core = CORE.search(run)
    reading = best_reading(core[0]) if core and effort.spend(PER_CHARACTER * len(run)) else None
    if core and reading:
        return [trimmed(core[0], reading.text, "+".join(reading.rules), offset + core.start())]
    if not effort.spend(DEEP * len(run)):
        return []
    found = lossy_latin(run, offset, effort)
    for pattern in PARTS:
        if found:
            break
        for part in islice(pattern.finditer(run), MOST_PARTS):
            reading = best_reading(part[0]) if 1 < len(part[0]) < len(run) else None
            if reading:
                found.append(trimmed(part[0], reading.text, "+".join(reading.rules), offset + part.start()))
    return found
