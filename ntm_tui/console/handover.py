"""`ntm handover`: the sheet that two people sign when a bundle changes hands."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from db.home import find_home
from db.problems import Refused
from ntm_tui.console.bundles import BundleArgument
from ntm_tui.console.command import Command, looking, subject
from ntm_tui.console.options import HomeOption, JsonOption
from ntm_tui.console.outcome import say, show_json
from ntm_tui.console.progress import watched

if TYPE_CHECKING:
    from db.desk import Desk

commands = subject()


@commands.command("handover", cls=Command, help="Lập biên bản giao nhận một gói để in ra và ký.")
def handover(
    file: BundleArgument,
    out: Annotated[
        Path | None,
        typer.Option(metavar="TỆP", help="Tệp biên bản .html; bỏ trống là cạnh gói."),
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the handover sheet of a bundle."""
    from ntm_tui.papers.handover import sheet_name, write_sheet

    bundle = file.expanduser().absolute()
    target = out.expanduser().absolute() if out else bundle.with_name(sheet_name(bundle))
    if out and target.exists():
        raise Refused(f"Đã có tệp {target}. Chưa có gì được ghi. Hãy chọn tên khác.")
    with _desk_if_any(home) as desk, watched("Đang lập biên bản") as watch:
        found = write_sheet(desk, bundle, target, **watch)
    if as_json:
        show_json(
            {
                "path": str(target),
                "code": found.code,
                "sha256": found.sha256,
                "size": found.size,
                "changes": found.info.counts.changes,
                "evidence": found.info.counts.evidence,
                "giver": found.giver.device,
                "receiver": found.receiver.device,
            }
        )
        return
    say(f"Đã lập biên bản giao nhận: {target}")
    say(f"Mã đối chiếu gói: {found.code}. Mở tệp bằng trình duyệt rồi in, vừa một trang A4.")


@contextmanager
def _desk_if_any(home: Path | None) -> "Iterator[Desk | None]":
    """Open the store for looking, where there is one; a bundle can be handed over without."""
    if not find_home(home).store.exists():
        yield None
        return
    with looking(home) as desk:
        yield desk
