"""What every page of the first-run questions has in common."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from ntm_tui.widgets.field_message import FieldMessage
from ntm_tui.widgets.text_line import TextLine


class Page(VerticalScroll, can_focus=False):
    """Fields under a question. Enter goes to the next field; after the last one the page is done.

    What was typed stays in the fields, whichever page one looks at.
    """

    question = ""
    first = ""
    """The field to begin at."""

    class Done(Message):
        """Everything on the page was answered."""

        def __init__(self, page: Page) -> None:
            super().__init__()
            self.page = page

    def compose(self) -> ComposeResult:
        """The question, then the fields, then what there is to say about all of them."""
        yield Static(self.question, classes="question")
        yield from self.compose_fields()
        yield FieldMessage(id=f"{self.id}-said")

    def compose_fields(self) -> ComposeResult:
        """The fields of the page."""
        raise NotImplementedError

    def line(self, label: str, name: str, text: str = "", example: str = "") -> Iterator[Widget]:
        """A field with its label before it and its message below."""
        with Horizontal(classes="field"):
            yield Label(label)
            yield TextLine(text, placeholder=example, id=name)
        yield FieldMessage(id=f"{name}-said")

    def begin(self) -> None:
        """Come to the front."""
        self.screen.set_focus(self.query_one(f"#{self.first}"))

    def value(self, name: str) -> str:
        """What stands in a line, without spaces around it."""
        return " ".join(self.query_one(f"#{name}", TextLine).value.split())

    def refuse(self, name: str, text: str) -> None:
        """Say what is wrong with a field, and go there."""
        self.tell(name).problem(text)
        self.screen.set_focus(self.query_one(f"#{name}"))

    def tell(self, name: str) -> FieldMessage:
        """The message under a field, or under the whole page by the page's own id."""
        return self.query_one(f"#{name}-said", FieldMessage)

    def clear_messages(self) -> None:
        """Say nothing any more."""
        for message in self.query(FieldMessage):
            message.clear()

    def check(self) -> bool:
        """Tell whether all can be accepted; what cannot is told under its field."""
        return True

    def finish(self) -> None:
        """Go on, if all can be accepted."""
        self.clear_messages()
        if self.check():
            self.post_message(self.Done(self))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in a line."""
        event.stop()
        self.entered(str(event.input.id))

    def entered(self, name: str) -> None:
        """Enter was pressed in a line: go on to the next field."""
        self.screen.focus_next()
