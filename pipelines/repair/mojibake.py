"""Mojibake: found by runs of script inside a line, undone where a reading clearly beats what is printed.

The plan: a cheap look for suspects (`mojibake_suspects`); then each run of Latin letters (`mojibake_latin`) and each
cluster of suspect hanzi (`mojibake_wide`) by itself. What lost nothing is read back (`mojibake_reverse`,
`mojibake_exact`, `mojibake_aligned`) from where to where the whole line is likeliest (`mojibake_tracks`); where bytes
were lost, the likeliest text stands in (`mojibake_lossy`, `mojibake_lattice`, `mojibake_choice`). What cannot be read is
flagged and left as it stands.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipelines.model import Edit, Finding
from pipelines.repair.mojibake_latin import latin_pieces
from pipelines.repair.mojibake_lossy import EATEN
from pipelines.repair.mojibake_pieces import Effort, Piece
from pipelines.repair.mojibake_suspects import LATIN_HINT, clusters, floods, is_traditional
from pipelines.repair.mojibake_wide import wide_pieces

BUDGET = 650_000
"""Microseconds of work on one page: some 60,000 damaged characters. What lies beyond is left, and said so."""

CHUNK = 4000
"""Characters of a cluster that are read at once."""


@dataclass(slots=True)
class MojibakeResult:
    """Edits in coordinates of the text that was given (sorted, not overlapping), page flags, and findings."""

    edits: list[Edit] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def mojibake_edits(text: str, step: int, sketch: str | None = None) -> MojibakeResult:
    """What undoes the mojibake of `text` (a page's source, markup and all), as edits of step `step`.

    The text's sketch may be given. Linear in `text`.

    Rules are `utf8_as_latin1`, `utf8_as_gbk`, `gbk_as_latin1`, `gbk_as_big5`, `gbk_as_euc_kr`, `gbk_as_euc_jp` …,
    several joined by `+` (the outermost first) for text that was misread more than once; a rule ending in `_inferred`
    covers characters of which bytes were lost. Flags: `mojibake_repaired`, `characters_lost` (some inferred or not
    restored), `mojibake_lossy` (damage left standing). Never raises.
    """
    result = MojibakeResult()
    pieces: list[Piece] = []
    effort = Effort(BUDGET)
    done = 0
    if LATIN_HINT.search(text):
        pieces = latin_pieces(text, effort)
    variants = is_traditional(text if sketch is None else sketch)
    suspicious = clusters(text, variants=variants)
    for start, end in _chunks(suspicious):
        if effort.is_spent:
            break
        start = max(start, done)
        if end - start < 2:
            continue
        found = wide_pieces(text, start, end, done, variants=variants, effort=effort)
        pieces += found
        done = max((piece.end for piece in found), default=done)
    result.edits = _as_edits(text, pieces, step)
    if effort.is_spent:
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
    _flag_floods(text, suspicious, result)
    return result


def _chunks(stretches_found: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The stretches in parts of at most `CHUNK` characters, so that the work on a page stays bounded."""
    for start, end in stretches_found:
        for place in range(start, end, CHUNK):
            yield place, min(end, place + CHUNK)


def _flag_floods(text: str, suspicious: list[tuple[int, int]], result: MojibakeResult) -> None:
    """Says where text is gone for good."""
    repaired = [edit.start for edit in result.edits]
    for place in floods(text, suspicious):
        at = bisect_left(repaired, place)
        if not any(edit.start <= place < edit.end for edit in result.edits[max(0, at - 1) : at + 1]):
            result.flags += [flag for flag in ("mojibake_lossy", "characters_lost") if flag not in result.flags]
            detail = f"unreadable for good from character {place} on: {text[place : place + 12]}"
            result.findings.append(Finding("repair", "mojibake_lossy", detail))
            return


def _as_edits(text: str, pieces: list[Piece], step: int) -> list[Edit]:
    """Sorted edits; a piece that overlaps an earlier one or changes nothing is left out."""
    edits: list[Edit] = []
    place = 0
    for piece in sorted(pieces, key=lambda piece: (piece.start, piece.end)):
        removed = text[piece.start : piece.end]
        if piece.start >= place and removed != piece.text:
            edits.append(Edit("repair", step, piece.rule, piece.start, piece.end, removed, piece.text))
            place = piece.end
    return edits


__all__ = ["EATEN", "MojibakeResult", "mojibake_edits"]
