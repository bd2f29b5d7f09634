"""The version that is noted with every run and that the crawler names itself with."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def code_version() -> str:
    """The installed version of gipr-crawl, `unknown` in a bare checkout."""
    try:
        return version("gipr-crawl")
    except PackageNotFoundError:
        return "unknown"
