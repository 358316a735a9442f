"""The page of an office paper, as Nghị định 30/2020/NĐ-CP has it.

Sizes are in points, widths in millimetres.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from ntm_tui.papers.word.pages import number_from_one, number_pages, set_page
from ntm_tui.papers.word.sizes import BODY, LEFT, LIST, RIGHT, SMALL, TABLE, TALL, WIDE
from ntm_tui.papers.word.styles import set_styles
from ntm_tui.papers.word.tables import (
    UNDER,
    keep_whole,
    repeat_heading,
    set_widths,
    without_margins,
    write_headings,
)
from ntm_tui.papers.word.writing import rule, write

OFFICE = 62
"""For the name of the office that issues a paper."""
MOTTO_RULE = 59
"""As long as "Độc lập - Tự do - Hạnh phúc" in bold letters of 13 points."""
OFFICE_RULE = 20
"""Between a third and half of the name of an office."""
TITLE_RULE = 50

CENTRE, LEFT_ALIGNED, RIGHT_ALIGNED = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.RIGHT,
)


class Column(NamedTuple):
    """A column of a table: its heading, its name in the field, its part of the width, its side.

    One without a name stays empty, to be written in by hand.
    """

    label: str
    name: str
    share: float
    side: WD_ALIGN_PARAGRAPH = LEFT_ALIGNED


class Draft:
    """A template in the making; each method adds what comes next on the page."""

    def __init__(self, *, lying: bool = False) -> None:
        self.document: Document = docx.Document()
        set_styles(self.document)
        self._width = (TALL if lying else WIDE) - LEFT - RIGHT
        set_page(self.document.sections[0], wide=lying)
        number_pages(self.document.sections[0])

    # -- The head ----------------------------------------------------------------------------------

    def head(self, day: str = "{{dia_danh_ngay}}", *, numbered: bool = True) -> None:
        """Who issues it, under whom; the name of the state and its motto; number, place and day.

        Minutes have no day here: it stands in their text. Forms have no number either.
        """
        table = self._frame((OFFICE, self._width - OFFICE), rows=2 if numbered else 1)
        left, right = table.rows[0].cells
        write(left.paragraphs[0], "{{co_quan_cap_tren}}", TABLE)
        write(left.add_paragraph(), "{{co_quan}}", TABLE, bold=True)
        rule(left.add_paragraph(), OFFICE, OFFICE_RULE)
        write(right.paragraphs[0], "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", TABLE, bold=True)
        write(right.add_paragraph(), "Độc lập - Tự do - Hạnh phúc", SMALL, bold=True)
        rule(right.add_paragraph(), self._width - OFFICE, MOTTO_RULE)
        if numbered:
            left, right = table.rows[1].cells
            write(left.paragraphs[0], "{{so_ky_hieu}}", SMALL)
            write(right.paragraphs[0], day, SMALL, italic=True)
        self._gap()

    def title(self, kind: str = "{{ten_loai}}", about: str = "{{trich_yeu}}") -> None:
        """What kind of paper it is, and what it is about."""
        write(self._paragraph(CENTRE), kind, BODY, bold=True)
        write(self._paragraph(CENTRE), about, BODY, bold=True)
        rule(self._paragraph(CENTRE), self._width, TITLE_RULE)
        self._gap()

    def addressee(self) -> None:
        """To whom it goes."""
        paragraph = self._paragraph(CENTRE)
        paragraph.paragraph_format.space_after = Pt(6)
        write(paragraph, "Kính gửi: {{kinh_gui}}", BODY)

    # -- The text ----------------------------------------------------------------------------------

    def text(self, *texts: str) -> None:
        """Paragraphs of the body."""
        for text in texts:
            self.document.add_paragraph(text, style="Body Text")

    def closing(self, text: str = "{{ket_thuc}}") -> None:
        """The last sentence; it stands on the page of the signature."""
        paragraph = self.document.add_paragraph(text, style="Body Text")
        paragraph.paragraph_format.keep_with_next = True

    def heading(self, text: str, level: int = 1) -> None:
        """The heading of a part."""
        self.document.add_heading(text, level)

    def table(
        self,
        name: str,
        columns: Sequence[Column],
        size: int = TABLE,
    ) -> None:
        """A table whose last line is repeated for each row.

        Args:
            name: the field that stands for its rows.
            columns: from left to right. Headings that begin alike, "A > B", stand under a common
                one.
            size: of the letters.
        """
        whole = sum(it.share for it in columns)
        widths = [self._width * it.share / whole for it in columns]
        labels = [it.label for it in columns]
        deep = 2 if any(UNDER in label for label in labels) else 1
        table: Table = self.document.add_table(deep + 1, len(columns), style="Table Grid")
        set_widths(table, widths)
        write_headings(table, labels, size)
        for row in table.rows[:deep]:
            repeat_heading(row)
        for place, column in enumerate(columns):
            cell = table.cell(deep, place).paragraphs[0]
            cell.alignment = column.side
            write(cell, f"{{{{{name}.{column.name}}}}}" if column.name else "", size)
        keep_whole(table.rows[-1])
        self._gap()

    # -- The end -----------------------------------------------------------------------------------

    def ending(self) -> None:
        """Who gets it, at the left, and who signs it."""
        left, right = self._frame((self._width / 2, self._width / 2)).rows[0].cells
        for paragraph in (left.paragraphs[0], left.add_paragraph()):
            paragraph.alignment = LEFT_ALIGNED
        write(left.paragraphs[0], "Nơi nhận:", TABLE, bold=True, italic=True)
        write(left.paragraphs[1], "{{noi_nhan}}", LIST)
        _sign(right, "{{chuc_vu_ky}}", "{{nguoi_ky}}", room=4)

    def signed_by(self, *signers: tuple[str, str], room: int = 4) -> None:
        """Several who sign side by side: office and name of each.

        Args:
            signers: from left to right.
            room: lines between the two, to sign in.
        """
        table = self._frame([self._width / len(signers)] * len(signers))
        for cell, (office, name) in zip(table.rows[0].cells, signers, strict=True):
            _sign(cell, office, name, room)

    def annex(self, number: str, about: str, *, lying: bool = True) -> None:
        """A part on pages of their own, numbered for themselves; lying for wide tables."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        set_page(section, wide=lying)
        number_from_one(section)
        self._width = (TALL if lying else WIDE) - LEFT - RIGHT
        write(self._paragraph(CENTRE), number, BODY, bold=True)
        write(self._paragraph(CENTRE), about, BODY, bold=True)
        write(self._paragraph(CENTRE), "{{kem_theo}}", BODY, italic=True)
        self._gap()

    # -- The parts of it ---------------------------------------------------------------------------

    def _paragraph(self, alignment: WD_ALIGN_PARAGRAPH) -> Paragraph:
        paragraph = self.document.add_paragraph()
        paragraph.alignment = alignment
        return paragraph

    def _gap(self) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.line_spacing = Pt(8)

    def _frame(self, widths: Sequence[float], rows: int = 1) -> Table:
        """A table without lines and margins, to set things side by side."""
        table: Table = self.document.add_table(rows, len(widths))
        set_widths(table, widths)
        without_margins(table)
        for row in table.rows:
            keep_whole(row)
        return table


def _sign(cell: Any, office: str, name: str, room: int) -> None:
    write(cell.paragraphs[0], office, BODY, bold=True)
    for _ in range(room):
        write(cell.add_paragraph(), "", BODY)
    if name:
        write(cell.add_paragraph(), name, BODY, bold=True)
