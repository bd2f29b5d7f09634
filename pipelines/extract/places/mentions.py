"""Finding divisions in text: back from each character that ends a name, never a bare word inside another."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.extract.places.gazetteer import Division, Gazetteer, counties_of_town

# The characters that end a division's name (署: 行署; 省 also ends 全省, which is no name).
_ENDS = re.compile(r"[省市县区旗州盟署]")
# A name of one character and its kind (和县, 易县) is also the tail of other words; it needs an edge before it.
_EDGE_BEFORE = re.compile(r"(?:^|[^\u4e00-\u9fff]|[年度]|关于|国家税务总局|中华人民共和国|中共)$")
# Characters that make another word of a name's last one: 南海区域, 温州市场.
_WORD_AFTER = {"区": "域别间块段位划", "市": "场值", "州": "", "县": "", "省": ""}
# What may follow a bare 温州 for it to be the place: an organ, a zone, a year, the end. 温州人, 南京路 are none.
_AFTER_BARE = re.compile(
    r"$|[\W\d_]|人民|政府|政务|信息|市委|市直|市场监|高新|经济|经开|开发|技术|工业|海关|税务|国税|地税|国家|气象|地震|海事"
    r"|出入境|检验|邮政|通信|证监|银监|保监|监管|铁路|机场|保税|新区|综合|公安|检察|法院|教育|财政|环境|环保|卫生|民政|司法|交通"
    r"|住房|住建|规划|自然|国土|水利|水务|农业|林业|商务|文化|审计|统计|体育|旅游|质量|食品|药品|安全|消防|人力|科技|科学|城市|城乡|发展"
    r"|物价|粮食|烟草|盐务|邮|市民|行政|行署|园区|示范|专员|总部|中心|自贸|自由|管委|航空|住宅|国资|国有|金融|地方|外事|民族|宗教|档案"
)
_BARE_BEGINS = re.compile(
    r"(?:^|(?<=[^\u4e00-\u9fff])|(?<=年)|(?<=年度)|(?<=总局)|(?<=中国)|(?<=银行)|(?<=国网))(?=[\u4e00-\u9fff])"
)
# The longest names of towns have fifteen characters (of 41,000); ten reach all but a few dozen.
_TOWN = re.compile(r"(?:街道|镇|乡|苏木)")
_TOWN_LONGEST = 10
_GENERIC_TOWN = re.compile(
    r"[各全本我该贵两辖每市县区省、及和与]|城镇|乡镇|街镇|下属|所属|^[一二三四五六七八九十]+个?$"
)
_TOWN_TOGETHER = re.compile(r"乡镇|镇乡|镇街|乡村|镇村|街道镇|镇海|镇江")
_TOWN_ORGAN_AFTER = re.compile(r"人民政府|办事处|政府|党工委|党政办|$|(?:19|20)\d\d")
_TOWN_NAME = re.compile(r"(?![年度届])[\u4e00-\u9fff]{2,10}")
_GOVERNMENT = re.compile(r"(?:人民)?政府")
_SPACE = re.compile(r"\s*")


@dataclass(slots=True, unsafe_hash=True)
class Mention:
    """A name at [start, end) with the divisions it can mean, fewer where a higher one stands before it."""

    start: int
    end: int
    name: str
    divisions: tuple[Division, ...]
    follows: bool = False


@dataclass(slots=True, unsafe_hash=True)
class TownMention:
    """A town at [start, end); `counties` are codes, () when no list has the name."""

    start: int
    end: int
    name: str
    counties: tuple[str, ...]


def find_divisions(text: str, places: Gazetteer, *, is_heading: bool = False) -> list[Mention]:
    """The mentions of divisions in order, not overlapping, each name the longest that ends where it ends.

    In a title or an agency's name (`is_heading`) bare names of provinces and prefectures count too, and so do names
    that are common words when they stand at an edge.
    """
    bare = _bare_heads(text, places) if is_heading else []
    return _suffixed(text, places, bare, is_heading=is_heading)


def _suffixed(text: str, places: Gazetteer, bare: list[Mention], *, is_heading: bool) -> list[Mention]:
    found: list[Mention] = []
    lengths_by_tail, names = places.lengths_by_tail, places.names
    pending = list(reversed(bare))
    for hit in _ENDS.finditer(text):
        end = hit.end()
        for length in lengths_by_tail.get(text[end - 2 : end], ()):
            if length <= end and (divisions := names.get(text[end - length : end])):
                while pending and pending[-1].start < end - length:
                    _append(found, pending.pop())
                mention = _placed(text, end - length, end, divisions, places, found, is_heading=is_heading)
                # A longer name that reaches into the one before gives way to a shorter: 阳泉市|郊区, not 市郊区.
                if mention is not None and _fits_behind(found, mention):
                    _append(found, mention)
                    break
    for mention in reversed(pending):
        _append(found, mention)
    return found


def _fits_behind(found: list[Mention], mention: Mention) -> bool:
    """Whether `mention` overlaps none before it but such as it swallows (or 市 serves twice: 济宁市中区)."""
    return not found or mention.start >= found[-1].end or mention.start <= found[-1].start or mention.follows


def _append(found: list[Mention], mention: Mention) -> None:
    while found and mention.start <= found[-1].start:
        found.pop()
    if _fits_behind(found, mention):
        found.append(mention)


def _placed(
    text: str,
    start: int,
    end: int,
    divisions: tuple[Division, ...],
    places: Gazetteer,
    found: list[Mention],
    *,
    is_heading: bool,
) -> Mention | None:
    """The mention at [start, end) as its surroundings allow it, or None."""
    name = text[start:end]
    if text[end : end + 1] and text[end] in _WORD_AFTER.get(name[-1], ""):
        return None
    if below := _below_the_one_before(text, start, divisions, places, found):
        return Mention(start, end, name, below, follows=True)
    if _straddles(text, start, places):
        return None
    if len(name) == 2 or name in places.common:
        if not _EDGE_BEFORE.search(text[max(0, start - 7) : start]):
            return None
        # In running text even an edge is not enough: 《新城区建设…》, 「区、易县…」.
        if not is_heading and not _ORGAN_AFTER.match(text, end):
            return None
    return Mention(start, end, name, divisions)


_ORGAN_AFTER = re.compile(r"人民政府|政府|[县区市]委|人大|政协|[\u4e00-\u9fff]{2,8}(?:局|委员会|办公室)")


def _below_the_one_before(
    text: str, start: int, divisions: tuple[Division, ...], places: Gazetteer, found: list[Mention]
) -> tuple[Division, ...]:
    """Those of `divisions` that lie in the division named right before `start`, with its kind or without."""
    if found:
        last = found[-1]
        gap = text[last.end : start]
        touches = last.end <= start and _SPACE.fullmatch(gap) is not None
        shares = last.end == start + 1 and text[start] == "市"
        if touches or shares:
            below = tuple(one for one in divisions if any(places.is_below(one, upper) for upper in last.divisions))
            if below:
                return below
    for length in (5, 4, 3, 2):
        if length <= start and (uppers := places.bare.get(text[start - length : start])):
            below = tuple(one for one in divisions if any(places.is_below(one, upper) for upper in uppers))
            if below:
                return below
    return ()


def _straddles(text: str, start: int, places: Gazetteer) -> bool:
    """Whether another place's bare name lies across `start`: 海南区 in 上海南区, whose head belongs to 上海."""
    bare = places.bare
    return start > 0 and (
        text[start - 1 : start + 1] in bare
        or text[start - 1 : start + 2] in bare
        or (start > 1 and text[start - 2 : start + 1] in bare)
    )


def _bare_heads(text: str, places: Gazetteer) -> list[Mention]:
    found = []
    for hit in _BARE_BEGINS.finditer(text):
        start = hit.start()
        while mention := _bare_at(text, start, places):
            found.append(mention)
            start = mention.end
    return found


def _bare_at(text: str, start: int, places: Gazetteer) -> Mention | None:
    for length in (7, 6, 5, 4, 3, 2):
        name = text[start : start + length]
        divisions = places.bare.get(name) if len(name) == length else None
        if divisions and (
            _AFTER_BARE.match(text, start + length) or places.bare.get(text[start + length : start + length + 2])
        ):
            return Mention(start, start + length, name, divisions)
    return None


def find_towns(text: str, divisions: list[Mention]) -> list[TownMention]:
    """Towns of a title or an agency's name: right after a division or at an edge, listed or followed by its organ.

    `divisions` are the mentions in the same text.
    """
    found = []
    for hit in _TOWN.finditer(text):
        end = hit.end()
        if any(mention.start < end <= mention.end for mention in divisions) or _TOWN_TOGETHER.match(text, hit.start()):
            continue
        after = max((mention.end for mention in divisions if mention.end <= hit.start()), default=-1)
        # 瓯海区人民政府三垟街道办事处: the government stands between.
        if after > 0 and (government := _GOVERNMENT.match(text, after)) and government.end() < hit.start():
            after = government.end()
        possible = []
        for start in range(max(0, after, end - _TOWN_LONGEST), hit.start()):
            name = text[start:end]
            at_edge = start == after or _EDGE_BEFORE.search(text[max(0, start - 7) : start]) is not None
            if at_edge and _TOWN_NAME.fullmatch(name) and not _GENERIC_TOWN.search(name[: -len(hit[0])]):
                listed = counties_of_town(name)
                if listed or start == after or _TOWN_ORGAN_AFTER.match(text, end):
                    possible.append(TownMention(start, end, name, listed))
        if possible:
            found.append(min(possible, key=lambda town: (not town.counties, town.start)))
    return found
