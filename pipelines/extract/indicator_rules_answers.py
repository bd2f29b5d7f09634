"""Rules for how applications were answered: disclosed, refused and why, not held, several counted in one."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.extract.indicator_rules import CASES, COUNT, Rule, rule


@dataclass(frozen=True, slots=True)
class Answer:
    """How applications are answered: a code, the words for it, those of which a sentence has one, and what denies it."""

    code: str
    words: str
    needs: str
    unless: str = ""


_PARTLY = "(?:同意)?部分公开"
_DISCLOSED = "(?<!不)同意公开|予以公开|全部公开|全面公开"
ANSWERS: tuple[Answer, ...] = (
    Answer("refused_state_secret", "国家秘密", "秘密"),
    Answer("refused_trade_secret", "商业秘密", "秘密"),
    Answer("refused_privacy", "个人隐私", "隐私"),
    Answer("refused_security", "危及[^,;]{0,26}(?:稳定|一稳定)", "危及"),
    Answer("refused_third_party", "第三方合法权益", "第三方"),
    Answer("refused_internal", "内部事务(?:信息)?", "内部事务"),
    Answer("refused_deliberative", "过程性(?:信息)?", "过程性"),
    Answer("refused_enforcement_files", "执法案卷", "执法案卷"),
    Answer("refused_enquiry", "行政查询(?:事项)?", "行政查询"),
    Answer("refused_not_information", "(?:不是|不属于|非)(?:《条例》所指)?(?:的)?政府信息", "政府信息"),
    Answer(
        "answered_not_this_agency",
        "(?:不属于?|非)本(?:行政)?(?:机关|部门|单位|局|级)(?:政府)?(?:公开|掌握|职责|职权|负责|所有)?(?:公开|的)?(?:范围|权限)?",
        "本",
    ),
    Answer("answered_not_existing", "(?:信息)?不存在|没有现成信息[^,;]{0,8}", "不存在 现成"),
    Answer(
        "answered_to_be_amended",
        "(?:更改|补正)?(?:、)?补充|(?:申请)?内容(?:仍)?不明确|作出更改、?补充",
        "补充 不明确",
        "已按",
    ),
    Answer("answered_other_way", "(?:通过)?其[他它]途径(?:办理)?", "途径"),
    Answer("answered_unable", "无法提供", "无法提供"),
    Answer("answered_not_processed", "不予处理", "不予处理"),
    Answer("answered_other", "其[他它]处理", "处理"),
    Answer("answered_partly_disclosed", _PARTLY, "部分公开"),
    Answer("answered_refused", "不予公开|不同意公开|否决公开|拒绝公开", "公开"),
    Answer("answered_already_public", "(?:属于)?已(?:经)?主动公开(?:的)?|属于主动公开", "主动公开"),
    Answer("answered_disclosed", _DISCLOSED, "公开", "不予|不同意|部分公开"),
)
_ANY_ANSWER = "|".join(answer.words for answer in ANSWERS)
_ANSWERED = r"(?:范围|情形|答复|处理|申请|信息|事项|的|数|类|告知|、告知获取(?:方式和)?途径){0,4}"
_AND = r"(?:[、和及与或/]|以及|或者)"

ANSWERED: tuple[Rule, ...] = (
    # How they were answered. Under a heading or a sentence about applications only: documents are disclosed too.
    rule(
        "disclosed_together",
        "disclosed_together",
        rf"(?:(?:{_DISCLOSED}){_ANSWERED}{_AND}(?:{_PARTLY})|(?:{_PARTLY}){_ANSWERED}{_AND}(?:{_DISCLOSED})){_ANSWERED}{COUNT}",
        units=CASES,
        needs="公开",
        subject="applications",
    ),
    rule(
        "answers_together",
        "answers_together",
        rf"(?:{_ANY_ANSWER}){_ANSWERED}{_AND}(?:{_ANY_ANSWER}){_ANSWERED}{COUNT}",
        units=CASES,
        needs=" ".join(dict.fromkeys(answer.needs for answer in ANSWERS)),
        subject="applications",
    ),
    # 收到申请 8 件, 公开 6 件, 不予公开 2 件: bare 公开 is an answer beside the others.
    rule(
        "answered_disclosed_of_a_list",
        "answered_disclosed",
        rf"(?:\A|[,;:、])(?:其中)?公开{COUNT}",
        units=CASES,
        needs="公开",
        given="申请",
        followed=r"[,;、](?:不予|不同意|部分|未|不)公开",
        subject="applications",
    ),
    *(
        rule(
            answer.code,
            answer.code,
            rf"(?:{answer.words}){_ANSWERED}{COUNT}",
            units=CASES,
            needs=answer.needs,
            subject="applications",
            unless=answer.unless,
        )
        for answer in ANSWERS
    ),
    # 不予公开(内部事务信息) 2 件: the bracket gives the reason of all, unless the answer is given once more with another.
    *(
        rule(
            f"{answer.code}_with_reason",
            answer.code,
            rf"(?:{answer.words}){_ANSWERED}\([^()\d]{{1,40}}\){COUNT}",
            units=CASES,
            needs=answer.needs,
            subject="applications",
            given=rf"\A(?!(?:.*?(?:{answer.words})){{2}})",
            followed=rf"(?!.*(?:{answer.words}))",
            unless=answer.unless,
        )
        for answer in ANSWERS
        if answer.code.startswith("answered_")
    ),
)
