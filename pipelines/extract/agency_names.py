"""Names of organs: what is one, its full form, whether two names are one organ, and whose office a name is."""

from __future__ import annotations

import re

from pipelines.extract.places.gazetteer import gazetteer
from pipelines.extract.places.mentions import find_divisions
from pipelines.extract.remembered import remembered
from pipelines.extract.text_forms import unspaced

_ORGAN = (
    r"(?:人民政府办公厅|人民政府办公室|人民政府|行政公署|管理委员会|管委会|委员会|办事处|街道办|办公厅|办公室|领导小组|总局|总署|分局|支队|大队|总队|中心|协会|联合会|总工会"
    r"|[厅局委院校馆站所处社会办部署行]|海关|医院|大学|学院|学校|公司|街道|苏木|林场|农场|[镇乡])"
)
_AGENCY = re.compile(rf"^[\u4e00-\u9fff·*#×xX（）()、]{{1,40}}{_ORGAN}(?:[(（][\u4e00-\u9fff、]{{2,30}}[)）])?$")
_ORGAN_ALONE = re.compile(_ORGAN)
_BARE_PLACE = re.compile(
    r"^[\u4e00-\u9fff·*#×xX（）()]{1,20}(?:省|市|县|区|旗|州|盟|自治区|开发区|高新区|新区)(?:[(（][\u4e00-\u9fff]{2,10}[)）])?$"
)
# What a title or a signature may hold that names nobody.
_VAGUE = frozenset(
    "市 区 县 省 街道 镇 乡 本级 部门 全市 全区 全县 全省 我市 我区 我县 我局 我镇 我乡 我厅 我委 我办 我校 我院 单位 机关 政府 办公室 本单位 本局 本机关 "
    "行政机关 各部门 有关部门 人民政府 市政府 区政府 县政府 省政府 市局 省局 工作 年度 本部门 上级 国务院 国务院办公厅 乡镇 镇乡 社区 村 街道办 学校 医院 高校 公司 县级 市级 各乡镇 县直机关 镇街".split()
)
# What parts and lists begin with, never a name: (二), 三、, （4）.
_NUMBERED = re.compile(r"^(?:[(（]?[一二三四五六七八九十]{1,3}[)）、])")
# Verbs and prepositions before a name; 和, 全, 本, 向, 通 also begin names of places (和平区, 全椒县, 本溪市, 向阳区).
_LEAD = re.compile(
    r"^(?:关于|附件|附|各|本|我|该|由|现将|请|全|为|依托|通过|向|与|和|及|在|对|受|结合|围绕|承担|针对|联系|会同|协同|配合)"
)
_SENTENCE_WORDS = re.compile(
    r"[了的将把是并使让被着等我该]|本(?:机关|单位|部门|[局委办厅镇乡院校]|街道)|完成|通过|印发|按照|根据|负责|成立|工作|信息|公开|建设局面|认真|进一步|加强|以来|年度|统一|指导下|领导下|部署|网站"
    r"|场所$|处所$|开展|要求|承担|安排|配备|各(?!庄)"
)
# Words that a sentence has and the names of organs too.
_SENTENCE_WORDS_OF_NAMES = re.compile(
    r"工作委员会|信息化|信息中心|公开领导小组|公开工作领导小组|建设|工作办公室|工作局|工作部|信息产业|网站管理"
)
_BARE_GOVERNMENT = re.compile(r"(?<=[市县区省旗州镇乡])政府$")
_GOVERNMENT_BEHIND = re.compile(r"(?:人民政府办公[室厅]|人民政府|政府|办事处|管委会|管理委员会)$")
_BRACKETS_AND_BLANKS = re.compile(r"[(（].*?[)）]|\s")
_OFFICE_OF = re.compile(r"^(.{1,14}?[市县区省旗州])(?:政务公开|政府信息公开|信息公开)(?:工作)?领导小组办公室$")
# Copies put their own address where the name of the place stood (`example.com青禾镇`); □ marks a word that was lost.
_ADDRESS_BEFORE = re.compile(
    r"^(?:□|(?:https?://)?(?:[A-Za-z0-9-]{1,40}\.){1,4}[A-Za-z]{2,10}/?(?=[\u4e00-\u9fff]))+", re.ASCII
)
# Where an organ's name may end inside that of one of its offices; 政府信息公开 is no government.
_ORGAN_ENDS = re.compile(
    r"人民政府办公[室厅]|政府办公[室厅]|[市县区省]委办公[室厅]|政府(?!信息|网|公报|门户)|委员会|管委会|办事处筹备处|办事处|街道办(?!事)|街道"
    r"|[镇乡](?![村街镇乡])|总署|海关|大学|学院|医院|公司|局(?![部级面])|(?<!办公)厅|委(?![员托派办会])|法制办|院(?!校)"
)
_TIER_PREFIX = re.compile(r"^(?:市|县|区|省|州|镇|乡|自治区|旗|盟)(?=[\u4e00-\u9fff]{2})")
_PLACE_LENGTH = 12


@remembered(2048)
def is_agency(text: str) -> bool:
    """Whether a short text is the name of an organ (`彬县教育局`, `招宝山街道办事处`)."""
    name = unspaced(text)
    return bool(
        2 < len(name) <= 40
        and name not in _VAGUE
        and not _ORGAN_ALONE.fullmatch(name)
        and _AGENCY.match(name)
        and not _NUMBERED.match(name)
        and not (_LEAD.match(name) and not _begins_with_place(name))
        and not _SENTENCE_WORDS.search(_SENTENCE_WORDS_OF_NAMES.sub("", name))
    )


def is_vague(text: str) -> bool:
    """Whether a name could be any organ's (`办公室`, `我局`, `市政府`)."""
    return unspaced(text) in _VAGUE


def _begins_with_place(name: str) -> bool:
    mentions = find_divisions(name[:_PLACE_LENGTH], gazetteer(), is_heading=True)
    return bool(mentions) and mentions[0].start == 0


def full_name(name: str) -> str:
    """A name as the agency's: a bare place is its government (`松岭区` → `松岭区人民政府`), 政府 is 人民政府."""
    bare = unspaced(name)
    if _BARE_PLACE.match(bare) and not bare.endswith(("小区", "社区", "园区")):
        return f"{bare}人民政府"
    return _BARE_GOVERNMENT.sub("人民政府", bare)


def is_bare_place(name: str) -> bool:
    """Whether a name is that of a place alone (`松岭区`)."""
    return _BARE_PLACE.match(name) is not None


def without_address(name: str) -> str:
    """A name without the internet address that a copied page printed before it."""
    return _ADDRESS_BEFORE.sub("", name)


def has_bare_tier(name: str) -> bool:
    """Whether a name begins with the tier and leaves the place out (`市环保局`)."""
    return _TIER_PREFIX.match(name) is not None


def same_agency(one: str, other: str) -> bool:
    """Whether two names may be one organ: equal, one with its region before it, or a government and its place."""
    first, second = _core(one), _core(other)
    shorter, longer = sorted((first, second), key=len)
    return len(shorter) >= 2 and (
        longer.endswith(shorter) or longer.startswith(shorter) or _TIER_PREFIX.sub("", shorter) in longer
    )


@remembered(2048)
def _core(name: str) -> str:
    bare = _BRACKETS_AND_BLANKS.sub("", name)
    return _GOVERNMENT_BEHIND.sub("", bare) or bare


def without_office(name: str) -> str:
    """The office that compiles a government's report works for the government: `X区政务公开领导小组办公室` is X区's."""
    match = _OFFICE_OF.match(name)
    return full_name(match[1]) if match else name


def organ_of_office(name: str) -> str:
    """The organ to which an office, a section or a centre belongs: `彬县林业局办公室` → `彬县林业局`.

    The office of a government is an organ of its own (`彬县人民政府办公室`). A name without such an organ in it stays.
    """
    within = [name[: match.end()] for match in _ORGAN_ENDS.finditer(name)]
    return next((organ for organ in reversed(within) if is_agency(organ)), "") or without_office(name)


def named_at_end(words: str) -> str:
    """The name that ends where `words` end: all of them, or what begins with the last place among them; else "".

    `工作人员承担盐池县公安局` ends with `盐池县公安局`; of `潍坊市昌邑市审计局` both places belong to the name.
    """
    if is_agency(words):
        return words
    mentions = find_divisions(words, gazetteer())
    if not mentions:
        return ""
    first = len(mentions) - 1
    while first and mentions[first].follows and mentions[first - 1].end >= mentions[first].start - 1:
        first -= 1
    name = words[mentions[first].start :]
    return name if is_agency(name) else ""
