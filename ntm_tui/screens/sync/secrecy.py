"""Whether a bundle is encrypted, and in words who can open it then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from db.text import shown
from ntm_tui.screens.sync.choice_list import Choice

if TYPE_CHECKING:
    from db.sync.readers import Reader, Readers

ANYONE, ENCRYPTED = "anyone", "encrypted"
WHO = (
    Choice(ANYONE, "Không, ai cầm gói cũng xem được"),
    Choice(ENCRYPTED, "Có, chỉ nơi nhận mở được"),
)
_NOT_BY_A_BROWSER = (
    "Trình duyệt không mở được gói đã mã hóa: phải có chương trình này, hoặc công cụ age với khóa."
)
_HOW = "ntm keys export TỆP"
_LOSS = f"Máy nào mất khóa thì không mở được nữa, nên hãy cất khóa trước bằng lệnh:\n{_HOW}"
HAS_KEY = "có, nhận được gói mã hóa"
NO_KEY = "chưa có, chưa nhận được gói mã hóa"
KEEP_YOUR_KEY = (
    "Mất khóa của máy này thì không ai mở được gói đã mã hóa cho máy này nữa. "
    f"Hãy cất một bản bằng lệnh:\n{_HOW}"
)


def who_can_open(readers: Readers) -> list[Content]:
    """Name the machines that can open an encrypted bundle, and what that means."""
    from db.sync.readers import NOBODY

    if not readers.able:
        return [Content.styled(f"× {NOBODY}", "$error"), Content("")]
    return [
        Content.styled("Mã hóa: chỉ máy này và các máy sau mở được", "bold"),
        *(Content(f"√ {shown(one.name)}") for one in readers.able),
        *(_cannot(one) for one in readers.unable),
        Content(_NOT_BY_A_BROWSER),
        Content(_LOSS),
        Content(""),
    ]


def who_can_open_each(bundles: Sequence[tuple[str, Readers]]) -> list[Content]:
    """Say of several bundles that each is for its own commune, and which cannot be encrypted."""
    lines = [
        Content.styled("Mã hóa: mỗi gói chỉ máy này và máy của xã ấy mở được", "bold"),
        Content(_NOT_BY_A_BROWSER),
        Content(_LOSS),
    ]
    for name, readers in bundles:
        if not readers.able:
            lines.append(Content.styled(f"× Xã {name}: chưa máy nào có khóa", "$error"))
        lines += [_cannot(one) for one in readers.unable if readers.able]
    if not all(readers.able for _, readers in bundles):
        lines.append(Content.styled("Chưa mã hóa được hết nên sẽ không ghi gói nào.", "$error"))
    return [*lines, Content("")]


def _cannot(one: Reader) -> Content:
    return Content.styled(f"× {shown(one.name)}: chưa có khóa, không mở được", "$error")
