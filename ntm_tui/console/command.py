"""What every command is: Vietnamese help, plain words at its end, the agreed exit code."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from db.home import find_home
from db.problems import DiskFailed
from ntm_tui.console.outcome import remark, told
from ntm_tui.console.vietnamese import VietnameseCommand

if TYPE_CHECKING:
    from db.desk import Desk


class Command(VietnameseCommand):
    """A command of the program."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; what goes wrong is told in plain words."""
        home = find_home(ctx.params.get("home"))
        with told(home, as_json=ctx.params.get("as_json", False)):
            return super().invoke(ctx)


def subject() -> typer.Typer:
    """Make the place where the commands of one subject are declared."""
    return typer.Typer(add_completion=False, rich_markup_mode=None)


@contextmanager
def working(home: Path | None) -> Iterator["Desk"]:
    """Open the commune's store for work; what the opening found out is said beside the answer."""
    from db.desk import Desk
    from db.sync.own_standing import revoked_notice

    with Desk.open(find_home(home)) as desk:
        if desk.store.notice:
            remark(desk.store.notice)
        if revoked := revoked_notice(desk):
            remark(revoked)
        _back_up(desk)
        yield desk


def _back_up(desk: "Desk") -> None:
    """Make today's copy; where that fails it is said, and the work goes on."""
    from db import backups

    try:
        backups.backup_daily(desk.home)
    except DiskFailed as problem:
        remark(str(problem))


@contextmanager
def looking(home: Path | None) -> Iterator["Desk"]:
    """Open the commune's store for looking only, also while the program runs elsewhere."""
    from db.desk import Desk

    with Desk.read(find_home(home)) as desk:
        yield desk
