"""Saved portal pages with labels, where they lie beside the checkout: nothing real is taken for a defence or a shell."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from gipr_crawl.families import FAMILIES, ListRequest, recognise
from gipr_crawl.families.protocol import list_text
from gipr_crawl.families.scope import Scope, canonical
from gipr_crawl.outcome import Outcome, classify

REAL = Path(__file__).resolve().parents[3] / "shared" / "real"
PAGES = sorted((REAL / "pages").glob("*.html"))
LISTS = [
    label
    for line in ((REAL / "gold.jsonl").read_text(encoding="utf-8").splitlines() if REAL.is_dir() else [])
    if (label := json.loads(line)).get("is_list")
]


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.stem)
def test_a_real_page_is_a_page(file: Path) -> None:
    judgement = classify(200, {}, file.read_bytes(), url="http://www.x.gov.cn/a/b.html")
    assert judgement.outcome is Outcome.PAGE, judgement.reason


@pytest.mark.parametrize("label", LISTS, ids=lambda label: Path(label["file"]).stem)
def test_the_entries_of_a_real_list_have_the_labelled_title_and_date(label: dict) -> None:
    url = label.get("url") or "http://www.x.gov.cn/"
    body = (REAL / "pages" / label["file"]).read_bytes()
    wanted = {canonical(item["href"], url): (item["title"], item.get("date")) for item in label["items"]}
    scope = Scope(
        tuple({urlsplit(address or "").hostname or "" for address in wanted}),
        re.compile("|".join(re.escape(address or "") for address in wanted)),
    )
    family = FAMILIES[recognise(list_text(body, {}), url)[0]]
    page = family.read_bytes(body, ListRequest(url), scope)
    assert {entry.url: (entry.title, entry.published_on) for entry in page.entries} == wanted
