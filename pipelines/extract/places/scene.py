"""The evidence of one page, read once: the places it names and how strongly it points at each."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from pipelines.extract.places.gazetteer import (
    Division,
    Gazetteer,
    gazetteer,
    key,
    prefectures_of_phone,
    prefectures_of_postcode,
    province_of_host,
)
from pipelines.extract.places.levels import HEADING_LENGTH, generic_tier
from pipelines.extract.places.mentions import Mention, find_divisions
from pipelines.extract.places.model import PlaceEvidence
from pipelines.extract.text_forms import unspaced

# Weights of a name by where it stands, set so that the city in the title, or a rule of the city cited in the text,
# settles a name shared by several places and one passing mention in the body does not.
_HEADING, STATED, _PREAMBLE, _BODY = 4.0, 3.0, 2.0, 1.0
_BODY_AT_MOST = 2.0
_ISSUER = 3.0
_SITE, _CREDIT, _PROFILE = 8.0, 7.0, 6.0

_PREAMBLE_LENGTH = 800
_TAIL_LENGTH = 200
# The division that issued a cited rule, or whose organs lead: the page stands below it.
_STATED_AFTER = re.compile(
    r"[\u4e00-\u9fff]{0,12}(?:规定|办法|条例|制度|细则|要点|方案)》|(?:市|省|区|县|州|自治区|地)?委[、和办]|[市省区县州]?委[、,，]"
    r"|人民政府|政府|行署|[\u4e00-\u9fff]{2,8}(?:局|委员会|办公室|厅)"
)
_ELSEWHERE_BEFORE = re.compile(
    r"(?:赴|前往|学习|借鉴|考察|参观|取经|来自|驻|等地|先进地区|对口支援|援)[\u4e00-\u9fff]{0,2}$"
)
# 全区 is left out: in the five autonomous regions it means the whole of them.
_OWN_TIER = re.compile(r"(?:[我本]|全(?!区))(省|市|州|盟|县|区|旗|街道|镇|乡)(?!域|场)")
_OWN = {"省": "province", "市": "city", "州": "city", "盟": "city", "县": "county", "区": "county", "旗": "county"}


@dataclass(frozen=True, slots=True)
class Anchor:
    """A division given by a code, with its weight and what gave it."""

    division: Division
    weight: float
    source: str


@dataclass
class Scene:
    """The evidence, read once."""

    evidence: PlaceEvidence
    places: Gazetteer
    headings: list[tuple[str, str, list[Mention]]]
    issuer: list[Mention]
    body: list[Mention]
    anchors: list[Anchor]
    phone: tuple[str, ...]
    postcode: tuple[str, ...]
    province: str | None

    @cached_property
    def tier(self) -> str | None:
        """The tier the page gives itself without a name: the agency's (县民族局), else what 我… and 全… say most often."""
        if tier := generic_tier(self.evidence.agency or ""):
            return tier
        own = Counter([_OWN.get(word, "town") for word in _OWN_TIER.findall(self.evidence.text or "")])
        return own.most_common(1)[0][0] if own else None


def read(evidence: PlaceEvidence) -> Scene:
    """The scene of `evidence`; parts that make no sense are left out."""
    places = gazetteer()
    headings = []
    for source, text in (("agency", evidence.agency), ("title", evidence.title)):
        squeezed = unspaced((text or "")[:HEADING_LENGTH])
        headings.append((source, squeezed, find_divisions(squeezed, places, is_heading=True)))
    anchors = []
    for code, weight, source in (
        ((evidence.site_code or "")[:6], _SITE, "site code"),
        (_region_of_credit_code(evidence.credit_code), _CREDIT, "credit code"),
        (evidence.profile_region or "", _PROFILE, "site profile"),
    ):
        division = places.at(code, evidence.year) if re.fullmatch(r"[1-8]\d{5}", code) else None
        if division is not None:
            anchors.append(Anchor(division, weight, source))
    return Scene(
        evidence=evidence,
        places=places,
        headings=headings,
        issuer=find_divisions(unspaced(evidence.issuer[:HEADING_LENGTH]), places, is_heading=True),
        body=find_divisions(evidence.text or "", places),
        anchors=anchors,
        phone=prefectures_of_phone(evidence.phone or ""),
        postcode=prefectures_of_postcode(evidence.postcode or ""),
        province=province_of_host(evidence.host or ""),
    )


def _region_of_credit_code(code: str | None) -> str:
    # 统一社会信用代码: characters 3 to 8 are the division of the registering organ; 11 and 12 are 机关 and 事业单位.
    return code[2:8] if code and len(code) == 18 and code[:2] in ("11", "12") else ""


def speaking(scene: Scene) -> dict[str, list[Mention]]:
    """Level → the divisions whose organs or rules the preamble and the signature name."""
    text = scene.evidence.text or ""
    found: dict[str, list[Mention]] = {"county": [], "city": [], "province": []}
    for mention in scene.body:
        near = mention.start < _PREAMBLE_LENGTH or mention.end > len(text) - _TAIL_LENGTH
        if near and _STATED_AFTER.match(text, mention.end) and not _is_elsewhere(text, mention.start):
            found[mention.divisions[0].level].append(mention)
    return found


def _is_elsewhere(text: str, start: int) -> bool:
    return _ELSEWHERE_BEFORE.search(text[max(0, start - 8) : start]) is not None


def support(scene: Scene) -> dict[str, float]:
    """How strongly the page points at each division, by `key`, from all the names it uses."""
    support: dict[str, float] = {}
    for _, _, mentions in scene.headings:
        for mention in mentions:
            _add(support, mention, _HEADING)
    for mention in scene.issuer:
        _add(support, mention, _ISSUER)
    text = scene.evidence.text or ""
    passing: dict[str, float] = {}
    stated: dict[str, float] = {}
    for mention in scene.body:
        if _is_elsewhere(text, mention.start):
            continue
        if _STATED_AFTER.match(text, mention.end):
            _add(stated, mention, STATED)
        _add(passing, mention, _PREAMBLE if mention.start < _PREAMBLE_LENGTH else _BODY, sums=True)
    for name, weight in passing.items():
        support[name] = support.get(name, 0.0) + min(weight, _BODY_AT_MOST)
    for name, weight in stated.items():
        support[name] = support.get(name, 0.0) + weight
    return support


def _add(support: dict[str, float], mention: Mention, weight: float, *, sums: bool = False) -> None:
    # A name shared by many places points at none of them.
    if len({key(division) for division in mention.divisions}) > 1:
        return
    name = key(mention.divisions[0])
    support[name] = support.get(name, 0.0) + weight if sums else max(support.get(name, 0.0), weight)
