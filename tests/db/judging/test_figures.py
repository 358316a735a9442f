from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.judging import Figure, FigureProblem, Quantity, check_figure
from tests._helpers.judging import indicator, share, typed, whole

NUMBERS = st.decimals(min_value=0, max_value=10**9, places=3, allow_nan=False, allow_infinity=False)
QUANTITIES = st.builds(lambda value: Quantity(value=value), NUMBERS) | st.builds(
    lambda n, d: Quantity(numerator=n, denominator=d), NUMBERS, NUMBERS.filter(bool)
)
PAIRS = [("whole",), ("men", "women"), ("first", "second"), ("share", "count")]
FIGURES = (
    st.sampled_from(PAIRS)
    .flatmap(lambda names: st.dictionaries(st.sampled_from(names), QUANTITIES, min_size=1))
    .map(lambda parts: Figure.of(**parts))
) | st.sampled_from(["Khá", "Mức độ 3"]).map(lambda level: Figure(level=level))


@pytest.mark.parametrize(
    "wire",
    [
        {"value": "67.5"},
        {"numerator": "1011", "denominator": "1498"},
        {"men": {"value": "70"}, "women": {"numerator": "1", "denominator": "2"}},
        {"women": {"value": "70"}},
        {"first": {"value": "80"}, "second": {"value": "50"}},
        {"share": {"value": "100"}, "count": {"value": "1"}},
        {"level": "Khá"},
    ],
)
def test_a_figure_keeps_its_carried_form(wire):
    assert Figure.from_wire(wire).to_wire() == wire


@given(FIGURES)
def test_every_figure_is_read_back_the_same(figure):
    assert Figure.from_wire(figure.to_wire()) == figure


@pytest.mark.parametrize(
    "wire",
    [
        None,
        "67.5",
        {},
        {"value": 67.5},
        {"value": "67,5"},
        {"value": "1e2"},
        {"value": "1", "numerator": "1", "denominator": "2"},
        {"value": "1", "note": "x"},
        {"numerator": "1"},
        {"denominator": "1"},
        {"numerator": "1", "denominator": "0"},
        {"numerator": "1", "denominator": "-2"},
        {"men": {"value": "1"}, "first": {"value": "1"}},
        {"men": "70"},
        {"men": {}},
        {"whole": {"value": "1"}},
        {"level": ""},
        {"level": 3},
        {"level": "Khá", "value": "1"},
    ],
)
def test_any_other_carried_form_is_refused(wire):
    with pytest.raises(FigureProblem):
        Figure.from_wire(wire)


def test_a_wrong_part_is_named():
    with pytest.raises(FigureProblem, match=r"^Nữ: Mẫu số phải lớn hơn 0"):
        Figure.from_wire({"men": {"value": "1"}, "women": {"numerator": "1", "denominator": "0"}})


def test_a_fraction_is_exact():
    assert share("1", "3").percent == Fraction(100, 3)
    assert share("1", "3").number == Fraction(1, 3)
    assert typed("67.5").percent == Fraction(135, 2)


@pytest.mark.parametrize(
    ("about", "figure", "problem"),
    [
        (indicator("pct_ge", "70"), whole("100.01"), "Tỷ lệ phải từ 0 đến 100 %."),
        (indicator("pct_ge", "70"), whole("-1"), "Số liệu không được âm."),
        (indicator("pct_ge", "70"), whole("3", "2"), "Tử số không được lớn hơn mẫu số."),
        (
            indicator("pct_ge", "70", counted="hộ"),
            whole("1.5", "2"),
            "Số hộ phải là số nguyên.",
        ),
        (
            indicator("pct_ge", "70", men_women=True),
            Figure.of(men=typed("70"), women=typed("170")),
            "Nữ: Tỷ lệ phải từ 0 đến 100 %.",
        ),
        (
            indicator("pct_ge_and_count_ge", "100", "1"),
            Figure.of(share=typed("100"), count=typed("1.5")),
            "Số lượng: Số đếm phải là một số nguyên, không phải phân số.",
        ),
        (
            indicator("khong"),
            whole("1", "2"),
            "Số đếm phải là một số nguyên, không phải phân số.",
        ),
        (
            indicator("level", level="B", levels=("A", "B")),
            Figure(level="C"),
            "Không có bậc “C”. Các bậc: A, B.",
        ),
    ],
)
def test_what_cannot_be_true_is_said(about, figure, problem):
    assert check_figure(about, about.threshold, figure) == problem


@pytest.mark.parametrize(
    ("about", "figure"),
    [
        (indicator("pct_ge", "70"), whole("0")),
        (indicator("pct_ge", "70"), whole("100")),
        (indicator("pct_ge", "70", counted="ha"), whole("1.5", "2")),
        (indicator("amount_ge", "2"), whole("5000", "2000")),
        (indicator("amount_ge_by_year", by_year=((2024, Decimal(45)),)), whole("145.5")),
        (indicator("khong"), whole("0")),
        (indicator("count_ge", "1"), whole("3")),
        (indicator("level", level="B", levels=("A", "B")), Figure(level="A")),
        (indicator("tinh", source="unknown"), whole("250")),
    ],
)
def test_what_can_be_true_is_accepted(about, figure):
    assert check_figure(about, about.threshold, figure) is None


def test_an_empty_or_mixed_figure_cannot_be_made():
    with pytest.raises(FigureProblem):
        Figure()
    with pytest.raises(FigureProblem):
        Figure.of(men=typed("1"), count=typed("1"))
    with pytest.raises(FigureProblem):
        Quantity()
