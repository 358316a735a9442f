"""A laptop is dead or stolen: the commune is made anew from what others hold; the thief waits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db import verdicts
from db.desk import Desk
from db.evidence import path_in
from db.home import Home
from db.judging import Status
from db.sync.archive import Written
from db.sync.deciding import revoke_device, trust_device
from db.sync.joining import join
from db.sync.receiving import receive
from db.sync.trust import Trust, find_device
from tests._helpers.cli import call_cli
from tests._helpers.stores import (
    device,
    district_of,
    dump_of,
    found,
    friends,
    note_of,
    pass_on,
    send,
    set_note,
    set_status,
    status_of,
)
from tests.db.sync.test_evidence_travels import PAPER, attach, papers

SCOPE = "lang-son/huu-lung/cai-kinh"


def trust_in(desk: Desk, other: Desk) -> Trust:
    with desk.reading() as session:
        return find_device(session, device(other)).trust


def history_of(desk: Desk) -> set[tuple[str, ...]]:
    """Every change of the commune, whoever made it, by what it says."""
    with desk.reading() as session:
        rows = session.connection().exec_driver_sql(
            "SELECT device, incarnation, scope, segment, entity, row, field, value, officer,"
            " written_at, CAST(seq AS TEXT) FROM change WHERE accepted = 1 AND scope = ?",
            (SCOPE,),
        )
        return {tuple(row) for row in rows}


@pytest.fixture
def lost(tmp_path: Path) -> Iterator[Desk]:
    """The only laptop of a commune, with work of some months in it and a paper."""
    with closing(found(tmp_path / "lost")) as desk:
        set_status(desk, "2.1", Status.MET)
        attach(desk, tmp_path)
        set_note(desk, "1.1", "sửa lần một")
        set_note(desk, "1.1", "sửa lần hai")
        yield desk


@pytest.fixture
def upper(lost: Desk, tmp_path: Path) -> Iterator[Desk]:
    """The district, which has had all of that and has written a verdict."""
    with closing(district_of(lost, tmp_path / "upper")) as desk:
        sheet = desk.sheet()
        with desk.act() as session:
            verdicts.set_verdict(session, sheet, "2.1", Status.NOT_MET)
        yield desk


@pytest.fixture
def from_district(upper: Desk, tmp_path: Path) -> Written:
    return send(upper, tmp_path / "from district", full=True)


def test_a_commune_that_lost_its_only_laptop_is_made_anew_from_the_district_s_copy(
    upper: Desk, from_district: Written, tmp_path: Path
) -> None:
    with closing(join(Home(tmp_path / "new"), from_district.path, "Lý Văn Bé")) as new:
        assert dump_of(new) == dump_of(upper)
        assert history_of(new) == history_of(upper)
        assert (note_of(new, "1.1"), status_of(new, "2.1")) == ("sửa lần hai", Status.MET)
        assert new.checklist().by_number["2.1"].verdict.status is Status.NOT_MET
        (paper,) = papers(new)
        assert paper.present and paper.file is not None
        assert path_in(new.home, paper.file.sha256).read_bytes() == PAPER
        assert new.store.notice == ""


def test_the_new_laptop_works_on_and_the_district_counts_it_once_a_person_there_confirmed(
    upper: Desk, from_district: Written, tmp_path: Path
) -> None:
    with closing(join(Home(tmp_path / "new"), from_district.path, "Lý Văn Bé")) as new:
        set_note(new, "1.1", "viết tiếp ở máy mới")
        told = pass_on(new, upper, tmp_path / "a")
        assert {it.reason for it in told.quarantined} == {"untrusted"}
        assert trust_device(upper, device(new)).counted == 1
        assert note_of(upper, "1.1") == "viết tiếp ở máy mới"
        pass_on(upper, new, tmp_path / "b")
        assert dump_of(new) == dump_of(upper)


def test_what_the_thief_writes_waits_wherever_the_revocation_is_known(
    lost: Desk, upper: Desk, tmp_path: Path
) -> None:
    revoke_device(upper, device(lost))
    whole = send(upper, tmp_path / "from district", full=True)
    with closing(join(Home(tmp_path / "new"), whole.path, "Lý Văn Bé")) as new:
        assert trust_in(new, lost) is Trust.REVOKED  # the district's word is taken on joining
        assert note_of(new, "1.1") == "sửa lần hai"  # what it wrote before counts for ever
        set_note(lost, "1.1", "kẻ trộm ghi")
        stolen = send(lost, tmp_path / "stolen", full=True)
        for desk in (upper, new):
            before = dump_of(desk)
            told = receive(desk, stolen.path)
            assert {it.reason for it in told.quarantined} == {"revoked"}
            assert told.new == 0
            assert dump_of(desk) == before


def test_a_new_laptop_that_was_made_before_anybody_revoked_the_old_one_revokes_it_itself(
    lost: Desk, upper: Desk, from_district: Written, tmp_path: Path
) -> None:
    with closing(join(Home(tmp_path / "new"), from_district.path, "Lý Văn Bé")) as new:
        assert trust_in(new, lost) is Trust.TRUSTED
        revoke_device(new, device(lost))
        pass_on(new, upper, tmp_path / "a", trust=True)
        set_note(lost, "1.1", "kẻ trộm ghi")
        stolen = send(lost, tmp_path / "stolen", full=True)
        assert {it.reason for it in receive(new, stolen.path).quarantined} == {"revoked"}
        told = receive(upper, stolen.path)  # where a person decides for themselves
        assert {it.reason for it in told.quarantined} == {"disowned"}
        assert note_of(upper, "1.1") == "sửa lần hai"


def test_a_commune_is_made_anew_from_its_second_laptop(tmp_path: Path) -> None:
    one, two = friends(tmp_path)
    with closing(one), closing(two):
        attach(one, tmp_path)
        set_note(one, "1.1", "của máy sẽ mất")
        pass_on(one, two, tmp_path / "a")
        set_note(two, "1.2", "của máy còn lại")
        revoke_device(two, device(one))
        whole = send(two, tmp_path / "b", full=True)
        with closing(join(Home(tmp_path / "new"), whole.path, "Hoàng Thị Mai")) as new:
            assert dump_of(new) == dump_of(two)
            assert history_of(new) == history_of(two)
            (paper,) = papers(new)
            assert paper.present
            assert trust_in(new, one) is Trust.REVOKED
            set_note(one, "1.1", "kẻ trộm ghi")
            stolen = send(one, tmp_path / "c", full=True)
            for desk in (two, new):
                told = receive(desk, stolen.path)
                assert {it.reason for it in told.quarantined} == {"revoked"}
                assert note_of(desk, "1.1") == "của máy sẽ mất"


def test_a_bundle_of_what_is_new_only_makes_no_commune_and_says_what_to_ask_for(
    lost: Desk, upper: Desk, tmp_path: Path
) -> None:
    new = Home(tmp_path / "new")
    part = send(upper, tmp_path / "part")
    ran = call_cli("join", part.path, "--officer", "Lý Văn Bé", "--home", new.path)
    assert ran.code == 1
    assert "xuất lại với lựa chọn" in ran.err and "--full" in ran.err
    assert not new.store.exists()


def test_it_is_done_with_commands_at_the_district_and_at_the_new_laptop(
    lost: Desk, upper: Desk, tmp_path: Path
) -> None:
    before, stolen_device = dump_of(upper), device(lost)
    upper.close()
    at = ("--home", upper.home.path)
    assert call_cli("devices", "revoke", stolen_device, *at).code == 0
    made = call_cli(
        "export", "--commune", "Cai Kinh", "--full", "--to", tmp_path / "usb", "--json", *at
    )
    path = made.json["bundles"][0]["path"]
    new = ("--home", tmp_path / "new")
    ran = call_cli("join", path, "--officer", "Lý Văn Bé", *new)
    assert ran.code == 0, ran
    assert "ntm devices revoke" in ran.out
    listed = call_cli("devices", "list", "--json", *new).json["devices"]
    assert {one["device"]: one["trust"] for one in listed}[stolen_device] == "revoked"
    with Desk.read(Home(tmp_path / "new")) as desk:
        assert dump_of(desk) != before  # the revocation came along
        assert note_of(desk, "1.1") == "sửa lần hai"
