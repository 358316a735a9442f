"""What fields for typing have in common: drafts, settling, undoing what was typed."""

from __future__ import annotations

from abc import abstractmethod
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual.message import Message
from textual.timer import Timer

from db.text import nfc
from ntm_tui.widgets.typing_history import TypingHistory, end_of_change

if TYPE_CHECKING:
    from textual.widget import Widget as Mixed
else:
    # Textual takes styles and component classes from the first base that is a widget: that must be
    # the stock field which this is mixed into.
    Mixed = object


class Typed(Mixed):
    """A field a person types in.

    Every keystroke is announced as `Drafted`, for the draft row that survives a crash. What was
    typed is announced once as `Settled` when the person leaves the field, presses Enter in a line,
    or stops for three seconds: that is what is saved as a change.
    """

    IDLE_SECONDS: ClassVar[float] = 3.0

    class Said(Message):
        """What a field announces: itself and its text."""

        def __init__(self, field: Typed, text: str) -> None:
            super().__init__()
            self.field = field
            self.text = text

        @property
        def control(self) -> Typed:
            """The field, for `@on(Typed.Drafted, "#name")`."""
            return self.field

    class Drafted(Said):
        """Something was typed; not yet a change."""

    class Settled(Said):
        """The person is done with a text that differs from the last settled or loaded one."""

    _settled = ""
    _seen = ""
    _idle: Timer | None = None

    @property
    @abstractmethod
    def written(self) -> str:
        """What stands in the field now."""

    @abstractmethod
    def _write(self, text: str, cursor: int) -> None:
        """Put a text into the field, the cursor before the character of that index."""

    @property
    def typing(self) -> TypingHistory:
        """The steps of typing since the text was loaded."""
        if not hasattr(self, "_typing"):
            self._typing = TypingHistory()
        return self._typing

    def load(self, text: str) -> None:
        """Show a stored text: neither a draft nor a change, and nothing to undo."""
        self._begin(text)
        self._write(self._settled, len(self._settled))

    def _begin(self, text: str) -> None:
        self._stop_idle()
        self._settled = self._seen = nfc(text)
        self.typing.forget(self._seen)

    def restore(self, draft: str) -> None:
        """Show a draft that a crash left behind; it settles like typing just done."""
        self._revise(nfc(draft))

    def settle(self) -> None:
        """Announce what was typed as done, if it is new."""
        self._stop_idle()
        if self.written != self._settled:
            self._settled = self.written
            self.post_message(self.Settled(self, self.written))

    def _take_note(self) -> None:
        """Called after each change of the text, whoever made it."""
        text = self.written
        if text == self._seen:
            return
        self._seen = text
        self.typing.note(text, monotonic())
        self.post_message(self.Drafted(self, text))
        self._stop_idle()
        self._idle = self.set_timer(self.IDLE_SECONDS, self.settle)

    def _stop_idle(self) -> None:
        if self._idle is not None:
            self._idle.stop()
            self._idle = None

    def on_blur(self) -> None:
        """Leaving the field settles it."""
        self.settle()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keep Undo and Redo to the typing as long as there is some; else let them go on."""
        if action == "undo":
            return self.typing.can_undo
        if action == "redo":
            return self.typing.can_redo
        return super().check_action(action, parameters)

    def action_undo(self) -> None:
        """Take back the last step of typing."""
        self._revise(self.typing.undo())

    def action_redo(self) -> None:
        """Type the last taken-back step again."""
        self._revise(self.typing.redo())

    def _revise(self, text: str) -> None:
        self._write(text, end_of_change(self.written, text))
