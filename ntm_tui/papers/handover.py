"""The handover sheet: one page that two people sign when a bundle changes hands."""

from datetime import datetime
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from db.numbers import show_number
from db.text import shown

if TYPE_CHECKING:
    from db.desk import Desk
    from db.sync.contents import Register
    from db.sync.handover import Handover
    from db.sync.watch import Cancelled, Progress

_MOST = 18
"""Registers that are named; more would not leave room for the signatures on one page."""

_LONGEST = 60
"""Characters of a name."""


def sheet_name(bundle: Path) -> str:
    """Give the file name of the sheet about a bundle."""
    name = bundle.name.removesuffix(".age").removesuffix(".zip")
    return f"{name}_bien-ban.html"


def write_sheet(
    desk: "Desk | None",
    bundle: Path,
    target: Path,
    *,
    progress: "Progress | None" = None,
    cancelled: "Cancelled | None" = None,
) -> "Handover":
    """Check a bundle and write the sheet about it.

    Args:
        desk: the store of the machine at hand, if there is one.
        bundle: the file.
        target: where the sheet goes; a sheet that lies there is replaced.
        progress: called with the bytes done and the bytes in all.
        cancelled: asked whether to stop.

    Raises:
        BundleProblem: the bundle cannot be used.
        DiskFailed: the sheet could not be written.
    """
    from db.files import write_atomic
    from db.problems import DiskFailed, system_words
    from db.sync.handover import read_handover

    found = read_handover(bundle, desk, progress=progress, cancelled=cancelled)
    try:
        target.parent.mkdir(exist_ok=True)
        write_atomic(target, draw(found))
    except OSError as error:
        raise DiskFailed(
            f"Không ghi được biên bản vào {target.parent} ({system_words(error)}). Gói còn nguyên. "
            "Hãy chọn nơi khác rồi làm lại."
        ) from error
    return found


def draw(found: "Handover") -> bytes:
    """Draw the sheet."""
    from jinja2 import Environment, StrictUndefined

    from db.sync.keys import show_fingerprint

    environment = Environment(autoescape=True, undefined=StrictUndefined)
    environment.filters.update(
        number=lambda count: show_number(Decimal(count)),
        shown=shown,
        name=_name,
        fingerprint=show_fingerprint,
        day=_day,
    )
    source = files("ntm_tui.papers").joinpath("handover.html.j2").read_text(encoding="utf-8")
    page = environment.from_string(source).render(it=found, registers=_named(found.registers))
    return page.encode("utf-8")


def _named(registers: "tuple[Register, ...]") -> "tuple[Register, ...]":
    """Give the registers with the most changes by name, and the others together."""
    from db.sync.contents import Register

    if len(registers) <= _MOST:
        return registers
    others = registers[_MOST - 1 :]
    together = Register(f"{len(others)} sổ khác", sum(one.changes for one in others))
    return (*registers[: _MOST - 1], together)


def _name(text: str, most: int = _LONGEST) -> str:
    """Give a name on one line, cut where it would push the signatures off the page."""
    whole = shown(text)
    return whole if len(whole) <= most else f"{whole[: most - 1]}…"


def _day(moment: datetime) -> str:
    from db.clock import VIETNAM

    return f"{moment.astimezone(VIETNAM):%d/%m/%Y}"
