"""The program's commands put together."""

import sys
from collections.abc import Sequence
from typing import Annotated, Any, NoReturn

import typer
from typer._click.exceptions import ClickException
from typer.main import get_command

from ntm_tui.cli import VERSION_TEXT
from ntm_tui.console import (
    bundles,
    confirming,
    conflicts,
    copies,
    criteria,
    devices,
    doctor,
    evidence,
    findings,
    founding,
    handover,
    importing,
    imports,
    journal,
    keys,
    office,
    opening,
    places,
    practising,
    quarantine,
    receipts,
    reports,
    standing,
    upper,
    workbooks,
)
from ntm_tui.console.command import subject
from ntm_tui.console.options import HomeOption
from ntm_tui.console.outcome import WrongUsage, refuse, say
from ntm_tui.console.vietnamese import VietnameseGroup, explain


class Program(VietnameseGroup):
    """All of `ntm`; a wrong command line is explained here, before any command runs."""

    def main(self, args: Sequence[str] | None = None, *_: Any, **__: Any) -> NoReturn:
        """Run the command that the arguments name, and leave with its exit code."""
        given = sys.argv[1:] if args is None else args
        try:
            code = super().main(args, "ntm", standalone_mode=False)
        except ClickException as error:
            refuse(WrongUsage(explain(error)), as_json="--json" in given)
        sys.exit(code)


app = subject()


@app.callback(
    cls=Program,
    invoke_without_command=True,
    help="Sổ tay nông thôn mới của xã. Không ghi lệnh nào thì mở chương trình.",
)
def _ntm(
    ctx: typer.Context,
    home: HomeOption = None,
    version: Annotated[
        bool, typer.Option("--version", help="Cho biết bản chương trình rồi thoát.")
    ] = False,
) -> None:
    if version:
        say(VERSION_TEXT)
        raise typer.Exit()
    if ctx.invoked_subcommand is None:
        opening.open_app(home)


for _subject in (
    practising,
    founding,
    standing,
    findings,
    journal,
    confirming,
    evidence,
    criteria,
    bundles,
    handover,
    importing,
    receipts,
    imports,
    workbooks,
    reports,
    devices,
    keys,
    conflicts,
    quarantine,
    upper,
    office,
    copies,
    doctor,
    places,
):
    app.add_typer(_subject.commands)


def run(arguments: Sequence[str]) -> None:
    """Run the command line of this process and leave with its exit code."""
    get_command(app).main(arguments)
