"""`ntm devices`: machines whose cards have come in, trusted and revoked by a person."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from db.text import shown
from ntm_tui.console.command import Command, looking, subject, working
from ntm_tui.console.fingerprints import read_device
from ntm_tui.console.options import HomeOption, JsonOption
from ntm_tui.console.outcome import say, show_json
from ntm_tui.console.tables import show_table
from ntm_tui.console.vietnamese import VietnameseGroup

if TYPE_CHECKING:
    from db.sync.trust import DeviceRecord

commands = subject()
_devices = subject()
commands.add_typer(
    _devices, name="devices", cls=VietnameseGroup, help="Xem, tin cậy và thu hồi các máy."
)

FingerprintArgument = Annotated[
    str, typer.Argument(metavar="MÃ-MÁY", help="Mã máy, đọc qua điện thoại; có hay không có gạch.")
]
_TRUST_WORDS = {"": "chưa xác nhận", "trusted": "tin cậy", "revoked": "đã thu hồi"}
_DISOWNED = "bị máy khác thu hồi"
_ROLE_WORDS = {"commune": "máy của xã", "upper": "cấp trên"}


@_devices.callback(no_args_is_help=True)
def _group(home: HomeOption = None) -> None:
    """Take `--home` before the name of the command too."""


@_devices.command("list", cls=Command, help="Liệt kê các máy đã biết và mã của từng máy.")
def list_devices(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """List every device whose card has come in, and the fingerprint of this one."""
    from db.sync import trust
    from db.sync.keys import show_fingerprint
    from db.sync.own_standing import revoked_notice

    with looking(home) as desk:
        with desk.reading() as session:
            found = trust.known_devices(desk, session)
            own = show_fingerprint(trust.own_device(session))
        notice = revoked_notice(desk)
    if as_json:
        show_json({"own": own, "devices": [_as_json(one) for one in found]})
        return
    say(f"Mã máy này: {own}")
    say()
    show_table(
        ("Mã máy", "Tin cậy", "Khóa", "Vai trò", "Máy", "Cơ quan"),
        (
            (
                one.fingerprint,
                _trust_words(one),
                "có" if one.recipient else "chưa có",
                _ROLE_WORDS[one.role.value],
                one.machine,
                one.office,
            )
            for one in found
        ),
    )
    for one in found:
        _show_doubt(one)
    if notice:
        say()
        say(notice)


def _trust_words(one: "DeviceRecord") -> str:
    if one.own:
        return "máy này"
    return _DISOWNED if one.disowned else _TRUST_WORDS[one.trust.value]


def _show_doubt(one: "DeviceRecord") -> None:
    """Say what a person here is to decide about a machine that another one revoked."""
    if not one.disowned:
        return
    say()
    say(f"■ Máy {one.fingerprint} ({shown(one.office)}, {shown(one.machine)}) đã bị máy khác")
    say("  thu hồi. Phần máy ấy ghi sau đó đang để riêng. Hãy gọi hỏi người đã thu hồi, rồi chạy")
    say("  ntm devices revoke MÃ-MÁY để theo, hoặc ntm devices trust MÃ-MÁY để vẫn tin cậy.")


@_devices.command("trust", cls=Command, help="Tin cậy một máy sau khi đã đối chiếu mã của nó.")
def trust_one(
    fingerprint: FingerprintArgument, home: HomeOption = None, as_json: JsonOption = False
) -> None:
    """Trust a device; what waited for that comes out of quarantine."""
    from db.sync.deciding import trust_device
    from db.sync.trust import find_device

    with working(home) as desk:
        with desk.reading() as session:
            meant = find_device(session, read_device(fingerprint))
        released = trust_device(desk, meant.device)
    if as_json:
        show_json(
            {
                "fingerprint": meant.fingerprint,
                "trust": "trusted",
                "released": released.counted,
                "conflicts": released.conflicts,
            }
        )
        return
    say(f"Từ nay tin cậy máy {meant.fingerprint} ({shown(meant.office)}, {shown(meant.machine)}).")
    say(f"{released.counted} thay đổi đang để riêng nay được tính.")
    if released.conflicts:
        say(f"{released.conflicts} ô có hai giá trị trái nhau, giữ cả hai, cần người xem.")


@_devices.command("revoke", cls=Command, help="Thôi tin cậy một máy kể từ bây giờ.")
def revoke(
    fingerprint: FingerprintArgument, home: HomeOption = None, as_json: JsonOption = False
) -> None:
    """Revoke a device: what it wrote before still counts, what it writes from now on does not."""
    from db.sync.deciding import revoke_device
    from db.sync.trust import find_device

    with working(home) as desk:
        with desk.reading() as session:
            meant = find_device(session, read_device(fingerprint))
        done = revoke_device(desk, meant.device)
    if as_json:
        show_json(
            {
                "fingerprint": meant.fingerprint,
                "trust": "revoked",
                "discounted": done.discounted,
                "conflicts": done.conflicts,
            }
        )
        return
    say(f"Đã thôi tin cậy máy {meant.fingerprint} ({shown(meant.office)}, {shown(meant.machine)}).")
    say("Phần máy ấy ghi trước đây vẫn tính; phần ghi từ nay để riêng, không tính.")
    if done.discounted:
        say(f"{done.discounted} thay đổi nhận về sau lúc máy khác thu hồi nay không tính.")


def _as_json(one: "DeviceRecord") -> dict[str, Any]:
    return {
        "fingerprint": one.fingerprint,
        "device": one.device,
        "role": one.role.value,
        "scope": one.scope,
        "office": one.office,
        "machine": one.machine,
        "trust": one.trust.value,
        "how": one.how,
        "own": one.own,
        "recipient": one.recipient,
        "introduced_by": list(one.introduced_by),
        "disowned": one.disowned,
        "disowned_by": list(one.disowned_by),
    }
