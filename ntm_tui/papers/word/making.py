"""Makes a Word document of a template and values."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import docx
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Pt

from ntm_tui.papers.word.filling import fill, fit
from ntm_tui.papers.word.marking import describe, mark_practice
from ntm_tui.papers.word.pages import number_from_one
from ntm_tui.papers.word.templates import find_template

if TYPE_CHECKING:
    from docx.document import Document

    from db.desk import Desk
    from ntm_tui.papers.paper import Paper, Wanted


def make_document(desk: Desk, paper: Paper, wanted: Wanted) -> Document:
    """Fill the template of a paper, once for each set of values, on pages of their own.

    Raises:
        TemplateProblem: the office's own template cannot be used.
    """
    if paper.written is None:
        raise ValueError("a paper that is no Word paper")
    written = paper.written()
    template = find_template(desk.home, paper.kind, written.known, written.drawn)
    blank = as_bytes(template)
    documents = []
    for values in written.values(desk, wanted):
        document = docx.Document(BytesIO(blank))
        fill(document, values)
        documents.append(document)
    first, *others = documents
    for other in others:
        _append(first, other)
    if desk.practice:
        mark_practice(first)
    describe(first, fit(paper.title), fit(desk.officer))
    return first


def _append(document: Document, other: Document) -> None:
    """Add the text of another document of the same template: a paper whose pages count anew."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    number_from_one(section)
    document.paragraphs[-1].paragraph_format.line_spacing = Pt(1)
    end = document.element.body.find(qn("w:sectPr"))
    for element in other.element.body:
        if element.tag != qn("w:sectPr"):
            end.addprevious(element)


def as_bytes(document: Document) -> bytes:
    """Give the bytes of its file."""
    out = BytesIO()
    document.save(out)
    return out.getvalue()
