"""Main content of real pages: each page's scores and the means, beside other extractors, with pages a second.

    python -m tests.benchmarks.clean [--real DIR] [--peers PYTHON]

DIR holds `gold.jsonl` and `pages/` (by default the folder `shared/real` beside the project). PYTHON is the interpreter
of an environment with the peers, made by `python -m venv peers && peers/bin/pip install -r
tests/benchmarks/requirements-peers.txt`. The peers get the page as text in the right charset. This project has to find
that out itself and reads the facts as well, so two times are given: of the whole `understand()`, from bytes to facts,
and of the clean room alone, which gets text as the peers do.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import lxml.html
from rapidfuzz.distance import LCSseq

from pipelines import Capture, Page, understand
from pipelines.clean import clean
from pipelines.documents import reading_of
from pipelines.extract import extract
from pipelines.repair import repair
from tests.damage import mojibake
from tests.floors import floors, line

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "real"
_SPACE = re.compile(r"[\s\u00a0\u00ad\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]+")
_NO_TEXT = frozenset(("script", "style", "noscript", "template"))


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page with what its label says of it; empty title and date are not labelled."""

    name: str
    body: bytes
    html: str
    main_text: str
    title: str
    published_on: str


@dataclass(frozen=True, slots=True)
class Scores:
    """F1 over the longest common subsequence, and whether title and date are exact (None: not labelled)."""

    name: str
    f1: float
    title: bool | None
    published_on: bool | None


def squeezed(text: str | None) -> str:
    """The text without white space."""
    return _SPACE.sub("", text or "")


def f1(wanted: str, got: str) -> float:
    """Harmonic mean of precision and recall over the longest common subsequence, white space aside."""
    one, other = squeezed(wanted), squeezed(got)
    common = LCSseq.similarity(one, other)
    return 2 * common / (len(one) + len(other)) if common else 0.0


def labelled_pages(folder: Path) -> Iterator[LabelledPage]:
    """The pages of `folder` whose body is labelled."""
    for row in (folder / "gold.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(row)
        if not gold.get("eval"):
            continue
        body = (folder / "pages" / gold["file"]).read_bytes()
        html = body.decode(gold.get("encoding") or "utf-8", "replace").lstrip("\ufeff").replace("\x00", "")
        yield LabelledPage(
            name=gold["file"],
            body=body,
            html=html,
            main_text=_labelled_text(html, gold["body_css"], gold.get("drop_css") or []),
            title=gold.get("title") or "",
            published_on=gold.get("publish_date") or "",
        )


def warm_up_pages(folder: Path) -> Iterator[bytes]:
    """The pages of `folder` without a labelled body, and damaged text: what is loaded late is loaded, no cache filled."""
    for charset in ("gbk", "big5"):
        yield "<p>政府公開工作的基本原因和人民群众的意見。</p>".encode(charset, "ignore") * 20
    for wrong in (*mojibake.REVERSIBLE.values(), *mojibake.LOSSY.values()):
        with contextlib.suppress(UnicodeError):  # not every text can be damaged in every way without loss
            yield f"<p>{wrong('本年度主动公开政府信息，依申请公开的答复情况如下。')}</p>".encode("utf-8", "replace")
    for row in (folder / "gold.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(row)
        if not gold.get("eval"):
            yield (folder / "pages" / gold["file"]).read_bytes()


def _labelled_text(html: str, wanted: Sequence[str], dropped: Sequence[str]) -> str:
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", html)
    # Included headers bring their own end tags, at which libxml2 would stop.
    source = re.sub(r"(?i)</(?:body|html)\s*>", "", source)
    tree = lxml.html.document_fromstring(source.encode(), parser=lxml.html.HTMLParser(encoding="utf-8", huge_tree=True))
    skipped = {element for css in dropped for element in tree.cssselect(css)}
    roots: list[lxml.html.HtmlElement] = []
    for css in wanted:
        for element in tree.cssselect(css):
            if not any(root is element or root in element.iterancestors() for root in roots):
                roots.append(element)
    return "".join(piece for root in roots for piece in _texts(root, skipped))


def _texts(element: lxml.html.HtmlElement, skipped: set[lxml.html.HtmlElement]) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in _NO_TEXT or element in skipped:
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child, skipped)
        yield child.tail or ""


def score_page(page: LabelledPage, read: Page) -> Scores:
    """How well a page was read."""
    return Scores(
        name=page.name,
        f1=f1(page.main_text, read.main_text),
        title=squeezed(read.title) == squeezed(page.title) if page.title else None,
        published_on=read.published_on == page.published_on if page.published_on else None,
    )


@dataclass(slots=True)
class Row:
    """One extractor over all pages."""

    name: str
    scores: list[float]
    titles: int
    seconds: float

    def line(self, pages: int, ours: float) -> str:
        """The row as printed; `ours` is this project's seconds for all pages."""
        mean = sum(self.scores) / pages
        good = sum(score >= 0.95 for score in self.scores)
        return (
            f"{self.name:14} mean F1 {mean:.4f}  at least .95: {good:2}/{pages}  least {min(self.scores):.3f}  "
            f"titles {self.titles:2}  {pages / self.seconds:7.1f} pages/s  x{self.seconds / ours:.1f}"
        )


def _ours(pages: Sequence[LabelledPage], warm_up: Sequence[bytes]) -> tuple[list[Row], list[Scores]]:
    """The rows of `understand()` and of the clean room alone, room by room over pages that are met for the first time."""
    for body in warm_up:
        understand(Capture("file:///warm-up", body))
    read: list[Page] = []
    whole = alone = 0.0
    for page in pages:
        capture = Capture(f"file:///{page.name}", page.body)
        start = time.perf_counter()
        repaired = repair(capture)
        begin = time.perf_counter()
        cleaned = clean(repaired, capture, reading_of(capture.body))
        end = time.perf_counter()
        read.append(extract(capture, repaired, cleaned))
        whole += time.perf_counter() - start
        alone += end - begin
    scores = [score_page(page, result) for page, result in zip(pages, read, strict=True)]
    marks = [score.f1 for score in scores]
    titles = sum(bool(score.title) for score in scores)
    return [Row("understand()", marks, titles, whole), Row("the clean room", marks, titles, alone)], scores


def _peers(pages: Sequence[LabelledPage], warm_up: Sequence[bytes], python: str) -> dict[str, Row]:
    script = Path(__file__).with_name("clean_peers.py")
    first = [{"name": "", "html": body.decode("utf-8", "replace").replace("\x00", "")} for body in warm_up]
    rows_in = [*first, *({"name": page.name, "html": page.html} for page in pages)]
    given = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows_in)
    done = subprocess.run([python, str(script)], input=given, capture_output=True, text=True, check=True)
    sys.stderr.write(done.stderr)
    truth = {page.name: page for page in pages}
    rows: dict[str, Row] = {}
    for answered in done.stdout.splitlines():
        answer = json.loads(answered)
        row = rows.setdefault(answer["peer"], Row(answer["peer"], [], 0, 0.0))
        page = truth[answer["name"]]
        row.scores.append(f1(page.main_text, answer["text"]))
        row.titles += squeezed(answer["title"]) == squeezed(page.title)
        row.seconds += answer["seconds"]
    return rows


def main() -> int:
    """Print every page and the means."""
    arguments = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        prog="python -m tests.benchmarks.clean",
    )
    arguments.add_argument("--real", type=Path, default=REAL)
    arguments.add_argument("--peers", metavar="PYTHON", help="interpreter of an environment with the peers")
    given = arguments.parse_args()
    if not (given.real / "gold.jsonl").is_file():
        print(f"{given.real} holds no gold.jsonl; name the folder with --real", file=sys.stderr)
        return 1
    pages = list(labelled_pages(given.real))
    warm_up = list(warm_up_pages(given.real))
    ours, scores = _ours(pages, warm_up)
    peers = _peers(pages, warm_up, given.peers) if given.peers else {}
    for place, score in enumerate(scores):
        others = "  ".join(f"{name} {row.scores[place]:.3f}" for name, row in peers.items())
        wrong = "".join(f" {field} wrong" for field in ("title", "published_on") if getattr(score, field) is False)
        print(f"{score.name:36} {score.f1:.3f}  {others}{wrong}")
    for row in (*ours, *peers.values()):
        print(row.line(len(pages), ours[0].seconds))
    lines = _against_floors(ours, peers, scores)
    print("\n".join(lines))
    return 1 if any(text.startswith("MISSES") for text in lines) else 0


def _against_floors(ours: Sequence[Row], peers: dict[str, Row], scores: Sequence[Scores]) -> list[str]:
    floor, marks = floors("clean")["real"], ours[0].scores
    dates = [score.published_on for score in scores if score.published_on is not None]
    titles = [score.title for score in scores if score.title is not None]
    lines = [
        line("real pages: mean F1", sum(marks) / len(marks), floor["f1_mean"]),
        line(
            "real pages: share with F1 of .95", sum(mark >= 0.95 for mark in marks) / len(marks), floor["pages_at_95"]
        ),
        line("real pages: least F1", min(marks), floor["f1_least"]),
        line("real pages: titles exact", sum(titles) / len(titles), floor["titles"]),
        line("real pages: dates exact", sum(dates) / len(dates), floor["dates"]),
    ]
    if trafilatura := peers.get("trafilatura"):
        lines += [
            line(f"{row.name}: times trafilatura", trafilatura.seconds / row.seconds, floor["times_trafilatura"])
            for row in ours
        ]
    return lines


if __name__ == "__main__":
    sys.exit(main())
