"""Fills the fields of a Word document.

A field is `{{name}}` in any paragraph, also of a table, a heading or the margin of the page. Where
it stands for several paragraphs, its paragraph is repeated; where it stands for the rows of a
table, `{{name.column}}`, the line of the table is. Everything else stays as the office drew it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from db.text import clean, fold
from ntm_tui.papers.word.values import Line, Values

if TYPE_CHECKING:
    from docx.document import Document

FIELD = re.compile(r"\{\{([^{}]*)\}\}")
_NEVER_IN_XML = re.compile("[\ufffe\uffff]")
_HIDDEN = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_BEFORE_A_UNIT = re.compile("(?<=[0-9]) (?=[%‰])|(?<=[≥≤]) (?=[0-9])")
P, T, TR, TC, R = qn("w:p"), qn("w:t"), qn("w:tr"), qn("w:tc"), qn("w:r")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True)
class Named:
    """A field as a template writes it: `name`, or `name.column`."""

    name: str
    column: str = ""

    @classmethod
    def read(cls, text: str) -> Named:
        """Understand what stands between the braces: marks, case and spaces do not matter."""
        name, _, column = fold(text).partition(".")
        return cls(*("_".join(it.split()) for it in (name, column)))

    def __str__(self) -> str:
        return f"{self.name}.{self.column}" if self.column else self.name


def roots(document: Document) -> Iterator[Any]:
    """Give the text, then what stands in the margins of each section."""
    yield document.element.body
    for section in document.sections:
        margins = (
            (section.header, section.footer),
            (section.first_page_header, section.first_page_footer),
            (section.even_page_header, section.even_page_footer),
        )
        for margin in (it for pair in margins for it in pair):
            if not margin.is_linked_to_previous:
                yield margin._element


def named_in(paragraph: Any) -> list[Named]:
    """Give the fields of a paragraph, in their order."""
    return [Named.read(found) for found in FIELD.findall(_text(paragraph))]


def fill(document: Document, values: Values) -> None:
    """Fill every field; those that are not among the values are left as they stand.

    Each paragraph of the template is filled once, so that what people wrote is never taken for a
    field, whatever it looks like.
    """
    for root in roots(document):
        for unit, rows in list(_units(root, values)):
            if rows is None:
                _fill_paragraph(unit, values, None, None)
            else:
                _repeat(unit, rows, values)


def _units(root: Any, values: Values) -> Iterator[tuple[Any, str | None]]:
    """Give what is filled once, or repeated for each row of a value: paragraphs, table lines."""
    repeated: list[Any] = []
    for paragraph in root.iter(P):
        named = named_in(paragraph)
        line = next(paragraph.iterancestors(TR), None)
        rows = rows_of_line(line)
        if not named or any(line is it for it in repeated):
            continue
        if rows and not isinstance(values.get(rows, ""), str):
            repeated.append(line)
            yield line, rows
        else:
            several = (it.name for it in named if not isinstance(values.get(it.name, ""), str))
            yield paragraph, next(several, None)


def rows_of_line(line: Any) -> str:
    """Say whose rows a line of a table is repeated for; empty where it is not."""
    if line is None:
        return ""
    fields = (it for paragraph in line.iter(P) for it in named_in(paragraph))
    return next((it.name for it in fields if it.column), "")


def _repeat(unit: Any, name: str, values: Values) -> None:
    for row in values[name]:
        made = deepcopy(unit)
        unit.addprevious(made)
        for paragraph in list(made.iter(P)):
            _fill_paragraph(paragraph, values, name, row)
        if isinstance(row, Line) and row.heading and made.tag == TR:
            _go_across(made, row.heading)
    _take_out(unit)


def _take_out(unit: Any) -> None:
    """Remove a paragraph or line; a cell of a table keeps its last paragraph, emptied."""
    cell = unit.getparent()
    if unit.tag == P and cell.tag == TC and len(cell.findall(P)) == 1:
        for run in unit.findall(R):
            unit.remove(run)
    else:
        cell.remove(unit)


def _go_across(line: Any, heading: str) -> None:
    """Make one bold cell of a line, as wide as all of them."""
    first, *others = line.findall(TC)
    properties = first.get_or_add_tcPr()
    properties.grid_span = sum(_span(cell) for cell in (first, *others))
    for width in properties.findall(qn("w:tcW")):
        properties.remove(width)
    for cell in others:
        line.remove(cell)
    paragraph, *rest = first.findall(P)
    letters = next((deepcopy(it.rPr) for it in paragraph.findall(R) if it.rPr is not None), None)
    for one in (*rest, *paragraph.findall(R)):
        one.getparent().remove(one)
    run = paragraph.add_r()
    if letters is not None:
        run.insert(0, letters)
    run.get_or_add_rPr().get_or_add_b()
    run.add_t(fit(heading))
    form = paragraph.get_or_add_pPr()
    form.get_or_add_keepNext()
    alignment = form.find(qn("w:jc"))
    if alignment is not None:
        alignment.set(qn("w:val"), "left")


def _span(cell: Any) -> int:
    return int(cell.get_or_add_tcPr().grid_span or 1)


# -- One paragraph ---------------------------------------------------------------------------------


def _fill_paragraph(paragraph: Any, values: Values, rows: str | None, row: Any) -> None:
    """Put texts where the fields stand, in the letters in which each field begins."""
    pieces = list(_own_texts(paragraph))
    for match in reversed(list(FIELD.finditer("".join(it.text or "" for it in pieces)))):
        text = _text_of(Named.read(match.group(1)), values, rows, row)
        if text is not None:
            _replace(pieces, match.start(), match.end(), fit(text))


def _text_of(named: Named, values: Values, rows: str | None, row: Any) -> str | None:
    """Give what a field is filled with; None where there is no such value."""
    if named.name == rows:
        cells: Mapping[str, str] = row.cells if isinstance(row, Line) else {"": str(row)}
        return cells.get(named.column, "")
    value = values.get(named.name)
    if value is None:
        return None
    return value if isinstance(value, str) else "\n".join(map(str, value))


def _own_texts(paragraph: Any) -> Iterator[Any]:
    """Give the pieces of text of a paragraph, not those of paragraphs inside it."""
    for piece in paragraph.iter(T):
        if next(piece.iterancestors(P), None) is paragraph:
            yield piece


def _text(paragraph: Any) -> str:
    return "".join(it.text or "" for it in _own_texts(paragraph))


def _replace(pieces: list[Any], start: int, end: int, text: str) -> None:
    """Put a text in the place of some characters that may be spread over several pieces."""
    at = 0
    first = True
    for piece in pieces:
        own = piece.text or ""
        begin, stop = max(start - at, 0), min(end - at, len(own))
        at += len(own)
        if begin >= len(own) or stop <= 0 or begin >= stop:
            continue
        before, after = own[:begin], own[stop:]
        _put(piece, f"{before}{text if first else ''}{after}")
        first = False


def _put(piece: Any, text: str) -> None:
    """Write a text into a piece; a new line in it becomes one on the page."""
    lines = text.split("\n")
    piece.text = lines[0]
    piece.set(_SPACE, "preserve")
    for line in reversed(lines[1:]):
        more = OxmlElement("w:t")
        more.text = line
        more.set(_SPACE, "preserve")
        piece.addnext(more)
        piece.addnext(OxmlElement("w:br"))


def fit(text: str) -> str:
    """Give a text as a document can hold it, without what could hide or reorder it."""
    plain = _HIDDEN.sub("", _NEVER_IN_XML.sub("", clean(text))).replace("\t", " ")
    return _BEFORE_A_UNIT.sub("\u00a0", plain)
