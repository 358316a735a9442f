"""Founding a commune: what is refused leaves nothing behind, what is taken is kept composed."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from db.communes import Founding, read_villages
from db.desk import Desk
from db.home import Home
from db.problems import NotFound, Refused


def test_without_an_officer_nothing_is_made(home: Home, founding: Founding) -> None:
    with pytest.raises(Refused, match="họ tên"):
        Desk.found(home, replace(founding, officer=" . "))
    assert not home.path.exists()
    Desk.found(home, founding).close()  # and the right answers still work


def test_the_officers_name_is_composed_and_on_one_line(home: Home, founding: Founding) -> None:
    typed = unicodedata.normalize("NFD", "  Nguyễn  Thị\nHường ")
    with Desk.found(home, replace(founding, officer=typed)) as desk:
        assert desk.officer == "Nguyễn Thị Hường"
        assert desk.taken_by(unicodedata.normalize("NFD", "Lý Văn Bé")).officer == "Lý Văn Bé"


@pytest.mark.parametrize("count", ["12 hộ", "-3", "1e3", "9999999999", "9" * 5000])
def test_a_village_count_that_is_none_is_named_with_its_line(count: str) -> None:
    with pytest.raises(Refused, match="Dòng 2"):
        read_villages(f"Thôn Một;10;20\nThôn Hai;{count};5")


def test_undo_never_takes_the_commune_itself_away(desk: Desk) -> None:
    with pytest.raises(NotFound, match="hoàn tác"):
        desk.store.undo(desk.officer)
    with pytest.raises(NotFound, match="làm lại"):
        desk.store.redo(desk.officer)
    assert desk.refreshed().commune.name == "Cai Kinh"
