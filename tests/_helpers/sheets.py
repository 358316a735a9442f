"""Workbooks of this program, looked into with no library that could have written them."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from functools import cached_property
from xml.etree import ElementTree

from python_calamine import CalamineWorkbook

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Row = list[object]


@dataclass(frozen=True)
class Looked:
    """A workbook's bytes, and what can be seen in them."""

    data: bytes
    sheets: dict[str, Seen] = field(default_factory=dict)

    @cached_property
    def names(self) -> list[str]:
        return list(self.calamine.sheet_names)

    @cached_property
    def calamine(self) -> CalamineWorkbook:
        return CalamineWorkbook.from_filelike(io.BytesIO(self.data))

    @cached_property
    def zip(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(io.BytesIO(self.data))

    def rows(self, name: str = "") -> list[Row]:
        return self.calamine.get_sheet_by_name(name or self.names[0]).to_python(
            skip_empty_area=False
        )

    def sheet(self, name: str = "") -> Seen:
        return Seen(self, self.names.index(name) if name else 0)

    def text(self, member: str) -> str:
        return self.zip.read(member).decode()


@dataclass(frozen=True)
class Seen:
    """One sheet: values by rows, and its XML."""

    book: Looked
    place: int

    @cached_property
    def root(self) -> ElementTree.Element:
        return ElementTree.fromstring(
            self.book.zip.read(f"xl/worksheets/sheet{self.place + 1}.xml")
        )

    @cached_property
    def rows(self) -> list[Row]:
        return self.book.rows(self.book.names[self.place])

    @cached_property
    def head(self) -> int:
        """The place of the last row of headings: it is the last that is printed on every page."""
        names = self.book.text("xl/workbook.xml")
        found = re.findall(r"Print_Titles\" localSheetId=\"(\d+)\"[^>]*>([^<]*)<", names)
        (said,) = [text for place, text in found if int(place) == self.place]
        return int(re.findall(r"\$(\d+)", said)[-1]) - 1

    @cached_property
    def headings(self) -> list[object]:
        """The lowest heading of each column; where it goes over all levels, the upper one."""
        lowest, upper = self.rows[self.head], self.rows[self.head - 1]
        return [one or other for one, other in zip(lowest, upper, strict=True)]

    @cached_property
    def table(self) -> list[dict[object, object]]:
        """The rows below the headings, by heading."""
        return [dict(zip(self.headings, row, strict=True)) for row in self.rows[self.head + 1 :]]

    def column(self, heading: str) -> list[object]:
        return [row[heading] for row in self.table]

    def formula(self, address: str) -> str:
        found = self.root.find(f".//{_NS}c[@r='{address}']/{_NS}f")
        return found.text or "" if found is not None else ""

    @cached_property
    def formulas(self) -> dict[str, str]:
        cells = self.root.iter(f"{_NS}c")
        found = ((cell.get("r") or "", cell.find(f"{_NS}f")) for cell in cells)
        return {place: one.text or "" for place, one in found if one is not None}

    def one(self, tag: str) -> ElementTree.Element:
        found = next(self.root.iter(f"{_NS}{tag}"), None)
        assert found is not None, tag
        return found

    def number_format(self, address: str) -> str:
        cell = self.root.find(f".//{_NS}c[@r='{address}']")
        assert cell is not None
        styles = ElementTree.fromstring(self.book.zip.read("xl/styles.xml"))
        forms = {it.get("numFmtId"): it.get("formatCode") for it in styles.iter(f"{_NS}numFmt")}
        used = list(styles.find(f"{_NS}cellXfs") or [])[int(cell.get("s") or 0)]
        number = used.get("numFmtId")
        return forms.get(number) or {"3": "#,##0", "4": "#,##0.00"}.get(number or "", "")
