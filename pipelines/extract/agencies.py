"""Whose report it is: the agency, from the title, the lines beside it, the signature, the preamble and the first sentences."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from pipelines.extract.agency_names import (
    full_name,
    has_bare_tier,
    is_agency,
    is_bare_place,
    is_vague,
    same_agency,
    without_address,
)
from pipelines.extract.agency_text import from_contact, from_preamble, from_sentences, own_tiers
from pipelines.extract.evidence import Choice, Evidence, choose
from pipelines.extract.places import Place
from pipelines.extract.places.levels import generic_tier
from pipelines.extract.text_forms import unspaced
from pipelines.knowledge import reference

_TWO_CHARACTERS = re.compile(r"[\u4e00-\u9fff]{2}")
_TITLE_NOISE = re.compile(r"[，,。：:《》“”;；?？!！|>]|\d{3}")
_SIGNATURE_REACH = 6
_DATE_TAIL = re.compile(r"[\s\d年月日号〇○零OＯ一二三四五六七八九十廿./()（）印发-]+$")
_LABEL_BEFORE = re.compile(
    r"^(?:发布机构|发文机关|编制单位|编制机关|填报单位|单位|报送单位|签发单位|作者|来源|编报单位)\s{0,3}[:：]\s{0,3}|[(（]?(?:盖章|公章|章)[)）]?$"
)


def agency_choice(
    *, title_part: str, lines: Sequence[str], body: str, issuer: str | None, author_lines: Iterable[str] = ()
) -> Choice[str]:
    """The agency from all evidence.

    Order of trust: the title's own words; a line of its own next to the title; the signature; `现公布X…年度`,
    `由X编制`; the subject of the first sentences; whom to ask; the organ's own site; the ministry whose rules it carries out; the
    organ that posted the page, which is often another one. A short name of the title (`市环保局`) is filled up from
    the others (`雅安市环保局`), never from the poster.
    """
    evidence = [
        *_from_title(title_part),
        *(Evidence(full_name(line), "the line beside the title", 7.0) for line in author_lines if is_agency(line)),
        *_from_signature(lines),
    ]
    if not evidence:
        evidence = [*from_preamble(body)]
    if not evidence:
        evidence = [_as_posted(item, issuer) for item in from_sentences(body)]
    if not evidence and (name := own_organ_of_ministry(body)):
        evidence = [Evidence(name, "the ministry whose rules it carries out", 1.0)]
    if not evidence and issuer:
        evidence = [Evidence(full_name(issuer), "the organ that posted it", 1.0)]
    chosen = choose(evidence, same=same_agency)
    if chosen.value is None:
        return chosen
    return Choice(_filled_up(chosen.value, evidence, body), chosen.source, chosen.others)


def _from_title(title_part: str) -> Iterator[Evidence[str]]:
    part = without_address(unspaced(title_part))
    if is_vague(part) or _TITLE_NOISE.search(part) or len(part) < 3 or not _TWO_CHARACTERS.search(part):
        return
    yield Evidence(full_name(part), "the title", 10.0 if is_agency(part) or is_bare_place(part) else 5.0)


def _from_signature(lines: Sequence[str]) -> Iterator[Evidence[str]]:
    for line in reversed(lines[-_SIGNATURE_REACH:]):
        if "\t" in line or len(line) > 60:
            continue
        name = _LABEL_BEFORE.sub("", _DATE_TAIL.sub("", line.strip())).strip()
        if is_agency(name):
            yield Evidence(full_name(name), "the signature", 4.0)
            return


def _as_posted(spoken: Evidence[str], issuer: str | None) -> Evidence[str]:
    """`青禾镇人民政府` of the sentences as the poster writes it, when that is the same name with its county before it."""
    posted = full_name(issuer or "")
    if posted == spoken.value or not (posted.endswith(spoken.value) and is_agency(posted)):
        return spoken
    return Evidence(posted, f"{spoken.source} and the organ that posted it", spoken.weight)


def _filled_up(name: str, evidence: Sequence[Evidence[str]], body: str) -> str:
    """`市环保局` with its city where signature, line, preamble or contact spell it out: `雅安市环保局`."""
    if not has_bare_tier(name):
        return name
    others = [item.value for item in [*evidence, *from_preamble(body), *from_contact(body, own_tiers(body))]]
    return next((other for other in others if other.endswith(name) and len(other) > len(name)), name)


_BARE_TIERS = ("自治区", "省", "市", "州", "盟", "县", "区", "旗")


def with_place(name: str, place: Place) -> str:
    """A name that begins with its bare tier, with the place its report was placed in: `市公安局` → `滁州市公安局`.

    The place must be a division of that very kind, a 市 may be a municipality, a city or a county-level city; else the
    name stays.
    """
    division = {"province": place.province, "city": place.city, "county": place.county}.get(place.level)
    tier = next((tier for tier in _BARE_TIERS if name.startswith(tier)), "")
    if not (tier and division and place.code and division.endswith(tier)):
        return name
    if generic_tier(name) != place.level and not (tier == "市" and generic_tier(name)):
        return name
    return division + name.removeprefix(tier)


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
