"""Hijacks pages as copying software does: keywords, farms, glued titles, brands over places and over common words.

Every page knows what it was, so whatever cleans it can be held against that. The keyword lines are put together from
parts, some of which no word list of the project holds.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    KEYWORDS_AT_HEAD = "keywords_at_head"
    KEYWORDS_AT_BOTH_ENDS = "keywords_at_both_ends"
    FARM_AT_TAIL = "farm_at_tail"
    FARM_LINE_BY_LINE = "farm_line_by_line"
    KEYWORDS_GLUED_TO_TITLE = "keywords_glued_to_title"
    KEYWORDS_GLUED_TO_BODY = "keywords_glued_to_body"
    FARM_GLUED_TO_BODY = "farm_glued_to_body"
    EMPTY_TAGS = "empty_tags"
    ADVERTISEMENT = "advertisement"
    BRAND_OVER_PLACE = "brand_over_place"
    BRAND_OVER_DISCLOSURE = "brand_over_disclosure"
    BRAND_OVER_ABOUT = "brand_over_about"
    BRAND_OVER_COMPANY = "brand_over_company"
    ADDRESS_OVER_PLACE = "address_over_place"
    BRAND_LINES = "brand_lines"


BRANDS = (
    "华体会主页",
    "威廉希尔体育",
    "英国威廉希尔公司,十大博彩公司",
    "澳门金沙城中心_欧洲杯足球网-【投注官网平台】",
    "澳门皇冠体育_中国竞彩网$【官网娱乐平台】",
    "0365cc彩票APP官方版下载_365网新闻_日博365wWW133562",
    "开云app官方版入口",
    "c7官网入口(中国)官方网站",
    "UedBet体育",
    "亚博体育官网登录",
    "成人直播",
    "bet365中文官网",
    "必威体育app下载",
    "澳门新葡京娱乐城",
)
ADDRESSES = ("puroview.com", "gnylighting.com", "www.bima-station.net", "999gcw.cn")
_PLACES = (
    "凤山市 丰城市 洪江市 宁明县 湖州市 阿瓦提县 沙洋县 丹阳市 剑川县 郎溪县 寿阳县 繁昌县 会宁县 西峡县 永平县 怀远县 麻城市 揭西县 萨迦县 "
    "宁强县 尼木县 合江县 义马市 武义县 大宁县 平罗县 普兰县 咸丰县 阿拉善右旗 石城县 陵川县 礼泉县 内乡县 敦化市 讷河市 科左后旗 饶平县 儋州市"
).split()
_SITES = "论坛 财经 天气 体育 彩票 旅游".split()
_ADULT_HEADS = "亚洲AV无码 欧美AV在线 日韩AV一区 国产精品久久 久久精品国产 人妻熟女 99热精品 天天干天天插 四虎国产 一级毛片 影音先锋 精品久久久久".split()
_ADULT_TAILS = (
    "乱码精品 一区二区三区 在线观看 免费视频 中文字幕 专区 高清不卡 图片 在线播放 午夜福利 视频网站 大片免费看".split()
)
_BET_HEADS = "beat365 威廉希尔 华体会 亚博体育 欧洲杯买球平台 澳门金沙 彩票APP 开云体育 真人娱乐 博彩公司 足球投注 买球app".split()
_BET_TAILS = "官网 官网入口 app下载 手机版 竞猜 最新网址 注册登录 投注平台 官方网站 线上娱乐".split()
_ADVERTS = (
    "威廉希尔体育官网是亚洲最大的投注平台，提供真人娱乐、电子游艺和足球投注。欢迎注册亚博体育app，首存即送彩金，线上买球app随时提款。",
    "华体会主页为您带来欧洲杯竞猜和真人荷官百家乐。开云体育手机版下载后登录即可参加，bet365官网全天在线，澳门金沙品质保证。",
)


@dataclass(frozen=True, slots=True)
class HijackedPage:
    """A page as lines, what it was before (the mark `□` where a place stood), and what must not be left of it."""

    kind: Kind
    lines: list[str]
    clean: list[str]
    spam: list[str] = field(default_factory=list)


def keyword_line(chance: random.Random) -> str:
    """A line of keywords of one trade, joined as such lines are."""
    heads, tails = chance.choice(((_ADULT_HEADS, _ADULT_TAILS), (_BET_HEADS, _BET_TAILS)))
    joint = chance.choice(("|", ",", "_", "，", " ", "-"))
    parts = [chance.choice(heads) + chance.choice(tails) for _ in range(chance.randint(2, 6))]
    return joint.join(parts) + chance.choice(("", "", " ?"))


def farm(chance: random.Random) -> list[str]:
    """Names drawn from the whole country with a few site words among them."""
    names = chance.sample(_PLACES, chance.randint(14, 30))
    for word in chance.sample(_SITES, 3):
        names.insert(chance.randint(2, len(names) - 2), word)
    return names


def empty_tags(chance: random.Random) -> str:
    """Tags without text under one random id."""
    name = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=3)) + "".join(chance.choices("0123456789", k=2))
    tags = chance.sample("tr tfoot noscript th code div strike fieldset td ul".split(), 3)
    return chance.choice(("• ", "")) + "".join(f'<{tag} id="{name}"></{tag}>' for tag in tags)


def hijack(title: str, body: Sequence[str], kind: Kind, chance: random.Random) -> HijackedPage:
    """The page hijacked in the manner of `kind`; `body` is clean Simplified paragraphs."""
    page = [title, *body]
    if kind is Kind.KEYWORDS_AT_HEAD:
        line = keyword_line(chance)
        return HijackedPage(kind, [line, *page], page, [line])
    if kind is Kind.KEYWORDS_AT_BOTH_ENDS:
        line = keyword_line(chance)
        return HijackedPage(kind, [line, *page, line], page, [line])
    if kind is Kind.FARM_AT_TAIL:
        line = keyword_line(chance) + " " + "| ".join(farm(chance)) + "| " + "http://444 " * chance.randint(0, 6)
        return HijackedPage(kind, [*page, line.strip()], page, [*_PLACES[:0], line.split("| ")[1]])
    if kind is Kind.FARM_LINE_BY_LINE:
        names = farm(chance)
        return HijackedPage(kind, [*page, *(f"{name}|" for name in names)], page, [f"{names[1]}|"])
    if kind is Kind.KEYWORDS_GLUED_TO_TITLE:
        parts = chance.choice(BRANDS[:2]), chance.choice(_BET_HEADS) + chance.choice(_BET_TAILS)
        glued = chance.choice(
            (f"{'_'.join(parts)}_{title}", f"{title}_{'-'.join(parts)}", f"{title} - {'|'.join(parts)}")
        )
        return HijackedPage(kind, [glued, *body], page, list(parts))
    if kind is Kind.KEYWORDS_GLUED_TO_BODY:
        line = keyword_line(chance)
        return HijackedPage(kind, [*page[:-1], page[-1] + line], page, [line])
    if kind is Kind.FARM_GLUED_TO_BODY:
        names = farm(chance)
        return HijackedPage(kind, [*page[:-1], page[-1] + "| ".join(names)], page, ["| ".join(names[:3])])
    if kind is Kind.EMPTY_TAGS:
        line = empty_tags(chance)
        return HijackedPage(kind, [line, title, line + body[0], *body[1:]], page, ["<", 'id="'])
    if kind is Kind.ADVERTISEMENT:
        line = chance.choice(_ADVERTS)
        place = chance.randint(1, len(page))
        return HijackedPage(kind, [*page[:place], line, *page[place:]], page, [line[:8]])
    if kind is Kind.BRAND_LINES:
        brand = chance.choice(BRANDS)
        return HijackedPage(kind, [brand, *page, brand], page, [brand])
    if kind is Kind.ADDRESS_OVER_PLACE:
        return _over_place(page, chance.choice(ADDRESSES), kind, chance)
    brand = chance.choice(BRANDS)
    if kind is Kind.BRAND_OVER_PLACE:
        return _over_place(page, brand, kind, chance)
    if kind is Kind.BRAND_OVER_DISCLOSURE:
        extra = "依申请公开、主动公开政府信息的目录和政府信息公开指南已经编制。"
        return _over_word([*page, extra], "公开", brand, kind)
    if kind is Kind.BRAND_OVER_ABOUT:
        extra = [
            "市政府办公室转发了《市政府办公室关于做好政府信息公开工作的通知》。",
            "我局印发《市司法局关于进一步加强法律援助工作的意见》，并认真落实。",
            "根据《省人民政府办公厅关于推进基层政务公开标准化的实施意见》要求，编制目录。",
        ]
        return _over_word([*page, *extra], "关于", brand, kind)
    extra = [
        "国网某省电力有限公司城郊供电公司2020年度信息公开年度报告",
        "由市水务集团有限公司负责实施，某某建设股份有限公司承建，共投资320万元。",
        "县城乡供水有限责任公司公布了服务热线。",
    ]
    return _over_word([*page, *extra], "公司", brand, Kind.BRAND_OVER_COMPANY)


def _over_place(page: Sequence[str], brand: str, kind: Kind, chance: random.Random) -> HijackedPage:
    """Lines that name a place, with the brand over it (a blank left behind it or not)."""
    blank = chance.choice(("", " "))
    templates = [
        "{}环境保护局2014年政府信息公开工作年度报告",
        "根据条例要求，{}人民政府办公室编制本报告。",
        "2014年，{}教育局主动公开政府信息86条。",
        "本报告的电子版可在{}人民政府门户网站下载。",
        "联系地址：{}民政局三楼，欢迎来电咨询。",
    ]
    lines = [template.format(brand + blank) for template in templates]
    clean = [template.format("□") for template in templates]
    return HijackedPage(kind, [*lines, *page], [*clean, *page], [brand])


def _over_word(page: Sequence[str], word: str, brand: str, kind: Kind) -> HijackedPage:
    return HijackedPage(kind, [line.replace(word, brand) for line in page], list(page), [brand])
