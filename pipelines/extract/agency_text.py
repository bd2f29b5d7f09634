"""Who speaks in a report's text: the preamble, the subject of its sentences, whom to ask, the organ's own site."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipelines.extract.agency_names import (
    full_name,
    is_agency,
    is_vague,
    named_at_end,
    organ_of_office,
    without_office,
)
from pipelines.extract.evidence import Evidence

_OWN_TAIL = (
    r"(?:人民政府办公室|人民政府办公厅|人民政府|行政公署|委员会|办事处|管委会|街道办|办公室|中心|政府|[厅局委办院])"
)
_ORGAN_TAIL = rf"(?:{_OWN_TAIL}|总署|海关|街道|[镇乡]|大学|学院|公司|医院)"
_VERBS = r"(?:把|将|认真|严格|按照|高度|以|根据|坚持|在|对|深入|切实|积极|共|全面|紧紧|主动|始终|不断|严格|进一步|依法|扎实|继续|围绕|依据|本着|充分|大力|贯彻|收到|20\d\d|累计|未|没有|受理|接到|结合|通过|完成|办理|建立|制定|制发)"
# Not the work of an organ itself: the group that leads it from above, or a plan of another's.
_OF_ANOTHER = r"领导|主管|办公|机构|要点|方案|意见|通知|规定|制度|办法|要求|部署|考核|会议|培训|[\u4e00-\u9fff]{0,4}(?:指导|领导)下"
_ITS_WORK = rf"(?:的?(?:各科室的?)?(?:政府|政务)?信息公开工作(?!{_OF_ANOTHER}))"
# Found from its end: an organ's last word before what organs do, or before its work on openness (`滁州市林业局政府信息公开
# 工作`); the name reaches back to the stop before it.
_SPOKEN_OF = re.compile(rf"{_ORGAN_TAIL}(?={_VERBS}|{_ITS_WORK})")
_TIME_BEFORE = re.compile(r"^(?:年度?以?来?|全年|月份?|日|底|上述|一年来|今年以来)")
_NAME_BEFORE = re.compile(r"[\u4e00-\u9fff*#×xX]{2,34}\Z")
_PUBLISHES = re.compile(
    r"(?:现将?|特)?(?:向社会)?公布\s?(?P<name>[\u4e00-\u9fff*×()（）]{3,40}?)\s?(?:20\d\d|二[〇○零0OＯ]).{0,6}?年"
)
# `现编制2018-2019学年云陂大学信息公开工作年度报告`: the sentence holds the title.
_NAMES_REPORT = re.compile(
    r"(?:公布|编制|发布|形成|编写)了?\s?(?:20\d\d(?:[—–-]20\d\d)?(?:学年|年)度?)?(?P<name>[\u4e00-\u9fff*×]{3,30}?)(?:20\d\d年度?)?"
    r"(?:政府|政务)?信息公开(?:工作)?(?:年度)?(?:工作)?(?:报告|年报)"
)
# `由X编制`, `,X编制`, `由X根据《条例》的规定编制`; who made a guide or a catalogue did not make the report. Behind a comma
# alone the verb must follow at once: anything can stand between two commas.
_COMPILER_TAIL = rf"(?:{_OWN_TAIL}|总署|海关|街道|[镇乡科处室校司])"
_UNDER_RULES = r"(?:(?:根据|按照|依据|依照|遵照|综合|汇总|结合)[^。；;\n]{2,100}?)?"
_COMPILES = re.compile(
    rf"(?:由\s?(?!由)(?P<name>[\u4e00-\u9fff*×()（）]{{2,40}}?{_COMPILER_TAIL})\s?{_UNDER_RULES}"
    rf"|[,，]\s?(?!由)(?P<behind_comma>[\u4e00-\u9fff*×()（）]{{2,40}}?{_COMPILER_TAIL})\s?)"
    r"(?:负责|组织|牵头)?(?:编制|编写|起草|整理|撰写)(?!的《|.{0,8}(?:指南|目录|方案|制度))"
)
_NOT_COMPILER = re.compile(r"^(?:本|我|根据|按照|依据|为|现|该|各)|条例|规定|要求|组成|报告|年报|[的是了]|概述|情况")
_PREAMBLE = 1500
_SITE_OF = re.compile(rf"{_OWN_TAIL}(?=的?(?:电子政务|门户网站|党务|政务公开网|政务信息网|政务网|官方网站|官网|网站))")
_BEFORE_NAME = re.compile(r"网站[和与及]?|在|于|通过|依托|利用|登录|访问|运用|借助|以|经|从")
# `请与X办公室联系`, `请联系:X,电话…`: the words up to the next stop hold the name.
_CONTACT = re.compile(r"(?:请|可)(?:直接|及时)?(?:与|同|和|向|致电|联系)\s?[:：]?\s?(?P<name>[\u4e00-\u9fff]{3,40})")
_CONTACT_ENDS = re.compile(r"联系|咨询|反映|查询|垂询|索取")
# What a report calls its own organ: 我局, 我镇, 本街道; not 我局部, 我委托.
_OWN_TIER = re.compile(
    r"[我本](厅|局(?!部)|委(?!托|派|员)|办(?!理|事|公)|院|镇|乡|街道|县|区(?!域|别)|市|省|校|公司|中心|旗|州)"
)
_TIER_NAMES = {
    "委": ("委", "委员会"),
    "办": ("办", "办公室", "办公厅"),
    "街道": ("街道", "办事处", "街道办", "筹备处"),
    "校": ("大学", "学院", "学校"),
    "院": ("院", "学院"),
    **{tier: (f"{tier}人民政府", f"{tier}政府", tier) for tier in "镇乡县区市省旗州"},
}
_LONGEST_NAME = 34
_SENTENCES, _CONTACTS = 2500, 4000
_REGIONS = frozenset("省市县区旗州")


def compiled_by(body: str) -> str | None:
    """Who made the report: `由…编制`, `…编制了本报告` in its first part; only an organ's own name counts."""
    for match in _COMPILES.finditer(body, 0, _PREAMBLE):
        name = match["name"] or match["behind_comma"]
        name = name.strip("()（）") if name[0] in "(（" else name
        if not _NOT_COMPILER.search(name) and not is_vague(name):
            return name
    return None


def from_preamble(body: str) -> Iterator[Evidence[str]]:
    """`现公布X…年度报告`, `由X编制`: whom the preamble names."""
    for pattern, source, weight in ((_PUBLISHES, "the preamble", 4.0), (_NAMES_REPORT, "the preamble", 4.0)):
        match = pattern.search(body, 0, _PREAMBLE)
        if match and is_agency(match["name"]):
            yield Evidence(without_office(full_name(match["name"])), source, weight)
    name = compiled_by(body)
    if name and is_agency(name):
        yield Evidence(without_office(full_name(name)), "who compiled it", 3.0)


def from_sentences(body: str) -> Iterator[Evidence[str]]:
    """The organ of which the first sentences speak most often; else the one to ask; else the one whose site it is."""
    own = own_tiers(body)
    if name := _most_spoken_of(body, own):
        yield Evidence(name, "the subject of its sentences", 2.0)
    elif asked := next(from_contact(body, own), None):
        yield asked
    elif (site := _SITE_OF.search(body, 0, _CONTACTS)) and (before := _name_before(body, site.end())):
        name = _BEFORE_NAME.split(before)[-1]
        if is_agency(name) and _is_of_tier(name, own):
            yield Evidence(without_office(full_name(name)), "its own site", 1.5)


def _name_before(body: str, end: int) -> str:
    """The unbroken words before `end`, at most as long as a name."""
    before = _NAME_BEFORE.search(body[max(0, end - _LONGEST_NAME) : end])
    return _TIME_BEFORE.sub("", before[0]) if before else ""


def _most_spoken_of(body: str, own: Counter[str]) -> str:
    spoken: Counter[str] = Counter()
    for match in _SPOKEN_OF.finditer(body, 0, _SENTENCES):
        name = _name_before(body, match.end())
        if _is_of_tier(name, own) and (name := named_at_end(name)):
            spoken[full_name(name)] += 1
    return spoken.most_common(1)[0][0] if spoken else ""


def from_contact(body: str, own: Counter[str]) -> Iterator[Evidence[str]]:
    """The organ whose office answers questions about the report; `own` are the tiers by which the report calls itself."""
    for match in _CONTACT.finditer(body, 0, _CONTACTS):
        office = _CONTACT_ENDS.split(match["name"])[0]
        name = organ_of_office(office)
        if _speaks_for_region(own):
            name = name.removesuffix("办公室").removesuffix("办公厅")
        if is_agency(name) and _is_of_tier(name, own):
            yield Evidence(full_name(name), "whom to ask", 1.5)
            return


def _speaks_for_region(own: Counter[str]) -> bool:
    return bool(own) and own.keys() <= _REGIONS


def own_tiers(body: str) -> Counter[str]:
    """How often a report calls its organ 我厅, 我局, 本镇 …, by the tier's word.

    我省 beside 我厅 is the region the organ works for; it counts only where hardly any organ is named.
    """
    counted = Counter(match[1] for match in _OWN_TIER.finditer(body, 0, 8000))
    organs = Counter({tier: count for tier, count in counted.items() if tier not in _REGIONS})
    return organs if sum(organs.values()) * 5 >= sum(counted.values()) else counted


def _is_of_tier(name: str, own: Counter[str]) -> bool:
    """`省政务公开办公室` is not who says 我厅: a name in a sentence must end as the report calls itself, if it does."""
    return not own or any(name.endswith(_TIER_NAMES.get(tier, (tier,))) for tier in own)
