"""Evidence: a file is kept whole under its own hash, or not at all; papers without files count."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from db import evidence, files
from db.desk import Desk
from db.evidence import Cancelled, EvidenceForm, EvidenceRecord, StoredFile
from db.problems import DiskFailed, NotFound
from tests._helpers.stores import count


def kept(desk: Desk) -> list[Path]:
    return [path for path in desk.home.evidence.rglob("*") if path.is_file()]


def attach(
    desk: Desk, form: EvidenceForm, file: StoredFile | None = None, indicator: str = "1.1"
) -> str:
    sheet = desk.sheet()
    with desk.act() as session:
        return evidence.attach(
            session, sheet.scope, sheet.criteria_set.id, indicator, sheet.year, form, file
        )


def attached(desk: Desk, indicator: str = "1.1") -> tuple[EvidenceRecord, ...]:
    sheet = desk.sheet()
    with desk.reading() as session:
        found = evidence.evidence_of(session, desk.home, sheet)
    return found.get(indicator, ())


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "Biên bản họp thôn.pdf"
    path.write_bytes(b"%PDF-1.4 " + bytes(range(256)) * 9_000)
    return path


def test_a_file_is_copied_under_its_hash_and_told_step_by_step(desk: Desk, document: Path) -> None:
    told: list[int] = []

    def progress(done: int) -> bool:
        told.append(done)
        return True

    file = evidence.keep_file(desk.home, document, progress)
    data = document.read_bytes()
    assert file == StoredFile(sha256(data).hexdigest(), document.name, len(data))
    assert evidence.path_in(desk.home, file.sha256).read_bytes() == data
    assert told[-1] == len(data)
    assert len(told) > 1
    assert document.exists()


def test_the_same_file_is_kept_once(desk: Desk, document: Path, tmp_path: Path) -> None:
    evidence.keep_file(desk.home, document)
    again = tmp_path / "bản sao.pdf"
    again.write_bytes(document.read_bytes())
    assert evidence.keep_file(desk.home, again).file_name == "bản sao.pdf"
    assert len(kept(desk)) == 1


def test_a_kept_file_that_was_spoilt_is_mended_by_attaching_it_again(
    desk: Desk, document: Path
) -> None:
    file = evidence.keep_file(desk.home, document)
    place = evidence.path_in(desk.home, file.sha256)
    place.write_bytes(bytes(file.size))
    evidence.keep_file(desk.home, document)
    assert place.read_bytes() == document.read_bytes()


def test_a_file_that_is_not_there_is_said(desk: Desk, tmp_path: Path) -> None:
    for missing in (tmp_path / "gone.pdf", tmp_path, Path("x\x00y")):
        with pytest.raises(NotFound, match="Chưa đính gì"):
            evidence.keep_file(desk.home, missing)
    with pytest.raises(DiskFailed, match="Chưa đính gì"):
        evidence.keep_file(desk.home, tmp_path / ("x" * 5000))
    assert kept(desk) == []


def test_stopping_leaves_nothing(desk: Desk, document: Path) -> None:
    with pytest.raises(Cancelled, match="dữ liệu còn nguyên"):
        evidence.keep_file(desk.home, document, lambda _done: False)
    assert kept(desk) == []


@pytest.mark.parametrize("number", [13, 28, 5])
def test_a_locked_source_or_a_full_disk_is_said_and_leaves_nothing(
    desk: Desk, document: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def fails(*_args: object) -> None:
        raise OSError(number, "in English")

    with monkeypatch.context() as patch:
        patch.setattr(files, "replace_patiently", fails)
        with pytest.raises(DiskFailed, match="hãy đóng lại rồi thử lần nữa") as told:
            evidence.keep_file(desk.home, document)
    assert "in English" not in str(told.value)
    assert kept(desk) == []
    evidence.keep_file(desk.home, document)


def test_a_document_is_kept_with_its_number_day_and_issuer_as_written(
    desk: Desk, document: Path
) -> None:
    file = evidence.keep_file(desk.home, document)
    form = EvidenceForm("van-ban", "Biên bản", "12/BB", "20/20/2023", "UBND xã")
    id_ = attach(desk, form, file)
    (found,) = attached(desk)
    assert (found.title, found.number, found.issuer) == ("Biên bản", "12/BB", "UBND xã")
    assert found.date_written == "20/20/2023"
    assert found.date_warning
    assert found.file == file
    assert found.present
    with desk.act() as session:
        evidence.describe(session, desk.commune.scope, id_, EvidenceForm("van-ban", "Khác"))
    (found,) = attached(desk)
    assert (found.title, found.number, found.date_warning) == ("Khác", "", "")
    assert found.file == file


def test_a_paper_without_a_file_counts_and_one_with_a_file_has_a_name(
    desk: Desk, document: Path
) -> None:
    attach(desk, EvidenceForm("van-ban", "Chỉ có bản giấy"))
    attach(desk, EvidenceForm("van-ban"), evidence.keep_file(desk.home, document))
    paper, with_file = sorted(attached(desk), key=lambda one: one.file is not None)
    assert (paper.present, paper.file) == (True, None)
    assert with_file.title == document.name


def test_a_file_that_is_missing_later_is_said_and_blocks_nothing(
    desk: Desk, document: Path
) -> None:
    file = evidence.keep_file(desk.home, document)
    attach(desk, EvidenceForm("van-ban"), file)
    evidence.path_in(desk.home, file.sha256).unlink()
    (found,) = attached(desk)
    assert not found.present


def test_a_document_taken_off_comes_back_whole_with_undo(desk: Desk, document: Path) -> None:
    file = evidence.keep_file(desk.home, document)
    id_ = attach(desk, EvidenceForm("van-ban", "Biên bản"), file)
    before = attached(desk)
    with desk.act() as session:
        evidence.remove(session, desk.commune.scope, id_)
    assert attached(desk) == ()
    desk.store.undo(desk.officer)
    assert attached(desk) == before
    assert before[0].present


def test_a_document_that_is_gone_meanwhile_is_said(desk: Desk) -> None:
    before = count(desk, "change")
    with pytest.raises(NotFound, match="không còn nữa"), desk.act() as session:
        evidence.remove(session, desk.commune.scope, "none")
    with pytest.raises(NotFound), desk.act() as session:
        evidence.describe(session, desk.commune.scope, "none", EvidenceForm("x"))
    assert count(desk, "change") == before


def test_the_kinds_that_are_missing_are_listed(desk: Desk) -> None:
    criteria_set = desk.sheet().criteria_set
    missing = evidence.missing_kinds(criteria_set, "1.1", attached(desk))
    assert {kind.id for kind in missing} == set(criteria_set.indicator("1.1").evidence)
    attach(desk, EvidenceForm(missing[0].id, "có"))
    assert missing[0] not in evidence.missing_kinds(criteria_set, "1.1", attached(desk))


def test_documents_stand_in_the_vietnamese_order(desk: Desk) -> None:
    for title in ("Đơn", "Danh sách", "Ảnh", "Biên bản 10", "Biên bản 2"):
        attach(desk, EvidenceForm("van-ban", title))
    assert [one.title for one in attached(desk)] == [
        "Ảnh",
        "Biên bản 2",
        "Biên bản 10",
        "Danh sách",
        "Đơn",
    ]
