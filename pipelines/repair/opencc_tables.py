"""The dictionaries of opencc-python-reimplemented, read as data.

The only place that knows where they lie. Two distributions install the same top-level package `opencc`; the other
one has no such folder, and then the error says which to install.
"""

from __future__ import annotations

from importlib.resources import files


def table(name: str) -> dict[str, str]:
    """One dictionary (`TSPhrases`): key to its first value. Raises FileNotFoundError naming the package needed."""
    source = files("opencc") / "dictionary" / f"{name}.txt"
    try:
        lines = source.read_text("utf-8").splitlines()
    except OSError:
        raise FileNotFoundError(
            "opencc's dictionaries are missing: install opencc-python-reimplemented and remove the package opencc"
        ) from None
    pairs = (line.strip().split("\t") for line in lines)
    return {key: value.split(" ")[0] for key, value in pairs}


def character_pairs() -> list[tuple[str, str]]:
    """Every Traditional character with each of its Simplified ones, both directions of the dictionaries together."""
    pairs = set()
    for name, is_reversed in (("TSCharacters", False), ("STCharacters", True)):
        source = files("opencc") / "dictionary" / f"{name}.txt"
        for line in source.read_text("utf-8").splitlines():
            key, values = line.strip().split("\t")
            pairs |= {(value, key) if is_reversed else (key, value) for value in values.split(" ")}
    return sorted(pair for pair in pairs if pair[0] != pair[1])
