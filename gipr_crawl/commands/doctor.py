"""`gipr doctor`: is everything there that the work needs, and if not, what to do."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from gipr_crawl.commands.terminal import safe, say
from gipr_crawl.identity import NO_CONTACT
from gipr_crawl.sites import load_profiles
from pipelines import understand
from pipelines.knowledge import data_root
from pipelines.model import Capture
from pipelines.store import migrations
from pipelines.store.engine import StoreError, connect
from pipelines.version import code_version


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing looked at: `state` is ok, note or fault; `detail` says what was found and what to do."""

    name: str
    state: str
    detail: str


def examine(db: str, *, as_json: bool) -> bool:
    """Print a line for each thing looked at; True if there is no fault."""
    looks: tuple[Callable[[], Diagnosis], ...] = (_python, _sqlite, _opencc, _knowledge, _reading, _profiles, _contact)
    found = [look() for look in looks]
    found.append(_corpus(db))
    if as_json:
        say(json.dumps([asdict(item) for item in found], ensure_ascii=False))
    else:
        for item in found:
            say(f"{item.state:<5} {item.name:<9} {safe(item.detail)}")
    return all(item.state != "fault" for item in found)


def _python() -> Diagnosis:
    return Diagnosis("python", "ok", f"Python {'.'.join(map(str, sys.version_info[:3]))}, gipr-crawl {code_version()}")


def _sqlite() -> Diagnosis:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("create virtual table probe using fts5(word)")
    except sqlite3.OperationalError:
        return Diagnosis("sqlite", "fault", f"SQLite {sqlite3.sqlite_version} without FTS5: search cannot work")
    finally:
        connection.close()
    return Diagnosis("sqlite", "ok", f"SQLite {sqlite3.sqlite_version} with FTS5")


def _opencc() -> Diagnosis:
    # Both packages install the module `opencc` and overwrite each other without a word.
    try:
        other = version("opencc")
    except PackageNotFoundError:
        return Diagnosis("opencc", "ok", f"opencc-python-reimplemented {version('opencc-python-reimplemented')}")
    detail = f"the package opencc {other} overwrites opencc-python-reimplemented; `pip uninstall opencc` and reinstall the other"
    return Diagnosis("opencc", "fault", detail)


def _knowledge() -> Diagnosis:
    try:
        return Diagnosis("data", "ok", f"knowledge in {data_root()}")
    except FileNotFoundError as fault:
        return Diagnosis("data", "fault", f"{fault}; reinstall, or set GIPR_DATA to a checkout's data folder")


def _reading() -> Diagnosis:
    page = understand(
        Capture(
            "http://www.qingshan.gov.example/a.html",
            "示例县2012年政府信息公开工作年度报告\n全年主动公开政府信息12条。".encode("gb18030"),
        )
    )
    fault = next((finding for finding in page.findings if finding.code == "internal_error"), None)
    if fault or page.charset != "gb18030":
        return Diagnosis("reading", "fault", f"a sample page was not read: {fault.detail if fault else page.charset}")
    return Diagnosis("reading", "ok", "a sample page in GB18030 was read")


def _profiles() -> Diagnosis:
    profiles, errors = load_profiles()
    if errors:
        return Diagnosis("sites", "fault", f"{len(errors)} faults in site profiles, the first: {errors[0]}")
    return Diagnosis("sites", "ok", f"{len(profiles)} site profiles")


def _contact() -> Diagnosis:
    contact = os.environ.get("GIPR_CONTACT", NO_CONTACT)
    if contact == NO_CONTACT:
        return Diagnosis(
            "contact", "note", "GIPR_CONTACT is not set; set it to an address portals can write to before a crawl"
        )
    return Diagnosis("contact", "ok", f"portals can write to {contact}")


def _corpus(db: str) -> Diagnosis:
    if "://" not in db and not Path(db).exists():
        return Diagnosis(
            "corpus", "note", f"no corpus at {db} yet; `gipr demo`, `gipr ingest` or `gipr crawl` makes one"
        )
    try:
        engine = connect(db, create=False)
        current, head = migrations.current_revision(engine), migrations.head_revision()
        engine.dispose()
    except StoreError as fault:
        return Diagnosis("corpus", "fault", str(fault))
    if current != head:
        return Diagnosis(
            "corpus", "fault", f"{db} has schema {current}, this version {head}; run `gipr db upgrade --db {db}`"
        )
    return Diagnosis("corpus", "ok", f"{db} at schema {head}")
