"""How much injected pinyin is removed and how fast.

`python -m tests.benchmarks.pinyin_cases` prints the figures; `measure()` is for other benchmarks.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass

from pipelines.repair.characters import character_edits
from pipelines.repair.pinyin import pinyin_edits
from pipelines.repair.script import script_edits
from pipelines.trace import apply_edits
from tests.damage.pinyin import Form, annotate
from tests.damage.script import Copy, traditional

CLEAN_PAGE_FLOOR = 0.4  # milliseconds for the three steps on a page of 10 KB

_SENTENCES = (
    "二〇一五年，我县认真贯彻落实条例，进一步扩大主动公开范围，健全发布机制。",
    "县政府办公室负责组织协调、指导、监督全县政府信息公开工作。",
    "全年通过门户网站、政务微博、档案馆和图书馆等渠道发布各类信息一千二百余条。",
    "受理依申请公开事项三件，均在规定时限内答复，没有因此引起的行政复议和诉讼。",
    "存在的主要问题是公开内容不够全面，业务培训有待加强。",
)


@dataclass(frozen=True, slots=True)
class PinyinFigures:
    """Of the damaged texts, those that came back exactly; milliseconds on an annotated page and on a clean one."""

    texts: int
    exact: int
    annotated_page_milliseconds: float
    clean_page_milliseconds: float


def measure() -> PinyinFigures:
    """The figures over every form of injection, three shares of annotated characters and ten orders of sentences."""
    texts = exact = 0
    for seed in range(10):
        chance = random.Random(seed)
        sentences = [traditional(sentence, Copy.PHRASES) for sentence in _SENTENCES]
        chance.shuffle(sentences)
        clean = "".join(sentences)
        for form in Form:
            for share in (1.0, 0.7, 0.4):
                damaged = annotate(clean, form, chance, share)
                texts += 1
                exact += apply_edits(damaged, pinyin_edits(damaged, 0)) == clean
    page = annotate(traditional("".join(_SENTENCES) * 20, Copy.PHRASES), Form.TONED, random.Random(0))
    simplified = "".join(f'<p class="text">{sentence}</p>\n' for sentence in _SENTENCES * 15)
    while len(simplified.encode()) < 10_000:
        simplified += simplified
    simplified = simplified.encode()[:10_000].decode(errors="ignore")
    return PinyinFigures(
        texts, exact, _milliseconds(lambda: pinyin_edits(page, 0)), _milliseconds(lambda: _three_steps(simplified))
    )


def _three_steps(text: str) -> None:
    pinyin_edits(text, 0)
    script_edits(text, 0)
    character_edits(text, 0)


def _milliseconds(run: object, repeats: int = 20) -> float:
    assert callable(run)
    best = float("inf")
    for _ in range(repeats):
        started = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - started)
    return best * 1e3


if __name__ == "__main__":
    figures = measure()
    print(
        f"{figures.exact} of {figures.texts} texts restored exactly; an annotated page "
        f"{figures.annotated_page_milliseconds:.2f} ms, a clean page of 10 KB {figures.clean_page_milliseconds:.3f} ms"
    )
