"""Words in pieces, each with the name of its style; and answers made of them."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from ntm_tui.widgets.fitting import cut

Piece = tuple[str, str]
"""Some text, and the name of its style."""

BASE, QUIET, WARNING = "base", "quiet", "warning"


@dataclass(frozen=True)
class Line:
    """One answer: what it is about, and its words in pieces, each with the name of its style."""

    label: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(text for text, _ in self.pieces)


def say(label: str, *pieces: str | Piece) -> Line:
    """Put an answer together; plain words have the plain style."""
    return Line(label, tuple((it, BASE) if isinstance(it, str) else it for it in pieces if it))


def fit(text: str, width: int) -> str:
    """The text in exactly that many cells, at their left."""
    return set_cell_size(cut(text, width), width)


def right(text: str, width: int) -> str:
    """The text in exactly that many cells, at their right."""
    text = cut(text, width)
    return " " * (width - cell_len(text)) + text
