"""From evidence to one place: whom the title and the agency name, told apart by everything else the page says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from pipelines.extract.places.gazetteer import Division, Gazetteer, key, stem
from pipelines.extract.places.levels import is_national
from pipelines.extract.places.model import Place, PlaceEvidence, Resolution, ScoredPlace
from pipelines.extract.places.scene import STATED, Scene, read, support
from pipelines.extract.places.subject import Candidate, Subject, subject_of

# One clear statement settles a name shared by several places: a telephone number, a postcode, the province's domain.
_PHONE, _POSTCODE, _HOST, _ELSEWHERE = 4.0, 3.0, 2.0, -2.0
_NEEDED, _MARGIN = 2.0, 2.0
_CANDIDATES_KEPT = 12


def resolve(evidence: PlaceEvidence) -> Resolution:
    """The one place the evidence allows, or none and the candidates. Never raises on odd evidence.

    The order of trust: the site's code, the credit code of the 索引号, the site profile; the place named by agency and
    title, narrowed by places named elsewhere in the text; area code and postcode; the report's year.
    """
    if is_national(evidence.agency):
        return Resolution(None, (), "an organ of the state lies in no division")
    scene = read(evidence)
    subject = subject_of(scene)
    if subject is not None and subject.source == "text" and scene.anchors:
        subject = _inside(subject, scene.anchors[0].division)
    return _without_subject(scene) if subject is None else _decide(scene, subject)


def _inside(subject: Subject, anchor: Division) -> Subject | None:
    """The candidates that lie in the anchor: a name in running text does not stand against a code."""
    kept = tuple(one for one in subject.candidates if one.division.code.startswith(stem(anchor.code)))
    return Subject(kept, subject.source) if kept else None


def _decide(scene: Scene, subject: Subject) -> Resolution:
    candidates = _in_time(scene, subject.candidates)
    weights = support(scene)
    scored = sorted(
        ((_score(scene, weights, candidate), candidate) for candidate in candidates),
        key=lambda pair: (-pair[0], pair[1].division.code),
    )
    scored = _without_predecessors(scored, scene.evidence.year)
    listed = tuple(
        ScoredPlace(scene.places.place(candidate.division, scene.evidence.year, candidate.town), round(score, 2))
        for score, candidate in scored[:_CANDIDATES_KEPT]
    )
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


def _in_time(scene: Scene, candidates: Iterable[Candidate]) -> list[Candidate]:
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
    same: dict[tuple[str | None, ...], Candidate] = {}
    for candidate in kept:
        parents = tuple(key(parent) for parent in scene.places.ancestors(candidate.division))
        identity = (candidate.division.name, candidate.town, *parents)
        other = same.get(identity)
        if other is None or _fitness(candidate.division, year) < _fitness(other.division, year):
            same[identity] = candidate
    return list(same.values())


def _has_moved(division: Division, candidates: Iterable[Candidate]) -> bool:
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


def _without_predecessors(scored: list[tuple[float, Candidate]], year: int | None) -> list[tuple[float, Candidate]]:
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


def _score(scene: Scene, weights: dict[str, float], candidate: Candidate) -> float:
    division = candidate.division
    parents = list(scene.places.ancestors(division, scene.evidence.year))
    names = {key(parent) for parent in parents}
    # The division itself counts too: elsewhere its name may stand behind the city's (徐州鼓楼区).
    names.add(key(division))
    score = sum(weights.get(name, 0.0) for name in names)
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


def _without_subject(scene: Scene) -> Resolution:
    """No name of its own: the codes, then what the names above and the contact say, as far as the tier allows."""
    if scene.anchors:
        anchor = scene.anchors[0]
        place = scene.places.place(anchor.division, scene.evidence.year)
        return _at_most(scene, place, (ScoredPlace(place, anchor.weight),), anchor.source)
    if scene.tier == "province" and (province := _only_province(scene)) is not None:
        place = scene.places.place(province, scene.evidence.year)
        return Resolution(
            place, (ScoredPlace(place, _NEEDED),), "an organ of a province, and the text speaks of but one"
        )
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
    if scored[0][0] > STATED and (len(scored) == 1 or scored[0][0] - scored[1][0] >= _MARGIN):
        return _at_most(scene, listed[0].place, listed, "contact and names above")
    return Resolution(None, listed, "the names and the contact leave it open")


def _only_province(scene: Scene) -> Division | None:
    """The one province the text names, more than in passing, with every city it names inside it.

    住房和城乡建设厅 without its province's name: each works in its own province and hardly speaks of another.
    """
    named = list(_scores_of(scene, "province").values())
    if len(named) != 1 or named[0][0] < _NEEDED:
        return None
    province = named[0][1]
    cities = (city for _, city in _scores_of(scene, "city").values())
    return province if all(city.code[:2] == province.code[:2] for city in cities) else None


def _scores_of(scene: Scene, level: str) -> dict[str, tuple[float, Division]]:
    weights = support(scene)
    return {
        key(mention.divisions[0]): (weights.get(key(mention.divisions[0]), 0.0), mention.divisions[0])
        for mention in scene.body
        if len(mention.divisions) == 1 and mention.divisions[0].level == level
    }


def _at_most(scene: Scene, place: Place, listed: tuple[ScoredPlace, ...], source: str) -> Resolution:
    """`place`, or only its upper part when the page is of a lower tier than the evidence reaches."""
    own = scene.tier
    order = ("province", "city", "county", "town")
    if own is None or order.index(own) <= order.index(place.level) or (own == "town" and place.level == "county"):
        return Resolution(place, listed, source)
    return Resolution(replace(place, code=None, level=own), listed, f"{source}; which {own} is not said")
