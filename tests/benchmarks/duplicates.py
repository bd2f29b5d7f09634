"""Duplicates over a corpus: what a stored report costs, which damaged copies are found, and whether any two are merged.

`python -m tests.benchmarks.duplicates [REPORTS]` builds a corpus in memory (10,000 reports by default) that is harder
than a real one: towns of a county share every sentence and all share the tables' labels, so that only names and figures
tell them apart; beyond 11,000 reports the names repeat, and figures alone do. It prints each figure beside its floor in
`tests/floors.toml`; the exit code is 1 when one is missed.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import replace

import sqlalchemy as sa

from pipelines.extract.duplicates import is_duplicate
from pipelines.store.duplicates import Duplicates, StoredText
from pipelines.store.engine import open_engine, transaction
from pipelines.store.schema import captures, pages, reports, runs
from tests.corpus import paragraphs
from tests.floors import floors, line

COPIES = 400
YEARS = range(2012, 2020)
FIRST = "青柏云临清沙白唐建德兰河溪水山阳安平泰和兴宁丰乐长永福新金玉石林梅桃杏松竹枫"
NAMES = [one + other for one in FIRST for other in FIRST if one != other]
LABELS = (
    "行政规章现行有效件数 规范性文件本年制发件数 行政许可处理决定数量 行政处罚处理决定数量 行政强制处理决定数量 "
    "行政事业性收费金额 本年新收申请数量 上年结转申请数量 予以公开数量 部分公开数量 属于国家秘密 危及三安全一稳定 "
    "保护第三方合法权益 属于内部事务信息 属于过程性信息 本机关不掌握相关信息 没有现成信息 补正后内容仍不明确 信访举报类申请 "
    "重复申请数量 要求提供公开出版物 其他处理数量 结转下年度继续办理 结果维持数量 结果纠正数量 尚未审结数量"
).split()
PROSE = [text for text in paragraphs() if len(text) > 60]


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    held = floors("store")["duplicates"]
    engine = open_engine(":memory:", create=True)
    with transaction(engine) as connection:
        row = {"command": "benchmark", "started_at": "", "status": "running", "code_version": "", "stats": {}}
        connection.execute(runs.insert(), row)
        originals = [report(number) for number in range(count)]
        seconds = [settle(connection, text)[1] for text in originals]
        merged = connection.execute(sa.select(sa.func.count()).where(reports.c.duplicate_of.is_not(None))).scalar_one()
        found = wrong = 0
        for place, copy in (pairs := list(damaged_copies(originals))):
            copy_id, _ = settle(connection, copy)
            original = sa.select(reports.c.duplicate_of).where(reports.c.id == copy_id)
            found_id = connection.execute(original).scalar_one()
            found += found_id == place + 1
            wrong += found_id not in (None, place + 1)
    engine.dispose()
    cost = statistics.median(seconds[-1000:]) * 1000
    lines = [
        line(f"a report, stored as one of {count:,}: median", cost, held["report_ms"], at_most=True, unit=" ms"),
        line(f"damaged copies found, of {len(pairs)}", found / len(pairs), held["copies_found"]),
        line("different reports taken for one", merged + wrong, held["merged"], at_most=True),
    ]
    print("\n".join(lines))
    return 1 if any(text.startswith("MISSES") for text in lines) else 0


def report(number: int) -> StoredText:
    """The report of a town and year; its county's towns have the same sentences that year."""
    name, year = NAMES[number // len(YEARS) % len(NAMES)], YEARS[number % len(YEARS)]
    chance = random.Random(number)
    county = random.Random(f"{name[0]}{year}")
    table = "\n".join(f"{label}\t{chance.choice([0, 0, 0, chance.randint(1, 60)])}\t0\t0" for label in LABELS)
    head = [
        f"{name}镇{year}年政府信息公开工作年度报告",
        f"根据《中华人民共和国政府信息公开条例》要求，由{name}镇人民政府编制本报告。",
        f"全年主动公开政府信息{chance.randint(1, 2000)}条，其中通过网站公开{chance.randint(1, 900)}条。",
    ]
    return StoredText(year, f"{name}镇人民政府", None, f"{name}镇", "\n".join([*head, *county.sample(PROSE, 8), table]))


def damaged_copies(originals: list[StoredText]) -> Iterator[tuple[int, StoredText]]:
    """Copies with text lost or added, most of them without agency or year, and the place of their originals."""
    chance = random.Random(1)
    for _ in range(COPIES):
        place = chance.randrange(len(originals))
        text = originals[place].body_text
        body = chance.choice(
            [
                text[len(text) // 8 :],
                "".join(sign for sign in text if not sign.isdigit() or chance.random() < 0.8),
                "".join("□" if chance.random() < 0.01 else sign for sign in text),
                text + "\n" + chance.choice(PROSE),
                "\n".join(part for part in text.split("\n") if chance.random() < 0.93),
            ]
        )
        copy = replace(originals[place], body_text=body)
        lost = chance.choice([("report_year",), ("agency", "town"), ("report_year", "agency", "town"), ()])
        copy = replace(copy, **dict.fromkeys(lost))
        if is_duplicate(originals[place], copy):
            yield place, copy


def settle(connection: sa.Connection, text: StoredText) -> tuple[int, float]:
    """Store a report on a page of its own; gives its id and the seconds spent on its duplicates."""
    seen = {"first_seen_at": "", "last_seen_at": ""}
    number = connection.execute(sa.select(sa.func.count()).select_from(pages)).scalar_one()
    url = f"http://site{number}.example/"
    page = {"url": url, "canonical_url": url, "kind": "annual_report", "kind_reason": "", "main_reason": ""}
    page_id = inserted(connection, pages, {**page, **seen, "script": "hans", "flags": []})
    capture = {"page_id": page_id, "run_id": 1, "last_seen_at": "", "outcome": "page", "body_sha256": ""}
    capture_id = inserted(connection, captures, capture)
    stored = {"page_id": page_id, "capture_id": capture_id, "run_id": 1, "ordinal": 1, "version": 1, "is_current": True}
    stated = {"report_year": text.report_year, "agency": text.agency, "town": text.town, "body_text": text.body_text}
    hashes = {"kind": "annual_report", "script": "hans", "flags": [], "body_sha256": "", "content_sha256": ""}
    report_id = inserted(connection, reports, {**stored, **stated, **hashes, **seen})
    start = time.process_time()
    duplicates = Duplicates(connection)
    duplicates.settle([duplicates.add(report_id, page_id, text, follows=None)])
    return report_id, time.process_time() - start


def inserted(connection: sa.Connection, table: sa.Table, row: dict[str, object]) -> int:
    return int(connection.execute(table.insert(), row).inserted_primary_key[0])


if __name__ == "__main__":
    sys.exit(main())
