"""Every template of the program is laid out as Nghị định 30/2020/NĐ-CP says."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from ntm_tui.papers.documents import DOCUMENTS
from ntm_tui.papers.paper import Paper
from ntm_tui.papers.word.filling import Named, P, named_in, roots
from tests._helpers.documents import opened, texts
from tests._helpers.documents import whole as whole_text

FORMS = {"phieu-thon"}
MINUTES = {"bien-ban-giao-ban", "bien-ban-hop"}


@pytest.fixture(params=DOCUMENTS, ids=lambda it: it.kind)
def paper(request: pytest.FixtureRequest) -> Paper:
    found: Paper = request.param
    return found


@cache
def drawn(paper: Paper) -> bytes:
    from ntm_tui.papers.word.making import as_bytes

    assert paper.written is not None
    return as_bytes(paper.written().drawn())


@pytest.fixture
def document(paper: Paper) -> Document:
    """Saved and read again, as Word gets it."""
    return opened(drawn(paper))


def sizes(document: Document, style: str) -> float:
    found: Any = document.styles[style]
    return float(found.font.size.pt)


def test_pages_are_a4_with_the_margins_of_the_decree(document: Document) -> None:
    for section in document.sections:
        width, height = sorted((section.page_width.mm, section.page_height.mm))
        assert (round(width), round(height)) == (210, 297)
        assert 20 <= round(section.top_margin.mm) <= 25
        assert 20 <= round(section.bottom_margin.mm) <= 25
        assert 30 <= round(section.left_margin.mm) <= 35
        assert 15 <= round(section.right_margin.mm) <= 20


def test_letters_are_times_new_roman_in_black_everywhere(document: Document) -> None:
    for name in ("Normal", "Body Text", "Heading 1", "Heading 2"):
        style: Any = document.styles[name]
        fonts = style.element.rPr.rFonts
        for part in ("ascii", "hAnsi", "cs", "eastAsia"):
            assert fonts.get(qn(f"w:{part}")) == "Times New Roman"
        assert not [it for it in fonts.attrib if it.endswith("Theme")]
        assert str(style.font.color.rgb) == "000000"
    other = [it for it in document.element.iter(qn("w:rFonts")) if it.get(qn("w:ascii"))]
    assert {it.get(qn("w:ascii")) for it in other} <= {"Times New Roman"}


def test_the_body_is_justified_with_an_indented_first_line(document: Document) -> None:
    style: Any = document.styles["Body Text"]
    form = style.paragraph_format
    assert 13 <= sizes(document, "Body Text") <= 14
    assert form.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert 1 <= round(form.first_line_indent.cm, 2) <= 1.27
    assert form.space_after.pt >= 6
    assert 1 <= form.line_spacing <= 1.5


def test_page_numbers_stand_in_the_middle_of_the_top_margin_but_on_no_first_page(
    document: Document,
) -> None:
    first = document.sections[0]
    (number,) = first.header.paragraphs
    assert "PAGE" in number._p.xml
    assert number.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert 13 <= number.runs[0].font.size.pt <= 14
    assert first.header_distance < first.top_margin
    for section in document.sections:
        assert section.different_first_page_header_footer
        assert "PAGE" not in section.first_page_header._element.xml
    for section in document.sections[1:] if len(document.sections) > 1 else ():
        assert section.header.is_linked_to_previous
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def runs_with(document: Document, text: str) -> list[Any]:
    return [
        run
        for table in document.tables
        for cell in table._cells
        for paragraph in cell.paragraphs
        for run in paragraph.runs
        if text in run.text
    ] + [run for it in document.paragraphs for run in it.runs if text in run.text]


def test_the_head_names_the_state_its_motto_and_the_office(document: Document) -> None:
    (state,) = runs_with(document, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    (motto,) = runs_with(document, "Độc lập - Tự do - Hạnh phúc")
    (office,) = runs_with(document, "{{co_quan}}")
    (above,) = runs_with(document, "{{co_quan_cap_tren}}")
    assert state.bold and 12 <= state.font.size.pt <= 13
    assert motto.bold and 13 <= motto.font.size.pt <= 14
    assert office.bold and 12 <= office.font.size.pt <= 13
    assert not above.bold and 12 <= above.font.size.pt <= 13
    ruled = list(document.element.iter(qn("w:pBdr")))
    assert len(ruled) == 3  # under the motto, the office and the title


def test_number_and_day_are_there_where_the_decree_has_them(
    document: Document, paper: Paper
) -> None:
    numbers, days = (runs_with(document, it) for it in ("{{so_ky_hieu}}", "{{dia_danh_ngay}}"))
    assert len(numbers) == (paper.kind not in FORMS)
    assert len(days) == (paper.kind not in FORMS | MINUTES)
    assert all(it.font.size.pt == 13 for it in numbers)
    assert all(it.italic and 13 <= it.font.size.pt <= 14 for it in days)


def test_the_title_is_bold_and_in_the_middle(document: Document) -> None:
    for name in ("{{ten_loai}}", "{{trich_yeu}}"):
        (run,) = runs_with(document, name)
        assert run.bold and 13 <= run.font.size.pt <= 14


def test_the_end_says_who_gets_it_and_who_signs(document: Document, paper: Paper) -> None:
    if paper.kind in FORMS | MINUTES:
        assert any(it in whole_text(document) for it in ("THƯ KÝ", "TRƯỞNG THÔN"))
        return
    (label,) = runs_with(document, "Nơi nhận:")
    (listed,) = runs_with(document, "{{noi_nhan}}")
    (office,) = runs_with(document, "{{chuc_vu_ky}}")
    (name,) = runs_with(document, "{{nguoi_ky}}")
    assert label.bold and label.italic and label.font.size.pt == 12
    assert listed.font.size.pt == 11
    for run in (office, name):
        assert run.bold and 13 <= run.font.size.pt <= 14


def test_tables_repeat_their_heading_and_keep_lines_whole(document: Document) -> None:
    for table in document.tables:
        if table.style is not None and table.style.name == "Table Grid":
            assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
            assert table.rows[-1]._tr.trPr.find(qn("w:cantSplit")) is not None


def test_it_uses_only_fields_that_are_declared(document: Document, paper: Paper) -> None:
    assert paper.written is not None
    known = {
        str(Named(it.name, column))
        for it in paper.written().known
        for column in (it.columns or [""])
    }
    used = {str(it) for root in roots(document) for one in root.iter(P) for it in named_in(one)}
    assert used <= known
    assert "{{ten_loai}}" in texts(document)
