"""Mojibake that lost nothing: text decoded with the wrong charset, up to three times over, decoded back.

Each `Layer` is one wrong decoding: the charset the text was in and the one it was read in. A reading of a run is found
by taking off one to three layers strictly; among the readings that work the character model picks the most fluent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from pipelines.repair.language import model
from pipelines.repair.mojibake_bytes import single_byte
from pipelines.repair.mojibake_lattice import ORDINARY
from pipelines.repair.mojibake_prose import GAIN, LONGEST, fluency, is_prose
from pipelines.repair.mojibake_suspects import suspects_in

DEEPEST = 3
PARTING = frozenset("、，；。：")
LIST = 4
"""Characters, signs among them, of the shortest list."""


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


def best_reading(run: str, deepest: int = DEEPEST) -> Reading | None:
    """The most fluent text that one to `deepest` wrong decodings turn into `run`; None if none is Chinese prose.

    Never raises; linear in `run` (which is cut off at `LONGEST` characters: a longer one is not read).
    """
    if len(run) > LONGEST or run.isascii():
        return None
    printed = fluency(run)
    best: Reading | None = None
    for text, rules, layer in _readings(run, deepest):
        if best is not None and len(rules) > len(best.rules) and not suspects_in(best.text, 0, len(best.text)):
            break
        score = fluency(text)
        if not is_prose(text, score, printed, structured=layer.was == "utf-8"):
            continue
        needed = float("-inf") if best is None else best.score + (GAIN if len(rules) > len(best.rules) else 0.0)
        if score > needed:
            best = Reading(text, rules, score)
    return best


def best_list(run: str) -> Reading | None:
    """The reading of `run` as a list of rare hanzi (names, herbs, places) that no model of prose knows; None if none is.

    Signs that part words stand in it as two letters where no language writes them (`Û¡¢Úó`), and everything else is a
    hanzi, half of them at least such as the model has met.
    """
    if len(run) > LONGEST or run.isascii():
        return None
    for text, rules, _ in _readings(run, DEEPEST):
        wide = [character for character in text if character > "\x7f"]
        signs = sum(character in PARTING for character in wide)
        hanzi = [character for character in wide if "\u4e00" <= character <= "\u9fff"]
        known = sum(map(model().knows, hanzi))
        if len(wide) >= LIST and signs * 4 >= len(wide) and 2 <= len(hanzi) == len(wide) - signs <= 2 * known:
            return Reading(text, rules, fluency(text))
    return None


def _readings(run: str, deepest: int) -> Iterator[tuple[str, tuple[str, ...], Layer]]:
    """Every text that one to `deepest` wrong decodings turn into `run`, with the layers, the shallowest first."""
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
                grown.append((found, (*rules, layer.rule)))
                yield found, (*rules, layer.rule), layer
        frontier = grown


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
