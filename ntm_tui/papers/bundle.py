"""A bundle as this program sends it: with its page for the browser."""

from pathlib import Path
from typing import TYPE_CHECKING

from ntm_tui import __version__
from ntm_tui.papers.page import page_for

if TYPE_CHECKING:
    from db.desk import Desk
    from db.sync.archive import Written
    from db.sync.info import Receiver
    from db.sync.readers import Readers
    from db.sync.watch import Cancelled, Progress

PROGRAM = f"ntm-tui {__version__}"


def send_bundle(
    desk: "Desk",
    receiver: "Receiver",
    folder: Path,
    *,
    full: bool = False,
    readers: "Readers | None" = None,
    progress: "Progress | None" = None,
    cancelled: "Cancelled | None" = None,
) -> "Written":
    """Write a bundle for a receiver into a folder.

    Args:
        desk: the open store and who works at it.
        receiver: for whom.
        folder: on which disk.
        full: everything, whatever was confirmed.
        readers: who can open it besides this machine; None for a bundle that anyone can open.
        progress: called with the bytes done and the bytes in all.
        cancelled: asked whether to stop.

    Raises:
        Problem: nothing bears the final name; it can simply be repeated.
    """
    from db.sync.planning import plan
    from db.sync.sending import export

    planned = plan(desk, receiver, full=full)
    return export(
        desk,
        receiver,
        folder,
        page_for(desk, planned.evidence),
        program=PROGRAM,
        full=full,
        readers=readers,
        progress=progress,
        cancelled=cancelled,
    )
