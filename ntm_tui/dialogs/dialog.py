"""What every box that opens over a screen has in common."""

from __future__ import annotations

from typing import TypeVar, cast

from textual import on
from textual.events import Mount
from textual.message import Message
from textual.screen import ModalScreen

from ntm_tui.commands import GoBack, SayAllSaved, ShowHelp, bindings
from ntm_tui.commands.host import CommandHost

Result = TypeVar("Result")


class Dialog(ModalScreen[Result]):
    """A box with the keys that a person expects anywhere: Escape, F1 and Ctrl+S.

    Keys of the application do not reach a modal screen by themselves; a dialog offers these and
    hands them on. A dialog's `.box` is framed here; how wide it is, each says itself.
    """

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        .box {
            max-width: 100%;
            height: auto;
            max-height: 100%;
            padding: 0 1;
            border: solid $border;
            border-title-style: bold;
            background: $surface;
        }
    }
    """
    BINDINGS = bindings(GoBack, ShowHelp, SayAllSaved)

    class Leaving(Message):
        """Follows what the focused field still had to say, so that nothing typed is lost."""

        def __init__(self, result: object) -> None:
            super().__init__()
            self.result = result

    @property
    def host(self) -> CommandHost:
        """The application."""
        if not isinstance(self.app, CommandHost):
            raise TypeError("dialogs live in a CommandHost only")
        return self.app

    @on(Mount)
    def _let_lesson_speak(self) -> None:
        """Let a lesson under way speak here too."""
        if getattr(self.app, "lesson_told", None) is not None:
            from ntm_tui.lessons.panel import LessonPanel

            self.mount(LessonPanel(), before=0)

    def leave(self, result: Result | None = None) -> None:
        """Close, after the focused field has settled and that has been dealt with."""
        (self.host.settle_focused() or self).post_message(self.Leaving(result))

    async def before_leaving(self) -> None:
        """Finish what may not be cut short when the dialog closes."""

    async def on_dialog_leaving(self, event: Leaving) -> None:
        """Everything typed has been dealt with: close."""
        event.stop()
        await self.before_leaving()
        self.dismiss(cast("Result | None", event.result))

    async def on_command_host_leaving(self) -> None:
        """The program is about to end; its word for that comes by here on its way up."""
        await self.before_leaving()

    def action_go_back(self) -> None:
        """Close without a result."""
        self.leave()

    def action_show_help(self) -> None:
        """Explain the part of the dialog in use."""
        self.host.action_show_help()

    def action_say_all_saved(self) -> None:
        """Calm the one who presses Ctrl+S."""
        self.host.action_say_all_saved()
