"""What may count here: whom this store believes, and what each role may write.

Authority follows from a device's card, the scope and the owner of each field, never from rows that
may not have arrived.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from db.clock import LATEST_MS, ROOM_MS, milliseconds
from db.incarnation import get_meta
from db.journal.heads import EXISTS
from db.models import SHARED, Owner, entities
from db.models.base import declarations
from db.sync.cards import Role
from db.sync.records import SegmentHeader, WireChange
from db.sync.trust import Trust


class Reason(StrEnum):
    """Why a segment does not count; kept beside its bytes."""

    UNTRUSTED = "untrusted"
    REVOKED = "revoked"
    AUTHORITY = "authority"
    SCOPE = "wrong_scope"
    CLOCK = "clock"

    @property
    def sentence(self) -> str:
        """The plain words for the person at this machine."""
        return _SENTENCES[self]


_SENTENCES = {
    Reason.UNTRUSTED: (
        "Chưa ai ở đây xác nhận máy này. Phần của máy được giữ nguyên ở khu cách ly, chưa tính. "
        "Hãy gọi điện đối chiếu dấu vân tay rồi chọn Tin cậy."
    ),
    Reason.REVOKED: (
        "Máy này đã bị thu hồi. Phần ghi sau khi thu hồi được giữ ở khu cách ly, không tính."
    ),
    Reason.AUTHORITY: (
        "Máy này ghi vào ô không thuộc quyền của mình. Phần đó được giữ ở khu cách ly, không tính. "
        "Hãy hỏi lại nơi gửi."
    ),
    Reason.SCOPE: "Phần này thuộc xã khác nên được giữ riêng, không tính.",
    Reason.CLOCK: (
        "Phần này ghi thời điểm sau năm 2100, điều không máy nào của chương trình làm, nên được "
        "giữ ở khu cách ly, không tính. Hãy hỏi lại nơi gửi."
    ),
}


@dataclass(frozen=True)
class Believed:
    """Whom the store of the commune `scope` believes now, taken once for a whole import."""

    scope: str
    cards: dict[str, tuple[Role, str]]
    revoked_from: dict[str, dict[str, int]]
    own: frozenset[str]

    def objection_to(self, header: SegmentHeader) -> Reason | None:
        """Tell why nothing of a segment whose signature holds may count, whatever is in it."""
        if header.device not in self.own:
            if header.device not in self.cards:
                return Reason.UNTRUSTED
            if self._is_revoked(header):
                return Reason.REVOKED
        if header.scope not in (self.scope, SHARED):
            return Reason.SCOPE
        role, scope = self._card(header)
        return Reason.SCOPE if role is Role.COMMUNE and scope != self.scope else None

    def objection(self, header: SegmentHeader, changes: Collection[WireChange]) -> Reason | None:
        """Tell why a segment whose signature holds must wait in quarantine, or None."""
        objection = self.objection_to(header)
        if objection is not None:
            return objection
        if header.device not in self.own and any(map(_is_too_far_ahead, changes)):
            return Reason.CLOCK
        role, _scope = self._card(header)
        return None if may_write(role, header.scope, changes) else Reason.AUTHORITY

    def trusts(self, device: str) -> bool:
        """Tell whether a device is believed as a sender now."""
        return device in self.own or (device in self.cards and device not in self.revoked_from)

    def _card(self, header: SegmentHeader) -> tuple[Role, str]:
        """A device keeps the role in which its card first came in."""
        return self.cards.get(header.device, (Role.COMMUNE, self.scope))

    def _is_revoked(self, header: SegmentHeader) -> bool:
        limits = self.revoked_from.get(header.device)
        if limits is None:
            return False
        return header.last >= limits.get(f"{header.incarnation}/{header.scope}", 0)


def _is_too_far_ahead(change: WireChange) -> bool:
    return milliseconds(change.clock) > LATEST_MS + ROOM_MS


def believed(connection: Connection, scope: str) -> Believed:
    """Gather whom the store of a commune believes now."""
    rows = connection.exec_driver_sql("SELECT device, role, scope, trust FROM known_device").all()
    cards = {
        device: (Role(role), scope)
        for device, role, scope, trust in rows
        if trust in (Trust.TRUSTED, Trust.REVOKED)
    }
    revoked = [device for device, _role, _scope, trust in rows if trust == Trust.REVOKED]
    own = connection.exec_driver_sql("SELECT DISTINCT device FROM action").scalars().all()
    return Believed(
        scope,
        cards,
        {device: _limits(connection, device) for device in revoked},
        frozenset({*own} - {*revoked} | {get_meta(connection, "device")}),
    )


def _limits(connection: Connection, device: str) -> dict[str, int]:
    said = connection.exec_driver_sql(
        "SELECT revoked FROM device_trust WHERE id = ? AND revoked IS NOT NULL", (device,)
    ).scalar()
    numbers = json.loads(said).get("from") if said else None
    found = numbers.items() if isinstance(numbers, dict) else ()
    return {feed: number for feed, number in found if isinstance(number, int)}


def may_write(role: Role, scope: str, changes: Iterable[WireChange]) -> bool:
    """Tell whether a role may write these changes; what only a newer program knows may wait."""
    if scope == SHARED:
        return role is Role.UPPER
    return all(_owner(change) in (None, _OWNER_OF[role]) for change in changes)


_OWNER_OF = {Role.COMMUNE: Owner.COMMUNE, Role.UPPER: Owner.UPPER}


def _owner(change: WireChange) -> Owner | None:
    model = entities().get(change.entity)
    if model is None:
        return None
    if change.field == EXISTS:
        return model.row_owner
    declared = declarations(model).get(change.field)
    return declared.owner if declared else None
