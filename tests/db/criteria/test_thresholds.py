from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.criteria.definitions import SourceStatus, Threshold, ThresholdKind, ThresholdProblem
from db.criteria.entry import entry_text, parse_entry
from db.criteria.loader import shipped

NTM, ADVANCED = shipped()
ALL = [one.threshold for criteria_set in shipped() for one in criteria_set.indicators]


@pytest.mark.parametrize("threshold", ALL)
def test_a_threshold_is_carried_and_read_back_whole(threshold):
    assert Threshold.from_wire(threshold.to_wire()) == threshold


def test_the_carried_form_is_plain_text_and_short():
    assert NTM.indicator("10.1").threshold.to_wire()["by_year"]["2024"] == "45"
    assert NTM.indicator("1.1").threshold.to_wire() == {"kind": "dat", "source": "unconfirmed"}


@pytest.mark.parametrize(
    "wire",
    [
        None,
        [],
        {},
        {"kind": "dat"},
        {"kind": "x", "source": "unknown"},
        {"kind": [], "source": "unknown"},
        {"kind": "dat", "source": "unknown", "more": 1},
        {"kind": "pct_ge", "source": "unknown", "values": "80"},
        {"kind": "pct_ge", "source": "unknown", "values": ["1e5"]},
        {"kind": "pct_ge", "source": "unknown", "values": [80]},
        {"kind": "pct_ge", "source": "unknown", "units": "%"},
        {"kind": "pct_ge", "source": "unknown", "document": 5},
        {"kind": "amount_ge_by_year", "source": "unknown", "by_year": {"x": "1"}},
        {"kind": "amount_ge_by_year", "source": "unknown", "by_year": ["2024"]},
    ],
)
def test_a_carried_form_that_is_not_ours_is_refused_in_words(wire):
    with pytest.raises(ThresholdProblem, match="Yêu cầu đạt chuẩn"):
        Threshold.from_wire(wire)


@pytest.mark.parametrize(
    ("threshold", "known"),
    [
        (Threshold(ThresholdKind.DAT, source=SourceStatus.UNCONFIRMED), True),
        (Threshold(ThresholdKind.DAT, source=SourceStatus.UNKNOWN), False),
        (Threshold(ThresholdKind.TINH, source=SourceStatus.CONFIRMED), False),
        (Threshold(ThresholdKind.PCT_GE, (Decimal(1),), source=SourceStatus.UNKNOWN), False),
        (Threshold(ThresholdKind.PCT_GE, source=SourceStatus.CONFIRMED), False),
        (
            Threshold(ThresholdKind.PCT_GE_TWO_PART, (Decimal(1),), source=SourceStatus.CONFIRMED),
            False,
        ),
        (
            Threshold(ThresholdKind.LEVEL, level="C", levels=("A",), source=SourceStatus.CONFIRMED),
            False,
        ),
    ],
)
def test_a_threshold_is_known_only_when_there_is_something_to_compare(threshold, known):
    assert threshold.known is known


@pytest.mark.parametrize(
    ("criteria_set", "number", "typed", "text"),
    [
        (NTM, "2.1", "80", "≥ 80 %"),
        (NTM, "2.1", ">= 67,5 %", "≥ 67,5 %"),
        (NTM, "2.1", "Đạt", "Đạt"),
        (NTM, "6.1", "dat", "Đạt"),
        (NTM, "6.2", "1 điểm", "≥ 1 điểm"),
        (NTM, "9.1", "không", "Không"),
        (NTM, "17.1", "80; 50", "≥ 80 % và ≥ 50 %"),
        (NTM, "17.1", "≥ 80 % và ≥ 50 %", "≥ 80 % và ≥ 50 %"),
        (NTM, "11.1", "12", "≤ 12 %"),
        (NTM, "11.1", "≥ 12", "≥ 12 %"),
        (NTM, "4.2", "<= 12", "≤ 12 %"),
        (NTM, "17.4", "2,5", "≥ 2,5 m2/người"),
        (NTM, "18.3", "Đạt", "Đạt"),
        (NTM, "10.1", "2024: 46", "≥ 46 triệu đồng/người/năm (2024)"),
        (NTM, "10.1", "2024: 46; 2025 = 49,5", "≥ 46 triệu đồng/người/năm (2024)"),
        (ADVANCED, "5.1", "100; 2", "≥ 100 % và ≥ 2 trường"),
        (ADVANCED, "5.1", "100 %; 2 lớp", "≥ 100 % và ≥ 2 lớp"),
        (ADVANCED, "5.3", "mức độ 2", "Mức độ 2 trở lên"),
        (ADVANCED, "5.5", "tot", "Tốt"),
        (ADVANCED, "3.6", "Khá trở lên", "Khá trở lên"),
        (ADVANCED, "13.1", "2", "≥ 2 HTX"),
        (ADVANCED, "13.8", "1", "≥ 1 mô hình"),
        (ADVANCED, "18.2", "60,5 lít/người/ngày đêm", "≥ 60,5 lít/người/ngày đêm"),
    ],
)
def test_a_threshold_is_typed_quickly_from_the_paper(criteria_set, number, typed, text):
    entered = parse_entry(typed, criteria_set.indicator(number).threshold)
    assert entered.text(2024) == text
    assert (entered.source, entered.known) == (SourceStatus.CONFIRMED, True)


def test_years_left_out_of_the_entry_are_not_known():
    entered = parse_entry("2024: 46", NTM.indicator("10.1").threshold)
    assert not entered.known_in(2023)


@pytest.mark.parametrize(
    ("number", "typed"),
    [
        ("2.1", ""),
        ("2.1", "abc"),
        ("2.1", "120"),
        ("2.1", "80; 50; 30"),
        ("2.1", "80; <= 50"),
        ("2.1", "1,2,3"),
        ("6.2", "1"),
        ("17.1", "80"),
        ("17.1", "80; 150"),
        ("10.1", "45"),
        ("17.4", "<= 2"),
        ("1.1", "2024: 45"),
    ],
)
def test_an_entry_that_could_be_misread_is_refused_with_an_example(number, typed):
    with pytest.raises(ThresholdProblem, match=r"Hãy|chỉ"):
        parse_entry(typed, NTM.indicator(number).threshold)


@pytest.mark.parametrize("threshold", [one for one in ALL if one.known])
def test_a_known_threshold_can_be_typed_back_from_its_own_entry_text(threshold):
    again = parse_entry(entry_text(threshold), threshold)
    assert again.text() == threshold.text()
    assert again.kind == threshold.kind


def test_an_unknown_threshold_offers_no_entry_text():
    assert entry_text(NTM.indicator("17.1").threshold) == ""


@given(st.text(max_size=20), st.sampled_from(ALL))
def test_any_entry_gives_a_known_threshold_or_a_plain_message(typed, threshold):
    try:
        assert parse_entry(typed, threshold).known
    except ThresholdProblem as problem:
        assert str(problem)
