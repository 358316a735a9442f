"""Rows of commands: the bar of work areas at the top and the footer."""

from __future__ import annotations

from textual.content import Content
from textual.events import Click
from textual.reactive import reactive
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

from db.owner import Owner
from ntm_tui.commands import Command, ShowHelp, areas_of, offers
from ntm_tui.widgets.fitting import fitting

HERE = "►"
CLICKED = "command"
"""What a cell knows of its command; not `@click`, which Textual would draw as a link."""


class CommandRow(Widget):
    """A line of commands, each with its key; a click gives the command. Never overflows."""

    DEFAULT_CSS = """
    CommandRow {
        height: 1;
        background: $panel;
        color: $foreground;
        & > .command-row--key { color: $footer-key-foreground; text-style: bold; }
        & > .command-row--here {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: bold;
        }
    }
    """
    COMPONENT_CLASSES = {"command-row--key", "command-row--here"}  # noqa: RUF012

    keeps_last = True
    """Whether the last command has a place whatever the width."""

    def commands(self) -> list[type[Command]]:
        """The commands of the row, in order."""
        raise NotImplementedError

    def is_here(self, command: type[Command]) -> bool:
        """Whether the command leads to where the person is."""
        return False

    def render(self) -> Content:
        """Draw as many commands as fit."""
        entries = [self._entry(command) for command in self.commands()]
        if not entries:
            return Content("")
        lengths = [it.cell_length for it in entries]
        if not self.keeps_last:
            entries, lengths = [*entries, Content("")], [*lengths, 0]
        chosen, gap = fitting(lengths, self.content_size.width)
        return Content(" " * gap).join([entries[index] for index in chosen])

    def _entry(self, command: type[Command]) -> Content:
        click = Style.from_meta({CLICKED: command.action()})
        if self.is_here(command):
            text = f"{HERE}{command.key_label()} {command.text}"
            return Content.styled(text, self.get_visual_style("command-row--here") + click)
        key = (command.key_label(), self.get_visual_style("command-row--key") + click)
        return Content.assemble(key, (f" {command.text}", click))

    async def on_click(self, event: Click) -> None:
        """Give the command that was clicked, if it is still offered."""
        for offer in offers(self.screen):
            if offer.command.action() == event.style.meta.get(CLICKED):
                await offer.run()


class AreaBar(CommandRow):
    """The work areas, and which of them this is; those at the end give way in a narrow terminal."""

    keeps_last = False

    here: reactive[type[Command] | None] = reactive(None)
    owner: reactive[Owner] = reactive(Owner.COMMUNE)

    def commands(self) -> list[type[Command]]:
        """The work areas of the office."""
        return list(areas_of(self.owner))

    def is_here(self, command: type[Command]) -> bool:
        """Whether this is the work area."""
        return command is self.here


class CommandFooter(CommandRow):
    """What can be done right here, help always among it."""

    def commands(self) -> list[type[Command]]:
        """The offered commands that want a place here, help last; none under an open dialog."""
        if not self.screen.is_active:
            return []
        offered = [it.command for it in offers(self.screen) if it.command.footer]
        return sorted(offered, key=lambda command: command is ShowHelp)

    def on_mount(self) -> None:
        """Keep up with the focus."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)
        self.app.screen_change_signal.subscribe(self, lambda _screen: self.refresh())

    def _follow(self, screen: Screen[object]) -> None:
        if screen is self.screen:
            self.refresh()
