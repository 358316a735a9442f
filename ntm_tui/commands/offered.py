"""Which commands can be given right now, and giving them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from textual.binding import ActiveBinding
from textual.screen import Screen

from ntm_tui.commands.command import Command
from ntm_tui.commands.keymap import KEYMAP


@dataclass(frozen=True)
class Offer:
    """A command that some part of a screen offers at this moment."""

    command: type[Command]
    active: ActiveBinding

    async def run(self) -> None:
        """Give the command to the part of the screen that offers it."""
        node = self.active.node
        await node.app.run_action(self.active.binding.action, node)


def offers(screen: Screen[Any]) -> list[Offer]:
    """The commands that can be given on a screen, with its focus where it is.

    They come in the order of the map, those of the whole program after those of the screen.
    """
    active = {it.binding.id: it for it in screen.active_bindings.values() if it.enabled}
    found = [Offer(it, active[it.action()]) for it in KEYMAP if it.action() in active]
    return sorted(found, key=lambda offer: offer.active.node is screen.app)
