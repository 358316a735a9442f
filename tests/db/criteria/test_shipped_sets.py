from decimal import Decimal
from pathlib import Path

import pytest

import db.criteria
from db.criteria.definitions import SourceStatus, ThresholdKind, Tier
from db.criteria.loader import check, shipped

FOLDER = Path(db.criteria.__file__).parent

# Copied by hand from the collected tables: every threshold that is a number or a level.
NTM = {
    "3.1": "≥ 80 %",
    "4.2": "≥ 95 %",
    "5.1": "≥ 70 %",
    "6.3": "≥ 100 %",
    "9.1": "Không",
    "9.2": "≥ 75 %",
    "10.1": "≥ triệu đồng/người/năm theo năm (2021: 36; 2022: 39; 2023: 42; 2024: 45; 2025: 48)",
    "11.1": "≤ 13 %",
    "12.1": "≥ 70 %",
    "12.2": "≥ 20 %",
    "14.2": "≥ 70 %",
    "15.1": "≥ 90 %",
    "15.3": "≤ 24 %",
    "15.4": "≥ 50 %",
    "17.2": "≥ 95 %",
    "17.4": "≥ 2 m2/người",
    "17.6": "≥ 70 %",
    "17.7": "≥ 100 %",
    "17.8": "≥ 70 %",
    "17.9": "≥ 60 %",
    "17.10": "≥ 100 %",
    "17.11": "≥ 30 %",
    "17.12": "≥ 50 %",
    "18.3": "≥ 100 %",
}
NTM_UNKNOWN = ["2.1", "2.2", "2.3", "2.4", "6.1", "6.2", "16.1", "17.1", "17.5"]
ADVANCED = {
    "3.1": "≥ 90 %",
    "3.4": "≥ 100 %",
    "4.1": "≥ 98 %",
    "5.1": "≥ 100 % và ≥ 1 trường",
    "5.3": "Mức độ 3",
    "5.4": "Mức độ 2 trở lên",
    "5.5": "Khá trở lên",
    "8.2": "≥ 50 %",
    "9.1": "≥ 85 %",
    "10.1": "≥ triệu đồng/người/năm theo năm (2021: 43; 2022: 47; 2023: 50; 2024: 54; 2025: 58)",
    "11.1": "≤ 8 %",
    "12.1": "≥ 75 %",
    "12.2": "≥ 25 %",
    "13.1": "≥ 1 HTX",
    "13.2": "≥ 1 sản phẩm",
    "13.3": "≥ 1 mô hình",
    "13.5": "≥ 10 %",
    "14.1": "≥ 95 %",
    "14.2": "≥ 90 %",
    "14.3": "≥ 40 %",
    "14.4": "≥ 70 %",
    "16.1": "≥ 1 mô hình",
    "16.2": "≥ 90 %",
    "16.3": "≥ 90 %",
    "17.2": "≥ 100 %",
    "17.3": "≥ 80 %",
    "17.4": "≥ 25 %",
    "17.5": "≥ 50 %",
    "17.6": "≥ 100 %",
    "17.8": "≥ 75 %",
    "17.10": "≥ 5 %",
    "17.11": "≥ 4 m2/người",
    "18.2": "≥ 60 lít/người/ngày đêm",
    "18.4": "≥ 100 %",
    "18.5": "Không",
    "18.6": "≥ 100 %",
    "18.7": "≥ 90 %",
    "18.8": "≥ 100 %",
}
ADVANCED_UNKNOWN = ["2.1", "2.2", "2.3", "2.4", "3.3", "3.6", "6.3", "12.3"]
ADVANCED_UNKNOWN += ["17.7", "17.12", "18.1", "18.3"]


@pytest.fixture
def ntm():
    return shipped()[0]


@pytest.fixture
def advanced():
    return shipped()[1]


def indicators_with(criteria_set, flag):
    return [one.number for one in criteria_set.indicators if getattr(one, flag)]


def criteria_with(criteria_set, flag):
    return [one.number for one in criteria_set.criteria if getattr(one, flag)]


def test_the_sets_have_the_official_numbers_of_criteria_and_indicators(ntm, advanced):
    assert (len(ntm.criteria), len(ntm.indicators)) == (19, 57)
    assert (len(advanced.criteria), len(advanced.indicators)) == (19, 75)


def test_the_indicators_of_each_criterion_are_as_many_as_published(ntm, advanced):
    per_criterion = [len(one.indicators) for one in ntm.criteria]
    assert per_criterion == [2, 4, 2, 2, 1, 3, 1, 4, 2, 1, 1, 2, 5, 2, 4, 1, 12, 6, 2]
    per_criterion = [len(one.indicators) for one in advanced.criteria]
    assert per_criterion == [3, 4, 6, 1, 6, 3, 1, 5, 1, 1, 1, 3, 8, 4, 3, 3, 12, 8, 2]


def test_the_sets_say_what_they_are(ntm, advanced):
    assert (ntm.tier, advanced.tier) == (Tier.NTM, Tier.ADVANCED)
    assert ntm.document == "QĐ 1062/QĐ-UBND ngày 17/6/2024 của UBND tỉnh Lạng Sơn"
    assert ntm.years == advanced.years == (2021, 2025)
    assert [group.number for group in ntm.groups] == ["I", "II", "III", "IV", "V"]
    assert {group.source for group in advanced.groups} == {SourceStatus.UNCONFIRMED}


@pytest.mark.parametrize(
    ("position", "known", "unknown"), [(0, NTM, NTM_UNKNOWN), (1, ADVANCED, ADVANCED_UNKNOWN)]
)
def test_every_threshold_is_the_collected_one_and_nothing_is_invented(position, known, unknown):
    for indicator in shipped()[position].indicators:
        if indicator.number in unknown:
            assert not indicator.threshold.known, indicator.number
            assert indicator.threshold.values == indicator.threshold.by_year == ()
            assert indicator.threshold.level == ""
        else:
            assert indicator.threshold.text() == known.get(indicator.number, "Đạt")


def test_only_what_was_read_in_a_published_source_is_documented(ntm, advanced):
    def documented(criteria_set):
        return [
            one.number
            for one in criteria_set.indicators
            if one.threshold.source == SourceStatus.DOCUMENTED
        ]

    assert documented(ntm) == ["3.1", "3.2", "4.1", "6.3"]
    assert documented(advanced) == ["1.1", "8.2"]


def test_the_columns_of_the_sets_are_kept(ntm, advanced):
    assert indicators_with(ntm, "men_women") == ["12.1", "12.2", "14.2", "15.1"]
    assert indicators_with(advanced, "men_women") == ["12.1", "12.2", "14.1", "14.2", "14.3"]
    assert indicators_with(ntm, "may_be_na") == ["13.4"]
    assert indicators_with(advanced, "may_be_na") == ["17.9", "18.8"]
    assert indicators_with(ntm, "by_village") == (
        ["2.2", "2.3", "6.3", "9.1", "9.2", "16.1", "17.1", "17.8", "17.11"]
    )
    assert indicators_with(advanced, "by_village") == (
        ["2.2", "2.3", "6.3", "9.1", "17.4", "17.5", "18.1", "18.7"]
    )


def test_criteria_that_count_for_withdrawal_people_and_watching_are_marked(ntm, advanced):
    assert criteria_with(ntm, "withdrawal_key") == ["10", "17", "19"]
    assert criteria_with(advanced, "withdrawal_key") == ["10", "17", "18", "19"]
    assert criteria_with(ntm, "people_criterion") == ["6", "10", "11", "13", "17"]
    assert criteria_with(advanced, "people_criterion") == ["6", "10", "11", "13", "17", "18"]
    assert criteria_with(ntm, "watch_criterion") == ["10", "11", "17", "19"]
    assert criteria_with(advanced, "watch_criterion") == ["10", "11", "17", "18", "19"]


def test_notes_have_vietnamese_for_the_reader_and_keep_the_words_of_the_source(ntm, advanced):
    noted = [one for one in (*ntm.indicators, *advanced.indicators) if one.source_note]
    assert len(noted) == 29 + 23
    assert all(one.note for one in noted)
    assert not any("unconfirmed" in one.note or "KEY" in one.note for one in noted)
    assert ntm.indicator("15.3").source_note == "value low confidence: check appendix"


def test_expected_evidence_is_a_suggestion_of_the_program(ntm):
    assert ntm.evidence_source == "suggested"
    declared = {kind.id for kind in ntm.evidence_kinds}
    assert all(one.evidence and {*one.evidence} <= declared for one in ntm.indicators)


def test_an_indicator_is_found_by_its_number_with_its_criterion(ntm):
    assert ntm.indicator("17.10").threshold.kind == ThresholdKind.PCT_GE
    assert ntm.criterion_of("17.10").name == "Môi trường và an toàn thực phẩm"
    with pytest.raises(KeyError):
        ntm.indicator("20.1")


def test_a_year_outside_the_table_is_unknown_for_that_year(ntm):
    income = ntm.indicator("10.1").threshold
    assert income.values_in(2024) == (Decimal(45),)
    assert income.text(2024) == "≥ 45 triệu đồng/người/năm (2024)"
    assert not income.known_in(2026)
    assert income.text(2026) == "chưa rõ cho năm 2026"


def test_files_are_named_by_the_id_of_their_set_and_pass_their_own_check():
    for criteria_set in shipped():
        assert check(FOLDER / f"{criteria_set.id}.toml") == []
    assert sorted(path.stem for path in FOLDER.glob("*.toml")) == sorted(
        criteria_set.id for criteria_set in shipped()
    )
