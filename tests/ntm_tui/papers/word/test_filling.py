"""Fields of a template: filled where they stand, whatever people have written."""

from __future__ import annotations

from io import BytesIO

import docx
from hypothesis import given, settings
from hypothesis import strategies as st

from db.text import clean
from ntm_tui.papers.word.filling import fill
from ntm_tui.papers.word.values import Line
from tests._helpers.documents import everywhere, opened, table_rows, template, texts

ODD = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("<>&\"'\x00\x0b\x1f\ufffe\uffff\u202e\u200b{}\t\n\r\u2028"),
    ),
    max_size=40,
)


def test_a_field_is_filled_where_it_stands() -> None:
    document = template("Xã {{Tên xã}}, năm {{ nam }}.", "Không có gì.")
    fill(document, {"ten_xa": "Cai Kinh", "nam": "2024"})
    assert texts(document) == ["Xã Cai Kinh, năm 2024.", "Không có gì."]


def test_a_field_that_word_has_cut_into_pieces_is_still_one_and_keeps_its_letters() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Xã ")
    for piece, bold in (("{", True), ("{ten", None), ("_xa}", None), ("} đẹp", None)):
        paragraph.add_run(piece).bold = bold
    fill(document, {"ten_xa": "Cai Kinh"})
    assert texts(document) == ["Xã Cai Kinh đẹp"]
    assert [run.text for run in paragraph.runs if run.bold] == ["Cai Kinh"]


def test_several_paragraphs_take_the_place_of_one() -> None:
    document = template("Trước", "- {{viec}}", "Sau")
    fill(document, {"viec": ("một", "hai")})
    assert texts(document) == ["Trước", "- một", "- hai", "Sau"]
    document = template("Trước", "- {{viec}}", "Sau")
    fill(document, {"viec": ()})
    assert texts(document) == ["Trước", "Sau"]


def test_a_line_of_a_table_is_repeated_and_a_heading_goes_across() -> None:
    document = template(rows=(("TT", "Việc"), ("{{bang.tt}}", "{{bang.viec}} của {{xa}}")))
    rows = (Line({}, heading="Thôn A"), Line({"tt": "1", "viec": "dọn"}), Line({"tt": "2"}))
    fill(document, {"bang": rows, "xa": "Cai Kinh"})
    assert table_rows(document, "TT") == [
        ["TT", "Việc"],
        ["Thôn A", "Thôn A"],  # one cell as wide as both
        ["1", "dọn của Cai Kinh"],
        ["2", " của Cai Kinh"],
    ]
    assert len(document.tables[0].rows[1]._tr.tc_lst) == 1


def test_a_paragraph_in_a_table_can_be_repeated_and_its_cell_never_becomes_empty() -> None:
    document = template(rows=(("TT", "Nơi nhận"), ("1", "- {{noi}}")))
    fill(document, {"noi": ()})
    assert document.tables[0].cell(1, 1).paragraphs
    assert document.tables[0].cell(1, 1).text == ""


def test_fields_in_the_margins_are_filled() -> None:
    document = template("Nội dung")
    document.sections[0].header.paragraphs[0].text = "{{ten_xa}}"
    document.sections[0].first_page_footer.paragraphs[0].text = "Năm {{nam}}"
    fill(document, {"ten_xa": "Cai Kinh", "nam": "2024"})
    assert {"Cai Kinh", "Năm 2024"} <= set(everywhere(document).splitlines())


def test_what_people_wrote_is_never_taken_for_a_field() -> None:
    document = template("{{a}} {{b}}", "{{ds}}", rows=(("{{bang.x}}", "{{b}}"),))
    fill(
        document,
        {"a": "{{b}}", "b": "bê", "ds": ("{{a}}",), "bang": (Line({"x": "{{a}}{{bang.x}}"}),)},
    )
    assert texts(document) == ["{{b}} bê", "{{a}}", "{{a}}{{bang.x}}", "bê"]


def test_a_new_line_stays_one_and_numbers_stay_with_their_units() -> None:
    document = template("{{a}}")
    fill(document, {"a": "dòng một\nyêu cầu ≥ 70 %"})
    assert texts(document) == ["dòng một\nyêu cầu ≥\u00a070\u00a0%"]


@settings(deadline=None, max_examples=60)
@given(ODD, ODD, ODD)
def test_no_text_ever_breaks_a_document(inline: str, listed: str, cell: str) -> None:
    document = template("a {{x}} b", "{{ds}}", rows=(("{{bang.c}}", "{{x}}"),))
    rows = (Line({"c": cell}), Line({}, heading=cell))
    fill(document, {"x": inline, "ds": (listed, listed), "bang": rows})
    out = BytesIO()
    document.save(out)
    again = opened(out.getvalue())
    found = everywhere(again)
    kept = [it for it in clean(inline) if it.isalnum()]
    assert all(it in found for it in kept)
