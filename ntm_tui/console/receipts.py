"""`ntm receipts`: what other machines have confirmed, and receipts as files of their own."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from db.text import shown
from ntm_tui.console.command import Command, looking, subject, working
from ntm_tui.console.communes import desks_of
from ntm_tui.console.fingerprints import read_device
from ntm_tui.console.options import CommuneOption, HomeOption, JsonOption
from ntm_tui.console.outcome import NEEDS_A_PERSON, say, show_json
from ntm_tui.console.tables import show_table
from ntm_tui.console.vietnamese import VietnameseGroup

if TYPE_CHECKING:
    from db.desk import Desk
    from db.sync.acknowledging import ReceiptRecord, Taken, WrittenReceipt

commands = subject()
_receipts = subject()
commands.add_typer(
    _receipts, name="receipts", cls=VietnameseGroup, help="Biên nhận: xem, ghi ra tệp, nhận vào."
)


@_receipts.callback(no_args_is_help=True)
def _group(home: HomeOption = None) -> None:
    """Take `--home` before the name of the command too."""


@_receipts.command("list", cls=Command, help="Các máy đã xác nhận nhận được đến đâu.")
def list_receipts(
    commune: CommuneOption = "", home: HomeOption = None, as_json: JsonOption = False
) -> None:
    """List the newest receipt of each machine."""
    from db.sync import acknowledging

    with looking(home) as desk:
        found = [
            (one.commune.title, receipt)
            for one in desks_of(desk, commune)
            for receipt in acknowledging.list_receipts(one)
        ]
    if as_json:
        show_json({"receipts": [record_as_json(receipt) for _, receipt in found]})
        return
    if not found:
        say("Chưa nhận biên nhận nào. Biên nhận nằm trong gói gửi về, hoặc là tệp NTM_….receipt.")
        return
    show_table(
        ("Nhận lúc", "Xã", "Máy", "Còn thiếu"),
        ((_came(one), title, _called(one), _lacking(one)) for title, one in found),
    )


@_receipts.command("write", cls=Command, help="Ghi biên nhận ra một tệp nhỏ để mang về nơi gửi.")
def write(
    device: Annotated[
        str, typer.Option("--for", metavar="MÃ-MÁY", help="Máy sẽ nhận tệp này, nếu cho một máy.")
    ] = "",
    to: Annotated[
        Path | None,
        typer.Option(metavar="THƯ-MỤC", help="Nơi ghi tệp; bỏ trống là thư mục gói của máy."),
    ] = None,
    commune: CommuneOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write receipts as files: one, or at the upper level one for each commune that is meant."""
    from db.sync.acknowledging import write_receipt
    from ntm_tui.papers.bundle import PROGRAM

    meant = read_device(device) if device else ""
    with working(home) as desk:
        folder = desk.home.outgoing if to is None else to.expanduser().absolute()
        written = [
            write_receipt(one, folder, program=PROGRAM, device=meant)
            for one in desks_of(desk, commune or _commune_of(desk, meant))
        ]
    if as_json:
        show_json({"receipts": [_written_as_json(one) for one in written]})
        return
    for one in written:
        say(f"Đã ghi biên nhận về {one.commune}: {one.path}")
    say("Chép tệp về máy đã gửi gói; máy ấy nhận tệp trong Đồng bộ, Nhận về.")


def _commune_of(desk: "Desk", device: str) -> str:
    """Say whose data a machine wants a receipt for, where that follows from the machine."""
    from db.sync.cards import Role
    from db.sync.trust import find_device

    if not device or desk.upper is None:
        return ""
    with desk.reading() as session:
        found = find_device(session, device)
    return found.scope if found.role is Role.COMMUNE else ""


@_receipts.command("take", cls=Command, help="Nhận một tệp biên nhận NTM_….receipt.")
def take(
    file: Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp NTM_….receipt.")],
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take note of what a receipt file says."""
    from db.sync.acknowledging import take_receipt

    with working(home) as desk:
        taken = take_receipt(desk, file.expanduser())
    if as_json:
        show_json({"path": str(file), **taken_as_json(taken)})
    else:
        show_taken(file, taken)
    if not taken.record.counts:
        raise SystemExit(NEEDS_A_PERSON)


def line_of_receipt(path: Path, taken: "Taken") -> str:
    """Give the one line about a receipt file."""
    return f"√ {path.name}: biên nhận của {_called(taken.record)}"


def show_taken(path: Path, taken: "Taken") -> None:
    """Tell a person what a receipt file says."""
    one = taken.record
    say(line_of_receipt(path, taken))
    if not taken.new:
        say("  Cũ hơn hoặc trùng biên nhận đã có, không làm thay đổi gì.")
    say(f"  Máy ấy {_lacking(one)}.")
    if not one.counts:
        say("  Máy này chưa được tin cậy nên biên nhận chưa được tính. Gọi điện đối chiếu mã máy")
        say(f"    {one.fingerprint} rồi chạy: ntm devices trust MÃ-MÁY")


def taken_as_json(taken: "Taken") -> dict[str, Any]:
    """Give for scripts what a receipt file says."""
    return {"new": taken.new, **record_as_json(taken.record)}


def record_as_json(one: "ReceiptRecord") -> dict[str, Any]:
    """Give the newest receipt of a machine for scripts."""
    return {
        "device": one.device,
        "fingerprint": one.fingerprint,
        "role": one.role.value,
        "office": one.office,
        "machine": one.machine,
        "trust": one.trust.value,
        "counts": one.counts,
        "commune_code": one.scope,
        "number": one.number,
        "received_at": one.at.isoformat(),
        "lacking": {"changes": one.lacking_changes, "evidence": one.lacking_evidence},
    }


def _written_as_json(one: "WrittenReceipt") -> dict[str, Any]:
    return {"path": str(one.path), "number": one.number, "commune_code": one.scope}


def _called(one: "ReceiptRecord") -> str:
    return ", ".join(shown(part) for part in (one.office, one.machine) if part)


def _came(one: "ReceiptRecord") -> str:
    from db.clock import VIETNAM

    return f"{one.at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"


def _lacking(one: "ReceiptRecord") -> str:
    if one.complete:
        return "đã có đủ những gì từng gửi"
    return (
        f"còn thiếu {one.lacking_changes} thay đổi, {one.lacking_evidence} tệp minh chứng; "
        "lần xuất sau sẽ gửi"
    )
