"""Tables of a paper: widths, headings on one or two lines, lines that stay whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table

from ntm_tui.papers.word.writing import write

UNDER = " > "
"""Between a common heading and those that stand under it."""


def set_widths(table: Table, widths: Sequence[float]) -> None:
    """Set how wide the columns are."""
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def write_headings(table: Table, labels: Sequence[str], size: int) -> None:
    """Write the headings, those that stand under a common one on a line of their own."""
    parts = [label.partition(UNDER) for label in labels]
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
                write(table.cell(1, place).paragraphs[0], parts[place][2], size, bold=True)
        elif deep:
            cell = cell.merge(table.cell(1, start))
        write(cell.paragraphs[0], over, size, bold=True)
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        start = end + 1


def without_margins(table: Table) -> None:
    """Let texts stand at the very edge of their cells."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), "0")
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    properties = table._tbl.tblPr
    properties.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription")


def repeat_heading(row: Any) -> None:
    """Print a row again on every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def keep_whole(row: Any) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
