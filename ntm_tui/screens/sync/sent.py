"""The bundle that was written, in words and large letters."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content

from db.text import shown
from ntm_tui.dialogs.folder import show_size
from ntm_tui.screens.sync.letters import large
from ntm_tui.screens.sync.outgoing import count

if TYPE_CHECKING:
    from db.sync.archive import Written


def sent(written: Written, *, removable: bool) -> Content:
    """Say everything that a person does with the bundle next."""
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


def what_next(path: Path, *, removable: bool) -> str:
    """Say where the bundle goes from here."""
    if removable:
        return "Có thể rút USB. Nếu máy có nút rút USB an toàn, bấm nút đó trước."
    return "Gói nằm trong máy này. Hãy chép sang USB hoặc gửi qua đường quen dùng."
