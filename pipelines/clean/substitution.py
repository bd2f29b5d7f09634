"""Words that copying software overwrote with a brand, put back where the slot says which word stood there.

Copies of government pages are sold by overwriting one word throughout: the town's name, or 公开, 关于, 公司. Deleting
the brand would leave sentences that say something else, so it is replaced: by the word its slot demands, or by a mark
(`□`, the sign for a character that cannot be read) where a place stood or the slot is open. Nothing is invented.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from pipelines.clean.spam import spam_rule
from pipelines.clean.spam_words import any_of, fold_case, vocabulary
from pipelines.clean.substitution_brands import OWN_SPORT, find_brands
from pipelines.clean.substitution_slots import Slot, around, read_slot, settle, stands_alone
from pipelines.model import Edit, Finding
from pipelines.trace import apply_edits

UNKNOWN_WORD = "□"
# Fewer uses than this in a text that speaks of fighting gambling may be the report of a case.
_CASE_REPORT = 3
_RULES = {Slot.PLACE: "substituted_place", Slot.OPEN: "substituted_word_unknown"}


@dataclass(frozen=True, slots=True)
class SubstitutionResult:
    """What was put back: edits of one step, the flag `words_substituted`, a finding for what stays unknown.

    `words` maps each brand to the word it mostly stood for ("□" for an unknown one).
    """

    edits: list[Edit] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)

    def restored(self, text: str) -> str:
        """Another text of the same page (its head title, a table cell) with the same brands put right."""
        if not self.words or not text:
            return text
        return apply_edits(text, _plan(text, _uses(text, list(self.words)), 0)[0])


@dataclass(frozen=True, slots=True)
class _Use:
    start: int
    end: int


def substitution_edits(text: str, step: int) -> SubstitutionResult:
    """What to put back in the readable text of a page (Simplified, lines joined by newlines), as edits of `step`.

    Uses that replaced no word are left for `spam_inline`. Never raises; linear in the text.
    """
    brands = find_brands(text)
    if not brands:
        return SubstitutionResult()
    uses = {brand: own for brand, own in _uses(text, brands).items() if _may_replace(text, brand, own)}
    edits, counts = _plan(text, uses, step)
    if not edits:
        return SubstitutionResult()
    return SubstitutionResult(edits, ["words_substituted"], _findings(text, edits), _words(counts))


def _plan(text: str, uses: dict[str, list[_Use]], step: int) -> tuple[list[Edit], dict[str, Counter[str]]]:
    edits: list[Edit] = []
    counts: dict[str, Counter[str]] = {}
    for brand, own in uses.items():
        slots = _slots(text, own)
        is_address = brand.isascii() and not vocabulary().strong.search(brand)
        followed = sum(text[use.end : use.end + 1] == ":" for use in own)
        for use, slot in zip(own, slots, strict=True):
            if slot is Slot.OPEN and len(own) < _CASE_REPORT and stands_alone(*around(text, use.start, use.end)):
                continue
            if (
                slot is Slot.INJECTED
                or (slot is Slot.OPEN and is_address)
                or (len(own) < _CASE_REPORT and _reports_case(text, use))
            ):
                continue
            inserted = slot.word or UNKNOWN_WORD
            end = _end(text, use, slot, always_colon=len(own) > 1 and followed == len(own))
            rule = _RULES.get(slot, "substituted_word")
            edits.append(Edit("clean", step, rule, use.start, end, text[use.start : end], inserted))
            counts.setdefault(brand, Counter())[inserted] += 1
    edits.sort(key=lambda edit: edit.start)
    return edits, counts


def _slots(text: str, uses: list[_Use]) -> list[Slot]:
    return settle(read_slot(*around(text, use.start, use.end)) for use in uses)


def _uses(text: str, brands: list[str]) -> dict[str, list[_Use]]:
    folded = fold_case(text)
    pattern = re.compile(any_of(brands))
    uses: dict[str, list[_Use]] = {}
    line_end, is_spam = -1, False
    for match in pattern.finditer(folded):
        if match.start() > line_end:
            line_start = folded.rfind("\n", max(line_end, 0), match.start()) + 1 or max(line_end, 0)
            line_end = folded.find("\n", match.end())
            line_end = len(folded) if line_end < 0 else line_end
            is_spam = bool(spam_rule(text[line_start:line_end]))
        if not is_spam and not _in_address(folded, match.start(), match.end()):
            own_sport = match[0].endswith("体育") and len(match[0]) > 4 and OWN_SPORT.match(folded, match.end())
            end = match.end() - 2 if own_sport else match.end()
            uses.setdefault(match[0], []).append(_Use(match.start(), end))
    return uses


def _in_address(folded: str, start: int, end: int) -> bool:
    """Whether the match is part of a longer ASCII word or address (http://beat365.com/a)."""
    before, behind = folded[start - 1 : start] if start else "", folded[end : end + 1]
    return bool(
        (folded[start].isascii() and before and before in "./@-" + "abcdefghijklmnopqrstuvwxyz")
        or (
            folded[end - 1].isascii()
            and folded[end - 1].isalnum()
            and behind
            and behind in "./@-abcdefghijklmnopqrstuvwxyz"
        )
    )


def _may_replace(text: str, brand: str, uses: list[_Use]) -> bool:
    """Weak words and bare addresses must stand in known slots at least half of the time."""
    if vocabulary().strong.search(brand):
        return True
    known = sum(1 for slot in _slots(text, uses) if slot not in (Slot.OPEN, Slot.INJECTED))
    return known >= 2 and known * 2 >= len(uses)


def _reports_case(text: str, use: _Use) -> bool:
    return vocabulary().case.search("".join(around(text, use.start, use.end))) is not None


def _end(text: str, use: _Use, slot: Slot, *, always_colon: bool) -> int:
    """Where the overwriting ends: a colon of the brand and the blank it leaves before Chinese go with it."""
    end = use.end
    if text[end : end + 1] == ":" and (always_colon or slot is Slot.ABOUT):
        end += 1
    blank = end
    while text[blank : blank + 1] == " " and blank - end < 3:
        blank += 1
    return blank if text[blank : blank + 1] > "\u2e7f" else end


def _words(counts: dict[str, Counter[str]]) -> dict[str, str]:
    return {brand: counted.most_common(1)[0][0] for brand, counted in counts.items()}


def _findings(text: str, edits: list[Edit]) -> list[Finding]:
    findings = []
    for rule, code, words in (
        ("substituted_place", "substituted_place_unknown", "a place stood"),
        ("substituted_word_unknown", "substituted_word_unknown", "an unknown word stood"),
    ):
        marked = [edit for edit in edits if edit.rule == rule]
        if marked:
            sample = marked[0]
            left, right = around(text, sample.start, sample.end)
            brand = sample.removed.strip(" :")
            detail = f"「{brand}」 stands where {words}, {len(marked)} times on the page: {left[-8:]}{UNKNOWN_WORD}{right[:12]}"
            findings.append(Finding("clean", code, detail))
    return findings
