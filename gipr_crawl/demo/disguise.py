"""How a hijacking mirror disguises a page: Traditional characters, pinyin after some of those it changed.

The mirror works character by character, so 于, 后, 里, 制 and the like stay as they are (a converter of whole words
would turn them into 於, 後, 裏, 製), and a reading follows only characters that were changed. Which of these are
annotated differs from mirror to mirror; the two sets here are what such mirrors have been seen to annotate.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from opencc import OpenCC

_LEFT_ALONE = frozenset("于后里制系范余采松志表游准了面干谷丑斗郁征姜占吊几才只沈舍群床峰污")
"""Characters that are also Traditional as they stand, with another meaning or as a variant; a mirror keeps them."""

_HABITS = {"为": "為", "众": "眾", "启": "啟", "伪": "偽"}
"""Where the mirrors choose another Traditional form than the converter's first."""

_READINGS = dict(
    pair.split("=")
    for pair in (
        "開=kāi 進=jìn 門=mén 關=guān 類=lèi 動=dòng 網=wǎng 實=shí 領=lǐng 發=fā 務=wù 戶=hù 點=diǎn 時=shí 詢=xún "
        "態=tài 場=chǎng 簡=jiǎn 問=wèn 質=zhì 專=zhuān 來=lái 稱=chēng 聯=lián 話=huà 學=xué 過=guò 經=jīng 術=shù "
        "協=xié 頁=yè 產=chǎn 滿=mǎn 語=yǔ 會=huì 創=chuàng 樂=lè 業=yè 內=nèi 規=guī 監=jiān 現=xiàn 調=diào 轉=zhuǎn "
        "結=jié 據=jù 權=quán 區=qū 構=gòu 數=shù 統=tǒng 續=xù 環=huán 執=zhí 優=yōu 穩=wěn 鎮=zhèn 鄉=xiāng 機=jī "
        "復=fù 責=zé 認=rèn 細=xì 當=dāng 計=jì 導=dǎo 強=qiáng 隊=duì 紀=jì 報=bào 堅=jiān 費=fèi 運=yùn 護=hù"
    ).split()
)

_SPACED = frozenset("會創樂")
"""Characters whose annotation ends in a blank, `會(huì )`, on the mirrors of the first kind."""


@dataclass(frozen=True, slots=True)
class Disguise:
    """One mirror's habit: the characters it annotates, and whether some annotations end in a blank."""

    annotated: frozenset[str]
    has_blanks: bool

    def __call__(self, text: str) -> str:
        """The text as the mirror shows it."""
        pieces = []
        for character in text:
            shown = traditional(character)
            pieces.append(shown)
            if shown != character and shown in self.annotated:
                blank = " " if self.has_blanks and shown in _SPACED else ""
                pieces.append(f"({_READINGS[shown]}{blank})")
        return "".join(pieces)


DENSE = Disguise(
    frozenset("開進門關類動網實領發務戶點時詢態場簡問質專來稱聯話學過經術協頁產滿語會創樂"), has_blanks=True
)
MEDIUM = Disguise(
    frozenset(
        "經業內規監網現調轉結產發據協權區質態構數統續創環執聯優穩鎮鄉機關務復責術認進細當計實時領導強隊紀報堅費運護"
    ),
    has_blanks=False,
)


@cache
def _converter() -> OpenCC:
    return OpenCC("s2t")


@cache
def traditional(character: str) -> str:
    """The Traditional form a mirror gives to one character."""
    if character in _LEFT_ALONE:
        return character
    return _HABITS.get(character) or str(_converter().convert(character))
