"""The tiny portals of the crawl tests and the profiles that describe them."""

from __future__ import annotations

import gzip

from .loopback import ALLOW_ALL, MISSING, Answer, Site, html, report, trs_list

LINKS = r"links = '/t\d{8}_\d+\.html$'"


def _trs(path: str, query: dict[str, str]) -> Answer:
    """Three list pages of two reports; one report is forbidden, one gone, one too large, one has moved."""
    reports = {
        "/ndbg/202403/t20240311_1.html": Answer(report("甲县", 2023)),
        "/ndbg/202303/t20230311_2.html": Answer(
            b'<html><head><meta http-equiv="refresh" content="0; url=/ndbg/202303/t20230311_22.html"></head></html>'
        ),
        "/ndbg/202303/t20230311_22.html": Answer(report("甲县", 2022)),
        "/ndbg/secret/t20220311_3.html": Answer(report("甲县", 2021)),
        "/ndbg/202103/t20210311_5.html": Answer(b"<html>" + b"x" * 70_000),
        "/ndbg/202003/t20200311_6.html": Answer(
            report("甲县", 2019).decode().encode("gb18030"), headers={"Content-Type": "text/html; charset=utf-8"}
        ),
    }
    listed = [
        ("./202403/t20240311_1.html", "甲县2023年政府信息公开工作年度报告", "2024-03-11"),
        ("./202303/t20230311_2.html", "甲县2022年政府信息公开工作年度报告", "2023-03-11"),
        ("./secret/t20220311_3.html", "甲县2021年政府信息公开工作年度报告", "2022-03-11"),
        ("./202203/t20220311_4.html", "甲县2020年政府信息公开工作年度报告", "2022-03-11"),
        ("./202103/t20210311_5.html", "甲县2018年政府信息公开工作年度报告", "2021-03-11"),
        ("./202003/t20200311_6.html", "甲县2019年政府信息公开工作年度报告", "2020-03-11"),
        ("http://www.elsewhere.example/ndbg/202003/t20200311_7.html", "乙县2019年年度报告", "2020-03-11"),
    ]
    pages = {
        "/robots.txt": Answer(b"User-agent: gipr-crawl\nDisallow: /ndbg/secret/\n"),
        "/ndbg/": Answer(trs_list("年报", listed[:2], 3, 0)),
        "/ndbg/index_1.html": Answer(trs_list("年报", listed[2:4], 3, 1)),
        "/ndbg/index_2.html": Answer(trs_list("年报", listed[4:], 3, 2)),
    }
    return (pages | reports).get(path, MISSING)


_HANWEB_YEARS = list(range(2023, 2003, -1))


def _hanweb_store(first: int, last: int) -> str:
    records = "".join(
        f"<record><![CDATA[<li><a href='/art/{year + 1}/3/11/art_7_{year}.html' title='丙县{year}年信息公开年度报告'>"
        f"丙县{year}年…</a><span>[{year + 1}-03-\n11]</span></li>]]></record>"
        for year in _HANWEB_YEARS[first - 1 : last]
    )
    return (
        f"<datastore><nextgroup></nextgroup><totalrecord>{len(_HANWEB_YEARS)}</totalrecord>"
        f"<recordset>{records}</recordset></datastore>"
    )


def _hanweb(path: str, query: dict[str, str]) -> Answer:
    if path == "/col/col7/index.html":
        setup = (
            "<script>var p={proxyUrl:'/module/web/jpage/dataproxy.jsp',perPage:3,groupSize:3,"
            'param:{"webid":"2","unitid":"88","columnid":"7","path":"/"}}</script>'
        )
        return Answer(html("年报", f"<div id='88'><script type='text/xml'>{_hanweb_store(1, 9)}</script></div>{setup}"))
    if path == "/module/web/jpage/dataproxy.jsp" and (query["webid"], query["unitid"], query["columnid"]) == (
        "2",
        "88",
        "7",
    ):
        return Answer(_hanweb_store(int(query["startrecord"]), int(query["endrecord"])).encode())
    if path.startswith("/art/"):
        return Answer(report("丙县", int(path.partition("art_7_")[2][:4])))
    return MISSING  # robots.txt too: nothing is forbidden


def _wall(path: str, query: dict[str, str]) -> Answer:
    listed = [(f"./202{n}03/t202{n}0311_{n}.html", f"丁县202{n}年年度报告", f"202{n}-03-11") for n in range(5)]
    pages = {"/robots.txt": ALLOW_ALL, "/ndbg/": Answer(trs_list("年报", listed, 1, 0))}
    wall = "<script>document.cookie='__jsl_clearance_s=1';location.href=location.pathname+location.search</script>"
    return pages.get(path, Answer(wall.encode(), 521, {"Set-Cookie": "__jsluid_s=a"}))


def _closed_folder(path: str, query: dict[str, str]) -> Answer:
    """403 for two reports that do not follow each other: a closed folder, no closed door."""
    listed = [(f"./202{n}03/t202{n}0311_{n}.html", f"卯县202{n}年年度报告", f"202{n}-03-11") for n in range(5)]
    if path in ("/ndbg/202103/t20210311_1.html", "/ndbg/202303/t20230311_3.html"):
        return Answer(html("403", "Forbidden"), 403)
    pages = {"/robots.txt": ALLOW_ALL, "/ndbg/": Answer(trs_list("年报", listed, 1, 0))}
    return pages.get(path) or Answer(report("卯县", 2020))


def _circle(path: str, query: dict[str, str]) -> Answer:
    """Page k is page 1 again, whatever k, and says there are 9999 pages."""
    listed = [("/ndbg/202403/t20240311_1.html", "戊县2023年年度报告", "2024-03-11")]
    if path.startswith("/ndbg/index_") or path == "/ndbg/":
        number = int(path.removeprefix("/ndbg/index_").removesuffix(".html") or 0) if "index_" in path else 0
        return Answer(trs_list("年报", listed, 9999, number))
    return MISSING if path == "/robots.txt" else Answer(report("戊县", 2023))


def _endless(path: str, query: dict[str, str]) -> Answer:
    """Every page has a new link, for ever."""
    number = int(path.removeprefix("/ndbg/index_").removesuffix(".html") or 0) if "index_" in path else 0
    if path.startswith("/ndbg/index_") or path == "/ndbg/":
        return Answer(
            trs_list("年报", [(f"/ndbg/202403/t20240311_{number}.html", "己县年度报告", "2024-03-11")], 9999, number)
        )
    return MISSING if path == "/robots.txt" else Answer(report("己县", 2023))


def _silent_robots(path: str, query: dict[str, str]) -> Answer:
    return Answer(b"busy", 503) if path == "/robots.txt" else Answer(trs_list("年报", [], 1, 0))


def _forbidden(path: str, query: dict[str, str]) -> Answer:
    return Answer(b"User-agent: *\nDisallow: /\n") if path == "/robots.txt" else Answer(report("庚县", 2023))


def _redesigned(path: str, query: dict[str, str]) -> Answer:
    return (
        MISSING
        if path == "/robots.txt"
        else Answer(html("新版门户", "<div id='app'>" + "<a href='/new'>首页</a>" * 40 + "</div>"))
    )


def _empty(path: str, query: dict[str, str]) -> Answer:
    return MISSING if path == "/robots.txt" else Answer(trs_list("年报", [], 1, 0))


def _sold(path: str, query: dict[str, str]) -> Answer:
    return (
        MISSING
        if path == "/robots.txt"
        else Answer(html("域名出售", "<a href='/buy'>该域名正在出售，有意者请联系</a>"))
    )


def _cookie_wall(path: str, query: dict[str, str]) -> Answer:
    """302 to itself until its cookie comes back, as some ministries answer."""
    if path == "/robots.txt":
        return ALLOW_ALL
    if "wall=1" not in query["cookie"]:
        return Answer(status=302, headers={"Location": path, "Set-Cookie": "wall=1; path=/"})
    listed = [("./202403/t20240311_1.html", "辰县2023年年度报告", "2024-03-11")]
    return Answer(trs_list("年报", listed, 1, 0) if path == "/ndbg/" else report("辰县", 2023))


def _home(path: str, query: dict[str, str]) -> Answer:
    """Every report that is gone is led to the home page; lists and reports come gzipped without a word."""
    listed = [(f"./202{n}03/t202{n}0311_{n}.html", f"巳县202{n}年年度报告", f"202{n}-03-11") for n in range(4)]
    if path == "/robots.txt":
        return ALLOW_ALL
    if path in ("/ndbg/202103/t20210311_1.html", "/ndbg/202203/t20220311_2.html"):
        return Answer(status=302, headers={"Location": "/"})
    if path == "/":
        return Answer(html("巳县人民政府", "<a href='/ndbg/'>年报</a>" + "<p>欢迎访问巳县人民政府门户网站</p>" * 20))
    return Answer(gzip.compress(trs_list("年报", listed, 1, 0) if path == "/ndbg/" else report("巳县", 2020)))


def _busy_wall(path: str, query: dict[str, str]) -> Answer:
    listed = [(f"./202{n}03/t202{n}0311_{n}.html", f"午县202{n}年年度报告", f"202{n}-03-11") for n in range(3)]
    pages = {"/robots.txt": ALLOW_ALL, "/ndbg/": Answer(trs_list("年报", listed, 1, 0))}
    return pages.get(path, Answer(html("防护", "您的访问过于频繁，请稍候"), 503))


SITES: dict[str, Site] = {
    "www.trs.gov.example": _trs,
    "www.hanweb.gov.example": _hanweb,
    "www.wall.gov.example": _wall,
    "www.closedfolder.gov.example": _closed_folder,
    "www.circle.gov.example": _circle,
    "www.endless.gov.example": _endless,
    "www.silent.gov.example": _silent_robots,
    "www.forbidden.gov.example": _forbidden,
    "www.redesigned.gov.example": _redesigned,
    "www.empty.gov.example": _empty,
    "www.sold.gov.example": _sold,
    "www.cookiewall.gov.example": _cookie_wall,
    "www.home.gov.example": _home,
    "www.busywall.gov.example": _busy_wall,
}


def profile(name: str, family: str = "trs", start: str = "/ndbg/", more: str = LINKS) -> str:
    return f'name = "{name}县人民政府"\nregion = "320500"\nfamily = "{family}"\nstart = ["http://www.{name}.gov.example{start}"]\n{more}\n'


PROFILES = {
    "trs": profile("trs"),
    "hanweb": profile("hanweb", "hanweb", "/col/col7/index.html", ""),
    "wall": profile("wall"),
    "wall-again": profile("wall", start="/ndbg/index.html"),
    "closedfolder": profile("closedfolder"),
    "circle": profile("circle"),
    "endless": profile("endless", more=LINKS + "\nmax_pages = 4"),
    "silent": profile("silent"),
    "forbidden": profile("forbidden"),
    "redesigned": profile("redesigned"),
    "empty": profile("empty"),
    "sold": profile("sold"),
    "cookiewall": profile("cookiewall"),
    "home": profile("home"),
    "busywall": profile("busywall"),
}
