"""From nouns to rows: what of a page is written where, and the hashes that tell whether it changed."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any
from urllib.parse import urlsplit

from pipelines.model import (
    Attachment,
    Capture,
    Cell,
    CharsetEvidence,
    Check,
    Edit,
    Finding,
    Indicator,
    Page,
    PageKind,
    Report,
    Section,
)
from pipelines.store.identity import text_sha256

type_of_row = dict[str, Any]
Row = type_of_row

# A text with NUL is cut short by SQLite's functions and refused by PostgreSQL; a lone surrogate by both. Each becomes
# one U+FFFD, so that offsets stay true.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

_REPORT_BELOW = frozenset({"blocks", "sections", "indicators", "cells", "checks", "findings", "duplicate_of_ordinal"})
_REPORT_COLUMNS = tuple(field.name for field in fields(Report) if field.name not in _REPORT_BELOW)
_PAGE_COLUMNS = (
    "kind",
    "kind_reason",
    "title",
    "published_on",
    "source",
    "site_name",
    "index_no",
    "doc_no",
    "issuer",
    "script",
    "flags",
)


def storable(value: Any) -> Any:
    """The value as every database takes it: unstorable characters replaced, NaN and infinity absent."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, list):
        return [storable(item) for item in value]
    return value
