"""How fast Traditional text is read and how far it is the library's own reading.

`python -m tests.benchmarks.script_cases` prints the figures; `measure()` is for other benchmarks. The text is made of
the dictionaries' own words, so every phrase and character they know stands in it.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass

import opencc

from pipelines.repair.opencc_tables import table
from pipelines.repair.script import script_edits, to_simplified

SPEED_FLOOR = 20.0  # MB/s of UTF-8
LIBRARY_FLOOR = 10.0  # times the library's speed in the same run
_STOPS = "，。；：、\n "


@dataclass(frozen=True, slots=True)
class ScriptFigures:
    """Megabytes a second of `to_simplified` and of the library, and the characters in which they differ but for 着."""

    megabytes_per_second: float
    library_megabytes_per_second: float
    differences: int
    clean_page_milliseconds: float

    @property
    def times_the_library(self) -> float:
        return self.megabytes_per_second / self.library_megabytes_per_second


def traditional_text(size: int, seed: int = 11) -> str:
    """At least `size` bytes of Traditional words and stops, the same for the same seed."""
    words = [*table("STPhrases").values(), *table("TSPhrases"), *table("TSCharacters")]
    chance = random.Random(seed)
    chance.shuffle(words)
    pieces: list[str] = []
    length = 0
    while length < size:
        for word in words:
            piece = word + (chance.choice(_STOPS) if chance.random() < 0.2 else "")
            pieces.append(piece)
            length += len(piece.encode())
    return "".join(pieces)


def measure(size: int = 1_000_000, repeats: int = 3) -> ScriptFigures:
    """The figures on `size` bytes, the best of `repeats` runs; the library runs once."""
    text = traditional_text(size)
    library = opencc.OpenCC("t2s")
    library.convert("暖身")
    megabytes = len(text.encode()) / 1e6
    ours, read = _best(lambda: to_simplified(text), repeats)
    theirs, expected = _best(lambda: library.convert(text), 1)
    differences = sum(one != other and {one, other} != {"着", "著"} for one, other in zip(read, expected, strict=True))
    page = "<p>二〇一四年，我局主动公开政府信息三百条，答复群众咨询。</p>\n" * 300
    clean, _ = _best(lambda: script_edits(page[:10_000], 0), 20)
    return ScriptFigures(megabytes / ours, megabytes / theirs, differences, clean * 1e3)


def _best(run: object, repeats: int) -> tuple[float, str]:
    assert callable(run)
    best, result = float("inf"), ""
    for _ in range(repeats):
        started = time.perf_counter()
        result = run()
        best = min(best, time.perf_counter() - started)
    return best, result


if __name__ == "__main__":
    figures = measure()
    print(
        f"{figures.megabytes_per_second:.1f} MB/s, {figures.times_the_library:.0f} times the library, "
        f"{figures.differences} characters differ; a clean page of 10,000 characters {figures.clean_page_milliseconds:.3f} ms"
    )
