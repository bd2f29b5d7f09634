"""The day of publication from labels, lines, tags and the address, and what is no such day."""

from __future__ import annotations

from pipelines.clean import Cleaned
from pipelines.clean.metadata import HeaderField
from pipelines.extract.publication import publication_date
from pipelines.model import Capture

URL = "http://www.boxi.gov.example/xxgk/201301/t20130129_30117.html"
PLAIN = "http://www.boxi.gov.example/content/post_118.html"


def _capture(url: str = PLAIN, **headers: str) -> Capture:
    return Capture(
        url, b"", {name.replace("_", "-"): value for name, value in headers.items()}, 200, "2026-02-03T01:02:03Z"
    )


def _labelled(value: str, key: str = "published_on", label: str = "发布日期") -> Cleaned:
    return Cleaned(fields=[HeaderField(key, label, value)])


def test_the_label_outweighs_a_tag() -> None:
    cleaned = _labelled("2013-02-20")
    cleaned.meta = {"pubdate": "2019-11-02 09:12"}
    day, findings = publication_date(_capture(), cleaned)
    assert day == "2013-02-20"
    assert [finding.code for finding in findings] == ["published_on_conflict"]
    assert findings[0].detail == "2013-02-20 from the label; the meta tag says 2019-11-02"


def test_tag_and_address_together_outweigh_a_line() -> None:
    cleaned = Cleaned(head_lines=["2013-03-30"], meta={"pubdate": "2013-01-29 10:00"})
    assert publication_date(_capture(URL), cleaned)[0] == "2013-01-29"


def test_a_tag_with_the_day_of_the_fetch_is_the_build_time() -> None:
    cleaned = Cleaned(meta={"pubdate": "2026-02-03 09:12"})
    assert publication_date(_capture(URL), cleaned)[0] == "2013-01-29"
    cleaned.meta = {"pubdate": "2020-05-06"}
    modified = _capture(URL, Last_Modified="Wed, 06 May 2020 01:00:00 GMT")
    assert publication_date(modified, cleaned)[0] == "2013-01-29"


def test_a_tag_alone_counts_though_it_may_be_the_build_time() -> None:
    assert publication_date(_capture(), Cleaned(meta={"pubdate": "2026-02-03 09:12"}))[0] == "2026-02-03"


def test_a_day_or_two_between_sources_is_no_finding() -> None:
    day, findings = publication_date(_capture(URL), _labelled("2013-01-30"))
    assert (day, findings) == ("2013-01-30", [])


def test_the_day_the_record_was_made_is_taken_where_nothing_else_is_printed() -> None:
    made = _labelled("2013-02-23", "written_on", "生成日期")
    assert publication_date(_capture(), made)[0] == "2013-02-23"
    assert publication_date(_capture(URL), made)[0] == "2013-01-29"


def test_the_day_a_paper_was_written_is_not_its_publication() -> None:
    assert publication_date(_capture(), _labelled("2013-02-23", "written_on", "成文日期")) == (None, [])


def test_dates_of_letters_papers_and_lists_are_no_publication() -> None:
    letter = Cleaned(main_text="县办公室:\n现将报告上报。\n2013-01-09")
    paper = Cleaned(main_text="2020年度信息公开工作年度报告\n云陂农业大学\n(2020年10月30日)\n一、概述")
    assert publication_date(_capture(), letter)[0] is None
    assert publication_date(_capture(), paper)[0] is None


def test_a_broken_header_is_passed_over() -> None:
    assert publication_date(_capture(Date="yesterday"), _labelled("2013-02-20"))[0] == "2013-02-20"


def test_a_header_inside_the_text_gives_its_labelled_day() -> None:
    text = "柏溪县关于印发年报格式的通知\n作者: 来自: 时间:2019-03-29 10:05:00\n各乡镇:\n现将格式印发给你们。"
    assert publication_date(_capture(), Cleaned(main_text=text))[0] == "2019-03-29"


def test_a_weak_label_alone_in_the_text_is_the_time_of_a_meeting() -> None:
    text = "关于召开年报培训会议的通知\n时间:2019-03-29 10:05\n地点:县政府会议室\n请准时参加。"
    assert publication_date(_capture(), Cleaned(main_text=text))[0] is None
