"""`ntm upper`, `ntm commune`: what the upper level says of itself, and of its communes."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ntm_tui.console.command import Command, looking, subject, working
from ntm_tui.console.communes import find_commune
from ntm_tui.console.options import HomeOption, JsonOption
from ntm_tui.console.outcome import WrongUsage, say, show_json
from ntm_tui.console.rows import write_row

if TYPE_CHECKING:
    from db.desk import Desk
    from db.registers.reading import Page
    from db.registers.register import Record

commands = subject()


@commands.command("upper", cls=Command, help="Cấp trên: xem, đổi tên và số ngày nhắc xã gửi gói.")
def upper(
    name: Annotated[
        str | None,
        typer.Option(metavar="TÊN", help="Tên mới, như “tỉnh Lạng Sơn” khi bỏ cấp huyện."),
    ] = None,
    office: Annotated[
        str | None, typer.Option(metavar="CƠ-QUAN", help="Cơ quan dùng máy, ghi trong gói.")
    ] = None,
    silent_days: Annotated[
        str | None,
        typer.Option(metavar="SỐ", help="Quá số ngày này chưa gửi gói thì nhắc; '' là 10 ngày."),
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the upper level's own profile, or change it."""
    from db.registers.upper import UPPER_OFFICES

    typed = {"name": name, "office": office, "silent_days": silent_days}
    with _opened(home, typed) as opened:
        desk, area = _upper_desk(opened)
        write_row(desk, UPPER_OFFICES, area, typed)
        own = desk.refreshed().upper
    if own is None:
        raise RuntimeError("an upper level without a profile")
    if as_json:
        show_json(
            {
                "area": own.area,
                "name": own.name,
                "office": own.office,
                "silent_days": own.silent_days,
            }
        )
        return
    say(f"{own.name[:1].upper()}{own.name[1:]} (mã {own.area})")
    say(f"Cơ quan: {own.office}")
    say(f"Nhắc khi xã chưa gửi gói quá {own.silent_days} ngày.")


@commands.command("commune", cls=Command, help="Cấp trên: xã có từ ngày nào, nhập vào xã nào.")
def commune(
    named: Annotated[str, typer.Argument(metavar="XÃ", help="Mã hoặc tên của xã.")],
    valid_from: Annotated[
        str | None, typer.Option("--from", metavar="NGÀY", help="Là xã từ ngày; '' là từ đầu.")
    ] = None,
    valid_to: Annotated[
        str | None,
        typer.Option("--to", metavar="NGÀY", help="Ngày cuối còn là xã; '' là vẫn còn."),
    ] = None,
    merged_into: Annotated[
        str | None, typer.Option(metavar="XÃ", help="Sáp nhập vào xã; '' để bỏ.")
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show from when to when a unit is a commune, or change that."""
    from db.registers.upper import COMMUNES

    typed = {"valid_from": valid_from, "valid_to": valid_to, "merged_into": merged_into}
    with _opened(home, typed) as opened:
        desk, _area = _upper_desk(opened)
        code = find_commune(desk, named)
        if merged_into:  # a code is as good as a name
            successor = desk.at_commune(find_commune(desk, merged_into))
            typed["merged_into"] = successor.commune.name
        page, record = write_row(desk.at_commune(code), COMMUNES, code, typed)
    if as_json:
        show_json(_as_json(code, record))
    else:
        _show(page, record)


def _opened(home: Path | None, typed: Mapping[str, str | None]) -> "AbstractContextManager[Desk]":
    """Open the store for work only when something is to be written."""
    return looking(home) if all(it is None for it in typed.values()) else working(home)


def _upper_desk(desk: "Desk") -> "tuple[Desk, str]":
    """Give the desk and its area, where it is an upper level's.

    Raises:
        WrongUsage: it is a commune's.
    """
    if desk.upper is None:
        raise WrongUsage("Lệnh này dành cho máy của cấp trên. Chưa có gì thay đổi.")
    return desk, desk.upper.area


def _as_json(code: str, record: "Record") -> dict[str, Any]:
    since, until = record.values.get("valid_from"), record.values.get("valid_to")
    return {
        "commune": record.values.get("name"),
        "commune_code": code,
        "valid_from": since.isoformat() if since else None,
        "valid_to": until.isoformat() if until else None,
        "merged_into": record.values.get("merged_into"),
    }


def _show(page: "Page", record: "Record") -> None:
    text = {it: page.register.text(record, page.context, it) for it in page.register.listed}
    say(f"Xã {text['name']}")
    say(f"Là xã từ: {text['valid_from'] or 'trước khi dùng chương trình'}")
    say(f"Đến hết: {text['valid_to'] or 'nay'}")
    if text["merged_into"]:
        say(f"Sáp nhập vào: {text['merged_into']}")
    for finding in record.findings:
        say(finding.text)
