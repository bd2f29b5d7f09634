"""Chinese written as numeric character references: `&#25919;`, `&#x653f;`, without its semicolon, or escaped twice.

An HTML parser would undo most of them, but the steps of repair read the source before it is parsed. References to the
signs of markup (`&#60;` `&#38;` `&#34;`) and named ones (`&lt;` `&nbsp;`) are never touched.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from pipelines.model import Edit

# More than one `amp;` is a page that went through an editor several times.
_REFERENCE = re.compile(r"&((?:amp;){0,4})#(?:([0-9]{3,7})|[xX]([0-9A-Fa-f]{2,6}));?")
# Many times as fast as two `in` on the text of a page: the engine leaps from one & to the next.
_ANY_REFERENCE = re.compile(r"&(?:amp;){0,4}#")
_RAW_TEXT = re.compile(r"<(script|style)\b", re.IGNORECASE)
_RAW_TEXT_END = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in ("script", "style")}

# Letters of every script (hanzi and kana are letters), 〇 and Ⅳ, ① and ⑴.
_LETTERS = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Nl", "No"})
# Signs of Chinese text: · — “ ” … ‰ ※, 　、。《》, full-width ！ to ～ and ￥. Not the invisible U+2028 to U+202F.
_SIGNS = ((0xB7, 0xB7), (0x2010, 0x2027), (0x2030, 0x203B), (0x3000, 0x303F), (0xFF01, 0xFF5E), (0xFFE0, 0xFFE6))


def entity_edits(text: str, step: int) -> list[Edit]:
    """Edits that write the references of `text` out as characters; adjacent ones of a rule are one Edit.

    The rule is `numeric_entity`, or `double_escaped_entity` for `&amp;#25919;`. Scripts and styles are left alone.
    """
    if not _ANY_REFERENCE.search(text):
        return []
    edits: list[Edit] = []
    raw = _raw_spans(text)
    raw_start, raw_end = next(raw, (len(text), len(text)))
    for reference in _REFERENCE.finditer(text):
        start, end = reference.span()
        while start >= raw_end and raw_end < len(text):
            raw_start, raw_end = next(raw, (len(text), len(text)))
        character = _character(reference)
        if character is None or raw_start <= start < raw_end:
            continue
        rule = "double_escaped_entity" if reference[1] else "numeric_entity"
        edits.append(Edit("repair", step, rule, start, end, reference[0], character))
    return _joined(edits)


def _raw_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where scripts and styles lie, in order; one that nothing closes reaches to the end."""
    place = 0
    while opening := _RAW_TEXT.search(text, place):
        closing = _RAW_TEXT_END[opening[1].lower()].search(text, opening.end())
        place = closing.end() if closing else len(text)
        yield opening.start(), place


def _character(reference: re.Match[str]) -> str | None:
    """The character referred to, if it is one that Chinese text is written with."""
    code = int(reference[2]) if reference[2] else int(reference[3], 16)
    if not 0x80 <= code <= 0x10FFFF:
        return None
    character = chr(code)
    is_sign = any(first <= code <= last for first, last in _SIGNS)
    return character if is_sign or unicodedata.category(character) in _LETTERS else None


def _joined(edits: list[Edit]) -> list[Edit]:
    """The same edits with adjacent ones of a rule made one."""
    runs: list[list[Edit]] = []
    for edit in edits:
        if runs and runs[-1][-1].end == edit.start and runs[-1][-1].rule == edit.rule:
            runs[-1].append(edit)
        else:
            runs.append([edit])
    return [
        replace(
            run[0],
            end=run[-1].end,
            removed="".join(edit.removed for edit in run),
            inserted="".join(edit.inserted for edit in run),
        )
        for run in runs
    ]
