"""Papers carry the office's own words, and are signed by somebody."""

import sqlalchemy as sa
from alembic import op

import db.columns

revision = "0005"
down_revision = "0004"

_NEW = {
    "commune": ("signer", "signs_as"),
    "sent_report": ("remarks", "proposals", "next_steps", "recipients"),
    "dossier_step": ("words",),
}


def upgrade() -> None:
    """Bring the schema to this revision."""
    for table, names in _NEW.items():
        with op.batch_alter_table(table) as batch_op:
            for name in names:
                batch_op.add_column(sa.Column(name, db.columns.Text(), nullable=True))
