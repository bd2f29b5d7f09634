"""The vocabulary of injected spam, and where its words stand in a text.

Words come in three strengths (`data/reference/clean/spam.toml`): strong ones that no report prints, weak ones with an
honest use elsewhere, and fillers that only make a line denser. Longer honest words are masked before the search.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from string import ascii_lowercase, ascii_uppercase

from pipelines.knowledge import reference

_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)
MASK = "\ue000"  # repair has removed private characters, so a masked word meets nothing


class Strength(Enum):
    """How much a word of the vocabulary says."""

    STRONG = "strong"
    WEAK = "weak"
    FILLER = "filler"


@dataclass(frozen=True, slots=True)
class SpamWord:
    """A word of the vocabulary at [start, end) of a text; `text` in lower case."""

    start: int
    end: int
    text: str
    strength: Strength


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The compiled word lists."""

    strengths: dict[str, Strength]
    strong: re.Pattern[str]
    telling: re.Pattern[str]
    telling_pairs: re.Pattern[str]
    every: re.Pattern[str]
    legitimate: re.Pattern[str]
    enforcement: re.Pattern[str]
    case: re.Pattern[str]
    official: re.Pattern[str]


@cache
def vocabulary() -> Vocabulary:
    """The word lists of `spam.toml`, compiled once."""
    table = tomllib.loads(reference("clean/spam.toml").read_text("utf-8"))
    # A word listed twice keeps its greatest strength.
    strengths = {word: strength for strength in reversed(Strength) for word in table[strength.value]}
    strong, weak = table["strong"], table["weak"]
    return Vocabulary(
        strengths=strengths,
        strong=re.compile(any_of(strong)),
        telling=re.compile(any_of([*strong, *weak])),
        telling_pairs=re.compile(_first_pairs([*strong, *weak])),
        every=re.compile(any_of(strengths)),
        legitimate=re.compile(any_of(table["legitimate"])),
        enforcement=re.compile(any_of(table["enforcement"])),
        case=re.compile(any_of(table["case"])),
        official=re.compile(any_of(table["official"])),
    )


def _first_pairs(words: Sequence[str]) -> str:
    """A pattern for the first character of any of `words` before the second of any: met wherever one begins."""
    firsts, seconds = ("".join(map(re.escape, sorted({word[place] for word in words}))) for place in (0, 1))
    return f"[{firsts}](?=[{seconds}])"


def any_of(words: Iterable[str]) -> str:
    """A pattern for the longest of `words` at a place, shared beginnings written once so that a search stays fast."""
    tree: dict[str, object] = {}
    for word in words:
        node = tree
        for character in word:
            node = node.setdefault(character, {})  # type: ignore[assignment]
        node[""] = {}
    return _branch(tree)


def _branch(tree: dict[str, object]) -> str:
    parts = []
    for character, below in sorted(tree.items()):
        if character:
            assert isinstance(below, dict)
            parts.append(re.escape(character) + _branch(below))
    if not parts:
        return ""
    body = parts[0] if len(parts) == 1 else "(?:" + "|".join(parts) + ")"
    return f"(?:{body})?" if "" in tree else body


def fold_case(text: str) -> str:
    """`text` with ASCII letters in lower case, every character in its place."""
    lowered = text.lower()
    # `lower` is the fast way; a capital I with a dot becomes two characters and would shift every place behind it.
    return lowered if len(lowered) == len(text) else text.translate(_LOWER)


def masked(text: str) -> str:
    """`text` in lower case with the honest words masked, every character in its place."""
    return vocabulary().legitimate.sub(lambda match: MASK * len(match[0]), fold_case(text))


def has_spam_words(text: str) -> bool:
    """Whether a strong or weak word stands in `text` (honest words included: the cheap question before the others)."""
    return next(telling_words(fold_case(text)), None) is not None


def telling_words(folded: str) -> Iterator[re.Match[str]]:
    """The strong and weak words in text in lower case, in order and without overlap.

    One word in a thousand characters is a spam word; pairs of characters are found four times as fast as the words.
    """
    known = vocabulary()
    end = 0
    for pair in known.telling_pairs.finditer(folded):
        if pair.start() >= end and (match := known.telling.match(folded, pair.start())):
            yield match
            end = match.end()


def words_in(prepared: str, start: int = 0, end: int | None = None) -> Iterator[SpamWord]:
    """The words of the vocabulary in `masked` text, fillers included, without overlap."""
    known = vocabulary()
    for match in known.every.finditer(prepared, start, len(prepared) if end is None else end):
        yield SpamWord(match.start(), match.end(), match[0], known.strengths[match[0]])
