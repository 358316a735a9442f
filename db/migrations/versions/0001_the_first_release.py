"""The first release."""

import sqlalchemy as sa
from alembic import op

import db.columns

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table(
        "action",
        sa.Column("pk", db.columns.Whole(), nullable=False),
        sa.Column("id", db.columns.Raw(), nullable=False),
        sa.Column("device", db.columns.Raw(), nullable=False),
        sa.Column("officer", db.columns.Raw(), nullable=False),
        sa.Column("at", db.columns.Raw(), nullable=False),
        sa.Column("undoes", db.columns.Raw(), nullable=True),
        sa.Column("redoes", db.columns.Raw(), nullable=True),
        sa.Column("undone_by", db.columns.Raw(), nullable=True),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_action")),
        sa.UniqueConstraint("id", name=op.f("uq_action_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "assessment",
        sa.Column("scope", db.columns.Text(), nullable=False),
        sa.Column("id", db.columns.Text(), nullable=False),
        sa.Column("criteria_set", db.columns.Text(), nullable=False),
        sa.Column("indicator", db.columns.Text(), nullable=False),
        sa.Column("year", db.columns.Whole(), nullable=False),
        sa.Column("village", db.columns.Text(), nullable=False),
        sa.Column("status", db.columns.Structured(), nullable=True),
        sa.Column("figure", db.columns.Structured(), nullable=True),
        sa.Column("note", db.columns.Text(), nullable=True),
        sa.Column("responsible", db.columns.Text(), nullable=True),
        sa.Column("due", db.columns.Day(), nullable=True),
        sa.PrimaryKeyConstraint("scope", "id", name=op.f("pk_assessment")),
        sqlite_strict=True,
    )
    op.create_table(
        "change",
        sa.Column("pk", db.columns.Whole(), nullable=False),
        sa.Column("device", db.columns.Raw(), nullable=False),
        sa.Column("incarnation", db.columns.Raw(), nullable=False),
        sa.Column("scope", db.columns.Raw(), nullable=False),
        sa.Column("seq", db.columns.Whole(), nullable=False),
        sa.Column("segment", db.columns.Raw(), nullable=False),
        sa.Column("clock", db.columns.Raw(), nullable=False),
        sa.Column("written_at", db.columns.Raw(), nullable=False),
        sa.Column("received_at", db.columns.Raw(), nullable=False),
        sa.Column("officer", db.columns.Raw(), nullable=False),
        sa.Column("action", db.columns.Raw(), nullable=False),
        sa.Column("entity", db.columns.Raw(), nullable=False),
        sa.Column("row", db.columns.Raw(), nullable=False),
        sa.Column("field", db.columns.Raw(), nullable=False),
        sa.Column("value", db.columns.Raw(), nullable=False),
        sa.Column("based_on", db.columns.Raw(), nullable=False),
        sa.Column("head", db.columns.Whole(), nullable=False),
        sa.Column("accepted", db.columns.Whole(), nullable=False),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_change")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index("ix_change_action", ["action"], unique=False)
        batch_op.create_index("ix_change_clock", ["clock"], unique=False)
        batch_op.create_index(
            "ix_change_field", ["scope", "entity", "row", "field", "head"], unique=False
        )
        batch_op.create_index(
            "ix_change_identity", ["device", "incarnation", "scope", "seq", "segment"], unique=True
        )

    op.create_table(
        "commune",
        sa.Column("scope", db.columns.Text(), nullable=False),
        sa.Column("id", db.columns.Text(), nullable=False),
        sa.Column("code", db.columns.Text(), nullable=False),
        sa.Column("name", db.columns.Text(), nullable=True),
        sa.Column("district", db.columns.Text(), nullable=True),
        sa.Column("province", db.columns.Text(), nullable=True),
        sa.Column("upper_level", db.columns.Text(), nullable=True),
        sa.Column("tier", db.columns.Text(), nullable=True),
        sa.Column("target_year", db.columns.Whole(), nullable=True),
        sa.Column("deadline", db.columns.Day(), nullable=True),
        sa.Column("held_tier", db.columns.Text(), nullable=True),
        sa.Column("held_decision", db.columns.Text(), nullable=True),
        sa.Column("held_date", db.columns.Text(), nullable=True),
        sa.Column("criteria_set", db.columns.Text(), nullable=True),
        sa.PrimaryKeyConstraint("scope", "id", name=op.f("pk_commune")),
        sqlite_strict=True,
    )
    op.create_table(
        "device_trust",
        sa.Column("scope", db.columns.Text(), nullable=False),
        sa.Column("id", db.columns.Text(), nullable=False),
        sa.Column("device", db.columns.Text(), nullable=False),
        sa.Column("trusted", db.columns.Structured(), nullable=True),
        sa.Column("revoked", db.columns.Structured(), nullable=True),
        sa.PrimaryKeyConstraint("scope", "id", name=op.f("pk_device_trust")),
        sqlite_strict=True,
    )
    op.create_table(
        "draft",
        sa.Column("scope", db.columns.Raw(), nullable=False),
        sa.Column("entity", db.columns.Raw(), nullable=False),
        sa.Column("row", db.columns.Raw(), nullable=False),
        sa.Column("field", db.columns.Raw(), nullable=False),
        sa.Column("text", db.columns.Raw(), nullable=False),
        sa.Column("at", db.columns.Raw(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "entity", "row", "field", name=op.f("pk_draft")),
        sqlite_strict=True,
    )
    op.create_table(
        "evidence",
        sa.Column("scope", db.columns.Text(), nullable=False),
        sa.Column("id", db.columns.Text(), nullable=False),
        sa.Column("criteria_set", db.columns.Text(), nullable=True),
        sa.Column("indicator", db.columns.Text(), nullable=True),
        sa.Column("year", db.columns.Whole(), nullable=True),
        sa.Column("kind", db.columns.Text(), nullable=True),
        sa.Column("title", db.columns.Text(), nullable=True),
        sa.Column("number", db.columns.Text(), nullable=True),
        sa.Column("date_written", db.columns.Text(), nullable=True),
        sa.Column("issuer", db.columns.Text(), nullable=True),
        sa.Column("sha256", db.columns.Text(), nullable=True),
        sa.Column("file_name", db.columns.Text(), nullable=True),
        sa.Column("size", db.columns.Whole(), nullable=True),
        sa.PrimaryKeyConstraint("scope", "id", name=op.f("pk_evidence")),
        sqlite_strict=True,
    )
    op.create_table(
        "held_receipt",
        sa.Column("device", db.columns.Raw(), nullable=False),
        sa.Column("incarnation", db.columns.Raw(), nullable=False),
        sa.Column("number", db.columns.Whole(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", db.columns.Raw(), nullable=False),
        sa.PrimaryKeyConstraint("device", name=op.f("pk_held_receipt")),
        sqlite_strict=True,
    )
    op.create_table(
        "known_device",
        sa.Column("device", db.columns.Raw(), nullable=False),
        sa.Column("card", sa.LargeBinary(), nullable=False),
        sa.Column("role", db.columns.Raw(), nullable=False),
        sa.Column("scope", db.columns.Raw(), nullable=False),
        sa.Column("office", db.columns.Raw(), nullable=False),
        sa.Column("machine", db.columns.Raw(), nullable=False),
        sa.Column("first_seen_at", db.columns.Raw(), nullable=False),
        sa.Column("trust", db.columns.Raw(), nullable=False),
        sa.Column("how", db.columns.Raw(), nullable=False),
        sa.Column("decided_at", db.columns.Raw(), nullable=False),
        sa.PrimaryKeyConstraint("device", name=op.f("pk_known_device")),
        sqlite_strict=True,
    )
    op.create_table(
        "meta",
        sa.Column("key", db.columns.Raw(), nullable=False),
        sa.Column("value", db.columns.Raw(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
        sqlite_strict=True,
    )
    op.create_table(
        "officer",
        sa.Column("scope", db.columns.Text(), nullable=False),
        sa.Column("id", db.columns.Text(), nullable=False),
        sa.Column("code", db.columns.Text(), nullable=False),
        sa.Column("name", db.columns.Text(), nullable=True),
        sa.Column("position", db.columns.Text(), nullable=True),
        sa.PrimaryKeyConstraint("scope", "id", name=op.f("pk_officer")),
        sqlite_strict=True,
    )
    op.create_table(
        "segment",
        sa.Column("hash", db.columns.Raw(), nullable=False),
        sa.Column("device", db.columns.Raw(), nullable=False),
        sa.Column("incarnation", db.columns.Raw(), nullable=False),
        sa.Column("scope", db.columns.Raw(), nullable=False),
        sa.Column("first", db.columns.Whole(), nullable=False),
        sa.Column("last", db.columns.Whole(), nullable=False),
        sa.Column("previous", db.columns.Raw(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", db.columns.Raw(), nullable=False),
        sa.Column("state", db.columns.Raw(), nullable=False),
        sa.Column("reason", db.columns.Raw(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_segment")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("segment", schema=None) as batch_op:
        batch_op.create_index(
            "ix_segment_feed", ["device", "incarnation", "scope", "first"], unique=False
        )

    op.create_table(
        "threshold_confirmation",
        sa.Column("scope", db.columns.Text(), nullable=False),
        sa.Column("id", db.columns.Text(), nullable=False),
        sa.Column("criteria_set", db.columns.Text(), nullable=False),
        sa.Column("indicator", db.columns.Text(), nullable=False),
        sa.Column("threshold", db.columns.Structured(), nullable=True),
        sa.PrimaryKeyConstraint("scope", "id", name=op.f("pk_threshold_confirmation")),
        sqlite_strict=True,
    )
    op.create_table(
        "transfer",
        sa.Column("pk", db.columns.Whole(), nullable=False),
        sa.Column("direction", db.columns.Raw(), nullable=False),
        sa.Column("at", db.columns.Raw(), nullable=False),
        sa.Column("name", db.columns.Raw(), nullable=False),
        sa.Column("code", db.columns.Raw(), nullable=False),
        sa.Column("device", db.columns.Raw(), nullable=False),
        sa.Column("changes", db.columns.Whole(), nullable=False),
        sa.Column("evidence", db.columns.Whole(), nullable=False),
        sa.Column("bytes", db.columns.Whole(), nullable=False),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_transfer")),
        sqlite_strict=True,
    )
    op.create_table(
        "village",
        sa.Column("scope", db.columns.Text(), nullable=False),
        sa.Column("id", db.columns.Text(), nullable=False),
        sa.Column("code", db.columns.Text(), nullable=False),
        sa.Column("name", db.columns.Text(), nullable=True),
        sa.Column("households", db.columns.Whole(), nullable=True),
        sa.Column("population", db.columns.Whole(), nullable=True),
        sa.PrimaryKeyConstraint("scope", "id", name=op.f("pk_village")),
        sqlite_strict=True,
    )
