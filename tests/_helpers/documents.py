"""Word documents as tests look at them."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn

from ntm_tui.papers.word.filling import roots


def opened(data: bytes) -> Document:
    return docx.Document(BytesIO(data))


def texts(document: Document) -> list[str]:
    """Every paragraph of the text, those in tables too, in their order."""
    return [text_of(it) for it in document.element.body.iter(qn("w:p"))]


def whole(document: Document) -> str:
    return "\n".join(texts(document))


def everywhere(document: Document) -> str:
    """The text, and what stands in the margins."""
    return "\n".join(text_of(it) for root in roots(document) for it in root.iter(qn("w:p")))


def text_of(paragraph: Any) -> str:
    parts = {qn("w:t"): lambda it: it.text or "", qn("w:br"): lambda _: "\n"}
    return "".join(parts[it.tag](it) for it in paragraph.iter() if it.tag in parts)


def table_rows(document: Document, *headings: str) -> list[list[str]]:
    """The rows of the table whose first cells say so."""
    for table in document.tables:
        rows = [[it.text for it in row.cells] for row in table.rows]
        if tuple(rows[0][: len(headings)]) == headings:
            return rows
    raise AssertionError(f"no table begins with {headings}")


def template(*paragraphs: str, rows: tuple[tuple[str, ...], ...] = ()) -> Document:
    """A template as an office could draw it."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for line, given in zip(table.rows, rows, strict=True):
            for cell, text in zip(line.cells, given, strict=True):
                cell.text = text
    return document


def saved(document: Document, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(path))
    return path


def headers(document: Document) -> Iterator[tuple[str, str]]:
    """What stands at the top of the first page, and of the others, of each section."""
    first = other = ""
    for section in document.sections:
        if not section.first_page_header.is_linked_to_previous:
            first = "\n".join(it.text for it in section.first_page_header.paragraphs)
        if not section.header.is_linked_to_previous:
            other = "\n".join(it.text for it in section.header.paragraphs)
        yield (first if section.different_first_page_header_footer else other), other
