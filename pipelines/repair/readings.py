"""How each character is read: a compact table in place of pypinyin, whose import costs a quarter of a second.

`python -m pipelines.repair.readings` rebuilds `data/reference/repair/readings.tsv` from pypinyin's dictionary of
single characters (MIT licence). A line is a syllable, the characters it is the first reading of, and those it is a
further reading of, parted by tabs. A character also gets the readings of its Simplified or Traditional partner
(后 and 後, 发 and 發 and 髮), since converters leave either form on a page.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from functools import cache, lru_cache
from pathlib import Path

from pipelines.knowledge import reference

_TABLE = "repair/readings.tsv"
_HEADER = """# Mandarin readings of characters U+3007, U+3400..U+9FFF: syllable, first readings, further readings.
# Origin: pypinyin {version}, pinyin_dict (MIT), partners from OpenCC's TSCharacters (Apache-2.0).
# Rebuild: python -m pipelines.repair.readings
"""

# Letters that mirrors print in place of those of Hanyu Pinyin: IPA and Greek shapes, breves for carons, wide letters.
_LETTER_VARIANTS = str.maketrans(
    {"ɡ": "g", "ɑ": "a", "α": "a", "ı": "i", "ă": "ǎ", "ĕ": "ě", "ĭ": "ǐ", "ŏ": "ǒ", "ŭ": "ǔ", "v": "ü"}
    | {0xFF41 + i: ord("a") + i for i in range(26)}
)
_COMBINING_VARIANTS = str.maketrans({"\u0306": "\u030c", "\u0340": "\u0300", "\u0341": "\u0301"})


@lru_cache(4096)
def normal_spelling(letters: str) -> str:
    """Bring the spellings of a syllable to one: lower case, composed tone marks, ü for v and u:, no wide letters."""
    text = letters.lower().replace("u:", "ü").replace("u：", "ü").translate(_COMBINING_VARIANTS)
    return unicodedata.normalize("NFC", text.translate(_LETTER_VARIANTS)).translate(_LETTER_VARIANTS)


def toneless(syllable: str) -> str:
    """The syllable without tone mark; ü becomes u, since software that drops marks drops the dots too."""
    decomposed = unicodedata.normalize("NFD", syllable)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


class Readings:
    """Which characters each syllable reads, with and without tones."""

    __slots__ = ("_all", "_first", "_toneless")

    def __init__(self, table: str) -> None:
        self._first: dict[str, str] = {}
        self._all: dict[str, str] = {}
        self._toneless: dict[str, str] = {}
        for line in table.splitlines():
            if line.startswith("#"):
                continue
            syllable, first, further = line.split("\t")
            self._first[syllable] = first
            self._all[syllable] = first + further
            bare = toneless(syllable)
            self._toneless[bare] = self._toneless.get(bare, "") + first + further

    def is_syllable(self, syllable: str) -> bool:
        """Whether Mandarin knows the syllable, in normal spelling, with its tone or without one."""
        return syllable in self._all or toneless(syllable) in self._toneless

    def reads(self, syllable: str, character: str) -> bool:
        """Whether `syllable` is a reading of `character`: with tone mark exactly, without one in any tone."""
        if character in self._all.get(syllable, ""):
            return True
        return is_toneless(syllable) and character in self._toneless.get(toneless(syllable), "")

    def is_first_reading(self, syllable: str, character: str) -> bool:
        """Whether `syllable`, with its tone, is the usual reading of `character`."""
        return character in self._first.get(syllable, "")

    def begins_reading(self, letters: str, character: str) -> bool:
        """Whether some reading of `character` begins with `letters`."""
        tables = (self._all, self._toneless)
        return any(
            syllable.startswith(letters) and character in characters
            for table in tables
            for syllable, characters in table.items()
        )

    def spells(self, letters: str, characters: str) -> int:
        """How many of the last of `characters` the joined `letters` read, one syllable each; 0 if they do not."""
        if not letters or not characters:
            return 0
        for length in range(min(6, len(letters)), 0, -1):
            if self.reads(letters[-length:], characters[-1]):
                if length == len(letters):
                    return 1
                before = self.spells(letters[:-length], characters[:-1])
                if before:
                    return before + 1
        return 0


@lru_cache(4096)
def is_toneless(syllable: str) -> bool:
    """Whether a syllable in normal spelling carries no tone mark (the dots of ü are none)."""
    return syllable.replace("ü", "u").replace("ê", "e").isascii()


@cache
def readings() -> Readings:
    """The table, read once (4 ms)."""
    return Readings(reference(_TABLE).read_text("utf-8"))


def build() -> str:
    """The table as text, derived from the installed pypinyin and OpenCC dictionaries."""
    import pypinyin
    from pypinyin.pinyin_dict import pinyin_dict

    from pipelines.repair.opencc_tables import character_pairs

    own = {
        chr(code): list(dict.fromkeys(normal_spelling(syllable) for syllable in syllables.split(",")))
        for code, syllables in pinyin_dict.items()
        if code == 0x3007 or 0x3400 <= code <= 0x9FFF
    }
    merged = {character: list(syllables) for character, syllables in own.items()}
    for traditional, simplified in character_pairs():
        for character, partner in ((traditional, simplified), (simplified, traditional)):
            if character in merged:
                merged[character] += [s for s in own.get(partner, ()) if s not in merged[character]]
    first: defaultdict[str, str] = defaultdict(str)
    further: defaultdict[str, str] = defaultdict(str)
    for character, syllables in sorted(merged.items()):
        first[syllables[0]] += character
        for syllable in syllables[1:]:
            further[syllable] += character
    lines = (f"{syllable}\t{first[syllable]}\t{further[syllable]}\n" for syllable in sorted({*first, *further}))
    return _HEADER.format(version=pypinyin.__version__) + "".join(lines)


if __name__ == "__main__":
    Path(str(reference(_TABLE))).write_text(build(), "utf-8")
