from __future__ import annotations

from pathlib import Path

import pytest

from db.desk import Desk
from db.evidence import EvidenceRecord, StoredFile, evidence_of, path_in
from db.home import Home
from db.problems import Refused
from ntm_tui.dialogs import opening
from ntm_tui.dialogs.copying import Copying
from ntm_tui.dialogs.document import DocumentForm
from ntm_tui.dialogs.evidence import EvidenceDialog
from ntm_tui.dialogs.file_picker import FilePicker, chosen_last
from tests._helpers.areas import ChecklistApp, checklist
from tests._helpers.keys import Keys, wait_until
from tests._helpers.looks import seen


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    """A paper on a stick."""
    folder = tmp_path / "usb"
    folder.mkdir()
    paper = folder / "Biên bản họp thôn.pdf"
    paper.write_bytes(b"%PDF-1.4 bien ban")
    return paper


def documents(app: ChecklistApp, number: str) -> tuple[EvidenceRecord, ...]:
    assert app.desk is not None
    sheet = app.desk.sheet()
    with app.desk.reading() as session:
        found = evidence_of(session, app.desk.home, sheet)
    return found.get(number, ())


async def attached(app: ChecklistApp, keys: Keys, number: str, paper: Path) -> None:
    app.area.go_to(number)
    await keys.press("ctrl+g")
    await wait_until(lambda: isinstance(app.screen, FilePicker))
    await keys.type(f"\x1b[200~{paper}\x1b[201~")
    await keys.press("enter")
    await wait_until(lambda: isinstance(app.screen, DocumentForm))


async def test_a_pasted_path_attaches_a_copy(founded: Home, minutes: Path) -> None:
    async with checklist(founded) as (app, keys):
        await attached(app, keys, "17.9", minutes)
        [record] = documents(app, "17.9")
        assert record.file is not None
        minutes.unlink()
        assert path_in(founded, record.file.sha256).read_bytes() == b"%PDF-1.4 bien ban"
        assert record.kind == "van-ban"


async def test_what_stands_on_the_paper_is_saved_field_by_field(
    founded: Home, minutes: Path
) -> None:
    async with checklist(founded) as (app, keys):
        await attached(app, keys, "17.9", minutes)
        await keys.type("2")
        await keys.press("enter", "enter")
        await keys.type("12/BB-UBND")
        await keys.press("enter")
        await keys.type("20/20/2023")
        await keys.press("enter")
        await keys.type("UBND xã Cai Kinh")
        await wait_until(lambda: "Không có ngày" in seen(app))
        await keys.press("enter")
        await wait_until(lambda: isinstance(app.screen, EvidenceDialog))
        [record] = documents(app, "17.9")
        assert (record.kind, record.number) == ("bang-so-lieu", "12/BB-UBND")
        assert (record.date_written, record.issuer) == ("20/20/2023", "UBND xã Cai Kinh")
        assert record.title == "Biên bản họp thôn.pdf"


async def test_a_file_is_found_by_a_part_of_its_name(founded: Home, minutes: Path) -> None:
    (minutes.parent / "Ảnh chợ.jpg").write_bytes(b"jpg")
    async with checklist(founded) as (app, keys):
        chosen_last[app] = minutes.parent
        app.area.go_to("17.9")
        await keys.press("ctrl+g")
        await wait_until(lambda: "Ảnh chợ.jpg" in seen(app))
        await keys.type("bien ban")
        await wait_until(lambda: "Ảnh chợ.jpg" not in seen(app))
        await keys.press("enter")
        await wait_until(lambda: len(documents(app, "17.9")) == 1)


async def test_a_path_that_leads_nowhere_is_told_and_stays(founded: Home, minutes: Path) -> None:
    async with checklist(founded) as (app, keys):
        await keys.press("ctrl+g")
        await wait_until(lambda: isinstance(app.screen, FilePicker))
        await keys.type("/khong/co/dau.pdf")
        await keys.press("enter")
        await wait_until(lambda: "Không thấy" in seen(app))
        assert "/khong/co/dau.pdf" in seen(app)


async def test_a_removed_document_comes_back_with_undo(founded: Home, minutes: Path) -> None:
    async with checklist(founded) as (app, keys):
        await attached(app, keys, "17.9", minutes)
        await keys.press("escape", "delete")
        await wait_until(lambda: documents(app, "17.9") == ())
        await wait_until(lambda: "Chưa có tài liệu" in seen(app))
        await keys.press("ctrl+z")
        await wait_until(lambda: len(documents(app, "17.9")) == 1)
        assert documents(app, "17.9")[0].present


async def test_the_kinds_that_are_missing_are_named(founded: Home, minutes: Path) -> None:
    async with checklist(founded) as (app, keys):
        app.area.go_to("17.9")
        await keys.press("ctrl+t")
        await wait_until(lambda: "Còn thiếu: Văn bản" in seen(app))
        await keys.press("escape")
        await attached(app, keys, "17.9", minutes)
        await keys.press("escape")
        await wait_until(lambda: "Còn thiếu: Bảng số liệu" in seen(app))
        assert "Còn thiếu: Văn bản" not in seen(app)


async def test_a_file_that_is_not_here_is_said(founded: Home, minutes: Path) -> None:
    async with checklist(founded) as (app, keys):
        await attached(app, keys, "17.9", minutes)
        [record] = documents(app, "17.9")
        assert record.file is not None
        path_in(founded, record.file.sha256).unlink()
        await keys.press("escape")
        await wait_until(lambda: "! tệp không có trên máy này" in seen(app))
        await keys.press("ctrl+o")
        await wait_until(lambda: "không có trên máy này" in seen(app))


def test_a_copy_that_is_stopped_leaves_nothing_behind(desk: Desk, minutes: Path) -> None:
    copying = Copying(minutes)
    copying.stop()
    with pytest.raises(Exception, match="Đã dừng"):
        copying.run(desk.home)
    assert not [*desk.home.evidence.rglob("*.pdf"), *desk.home.evidence.glob("partial*")]


def test_progress_is_told_in_size_and_as_a_bar(desk: Desk, minutes: Path) -> None:
    copying = Copying(minutes)
    copying.run(desk.home)
    assert "████████████████████" in copying.progress


def test_a_file_is_looked_at_in_a_copy(
    desk: Desk, minutes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Path] = []
    monkeypatch.setattr(opening, "open_file", given.append)
    stored = Copying(minutes).run(desk.home)
    opening.view(desk.home, stored)
    assert given[0].suffix == ".pdf"
    assert given[0] != path_in(desk.home, stored.sha256)
    assert given[0].read_bytes() == minutes.read_bytes()


@pytest.mark.parametrize("name", ["thu-viec.exe", "don.bat", "khong-duoi", "../../don.lnk"])
def test_what_might_be_a_program_is_never_opened(
    desk: Desk, minutes: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(opening, "open_file", lambda _path: pytest.fail("opened"))
    stored = Copying(minutes).run(desk.home)
    with pytest.raises(Refused, match="chương trình"):
        opening.view(desk.home, StoredFile(stored.sha256, name, stored.size))


def test_no_program_for_a_file_is_told(
    minutes: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused, match="chưa có chương trình"):
        opening.open_file(minutes)
