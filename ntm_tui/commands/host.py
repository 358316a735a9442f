"""The application's side of the commands that work everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual.app import App, SystemCommand
from textual.events import Event, Key
from textual.message import Message
from textual.screen import Screen
from textual.theme import Theme
from textual.widget import Widget

from ntm_tui import compat
from ntm_tui.commands.command import bindings
from ntm_tui.commands.keymap import CommandPalette, Quit, SayAllSaved, ShowHelp, SwitchTheme
from ntm_tui.styles import STYLE_SHEET
from ntm_tui.styles.themes import THEMES, next_theme


class CommandHost(App[None]):
    """An app with help, palette, themes and quitting, all in Vietnamese."""

    BINDINGS = bindings(SwitchTheme, SayAllSaved, CommandPalette, ShowHelp, Quit)
    COMMANDS = set()  # noqa: RUF012  # none of Textual's: the palette brings its own
    CSS_PATH = STYLE_SHEET

    class Leaving(Message):
        """Follows what the focused field still had to say, so that nothing typed is lost."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for theme in THEMES:
            self.register_theme(theme)
        self._begin_with(THEMES[0])
        self.animation_level = "none"  # old consoles draw slowly

    def _begin_with(self, theme: Theme) -> None:
        """Wear a theme from the first picture on, without drawing all styles a second time."""
        self.set_reactive(CommandHost.theme, theme.name)
        self.set_class(theme.dark, "-dark-mode", update=False)
        self.set_class(not theme.dark, "-light-mode", update=False)
        self.set_class(True, f"-theme-{theme.name}", update=False)

    async def on_event(self, event: Event) -> None:
        """Send keys where they belong: those behind one that moves the focus wait for it."""
        moving = isinstance(event, Key) and event.key in compat.MOVES_FOCUS
        leaving = self.focused if moving and not event.is_forwarded else None
        if leaving is None or not await compat.run_at_once(leaving, event.key):  # type: ignore[attr-defined]
            await super().on_event(event)
        if leaving is not None:
            await compat.until_handled(leaving)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The statuses have colours even before one of our themes is on."""
        return THEMES[0].variables

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """None: what Textual would offer here is in English, and ours covers it."""
        return ()

    def action_show_help(self) -> None:
        """Explain the part of the screen in use."""
        from ntm_tui.dialogs.help import HelpDialog, help_for

        if not isinstance(self.screen, HelpDialog):
            self.push_screen(HelpDialog(help_for(self.screen)))

    def action_command_palette(self) -> None:
        """Open the palette, once."""
        from ntm_tui.commands.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def action_switch_theme(self) -> None:
        """Go on to the next theme."""
        self.theme = next_theme(self.theme)

    def action_say_all_saved(self) -> None:
        """Calm the one who presses Ctrl+S, after taking in what is still being typed."""
        self.settle_focused()
        self.notify("Mọi thứ được lưu ngay khi nhập, không cần bấm lưu.", title="Đã lưu")

    def settle_focused(self) -> Widget | None:
        """Let the field being typed in settle; gives that field.

        What must come after the field's last words is posted through the field itself: messages
        that take the same way up arrive in order.
        """
        from ntm_tui.widgets.typed import Typed

        if not isinstance(self.focused, Typed):
            return None
        self.focused.settle()
        return self.focused

    async def action_quit(self) -> None:
        """Leave the program once everything typed has been dealt with."""
        (self.settle_focused() or self).post_message(self.Leaving())

    async def on_command_host_leaving(self) -> None:
        """Everything typed has been dealt with: leave."""
        await self.before_leaving()
        self.exit()

    async def before_leaving(self) -> None:
        """Finish what may not be cut short when the program ends."""

    def action_help_quit(self) -> None:
        """Ctrl+C copies; tell the one who meant to leave how to leave."""
        self.notify(f"Muốn thoát, bấm {Quit.key_label()}.")
