"""`ntm import-xlsx`: an old workbook of the commune taken over, after a look at what it changes."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from db.problems import Refused
from ntm_tui.console.command import Command, subject, working
from ntm_tui.console.options import HomeOption, JsonOption, SetOption, YearOption
from ntm_tui.console.outcome import NEEDS_A_PERSON, WrongUsage, remark, say, show_json
from ntm_tui.console.progress import watched
from ntm_tui.console.workbook_preview import layout_text, preview_as_json, show_preview

if TYPE_CHECKING:
    from db.desk import Desk
    from db.workbooks.changes import Preview
    from db.workbooks.ground import Ground
    from db.workbooks.layout import Layout
    from db.workbooks.watch import Watch

commands = subject()

_YES = {"c", "co", "có", "y", "yes"}


@commands.command(
    "import-xlsx",
    cls=Command,
    help="Đưa sổ Excel cũ của xã vào: xem từng thay đổi trước, rồi mới ghi.",
)
def import_xlsx(
    file: Annotated[Path, typer.Argument(metavar="TỆP.xlsx", help="Sổ Excel của xã.")],
    sheet: Annotated[
        str, typer.Option(metavar="TRANG", help="Trang cần đọc, nếu khác trang tự tìm được.")
    ] = "",
    layout_file: Annotated[
        Path | None,
        typer.Option("--map", metavar="TỆP.toml", help="Tệp cách đọc, do --dry-run in ra."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Chỉ xem; in ra cách đọc để lưu và sửa.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Ghi luôn những ô chắc chắn, không hỏi.")
    ] = False,
    numbers: Annotated[
        str, typer.Option(metavar="KIỂU", help="Số dạng chữ viết kiểu “1.234,5” hay “1,234.5”.")
    ] = "",
    days: Annotated[
        str,
        typer.Option(
            metavar="KIỂU", help="Ngày trong Excel: “ngày/tháng”, hay “tháng/ngày” nếu bị đảo."
        ),
    ] = "",
    hidden: Annotated[
        bool, typer.Option("--hidden", help="Đọc cả các dòng đang ẩn trong Excel.")
    ] = False,
    cells: Annotated[
        list[str] | None,
        typer.Option(
            "--cell", metavar="Ô=CHỮ", help="Nói rõ một ô, ví dụ --cell C12=45,2; dùng nhiều lần."
        ),
    ] = None,
    set_id: SetOption = "",
    year: YearOption = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Preview a workbook, ask, and write."""
    said = _said(numbers, days, hidden, cells or ())
    if not (yes or dry_run or sys.stdin.isatty()):
        raise Refused(
            "Chưa ghi gì: ở đây không hỏi được người dùng. Hãy thêm --yes để ghi luôn, "
            "hoặc --dry-run để chỉ xem."
        )
    with working(home) as desk:
        ground, seen = _preview(desk, file.expanduser(), sheet, layout_file, said, set_id, year)
        written = 0
        if not as_json:
            show_preview(seen, to_error=dry_run)
        if not dry_run and seen.sure:
            if not (yes or _agreed(seen)):
                raise Refused("Chưa ghi gì. Số liệu trên máy không bị thay đổi.")
            written = _apply(ground, seen)
    _answer(ground, seen, written, dry_run=dry_run, as_json=as_json)
    if not dry_run and (seen.doubtful or seen.unread):
        raise SystemExit(NEEDS_A_PERSON)


def _said(numbers: str, days: str, hidden: bool, cells: Sequence[str]) -> Mapping[str, Any]:
    """Give what the options say of how the sheet is read."""
    from db.workbooks.addresses import is_address
    from db.workbooks.measures import DayOrder, NumberStyle

    said: dict[str, Any] = {"with_hidden": True} if hidden else {}
    for name, text, choices in (("numbers", numbers, NumberStyle), ("days", days, DayOrder)):
        if text:
            if text not in list(choices):
                listed = " hoặc ".join(f"“{one}”" for one in choices)
                raise WrongUsage(f"--{name} nhận {listed}. Chưa có gì thay đổi.")
            said[name] = choices(text)
    answers = {}
    for cell in cells:
        place, equals, text = cell.partition("=")
        if not equals or not is_address(place.strip().upper()):
            raise WrongUsage(f"--cell cần dạng Ô=CHỮ, ví dụ C12=45,2. “{cell}” chưa đúng.")
        answers[place.strip().upper()] = text.strip()
    return {**said, "answers": answers}


def _preview(
    desk: "Desk",
    file: Path,
    sheet: str,
    layout_file: Path | None,
    said: Mapping[str, Any],
    set_id: str,
    year: int | None,
) -> "tuple[Ground, Preview]":
    from db.workbooks.book import open_book
    from db.workbooks.finding import find_layouts, other_sheets
    from db.workbooks.ground import ground_of
    from db.workbooks.layout_file import read_layout_file
    from db.workbooks.previewing import preview_book

    ground = ground_of(desk, set_id=set_id, year=year)
    with watched(f"Đang đọc {file.name}") as shown:
        watch = _watch(shown)
        layout = read_layout_file(layout_file, ground) if layout_file is not None else None
        book = open_book(file, watch.part(0, 3))
        others: tuple[str, ...] = ()
        if layout is None:
            found = find_layouts(book, ground, watch.part(1, 3), sheet=sheet)
            layout, others = found[0], other_sheets(found, found[0])
        layout = _with(layout, said)
        seen = preview_book(book, ground, layout=layout, watch=watch.part(2, 3))
        return ground, replace(seen, others=others)


def _with(layout: "Layout", said: Mapping[str, Any]) -> "Layout":
    answers = {**layout.answers, **said["answers"]}
    return replace(layout, **{**said, "answers": answers})


def _watch(shown: Mapping[str, Any]) -> "Watch":
    from db.workbooks.watch import Watch

    return Watch(shown["progress"], shown["cancelled"])


def _agreed(seen: "Preview") -> bool:
    print(
        f"Ghi {len(seen.sure)} thay đổi này? Gõ c rồi Enter để ghi: ",
        end="",
        file=sys.stderr,
        flush=True,
    )
    return sys.stdin.readline().strip().casefold() in _YES


def _apply(ground: "Ground", seen: "Preview") -> int:
    from db.workbooks.applying import apply

    with watched("Đang ghi") as shown:
        return apply(ground, seen, _watch(shown))


def _answer(
    ground: "Ground", seen: "Preview", written: int, *, dry_run: bool, as_json: bool
) -> None:
    text = layout_text(ground, seen)
    if as_json:
        show_json({"dry_run": dry_run, "written": written, **preview_as_json(seen), "map": text})
    elif dry_run:
        say(text)
        remark("Chưa ghi gì. Phần vừa in ra là cách đọc: lưu thành tệp .toml để sửa và dùng lại.")
    elif written:
        say(f"Đã ghi {written} thay đổi, thành một lần hoàn tác được (ntm undo).")
    else:
        say("Không có gì để ghi.")
