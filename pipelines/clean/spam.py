"""Injected spam lines, told from a report's own words by more than a word.

A line is spam when several spam words meet in it without a sentence around them, or when it is a farm of unrelated
places and links. Legitimate neighbours (体彩公益金, 365便民服务中心, 打击网络赌博) count for nothing.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from pipelines.knowledge import reference

_SEPARATORS = re.compile(r"[|｜,，、_\s]+")
_ADDRESS = re.compile(r"https?://[^\s]{1,200}")
_PLACE = re.compile(r"^[\u4e00-\u9fff]{1,8}[市县区旗州省盟]$")
_SENTENCE_END = re.compile(r"[。；;！？]")


@dataclass(frozen=True, slots=True)
class _Words:
    spam: re.Pattern[str]
    legitimate: re.Pattern[str]


@cache
def _words() -> _Words:
    table = tomllib.loads(reference("clean/spam.toml").read_text("utf-8"))
    spam = sorted({*table["gambling"], *table["adult"]}, key=len, reverse=True)
    return _Words(
        re.compile("|".join(map(re.escape, spam)), re.IGNORECASE),
        re.compile("|".join(map(re.escape, table["legitimate"]))),
    )


def spam_words(text: str) -> set[str]:
    """The different spam words of a text, legitimate phrases left out of the search."""
    words = _words()
    return {match[0].lower() for match in words.spam.finditer(words.legitimate.sub(" ", text))}


def spam_rule(text: str) -> str:
    """The rule by which a whole line is injected spam, or "".

    `spam_keywords`: three spam words, or two in a line of keywords (no sentence end, or separators between them).
    `link_farm`: a row of eight or more names, mostly places, joined by bars; or the same bare address again and again.
    """
    if _is_link_farm(text):
        return "link_farm"
    found = spam_words(text)
    if not found:
        return ""
    sentences = len(_SENTENCE_END.findall(text))
    if len(found) >= 3 and sentences <= 1:
        return "spam_keywords"
    if len(found) == 2 and not sentences:
        return "spam_keywords"
    if len(found) == 1 and not sentences and len(text) <= 16 and sum(map(len, found)) * 2 >= len(text):
        return "spam_keywords"
    return ""


def _is_link_farm(text: str) -> bool:
    addresses = _ADDRESS.findall(text)
    if len(addresses) >= 3 and len(set(addresses)) * 2 <= len(addresses):
        return True
    if text.count("|") + text.count("｜") < 6:
        return False
    names = [name for name in _SEPARATORS.split(_ADDRESS.sub(" ", text)) if name]
    places = sum(1 for name in names if _PLACE.match(name))
    return len(names) >= 8 and places * 2 >= len(names) and not _SENTENCE_END.search(text)
