"""Whole-output regression pages: raw bytes and headers in, everything `understand` says out.

A folder a page: `body` (the bytes as fetched), `capture.json` (address, headers, status), `expected.json` (the whole
page as `gipr read --json` prints it). `python -m tests.pages.rewrite` writes the expected files anew, for a person to
review as a diff.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipelines import Capture, understand
from pipelines.output import page_as_json

FOLDER = Path(__file__).parent


def folders() -> Iterator[Path]:
    """The pages' folders, by name."""
    yield from sorted(path.parent for path in FOLDER.glob("*/capture.json"))


def read_capture(folder: Path) -> Capture:
    """The capture a folder holds."""
    given: dict[str, Any] = json.loads((folder / "capture.json").read_text("utf-8"))
    return Capture(body=(folder / "body").read_bytes(), **given)


def said(folder: Path) -> dict[str, Any]:
    """What is understood of the page now, as plain JSON values."""
    plain: dict[str, Any] = json.loads(json.dumps(page_as_json(understand(read_capture(folder)))))
    return plain
