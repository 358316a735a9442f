"""The two-page guide of a kit: one text, written as a page for the browser and a Word document."""

import html
import zipfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from kit.building.targets import REPOSITORY

TEXT = REPOSITORY / "kit" / "huong-dan.txt"
NAME = "Huong-dan"
Block = tuple[str, str]
"""A kind of paragraph (h1, h2, ol, ul, p) and its text."""

_CSS = """
@page { size: A4; margin: 18mm 18mm 16mm }
body { font: 13pt/1.35 "Times New Roman", serif; max-width: 46em; margin: 1em auto; padding: 0 1em }
h1 { font-size: 17pt; margin: 0 0 .3em } h2 { font-size: 14pt; margin: .8em 0 .2em }
p, ul, ol { margin: .2em 0 } li { margin: .15em 0 }
"""
_TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.\
wordprocessingml.document.main+xml"/></Types>"""
_RELATIONS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/\
officeDocument" Target="word/document.xml"/></Relationships>"""
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1020" w:right="1020" '
    'w:bottom="900" w:left="1020" w:header="0" w:footer="0" w:gutter="0"/></w:sectPr>'
)
_HALF_POINTS = {"h1": 34, "h2": 28}
_BODY = 26


def write(folder: Path, version: str) -> None:
    """Write the guide into a kit's folder in both forms."""
    blocks = list(read(TEXT.read_text(encoding="utf-8").replace("{version}", version)))
    (folder / f"{NAME}.html").write_text(as_html(blocks), encoding="utf-8", newline="\n")
    with zipfile.ZipFile(folder / f"{NAME}.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/document.xml", as_document(blocks))


def read(text: str) -> Iterator[Block]:
    """Take the text apart: headings, numbered and plain lists, paragraphs; a line each."""
    for line in filter(None, (line.strip() for line in text.splitlines())):
        mark, _, rest = line.partition(" ")
        kind = {"#": "h1", "##": "h2", "-": "ul"}.get(mark, "")
        if mark.endswith(".") and mark[:-1].isdecimal():
            kind = "ol"
        yield (kind, rest) if kind else ("p", line)


def as_html(blocks: list[Block]) -> str:
    """Write the page; it needs nothing beside itself."""
    parts = []
    for kind, group in groupby(blocks, key=lambda block: block[0]):
        texts = [html.escape(text) for _, text in group]
        if kind in ("ol", "ul"):
            parts.append(f"<{kind}>{''.join(f'<li>{text}</li>' for text in texts)}</{kind}>")
        else:
            parts += [f"<{kind}>{text}</{kind}>" for text in texts]
    title = html.escape(blocks[0][1])
    return (
        f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_CSS}</style>\n" + "\n".join(parts) + "\n</html>\n"
    )


def as_document(blocks: list[Block]) -> str:
    """Write the body of the Word document; numbers of lists are typed, so it needs no styles."""
    number, paragraphs = 0, []
    for kind, text in blocks:
        number = number + 1 if kind == "ol" else 0
        lead = f"{number}.\t" if kind == "ol" else "–\t" if kind == "ul" else ""
        paragraphs.append(_paragraph(kind, lead + text))
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{_WORD}">'
        f"<w:body>{''.join(paragraphs)}{_PAGE}</w:body></w:document>"
    )


def _paragraph(kind: str, text: str) -> str:
    size = _HALF_POINTS.get(kind, _BODY)
    before = 200 if kind == "h2" else 50
    indent = '<w:ind w:left="400" w:hanging="400"/>' if kind in ("ol", "ul") else ""
    together = "<w:keepNext/>" if kind in _HALF_POINTS else ""
    bold = "<w:b/>" if kind in _HALF_POINTS else ""
    font = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'
    runs = "<w:r><w:tab/></w:r>".join(
        f'<w:r><w:rPr>{font}{bold}<w:sz w:val="{size}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
        for part in text.split("\t")
    )
    tabs = '<w:tabs><w:tab w:val="left" w:pos="400"/></w:tabs>' if indent else ""
    spacing = f'<w:spacing w:before="{before}" w:after="30"/>'
    return f"<w:p><w:pPr>{together}{tabs}{spacing}{indent}</w:pPr>{runs}</w:p>"
