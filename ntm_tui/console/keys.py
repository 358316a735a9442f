"""`ntm keys`: what opens encrypted bundles, put by and taken in; and cards of machines."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from db.home import Home, find_home
from ntm_tui.console.command import Command, subject, working
from ntm_tui.console.options import HomeOption, JsonOption
from ntm_tui.console.outcome import say, show_json
from ntm_tui.console.passphrases import PassphraseFileOption, known_passphrase, new_passphrase
from ntm_tui.console.vietnamese import VietnameseGroup

if TYPE_CHECKING:
    from db.identity import Identity

commands = subject()
_keys = subject()
commands.add_typer(
    _keys, name="keys", cls=VietnameseGroup, help="Khóa mở gói mã hóa: xem, cất, nhập; thẻ máy."
)

FileArgument = Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp khóa hoặc thẻ máy.")]


@_keys.callback(no_args_is_help=True)
def _group(home: HomeOption = None) -> None:
    """Take `--home` before the name of the command too."""


@_keys.command("show", cls=Command, help="Xem mã máy này và khóa công khai để mã hóa cho nó.")
def show(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Tell the fingerprint, the recipient, and which older keys still open bundles here."""
    from db import kept_keys
    from db.sync.keys import show_fingerprint

    own = _own(find_home(home))
    recipient = own.opening_key().recipient
    old = [one for one in kept_keys.read() if one.recipient]
    if as_json:
        show_json(
            {
                "fingerprint": show_fingerprint(own.device),
                "device": own.device,
                "recipient": recipient,
                "old_keys": [{"device": one.device, "recipient": one.recipient} for one in old],
            }
        )
        return
    say(f"Mã máy này: {show_fingerprint(own.device)}")
    say(f"Khóa công khai, để mã hóa gói cho máy này: {recipient}")
    for one in old:
        whose = f" (của máy {show_fingerprint(one.device)})" if one.device else ""
        say(f"Khóa cũ còn giữ để mở gói: {one.recipient}{whose}")
    say()
    say("Khóa mở gói chỉ nằm trên máy này. Mất máy hoặc mất khóa thì không ai mở được những gói đã")
    say("mã hóa cho riêng máy này, kể cả cấp trên hay người làm ra chương trình.")
    say("Hãy cất một bản có mật khẩu ở nơi khác: ntm keys export TỆP")


def _own(home: Home) -> "Identity":
    """Give who writes here, with an age key; a store of an older program gets one now."""
    from db import identity, store_file

    store_file.require(home)
    own = identity.load(home.path)
    if own is None or not own.age_key:
        with working(home.path):
            own = identity.load(home.path)
    if own is None:
        raise RuntimeError("an open store without an identity file")
    return own


@_keys.command("export", cls=Command, help="Cất khóa mở gói vào tệp có mật khẩu, hoặc ghi thẻ máy.")
def export(
    file: FileArgument,
    card: Annotated[
        bool,
        typer.Option(
            "--card", help="Ghi thẻ máy (không bí mật) để máy khác mã hóa gói cho máy này."
        ),
    ] = False,
    passphrase_file: PassphraseFileOption = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the age keys under a passphrase, or the public card."""
    path = file.expanduser().absolute()
    if card:
        _export_card(path, home, as_json=as_json)
        return
    from db.sync.key_files import export_keys

    _own(find_home(home))
    count = export_keys(find_home(home), path, new_passphrase(passphrase_file))
    if as_json:
        show_json({"kind": "keys", "path": str(path), "keys": count})
        return
    say(f"Đã cất {count} khóa mở gói vào {path}")
    say("Tệp này cùng mật khẩu mở được mọi gói mã hóa cho máy này: hãy để ở nơi khác máy này, và")
    say("ghi mật khẩu ra giấy cất riêng. Quên mật khẩu thì tệp này không dùng được nữa.")


def _export_card(path: Path, home: Path | None, *, as_json: bool) -> None:
    from db.sync.key_files import write_new
    from db.sync.keys import show_fingerprint
    from db.sync.sending import own_card
    from ntm_tui.papers.bundle import PROGRAM

    with working(home) as desk:
        write_new(path, own_card(desk, PROGRAM))
        own = desk.store.identity.device if desk.store.identity is not None else ""
    if as_json:
        show_json({"kind": "card", "path": str(path), "fingerprint": show_fingerprint(own)})
        return
    say(f"Đã ghi thẻ của máy này: {path}")
    say(
        f"Máy kia nhập thẻ bằng lệnh ntm keys import, rồi đối chiếu mã máy: {show_fingerprint(own)}"
    )


@_keys.command("import", cls=Command, help="Nhập khóa mở gói đã cất, hoặc thẻ của máy khác.")
def import_file(
    file: FileArgument,
    passphrase_file: PassphraseFileOption = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Keep older keys for opening bundles, or another machine's card for encrypting to it."""
    from db.sync.key_files import KeyFileKind, import_keys, kind_of, read_file

    data = read_file(file.expanduser())
    if kind_of(data) is KeyFileKind.CARD:
        _import_card(data, home, as_json=as_json)
        return
    done = import_keys(find_home(home), data, lambda: known_passphrase(passphrase_file))
    if as_json:
        show_json({"kind": "keys", "added": done.new, "known": done.known})
        return
    say(f"Đã nhập {done.new} khóa mở gói ({done.known} khóa máy này đã có từ trước).")
    say("Từ nay máy này mở được cả những gói mã hóa cho các khóa ấy. Khóa ký và mã máy không đổi.")


def _import_card(data: bytes, home: Path | None, *, as_json: bool) -> None:
    from db.sync.trust import take_card

    with working(home) as desk:
        found = take_card(desk, data)
    if as_json:
        answer: dict[str, Any] = {
            "kind": "card",
            "fingerprint": found.fingerprint,
            "device": found.device,
            "recipient": found.recipient,
            "trust": found.trust.value,
        }
        show_json(answer)
        return
    say(f"Đã nhận thẻ của máy {found.fingerprint} ({found.office}, {found.machine}).")
    if not found.recipient:
        say("Thẻ này không có khóa, nên chưa mã hóa gói cho máy ấy được.")
    if found.trust.value != "trusted":
        say("Thẻ chưa nói lên đó là ai: hãy gọi điện đối chiếu mã máy rồi mới tin cậy bằng lệnh")
        say(f"ntm devices trust {found.fingerprint}")
