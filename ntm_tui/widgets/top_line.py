"""The line above the checklist: filter, search, and where the commune stands."""

from __future__ import annotations

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from ntm_tui.widgets.text_line import TextLine

SEARCH_ROOM = 20
"""Cells that the search always keeps, with its label."""


class SearchLine(TextLine):
    """Where the search is typed."""

    HELP = """
Tìm chỉ tiêu theo số, tên, tên tiêu chí hoặc người phụ trách; gõ không dấu cũng được. Bảng chỉ còn
những dòng khớp. Enter về bảng, ở dòng khớp nhất; Esc bỏ tìm.
"""
    BINDINGS = [  # noqa: RUF012  # a class variable in Textual
        Binding("down", "screen.to_table", "Về bảng", show=False),
        Binding("up", "screen.to_table", "Về bảng", show=False),
    ]


class TopLine(Horizontal):
    """Lays out the three.

    Args:
        search: the search line.
    """

    DEFAULT_CSS = """
    TopLine {
        height: 1;
        padding: 0 1;
        & > Static { width: auto; height: 1; }
        & > #search-label { margin-left: 2; }
        & > SearchLine { width: 1fr; min-width: 6; }
        & > #standing { margin-left: 2; text-style: bold; }
    }
    """

    def __init__(self, search: SearchLine) -> None:
        super().__init__()
        self._search = search
        self._filter = Static("", id="filter", markup=False)
        self._standing = Static("", id="standing", markup=False)
        self._label = ""
        self._wordings: tuple[str, ...] = ("",)

    def compose(self) -> ComposeResult:
        """Filter, search, standing."""
        yield self._filter
        yield Static("Tìm:", id="search-label", markup=False)
        yield self._search
        yield self._standing

    def tell(self, label: str, wordings: tuple[str, ...]) -> None:
        """Say which rows are looked at, and where the commune stands.

        Args:
            label: the name of the filter.
            wordings: the standing, from the longest wording to the shortest; the first that leaves
                room for the search is shown.
        """
        self._label, self._wordings = f"Lọc: {label}", wordings
        self._fit()

    def on_resize(self) -> None:
        """Another width, perhaps another wording."""
        self._fit()

    def _fit(self) -> None:
        room = self.content_size.width - cell_len(self._label) - SEARCH_ROOM - 2
        wording = next((it for it in self._wordings if cell_len(it) <= room), "")
        _change(self._filter, self._label)
        _change(self._standing, wording)


def _change(static: Static, text: str) -> None:
    """Change a text; a new layout only for one of another length."""
    before = str(static.content)
    if before != text:
        static.update(Content(text), layout=cell_len(before) != cell_len(text))
