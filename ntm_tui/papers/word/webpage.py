"""The same paper as a page for the browser: its headings, paragraphs and tables, nothing more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docx.table import Table
from docx.text.paragraph import Paragraph

from ntm_tui.papers.word.marking import PRACTICE

if TYPE_CHECKING:
    from docx.document import Document


@dataclass(frozen=True)
class Block:
    """A paragraph of some tag, or the rows of a table; `ruled` tells tables from mere frames."""

    tag: str
    text: str = ""
    rows: tuple[tuple[tuple[str, int], ...], ...] = ()
    ruled: bool = False


def as_page(document: Document, title: str, *, practice: bool) -> bytes:
    """Draw the page."""
    from importlib.resources import files

    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined)
    source = files("ntm_tui.papers").joinpath("paper.html.j2").read_text(encoding="utf-8")
    page = environment.from_string(source).render(
        title=title, blocks=list(_blocks(document)), practice=PRACTICE if practice else ""
    )
    return page.encode("utf-8")


def _blocks(document: Document) -> Iterator[Block]:
    for one in document.iter_inner_content():
        if isinstance(one, Table):
            rows = tuple(tuple(_cells(row)) for row in one.rows)
            ruled = one.style is not None and one.style.name == "Table Grid"
            yield Block("table", rows=rows, ruled=ruled)
        elif one.text.strip():
            yield Block(_tag(one), one.text)


def _cells(row: Any) -> Iterator[tuple[str, int]]:
    """Give the text of each cell of a row, and how many columns it goes across."""
    for cell in row._tr.tc_lst:
        texts = (Paragraph(it, row).text for it in cell.p_lst)
        yield "\n".join(it for it in texts if it), cell.grid_span


def _tag(paragraph: Paragraph) -> str:
    name = paragraph.style.name if paragraph.style is not None else ""
    if name and name.startswith("Heading"):
        return "h2" if name.endswith("1") else "h3"
    bold = [run.bold for run in paragraph.runs if run.text.strip()]
    centred = paragraph.alignment is not None and int(paragraph.alignment) == 1
    return "h1" if centred and bold and all(bold) else "p"
