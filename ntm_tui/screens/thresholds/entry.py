"""The field for what the paper says, with what was understood below it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from ntm_tui.commands import GoBack, bindings
from ntm_tui.widgets.field_message import FieldMessage
from ntm_tui.widgets.text_line import TextLine
from ntm_tui.widgets.typed import Typed

if TYPE_CHECKING:
    from db.criteria.definitions import Threshold
    from db.sheet.thresholds import ThresholdState


class Entry(TextLine):
    """The field itself."""

    HELP = """
Ô gõ mức ghi trên giấy, ví dụ: 80 hoặc ≥ 80 % hoặc 80; 50 hoặc Đạt hoặc Khá. Dưới ô là cách máy
hiểu. Enter ghi lại rồi sang dòng sau; để trống rồi Enter là bỏ qua; Esc thôi gõ, không ghi.
"""
    BINDINGS = [  # noqa: RUF012  # a class variable in Textual
        *bindings(GoBack),
        Binding("up", "leave(-1)", "Lên một dòng", show=False),
        Binding("down", "leave(1)", "Xuống một dòng", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(placeholder="Enter để gõ mức ghi trên giấy", id="entry")

    async def action_leave(self, step: int) -> None:
        """Keep what was typed, if it can be understood, and go up or down."""
        await self.run_action(f"screen.leave_entry({step})")

    async def action_go_back(self) -> None:
        """Stop typing."""
        await self.run_action("screen.stop_entry")


class EntryForm(Vertical):
    """The field with its name and its message, for one threshold at a time."""

    DEFAULT_CSS = """
    EntryForm {
        height: auto;
        #typing { height: 1; }
        #typing Static { width: auto; padding-right: 1; text-style: bold; }
        Entry { width: 1fr; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._state: ThresholdState | None = None
        self._year = 0
        self._begun_with = ""

    def compose(self) -> ComposeResult:
        """One line, and a second one when there is something to say."""
        with Horizontal(id="typing"):
            yield Static("Mức theo giấy:")
            yield Entry()
        yield FieldMessage()

    @property
    def field(self) -> Entry:
        """The field."""
        return self.query_one(Entry)

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return not self.field.value.strip()

    @property
    def is_changed(self) -> bool:
        """Whether something else stands in it than at the beginning."""
        return self.field.value.strip() != self._begun_with

    def begin(self, state: ThresholdState, year: int) -> None:
        """Begin from what counts now."""
        from db.criteria.entry import entry_text

        self._state, self._year = state, year
        self._begun_with = entry_text(state.effective)
        self.field.load(self._begun_with)
        self.field.select_all()  # what is typed takes the place of what stands there
        message = self.query_one(FieldMessage)
        if state.effective.known:
            message.clear()
        else:
            message.note(f"Gõ mức của {state.indicator.number} rồi Enter; Esc bỏ.")

    def end(self) -> None:
        """Leave it empty."""
        self._state, self._begun_with = None, ""
        self.field.load("")
        self.query_one(FieldMessage).clear()

    def read(self) -> Threshold | None:
        """Understand what was typed; if that fails, say why, and what was typed stays."""
        from db.criteria.definitions import ThresholdProblem
        from db.criteria.entry import parse_entry

        if self._state is None:
            return None
        try:
            return parse_entry(self.field.value, self._state.effective)
        except ThresholdProblem as problem:
            self.query_one(FieldMessage).problem(str(problem))
            return None

    @on(Typed.Drafted)
    def _echo(self, event: Typed.Drafted) -> None:
        """Say how what stands in the field is understood, as long as it is."""
        event.stop()
        from db.criteria.definitions import ThresholdProblem
        from db.criteria.entry import parse_entry

        message = self.query_one(FieldMessage)
        if self._state is None:
            return
        try:
            said = parse_entry(self.field.value, self._state.effective)
        except ThresholdProblem:
            message.clear()
            return
        message.note(f"{_whole(said)} ({_beside(said, self._state.indicator.threshold)})")


def _whole(threshold: Threshold) -> str:
    """Say all of a threshold; one that differs by year with every year of it."""
    if not threshold.by_year:
        return threshold.text()
    from db.criteria.entry import entry_text

    return f"≥ {entry_text(threshold)} {threshold.unit()}"


def _beside(said: Threshold, shipped: Threshold) -> str:
    """Set what was understood beside what was shipped."""
    if not shipped.known:
        return "trước đây chưa rõ"
    same = replace(said, source=shipped.source, document=shipped.document) == shipped
    return "đúng như trong máy" if same else f"trong máy: {_whole(shipped)}"
