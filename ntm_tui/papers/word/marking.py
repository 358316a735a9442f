"""The mark of practice papers, and what the file says about itself."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt, RGBColor

if TYPE_CHECKING:
    from docx.document import Document

PRACTICE = "BẢN THỰC HÀNH – SỐ LIỆU TỰ ĐẶT RA ĐỂ TẬP, KHÔNG CÓ GIÁ TRỊ"


def mark_practice(document: Document) -> None:
    """Say on every page, in the margin at the top, that all of it is made up."""
    for section in document.sections:
        headers: list[Any] = [section.header]
        if section.different_first_page_header_footer:
            headers.append(section.first_page_header)
        if document.settings.odd_and_even_pages_header_footer:
            headers.append(section.even_page_header)
        for header in headers:
            _mark(header)


def _mark(header: Any) -> None:
    """Add the line above what stands there; what is linked has the margin of the section before."""
    if header.is_linked_to_previous and header._prior_headerfooter is not None:
        return
    first = header.paragraphs[0]
    paragraph = first.insert_paragraph_before()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(PRACTICE)
    run.bold, run.font.size = True, Pt(10)
    run.font.name, run.font.color.rgb = "Times New Roman", RGBColor(0, 0, 0)


def describe(document: Document, title: str, author: str) -> None:
    """Write into the file what it is and whose."""
    about = document.core_properties
    about.title, about.author, about.last_modified_by = title[:250], author[:250], author[:250]
    about.comments, about.subject, about.keywords = "", "", ""
    about.language, about.revision = "vi-VN", 1
    about.created = about.modified = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
