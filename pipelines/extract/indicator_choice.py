"""One indicator for each code and label, of all that were read; what speaks against it becomes a Finding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from pipelines.extract.indicator_period import Period
from pipelines.model import Finding, Indicator, Semantic


@dataclass(slots=True, unsafe_hash=True)
class Candidate:
    """An indicator as one sentence states it; a lower `rank` is the plainer statement."""

    indicator: Indicator
    rank: int = 0
    period: Period = Period.YEAR


# A figure given with more values than this is no figure; the first few say so.
_MOST_CONFLICTS = 5
_CUMULATIVE = {"proactive_total": "proactive_cumulative", "applications_received": "applications_cumulative"}


def choose(candidates: Sequence[Candidate]) -> tuple[list[Indicator], list[Finding]]:
    """The indicators in the order of the text, and a Finding for each figure stated twice with different values.

    The plainest statement wins, then the first; a number stands above a denial, an exact number above the 余 it rounds to.
    """
    findings: list[Finding] = []
    groups: defaultdict[tuple[str, str], list[Candidate]] = defaultdict(list)
    of_the_year = _other_years_apart(candidates, findings)
    for candidate in _postings_apart(_periods_apart(of_the_year), findings):
        groups[candidate.indicator.code, candidate.indicator.label].append(candidate)
    chosen = []
    for group in groups.values():
        if len(group) == 1:
            chosen.append(group[0].indicator)
            continue
        held = min(group, key=_plainness)
        held = next((other for other in group if _is_exact_form(other, held)), held)
        chosen.append(held.indicator)
        others = {other.indicator.value: other.indicator for other in reversed(group) if _contradicts(held, other)}
        findings.extend(_stated_twice(held.indicator, other) for other in islice(others.values(), _MOST_CONFLICTS))
    return sorted(chosen, key=lambda item: (item.start, item.end)), findings


def _plainness(candidate: Candidate) -> tuple[bool, int]:
    negated = candidate.indicator.semantic is Semantic.NEGATED
    return negated, candidate.rank + (candidate.period is Period.UNCLEAR)


def _is_exact_form(candidate: Candidate, held: Candidate) -> bool:
    """Whether a candidate gives in full what `held` rounds: 9,618 条 for 九千六百余条."""
    one, two = candidate.indicator, held.indicator
    if not two.approx or one.approx or one.value is None or two.value is None or candidate.rank != held.rank:
        return False
    low = two.value_low if two.value_low is not None else two.value * 0.9
    high = two.value_high if two.value_high is not None else two.value * 1.1
    return low <= one.value <= high


def _contradicts(held: Candidate, other: Candidate) -> bool:
    """Whether two statements of one figure cannot both be right. Parts of one label may well stand twice."""
    one, two = held.indicator, other.indicator
    if one.value == two.value or one.value is None or two.value is None or held.rank != other.rank or one.label:
        return False
    if _is_exact_form(held, other):
        return False
    return not (two.semantic is Semantic.NEGATED and one.start < two.start and one.code == "applications_received")


def _stated_twice(held: Indicator, other: Indicator) -> Finding:
    detail = f"{held.code}: {held.raw[:60]!r} gives {held.value:g}, {other.raw[:60]!r} gives {other.value:g}"
    return Finding("extract", "indicator_stated_twice", f"{detail}; the first is kept")


def _other_years_apart(candidates: Sequence[Candidate], findings: list[Finding]) -> list[Candidate]:
    """Without the figures of another year, where the report states the like for its own."""
    kept = [candidate for candidate in candidates if candidate.period is not Period.OTHER_YEAR]
    if len(kept) == len(candidates) or "proactive_total" not in {item.indicator.code for item in kept}:
        return list(candidates)
    for candidate in candidates:
        if candidate.period is Period.OTHER_YEAR:
            raw = candidate.indicator.sentence[:60]
            findings.append(Finding("extract", "figure_of_another_year", f"{raw!r} speaks of another year; not kept"))
    return kept


def _periods_apart(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Numbers of all years under their own codes: said so (历年累计), or beside a smaller number of the year."""
    # The largest of the plainest statements of the year: (-rank, value) orders them so.
    of_the_year: dict[str, tuple[int, float]] = {}
    for candidate in candidates:
        item = candidate.indicator
        if item.code in _CUMULATIVE and candidate.period is Period.YEAR and item.semantic is not Semantic.NEGATED:
            stated = (-candidate.rank, item.value or 0.0)
            of_the_year[item.code] = max(of_the_year.get(item.code, stated), stated)
    apart = []
    for candidate in candidates:
        item = candidate.indicator
        own_code = _CUMULATIVE.get(item.code)
        if own_code is None:
            if candidate.period is not Period.ALL_YEARS:
                apart.append(candidate)
            continue
        is_larger = item.code in of_the_year and (item.value or 0) > of_the_year[item.code][1]
        if candidate.period is Period.ALL_YEARS or (candidate.period is Period.UNCLEAR and is_larger):
            candidate = replace(candidate, indicator=replace(item, code=own_code), period=Period.ALL_YEARS, rank=0)
        apart.append(candidate)
    return apart


def _postings_apart(candidates: Sequence[Candidate], findings: list[Finding]) -> list[Candidate]:
    """A website cannot disclose more than is disclosed at all: the larger number counts its postings."""
    totals = [item.indicator.value or 0 for item in candidates if item.indicator.code == "proactive_total"]
    apart = []
    for candidate in candidates:
        item = candidate.indicator
        if item.code == "proactive_website" and totals and (item.value or 0) > max(totals):
            detail = (
                f"{item.raw[:60]!r} is more than the {max(totals):g} items of the year: all postings of the website"
            )
            findings.append(Finding("extract", "website_postings", detail))
            candidate = replace(candidate, indicator=replace(item, code="website_postings"))
        apart.append(candidate)
    return apart
