"""How a workbook is looked at: opened once, read again after each correction. No widget here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from db.text import shown
from db.workbooks.addresses import column_letter
from db.workbooks.book import Book, open_book
from db.workbooks.changes import Change, Preview
from db.workbooks.finding import bare_layouts, find_layouts, layout_about
from db.workbooks.ground import Ground, ground_of
from db.workbooks.layout import CHECKLIST, VILLAGES, Layout, Role
from db.workbooks.measures import DayOrder, NumberStyle
from db.workbooks.previewing import preview_book
from db.workbooks.problems import UnknownTable
from db.workbooks.watch import Watch
from db.workbooks.wording import BETWEEN, say_role, vocabulary

if TYPE_CHECKING:
    from db.desk import Desk

Chosen = TypeVar("Chosen")
NOT_READ = "không đọc cột này"
_NOT_KNOWN = (
    "Chưa nhận ra bảng nào, chưa có gì thay đổi. Bấm Trang để chọn trang, Bảng để nói trang này về "
    "gì, Cột để nói từng cột là gì."
)


@dataclass(frozen=True)
class Look:
    """A workbook as it is seen now: the tables found in it, and what one of them would change."""

    ground: Ground
    book: Book
    layouts: tuple[Layout, ...]
    seen: Preview

    @property
    def layout(self) -> Layout:
        """How the sheet in front is read."""
        return self.seen.layout

    @property
    def is_named(self) -> bool:
        """Whether it is known, or somebody has said, what the sheet in front is about."""
        return _is_named(self.layout)

    @property
    def called(self) -> str:
        """What the sheet in front is about, as far as it is known."""
        return _called(self.ground, self.layout)


def first_look(desk: Desk, path: Path, watch: Watch) -> Look:
    """Open a workbook and look at the table of which it says most. Runs in a thread.

    Where no table is known, the fullest sheet is shown, and a person can say what stands where.

    Raises:
        Problem: it cannot be read, or holds nothing.
    """
    ground = ground_of(desk)
    book = open_book(path, watch.part(0, 3))
    notes: tuple[str, ...] = ()
    try:
        layouts = find_layouts(book, ground, watch.part(1, 3))
    except UnknownTable:
        layouts, notes = bare_layouts(book, watch.part(1, 3)), (_NOT_KNOWN,)
        if not layouts:
            raise
    seen = preview_book(book, ground, layout=layouts[0], watch=watch.part(2, 3))
    return Look(ground, book, layouts, replace(seen, notes=(*seen.notes, *notes)))


def look_again(look: Look, layout: Layout, watch: Watch) -> Look:
    """Read with another layout. Runs in a thread."""
    seen = preview_book(look.book, look.ground, layout=layout, watch=watch)
    kept = (note for note in look.seen.notes if note == _NOT_KNOWN)
    return replace(look, seen=replace(seen, notes=(*seen.notes, *kept)))


def answered(look: Look, change: Change, text: str) -> Layout:
    """Give the layout in which the cells of a change mean what a person said."""
    said = dict.fromkeys(change.addresses, text)
    return replace(look.layout, answers={**look.layout.answers, **said})


def sheet_choices(look: Look) -> Sequence[tuple[str, str]]:
    """Give the tables that can be read: sheet, and what it is about."""
    return [(shown(one.sheet), _called(look.ground, one)) for one in look.layouts]


def _called(ground: Ground, layout: Layout) -> str:
    return ground.title(layout.subject) if _is_named(layout) else "chưa rõ nói về gì"


def _is_named(layout: Layout) -> bool:
    return bool(layout.columns) or layout.subject != CHECKLIST


def subject_choices(look: Look) -> Mapping[str, str]:
    """Give what a sheet can be about: what it is called, and its name."""
    return {look.ground.title(one): one for one in look.ground.subjects}


def about(look: Look, subject: str) -> Layout:
    """Give the layout of the sheet in front as one that is about something else."""
    sheet = look.book.sheet(look.layout.sheet)
    return layout_about(look.book.page(sheet), subject, look.ground, look.layout)


def column_choices(look: Look) -> tuple[tuple[int, ...], Sequence[tuple[str, str]]]:
    """Give the columns, each with its heading and what it is read as."""
    layout = look.layout
    columns = tuple(sorted({*look.seen.headings, *layout.columns}))
    return columns, [
        (
            f"{column_letter(one)}  {shown(look.seen.headings.get(one, ''))[:34]}",
            _role_words(look, layout.columns.get(one)),
        )
        for one in columns
    ]


def _role_words(look: Look, role: Role | None) -> str:
    return say_role(look.ground, look.layout.subject, role) if role is not None else NOT_READ


def role_choices(look: Look) -> Mapping[str, Role | None]:
    """Give what a column can be read as."""
    subject = look.layout.subject
    found: dict[str, Role | None] = {NOT_READ: None}
    for label, role in vocabulary(look.ground, subject).items():
        if _is_usual(look, subject, label, role):
            found[label] = role
    return found


def _is_usual(look: Look, subject: str, label: str, role: Role) -> bool:
    """Leave out what is seldom meant: it can be said in a mapping file."""
    if role.village and BETWEEN in label:
        return False
    if subject == VILLAGES and role.number:
        return look.ground.checklist.by_number[role.number].indicator.by_village
    return True


def with_column(layout: Layout, column: int, role: Role | None) -> Layout:
    """Read a column as something else; what was read as that before is not read any more."""
    kept = {at: held for at, held in layout.columns.items() if at != column and held != role}
    return replace(layout, columns={**kept, column: role} if role is not None else kept)


def way_choices(layout: Layout) -> Sequence[tuple[str, str]]:
    """Give what can be said of the whole sheet, and how it is now."""
    return [
        ("Số gõ dạng chữ", layout.numbers or "tự nhận"),
        ("Ngày Excel giữ", layout.days or "tự nhận"),
        ("Dòng ẩn", "đọc" if layout.with_hidden else "bỏ qua"),
    ]


def next_way(layout: Layout, place: int) -> Layout:
    """Change one of them to what comes next."""
    if place == 0:
        return replace(layout, numbers=_next(list(NumberStyle), layout.numbers))
    if place == 1:
        return replace(layout, days=_next(list(DayOrder), layout.days))
    return replace(layout, with_hidden=not layout.with_hidden)


def _next(choices: list[Chosen], chosen: Chosen | None) -> Chosen | None:
    following: list[Chosen | None] = [*choices, None]
    return following[(following.index(chosen) + 1) % len(following)]
