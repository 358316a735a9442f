"""Draws the sides of a conflict beside each other. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from textual.content import Content

from ntm_tui.console.sides import machine_text, side_text, upon_text, writer_texts

if TYPE_CHECKING:
    from db.conflicts import Comparison, Side

NARROWEST = 20
"""Cells of a side below which fewer sides are shown beside each other."""

_BETWEEN = " │ "


def beside(compared: Comparison, chosen: int, width: int) -> Content:
    """Draw as many sides as there is room for, the chosen one always among them.

    Args:
        compared: the conflict with all of its sides.
        chosen: the place of the side that Enter would take.
        width: the cells of a line.
    """
    count = len(compared.sides)
    shown = max(1, min(count, (width + len(_BETWEEN)) // (NARROWEST + len(_BETWEEN))))
    first = min(max(0, chosen - shown // 2), count - shown)
    room = (width - len(_BETWEEN) * (shown - 1)) // shown
    columns = [
        list(_column(compared, number, room, chosen=number == chosen))
        for number in range(first, first + shown)
    ]
    lines = [
        Content(_BETWEEN).join([_padded(piece, room) for piece in line])
        for line in zip_longest(*columns, fillvalue=Content(""))
    ]
    if shown < count:
        lines.append(Content(f"Có {count} bên: ← → xem bên khác."))
    return Content("\n").join(lines)


def _column(compared: Comparison, number: int, width: int, *, chosen: bool) -> Iterator[Content]:
    side = compared.sides[number]
    style = "$block-cursor-foreground on $block-cursor-background bold" if chosen else "bold"
    head = f"{'►' if chosen else ' '} {_heading(side)}{' · đang hiện' if number == 0 else ''}"
    yield _padded(Content.styled(head, style).truncate(width, ellipsis=True), width, style)
    yield from _wrapped(Content.styled(side_text(compared, side), "bold"), width)
    for writer in side.writers:
        yield Content("")
        for text in (*writer_texts(writer), upon_text(compared, writer)):
            if text:
                yield from _wrapped(Content(text), width)


def _heading(side: Side) -> str:
    """Name a side by its machines, ours first."""
    machines = dict.fromkeys(machine_text(one) for one in side.writers if one.own)
    machines.update(dict.fromkeys(machine_text(one) for one in side.writers))
    first, *others = machines
    text = f"{first} và {len(others)} máy nữa" if others else first
    return text[:1].upper() + text[1:]


def _wrapped(text: Content, width: int) -> Sequence[Content]:
    return text.wrap(width)


def _padded(text: Content, width: int, style: str = "") -> Content:
    gap = " " * max(0, width - text.cell_length)
    return text + (Content.styled(gap, style) if style else Content(gap))
