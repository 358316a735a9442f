"""Receipts alone: taken in from a stick, written to one, and what is said of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content

from db.text import shown
from ntm_tui.screens.sync.outgoing import count
from ntm_tui.screens.sync.people import groups_of, role_words

if TYPE_CHECKING:
    from db.desk import Desk
    from db.sync.acknowledging import Taken, WrittenReceipt


def is_receipt(path: Path) -> bool:
    """Tell whether a file is a receipt and no bundle. Reads it: runs in a thread."""
    from db.sync import receipt_file

    return receipt_file.is_receipt(path)


def take(desk: Desk, path: Path) -> Taken:
    """Take note of what a receipt says. Runs in a thread."""
    from db.sync.acknowledging import take_receipt

    return take_receipt(desk, path)


def write(desk: Desk, scope: str, device: str, folder: Path | None = None) -> WrittenReceipt:
    """Write a receipt for a machine. Runs in a thread.

    Args:
        desk: the open store.
        scope: the commune that it is about.
        device: for which machine; empty for any.
        folder: where; else the first disk that is plugged in, or the folder of this machine.
    """
    from db.disks import removable_disks
    from db.sync.acknowledging import write_receipt
    from ntm_tui.papers.bundle import PROGRAM

    if folder is None:
        disks = removable_disks()
        folder = disks[0].path if disks else desk.home.outgoing
    about = desk if desk.upper is None else desk.at_commune(scope)
    return write_receipt(about, folder, program=PROGRAM, device=device)


def said_of_written(written: WrittenReceipt) -> str:
    """One line for the status line."""
    return f"Đã ghi biên nhận {written.path.name} vào {shown(str(written.path.parent))}"


def said_of_taken(taken: Taken) -> Content:
    """Say whose receipt it is, what it confirms, and what is still to be sent."""
    one = taken.record
    rows = [
        ("Của máy", f"{shown(one.office)} · {shown(one.machine)} · {role_words(one.role.value)}"),
        ("Mã máy", "-".join(groups_of(one.device))),
    ]
    lines = [Content.assemble((f"{label:<9}", "bold"), words) for label, words in rows]
    lines.append(Content(""))
    if not one.counts:
        words = "Máy này chưa được tin cậy, nên biên nhận được giữ nhưng chưa tính. Hãy gọi điện"
        lines.append(
            Content.styled(f"! {words} đối chiếu mã máy rồi tin cậy trong Các máy.", "$warning")
        )
    elif one.complete:
        lines.append(Content.styled("√ Máy ấy đã có đủ những gì từng gửi.", "$success"))
    else:
        lacks = f"{count(one.lacking_changes)} thay đổi, {count(one.lacking_evidence)} tệp"
        lines.append(
            Content(f"□ Máy ấy còn thiếu {lacks} minh chứng; lần gửi sau sẽ gửi phần này.")
        )
    if not taken.new:
        lines.append(Content("\nBiên nhận này cũ hơn hoặc trùng biên nhận đã có, không đổi gì."))
    return Content("\n").join(lines)
