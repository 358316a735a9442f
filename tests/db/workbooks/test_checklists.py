"""A commune's own table of indicators goes in, whatever it looks like."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import func, select

from db.criteria.definitions import ThresholdKind
from db.judging import Figure, Quantity, Status
from db.models import Change
from db.workbooks.applying import apply
from db.workbooks.changes import Preview
from db.workbooks.previewing import preview
from db.workbooks.problems import Stopped
from db.workbooks.watch import Watch
from tests._helpers.old_fonts import to_tcvn3, to_vni
from tests._helpers.workbooks import PERCENT, TWO_DECIMALS, C, Sheet
from tests.db.workbooks.conftest import Importer

NAME_OF_17_8 = "Tỷ lệ hộ có nhà tiêu, nhà tắm, thiết bị chứa nước sinh hoạt hợp vệ sinh"
PERCENTAGES = (ThresholdKind.PCT_GE, ThresholdKind.PCT_LE)


def found(importer: Importer, number: str) -> Any:
    return importer.desk.checklist().by_number[number].assessment


def whole(text: str) -> Figure:
    return Figure.of(whole=Quantity(Decimal(text)))


def old_table(importer: Importer, typed: Any, font: str) -> Sheet:
    """All 57 indicators as an office typed them before Unicode, with the usual mess."""
    heads = [
        [typed("UBND XÃ CAI KINH"), None, None, typed("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")],
        [typed("Biểu tổng hợp kết quả rà soát các tiêu chí năm 2024")],
        [],
        [
            *map(typed, ("TT", "Nội dung tiêu chí", "Yêu cầu", "Kết quả thực hiện")),
            typed("Xã tự đánh giá"),
            None,
            *map(typed, ("Ghi chú", "Người phụ trách", "Kết quả thẩm tra")),
        ],
        [None, None, None, None, typed("Đạt"), typed("Chưa đạt")],
        [1, 2, 3, 4, 5, 6, 7, 8, 9],
    ]
    rows = list(heads)
    for place, criterion in enumerate(importer.ground.sheet.criteria_set.criteria):
        rows.append([int(criterion.number), typed(criterion.name)])
        for one in criterion.indicators:
            percent = one.threshold.kind in PERCENTAGES and not one.men_women
            number = float(one.number) if place % 2 else f"Chỉ tiêu {one.number}."
            met = len(one.number) % 2 == 0
            rows.append(
                [
                    typed(number) if isinstance(number, str) else number,
                    typed(one.name),
                    typed("≥ 70%"),
                    C(0.452, font, PERCENT) if percent else None,
                    "x" if met else None,
                    None if met else "X",
                    typed(f"Đã vận động các hộ, chỉ tiêu {one.number} còn vướng mặt bằng"),
                    typed("Nguyễn Thị Hường"),
                    typed("Chưa đạt"),
                ]
            )
    rows.append([None, typed("Tổng cộng"), None, 57])
    merges = ["E4:F4", "A4:A5", "B4:B5", "C4:C5", "D4:D5", "G4:G5", "H4:H5", "I4:I5", "A2:I2"]
    return Sheet(typed("Biểu số 1"), rows, font=font, merges=merges)


@pytest.mark.parametrize(
    ("typed", "font"),
    [(to_tcvn3, ".VnTime"), (to_vni, "VNI-Times"), (to_tcvn3, "Times New Roman"), (str, "Calibri")],
)
def test_57_rows_of_an_old_table_go_in_without_a_wrong_letter_or_number(
    importer: Importer, typed: Any, font: str
) -> None:
    path = importer.file(old_table(importer, typed, font))
    seen = preview(path, importer.ground)
    assert (seen.title, seen.layout.heading_row, seen.unread) == ("Bộ tiêu chí", 4, ())
    assert [one.why for one in seen.left_out] == ["dòng tổng"]
    assert seen.doubtful == ()
    assert apply(importer.ground, seen) == len(seen.sure)
    for state in importer.desk.checklist().states:
        one, said = state.indicator, state.assessment
        met = len(one.number) % 2 == 0
        assert said.status is (Status.MET if met else Status.NOT_MET), one.number
        assert said.note == f"Đã vận động các hộ, chỉ tiêu {one.number} còn vướng mặt bằng"
        assert said.responsible == "Nguyễn Thị Hường"
        percent = one.threshold.kind in PERCENTAGES and not one.men_women
        assert said.figure == (whole("45.2") if percent else None), one.number
    again = preview(path, importer.ground)
    assert (again.changes, again.equal) == ((), len(seen.sure))


def test_what_was_turned_from_an_old_code_is_shown_beside_it(importer: Importer, of: Any) -> None:
    seen = importer.look(
        ["TT", to_tcvn3("Ghi chú")], ["17.8", to_tcvn3("Còn 38 hộ chưa có")], font=".VnTime"
    )
    change = of(seen, "B2")
    assert (change.code, change.original) == ("TCVN3", to_tcvn3("Còn 38 hộ chưa có"))
    assert change.after == "Còn 38 hộ chưa có"


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("Đạt", Status.MET),
        ("ĐẠT", Status.MET),
        (" đạt. ", Status.MET),
        ("dat", Status.MET),
        ("Chưa đạt", Status.NOT_MET),
        ("Ko đạt", Status.NOT_MET),
        ("k đạt", Status.NOT_MET),
        ("Không đạt", Status.NOT_MET),
        ("CĐ", Status.NOT_MET),
        ("Đang thực hiện", Status.IN_PROGRESS),
    ],
)
def test_statuses_in_the_usual_spellings(importer: Importer, typed: str, status: Status) -> None:
    importer.take(["TT", "Nội dung", "Tự đánh giá"], ["17.8", NAME_OF_17_8, typed])
    assert found(importer, "17.8").status is status


def test_a_status_with_more_words_is_left_to_a_person(importer: Importer, of: Any) -> None:
    seen = importer.take(
        ["TT", "Tự đánh giá"], ["17.8", "Chưa đạt, còn 2 hộ"], ["17.9", "Tương đối tốt"]
    )
    assert of(seen, "B2").doubt and of(seen, "B2").readings == ("Chưa đạt",)
    assert [one.address for one in seen.unread] == ["B3"]
    assert found(importer, "17.8").status is Status.NOT_ASSESSED


def test_ticks_that_contradict_each_other_are_left_to_a_person(importer: Importer, of: Any) -> None:
    seen = importer.look(["TT", "Đạt", "Chưa đạt"], ["17.8", "x", "x"], ["17.9", None, "√"])
    assert set(of(seen, "B2").readings) == {"Đạt", "Chưa đạt"}
    assert of(seen, "C3").after == "Chưa đạt"


def test_a_word_that_belongs_into_the_other_column_is_left_to_a_person(
    importer: Importer, of: Any
) -> None:
    seen = importer.look(["TT", "Đạt", "Chưa đạt"], ["17.8", "Chưa đạt", None], ["17.9", "x", None])
    assert of(seen, "B2").readings == ("Chưa đạt", "Đạt")
    assert [one.place for one in seen.sure] == ["B3"]


def test_a_status_that_cannot_be_is_told(importer: Importer) -> None:
    seen = importer.look(
        ["TT", "Tự đánh giá"], ["17.8", "Không áp dụng"], ["13.4", "Không áp dụng"]
    )
    assert [one.address for one in seen.unread] == ["B2"]
    assert [one.after for one in seen.sure] == ["Không áp dụng"]


@pytest.mark.parametrize(
    ("cell", "percent"),
    [
        ("45,2%", "45.2"),
        ("45.2", "45.2"),
        ("45,2 %", "45.2"),
        (45.2, "45.2"),
        (C(0.452, form=PERCENT), "45.2"),
        (C(0.675233644859813, form=PERCENT), "67.5233644859813"),
        ("67,50", "67.5"),
    ],
)
def test_percentages_however_they_are_written(
    importer: Importer, cell: object, percent: str
) -> None:
    importer.take(["TT", "Kết quả"], ["17.9", cell])
    assert found(importer, "17.9").figure == whole(percent)


def test_fractions_are_kept_as_fractions(importer: Importer) -> None:
    importer.take(["TT", "Kết quả"], ["17.8", "1.011/1.498 hộ (67,5%)"], ["9.2", "1011/1498"])
    share = Figure.of(whole=Quantity(numerator=Decimal(1011), denominator=Decimal(1498)))
    assert found(importer, "17.8").figure == share
    assert found(importer, "9.2").figure == share


@pytest.mark.parametrize(
    "typed",
    [
        "33/50 cơ sở = 66%",
        "66 % = 33/50 cơ sở",
        "33/50 cơ sở đạt 66%",
        "33/50 (đạt 66%)",
        "33/50 cơ sở (tỷ lệ 66,0 %)",
    ],
)
def test_a_fraction_beside_its_percentage_is_read_whatever_stands_between(
    importer: Importer, typed: str
) -> None:
    importer.take(["TT", "Kết quả"], ["17.9", typed])
    share = Quantity(numerator=Decimal(33), denominator=Decimal(50))
    assert found(importer, "17.9").figure == Figure.of(whole=share)


@pytest.mark.parametrize(
    "typed", ["72,1; 70,6", "Nam 72,1%; Nữ 70,6%", "Nữ: 70,6 %; Nam: 72,1 %", "nam: 72.1; nữ: 70.6"]
)
def test_men_and_women_in_one_cell_in_either_order(importer: Importer, typed: str) -> None:
    importer.take(["TT", "Kết quả"], ["12.1", typed])
    both = Figure.of(men=Quantity(Decimal("72.1")), women=Quantity(Decimal("70.6")))
    assert found(importer, "12.1").figure == both


def test_numerator_and_denominator_from_two_columns(importer: Importer, of: Any) -> None:
    seen = importer.take(
        ["TT", "Tử số", "Mẫu số", "Tỷ lệ"],
        ["17.8", 1011, 1498, C(0.675, form=PERCENT)],
        ["9.2", 1011, 1498, 70],
    )
    assert of(seen, "B2").place == "B2+C2+D2"
    assert of(seen, "B3").doubt and len(of(seen, "B3").readings) == 2
    assert found(importer, "17.8").figure is not None and found(importer, "9.2").figure is None


def test_men_and_women_from_two_columns(importer: Importer) -> None:
    importer.take(["TT", "Nam", "Nữ"], ["12.1", "72,5", 71])
    assert found(importer, "12.1").figure == Figure.of(
        men=Quantity(Decimal("72.5")), women=Quantity(Decimal(71))
    )


def test_a_share_of_one_is_not_taken_for_a_percentage(importer: Importer, of: Any) -> None:
    seen = importer.take(["TT", "Kết quả"], ["17.9", 0.675])
    assert of(seen, "B2").readings == ("67,5", "0,675")
    assert found(importer, "17.9").figure is None


def test_readings_that_cannot_be_true_are_left_out_and_that_is_said(
    importer: Importer, of: Any
) -> None:
    seen = importer.look(["TT", "Kết quả"], ["17.9", "45.200"])
    assert of(seen, "B2").after == "45,2"
    assert "không thể đúng" in of(seen, "B2").note


def test_an_ambiguous_number_is_left_to_a_person_who_can_say(importer: Importer, of: Any) -> None:
    table = ["TT", "Kết quả"], ["17.4", "1.234"]
    seen = importer.take(*table)
    assert of(seen, "B2").readings == ("1.234", "1,234")
    assert found(importer, "17.4").figure is None

    answered = replace(seen.layout, answers={"B2": "1,234"})
    path = importer.folder / "so.xlsx"
    apply(importer.ground, preview(path, importer.ground, layout=answered))
    assert found(importer, "17.4").figure == whole("1.234")


def test_17_10_that_excel_made_17_1_is_told_by_its_name(importer: Importer) -> None:
    chosen = importer.ground.sheet.criteria_set
    importer.take(
        ["TT", "Nội dung", "Kết quả"],
        [17.1, chosen.indicator("17.10").name, 88],
        [C(17.1, form=TWO_DECIMALS), chosen.indicator("17.1").name, None],
    )
    assert found(importer, "17.10").figure == whole("88")


def test_17_1_without_a_name_is_left_to_a_person(importer: Importer, of: Any) -> None:
    seen = importer.look(["TT", "Kết quả"], [17.1, 88], [17.9, 61])
    assert of(seen, "A2").readings == ("17.1", "17.10")
    assert [one.after for one in seen.sure] == ["61"]


def test_a_number_and_a_name_that_disagree_are_left_to_a_person(
    importer: Importer, of: Any
) -> None:
    name = importer.ground.sheet.criteria_set.indicator("17.9").name
    seen = importer.look(["TT", "Nội dung", "Kết quả"], ["17.8", name, 61])
    assert of(seen, "A2").readings == ("17.8", "17.9")


def test_rows_are_known_by_their_names_alone(importer: Importer) -> None:
    importer.take(
        ["STT", "Nội dung", "Kết quả"],
        [1, NAME_OF_17_8, 68],
        [2, "tỷ lệ cơ sở chăn nuôi đảm bảo quy định về vệ sinh thú y, bảo vệ môi trường", 61],
    )
    assert found(importer, "17.8").figure == whole("68")
    assert found(importer, "17.9").figure == whole("61")


def test_a_criterion_with_one_indicator_may_stand_for_it(importer: Importer) -> None:
    importer.take(["TT", "Nội dung", "Kết quả"], [10, "Thu nhập bình quân", 46], ["17.9", "", 61])
    assert found(importer, "10.1").figure == whole("46")


def test_hidden_rows_are_left_out_unless_chosen(importer: Importer) -> None:

    seen = importer.look(["TT", "Kết quả"], ["17.8", 68], ["17.9", 61], hidden=frozenset({3}))
    assert [(one.row, one.why) for one in seen.left_out] == [(3, "dòng ẩn")]
    chosen = replace(seen.layout, with_hidden=True)
    assert len(preview(importer.folder / "so.xlsx", importer.ground, layout=chosen).sure) == 2


def test_words_merged_over_several_rows_hold_for_each_but_findings_do_not(
    importer: Importer, of: Any
) -> None:
    seen = importer.look(
        ["TT", "Tự đánh giá", "Phụ trách"],
        ["17.8", "Đạt", "Lý Văn Bé"],
        ["17.9", None, None],
        merges=["B2:B3", "C2:C3"],
    )
    assert [one.after for one in seen.sure] == ["Lý Văn Bé", "Lý Văn Bé"]
    assert all("ô gộp" in one.doubt for one in seen.doubtful) and len(seen.doubtful) == 2


def test_what_the_district_found_and_other_years_are_not_read(importer: Importer) -> None:
    seen = importer.look(
        ["TT", "Kết quả năm 2023", "Kết quả năm 2024", "Kế hoạch năm 2024", "Huyện thẩm tra"],
        ["17.9", 50, 61, 70, "Chưa đạt"],
    )
    assert [(one.place, one.after) for one in seen.changes] == [("C2", "61")]


def test_the_same_indicator_twice_with_other_words_is_left_to_a_person(
    importer: Importer, of: Any
) -> None:
    seen = importer.look(["TT", "Tự đánh giá"], ["17.8", "Đạt"], ["17.8", "Chưa đạt"])
    assert "hai ô nói khác nhau" in of(seen, "B2").doubt


def test_empty_cells_take_nothing_back(importer: Importer) -> None:
    importer.take(["TT", "Kết quả", "Ghi chú"], ["17.9", 61, "tốt"])
    seen = importer.take(["TT", "Kết quả", "Ghi chú"], ["17.9", 61, "-"])
    assert seen.changes == () and found(importer, "17.9").note == "tốt"


@pytest.mark.parametrize("inline", [False, True])
def test_cells_in_two_fonts_are_turned_piece_by_piece(
    importer: Importer, of: Any, inline: bool
) -> None:
    runs = [(".VnTime", to_tcvn3("Đã vận động ")), ("Times New Roman", "được 20 hộ nữa")]
    mixed = C(runs=runs, inline=inline)
    seen = importer.look(["TT", "Ghi chú"], ["17.8", mixed])
    assert of(seen, "B2").after == "Đã vận động được 20 hộ nữa"


def count_changes(importer: Importer) -> int:
    with importer.desk.reading() as session:
        return session.exec(select(func.count()).select_from(Change)).one()


def test_all_of_it_is_one_action_and_equal_cells_write_nothing(importer: Importer) -> None:
    rows = ["TT", "Tự đánh giá", "Kết quả"], ["17.8", "Đạt", 70], ["17.9", "Đạt", 61]
    importer.take(*rows)
    before = count_changes(importer)
    importer.take(*rows)
    assert count_changes(importer) == before
    importer.desk.store.undo(importer.desk.officer)
    assert found(importer, "17.8").status is Status.NOT_ASSESSED
    assert found(importer, "17.9").figure is None


def test_writing_can_be_stopped_and_leaves_nothing(importer: Importer) -> None:
    seen: Preview = importer.look(["TT", "Kết quả"], ["17.8", 70], ["17.9", 61])
    steps = iter((False, True))
    before = count_changes(importer)
    with pytest.raises(Stopped):
        apply(importer.ground, seen, Watch(cancelled=lambda: next(steps)))
    assert count_changes(importer) == before
