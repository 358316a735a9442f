"""The commune: one code however its name is typed, its villages, its officers."""

from __future__ import annotations

import unicodedata
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import text

from db import communes
from db.communes import VillageRecord, commune_code, read_villages, village_code
from db.criteria.definitions import Tier
from db.desk import Desk
from db.home import Home
from db.models import Commune, Village
from db.problems import Refused
from db.unit_names import Level, bare_name
from tests._helpers.stores import ANSWERS, count

CODE = "lang-son/huu-lung/cai-kinh"


@pytest.mark.parametrize(
    ("province", "district", "commune"),
    [
        ("Lạng Sơn", "Hữu Lũng", "Cai Kinh"),
        ("tỉnh Lạng Sơn", "huyện Hữu Lũng", "xã Cai Kinh"),
        ("Tỉnh  LẠNG SƠN ", "H. Hữu Lũng", "Xã cai kinh"),
        ("Lang Son", "Huu Lung", "Cai-Kinh"),
        (
            unicodedata.normalize("NFD", "Lạng Sơn"),
            unicodedata.normalize("NFD", "Hữu Lũng"),
            "Cai Kinh",
        ),
    ],
)
def test_a_commune_has_one_code_however_it_is_typed(
    province: str, district: str, commune: str
) -> None:
    assert commune_code(province, district, commune) == CODE


@pytest.mark.parametrize(
    "names", [("", "a", "b"), ("a", " ", "b"), ("a", "b", "🌾"), ("a", "b", "xã ")]
)
def test_a_missing_name_is_said(names: tuple[str, str, str]) -> None:
    if names[2] == "xã ":
        assert commune_code(*names).endswith("/xa")  # a commune may be called so
        return
    with pytest.raises(Refused, match="Chưa có gì được tạo"):
        commune_code(*names)


@pytest.mark.parametrize(
    ("level", "typed", "kept"),
    [
        (Level.COMMUNE, " xã  Cai Kinh ", "Cai Kinh"),
        (Level.COMMUNE, "xa Cai Kinh", "Cai Kinh"),
        (Level.COMMUNE, "THỊ TRẤN Hữu Lũng", "Hữu Lũng"),
        (Level.COMMUNE, "TT.Hữu Lũng", "Hữu Lũng"),
        (Level.DISTRICT, "HUYỆN Hữu Lũng", "Hữu Lũng"),
        (Level.DISTRICT, "Thị xã Sơn Tây", "Sơn Tây"),
        (Level.PROVINCE, unicodedata.normalize("NFD", "Tỉnh Lạng Sơn"), "Lạng Sơn"),
        (Level.VILLAGE, "Khu phố 2", "2"),
        # Names that only begin like the word of some level, all of them real:
        (Level.COMMUNE, "Quan Sơn", "Quan Sơn"),
        (Level.COMMUNE, "Huyền Sơn", "Huyền Sơn"),
        (Level.COMMUNE, "Xá Lượng", "Xá Lượng"),
        (Level.COMMUNE, "Phượng Sơn", "Phượng Sơn"),
        (Level.DISTRICT, "Quan Hóa", "Quan Hóa"),
        (Level.VILLAGE, "Bàn Lan", "Bàn Lan"),
        (Level.COMMUNE, "Xã", "Xã"),
    ],
)
def test_a_name_loses_the_word_of_its_kind_and_nothing_else(
    level: Level, typed: str, kept: str
) -> None:
    assert bare_name(typed, level) == kept


def test_a_village_has_one_code_with_or_without_its_kind() -> None:
    assert village_code("Thôn Đồng Mỏ") == village_code("đồng mỏ") == "dong-mo"
    assert village_code("Thôn 2") == "2"
    assert village_code("Thôn") == "thon"


def test_villages_are_read_from_a_pasted_list() -> None:
    told = "\ufeffTên thôn;Số hộ;Số khẩu\nThôn Đồng Mỏ;1.120;4 502\n\nLân Gạt\t85\nBa Nàng\n"
    assert read_villages(told) == (
        VillageRecord("dong-mo", "Thôn Đồng Mỏ", 1120, 4502),
        VillageRecord("lan-gat", "Lân Gạt", 85, None),
        VillageRecord("ba-nang", "Ba Nàng", None, None),
    )


def test_a_village_pasted_twice_is_one_village() -> None:
    assert len(read_villages("Đồng Mỏ;1\nĐồng Mỏ;1")) == 1


@pytest.mark.parametrize("other", ["Đông Mô", "Khu Đồng Mỏ", "thôn Dong Mo"])
def test_villages_that_the_program_cannot_tell_apart_are_named(other: str) -> None:
    with pytest.raises(Refused, match=r"Dòng 2.*phân biệt"):
        read_villages(f"Đồng Mỏ;10\n{other};20")


def test_a_line_without_a_name_is_named() -> None:
    with pytest.raises(Refused, match="Dòng 2"):
        read_villages("Đồng Mỏ;10\n;20")


def test_founding_writes_down_the_commune_its_officer_and_its_villages(desk: Desk) -> None:
    found = desk.commune
    assert (found.scope, found.title) == (CODE, "Xã Cai Kinh")
    assert (found.tier, found.target_year, found.criteria_set) == (
        Tier.NTM,
        2024,
        "xa-ntm-2021-2025",
    )
    assert found.upper_level == "huyện Hữu Lũng"
    assert found.deadline.isoformat() == "2024-12-31"
    with desk.reading() as session:
        names = [one.name for one in communes.villages(session, CODE)]
        assert communes.officers(session, CODE) == ("Nguyễn Thị Hường",)
    assert names == ["Thôn Ba Nàng", "Thôn Đồng Mỏ", "Thôn Lân Gạt"]
    assert count(desk, "action") == 1


@pytest.mark.parametrize("year", [0, 1999, 20244, -1, 10**30])
def test_a_year_that_cannot_be_is_refused_before_anything_is_made(home: Home, year: int) -> None:
    with pytest.raises(Refused, match="Năm phấn đấu"):
        Desk.found(home, replace(ANSWERS, year=year))
    assert not home.path.exists()


@pytest.mark.parametrize("year", [20244, -1, 0])
def test_a_year_that_another_machine_got_wrong_does_not_lock_the_store(
    desk: Desk, year: int
) -> None:
    with desk.act() as session:
        session.get(Commune, (CODE, CODE)).target_year = year
        session.get(Commune, (CODE, CODE)).tier = "future"
    home = desk.home
    desk.close()
    with closing(Desk.open(home)) as again:
        assert again.commune.target_year == 2024
        assert again.commune.tier is Tier.NTM


def test_known_villages_and_officers_are_not_written_again(desk: Desk) -> None:
    before = count(desk, "change")
    with desk.act() as session:
        communes.add_villages(session, CODE, [VillageRecord("dong-mo", "Khác", 1, 2)])
        communes.add_officer(session, CODE, "nguyễn thị hường")
    assert count(desk, "change") == before
    taken = desk.taken_by("Lý Văn Bé", "Công chức")
    assert taken.officer == "Lý Văn Bé"
    with desk.reading() as session:
        assert set(communes.officers(session, CODE)) == {"Nguyễn Thị Hường", "Lý Văn Bé"}
        by = session.connection().execute(
            text(
                "SELECT DISTINCT officer FROM change WHERE entity = 'officer' AND row = 'ly-van-be'"
            )
        )
        assert by.scalars().all() == ["Lý Văn Bé"]


def test_a_number_no_store_can_hold_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="quá lớn"), desk.act() as session:
        session.get(Village, (CODE, "dong-mo")).households = 2**60


def test_a_village_that_stands_twice_with_other_numbers_is_told() -> None:
    assert len(read_villages("Thôn Đồng Mỏ, 120\nThôn Đồng Mỏ, 120")) == 1
    with pytest.raises(Refused, match=r"Dòng 2 .* đã có ở dòng trên với số khác"):
        read_villages("Thôn Đồng Mỏ, 120\nThôn Đồng Mỏ, 10")


def test_villages_stand_in_the_order_of_their_own_names(desk: Desk) -> None:
    with desk.act() as session:
        communes.add_villages(
            session, desk.commune.scope, read_villages("Cầu Tre\nThôn 10\nThôn 2")
        )
    with desk.reading() as session:
        names = [one.name for one in communes.villages(session, desk.commune.scope)]
    assert names == [
        *("Thôn 2", "Thôn 10", "Thôn Ba Nàng", "Cầu Tre", "Thôn Đồng Mỏ", "Thôn Lân Gạt"),
    ]
