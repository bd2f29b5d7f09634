"""What is healthy stays as it is: not one character of a million changes, in Chinese or in other scripts."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache

import pytest

from gipr_crawl.demo.truth import truth
from pipelines.knowledge import reference
from pipelines.model import Capture
from pipelines.repair import repair
from pipelines.repair.opencc_tables import table
from tests.corpus import paragraphs

OTHER_SCRIPTS = {
    "Korean": "정보공개 연차보고서는 매년 발표됩니다. 시민은 누구나 공공기관에 정보의 공개를 청구할 수 있습니다.",
    "Japanese": "情報公開制度とは、行政機関が保有する文書を請求に応じて開示する制度です。昨年度の請求は二百三件でした。",
    "Uyghur": "ھۆكۈمەت ئۇچۇرلىرىنى ئاشكارىلاش يىللىق دوكلاتى ھەر يىلى ئېلان قىلىنىدۇ.",
    "Tibetan": "སྲིད་གཞུང་ཆ་འཕྲིན་གསལ་བསྒྲགས་ཀྱི་ལོའི་སྙན་ཞུ།",
    "Mongolian": "ᠵᠠᠰᠠᠭ ᠤᠨ ᠣᠷᠳᠣᠨ ᠤ ᠮᠡᠳᠡᠭᠡ ᠵᠠᠩᠭᠢ",
    "Russian": "Ежегодный отчёт об открытости информации публикуется до тридцать первого марта.",
    "Greek": "Η ετήσια έκθεση για τη διαφάνεια δημοσιεύεται κάθε χρόνο πριν από το τέλος Μαρτίου.",
    "French": "Le rapport annuel sur l’accès à l’information paraît chaque année ; où l’on voit ça, naïveté comprise.",
    "Vietnamese": "Báo cáo thường niên về công khai thông tin của chính quyền được công bố hằng năm.",
    "Arabic": "يُنشر التقرير السنوي عن الكشف عن المعلومات الحكومية كل عام قبل نهاية مارس.",
    "Thai": "รายงานประจำปีเกี่ยวกับการเปิดเผยข้อมูลของรัฐบาลเผยแพร่ทุกปี",
    "Hebrew": "הדוח השנתי על גילוי מידע ממשלתי מתפרסם מדי שנה לפני סוף מרץ.",
}
_STOPS = ("，", "。", "；", "、", "（", "）", "：", "“", "”", "《", "》")


@cache
def _traditional_only() -> frozenset[str]:
    return frozenset(key for key, value in table("TSCharacters").items() if key not in value.split())


def _words() -> list[str]:
    """Simplified words of OpenCC's phrase table (Apache-2.0), pypinyin's (MIT), and the place names of our own data."""
    from pypinyin.phrases_dict import phrases_dict

    names = []
    for name in ("towns.tsv", "divisions.tsv"):
        for row in reference(f"places/{name}").read_text("utf-8").splitlines():
            names += [cell for cell in row.split() if all("\u4e00" <= char <= "\u9fff" for char in cell)]
    words = [*table("STPhrases"), *phrases_dict, *names]
    return [word for word in dict.fromkeys(words) if not _traditional_only().intersection(word)]


def _healthy() -> Iterator[str]:
    yield from paragraphs()
    for report in truth():
        yield report.body_text.replace("\t", " ")
    chance = random.Random(20)
    words = _words()
    for _ in range(3):
        chance.shuffle(words)
        for place in range(0, len(words), 40):
            yield "".join(
                word + (chance.choice(_STOPS) if chance.random() < 0.15 else "") for word in words[place : place + 40]
            )


def _changes(text: str) -> list[tuple[str, str, str]]:
    repaired = repair(Capture("http://www.shili.gov.example/a.txt", text.encode()))
    return [
        (edit.rule, repaired.decoded[max(0, edit.start - 8) : edit.end + 8], edit.inserted) for edit in repaired.edits
    ]


def test_not_one_of_a_million_healthy_chinese_characters_is_changed() -> None:
    total = 0
    page: list[str] = []
    for line in _healthy():
        page.append(line)
        total += len(line)
        if sum(map(len, page)) > 40_000:
            assert _changes("\n".join(page)) == []
            page.clear()
    assert _changes("\n".join(page)) == []
    assert total >= 1_000_000


@pytest.mark.parametrize("script", OTHER_SCRIPTS)
def test_a_healthy_line_of_another_script_is_left_alone_by_itself_and_among_chinese(script: str) -> None:
    line = OTHER_SCRIPTS[script]

    assert _changes(line) == []
    assert _changes("全年主动公开政府信息126条。\n" + line + "\n没有收到政府信息公开申请。") == []
    assert repair(Capture("http://www.shili.gov.example/a.txt", line.encode())).flags == []
