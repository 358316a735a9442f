"""`ntm conflicts`: what machines wrote differently, side by side, and settling it."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ntm_tui.console.command import Command, looking, subject, working
from ntm_tui.console.communes import all_communes, at_commune
from ntm_tui.console.options import CommuneOption, HomeOption, JsonOption
from ntm_tui.console.outcome import WrongUsage, say, show_json
from ntm_tui.console.sides import side_text, upon_text, who_settles, writer_texts
from ntm_tui.console.vietnamese import VietnameseGroup

if TYPE_CHECKING:
    from db.conflicts import Board, Comparison, Side, Writer
    from db.desk import Desk

commands = subject()
_conflicts = subject()
commands.add_typer(
    _conflicts,
    name="conflicts",
    cls=VietnameseGroup,
    help="Xem và chốt các ô hai máy ghi trái nhau.",
)

_ORDERS = ("importance", "day", "place")
_MOST = 50


@_conflicts.callback(no_args_is_help=True)
def _group(home: HomeOption = None) -> None:
    """Take `--home` before the name of the command too."""


@_conflicts.command(
    "list", cls=Command, help="Liệt kê các ô trái nhau: từng giá trị, ai ghi, lúc nào."
)
def list_conflicts(
    by: Annotated[
        str,
        typer.Option("--by", metavar="CÁCH", help=f"Thứ tự, một trong: {', '.join(_ORDERS)}."),
    ] = "importance",
    limit: Annotated[
        int, typer.Option(metavar="SỐ", min=0, help="Nhiều nhất bao nhiêu ô; 0 là tất cả.")
    ] = _MOST,
    skip: Annotated[int, typer.Option(metavar="SỐ", min=0, help="Bỏ qua bao nhiêu ô đầu.")] = 0,
    commune: CommuneOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """List conflicts with all of their sides."""
    from db import conflicts

    if by not in _ORDERS:
        raise WrongUsage(f"Không có thứ tự “{by}”. Hãy dùng: {', '.join(_ORDERS)}.")
    with looking(home) as opened:
        desk, scopes = _meant(opened, commune)
        with desk.reading() as session:
            board = conflicts.read_conflicts(desk, session, scopes)
            chosen = conflicts.ordered(board.conflicts, conflicts.Order(by))
            page = chosen[skip : skip + limit] if limit else chosen[skip:]
            found = conflicts.compare(desk, session, board, page)
        communes = _communes(desk, scopes)
    if as_json:
        show_json(
            {
                "total": len(board.conflicts),
                "open": board.open,
                "conflicts": [_as_json(one) for one in found],
            }
        )
        return
    _show(board, found, skip, communes)


def _communes(desk: "Desk", scopes: "tuple[str, ...]") -> dict[str, str]:
    """Give what the communes are called where several are listed."""
    if desk.upper is None or len(scopes) < 2:
        return {}
    named = {code: desk.at_commune(code).commune.title for code in scopes[:-1]}
    return {**named, desk.office_scope: "chung các xã"}


def _meant(desk: "Desk", named: str) -> "tuple[Desk, tuple[str, ...]]":
    """Give the desk and whose conflicts are meant: at the upper level all, unless one is named."""
    from db.conflicts import scopes_of

    if desk.upper is None or named:
        there = at_commune(desk, named)
        return there, scopes_of(there)
    return desk, (*all_communes(desk), desk.office_scope)


def _show(
    board: "Board", found: "tuple[Comparison, ...]", skip: int, communes: dict[str, str]
) -> None:
    if not board.conflicts:
        say("Không có ô nào trái nhau.")
        return
    for one in found:
        whose = "" if one.conflict.mine else f" ({who_settles(one.conflict)})"
        where = communes.get(one.conflict.scope, "")
        place = ", ".join(filter(None, (where, one.place)))
        say(f"{one.id}  {place} · {one.conflict.label}{whose}")
        for number, side in enumerate(one.sides, 1):
            say(f"  {number} {'►' if number == 1 else ' '} {side_text(one, side)}")
            for writer in side.writers:
                upon = upon_text(one, writer)
                said = ", ".join(writer_texts(writer))
                say(f"      {said}{f' ({upon})' if upon else ''}")
    say()
    left = len(board.conflicts) - skip - len(found)
    more = f" Còn {left} ô nữa: thêm --skip {skip + len(found)}." if left > 0 else ""
    say(f"{len(board.conflicts)} ô trái nhau, {board.open} ô chốt được ở máy này.{more}")
    say("► là giá trị đang hiện. Chốt: ntm conflicts settle MÃ --take SỐ. Giờ Việt Nam (UTC+7).")


def _as_json(one: "Comparison") -> dict[str, Any]:
    conflict = one.conflict
    return {
        "id": one.id,
        "commune_code": conflict.scope,
        "entity": conflict.entity,
        "row": conflict.row,
        "field": conflict.field,
        "place": one.place,
        "label": conflict.label,
        "importance": conflict.importance.name.lower(),
        "owner": conflict.owner.value if conflict.owner else None,
        "can_settle": conflict.mine,
        "sides": [
            {
                "number": number,
                "choice": side.choice.value,
                "value": side.value,
                "text": side_text(one, side),
                "current": number == 1,
                "writers": [_writer_as_json(one, it) for it in side.writers],
            }
            for number, side in enumerate(one.sides, 1)
        ],
    }


def _writer_as_json(one: "Comparison", writer: "Writer") -> dict[str, Any]:
    from db.columns import show_instant

    return {
        "field": writer.field,
        "value": writer.value,
        "before": writer.before,
        "officer": writer.officer,
        "device": writer.device,
        "machine": writer.machine,
        "own": writer.own,
        "written_at": show_instant(writer.written_at),
        "received_at": show_instant(writer.received_at),
    }


@_conflicts.command("settle", cls=Command, help="Chốt ô trái nhau: lấy một bên; hoàn tác được.")
def settle_some(
    named: Annotated[
        list[str], typer.Argument(metavar="MÃ…", help="Mã của ô, như ntm conflicts list cho biết.")
    ],
    take: Annotated[
        int | None, typer.Option(metavar="SỐ", min=1, help="Lấy giá trị ở dòng mang số này.")
    ] = None,
    own: Annotated[bool, typer.Option("--own", help="Lấy giá trị máy này đã ghi.")] = False,
    keep: Annotated[
        bool, typer.Option("--keep", help="Giữ giá trị đang hiện; dòng bị xóa dở thì giữ lại.")
    ] = False,
    delete: Annotated[
        bool, typer.Option("--delete", help="Dòng mà máy kia sửa sau khi bị xóa: xóa hẳn.")
    ] = False,
    commune: CommuneOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Settle conflicts, all of them as one action."""
    from db import conflicts

    if (take is not None) + own + keep + delete != 1:
        raise WrongUsage(
            "Hãy cho biết lấy bên nào: đúng một trong --take SỐ, --own, --keep, --delete. "
            "Chưa có gì thay đổi."
        )
    with working(home) as opened:
        desk, scopes = _meant(opened, commune)
        with desk.reading() as session:
            board = conflicts.read_conflicts(desk, session, scopes)
            found = {one: conflicts.find(desk, session, board, one) for one in named}
        chosen = [
            (one, _side(one, take=take, own=own, delete=delete))
            for one in {one.id: one for one in found.values()}.values()
        ]
        conflicts.settle(desk, chosen)
    if as_json:
        show_json({"settled": [{"id": one.id, "value": side.value} for one, side in chosen]})
        return
    for one, side in chosen:
        say(f"Đã chốt {one.place} · {one.conflict.label}: {side_text(one, side)}.")
    say("Nhầm thì chạy ntm undo.")


def _side(one: "Comparison", *, take: int | None, own: bool, delete: bool) -> "Side":
    where = f"“{one.place} · {one.conflict.label}”"
    if take is not None:
        if take > len(one.sides):
            raise WrongUsage(f"{where} chỉ có {len(one.sides)} bên. Chưa có gì thay đổi.")
        return one.sides[take - 1]
    if not (own or delete):
        return one.sides[0]
    fits = [it for it in one.sides if (it.own if own else it.choice.value == "delete")]
    if len(fits) != 1:
        lacking = "không có đúng một giá trị của máy này" if own else "không phải dòng bị xóa dở"
        raise WrongUsage(f"{where} {lacking}. Chưa có gì thay đổi. Hãy dùng --take SỐ.")
    return fits[0]
