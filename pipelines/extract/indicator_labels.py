"""What a part of an enumeration is called: its subject, or the code of the channel that carried it."""

from __future__ import annotations

import re

from pipelines.extract.indicator_rules_disclosure import CHANNEL
from pipelines.extract.indicator_text import Mention

_HEAD = re.compile(
    r"\A(?:其中|具体(?:包括|为|是)?|包括|涉及|分别(?:为|是)?|一是|二是|三是|四是|按[^,:]{0,8}(?:分|看|统计)|从[^,:]{0,10}看|在?主动公开的(?:政府|政务)?信息(?:中|里)|主动(?:公开|发布)(?:了)?|更新(?:了)?|发布(?!会)|公开(?!栏|专栏|平台)|有|含|为|[:,、;.()及和与]|\d{1,2}[.、)]|\([一二三四五六七八九十\d]{1,2}\))+"
)
# 机构政务信息 is a subject of its own, 财政类政务信息 is 财政; 未分类 ends in no 类.
_TAIL = re.compile(
    r"(?:(?<!分)类别?|方面)?(?:的)?(?:政府(?=信息)|(?:\A|(?<=类)|(?<=面)|(?<=的))政务(?=信息))?(?:信息(?:发布|更新)?)?(?:(?:发布|公开|更新)量)?(?:总?数量?|共计?|计|有|为|达|约|[:(、的])*\Z"
)
# 网站(含转发): what else was counted. 办事事项(居民) is one subject of two.
_REMARK = re.compile(r"\((?:含|包括|包含|不含)[^()]{0,30}\)\Z")
_WITH_REPOSTINGS = re.compile(r"\((?:含|包括|包含)[^()]{0,8}转[发载][^()]{0,8}\)")
_POSTED = re.compile(r"公开|发布|推送|公布")
_BARE_CHANNEL = re.compile(
    r"(?:通过|在|利用|政务|官方|本|县|市|区|镇|局|[^,;\d]{0,8}?)(?:门户|政府|政务|官方)?(?:网站?|网站平台|微信(?:公众(?:号|平台))?|公众号|微博|公报|政报|公开栏|公示栏|公告栏|宣传栏|客户端|新媒体|报刊|报纸|[县市日]报|电视台?|广播(?:电视)?|电子屏|显示屏|网|平台|栏|其[他它](?:方式|渠道|途径|形式)?|及|和|、|等|上|专栏)+\Z"
)


def label_of(mention: Mention) -> str:
    """The words that name a part, without those that lead to it or count it (`其中财政类信息共` → 财政)."""
    head = _HEAD.match(mention.lead)
    bare = mention.lead[head.end() :] if head else mention.lead
    label = _stripped(_TAIL.sub("", _REMARK.sub("", bare)))
    return label or _stripped(bare)


def is_other(label: str) -> bool:
    """Whether a label is the rest of the list."""
    return label.startswith(("其他", "其它"))


def counts_repostings(mention: Mention) -> bool:
    """Whether a part counts more than its total does: 网站(含转发)."""
    return _WITH_REPOSTINGS.search(mention.lead) is not None


def channel_of(mention: Mention, label: str) -> str | None:
    """The code of the one channel a lead names, when it says no more than where the items stood."""
    found = [match.lastgroup for match in CHANNEL.finditer(label)]
    if not found or not (_BARE_CHANNEL.search(label) or _POSTED.search(mention.lead)):
        return None
    if "信息" in label and not _POSTED.search(label):
        return None  # 政府网站信息185条: a subject like the others
    kinds = {code for code in found if code != "proactive_website"} or set(found)
    if found[-1] != found[0] == "proactive_new_media" and "等" not in label:
        kinds.discard("proactive_new_media")  # 新媒体发布微信: one of them
    return kinds.pop() if len(kinds) == 1 else "proactive_by_channel"


def _stripped(label: str) -> str:
    label = label.strip(":、,")
    return label if label.count("(") == label.count(")") else label.strip("()")
