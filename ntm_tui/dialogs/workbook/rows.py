"""The lines of a preview: what waits for an answer, what changes, what is passed over. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.text import shown
from ntm_tui.widgets.lines import BASE, QUIET, WARNING, Line, Piece, fit, say

if TYPE_CHECKING:
    from db.workbooks.changes import Change, LeftOut, Preview, Unread

_PLACE = 9
_EMPTY = "(trống)"


@dataclass(frozen=True)
class PreviewRow:
    """One line: a cell that changes something, or one that does not and why."""

    key: str
    mark: str
    place: str
    of: str
    said: str
    about: Change | Unread | LeftOut
    style: str = BASE


def rows_of(seen: Preview) -> tuple[PreviewRow, ...]:
    """Give every line of a preview; what waits for a person comes first, then what stays out."""
    return (
        *(_doubt(one) for one in seen.doubtful),
        *(_unread(one) for one in seen.unread),
        *(_sure(one) for one in seen.sure),
        *(_left_out(one) for one in seen.left_out),
    )


def _doubt(one: Change) -> PreviewRow:
    said = f"{one.field}: {' hay '.join(one.readings)}?"
    return PreviewRow(f"? {one.place}", "?", one.place, one.of, said, one, WARNING)


def _sure(one: Change) -> PreviewRow:
    before = f"{one.before} → " if one.before else ""
    said = f"{one.field}: {before}{one.after}"
    return PreviewRow(f"= {one.place}", "√", one.place, one.of, said, one)


def _unread(one: Unread) -> PreviewRow:
    said = f"không hiểu “{one.text}”"
    return PreviewRow(f"x {one.address}", "×", one.address, said, one.why, one, QUIET)


def _left_out(one: LeftOut) -> PreviewRow:
    return PreviewRow(f"- {one.row}", "-", f"dòng {one.row}", one.text, one.why, one, QUIET)


def draw(row: PreviewRow, width: int) -> Sequence[Piece]:
    """Draw a line into that many cells."""
    room = width - _PLACE - 4
    of = max(12, room * 2 // 5)
    return [
        (f"{row.mark} ", row.style),
        (f"{fit(row.place, _PLACE)} ", QUIET),
        (f"{fit(shown(row.of), of)} ", row.style),
        (fit(shown(row.said), max(1, room - of)), row.style),
    ]


def answers_of(row: PreviewRow) -> Iterator[Line]:
    """Say everything about one line."""
    from db.workbooks.changes import Change, LeftOut, Unread

    one = row.about
    if isinstance(one, Change):
        yield from _of_change(one)
    elif isinstance(one, Unread):
        yield say("Trong tệp", shown(one.text))
        yield say("Không đọc", (shown(one.why), WARNING))
    elif isinstance(one, LeftOut):
        yield say("Bỏ qua", shown(one.why))


def _of_change(one: Change) -> Iterator[Line]:
    if one.doubt:
        yield say("Cần nói rõ", (shown(one.doubt), WARNING))
        yield say("", ("Enter để chọn nghĩa đúng, hoặc bỏ ô này.", QUIET))
    yield say("Trong tệp", shown(one.typed))
    if one.code:
        yield say(one.code, shown(one.original))
    yield say("Trước", shown(one.before) or (_EMPTY, QUIET))
    if not one.doubt:
        yield say("Sau", shown(one.after))
    if one.note:
        yield say("Cách hiểu", shown(one.note))


def counts(seen: Preview) -> str:
    """Sum a preview up in a line."""
    return (
        f"{len(seen.sure)} thay đổi · {len(seen.doubtful)} cần nói rõ · "
        f"{len(seen.unread)} không hiểu · {len(seen.left_out)} dòng bỏ qua · "
        f"{seen.equal} đã giống"
    )
