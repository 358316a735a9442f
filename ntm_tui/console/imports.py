"""`ntm imports`: bundles that came in, set aside here and applied again."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ntm_tui.console.command import Command, looking, subject, working
from ntm_tui.console.options import HomeOption, JsonOption
from ntm_tui.console.outcome import say, show_json
from ntm_tui.console.tables import show_table
from ntm_tui.console.vietnamese import VietnameseGroup

if TYPE_CHECKING:
    from db.sync.deciding import Decided
    from db.sync.imports import ImportRecord

commands = subject()
_imports = subject()
commands.add_typer(
    _imports, name="imports", cls=VietnameseGroup, help="Xem các lần nhận gói, gỡ ra và tính lại."
)

ImportArgument = Annotated[
    int, typer.Argument(metavar="SỐ", help="Số của lần nhận, xem trong ntm imports list.")
]


@_imports.callback(no_args_is_help=True)
def _group(home: HomeOption = None) -> None:
    """Take `--home` before the name of the command too."""


@_imports.command("list", cls=Command, help="Liệt kê các lần nhận gói, mới nhất ở trên.")
def list_all(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """List what came in."""
    from db.clock import VIETNAM
    from db.sync.imports import list_imports

    with looking(home) as desk, desk.reading() as session:
        found = list_imports(session)
    if as_json:
        show_json({"imports": [_as_json(one) for one in found]})
        return
    if not found:
        say("Chưa nhận gói nào.")
        return
    show_table(
        ("Số", "Nhận lúc", "Đang tính", "Đã gỡ", "Để riêng", "Của ai", "Gói"),
        (
            (
                str(one.id),
                f"{one.at.astimezone(VIETNAM):%H:%M %d/%m/%Y}",
                str(one.counted),
                str(one.aside),
                str(one.waiting),
                one.party,
                one.name,
            )
            for one in found
        ),
    )


@_imports.command(
    "set-aside", cls=Command, help="Gỡ một lần nhận: phần của gói thôi được tính, chỉ ở máy này."
)
def set_one_aside(
    number: ImportArgument, home: HomeOption = None, as_json: JsonOption = False
) -> None:
    """Let what an import brought count no longer here."""
    from db.sync.deciding import set_aside

    with working(home) as desk:
        done = set_aside(desk, number)
    if as_json:
        show_json(_decided_as_json(number, done))
        return
    say(f"Đã gỡ lần nhận số {number}: {done.discounted} thay đổi thôi được tính, chỉ ở máy này.")
    say(f"Không gì bị xóa, máy khác không bị ảnh hưởng. Tính lại: ntm imports apply-again {number}")
    _say_conflicts(done)


@_imports.command("apply-again", cls=Command, help="Tính lại một lần nhận đã gỡ.")
def apply_one_again(
    number: ImportArgument, home: HomeOption = None, as_json: JsonOption = False
) -> None:
    """Let what was set aside count again."""
    from db.sync.deciding import apply_again

    with working(home) as desk:
        done = apply_again(desk, number)
    if as_json:
        show_json(_decided_as_json(number, done))
        return
    say(f"Đã tính lại lần nhận số {number}: {done.counted} thay đổi được tính.")
    _say_conflicts(done)


def _say_conflicts(done: "Decided") -> None:
    if done.conflicts:
        say(f"{done.conflicts} ô có hai giá trị trái nhau, giữ cả hai, cần người xem.")


def _decided_as_json(number: int, done: "Decided") -> dict[str, Any]:
    return {
        "import": number,
        "counted": done.counted,
        "discounted": done.discounted,
        "conflicts": done.conflicts,
    }


def _as_json(one: "ImportRecord") -> dict[str, Any]:
    from db.columns import show_instant

    return {
        "import": one.id,
        "at": show_instant(one.at),
        "name": one.name,
        "code": one.code,
        "party": one.party,
        "commune_code": one.scope,
        "evidence": one.evidence,
        "counted": one.counted,
        "aside": one.aside,
        "waiting": one.waiting,
        "aside_at": show_instant(one.aside_at) if one.aside_at else None,
    }
