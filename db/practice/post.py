"""Bundles between practice stores: really sealed, signed, written, checked and taken in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from db import identity
from db.desk import Desk
from db.home import Home
from db.practice.past import PastClock
from db.sync.info import BundleInfo, Receiver, ReceiverKind
from db.sync.receiving import receive
from db.sync.sending import export
from db.upper import UpperFounding

_PROGRAM = "ntm demo"
_MACHINE = "Máy thực hành"


@dataclass(frozen=True)
class Posted:
    """A bundle on its way, and the device that wrote it."""

    path: Path
    sender: str


def post(sender: Desk, folder: Path) -> Posted:
    """Write a bundle with what a practice store has for all, as on a stick."""
    written = export(
        sender,
        Receiver(ReceiverKind.ALL),
        folder,
        _page,
        program=_PROGRAM,
        machine_called=_MACHINE,
    )
    return Posted(written.path, written.info.sender)


def take_in(posted: Posted, receiver: Desk, *, introduced: bool = False) -> None:
    """Take a bundle in that was posted.

    Args:
        posted: the bundle; it is removed afterwards.
        receiver: who takes it in.
        introduced: a person compared the sender's fingerprint, and trusts it from now on.
    """
    outcome = receive(receiver, posted.path, trust=[posted.sender] if introduced else [])
    if outcome.quarantined or outcome.conflicts or outcome.flaws or outcome.clocks:
        raise RuntimeError(f"a practice bundle was not taken in whole: {outcome}")
    posted.path.unlink()


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
            take_in(post(commune, folder), upper, introduced=True)
            yield upper.at_commune(commune.commune.scope)
    finally:
        identity.forget(home.path)
    with commune.store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM held_receipt")
        connection.exec_driver_sql("DELETE FROM transfer WHERE direction = 'out'")
