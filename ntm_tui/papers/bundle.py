"""A bundle as this program sends it: with its page for the browser and its workbook."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_tui import __version__
from ntm_tui.papers.page import page_for

if TYPE_CHECKING:
    from db.desk import Desk
    from db.sync.archive import Results, Written
    from db.sync.info import BundleInfo, Receiver
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
        results=results_for(desk),
        progress=progress,
        cancelled=cancelled,
    )


def results_for(desk: "Desk") -> "Results":
    """Make the function that writes the workbook of a bundle: the result table as it stands now."""
    from ntm_tui.papers.workbooks.form_file import FormProblem
    from ntm_tui.papers.workbooks.results import RESULTS
    from ntm_tui.papers.workbooks.workbook import Options, Source

    desk = replace(desk, looking_at="")  # whatever is being looked at on the screen

    def write(info: "BundleInfo") -> bytes:
        from db.periods import Cycle, period_of

        year = period_of(Cycle.YEAR, info.local.date())
        try:
            return RESULTS.make_from(Source(desk, year, made=info.created))
        except FormProblem:  # no reason to keep the bundle back
            shipped = Options(as_shipped=True)
            return RESULTS.make_from(Source(desk, year, shipped, info.created))

    return write
