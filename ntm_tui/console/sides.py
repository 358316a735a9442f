"""The sides of a conflict in words: what each stands for, who wrote it, where and when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from db.text import shown

if TYPE_CHECKING:
    from db.conflicts import Comparison, Conflict, Side, Writer

LATE = timedelta(minutes=1)
"""From this difference on it is told that a change was received later than it was written."""


def who_settles(conflict: Conflict) -> str:
    """Say why the office at hand does not settle a conflict; empty where it does."""
    if conflict.mine:
        return ""
    if conflict.owner is None:
        return "cần bản chương trình mới hơn"
    return "cấp trên chốt" if conflict.owner.value == "upper" else "xã chốt"


def side_text(compared: Comparison, side: Side) -> str:
    """Say what a side stands for."""
    from ntm_tui.console.values import show_compared

    if side.choice.value == "value":
        return show_compared(compared, compared.conflict.field, side.value)
    return "Giữ lại" if side.choice.value == "keep" else "Xóa"


def machine_text(writer: Writer) -> str:
    """Say on which machine something was written; several may have the same name."""
    if writer.own:
        return "máy này"
    named = shown(writer.machine)
    bare = named if named.casefold().startswith("máy") else f"máy {named}".rstrip()
    return f"{bare} {writer.device[:4]}-…"


def writer_texts(writer: Writer) -> Iterator[str]:
    """Say who wrote, where, when, and when that came here."""
    yield shown(writer.officer)
    yield machine_text(writer)
    yield f"ghi {_local(writer.written_at)}"
    if not writer.own and abs(writer.received_at - writer.written_at) >= LATE:
        yield f"nhận {_local(writer.received_at)}"


def upon_text(compared: Comparison, writer: Writer) -> str:
    """Say what the writer saw before, and what of a row in doubt was written."""
    from db.journal.wording import field_label
    from ntm_tui.console.values import EMPTY, show_compared

    conflict = compared.conflict
    if conflict.about_row and writer.field == conflict.field:
        return ""
    before = show_compared(compared, writer.field, writer.before)
    before = EMPTY.strip("()") if before == EMPTY else before
    if not conflict.about_row:
        return f"trước đó: {before}"
    label = field_label(conflict.entity, writer.field)
    return f"{label}: {before} → {show_compared(compared, writer.field, writer.value)}"


def _local(at: datetime) -> str:
    from db.clock import VIETNAM

    return f"{at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
