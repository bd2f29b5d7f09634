"""How much mojibake is undone, beside ftfy: `python -m tests.benchmarks.mojibake_cases` prints the table.

The text is the part of `tests/corpus` that the character model was not built from (`trained_on.txt` beside it). A
paragraph is at most 200 characters. `measure()` gives the rows to other benchmarks.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Indel

from pipelines.knowledge import reference
from pipelines.repair.byte_shift import byte_shift_edits
from pipelines.repair.mojibake import mojibake_edits
from pipelines.repair.opencc_tables import character_pairs
from pipelines.trace import apply_edits
from tests.damage import mojibake as damage

CORPUS = Path(__file__).parent.parent / "corpus"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
LONGEST = 200
SHORTEST = 40
PARAGRAPHS = 150

ANNOTATED = (
    "開 kāi 進 jìn 關 guān 類 lèi 動 dòng 網 wǎng 實 shí 領 lǐng 發 fā 務 wù 時 shí 詢 xún 態 tài 場 chǎng 簡 jiǎn 問 wèn 質 zhì 專 zhuān "
    "來 lái 稱 chēng 聯 lián 話 huà 學 xué 過 guò 經 jīng 術 shù 協 xié 產 chǎn 滿 mǎn 語 yǔ 業 yè 規 guī 監 jiān 調 diào 轉 zhuǎn 結 jié "
    "據 jù 權 quán 區 qū 構 gòu 數 shù 統 tǒng 續 xù 創 chuàng 環 huán 執 zhí 優 yōu 穩 wěn 鎮 zhèn 鄉 xiāng 細 xì 計 jì 強 qiáng 隊 duì"
).split()
READINGS = dict(zip(ANNOTATED[::2], ANNOTATED[1::2], strict=True))
"""What the mirrors of families A to C annotate."""

Fix = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of damage in one setting. Shares are 0…1; milliseconds a paragraph; None where ftfy was not run."""

    damage: str
    setting: str
    cases: int
    exact: float
    characters: float
    milliseconds: float
    ftfy_exact: float | None
    ftfy_characters: float | None


def held_out() -> list[str]:
    """Paragraphs of the corpus files that the model has not seen."""
    seen = set(reference("language/trained_on.txt").read_text("utf-8").split())
    found = []
    for path in sorted(CORPUS.glob("*.txt")):
        if path.name not in seen:
            for line in path.read_text("utf-8").splitlines():
                line = line.strip()
                found += [line[at : at + LONGEST] for at in range(0, len(line), LONGEST)]
    kept = [paragraph for paragraph in found if len(paragraph) >= SHORTEST]
    return kept[:: max(1, len(kept) // PARAGRAPHS)][:PARAGRAPHS]


def report_paragraphs(folder: Path = SEEDS) -> list[str]:
    """Up to 60 paragraphs of the three seed reports that came undamaged, or none where they are not at hand.

    The set on which a beam over bytes with character pairs was measured: 97.0 % of characters, 21 % of paragraphs.
    """
    found: dict[str, None] = {}
    for path in sorted(folder.glob("00[124]_*.txt")):
        for line in path.read_text("utf-8").splitlines():
            line = line.strip()
            if len(line) >= SHORTEST and "|" not in line:
                found.setdefault(line[:LONGEST])
    return list(found)[:60]


def ours(text: str) -> str:
    """The text after both repairs."""
    text = apply_edits(text, mojibake_edits(text, 0).edits)
    return apply_edits(text, byte_shift_edits(text, 0).edits)


def ftfy_fix() -> Fix | None:
    """ftfy's repair of encodings, if it is installed."""
    try:
        import ftfy
    except ImportError:
        return None
    return ftfy.fix_encoding


def traditional(text: str) -> str:
    """Character by character, as the mirrors convert."""
    table = {}
    for traditional_form, simplified in character_pairs():
        table.setdefault(ord(simplified), traditional_form)
    return text.translate(table)


def score(pairs: list[tuple[str, str]], fix: Fix) -> tuple[float, float, float]:
    """Share of exact cases, share of characters right, milliseconds a case, for (clean, damaged) pairs."""
    exact = right = total = 0.0
    started = time.perf_counter()
    fixed = [fix(damaged) for _, damaged in pairs]
    spent = time.perf_counter() - started
    for (clean, _), found in zip(pairs, fixed, strict=True):
        exact += clean == found
        right += Indel.normalized_similarity(clean, found) * len(clean)
        total += len(clean)
    return exact / len(pairs), right / total, spent / len(pairs) * 1000


def cases(paragraphs: list[str]) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Kind of damage, setting, and (clean, damaged) pairs."""
    frame = "<p>政府信息公开工作年度报告。</p>\n<p>{}</p>\n<p>联系电话如下，谢谢。</p>"
    for name, wrong in damage.REVERSIBLE.items():
        whole, line = [], []
        for paragraph in paragraphs:
            try:
                damaged = wrong(paragraph)
            except UnicodeError:
                continue
            whole.append((paragraph, damaged))
            line.append((frame.format(paragraph), frame.format(damaged)))
        yield name, "whole", whole
        yield name, "line", line
        yield name, "span", [(span.clean, span.damaged) for span in damage.spans(paragraphs, wrong)]
    for name, wrong in damage.LOSSY.items():
        yield name, "whole", [(paragraph, wrong(paragraph)) for paragraph in paragraphs]
    shifted = [
        (damage.annotated(text, READINGS), damage.shifted(text, READINGS)) for text in map(traditional, paragraphs)
    ]
    yield "one-byte shift", "whole", [(clean, wrong) for clean, wrong in shifted if clean != wrong]


def measure() -> list[Row]:
    """Every row of the table."""
    ftfy = ftfy_fix()
    rows = []
    for name, setting, pairs in cases(held_out()):
        if pairs:
            exact, characters, milliseconds = score(pairs, ours)
            theirs = score(pairs, ftfy) if ftfy else (None, None, None)
            rows.append(Row(name, setting, len(pairs), exact, characters, milliseconds, theirs[0], theirs[1]))
    return rows


def main() -> None:
    """Prints the table."""
    print("| damage | setting | cases | exact % | characters % | ms | ftfy exact % | ftfy characters % |")
    print("|---|---|---|---|---|---|---|---|")
    for row in measure():
        theirs = [f"{share:.1%}" if share is not None else "" for share in (row.ftfy_exact, row.ftfy_characters)]
        ours_ = f"{row.exact:.1%} | {row.characters:.2%} | {row.milliseconds:.1f}"
        print(f"| {row.damage} | {row.setting} | {row.cases} | {ours_} | {theirs[0]} | {theirs[1]} |", flush=True)


if __name__ == "__main__":
    main()
