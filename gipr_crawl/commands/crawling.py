"""`gipr crawl`: which sites, with which settings, and what became of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gipr_crawl.commands.demo import DEMO_SITES_PREFIX
from gipr_crawl.commands.ingest import default_archive
from gipr_crawl.commands.terminal import CommandError, safe, say, warn
from gipr_crawl.runner import CrawlError, CrawlResult, Progress, crawl
from gipr_crawl.sites import load_profiles

# A line of progress at most every so many answers where nobody watches a terminal.
_EVERY = 25


def crawl_sites(
    names: Sequence[str], *, everything: bool, db: str, archive: Path | None, settings: Sequence[str], as_json: bool
) -> bool:
    """Crawl the named sites, or all enabled ones; True if each came to what its profile expects.

    Raises CommandError when no site is named or a setting has no value, StoreError when the corpus cannot be used.
    """
    chosen = _enabled() if everything else list(names)
    if not chosen:
        raise CommandError("no site to crawl; name one (`gipr sites list` shows them) or give --all")
    overrides = _overrides(settings)
    overrides.setdefault("LOG_LEVEL", "WARNING" if as_json or sys.stderr.isatty() else "INFO")
    try:
        result = crawl(
            chosen,
            db=db,
            archive=archive or default_archive(db),
            settings_overrides=overrides,
            on_progress=_Watcher().tell,
        )
    except CrawlError as fault:
        raise CommandError(str(fault)) from fault
    _print_result(result, db, as_json=as_json)
    return result.ok


def _enabled() -> list[str]:
    profiles, errors = load_profiles()
    if errors:
        warn(f"gipr: {len(errors)} faulty site profiles are left out; `gipr sites check` names them")
    return [profile.name for profile in profiles if profile.enabled and not profile.name.startswith(DEMO_SITES_PREFIX)]


def _overrides(settings: Sequence[str]) -> dict[str, Any]:
    overrides: dict[str, Any] = {}
    for setting in settings:
        name, sign, value = setting.partition("=")
        if not sign or not name.isidentifier():
            raise CommandError(f"{setting!r} is no setting; write NAME=VALUE, such as DOWNLOAD_DELAY=3")
        overrides[name] = value
    return overrides


class _Watcher:
    """Tells how far each site is: one changing line on a terminal, a line now and then elsewhere."""

    def tell(self, progress: Progress) -> None:
        line = (
            f"{progress.site}: {progress.responses} answers, {progress.stored} pages stored, {progress.reports} reports"
        )
        if progress.verdict is not None:
            warn(f"\r\033[K{line}, {progress.verdict}" if sys.stderr.isatty() else f"{line}, {progress.verdict}")
        elif sys.stderr.isatty():
            sys.stderr.write(f"\r\033[K{line}")
            sys.stderr.flush()
        elif progress.responses and progress.responses % _EVERY == 0:
            warn(line)


def _print_result(result: CrawlResult, db: str, *, as_json: bool) -> None:
    if as_json:
        rows = [
            {"site": site.site, "verdict": site.verdict, "reason": site.reason, **site.summary} for site in result.sites
        ]
        say(json.dumps({"run": result.run_id, "interrupted": result.interrupted, "sites": rows}, ensure_ascii=False))
        return
    for site in result.sites:
        say(f"{site.site}: {site.verdict}: {safe(site.reason)}")
    if result.interrupted:
        warn("gipr: interrupted; what was stored so far is complete, run the same command to go on")
    say(f"run {result.run_id} stored in {db}")
