"""Choosing a file: by looking through folders, or by a path that is typed or pasted."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from db.problems import system_words
from db.text import shown
from ntm_tui.dialogs.dialog import Dialog
from ntm_tui.dialogs.folder import Entry, existing, list_folder, narrowed, places, typed_path
from ntm_tui.widgets.field_message import FieldMessage
from ntm_tui.widgets.text_line import TextLine
from ntm_tui.widgets.typed import Typed

chosen_last: WeakKeyDictionary[App[Any], Path] = WeakKeyDictionary()
"""Where a file was chosen last, while a program runs; several papers often lie together."""


class PathLine(TextLine):
    """Where a path, or a part of a name, is typed."""

    HELP = """
Gõ một phần tên để tìm trong thư mục đang xem, hoặc dán cả đường dẫn rồi Enter. ↓ sang danh sách.
"""
    BINDINGS = [  # noqa: RUF012  # a class variable in Textual
        Binding("down", "screen.to_list", "Sang danh sách", show=False)
    ]


class FilePicker(Dialog[Path]):
    """Gives the chosen file, or None.

    Args:
        title: what the file is to be.
        suffix: how its name ends, such as ".zip", in one or several ways; other files are not
            listed. Empty for any.
    """

    HELP = """
Chọn tệp: ↑ ↓ để đi trong danh sách, Enter để mở thư mục hoặc chọn tệp. Backspace lên một cấp.
"""
    DEFAULT_CSS = """
    FilePicker {
        .box { width: 76; height: 22; }
        OptionList { height: 1fr; margin-top: 1; }
    }
    """
    BINDINGS = [Binding("backspace", "up", "Lên một cấp", show=False)]  # noqa: RUF012

    def __init__(self, title: str, suffix: str | tuple[str, ...] = "") -> None:
        super().__init__()
        self._title = title
        self._suffix = suffix
        self._folder: Path | None = None
        self._entries: tuple[Entry, ...] = ()
        self._listed: tuple[Entry, ...] = ()

    def compose(self) -> ComposeResult:
        """A line to type in, and the list."""
        with Vertical(classes="box") as box:
            box.border_title = self._title
            box.border_subtitle = "Enter mở, chọn · ↓ danh sách · Esc đóng"
            yield PathLine(placeholder="gõ tên để tìm, hoặc dán đường dẫn của tệp", id="path")
            yield FieldMessage()
            yield OptionList(id="entries", classes="plain")

    async def on_mount(self) -> None:
        """Begin where a file was chosen last, else with the disks and usual folders."""
        start = chosen_last.get(self.app)
        if start is None or not await self._open(start):
            self._show(None, await asyncio.to_thread(places))

    async def _open(self, folder: Path) -> bool:
        try:
            entries = await asyncio.to_thread(list_folder, folder, self._suffix)
        except OSError as error:
            self._say(f"Không mở được thư mục ({system_words(error)}). Hãy chọn chỗ khác.")
            return False
        self._show(folder, entries)
        return True

    def _show(self, folder: Path | None, entries: tuple[Entry, ...]) -> None:
        self._folder, self._entries = folder, entries
        box = self.query_one(Vertical)
        box.border_title = shown(str(folder)) if folder else self._title
        self.query_one(PathLine).load("")
        self.query_one(FieldMessage).clear()
        self._list(entries)

    def _list(self, entries: tuple[Entry, ...]) -> None:
        self._listed = entries
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options([Option(Content(it.line)) for it in entries])
        if entries:
            goes_up = self._folder is not None and entries[0].path == self._folder.parent
            listed.highlighted = 1 if goes_up and len(entries) > 1 else 0

    def _say(self, problem: str) -> None:
        self.query_one(FieldMessage).problem(problem)

    @on(Typed.Drafted)
    def _narrow(self, event: Typed.Drafted) -> None:
        event.stop()
        self.query_one(FieldMessage).clear()
        if typed_path(event.text) is None:
            self._list(narrowed(self._entries, event.text))

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open what was typed, or the first of what answers it."""
        event.stop()
        path = typed_path(event.value)
        if path is not None:
            await self._take(path)
        elif self._listed:
            await self._take(self._listed[self.query_one(OptionList).highlighted or 0].path)
        else:
            self._say("Không có tên nào như vậy trong thư mục này. Hãy gõ lại hoặc dán đường dẫn.")

    async def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open that entry."""
        await self._take(self._listed[event.option_index].path)

    async def _take(self, path: Path) -> None:
        path = await asyncio.to_thread(existing, path)
        if await asyncio.to_thread(path.is_dir):
            await self._open(path)
        elif await asyncio.to_thread(path.is_file):
            chosen_last[self.app] = path.parent
            self.leave(path)
        else:
            self._say(f"Không thấy “{shown(str(path))}”. Hãy xem lại đường dẫn hoặc cắm lại USB.")

    def action_to_list(self) -> None:
        """Go to the list."""
        self.set_focus(self.query_one(OptionList))

    async def action_up(self) -> None:
        """Go to the folder above; from the topmost one to the list of disks."""
        if self._folder is not None and self._folder.parent != self._folder:
            await self._open(self._folder.parent)
        else:
            self._show(None, await asyncio.to_thread(places))
