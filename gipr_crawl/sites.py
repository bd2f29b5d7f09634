"""Site profiles: one TOML file a site, checked key by key, no Python needed to add one.

The file's stem is the spider's name (`example-su.toml` → `scrapy crawl example-su`); `name` in the file is the shown
name. Profiles come from `data/sites`, from `./data/sites` of the working directory and from the folders in
`GIPR_SITES`; a later folder replaces a profile of the same stem, so a person can correct one that was shipped.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from gipr_crawl.families import FAMILIES
from gipr_crawl.families.scope import Scope
from pipelines.knowledge import data_root

SITES_VARIABLE = "GIPR_SITES"
LAST_YEAR = "last-year"
DEFAULT_MAX_PAGES = 50

_STEM = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_HOST = re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,10}")
# First two digits of a GB/T 2260 code; 10 is the nation as a whole (100000).
_PROVINCES = frozenset(
    "10 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82".split()
)


class ProfileError(Exception):
    """What is wrong with a profile: `file`, `key` (empty for the file as a whole) and `reason`, one sentence."""

    def __init__(self, file: str, key: str, reason: str) -> None:
        super().__init__(f"{file}: {key}: {reason}" if key else f"{file}: {reason}")
        self.file, self.key, self.reason = file, key, reason


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a healthy crawl of the site brings at least.

    `newest` is a year or `last-year`. `reviewed` is False until a person has looked at the recorded expectation.
    """

    reports: int | None = None
    newest: str | None = None
    reviewed: bool = True

    def newest_year(self, today: dt.date) -> int | None:
        """The year the newest report must reach on `today`, or None if nothing is expected.

        A yearly report is due by 31 March of the next year (Regulation of 2019, article 50), so until then last
        year's report may still be missing.
        """
        if self.newest is None:
            return None
        if self.newest == LAST_YEAR:
            return today.year - (1 if today >= dt.date(today.year, 4, 1) else 2)
        return int(self.newest)


@dataclass(frozen=True, slots=True)
class SiteProfile:
    """A portal: where its report lists are, which CMS family reads them, what they must bring.

    `name` is the spider's name, `title` the shown one. `domains` are the hosts that belong to the site (their
    subdomains too). `links` is a regular expression searched in the URL of an entry; without it the family's own form
    of an article URL holds. `columns` are path prefixes that confine entries. `encoding` is a hint for list pages
    that declare a wrong charset. `delay` is in seconds. A profile that is not `enabled` is crawled only when named.
    """

    name: str
    title: str
    family: str
    start: tuple[str, ...]
    domains: tuple[str, ...]
    region: str | None = None
    links: str | None = None
    columns: tuple[str, ...] = ()
    encoding: str | None = None
    expect: Expectation = field(default_factory=Expectation)
    enabled: bool = True
    max_pages: int = DEFAULT_MAX_PAGES
    delay: float | None = None
    note: str | None = None
    file: str = ""

    @property
    def scope(self) -> Scope:
        """Which links of a list page are this site's reports."""
        return Scope(self.domains, re.compile(self.links) if self.links else None, self.columns)


def site_folders() -> tuple[Traversable, ...]:
    """The folders that hold profiles, the one that wins last."""
    folders: list[Traversable] = [data_root() / "sites"]
    local = Path.cwd() / "data" / "sites"
    if local.is_dir() and not _same_folder(local, folders[0]):
        folders.append(local)
    folders += [Path(name) for name in os.environ.get(SITES_VARIABLE, "").split(os.pathsep) if name]
    return tuple(folders)


def load_profiles(
    folders: Iterable[Traversable] | None = None,
) -> tuple[tuple[SiteProfile, ...], tuple[ProfileError, ...]]:
    """Every good profile, sorted by name, and everything wrong with the others.

    One bad profile never stops the rest. `folders` are those of `site_folders()` unless given.
    """
    profiles: dict[str, SiteProfile] = {}
    errors: list[ProfileError] = []
    for folder in site_folders() if folders is None else folders:
        in_folder: dict[str, str] = {}
        for file in _toml_files(folder, errors):
            stem = file.name.removesuffix(".toml")
            if stem in in_folder:
                errors.append(ProfileError(str(file), "", f"the name {stem!r} is taken by {in_folder[stem]}"))
                continue
            in_folder[stem] = str(file)
            profile, wrong = _read_file(file)
            errors += wrong
            if profile is not None:
                profiles[profile.name] = profile
    return tuple(profiles[name] for name in sorted(profiles)), tuple(errors)


def read_profile(text: str, file: str) -> tuple[SiteProfile | None, tuple[ProfileError, ...]]:
    """The profile in the TOML `text`, or None with every reason why not; `file` is its path, its stem the name."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, (ProfileError(file, "", f"not TOML: {error}"),)
    checker = _Checker(file, table)
    profile = checker.profile()
    return (None if checker.errors else profile), tuple(checker.errors)


def _same_folder(one: Path, other: Traversable) -> bool:
    return isinstance(other, Path) and other.is_dir() and one.samefile(other)


def _toml_files(folder: Traversable, errors: list[ProfileError]) -> list[Traversable]:
    found: list[Traversable] = []
    try:
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
            if entry.is_dir():
                found += _toml_files(entry, errors)
            elif entry.name.endswith(".toml"):
                found.append(entry)
    except OSError as error:
        errors.append(ProfileError(str(folder), "", f"the folder cannot be read: {error.strerror or error}"))
    return found


def _read_file(file: Traversable) -> tuple[SiteProfile | None, tuple[ProfileError, ...]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        return None, (ProfileError(str(file), "", f"the file cannot be read as UTF-8: {error}"),)
    return read_profile(text, str(file))


class _Checker:
    """Reads one TOML table key by key and collects every fault instead of stopping at the first."""

    _KEYS = frozenset(
        "name region family start links columns domains encoding expect enabled max_pages delay note".split()
    )
    _EXPECT_KEYS = frozenset({"reports", "newest", "reviewed"})

    def __init__(self, file: str, table: Mapping[str, Any]) -> None:
        self.file, self.table = file, table
        self.errors: list[ProfileError] = []

    def profile(self) -> SiteProfile:
        self._known_keys(self.table, self._KEYS, "")
        start = tuple(url for url in self._texts("start", required=True) if self._http("start", url))
        return SiteProfile(
            name=self._stem(),
            title=self._text("name", required=True) or "",
            family=self._family(),
            start=start,
            domains=self._domains(start),
            region=self._region(),
            links=self._pattern(),
            columns=tuple(column for column in self._texts("columns") if self._path(column)),
            encoding=self._encoding(),
            expect=self._expectation(),
            enabled=self._flag(self.table, "enabled", "enabled"),
            max_pages=self._count(self.table, "max_pages", "max_pages", least=1) or DEFAULT_MAX_PAGES,
            delay=self._delay(),
            note=self._text("note"),
            file=self.file,
        )

    def _fault(self, key: str, reason: str) -> None:
        self.errors.append(ProfileError(self.file, key, reason))

    def _known_keys(self, table: Mapping[str, Any], known: frozenset[str], prefix: str) -> None:
        for key in table.keys() - known:
            near = get_close_matches(key, known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(sorted(known))}"
            self._fault(prefix + key, f"unknown key; {hint}")

    def _stem(self) -> str:
        stem = Path(self.file).name.removesuffix(".toml")
        if not _STEM.fullmatch(stem):
            self._fault("", f"the file name {stem!r} is the spider's name: use a-z, 0-9, - and _ only")
        return stem

    def _text(self, key: str, *, required: bool = False) -> str | None:
        value = self.table.get(key)
        if value is None:
            if required:
                self._fault(key, "is missing")
            return None
        if not isinstance(value, str) or not value.strip():
            self._fault(key, f"must be a text that is not empty, not {value!r}")
            return None
        return value.strip()

    def _texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        value = self.table.get(key)
        if value is None:
            if required:
                self._fault(key, "is missing")
            return ()
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not values or not all(isinstance(one, str) and one for one in values):
            self._fault(key, f"must be a list of texts that is not empty, not {value!r}")
            return ()
        return tuple(values)

    def _http(self, key: str, url: str) -> bool:
        try:
            parts = urlsplit(url)
            parts.port  # noqa: B018 - raises on a port that is no number
            good = parts.scheme in ("http", "https") and bool(_HOST.fullmatch(parts.hostname or ""))
        except ValueError:
            good = False
        if not good:
            self._fault(key, f"{url!r} is not an http or https address")
        return good

    def _domains(self, start: tuple[str, ...]) -> tuple[str, ...]:
        named = self._texts("domains")
        wrong = [domain for domain in named if not _HOST.fullmatch(domain)]
        for domain in wrong:
            self._fault("domains", f"{domain!r} is not a host name (no scheme, no path, lower case)")
        hosts = named or tuple((urlsplit(url).hostname or "").removeprefix("www.") for url in start)
        domains = tuple(dict.fromkeys(hosts))
        for url in start:
            if named and not wrong and not Scope(domains).owns(url):
                self._fault("domains", f"the start address {url!r} lies outside of them")
        return domains

    def _family(self) -> str:
        family = self._text("family", required=True)
        if family is not None and family not in FAMILIES:
            self._fault("family", f"unknown family {family!r}; known are {', '.join(sorted(FAMILIES))}")
        return family or ""

    def _region(self) -> str | None:
        region = self._text("region")
        if region is not None and not (len(region) == 6 and region.isascii() and region.isdigit()):
            self._fault("region", f"{region!r} is not a GB/T 2260 code of six digits")
        elif region is not None and region[:2] not in _PROVINCES:
            self._fault("region", f"{region!r} begins with no province of GB/T 2260")
        return region

    def _pattern(self) -> str | None:
        links = self._text("links")
        if links is not None:
            try:
                re.compile(links)
            except re.error as error:
                self._fault("links", f"not a regular expression: {error}")
                return None
        return links

    def _path(self, column: str) -> bool:
        if not column.startswith("/"):
            self._fault("columns", f"{column!r} is no path: it must begin with /")
        return column.startswith("/")

    def _encoding(self) -> str | None:
        encoding = self._text("encoding")
        if encoding is not None:
            try:
                "".encode(encoding)
            except LookupError:
                self._fault("encoding", f"unknown charset {encoding!r}")
        return encoding

    def _expectation(self) -> Expectation:
        table = self.table.get("expect", {})
        if not isinstance(table, dict):
            self._fault("expect", f"must be a table such as {{ reports = 15 }}, not {table!r}")
            return Expectation()
        self._known_keys(table, self._EXPECT_KEYS, "expect.")
        newest = table.get("newest")
        text = str(newest) if isinstance(newest, str | int) and not isinstance(newest, bool) else None
        if newest is not None and not (text and (text == LAST_YEAR or re.fullmatch(r"(?:19|20)\d\d", text))):
            self._fault("expect.newest", f"must be a year or {LAST_YEAR!r}, not {newest!r}")
            text = None
        reports = self._count(table, "reports", "expect.reports", least=0)
        return Expectation(reports, text, self._flag(table, "reviewed", "expect.reviewed"))

    def _flag(self, table: Mapping[str, Any], key: str, shown: str) -> bool:
        value = table.get(key, True)
        if not isinstance(value, bool):
            self._fault(shown, f"must be true or false, not {value!r}")
            return True
        return value

    def _count(self, table: Mapping[str, Any], key: str, shown: str, *, least: int) -> int | None:
        value = table.get(key)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            self._fault(shown, f"must be a whole number of at least {least}, not {value!r}")
            return None
        return value

    def _delay(self) -> float | None:
        value = self.table.get("delay")
        if value is None:
            return None
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value <= 600:
            self._fault("delay", f"must be a number of seconds up to 600, not {value!r}")
            return None
        return float(value)
