"""Injected spam lines, told from a report's own words by more than a word.

A line is spam when its words fill it and no sentence or office stands around them, when it is a farm of unrelated
places or links, or when it is the residue of empty tags. Legitimate neighbours (体彩公益金, 365便民服务中心,
打击网络赌博) count for nothing. Spam inside a line is the business of `spam_inline`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipelines.clean.spam_places import are_unrelated
from pipelines.clean.spam_words import (
    MASK,
    SpamWord,
    Strength,
    has_spam_words,
    masked,
    telling_words,
    vocabulary,
    words_in,
)

_SEPARATORS = re.compile(r"[|｜,，、_\s]+")
_ADDRESS = re.compile(r"https?://[^\s]{1,200}")
_SENTENCE_END = re.compile(r"[。；;！？]")
_CLAUSE_END = re.compile(r"[。；;！？，,]")
_COUNTED = re.compile(r"[a-z\u2170-\u2179\u4e00-\u9fff\ue000]")
# <tr id="yyy80"></tr>: tags without text, their ids five random characters, printed as text or commented out.
_EMPTY_TAGS = re.compile(
    r"^[•·\s]*(?:</?[a-z]{1,12}(?: (?:id|class)=\"[0-9a-z_]{0,12}\")?>\s*)+$",
    re.IGNORECASE,
)
# The keyword lines of the copies read fill at least .62 of themselves with the vocabulary (one has an unlisted word in
# three), a line of an office with a long brand over its name up to .54, healthy prose with a spam word at most .14.
_KEYWORD_SHARE = 0.55
_WEAK_KEYWORD_SHARE = 0.72
_OWN_SHARE = 0.3
_ADVERTISEMENT_SHARE = 0.35
# The longest spam line met has 341 characters; what is longer is a page in one line, whose parts `spam_inline` reads.
_LONGEST_KEYWORDS = 6_000


@dataclass(frozen=True, slots=True)
class SpamMeasure:
    """How spam words stand in a text: different ones by strength, how much of the text they fill, what surrounds them."""

    strong: frozenset[str]
    weak: frozenset[str]
    fillers: int
    strong_uses: int
    share: float
    sentences: int
    speaks_of_enforcement: bool
    speaks_officially: bool
    enumerates: bool

    @property
    def is_keywords(self) -> bool:
        """Whether the text is a row of keywords and nothing else."""
        if self.speaks_officially:
            return False
        if self.strong:
            return self.share >= _KEYWORD_SHARE
        if self.speaks_of_enforcement or self.sentences or self.enumerates:
            return False
        enough = len(self.weak) >= 3 or (len(self.weak) == 2 and self.fillers >= 1)
        return enough and self.share >= _WEAK_KEYWORD_SHARE

    @property
    def is_advertisement(self) -> bool:
        """Whether the text is sentences that advertise: many strong words, no office speaking, nothing being fought."""
        if self.speaks_of_enforcement or self.speaks_officially:
            return False
        if self.share < _ADVERTISEMENT_SHARE:
            return False
        # One brand over and over is a word overwritten; advertisements vary.
        varies = len(self.strong) * 5 >= self.strong_uses * 3
        return varies and len(self.strong) >= 2 and len(self.strong | self.weak) >= 3


def measure(text: str) -> SpamMeasure:
    """The figures a verdict needs; `text` is a line or a part of one."""
    prepared = masked(text)
    found = list(words_in(prepared))
    strong = [word.text for word in found if word.strength is Strength.STRONG]
    weak = {word.text for word in found if word.strength is Strength.WEAK}
    counted = len(_COUNTED.findall(prepared))
    covered = sum(_counted_length(word.text) for word in found)
    known = vocabulary()
    own_text = _without(prepared, found)
    return SpamMeasure(
        strong=frozenset(strong),
        weak=frozenset(weak),
        fillers=sum(1 for word in found if word.strength is Strength.FILLER),
        strong_uses=len(strong),
        share=covered / counted if counted else 0.0,
        sentences=len(_SENTENCE_END.findall(text)),
        speaks_of_enforcement=known.enforcement.search(own_text) is not None,
        speaks_officially=known.official.search(own_text) is not None,
        # 老虎机、百家乐、六合彩: people enumerate with this comma, keyword stuffers never do.
        enumerates="、" in text,
    )


def _without(prepared: str, found: list[SpamWord]) -> str:
    pieces, place = [], 0
    for word in found:
        pieces.append(prepared[place : word.start])
        place = word.end
    return MASK.join([*pieces, prepared[place:]])


@cache
def _counted_length(word: str) -> int:
    return len(_COUNTED.findall(word))


def spam_words(text: str) -> set[str]:
    """The different spam words of a text, legitimate phrases left out of the search."""
    if not has_spam_words(text):
        return set()
    return {match[0] for match in telling_words(masked(text))}


def spam_rule(text: str) -> str:
    """The rule by which a whole line is injected spam, or "".

    `spam_keywords`: spam words fill the line and no sentence stands around them. `spam_advertisement`: sentences that
    advertise. `link_farm`: eight or more names, mostly places, joined by bars; or one bare address again and again.
    `empty_tags`: tags without text that were printed as text.
    """
    if "<" in text and _EMPTY_TAGS.match(text):
        return "empty_tags"
    if is_link_farm(text):
        return "link_farm"
    if len(text) > _LONGEST_KEYWORDS or not has_spam_words(text):
        return ""
    found = measure(text)
    if not found.is_keywords and not found.is_advertisement:
        return ""
    if not found.sentences:
        return "spam_keywords" if found.is_keywords else ""
    sentences = [measure(part) for part in _SENTENCE_END.split(text) if len(part) >= 4]
    carrying = sum(1 for part in sentences if part.strong or part.weak)
    if found.is_advertisement and carrying >= 2 and carrying * 2 > len(sentences):
        return "spam_advertisement"
    # A sentence of the report's own with keywords glued behind it is no spam line: `spam_inline` cuts it.
    has_own = any(measure(part).share < _OWN_SHARE for part in _CLAUSE_END.split(text) if len(part) >= 3)
    return "spam_keywords" if found.is_keywords and not has_own else ""


def is_link_farm(text: str) -> bool:
    """Whether a line is a row of unrelated places joined by bars, or the same bare address again and again."""
    bars = text.count("|") + text.count("｜")
    if (bars < 6 and "://" not in text) or _SENTENCE_END.search(text):
        return False
    if "://" in text:
        addresses = _ADDRESS.findall(text)
        if len(addresses) >= 3 and len(set(addresses)) * 2 <= len(addresses):
            return True
    if bars < 6:
        return False
    names = [name for name in _SEPARATORS.split(_ADDRESS.sub(" ", text)) if name]
    return len(names) >= 8 and are_unrelated(names)
