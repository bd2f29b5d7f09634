"""Which strings of a page are brands that overwrite words: the same run of spam words and signs, again and again.

Only the sixty commonest runs are looked at. A run is an unbroken row of vocabulary, ASCII and joining signs (`0365cc彩票APP官方版下载_365网新闻_日博365wWW133562`).
What runs of a page share is the brand; what one of them has beyond it is the page's own text.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from itertools import groupby

from pipelines.clean.spam import spam_rule
from pipelines.clean.spam_words import Strength, any_of, fold_case, masked, telling_words, vocabulary
from pipelines.knowledge import reference

# A brand of one weak word must come this often, the least met on the copies measured; one of several (欧洲杯…竞猜) twice.
_LEAST_WEAK = 4
_LEAST_WEAK_ROW = 2
_MOST_KINDS = 60
_LONGEST_BRAND = 80
_LONGEST_TAIL = 12
_BALANCED = {"(": ")", "（": "）", "【": "】", "[": "]"}
_SIGNS = " _$-—:,|·+~&"
# Fillers that a report also uses: at a run's edge they may be the report's own.
_EVERYDAY = (
    "公司 新闻 中心 网站 平台 首页 主页 下载 登录 注册 图书馆 入口 视频 图片 播放 客服 体育 游戏 城 网 中国 网址 网 娱乐 足球 彩 国际 直播 彩票 成人"
).split()
# A place and 局 make no office: in 威廉希尔体育局 the 体育 is the office's, in 威廉希尔体育教育局 the brand's.
OWN_SPORT = re.compile(r"总?局|馆|彩票|运动|健身")
# Such names may add a number of their own (新葡京8455). A year or a count is the text's.
_TAIL = re.compile(r"\d{3,5}(?<!19\d\d)(?<!20\d\d)(?![\d年月日条件次个项号人元份篇万余、.．，,%])")
_NAME_BEFORE = re.compile(r"[\s，。；：、《》“”（）(),.;:\d]")
# puroview.com东城街道: an address that is read as a word.
_ADDRESS_AS_WORD = re.compile(
    r"(?<![a-z0-9@/.\-])((?:www\.)?[a-z0-9\-]{3,40}\.(?:com|cn|net|top|cc|org|vip|xyz|info|com\.cn))(?=\s?[\u4e00-\u9fff])"
)


_ADDRESS_END = re.compile(r"\.(?:com|cn|net|top|cc|org|vip|xyz|info)\s?[\u4e00-\u9fff]")


@cache
def _piece() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<word>{any_of(vocabulary().strengths)})|(?P<ascii>[a-z0-9.]+)|(?P<sign>[ _$\-—:,|·+~&()（）【】\[\]])"
    )


def find_brands(text: str) -> list[str]:
    """The brands of a page in lower case, longest first; [] for a page without any.

    A brand with a strong word counts from its first use, one of weak words alone from its fourth. Lines that are spam
    as a whole are passed over: they go as lines.
    """
    folded = fold_case(text)
    brands = _word_brands(text, folded) | _site_word_brands(folded)
    if _ADDRESS_END.search(folded):
        brands |= _address_brands(folded)
    return sorted(brands, key=lambda brand: (-len(brand), brand))


def may_hold_brands(text: str) -> bool:
    """Whether there are words enough for a brand, or an address or a site's word (官网, 登录) runs into a name or office."""
    folded = fold_case(text)
    return (
        bool(_brand_words(folded)) or _ADDRESS_END.search(folded) is not None or _site_word().search(folded) is not None
    )


@cache
def _slot_words() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(reference("clean/slots.toml").read_text("utf-8"))


@cache
def _honest_site() -> re.Pattern[str]:
    return re.compile(any_of([*_slot_words()["site_word"]["honest"]]))


@cache
def _site_word() -> re.Pattern[str]:
    table = _slot_words()
    offices = [office for office in table["place"]["strict"] if len(office) > 1]
    return re.compile(rf"(?:{any_of(table['site_word']['endings'])})(?=\s?(?:{any_of(offices)}))")


def _is_honest(name: str) -> bool:
    # 官网登录 ends such a brand; 登录… before it is a call.
    return bool(vocabulary().official.search(name) or _honest_site().search(name[:-4] or name))


def _site_word_brands(folded: str) -> set[str]:
    """What stands three times or more before different offices and ends in a site's word, the official words left out."""
    before = Counter(
        _NAME_BEFORE.split(folded[max(0, match.start() - _LONGEST_TAIL) : match.end()])[-1]
        for match in _site_word().finditer(folded)
    )
    brands: set[str] = set()
    for _, texts in groupby(sorted(before.elements(), key=lambda text: text[-4:]), key=lambda text: text[-4:]):
        same_end = list(texts)[: _MOST_KINDS * 10]
        shared = _common_beginning([text[::-1].ljust(_LONGEST_TAIL) for text in same_end])[::-1].strip()
        if len(same_end) >= 3 and len(shared) >= 4 and not _is_honest(shared):
            brands.add(shared)
    return brands


def _address_brands(folded: str) -> set[str]:
    counts = Counter(match[1] for match in _ADDRESS_AS_WORD.finditer(folded) if not match[1].endswith("gov.cn"))
    # Twice as a word is enough where the same address stands elsewhere too: the copier rewrote the links as well.
    return {
        address
        for address, count in counts.most_common(_MOST_KINDS)
        if count >= 3 or (count == 2 and folded.count(address.removeprefix("www.")) > 2)
    }


def _word_brands(text: str, folded: str) -> set[str]:
    runs: Counter[str] = Counter()
    line_end = -1
    for match in _brand_words(folded):
        if match.start() < line_end:
            continue
        line_start = folded.rfind("\n", max(line_end, 0), match.start()) + 1 or max(line_end, 0)
        line_end = folded.find("\n", match.end())
        line_end = len(folded) if line_end < 0 else line_end
        line = text[line_start:line_end]
        if not spam_rule(line):
            runs.update(_runs(line))
    common = dict(runs.most_common(_MOST_KINDS))
    strong = {run: count for run, count in common.items() if vocabulary().strong.search(run)}
    brands = {_extended(_core(run, strong), folded) for run in strong}
    brands |= {run for run, count in common.items() if run not in strong and len(run) >= 4 and count >= _least(run)}
    return brands - {""}


def _brand_words(folded: str) -> list[re.Match[str]]:
    """The spam words of a page that has enough of them for a brand: one strong one, or four."""
    words = list(telling_words(folded))
    strengths = vocabulary().strengths
    enough = len(words) >= _LEAST_WEAK or any(strengths[word[0]] is Strength.STRONG for word in words)
    return words if enough else []


def _least(run: str) -> int:
    weak = set(vocabulary().telling.findall(run))
    return _LEAST_WEAK if len(weak) < 2 else _LEAST_WEAK_ROW


def _runs(line: str) -> list[str]:
    prepared = masked(line)
    runs: list[str] = []
    pieces: list[re.Match[str]] = []
    place = 0
    for match in _piece().finditer(prepared):
        if match.start() != place and pieces:
            runs.append(_trimmed(prepared, pieces))
            pieces = []
        pieces.append(match)
        place = match.end()
    if pieces:
        runs.append(_trimmed(prepared, pieces))
    known = vocabulary()
    return [run for run in runs if len(run) <= _LONGEST_BRAND and known.telling.search(run)]


def _trimmed(prepared: str, pieces: list[re.Match[str]]) -> str:
    """The run without what may be the text's own at its edges: signs, bare numbers, everyday words on the left."""
    first, last = 0, len(pieces)
    whole = prepared[pieces[0].start() : pieces[-1].end()]
    while first < last:
        piece = pieces[first]
        if (
            (piece["sign"] is not None and not (piece[0] in _BALANCED and _BALANCED[piece[0]] in whole))
            or (piece["ascii"] is not None and not re.search("[a-z]", piece[0]))
            or piece["word"] in _EVERYDAY
        ):
            first += 1
        else:
            break
    while first < last:
        piece = pieces[last - 1]
        if (
            (piece["sign"] is not None and piece[0] not in _BALANCED.values())
            or (piece["ascii"] is not None and not re.search("[a-z]", piece[0]))
            or (piece["sign"] is not None and not _opened(prepared, pieces[first:last]))
            or (piece["word"] == "体育" and last - first > 1 and OWN_SPORT.match(prepared, piece.end()))
        ):
            last -= 1
        else:
            break
    if first == last:
        return ""
    end = pieces[last - 1].end()
    tail = _TAIL.match(prepared, end)
    return prepared[pieces[first].start() : tail.end() if tail else end]


def _opened(prepared: str, pieces: list[re.Match[str]]) -> bool:
    """Whether the run's last sign closes a bracket opened in it."""
    opener = next(sign for sign, closer in _BALANCED.items() if closer == pieces[-1][0])
    return opener in prepared[pieces[0].start() : pieces[-1].start()]


def _core(run: str, runs: dict[str, int]) -> str:
    """The shortest run, met at least twice, that `run` holds, if nothing strong is left beside it; else `run`."""
    known = vocabulary()
    best = run
    for other in runs:
        if runs[other] < 2 or len(other) >= len(best) or other not in run:
            continue
        if not known.strong.search(run.replace(other, "\n")):
            best = other
    return best


def _extended(brand: str, folded: str) -> str:
    """The brand with what follows it at nearly every use up to a further spam word: bet365 + 中文尊享官网.

    A report's own words do not follow each of three uses alike, unless they are everyday ones.
    """
    if not brand:
        return brand
    tails: list[str] = []
    place = folded.find(brand)
    while place >= 0 and len(tails) < _MOST_KINDS:
        tails.append(folded[place + len(brand) : place + len(brand) + _LONGEST_TAIL])
        place = folded.find(brand, place + len(brand))
    if len(tails) < 3:
        return brand
    common = _common_beginning(tails)
    best = ""
    for word in vocabulary().every.finditer(common):
        if word[0] not in _EVERYDAY and "\n" not in common[: word.end()]:
            best = common[: word.end()]
    return brand + best


def _common_beginning(texts: list[str]) -> str:
    """The longest beginning that nine of ten texts share."""
    shared = ""
    for length in range(1, _LONGEST_TAIL + 1):
        beginning, count = Counter(text[:length] for text in texts).most_common(1)[0]
        if count * 10 < len(texts) * 9 or len(beginning) < length:
            break
        shared = beginning
    return shared
