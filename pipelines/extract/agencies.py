"""Whose report it is: the agency, from the title, the signature, the preamble and the header."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_ORGAN = (
    r"(?:人民政府办公厅|人民政府办公室|人民政府|行政公署|管理委员会|管委会|委员会|办事处|街道办|办公厅|办公室|总局|分局|支队|大队|总队|中心|"
    r"[厅局委院校馆站所处社会办部署行]|医院|大学|学院|公司|街道|[镇乡])"
)
_AGENCY = re.compile(rf"^[\u4e00-\u9fff·*#×xX（）()、]{{1,40}}{_ORGAN}(?:[(（][\u4e00-\u9fff]{{2,20}}[)）])?$")
_BARE_PLACE = re.compile(
    r"^[\u4e00-\u9fff（）()]{1,20}(?:省|市|县|区|旗|州|盟|自治区|开发区|高新区|新区)(?:[(（][\u4e00-\u9fff]{2,10}[)）])?$"
)
_VAGUE = frozenset(
    {
        "市",
        "区",
        "县",
        "省",
        "街道",
        "镇",
        "乡",
        "本级",
        "部门",
        "全市",
        "全区",
        "全县",
        "我市",
        "我区",
        "我县",
        "我局",
        "单位",
        "机关",
        "政府",
        "办公室",
    }
)
_SUBJECT = re.compile(
    r"(?:^|[,，。、\s])(?P<name>[\u4e00-\u9fff*#×]{2,30}?(?:人民政府|委员会|办事处|管委会|[厅局委办院]))(?=(?:把|将|认真|严格|按照|高度|以|根据|坚持|在|对|深入|切实|积极|共|全面|紧紧|主动|20\d\d年))"
)
_PUBLISHES = re.compile(r"(?:现)?公布\s*(?P<name>[\u4e00-\u9fff()（）]{4,40}?)\s*(?:20\d\d|二[〇○零0]).{0,6}?年")
_OWN = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,20}(?:人民政府|委员会|办事处|管委会|[厅局委]))(?:电子政务|门户网站|党务|政务公开|政务信息网|网站)"
)
_SENTENCE_WORDS = re.compile(r"[了的在把将对是我并使由让被]|完成|通过|印发|按照|根据")
_LEAD = re.compile(r"^(?:关于|附件|附|各|本|我|该|由|现将)")


def is_agency(text: str) -> bool:
    """Whether a short text is the name of an organ (`彬县教育局`, `招宝山街道办事处`)."""
    name = re.sub(r"\s", "", text)
    return bool(2 < len(name) <= 40 and _AGENCY.match(name)) and name not in _VAGUE and not _LEAD.match(name)


def full_name(name: str) -> str:
    """A name as the agency's: a bare place is its government (`松岭区` → `松岭区人民政府`), 政府 is 人民政府."""
    bare = re.sub(r"\s", "", name)
    if _BARE_PLACE.match(bare) and not bare.endswith(("小区", "社区", "园区")):
        return f"{bare}人民政府"
    return re.sub(r"(?<=[市县区省旗州])政府$", "人民政府", bare)


def choose_agency(
    *, title_part: str, lines: Sequence[str], body: str, issuer: str | None, author_lines: Iterable[str] = ()
) -> tuple[str | None, str]:
    """The agency and the evidence it was taken from.

    Order: the title's own words; a line of its own next to the title; the signature at the end; `现公布X…年度`;
    the subject of the first sentences; the organ that posted the page.
    """
    part = re.sub(r"\s", "", title_part)
    if part and part not in _VAGUE and (is_agency(part) or _BARE_PLACE.match(part)):
        return full_name(part), "title"
    if (
        part
        and len(part) >= 3
        and part not in _VAGUE
        and re.search(r"[\u4e00-\u9fff]{2}", part)
        and not re.search(r"[，,。：:《》“”]", part)
    ):
        return full_name(part), "title"
    for line in author_lines:
        if is_agency(line):
            return full_name(line), "line beside the title"
    for line in reversed(lines[-5:]):
        name = re.sub(r"[\s\d年月日〇○零一二三四五六七八九十./-]+$", "", line.strip())
        if is_agency(name):
            return full_name(name), "signature"
    if match := _PUBLISHES.search(body, 0, 1500):
        return full_name(match["name"]), "preamble"
    for pattern, where in ((_SUBJECT, "subject of the first sentences"), (_OWN, "names its own site")):
        if match := pattern.search(body, 0, 4000):
            name = match["name"]
            if name not in _VAGUE and not _LEAD.match(name) and not _SENTENCE_WORDS.search(name):
                return full_name(name), where
    if issuer:
        return full_name(issuer), "issuer"
    return None, "no agency named"
