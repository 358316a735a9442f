"""Which devices are known here, and what a person decided about them. Only a person trusts."""

import json
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection
from sqlmodel import Session, select

from db import clock, identity, machine
from db.columns import show_instant
from db.desk import Desk
from db.incarnation import get_meta
from db.journal.recording import JournalSession
from db.journal.scopes import EVERY_SCOPE
from db.journal.undo import keep_for_good
from db.models import SHARED, DeviceTrust, KnownDevice, UpperTrust
from db.owner import Owner
from db.problems import NotFound, Refused
from db.sync import cards
from db.sync.cards import Card, Role
from db.sync.keys import read_fingerprint, show_fingerprint
from db.sync.overruled import follow, overrule, overruled, revocation
from db.sync.problems import BundleProblem

_SAID = f"""{EVERY_SCOPE}
SELECT c.row, c.device, c.value
FROM every CROSS JOIN change c INDEXED BY ix_change_heads ON c.scope = every.scope
WHERE c.entity IN ('device_trust', 'upper_trust') AND c.field = ? AND c.head = 1 AND c.accepted = 1
    AND c.value <> 'null'
"""


class Trust(StrEnum):
    """What a person here decided about a device."""

    UNDECIDED = ""
    TRUSTED = "trusted"
    REVOKED = "revoked"


@dataclass(frozen=True)
class DeviceRecord:
    """A device as people see it.

    `introduced_by`: devices here trusted that vouch for it. `disowned_by`: those that revoked it,
    unless a person here has heard of that and goes on trusting. `recipient`: the public age key on
    its card; without one nothing can be encrypted to it.
    """

    device: str
    role: Role
    scope: str
    office: str
    machine: str
    trust: Trust
    how: str
    own: bool
    recipient: str = ""
    introduced_by: tuple[str, ...] = ()
    disowned_by: tuple[str, ...] = ()

    @property
    def disowned(self) -> bool:
        """Whether another machine revoked it and nobody here has decided yet."""
        return bool(self.disowned_by) and self.trust is Trust.TRUSTED and not self.own

    @property
    def fingerprint(self) -> str:
        """The id in groups, as it is read over the phone."""
        return show_fingerprint(self.device)


def own_device(session: Session) -> str:
    """Give the id of the device at hand."""
    return get_meta(session.connection(), "device")


def list_devices(session: Session) -> tuple[DeviceRecord, ...]:
    """Give every device whose card has come in, our own first."""
    own = get_meta(session.connection(), "device")
    vouched = _said_by_others(session.connection(), "trusted")
    disowned = _said_by_others(session.connection(), "revoked")
    found = [
        DeviceRecord(
            device=row.device,
            role=Role(row.role),
            scope=row.scope,
            office=row.office,
            machine=row.machine,
            trust=Trust(row.trust),
            how=row.how,
            own=row.device == own,
            recipient=cards.recipient_of(row.card),
            introduced_by=tuple(sorted(vouched.get(row.device, ()))),
            disowned_by=tuple(sorted(disowned.get(row.device, ()))),
        )
        for row in session.exec(select(KnownDevice))
    ]
    return tuple(sorted(found, key=lambda one: (not one.own, one.office, one.device)))


def known_devices(desk: Desk, session: Session) -> tuple[DeviceRecord, ...]:
    """Give every known device, and the one at hand also before it has ever sent anything."""
    found, own = list_devices(session), own_device(session)
    recipient = _own_recipient(desk)
    if not own or any(one.own for one in found):
        return tuple(replace(it, recipient=recipient) if it.own else it for it in found)
    role, scope, office = stated(desk)
    mine = DeviceRecord(
        device=own,
        role=role,
        scope=scope,
        office=office,
        machine=machine.machine_name(),
        trust=Trust.TRUSTED,
        how="own",
        own=True,
        recipient=recipient,
    )
    return (mine, *found)


def _own_recipient(desk: Desk) -> str:
    """Give our own public age key; empty before the program that makes one first opened a store."""
    own = desk.store.identity or identity.load(desk.home.path)
    return own.opening_key().recipient if own is not None and own.age_key else ""


def stated(desk: Desk) -> tuple[Role, str, str]:
    """Give what the card of the device at hand says: for whom it writes, where, which office."""
    if desk.upper is not None:
        return Role.UPPER, desk.upper.area, desk.upper.office
    return Role.COMMUNE, desk.commune.scope, f"UBND xã {desk.commune.name}"


def _said_by_others(connection: Connection, field: str) -> dict[str, set[str]]:
    """Give, for each device, the other devices that published their trust in it, or its end."""
    rows = connection.exec_driver_sql(_SAID, (field,))
    not_followed = overruled(connection)
    found: dict[str, set[str]] = {}
    for subject, author, said in rows:
        if author != subject and revocation(subject, json.loads(said)) not in not_followed:
            found.setdefault(subject, set()).add(author)
    return found


def find_device(session: Session, fingerprint: str) -> DeviceRecord:
    """Give the device with a fingerprint, typed with or without dashes.

    Raises:
        NotFound: no card of such a device has come in.
        FingerprintProblem: the text is no fingerprint.
    """
    wanted = read_fingerprint(fingerprint)
    for one in list_devices(session):
        if one.device == wanted:
            return one
    raise NotFound(
        f"Chưa có gói nào mang thẻ của máy {show_fingerprint(wanted)}. Chưa có gì thay đổi. "
        "Hãy kiểm tra lại dấu vân tay, hoặc nhận gói của máy đó trước."
    )


def take_card(desk: Desk, data: bytes) -> DeviceRecord:
    """Keep a card that came by itself, without a bundle; whether to trust it stays to be decided.

    Raises:
        Refused: its signature does not hold, or it is our own.
    """
    try:
        card = cards.read(data)
    except BundleProblem as error:
        raise Refused(
            "Tệp này không phải thẻ máy, hoặc thẻ đã bị sửa nên chữ ký không đúng. Chưa có gì thay "
            "đổi. Hãy xin lại thẻ từ máy kia."
        ) from error
    if desk.store.identity is not None and card.device == desk.store.identity.device:
        raise Refused(
            "Đây là thẻ của chính máy này. Chưa có gì thay đổi. Hãy nhập thẻ này ở máy khác."
        )
    with desk.store.writing() as connection:
        remember(connection, card, data)
    with desk.reading() as session:
        return find_device(session, card.device)


def remember(connection: Connection, card: Card, data: bytes, *, how: str = "") -> None:
    """Keep a card that came in; `how` says by which act its device is trusted at once.

    An older bundle that comes in late must not take away the key that a later card told.
    """
    if not card.recipient and _told_recipient(connection, card.device):
        return
    trust = Trust.TRUSTED if how else Trust.UNDECIDED
    now = show_instant(clock.now())
    connection.exec_driver_sql(
        "INSERT INTO known_device (device, card, role, scope, office, machine, first_seen_at,"
        " trust, how, decided_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (device) DO UPDATE SET card = excluded.card, office = excluded.office,"
        " machine = excluded.machine",
        (
            card.device, data, card.role.value, card.scope, card.office, card.machine, now,
            trust.value, how, now if how else "",
        ),
    )  # fmt: skip


def _told_recipient(connection: Connection, device: str) -> str:
    """Give the public age key on the card that is kept of a device."""
    kept = connection.exec_driver_sql(
        "SELECT card FROM known_device WHERE device = ?", (device,)
    ).scalar()
    return cards.recipient_of(kept) if kept is not None else ""


def decide(connection: Connection, device: str, trust: Trust, how: str) -> None:
    """Keep what a person here decided about a device whose card is known."""
    connection.exec_driver_sql(
        "UPDATE known_device SET trust = ?, how = ?, decided_at = ? WHERE device = ?",
        (trust.value, how, show_instant(clock.now()), device),
    )


def believe(session: JournalSession, scope: str, device: str) -> None:
    """Trust a device whose card is known, here and in a scope where others see it.

    Also where other machines have revoked it: a person here who knows that decides for this one.
    The undo key does not reach this: trust is taken back by revoking it.

    Raises:
        NotFound: no card of such a device has come in.
        Refused: it is the device at hand.
    """
    found = find_device(session, device)
    if found.own:
        raise Refused(
            "Đây là chính máy đang dùng, không cần tin cậy. Chưa có gì thay đổi. "
            "Hãy chọn mã của máy gửi gói."
        )
    publish_trust(session, scope, found)
    keep_for_good(session)
    overrule(session.connection(), device)
    decide(session.connection(), device, Trust.TRUSTED, "person")


def disown(session: JournalSession, scope: str, device: str) -> None:
    """Believe a device no longer, here and in a scope where others see it.

    Raises:
        NotFound: no card of such a device has come in.
        Refused: it is the device at hand.
    """
    publish_revocation(session, scope, find_device(session, device))
    keep_for_good(session)
    follow(session.connection(), device)
    decide(session.connection(), device, Trust.REVOKED, "person")


def publish_trust(session: JournalSession, scope: str, device: DeviceRecord) -> None:
    """Say in a scope that a person trusts a device: an introduction to others."""
    row = _trust_row(session, scope, device.device)
    row.trusted = {"role": device.role.value, "scope": device.scope}
    row.revoked = None


def publish_revocation(session: JournalSession, scope: str, device: DeviceRecord) -> None:
    """Say in a scope from which number on a device is no longer believed.

    Raises:
        Refused: it is the device at hand.
    """
    if device.own:
        raise Refused(
            "Không thể thu hồi chính máy đang dùng. Chưa có gì thay đổi. "
            "Hãy thu hồi từ máy khác của xã hoặc nhờ cấp trên."
        )
    row = _trust_row(session, scope, device.device)
    if row.revoked is None:  # another machine of ours said it first, and from which number on
        row.revoked = {"from": _next_numbers(session.connection(), device.device)}


def _trust_row(session: JournalSession, scope: str, device: str) -> DeviceTrust | UpperTrust:
    """Give the row of our own level's word about a device."""
    upper = session.recorder.author.owner is Owner.UPPER
    model: type[DeviceTrust] | type[UpperTrust] = UpperTrust if upper else DeviceTrust
    row: Any = session.get(model, (scope, model.row_id(device)))
    if row is None:
        row = model.keyed(scope, device)
        session.add(row)
    found: DeviceTrust | UpperTrust = row
    return found


def trust_scope(desk: Desk, device: DeviceRecord) -> str:
    """Say in which scope a word about a device is published.

    At the upper level, one about a commune's machine goes to that commune, one about a machine of
    its own to all.
    """
    if desk.upper is None:
        return desk.commune.scope
    return device.scope if device.role is Role.COMMUNE else SHARED


def _next_numbers(connection: Connection, device: str) -> dict[str, int]:
    rows = connection.exec_driver_sql(
        "SELECT incarnation || '/' || scope, max(last) + 1 FROM segment"
        " WHERE device = ? AND state = 'accepted' GROUP BY incarnation, scope",
        (device,),
    )
    return {str(feed): int(number) for feed, number in rows}
