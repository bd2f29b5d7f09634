"""Enumerations: the parts of a total by subject or by channel, and whether they add up to it.

The parts that follow a total are its subjects (`proactive_by_category`, the label kept) or its channels (a code each).
Both sums, with and without 其他, are tried; the one that holds is recorded, and nothing is repaired.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.extract.indicator_rules import POSTED_ITEMS
from pipelines.extract.indicator_rules_disclosure import CHANNEL
from pipelines.extract.indicator_text import Mention
from pipelines.model import Check, Verdict

# What opens an enumeration in a sentence of its own: the total stands in the sentence before.
_OPENS = re.compile(
    r"\A(?:\([一二三四五六七八九十]\)|\d[.、])?(?:其中|具体|在主动公开的(?:政府|政务)?信息(?:中|里)|按(?:照)?[^,:]{0,8}(?:分|看|划分|分类|统计)|从[^,:]{0,10}看|分类情况|包括|渠道)"
)
# What parts a total from its parts within a sentence.
_BEGINS = re.compile(r"其中|包括|分别|具体|按[^,:]{0,8}(?:分|看|统计)|从[^,:]{0,10}看|涉及|内容(?:为|有)|:|为")
# A list opened so names its parts at will; one opened otherwise claims to name them all.
_PARTIAL = re.compile(r"其中")
_BY_CHANNEL = re.compile(r"渠道|方式|途径|平台")
_LABEL_HEAD = re.compile(
    r"\A(?:其中|具体(?:包括|为|是)?|包括|分别(?:为|是)?|一是|二是|三是|四是|按[^,:]{0,8}(?:分|看|统计)|从[^,:]{0,10}看|在?主动公开的(?:政府|政务)?信息(?:中|里)|发布(?!会)|公开(?!栏|专栏|平台)|有|含|为|[:,、;.()及和与]|\d{1,2}[.、)]|\([一二三四五六七八九十\d]{1,2}\))+"
)
_LABEL_TAIL = re.compile(r"(?:类别?|方面)?(?:的)?(?:政府|政务)?(?:信息)?(?:总?数量?|共计?|计|有|为|达|约|[:(、的])*\Z")
_NO_LABEL = re.compile(r"比|较|增|减|同期|上年|历年|累计|占|申请|复议|诉讼|咨询|访问|培训|答复|办结|不予公开|依申请")
_POSTED = re.compile(r"公开|发布|推送|公布")
_BARE_CHANNEL = re.compile(
    r"(?:通过|在|利用|政务|官方|本|县|市|区|镇|局|[^,;\d]{0,8}?)(?:门户|政府|政务|官方)?(?:网站?|网站平台|微信(?:公众(?:号|平台))?|公众号|微博|公报|政报|公开栏|公示栏|公告栏|宣传栏|客户端|新媒体|报刊|报纸|[县市日]报|电视台?|广播(?:电视)?|电子屏|显示屏|网|平台|栏|其[他它](?:方式|渠道|途径|形式)?|及|和|、|等|上|专栏)+\Z"
)


@dataclass(slots=True, unsafe_hash=True)
class Part:
    """A part of a total: its code, its label when the code is one of many, and where it is stated."""

    mention: Mention
    code: str
    label: str


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


def read_enumeration(total: Mention | None, following: Sequence[Mention], opener: str) -> Enumeration | None:
    """The parts among the mentions that follow a total (or stand alone as a list of channels); None if they are none.

    `opener` is the text between the total and the first part. A single part is no enumeration unless it is a channel.
    """
    candidates = [mention for mention in following if _may_be_part(mention)]
    if not candidates or (total is not None and not _BEGINS.search(opener) and not _OPENS.match(opener)):
        return None
    labels = [_label(mention) for mention in candidates]
    channels = [_channel(mention, label) for mention, label in zip(candidates, labels, strict=True)]
    by_channel = [channel for channel in channels if channel]
    others = [label for label in labels if label.startswith(("其他", "其它"))]
    is_channels = len(by_channel) * 2 >= len(candidates) or (
        bool(by_channel) and _BY_CHANNEL.search(opener) is not None
    )
    if total is not None and not is_channels and len(candidates) >= 2:
        parts = [
            Part(mention, "proactive_by_category", label)
            for mention, label in zip(candidates, labels, strict=True)
            if label
        ]
        if len(parts) < 2:
            return None
        return Enumeration(tuple(parts), _sum_check(total, parts, bool(_PARTIAL.search(opener))), bool(others))
    if not is_channels or not by_channel or (total is None and len(by_channel) < 2):
        return None
    parts = [
        part
        for mention, label, channel in zip(candidates, labels, channels, strict=True)
        if (part := _channel_part(mention, label, channel)).code
    ]
    check = _sum_check(total, parts, bool(_PARTIAL.search(opener))) if total is not None and len(parts) > 1 else None
    return Enumeration(tuple(parts), check, bool(others) or len(by_channel) >= 3)


def adds_up(total: Mention, parts: Sequence[Mention]) -> bool:
    """Whether two parts or more are exactly the total, with or without 其他: then they are its parts, whatever they say."""
    if len(parts) < 2:
        return False
    value = total.count.quantity.value
    if value <= 0 or value == _sum(parts):
        return value > 0
    return value == _sum([part for part in parts if not _label(part).startswith(("其他", "其它"))])


def _sum(parts: Sequence[Mention]) -> float:
    return sum(part.count.quantity.value for part in parts)


def _may_be_part(mention: Mention) -> bool:
    return mention.count.unit in POSTED_ITEMS and bool(mention.lead) and not _NO_LABEL.search(mention.lead[-20:])


def _label(mention: Mention) -> str:
    head = _LABEL_HEAD.match(mention.lead)
    bare = mention.lead[head.end() :] if head else mention.lead
    label = _LABEL_TAIL.sub("", bare).strip(":、,()")
    return label or bare.strip(":、,()")


def _channel(mention: Mention, label: str) -> str | None:
    """The code of the one channel a lead names, when it says no more than where the items stood."""
    found = [match.lastgroup for match in CHANNEL.finditer(label)]
    if not found or not (_BARE_CHANNEL.search(label) or _POSTED.search(mention.lead)):
        return None
    if "信息" in label and not _POSTED.search(label):
        return None  # 政府网站信息185条: a subject like the others
    kinds = {code for code in found if code != "proactive_website"} or set(found)
    return kinds.pop() if len(kinds) == 1 else "proactive_by_channel"


def _channel_part(mention: Mention, label: str, code: str | None) -> Part:
    if code == "proactive_by_channel":
        return Part(mention, code, label)
    if code is None and label.startswith(("其他", "其它")):
        return Part(mention, "proactive_other_channels", "")
    return Part(mention, code or "", "")


def _sum_check(total: Mention, parts: Sequence[Part], is_partial: bool) -> Check:
    name = "enumeration:proactive_total"
    stated = total.count.quantity.value
    whole = _sum([part.mention for part in parts])
    kept = [
        part
        for part in parts
        if not (part.label.startswith(("其他", "其它")) or part.code == "proactive_other_channels")
    ]
    without_other = _sum([part.mention for part in kept])
    if whole == stated:
        return Check(name, Verdict.PASS, whole, stated, "all parts add up to the total")
    if without_other == stated:
        detail = "the parts without 其他 add up to the total; 其他 stands outside it"
        return Check(name, Verdict.PASS, without_other, stated, detail)
    if total.count.quantity.approx or any(part.mention.count.quantity.approx for part in parts):
        return Check(name, Verdict.UNCERTAIN, whole, stated, "a number is approximate")
    if is_partial and whole < stated:
        return Check(
            name, Verdict.UNCERTAIN, whole, stated, "the parts named are less than the total; 其中 may name some"
        )
    return Check(name, Verdict.FAIL, whole, stated, "the parts do not add up to the total")
