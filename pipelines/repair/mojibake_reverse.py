"""Mojibake that lost nothing: text decoded with the wrong charset, up to three times over, decoded back.

Each `Layer` is one wrong decoding: the charset the text was in and the one it was read in. A reading of a run is found
by taking off one to three layers strictly; among the readings that work the character model picks the most fluent.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from pipelines.repair.language import FLOOR, model
from pipelines.repair.mojibake_lattice import ORDINARY, single_byte

DEEPEST = 3
LONGEST = 4000
"""Characters of one run that are searched; no run of a real page comes near."""

FLUENT = ((3, -6.5), (6, -8.0), (12, -8.7), (LONGEST, -9.3))
"""Mean log-probability that Chinese of up to so many characters reaches. Windows of 8 (15) characters of held-out
reports lie above -8.8 (-8.0) in 99 of 100 cases; Korean, Russian, Japanese or French bytes read as GBK give at best
-7.4 for 2 characters, -9.6 for 4, -10.4 for 8, -10.9 for 15."""

STRUCTURE = 3.0
"""Nats a character by which text that was strict UTF-8 may be less fluent: its byte structure is evidence too."""

GAIN = 2.5
"""Nats a character by which a reading must beat the text as printed."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One wrong decoding: text in charset `was` that was `read_as` another. `undo` gives None if it cannot be."""

    rule: str
    read_as: Callable[[str], bytes | None]
    was: str

    def undo(self, text: str) -> str | None:
        """The text before this wrong decoding, None if the printed characters do not allow it."""
        data = self.read_as(text)
        if data is None:
            return None
        try:
            found = data.decode(self.was)
        except UnicodeDecodeError:
            return None
        return found if found != text else None


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading of a run: the text, the layers taken off (the outermost first), and its fluency."""

    text: str
    rules: tuple[str, ...]
    score: float


def latin_bytes(text: str) -> bytes | None:
    """The bytes behind Latin-1 or cp1252 characters.

    Letters beyond (`Ŀ`, `ʾ`) are byte pairs that happened to be UTF-8 and were merged into one character.
    """
    pieces = []
    for character in text:
        data = single_byte(character)
        if data is None:
            if not "\u0100" <= character <= "\u07ff":
                return None
            data = character.encode()
        pieces.append(data)
    return b"".join(pieces)


def _codec_bytes(codec: str) -> Callable[[str], bytes | None]:
    def encode(text: str) -> bytes | None:
        try:
            return text.encode(codec)
        except UnicodeEncodeError:
            return None

    return encode


@cache
def layers() -> tuple[Layer, ...]:
    """Every wrong decoding that is undone, the commonest first."""
    return (
        Layer("utf8_as_latin1", latin_bytes, "utf-8"),
        Layer("utf8_as_gbk", _codec_bytes("gb18030"), "utf-8"),
        Layer("gbk_as_latin1", latin_bytes, "gb18030"),
        Layer("gbk_as_big5", _codec_bytes("big5hkscs"), "gb18030"),
        Layer("gbk_as_big5", _codec_bytes("cp950"), "gb18030"),
        Layer("gbk_as_euc_jp", _codec_bytes("euc_jp"), "gb18030"),
        Layer("gbk_as_euc_kr", _codec_bytes("cp949"), "gb18030"),
        Layer("utf8_as_big5", _codec_bytes("big5hkscs"), "utf-8"),
        Layer("utf8_as_euc_kr", _codec_bytes("cp949"), "utf-8"),
        Layer("utf8_as_euc_jp", _codec_bytes("euc_jp"), "utf-8"),
    )


def fluency(text: str) -> float:
    """Mean log-probability, in their context, of the characters of `text` that are not ASCII; `FLOOR` without any."""
    language = model()
    folded = language.fold(text)
    total, count, before = 0.0, 0, " "
    for character, plain in zip(text, folded, strict=True):
        if character > "\x7f":
            total += language.bigram(before, plain)
            count += 1
        before = plain
    return total / count if count else FLOOR


def best_reading(run: str, deepest: int = DEEPEST) -> Reading | None:
    """The most fluent text that one to `deepest` wrong decodings turn into `run`; None if none is Chinese prose.

    Never raises; linear in `run` (which is cut off at `LONGEST` characters: a longer one is not read).
    """
    if len(run) > LONGEST or run.isascii():
        return None
    printed = fluency(run)
    best: Reading | None = None
    seen = {run}
    frontier: list[tuple[str, tuple[str, ...]]] = [(run, ())]
    for _ in range(deepest):
        grown = []
        for text, rules in frontier:
            for layer in layers():
                found = layer.undo(text)
                if found is None or found in seen or found.isascii():
                    continue
                seen.add(found)
                path = (*rules, layer.rule)
                grown.append((found, path))
                score = fluency(found)
                if is_prose(found, score, printed, structured=layer.was == "utf-8") and (
                    best is None or score > best.score
                ):
                    best = Reading(found, path, score)
        if best is not None:
            return best
        frontier = grown
    return None


def taken_off(run: str, rules: tuple[str, ...]) -> str | None:
    """`run` without the layers that these rules name, if that leaves nothing but ordinary characters."""
    texts = {run}
    for rule in rules:
        undone = {layer.undo(text) for text in texts for layer in layers() if layer.rule == rule}
        texts = {text for text in undone if text is not None}
    language = model()
    for text in sorted(texts):
        if all(language.unigram(plain) > ORDINARY for plain in language.fold(text) if plain > "\x7f"):
            return text
    return None


def is_prose(text: str, score: float, printed: float, *, structured: bool) -> bool:
    """Whether a reading is Chinese prose and clearly beats what is printed; short ones must be more fluent still."""
    wide = sum(character > "\x7f" for character in text)
    needed = next((floor for length, floor in FLUENT if wide <= length), FLUENT[-1][1])
    if structured:
        needed -= STRUCTURE
    return wide >= (1 if structured else 2) and score >= needed and score - printed >= GAIN
