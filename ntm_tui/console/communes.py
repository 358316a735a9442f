"""Which commune a command is about: the only one, or at the upper level the one that is named."""

from typing import TYPE_CHECKING

from db.problems import NotFound
from db.text import fold
from ntm_tui.console.outcome import WrongUsage

if TYPE_CHECKING:
    from db.desk import Desk


def at_commune(desk: "Desk", named: str) -> "Desk":
    """Give the desk with a commune in front.

    Args:
        desk: the open store.
        named: the commune's code or name; empty at a commune's own machine.

    Raises:
        WrongUsage: no commune is named at the upper level, or one is at a commune's machine.
        NotFound: there is no such commune here.
    """
    if desk.upper is None:
        if named and named != desk.commune.scope:
            raise WrongUsage("Máy này chỉ có số liệu của một xã. Chưa có gì thay đổi.")
        return desk
    if not named:
        raise WrongUsage("Máy cấp trên có nhiều xã: hãy thêm --commune XÃ. Chưa có gì thay đổi.")
    return desk.at_commune(find_commune(desk, named))


def own_commune(desk: "Desk") -> "Desk":
    """Give the desk of a commune, for what only the commune itself may do.

    Raises:
        WrongUsage: it is the upper level's.
    """
    if desk.upper is not None:
        raise WrongUsage(
            "Việc này xã làm trên máy của xã. Chưa có gì thay đổi. "
            "Ở máy cấp trên, kết quả thẩm tra ghi bằng lệnh ntm verdict."
        )
    return desk


def desks_of(desk: "Desk", named: str) -> "tuple[Desk, ...]":
    """Give a desk at each commune that is meant: at the upper level all of them, unless one is.

    Raises:
        WrongUsage: as `at_commune`.
        NotFound: as `at_commune`; or no commune's data is here.
    """
    if desk.upper is None or named:
        return (at_commune(desk, named),)
    codes = all_communes(desk)
    if not codes:
        raise NotFound("Chưa nhận gói của xã nào nên chưa có gì để gửi. Hãy nhận gói của xã trước.")
    return tuple(desk.at_commune(code) for code in codes)


def find_commune(desk: "Desk", named: str) -> str:
    """Give the code of a commune that is named by its code or its name.

    Raises:
        NotFound: there is none, or more than one.
    """
    known = {code: desk.at_commune(code).commune.name for code in all_communes(desk)}
    wanted = fold(named)
    found = [code for code, name in known.items() if named == code or wanted == fold(name)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(known.values()) or "chưa có xã nào"
    raise NotFound(f"Không rõ xã “{named}”. Chưa có gì thay đổi. Các xã ở đây: {names}.")


def all_communes(desk: "Desk") -> tuple[str, ...]:
    """Give the codes of the communes whose data is here."""
    from db.upper import communes_in

    with desk.reading() as session:
        return tuple(communes_in(session))
