"""The practice commune: rich, marked, harmless, and always the same."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db import checklist, communes, evidence, identity_file, practice, registers
from db.clock import VIETNAM
from db.criteria.definitions import Tier
from db.desk import Desk
from db.dump import dump
from db.home import Home
from db.incarnation import set_meta
from db.judging import Part, Risk, Status
from db.lock import StoreLock
from db.problems import DiskRefused, Refused, StoreBusy
from db.registers.due import read_due
from db.registers.reading import read_page
from db.registers.upper import REQUESTS
from db.sync.cards import Role
from db.sync.transfers import list_transfers
from db.sync.trust import list_devices
from db.text import sort_key
from tests._helpers.moulds import practice_of_today
from tests._helpers.stores import send
from tests.conftest import PRACTICE_DAY

TODAY = PRACTICE_DAY
DOCUMENT = "Số liệu thực hành, không phải QĐ 1062"


@pytest.fixture(scope="module")
def shared(made_commune: Home) -> Iterator[Desk]:
    """One practice commune for all who only look at it."""
    with Desk.read(made_commune) as opened:
        yield opened


@pytest.fixture
def prepared(tmp_path: Path) -> Home:
    """A practice commune as of today to work in."""
    return practice_of_today(tmp_path)


def test_it_is_fictional_and_marked_as_practice(shared: Desk) -> None:
    assert shared.practice
    assert shared.commune.scope == "thuc-hanh/mau/suoi-mau"
    assert (shared.commune.tier, shared.commune.target_year) == (Tier.NTM, 2024)
    assert shared.commune.held_tier is Tier.NTM  # so that the withdrawal light is shown
    assert shared.commune.deadline == TODAY + timedelta(days=38)


def test_people_are_named_by_role(shared: Desk) -> None:
    with shared.reading() as session:
        officers = communes.officers(session, shared.commune.scope)
    assert len(officers) == 4
    assert all(name.startswith(("Công chức", "Chỉ huy trưởng")) for name in officers)
    assert shared.officer == "Công chức VH-XH"


def test_its_twelve_villages_stand_in_the_vietnamese_order(shared: Desk) -> None:
    with shared.reading() as session:
        villages = communes.villages(session, shared.commune.scope)
    assert len(villages) == 12
    assert sum(one.households or 0 for one in villages) == 1498
    names = [one.name for one in villages]
    assert names == sorted(names, key=sort_key)
    assert names.index("Thôn 2") < names.index("Thôn 10")


def test_it_stands_as_the_screens_show_it_best(shared: Desk) -> None:
    found = shared.checklist()
    assert (found.standing.met, found.standing.total) == (14, 19)
    assert {status: found.standing.count(status) for status in Status} == {
        Status.MET: 49,
        Status.NOT_MET: 3,
        Status.IN_PROGRESS: 3,
        Status.NOT_APPLICABLE: 1,
        Status.NOT_ASSESSED: 1,
    }
    assert found.withdrawal.risk is Risk.NONE
    assert found.withdrawal.tips
    by_number = found.by_number
    assert by_number["17.8"].judgement.shortfalls[0].text == "còn thiếu 38 hộ"
    assert by_number["13.4"].judgement.reason == "Xã không có làng nghề."
    assert by_number["9.2"].typed_differs
    assert by_number["17.11"].missing_villages == 2
    assert [n for n, one in by_number.items() if one.judgement.against_figure] == [
        "3.1",
        "12.2",
        "17.12",
    ]
    assert [n for n, one in by_number.items() if one.judgement.missing_reason] == ["12.2"]
    assert by_number["17.5"].judgement.rests_on_unconfirmed


def test_it_has_figures_of_every_kind(shared: Desk) -> None:
    kinds = Counter(
        "fraction" if quantity.denominator is not None else part.value
        for state in shared.checklist().states
        if state.figure
        for part, quantity in state.figure.parts
    )
    assert kinds.keys() >= {"fraction", Part.WHOLE, Part.MEN, Part.WOMEN, Part.FIRST, Part.SECOND}


def test_things_are_overdue_due_this_week_and_later(shared: Desk) -> None:
    due = {one.assessment.due for one in shared.checklist().states if one.assessment.due}
    assert any(day < TODAY for day in due)
    assert any(TODAY <= day <= TODAY + timedelta(days=7) for day in due)
    assert any(day > TODAY + timedelta(days=7) for day in due)


def test_thresholds_are_confirmed_corrected_filled_in_or_still_open(shared: Desk) -> None:
    states = [one.threshold for one in shared.checklist().states]
    confirmed = [one for one in states if one.confirmed]
    assert {one.effective.document for one in confirmed} == {DOCUMENT}
    assert any(one.corrected and one.indicator.threshold.known for one in confirmed)
    assert any(one.corrected and not one.indicator.threshold.known for one in confirmed)
    assert any(not one.corrected for one in confirmed)
    assert 20 < len(states) - len(confirmed) < 40


def test_evidence_of_several_kinds_is_there_with_its_files(shared: Desk) -> None:
    sheet = shared.sheet()
    with shared.reading() as session:
        found = evidence.evidence_of(session, shared.home, sheet)
    records = [one for some in found.values() for one in some]
    assert {one.kind for one in records} == {"van-ban", "hinh-anh", "bang-so-lieu"}
    assert all(one.present for one in records)
    assert any(one.file is None for one in records)
    assert any(one.date_warning for one in records)
    starts = {
        evidence.path_in(shared.home, one.file.sha256).read_bytes()[:4]
        for one in records
        if one.file
    }
    assert {b"%PDF", b"\x89PNG"} < starts


def test_its_history_reaches_back_over_weeks_and_never_into_the_future(shared: Desk) -> None:
    sheet = shared.sheet()
    with shared.reading() as session:
        entries = checklist.history_of(session, sheet, "2.3")
        met = [
            checklist.read_as_of(session, sheet, TODAY - timedelta(days=days)).standing.met
            for days in (60, 38, 25, 10, 0)
        ]
    assert len({entry.written_at.astimezone(VIETNAM).date() for entry in entries}) >= 3
    assert all(entry.written_at.astimezone(VIETNAM).date() < TODAY for entry in entries)
    assert met == sorted(met)
    assert met[0] == 0
    assert 5 < met[1] < met[2] < met[4] == 14


def test_it_is_the_same_each_time_but_for_ids(shared: Desk, home: Home) -> None:
    practice.prepare(home, TODAY)
    with Desk.read(home) as again, again.reading() as session, shared.reading() as other:
        assert _without_ids(dump(session)) == _without_ids(dump(other))


_ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9A-Z]{24}")


def _without_ids(state: str) -> Counter[str]:
    return Counter(
        _ID.sub("id", json.dumps([entity, row, fields], sort_keys=True))
        for rows in json.loads(state).values()
        for entity, found in rows.items()
        for row, fields in found.items()
    )


@pytest.mark.parametrize("register", registers.ALL, ids=lambda it: it.name)
def test_every_register_has_something_to_show(shared: Desk, register: registers.Register) -> None:
    page = read_page(shared, register, TODAY)
    assert any(record.there for record in page.records)
    for record in page.records:  # whatever is said there, nothing leads nowhere
        assert not [it.text for it in record.findings if "không còn trong danh sách" in it.text]


def test_its_upper_level_wrote_to_it_and_it_answered(shared: Desk) -> None:
    differing = [one.indicator.number for one in shared.checklist().states if one.disagrees]
    assert differing == ["2.3", "3.1"]
    requests = {it.values["title"]: it for it in read_page(shared, REQUESTS, TODAY).records}
    assert {it.values.get("state") for it in requests.values()} == {"done", "doing", None}
    assert any(it.values.get("result") and it.closed for it in requests.values())
    with shared.reading() as session:
        known = list_devices(session)
        came = list_transfers(session, shared.home)
        bundles = [(it.sent, it.at.astimezone(VIETNAM).date()) for it in came]
    assert [it.trust for it in known if it.role is Role.UPPER] == ["trusted"]
    assert bundles == [(False, TODAY - timedelta(days=5))]


def test_no_key_of_its_upper_level_is_left_on_the_machine(home: Home) -> None:
    assert practice.prepare(home)
    (left,) = identity_file.folder().iterdir()
    assert left == identity_file.place_of(home.path)
    assert not list(home.backups.glob("*"))


def test_its_first_bundle_upward_holds_everything(prepared: Home, tmp_path: Path) -> None:
    with Desk.open(prepared) as desk:
        written = send(desk, tmp_path / "usb", "upper")
    assert written.info.full
    assert written.info.practice


def test_the_week_has_late_work_an_unanswered_obstacle_and_unpaid_volume(shared: Desk) -> None:
    due = read_due(shared, TODAY, 7)
    late = {(one.register, one.days_left) for one in due.rows if one.days_left < 0}
    assert late == {
        *{("task", -4), ("inspection", -2), ("obstacle", -3), ("work", -5)},
        ("criterion_plan", -3),
    }
    assert (due.unreported, due.unanswered, due.waiting_days) == (1, 1, 13)
    assert due.unpaid == 60 + 60 + 45  # na: 150 - 90; ngõ: 210 - 150; nhà văn hóa: 315 - 270
    assert due.unassigned == 19 - 4 + 12 - 1


def test_a_second_time_it_is_opened_as_it_was_left(prepared: Home) -> None:
    home = prepared
    with Desk.open(home) as desk:
        with desk.act() as session:
            checklist.set_status(session, desk.sheet(), "17.3", Status.MET)
        with desk.reading() as session:
            newest = checklist.history_of(session, desk.sheet(), "17.3")[0]
        assert datetime.now(UTC) - newest.written_at < timedelta(minutes=5)
    assert not practice.prepare(home)
    with Desk.read(home) as desk:
        assert desk.checklist().by_number["17.3"].judgement.status is Status.MET


def test_a_making_that_was_cut_short_is_begun_anew_and_the_half_kept(prepared: Home) -> None:
    home = prepared
    with Desk.open(home) as desk, desk.store.writing() as connection:
        set_meta(connection, "practice_ready", "")
    assert practice.prepare(home)
    assert len(list(home.replaced.iterdir())) == 1
    with Desk.read(home) as desk:
        assert desk.checklist().standing.met == 14


def test_a_making_that_goes_on_elsewhere_is_left_alone(prepared: Home) -> None:
    home = prepared
    with Desk.open(home) as desk, desk.store.writing() as connection:
        set_meta(connection, "practice_ready", "")
    lock = StoreLock(home).acquire()
    with pytest.raises(StoreBusy):
        practice.prepare(home)
    lock.release()
    assert home.store.exists()


def test_a_home_with_a_real_commune_is_refused_and_left_alone(founded: Home) -> None:
    before = founded.store.read_bytes()
    with pytest.raises(Refused, match="số liệu thật"):
        practice.prepare(founded)
    assert founded.store.read_bytes() == before


def test_a_home_with_the_remains_of_a_store_is_refused(founded: Home) -> None:
    founded.backups.mkdir()
    founded.store.rename(founded.backups / "ntm_20240101-000000-000_hang-ngay.sqlite")
    with pytest.raises(Refused, match="bản sao lưu"):
        practice.prepare(founded)
    assert not founded.store.exists()


def test_a_stick_is_refused_for_practice_too(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    from db import store_file
    from db.disks import DiskKind

    monkeypatch.setattr(store_file, "disk_kind", lambda _folder: DiskKind.REMOVABLE)
    with pytest.raises(DiskRefused):
        practice.prepare(home)
    assert not home.store.exists()
