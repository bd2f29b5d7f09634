"""Rules for reconsiderations and lawsuits, proposals, interpretation, staff and money."""

from __future__ import annotations

from pipelines.extract.indicator_rules import CASES, COUNT, ITEMS, PEOPLE, TIMES, YUAN, Rule, rule

_CASE = r"(?:案件|案|申请|事件|事项|情况|被告案件|应诉)?(?:的)?"
_PART = r"其[中余]|另[有外]?|维持|撤回|终止|纠正|撤销|驳回|胜诉|败诉"
_OTHER_LAW = r"行政处罚|民事|刑事|土地纠纷|劳动|执行案"
_ENTRUSTED = r"(?:由|安排|确定|明确|落实|指定|配备)(?:了)?"
_IN_CHARGE = r"(?:工作人员|人员|同志|干部)?(?:专门|具体)?负责"
# What may stand before the number of proposals: what was done with them, or the mark of a list.
_TAKEN_UP = r"(?:(?:收到|办理|承办|答复|公开|办复|主办|协办|会办|交办|办结|有|共|其中)(?:了|的)?|\A|[,;:、和及与])"
_OF_LEVEL = r"(?:全国|自治区|本级|各级|[省市县区州盟旗镇乡]级?|[省市县区州]、[市县区镇]){0,2}"

REVIEWS: tuple[Rule, ...] = (
    # 行政复议和行政诉讼 3 件: more than none cannot be shared out; the reader says so.
    rule(
        "reviews_each",
        "reviews_each",
        rf"复议{_CASE}(?:[、和及与]|以及)(?:提起|被提起)?(?:行政)?诉讼{_CASE}(?:、?(?:行政)?申诉{_CASE})?(?:的)?(?:数量?|案件)?(?:均|各|都|分别)(?:为|有|是)?",
        units=CASES,
        needs="复议",
    ),
    rule(
        "reviews_together",
        "reviews_together",
        rf"复议{_CASE}(?:[、和及与或]|以及)(?:提起|被提起)?(?:行政)?诉讼{_CASE}(?:(?:[、和及与]|以及)(?:行政)?申诉{_CASE})?{COUNT}",
        units=CASES,
        needs="复议",
    ),
    *(
        rule(code, code, before, after, units=CASES, needs=needs, subject=subject, unless=unless)
        for kind in ("reconsiderations", "lawsuits")
        for subject in ("reviews" if kind == "reconsiderations" else "lawsuits",)
        for code, before, after, needs, unless in (
            (
                f"{kind}_upheld",
                rf"(?:(?:结果)?维持|驳回)(?:具体行政行为|原告|诉讼请求|或者|或|或者驳回|驳回|原答复|的|、)*{COUNT}",
                "",
                "维持 驳回",
                "",
            ),
            (f"{kind}_upheld", r"(?:\A|[,:、;]|其中|有)", "^(?:被|获|均|结果)?(?:维持|驳回)", "维持 驳回", ""),
            (
                f"{kind}_corrected",
                rf"(?:(?:被)?(?:依法)?纠[错正]|结果纠正|撤销)(?:的|具体行政行为)*{COUNT}",
                "",
                "纠错 纠正 撤销",
                "未",
            ),
            (
                f"{kind}_corrected",
                r"(?:\A|[,:、;]|其中|有)",
                "^(?:复议)?(?:被|已)?(?:依法)?(?:纠正|纠错|撤销)",
                "纠错 纠正 撤销",
                "",
            ),
            (f"{kind}_other", rf"其他(?:情形|结果)(?:的)?{COUNT}", "", "其他", ""),
            (f"{kind}_pending", rf"(?:尚未审结|尚在审理|正在审理|未审结|审理中)(?:的)?{COUNT}", "", "审结 审理", ""),
            (
                f"{kind}_pending",
                r"(?:\A|[,:、;]|其中|有)",
                "^(?:尚未审结|尚在审理|正在审理|未审结|仍在审理)",
                "审结 审理",
                "",
            ),
        )
    ),
    rule(
        "reconsiderations",
        "reconsiderations_total",
        rf"复议{_CASE}(?:数|总数)?{COUNT}",
        units=CASES,
        needs="复议",
        unless=rf"{_PART}|{_OTHER_LAW}|未经复议|经复议",
    ),
    rule(
        "reconsiderations_tail",
        "reconsiderations_total",
        r"(?:发生|收到|产生|引发|涉及|受理|有|出现|被提起|\A|[,;:年])",
        rf"^(?![^,;\d]{{0,20}}?(?:{_OTHER_LAW}))[^,;\d]{{0,20}}?(?:行政)?复议(?!决定|机关)",
        units=CASES,
        needs="复议",
        unless=rf"{_PART}|{_OTHER_LAW}",
    ),
    rule(
        "lawsuits",
        "lawsuits_total",
        rf"(?:诉讼|应诉){_CASE}(?:数|总数)?{COUNT}",
        units=CASES,
        needs="诉讼 应诉",
        unless=rf"{_PART}|{_OTHER_LAW}",
    ),
    rule(
        "lawsuits_tail",
        "lawsuits_total",
        r"(?:发生|收到|产生|引发|涉及|受理|有|出现|被提起|提起|\A|[,;:年])",
        rf"^(?![^,;\d]{{0,20}}?(?:{_OTHER_LAW}))[^,;\d]{{0,20}}?(?:行政)?诉讼(?!请求|费)",
        units=CASES,
        needs="诉讼",
        unless=rf"{_PART}|{_OTHER_LAW}",
    ),
    rule("appeals", "appeals_total", rf"(?:行政)?申诉{_CASE}{COUNT}", units=CASES, needs="申诉", unless=_PART),
)

WORK: tuple[Rule, ...] = (
    # Deputies and members.
    rule(
        "proposals_together",
        "proposals_total",
        rf"(?:(?:代表建议|人大建议|建议|议案)(?:意见|、批评和意见)?(?:[、和及与]|以及){_OF_LEVEL}(?:政协)?(?:委员)?提案|提案(?:[、和及与]|以及){_OF_LEVEL}人大(?:代表)?(?:建议|议案)(?:意见)?){COUNT}",
        needs="提案",
    ),
    rule(
        "proposals_together_tail",
        "proposals_total",
        _TAKEN_UP,
        rf"^{_OF_LEVEL}(?:人大[^,;\d]{{0,8}}?(?:建议|议案|[、和及与])[^,;\d]{{0,8}}?政协[^,;\d]{{0,8}}?提案|政协[^,;\d]{{0,8}}?(?:提案|[、和及与])[^,;\d]{{0,8}}?人大[^,;\d]{{0,6}}?(?:建议|议案))",
        needs="提案",
    ),
    rule(
        "npc_proposals",
        "npc_proposals",
        rf"(?:人大(?:代表)?|代表)[^,;\d、]{{0,8}}?(?:建议|议案)(?:、批评和意见|意见)?[^,;\d、和及与]{{0,6}}?{COUNT}",
        needs="建议 议案",
    ),
    rule(
        "npc_proposals_tail",
        "npc_proposals",
        _TAKEN_UP,
        rf"^{_OF_LEVEL}人大[^,;、和及与]{{0,6}}(?:建议|议案)",
        needs="建议 议案",
    ),
    rule(
        "cppcc_proposals",
        "cppcc_proposals",
        rf"(?:政协(?:委员)?|委员)[^,;\d、]{{0,8}}?提案[^,;\d、和及与]{{0,6}}?{COUNT}",
        needs="提案",
    ),
    rule(
        "cppcc_proposals_tail",
        "cppcc_proposals",
        _TAKEN_UP,
        rf"^{_OF_LEVEL}政协[^,;、和及与]{{0,6}}提案",
        needs="提案",
    ),
    # Interpretation and response.
    rule(
        "press_conferences_chief",
        "press_conferences_chief",
        rf"主要(?:负责)?(?:同志|领导|负责人)[^,;\d]{{0,4}}新闻发布会{COUNT}",
        units=TIMES,
        needs="新闻发布会",
    ),
    rule(
        "press_conferences",
        "press_conferences",
        rf"新闻(?:(?:发布|通气)会|发布活动)(?:总次数|次数)?{COUNT}",
        units=TIMES,
        needs="新闻",
    ),
    rule(
        "press_conferences_tail",
        "press_conferences",
        r"(?:召开|举办|举行|组织|参加)(?:了)?(?:或举办)?",
        r"^[^,;]{0,8}?新闻(?:(?:发布|通气)会|发布活动)",
        units=TIMES,
        needs="新闻",
    ),
    rule(
        "online_interviews_chief",
        "online_interviews_chief",
        rf"主要(?:负责)?(?:同志|领导|负责人)[^,;\d]{{0,10}}在线访谈{COUNT}",
        units=TIMES,
        needs="访谈",
    ),
    rule(
        "online_interviews",
        "online_interviews",
        rf"(?:在线|网上|网络)访谈(?:活动)?(?:次数)?{COUNT}",
        units=TIMES,
        needs="访谈",
    ),
    rule(
        "online_interviews_tail",
        "online_interviews",
        r"(?:开展|举办|组织|参加|举行)(?:了)?",
        r"^(?:政府网站)?(?:在线|网上)访谈",
        units=TIMES,
        needs="访谈",
    ),
    rule(
        "interpretations",
        "interpretations",
        rf"解读(?:类)?(?:稿件|材料|文章|文件|稿|产品|作品)?(?:的)?(?:发布)?(?:数|数量)?{COUNT}",
        units=ITEMS - {"次"},
        needs="解读",
        unless="被解读|率|专家解读|图表|图解|视频|其中",
    ),
    rule(
        "interpretations_tail",
        "interpretations",
        r"(?:发布|公开|制作|编发|撰写)(?:了)?",
        r"^(?:政策)?解读(?:稿|材料|文章|信息|产品)?",
        needs="解读",
    ),
    rule(
        "wechat_weibo_responses",
        "wechat_weibo_responses",
        rf"(?:微博、?微信|微信、?微博|两微)[^,;\d]{{0,4}}回应(?:事件|热点)?{COUNT}",
        units=TIMES,
        needs="回应",
    ),
    rule("other_responses", "other_responses", rf"其他方式回应(?:事件)?(?:数)?{COUNT}", units=TIMES, needs="回应"),
    rule(
        "responses",
        "responses",
        rf"回应(?:公众|社会|群众)?(?:关注|关切|关心)?(?:的)?(?:热点|重大舆情|舆情|问题|事件|关切|信息|或|和|、|热点问题|或重大舆情)*(?:数|次数)?{COUNT}",
        units=TIMES | ITEMS,
        needs="回应",
    ),
    # Organisation and staff.
    rule("disclosure_bodies", "disclosure_bodies", rf"专门(?:工作)?机构{COUNT}", units=("个", ""), needs="机构"),
    rule(
        "reading_points",
        "reading_points",
        rf"查阅(?:点|场所|中心|室|窗口){COUNT}",
        units=("个", "处", ""),
        needs="查阅",
    ),
    rule(
        "reading_points_tail",
        "reading_points",
        r"(?:设立|设置|建立|建成|设有|开设|建有|设|开辟|开放|配备|布设)(?:了|有)?",
        r"^[^,;]{0,10}?查阅(?:点|场所|中心|室)",
        units=("个", "处"),
        needs="查阅",
    ),
    rule(
        "staff_full_time",
        "staff_full_time",
        rf"(?:专职|全职)(?:工作)?(?:人员)?(?:数)?{COUNT}",
        units=PEOPLE,
        needs="专职 全职",
        unless="网格|消防|教师",
    ),
    rule(
        "staff_full_time_tail",
        "staff_full_time",
        "",
        r"^(?:专职|全职)(?:工作)?人员",
        units=("名", "个", "位"),
        needs="专职 全职",
    ),
    rule(
        "staff_part_time",
        "staff_part_time",
        rf"兼职(?:工作)?(?:人员)?(?:数)?{COUNT}",
        units=PEOPLE,
        needs="兼职",
        unless="教师|网格",
    ),
    rule("staff_part_time_tail", "staff_part_time", "", r"^兼职(?:工作)?人员", units=("名", "个", "位"), needs="兼职"),
    rule(
        "staff_total",
        "staff_total",
        rf"(?:从事|负责)(?:政府|政务)?信息公开(?:工作)?(?:的)?(?:工作)?人员(?:数|共|总数)?{COUNT}",
        units=PEOPLE,
        needs="人员",
    ),
    # 人员配备 3 人, 其中专职 1 人: the parts say that these are the staff for disclosure.
    rule(
        "staff_total_of_parts",
        "staff_total",
        rf"(?:人员配[置备]|(?:配[置备]|落实|确定|安排)(?:了)?(?:工作)?人员){COUNT}",
        units=PEOPLE - {""},
        needs="人员",
        followed=r"[^。;]{0,24}?(?:专职|兼职|全职)",
    ),
    rule(
        "staff_total_in_charge",
        "staff_total",
        rf"{_ENTRUSTED}",
        rf"^{_IN_CHARGE}(?:(?:日常)?的)?(?:政府|政务)?信息公开(?:日常)?工作(?=[,;、]|\Z)",
        units=PEOPLE - {""},
        needs="负责",
    ),
    rule(
        "staff_total_in_charge_of_this",
        "staff_total",
        rf"{_ENTRUSTED}",
        rf"^{_IN_CHARGE}(?:[此该本这]项(?:日常)?工作)?(?=[,;、]|\Z)",
        units=PEOPLE - {""},
        needs="负责",
        given=r"(?:政府|政务)信息公开工作[^;、和及与]{0,12}\Z",
    ),
    rule(
        "meetings",
        "meetings",
        rf"(?:召开|组织召开)(?:了)?[^,;\d]{{0,10}}?(?:信息公开|政务公开|公开工作)[^,;\d]{{0,10}}?会议?{COUNT}",
        units=TIMES,
        needs="会",
        unless="新闻发布会|听证会",
    ),
    rule(
        "meetings_tail",
        "meetings",
        r"(?:召开|组织召开)(?:了)?",
        r"^[^,;\d]{0,10}?(?:信息公开|政务公开)[^,;\d]{0,10}?会(?:议)?(?:\Z|[,;])",
        units=TIMES,
        needs="会",
        unless="新闻发布会",
    ),
    rule(
        "trainings",
        "trainings",
        rf"(?:举办|组织|开展|参加|进行|召开)?(?:了)?[^,;\d]{{0,10}}?(?:信息公开|政务公开|公开工作|公开|业务|信息员|条例)[^,;\d]{{0,8}}?培训(?:班|会|活动)?(?:数|次数)?{COUNT}",
        units=TIMES,
        needs="培训",
        unless="技术|农|就业|安全|技能|创业|岗前|教师|法官|职业|执法",
    ),
    rule(
        "trainees",
        "trainees",
        rf"(?:参训|受训|培训|接受培训|参加培训)(?:人员|干部|人数|工作人员|信息员|的)*(?:达|数)?{COUNT}",
        units=PEOPLE,
        needs="训",
        given="公开[^。]{0,40}(?:培训|参训)|业务(?:轮训|培训)|信息员",
        unless="技术|农|就业|安全|技能|创业",
    ),
    rule(
        "trainings_attended",
        "trainings",
        rf"参加(?:了)?(?:[省市区县州旗镇]|上级|[^,;\d]{{0,10}}?(?:政府|政府办|办公[厅室]|公开办|信息办))+(?:组织|举办|召开)的(?:业务|相关|有关|专题|集中)?培训(?:班|会)?{COUNT}",
        units=TIMES,
        needs="培训",
    ),
    # 参加…组织的培训 2 次, 我局 3 人参加.
    rule(
        "trainees_attending",
        "trainees",
        r"(?:[,;、]|\A)(?:我[局委办厅院校街镇乡区县市处站]|本[局委办厅院校街镇乡处站]|共有?|累计)?",
        r"^(?:参加|参训|受训)(?:了)?(?:培训|学习)?(?=[,;]|\Z)",
        units=PEOPLE,
        needs="参加 参训 受训",
        given=r"(?:公开|政府|业务|上级)(?:(?!安全|消防|技|农|就业|创业|党)[^。;]){0,24}培训(?:班|会|活动)?[\d一二三四五六七八九十两]{1,3}[次期场][^\d;]{0,6}\Z",
        unless="技术|农|就业|安全|技能|创业",
    ),
    # Money.
    rule(
        "processing_fee",
        "processing_fee_yuan",
        rf"(?:信息处理费(?:用)?|信息公开(?:工作)?(?:收取)?(?:的)?费用?|收取(?:的)?(?:相关|有关)?费用|依申请公开[^,;\d]{{0,8}}?(?:费用?|收费)|收费(?:总)?金额)[^,;\d]{{0,8}}?{COUNT}",
        units=YUAN,
        needs="费",
        unless="退还|减免",
    ),
    # 依申请提供政府信息共收取检索、复印、邮递等成本费用共计 0 元: the fees of the years before 2019.
    rule(
        "processing_fee_costs",
        "processing_fee_yuan",
        rf"(?:检索|复印|复制|邮寄|邮递|邮政)[^,;\d]{{0,12}}?费用?[^,;\d]{{0,6}}?{COUNT}",
        units=YUAN,
        needs="检索 复印 复制 邮寄 邮递 邮政",
        unless="退还|减免|减收|免收",
    ),
    rule(
        "processing_fee_sum",
        "processing_fee_yuan",
        rf"金额{COUNT}",
        units=YUAN,
        needs="金额",
        given="信息处理费",
        subject="fees",
    ),
    rule(
        "budget",
        "budget_yuan",
        rf"(?:(?:政府)?信息公开|政务公开|公开|专项|年度|安排|落实|投入|列支|拨付|核拨|保障)(?:工作|专项|年度|的|了)*经费(?:预算|共|约|投入|支出|总额|合计|为)*{COUNT}",
        units=YUAN,
        needs="经费",
        unless="三公|办案|科研|教育经费|培训经费|水利|建设经费|扶贫",
    ),
    rule(
        "budget_tail",
        "budget_yuan",
        r"(?:安排|投入|落实|列支|拨付|拨出|划拨)(?:了)?",
        r"^(?:用于|作为)?[^,;]{0,4}(?:信息公开|政务公开)[^,;]{0,6}经费",
        units=YUAN,
        needs="经费",
    ),
    rule(
        "fee_waivers",
        "fee_waivers",
        rf"减免(?:费用|收费)?(?:的)?(?:申请)?{COUNT}",
        units=CASES,
        needs="减免",
        subject="fees applications",
    ),
)
