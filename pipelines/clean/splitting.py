"""Compound pages: essays glued into one (`第一篇:…`, `篇一`, `…总结 篇2`, `【第三篇】`), split into their members.

A marker line opens a member. Markers of one page share a style and count up from one; a table of contents, a quoted
`第二篇` and the parts of one long document (`第一篇 总则` with chapters) split nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

_DIGITS = "一二三四五六七八九十"
_NUMBER = rf"[{_DIGITS}]{{1,3}}|\d{{1,2}}"
_OPEN, _CLOSE = r"[【\[［(（「〖<]?", r"[】\]］)）」〗>]?"
_SHARED = r"范文|例文|样本|样文|模板|文章|材料|总结|报告|汇报|计划|方案|要点|年报|情况说明|工作思路|心得|自查报告|讲话稿?|发言稿?"
# The number first: 第一篇：…, 【第二篇】, 篇三 …, 范文四：…, 例文(2)
_LEADING = re.compile(
    rf"^{_OPEN}\s*(?:第\s*(?P<a>{_NUMBER})\s*篇(?:章|文章|范文|例文)?|(?:范文|例文|文章|样本)?\s*篇\s*(?P<b>{_NUMBER})"
    rf"|(?:范文|例文|样文|模板|样本)\s*[(（]?\s*(?P<c>{_NUMBER})\s*[)）]?)\s*{_CLOSE}\s*(?P<joint>[:：])?(?:[、.．\-—|]\s*)?\s*(?P<title>.{{0,60}})$"
)
# The number last: …工作总结 篇2, …汇报【第三篇】, …报告篇四：
_TRAILING = re.compile(
    rf"^(?P<title>.{{4,60}}?)\s*[-—_|]?\s*{_OPEN}\s*(?:篇\s*(?P<b>{_NUMBER})|第\s*(?P<a>{_NUMBER})\s*篇|(?:范文|例文)\s*[(（]?(?P<c>{_NUMBER})[)）]?)\s*{_CLOSE}\s*[:：]?$"
)
# A bare number behind a repeated name: 政府信息公开工作总结1, …总结(二)
_NUMBERED = re.compile(rf"^(?P<title>.{{2,50}}(?:{_SHARED}))\s*{_OPEN}\s*(?P<a>{_NUMBER})\s*{_CLOSE}\s*[:：]?$")
_ANNOUNCED = re.compile(
    rf"(?:精选|汇总|汇编|合集|推荐|通用|共|集锦|大全|优秀|实用|整理|热门|最新|荐)\s*[(（]?\s*(?P<count>\d{{1,2}}|[{_DIGITS}]{{1,3}})\s*篇|"
    rf"[(（【\[]\s*(?P<other>\d{{1,2}}|[{_DIGITS}]{{1,3}})\s*篇(?:汇总|合集|范文|精选)?\s*[)）】\]]"
)
_CHAPTER = re.compile(rf"^第\s*(?P<a>{_NUMBER})\s*章")
_DOCUMENT_NAME = re.compile(r"总结|报告|汇报|计划|方案|范文|年报|汇报材料|情况说明|要点|心得|讲话|发言|自查|述职")
_LONGEST_MARKER = 90
# A member shorter than this is a line of a table of contents, not a text.
_LEAST_MEMBER = 40


@dataclass(frozen=True, slots=True)
class Marker:
    """The line that opens a member: its place among the lines, its number and the title printed beside it."""

    line: int
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    line: int
    number: int
    title: str
    style: str


def find_markers(lines: Sequence[str]) -> list[Marker]:
    """The markers of a compound page in order, or [] when the page is one document.

    Two members with a text of their own at least. Markers count up from one; one number may be missing (a marker lost
    with its line), never two in a row. Linear in the lines.
    """
    styles: dict[str, list[_Candidate]] = {}
    for candidate in _candidates(lines):
        styles.setdefault(candidate.style, []).append(candidate)
    before = _characters_before(lines)
    best: list[_Candidate] = []
    best_weight = 0
    for style, candidates in styles.items():
        for chain in _chains(candidates):
            with_text = _with_text(chain, before)
            weight = sum(size for _, size in with_text)
            if len(with_text) >= 2 and weight > best_weight and not _is_one_document(style, with_text, lines):
                best, best_weight = [candidate for candidate, _ in with_text], weight
    return [Marker(candidate.line, candidate.number, candidate.title) for candidate in best]


def announced_members(title: str) -> int | None:
    """How many members a page's title announces (精选17篇, 汇总15篇, (三篇)); None if it announces none."""
    match = _ANNOUNCED.search(title[:200])
    return chinese_ordinal(match["count"] or match["other"]) or None if match else None


def _candidates(lines: Sequence[str]) -> Iterator[_Candidate]:
    for place, text in enumerate(lines):
        if len(text) > _LONGEST_MARKER or len(text) < 2 or text.endswith(("。", "；", ";", "，", ",")):
            continue
        if any(word in text for word in ("篇", "范文", "例文", "样文", "模板", "样本")) and (
            match := _LEADING.match(text) or _TRAILING.match(text)
        ):
            is_bare = "joint" in match.groupdict() and match["joint"] is None and match["title"]
            number = chinese_ordinal(match["a"] or match["b"] or match["c"])
            if match["a"]:
                style = "bare numbered part" if is_bare else "numbered part"
            else:
                style = "part" if match["b"] else "model text"
            yield _Candidate(place, number, match["title"].strip(" :：-—"), style)
        elif match := _NUMBERED.match(text):
            # The name is the style: only the same name counted up makes members.
            yield _Candidate(place, chinese_ordinal(match["a"]), match["title"].strip(), match["title"].strip())


def _characters_before(lines: Sequence[str]) -> list[int]:
    """How many characters stand before each line, and in all lines at the end."""
    return list(accumulate(map(len, lines), initial=0))


def _chains(candidates: Sequence[_Candidate]) -> list[list[_Candidate]]:
    """Runs that count up from one; a second 1 opens a new run, a repeated or odd number is passed over."""
    chains: list[list[_Candidate]] = []
    for candidate in candidates:
        if candidate.number == 1:
            chains.append([candidate])
        elif chains and chains[-1][-1].number < candidate.number <= chains[-1][-1].number + 2:
            chains[-1].append(candidate)
    return chains


def _with_text(chain: Sequence[_Candidate], before: Sequence[int]) -> list[tuple[_Candidate, int]]:
    """The members of a chain that have a text, with its length; the last one reaches to the page's end."""
    ends = [*(later.line for _, later in pairwise(chain)), len(before) - 1]
    sized = [(candidate, before[end] - before[candidate.line + 1]) for candidate, end in zip(chain, ends, strict=True)]
    return [(candidate, size) for candidate, size in sized if size >= _LEAST_MEMBER]


def _is_one_document(style: str, members: Sequence[tuple[_Candidate, int]], lines: Sequence[str]) -> bool:
    """A plan or a yearbook in parts: its chapters count on over the parts, or `第一篇 总则` names no document."""
    if not style.endswith("numbered part"):
        return False
    if style == "bare numbered part":
        named = sum(1 for candidate, _ in members if _DOCUMENT_NAME.search(candidate.title))
        if named * 2 < len(members):
            return True
    return _chapters_count_on(members, lines)


def _chapters_count_on(members: Sequence[tuple[_Candidate, int]], lines: Sequence[str]) -> bool:
    """Whether the first chapter of a later part goes on counting where the part before it stopped."""
    last_seen = 0
    counted_on = False
    starts = {candidate.line for candidate, _ in members}
    fresh = False
    for place, text in enumerate(lines):
        if place in starts:
            fresh = True
        match = _CHAPTER.match(text)
        if match is None or len(text) > _LONGEST_MARKER:
            continue
        number = chinese_ordinal(match["a"])
        if fresh and last_seen and number == last_seen + 1:
            counted_on = True
        fresh = False
        last_seen = number
    return counted_on


def chinese_ordinal(digits: str) -> int:
    """一 … 九十九 or Arabic digits as a number; 0 if it is none."""
    if digits.isascii() and digits.isdigit():
        return int(digits)
    tens, ten, ones = digits.rpartition("十")
    if ten:
        valid = all(part == "" or (len(part) == 1 and part in _DIGITS[:9]) for part in (tens, ones))
        return (_value(tens) or 1) * 10 + _value(ones) if valid else 0
    return _value(digits) if len(digits) == 1 else 0


def _value(digit: str) -> int:
    return _DIGITS.index(digit) + 1 if digit and digit in _DIGITS else 0
