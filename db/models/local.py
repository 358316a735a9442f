"""What one store knows for itself and never sends: its marks, other devices, receipts, imports."""

from sqlalchemy import LargeBinary
from sqlmodel import Field, SQLModel

from db.columns import Raw, Whole
from db.models.base import STRICT


class Meta(SQLModel, table=True):
    """A mark of this store, such as the device and incarnation that write in it."""

    __tablename__ = "meta"
    __table_args__ = STRICT

    key: str = Field(sa_type=Raw, primary_key=True)
    value: str = Field(sa_type=Raw)


class KnownDevice(SQLModel, table=True):
    """A device whose card has come in, and what a person here decided about it.

    `trust` is empty (not decided), "trusted" or "revoked"; `how` says by what act.
    """

    __tablename__ = "known_device"
    __table_args__ = STRICT

    device: str = Field(sa_type=Raw, primary_key=True)
    card: bytes = Field(sa_type=LargeBinary)
    role: str = Field(sa_type=Raw)
    scope: str = Field(sa_type=Raw)
    office: str = Field(sa_type=Raw)
    machine: str = Field(sa_type=Raw)
    first_seen_at: str = Field(sa_type=Raw)
    trust: str = Field(default="", sa_type=Raw)
    how: str = Field(default="", sa_type=Raw)
    decided_at: str = Field(default="", sa_type=Raw)


class HeldReceipt(SQLModel, table=True):
    """The newest receipt of each receiving device for a scope: what it has said it holds."""

    __tablename__ = "held_receipt"
    __table_args__ = STRICT

    device: str = Field(sa_type=Raw, primary_key=True)
    scope: str = Field(sa_type=Raw, primary_key=True)
    incarnation: str = Field(sa_type=Raw)
    number: int = Field(sa_type=Whole)
    data: bytes = Field(sa_type=LargeBinary)
    received_at: str = Field(sa_type=Raw)


class Transfer(SQLModel, table=True):
    """A bundle that left or came in: the log people ask about.

    `scope` is the commune it is about; `aside_at` says since when a bundle that came in does not
    count here.
    """

    __tablename__ = "transfer"
    __table_args__ = STRICT

    pk: int | None = Field(default=None, sa_type=Whole, primary_key=True)
    direction: str = Field(sa_type=Raw)
    at: str = Field(sa_type=Raw)
    name: str = Field(sa_type=Raw)
    code: str = Field(sa_type=Raw)
    device: str = Field(sa_type=Raw)
    changes: int = Field(sa_type=Whole)
    evidence: int = Field(sa_type=Whole)
    bytes: int = Field(sa_type=Whole)
    scope: str = Field(default="", sa_type=Raw)
    aside_at: str = Field(default="", sa_type=Raw)
