"""Views for researchers: current reports only, each row with what is needed to cite it, and to leave copies out.

They hold no data, so they are dropped and made anew by every migration (`migrations/env.py`).
"""

from __future__ import annotations

import sqlalchemy as sa

_CITATION = """
    r.id AS report_id, p.url, r.title, r.agency, r.report_year, r.kind AS report_kind, r.published_on,
    r.province, r.city, r.county, r.region_code, r.duplicate_of"""

_CURRENT = "FROM reports r JOIN pages p ON p.id = r.page_id"

# The indicators that `report_wide` shows, one column each; all others are in `indicator_values`.
WIDE_CODES = (
    "proactive_total",
    "applications_received",
    "consultations_total",
    "reconsiderations_total",
    "lawsuits_total",
)


def _wide_column(code: str) -> str:
    """The value all rows of `code` agree on; nothing where prose and table, or two sentences, differ."""
    return (
        f"CASE WHEN min(CASE WHEN i.code = '{code}' THEN i.value END) = max(CASE WHEN i.code = '{code}' "
        f"THEN i.value END) THEN max(CASE WHEN i.code = '{code}' THEN i.value END) END AS {code}"
    )


VIEWS: dict[str, str] = {
    "report_list": f"""
        SELECT {_CITATION}, r.signed_on, r.level, r.town, r.issuer, r.compiled_by, r.index_no, r.doc_no, r.flags,
            r.version, r.first_seen_at, r.last_seen_at, s.name AS site, c.fetched_at,
            c.body_sha256 AS capture_sha256, c.archive_file, c.archive_offset
        {_CURRENT} JOIN captures c ON c.id = r.capture_id LEFT JOIN sites s ON s.id = p.site_id
        WHERE r.is_current""",
    "indicator_values": f"""
        SELECT {_CITATION}, i.id AS indicator_id, i.code, i.label, i.value, i.value_low, i.value_high, i.approx, i.unit, i.semantic,
            i.source, i.raw, i.sentence, i.rule
        {_CURRENT} JOIN indicators i ON i.report_id = r.id
        WHERE r.is_current""",
    "cell_values": f"""
        SELECT {_CITATION}, x.id AS cell_id, x.table_key, x.row_key, x.col_key, x.label, x.semantic, x.value, x.raw
        {_CURRENT} JOIN cells x ON x.report_id = r.id
        WHERE r.is_current""",
    "check_results": f"""
        SELECT {_CITATION}, x.id AS check_id, x.identity, x.verdict, x.left_value, x.right_value, x.detail
        {_CURRENT} JOIN checks x ON x.report_id = r.id
        WHERE r.is_current""",
    # The printed identity between years: what one year carries over, the next year takes in (DOMAIN: soft, for offices
    # are merged and figures corrected). A pair stands here only where both years state the cell.
    "carry_over_checks": """
        SELECT a.id AS report_id, b.id AS next_report_id, a.agency, a.region_code, a.report_year,
            x.col_key, x.value AS carried_out, y.value AS taken_in,
            CASE WHEN x.value = y.value THEN 'pass' ELSE 'uncertain' END AS verdict
        FROM reports a
        JOIN reports b ON b.agency = a.agency AND b.report_year = a.report_year + 1 AND b.is_current
            AND coalesce(b.region_code, '') = coalesce(a.region_code, '')
            AND b.duplicate_of IS NULL
        JOIN cells x ON x.report_id = a.id AND x.table_key = 't3' AND x.row_key = 'r4'
        JOIN cells y ON y.report_id = b.id AND y.table_key = 't3' AND y.row_key = 'r2' AND y.col_key = x.col_key
        WHERE a.is_current AND a.duplicate_of IS NULL AND x.value IS NOT NULL AND y.value IS NOT NULL""",
    "report_wide": f"""
        SELECT {_CITATION}, {", ".join(map(_wide_column, WIDE_CODES))}
        {_CURRENT} LEFT JOIN indicators i ON i.report_id = r.id AND i.label = ''
        WHERE r.is_current
        GROUP BY r.id, p.url""",
}


def create_all(connection: sa.Connection) -> None:
    """Makes every view; none of them may exist."""
    for name, query in VIEWS.items():
        connection.exec_driver_sql(f"CREATE VIEW {name} AS {query}")


def drop_all(connection: sa.Connection) -> None:
    """Removes the views, also before the first migration, when there are none."""
    for name in VIEWS:
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")
