"""The page of an office paper, as Nghị định 30/2020/NĐ-CP has it.

Sizes are in points, widths in millimetres.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
BODY, SMALL, LIST = 14, 13, 11
TABLE = 12
TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 15
_UNDER = " > "
WIDE, TALL = 210, 297
OFFICE = 62
"""For the name of the office that issues a paper."""
MOTTO_RULE = 59
"""As long as "Độc lập - Tự do - Hạnh phúc" in bold letters of 13 points."""
OFFICE_RULE = 20
"""Between a third and half of the name of an office."""
TITLE_RULE = 50

CENTRE, JUSTIFIED, LEFT_ALIGNED, RIGHT_ALIGNED = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
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
        _set_styles(self.document)
        self._width = (TALL if lying else WIDE) - LEFT - RIGHT
        _set_page(self.document.sections[0], wide=lying)
        _number_pages(self.document.sections[0])

    # -- The head ----------------------------------------------------------------------------------

    def head(self, day: str = "{{dia_danh_ngay}}", *, numbered: bool = True) -> None:
        """Who issues it, under whom; the name of the state and its motto; number, place and day.

        Minutes have no day here: it stands in their text. Forms have no number either.
        """
        table = self._frame((OFFICE, self._width - OFFICE), rows=2 if numbered else 1)
        left, right = table.rows[0].cells
        _write(left.paragraphs[0], "{{co_quan_cap_tren}}", TABLE)
        _write(left.add_paragraph(), "{{co_quan}}", TABLE, bold=True)
        _rule(left.add_paragraph(), OFFICE, OFFICE_RULE)
        _write(right.paragraphs[0], "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", TABLE, bold=True)
        _write(right.add_paragraph(), "Độc lập - Tự do - Hạnh phúc", SMALL, bold=True)
        _rule(right.add_paragraph(), self._width - OFFICE, MOTTO_RULE)
        if numbered:
            left, right = table.rows[1].cells
            _write(left.paragraphs[0], "{{so_ky_hieu}}", SMALL)
            _write(right.paragraphs[0], day, SMALL, italic=True)
        self._gap()

    def title(self, kind: str = "{{ten_loai}}", about: str = "{{trich_yeu}}") -> None:
        """What kind of paper it is, and what it is about."""
        _write(self._paragraph(CENTRE), kind, BODY, bold=True)
        _write(self._paragraph(CENTRE), about, BODY, bold=True)
        _rule(self._paragraph(CENTRE), self._width, TITLE_RULE)
        self._gap()

    def addressee(self) -> None:
        """To whom it goes."""
        paragraph = self._paragraph(CENTRE)
        paragraph.paragraph_format.space_after = Pt(6)
        _write(paragraph, "Kính gửi: {{kinh_gui}}", BODY)

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
        deep = 2 if any(_UNDER in label for label in labels) else 1
        table: Table = self.document.add_table(deep + 1, len(columns), style="Table Grid")
        _set_widths(table, widths)
        _write_headings(table, labels, size)
        for row in table.rows[:deep]:
            _repeat_heading(row)
        for place, column in enumerate(columns):
            cell = table.cell(deep, place).paragraphs[0]
            cell.alignment = column.side
            _write(cell, f"{{{{{name}.{column.name}}}}}" if column.name else "", size)
        _keep_whole(table.rows[-1])
        self._gap()

    # -- The end -----------------------------------------------------------------------------------

    def ending(self) -> None:
        """Who gets it, at the left, and who signs it."""
        left, right = self._frame((self._width / 2, self._width / 2)).rows[0].cells
        for paragraph in (left.paragraphs[0], left.add_paragraph()):
            paragraph.alignment = LEFT_ALIGNED
        _write(left.paragraphs[0], "Nơi nhận:", TABLE, bold=True, italic=True)
        _write(left.paragraphs[1], "{{noi_nhan}}", LIST)
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
        _set_page(section, wide=lying)
        _number_from_one(section)
        self._width = (TALL if lying else WIDE) - LEFT - RIGHT
        _write(self._paragraph(CENTRE), number, BODY, bold=True)
        _write(self._paragraph(CENTRE), about, BODY, bold=True)
        _write(self._paragraph(CENTRE), "{{kem_theo}}", BODY, italic=True)
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
        _set_widths(table, widths)
        _without_margins(table)
        for row in table.rows:
            _keep_whole(row)
        return table


def _write(
    paragraph: Paragraph, text: str, size: int, *, bold: bool = False, italic: bool = False
) -> None:
    """Add a text; what stands in cells and heads is centred unless it is set otherwise."""
    if paragraph.alignment is None:
        paragraph.alignment = CENTRE
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold or None, italic or None


def _sign(cell: Any, office: str, name: str, room: int) -> None:
    _write(cell.paragraphs[0], office, BODY, bold=True)
    for _ in range(room):
        _write(cell.add_paragraph(), "", BODY)
    if name:
        _write(cell.add_paragraph(), name, BODY, bold=True)


def _rule(paragraph: Paragraph, room: float, length: float) -> None:
    """Draw a line of a length in the middle of a room."""
    side = Mm((room - length) / 2)
    form = paragraph.paragraph_format
    form.left_indent, form.right_indent = side, side
    form.line_spacing, form.space_before = Pt(4), Pt(1)
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _set_widths(table: Table, widths: Sequence[float]) -> None:
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _write_headings(table: Table, labels: Sequence[str], size: int) -> None:
    """Write the headings, those that stand under a common one on a line of their own."""
    parts = [label.partition(_UNDER) for label in labels]
    deep = any(under for _, under, _ in parts)
    start = 0
    while start < len(parts):
        over, under, _ = parts[start]
        alike = [it for it in parts[start:] if under and it[0] == over]
        end = start + max(len(alike), 1) - 1
        cell = table.cell(0, start)
        if under:
            cell = cell.merge(table.cell(0, end))
            for place in range(start, end + 1):
                _write(table.cell(1, place).paragraphs[0], parts[place][2], size, bold=True)
        elif deep:
            cell = cell.merge(table.cell(1, start))
        _write(cell.paragraphs[0], over, size, bold=True)
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        start = end + 1


def _without_margins(table: Table) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), "0")
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    properties = table._tbl.tblPr
    properties.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription")


def _repeat_heading(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


# -- Pages -----------------------------------------------------------------------------------------


def _set_page(section: Any, *, wide: bool) -> None:
    """A4, with the margins of the decree, upright or lying."""
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    width, height = (TALL, WIDE) if wide else (WIDE, TALL)
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance, section.footer_distance = Mm(10), Mm(10)


def _number_pages(section: Any) -> None:
    """Number the pages in the middle of the top margin, the first one left out."""
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = CENTRE
    run = paragraph.add_run()
    run.font.size = Pt(SMALL)
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("text", "2"), ("end", "")):
        run._r.append(_field_part(kind, text))


def _field_part(kind: str, text: str) -> Any:
    if kind == "text":
        part = OxmlElement("w:t")
        part.text = text
    elif text:
        part = OxmlElement("w:instrText")
        part.text = text
    else:
        part = OxmlElement("w:fldChar")
        part.set(qn("w:fldCharType"), kind)
    return part


def _number_from_one(section: Any) -> None:
    section.different_first_page_header_footer = True
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:start"), "1")
    section._sectPr.insert_element_before(
        numbering, "w:cols", "w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:docGrid"
    )


# -- Styles ----------------------------------------------------------------------------------------


def _set_styles(document: Document) -> None:
    styles: Any = document.styles
    normal = styles["Normal"]
    _set_font(normal, BODY)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.space_before = Pt(0)
    body = styles["Body Text"]
    _set_font(body, BODY)
    form = body.paragraph_format
    form.alignment, form.first_line_indent = JUSTIFIED, Cm(1.27)
    form.space_before, form.space_after, form.line_spacing = Pt(0), Pt(6), 1.1
    for level in (1, 2):
        heading = styles[f"Heading {level}"]
        _set_font(heading, BODY, bold=True)
        form = heading.paragraph_format
        form.alignment, form.first_line_indent = JUSTIFIED, Cm(1.27)
        form.space_before, form.space_after, form.keep_with_next = Pt(6), Pt(6), True


def _set_font(style: Any, size: int, *, bold: bool = False) -> None:
    """Times New Roman in black, for Vietnamese."""
    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold or None
    style.font.color.rgb = docx.shared.RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    fonts = properties.rFonts
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), FONT)
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    properties.append(language)
