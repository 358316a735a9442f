"""The journal's own tables: changes, actions, sealed segments and drafts."""

from sqlalchemy import Index, LargeBinary, text
from sqlmodel import Field, SQLModel

from db.columns import Raw, Whole
from db.models.base import STRICT


class Change(SQLModel, table=True):
    """One field of one row set to one value.

    `segment` is the first 16 hex digits of the hash of the segment the change was sealed in, empty
    until then. `head` and `accepted` are derived: whether no accepted change names this one in its
    `based_on`, and whether this store counts it.
    """

    __tablename__ = "change"
    __table_args__ = (
        Index(
            "ix_change_identity", "device", "incarnation", "scope", "seq", "segment", unique=True
        ),
        Index("ix_change_field", "scope", "entity", "row", "field", "head"),
        Index("ix_change_heads", "scope", "entity", "row", "field", sqlite_where=text("head = 1")),
        Index("ix_change_action", "action"),
        Index("ix_change_clock", "clock"),
        STRICT,
    )

    pk: int | None = Field(default=None, sa_type=Whole, primary_key=True)
    device: str = Field(sa_type=Raw)
    incarnation: str = Field(sa_type=Raw)
    scope: str = Field(sa_type=Raw)
    seq: int = Field(sa_type=Whole)
    segment: str = Field(sa_type=Raw)
    clock: str = Field(sa_type=Raw)
    written_at: str = Field(sa_type=Raw)
    received_at: str = Field(sa_type=Raw)
    officer: str = Field(sa_type=Raw)
    action: str = Field(sa_type=Raw)
    entity: str = Field(sa_type=Raw)
    row: str = Field(sa_type=Raw)
    field: str = Field(sa_type=Raw)
    value: str = Field(sa_type=Raw)
    based_on: str = Field(sa_type=Raw)
    head: int = Field(sa_type=Whole)
    accepted: int = Field(sa_type=Whole)


class Action(SQLModel, table=True):
    """A thing a person did on this machine, in order, so that it can be undone; stays local."""

    __tablename__ = "action"
    __table_args__ = STRICT

    pk: int | None = Field(default=None, sa_type=Whole, primary_key=True)
    id: str = Field(sa_type=Raw, unique=True)
    device: str = Field(sa_type=Raw)
    officer: str = Field(sa_type=Raw)
    at: str = Field(sa_type=Raw)
    undoes: str | None = Field(default=None, sa_type=Raw, nullable=True)
    redoes: str | None = Field(default=None, sa_type=Raw, nullable=True)
    undone_by: str | None = Field(default=None, sa_type=Raw, nullable=True)


class Segment(SQLModel, table=True):
    """Sealed bytes, ours or received, exactly as they are signed; kept for ever.

    `state` says whether its changes count here; `reason` says why not. `transfer` is the place in
    the log of the bundle that brought it, or with which our own left first.
    """

    __tablename__ = "segment"
    __table_args__ = (
        Index("ix_segment_feed", "device", "incarnation", "scope", "first"),
        Index("ix_segment_transfer", "transfer"),
        Index("ix_segment_state", "state", "reason", "hash"),  # read without passing over the bytes
        STRICT,
    )

    hash: str = Field(sa_type=Raw, primary_key=True)
    device: str = Field(sa_type=Raw)
    incarnation: str = Field(sa_type=Raw)
    scope: str = Field(sa_type=Raw)
    first: int = Field(sa_type=Whole)
    last: int = Field(sa_type=Whole)
    previous: str = Field(sa_type=Raw)
    data: bytes = Field(sa_type=LargeBinary)
    signature: bytes = Field(sa_type=LargeBinary)
    received_at: str = Field(sa_type=Raw)
    state: str = Field(sa_type=Raw)
    reason: str = Field(default="", sa_type=Raw)
    transfer: int | None = Field(default=None, sa_type=Whole, nullable=True)


class Draft(SQLModel, table=True):
    """Keystrokes of a text field that has not been left yet; survives a crash, never travels."""

    __tablename__ = "draft"
    __table_args__ = STRICT

    scope: str = Field(sa_type=Raw, primary_key=True)
    entity: str = Field(sa_type=Raw, primary_key=True)
    row: str = Field(sa_type=Raw, primary_key=True)
    field: str = Field(sa_type=Raw, primary_key=True)
    text: str = Field(sa_type=Raw)
    at: str = Field(sa_type=Raw)
