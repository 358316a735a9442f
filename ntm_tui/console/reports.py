"""`ntm report`: the papers of the office, made from what is written down."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from db.problems import Refused
from ntm_tui.console.command import Command, looking, subject
from ntm_tui.console.options import HomeOption, JsonOption
from ntm_tui.console.outcome import WrongUsage, remark, say, show_json
from ntm_tui.console.tables import show_table
from ntm_tui.console.values import read_day

if TYPE_CHECKING:
    from db.desk import Desk
    from ntm_tui.papers.paper import Format, Made, Paper
    from ntm_tui.papers.placing import Placed

commands = subject()


@commands.command(
    "report", cls=Command, help="Lập báo cáo, biên bản, tờ trình, bảng biểu ra tệp Word, Excel."
)
def report(
    kind: Annotated[
        str,
        typer.Argument(metavar="LOẠI", help="Loại giấy tờ; bỏ trống để xem các loại có."),
    ] = "",
    first: Annotated[
        str, typer.Option("--from", metavar="NGÀY", help="Từ ngày, hoặc một ngày trong kỳ.")
    ] = "",
    last: Annotated[str, typer.Option("--to", metavar="NGÀY", help="Đến hết ngày.")] = "",
    about: Annotated[
        str,
        typer.Option(
            "--about", metavar="MỤC", help="Thôn nào, cuộc giao ban nào, cơ quan nào, báo cáo nào."
        ),
    ] = "",
    file_format: Annotated[
        str, typer.Option("--format", metavar="docx|xlsx|html", help="Dạng tệp.")
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option(metavar="NƠI", help="Tệp hoặc thư mục; bỏ trống là thư mục báo cáo."),
    ] = None,
    with_names: Annotated[
        bool, typer.Option("--with-names", help="Ghi cả tên hộ dân (bình thường chỉ ghi số).")
    ] = False,
    template: Annotated[
        bool,
        typer.Option(
            "--template", help="Lấy mẫu Word của loại này ra thư mục mau để sửa; không lập giấy tờ."
        ),
    ] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a paper, or list those that can be made."""
    with looking(home) as desk:
        if kind and template:
            _take_template(desk, kind, as_json=as_json)
        elif kind:
            asked = _Asked(kind, first, last, about, file_format, out, with_names)
            _make(desk, asked, as_json=as_json)
        else:
            _list(desk, as_json=as_json)


def _list(desk: "Desk", *, as_json: bool) -> None:
    from ntm_tui.papers.catalogue import papers_of

    found = papers_of(desk.owner)
    if as_json:
        show_json({"papers": [_as_json(it) for it in found]})
        return
    show_table(
        ("Loại", "Dạng", "Tên"),
        ((it.kind, ", ".join(it.formats), it.title) for it in found),
    )
    say()
    say("Lập bằng: ntm report LOẠI. Ví dụ: ntm report bao-cao-tuan")


def _as_json(paper: "Paper") -> dict[str, Any]:
    return {
        "kind": paper.kind,
        "title": paper.title,
        "help": paper.help,
        "formats": [it.value for it in paper.formats],
        "cycle": paper.cycle.value if paper.cycle is not None else None,
    }


def _take_template(desk: "Desk", kind: str, *, as_json: bool) -> None:
    from ntm_tui.papers.catalogue import find_paper
    from ntm_tui.papers.making import take_template

    paper = find_paper(kind, desk.owner)
    path, fields = take_template(desk, paper)
    if as_json:
        show_json({"kind": paper.kind, "path": str(path), "fields": dict(fields)})
        return
    say(f"Mẫu của {paper.title.lower()}: {path}")
    say("Mở bằng Word, sửa tùy ý rồi lưu; lần lập sau dùng mẫu này. Xóa tệp là về mẫu cũ.")
    say("Chỗ {{…}} là chỗ máy điền:")
    for name, meaning in fields:
        say(f"  {name}: {meaning}")


@dataclass(frozen=True)
class _Asked:
    """What the command line asks for."""

    kind: str
    first: str = ""
    last: str = ""
    about: str = ""
    file_format: str = ""
    out: Path | None = None
    with_names: bool = False


def _make(desk: "Desk", asked: _Asked, *, as_json: bool) -> None:
    from db.clock import today
    from ntm_tui.papers.catalogue import find_paper
    from ntm_tui.papers.making import make_paper, row_about, span_for
    from ntm_tui.papers.paper import Wanted

    paper, day = find_paper(asked.kind, desk.owner), today()
    chosen = _format(paper, asked)
    span = span_for(desk, paper, day, read_day(asked.first), read_day(asked.last))
    wanted = Wanted(span, day, row_about(desk, paper, asked.about), asked.with_names)
    made = make_paper(desk, paper, wanted, chosen)
    placed = _put(made, asked.out) if asked.out is not None else _place(desk, made)
    period = span.label if paper.timed else ""
    if as_json:
        show_json(
            {
                "kind": paper.kind,
                "format": chosen.value,
                "path": str(placed.path),
                "period": period,
                "from": str(span.first),
                "to": str(span.last),
                "notice": placed.notice,
            }
        )
        return
    about = f", {period}" if period else ""
    say(f"Đã lập {paper.title.lower()}{about}: {placed.path}")
    if placed.notice:
        remark(placed.notice)


def _format(paper: "Paper", asked: _Asked) -> "Format":
    """Give the format that was asked for, or that the name of the file says."""
    from ntm_tui.papers.paper import Format

    said = asked.file_format.strip().lower()
    if not said and asked.out is not None and asked.out.suffix[1:].lower() in set(Format):
        said = asked.out.suffix[1:].lower()
    if said and said not in set(Format):
        raise WrongUsage(f"--format nhận {', '.join(Format)}. Chưa có gì được lập.")
    return Format(said) if said else paper.formats[0]


def _place(desk: "Desk", made: "Made") -> "Placed":
    from ntm_tui.papers.placing import papers_folder, place

    return place(desk.home, made, papers_folder(desk))


def _put(made: "Made", out: Path) -> "Placed":
    """Write where the command line says; a file that is there is not written over."""
    from db.files import write_atomic
    from ntm_tui.papers.paper import Format
    from ntm_tui.papers.placing import Placed

    target = out.expanduser().absolute()
    if target.is_dir():
        target /= made.name
    elif target.suffix[1:].lower() not in set(Format):  # no program would open it
        target = target.with_name(f"{target.name}.{made.format.value}")
    if target.exists():
        raise Refused(f"Đã có tệp {target}. Chưa có gì được ghi. Hãy chọn tên khác.")
    write_atomic(target, made.data)
    return Placed(target)
