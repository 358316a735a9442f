from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.judging import Figure, Quantity, Status, suggest
from tests._helpers.judging import indicator, share, typed, whole

YEAR = 2024
LEVELS = ("Trung bình", "Khá", "Tốt")
INCOME = indicator("amount_ge_by_year", by_year=((2024, Decimal(45)), (2025, Decimal(48))))


def suggested(about, figure, year=YEAR, missing_villages=0):
    return suggest(about, about.threshold, figure, year, missing_villages)


def pair(**values: str) -> Figure:
    return Figure.of(**{part: typed(value) for part, value in values.items()})


@pytest.mark.parametrize(
    ("about", "figure", "status", "lacking"),
    [
        (indicator("pct_ge", "70"), whole("70"), Status.MET, []),
        (indicator("pct_ge", "70"), whole("67.5"), Status.NOT_MET, ["còn thiếu 2,5 điểm %"]),
        (
            indicator("pct_ge", "70", counted="hộ"),
            whole("1011", "1498"),
            Status.NOT_MET,
            ["còn thiếu 38 hộ"],
        ),
        (indicator("pct_ge", "70", counted="hộ"), whole("1049", "1498"), Status.MET, []),
        (indicator("pct_ge", "70"), whole("0", "3"), Status.NOT_MET, ["còn thiếu 3 đơn vị"]),
        (
            indicator("pct_ge", "80", counted="ha"),
            whole("100", "150.3"),
            Status.NOT_MET,
            ["còn thiếu 20,24 ha"],
        ),
        (
            indicator("pct_ge", "33.333", counted="km"),
            whole("1", "7.7"),
            Status.NOT_MET,
            ["còn thiếu 1,566641 km"],
        ),
        (indicator("pct_le", "13"), whole("13"), Status.MET, []),
        (indicator("pct_le", "13"), whole("13.1"), Status.NOT_MET, ["cần giảm 0,1 điểm %"]),
        (
            indicator("pct_le", "13", counted="hộ"),
            whole("150", "1000"),
            Status.NOT_MET,
            ["cần giảm 20 hộ"],
        ),
        (indicator("khong"), whole("0"), Status.MET, []),
        (indicator("khong"), whole("5"), Status.NOT_MET, ["còn 5 hộ, yêu cầu là không còn"]),
        (indicator("count_ge", "2"), whole("2"), Status.MET, []),
        (indicator("count_ge", "2"), whole("1"), Status.NOT_MET, ["còn thiếu 1 mô hình"]),
        (indicator("amount_ge", "2"), whole("2.0"), Status.MET, []),
        (indicator("amount_ge", "2"), whole("1.4"), Status.NOT_MET, ["còn thiếu 0,6 m2/người"]),
        (
            indicator("amount_ge", "2"),
            whole("5000", "3000"),
            Status.NOT_MET,
            ["còn thiếu 0,34 m2/người"],
        ),
        (INCOME, whole("45"), Status.MET, []),
        (
            INCOME,
            whole("44.9"),
            Status.NOT_MET,
            ["còn thiếu 0,1 triệu đồng/người/năm"],
        ),
        (indicator("level", level="Khá", levels=LEVELS), Figure(level="Tốt"), Status.MET, []),
        (indicator("level", level="Khá", levels=LEVELS), Figure(level="Khá"), Status.MET, []),
        (
            indicator("level", level="Tốt", levels=LEVELS),
            Figure(level="Trung bình"),
            Status.NOT_MET,
            ["còn thiếu 2 bậc, từ “Trung bình” lên “Tốt”"],
        ),
        (
            indicator("pct_ge", "70", men_women=True),
            pair(men="70", women="70"),
            Status.MET,
            [],
        ),
        (
            indicator("pct_ge", "70", men_women=True),
            pair(men="90", women="69.9"),
            Status.NOT_MET,
            ["Nữ: còn thiếu 0,1 điểm %"],
        ),
        (
            indicator("pct_ge_two_part", "80", "50"),
            pair(first="80", second="50"),
            Status.MET,
            [],
        ),
        (
            indicator("pct_ge_two_part", "80", "50"),
            pair(first="79", second="49"),
            Status.NOT_MET,
            ["Phần thứ nhất: còn thiếu 1 điểm %", "Phần thứ hai: còn thiếu 1 điểm %"],
        ),
        (
            indicator("pct_ge_two_part", "80", "50", parts=("Tổng số", "Tập trung")),
            pair(first="79", second="49"),
            Status.NOT_MET,
            ["Tổng số: còn thiếu 1 điểm %", "Tập trung: còn thiếu 1 điểm %"],
        ),
        (
            indicator("pct_ge_and_count_ge", "100", "1", counted="trường"),
            Figure.of(share=share("3", "3"), count=typed("1")),
            Status.MET,
            [],
        ),
        (
            indicator("pct_ge_and_count_ge", "100", "1", counted="trường"),
            Figure.of(share=share("2", "3"), count=typed("0")),
            Status.NOT_MET,
            ["Tỷ lệ: còn thiếu 1 trường", "Số lượng: còn thiếu 1 trường"],
        ),
    ],
)
def test_a_figure_suggests_a_status_and_says_what_is_lacking(about, figure, status, lacking):
    found = suggested(about, figure)
    assert (found.status, [one.text for one in found.shortfalls]) == (status, lacking)


@pytest.mark.parametrize(
    ("about", "figure"),
    [
        (indicator("dat"), whole("100")),
        (indicator("tinh", source="unknown"), whole("100")),
        (indicator("pct_ge", source="unknown"), whole("100")),
        (indicator("pct_ge", "70", source="unknown"), whole("100")),
        (indicator("pct_ge", "70"), None),
        (indicator("pct_ge", "70"), whole("170")),
        (indicator("pct_ge", "70"), Figure(level="Khá")),
        (indicator("pct_ge", "70"), pair(men="90", women="90")),
        (indicator("pct_ge", "70", men_women=True), whole("90")),
        (indicator("pct_ge", "70", men_women=True), pair(men="90")),
        (indicator("pct_ge_two_part", "80", "50"), pair(second="90")),
        (indicator("pct_ge_and_count_ge", "100", "1"), pair(share="100")),
        (indicator("level", level="Khá", levels=LEVELS), whole("3")),
        (indicator("level", level="Khá", levels=LEVELS), Figure(level="Kém")),
    ],
)
def test_nothing_is_suggested_without_a_known_threshold_and_a_whole_valid_figure(about, figure):
    found = suggested(about, figure)
    assert found.status is None
    assert found.reason_vi


@pytest.mark.parametrize(
    ("about", "figure"),
    [
        (indicator("pct_ge", "70", men_women=True), pair(women="69")),
        (indicator("pct_ge_two_part", "80", "50"), pair(first="79")),
        (indicator("pct_ge_and_count_ge", "100", "1"), pair(count="0")),
    ],
)
def test_one_part_that_fails_is_enough_to_know(about, figure):
    assert suggested(about, figure).status == Status.NOT_MET


def test_a_year_outside_the_table_is_not_judged():
    found = suggested(INCOME, whole("1000"), 2026)
    assert found.status is None
    assert "chưa rõ cho năm 2026" in found.reason_vi
    assert suggested(INCOME, whole("46"), 2025).status == Status.NOT_MET


def test_a_percentage_is_never_rounded_before_it_is_compared():
    about = indicator("pct_ge", "30")
    assert suggested(about, whole("29.999999999999999")).status == Status.NOT_MET
    assert suggested(about, whole("30")).status == Status.MET
    [lacking] = suggested(about, whole("29.999999999999999")).shortfalls
    assert lacking.text == "còn thiếu 0,000000000000001 điểm %"


def test_a_third_is_below_every_decimal_that_is_above_it():
    assert suggested(indicator("pct_ge", "33.34"), whole("1", "3")).status == Status.NOT_MET
    assert suggested(indicator("pct_ge", "33.33"), whole("1", "3")).status == Status.MET


PERCENTS = st.decimals(min_value=0, max_value=100, places=15, allow_nan=False, allow_infinity=False)


@given(PERCENTS, PERCENTS, st.sampled_from(["pct_ge", "pct_le"]))
def test_typed_percentages_compare_as_exact_fractions(required, value, kind):
    about = indicator(kind, str(required))
    reached = Fraction(value) >= Fraction(required)
    if kind == "pct_le":
        reached = Fraction(value) <= Fraction(required)
    found = suggested(about, Figure.of(whole=Quantity(value=value)))
    assert found.status == (Status.MET if reached else Status.NOT_MET)
    assert bool(found.shortfalls) != reached


@given(st.integers(1, 5000), st.data(), PERCENTS)
def test_the_units_said_to_be_lacking_are_exactly_enough(total, data, required):
    have = data.draw(st.integers(0, total))
    about = indicator("pct_ge", str(required), counted="hộ")
    found = suggested(about, whole(str(have), str(total)))
    if found.status == Status.MET:
        assert Fraction(have * 100, total) >= Fraction(required)
        return
    [lacking] = found.shortfalls
    enough = have + int(lacking.amount)
    assert suggested(about, whole(str(enough), str(total))).status == Status.MET
    assert suggested(about, whole(str(enough - 1), str(total))).status == Status.NOT_MET


def test_while_villages_are_missing_their_sum_suggests_nothing():
    about = indicator("pct_ge", "70", counted="hộ")
    found = suggested(about, whole("90", "100"), missing_villages=3)
    assert found.status is None
    assert "3 thôn" in found.reason_vi


@pytest.mark.parametrize(
    ("about", "figure", "status"),
    [
        (indicator("khong"), whole("2"), Status.NOT_MET),
        (indicator("khong"), whole("0"), None),
        (indicator("count_ge", "2"), whole("2"), Status.MET),
        (indicator("count_ge", "2"), whole("1"), None),
        (indicator("pct_ge", "50", counted="thôn"), whole("6", "12"), Status.MET),
        (indicator("pct_ge", "50", counted="thôn"), whole("4", "12"), None),
        (indicator("pct_ge", "50", counted="thôn"), whole("2", "12"), Status.NOT_MET),
    ],
)
def test_what_missing_villages_cannot_turn_is_suggested_already(about, figure, status):
    assert suggested(about, figure, missing_villages=3).status == status
