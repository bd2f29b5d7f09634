"""The parts of a total are listed in many ways; what is a part of a part, or no part, is not added up."""

import pytest

from pipelines.extract.indicators import read_indicators
from pipelines.model import Verdict


def labels(body):
    return {item.label: item.value for item in read_indicators(body).indicators if item.label}


def values(body):
    return {item.code: item.value for item in read_indicators(body).indicators if not item.label}


def findings(body):
    return {finding.code for finding in read_indicators(body).findings}


@pytest.mark.parametrize(
    "body",
    [
        "主动公开政府信息75条，其中公文41条（其中转发文件30条），动态34条。",
        "主动公开政府信息75条，其中公文41条，动态34条，其中省站采用9条。",
        "主动公开政府信息75条，包括公文41条，其中决定6条，动态34条。",
        "主动公开政府信息75条，其中公文41条（同时撤销2条），动态34条。",
        "主动公开政府信息75条（其中公文41条、动态34条），另编发简报3条。",
        "主动公开政府信息75条，其中公文41条，动态34条，目录系统发布专题34条。",
    ],
)
def test_parts_of_parts_and_what_follows_a_full_list_are_not_added_up(body):
    (check,) = read_indicators(body).checks
    assert (check.identity, check.verdict) == ("enumeration:proactive_total", Verdict.PASS)
    assert labels(body) == {"公文": 41, "动态": 34}


def test_the_parts_of_a_part_end_where_they_add_up_to_it():
    body = "主动公开政府信息100条，其中动态60条，其中会议20条、调研40条，公告40条。"
    assert labels(body) == {"动态": 60, "公告": 40}


def test_a_list_that_does_not_add_up_still_fails():
    (check,) = read_indicators("主动公开政府信息70条：公文41条，动态34条。").checks
    assert (check.verdict, check.left_value, check.right_value) == (Verdict.FAIL, 75, 70)


def test_the_website_has_parts_only_where_the_text_says_so():
    said = read_indicators("通过网站公开信息75条。其中，公文41条，动态34条。")
    assert [(check.identity, check.verdict) for check in said.checks] == [
        ("enumeration:proactive_website", Verdict.PASS)
    ]
    assert labels("通过网站公开信息75条，编发公文41条，整理动态34条。") == {}
    assert labels("通过网站公开信息75条，通过微信公众号公开信息20条。其中，公文41条，动态34条。") == {}


def test_the_next_sentence_goes_on_with_a_list_only_if_it_fills_it():
    begun = "主动公开政府信息75条。其中，公文41条，动态20条。"
    assert labels(begun + "未分类信息4条，公告10条。") == {"公文": 41, "动态": 20, "未分类": 4, "公告": 10}
    assert labels(begun + "未分类信息4条，公告11条。") == {"公文": 41, "动态": 20}
    (check,) = read_indicators(begun + "未分类信息4条，公告10条。").checks
    assert (check.verdict, check.left_value) == (Verdict.PASS, 75)


def test_subjects_without_a_total_are_listed_and_not_added_up():
    reading = read_indicators("全年主动公开工作动态30条、审计结果10条、工作总结1条。")
    assert [item.label for item in reading.indicators] == ["工作动态", "审计结果", "工作总结"]
    assert reading.checks == ()


@pytest.mark.parametrize(
    "body",
    [
        "全年主动公开工作动态30条、工作总结1条。",
        "全年主动公开工作动态30条，举办讲座10条，接待来访8条。",
        "全年主动公开工作动态30条、微信推文10条、微博20条。",
        "应主动公开机关动态30条、审计结果10条、工作总结1条。",
    ],
)
def test_two_subjects_deeds_channels_and_duties_are_no_list(body):
    assert labels(body) == {}


def test_parts_that_count_repostings_cannot_fail_a_total():
    body = "共主动公开政府信息100条，其中网站（含转载）90条，微博（含转发）40条。"
    reading = read_indicators(body)
    assert [check.verdict for check in reading.checks] == [Verdict.UNCERTAIN]
    assert values(body) == {"proactive_total": 100, "proactive_website": 90, "proactive_weibo": 40}


def test_brackets_of_a_subject_are_kept_whole():
    body = "主动公开政府信息50条，其中办事（个人）20条，办事（法人）30条。"
    assert labels(body) == {"办事(个人)": 20, "办事(法人)": 30}


def test_a_figure_of_another_year_is_reported_and_not_kept():
    body = "2014年，2014年，2014年主动公开政府信息60条。另外，2013年我局通过网站公开信息40条。"
    assert values(body) == {"proactive_total": 60}
    assert "figure_of_another_year" in findings(body)


def test_a_figure_of_another_year_stands_where_the_report_states_no_other():
    assert values("2014年，2014年，2014年。2013年我局主动公开政府信息40条。") == {"proactive_total": 40}


def test_mailboxes_side_by_side_are_added_up_and_apart_are_not():
    assert values("办理局长信箱12件、县长信箱40件。") == {"mailbox_letters": 52}
    apart = "局长信箱收到来信12件。全年县长信箱收到来信40件。"
    assert values(apart) == {"mailbox_letters": 12}
    assert "indicator_stated_twice" in findings(apart)


def test_brackets_that_never_close_cost_no_more_than_others():
    body = "主动公开政府信息75条，其中" + "（公文1条" * 300 + "。"
    assert read_indicators(body).indicators
