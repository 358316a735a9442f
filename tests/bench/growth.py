"""Does a bundle of fifty edits grow with the history before it?"""

import zipfile
from collections.abc import Iterator
from pathlib import Path

from db.home import Home
from db.sync.info import Receiver, ReceiverKind
from db.sync.joining import join
from db.sync.receiving import receive
from db.sync.sending import export
from tests.bench import stores

EDITS = 50


def page(_info: object, _code: str) -> bytes:
    return b"<html></html>"


def segment_bytes(history: int, folder: Path) -> int:
    """Give the packed bytes of the segments in a bundle of fifty edits after so much history."""
    desk = stores.found(folder / "first")
    try:
        stores.fill(desk, history)
        first = export(desk, Receiver(), folder / "usb", page, program="bench", full=True)
        second = join(Home(folder / "second"), first.path, "Hoàng Văn Páo")
        device = second.store.author("").device
        back = export(second, Receiver(ReceiverKind.ALL), folder / "usb", page, program="bench")
        second.close()
        receive(desk, back.path, trust=[device])
        export(desk, Receiver(ReceiverKind.DEVICE, device), folder / "usb", page, program="bench")
        stores.edit(desk, EDITS)
        out = export(
            desk, Receiver(ReceiverKind.DEVICE, device), folder / "usb", page, program="bench"
        )
    finally:
        desk.close()
    with zipfile.ZipFile(out.path) as archive:
        found = [one for one in archive.infolist() if one.filename.endswith(".jsonl")]
        return max(one.compress_size for one in found)


def run() -> Iterator[str]:
    sizes = {}
    for history in (1_000, 100_000):
        with stores.folder() as folder:
            sizes[history] = segment_bytes(history, folder)
    small, large = sizes.values()
    verdict = "ok" if large <= 4_000 and abs(large - small) <= small / 10 else "OVER"
    yield (
        f"segment of {EDITS} edits: {small} bytes after 1,000 changes, {large} after 100,000"
        f"   goal < 4000 and within 10 %  {verdict}"
    )
