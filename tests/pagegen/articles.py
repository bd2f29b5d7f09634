"""The articles that generated pages carry: prose of the corpus, report-like tables, signatures, three-line reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tests.corpus import files

Rows = tuple[tuple[str, ...], ...]

_AGENCIES = (
    "临河县人民政府",
    "青溪区教育局",
    "白石镇人民政府",
    "东岭市自然资源局",
    "望江县统计局",
    "南浦区卫生健康局",
    "松台街道办事处",
    "金湾县审计局",
)
_TABLE: Rows = (
    ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
    ("规章", "0", "0", "0"),
    ("行政规范性文件", "12", "3", "47"),
)
_APPLICATIONS: Rows = (
    ("申请人情况", "自然人", "商业企业", "科研机构", "总计"),
    ("一、本年新收政府信息公开申请数量", "18", "4", "0", "22"),
    ("二、上年结转政府信息公开申请数量", "1", "0", "0", "1"),
    ("（一）予以公开", "11", "2", "0", "13"),
)
_SHORT = (
    "本年度我单位未收到政府信息公开申请，未发生行政复议和行政诉讼。",
    "本年度主动公开政府信息7条。",
    "特此报告。",
)


@dataclass(frozen=True, slots=True)
class Article:
    """An article and its facts. A part of the body is a paragraph or, where it is a tuple of rows, a table."""

    title: str
    agency: str
    published_on: str
    index_no: str
    doc_no: str
    parts: tuple[str | Rows, ...]

    @property
    def body(self) -> str:
        """The body as a reader should get it: one paragraph or table row a line, cells parted by tabs."""
        return "\n".join(
            part if isinstance(part, str) else "\n".join("\t".join(row) for row in part) for part in self.parts
        )

    def only(self, *parts: str | Rows) -> Article:
        """The same article with another body."""
        return replace(self, parts=parts)

    def three_lines(self) -> Article:
        """The shortest report: three sentences and a signature."""
        return self.only(*_SHORT, self.agency)

    def one_table(self) -> Article:
        """A body that is nothing but a table."""
        return self.only(_APPLICATIONS)


def articles() -> Iterator[Article]:
    """One article a corpus file, in file order."""
    for number, file in enumerate(files()):
        lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        title = lines[0]
        prose = [line for line in lines[1:] if "。" in line]
        year, month, day = 2009 + number % 15, 1 + number % 12, 1 + number * 7 % 28
        agency = _AGENCIES[number % len(_AGENCIES)]
        middle = len(prose[:9]) // 2
        yield Article(
            title=title.strip(),
            agency=agency,
            published_on=f"{year}-{month:02}-{day:02}",
            index_no=f"0{14300000 + number * 7919}/{year}-{100 + number:05}",
            doc_no=f"临政发〔{year}〕{number + 1}号",
            parts=(
                *(line.strip() for line in prose[:middle]),
                "一、主动公开情况",
                _TABLE,
                "二、依申请公开情况",
                _APPLICATIONS,
                *(line.strip() for line in prose[middle:9]),
                agency,
                f"{year}年{month}月{day}日",
            ),
        )
