"""Heads have an index; indicators can go by village; plans keep the result of recognition."""

import sqlalchemy as sa
from alembic import op

import db.columns

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_index(
        "ix_change_heads",
        "change",
        ["scope", "entity", "row", "field"],
        unique=False,
        sqlite_where=sa.text("head = 1"),
    )
    op.create_table(
        "indicator_setting",
        sa.Column("scope", db.columns.Text(), nullable=False),
        sa.Column("id", db.columns.Text(), nullable=False),
        sa.Column("criteria_set", db.columns.Text(), nullable=False),
        sa.Column("indicator", db.columns.Text(), nullable=False),
        sa.Column("by_village", db.columns.Flag(), nullable=True),
        sa.PrimaryKeyConstraint("scope", "id", name=op.f("pk_indicator_setting")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("criterion_plan") as batch_op:
        batch_op.add_column(sa.Column("old_result", db.columns.Text(), nullable=True))
