"""A form that saves each field by itself, as soon as a person is done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Label, Static

from ntm_tui.commands import Redo, Undo, bindings
from ntm_tui.dialogs.dialog import Dialog
from ntm_tui.dialogs.drafting import Drafting
from ntm_tui.widgets.field_message import FieldMessage
from ntm_tui.widgets.text_block import TextBlock
from ntm_tui.widgets.text_line import TextLine
from ntm_tui.widgets.typed import Typed

if TYPE_CHECKING:
    from db.desk import Desk
    from db.drafts import Place
    from ntm_tui.screens.area import AreaScreen

Saved = TypeVar("Saved")
"""What saving a field gives."""

LEAVE_BY = "Tự lưu khi rời ô · {} sang ô sau · Esc đóng"
RESTORED = "Đã lấy lại chữ gõ dở lần trước; không cần thì Ctrl+Z."


class EntryProblem(Exception):
    """What was typed cannot be saved; the text says why and what is expected."""


@dataclass(frozen=True)
class Field:
    """One field of a form: its name, what it is called, and an example of what to type.

    What stands in a field with `replaced` gives way to what is typed.
    """

    name: str
    label: str
    example: str = ""
    several_lines: bool = False
    replaced: bool = False


class Form(Dialog[None], Generic[Saved]):
    """Fields under a heading. What cannot be saved is told under its field and stays there.

    Args:
        area: the work area it was opened from.
        place: whose fields they are, for the drafts.
        drafts: what was being typed when the program ended unexpectedly.
    """

    BINDINGS = bindings(Undo, Redo)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012
    DEFAULT_CSS = """
    Form {
        &.-wide { align: right middle; }
        .box { width: 76; scrollbar-size-vertical: 1; }
        #heading { height: auto; margin-bottom: 1; }
        .field { height: auto; }
        .field > Horizontal { height: auto; }
        .field Label { width: 12; }
        .field TextLine, .field TextBlock { width: 1fr; }
        .field TextBlock { height: 3; }
        .field FieldMessage { margin-left: 12; }
    }
    """

    def __init__(self, area: AreaScreen, place: Place, drafts: Mapping[str, str]) -> None:
        super().__init__()
        self.area = area
        self._found = drafts
        self._drafting = Drafting(self, area, place)
        self._refused: set[str] = set()

    # -- What a form says about itself -------------------------------------------------------------

    @property
    def about(self) -> str:
        """What the form is about, in a word or two."""
        return ""

    def fields(self) -> Sequence[Field]:
        """The fields, in their order."""
        raise NotImplementedError

    def stored(self, name: str) -> str:
        """What is stored in a field, as it could be typed."""
        raise NotImplementedError

    def understood(self, name: str, text: str) -> str:
        """How a text is understood, to be told under its field; EntryProblem when it is not."""
        return ""

    def job(self, name: str, text: str) -> Callable[[Desk], Saved]:
        """What saves a text; EntryProblem when it cannot be saved."""
        raise NotImplementedError

    def saved(self, name: str, result: Saved) -> None:
        """Take note of what a save gave."""
        raise NotImplementedError

    def heading(self) -> Content:
        """What stands over the fields; drawn anew after each save."""
        raise NotImplementedError

    # -- How it works ------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Heading, then the fields, each with its label and its message."""
        with VerticalScroll(can_focus=False, classes="box") as box:
            box.border_subtitle = LEAVE_BY.format("Enter")
            yield Static(self.heading(), id="heading")
            for field in self.fields():
                with Vertical(classes="field"):
                    with Horizontal():
                        yield Label(field.label)
                        yield self._input(field)
                    yield FieldMessage(id=f"said-{field.name}")

    def _input(self, field: Field) -> TextLine | TextBlock:
        made = TextBlock if field.several_lines else TextLine
        return made(self.stored(field.name), placeholder=field.example, id=field.name)

    def on_mount(self) -> None:
        """Offer again what was being typed before a crash."""
        for field in self.fields():
            draft = self._found.get(field.name)
            if draft is not None and draft != self.stored(field.name):
                self._typed(field.name).restore(draft)
                self._message(field.name).note(RESTORED)

    def on_descendant_focus(self) -> None:
        """Let what is typed take the place of a number that stands there."""
        focused = self.focused
        several = isinstance(focused, TextBlock)
        self.query_one(VerticalScroll).border_subtitle = LEAVE_BY.format(
            "Enter xuống dòng, Tab" if several else "Enter"
        )
        names = {it.name for it in self.fields() if it.replaced}
        if isinstance(focused, TextLine) and focused.id in names:
            focused.select_all()

    def _typed(self, name: str) -> Typed:
        found = self.query_one(f"#{name}")
        if not isinstance(found, Typed):
            raise TypeError(f"{name} is no field to type in")
        return found

    def _message(self, name: str) -> FieldMessage:
        return self.query_one(f"#said-{name}", FieldMessage)

    @on(Typed.Drafted)
    def _echo(self, event: Typed.Drafted) -> None:
        event.stop()
        name = str(event.field.id)
        if event.text == self._found.get(name):
            return
        self._drafting.note(name, event.text, given_up=event.text == self.stored(name))
        self._tell(name, event.text)

    def _tell(self, name: str, text: str) -> None:
        """Say under a field how its text is understood, if it is."""
        try:
            said = self.understood(name, text) if text.strip() else ""
        except EntryProblem:
            said = ""  # still typing; it is told when the field is left
        if said:
            self._message(name).note(said)
        else:
            self._message(name).clear()

    @on(Typed.Settled)
    async def _save(self, event: Typed.Settled) -> None:
        event.stop()
        name, text = str(event.field.id), event.text
        try:
            job = self.job(name, text)
        except EntryProblem as problem:
            self._refused.add(name)
            self._message(name).problem(str(problem))
            return
        result = await self.area.write(job)
        if result is not None:
            if name in self._refused:
                self._refused.discard(name)
                self.area.say("")
            await self._drafting.done(name, text)
            self.saved(name, result)
            self._tell(name, text)
            self.query_one("#heading", Static).update(self.heading())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on to the next field; after the last one the form closes."""
        event.stop()
        if event.input.id == self.fields()[-1].name:
            self.finish(event.input)
        else:
            self.focus_next()

    class Finished(Message):
        """A person is done with the last field; follows what the field had to say."""

    def finish(self, last: Input) -> None:
        """Close once the last field was dealt with, unless something could not be saved."""
        last.post_message(self.Finished())

    def on_form_finished(self, event: Finished) -> None:
        """Close; or go where something is to be mended: keys typed next belong there."""
        event.stop()
        wrong = [it.name for it in self.fields() if it.name in self._refused]
        if wrong:
            self.query_one(f"#{wrong[0]}").focus()
        else:
            self.leave()

    def action_go_back(self) -> None:
        """Close; what could not be saved is kept for the next time."""
        self.leave()

    async def before_leaving(self) -> None:
        """Wait until every draft is in the store."""
        await self._drafting.kept()

    def on_unmount(self) -> None:
        """Tell of what is still unsaved."""
        if self._refused:
            labels = [it.label for it in self.fields() if it.name in self._refused]
            what = f"{self.about}: " if self.about else ""
            self.area.say(
                f"{what}chưa lưu được ô {', '.join(labels)}; chữ đã gõ được giữ, Enter để sửa."
            )

    async def action_undo(self) -> None:
        """Take back the newest action of this machine, and show the fields as they are then."""
        await self.area.action_undo()
        await self.reread()
        self.reload()

    async def action_redo(self) -> None:
        """Do again what was taken back last."""
        await self.area.action_redo()
        await self.reread()
        self.reload()

    async def reread(self) -> None:
        """Read anew what the form keeps beside what its work area shows."""

    def reload(self) -> None:
        """Show what is stored now, but leave alone what is being typed."""
        for field in self.fields():
            typed = self._typed(field.name)
            if field.name not in self._refused and typed.written != self.stored(field.name):
                typed.load(self.stored(field.name))
                self._tell(field.name, self.stored(field.name))
        self.query_one("#heading", Static).update(self.heading())
