"""Local files as captures: what `gipr read` and `gipr ingest` are given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from pipelines.model import Capture

# What a folder is searched for; a file named on the command line is read whatever it is called.
PAGE_ENDINGS = frozenset(
    {".pdf", ".docx", ".html", ".htm", ".shtml", ".xhtml", ".txt", ".jhtml", ".aspx", ".jsp", ".php"}
)

# Where browsers (`saved from url=(0043)http://…`, the figure is the address's length) and HTTrack say, before the
# page, whence they have it.
_ORIGIN = re.compile(rb"<!-- *(?:saved from url=\(\d{1,5}\)|Mirrored from )(?:https?://)?(?P<host>[\w.-]{4,253})[/:\s]")
_ORIGIN_REACH = 2048


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A path that gave no capture, and why, in one sentence."""

    path: Path
    reason: str


def find_files(paths: Sequence[Path]) -> Iterator[Path | Unreadable]:
    """The files named, and the page files below the folders named, in order; what is missing as Unreadable."""
    for path in paths:
        if path.is_dir():
            found = sorted(file for file in path.rglob("*") if file.suffix.lower() in PAGE_ENDINGS and file.is_file())
            if not found:
                yield Unreadable(
                    path, f"{path}: no page in this folder; files with these endings are read: {_endings()}"
                )
            yield from found
        elif path.exists():
            yield path
        else:
            yield Unreadable(path, f"{path}: there is no such file or folder; check the path")


def read_capture(path: Path) -> Capture | Unreadable:
    """The file as a capture with its `file://` address."""
    try:
        return Capture(url=path.resolve().as_uri(), body=path.read_bytes())
    except OSError as fault:
        return Unreadable(path, f"{path}: cannot be read ({fault.strerror or fault}); check that it is a readable file")


def host_of(capture: Capture) -> str | None:
    """The host a page comes from: that of its address, else the one noted in a page that was saved from the web."""
    if capture.url.startswith(("http://", "https://")):
        return _host(capture.url)
    origin = _ORIGIN.search(capture.body, 0, _ORIGIN_REACH)
    return _host(f"http://{origin['host'].decode('ascii', 'replace')}") if origin else None


def _host(url: str) -> str | None:
    """The host of an address if it is the name of one on the web: with a dot in it, no path of a disk."""
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host if host and "." in host.strip(".") else None


def _endings() -> str:
    return " ".join(sorted(PAGE_ENDINGS))
