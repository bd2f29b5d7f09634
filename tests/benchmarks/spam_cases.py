"""How much spam is removed, how much of the body kept, how many overwritten words come back right, and how fast.

`python -m tests.benchmarks.spam_cases` prints the figures; `measure()` is for other benchmarks.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from rapidfuzz.distance import LCSseq

from pipelines.clean.document import Document, Line
from pipelines.clean.spam import spam_rule
from pipelines.clean.spam_page import farm_lines, restore_words
from tests.corpus import paragraphs
from tests.damage.spam import HijackedPage, Kind, hijack

PAGES_A_KIND = 18
CLEAN_PAGE_FLOOR = 0.6  # milliseconds for all steps on a page of 10 KB
HOSTILE_FLOOR = 3.0  # seconds for 1 MB through all steps
_MARK = "□"


@dataclass(slots=True)
class SpamFigures:
    """Over generated hijacked pages: those with spam left, the least share of a body kept, wrongly restored words.

    `restored` of `certain` overwritten words in slots that leave no choice came back.
    """

    pages: int = 0
    healthy_lines: int = 0
    healthy_removed: int = 0
    with_spam_left: list[HijackedPage] = field(default_factory=list)
    least_kept: float = 1.0
    kept: Counter[str] = field(default_factory=Counter)
    certain: int = 0
    restored: int = 0
    wrong: int = 0
    clean_page_milliseconds: float = 0.0
    hostile_seconds: float = 0.0


def cleaned_lines(lines: list[str]) -> list[str]:
    """What is left of a page's lines after all steps against spam."""
    document = Document(is_html=False, lines=[Line(text) for text in lines])
    restore_words(document, document.place_lines())
    farms = farm_lines(document.lines)
    return [
        line.text
        for place, line in enumerate(document.lines)
        if place not in farms and line.text and not spam_rule(line.text)
    ]


def generated_pages() -> list[HijackedPage]:
    """Eighteen pages of every kind over corpus prose."""
    prose = [line for line in paragraphs() if len(line) >= 40]
    pages = []
    for kind in Kind:
        for seed in range(PAGES_A_KIND):
            chance = random.Random(f"{kind} {seed}")
            body = chance.sample(prose, 8)
            pages.append(hijack("2014年政府信息公开工作年度报告", body, kind, chance))
    return pages


def measure() -> SpamFigures:
    """The figures over all generated pages, every corpus line, and hostile texts."""
    figures = SpamFigures()
    for page in generated_pages():
        _judge(page, figures)
    healthy = paragraphs()
    figures.healthy_lines = len(healthy)
    for first in range(0, len(healthy), 20):
        lines = healthy[first : first + 20]
        figures.healthy_removed += len("".join(lines)) - len("".join(cleaned_lines(lines)))
    page_of_10_kb = _first_bytes(healthy, 10_000)
    figures.clean_page_milliseconds = _best_seconds(lambda: cleaned_lines(page_of_10_kb), 20) * 1e3
    figures.hostile_seconds = max(_best_seconds(lambda text=text: cleaned_lines([text]), 1) for text in hostile_texts())
    return figures


def hostile_texts() -> list[str]:
    """Texts of one megabyte that invite every rule to look twice."""
    size = 1_000_000
    return [
        (unit * (size // len(unit.encode()) + 1))[: size // max(1, len(unit.encode()) // len(unit))]
        for unit in (
            "久久",
            "政府信息华体会工作",
            "《威廉希尔",
            "凤山市|",
            '<tr id="yyy80">',
            "http://444 ",
            "好威廉希尔，",
            "亚洲AV_",
            '<a id="ab12c">威廉希尔，',
        )
    ]


def _judge(page: HijackedPage, figures: SpamFigures) -> None:
    figures.pages += 1
    after = "\n".join(cleaned_lines(page.lines))
    before = "\n".join(page.clean)
    if any(word.lower() in after.lower() for word in page.spam):
        figures.with_spam_left.append(page)
    # The mark for an unknown word stands for a word that is lost, so it counts as kept: nothing was there to keep.
    shared = LCSseq.similarity(before, after) + after.count(_MARK) * 2 * (_MARK not in before)
    share = min(1.0, shared / len(before))
    figures.least_kept = min(figures.least_kept, share)
    if share >= 0.995:
        figures.kept[page.kind] += 1
    word = {Kind.BRAND_OVER_DISCLOSURE: "公开", Kind.BRAND_OVER_ABOUT: "关于", Kind.BRAND_OVER_COMPANY: "公司"}.get(
        page.kind
    )
    if word:
        certain = {
            "公开": ("政府信息公开", "主动公开", "依申请公开", "不予公开"),
            "关于": ("办公室关于", "司法局关于", "办公厅关于"),
            "公司": ("有限公司", "有限责任公司", "供电公司"),
        }[word]
        figures.certain += sum(before.count(slot) for slot in certain)
        figures.restored += min(sum(after.count(slot) for slot in certain), sum(before.count(slot) for slot in certain))
    others = {"公开", "关于", "公司"}
    figures.wrong += sum(max(0, after.count(other) - before.count(other)) for other in others)


def _first_bytes(lines: list[str], size: int) -> list[str]:
    taken: list[str] = []
    for line in lines:
        taken.append(line)
        if len("\n".join(taken).encode()) >= size:
            break
    return taken


def _best_seconds(run: Callable[[], object], repeats: int) -> float:
    best = float("inf")
    for _ in range(repeats):
        started = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - started)
    return best


if __name__ == "__main__":
    found = measure()
    print(
        f"{found.pages} hijacked pages, {len(found.with_spam_left)} with spam left, least share kept {found.least_kept:.4f}; "
        f"{found.healthy_removed} characters removed from {found.healthy_lines} healthy lines; "
        f"{found.restored} of {found.certain} certain words restored, {found.wrong} wrongly; "
        f"clean page {found.clean_page_milliseconds:.2f} ms, hostile megabyte {found.hostile_seconds:.2f} s"
    )
    for kind in Kind:
        print(f"  {kind}: {found.kept[kind]} of {PAGES_A_KIND} kept at .995")
