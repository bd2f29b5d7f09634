"""Whom a page names as its own: in the agency, the title, or by the organs that speak in its text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.extract.places.gazetteer import Division, Gazetteer
from pipelines.extract.places.mentions import Mention, TownMention, find_towns
from pipelines.extract.places.scene import Scene, speaking

_BRANCH = re.compile(r"分局|支局|分中心|执法大队")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A division, and a town in it when the page is a town's."""

    division: Division
    town: str | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What the page names as its own: the candidates, and where they were named."""

    candidates: tuple[Candidate, ...]
    source: str


def subject_of(scene: Scene) -> Subject | None:
    """Whom the agency, then the title names; else the one whose organs speak in the preamble or the signature."""
    named = [
        (source, divisions, town)
        for source, text, mentions in scene.headings
        for divisions, town in [_named_in(scene.places, text, mentions)]
        if divisions or town
    ]
    for source, divisions, town in named:
        if town is not None and (counties := divisions or _counties_of_town(scene, town)):
            return Subject(tuple(Candidate(division, town.name) for division in counties), source)
    named = [(source, divisions, town) for source, divisions, town in named if divisions]
    if named:
        source, divisions, _ = named[0]
        for other_source, others, _ in named[1:]:
            if below := _below(scene.places, others, divisions):
                source, divisions = other_source, below
        return Subject(tuple(Candidate(division) for division in divisions), source)
    return _subject_in_text(scene)


def _counties_of_town(scene: Scene, town: TownMention) -> tuple[Division, ...]:
    """The counties that list the town, and those the page names: the lists are of one year, and towns change hands."""
    found = [scene.places.home_of_towns(code, scene.evidence.year) for code in town.counties]
    headed = [mention for _, _, mentions in scene.headings for mention in mentions]
    for mention in (*headed, *scene.issuer, *speaking(scene)["county"]):
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
            if (division := places.home_of_towns(code)) is not None
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


def _subject_in_text(scene: Scene) -> Subject | None:
    """The lowest division whose own organs are named in the preamble or the signature, if there is one only."""
    own, organs = scene.tier, speaking(scene)
    if own == "city" and (cities := _county_level_cities(scene, organs)):
        organs["city"] = cities
    order = [own] if own in organs else ["county", "city", "province"]
    for level in order:
        names = {mention.name for mention in organs[level]}
        if len(names) == 1:
            mentions = organs[level]
            narrowest = min(mentions, key=lambda mention: len(mention.divisions))
            return Subject(tuple(Candidate(division) for division in narrowest.divisions), "text")
        if names:
            return None
    return None


def _county_level_cities(scene: Scene, organs: dict[str, list[Mention]]) -> list[Mention]:
    """The county-level city that may say 市 of itself: no prefecture's organs speak, or it is named at least as often.

    A county-level city's report cites its prefecture's rules; a prefecture's hardly opens with one of its cities.
    """
    lower = [mention for mention in organs["county"] if mention.name.endswith("市")]
    named = Counter(mention.name for mention in scene.body)
    names, uppers = {mention.name for mention in lower}, {mention.name for mention in organs["city"]}
    if len(names) != 1 or any(named[upper] > named[lower[0].name] for upper in uppers):
        return []
    return lower
