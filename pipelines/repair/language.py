"""How likely a run of Chinese characters is in government prose: a unigram, bigram and trigram character model.

The tables are `data/reference/language/characters.txt.z` (rows of characters) and `triples.txt.z` (read only when a
trigram is asked for); `build_language.py` writes them, `data/reference/language/ORIGIN.md` says from what.

The model sees a *folded* text, one character for each character of the original: Traditional as Simplified, every
digit as 0, every Latin letter as a, white space as a blank, half-width punctuation as full-width. So a Traditional
page scores like its Simplified twin and figures cost what figures cost.
"""

from __future__ import annotations

import zlib
from functools import cache

from pipelines.knowledge import reference

FLOOR = -18.0
"""Natural log-probability of a character the model has never seen (about one in 65 million)."""

STEP = 8
"""Stored log-probabilities are rounded to 1/8."""

ZERO = 0x100
"""A stored log-probability of -n/8 is the character U+0100 + n."""


class Row:
    """What may follow one context: explicit followers with their codes, and the weight of all others."""

    __slots__ = ("backoff", "codes", "followers")

    def __init__(self, followers: str, codes: str, backoff: float) -> None:
        self.followers = followers
        self.codes = codes
        self.backoff = backoff


class LanguageModel:
    """Log-probabilities (natural logarithm, never above 0) of characters in context.

    `unigram`, `bigram` and `trigram` take characters as they stand in `fold(text)`; a character outside the model
    has the probability `FLOOR`. `score` folds by itself.
    """

    def __init__(self, rows_file: bytes, triples_file: bytes) -> None:
        self._triples_file = triples_file
        self._triples: dict[str, Row] | None = None
        lines = zlib.decompress(rows_file).decode().split("\n")
        fold_from, fold_to = lines[0].split("\t")
        self._fold = {ord(a): b for a, b in zip(fold_from, fold_to, strict=True)}
        self._fold.update(dict.fromkeys(map(ord, "\t\n\r"), " "))
        self._unigram: dict[str, float] = {}
        self._rows: dict[str, Row] = {}
        self._cache: dict[str, float] = {}
        for line in lines[1:]:
            head, followers, codes = line.split("\t")
            self._unigram[head[0]] = (ZERO - ord(head[1])) / STEP
            self._rows[head[0]] = Row(followers, codes, (ZERO - ord(head[2])) / STEP)

    def fold(self, text: str) -> str:
        """The text as the model sees it, of the same length."""
        return text.translate(self._fold)

    def knows(self, character: str) -> bool:
        """Whether a (folded) character is in the model at all."""
        return character in self._unigram

    @property
    def characters(self) -> list[str]:
        """Every character of the model, the commonest first."""
        return list(self._unigram)

    @property
    def variants(self) -> list[str]:
        """Every character that `fold` changes."""
        return [chr(place) for place in self._fold]

    def unigram(self, character: str) -> float:
        """Log-probability of a character on its own."""
        return self._unigram.get(character, FLOOR)

    def bigram(self, before: str, character: str) -> float:
        """Log-probability of `character` after the one character `before`."""
        pair = before + character
        known = self._cache.get(pair)
        if known is not None:
            return known
        row = self._rows.get(before)
        if row is None:
            value = self._unigram.get(character, FLOOR)
        else:
            place = row.followers.find(character)
            if place >= 0:
                value = (ZERO - ord(row.codes[place])) / STEP
            else:
                value = max(row.backoff + self._unigram.get(character, FLOOR), FLOOR - 4)
        if len(self._cache) > 200_000:
            self._cache.clear()
        self._cache[pair] = value
        return value

    def trigram(self, context: str, character: str) -> float:
        """Log-probability of `character` after the two characters `context` (backs off to the bigram)."""
        triples = self._triples
        if triples is None:
            triples = self._triples = self._read_triples()
        row = triples.get(context)
        if row is None:
            return self.bigram(context[-1:], character)
        place = row.followers.find(character)
        if place >= 0:
            return (ZERO - ord(row.codes[place])) / STEP
        return row.backoff + self.bigram(context[-1:], character)

    def followers(self, before: str) -> str:
        """The characters known to follow `before`, the likeliest first."""
        row = self._rows.get(before)
        return row.followers if row else ""

    def score(self, text: str) -> float:
        """Mean bigram log-probability a character of `text`, in nats: fluent prose about -4, mojibake below -10.

        An empty text scores 0.
        """
        if not text:
            return 0.0
        folded = self.fold(text)
        total = self.unigram(folded[0])
        for before, character in zip(folded, folded[1:], strict=False):
            total += self.bigram(before, character)
        return total / len(folded)

    def _read_triples(self) -> dict[str, Row]:
        rows: dict[str, Row] = {}
        for line in zlib.decompress(self._triples_file).decode().split("\n"):
            head, followers, codes = line.split("\t")
            rows[head[:2]] = Row(followers, codes, (ZERO - ord(head[2])) / STEP)
        return rows


@cache
def model() -> LanguageModel:
    """The model of `data/reference/language`, read once."""
    return LanguageModel(
        reference("language/characters.txt.z").read_bytes(), reference("language/triples.txt.z").read_bytes()
    )
