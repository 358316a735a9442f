"""What a user command is."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType

from db.owner import Owner

_WORD = re.compile(r"(?<!^)(?=[A-Z])")
_KEY_NAMES = {"escape": "Esc", "space": "Cách"}


class Command:
    """Something a person can ask for; never instantiated.

    The words are Vietnamese, because a person reads them in the footer, the palette and the help.
    A part of the screen offers a command by listing it: `BINDINGS = bindings(Undo, Redo)`, and by
    having the method that the class name says: `action_undo`, `action_redo`.
    """

    text: ClassVar[str]
    """What it is called, a few words, capitalised like a sentence."""
    key: ClassVar[str] = ""
    """The one key, as Textual writes keys; empty for a command of the palette only."""
    tooltip: ClassVar[str]
    """What it does, one sentence."""
    footer: ClassVar[bool] = False
    """Whether it is worth a place on the bottom line."""
    area: ClassVar[bool] = False
    """Whether it goes to a work area, and so has its place in the bar at the top."""
    level: ClassVar[Owner | None] = None
    """Whose command it is, a commune's or its upper level's; None for both."""
    priority: ClassVar[bool] = False
    """Whether the key works even while text is being typed in a field that knows the key."""

    @classmethod
    def action(cls) -> str:
        """The action, and the method behind it without `action_`: `SetNotMet` → `set_not_met`."""
        return _WORD.sub("_", cls.__name__).lower()

    @classmethod
    def binding(cls) -> Binding:
        """The Textual binding; its id is the action, by which the command is found again."""
        return Binding(
            cls.key or f"palette-{cls.action()}",  # a name that no keyboard ever sends
            cls.action(),
            cls.text,
            tooltip=cls.tooltip,
            show=cls.footer,
            key_display=cls.key_label(),
            priority=cls.priority,
            id=cls.action(),
        )

    @classmethod
    def given_by(cls, owner: Owner) -> bool:
        """Tell whether a commune, or its upper level, has this command."""
        return cls.level in (None, owner)

    @classmethod
    def key_label(cls) -> str:
        """The key as printed on a keyboard."""
        return key_label(cls.key)


def key_label(key: str) -> str:
    """Write a key as a person reads it: `ctrl+z` → `Ctrl+Z`."""
    return "+".join(_KEY_NAMES.get(part, part.capitalize()) for part in key.split("+"))


def bindings(*commands: type[Command]) -> list[BindingType]:
    """The `BINDINGS` of a part of the screen that offers these commands."""
    return [command.binding() for command in commands]


def at_once(*commands: type[Command]) -> list[BindingType]:
    """The `BINDINGS` of a part whose commands the screen carries out, before the next key is taken.

    Keys that were typed ahead then go where the command puts the focus, and none is lost.
    """
    return [
        replace(command.binding(), action=f"screen.{command.action()}", priority=True)
        for command in commands
    ]
