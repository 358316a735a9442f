"""F1: what this part of the screen is, and what can be done in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rich.table import Table
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import Static

from ntm_tui.commands import COMMANDS, GoBack, key_label, offers
from ntm_tui.commands.command import Command
from ntm_tui.dialogs.dialog import Dialog
from ntm_tui.widgets.typed import Typed


@dataclass(frozen=True)
class HelpPage:
    """What the dialog shows."""

    explanations: tuple[str, ...]
    commands: tuple[type[Command], ...]
    other_keys: tuple[tuple[str, str], ...]
    """Textual's own keys of the focused part: the keys, and what they do."""


def help_for(screen: Screen[Any]) -> HelpPage:
    """Gather the help for a screen as it is now, the focused part first."""
    focused = screen.focused
    nodes: Iterable[DOMNode] = focused.ancestors_with_self if focused else (screen,)
    explanations = dict.fromkeys(_flowing(node.HELP) for node in nodes if node.HELP)
    return HelpPage(
        explanations=tuple(explanations),
        commands=tuple(offer.command for offer in offers(screen)),
        other_keys=tuple(_other_keys(screen)),
    )


def _flowing(text: str) -> str:
    """Give a text whose lines are broken by the dialog, paragraph by paragraph."""
    return "\n".join(" ".join(part.split()) for part in text.strip().split("\n\n"))


def _other_keys(screen: Screen[Any]) -> Iterable[tuple[str, str]]:
    """The keys that the focused part has from Textual, those with one meaning together."""
    keys: dict[str, list[str]] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if active.node is screen.focused and _worth_telling(binding, active.node):
            keys.setdefault(binding.description, []).append(_short_key(binding.key))
    return [(", ".join(labels), text) for text, labels in keys.items()]


def _worth_telling(binding: Binding, part: DOMNode) -> bool:
    modifiers, _ = binding.parse_key()
    if binding.id in COMMANDS or {"super", "alt"} & set(modifiers):
        return False
    scrolls = binding.action.startswith(("scroll_", "page_"))
    return bool(binding.description) and not (scrolls and isinstance(part, Typed))


_ARROWS = {"up": "↑", "down": "↓", "left": "←", "right": "→", "pageup": "PgUp", "pagedown": "PgDn"}


def _short_key(key: str) -> str:
    return "+".join(_ARROWS.get(part, key_label(part)) for part in key.split("+"))


class HelpDialog(Dialog[None]):
    """Shows a help page; Escape or F1 closes it."""

    DEFAULT_CSS = """
    HelpDialog {
        .box { width: 76; max-height: 90%; }
        Static { height: auto; margin-bottom: 1; }
        .heading { text-style: bold; color: $primary; margin-bottom: 0; }
    }
    """

    def __init__(self, page: HelpPage) -> None:
        super().__init__()
        self._page = page

    def compose(self) -> ComposeResult:
        """Lay out explanations, commands and other keys, in one column to scroll."""
        with VerticalScroll(classes="box") as column:
            column.border_title = "Trợ giúp"
            column.border_subtitle = f"{GoBack.key_label()} để đóng, ↑ ↓ để xem tiếp"
            for explanation in self._page.explanations:
                yield Static(explanation, markup=False)
            yield Static("Lệnh dùng được ở đây", classes="heading")
            yield Static(
                _table((it.key_label(), it.text, it.tooltip) for it in self._page.commands)
            )
            if self._page.other_keys:
                yield Static("Phím khác trong ô này", classes="heading")
                yield Static(_table(self._page.other_keys))

    def action_show_help(self) -> None:
        """The key that opened it closes it too."""
        self.dismiss()


def _table(rows: Iterable[tuple[str, ...]]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    for row in rows:
        table.add_row(*row)
    return table
