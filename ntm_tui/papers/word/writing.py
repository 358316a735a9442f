"""Texts and rules that are set by hand: in heads, cells and where papers are signed."""

from __future__ import annotations

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph


def write(
    paragraph: Paragraph, text: str, size: int, *, bold: bool = False, italic: bool = False
) -> None:
    """Add a text; what stands in cells and heads is centred unless it is set otherwise."""
    if paragraph.alignment is None:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold or None, italic or None


def rule(paragraph: Paragraph, room: float, length: float) -> None:
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
