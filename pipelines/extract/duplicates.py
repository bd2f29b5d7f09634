"""Whether two texts of one page are the same report."""

from __future__ import annotations

import re

from rapidfuzz.distance import LCSseq

_SPACES = re.compile(r"\s+")
_NUMBERS = re.compile(r"\d+")
# Twins met differ by a heading or a printing mark; reports of two towns that share sentences differ in far more.
_LEAST_SHARED = 0.97


def same_report(one: str, other: str) -> bool:
    """True for the same text up to a heading: nearly all characters shared in order, and the very same numbers.

    Numbers decide: neighbouring towns copy each other's sentences, never their figures.
    """
    first, second = _SPACES.sub("", one), _SPACES.sub("", other)
    if not first or not second:
        return False
    if min(len(first), len(second)) < _LEAST_SHARED * max(len(first), len(second)):
        return False
    if first in second or second in first:
        return _NUMBERS.findall(first) == _NUMBERS.findall(second)
    shared = LCSseq.normalized_similarity(first, second, score_cutoff=_LEAST_SHARED)
    return shared >= _LEAST_SHARED and _NUMBERS.findall(first) == _NUMBERS.findall(second)
