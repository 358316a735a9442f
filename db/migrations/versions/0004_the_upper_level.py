"""The upper level: what it writes, receipts by scope, bundles that can be set aside."""

import sqlalchemy as sa
from alembic import op

import db.columns

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table(
        "agency",
        sa.Column("scope", db.columns.Text(), nullable=False),
        sa.Column("id", db.columns.Text(), nullable=False),
        sa.Column("name", db.columns.Text(), nullable=True),
        sa.Column("field", db.columns.Text(), nullable=True),
        sa.Column("criteria", db.columns.Several(), nullable=True),
        sa.Column("phone", db.columns.Text(), nullable=True),
        sa.Column("note", db.columns.Text(), nullable=True),
        sa.PrimaryKeyConstraint("scope", "id", name=op.f("pk_agency")),
        sqlite_strict=True,
    )
    op.create_table(
        "appraisal",
        sa.Column("scope", db.columns.Text(), nullable=False),
        sa.Column("id", db.columns.Text(), nullable=False),
        sa.Column("tier", db.columns.Text(), nullable=False),
        sa.Column("year", db.columns.Whole(), nullable=False),
        sa.Column("agency", db.columns.Text(), nullable=True),
        sa.Column("verify_on", db.columns.Day(), nullable=True),
        sa.Column("verified_on", db.columns.Day(), nullable=True),
        sa.Column("submit_on", db.columns.Day(), nullable=True),
        sa.Column("submitted_on", db.columns.Day(), nullable=True),
        sa.Column("note", db.columns.Text(), nullable=True),
        sa.PrimaryKeyConstraint("scope", "id", name=op.f("pk_appraisal")),
        sqlite_strict=True,
    )
    op.create_table(
        "guidance",
        sa.Column("scope", db.columns.Text(), nullable=False),
        sa.Column("id", db.columns.Text(), nullable=False),
        sa.Column("criteria_set", db.columns.Text(), nullable=False),
        sa.Column("criterion", db.columns.Text(), nullable=False),
        sa.Column("agency", db.columns.Text(), nullable=True),
        sa.Column("text", db.columns.Text(), nullable=True),
        sa.Column("basis", db.columns.Text(), nullable=True),
        sa.PrimaryKeyConstraint("scope", "id", name=op.f("pk_guidance")),
        sqlite_strict=True,
    )
    op.create_table(
        "published_set",
        sa.Column("scope", db.columns.Text(), nullable=False),
        sa.Column("id", db.columns.Text(), nullable=False),
        sa.Column("set_id", db.columns.Text(), nullable=False),
        sa.Column("content", db.columns.Text(), nullable=True),
        sa.PrimaryKeyConstraint("scope", "id", name=op.f("pk_published_set")),
        sqlite_strict=True,
    )
    op.create_table(
        "upper_inspection",
        sa.Column("scope", db.columns.Text(), nullable=False),
        sa.Column("id", db.columns.Text(), nullable=False),
        sa.Column("visited_on", db.columns.Day(), nullable=True),
        sa.Column("agency", db.columns.Text(), nullable=True),
        sa.Column("team", db.columns.Text(), nullable=True),
        sa.Column("topic", db.columns.Text(), nullable=True),
        sa.Column("findings", db.columns.Text(), nullable=True),
        sa.Column("mend", db.columns.Text(), nullable=True),
        sa.Column("mend_by", db.columns.Day(), nullable=True),
        sa.Column("indicator", db.columns.Text(), nullable=True),
        sa.Column("mended", db.columns.Text(), nullable=True),
        sa.Column("mended_on", db.columns.Day(), nullable=True),
        sa.PrimaryKeyConstraint("scope", "id", name=op.f("pk_upper_inspection")),
        sqlite_strict=True,
    )
    op.create_table(
        "upper_member",
        sa.Column("scope", db.columns.Text(), nullable=False),
        sa.Column("id", db.columns.Text(), nullable=False),
        sa.Column("name", db.columns.Text(), nullable=True),
        sa.Column("position", db.columns.Text(), nullable=True),
        sa.Column("agency", db.columns.Text(), nullable=True),
        sa.Column("communes", db.columns.Several(), nullable=True),
        sa.Column("directive", db.columns.Text(), nullable=True),
        sa.Column("phone", db.columns.Text(), nullable=True),
        sa.PrimaryKeyConstraint("scope", "id", name=op.f("pk_upper_member")),
        sqlite_strict=True,
    )
    op.create_table(
        "upper_office",
        sa.Column("scope", db.columns.Text(), nullable=False),
        sa.Column("id", db.columns.Text(), nullable=False),
        sa.Column("code", db.columns.Text(), nullable=False),
        sa.Column("name", db.columns.Text(), nullable=True),
        sa.Column("office", db.columns.Text(), nullable=True),
        sa.Column("silent_days", db.columns.Whole(), nullable=True),
        sa.PrimaryKeyConstraint("scope", "id", name=op.f("pk_upper_office")),
        sqlite_strict=True,
    )
    op.create_table(
        "upper_request",
        sa.Column("scope", db.columns.Text(), nullable=False),
        sa.Column("id", db.columns.Text(), nullable=False),
        sa.Column("title", db.columns.Text(), nullable=True),
        sa.Column("kind", db.columns.Text(), nullable=True),
        sa.Column("number", db.columns.Text(), nullable=True),
        sa.Column("date_written", db.columns.Text(), nullable=True),
        sa.Column("asks", db.columns.Text(), nullable=True),
        sa.Column("due", db.columns.Day(), nullable=True),
        sa.Column("indicator", db.columns.Text(), nullable=True),
        sa.Column("agency", db.columns.Text(), nullable=True),
        sa.Column("state", db.columns.Text(), nullable=True),
        sa.Column("member", db.columns.Text(), nullable=True),
        sa.Column("result", db.columns.Text(), nullable=True),
        sa.Column("done_on", db.columns.Day(), nullable=True),
        sa.PrimaryKeyConstraint("scope", "id", name=op.f("pk_upper_request")),
        sqlite_strict=True,
    )
    op.create_table(
        "upper_trust",
        sa.Column("scope", db.columns.Text(), nullable=False),
        sa.Column("id", db.columns.Text(), nullable=False),
        sa.Column("device", db.columns.Text(), nullable=False),
        sa.Column("trusted", db.columns.Structured(), nullable=True),
        sa.Column("revoked", db.columns.Structured(), nullable=True),
        sa.PrimaryKeyConstraint("scope", "id", name=op.f("pk_upper_trust")),
        sqlite_strict=True,
    )
    op.create_table(
        "verdict",
        sa.Column("scope", db.columns.Text(), nullable=False),
        sa.Column("id", db.columns.Text(), nullable=False),
        sa.Column("criteria_set", db.columns.Text(), nullable=False),
        sa.Column("indicator", db.columns.Text(), nullable=False),
        sa.Column("year", db.columns.Whole(), nullable=False),
        sa.Column("status", db.columns.Structured(), nullable=True),
        sa.Column("note", db.columns.Text(), nullable=True),
        sa.Column("agency", db.columns.Text(), nullable=True),
        sa.PrimaryKeyConstraint("scope", "id", name=op.f("pk_verdict")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("commune") as batch_op:
        batch_op.add_column(sa.Column("valid_from", db.columns.Day(), nullable=True))
        batch_op.add_column(sa.Column("valid_to", db.columns.Day(), nullable=True))
        batch_op.add_column(sa.Column("merged_into", db.columns.Text(), nullable=True))
    _receipts_by_scope()
    op.add_column("segment", sa.Column("transfer", db.columns.Whole(), nullable=True))
    op.create_index("ix_segment_transfer", "segment", ["transfer"], unique=False)
    _log_by_scope()


_COMMUNE = "SELECT coalesce(max(id), '') FROM commune WHERE id = scope"
"""A store of this age holds one commune."""


def _receipts_by_scope() -> None:
    """Let a device have a receipt for each scope: an upper level has one for each commune."""
    op.rename_table("held_receipt", "before")
    op.create_table(
        "held_receipt",
        sa.Column("device", db.columns.Raw(), nullable=False),
        sa.Column("scope", db.columns.Raw(), nullable=False),
        sa.Column("incarnation", db.columns.Raw(), nullable=False),
        sa.Column("number", db.columns.Whole(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", db.columns.Raw(), nullable=False),
        sa.PrimaryKeyConstraint("device", "scope", name=op.f("pk_held_receipt")),
        sqlite_strict=True,
    )
    op.execute(
        "INSERT INTO held_receipt (device, scope, incarnation, number, data, received_at)"
        f" SELECT device, ({_COMMUNE}), incarnation, number, data, received_at FROM before"
    )
    op.drop_table("before")


def _log_by_scope() -> None:
    """Say of each bundle which commune it is about, and whether it was set aside."""
    op.rename_table("transfer", "before")
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
        sa.Column("scope", db.columns.Raw(), nullable=False),
        sa.Column("aside_at", db.columns.Raw(), nullable=False),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_transfer")),
        sqlite_strict=True,
    )
    kept = "pk, direction, at, name, code, device, changes, evidence, bytes"
    op.execute(
        f"INSERT INTO transfer ({kept}, scope, aside_at) SELECT {kept}, ({_COMMUNE}), ''"
        " FROM before"
    )
    op.drop_table("before")
