"""What a model of prose has hardly met and every report is full of: the names of places."""

from __future__ import annotations

from functools import cache

from pipelines.knowledge import reference

FILES = ("places/divisions.tsv", "places/towns.tsv")


@cache
def _names() -> tuple[str, ...]:
    """Names of divisions and of towns, in hanzi (the files hold codes too)."""
    cells = " ".join(reference(name).read_text("utf-8") for name in FILES).split()
    return tuple(cell for cell in cells if cell[0] >= "\u4e00")


@cache
def place_pairs() -> frozenset[str]:
    """Every two characters that stand side by side in the name of a place."""
    return frozenset(first + second for name in _names() for first, second in zip(name, name[1:], strict=False))


@cache
def place_initials() -> frozenset[str]:
    """Every character that the name of a place begins with."""
    return frozenset(name[0] for name in _names())
