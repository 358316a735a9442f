"""`--encrypt`: for whom a bundle is encrypted, and who then cannot open it."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ntm_tui.console.command import Command
from ntm_tui.console.fingerprints import read_device
from ntm_tui.console.outcome import remark

if TYPE_CHECKING:
    from db.desk import Desk
    from db.sync.info import Receiver
    from db.sync.readers import Readers

_OPTION = "--encrypt"
_THOSE_MEANT = ""

EncryptOption = Annotated[
    list[str] | None,
    typer.Option(
        _OPTION,
        metavar="MÃ-MÁY…",
        help="Mã hóa: chỉ các máy này và máy đang dùng mở được; không ghi mã nào thì là những máy "
        "nhận có khóa.",
    ),
]


class EncryptingCommand(Command):
    """A command whose `--encrypt` takes no machine or several, which the parser has no form for."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments, with `--encrypt` repeated for each machine after it."""
        return super().parse_args(ctx, list(_spread(args)))


def _spread(args: Sequence[str]) -> Iterator[str]:
    place = 0
    while place < len(args):
        given, place = args[place], place + 1
        if given != _OPTION:
            yield given
            continue
        first = place
        while place < len(args) and not args[place].startswith("-"):
            place += 1
        for named in args[first:place] or (_THOSE_MEANT,):
            yield from (_OPTION, named)


def readers_asked(
    desk: "Desk", receiver: "Receiver", asked: Sequence[str] | None
) -> "Readers | None":
    """Say who can open the bundle; None when it is not to be encrypted.

    Raises:
        WrongUsage: something that was typed is no fingerprint.
        NotFound: nobody here trusts one of the machines.
        Refused: one of them has no key, or none of those that are meant has.
    """
    from db.sync.readers import check_anybody, readers_meant, readers_named

    if asked is None:
        return None
    named = [read_device(one) for one in asked if one != _THOSE_MEANT]
    readers = readers_named(desk, named) if named else readers_meant(desk, receiver)
    check_anybody(desk, readers)
    for one in readers.unable:
        remark(f"Máy {one.name} chưa có khóa nên sẽ không mở được gói này.")
    return readers
