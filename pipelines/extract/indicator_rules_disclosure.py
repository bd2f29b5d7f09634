"""Rules for what an agency discloses on its own initiative: totals, channels, documents, visits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.extract.indicator_rules import COUNT, ITEMS, PEOPLE, POSTED_ITEMS, VISITS, Rule, rule

# Words that may stand between the verb and 信息 without narrowing the total to a part of it. 涉及 … 等 8 大类 names all
# the classes of the total, so it may stand too.
_KIND_WORDS = r"(?:(?:[本我全][局委办厅院校街镇乡区县市处站州旗]?(?:道)?|街道|乡镇|镇域)(?=各|政|信|[的])|各级各类|各类|各种|各项|各|有关|相关|公文类|本级|本部门|部门|全部|所有|应主动|新|的|了)*+"
_KINDS = rf"{_KIND_WORDS}(?:[^,;。]{{0,40}}?(?:等|共)(?:各|\d{{1,2}}|[一二三四五六七八九十]{{1,2}})?[个大]{{0,2}}(?:类别?|方面|领域|内容)?的?{_KIND_WORDS})?"
_INFORMATION = r"(?:政府|政务|公共|环境|环保|公开|气象|税务|统计|校务|学校|医院|院务|企业|教育)*+信息(?:公开)?(?:内容|事项|目录|条目)?"
_DISCLOSE = (
    r"(?:公开发布|对外公开|对外发布|公布|发布|更新|上传|推送|录入|(?<!依)(?<!申请)(?<!要求)(?<!请求)(?<!不予)(?<!同意)(?<!部分)(?<!予以)"
    r"(?<!信息)(?<!政务)公开|政务公开|公示)"
)
_NOT_THE_TOTAL = r"依申请公开(?:的)?(?:政府)?信息|不予公开|免予公开|栏目|专栏|重点领域|访问|点击|浏览|阅读|其中|培训|应急预警|新闻发布(?!会)|招聘|招标|转载|原创|报送|上报|审核上报|被.{0,8}采用"

# A channel's code, its words, and the literal words of which each phrase of it has one. Where two channels' words meet
# in one phrase (微信公众平台网页), the order is that of preference.
CHANNELS: tuple[tuple[str, str, str], ...] = (
    # 抖音公众号 is none of WeChat's.
    ("proactive_wechat", r"微信(?:公众(?:平台|号|账号))?|(?<!抖音)(?<!快手)(?<!头条)公众号", "微信 公众号"),
    ("proactive_weibo", r"微博", "微博"),
    ("proactive_app", r"客户端|A[Pp][Pp]", "客户端 APP App"),
    ("proactive_new_media", r"新媒体", "新媒体"),
    ("proactive_gazette", r"公报|政报", "公报 政报"),
    (
        "proactive_notice_board",
        r"(?:公开|公示|公告|宣传)栏|(?:揭示|公开|公示|公告|宣传)板|展板|黑板报|(?:电子|显示|触摸)屏|(?:公示|公告)牌|便民窗口",
        "栏 板 屏 公示牌 公告牌 便民窗口",
    ),
    ("proactive_broadcast", r"电视|广播|电台", "电视 广播 电台"),
    ("proactive_newspaper", r"报刊|报纸|日报|晚报|县报|市报", "报刊 报纸 日报 晚报 县报 市报"),
    # 在清江农业网发布: a website by its own name, but for those of the press (人民网, 新浪网).
    (
        "proactive_website",
        r"网站|网页|门户网|政府网|政务网|信息公开网|官网|网上|信息网|公开平台|(?<![内联专域民华浪新狐讯凰])网(?=(?:主动)?(?:公开|发布|更新|上传|公布))",
        "网 公开平台",
    ),
)
_CHANNEL = "|".join(f"(?P<{code}>{words})" for code, words, _ in CHANNELS)
CHANNEL = re.compile(_CHANNEL)
_ANY_CHANNEL = re.sub(r"\?P<\w+>", "?:", _CHANNEL)
_SEVERAL = rf"(?:{_ANY_CHANNEL})[^,;]{{0,8}}?(?:[、和及与]|以及)[^,;]{{0,16}}?(?:{_ANY_CHANNEL}|新闻发布会|渠道|平台|方式)|等(?:多种|各种|各类)?(?:渠道|形式|方式|途径|平台|载体)|各平台"
_POSTED = r"(?:主动)?(?:公开|发布|推送|公布|更新|发文|刊登|刊发|编发|播发|播出|上传|发送|发表|推文|发帖|公示)"
_POSTS = r"(?:图文|文章|推文|消息|稿件|原创|博文|帖子|微博|内容|通知公告)?(?:信息)?"
# Visitors are fewer than visits: 独立用户访问总量.
_VISITORS = r"独立(?:用户|访客|IP)|访客数|UV"
_NOT_A_CHANNEL = r"访问|点击|浏览|阅读|粉丝|关注|留言|来信|咨询|受理|答复|办理|回复|投诉|解读|重点领域|转载|视频|咨询|问卷|依申请|申请|其他(?:渠道|方式)"


def _channel_rules() -> tuple[Rule, ...]:
    """A single channel with its verb: 通过局网站发布信息, 政务微信公开政府信息数, 微信公众号推送, 网站公开的有."""
    rules = [
        rule(
            "postings_with_disclosures",
            "website_postings",
            rf"(?:网站|门户网|政务网|官网)[^,;\d]{{0,10}}?(?:发布|更新|上传)(?:了)?(?:各类)?(?:信息|稿件){COUNT}",
            needs="网",
            followed=r",其中[^。;]{0,40}?(?:主动公开|政府信息|政务信息)",
        )
    ]
    for code, words, needs in CHANNELS:
        phrase = rf"(?:{words})(?:平台|公众号|账号|专栏|栏目|上|中)*[^,;\d]{{0,10}}?{_POSTED}(?:的|了)?{_KINDS}(?:{_INFORMATION}|{_POSTS}){COUNT}"
        rules.append(
            rule(
                f"{code}_with_verb",
                code,
                phrase,
                units=POSTED_ITEMS,
                needs=needs,
                unless=f"{_NOT_A_CHANNEL}|{_SEVERAL}",
            )
        )
    others = rf"其[他它](?:公开)?(?:方式|渠道|途径|形式|媒体|载体)[^,;\d]{{0,4}}?{_POSTED}(?:的|了)?{_KINDS}(?:{_INFORMATION})?{COUNT}"
    rules.append(rule("proactive_other_channels_with_verb", "proactive_other_channels", others, needs="其他 其它"))
    rules.extend(_carried_rules())
    return tuple(rules)


def _carried_rules() -> Iterator[Rule]:
    """The channel in the clause before: 还通过微信公众号, 发布信息 97 条; 在局网站上, 全年公开信息 42 条."""
    posts = rf"(?:公开|发布|推送|更新)(?:了)?(?:{_INFORMATION}|(?:各类|相关|有关|政务)?{_POSTS}){COUNT}"
    for code, words, needs in CHANNELS:
        if code == "proactive_website":
            clause = rf"(?:{words}|网站|网)[上中内]"
        else:
            clause = rf"(?:通过|利用|依托|借助|运用)[^,;:、\d和及与等网]{{0,20}}?(?:{words})[^,;:、\d和及与等网]{{0,6}}"
        yield rule(
            f"{code}_carried",
            code,
            posts,
            units=POSTED_ITEMS,
            needs=needs,
            given=rf"(?<![、和及与]){clause},(?:(?:20\d\d年度?|全年|本年度?|共|累计|共计))*(?:公开|发布|推送|更新)[^,;:]{{0,12}}\Z",
            unless=rf"主动公开|{_NOT_A_CHANNEL}|{_SEVERAL}",
        )


DISCLOSURE: tuple[Rule, ...] = (
    # Visits, readings, followers: never items of information.
    rule("readings", "readings", rf"阅读(?:总)?(?:量|数|次数|人次){COUNT}", units=VISITS, needs="阅读"),
    rule(
        "followers",
        "followers",
        rf"(?:粉丝|关注)(?:数|人数|用户|量|者)*{COUNT}",
        units=PEOPLE | {"个"},
        needs="粉丝 关注",
    ),
    rule(
        "subscribers",
        "followers",
        rf"(?:订阅(?:用户)?(?:数|人数|量|总数)|(?:微信|公众号|服务号|订阅号|微博|客户端|新媒体|账号)(?:的|总|注册|订阅)*用户(?:数|人数|量|总数)?)(?:已)?{COUNT}",
        units=PEOPLE | {"个", "条", "户"},
        needs="订阅 用户",
        unless="独立|访问|活跃",
    ),
    rule(
        "website_visits_of_the_year",
        "website_visits",
        rf"年(?:度)?(?:总)?(?:访问|点击|浏览)(?:总)?(?:量|数|人数|次数|人次){COUNT}",
        units=VISITS,
        needs="访问 点击 浏览",
        unless=_VISITORS,
    ),
    rule(
        "website_visits",
        "website_visits",
        rf"(?:访问|点击|浏览)(?:总)?(?:量|数|人数|次数|人次|率)?{COUNT}",
        units=VISITS,
        needs="访问 点击 浏览",
        unless=_VISITORS,
        rank=1,
    ),
    # Documents, not items.
    rule(
        "normative_documents_valid",
        "normative_documents_valid",
        rf"现行有效(?:的)?(?:行政)?规范性文件(?:共)?{COUNT}",
        needs="规范性文件",
    ),
    rule(
        "normative_documents_valid_tail",
        "normative_documents_valid",
        "现行有效",
        "^(?:行政)?规范性文件",
        needs="规范性文件",
    ),
    rule(
        "normative_documents_repealed",
        "normative_documents_repealed",
        rf"(?:废止|失效|宣布失效|废止和失效)(?:的)?(?:行政)?规范性文件{COUNT}",
        needs="规范性文件",
    ),
    rule(
        "normative_documents_issued",
        "normative_documents_issued",
        rf"(?:制发|制定|出台|印发|新制定|发文|制定发布|新增|制定出台)(?:的|了)?(?:行政)?规范性文件(?:总数|数)?{COUNT}",
        needs="规范性文件",
    ),
    rule(
        "normative_documents_issued_tail",
        "normative_documents_issued",
        "(?:制发|制定|出台|印发|新制定)(?:了)?",
        "^(?:行政)?规范性文件",
        needs="规范性文件",
    ),
    rule(
        "normative_documents_disclosed",
        "normative_documents_disclosed",
        rf"(?:主动)?(?:公开|发布|公布)(?:的|了)?(?:(?:[省市区县州旗镇乡]|自治[区州县旗]|人民)*政府(?:办公[厅室]|办)?|[和与及、]|部门|行政|各类)*+规范性文件(?:信息)?{COUNT}",
        needs="规范性文件",
        unless="不予公开|依申请",
    ),
    # 主动公开规章 13 件, 行政规范性文件 60 件, 其他文件 9 件: documents by kind.
    rule(
        "normative_documents_of_a_list",
        "normative_documents_disclosed",
        rf"(?:\A|[,、;])(?:[省市区县州旗镇乡]?政府)?(?:部门)?(?:行政)?规范性文件{COUNT}",
        units=("件", "个", "份"),
        needs="规范性文件",
        given=r"主动公开[^,;。\d]{0,16}\d{1,5}[件个份](?:\([^()]{0,40}\))?[,、;][^,;。]{0,12}\Z",
        unless="不予公开|依申请|现行|有效|废止",
    ),
    # 依申请公开信息 54 条: a class of documents where the unit is that of documents and nobody received it.
    rule(
        "on_request_documents",
        "on_request_documents",
        rf"(?:依申请公开(?:的)?(?:政府|政务)?信息(?:目录)?|公开依申请信息){COUNT}",
        units=("", "条", "项", "篇", "份"),
        needs="依申请",
        unless="收到|受理|接到|接收|新收|答复|办理|处理",
    ),
    rule(
        "not_disclosed_documents",
        "not_disclosed_documents",
        rf"(?:不予公开|免予公开|不公开)(?:的)?(?:(?:政府|政务)?信息)?{COUNT}",
        units=ITEMS,
        needs="不予公开 免予公开 不公开",
        given=r"(?:制作|制发|产生|形成|获取|生成|其中)[^。]{0,60}主动公开|主动公开[^。]{0,40}依申请公开(?:的)?(?:政府)?信息",
        unless="申请人|答复|决定|作出",
    ),
    rule(
        "electronic",
        "proactive_electronic",
        rf"全文电子化(?:的)?(?:主动公开)?(?:政府)?(?:信息)?{COUNT}",
        needs="全文电子化",
    ),
    rule(
        "service_information",
        "proactive_service_information",
        rf"服务类(?:的)?信息{COUNT}",
        needs="服务类",
        given="提供|公共服务",
    ),
    rule(
        "key_areas",
        "proactive_key_areas",
        rf"重点领域(?:栏目|专栏|政府|政务|的|各类|信息公开|类)*(?:共|累计)?(?:主动)?(?:公开|发布|公布)?(?:了|的)?(?:政府|政务|各类)?信息{COUNT}",
        needs="重点领域",
    ),
    rule(
        "columns",
        "columns_total",
        rf"(?:开设|设立|设置|建立|建有|设有|开辟|开通|新增|共有)(?:了)?[^,;]{{0,16}}?(?:公开|网站|一级|二级|子)?(?:栏目|专栏|专题){COUNT}",
        units=("个", ""),
        needs="栏目 专栏 专题",
    ),
    rule(
        "columns_tail",
        "columns_total",
        r"(?:开设|设立|设置|建立|建有|设有|设|开辟|开通|新增|共有|等)(?:了)?(?:共)?",
        r"^(?:一级|二级|信息公开|公开|子|专)?(?:栏目|专栏)",
        units=("个",),
        needs="栏目 专栏",
    ),
    # 共制作信息 100 条, 其中主动公开 80 条: the first is no number of disclosures.
    rule(
        "produced_and_disclosed",
        "proactive_total",
        rf"(?:制作|产生|编制|制定)(?:和|并|并且|及|、)(?:主动)?(?:公开|发布)(?:了|的)?{_KINDS}{_INFORMATION}{COUNT}",
        needs="制作 产生 编制 制定",
        unless=_NOT_THE_TOTAL,
    ),
    rule(
        "produced_among_the_disclosed",
        "proactive_total",
        rf"(?:产生|制作|形成|生成|制发)(?:了)?{_KINDS}{_INFORMATION}{COUNT}",
        needs="产生 制作 形成 生成 制发",
        given=r"主动公开的(?:政府|政务)?信息(?:中|里|方面)?,",
    ),
    rule(
        "produced",
        "information_produced",
        rf"(?:产生|制作|形成|生成|制发|获取|保存)(?:和|或者?|、|与|并)?(?:产生|制作|形成|生成|制发|获取|保存)?(?:了|的)?{_KINDS}{_INFORMATION}{COUNT}",
        needs="产生 制作 形成 生成 制发 获取",
        unless="视频|图片",
    ),
    rule(
        "disclosed_of_the_produced",
        "proactive_total",
        rf"其中[:,]?[^,;]{{0,14}}?(?:主动公开|属于主动公开)(?:的|了)?(?:{_KINDS}{_INFORMATION})?{COUNT}",
        needs="主动公开",
        given=r"(?:产生|制作|形成|生成|制发|获取|保存|印发|累计|发布(?:各类)?信息)[^。]{0,40}\d",
    ),
    rule(
        "disclosed_this_year_of_all",
        "proactive_total",
        rf"其中[:,]?[^,;]{{0,6}}?(?:本年度?|\d{{4}}年度?|今年|当年|年度)[^,;]{{0,8}}?(?:新增|主动公开|公开|发布)(?:的|了)?(?:主动公开)?(?:{_KINDS}{_INFORMATION})?{COUNT}",
        needs="其中",
        given=r"(?:累计|历年|以来|总计|共)[^。]{0,40}\d",
    ),
    *_channel_rules(),
    rule(
        "channel_carried",
        "proactive_wechat",
        rf"(?:公开|发布|推送)(?:了)?(?:各类)?信息{COUNT}",
        needs="公开 发布 推送",
        given=r"\A(?:\([一二三四五六七八九十]\))?[^,;、和与及]{0,12}(?:微信|公众号)(?:号|公众号|平台)?[^微]{0,40}\Z",
        unless="主动公开|全年|共|网",
    ),
    *(
        rule(
            name,
            "proactive_total",
            rf"{verb}(?:了|的)?{_KINDS}{_INFORMATION}[^,;\d]{{0,2}}?{COUNT}",
            needs="信息",
            unless=_NOT_THE_TOTAL,
            rank=rank,
        )
        for name, verb, rank in (("proactive_total", "主动(?:公开|发布|公布)", 0), ("published", _DISCLOSE, 1))
    ),
    rule(
        "proactive_total_tail",
        "proactive_total",
        rf"(?:主动公开|公开发布|主动发布|发布|公布|更新|公开)(?:了)?{COUNT}",
        rf"^(?:各类|主动公开)?{_INFORMATION}(?:[,;]|\Z)",
        needs="信息",
        unless=_NOT_THE_TOTAL + "|申请",
        rank=1,
    ),
    # 全年信息更新 468 条; 信息公开 30 条 without the year's name is as often a subject of a list.
    rule(
        "disclosed_noun_first",
        "proactive_total",
        rf"(?:全年度?|年度|本年|年内|当年|今年)(?:[全我本][局委办厅镇乡街区县市院校])?(?:共|累计)?(?:政府|政务)?信息(?:更新|发布)(?:量|总量|总数|数)?{COUNT}",
        units=("条", "篇", "条次"),
        needs="信息",
        unless=_NOT_THE_TOTAL + "|申请",
        rank=1,
    ),
    rule(
        "disclosed_bare",
        "proactive_total",
        rf"(?:主动公开|(?:累计|共|共计|总共|全年|合计|年度)(?:对外|向社会)?公开){COUNT}",
        units=("条", "件", "篇", "项", "条次"),
        needs="公开",
        unless=_NOT_THE_TOTAL + "|申请|规范性",
    ),
    rule(
        "documents_disclosed",
        "proactive_total",
        rf"(?:年度|全年|本年|当年)?(?:新增)?(?:的)?主动公开(?:的)?(?:各类)?(?:文件|公文|政务信息公开内容|内容|目录){COUNT}",
        "(?!、)",
        units=("条",),
        needs="主动公开",
        unless=_NOT_THE_TOTAL,
        rank=1,
    ),
)
