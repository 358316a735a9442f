import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.text import clean, fold, matches, nfc, rank, shown, slug, sort_key

VIETNAMESE = st.text("aăâbcdđeêêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậĐƠ0123456789 .-", max_size=40)
ANY_TEXT = st.text(max_size=60)
DECOMPOSED = unicodedata.normalize("NFD", "Nguyễn Thị Hường, đường bê tông")


def test_decomposed_marks_are_stored_composed():
    assert clean(DECOMPOSED) == "Nguyễn Thị Hường, đường bê tông"


def test_control_characters_and_half_surrogates_are_not_stored():
    assert clean("a\x00b\x1bc\ud800d\r\ne\rf\tg") == "abcd\ne\nf\tg"


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text) == nfc(clean(text))
    clean(text).encode("utf-8")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đường  bê\ttông", "duong be tong"),
        (DECOMPOSED, "nguyen thi huong, duong be tong"),
        ("NGHÈO ĐA CHIỀU", "ngheo da chieu"),
        ("Plain  ASCII", "plain ascii"),
    ],
)
def test_folding_takes_off_marks_case_and_extra_spaces(text, folded):
    assert fold(text) == folded


@given(ANY_TEXT | VIETNAMESE)
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(VIETNAMESE)
def test_folding_does_not_care_how_marks_were_composed_or_about_case(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(text) == fold(text.upper())


def test_search_without_marks_finds_marked_text_and_exact_marks_come_first():
    texts = ["đương nhiên", "đường xã", "duong", "Xã có đường đẹp", "thôn"]
    assert [text for text in texts if matches("duong", text)] == texts[:4]
    assert rank("đường", "Đường xã") == 0
    assert rank("xã đường", "đường xã") == 1
    assert rank("duong xa", "đường xã") == 2
    assert rank("xa duong", "đường xã") == 3
    assert rank("xa lo", "đường xã") is None


@given(VIETNAMESE, VIETNAMESE)
def test_ranking_agrees_with_matching(query, text):
    assert (rank(query, text) is not None) == matches(query, text)


def test_names_sort_by_the_vietnamese_alphabet_then_tones_then_numbers():
    wanted = ["Ma", "Mà", "Mả", "Mã", "Má", "Mạ", "mă", "Mâ"]
    wanted += ["Thôn 2", "Thôn 10", "thôn dồng", "Thôn Đồng", "Thôn on", "Thôn ông", "Thôn Ơn"]
    assert sorted(set(wanted), key=sort_key) == wanted


def test_letters_of_the_whole_text_count_before_any_tone():
    assert sorted(["Hòa Sơn", "Hoa Tân", "Hóa An"], key=sort_key) == [
        "Hóa An",
        "Hòa Sơn",
        "Hoa Tân",
    ]


def test_foreign_letters_take_their_latin_place():
    assert sorted(["za", "ya", "wa", "xa", "va", "ka", "ja", "ia", "fa", "ga"], key=sort_key) == (
        ["fa", "ga", "ia", "ja", "ka", "va", "wa", "xa", "ya", "za"]
    )


def test_very_long_numbers_sort_too():
    assert sort_key("9" * 5000) < sort_key("1" + "0" * 5000)


@given(st.lists(ANY_TEXT | VIETNAMESE, max_size=6))
def test_the_order_does_not_depend_on_how_things_stood_before(texts):
    composed = {nfc(text) for text in texts}
    backwards = sorted(composed, key=sort_key, reverse=True)
    assert sorted(composed, key=sort_key) == backwards[::-1]


@given(ANY_TEXT, ANY_TEXT)
def test_only_the_same_text_has_the_same_key(one, other):
    assert (sort_key(one) == sort_key(other)) == (nfc(one) == nfc(other))


def test_shown_text_hides_no_direction_marks_and_stays_on_one_line():
    assert shown("an\u202etoàn\u200b\nxã\x1b[31m\u2028 đỏ") == "antoàn xã[31m đỏ"


@given(ANY_TEXT)
def test_shown_text_holds_nothing_but_visible_characters_and_single_spaces(text):
    seen = shown(text)
    assert "  " not in seen
    assert not any(unicodedata.category(c).startswith("C") for c in seen)
    assert seen == " ".join(seen.split())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Cai Kinh", "cai-kinh"),
        ("Thị trấn Hữu Lũng", "thi-tran-huu-lung"),
        ("Đ/C: 1.2", "d-c-1-2"),
        ("…", ""),
    ],
)
def test_slugs_are_plain_ascii(text, name):
    assert slug(text) == name
