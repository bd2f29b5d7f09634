"""Which nouns of a denied phrase are its heads: only a head is denied, never what qualifies it.

In 未发生有关政府信息公开申请的行政复议、行政诉讼 the heads are 复议 and 诉讼, 申请 says what they were about; 与诉讼有关的费用
denies a cost and no lawsuit. A Chinese head stands last in its part of the list: behind it come nothing but light words
(情况, 案件, 的事项). Anything else behind a noun is the head that the noun qualifies, or a verb of which it is the object.
"""

from __future__ import annotations

import re

# Between two nouns of a list; a bracket holds what stands beside the noun before it. 涉及 and 参与 are verbs.
_LIST_MARK = r"以及|(?<!涉)及(?!时)|(?<!参)与|[、()和或并]"
# Here the phrase is over: a second statement or, on a page in one line, the next heading.
_ANOTHER_DENIAL = r"(?:也|均|都|亦)?(?:[未无没]有?|不)(?:发生|收到|接到|出现|产生|存在|发现|(?:行政|提起)?(?:复议|诉讼|申诉|举报|投诉)|收费)"
_END = rf"[,;:。]|{_ANOTHER_DENIAL}|[一二三四五六七八九十]{{1,2}}、|(?:19|20)\d\d年"
_PART_END = re.compile(rf"(?P<end>{_END})|(?P<list>{_LIST_MARK})")
# Light words name no thing of their own: 案件, 情况, 方面的事项, 发生.
_LIGHT_WORD = (
    r"(?:情况|案件|案例|案|事[项件例宜情]|现象|问题|情形|行为|记录|方面|工作|业务|内容|材料|事务|类别?|性质|件数?|数量?|等"
    r"|政府|政务|信息|公开|来信|信[件函]|来[函电]|函件?|电话|表格?|书面|书|申请|要求|请求|诉求|需求|办理(?=事项|情况|件|业务|\Z)|项目|金额|标准"
    r"|公民|法人|其[他它]|组织|单位|个人|群众|人员?|任何|相关|有关|上述|此类|类似|各类|发生|出现|产生|存在|提[出交起]|受理|收到|接到"
    r"|过|了|的|[0零一][件起条次宗例]|[.·…~\-—])"
)
_LIGHT = re.compile(rf"{_LIGHT_WORD}*+\Z")
# A list run together: 行政复议行政诉讼案件, 举报投诉.
_RUN_TOGETHER = re.compile(
    r"(?:(?:案件?|申请)?(?:被|提起|申请|行政|提出){0,3}(?:复议|诉讼|应诉|申诉|投诉|举报|起诉|咨询)(?!人|机关|法|费)){1,5}"
)
# A further noun of the same list, with nothing before it that would begin a phrase of its own (因…, 与…, 对…).
_NEXT_OF_LIST = re.compile(
    r"(?:被|提起|申请|行政|有关|政府|政务|信息|公开|依|的){0,5}?(?:复议|诉讼|应诉|申诉|投诉|举报|咨询|申请|答复|公开)"
)
# What goes on behind a bracket with a phrase of cause or concern: 与诉讼(…)有关的, 因申请(…)引起的.
_CLOSES = re.compile(
    r"等?(?:案件|情况|事项|方面|工作){0,2}(?:所|而)?(?:有关|相关|引[起发]|导致|产生|造成|发生|支付|支出)(?:的)?"
)
# The longest tail behind a denied noun met has 14 characters.
_LONGEST_TAIL = 40
_MOST_PARTS = 8


def is_head(clause: str, end: int, *, may_run_on: bool) -> bool:
    """Whether the noun that ends at `end` of a clause is a head of its phrase, by what follows it.

    `may_run_on`: whether the noun is of a kind that is listed without a mark between (复议诉讼); an application is not,
    for 申请复议 is a review.
    """
    tail, place, mark = _part(clause, end)
    if not _is_light(tail, may_run_on=may_run_on):
        return False
    for _ in range(_MOST_PARTS):
        if not mark:
            return True
        is_behind_bracket = mark == ")"
        part, place, mark = _part(clause, place)
        if is_behind_bracket and (closing := _CLOSES.match(part)):
            return _LIGHT.match(part, closing.end()) is not None
        following = _NEXT_OF_LIST.match(part)
        if part and following is None:
            return True
        if following and not _is_light(part[following.end() :], may_run_on=True):
            return False
    return True


def _is_light(tail: str, *, may_run_on: bool) -> bool:
    """Whether what stands behind a noun names no other thing."""
    run = _RUN_TOGETHER.match(tail) if may_run_on else None
    return _LIGHT.match(tail, run.end() if run else 0) is not None


def _part(clause: str, start: int) -> tuple[str, int, str]:
    """From `start` to the next mark of the list: the text, where the next part begins, and the mark ("" at the end)."""
    stop = min(len(clause), start + _LONGEST_TAIL)
    mark = _PART_END.search(clause, start, stop)
    if mark is None:
        return clause[start:stop], stop, ""
    return clause[start : mark.start()], mark.end(), mark["list"] or ""
