"""The styles of a paper: Times New Roman in black, paragraphs and headings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from ntm_tui.papers.word.sizes import BODY, FONT

if TYPE_CHECKING:
    from docx.document import Document


def set_styles(document: Document) -> None:
    """Set how paragraphs and headings look."""
    styles: Any = document.styles
    normal = styles["Normal"]
    _set_font(normal, BODY)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.space_before = Pt(0)
    body = styles["Body Text"]
    _set_font(body, BODY)
    form = body.paragraph_format
    form.alignment, form.first_line_indent = WD_ALIGN_PARAGRAPH.JUSTIFY, Cm(1.27)
    form.space_before, form.space_after, form.line_spacing = Pt(0), Pt(6), 1.1
    for level in (1, 2):
        heading = styles[f"Heading {level}"]
        _set_font(heading, BODY, bold=True)
        form = heading.paragraph_format
        form.alignment, form.first_line_indent = WD_ALIGN_PARAGRAPH.JUSTIFY, Cm(1.27)
        form.space_before, form.space_after, form.keep_with_next = Pt(6), Pt(6), True


def _set_font(style: Any, size: int, *, bold: bool = False) -> None:
    """Times New Roman in black, for Vietnamese."""
    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold or None
    style.font.color.rgb = RGBColor(0, 0, 0)
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
