"""Laptops of one commune exchange bundles: what travels, what arrives, and when nothing does."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from db import backups, checklist, evidence, files, store_copies
from db.desk import Desk
from db.evidence import EvidenceForm
from db.home import Home
from db.judging import Status
from db.problems import DiskFailed, NotFound, Problem, Refused
from db.sync import intake as intake_module
from db.sync.joining import CannotJoin, join
from db.sync.planning import parse_receiver, plan
from db.sync.problems import BundleProblem, Code
from db.sync.reading import verify
from db.sync.receiving import ForeignBundle, receive
from tests._helpers.stores import (
    ANSWERS,
    count,
    device,
    dump_of,
    found,
    friends,
    note_of,
    pass_on,
    reopened,
    second,
    send,
    set_note,
    set_status,
    status_of,
    tables_of,
)


@contextmanager
def two_laptops(path: Path) -> Iterator[tuple[Desk, Desk]]:
    one, two = friends(path)
    with closing(one), closing(two):
        yield one, two


def everything(desk: Desk) -> object:
    """All that an import may touch, as it is stored."""
    with desk.reading() as session:
        connection = session.connection()
        own = {
            name: connection.exec_driver_sql(f"SELECT * FROM {name} ORDER BY 1").all()
            for name in ("change", "action", "segment", "known_device", "held_receipt", "transfer")
        }
        return tables_of(connection), own


def segment_bytes(path: Path) -> int:
    """What the segments and their signatures weigh in the bundle, compressed."""
    with zipfile.ZipFile(path) as archive:
        return sum(one.compress_size for one in archive.infolist() if "/segments/" in one.filename)


def attach(desk: Desk, source: Path, indicator: str = "1.1", title: str = "") -> str:
    file = evidence.keep_file(desk.home, source)
    sheet = desk.sheet()
    with desk.act() as session:
        evidence.attach(
            session,
            desk.commune.scope,
            sheet.criteria_set.id,
            indicator,
            sheet.year,
            EvidenceForm("van-ban", title),
            file,
        )
    return file.sha256


def full_under(folder: Path) -> Callable[[Path, Path], None]:
    """A disk that is full in one folder only."""
    real = files.replace_patiently

    def rename(source: Path, target: Path) -> None:
        if folder in target.parents:
            raise OSError(28, "No space left on device")
        real(source, target)

    return rename


def test_a_bundle_of_the_whole_commune_makes_an_equal_store(tmp_path: Path) -> None:
    with closing(found(tmp_path / "one")) as one:
        set_status(one, "1.1", Status.MET)
        set_note(one, "1.2", "Đường bê tông 1.234,5 m 🚧")
        document = tmp_path / "biên bản.pdf"
        document.write_bytes(b"%PDF-1.4 " + bytes(5000))
        digest = attach(one, document)
        written = send(one, tmp_path / "stick", full=True)
        assert verify(written.path).valid
        with closing(second(one, tmp_path / "two")) as two:
            assert dump_of(two) == dump_of(one)
            assert evidence.path_in(two.home, digest).read_bytes() == document.read_bytes()
            assert two.officer == "Lý Văn Bé"
            assert device(two) != device(one)
            with one.reading() as here, two.reading() as there:
                assert tables_of(here.connection()) == tables_of(there.connection())
            two = reopened(two)
            two.close()


def test_after_a_receipt_only_what_is_new_travels(tmp_path: Path) -> None:
    with two_laptops(tmp_path) as (one, two):
        set_note(one, "1.1", "mới")
        planned = plan(one, parse_receiver("all"))
        assert planned.changes == 2
        assert not planned.full
        written = send(one, tmp_path / "a")
        assert written.info.counts.changes == 2
        again = send(one, tmp_path / "b")
        assert again.info.counts.changes == 2  # the cursor never moves at export
        receive(two, written.path)
        pass_on(two, one, tmp_path / "c")
        assert plan(one, parse_receiver("all")).changes == 0
        assert send(one, tmp_path / "d").info.counts.changes == 0
        assert send(one, tmp_path / "e", full=True).info.full


def test_a_laptop_that_joined_sends_back_only_what_it_wrote_itself(tmp_path: Path) -> None:
    with closing(found(tmp_path / "one")) as one, closing(second(one, tmp_path / "two")) as two:
        set_note(two, "1.1", "của tôi")
        assert send(two, tmp_path / "a").info.counts.changes == 2


def test_a_receiver_that_was_never_heard_of_gets_everything(tmp_path: Path) -> None:
    with two_laptops(tmp_path) as (one, two):
        assert plan(one, parse_receiver("upper")).full
        assert not plan(one, parse_receiver(device(two))).full
        with pytest.raises(NotFound, match="Chưa tin cậy"):
            plan(one, parse_receiver("0" * 24))


def test_a_store_rolled_back_says_it_holds_less_and_gets_it_again(tmp_path: Path) -> None:
    with two_laptops(tmp_path) as (one, two):
        backups.backup(two.home, backups.Why.MANUAL)
        set_note(one, "1.1", "mới")
        pass_on(one, two, tmp_path / "a")
        pass_on(two, one, tmp_path / "b")
        assert plan(one, parse_receiver("all")).changes == 0
        home = two.home
        two.close()
        backups.restore(home, backups.list_backups(home)[-1].path)
        with closing(Desk.open(home)) as again:
            assert note_of(again, "1.1") == ""
            pass_on(again, one, tmp_path / "c")
            pass_on(one, again, tmp_path / "d")
            assert note_of(again, "1.1") == "mới"


def bytes_after_fifty_edits(path: Path, earlier: int) -> int:
    """What fifty edits of one change each weigh in a bundle, after so many earlier changes."""
    with two_laptops(path) as (one, two):
        sheet = one.sheet()
        numbers = [indicator.number for indicator in sheet.criteria_set.indicators[:50]]
        with one.act() as session:
            for turn in range(earlier // 50):
                for number in numbers:
                    checklist.set_text(session, sheet, number, "note", f"lần {turn}")
                session.flush()
        pass_on(one, two, path / "a")
        pass_on(two, one, path / "b")
        for place, number in enumerate(numbers):
            set_note(one, number, f"mới {place}")
        written = send(one, path / "c")
        assert written.info.counts.changes == 50
        assert receive(two, written.path).new == 50
        assert dump_of(one) == dump_of(two)
        return segment_bytes(written.path)


def test_a_bundle_after_fifty_edits_is_small_and_does_not_grow_with_history(
    tmp_path: Path,
) -> None:
    short, long = (bytes_after_fifty_edits(tmp_path / str(n), n) for n in (100, 1_000))
    assert max(short, long) < 4_000
    assert abs(long - short) < short / 10


def test_a_bundle_that_is_known_is_a_success_with_nothing_new(tmp_path: Path) -> None:
    with two_laptops(tmp_path) as (one, two):
        set_note(one, "1.1", "một")
        written = send(one, tmp_path / "a")
        first = receive(two, written.path)
        assert (first.new, first.known) == (2, 0)
        dumped = dump_of(two)
        again = receive(two, written.path)
        assert (again.new, again.known, again.conflicts) == (0, 2, 0)
        assert dump_of(two) == dumped


def test_an_old_bundle_after_a_new_one_takes_nothing_back(tmp_path: Path) -> None:
    with two_laptops(tmp_path) as (one, two):
        set_note(one, "1.1", "một")
        old = send(one, tmp_path / "a")
        set_note(one, "1.1", "hai")
        receive(two, send(one, tmp_path / "b").path)
        receive(two, old.path)
        assert note_of(two, "1.1") == "hai"


def test_bundles_that_come_in_the_wrong_order_wait_for_each_other(tmp_path: Path) -> None:
    with two_laptops(tmp_path) as (one, two):
        set_note(one, "1.1", "một")
        first = send(one, tmp_path / "a")
        pass_on(two, one, tmp_path / "b")
        with one.store.writing() as connection:  # two is taken to hold the first one
            connection.exec_driver_sql("DELETE FROM held_receipt")
        set_note(one, "1.1", "hai")
        both = send(one, tmp_path / "c")
        with zipfile.ZipFile(both.path) as archive:
            assert sum("/segments/" in name for name in archive.namelist()) > 2
        receive(two, both.path)
        assert receive(two, first.path).new == 0
        assert dump_of(two) == dump_of(one)


def test_a_dry_run_says_what_would_change_and_changes_nothing(tmp_path: Path) -> None:
    with (
        closing(found(tmp_path / "one")) as one,
        closing(second(one, tmp_path / "two")) as two,
    ):
        set_note(two, "1.1", "của máy hai")
        written = send(two, tmp_path / "a")
        before, last = everything(one), one.store._clock.last
        would = receive(one, written.path, dry_run=True, trust=[device(two)])
        assert (would.new, would.quarantined) == (2, ())
        assert everything(one) == before
        assert one.store._clock.last == last or everything(one) == before
        assert not one.home.backups.exists()
        strange = receive(one, written.path, dry_run=True)
        assert [one_.changes for one_ in strange.quarantined] == [2]
        did = receive(one, written.path, trust=[device(two)])
        assert did.new == would.new
        assert note_of(one, "1.1") == "của máy hai"


@pytest.mark.parametrize("where", ["bring_in_line", "_keep", "finish"])
def test_an_import_that_breaks_off_in_the_middle_changes_nothing(
    tmp_path: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        closing(found(tmp_path / "one")) as one,
        closing(second(one, tmp_path / "two")) as two,
    ):
        set_note(one, "1.1", "gốc")
        for number in ("1.1", "1.2", "2.1"):
            set_note(two, number, "của máy hai")
            send(two, tmp_path / "sealed")
        written = send(two, tmp_path / "a")
        before = everything(one)
        calls = []
        real_keep = intake_module.Intake._keep

        def breaks(*_args: object, **_named: object) -> None:
            raise RuntimeError("power")

        def third(*args: object, **named: object) -> None:
            calls.append(1)
            if len(calls) == 3:
                raise RuntimeError("power")
            real_keep(*args, **named)  # type: ignore[arg-type]

        with monkeypatch.context() as patch:
            if where == "bring_in_line":
                patch.setattr(intake_module, "bring_in_line", breaks)
            elif where == "_keep":
                patch.setattr(intake_module.Intake, "_keep", third)
            else:
                real = intake_module.Intake.finish

                def late(self: intake_module.Intake) -> int:
                    real(self)
                    raise RuntimeError("power")

                patch.setattr(intake_module.Intake, "finish", late)
            with pytest.raises(RuntimeError, match="power"):
                receive(one, written.path, trust=[device(two)])
        assert everything(one) == before
        assert receive(one, written.path, trust=[device(two)]).new == 4 + 2
        assert note_of(one, "2.1") == "của máy hai"


def test_a_stick_pulled_out_while_importing_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db.sync.container import Container
    from db.sync.problems import problem

    with two_laptops(tmp_path) as (one, two):
        for number in ("1.1", "1.2"):
            set_note(one, number, "mới")
            written = send(one, tmp_path / "a")
        before = everything(two)
        real, reads = Container.read, []

        def pulled(self: Container, name: str) -> bytes:
            if "/segments/" in name and name.endswith(".jsonl"):
                reads.append(name)
                if len(reads) > 3:  # two while checking, one while taking in
                    raise problem(Code.UNREADABLE)
            return real(self, name)

        with monkeypatch.context() as patch:
            patch.setattr(Container, "read", pulled)
            with pytest.raises(BundleProblem, match="Không đọc được"):
                receive(two, written.path)
        assert len(reads) == 4
        assert everything(two) == before
        assert receive(two, written.path).new == 4


def test_another_communes_bundle_is_refused(tmp_path: Path) -> None:
    from dataclasses import replace

    neighbour = replace(ANSWERS, commune="Minh Tiến")
    with (
        closing(found(tmp_path / "one")) as one,
        closing(found(tmp_path / "two", answers=neighbour)) as two,
    ):
        written = send(two, tmp_path / "a")
        before = everything(one)
        for dry_run in (True, False):
            with pytest.raises(ForeignBundle, match="Minh Tiến"):
                receive(one, written.path, trust=[device(two)], dry_run=dry_run)
        assert everything(one) == before


@pytest.mark.parametrize("practice", [True, False])
def test_practice_and_real_data_never_meet(tmp_path: Path, practice: bool) -> None:
    with (
        closing(found(tmp_path / "one", practice=practice)) as one,
        closing(found(tmp_path / "two", practice=not practice)) as two,
    ):
        written = send(two, tmp_path / "a")
        with pytest.raises(ForeignBundle, match="không bao giờ trộn"):
            receive(one, written.path, trust=[device(two)])


def test_a_joined_practice_store_is_for_practice(tmp_path: Path) -> None:
    with (
        closing(found(tmp_path / "one", practice=True)) as one,
        closing(second(one, tmp_path / "two")) as two,
    ):
        assert two.practice


def test_a_file_that_is_no_bundle_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    wrong = tmp_path / "NTM_x.zip"
    wrong.write_bytes(b"PK rubbish")
    before = everything(desk)
    with pytest.raises(BundleProblem):
        receive(desk, wrong)
    assert everything(desk) == before
    with pytest.raises(BundleProblem):
        join(Home(tmp_path / "joined"), wrong, "A")
    assert not (tmp_path / "joined").exists()


def test_joining_needs_a_bundle_from_the_first_change_on(tmp_path: Path) -> None:
    with two_laptops(tmp_path) as (one, _two):
        set_note(one, "1.1", "mới")
        part = send(one, tmp_path / "a")
        with pytest.raises(CannotJoin, match="--full"):
            join(Home(tmp_path / "three"), part.path, "Lý Văn Bé")
        assert not (tmp_path / "three" / "ntm.sqlite").exists()
        whole = send(one, tmp_path / "b", full=True)
        with closing(join(Home(tmp_path / "three"), whole.path, "Lý Văn Bé")) as three:
            assert dump_of(three) == dump_of(one)


def test_joining_into_a_home_with_a_store_or_without_a_name_is_refused(tmp_path: Path) -> None:
    with closing(found(tmp_path / "one")) as one:
        written = send(one, tmp_path / "a", full=True)
        with pytest.raises(Refused):
            join(Home(tmp_path / "new"), written.path, " ")
        one.close()
        with pytest.raises(Refused, match="đã có kho dữ liệu"):
            join(one.home, written.path, "Lý Văn Bé")


def test_joining_that_breaks_off_leaves_nothing_and_can_be_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(found(tmp_path / "one")) as one:
        document = tmp_path / "a.pdf"
        document.write_bytes(b"%PDF-1.4 x")
        attach(one, document)
        written = send(one, tmp_path / "a", full=True)
        home = Home(tmp_path / "two")

        with monkeypatch.context() as patch:
            patch.setattr(files, "replace_patiently", full_under(home.evidence))
            with pytest.raises(DiskFailed, match="ổ đĩa đã đầy"):
                join(home, written.path, "Lý Văn Bé")
        assert not home.store.exists()
        with closing(join(home, written.path, "Lý Văn Bé")) as two:
            assert dump_of(two) == dump_of(one)


def test_a_laptop_that_joined_takes_over_whom_the_first_one_revoked(tmp_path: Path) -> None:
    from db.sync.deciding import revoke_device

    with two_laptops(tmp_path) as (one, two):
        set_note(two, "1.1", "lúc còn tin")
        pass_on(two, one, tmp_path / "before")
        revoke_device(one, device(two))
        with closing(second(one, tmp_path / "three")) as three:
            set_note(two, "1.1", "từ máy mất trộm")
            outcome = pass_on(two, three, tmp_path / "a")
            assert [wait.reason for wait in outcome.quarantined] == ["revoked"]
            assert note_of(three, "1.1") == "lúc còn tin"


def test_one_paper_for_many_findings_travels_once(tmp_path: Path) -> None:
    with two_laptops(tmp_path) as (one, two):
        for number, name in enumerate(("a.pdf", "b.pdf", "c.PDF", "d.docx")):
            document = tmp_path / name
            document.write_bytes(b"%PDF-1.4 the same")
            digest = attach(one, document, f"1.{number % 2 + 1}")
        written = send(one, tmp_path / "a")
        assert written.info.counts.evidence == 1
        assert verify(written.path).valid
        receive(two, written.path)
        assert evidence.path_in(two.home, digest).read_bytes() == b"%PDF-1.4 the same"
        pass_on(two, one, tmp_path / "b")
        set_note(one, "1.1", "mới")
        assert send(one, tmp_path / "c").info.counts.evidence == 0  # it is confirmed


@pytest.mark.parametrize("trouble", ["missing", "changed", "a folder in its place"])
def test_evidence_that_cannot_be_read_is_left_out_and_said(tmp_path: Path, trouble: str) -> None:
    with two_laptops(tmp_path) as (one, two):
        document = tmp_path / "a.pdf"
        document.write_bytes(b"%PDF-1.4 whole")
        digest = attach(one, document)
        kept = evidence.path_in(one.home, digest)
        kept.unlink()
        if trouble == "changed":
            kept.write_bytes(b"%PDF-1.4 WHOLE")
        elif trouble != "missing":
            kept.mkdir()
        set_note(one, "1.2", "vẫn gửi được")
        written = send(one, tmp_path / "out")
        assert [flaw.code for flaw in written.notes] == [Code.EVIDENCE_LEFT_OUT]
        assert verify(written.path).valid
        receive(two, written.path)
        assert note_of(two, "1.2") == "vẫn gửi được"
        if trouble == "changed":  # attaching it again mends it, as the words say
            attach(one, document)
            assert send(one, tmp_path / "again").info.counts.evidence == 1


def test_evidence_that_arrived_before_its_words_or_was_there_is_not_written_twice(
    tmp_path: Path,
) -> None:
    with two_laptops(tmp_path) as (one, two):
        document = tmp_path / "a.pdf"
        document.write_bytes(b"%PDF-1.4 x")
        digest = attach(one, document)
        evidence.keep_file(two.home, document)
        kept = evidence.path_in(two.home, digest)
        stamp = kept.stat().st_mtime_ns
        pass_on(one, two, tmp_path / "out")
        assert kept.stat().st_mtime_ns == stamp


def test_a_row_that_names_a_strange_file_blocks_nothing(tmp_path: Path) -> None:
    with two_laptops(tmp_path) as (one, two):
        from db.models import Evidence

        for number, name in enumerate(("../../etc/passwd", "/etc/passwd", "x", "A" * 64)):
            with one.act() as session:
                row = Evidence(scope=one.commune.scope, id=f"e{number}")
                row.sha256, row.file_name, row.indicator = name, "a.pdf", "1.1"
                row.criteria_set, row.year = "xa-ntm-2021-2025", 2024
                session.add(row)
        written = send(one, tmp_path / "out")
        assert written.info.counts.evidence == 0
        receive(two, written.path)
        sheet = two.sheet()
        with two.reading() as session:
            found_ = evidence.evidence_of(session, two.home, sheet)
        assert [one_.present for one_ in found_["1.1"]] == [False] * 4


def test_an_export_that_fails_leaves_nothing_under_a_final_name_and_can_be_repeated(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_note(desk, "1.1", "một")
    stick = tmp_path / "stick"

    with monkeypatch.context() as patch:
        patch.setattr(files, "replace_patiently", full_under(stick))
        with pytest.raises(BundleProblem, match="Ổ đĩa đã đầy"):
            send(desk, stick)
    assert list(stick.iterdir()) == []
    assert count(desk, "transfer", "direction = 'out'") == 0
    written = send(desk, stick)
    assert verify(written.path).valid
    assert count(desk, "transfer", "direction = 'out'") == 1


def test_an_export_where_a_file_is_in_the_way_is_said(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "stick").write_text("a file", encoding="utf-8")
    with pytest.raises(DiskFailed, match="Không tạo được thư mục"):
        send(desk, tmp_path / "stick")


def test_an_export_can_be_stopped_and_repeated(desk: Desk, tmp_path: Path) -> None:
    set_note(desk, "1.1", "một")
    from db.sync.sending import export
    from tests._helpers.stores import PROGRAM, page

    told: list[tuple[int, int]] = []
    with pytest.raises(BundleProblem, match="dừng theo yêu cầu"):
        export(
            desk,
            parse_receiver("all"),
            tmp_path / "stick",
            page,
            program=PROGRAM,
            progress=lambda done, whole: told.append((done, whole)),
            cancelled=lambda: len(told) > 4,
        )
    assert list((tmp_path / "stick").iterdir()) == []
    assert verify(send(desk, tmp_path / "stick").path).valid


def test_every_bundle_of_a_day_has_a_name_of_its_own(desk: Desk, tmp_path: Path) -> None:
    names = [send(desk, tmp_path / "stick").path.name for _ in range(3)]
    assert len(set(names)) == 3
    assert all(name.isascii() and name.startswith("NTM_cai-kinh_") for name in names)
    with desk.store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM transfer")  # as after a restore
    assert send(desk, tmp_path / "stick").path.name not in names


def test_a_store_opened_to_look_at_cannot_export(desk: Desk, tmp_path: Path) -> None:
    with Desk.read(desk.home) as reader, pytest.raises(Refused, match="chỉ được mở để xem"):
        send(reader, tmp_path / "stick")


def test_an_import_is_preceded_by_a_copy_of_the_store(tmp_path: Path) -> None:
    with two_laptops(tmp_path) as (one, two):
        set_note(one, "1.1", "mới")
        before = len(backups.list_backups(two.home))
        pass_on(one, two, tmp_path / "a")
        after = backups.list_backups(two.home)
        assert len(after) == before + 1
        assert after[0].why is backups.Why.IMPORT
        home = two.home
        two.close()
        backups.restore(home)
        with closing(Desk.open(home)) as again:
            assert note_of(again, "1.1") == ""


def test_an_import_is_refused_when_no_copy_can_be_made_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with two_laptops(tmp_path) as (one, two):
        set_note(one, "1.1", "mới")
        written = send(one, tmp_path / "a")
        before = everything(two)

        def full(*_args: object) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(store_copies, "copy_store", full)
            with pytest.raises(Problem, match="ổ đĩa đã đầy"):
                receive(two, written.path)
        assert everything(two) == before


def test_a_commune_is_rebuilt_in_full_from_the_second_laptop(tmp_path: Path) -> None:
    with two_laptops(tmp_path) as (one, two):
        set_status(one, "1.1", Status.MET)
        document = tmp_path / "a.pdf"
        document.write_bytes(b"%PDF-1.4 x")
        digest = attach(one, document)
        pass_on(one, two, tmp_path / "a")
        want = dump_of(one)
        one.close()
        shutil.rmtree(one.home.path)  # the first laptop was stolen
        with closing(second(two, tmp_path / "new")) as new:
            assert dump_of(new) == want
            assert status_of(new, "1.1") is Status.MET
            assert evidence.path_in(new.home, digest).is_file()
