"""Every field that a bundle changes, page by page: all of them, by register, or by person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from db.text import shown
from ntm_tui.dialogs.dialog import Dialog
from ntm_tui.screens.sync.choice_list import Choice, ChoiceList
from ntm_tui.screens.sync.outgoing import count

if TYPE_CHECKING:
    from db.home import Home
    from db.sync.differences import Difference, Differences

ON_A_PAGE = 100
_ALL, _REGISTER, _PERSON = "all", "register:", "person:"


class DifferencesDialog(Dialog[None]):
    """Shows from what to what each field changes, and who wrote it.

    Args:
        home: where the criteria sets lie, by which figures are read.
        title: what the differences are of.
        found: the differences.
    """

    HELP = """
Mỗi dòng là một ô: từ gì thành gì, ai ghi, lúc nào. Ở trên chọn xem tất cả, một sổ hay một người;
← → sang trang, Tab xuống phần chữ để đọc tiếp bằng ↑ ↓. Esc đóng. Ở đây chỉ xem, không đổi gì.
"""
    DEFAULT_CSS = """
    DifferencesDialog {
        .box { width: 100%; max-width: 110; height: 100%; }
        #groups { max-height: 7; }
        #page { height: 1fr; scrollbar-size-vertical: 1; }
        #lines { height: auto; }
    }
    """
    BINDINGS = [  # noqa: RUF012
        Binding("right", "page(1)", "Trang sau", show=False),
        Binding("left", "page(-1)", "Trang trước", show=False),
    ]

    def __init__(self, home: Home, title: str, found: Differences) -> None:
        super().__init__()
        from ntm_tui.console.differences import Words

        self._title, self._found, self._words = title, found, Words(home)
        self._chosen: Sequence[Difference] = found.listed
        self._page = 0

    def compose(self) -> ComposeResult:
        """The groups, and a page of differences."""
        with Vertical(classes="box") as box:
            box.border_title = self._title
            yield ChoiceList("Xem theo", id="groups")
            with VerticalScroll(id="page"):
                yield Static(id="lines")

    def on_mount(self) -> None:
        """Begin with all of them."""
        self.query_one("#groups", ChoiceList).show(list(_groups(self._found)))
        self._draw()

    @on(ChoiceList.Changed, "#groups")
    def _choose(self, event: ChoiceList.Changed) -> None:
        event.stop()
        listed = self._found.listed
        if event.key.startswith(_REGISTER):
            entity = event.key.removeprefix(_REGISTER)
            listed = tuple(one for one in listed if one.entity == entity)
        elif event.key.startswith(_PERSON):
            whose = self._found.by_person[int(event.key.removeprefix(_PERSON))]
            listed = tuple(
                one for one in listed if (one.officer, one.device) == (whose.officer, whose.device)
            )
        self._chosen, self._page = listed, 0
        self._draw()

    @on(ChoiceList.Taken, "#groups")
    def _read_on(self, event: ChoiceList.Taken) -> None:
        event.stop()
        self.set_focus(self.query_one("#page"))

    def action_page(self, step: int) -> None:
        """Turn a page."""
        self._page = min(max(self._page + step, 0), self._pages - 1)
        self._draw()

    @property
    def _pages(self) -> int:
        return max(-(-len(self._chosen) // ON_A_PAGE), 1)

    def _draw(self) -> None:
        start = self._page * ON_A_PAGE
        lines = list(self._lines(self._chosen[start : start + ON_A_PAGE]))
        if self._page == self._pages - 1 and self._found.total > len(self._found.listed):
            more = count(self._found.total - len(self._found.listed))
            lines.append(Content(f"Còn {more} ô nữa không liệt kê ở đây; tất cả đều được đếm."))
        self.query_one("#lines", Static).update(Content("\n").join(lines))
        self.query_one("#page", VerticalScroll).scroll_home(animate=False)
        place = (
            f"Trang {self._page + 1}/{self._pages} · ← → sang trang · " if self._pages > 1 else ""
        )
        self.query_one(Vertical).border_subtitle = f"{place}Esc đóng"

    def _lines(self, page: Sequence[Difference]) -> Iterator[Content]:
        before = ("", "", "")
        for one in page:
            here = (one.scope, one.entity, one.row)
            if here != before:
                yield Content.styled(shown(one.called).capitalize(), "bold")
            before = here
            yield Content(f"  {self._words.what(one)}  · {shown(one.officer)}, {_when(one)}")


def _groups(found: Differences) -> Iterator[Choice]:
    yield Choice(_ALL, "Tất cả", count(found.total))
    for register in found.by_register:
        yield Choice(f"{_REGISTER}{register.entity}", f"Sổ {register.name}", count(register.count))
    for place, who in enumerate(found.by_person):
        yield Choice(f"{_PERSON}{place}", f"{who.officer} · {who.machine}", count(who.count))


def _when(one: Difference) -> str:
    from db.clock import VIETNAM

    return f"{one.written_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
