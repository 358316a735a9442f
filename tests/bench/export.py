"""A full export against a straight script that reads, writes JSON Lines, deflates and hashes."""

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from db.desk import Desk
from db.sync.info import Receiver
from db.sync.sending import export
from tests.bench import stores
from tests.bench.measuring import Ratio, timed

CHANGES = 30_000


def straight_script(store: Path, target: Path) -> None:
    with closing(sqlite3.connect(store)) as connection:
        connection.row_factory = sqlite3.Row
        rows = connection.execute("SELECT * FROM change ORDER BY pk")
        lines = [json.dumps(dict(row), ensure_ascii=False).encode() for row in rows]
    data = b"\n".join(lines)
    target.write_bytes(zlib.compress(data))
    hashlib.sha256(target.read_bytes()).hexdigest()


def full_export(desk: Desk, target: Path) -> None:
    export(desk, Receiver(), target, lambda _info, _code: b"<html></html>", program="bench")


def run() -> Iterator[Ratio]:
    with stores.folder() as folder:
        desk = stores.found(folder / "home")
        try:
            stores.fill(desk, CHANGES)
            store = desk.home.store
            straight = min(timed(lambda: straight_script(store, folder / "z")) for _ in range(3))
            first = timed(lambda: full_export(desk, folder / "usb"))
            again = min(timed(lambda: full_export(desk, folder / "usb")) for _ in range(3))
        finally:
            desk.close()
    yield Ratio("first full export of 30,000 changes", first, straight, "straight script", 2.0)
    yield Ratio("the same, sealed before", again, straight, "straight script", 2.0)
