"""How a status looks: a mark before its word, and a colour that only underlines both.

Marks are WGL4 characters, which the fonts of the old Windows console have; never emoji.
"""

from __future__ import annotations

from dataclasses import dataclass

from rich.style import Style
from rich.text import Text

from ntm_tui.commands import SetInProgress, SetMet, SetNotApplicable, SetNotMet


@dataclass(frozen=True)
class Mark:
    """The looks of one status."""

    sign: str
    word: str
    variable: str
    """The theme variable with its colour."""

    @property
    def label(self) -> str:
        """Sign and word, what is read without colours."""
        return f"{self.sign} {self.word}"

    def styled(self, variables: dict[str, str]) -> Text:
        """Sign and word in the colour of the theme; give it `app.theme_variables`."""
        return Text(self.label, Style(color=variables[self.variable]))


MARKS = {
    "met": Mark("√", SetMet.text, "status-met"),
    "not_met": Mark("×", SetNotMet.text, "status-not-met"),
    "in_progress": Mark("■", SetInProgress.text, "status-in-progress"),
    "not_assessed": Mark("□", "Chưa đánh giá", "status-not-assessed"),
    "not_applicable": Mark("–", SetNotApplicable.text, "status-not-applicable"),
}
"""The marks by status; a `Status` is its own key. The words are the short ones of the keys."""
