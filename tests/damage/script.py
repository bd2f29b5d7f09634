"""Turns Simplified text to Traditional as the copies of portals do, each kind with its own errors."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from functools import cache

import opencc

from pipelines.knowledge import reference


class Copy(StrEnum):
    PHRASES = "phrases"  # OpenCC with phrases
    CHARACTERS = "characters"  # character by character, some left: 范圍, 規范, 發布
    TAIWAN = "taiwan"  # characters of Taiwan: 裡, 著 for 着
    TAIWAN_WORDS = "taiwan_words"  # its vocabulary too: 入口網站


# What the simplest converters leave as it is, for one character stands for several.
_LEFT_BARE = "范于后里干发历复准制周布"


def traditional(text: str, copy: Copy) -> str:
    """`text`, which is Simplified, as that kind of copy has it."""
    if copy is Copy.CHARACTERS:
        return "".join(
            character if character in _LEFT_BARE else _converter("s2t").convert(character) for character in text
        )
    if copy is Copy.PHRASES:
        return str(_converter("s2t").convert(text))
    if copy is Copy.TAIWAN:
        return str(_converter("s2tw").convert(text))
    for simplified, printed in _taiwan_words():
        text = text.replace(simplified, printed)
    return str(_converter("s2tw").convert(text))


@cache
def _converter(direction: str) -> opencc.OpenCC:
    return opencc.OpenCC(direction)


@cache
def _taiwan_words() -> list[tuple[str, str]]:
    """Mainland's word and Taiwan's, the longest first; the first of several that mean the same."""
    terms = tomllib.loads(reference("repair/taiwan.toml").read_text("utf-8"))["evidence"]
    words: dict[str, str] = {}
    for printed, mainland in terms.items():
        words.setdefault(mainland, printed)
    return sorted(words.items(), key=lambda word: len(word[0]), reverse=True)
