"""The same report on other pages: mirrors, print copies, hijacked copies refer to the report that was stored first.

A report is compared with the few that share a band with it (`pipelines.extract.duplicates`), so a page costs the same
however large the corpus is. Only reports that are no duplicates themselves are looked up: a duplicate always refers to
a current report that counts. Members of one page are the extract room's to compare; what it found there stands.
"""

from __future__ import annotations

import struct
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

import sqlalchemy as sa

from pipelines.extract.duplicates import (
    DuplicateKey,
    duplicate_key,
    is_duplicate,
    may_be_same,
    sketch_similarity,
)
from pipelines.store.schema import report_bands, report_keys, reports

# A band that so many different reports share is a phrase of a template and finds nobody. A town has some fifteen years
# of reports that share its name.
_CROWD = 16
_MOST_CANDIDATES = 8
# Copies have at least a third of all shingles in common (the bounds of `same_report`); a sketch errs by 0.06.
_LEAST_SIMILARITY = 0.2


@dataclass(frozen=True, slots=True)
class StoredText:
    """What of a stored report is compared."""

    report_year: int | None
    agency: str | None
    region_code: str | None
    town: str | None
    body_text: str


_TEXT = sa.select(*(reports.c[item.name] for item in fields(StoredText)))
_NOTED = sa.select(report_keys, reports.c.page_id, reports.c.duplicate_of).join(reports)
_WITH_IDS = _NOTED.where(report_keys.c.report_id.in_(sa.bindparam("report_ids", expanding=True))).order_by(
    report_keys.c.report_id
)
_STATED = ("report_year", "agency", "region_code", "town", "text_sha256")
_HOLDERS = sa.select(report_bands).where(report_bands.c.band.in_(sa.bindparam("bands", expanding=True)))
# Band → the originals that hold it.
Holders = Mapping[int, list[int]]


@dataclass(frozen=True, slots=True)
class Noted:
    """A current report by its key; of two that are the same, the one that stands longer is the original."""

    id: int
    page_id: int
    standing_since: int
    duplicate_of: int | None
    key: DuplicateKey


class Duplicates:
    """Keeps `reports.duplicate_of` over the whole corpus, on a connection that is in a transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, report_id: int, page_id: int, report: StoredText, *, follows: int | None) -> Noted:
        """Notes a new version; `follows` is the version before it, whose standing it inherits if it is the same."""
        standing_since = self._standing(report, follows) if follows is not None else None
        return self.note(Noted(report_id, page_id, standing_since or report_id, None, duplicate_key(report)))

    def note(self, noted: Noted) -> Noted:
        """Keeps by what a current report is recognised; gives it back."""
        key = {name: getattr(noted.key, name) for name in _STATED}
        hashes = {"sketch": _packed(noted.key.sketch), "figures": _packed(noted.key.figures)}
        row = {"report_id": noted.id, "standing_since": noted.standing_since, **key, **hashes}
        self._connection.execute(report_keys.insert(), row)
        return noted

    def remove(self, report_ids: Collection[int]) -> list[Noted]:
        """Forgets reports that are no longer current; gives the duplicates on other pages that referred to them."""
        if not report_ids:
            return []
        for table in (report_keys, report_bands):
            self._connection.execute(table.delete().where(table.c.report_id.in_(report_ids)))
        return self._followers(report_ids)

    def settle(self, unsettled: Iterable[Noted]) -> None:
        """Says of each report whether it counts or whose duplicate it is, and of those that this concerns.

        A report gives way only to one that stands longer, so this comes to an end.
        """
        waiting = deque(unsettled)
        while waiting:
            one = waiting.popleft()
            holders = self._holders(one.key)
            same = self._originals_like(one, holders)
            oldest = min([one, *same], key=lambda noted: noted.standing_since)
            if oldest is one:
                self._make_original(one, holders)
            for later in same if oldest is one else [one]:
                waiting.extend(self._followers([later.id]))
                self._make_duplicate(later, oldest)

    def _standing(self, report: StoredText, follows: int) -> int | None:
        since = sa.select(report_keys.c.standing_since).where(report_keys.c.report_id == follows)
        standing_since = self._connection.execute(since).scalar()
        return standing_since if standing_since and is_duplicate(self.text_of(follows), report) else None

    def _holders(self, key: DuplicateKey) -> Holders:
        holders: dict[int, list[int]] = {band: [] for band in key.bands()}
        if holders:
            for band, report_id in self._connection.execute(_HOLDERS, {"bands": list(holders)}).all():
                holders[band].append(report_id)
        return holders

    def _originals_like(self, one: Noted, holders: Holders) -> list[Noted]:
        """The originals on other pages that are the same report as `one`."""
        weights: dict[int, float] = defaultdict(float)
        for report_ids in holders.values():
            for report_id in report_ids if len(report_ids) < _CROWD else ():
                weights[report_id] += 1 / len(report_ids)
        weights.pop(one.id, None)
        nearest = sorted(weights, key=lambda report_id: (-weights[report_id], report_id))[:_MOST_CANDIDATES]
        candidates = self._connection.execute(_WITH_IDS, {"report_ids": nearest}).all() if nearest else []
        return [
            other for other in map(_noted, candidates) if other.page_id != one.page_id and self._are_same(one, other)
        ]

    def _are_same(self, one: Noted, other: Noted) -> bool:
        if not may_be_same(one.key, other.key):
            return False
        if one.key.text_sha256 == other.key.text_sha256:
            return True
        if sketch_similarity(one.key, other.key) < _LEAST_SIMILARITY:
            return False
        return is_duplicate(self.text_of(one.id), self.text_of(other.id))

    def text_of(self, report_id: int) -> StoredText:
        """What of a stored report is compared."""
        return StoredText(*self._connection.execute(_TEXT.where(reports.c.id == report_id)).one())

    def _followers(self, report_ids: Collection[int]) -> list[Noted]:
        """The current reports on other pages that refer to one of `report_ids`, oldest first."""
        own_pages = sa.select(reports.c.page_id).where(reports.c.id.in_(report_ids))
        query = _NOTED.where(reports.c.duplicate_of.in_(report_ids), reports.c.page_id.not_in(own_pages))
        return [_noted(row) for row in self._connection.execute(query.order_by(reports.c.id))]

    def _make_original(self, one: Noted, holders: Holders) -> None:
        if one.duplicate_of is not None:
            self._refer(one, None)
        free = [band for band, report_ids in holders.items() if len(report_ids) < _CROWD and one.id not in report_ids]
        if free:
            self._connection.execute(report_bands.insert(), [{"band": band, "report_id": one.id} for band in free])

    def _make_duplicate(self, one: Noted, original: Noted) -> None:
        if one.duplicate_of != original.id:
            self._refer(one, original.id)
        self._connection.execute(report_bands.delete().where(report_bands.c.report_id == one.id))

    def _refer(self, one: Noted, original_id: int | None) -> None:
        self._connection.execute(reports.update().where(reports.c.id == one.id).values(duplicate_of=original_id))


def catch_up(connection: sa.Connection) -> None:
    """Settles the current reports that have no key yet: all of a corpus that an older version wrote."""
    duplicates = Duplicates(connection)
    original = reports.alias()
    versions = sa.select(reports.c.page_id, reports.c.ordinal, sa.func.min(reports.c.id).label("id"))
    first = versions.group_by(reports.c.page_id, reports.c.ordinal).subquery()
    query = (
        sa.select(
            reports.c.id,
            reports.c.page_id,
            first.c.id.label("standing_since"),
            reports.c.duplicate_of,
            original.c.page_id.label("page_of_original"),
        )
        .join(first, sa.and_(first.c.page_id == reports.c.page_id, first.c.ordinal == reports.c.ordinal))
        .outerjoin(original, original.c.id == reports.c.duplicate_of)
        .where(reports.c.is_current, reports.c.id.not_in(sa.select(report_keys.c.report_id)))
        .order_by(first.c.id)
    )
    for row in connection.execute(query).all():
        key = duplicate_key(duplicates.text_of(row.id))
        noted = duplicates.note(Noted(row.id, row.page_id, row.standing_since, row.duplicate_of, key))
        if row.page_of_original != row.page_id:
            duplicates.settle([noted])


def _noted(row: sa.Row[*tuple[Any, ...]]) -> Noted:
    stated = {name: getattr(row, name) for name in _STATED}
    key = DuplicateKey(**stated, sketch=_unpacked(row.sketch), figures=_unpacked(row.figures))
    return Noted(row.report_id, row.page_id, row.standing_since, row.duplicate_of, key)


def _packed(hashes: tuple[int, ...]) -> bytes:
    """Hashes of 32 bits, little-endian on every machine."""
    return struct.pack(f"<{len(hashes)}I", *hashes)


def _unpacked(stored: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(stored) // 4}I", stored)
