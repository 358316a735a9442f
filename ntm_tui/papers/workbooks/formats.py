"""How cells look: Times New Roman, thin lines, numbers and days as offices write them."""

from functools import cache
from typing import Any

from ntm_tui.papers.workbooks.table import Look, Shape

FONT, SIZE = "Times New Roman", 11
DAY = "dd/mm/yyyy"
_SHADED = "#EDEDED"
_ALIGN = {Shape.TEXT: "left", Shape.SHORT: "center", Shape.NUMBER: "right", Shape.DAY: "center"}


class Formats:
    """The formats of one workbook; each is made once.

    Args:
        book: an xlsxwriter workbook.
    """

    def __init__(self, book: Any) -> None:
        self._book = book
        self.cell = cache(self._cell)
        self.line = cache(self._line)
        self.heading = self._add(
            bold=True, border=1, align="center", valign="vcenter", text_wrap=True, bg_color=_SHADED
        )

    def _cell(
        self,
        shape: Shape,
        look: Look,
        decimals: int,
        *,
        wraps: bool,
        strong: bool = False,
        typed: bool = False,
    ) -> Any:
        """Give the format of a cell.

        Args:
            shape: what stands in it.
            look: what kind of row it is in.
            decimals: how many a number shows.
            wraps: it may take several lines, as texts do.
            strong: it is a sum.
            typed: its text begins as a formula does and stays a text, whoever edits it.
        """
        wanted: dict[str, Any] = {
            "border": 1,
            "valign": "top",
            "align": _ALIGN[shape],
            "text_wrap": wraps,
            "bold": strong or look is Look.GROUP,
        }
        if shape is Shape.NUMBER:
            wanted["num_format"] = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
        elif shape is Shape.DAY:
            wanted["num_format"] = DAY
        if look is Look.GROUP:
            wanted["bg_color"] = "#F7F7F7"
        if typed:
            wanted["quote_prefix"] = True
        return self._add(**wanted)

    def _line(
        self, align: str, *, bold: bool = False, italic: bool = False, size: int = SIZE
    ) -> Any:
        """Give the format of a line above or below the table."""
        return self._add(
            bold=bold, italic=italic, align=align, valign="vcenter", font_size=size, text_wrap=True
        )

    def _add(self, **wanted: Any) -> Any:
        return self._book.add_format({"font_name": FONT, "font_size": SIZE, **wanted})
