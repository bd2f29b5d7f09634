"""Puts pinyin behind characters as copying software does, and in the further forms that were seen or must be met."""

from __future__ import annotations

import random
import unicodedata
from enum import StrEnum
from functools import cache

from pipelines.knowledge import reference
from pipelines.repair.readings import toneless
from pipelines.repair.script import is_traditional


class Form(StrEnum):
    TONED = "toned"  # 開(kāi)
    TONELESS = "toneless"  # 開(kai)
    FULL_WIDTH = "full_width"  # 開（kāi）
    INNER_SPACE = "inner_space"  # 會(huì )
    SPACE_BEFORE = "space_before"  # 會 (huì)
    DOUBLED = "doubled"  # 開(kāi)(kāi)
    DOUBLED_TONELESS = "doubled_toneless"  # 開(kai)(kai)
    COMBINING = "combining"  # ā as a and U+0304
    BREVE = "breve"  # kăi for kǎi
    PHONETIC = "phonetic"  # kɑi, ɡuān
    V_FOR_U = "v_for_u"  # nv
    U_COLON = "u_colon"  # nu:


TONELESS_FORMS = frozenset({Form.TONELESS, Form.DOUBLED_TONELESS, Form.V_FOR_U, Form.U_COLON})


def reading_of(character: str) -> str | None:
    """The usual reading of a character, with its tone; None if it has none."""
    return _first_readings().get(character)


def bracket(syllable: str, form: Form) -> str:
    """The bracket for a toned syllable in the form asked for."""
    bare = toneless(syllable)
    dotted = "".join(
        letter for letter in unicodedata.normalize("NFD", syllable) if letter == "\u0308" or letter.isalpha()
    )
    dotted = unicodedata.normalize("NFC", dotted)
    return {
        Form.TONED: f"({syllable})",
        Form.TONELESS: f"({bare})",
        Form.FULL_WIDTH: f"（{syllable}）",
        Form.INNER_SPACE: f"( {syllable} )",
        Form.SPACE_BEFORE: f" ({syllable})",
        Form.DOUBLED: f"({syllable})({syllable})",
        Form.DOUBLED_TONELESS: f"({bare})({bare})",
        Form.COMBINING: f"({unicodedata.normalize('NFD', syllable)})",
        Form.BREVE: "(" + syllable.translate(str.maketrans("ǎěǐǒǔ", "ăĕĭŏŭ")) + ")",
        Form.PHONETIC: "(" + syllable.replace("a", "ɑ").replace("g", "ɡ") + ")",
        Form.V_FOR_U: "(" + dotted.replace("ü", "v") + ")",
        Form.U_COLON: "(" + dotted.replace("ü", "u:") + ")",
    }[form]


def annotate(text: str, form: Form, chance: random.Random, share: float = 1.0) -> str:
    """`text` with a bracket behind `share` of its Traditional characters, the ones the software changed itself."""
    pieces = []
    for character in text:
        pieces.append(character)
        syllable = reading_of(character) if is_traditional(character) else None
        if syllable and chance.random() < share:
            pieces.append(bracket(syllable, form))
    return "".join(pieces)


def annotate_pairs(text: str, chance: random.Random, *, is_toned: bool) -> str:
    """One bracket for two characters: 共和(gong he)."""
    pieces, place = [], 0
    while place < len(text):
        pair = text[place : place + 2]
        syllables = [reading_of(character) for character in pair]
        if len(pair) == 2 and all(syllables) and chance.random() < 0.5:
            spelled = " ".join(s if is_toned else toneless(s) for s in syllables if s)
            pieces.append(f"{pair}({spelled})")
            place += 2
        else:
            pieces.append(text[place])
            place += 1
    return "".join(pieces)


@cache
def _first_readings() -> dict[str, str]:
    table = reference("repair/readings.tsv").read_text("utf-8").splitlines()
    lines = [line.split("\t") for line in table if not line.startswith("#")]
    return {character: syllable for syllable, characters, _ in lines for character in characters}
