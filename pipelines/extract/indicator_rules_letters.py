"""Rules for what people write and ask: mailbox, hotline, consultations, complaints."""

from __future__ import annotations

from pipelines.extract.indicator_rules import CASES, COUNT, VISITS, Rule, rule

_ABOUT_DISCLOSURE = r"(?:(?:对|针对|有关|关于|涉及|因|群众|公众|社会|市民|居民|群体|政府|政务|信息|公开|工作|方面|不服|事项|的|和|、|性)*)"
_NO_CONSULTATION = r"法律|就业|心理|健康|义诊|税收|医疗|招生|贷款|12345|12366|12315"
# Where a consultation came in; 电话、现场咨询 35 人次 counts both, 咨询电话接受咨询 all that came to the desk.
_CONSULTED = (
    ("consultations_visits", "现场|当面|面对面|上门|来访|来人|窗口"),
    ("consultations_phone", "电话|来电"),
    ("consultations_online", "网上|网络|在线|线上|网站|网页|邮件|网民|网友"),
)
_NOT_LISTED = r"(?<!咨询)(?<!(?:电话|来电|现场|当面|来访|上门|窗口|网上|网络|在线|线上|网站|邮件|信函|来信|书面|微信)[、和及与或])"
_ANOTHER_DESK = r"热线|信箱|12345|12315|12369|12388|消费|信访|环保|环境|食品|价格|物业|噪声|职业|网站|案件线索|违法"

LETTERS: tuple[Rule, ...] = (
    # Other desks: the mailbox and the hotline receive letters and calls, never applications.
    rule(
        "mailbox_letters",
        "mailbox_letters",
        rf"(?:(?:局长|县长|市长|区长|镇长|书记|领导|主任|校长|院长|厅长|[厅局委]\([局行馆办处]\)长|公众|网上|政府|监督|公开)+信箱|(?:网[民友]|群众|公众|市民|居民|村民|企业)留言|网络问政|公开邮箱)[^,;\d]{{0,14}}?{COUNT}",
        units=VISITS | CASES,
        needs="信箱 留言 问政 来信 邮箱",
        unless="咨询",
    ),
    rule(
        "hotline_calls",
        "hotline_calls",
        rf"(?:热线|12345)[^,;\d]{{0,16}}?(?:受理|办理|接听|接到|转办|答复|交办|回复|工单)(?:了)?(?:各类|群众|市民|来电|工单|诉求|事项|电话|投诉|咨询|举报|问题|的|、|和|件)*{COUNT}",
        units=VISITS | CASES,
        needs="热线 12345",
    ),
    # 答复局长信箱 12 件、市长热线 30 件: the verb stands before the list.
    rule(
        "hotline_calls_of_a_list",
        "hotline_calls",
        rf"(?:(?:[省市区县]长|政务服务|政府|便民|公开)热线|12345(?:热线)?)(?:电话|平台|工单|来电|诉求)?{COUNT}",
        units=("件", "件次", "次", "人次", "条", "起", "个", ""),
        needs="热线 12345",
        given=r"(?:受理|办理|办结|接听|接到|转办|答复|回复|处理|处置)[^。;]{0,60}(?:热线|12345)[^,;]{0,12}\Z",
        unless="开通|设立|设置|公布|开设|建立",
    ),
    # Consultations.
    *(
        rule(
            f"{code}_asked",
            code,
            rf"{_NOT_LISTED}(?:{words})(?:(?:的|方式|接待|接受|受理|接听|答复|回复|解答|处理|群众|市民|公众|政策){{0,3}}咨询(?:服务|事项|总数|人数|人次|数)?)(?:的)?{COUNT}",
            units=VISITS,
            needs="咨询",
            unless=rf"{_NO_CONSULTATION}|热线|举办|开展|组织",
        )
        for code, words in _CONSULTED
    ),
    rule(
        "consultations_phone_line",
        "consultations_phone",
        rf"(?:接听|接到|受理|答复|解答)[^,;\d]{{0,8}}?咨询电话{COUNT}",
        units=VISITS,
        needs="咨询电话",
        unless=rf"{_NO_CONSULTATION}|热线",
    ),
    # 公民、法人及其他组织政府信息公开方面、办事事项方面的咨询: whoever asked and what about, 31 characters.
    rule(
        "consultations",
        "consultations_total",
        rf"(?:接受|受理|接待|处理|回复|答复|解答|接听|收到|接到|提供|办理)[^,;\d]{{0,40}}?咨询(?:服务|事项|电话|信息|情况|数|人数|总)*{COUNT}",
        units=VISITS,
        needs="咨询",
        unless=_NO_CONSULTATION,
    ),
    rule(
        "consultations_noun",
        "consultations_total",
        rf"咨询(?:总数|数|人数|人次){COUNT}",
        units=VISITS,
        needs="咨询",
        unless="法律|就业|心理|健康",
    ),
    rule(
        "consultations_visits",
        "consultations_total",
        rf"(?:答复|接待|受理|解答|接听)[^,;\d]{{0,8}}?(?:来电来访|来访来电|来电、来访|来访、来电){COUNT}",
        units=VISITS,
        needs="来电",
    ),
    rule(
        "consultations_answered",
        "consultations_total",
        rf"(?:接听|接待|答复|解答|受理){COUNT}",
        units=("次", "人次", "个", "件", "人"),
        needs="咨询",
        given="(?:公开|电话|网上|群众|政策)咨询",
        subject="consultations",
    ),
    rule(
        "complaints",
        "complaints_total",
        rf"(?:收到|受理|接到|发生|有|\A|[,;:]){_ABOUT_DISCLOSURE}(?:举报|投诉)(?:[、和及]?(?:举报|投诉))?(?:案件|件|事项|信|数|数量)?{COUNT}",
        units=CASES,
        needs="举报 投诉",
        unless=_ANOTHER_DESK,
    ),
    rule(
        "complaints_tail",
        "complaints_total",
        rf"(?:收到|受理|接到|发生){_ABOUT_DISCLOSURE}",
        rf"^{_ABOUT_DISCLOSURE}(?:举报|投诉)",
        units=CASES,
        needs="举报 投诉",
        unless=_ANOTHER_DESK,
    ),
)
