"""What a receipt file says to people, who open it in Notepad."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from sqlmodel import Session

from db.clock import VIETNAM
from db.numbers import show_number
from db.sheet.commune import CommuneProfile
from db.sync.cards import Card
from db.sync.keys import show_fingerprint
from db.sync.receipts import Receipt
from db.sync.trust import DeviceRecord, list_devices
from db.text import shown

_LAST_IN = """
SELECT name, code, at FROM transfer
WHERE direction = 'in' AND scope = ? AND aside_at = '' ORDER BY pk DESC LIMIT 3
"""
_PRACTICE = "DỮ LIỆU THỰC HÀNH, không phải số liệu thật của xã nào."
_WHAT_IT_IS = (
    "Tệp này chỉ là lời xác nhận đã nhận được những gì, không mang số liệu nào.",
    "Hãy chép tệp về máy đã gửi gói, mở Đồng bộ (phím F8), Nhận về, chọn tệp này:",
    "máy ấy biết phần nào đã tới nơi, và lần sau chỉ gửi phần mới.",
)
_OF_THE_SIGNATURE = (
    "Xin đừng sửa tệp: sửa một chữ là chữ ký sai và máy không nhận.",
    "Chữ ký số chứng nhận máy, không chứng nhận người.",
)


def words_of(
    session: Session,
    commune: CommuneProfile,
    own: Card,
    said: Receipt,
    now: datetime,
    meant: DeviceRecord | None,
) -> tuple[str, ...]:
    """Say who holds what, for whom it is written, and what to do with the file.

    Args:
        session: to read with.
        commune: whose data it is about.
        own: the card of the device at hand.
        said: its receipt.
        now: the present moment, by a Vietnamese clock.
        meant: the device that it is written for, if for one.
    """
    facts = [
        ("Về số liệu của", f"{shown(commune.title)} ({commune.scope})"),
        ("Máy đã nhận", _called(own.office, own.machine)),
        ("Mã máy đã nhận", show_fingerprint(own.device)),
        ("Ghi lúc", f"{now:%H:%M ngày %d/%m/%Y}"),
    ]
    if meant is not None:
        facts.append(("Gửi cho máy", f"{_called(meant.office, meant.machine)}"))
        facts.append(("Mã máy ấy", meant.fingerprint))
    return (
        *((_PRACTICE,) if said.practice else ()),
        *_WHAT_IT_IS,
        "",
        *(f"{label + ':':<17}{value}" for label, value in facts),
        "",
        *_holdings(session, said),
        *_last_bundles(session, commune.scope),
        "",
        *_OF_THE_SIGNATURE,
    )


def _holdings(session: Session, said: Receipt) -> Iterator[str]:
    """Say of each machine how many of its changes are held without a gap."""
    known = {one.device: one for one in list_devices(session)}
    counts: Counter[str] = Counter()
    for tip in said.have:
        counts[tip.device] += tip.last
    yield "Máy đã nhận xác nhận đang giữ:"
    for device, changes in counts.most_common():
        one = known.get(device)
        named = _called(one.office, one.machine) if one else ""
        yield f"- {_number(changes)} thay đổi do {named or 'một máy'} ghi ({device[:4]}-…);"
    if said.detached:
        yield f"- {_number(len(said.detached))} đoạn rời, phía trước còn thiếu, lần sau gửi bù;"
    yield f"- {_number(len(said.evidence))} tệp minh chứng."


def _last_bundles(session: Session, scope: str) -> Iterator[str]:
    found = session.connection().exec_driver_sql(_LAST_IN, (scope,)).all()
    if found:
        yield "Gói nhận gần đây nhất:"
    for name, code, at in found:
        came = datetime.fromisoformat(at).astimezone(VIETNAM)
        yield f"- mã {code}, nhận {came:%H:%M ngày %d/%m/%Y}, tệp {shown(name)}"


def _called(office: str, machine: str) -> str:
    return ", ".join(shown(part) for part in (office, machine) if part)


def _number(count: int) -> str:
    return show_number(Decimal(count))
