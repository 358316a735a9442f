"""What may count here: whom this store believes, and what each role may write.

Authority follows from a device's card, the scope and the owner of each field, never from rows that
may not have arrived.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, text

from db.clock import LATEST_MS, ROOM_MS, milliseconds
from db.incarnation import get_meta
from db.journal import owners
from db.models import SHARED
from db.owner import Owner
from db.sync.cards import Role
from db.sync.overruled import Revocation, overruled, revocation
from db.sync.records import SegmentHeader, WireChange
from db.sync.trust import Trust
from db.upper import is_within

WORDS_OF_TRUST = ("device_trust", "upper_trust")
"""The entities whose rows say which devices are trusted."""


class Reason(StrEnum):
    """Why a segment does not count; kept beside its bytes."""

    UNTRUSTED = "untrusted"
    REVOKED = "revoked"
    AUTHORITY = "authority"
    SCOPE = "wrong_scope"
    CLOCK = "clock"
    DISOWNED = "disowned"

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
    Reason.DISOWNED: (
        "Một máy khác của xã hoặc cấp trên đã thu hồi máy này. Phần ghi sau đó được giữ ở khu cách "
        "ly, chưa tính, cho đến khi người ở đây chọn Thu hồi hoặc Tin cậy lại trong Các máy."
    ),
}


@dataclass(frozen=True)
class Believed:
    """Whom a store believes now about the commune `scope`, taken once for a whole import.

    `revoked_from` are the devices that a person here revoked, `disowned_from` those that only
    another trusted device did: what they write from then on waits for a person's word here, unless
    that person decided to go on trusting.
    """

    scope: str
    cards: dict[str, tuple[Role, str]]
    revoked_from: dict[str, dict[str, int]]
    own: frozenset[str]
    own_card: tuple[Role, str] = (Role.COMMUNE, "")
    disowned_from: dict[str, dict[str, int]] = field(default_factory=dict)

    def objection_to(self, header: SegmentHeader) -> Reason | None:
        """Tell why nothing of a segment whose signature holds may count, whatever is in it."""
        if header.device not in self.own:
            if header.device not in self.cards:
                return Reason.UNTRUSTED
            if _is_beyond(header, self.revoked_from.get(header.device)):
                return Reason.REVOKED
            if _is_beyond(header, self.disowned_from.get(header.device)):
                return Reason.DISOWNED
        if header.scope not in (self.scope, SHARED):
            return Reason.SCOPE
        return None if answers_for(*self._card(header), self.scope) else Reason.SCOPE

    def objection(self, header: SegmentHeader, changes: Collection[WireChange]) -> Reason | None:
        """Tell why a segment whose signature holds must wait in quarantine, or None."""
        objection = self.objection_to(header)
        if objection is not None:
            return objection
        if header.device not in self.own and _is_too_far_ahead(changes):
            return Reason.CLOCK
        role, _scope = self._card(header)
        allowed = may_write(role, header.scope, changes) and not _speaks_for_itself(header, changes)
        return None if allowed else Reason.AUTHORITY

    def trusts(self, device: str) -> bool:
        """Tell whether a device is believed as a sender now."""
        return device in self.own or (device in self.cards and device not in self.revoked_from)

    def _card(self, header: SegmentHeader) -> tuple[Role, str]:
        """A device keeps the role in which its card first came in."""
        return self.cards.get(header.device, self.own_card)


def answers_for(role: Role, of: str, commune: str) -> bool:
    """Tell whether a device of this role may write about a commune at all.

    Args:
        role: for whom it writes.
        of: its commune's code, or that of the upper level's area.
        commune: the commune's code.
    """
    return of == commune if role is Role.COMMUNE else is_within(commune, of)


def _is_beyond(header: SegmentHeader, limits: Mapping[str, int] | None) -> bool:
    if limits is None:
        return False
    return header.last >= limits.get(f"{header.incarnation}/{header.scope}", 0)


def _speaks_for_itself(header: SegmentHeader, changes: Iterable[WireChange]) -> bool:
    """Tell whether a device says of itself that it is trusted, or takes back that it was revoked.

    Whoever found a lost laptop could do that.
    """
    return any(one.entity in WORDS_OF_TRUST and one.row == header.device for one in changes)


def _is_too_far_ahead(changes: Iterable[WireChange]) -> bool:
    return milliseconds(max(change.clock for change in changes)) > LATEST_MS + ROOM_MS


def believed(connection: Connection, scope: str) -> Believed:
    """Gather whom this store believes now about a commune."""
    rows = connection.exec_driver_sql("SELECT device, role, scope, trust FROM known_device").all()
    cards = {
        device: (Role(role), of)
        for device, role, of, trust in rows
        if trust in (Trust.TRUSTED, Trust.REVOKED)
    }
    revoked = {device for device, _role, _of, trust in rows if trust == Trust.REVOKED}
    own = connection.exec_driver_sql("SELECT DISTINCT device FROM action").scalars().all()
    said = published_limits(connection, scope)
    doubted = published_limits(connection, scope, overruled(connection))
    return Believed(
        scope,
        cards,
        {device: said.get(device, {}) for device in revoked},
        frozenset({*own} - revoked | {get_meta(connection, "device")}),
        (own_role(connection), get_meta(connection, "area") or scope),
        {device: limits for device, limits in doubted.items() if device not in revoked},
    )


def own_role(connection: Connection) -> Role:
    """Say for whom the device at hand writes."""
    return Role(get_meta(connection, "role") or Role.COMMUNE)


_REVOCATIONS = """
SELECT id, revoked FROM device_trust WHERE scope = :scope AND revoked IS NOT NULL UNION ALL
SELECT id, revoked FROM upper_trust WHERE scope IN (:scope, 'shared') AND revoked IS NOT NULL
"""


def published_limits(
    connection: Connection, scope: str, without: Collection[Revocation] = ()
) -> dict[str, dict[str, int]]:
    """Give the devices that somebody trusted has revoked, and from which number of each feed on.

    Where both levels did, the earlier number counts.

    Args:
        connection: to read with.
        scope: the commune.
        without: revocations that do not count.
    """
    found: dict[str, dict[str, int]] = {}
    for device, stored in connection.execute(text(_REVOCATIONS), {"scope": scope}):
        said = json.loads(stored)
        if revocation(device, said) in without:
            continue
        limits = _limits(said)
        before = found.get(device)
        if before is None:
            found[device] = limits
        else:
            feeds = before.keys() & limits.keys()  # a feed that one does not name is refused whole
            found[device] = {feed: min(before[feed], limits[feed]) for feed in feeds}
    return found


def _limits(said: Any) -> dict[str, int]:
    numbers = said.get("from") if isinstance(said, dict) else None
    found = numbers.items() if isinstance(numbers, dict) else ()
    return {feed: number for feed, number in found if isinstance(number, int)}


def may_write(role: Role, scope: str, changes: Iterable[WireChange]) -> bool:
    """Tell whether a role may write these changes."""
    owner = OWNER_OF[role]
    written = {(one.entity, one.field) for one in changes}
    return all(owners.may_write(owner, scope, entity, field) for entity, field in written)


OWNER_OF = {Role.COMMUNE: Owner.COMMUNE, Role.UPPER: Owner.UPPER}
"""As whom the devices of a role write."""
