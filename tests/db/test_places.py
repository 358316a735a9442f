from __future__ import annotations

from db.places import DISTRICT, PROVINCE, communes_like
from db.text import sort_key


def test_huu_lung_has_23_communes_in_the_vietnamese_order() -> None:
    names = communes_like(PROVINCE, DISTRICT, "")
    assert len(names) == len(set(names)) == 23
    assert list(names) == sorted(names, key=sort_key)


def test_a_commune_is_found_without_marks_and_exact_marks_come_first() -> None:
    assert communes_like(PROVINCE, DISTRICT, "cai kinh") == ("Cai Kinh",)
    assert communes_like(PROVINCE, DISTRICT, "hoa")[0] == "Hòa Bình"


def test_names_may_be_written_with_their_prefix() -> None:
    assert communes_like("tỉnh Lạng Sơn", "Huyện Hữu Lũng", "minh t") == ("Minh Tiến",)


def test_nothing_is_offered_for_another_district_or_for_none() -> None:
    assert communes_like(PROVINCE, "Bắc Sơn", "") == ()
    assert communes_like(PROVINCE, "", "") == ()
