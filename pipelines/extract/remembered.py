"""Readings of short texts that recur from report to report (labels, numbers, names), kept within bounds."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

Reading = TypeVar("Reading")

# Labels of the standard tables and names of agencies are shorter; a longer text is read anew and never kept.
_LONGEST = 120


def remembered(readings: int) -> Callable[[Callable[[str], Reading]], Callable[[str], Reading]]:
    """Keep the last `readings` readings that a pure function of one text gave of short texts."""

    def keeping(read: Callable[[str], Reading]) -> Callable[[str], Reading]:
        read_short = lru_cache(maxsize=readings)(read)

        @wraps(read)
        def reading(text: str) -> Reading:
            return read_short(text) if len(text) <= _LONGEST else read(text)

        return reading

    return keeping
