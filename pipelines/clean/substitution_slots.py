"""Which word stood where a brand stands now: the words on both sides decide.

A slot is certain when only one word can stand in it (政府信息…工作, 有限责任…, 《…办公室…做好…的通知》). The looser
forms are believed only where the page gives no sign that the same brand also covers a place.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cache

from pipelines.clean.spam_words import any_of
from pipelines.knowledge import reference

_REACH_LEFT = 32
_REACH_RIGHT = 70
_BOUNDARY_BEFORE = re.compile(r"(?:^|[。；;！？!?|｜_>\u00bb,，、\t\-—–])\s*$")
_BOUNDARY_BEHIND = re.compile(r"\s*(?:$|[。；;！？!?|｜_>\u00bb,，、\t])")
_SCRAP_BEFORE = re.compile(r"(?:^|[。；;！？!?|｜_,，\-—–])\s*$")
_SCRAP_BEHIND = re.compile(r"[\u4e00-\u9fff]{0,2}\s*(?:$|\?$|[|｜_,，\-—–])")
_BAR = "|｜_"
_NUMBERED = re.compile(
    r"\s*(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}|[（(][一二三四五六七八九十0-9]{1,3}[）)])\s*[、.。．)）](?!\d)"
)
_OFFICE_AHEAD = re.compile(
    r"(?:19|20)\d\d|[\u4e00-\u9fff]{1,6}?(?:街道|[镇乡县局村]|办公室|人民政府|办事处|学校|医院|委员会)"
)
_DUE = re.compile(r"应[^，。；\s]{2,28}尽$")  # 应公开尽公开
_OPEN_QUOTE = re.compile(r"《([^《》]{0,30})$")


class Slot(Enum):
    """The word a brand stands for. `value` is that word, "" where it cannot be known or was none."""

    DISCLOSURE = "公开"
    COMPANY = "公司"
    ABOUT = "关于"
    PLACE = "place"
    OPEN = "open"
    INJECTED = "injected"  # it replaced nothing: it stands between two boundaries

    @property
    def word(self) -> str:
        """The word to put back, or "" if the slot does not say it."""
        return self.value if self in _WORDS else ""


_WORDS = frozenset({Slot.DISCLOSURE, Slot.COMPANY, Slot.ABOUT})


class Certainty(Enum):
    """How far the surroundings decide the slot."""

    ALWAYS = 3  # no other word can stand there
    UNLESS_PLACE = 2  # a place might, if the brand covers places on this page
    WHEN_KNOWN = 1  # only if the brand is known to cover this word on this page


@dataclass(frozen=True, slots=True)
class Reading:
    """A slot and how sure it is."""

    slot: Slot
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class _Forms:
    disclosure_before: tuple[str, ...]
    disclosure_before_with_after: tuple[str, ...]
    disclosure_after: tuple[str, ...]
    disclosure_known_before: tuple[str, ...]
    disclosure_known_after: tuple[str, ...]
    company_before: tuple[str, ...]
    company_before_unless_office: tuple[str, ...]
    company_known_before: tuple[str, ...]
    office: tuple[str, ...]
    verbs: tuple[str, ...]
    document: re.Pattern[str]
    strict_place: tuple[str, ...]
    loose_place: tuple[str, ...]


@cache
def _forms() -> _Forms:
    table = tomllib.loads(reference("clean/slots.toml").read_text("utf-8"))
    disclosure, company, about, place = (table[name] for name in ("disclosure", "company", "about", "place"))
    return _Forms(
        disclosure_before=tuple(disclosure["before"]),
        disclosure_before_with_after=tuple(disclosure["before_with_after"]),
        disclosure_after=tuple(disclosure["after"]),
        disclosure_known_before=tuple(disclosure["before_when_known"]),
        disclosure_known_after=tuple(disclosure["after_when_known"]),
        company_before=tuple(company["before"]),
        company_before_unless_office=tuple(company["before_unless_office"]),
        company_known_before=tuple(company["before_when_known"]),
        office=tuple(about["office"]),
        verbs=tuple(about["verbs"]),
        document=re.compile(rf"^[^。；！？《》]{{2,60}}?(?:的|之)?(?:{any_of(about['documents'])})(?:》|$|[（(])"),
        strict_place=tuple(place["strict"]),
        loose_place=tuple(place["loose"]),
    )


def around(text: str, start: int, end: int, breaks: str = "\n\t") -> tuple[str, str]:
    """The words before `start` and behind `end`, within the line and the table cell, as far as a slot looks."""
    left = text[max(0, start - _REACH_LEFT) : start]
    right = text[end : end + _REACH_RIGHT]
    for sign in breaks:
        left = left.rpartition(sign)[2]
        right = right.partition(sign)[0]
    return left, right


def read_slot(left: str, right: str) -> Reading:
    """The slot between `left` and `right`, the words around a brand (see `around`)."""
    before, behind = left.rstrip(), right.lstrip(" :：")
    if (before[-1:] in _BAR and before) or (right.lstrip()[:1] in _BAR and right.lstrip()):
        return Reading(Slot.INJECTED, Certainty.ALWAYS)
    starts, ends = bool(_BOUNDARY_BEFORE.search(left)), bool(_BOUNDARY_BEHIND.match(right))
    if starts and ends:
        # Between two commas the word itself may have stood: 一件，公开；…
        in_sentence = before[-1:] in "，、；。,;" and behind[:1] in "，、；。,;" and before and behind
        return Reading(Slot.INJECTED, Certainty.WHEN_KNOWN if in_sentence else Certainty.ALWAYS)
    if not before and _NUMBERED.match(right):
        return Reading(Slot.INJECTED, Certainty.ALWAYS)
    for reader in (_about, _company, _disclosure):
        if reading := reader(before, behind):
            return reading
    forms = _forms()
    if behind.startswith(forms.strict_place):
        return Reading(Slot.PLACE, Certainty.ALWAYS)
    if behind.startswith(forms.loose_place) or _OFFICE_AHEAD.match(behind):
        return Reading(Slot.PLACE, Certainty.WHEN_KNOWN)
    return Reading(Slot.OPEN, Certainty.WHEN_KNOWN)


def _about(before: str, behind: str) -> Reading | None:
    forms = _forms()
    if not before and behind.startswith("我们") and len(behind) <= 12:
        return Reading(Slot.ABOUT, Certainty.ALWAYS)
    if behind.startswith(("关于", *forms.strict_place)) and not behind.startswith(forms.verbs):
        return None
    quoted = _OPEN_QUOTE.search(before)
    inner = quoted[1].strip() if quoted else None
    names_document = bool(forms.document.match(behind))
    follows_office = before.endswith(forms.office)
    if inner:
        if follows_office and (names_document or behind.startswith(forms.verbs)):
            return Reading(Slot.ABOUT, Certainty.ALWAYS)
        return None
    if inner == "":
        if names_document and behind.startswith(forms.verbs):
            return Reading(Slot.ABOUT, Certainty.UNLESS_PLACE)
        return None
    if follows_office and names_document and behind.startswith(forms.verbs):
        return Reading(Slot.ABOUT, Certainty.ALWAYS)
    return None


def _company(before: str, behind: str) -> Reading | None:
    forms = _forms()
    if behind.startswith("公司"):
        return None
    if before.endswith(forms.company_before):
        return Reading(Slot.COMPANY, Certainty.ALWAYS)
    if _names_place(behind):
        return None
    if before.endswith(forms.company_before_unless_office):
        return Reading(Slot.COMPANY, Certainty.UNLESS_PLACE)
    if before.endswith(forms.company_known_before):
        return Reading(Slot.COMPANY, Certainty.WHEN_KNOWN)
    return None


def _disclosure(before: str, behind: str) -> Reading | None:
    forms = _forms()
    if behind.startswith("公开") or (_names_place(behind) and not behind.startswith(forms.disclosure_after)):
        return None
    if before.endswith(forms.disclosure_before):
        return Reading(Slot.DISCLOSURE, Certainty.ALWAYS)
    if before.endswith(forms.disclosure_before_with_after) and behind.startswith(forms.disclosure_after):
        return Reading(Slot.DISCLOSURE, Certainty.ALWAYS)
    if (before.endswith("应") and behind.startswith("尽")) or _DUE.search(before):
        return Reading(Slot.DISCLOSURE, Certainty.ALWAYS)
    if before.endswith("以") and behind.startswith(("为常态", "为原则")):
        return Reading(Slot.DISCLOSURE, Certainty.ALWAYS)
    if before.endswith(forms.disclosure_before_with_after) and (not behind or behind[0] in "，。、；：》”)）,;"):
        return Reading(Slot.DISCLOSURE, Certainty.UNLESS_PLACE)
    if behind.startswith(forms.disclosure_known_after) or before.endswith(forms.disclosure_known_before):
        return Reading(Slot.DISCLOSURE, Certainty.WHEN_KNOWN)
    return None


def _names_place(behind: str) -> bool:
    forms = _forms()
    return behind.startswith(forms.strict_place) or bool(re.match(r"[区市省州旗](?![场民政级])", behind))


def settle(readings: Iterable[Reading]) -> list[Slot]:
    """What each place of one brand is restored to, once all its places on the page are known.

    A looser reading gives way to PLACE where the brand covers places; one that needs support gets it from two certain
    places with the same word and none that covers a place.
    """
    gathered = list(readings)
    certain = Counter(reading.slot for reading in gathered if reading.certainty is not Certainty.WHEN_KNOWN)
    covers_places = certain[Slot.PLACE] > 0
    covers_words = any(certain[word] >= 2 for word in _WORDS)
    settled = []
    for reading in gathered:
        slot, certainty = reading.slot, reading.certainty
        unproven = (certainty is Certainty.UNLESS_PLACE and covers_places) or (
            certainty is Certainty.WHEN_KNOWN and (covers_places or certain[slot] < 2)
        )
        if slot in _WORDS and unproven:
            slot = Slot.PLACE if covers_places else Slot.OPEN
        elif slot is Slot.INJECTED and certainty is Certainty.WHEN_KNOWN and (covers_places or covers_words):
            slot = Slot.OPEN
        settled.append(slot)
    return settled


def stands_alone(left: str, right: str) -> bool:
    """Whether a use stands between boundaries but for a scrap (看, 合集) behind it: one of a row of keywords."""
    return bool(_SCRAP_BEFORE.search(left) and _SCRAP_BEHIND.match(right)) and not _OFFICE_AHEAD.match(right)
