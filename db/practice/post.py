"""Bundles between practice stores: really sealed, signed, written, checked and taken in."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db import identity
from db.desk import Desk
from db.home import Home
from db.practice.past import PastClock
from db.sync.info import BundleInfo, Receiver, ReceiverKind
from db.sync.receiving import receive
from db.sync.sending import export
from db.sync.trust import own_device
from db.upper import UpperFounding

_PROGRAM = "ntm demo"


def carry(sender: Desk, receiver: Desk, folder: Path, *, introduced: bool = False) -> None:
    """Carry what one practice store has to another, as on a stick.

    Args:
        sender: whose; a commune's desk, or the upper level's with that commune in front.
        receiver: who takes it in.
        folder: the stick.
        introduced: a person compared the sender's fingerprint, and trusts it from now on.
    """
    written = export(sender, Receiver(ReceiverKind.ALL), folder, _page, program=_PROGRAM)
    with sender.reading() as session:
        trusted = [own_device(session)] if introduced else []
    outcome = receive(receiver, written.path, trust=trusted)
    if outcome.quarantined or outcome.conflicts or outcome.flaws:
        raise RuntimeError(f"a practice bundle was not taken in whole: {outcome}")
    written.path.unlink()


def _page(info: BundleInfo, code: str) -> bytes:
    text = f"Dữ liệu thực hành, không có giá trị: {info.commune_name}, gói {code}"
    return f'<!doctype html><meta charset="utf-8"><title>{text}</title>'.encode()


@contextmanager
def upper_level_of(
    commune: Desk, answers: UpperFounding, folder: Path, wall: PastClock
) -> Iterator[Desk]:
    """Give the upper level of a practice commune, which knows it so far, while its past is made.

    Its store and its key are thrown away then. What it sent stays, and no sending up is remembered:
    whoever practises sends the commune's first bundle.

    Args:
        commune: the practice commune.
        answers: the upper level's founding.
        folder: where to make it.
        wall: what tells the time.
    """
    home = Home(folder / "upper")
    try:
        with Desk.found_upper(
            home, answers, practice=True, any_disk=True, wall=wall, flushed=False
        ) as upper:
            carry(commune, upper, folder, introduced=True)
            yield upper.at_commune(commune.commune.scope)
    finally:
        identity.forget(home.path)
    with commune.store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM held_receipt")
        connection.exec_driver_sql("DELETE FROM transfer WHERE direction = 'out'")
