"""Whose report it is: the agency, from the title, the lines beside it, the signature, the preamble and the first sentences."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from pipelines.extract.evidence import Choice, Evidence, choose
from pipelines.extract.remembered import remembered
from pipelines.extract.text_forms import unspaced
from pipelines.knowledge import reference

_ORGAN = (
    r"(?:人民政府办公厅|人民政府办公室|人民政府|行政公署|管理委员会|管委会|委员会|办事处|街道办|办公厅|办公室|领导小组|总局|分局|支队|大队|总队|中心|协会|联合会|总工会"
    r"|[厅局委院校馆站所处社会办部署行]|医院|大学|学院|学校|公司|街道|苏木|林场|农场|[镇乡])"
)
_AGENCY = re.compile(rf"^[\u4e00-\u9fff·*#×xX（）()、]{{1,40}}{_ORGAN}(?:[(（][\u4e00-\u9fff、]{{2,30}}[)）])?$")
_BARE_PLACE = re.compile(
    r"^[\u4e00-\u9fff·*#×xX（）()]{1,20}(?:省|市|县|区|旗|州|盟|自治区|开发区|高新区|新区)(?:[(（][\u4e00-\u9fff]{2,10}[)）])?$"
)
# What a title or a signature may hold that names nobody.
_VAGUE = frozenset(
    "市 区 县 省 街道 镇 乡 本级 部门 全市 全区 全县 全省 我市 我区 我县 我局 我镇 我乡 我厅 我委 我办 我校 我院 单位 机关 政府 办公室 本单位 本局 本机关 "
    "行政机关 各部门 有关部门 人民政府 市政府 区政府 县政府 省政府 市局 省局 工作 年度 本部门 上级 国务院 国务院办公厅 乡镇 镇乡 社区 村 街道办 学校 医院 高校 公司 县级 市级 各乡镇 县直机关 镇街".split()
)
_LEAD = re.compile(r"^(?:关于|附件|附|各|本|我|该|由|现将|请|全|为|依托|通过|向|与|和|及|在|对)")
_SENTENCE_WORDS = re.compile(
    r"[了的将把是并使让被着等]|完成|通过|印发|按照|根据|负责|成立|工作|信息|公开|建设局面|认真|进一步|加强|以来|年度|统一|指导下|领导下|部署"
)
# Words that a sentence has and the names of organs too.
_SENTENCE_WORDS_OF_NAMES = re.compile(
    r"工作委员会|信息化|信息中心|公开领导小组|公开工作领导小组|建设|工作办公室|工作局|工作部|信息产业"
)
_BARE_GOVERNMENT = re.compile(r"(?<=[市县区省旗州镇乡])政府$")
_GOVERNMENT_BEHIND = re.compile(r"(?:人民政府办公[室厅]|人民政府|政府|办事处|管委会|管理委员会)$")
_BRACKETS_AND_BLANKS = re.compile(r"[(（].*?[)）]|\s")
_TWO_CHARACTERS = re.compile(r"[\u4e00-\u9fff]{2}")
_OFFICE_OF = re.compile(r"^(.{2,14}?[市县区省旗州])(?:政务公开|政府信息公开|信息公开)(?:工作)?领导小组办公室$")
_TITLE_NOISE = re.compile(r"[，,。：:《》“”;；?？!！|>]|\d{3}")
_OWN_TAIL = (
    r"(?:人民政府办公室|人民政府办公厅|人民政府|行政公署|委员会|办事处|管委会|街道办|办公室|中心|政府|[厅局委办院])"
)
_VERBS = r"(?:把|将|认真|严格|按照|高度|以|根据|坚持|在|对|深入|切实|积极|共|全面|紧紧|主动|始终|不断|严格|进一步|依法|扎实|继续|围绕|依据|本着|充分|大力|贯彻|收到|20\d\d)"
# Found from its end: an organ's last word before what organs do; the name reaches back to the stop before it.
_SUBJECT_END = re.compile(rf"(?:{_OWN_TAIL}|街道|[镇乡]|大学|学院|公司|医院)(?={_VERBS})")
_TIME_BEFORE = re.compile(r"^(?:年度?以?来?|全年|月份?|日|底|上述|一年来|今年以来)")
_NAME_BEFORE = re.compile(r"[\u4e00-\u9fff*#×xX]{2,30}\Z")
_PUBLISHES = re.compile(
    r"(?:现将?|特)?(?:向社会)?公布\s?(?P<name>[\u4e00-\u9fff*×()（）]{3,40}?)\s?(?:20\d\d|二[〇○零0OＯ]).{0,6}?年"
)
# `现编制2018-2019学年云陂大学信息公开工作年度报告`: the sentence holds the title.
_NAMES_REPORT = re.compile(
    r"(?:公布|编制|发布)了?\s?(?:20\d\d(?:[—–-]20\d\d)?(?:学年|年)度?)?(?P<name>[\u4e00-\u9fff*×]{3,30}?)(?:20\d\d年度?)?"
    r"(?:政府|政务)?信息公开(?:工作)?(?:年度)?(?:工作)?(?:报告|年报)"
)
_COMPILES = re.compile(
    rf"(?:由|[,，])\s?(?P<name>[\u4e00-\u9fff*×()（）]{{2,36}}?{_OWN_TAIL})\s?(?:负责|组织)?(?:编制|编写|起草|撰写)(?!的《|.{{0,6}}(?:指南|目录|方案))"
)
_OWN_SITE = re.compile(
    rf"(?P<name>[\u4e00-\u9fff]{{2,20}}{_OWN_TAIL})(?:的)?(?:电子政务|门户网站|党务|政务公开网|政务信息网|政务网|官方网站|官网|网站)"
)
_BEFORE_NAME = re.compile(r"在|于|通过|依托|利用|登录|访问|运用|借助|以|经|从")
_CONTACT = re.compile(
    rf"请(?:直接)?(?:与|联系)\s?(?P<name>[\u4e00-\u9fff()（）]{{3,36}}?{_OWN_TAIL}[\u4e00-\u9fff]{{0,14}}?)\s?联系"
)
# What a report calls its own organ: 我局, 我镇, 本街道; not 我局部, 我委托.
_OWN_TIER = re.compile(
    r"[我本](厅|局(?!部)|委(?!托|派|员)|办(?!理|事|公)|院|镇|乡|街道|县|区(?!域|别)|市|省|校|公司|中心|旗|州)"
)
_TIER_NAMES = {
    "委": ("委", "委员会"),
    "办": ("办", "办公室", "办公厅"),
    "街道": ("街道", "办事处", "街道办"),
    "校": ("大学", "学院", "学校"),
    "院": ("院", "学院"),
    **{tier: (f"{tier}人民政府", f"{tier}政府", tier) for tier in "镇乡县区市省旗州"},
}
_SENTENCES = 2500
_REGIONS = frozenset("省市县区旗州")
_SIGNATURE_REACH = 6
_DATE_TAIL = re.compile(r"[\s\d年月日号〇○零OＯ一二三四五六七八九十廿./()（）印发-]+$")
_TIER_PREFIX = re.compile(r"^(?:市|县|区|省|州|镇|乡|自治区|旗|盟)(?=[\u4e00-\u9fff]{2})")
_LABEL_BEFORE = re.compile(
    r"^(?:发布机构|发文机关|编制单位|编制机关|填报单位|单位|报送单位|签发单位|作者|来源|编报单位)\s{0,3}[:：]\s{0,3}|[(（]?(?:盖章|公章|章)[)）]?$"
)


@remembered(2048)
def is_agency(text: str) -> bool:
    """Whether a short text is the name of an organ (`彬县教育局`, `招宝山街道办事处`)."""
    name = unspaced(text)
    return bool(
        2 < len(name) <= 40
        and name not in _VAGUE
        and _AGENCY.match(name)
        and not _LEAD.match(name)
        and not _SENTENCE_WORDS.search(_SENTENCE_WORDS_OF_NAMES.sub("", name))
    )


def full_name(name: str) -> str:
    """A name as the agency's: a bare place is its government (`松岭区` → `松岭区人民政府`), 政府 is 人民政府."""
    bare = unspaced(name)
    if _BARE_PLACE.match(bare) and not bare.endswith(("小区", "社区", "园区")):
        return f"{bare}人民政府"
    return _BARE_GOVERNMENT.sub("人民政府", bare)


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


def agency_choice(
    *, title_part: str, lines: Sequence[str], body: str, issuer: str | None, author_lines: Iterable[str] = ()
) -> Choice[str]:
    """The agency from all evidence.

    Order of trust: the title's own words; a line of its own next to the title; the signature; `现公布X…年度`,
    `由X编制`; the subject of the first sentences; the organ's own site; the ministry whose rules it carries out; the
    organ that posted the page, which is often another one. A short name of the title (`市环保局`) is filled up from
    the others (`雅安市环保局`), never from the poster.
    """
    evidence = [
        *_from_title(title_part),
        *(Evidence(full_name(line), "the line beside the title", 7.0) for line in author_lines if is_agency(line)),
        *_from_signature(lines),
    ]
    if not evidence:
        evidence = [*_from_preamble(body)]
    if not evidence:
        evidence = [*_from_sentences(body)]
    if not evidence and (name := own_organ_of_ministry(body)):
        evidence = [Evidence(name, "the ministry whose rules it carries out", 1.0)]
    if not evidence and issuer:
        evidence = [Evidence(full_name(issuer), "the organ that posted it", 1.0)]
    chosen = choose(evidence, same=same_agency)
    if chosen.value is None:
        return chosen
    return Choice(_filled_up(chosen.value, evidence, body), chosen.source, chosen.others)


def _from_title(title_part: str) -> Iterator[Evidence[str]]:
    part = unspaced(title_part)
    if not part or part in _VAGUE or _TITLE_NOISE.search(part) or len(part) < 3 or not _TWO_CHARACTERS.search(part):
        return
    yield Evidence(full_name(part), "the title", 10.0 if is_agency(part) or _BARE_PLACE.match(part) else 5.0)


def _from_signature(lines: Sequence[str]) -> Iterator[Evidence[str]]:
    for line in reversed(lines[-_SIGNATURE_REACH:]):
        if "\t" in line or len(line) > 60:
            continue
        name = _LABEL_BEFORE.sub("", _DATE_TAIL.sub("", line.strip())).strip()
        if is_agency(name):
            yield Evidence(full_name(name), "the signature", 4.0)
            return


def _from_preamble(body: str) -> Iterator[Evidence[str]]:
    for pattern, source, weight in (
        (_PUBLISHES, "the preamble", 4.0),
        (_NAMES_REPORT, "the preamble", 4.0),
        (_COMPILES, "who compiled it", 3.0),
    ):
        match = pattern.search(body, 0, 1500)
        if match and _is_named(match["name"]):
            yield Evidence(_without_office(full_name(match["name"])), source, weight)


def _without_office(name: str) -> str:
    """The office that compiles a government's report works for the government: `X区政务公开领导小组办公室` is X区's."""
    match = _OFFICE_OF.match(name)
    return full_name(match[1]) if match else name


def _from_sentences(body: str) -> Iterator[Evidence[str]]:
    own = own_tiers(body)
    for match in _SUBJECT_END.finditer(body, 0, _SENTENCES):
        before = _NAME_BEFORE.search(body[max(0, match.start() - 30) : match.end()])
        name = _TIME_BEFORE.sub("", before[0]) if before else ""
        if _is_named(name) and _is_of_tier(name, own):
            yield Evidence(full_name(name), "the subject of its sentences", 2.0)
            return
    for pattern, source in ((_CONTACT, "whom to ask"), (_OWN_SITE, "its own site")):
        named = pattern.search(body, 0, 4000)
        name = _BEFORE_NAME.split(named["name"])[-1] if named else ""
        if _is_named(name) and _is_of_tier(name, own):
            yield Evidence(_without_office(full_name(name)), source, 1.5)
            return


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


def _is_named(name: str) -> bool:
    return name not in _VAGUE and is_agency(name) and not _TIER_PREFIX.fullmatch(name)


def _filled_up(name: str, evidence: Sequence[Evidence[str]], body: str) -> str:
    """`市环保局` with its city where signature, line or preamble spell it out: `雅安市环保局`."""
    if not _TIER_PREFIX.match(name):
        return name
    others = [item.value for item in [*evidence, *_from_preamble(body)]]
    return next((other for other in others if other.endswith(name) and len(other) > len(name)), name)


@cache
def _lines() -> dict[str, str]:
    table: dict[str, dict[str, str]] = tomllib.loads(reference("extract/ministries.toml").read_text("utf-8"))
    return table["lines"]


@cache
def _ministry() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(name) for name in sorted(_lines(), key=len, reverse=True)))


_LEAST_OWN = 2


def own_organ_of_ministry(body: str) -> str | None:
    """The organ that calls itself 我厅 and carries out its ministry's rules on openness: 住房和城乡建设部 → 住房和城乡建设厅.

    Precision before reach: the text calls itself by one tier alone, at least twice; exactly one ministry is named in
    it; and that ministry stands in the title of rules on openness, or the text speaks of the whole region's work of
    that line (全省住房和城乡建设工作). The region is left to the reading of places.
    """
    tiers = own_tiers(body)
    if len(tiers) != 1 or sum(tiers.values()) < _LEAST_OWN or not tiers.keys() <= {"厅", "局", "委"}:
        return None
    ministries = {match[0] for match in _ministry().finditer(body)}
    if len(ministries) != 1:
        return None
    ministry = ministries.pop()
    line = _lines()[ministry]
    rules = re.search(rf"《{re.escape(ministry)}[^》]{{0,20}}信息公开", body)
    region = re.search(rf"全[省市县区州]{re.escape(line)}", body)
    tier = next(iter(tiers))
    if not (rules or region) or (tier == "委" and not ministry.endswith("委员会")):
        return None
    return f"{line}{'委员会' if tier == '委' else tier}"
