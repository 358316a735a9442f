"""Text of before Unicode comes in with every letter right, or is left as it is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.criteria.loader import shipped
from db.workbooks.oldfonts import settle, tcvn3, tell, vni
from db.workbooks.oldfonts.syllables import is_syllable, share
from tests._helpers.old_fonts import TCVN3_FROM, to_tcvn3, to_vni

NAMES = [one.name for chosen in shipped() for one in chosen.indicators]
LETTERS = sorted(
    {
        unicodedata.normalize("NFC", base + tone)
        for base in "aăâeêioôơuưyđ"
        for tone in ("", *"\u0300\u0301\u0303\u0309\u0323")
        if not (base == "đ" and tone)
    }
)


def test_every_letter_with_marks_has_one_code_in_each() -> None:
    assert set(TCVN3_FROM) >= set(LETTERS) - set("aeiouy")
    for letter in LETTERS:
        assert tcvn3.convert(to_tcvn3(letter)) == letter
        assert vni.convert(to_vni(letter)) == letter
        assert vni.convert(to_vni(letter.upper())) == letter.upper()


@given(st.lists(st.sampled_from(LETTERS), max_size=12).map("".join))
def test_any_small_letters_come_back_from_tcvn3(text: str) -> None:
    assert tcvn3.convert(to_tcvn3(text)) == text


@given(st.lists(st.sampled_from("bc ghklmnprstvx.,;()0123456789"), max_size=30).map("".join))
def test_what_is_ascii_stays_as_it_is(text: str) -> None:
    assert tell(text, ".VnTime").text == text
    assert tell(text, "VNI-Times").text == text
    assert tell(text).code == ""


@pytest.mark.parametrize("name", NAMES)
def test_indicator_names_come_back_by_font_and_by_words_alone(name: str) -> None:
    for font in (".VnTime", "Times New Roman"):
        told = tell(to_tcvn3(name), font)
        assert told.text.lower() == name.lower()
        assert (told.code, told.doubt) == ("TCVN3", "")
    for font in ("VNI-Times", "Times New Roman"):
        told = tell(to_vni(name), font)
        assert told.text == name
        assert (told.code, told.doubt) == ("VNI", "")


@pytest.mark.parametrize("name", NAMES)
def test_unicode_names_stay_as_they_are_in_any_font(name: str) -> None:
    for font in ("", "Times New Roman", ".VnTime", "VNI-Times"):
        assert tell(name, font).text == name


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("§¹t", "Đạt"), ("Ch­a ®¹t", "Chưa đạt"), ("Kh«ng ®¹t", "Không đạt"), ("Ñaït", "Đạt")],
)
def test_short_words_are_told_by_themselves(typed: str, meant: str) -> None:
    assert tell(typed, "Arial").text == meant


@pytest.mark.parametrize(("typed", "meant"), [("CÑ", "CĐ"), ("QÑ 1062", "QĐ 1062"), ("Ñ", "Đ")])
def test_abbreviations_are_no_words_and_leave_the_font_its_say(typed: str, meant: str) -> None:
    assert tell(typed, "VNI-Times").text == meant
    assert not tell(typed, "VNI-Times").doubt


def test_a_page_keeps_its_code_where_a_short_text_looks_like_another() -> None:
    page = [(to_vni(name), "Times New Roman") for name in NAMES[:20]]
    known = settle([*page, ("CÑ", "Times New Roman")])
    assert tell("CÑ", "Times New Roman", known).text == "CĐ"


def test_capital_fonts_show_capitals() -> None:
    told = tell(to_tcvn3("Ủy ban nhân dân xã cai kinh"), ".VnTimeH")
    assert told.text == "ỦY BAN NHÂN DÂN XÃ CAI KINH"
    assert tell("ubnd", ".VnArialH").text == "UBND"


@pytest.mark.parametrize("text", ["200 m²", "Café Lạng Sơn", "5×7", "Đạt", "Huỳnh Thị Ơn", "37 °C"])
def test_ordinary_texts_are_left_alone(text: str) -> None:
    assert tell(text, "Arial") == tell(text, "")
    assert tell(text).text == text and not tell(text).code


def test_a_text_that_reads_well_both_ways_is_left_to_a_person() -> None:
    told = tell("xã", ".VnTime")
    assert {told.text, told.otherwise} == {"xó", "xã"}
    assert told.doubt


def test_the_wrong_old_font_is_noticed() -> None:
    told = tell(to_vni("Chưa đạt, đang vận động nhân dân"), ".VnTime")
    assert told.text == "Chưa đạt, đang vận động nhân dân"
    assert told.code == "VNI" and told.doubt


def test_decomposed_text_is_composed() -> None:
    assert tell(unicodedata.normalize("NFD", "Chưa đạt")).text == "Chưa đạt"


@pytest.mark.parametrize("word", ["nghiêng", "quyết", "giữ", "gì", "khuya", "thuở", "uỷ", "oà"])
def test_vietnamese_syllables_are_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["ẹaùt", "®¹t", "tựl", "ngảc"])
def test_other_words_are_not(word: str) -> None:
    assert not is_syllable(word)


def test_words_without_marks_say_nothing() -> None:
    assert share("VietGAP OCOP 2024") is None
