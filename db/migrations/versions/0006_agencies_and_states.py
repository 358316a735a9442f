"""The report of an agency carries its own words; how segments stand is read without their bytes."""

import sqlalchemy as sa
from alembic import op

import db.columns

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Bring the schema to this revision."""
    with op.batch_alter_table("agency") as batch_op:
        batch_op.add_column(sa.Column("remarks", db.columns.Text(), nullable=True))
    op.create_index("ix_segment_state", "segment", ["state", "reason", "hash"])
