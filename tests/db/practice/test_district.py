"""The practice district: made by its communes' own bundles, marked, varied, harmless."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db import identity_file, practice, registers
from db.clock import now
from db.desk import Desk
from db.dump import dump
from db.home import Home
from db.judging import Risk
from db.overview import Overview, read_overview
from db.practice import district
from db.practice.district_story import read_district
from db.problems import Refused
from db.registers.reading import read_page
from db.sync.problems import BundleProblem, Code
from db.sync.reading import open_bundle
from db.sync.receiving import ForeignBundle, receive
from db.upper import UpperFounding
from tests._helpers.moulds import practice_of_today
from tests._helpers.practice import MadeDistrict, hamlet
from tests._helpers.stores import device, send

UPPER = UpperFounding("Thực Hành", "Mẫu", "Hoàng Văn Thái")


@pytest.fixture(scope="module")
def desk(made_district: MadeDistrict) -> Iterator[Desk]:
    with Desk.read(made_district.home) as opened:
        yield opened


@pytest.fixture(scope="module")
def overview(desk: Desk) -> Overview:
    return read_overview(desk, now())


@pytest.fixture
def two_communes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(district, "read_district", hamlet)


def test_24_communes_sent_what_they_have_and_two_of_them_were_merged(overview: Overview) -> None:
    assert overview.upper.area == "thuc-hanh/mau"
    assert (len(overview.communes), len(overview.former)) == (22, 2)
    assert {it.merged_into for it in overview.former} == {"thuc-hanh/mau/thung-mau"}
    assert all(it.last_bundle is not None for it in overview.communes)
    assert not any(it.conflicts for it in overview.communes)


def test_there_is_something_of_everything_to_see(overview: Overview) -> None:
    names = {it.commune.name: it for it in overview.communes}
    assert [it.commune.name for it in overview.silent] == ["Thác Mẫu", "Khe Mẫu", "Giếng Mẫu"]
    assert {it.commune.name: it.risk for it in overview.at_risk} == {
        "Đầm Mẫu": Risk.CERTAIN,
        "Cồn Mẫu": Risk.POSSIBLE,
        "Rừng Mẫu": Risk.POSSIBLE,
    }
    assert names["Ruộng Mẫu"].checklist.standing.ready
    assert names["Núi Mẫu"].checklist.standing.met == 0
    assert names["Mỏ Mẫu"].differing == ("10.1", "17.8")
    assert len(names["Đèo Mẫu"].waiting) == 2
    assert not names["Cầu Mẫu"].waiting  # it was answered
    assert any(it.days_left < 0 for it in overview.communes)
    assert len({it.commune.tier for it in overview.communes}) == 3
    assert len({it.payout.percent for it in overview.communes}) > 15


@pytest.mark.parametrize("register", registers.ALL, ids=lambda it: it.name)
def test_what_leads_somewhere_leads_to_something(
    desk: Desk, overview: Overview, register: registers.Register
) -> None:
    for row in overview.communes[:6]:
        page = read_page(desk.at_commune(row.commune.scope), register, overview.today)
        broken = [it.text for record in page.records for it in record.findings]
        assert not [text for text in broken if "không còn trong danh sách" in text]


@pytest.mark.parametrize("name", [it.name for it in registers.OF_UPPER_WORK[:4]])
def test_what_the_upper_level_works_on_is_there(desk: Desk, overview: Overview, name: str) -> None:
    register = next(it for it in registers.ALL if it.name == name)
    pages = [
        read_page(desk.at_commune(it.commune.scope), register, overview.today)
        for it in overview.communes
    ]
    assert sum(record.there for page in pages for record in page.records) >= 3


def test_practice_is_marked_everywhere(
    made_district: MadeDistrict, desk: Desk, overview: Overview, tmp_path: Path
) -> None:
    assert desk.practice
    for row in (*overview.communes, *overview.former):
        assert "Mẫu" in row.commune.name
        with Desk.read(made_district.commune(row.commune.scope)) as own:
            assert own.practice
    with Desk.open(made_district.copy_to(tmp_path / "district")) as upper:
        assert not upper.store.notice
        down = send(upper.at_commune("thuc-hanh/mau/ho-mau"), tmp_path / "usb")
    with open_bundle(down.path) as bundle:
        assert bundle.info.practice


def test_its_bundles_never_enter_a_real_store(made_district: MadeDistrict, tmp_path: Path) -> None:
    home = made_district.copy_commune_to("thuc-hanh/mau/ho-mau", tmp_path / "ho-mau")
    with Desk.open(home) as commune:
        written, sender = send(commune, tmp_path / "usb", full=True), device(commune)
        founding = next(
            it.founding for it in read_district().communes if it.code == commune.commune.scope
        )
    real_upper = Desk.found_upper(Home(tmp_path / "upper"), UPPER)
    real_commune = Desk.found(Home(tmp_path / "real"), founding)
    with closing(real_upper), closing(real_commune):
        for desk in (real_upper, real_commune):
            with pytest.raises(ForeignBundle, match="thực hành"):
                receive(desk, written.path, trust=[sender])


def test_a_commune_takes_in_what_the_district_found(
    made_district: MadeDistrict, tmp_path: Path
) -> None:
    code = "thuc-hanh/mau/mo-mau"
    with (
        Desk.open(made_district.copy_to(tmp_path / "district")) as upper,
        Desk.open(made_district.copy_commune_to(code, tmp_path / "mo-mau")) as commune,
    ):
        down = send(upper.at_commune(code), tmp_path / "usb")
        outcome = receive(commune, down.path, trust=[device(upper)])
        assert not outcome.quarantined
        differing = [it.indicator.number for it in commune.checklist().states if it.disagrees]
    assert differing == ["10.1", "17.8"]


@pytest.mark.usefixtures("two_communes")
def test_it_tells_how_far_it_is_and_leaves_no_other_key_behind(home: Home) -> None:
    told: list[tuple[int, int]] = []
    assert practice.prepare_district(home, progress=lambda *done: told.append(done))
    assert told == sorted(told)
    assert told[-1] == (10, 10)
    assert [*identity_file.folder().iterdir()] == [identity_file.place_of(home.path)]
    assert not practice.prepare_district(home)


@pytest.mark.usefixtures("two_communes")
def test_making_it_can_be_stopped_and_leaves_nothing(home: Home) -> None:
    asked: list[bool] = []

    def stop() -> bool:
        asked.append(True)
        return len(asked) > 1

    with pytest.raises(BundleProblem) as stopped:
        practice.prepare_district(home, cancelled=stop)
    assert stopped.value.flaw.code is Code.CANCELLED
    assert not home.store.exists()
    assert not list(identity_file.folder().iterdir())
    assert practice.prepare_district(home)


@pytest.mark.usefixtures("two_communes")
def test_it_is_the_same_each_time_but_for_ids(tmp_path: Path) -> None:
    said = []
    for name in ("one", "two"):
        practice.prepare_district(Home(tmp_path / name))
        with Desk.read(Home(tmp_path / name)) as desk, desk.reading() as session:
            said.append(
                sorted(re.sub("[0-9a-f-]{36}|[0-9A-Z]{24}", "id", dump(session)).split("{"))
            )
    assert said[0] == said[1]


@pytest.mark.usefixtures("two_communes")
def test_it_can_be_begun_again_and_what_was_there_is_kept(home: Home) -> None:
    practice.prepare_district(home)
    with Desk.open(home) as desk:
        desk.taken_by("Người đang tập")
    assert practice.prepare_district(home, again=True)
    with Desk.read(home) as desk:
        assert desk.officer != "Người đang tập"
    assert len(list(home.replaced.iterdir())) == 1


@pytest.mark.usefixtures("two_communes")
def test_commune_and_district_never_take_each_other_s_place(home: Home, tmp_path: Path) -> None:
    practice.prepare_district(home)
    with pytest.raises(Refused, match="huyện thực hành"):
        practice.prepare(home)
    with pytest.raises(Refused, match="huyện thực hành"):
        practice.prepare(home, again=True)
    commune = practice_of_today(tmp_path / "commune")
    with pytest.raises(Refused, match="xã thực hành"):
        practice.prepare_district(commune)


def test_a_home_with_real_data_is_refused_and_left_alone(founded: Home) -> None:
    before = founded.store.read_bytes()
    for again in (False, True):
        with pytest.raises(Refused, match="số liệu thật"):
            practice.prepare_district(founded, again=again)
    assert founded.store.read_bytes() == before
