"""The changes that count now are found without passing by all that ever counted."""

import sqlalchemy as sa
from alembic import op

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
