"""What finds the same report on other pages: `report_keys`, and `report_bands` to look candidates up.

Both are derived from `reports`; the upgrade of a corpus fills them afterwards (`pipelines.store.duplicates`).
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "report_keys",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("standing_since", sa.Integer(), nullable=False),
        sa.Column("report_year", sa.Integer(), nullable=True),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=True),
        sa.Column("town", sa.Text(), nullable=True),
        sa.Column("text_sha256", sa.Text(), nullable=False),
        sa.Column("sketch", sa.LargeBinary(), nullable=False),
        sa.Column("figures", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_report_keys_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_report_keys")),
    )
    op.create_table(
        "report_bands",
        sa.Column("band", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_report_bands_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("band", "report_id", name=op.f("pk_report_bands")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_report_bands_report_id"), "report_bands", ["report_id"], unique=False)
