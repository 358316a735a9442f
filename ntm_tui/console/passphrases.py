"""Passphrases on the command line: typed without being shown, or read from a file; never given."""

import sys
from getpass import getpass
from pathlib import Path
from typing import Annotated

import typer

from db.problems import Refused
from ntm_tui.console.outcome import WrongUsage

_LONGEST = 4096

PassphraseFileOption = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file",
        metavar="TỆP",
        help="Tệp có mật khẩu ở dòng đầu, khi không có người gõ.",
    ),
]


def new_passphrase(file: Path | None) -> str:
    """Ask twice for a passphrase that is to be set.

    Raises:
        WrongUsage: there is nobody to ask and no file.
        Refused: the two differ.
    """
    if file is not None:
        return _first_line(file)
    first = _typed("Đặt mật khẩu cho tệp khóa (chữ gõ không hiện ra): ")
    if first != _typed("Gõ lại mật khẩu: "):
        raise Refused("Hai lần gõ mật khẩu khác nhau. Chưa có gì được ghi. Hãy làm lại.")
    return first


def known_passphrase(file: Path | None) -> str:
    """Ask for the passphrase of a file.

    Raises:
        WrongUsage: there is nobody to ask and no file.
    """
    return _first_line(file) if file is not None else _typed("Mật khẩu của tệp khóa: ")


def _typed(question: str) -> str:
    if not _at_a_terminal():
        raise WrongUsage(
            "Cần mật khẩu mà ở đây không hỏi được người dùng. Chưa có gì thay đổi. "
            "Hãy thêm --passphrase-file TỆP."
        )
    return getpass(question, stream=sys.stderr)


def _at_a_terminal() -> bool:
    return sys.stdin.isatty()


def _first_line(file: Path) -> str:
    with file.expanduser().open("rb") as source:
        line = source.readline(_LONGEST)
    try:
        return line.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError:
        raise WrongUsage(
            f"Dòng đầu của tệp {file} không phải chữ đọc được. Chưa có gì thay đổi. "
            "Hãy ghi mật khẩu vào tệp văn bản UTF-8."
        ) from None
