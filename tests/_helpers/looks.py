"""Reading what a person would see on the screen, and the characters old consoles can draw."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from textual.app import App

from ntm_tui.commands.stock import DESCRIPTIONS

_CODE_PAGES = ("cp437", "cp737", "cp775", "cp850", "cp852", "cp855", "cp857", "cp866", "cp1250")
_MORE_CODE_PAGES = ("cp1251", "cp1252", "cp1253", "cp1254", "cp1257", "cp1258")
_WGL4_SIGNS = "□▪▫▲►▼◄◊○●◘◙◦☺☻☼♀♂♠♣♥♦♪♫←↑→↓↔↕↨∂∆∏∑−∕∙∟∩∫≈≠≡≤≥⌂⌐⌠⌡…"


def _drawable() -> frozenset[str]:
    """WGL4, which is what the pan-European Windows code pages hold, and the Vietnamese letters."""
    held = {
        bytes([code]).decode(page, errors="ignore")
        for page in (*_CODE_PAGES, *_MORE_CODE_PAGES)
        for code in range(32, 256)
    }
    vietnamese = {chr(code) for code in range(0x1EA0, 0x1EFA)} | set("ăĂđĐơƠưƯĩĨũŨ")
    return frozenset(
        char
        for char in held | vietnamese | set(_WGL4_SIGNS)
        if char and not unicodedata.combining(char)
    )


DRAWABLE = _drawable()


def rows(app: App[Any]) -> list[str]:
    """The screen, line by line."""
    return [strip.text for strip in app.screen._compositor.render_strips()]


def seen(app: App[Any]) -> str:
    """The screen as one text."""
    return "\n".join(rows(app))


def english_in(text: str) -> set[str]:
    """The English words of Textual's own texts that stand in a text.

    Short words are left out: "to", "can" and "the" are Vietnamese syllables too.
    """
    words = {word.casefold() for word in re.findall(r"[A-Za-z]{4,}", " ".join(DESCRIPTIONS))}
    words |= {"command", "commands", "search", "matches", "found", "theme", "press", "error"}
    return words & {word.casefold() for word in re.findall(r"\w+", text)}
