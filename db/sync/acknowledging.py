"""Receipts without a bundle: written to a stick, taken in from one, listed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from pathlib import Path

from sqlalchemy import Connection
from sqlmodel import Session

from db import clock, files
from db.clock import VIETNAM
from db.desk import Desk
from db.incarnation import get_meta
from db.models import SHARED
from db.problems import DiskFailed, Problem, Refused, system_words
from db.sync import cards, confirming, layout, receipt_file, receipts
from db.sync.authority import answers_for
from db.sync.cards import Role
from db.sync.confirming import KeptReceipt
from db.sync.holding import held
from db.sync.keys import show_fingerprint
from db.sync.receipt_file import ReceiptFile
from db.sync.receipt_words import words_of
from db.sync.sending import make_receipt, own_card, own_key, ready_folder
from db.sync.trust import Trust, find_device, list_devices, remember
from db.text import shown
from db.upper import communes_in

_UNCHANGED = "Dữ liệu trên máy không bị thay đổi."


class ForeignReceipt(Problem):
    """The receipt is sound but not about this store's data."""

    code = "foreign_receipt"


@dataclass(frozen=True)
class WrittenReceipt:
    """A receipt that was written: where, its number, and about which commune."""

    path: Path
    number: int
    scope: str
    commune: str


@dataclass(frozen=True)
class ReceiptRecord:
    """The newest receipt of a device about a commune, and what of ours it does not name.

    `at` is when it came, in UTC. One of a device that is not trusted does not count.
    """

    device: str
    role: Role
    office: str
    machine: str
    trust: Trust
    scope: str
    number: int
    at: datetime
    lacking_changes: int
    lacking_evidence: int

    @property
    def fingerprint(self) -> str:
        """The device's id in groups, as it is read over the phone."""
        return show_fingerprint(self.device)

    @property
    def counts(self) -> bool:
        """Whether what travels to the device follows this receipt."""
        return self.trust is Trust.TRUSTED

    @property
    def complete(self) -> bool:
        """Whether it names everything that counts here and was sealed."""
        return not (self.lacking_changes or self.lacking_evidence)


@dataclass(frozen=True)
class Taken:
    """What came of a receipt file. Not `new`: what it says was known, or is older than that."""

    record: ReceiptRecord
    new: bool


def write_receipt(desk: Desk, folder: Path, *, program: str, device: str = "") -> WrittenReceipt:
    """Write down what this store holds of the commune in front, as a file of its own.

    Args:
        desk: the open store and who works at it.
        folder: on which disk; made when it is not there.
        program: name and version of the program.
        device: the fingerprint of the machine it is meant for, which is named in it; anyone may
            take it.

    Raises:
        NotFound: no card of that device has come in, or there is no such folder.
        DiskFailed: it could not be written.
        Refused: no commune is in front.
    """
    if desk.commune.scope == SHARED:
        raise Refused(
            "Mỗi biên nhận nói về số liệu của một xã. Chưa có gì được ghi. Hãy chọn xã trước."
        )
    with desk.reading() as session:
        meant = find_device(session, device) if device else None
    key, card, said = own_key(desk), own_card(desk, program), make_receipt(desk)
    own = cards.read(card)
    stated = receipts.read(said, own)
    now = clock.now().astimezone(VIETNAM)
    with desk.reading() as session:
        words = words_of(session, desk.commune, own, stated, now, meant)
    ready_folder(folder)
    path = _free_name(folder, desk, own.device, now.date())
    try:
        files.write_atomic(path, receipt_file.compose(key, words, card, said))
    except OSError as error:
        raise DiskFailed(
            f"Không ghi được biên nhận vào {folder} ({system_words(error)}). Dữ liệu còn nguyên. "
            "Hãy kiểm tra USB, hoặc chọn nơi khác rồi ghi lại."
        ) from error
    return WrittenReceipt(path, stated.number, stated.scope, desk.commune.title)


def take_receipt(desk: Desk, path: Path, *, dry_run: bool = False) -> Taken:
    """Take note of what a receipt file says; one that says nothing newer changes nothing.

    Args:
        desk: the open store.
        path: the file.
        dry_run: find out what it says, and change nothing.

    Raises:
        BundleProblem: the file cannot be used; nothing was changed.
        ForeignReceipt: it is about another commune, or practice meets real data.
        Refused: this machine wrote it itself.
    """
    file = receipt_file.read(path)
    scope = file.receipt.scope
    with desk.reading() as session:
        connection = session.connection()
        _check_belongs(desk, file, get_meta(connection, "device"), communes_in(session))
        before = _kept_of(connection, file.card.device, scope)
        kept = KeptReceipt(
            device=file.card.device,
            role=file.card.role,
            office=file.card.office,
            machine=file.card.machine,
            trust=_trust_in(session, file.card.device),
            receipt=file.receipt,
            at=clock.now(),
        )
        new = before is None or receipts.newer(file.receipt, before.receipt)
        record = _record(desk, connection, scope, kept if new or before is None else before)
    if new and not dry_run:
        with desk.store.writing() as connection:
            remember(connection, file.card, file.card_data)
            confirming.keep(
                connection, file.card, file.receipt, file.receipt_data, desk.store.now()
            )
    return Taken(record, new)


def list_receipts(desk: Desk) -> tuple[ReceiptRecord, ...]:
    """Give the newest receipt of each device about the commune in front."""
    scope = desk.commune.scope
    with desk.reading() as session:
        connection = session.connection()
        kept = confirming.kept_receipts(connection, scope)
        return tuple(_record(desk, connection, scope, one) for one in kept)


def _record(desk: Desk, connection: Connection, scope: str, kept: KeptReceipt) -> ReceiptRecord:
    everything = held(connection, (scope, SHARED))
    lacks = confirming.lacking(connection, desk.home, everything, kept.receipt)
    return ReceiptRecord(
        device=kept.device,
        role=kept.role,
        office=kept.office,
        machine=kept.machine,
        trust=kept.trust,
        scope=scope,
        number=kept.receipt.number,
        at=kept.at,
        lacking_changes=lacks.changes,
        lacking_evidence=len(lacks.evidence),
    )


def _kept_of(connection: Connection, device: str, scope: str) -> KeptReceipt | None:
    kept = confirming.kept_receipts(connection, scope)
    return next((one for one in kept if one.device == device), None)


def _trust_in(session: Session, device: str) -> Trust:
    known = {one.device: one.trust for one in list_devices(session)}
    return known.get(device, Trust.UNDECIDED)


def _check_belongs(desk: Desk, file: ReceiptFile, own: str, communes: Collection[str]) -> None:
    """Refuse what is about others, or was never meant to come here."""
    said, card = file.receipt, file.card
    if card.device == own:
        raise Refused(
            "Biên nhận này do chính máy này ghi ra, để máy đã gửi gói dùng. "
            f"{_UNCHANGED} Hãy chép tệp sang máy ấy."
        )
    if said.practice != desk.practice:
        kind = "thực hành" if said.practice else "thật"
        raise ForeignReceipt(
            f"Đây là biên nhận của dữ liệu {kind}, không dùng được cho kho này. {_UNCHANGED} "
            "Dữ liệu thực hành và dữ liệu thật không bao giờ trộn với nhau."
        )
    if said.scope not in (communes if desk.upper is not None else (desk.commune.scope,)):
        raise ForeignReceipt(
            f"Biên nhận này nói về số liệu của xã khác ({said.scope}). {_UNCHANGED} "
            "Hãy chọn đúng biên nhận, hoặc hỏi lại nơi gửi."
        )
    if not answers_for(card.role, card.scope, said.scope):
        raise ForeignReceipt(
            f"Máy ghi biên nhận này ({shown(card.office)}) không phải máy của xã hay của cấp trên "
            f"của xã. {_UNCHANGED} Hãy hỏi lại nơi gửi."
        )


def _free_name(folder: Path, desk: Desk, device: str, day: date) -> Path:
    """Give the first name of the day that is still free."""
    for number in count(1):
        name = layout.top_folder(desk.commune.scope, device, day, number)
        path = folder / f"{name}{receipt_file.SUFFIX}"
        if not path.exists():
            return path
    raise AssertionError("numbers never end")
