"""Making words fit a line of the screen."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size


def cut(text: str, width: int) -> str:
    """The text, or as much of it as fits, with an ellipsis."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…" if width > 0 else ""


def apart(left: str, right: str, width: int) -> str:
    """Two texts at the ends of a line; the left one is cut if need be."""
    left = cut(left, width - cell_len(right) - 2)
    return left + " " * (width - cell_len(left) - cell_len(right)) + right


def fitting(lengths: Sequence[int], width: int) -> tuple[list[int], int]:
    """Choose which entries of a row fit a line.

    Args:
        lengths: The cells each entry takes; the last entry is the one to keep whatever happens.
        width: The cells of the line.

    Returns:
        The indices of the entries that fit, and the gap between them: two cells when all fit so,
        else one.
    """
    everything = list(range(len(lengths)))
    if sum(lengths) + 2 * (len(lengths) - 1) <= width:
        return everything, 2
    kept: list[int] = []
    room = width - lengths[-1]
    for index in everything[:-1]:
        if lengths[index] + 1 > room:
            break
        kept.append(index)
        room -= lengths[index] + 1
    return [*kept, everything[-1]], 1


def short_name(name: str) -> str:
    """A name for the list: what is measured goes without saying that it is a share."""
    bare = name.replace(" (áp dụng đạt cho cả nam và nữ)", "").removeprefix("Tỷ lệ ")
    return bare[:1].upper() + bare[1:]
