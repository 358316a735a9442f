"""Makes a Word document of a template and values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from ntm_tui.papers.word.filling import fill, fit
from ntm_tui.papers.word.marking import describe, mark_practice
from ntm_tui.papers.word.templates import find_template
from ntm_tui.papers.word.values import Known, Values

if TYPE_CHECKING:
    from docx.document import Document

    from db.desk import Desk


def make_document(
    desk: Desk,
    kind: str,
    known: Sequence[Known],
    drawn: Callable[[], Document],
    values: Values,
    title: str,
) -> Document:
    """Fill the template of a paper.

    Raises:
        TemplateProblem: the office's own template cannot be used.
    """
    document = find_template(desk.home, kind, known, drawn)
    fill(document, values)
    if desk.practice:
        mark_practice(document)
    describe(document, fit(title), fit(desk.officer))
    return document


def as_bytes(document: Document) -> bytes:
    """Give the bytes of its file."""
    out = BytesIO()
    document.save(out)
    return out.getvalue()
