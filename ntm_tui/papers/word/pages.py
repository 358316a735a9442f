"""Pages as Nghị định 30/2020/NĐ-CP has them: A4, its margins, and numbers at the top."""

from __future__ import annotations

from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from ntm_tui.papers.word.sizes import BOTTOM, LEFT, RIGHT, SMALL, TALL, TOP, WIDE


def set_page(section: Any, *, wide: bool) -> None:
    """A4, with the margins of the decree, upright or lying."""
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    width, height = (TALL, WIDE) if wide else (WIDE, TALL)
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance, section.footer_distance = Mm(10), Mm(10)


def number_pages(section: Any) -> None:
    """Number the pages in the middle of the top margin, the first one left out."""
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
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


def number_from_one(section: Any) -> None:
    """Begin to count the pages of a section anew; its first one bears no number."""
    section.different_first_page_header_footer = True
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:start"), "1")
    section._sectPr.insert_element_before(
        numbering, "w:cols", "w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:docGrid"
    )
