"""What a workbook would change, for people and for scripts."""

import sys
from typing import TYPE_CHECKING, Any

from db.text import shown
from ntm_tui.console.outcome import remark, say
from ntm_tui.console.tables import show_table

if TYPE_CHECKING:
    from db.workbooks.changes import Change, Preview
    from db.workbooks.ground import Ground

MOST_SHOWN = 200
"""Changes listed for a person; --json lists all."""


def show_preview(seen: "Preview", *, to_error: bool) -> None:
    """Tell a person what would change, cell by cell."""
    out = remark if to_error else say
    for note in seen.notes:
        out(f"! {note}")
    out(f"{seen.file} · trang “{seen.layout.sheet}” · {seen.title}")
    out(
        f"{len(seen.sure)} ô thay đổi · {seen.equal} ô đã giống · {len(seen.doubtful)} ô cần "
        f"nói rõ · {len(seen.unread)} ô không hiểu · {len(seen.left_out)} dòng bỏ qua"
    )
    if seen.others:
        out(f"Trang khác cũng đọc được (--sheet): {'; '.join(seen.others)}")
    listed = seen.sure[:MOST_SHOWN]
    if listed:
        show_table(
            ("Ô", "Ở đâu", "Mục", "Trước", "Sau", "Ghi chú"),
            ((it.place, it.of[:44], it.field, it.before, it.after, _note(it)) for it in listed),
            file=sys.stderr if to_error else None,
        )
    if len(seen.sure) > MOST_SHOWN:
        out(f"… và {len(seen.sure) - MOST_SHOWN} thay đổi nữa.")
    for change in seen.doubtful:
        readings = "; ".join(f"“{one}”" for one in change.readings)
        out(f"? {change.place} · {shown(change.of)[:44]} · {change.field}: {change.doubt}")
        cells = " ".join(f"--cell {place}=…" for place in change.addresses)
        out(f"    chọn bằng {cells}: {readings}")
    for cell in seen.unread:
        out(f"× {cell.address} “{shown(cell.text)[:40]}”: {cell.why}")
    for row in seen.left_out:
        out(f"- dòng {row.row}: {row.why}: {shown(row.text)[:60]}")


def _note(change: "Change") -> str:
    turned = f"{change.code}: {change.original[:30]}" if change.code else ""
    return "; ".join(filter(None, (turned, change.note)))


def layout_text(ground: "Ground", seen: "Preview") -> str:
    """Write how the sheet was read, with a line to fill in for every cell that waits."""
    from db.workbooks.layout_file import write_layout

    doubts = [
        f'# {place} = "{"" if not it.readings else shown(it.readings[0])}"'
        f"  # {shown(it.of)[:40]}: {shown(it.doubt)}"
        for it in seen.doubtful
        for place in it.addresses
    ]
    return write_layout(ground, seen.layout, seen.headings, doubts).rstrip()


def preview_as_json(seen: "Preview") -> dict[str, Any]:
    """Give everything that would change, for scripts."""
    return {
        "file": seen.file,
        "sheet": seen.layout.sheet,
        "subject": seen.layout.subject,
        "other_sheets": list(seen.others),
        "notes": list(seen.notes),
        "changes": [_change(one) for one in seen.changes],
        "equal": seen.equal,
        "unread": [
            {"cell": one.address, "text": one.text, "reason": one.why} for one in seen.unread
        ],
        "left_out": [
            {"row": one.row, "text": one.text, "reason": one.why} for one in seen.left_out
        ],
    }


def _change(one: "Change") -> dict[str, Any]:
    return {
        "cells": list(one.addresses),
        "row": one.target.row,
        "village": one.target.village,
        "field": one.target.field,
        "of": one.of,
        "before": one.before,
        "after": one.after,
        "typed": one.typed,
        "converted_from": {"code": one.code, "text": one.original} if one.code else None,
        "note": one.note,
        "doubt": one.doubt,
        "readings": list(one.readings),
    }
