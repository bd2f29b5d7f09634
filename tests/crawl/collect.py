"""In place of the five stages: notes each item as a line of JSON in the file that GIPR_COLLECT names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Self

from scrapy.crawler import Crawler

from pipelines.item import CaptureItem


class Collect:
    def __init__(self, file: str) -> None:
        self._file = Path(file)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.settings["GIPR_COLLECT"])

    def process_item(self, item: CaptureItem) -> CaptureItem:
        capture = item.capture
        line = {
            "site": capture.site,
            "url": capture.url,
            "status": capture.http_status,
            "outcome": item.outcome,
            "reason": item.outcome_reason,
            "region": capture.region_code,
            "fetched_at": capture.fetched_at,
            "headers": dict(capture.headers),
            "body": capture.body.hex(),
        }
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        return item
