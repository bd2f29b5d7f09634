"""The tier of government an agency belongs to."""

from __future__ import annotations

import re
from functools import cache

from pipelines.extract.places.gazetteer import gazetteer
from pipelines.extract.places.mentions import find_divisions, find_towns
from pipelines.extract.places.model import Place
from pipelines.extract.text_forms import unspaced
from pipelines.knowledge import reference

_STATE = re.compile(r"^中华人民共和国")
_NATIONAL = re.compile(r"^(?:国务院|国家[\u4e00-\u9fff]{1,12}(?:局|委员会|委|部|办公室)$)")
# 海关总署(本级机关), 审计署办公厅: the organ itself or its own office.
_ITSELF = re.compile(r"(?:[(（](?:本级|机关|本级机关)[)）]|办公厅|机关|本级)+$")
_ZONE = re.compile(r"开发区|高新区|经开区|工业园|产业园|示范区|度假区|保税区|管理委员会|管委会|新区管")
# 县民族局, **县财政局, 市经信委, 省住建厅, 区政府办, 街道办事处: the tier without the name.
_GENERIC = re.compile(
    r"^(?:[*＊×xX某○]+|我|本)?(?!市场|市容|市政(?!府)|区域|区划|乡村|乡镇|镇村)"
    r"(省|自治区|市|州|盟|地区|县|区|旗|街道|镇|乡)(?=[\u4e00-\u9fff]|$)"
)
_LONGEST = 15
# No title or agency is longer; a whole page given as one costs no more.
HEADING_LENGTH = 200
_TIERS = {
    "省": "province", "自治区": "province", "市": "city", "州": "city", "盟": "city", "地区": "city",
    "县": "county", "区": "county", "旗": "county", "街道": "town", "镇": "town", "乡": "town",
}  # fmt: skip


def generic_tier(agency: str) -> str | None:
    """The tier an agency's name gives without naming the place (**县民族局 → county), else None."""
    name = agency.strip()
    found = _GENERIC.match(name)
    # 镇海区, 市中区, 乡宁县 begin with the word of a tier and are names.
    if found is None or any(mention.start == 0 for mention in find_divisions(name[:_LONGEST], gazetteer())):
        return None
    return _TIERS[found[1]]


def is_national(agency: str) -> bool:
    """Whether an agency is the State Council's own or one of its departments, not a branch of theirs somewhere."""
    name = unspaced(agency[:HEADING_LENGTH])
    if not (_NATIONAL.match(name) or _STATE.sub("", _ITSELF.sub("", name)) in _departments()):
        return False
    return not find_divisions(name, gazetteer(), is_heading=True)


@cache
def _departments() -> frozenset[str]:
    lines = reference("places").joinpath("hand/state_departments.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def agency_level(agency: str, place: Place | None) -> str | None:
    """`national`, `province`, `city`, `county`, `town` or `zone`: the government the agency is, or is a department of.

    `place` is where the report was placed; it decides when the agency's own name does not. None when neither says.
    """
    name = unspaced(agency[:HEADING_LENGTH])
    places = gazetteer()
    mentions = find_divisions(name, places, is_heading=True)
    if find_towns(name, mentions) or (place is not None and place.level == "town" and "街道" in name):
        return "town"
    if _ZONE.search(name) and not (mentions and mentions[-1].divisions[0].level == "county"):
        return "zone"
    if mentions:
        levels = {division.level for division in mentions[-1].divisions}
        if place is not None and place.level in levels:
            return place.level
        return levels.pop() if len(levels) == 1 else None
    if is_national(name):
        return "national"
    return generic_tier(name) or (place.level if place is not None else None)
