"""Enumerations: the parts of a total by subject or by channel, and whether they add up to it.

The parts that follow a total are its subjects (`proactive_by_category`, the label kept) or its channels (a code each).
A part's own parts (通知公告 29 条(其中处罚 27 条)) are none of the total's. Both sums, with and without 其他, are tried; the
one that holds is recorded, and nothing is repaired.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipelines.extract.indicator_labels import channel_of, counts_repostings, is_other, label_of
from pipelines.extract.indicator_rules import POSTED_ITEMS
from pipelines.extract.indicator_rules_disclosure import CHANNEL
from pipelines.extract.indicator_text import Mention
from pipelines.model import Check, Verdict

_OF_THE_DISCLOSED = r"在?主动公开的(?:政府|政务)?信息(?:中|里)"
# What opens an enumeration in a sentence of its own: the total stands in the sentence before.
_OPENS = re.compile(
    rf"\A(?:\([一二三四五六七八九十]\)|\d[.、])?(?:其中|具体|{_OF_THE_DISCLOSED}|按(?:照)?[^,:]{{0,8}}(?:分|看|划分|分类|统计)|从[^,:]{{0,10}}看|分类情况|包括|渠道)"
)
# What parts a total from its parts within a sentence.
_BEGINS = re.compile(
    rf"其中|包括|分别|具体|{_OF_THE_DISCLOSED}|按[^,:]{{0,8}}(?:分|看|统计)|从[^,:]{{0,10}}看|涉及|内容(?:为|有)|:|为"
)
# A list opened so names its parts at will; one opened otherwise claims to name them all.
_PARTIAL = re.compile(r"其中")
_BY_CHANNEL = re.compile(r"渠道|方式|途径|平台")
_NO_LABEL = re.compile(
    r"比|较|增|减|同期|上年|历年|累计|占|申请|复议|诉讼|咨询|访问|培训|答复|办结|不予公开|依申请|撤销|删除"
)
# 主动公开工作动态 30 条、审计结果 10 条、工作总结 1 条: a list without a total.
_DISCLOSED_SUBJECT = re.compile(r"(?<!应)(?<!未)(?<!不)主动公开(?:了)?[^,;:、]{2,16}\Z")
_NO_SUBJECT = re.compile(
    r"了|召开|举办|组织|印发|制定|报送|上报|收到|受理|办理|处理|开展|张贴|发放|参加|解读|采用|决定"
)
_LONGEST_SUBJECT = 20
_FEWEST_SUBJECTS = 3
_AMONG_THEM = re.compile(r"\A[,;:、(]*其中")


@dataclass(slots=True, unsafe_hash=True)
class Part:
    """A part of a total: its code, its label when the code is one of many, where it is stated, and the total's code ("" when
    the list has none)."""

    mention: Mention
    code: str
    label: str
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """A figure that may have parts, with its code."""

    mention: Mention
    code: str

    @property
    def value(self) -> float:
        """The figure."""
        return self.mention.count.quantity.value


@dataclass(frozen=True, slots=True)
class Enumeration:
    """Parts in the order of the text, and whether they add up; `check` is None when there is no total to hold to."""

    parts: tuple[Part, ...]
    check: Check | None
    is_whole: bool
    """Whether the list says or shows that it names every part: 其他 is one of them, or there are three channels."""


def opens_enumeration(text: str) -> bool:
    """Whether a sentence goes on with the parts of the total before it."""
    return _OPENS.match(text) is not None


def read_subjects(total: Total, following: Sequence[Mention], opener: str) -> Enumeration | None:
    """The parts of a total by subject among the mentions that follow it; None if they are none, or channels.

    `opener` is the text between the total and the first part.
    """
    if not _BEGINS.search(opener):
        return None
    candidates = _siblings([mention for mention in following if _may_be_part(mention)], total.value)
    return None if _are_channels(candidates, opener) else _subjects(total, candidates, opener)


def read_enumeration(total: Total | None, following: Sequence[Mention], opener: str) -> Enumeration | None:
    """The parts among the mentions that follow a total (or stand alone as a list of channels); None if they are none.

    `opener` is the text between the total and the first part. A single part is no enumeration unless it is a channel.
    """
    if total is not None and not _BEGINS.search(opener) and not _OPENS.match(opener):
        return None
    candidates = [mention for mention in following if _may_be_part(mention)]
    if total is not None:
        candidates = _siblings(candidates, total.value)
    if total is not None and len(candidates) >= 2 and not _are_channels(candidates, opener):
        return _subjects(total, candidates, opener)
    return _channels(total, candidates, opener)


def read_subjects_alone(mentions: Sequence[Mention]) -> tuple[Part, ...]:
    """The subjects that a sentence lists without a total, three at least and of one unit; () if it lists none."""
    first = next((place for place, item in enumerate(mentions) if _DISCLOSED_SUBJECT.search(item.lead)), None)
    if first is None or not _may_be_part(mentions[first]):
        return ()
    unit = mentions[first].count.unit
    parts: list[Part] = []
    for mention in _siblings(mentions[first:], None):
        label = _behind_verb(label_of(mention))
        if parts and not (
            mention.count.unit == unit and len(label) <= _LONGEST_SUBJECT and not _NO_SUBJECT.search(mention.lead)
        ):
            break
        if not label or not _may_be_part(mention) or CHANNEL.search(label):
            break
        parts.append(Part(mention, "proactive_by_category", label))
    return tuple(parts) if len(parts) >= _FEWEST_SUBJECTS else ()


def continued(total: Total, begun: Enumeration, following: Sequence[Mention]) -> Enumeration | None:
    """The list that a sentence began, with the parts of the next sentence; None unless they fill it exactly."""
    more = [mention for mention in following if _may_be_part(mention)]
    missing = total.value - _sum([part.mention for part in begun.parts])
    if not more or _sum(more) != missing or _are_channels(more, ""):
        return None
    parts = tuple(
        Part(mention, "proactive_by_category", label, total.code) for mention in more if (label := label_of(mention))
    )
    return replace(begun, parts=parts, check=_sum_check(total, (*begun.parts, *parts), is_partial=False))


def adds_up(total: Total, parts: Sequence[Mention]) -> bool:
    """Whether two parts or more are exactly the total, with or without 其他: then they are its parts, whatever they say."""
    if len(parts) < 2:
        return False
    if total.value <= 0 or total.value == _sum(parts):
        return total.value > 0
    return total.value == _sum([part for part in parts if not is_other(label_of(part))])


def _subjects(total: Total, candidates: Sequence[Mention], opener: str) -> Enumeration | None:
    labels = [label_of(mention) for mention in candidates]
    parts = tuple(
        Part(mention, "proactive_by_category", label, total.code)
        for mention, label in zip(candidates, labels, strict=True)
        if label
    )
    if len(parts) < 2:
        return None
    return Enumeration(parts, _sum_check(total, parts, bool(_PARTIAL.search(opener))), any(map(is_other, labels)))


def _channels(total: Total | None, candidates: Sequence[Mention], opener: str) -> Enumeration | None:
    labels = [label_of(mention) for mention in candidates]
    channels = [channel_of(mention, label) for mention, label in zip(candidates, labels, strict=True)]
    how_many = sum(channel is not None for channel in channels)
    if how_many < (2 if total is None else 1) or not _are_mostly_channels(how_many, len(candidates), opener):
        return None
    parts = tuple(
        part
        for mention, label, channel in zip(candidates, labels, channels, strict=True)
        if (part := _channel_part(mention, label, channel)).code
    )
    check = _sum_check(total, parts, bool(_PARTIAL.search(opener))) if total is not None and len(parts) > 1 else None
    return Enumeration(parts, check, any(map(is_other, labels)) or how_many >= 3)


def _are_channels(candidates: Sequence[Mention], opener: str) -> bool:
    how_many = sum(channel_of(mention, label_of(mention)) is not None for mention in candidates)
    return how_many > 0 and _are_mostly_channels(how_many, len(candidates), opener)


def _are_mostly_channels(how_many: int, of_how_many: int, opener: str) -> bool:
    return how_many * 2 >= of_how_many or _BY_CHANNEL.search(opener) is not None


def _channel_part(mention: Mention, label: str, code: str | None) -> Part:
    if code == "proactive_by_channel":
        return Part(mention, code, label)
    if code is None and is_other(label):
        return Part(mention, "proactive_other_channels", "")
    return Part(mention, code or "", "")


def _siblings(candidates: Sequence[Mention], whole: float | None) -> list[Mention]:
    """The candidates on one level, without the parts of parts: those in brackets behind a part, and those that 其中 names
    behind a part (as many as add up to it, one at least). What follows when the list is full is no part of it."""
    if whole is not None and _sum(candidates) == whole:
        return list(candidates)
    level = _on_one_level(candidates)
    if whole is not None and _sum(level) == whole:
        return level
    kept: list[Mention] = []
    value, place = 0.0, 0
    while place < len(level):
        mention = level[place]
        is_among = bool(kept) and _AMONG_THEM.match(mention.lead) is not None
        if value == whole and (is_among or (len(kept) > 1 and not is_other(label_of(mention)))):
            break
        if is_among:
            place += _how_many_parts(level[place:], kept[-1].count.quantity.value)
            continue
        kept.append(mention)
        value += mention.count.quantity.value
        place += 1
    return kept


def _how_many_parts(following: Sequence[Mention], whole: float) -> int:
    """How many of the mentions that follow 其中 are parts of the part before it."""
    value = 0.0
    for place, mention in enumerate(following, 1):
        value += mention.count.quantity.value
        if value >= whole:
            return place if value == whole else 1
    return 1


def _on_one_level(candidates: Sequence[Mention]) -> list[Mention]:
    """The candidates in no more brackets than the first, up to the bracket that closes round them."""
    kept: list[Mention] = []
    depth = base = place = 0
    for mention in candidates:
        lowest, depth = _depth(mention.sentence.text[place : mention.count.start], depth)
        place = mention.count.end
        if not kept:
            base = depth
        elif lowest < base:
            break
        if depth == base:
            kept.append(mention)
    return kept


def _depth(text: str, depth: int) -> tuple[int, int]:
    """The fewest brackets open anywhere in `text` that begins inside `depth` of them, and those open at its end."""
    lowest = depth
    for char in text:
        if char == "(":
            depth += 1
        elif char == ")":
            depth = max(0, depth - 1)
            lowest = min(lowest, depth)
    return lowest, depth


def _behind_verb(label: str) -> str:
    return label.rpartition("主动公开")[2].removeprefix("了") or label


def _sum(parts: Sequence[Mention]) -> float:
    return sum(part.count.quantity.value for part in parts)


def _may_be_part(mention: Mention) -> bool:
    return mention.count.unit in POSTED_ITEMS and bool(mention.lead) and not _NO_LABEL.search(mention.lead[-20:])


def _sum_check(total: Total, parts: Sequence[Part], is_partial: bool) -> Check:
    name = f"enumeration:{total.code}"
    stated = total.value
    whole = _sum([part.mention for part in parts])
    kept = [part for part in parts if not (is_other(part.label) or part.code == "proactive_other_channels")]
    without_other = _sum([part.mention for part in kept])
    if whole == stated:
        return Check(name, Verdict.PASS, whole, stated, "all parts add up to the total")
    if without_other == stated:
        detail = "the parts without 其他 add up to the total; 其他 stands outside it"
        return Check(name, Verdict.PASS, without_other, stated, detail)
    if total.mention.count.quantity.approx or any(part.mention.count.quantity.approx for part in parts):
        return Check(name, Verdict.UNCERTAIN, whole, stated, "a number is approximate")
    if any(counts_repostings(part.mention) for part in parts):
        return Check(name, Verdict.UNCERTAIN, whole, stated, "the parts count re-postings, the total may not")
    if is_partial and whole < stated:
        return Check(
            name, Verdict.UNCERTAIN, whole, stated, "the parts named are less than the total; 其中 may name some"
        )
    return Check(name, Verdict.FAIL, whole, stated, "the parts do not add up to the total")
