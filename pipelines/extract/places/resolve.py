"""From evidence to one place: whom the title and the agency name, told apart by everything else the page says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from pipelines.extract.places.gazetteer import (
    Division,
    Gazetteer,
    gazetteer,
    key,
    prefectures_of_phone,
    prefectures_of_postcode,
    province_of_host,
    stem,
)
from pipelines.extract.places.levels import generic_tier
from pipelines.extract.places.mentions import Mention, TownMention, find_divisions, find_towns
from pipelines.extract.places.model import Place, PlaceEvidence, Resolution, ScoredPlace

# Weights, set so that one clear statement (a phone number, a law of the city, the city named in the title) settles a
# name shared by several places and one passing mention in the body does not.
_HEADING, _STATED, _PREAMBLE, _BODY = 4.0, 3.0, 2.0, 1.0
_BODY_AT_MOST = 2.0
_SITE, _CREDIT, _PROFILE = 8.0, 7.0, 6.0
_PHONE, _POSTCODE, _HOST, _ELSEWHERE = 4.0, 3.0, 2.0, -2.0
_NEEDED, _MARGIN = 2.0, 2.0
_CANDIDATES_KEPT = 12
# No title or agency is longer; a whole page given as a title costs no more than one.
_HEADING_LENGTH = 200

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
_BRANCH = re.compile(r"分局|支局|分中心|执法大队")
_OWN_TIER = re.compile(r"[我全本](省|市|州|盟|县|区|旗|街道|镇|乡)(?!域|场)")
_OWN = {"省": "province", "市": "city", "州": "city", "盟": "city", "县": "county", "区": "county", "旗": "county"}


@dataclass(frozen=True, slots=True)
class _Candidate:
    division: Division
    town: str | None = None


@dataclass(frozen=True, slots=True)
class _Subject:
    """What the page names as its own: the candidates, and where they were named."""

    candidates: tuple[_Candidate, ...]
    source: str


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A division given by a code, with its weight and what gave it."""

    division: Division
    weight: float
    source: str


@dataclass(slots=True)
class _Scene:
    """The evidence, read once."""

    evidence: PlaceEvidence
    places: Gazetteer
    headings: list[tuple[str, str, list[Mention]]]
    body: list[Mention]
    anchors: list[_Anchor]
    phone: tuple[str, ...]
    postcode: tuple[str, ...]
    province: str | None


def resolve(evidence: PlaceEvidence) -> Resolution:
    """The one place the evidence allows, or none and the candidates. Never raises on odd evidence.

    The order of trust: the site's code, the credit code of the 索引号, the site profile; the place named by agency and
    title, narrowed by places named elsewhere in the text; area code and postcode; the report's year.
    """
    scene = _read(evidence)
    subject = _subject(scene)
    if subject is None:
        return _without_subject(scene)
    return _decide(scene, subject)


def _read(evidence: PlaceEvidence) -> _Scene:
    places = gazetteer()
    headings = []
    for source, text in (("agency", evidence.agency), ("title", evidence.title)):
        squeezed = re.sub(r"\s+", "", (text or "")[:_HEADING_LENGTH])
        headings.append((source, squeezed, find_divisions(squeezed, places, is_heading=True)))
    anchors = []
    for code, weight, source in (
        ((evidence.site_code or "")[:6], _SITE, "site code"),
        (_region_of_credit_code(evidence.credit_code), _CREDIT, "credit code"),
        (evidence.profile_region or "", _PROFILE, "site profile"),
    ):
        division = places.at(code, evidence.year) if re.fullmatch(r"[1-8]\d{5}", code) else None
        if division is not None:
            anchors.append(_Anchor(division, weight, source))
    return _Scene(
        evidence=evidence,
        places=places,
        headings=headings,
        body=find_divisions(evidence.text or "", places),
        anchors=anchors,
        phone=prefectures_of_phone(evidence.phone or ""),
        postcode=prefectures_of_postcode(evidence.postcode or ""),
        province=province_of_host(evidence.host or ""),
    )


def _region_of_credit_code(code: str | None) -> str:
    # 统一社会信用代码: characters 3 to 8 are the division of the registering organ; 11 and 12 are 机关 and 事业单位.
    return code[2:8] if code and len(code) == 18 and code[:2] in ("11", "12") else ""


def _subject(scene: _Scene) -> _Subject | None:
    """Whom the agency, then the title names; else the one whose organs speak in the preamble or the signature."""
    named = [
        (source, divisions, town)
        for source, text, mentions in scene.headings
        for divisions, town in [_named_in(scene.places, text, mentions)]
        if divisions or town
    ]
    for source, divisions, town in named:
        if town is not None and (counties := divisions or _counties_of_town(scene, town)):
            return _Subject(tuple(_Candidate(division, town.name) for division in counties), source)
    named = [(source, divisions, town) for source, divisions, town in named if divisions]
    if named:
        source, divisions, _ = named[0]
        for other_source, others, _ in named[1:]:
            if below := _below(scene.places, others, divisions):
                source, divisions = other_source, below
        return _Subject(tuple(_Candidate(division) for division in divisions), source)
    return _subject_in_text(scene)


def _counties_of_town(scene: _Scene, town: TownMention) -> tuple[Division, ...]:
    """The counties that list the town, and those the page names: the lists are of one year, and towns change hands."""
    found = [scene.places.at(code, scene.evidence.year) for code in town.counties]
    headed = [mention for _, _, mentions in scene.headings for mention in mentions]
    for mention in (*headed, *_speaking(scene)["county"]):
        found += [division for division in mention.divisions if division.level == "county"]
    return tuple({division.code: division for division in found if division is not None}.values())


def _named_in(places: Gazetteer, text: str, mentions: list[Mention]) -> tuple[tuple[Division, ...], TownMention | None]:
    """The lowest division on the first path of a heading, and a town if one follows it."""
    divisions: tuple[Division, ...] = ()
    for mention in mentions:
        if not divisions:
            divisions = mention.divisions
        elif below := _below(places, mention.divisions, divisions):
            divisions = below
    divisions = _branch(places, text, divisions) or divisions
    towns = find_towns(text, mentions)
    if towns and divisions and towns[0].counties:
        inside = tuple(
            division
            for code in towns[0].counties
            if (division := places.at(code)) is not None
            and any(division.code == upper.code or places.is_below(division, upper) for upper in divisions)
        )
        # A town the lists do not know in that county is taken at its word (彬县 永乐镇, when 彬县 is no more).
        if inside and divisions[0].level != "county":
            return inside, towns[0]
    if towns and divisions and divisions[0].level != "county":
        return divisions, None
    return divisions, towns[0] if towns else None


def _branch(places: Gazetteer, text: str, divisions: tuple[Division, ...]) -> tuple[Division, ...]:
    """The county a city's office is the branch for (温州市公安局瓯海分局), () if none."""
    for hit in _BRANCH.finditer(text) if divisions and divisions[0].level == "city" else ():
        for length in (4, 3, 2):
            bare = text[max(0, hit.start() - length) : hit.start()]
            lowers = [one for kind in "区县市旗" for one in places.names.get(bare + kind, ()) if len(bare) == length]
            if below := _below(places, lowers, divisions):
                return below
    return ()


def _below(places: Gazetteer, lowers: Iterable[Division], uppers: Iterable[Division]) -> tuple[Division, ...]:
    above = tuple(uppers)
    return tuple(lower for lower in lowers if any(places.is_below(lower, upper) for upper in above))


def _subject_in_text(scene: _Scene) -> _Subject | None:
    """The lowest division whose own organs are named in the preamble or the signature, if there is one only."""
    tier, speaking = _tier(scene), _speaking(scene)
    order = [tier] if tier in speaking else ["county", "city", "province"]
    for level in order:
        names = {mention.name for mention in speaking[level]}
        if len(names) == 1:
            mentions = speaking[level]
            narrowest = min(mentions, key=lambda mention: len(mention.divisions))
            return _Subject(tuple(_Candidate(division) for division in narrowest.divisions), "text")
        if names:
            return None
    return None


def _speaking(scene: _Scene) -> dict[str, list[Mention]]:
    """Level → the divisions whose organs or rules the preamble and the signature name."""
    text = scene.evidence.text or ""
    found: dict[str, list[Mention]] = {"county": [], "city": [], "province": []}
    for mention in scene.body:
        near = mention.start < _PREAMBLE_LENGTH or mention.end > len(text) - _TAIL_LENGTH
        if near and _STATED_AFTER.match(text, mention.end) and not _is_elsewhere(text, mention.start):
            found[mention.divisions[0].level].append(mention)
    return found


def _tier(scene: _Scene) -> str | None:
    """The tier the page gives itself without a name: the agency's (县民族局), else what 我… and 全… say most often."""
    if tier := generic_tier(scene.evidence.agency or ""):
        return tier
    own = Counter(_OWN.get(found[1], "town") for found in _OWN_TIER.finditer(scene.evidence.text or ""))
    return own.most_common(1)[0][0] if own else None


def _is_elsewhere(text: str, start: int) -> bool:
    return _ELSEWHERE_BEFORE.search(text[max(0, start - 8) : start]) is not None


def _support(scene: _Scene) -> dict[str, float]:
    """How strongly the page points at each division, by `key`, from all the names it uses."""
    support: dict[str, float] = {}
    for _, _, mentions in scene.headings:
        for mention in mentions:
            _add(support, mention, _HEADING)
    text = scene.evidence.text or ""
    passing: dict[str, float] = {}
    stated: dict[str, float] = {}
    for mention in scene.body:
        if _is_elsewhere(text, mention.start):
            continue
        if _STATED_AFTER.match(text, mention.end):
            _add(stated, mention, _STATED)
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


def _decide(scene: _Scene, subject: _Subject) -> Resolution:
    candidates = _in_time(scene, subject.candidates)
    support = _support(scene)
    scored = sorted(
        ((_score(scene, support, candidate), candidate) for candidate in candidates),
        key=lambda pair: (-pair[0], pair[1].division.code),
    )
    listed = tuple(
        ScoredPlace(scene.places.place(candidate.division, scene.evidence.year, candidate.town), round(score, 2))
        for score, candidate in scored[:_CANDIDATES_KEPT]
    )
    scored = _without_predecessors(scored, scene.evidence.year)
    best, first = scored[0]
    against = "".join(
        f"; against the {anchor.source} {anchor.division.code}"
        for anchor in scene.anchors
        if not first.division.code.startswith(stem(anchor.division.code))
        and not anchor.division.code.startswith(stem(first.division.code))
    )
    if len(scored) == 1:
        if best < 0:
            return Resolution(None, listed, f"{subject.source} names one place, phone or postcode another")
        return Resolution(listed[0].place, listed, f"{subject.source} names it, no other has the name{against}")
    if best >= _NEEDED and best - scored[1][0] >= _MARGIN:
        return Resolution(
            listed[0].place, listed, f"{subject.source} names it, the rest of the page tells it apart{against}"
        )
    return Resolution(None, listed, f"{subject.source} names {len(scored)} places alike")


def _in_time(scene: _Scene, candidates: Iterable[_Candidate]) -> list[_Candidate]:
    """The candidates in use in the report's year, if any was; of one place with several codes the code of the year."""
    year = scene.evidence.year
    kept = list(candidates)
    if year is not None:
        kept = (
            [candidate for candidate in kept if candidate.division.spans(year)]
            or [candidate for candidate in kept if candidate.division.fits(year)]
            or kept
        )
    else:
        kept = [candidate for candidate in kept if not _has_moved(candidate.division, kept)]
    same: dict[tuple[str | None, ...], _Candidate] = {}
    for candidate in kept:
        parents = tuple(key(parent) for parent in scene.places.ancestors(candidate.division))
        identity = (candidate.division.name, candidate.town, *parents)
        other = same.get(identity)
        if other is None or _fitness(candidate.division, year) < _fitness(other.division, year):
            same[identity] = candidate
    return list(same.values())


def _has_moved(division: Division, candidates: Iterable[_Candidate]) -> bool:
    """Whether a name out of use lives on in one place of the same province: a county put under another prefecture."""
    alive = [
        other.division
        for other in candidates
        if other.division.last is None and other.division.code[:2] == division.code[:2]
    ]
    return division.last is not None and len(alive) == 1 and alive[0].name == division.name


def _fitness(division: Division, year: int | None) -> tuple[int, int, int]:
    """The lower, the better a name fits the year: in use, then in use before it, then begun last."""
    first, last = division.first or 0, division.last or 9999
    if year is None:
        return -last, 0, -first
    return division.distance(year), int(first >= year), -first


def _without_predecessors(scored: list[tuple[float, _Candidate]], year: int | None) -> list[tuple[float, _Candidate]]:
    """Of the leaders, the one that fits the year best, when they are one place under successive codes (济源 2008)."""
    leaders = [pair for pair in scored if pair[0] > scored[0][0] - _MARGIN]
    inside = sorted((pair[1] for pair in leaders), key=lambda candidate: candidate.division.first or 0)
    succeed = all(
        earlier.division.last is not None
        and (later.division.first or 0) >= earlier.division.last - 1
        and earlier.division.code[:2] == later.division.code[:2]
        for earlier, later in pairwise(inside)
    )
    if len(leaders) < 2 or not succeed:
        return scored
    kept = min(leaders, key=lambda pair: _fitness(pair[1].division, year))
    return [kept, *(pair for pair in scored if pair not in leaders)]


def _score(scene: _Scene, support: dict[str, float], candidate: _Candidate) -> float:
    division = candidate.division
    parents = list(scene.places.ancestors(division, scene.evidence.year))
    names = {key(parent) for parent in parents}
    # The division itself counts too: elsewhere its name may stand behind the city's (徐州鼓楼区).
    names.add(key(division))
    score = sum(support.get(name, 0.0) for name in names)
    for anchor in scene.anchors:
        if division.code.startswith(stem(anchor.division.code)):
            score += anchor.weight
    if scene.province is not None and division.code[:2] == scene.province[:2]:
        score += _HOST
    for codes, weight in ((scene.phone, _PHONE), (scene.postcode, _POSTCODE)):
        if codes and division.level != "province":
            score += weight if _is_in(scene.places, division, codes) else _ELSEWHERE
    return score


def _is_in(places: Gazetteer, division: Division, codes: Iterable[str]) -> bool:
    """Whether `division` lies in (or is) one of the prefectures, under whatever code they had."""
    lineage = {key(one) for one in (division, *places.ancestors(division))}
    return any(
        division.code.startswith(stem(code)) or ((upper := places.at(code)) is not None and key(upper) in lineage)
        for code in codes
    )


def _without_subject(scene: _Scene) -> Resolution:
    """No name of its own: the codes, then what the names above and the contact say, as far as the tier allows."""
    if scene.anchors:
        anchor = scene.anchors[0]
        place = scene.places.place(anchor.division, scene.evidence.year)
        return _at_most(scene, place, (ScoredPlace(place, anchor.weight),), anchor.source)
    scores = _scores_of(scene, "city")
    for codes, weight in ((scene.phone, _PHONE), (scene.postcode, _POSTCODE)):
        for code in codes:
            upper = scene.places.at(code, scene.evidence.year)
            if upper is not None:
                before = scores.get(key(upper), (0.0, upper))
                scores[key(upper)] = (before[0] + weight, upper)
    scored = sorted((scores or _scores_of(scene, "province")).values(), key=lambda pair: (-pair[0], pair[1].code))
    listed = tuple(
        ScoredPlace(scene.places.place(division, scene.evidence.year), round(score, 2))
        for score, division in scored[:_CANDIDATES_KEPT]
    )
    if not scored:
        return Resolution(None, (), "nothing names a place")
    if scored[0][0] > _STATED and (len(scored) == 1 or scored[0][0] - scored[1][0] >= _MARGIN):
        return _at_most(scene, listed[0].place, listed, "contact and names above")
    return Resolution(None, listed, "the names and the contact leave it open")


def _scores_of(scene: _Scene, level: str) -> dict[str, tuple[float, Division]]:
    support = _support(scene)
    return {
        key(mention.divisions[0]): (support.get(key(mention.divisions[0]), 0.0), mention.divisions[0])
        for mention in scene.body
        if len(mention.divisions) == 1 and mention.divisions[0].level == level
    }


def _at_most(scene: _Scene, place: Place, listed: tuple[ScoredPlace, ...], source: str) -> Resolution:
    """`place`, or only its upper part when the page is of a lower tier than the evidence reaches."""
    tier = _tier(scene)
    order = ("province", "city", "county", "town")
    if tier is None or order.index(tier) <= order.index(place.level) or (tier == "town" and place.level == "county"):
        return Resolution(place, listed, source)
    return Resolution(replace(place, code=None, level=tier), listed, f"{source}; which {tier} is not said")
