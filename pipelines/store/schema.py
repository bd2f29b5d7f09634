"""The tables of the corpus, for any SQL dialect. What of them is public, and stable, the design document lists.

Dates and times are ISO text, UTC with Z where they are times. Rows below a report are never updated: a report that
reads differently becomes a new version with rows of its own.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
    }
)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _of(table: str, *, nullable: bool = False, index: bool = True) -> Column[int]:
    """A reference to a row of `table`, named after it: `pages` gives `page_id`."""
    return Column(
        f"{table.removesuffix('s')}_id",
        Integer,
        ForeignKey(f"{table}.id", ondelete="CASCADE"),
        nullable=nullable,
        index=index,
    )


def _text(name: str, *, nullable: bool = True) -> Column[str]:
    return Column(name, Text, nullable=nullable)


sites = Table(
    "sites",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True),
    _text("domain"),
    _text("region_code"),
    _text("family"),
    Column("enabled", Boolean, nullable=False),
    # Lines that recur over the site's pages, with their support: pipelines.clean.boilerplate writes and reads it.
    Column("boilerplate", JSON),
)

runs = Table(
    "runs",
    metadata,
    _id(),
    _text("command", nullable=False),
    Column("started_at", Text, nullable=False, index=True),
    _text("finished_at"),
    _text("status", nullable=False),
    _text("code_version", nullable=False),
    Column("stats", JSON, nullable=False),
)

pages = Table(
    "pages",
    metadata,
    _id(),
    _of("sites", nullable=True),
    _text("url", nullable=False),
    Column("canonical_url", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False, index=True),
    _text("kind_reason", nullable=False),
    _text("main_reason", nullable=False),
    _text("title"),
    _text("published_on"),
    _text("source"),
    _text("site_name"),
    _text("index_no"),
    _text("doc_no"),
    _text("issuer"),
    _text("script", nullable=False),
    Column("flags", JSON, nullable=False),
    _text("first_seen_at", nullable=False),
    _text("last_seen_at", nullable=False),
    _text("gone_at"),
    # Hash of the newest reading, body and understanding: a page that brings the same again is left alone.
    _text("reading_sha256"),
)

captures = Table(
    "captures",
    metadata,
    _id(),
    _of("pages", index=False),
    _of("runs"),
    _text("fetched_at"),
    _text("last_seen_at", nullable=False),
    Column("http_status", Integer),
    _text("outcome", nullable=False),
    _text("content_type"),
    _text("etag"),
    _text("last_modified"),
    _text("charset"),
    Column("charset_evidence", JSON),
    _text("body_sha256", nullable=False),
    _text("archive_file"),
    Column("archive_offset", Integer),
    Column("archive_length", Integer),
    UniqueConstraint("page_id", "body_sha256"),
)

reports = Table(
    "reports",
    metadata,
    _id(),
    _of("pages", index=False),
    _of("captures"),
    _of("runs"),
    Column("ordinal", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("is_current", Boolean, nullable=False),
    _text("kind", nullable=False),
    _text("title"),
    Column("report_year", Integer),
    _text("period_start"),
    _text("period_end"),
    _text("agency"),
    _text("compiled_by"),
    _text("issuer"),
    _text("level"),
    _text("province"),
    _text("city"),
    _text("county"),
    _text("town"),
    Column("region_code", Text, index=True),
    _text("published_on"),
    _text("signed_on"),
    _text("index_no"),
    _text("doc_no"),
    _text("contact_phone"),
    _text("contact_email"),
    _text("contact_address"),
    _text("postcode"),
    _text("website"),
    _text("script", nullable=False),
    Column("flags", JSON, nullable=False),
    Column("duplicate_of", Integer, ForeignKey("reports.id", ondelete="SET NULL"), index=True),
    _text("first_seen_at", nullable=False),
    _text("last_seen_at", nullable=False),
    Column("body_sha256", Text, nullable=False, index=True),
    _text("content_sha256", nullable=False),
    # Last, because SQLite has to walk through a long text to reach what stands behind it.
    _text("body_text", nullable=False),
    UniqueConstraint("page_id", "ordinal", "version"),
    Index(
        "uq_reports_current",
        "page_id",
        "ordinal",
        unique=True,
        sqlite_where=text("is_current"),
        postgresql_where=text("is_current"),
    ),
    Index(
        "ix_reports_newest",
        "report_year",
        "published_on",
        "id",
        sqlite_where=text("is_current"),
        postgresql_where=text("is_current"),
    ),
)

sections = Table(
    "sections",
    metadata,
    _id(),
    _of("reports"),
    Column("ordinal", Integer, nullable=False),
    Column("level", Integer, nullable=False),
    _text("heading", nullable=False),
    _text("kind", nullable=False),
    _text("text", nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)

indicators = Table(
    "indicators",
    metadata,
    _id(),
    _of("reports"),
    Column("code", Text, nullable=False, index=True),
    _text("label", nullable=False),
    Column("value", Float),
    Column("value_low", Float),
    Column("value_high", Float),
    Column("approx", Boolean, nullable=False),
    _text("unit"),
    _text("semantic", nullable=False),
    _text("raw", nullable=False),
    _text("sentence", nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    _text("source", nullable=False),
    _text("rule", nullable=False),
)

cells = Table(
    "cells",
    metadata,
    _id(),
    _of("reports"),
    _text("table_key", nullable=False),
    _text("row_key", nullable=False),
    _text("col_key", nullable=False),
    _text("label", nullable=False),
    _text("semantic", nullable=False),
    Column("value", Float),
    _text("raw", nullable=False),
)

checks = Table(
    "checks",
    metadata,
    _id(),
    _of("reports"),
    _text("identity", nullable=False),
    _text("verdict", nullable=False),
    Column("left_value", Float),
    Column("right_value", Float),
    _text("detail", nullable=False),
)

# An edit counts in the text of one capture. On a page with one report it belongs to that report's version; on a page
# with none or several, `report_id` is empty and the edit belongs to all that was read from the capture.
edits = Table(
    "edits",
    metadata,
    _id(),
    _of("pages"),
    _of("captures"),
    _of("reports", nullable=True),
    _text("stage", nullable=False),
    Column("step", Integer, nullable=False),
    _text("rule", nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    _text("removed", nullable=False),
    _text("inserted", nullable=False),
)

findings = Table(
    "findings",
    metadata,
    _id(),
    _of("pages"),
    _of("reports", nullable=True),
    _text("stage", nullable=False),
    Column("code", Text, nullable=False, index=True),
    _text("detail", nullable=False),
)

attachments = Table(
    "attachments",
    metadata,
    _id(),
    _of("pages", index=False),
    _text("url", nullable=False),
    _text("name", nullable=False),
    _text("media_type"),
    _text("sha256"),
    _text("archive_file"),
    Column("archive_offset", Integer),
    Column("archive_length", Integer),
    _text("text"),
    UniqueConstraint("page_id", "url"),
)

# What the full-text index knows; only SQLite fills it (see `pipelines.store.search`).
search_documents = Table(
    "search_documents",
    metadata,
    Column("report_id", Integer, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    _text("bigrams", nullable=False),
)

# By what current reports are recognised as the same (`pipelines.store.duplicates`), as their texts and statements give
# it; `standing_since` is the id of the earliest version that was this same report. Emptied, both tables fill again.
report_keys = Table(
    "report_keys",
    metadata,
    Column("report_id", Integer, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("standing_since", Integer, nullable=False),
    Column("report_year", Integer),
    _text("agency", nullable=False),
    _text("region_code"),
    _text("town"),
    _text("text_sha256", nullable=False),
    Column("sketch", LargeBinary, nullable=False),
    Column("figures", LargeBinary, nullable=False),
)

# Where candidates are looked up: the bands of those reports that are no duplicates themselves.
report_bands = Table(
    "report_bands",
    metadata,
    Column("band", BigInteger, primary_key=True, autoincrement=False),
    Column("report_id", Integer, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)
