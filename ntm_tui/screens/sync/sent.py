"""The bundle that was written, in words and large letters."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content

from db.text import shown
from ntm_tui.dialogs.folder import show_size
from ntm_tui.screens.sync.letters import large
from ntm_tui.screens.sync.outgoing import count

if TYPE_CHECKING:
    from db.sync.archive import Written


def sent(bundles: Sequence[Written], *, removable: bool) -> Content:
    """Say everything that a person does with the bundle, or the bundles, next."""
    return _one(bundles[0], removable) if len(bundles) == 1 else _several(bundles, removable)


def _several(bundles: Sequence[Written], removable: bool) -> Content:
    """List the bundles with their codes."""
    folder = bundles[0].path.parent
    name = max(len(it.info.commune_name) for it in bundles)
    lines = [
        Content.styled(f"{count(len(bundles))} gói trong {shown(str(folder))}", "bold"),
        Content.styled(what_next(folder, removable=removable, many=True), "bold"),
        Content(""),
    ]
    if bundles[0].encrypted:
        lines.insert(1, Content("Đã mã hóa: mỗi gói chỉ máy này và máy của xã ấy mở được."))
    for it in bundles:
        holds = f"{count(it.info.counts.changes)} thay đổi, {count(it.info.counts.evidence)} tệp"
        lines.append(
            Content.assemble((it.code, "bold"), f"  {shown(it.info.commune_name):<{name}}  {holds}")
        )
        lines += [Content.styled(f"× {note.message}", "$error") for note in it.notes]
    return Content("\n").join(lines)


def _one(written: Written, removable: bool) -> Content:
    counts = written.info.counts
    holds = f"{count(counts.changes)} thay đổi, {count(counts.evidence)} tệp minh chứng"
    rows = [
        ("Tệp", f"{written.path.name} ({show_size(written.size)})"),
        ("Ở", shown(str(written.path.parent))),
        ("Trong gói", holds),
    ]
    if written.encrypted:
        names = "; ".join(shown(one.name) for one in written.readers)
        rows.append(("Đã mã hóa", f"chỉ máy này và {names} mở được"))
    lines = [
        Content("Mã đối chiếu gói, đọc cho bên nhận nghe:\n"),
        Content.styled(large(written.code), "$primary"),
        Content.assemble("\n", (" ".join(written.code), "bold"), "\n"),
        *(Content.assemble((f"{label:<10}", "bold"), words) for label, words in rows),
        Content(""),
        Content.styled(what_next(written.path, removable=removable), "bold"),
    ]
    lines += [Content.styled(f"× {note.message}", "$error") for note in written.notes]
    return Content("\n").join(lines)


def what_next(path: Path, *, removable: bool, many: bool = False) -> str:
    """Say where the bundle goes from here."""
    if removable:
        return "Có thể rút USB. Nếu máy có nút rút USB an toàn, bấm nút đó trước."
    return (
        "Các gói nằm trong máy này. Hãy chép sang USB cho từng xã."
        if many
        else "Gói nằm trong máy này. Hãy chép sang USB hoặc gửi qua đường quen dùng."
    )
