"""Workbooks written byte by byte, as the offices' own programs leave them: no exporter of ours."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
FONTS = ("Calibri", ".VnTime", ".VnTimeH", "VNI-Times", "Times New Roman")
GENERAL, PERCENT, DAY, TWO_DECIMALS = 0, 9, 14, 2
_FORMATS = (GENERAL, PERCENT, DAY, TWO_DECIMALS)


@dataclass(frozen=True)
class C:
    """A cell as it is written: a value, a font, a number format, or a formula.

    `inline` keeps the runs in the cell itself; `hollow` gives the formula a result with nothing in
    it, as some programs write that never reckoned it.
    """

    value: object = None
    font: str = "Calibri"
    form: int = GENERAL
    formula: str = ""
    error: bool = False
    runs: Sequence[tuple[str, str]] = ()
    inline: bool = False
    hollow: bool = False

    @property
    def style(self) -> int:
        return FONTS.index(self.font) * len(_FORMATS) + _FORMATS.index(self.form)


@dataclass
class Sheet:
    """One sheet: rows of values or cells from row 1 on, and how it looks."""

    name: str
    rows: Sequence[Sequence[object]]
    font: str = "Calibri"
    hidden: frozenset[int] = frozenset()
    merges: Sequence[str] = ()
    state: str = "visible"
    extra: Mapping[str, str] = field(default_factory=dict)


def letter(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def write_workbook(path: Path, *sheets: Sheet, parts: Mapping[str, bytes] | None = None) -> Path:
    """Write an .xlsx with these sheets, and parts of one's own over or beside the usual ones."""
    texts: list[str] = []
    members = {
        "[Content_Types].xml": _types(len(sheets)),
        "_rels/.rels": _links([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _workbook(sheets),
        "xl/_rels/workbook.xml.rels": _links(
            [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
            + [("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")]
        ),
        "xl/styles.xml": _styles(),
    }
    for number, sheet in enumerate(sheets, 1):
        members[f"xl/worksheets/sheet{number}.xml"] = _sheet(sheet, texts)
    members["xl/sharedStrings.xml"] = (
        f'<sst xmlns="{_NS}">' + "".join(f"<si>{one}</si>" for one in texts) + "</sst>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            if not parts or name not in parts:
                archive.writestr(name, text)
        for name, data in (parts or {}).items():
            archive.writestr(name, data)
    return path


def _types(count: int) -> str:
    base = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    parts += [("/xl/sharedStrings.xml", "sharedStrings")]
    parts += [(f"/xl/worksheets/sheet{n}.xml", "worksheet") for n in range(1, count + 1)]
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{base}.{kind}+xml"/>' for name, kind in parts
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/>{overrides}</Types>'
    )


def _links(targets: Sequence[tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_REL}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _workbook(sheets: Sequence[Sheet]) -> str:
    listed = "".join(
        f'<sheet name="{escape(one.name)}" sheetId="{n}" state="{one.state}" r:id="rId{n}"/>'
        for n, one in enumerate(sheets, 1)
    )
    return f'<workbook xmlns="{_NS}" xmlns:r="{_REL}"><sheets>{listed}</sheets></workbook>'


def _styles() -> str:
    fonts = "".join(f'<font><sz val="12"/><name val="{one}"/></font>' for one in FONTS)
    styles = "".join(
        f'<xf numFmtId="{form}" fontId="{n}"/>' for n in range(len(FONTS)) for form in _FORMATS
    )
    return (
        f'<styleSheet xmlns="{_NS}"><fonts>{fonts}</fonts><fills><fill/></fills><borders>'
        f"<border/></borders><cellXfs>{styles}</cellXfs></styleSheet>"
    )


def _sheet(sheet: Sheet, texts: list[str]) -> str:
    rows = []
    for number, values in enumerate(sheet.rows, 1):
        cells = "".join(
            _cell(f"{letter(n)}{number}", value, sheet.font, texts)
            for n, value in enumerate(values, 1)
        )
        hidden = ' hidden="1"' if number in sheet.hidden else ""
        rows.append(f'<row r="{number}"{hidden}>{cells}</row>')
    merges = "".join(f'<mergeCell ref="{one}"/>' for one in sheet.merges)
    merged = f"<mergeCells>{merges}</mergeCells>" if merges else ""
    return f'<worksheet xmlns="{_NS}"><sheetData>{"".join(rows)}</sheetData>{merged}</worksheet>'


def _cell(place: str, value: object, font: str, texts: list[str]) -> str:
    cell = value if isinstance(value, C) else C(value, font)
    begin = f'<c r="{place}" s="{cell.style}"'
    if cell.error:
        return f'{begin} t="e"><v>{cell.value}</v></c>'
    formula = f"<f>{escape(cell.formula)}</f>" if cell.formula else ""
    if cell.runs:
        runs = "".join(_run(name, text) for name, text in cell.runs)
        if cell.inline:
            return f'{begin} t="inlineStr"><is>{runs}</is></c>'
        texts.append(runs)
        return f'{begin} t="s"><v>{len(texts) - 1}</v></c>'
    if cell.value is None:
        formula += "<v/>" if cell.hollow else ""
        return f"{begin}>{formula}</c>" if formula else f"{begin}/>"
    if isinstance(cell.value, bool):
        return f'{begin} t="b">{formula}<v>{int(cell.value)}</v></c>'
    if isinstance(cell.value, str) and not formula:
        texts.append(f'<t xml:space="preserve">{escape(cell.value)}</t>')
        return f'{begin} t="s"><v>{len(texts) - 1}</v></c>'
    kind = ' t="str"' if isinstance(cell.value, str) else ""
    return f"{begin}{kind}>{formula}<v>{escape(str(cell.value))}</v></c>"


def _run(font: str, text: str) -> str:
    named = f'<rPr><rFont val="{font}"/></rPr>' if font else ""
    return f'<r>{named}<t xml:space="preserve">{escape(text)}</t></r>'


def write_long_list(path: Path, rows: int) -> Path:
    """A list of contributions as offices keep it, days typed by hand."""
    heads: list[Any] = ["Tên người góp", "Góp bằng", "Số lượng", "Thôn", "Ngày", "Ghi chú"]
    given = [
        [f"Hộ ông Hoàng Văn {row}", "Ngày công", row % 40 + 0.5, "Đồng Mỏ", _day(row), "làm đường"]
        for row in range(1, rows + 1)
    ]
    return write_workbook(path, Sheet("Huy động", [heads, *given]))


def _day(row: int) -> str:
    return f"{row % 28 + 1:02d}/06/2024"
