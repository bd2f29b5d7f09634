"""Rules for applications: received, carried over, completed; how they were answered stands in `indicator_rules_answers`."""

from __future__ import annotations

from pipelines.extract.indicator_rules import CASES, COUNT, Rule, rule
from pipelines.extract.indicator_rules_answers import ANSWERED

# 受到 is a slip for 收到 often met.
_RECEIVE = r"(?:[收受]到|受理|接到|接收到?|接受|收受|新收|共收|收)(?:了|过)?"
# Who applies and how: words that leave an application for information what it is.
_WHO_WORDS = (
    r"(?:公民|法人|其[他它]组织|群众|公众|市民|居民|村民|社会|企业|个人|自然人|单位|用户|学生|教职工|申请人|书面|当面|口头|网络|网上|在线|各类|有关|相关"
    r"|政府|政务|信息|公开|主动|其[他它](?!组织)|本人|本机关|我[局镇乡县市区]|的|和|与|或者?|、|以?及|对|向|关于|要求|提[交出起]|新|共|年度|全年){0,12}"
)
_WHO = rf"{_WHO_WORDS}(?:(?:通过|采取|采用|以|用)[^,;]{{0,16}}?{_WHO_WORDS})?"
_APPLICATION = (
    r"(?:(?:政府|政务|校务|环境|环保)?信息(?:依申请)?公开(?:的)?(?:申请|受理件|办理事项)|(?:政府|政务)?信息依申请公开(?:的)?(?:办理)?(?:事项|申请|信息|件)?"
    r"|依申请(?:政府|政务)?信息公开(?:的)?(?:申请|事项|件)?|依申请公开(?:的)?(?:政府|政务)?(?:信息)?(?:公开)?(?:的)?(?:办理)?(?:申请|事项|来信|件|信件|受理件)?"
    r"|申请(?:政府|政务|环境)?(?:信息)?公开(?:的)?(?:政府|政务)?(?:信息)?(?:事项|的)?|公开(?:政府|政务)?信息(?:的)?申请|公开(?:的)?申请|要求公开(?:其[他它])?(?:政府)?信息(?:的)?申请)"
)
_NO_APPLICATION = r"咨询|信访|投诉|举报|复议|诉讼|提案|建议|许可|审批|低保|补贴|救助|登记|热线|信箱|栏目|平台系统|结转|办结|延期|审核|留言|工单|证书"
_IN_TIME = r"(?:按[时期规]|依法|依规|如期|及时|在[^,;]{1,12}?内)"
_HANDLE = r"(?:办理|处理|办复|受理并办理)(?:了)?"

APPLICATIONS: tuple[Rule, ...] = (
    # Carried over: first, for the same clause often names the year's applications too.
    rule(
        "carried_in",
        "applications_carried_in",
        rf"(?:上[一]?年度?|去年|\d{{4}}年度?|往年)(?:度)?(?:结转|转入|遗留)(?:的|至本年|来的|本年|办理)*[^,;\d]{{0,16}}?{COUNT}",
        units=CASES,
        needs="结转 转入 遗留",
        unless="结转下|转入下|下[一]?年|转入\\d|结转至|结转到",
    ),
    rule(
        "carried_in_bare",
        "applications_carried_in",
        r"(?:加上|连同|含|包括)[^,;]{0,10}?(?:结转|转入)(?:的)?",
        units=CASES,
        needs="结转 转入",
    ),
    rule(
        "carried_out",
        "applications_carried_out",
        rf"(?:结转|转入|转至|转到|转)(?:至|到|入)?(?:下[一]?年度?|次年|\d{{4}}年|明年)?(?:度)?[^,;\d]{{0,14}}?{COUNT}",
        units=CASES,
        needs="结转 转入 转至 转下 转到",
        given="下[一]?年|次年|结转[至到]|转[至到入]\\d|明年|20\\d\\d年(?:继续)?(?:办理|答复)",
        unless="上[一]?年",
    ),
    rule(
        "carried_out_put_off",
        "applications_carried_out",
        rf"(?:顺延|延续)(?:至|到)(?:下[一]?年度?|次年|明年|\d{{4}}年)(?:继续)?(?:办理|答复)?(?:的)?(?:申请)?{COUNT}",
        units=("件", "宗", "起"),
        needs="顺延 延续",
        subject="applications",
    ),
    rule(
        "carried_out_tail",
        "applications_carried_out",
        "",
        r"^[^,;]{0,24}?(?:结转|转入|转至|转到|转|顺延|延续)(?:至|到)?(?:下[一]?年|次年|明年|\d{4}年|下[一]?年度)",
        units=("件", "宗", "起"),
        needs="结转 转入 转至 转到 转下 顺延 延续",
        subject="applications proactive",
    ),
    rule(
        "carried_out_left",
        "applications_carried_out",
        "(?:余下|剩余|其余|另有)",
        r"^(?:结转|待办|转下年)",
        units=("件", "宗"),
        needs="结转 待办",
    ),
    # What was to be handled is what was received and what was carried in.
    rule(
        "handled_total",
        "applications_handled",
        rf"(?:应办(?:理)?|共应办理|应办理)(?:政府信息公开)?(?:申请)?{COUNT}",
        units=CASES,
        needs="应办",
        subject="applications proactive",
    ),
    # How they came; under a total of applications.
    *(
        rule(
            code,
            code,
            rf"(?:{words})(?:方式|形式|途径|渠道|提交|提出|受理|申请表|申请|的|、|类|答复信息公开)*(?:公开)?(?:申请)?{COUNT}",
            units=CASES,
            needs=needs,
            subject="applications",
            unless=r"(?:收到|受理|接到|新收)[^,;、和]{0,12}\Z|答复\Z|解答|建议|投诉|咨询|复议|诉讼|平台建设",
        )
        for code, words, needs in (
            ("applications_email", "电子邮件|电子邮箱|邮件方式", "邮件 邮箱"),
            ("applications_online", "网络(?:平台|系统)?|网上|网站|在线|互联网|线上", "网 在线 线上"),
            ("applications_letter", "信函|信件|邮寄|邮政|来信", "信 邮"),
            ("applications_fax", "传真", "传真"),
            ("applications_in_person", "当面|现场|窗口|上门|当场提交", "当面 现场 窗口 上门 当场"),
            ("applications_natural_persons", "自然人|个人|公民(?=提|\\(|\\Z|申请(?!公开|要求))", "自然人 个人 公民"),
            (
                "applications_organisations",
                "(?<!商业)企业|单位|法人(?:或|和|及|、)?(?:者)?(?:其他)?(?:组织)?",
                "企业 单位 法人",
            ),
        )
    ),
    *(
        rule(
            f"{code}_tail",
            code,
            r"(?:[收受]到|受理|接到|答复|办理|其中|有|\A|[,;:、和及与])(?:了)?",
            rf"^(?:{words})(?:方式|形式|途径)?(?:提[交出])?(?:的)?(?:(?:政府|政务)?信息公开|公开)?申请(?!公开|人)",
            units=CASES,
            needs=needs,
            subject="applications",
        )
        for code, words, needs in (
            ("applications_email", "电子邮件", "邮件"),
            ("applications_online", "网络|网上|在线", "网 在线"),
            ("applications_letter", "信函|信件", "信"),
            ("applications_fax", "传真", "传真"),
            ("applications_in_person", "当面|现场", "当面 现场"),
        )
    ),
    # Received.
    rule(
        "received_with_carried_in",
        "applications_handled",
        rf"{_RECEIVE}{_WHO}(?:{_APPLICATION}|申请)(?:(?:办理)?事项|信息|公开|件|申请|总){{0,3}}{COUNT}",
        units=CASES,
        needs="结转 转入 遗留",
        followed=r"[(,]{0,2}(?:其中|含|包括|包含)[^;,]{0,10}?(?:结转|转入|遗留)",
        unless=_NO_APPLICATION,
    ),
    rule(
        "received_by_verb",
        "applications_received",
        rf"{_RECEIVE}{_WHO}{_APPLICATION}(?:(?:办理)?事项|信息|公开|件|申请|总|收件|受理){{0,3}}(?:的)?{COUNT}",
        units=CASES,
        needs="公开",
        unless=_NO_APPLICATION,
    ),
    rule(
        "received_plain",
        "applications_received",
        rf"{_RECEIVE}{_WHO}申请(?:表|书|量|件|事项)?{COUNT}",
        units=CASES,
        needs="申请",
        unless=_NO_APPLICATION + r"|许可|项目|资金|贷款|入[学党职会]|仲裁",
    ),
    rule(
        "received_by_applicants",
        "applications_received",
        rf"(?:公民|群众|市民|居民|村民|企业|公众|申请人|社会)[^,;\d]{{0,8}}?(?:申请|要求)公开(?:政府|有关|相关)*(?:信息)?(?:事项)?{COUNT}",
        units=frozenset(CASES) - {"条", "人"},
        needs="公开",
        unless=_NO_APPLICATION + "|其中",
    ),
    rule(
        "received_in_the_section",
        "applications_received",
        rf"(?:新收|共收到?|收到|受理|新收到|本年收到){COUNT}",
        units=("件", "宗", "起", "件次"),
        needs="收 受理",
        subject="applications",
        unless=_NO_APPLICATION,
        rank=1,
    ),
    rule(
        "received_tail",
        "applications_received",
        rf"(?:{_RECEIVE}){COUNT}",
        rf"^{_WHO}(?:{_APPLICATION}|申请)(?!行政复议|复议|表彰)",
        units=CASES,
        needs="申请",
        unless=_NO_APPLICATION,
    ),
    rule(
        "received_by_the_system",
        "applications_received",
        rf"依申请(?:公开)?(?:受理)?(?:系统|平台|栏目|信箱|邮箱)[^,;]{{0,6}}?{_RECEIVE}{COUNT}",
        units=CASES,
        needs="依申请",
    ),
    rule(
        "received_noun",
        "applications_received",
        rf"(?:(?:政府|政务)?信息公开申请|依申请公开(?:的)?(?:申请|事项)?|公开申请|向(?:我|本)[局镇乡县市区委办处厅院校街道机关单位]{{1,4}}(?:提出|提交)(?:的)?(?:信息公开|公开)?申请)"
        rf"(?:收件|受理|接收|登记|总){{0,2}}{COUNT}",
        units=frozenset(CASES) - {"条"},
        needs="申请",
        unless=_NO_APPLICATION + "|其中|办理|答复|回复|不予|同意|处理|撤销|撤回|收费|减免",
    ),
    rule(
        "handled_of_both",
        "applications_handled",
        rf"{_HANDLE}{_WHO}(?:{_APPLICATION}|申请){COUNT}",
        units=CASES,
        needs="申请",
        followed=r"[(,]{0,2}(?:其中|含|包括|包含)[^;]{0,24}?(?:新收|结转)",
        unless=_NO_APPLICATION,
    ),
    rule(
        "handled_as_received",
        "applications_received",
        rf"{_HANDLE}{_WHO}(?:{_APPLICATION}|申请){COUNT}",
        units=CASES,
        needs="申请",
        unless=_NO_APPLICATION + "|其中|类",
        rank=2,
    ),
    rule(
        "handled_as_received_tail",
        "applications_received",
        rf"{_HANDLE}{COUNT}",
        rf"^{_WHO}(?:{_APPLICATION}|申请)",
        units=CASES,
        needs="申请",
        unless=_NO_APPLICATION,
        rank=2,
    ),
    # How they were completed.
    rule(
        "extended",
        "applications_extended",
        rf"(?:延期|延长)(?:办结|答复|办理|期限|答复期限|办理期限)?(?:的)?{COUNT}",
        units=CASES,
        needs="延期 延长",
        subject="applications",
    ),
    rule(
        "extended_tail",
        "applications_extended",
        "",
        "^(?:依法)?(?:延期|延长)(?!至|到)",
        units=("件",),
        needs="延期 延长",
        subject="applications",
    ),
    rule(
        "on_time",
        "applications_on_time",
        rf"(?:按时|按期|如期)办结(?:数)?(?:的)?(?:政府信息公开)?(?:申请)?{COUNT}",
        units=CASES,
        needs="按时 按期 如期",
        subject="applications",
    ),
    rule(
        "answers_total",
        "answers_total",
        rf"(?:申请)?答复(?:申请)?(?:总)?数(?:量)?{COUNT}",
        units=CASES,
        needs="答复",
        subject="applications",
    ),
    rule(
        "completed",
        "applications_completed",
        rf"(?:办结|办理完毕|办理完成|办复|答复|回复|办完)(?:了|的)?(?:政府信息公开|依申请公开|信息公开)?(?:的)?(?:申请)?(?:事项)?{COUNT}",
        units=CASES,
        needs="办结 办理完毕 办理完成 办复 答复 回复 办完",
        subject="applications",
        unless=r"(?:同意|不予|不同意|部分|公开|当场|书面|口头|电话|网上|延期|按期未|未|不|无法提供|其他)[^,;]{0,2}(?:答复|回复)|建议|提案|答复(?:类型|方式)",
    ),
    rule(
        "completed_tail",
        "applications_completed",
        r"(?:后|,|\A|均|已|其中|中)",
        rf"^(?:已)?(?:全部已?|均已?|已经?)(?:{_IN_TIME}、?){{0,3}}(?:办结|办理完毕|答复完毕|完成(?:了)?(?:答复|办理)|答复)(?!.{{0,3}}(?:同意|予以?|部分|公开))",
        units=("件", "宗", "起"),
        needs="办结 办理完毕 答复 完成",
        subject="applications",
    ),
    *ANSWERED,
)
