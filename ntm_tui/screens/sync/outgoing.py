"""What a bundle would hold and where it can go, read in threads and put into words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content

from db.numbers import show_number
from db.problems import Problem
from db.text import shown
from ntm_tui.dialogs.folder import show_size
from ntm_tui.screens.sync.choice_list import Choice
from ntm_tui.screens.sync.secrecy import who_can_open, who_can_open_each
from ntm_tui.widgets.bars import DONE
from ntm_tui.widgets.fitting import apart, cut

if TYPE_CHECKING:
    from db.desk import Desk
    from db.disks import Disk
    from db.sync.contents import Contents, Standing
    from db.sync.planning import CarriedFile
    from db.sync.readers import Readers

NEW, FULL = "new", "full"
OUTGOING, OTHER = "outgoing", "other"
UPPER = "upper"
_DISK = "disk:"
_MOST_NAMED = 200


@dataclass(frozen=True)
class Share:
    """One of several bundles: whose, how many changes, how many evidence files.

    `readers` are those who could open it when encrypted.
    """

    name: str
    changes: int
    files: int
    readers: Readers


@dataclass(frozen=True)
class Outgoing:
    """For whom one can write, and what would travel; `problem` says why nothing would.

    `readers` are those who could open it when encrypted. `shares` are there instead of `contents`
    where several bundles would be written.
    """

    receivers: tuple[Choice, ...]
    contents: Contents | None
    readers: Readers | None = None
    problem: str = ""
    shares: tuple[Share, ...] = ()


def read_outgoing(desk: Desk, receiver: str, *, full: bool) -> Outgoing:
    """Read what would travel to a receiver: `upper`, `all` or a device."""
    from db.sync.contents import contents
    from db.sync.planning import parse_receiver
    from db.sync.readers import readers_meant
    from db.sync.trust import Trust, list_devices

    with desk.reading() as session:
        devices = list_devices(session)
    upper = shown(desk.commune.upper_level)
    receivers = [
        Choice(UPPER, f"Cấp trên ({upper})" if upper else "Cấp trên"),
        Choice("all", "Mọi máy đã tin cậy"),
        *(
            Choice(one.device, one.machine or one.fingerprint, f"{one.device[:4]}-…")
            for one in devices
            if one.trust is Trust.TRUSTED and not one.own
        ),
    ]
    try:
        meant = parse_receiver(receiver or UPPER)
        found, readers = contents(desk, meant, full=full), readers_meant(desk, meant)
    except Problem as problem:
        return Outgoing(tuple(receivers), None, problem=str(problem))
    return Outgoing(tuple(receivers), found, readers)


def places(disks: Sequence[Disk], needed: int) -> list[Choice]:
    """Where a bundle can go: plugged-in disks first; `needed` is the bytes it takes at least."""
    found = []
    for disk in disks:
        room = "không đủ chỗ" if disk.free < needed else f"còn {show_size(disk.free)}"
        found.append(Choice(f"{_DISK}{disk.path}", f"USB {disk.path.name or disk.path}", room))
    return [
        *found,
        Choice(OUTGOING, "Thư mục gói của máy này"),
        Choice(OTHER, "Thư mục khác…"),
    ]


def disk_of(place: str) -> Path | None:
    """The disk that a choice stands for, if it is one."""
    return Path(place.removeprefix(_DISK)) if place.startswith(_DISK) else None


def outlook(outgoing: Outgoing, width: int, *, encrypted: bool) -> Content:
    """Draw what would travel, and to whom alone when it is encrypted."""
    if outgoing.shares:
        who = who_can_open_each([(it.name, it.readers) for it in outgoing.shares])
        return Content("\n").join(
            [*(who if encrypted else ()), _shared_out(outgoing.shares, width)]
        )
    found = outgoing.contents
    if found is None:
        return Content(outgoing.problem)
    planned = found.plan
    total = sum(one.changes for one in found.registers)
    parts = who_can_open(outgoing.readers) if encrypted and outgoing.readers else []
    parts += [Content.assemble((count(total), "bold"), " thay đổi")]
    parts += _bars([(one.label, one.changes) for one in found.registers], width)
    parts += [Content(""), Content(_since(found.receivers, full=planned.full))]
    parts += [Content(""), *_evidence(planned.evidence, planned.evidence_bytes, width)]
    return Content("\n").join(parts)


def _shared_out(shares: Sequence[Share], width: int) -> Content:
    """Draw how much each of several bundles would hold."""
    total, files = sum(it.changes for it in shares), sum(it.files for it in shares)
    head = f"{count(len(shares))} gói: {count(total)} thay đổi, {count(files)} tệp minh chứng"
    lines = [Content.styled(head, "bold")]
    if total:
        lines += _bars([(it.name, it.changes) for it in shares if it.changes], width)
    else:
        lines.append(Content("Các xã đã có đủ; gói chỉ mang biên nhận."))
    return Content("\n").join(lines)


def _bars(registers: Sequence[tuple[str, int]], width: int) -> list[Content]:
    if not registers:
        return [Content("Nơi nhận đã có đủ; gói chỉ mang biên nhận.")]
    name = max(len(label) for label, _ in registers)
    number = max(len(count(changes)) for _, changes in registers)
    room = max(width - name - number - 4, 4)
    most = max(changes for _, changes in registers)
    return [
        Content.assemble(
            f"{label:<{name}} ",
            (DONE * max(1, room * changes // most), "$primary"),
            " " * (room - max(1, room * changes // most) + 1),
            f"{count(changes):>{number}}",
        )
        for label, changes in registers
    ]


def _evidence(files: Sequence[CarriedFile], size: int, width: int) -> list[Content]:
    """Name the files: first those that cannot travel, then the others with their sizes."""
    if not files:
        return [Content("Không có tệp minh chứng nào phải gửi.")]
    here = [one for one in files if one.present]
    gone = [one for one in files if not one.present]
    lines = [
        Content.assemble((count(len(here)), "bold"), f" tệp minh chứng, {show_size(size)}")
        if here
        else Content("Không tệp minh chứng nào gửi được.")
    ]
    lines += [
        Content.styled(cut(f"× không thấy tệp {shown(one.file_name)}", width), "$error")
        for one in gone
    ]
    lines += [
        Content(apart(f"  {shown(one.file_name)}", show_size(one.size), width))
        for one in here[:_MOST_NAMED]
    ]
    if len(here) > _MOST_NAMED:
        lines.append(Content(f"  và {count(len(here) - _MOST_NAMED)} tệp nữa"))
    return lines


def _since(receivers: Sequence[Standing], *, full: bool) -> str:
    """Say since when: what a receiver has confirmed does not travel again."""
    if full and not any(one.at for one in receivers):
        return "Nơi nhận chưa gửi biên nhận nào, nên gửi tất cả từ đầu."
    if full:
        return "Gửi lại tất cả từ đầu, cả phần nơi nhận đã xác nhận."
    said = [f"{shown(one.name)}, nhận ngày {_day(one)}" for one in receivers if one.at is not None]
    return f"Phần mới kể từ biên nhận của {'; '.join(said)}."


def _day(one: Standing) -> str:
    from db.clock import VIETNAM

    return f"{one.at.astimezone(VIETNAM):%d/%m/%Y}" if one.at else ""


def count(number: int) -> str:
    """Write a count as people read it."""
    return show_number(Decimal(number))
