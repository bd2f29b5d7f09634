"""What an answer is: each class with its signs, and what looks like it and is not."""

from __future__ import annotations

import pytest

from gipr_crawl.outcome import Outcome, classify

REPORT = (
    "<html><head><title>某市2023年政府信息公开工作年度报告</title></head><body><h1>年度报告</h1>"
    + "<p>2023年，本机关主动公开政府信息一千条，收到申请十件，均已按期答复。</p>" * 30
    + "%s</body></html>"
)
JSL = "<script>document.cookie='__jsl_clearance_s=17;max-age=3600';location.href=location.pathname+location.search</script>"
RUISHU = "<html><head><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};</script><script src='/4QbVtADbnLVIc/c.js'></script></head></html>"
ALIYUN = "<html><script>var arg1='3E8A1B0F4C5D6E7F8A9B0C1D2E3F4A5B6C7D8E9F';var _0x=['acw_sc__v2'];</script></html>"
C3VK = '<html><body><script>document.cookie="C3VK=2fa7c1; path=/";setTimeout("location.reload()",1);</script></body></html>'


def page(title: str, body: str) -> str:
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>"


DEFENCES = [
    (521, JSL, Outcome.CHALLENGE_521),
    (512, JSL, Outcome.CHALLENGE_521),
    (200, JSL, Outcome.CHALLENGE_521),
    (412, RUISHU, Outcome.CHALLENGE_412),
    (412, "", Outcome.CHALLENGE_412),
    (202, RUISHU, Outcome.CHALLENGE_412),
    (200, RUISHU, Outcome.CHALLENGE_412),
    (200, ALIYUN, Outcome.CHALLENGE_COOKIE),
    (200, C3VK, Outcome.CHALLENGE_COOKIE),
    (
        405,
        page("405", "很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。<i>event_id: 7a1</i>"),
        Outcome.WAF,
    ),
    (403, page("拦截提示", "您的请求被拦截，请联系网站管理员"), Outcome.WAF),
    (200, page("访问异常", "访问异常，云盾检测到您的访问存在风险"), Outcome.WAF),
    (503, page("防护", "您的访问过于频繁，请稍候再试"), Outcome.WAF),
    (200, page("安全验证", "请完成安全验证后继续访问：拖动滑块"), Outcome.CAPTCHA),
    (200, page("", "<div class='geetest_panel'></div>"), Outcome.CAPTCHA),
    (403, page("", "请输入验证码"), Outcome.CAPTCHA),
    (429, "", Outcome.RATE_LIMITED),
    (403, page("403 Forbidden", "nginx"), Outcome.FORBIDDEN),
    (401, "", Outcome.FORBIDDEN),
]


@pytest.mark.parametrize(("status", "body", "outcome"), DEFENCES)
def test_a_defence_is_recognised(status: int, body: str, outcome: Outcome) -> None:
    judgement = classify(status, {}, body.encode())
    assert judgement.outcome is outcome
    assert judgement.outcome.is_defence
    assert judgement.reason


@pytest.mark.parametrize(
    "word", ["访问异常", "安全验证", "请输入验证码", "应用防火墙", "拦截", "event_id", "云盾", "$_ts", "acw_sc__v2"]
)
def test_a_report_that_mentions_a_defence_is_a_page(word: str) -> None:
    assert classify(200, {}, (REPORT % f"<p>网站加强{word}等技术措施。</p>").encode()).outcome is Outcome.PAGE


@pytest.mark.parametrize(
    "script",
    [
        "<script>document.cookie='visited=1'</script>",
        "<script>document.cookie='a=1';if(top!=self)location.href='/'</script>",
        "<script>var _hmt=_hmt||[];</script>",
        "<input placeholder='请输入验证码'>",
    ],
)
def test_a_report_with_ordinary_scripts_is_a_page(script: str) -> None:
    headers = {"Set-Cookie": "acw_tc=0bc1; __jsluid_h=9f; path=/", "Content-Type": "text/html"}
    assert classify(200, headers, (REPORT % script).encode()).outcome is Outcome.PAGE


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(404, Outcome.NOT_FOUND), (410, Outcome.NOT_FOUND), (500, Outcome.SERVER_ERROR), (502, Outcome.SERVER_ERROR),
     (503, Outcome.SERVER_ERROR), (521, Outcome.SERVER_ERROR), (400, Outcome.CLIENT_ERROR), (414, Outcome.CLIENT_ERROR)],
)  # fmt: skip
def test_an_error_is_no_defence(status: int, outcome: Outcome) -> None:
    judgement = classify(status, {}, page("错误", "服务器开小差了").encode())
    assert judgement.outcome is outcome
    assert not judgement.outcome.is_defence


@pytest.mark.parametrize(
    "body",
    [
        page("404", "很抱歉，您访问的页面不存在或已删除"),
        page("提示", "<a href='/'>首页</a> 找不到页面"),
        page("404 Not Found", "<h1>Oops</h1>"),
        page("错误页面", "<a href='/'>返回</a>"),
        page("出错了", "<a href='/'>返回首页</a> 文件不存在"),
    ],
)
def test_a_soft_404_says_so_in_a_few_words(body: str) -> None:
    assert classify(200, {}, body.encode()).outcome is Outcome.SOFT_404
    assert classify(200, {}, body.encode("gb18030")).outcome is Outcome.SOFT_404


@pytest.mark.parametrize(
    "body",
    [
        REPORT % "<p>全年受理申请404件，其中信息不存在的12件，页面不存在的问题已整改。</p>",
        page("某局2019年政府信息公开年度报告", "<a href='a.doc'>附件</a><p>收到申请404件，信息公开404条。</p>"),
        page("关于政府网站错误页面整改情况的政务公开报告", "<p>" + "整改情况良好。" * 40 + "</p>"),
    ],
)
def test_a_report_that_mentions_404_is_a_page(body: str) -> None:
    assert classify(200, {}, body.encode()).outcome is Outcome.PAGE


def test_a_request_led_to_the_home_page_is_a_soft_404() -> None:
    home = (REPORT % "").encode()
    asked = "http://www.x.gov.cn/ndbg/202403/t1.html"
    assert classify(200, {}, home, url="http://www.x.gov.cn/", requested=asked).outcome is Outcome.SOFT_404
    assert classify(200, {}, home, url="http://www.x.gov.cn/ndbg/", requested=asked).outcome is Outcome.PAGE
    assert classify(200, {}, home, url="http://www.x.gov.cn/", requested="http://x.gov.cn").outcome is Outcome.PAGE


@pytest.mark.parametrize(
    ("body", "target"),
    [
        ('<meta http-equiv="refresh" content="0; url=/xxgk/">', "http://www.x.gov.cn/xxgk/"),
        ("<META HTTP-EQUIV=Refresh CONTENT=\"3;URL='http://new.x.gov.cn/'\">", "http://new.x.gov.cn/"),
        ("<script>window.location.href = 'index.shtml';</script>", "http://www.x.gov.cn/a/index.shtml"),
        ('<script>location.replace("../b/")</script>', "http://www.x.gov.cn/b/"),
    ],
)
def test_a_short_page_that_sends_on_names_its_target(body: str, target: str) -> None:
    judgement = classify(200, {}, body.encode(), url="http://www.x.gov.cn/a/")
    assert (judgement.outcome, judgement.moved_to) == (Outcome.MOVED, target)


@pytest.mark.parametrize(
    "body",
    [
        REPORT % "<script>function go(u){location.href='/search'}</script>",
        REPORT % "<meta http-equiv='refresh' content='600'>",
        page("导航", "<meta http-equiv='refresh' content='600'><a href='/a'>年报</a>"),
        page("年报", "<p>" + "年报内容。" * 60 + "</p><script>function s(){location.href='/s'}</script>"),
    ],
)
def test_a_page_with_text_that_also_has_a_way_on_is_a_page(body: str) -> None:
    assert classify(200, {}, body.encode(), url="http://www.x.gov.cn/a/").outcome is Outcome.PAGE


@pytest.mark.parametrize(
    "body",
    ["", "  \n ", "<html><body></body></html>", page("门户", "<div id=app></div><script src=/js/app.js></script>"),
     page("", "<noscript>请启用JavaScript</noscript><script>render()</script><a href='javascript:void(0)'>x</a>")],
)  # fmt: skip
def test_a_page_that_scripts_would_fill_is_an_empty_shell(body: str) -> None:
    assert classify(200, {}, body.encode()).outcome is Outcome.EMPTY_SHELL


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (page("年报", "<iframe src='/a/2023.pdf'></iframe><script>x()</script>"), "text/html"),
        (page("年报", "<a href='2023.doc'>附件</a><script>x()</script>"), "text/html"),
        (page("年报", "<img src='scan.jpg'>"), "text/html"),
        (page("年报", "<p>本年度没有需要公开的信息。</p>"), "text/html"),
        ("<datastore><recordset></recordset></datastore>", "text/xml"),
        ('{"data":[]}', "application/json"),
    ],
)
def test_a_short_answer_with_something_in_it_is_a_page(body: str, kind: str) -> None:
    assert classify(200, {"content-type": kind}, body.encode()).outcome is Outcome.PAGE


STRANGERS = [
    page("威廉希尔体育-官方网站", "<p>欢迎来到威廉希尔</p>" * 50),
    page("国产精品久久久 无码", "<p>在线观看</p>" * 50),
    page("域名出售", "该域名正在出售"),
    page("welcome", "This domain is for sale. <a href='/'>Buy this domain</a>"),
    page("没有找到站点", "您的请求在Web服务器中没有找到对应的站点！"),
]


@pytest.mark.parametrize("body", STRANGERS)
def test_a_strangers_page_is_recognised(body: str) -> None:
    assert classify(200, {}, body.encode()).outcome is Outcome.STRANGER


@pytest.mark.parametrize(
    "body",
    [
        (REPORT % "").replace("某市2023年", "威廉希尔体育某市2023年"),
        page("欧洲杯买球", "<p>長寧區人民政府2016年政府信息公開工作年度報告，主動公開信息。</p>" * 20),
        page("无码 某县年报", "<p>政(zhèng)府(fǔ)信(xìn)息(xī)公(gōng)開(kāi)工作年度報告，共公開信息。</p>" * 20),
        page("福利彩票发行中心年度报告", "<p>本中心公开福利彩票信息。</p>" * 30),
        page("市体育局关于打击网络赌博的通知", "<p>市体育局严厉打击赌博。</p>" * 30),
        page("域名管理办法", "<p>该域名由市人民政府办公室登记，政务公开使用。</p>"),
        page("文化娱乐场所管理规定", "<p>文化娱乐场所应当遵守规定。</p>" * 30),
    ],
)
def test_a_damaged_copy_of_a_report_and_an_ordinary_subject_are_pages(body: str) -> None:
    assert classify(200, {}, body.encode()).outcome is Outcome.PAGE


@pytest.mark.parametrize(
    "body",
    [
        b"%PDF-1.4\n",
        b"PK\x03\x04\x14",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"Rar!\x1a\x07\x00",
        b"\x1f\x8b\x08\x00",
        b"\xff\xd8\xff\xe0",
    ],
)
def test_attachments_are_known_by_their_first_bytes_whatever_the_header_says(body: bytes) -> None:
    judgement = classify(200, {"Content-Type": "text/html"}, body + b"\0" * 50)
    assert judgement.outcome is Outcome.BINARY
    assert judgement.outcome.is_content


def test_a_body_over_the_limit_is_too_large() -> None:
    assert classify(200, {}, b"a" * 101, max_body=100).outcome is Outcome.TOO_LARGE
    assert classify(200, {}, REPORT.encode() * 2, max_body=10**6).outcome is Outcome.PAGE


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
@pytest.mark.parametrize("shift", range(4))
def test_a_character_cut_at_the_edge_of_what_is_read_does_not_hide_the_rest(charset: str, shift: int) -> None:
    body = (" " * shift + "<script>x()</script>" + "政府信息公开年度报告" * 20_000).encode(charset)
    judgement = classify(200, {}, body)
    assert judgement.outcome is Outcome.PAGE
    assert int(judgement.reason.split()[3]) > 20_000


def test_a_page_with_its_words_behind_a_hundred_kilobytes_of_styles_is_a_page() -> None:
    styles = "<style>" + ".a{color:red}" * 10_000 + "</style>"
    assert classify(200, {}, (styles + REPORT % "<script>x()</script>").encode()).outcome is Outcome.PAGE
    assert classify(200, {}, (styles + "<script>x()</script>").encode()).outcome is Outcome.EMPTY_SHELL


@pytest.mark.parametrize(
    "body",
    [b"<script>" * 100_000, b"<" * 1_000_000, b"<!--" * 200_000, b"<meta http-equiv=refresh " * 80, b"\x00" * 10_000,
     b"\xff" * 10_000, b"<a href='" * 100_000, b"<title>" * 100_000],
)  # fmt: skip
def test_hostile_bodies_are_judged_without_complaint(body: bytes) -> None:
    assert isinstance(classify(200, {}, body, url="http://[", requested="http://[").outcome, Outcome)
