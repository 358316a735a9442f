"""Sending: what a receiver lacks, written as one bundle. The cursor moves when a receipt comes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from db import clock, machine
from db.columns import show_instant
from db.desk import Desk
from db.evidence import path_in
from db.identity import Identity
from db.incarnation import get_meta, set_meta
from db.models import SHARED
from db.problems import DiskFailed, NotFound, Refused, system_words
from db.sync import cards, layout, receipts
from db.sync.archive import Page, Payload, Results, Written, write_bundle
from db.sync.encrypted import write_encrypted
from db.sync.holding import Held, held, statement_of
from db.sync.info import BundleInfo, Receiver
from db.sync.keys import DeviceKey
from db.sync.planning import Plan, carried_files, plan
from db.sync.readers import Readers, check_anybody
from db.sync.receipts import Receipt
from db.sync.sealing import seal_pending
from db.sync.trust import remember, stated
from db.sync.watch import Cancelled, Progress


def export(
    desk: Desk,
    receiver: Receiver,
    folder: Path,
    page: Page,
    *,
    program: str,
    full: bool = False,
    readers: Readers | None = None,
    machine_called: str = "",
    results: Results | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Written:
    """Seal what is new, and write, check and name a bundle in a folder.

    Args:
        desk: the open store and who works at it.
        receiver: for whom; what travels is what that receiver has not confirmed.
        folder: on which disk; made when it is not there.
        page: makes the page for the browser.
        program: name and version of the program.
        full: everything, whatever was confirmed.
        readers: who can open it besides this device; None for a bundle that anyone can open.
        machine_called: what the card calls this machine, where that is not its own name: in
            practice data.
        results: makes the workbook that lies beside the page; None for none.
        progress: called with the bytes done and the bytes in all.
        cancelled: asked whether to stop.

    Raises:
        BundleProblem: nothing bears the final name; the export can simply be repeated.
        DiskFailed: the folder cannot be made.
        Refused: it is to be encrypted, and nobody else could open it.
    """
    if desk.commune.scope == SHARED:
        raise Refused("Mỗi gói mang số liệu của một xã. Chưa có gì được ghi. Hãy chọn xã trước.")
    if readers is not None:
        check_anybody(desk, readers)
    own = own_card(desk, program, machine_called)
    with desk.store.writing() as connection:  # sealed changes never are without their card
        remember(connection, cards.read(own), own, how="own")
    seal_pending(desk.store, cancelled)
    planned = plan(desk, receiver, full=full)
    ready_folder(folder)
    info = _info(desk, planned, program, folder)
    write = _writer(desk, readers)
    written = write(
        folder / f"{info.name}{layout.SUFFIX if readers is None else layout.ENCRYPTED_SUFFIX}",
        list(_payload(desk, planned, own)),
        _identity(desk).key(),
        info,
        page,
        results=results,
        progress=progress,
        cancelled=cancelled,
    )
    with desk.store.writing() as connection:
        log_transfer(
            connection, "out", written.path, written.code, written.info, written.size,
            at=desk.store.now(),
        )  # fmt: skip
    return written


def _writer(desk: Desk, readers: Readers | None) -> Callable[..., Written]:
    """Give what writes the bundle: for anyone, or for some machines only."""
    if readers is None:
        return write_bundle
    own = _identity(desk).opening_key()
    return partial(write_encrypted, home=desk.home, readers=readers.able, own=own)


def ready_folder(folder: Path) -> None:
    """Make the folder to write in, where it is not there yet.

    Raises:
        NotFound: the folder above is not there either.
        DiskFailed: the folder cannot be made.
    """
    if not folder.parent.is_dir():
        raise NotFound(
            f"Không có thư mục {folder}. Chưa có gì được ghi, dữ liệu còn nguyên. "
            "Hãy cắm lại USB, hoặc kiểm tra đường dẫn rồi làm lại."
        )
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise DiskFailed(
            f"Không tạo được thư mục {folder} ({system_words(error)}). Chưa có gì được ghi, "
            "dữ liệu còn nguyên. Hãy cắm lại USB hoặc chọn nơi khác."
        ) from error


def log_transfer(
    connection: Connection,
    direction: str,
    path: Path,
    code: str,
    info: BundleInfo,
    size: int,
    *,
    at: datetime,
) -> int:
    """Write down that a bundle left or came in at a moment; gives its place in the log."""
    receiver = info.receiver.device or info.receiver.kind.value
    logged = connection.exec_driver_sql(
        "INSERT INTO transfer (direction, at, name, code, device, changes, evidence, bytes, scope,"
        " aside_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '')",
        (
            direction, show_instant(at), path.name, code,
            receiver if direction == "out" else info.sender,
            info.counts.changes, info.counts.evidence, size, info.commune_code,
        ),
    )  # fmt: skip
    place = int(logged.lastrowid)
    if direction == "out":  # what was sealed since the bundle before leaves with this one
        connection.exec_driver_sql(
            "UPDATE segment SET transfer = ? WHERE transfer IS NULL", (place,)
        )
    return place


def _payload(desk: Desk, planned: Plan, own: bytes) -> Iterator[Payload]:
    """Give the files of the bundle; each is read by itself, so that no commit waits for long."""
    own_id = cards.read(own).device
    yield Payload(layout.card_name(own_id), own)
    for device in sorted({one.device for one in planned.segments} - {own_id}):
        for (data,) in _read(desk, "SELECT card FROM known_device WHERE device = ?", device):
            yield Payload(layout.card_name(device), data)
    for one in planned.segments:
        name = _segment_name(one)
        for data, signature in _read(
            desk, "SELECT data, signature FROM segment WHERE hash = ?", one.hash
        ):
            yield Payload(name, data)
            yield Payload(layout.signature_name(name), signature)
    for file in planned.evidence:
        yield Payload(file.member, path_in(desk.home, file.sha256), file.label)
    yield Payload(layout.RECEIPT, make_receipt(desk))


def _read(desk: Desk, statement: str, key: str) -> Sequence[Any]:
    with desk.reading() as session:
        return session.connection().exec_driver_sql(statement, (key,)).all()


def _segment_name(one: Held) -> str:
    return (
        f"data/segments/{one.device}-{one.incarnation}-{layout.scope8(one.scope)}"
        f"-{one.first}-{one.last}-{one.hash[:16]}.jsonl"
    )


def own_card(desk: Desk, program: str, machine_called: str = "") -> bytes:
    """Write this device's card anew, signed; see `export`."""
    role, scope, office = stated(desk)
    return cards.make(
        _identity(desk).key(),
        role=role,
        scope=scope,
        office=office[:200],
        machine=machine_called or machine.machine_name(),
        program=program,
        recipient=_identity(desk).opening_key().recipient,
    )


def own_key(desk: Desk) -> DeviceKey:
    """Give the key with which this device signs.

    Raises:
        Refused: the store was opened for looking only.
    """
    return _identity(desk).key()


def _identity(desk: Desk) -> Identity:
    if desk.store.identity is None:
        raise Refused("Kho này chỉ được mở để xem, nên chưa ghi gì được.")
    return desk.store.identity


def make_receipt(desk: Desk) -> bytes:
    """Write and sign the next numbered statement of what this store holds."""
    identity, scope = _identity(desk), desk.commune.scope
    with desk.store.writing() as connection:
        last = int(get_meta(connection, "receipt_number") or 0)
        # By the calendar, so that a store that was rolled back still says newer things.
        number = max(last + 1, clock.wall_ms())
        set_meta(connection, "receipt_number", str(number))
    with desk.reading() as session:
        connection = session.connection()
        said = statement_of(held(connection, (scope, SHARED)))
        files = carried_files(connection, desk.home, scope)
    return receipts.make(
        identity.key(),
        Receipt(
            device=identity.device,
            incarnation=identity.incarnation,
            number=number,
            scope=scope,
            have=said.have,
            detached=said.detached,
            evidence=tuple(one.sha256 for one in files if one.present),
            before=said.before,
            practice=desk.practice,
        ),
    )


def _info(desk: Desk, planned: Plan, program: str, folder: Path) -> BundleInfo:
    """Describe the bundle, with the first number of the day whose name is still free."""
    created = desk.store.now().replace(microsecond=0)
    info = BundleInfo(
        sender=_identity(desk).device,
        commune_code=desk.commune.scope,
        commune_name=desk.commune.title[:200],
        created=created,
        number=1 + _sent_on(desk, created),
        program=program,
        practice=desk.practice,
        receiver=planned.receiver,
        full=planned.full,
    )
    while any((folder / f"{info.name}{suffix}").exists() for suffix in layout.SUFFIXES):
        info = replace(info, number=info.number + 1)
    return info


def _sent_on(desk: Desk, moment: datetime) -> int:
    """Count the bundles written on a UTC day, so that numbers seldom repeat from disk to disk."""
    with desk.reading() as session:
        found = session.connection().exec_driver_sql(
            "SELECT count(*) FROM transfer WHERE direction = 'out' AND at LIKE ?",
            (f"{show_instant(moment)[:10]}%",),
        )
        return int(found.scalar_one())
