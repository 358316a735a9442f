"""Encrypted bundles between laptops: who opens them, where they lie, what is said when not."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import identity, kept_keys, working
from db.desk import Desk
from db.home import Home
from db.identity_file import place_of
from db.kept_keys import KeptKey
from db.problems import NotFound, Problem, Refused
from db.sync import cards, encrypted, opening
from db.sync.archive import Written
from db.sync.encryption import MAGIC, encrypt
from db.sync.finding import bundles_in, find_bundles
from db.sync.joining import join
from db.sync.opening_keys import OpeningKey
from db.sync.planning import parse_receiver
from db.sync.problems import BundleProblem, Code
from db.sync.readers import readers_meant, readers_named
from db.sync.reading import open_bundle, verify
from db.sync.receiving import receive
from db.sync.sending import export, own_card
from db.sync.transfers import list_transfers
from db.sync.trust import known_devices, remember
from db.sync.watch import Watch
from tests._helpers.stores import (
    PROGRAM,
    device,
    dump_of,
    found,
    friends,
    note_of,
    page,
    send,
    set_note,
)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    """Two laptops of one commune that trust each other."""
    one, other = friends(tmp_path)
    with one, other:
        yield one, other


def lock(desk: Desk, folder: Path, to: str = "all", **more: object) -> Written:
    receiver = parse_receiver(to)
    readers = readers_meant(desk, receiver)
    return export(desk, receiver, folder, page, program=PROGRAM, readers=readers, **more)  # type: ignore[arg-type]


def code_of(path: Path, home: Home) -> Code:
    with pytest.raises(BundleProblem) as raised, open_bundle(path, home=home):
        pass
    return raised.value.flaw.code


def make_older(desk: Desk, about: Desk) -> None:
    """Put the card of another laptop back to what an older program wrote."""
    own = about.store.identity
    assert own is not None
    card = cards.read(own_card(about, PROGRAM))
    data = cards.make(
        own.key(), role=card.role, scope=card.scope, office=card.office,
        machine=card.machine, program="ntm cũ",
    )  # fmt: skip
    with desk.store.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE known_device SET card = ? WHERE device = ?", (data, card.device)
        )


# -- Sending ---------------------------------------------------------------------------------------


def test_what_is_sent_encrypted_arrives(pair: tuple[Desk, Desk], tmp_path: Path) -> None:
    one, other = pair
    set_note(one, "1.1", "đường vào thôn Đồng Mỏ")
    written = lock(one, tmp_path / "stick")
    assert written.path.name.endswith(".zip.age")
    assert written.path.read_bytes().startswith(MAGIC)
    assert [reader.device for reader in written.readers] == [device(other)]
    outcome = receive(other, written.path)
    assert outcome.new >= 1
    assert outcome.sender.device == device(one)
    assert note_of(other, "1.1") == "đường vào thôn Đồng Mỏ"


def test_the_sender_can_read_it_too(pair: tuple[Desk, Desk], tmp_path: Path) -> None:
    one, _ = pair
    found_ = verify(lock(one, tmp_path / "stick").path, home=one.home)
    assert found_.valid
    assert found_.code is not None


def test_nothing_but_the_encrypted_file_ever_lies_on_the_stick(
    pair: tuple[Desk, Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = pair
    set_note(one, "1.1", "mật")
    stick, seen = tmp_path / "stick", []
    stock = encrypted.encrypt

    def watched(source: object, *args: object) -> str:
        seen.append(Path(source.name))  # type: ignore[attr-defined]
        assert [it.read_bytes() for it in stick.iterdir()] == [b""]
        return stock(source, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(encrypted, "encrypt", watched)
    written = lock(one, stick)
    assert list(stick.iterdir()) == [written.path]
    (plain,) = seen
    assert plain.is_relative_to(one.home.path)
    assert not plain.exists()
    assert not one.home.working.exists()
    assert "mật".encode() not in written.path.read_bytes()


def test_the_log_names_what_lies_on_the_stick(pair: tuple[Desk, Desk], tmp_path: Path) -> None:
    one, _ = pair
    written = lock(one, tmp_path / "stick")
    with one.reading() as session:
        newest = list_transfers(session, one.home)[0]
    assert (newest.name, newest.code) == (written.path.name, written.code)
    assert newest.bytes == written.path.stat().st_size == written.size


def test_an_encrypted_and_an_open_bundle_never_share_a_name(
    pair: tuple[Desk, Desk], tmp_path: Path
) -> None:
    one, _ = pair
    first, second = lock(one, tmp_path / "stick"), send(one, tmp_path / "stick")
    assert first.info.name != second.info.name


def test_progress_only_goes_forward_and_ends_full(pair: tuple[Desk, Desk], tmp_path: Path) -> None:
    one, _ = pair
    steps: list[tuple[int, int]] = []
    lock(one, tmp_path / "stick", progress=lambda done, total: steps.append((done, total)))
    shares = [done / total for done, total in steps]
    assert shares == sorted(shares)
    assert shares[-1] == 1


@pytest.mark.parametrize("steps", [1, 5, 12])
def test_stopped_at_any_moment_it_leaves_nothing(
    pair: tuple[Desk, Desk], tmp_path: Path, steps: int
) -> None:
    one, _ = pair
    left = [steps]

    def enough() -> bool:
        left[0] -= 1
        return left[0] < 0

    set_note(one, "1.1", "x")
    with pytest.raises(BundleProblem) as raised:
        lock(one, tmp_path / "stick", cancelled=enough)
    assert raised.value.flaw.code is Code.CANCELLED
    assert list((tmp_path / "stick").glob("*")) == []
    assert not one.home.working.exists()


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, Code.DISK_FULL), (errno.EROFS, Code.DISK_READ_ONLY), (5, Code.DISK_FAILED)],
)
def test_a_stick_that_fails_is_named_and_left_clean(
    pair: tuple[Desk, Desk],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    code: Code,
) -> None:
    one, _ = pair

    def fails(*_args: object) -> str:
        raise OSError(number, "fails")

    monkeypatch.setattr(encrypted, "encrypt", fails)
    with pytest.raises(BundleProblem) as raised:
        lock(one, tmp_path / "stick")
    assert raised.value.flaw.code is code
    assert list((tmp_path / "stick").iterdir()) == []
    assert not one.home.working.exists()


def test_a_full_disk_of_this_machine_is_not_blamed_on_the_stick(
    pair: tuple[Desk, Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = pair

    def full(*_args: object, **_named: object) -> Written:
        raise BundleProblem(opening.problem(Code.DISK_FULL).flaw)

    monkeypatch.setattr(encrypted, "write_bundle", full)
    with pytest.raises(BundleProblem) as raised:
        lock(one, tmp_path / "stick")
    assert raised.value.flaw.code is Code.NO_ROOM_HERE


def test_a_stick_that_gives_back_other_bytes_is_found_out(
    pair: tuple[Desk, Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = pair
    stock = encrypted.encrypt

    def altered(source: object, target: object, *args: object) -> str:
        done = stock(source, target, *args)  # type: ignore[arg-type]
        target.seek(-1, os.SEEK_END)  # type: ignore[attr-defined]
        target.write(b"?")  # type: ignore[attr-defined]
        return done

    monkeypatch.setattr(encrypted, "encrypt", altered)
    with pytest.raises(BundleProblem) as raised:
        lock(one, tmp_path / "stick")
    assert raised.value.flaw.code is Code.NOT_AS_WRITTEN
    assert list((tmp_path / "stick").iterdir()) == []


# -- For whom --------------------------------------------------------------------------------------


def test_an_older_program_s_machine_has_no_key_until_its_next_card(
    pair: tuple[Desk, Desk], tmp_path: Path
) -> None:
    one, other = pair
    make_older(one, other)
    readers = readers_meant(one, parse_receiver("all"))
    assert (readers.able, [it.device for it in readers.unable]) == ((), [device(other)])
    with pytest.raises(Refused, match="Chưa máy nhận nào có khóa"):
        lock(one, tmp_path / "stick")
    assert not (tmp_path / "stick").exists()
    receive(one, send(other, tmp_path / "in").path)
    assert [it.device for it in readers_meant(one, parse_receiver("all")).able] == [device(other)]


def test_an_old_card_that_comes_in_late_takes_no_key_away(pair: tuple[Desk, Desk]) -> None:
    one, other = pair
    own = other.store.identity
    assert own is not None
    card = cards.read(own_card(other, PROGRAM))
    old = cards.make(
        own.key(), role=card.role, scope=card.scope, office="cũ", machine="cũ", program="cũ"
    )
    with one.store.writing() as connection:
        remember(connection, cards.read(old), old)
    assert readers_meant(one, parse_receiver("all")).able


def test_machines_are_named_one_by_one(pair: tuple[Desk, Desk]) -> None:
    one, other = pair
    named = readers_named(one, [device(other), device(other)])
    assert [it.device for it in named.able] == [device(other)]


def test_a_machine_that_nobody_trusts_is_not_encrypted_to(
    pair: tuple[Desk, Desk], tmp_path: Path
) -> None:
    one, _ = pair
    with found(tmp_path / "stranger") as stranger:
        data = own_card(stranger, PROGRAM)
    with one.store.writing() as connection:
        remember(connection, cards.read(data), data)
    with pytest.raises(NotFound, match="Không có máy tin cậy nào"):
        readers_named(one, [cards.read(data).device])
    assert cards.read(data).device not in {
        it.device for it in readers_meant(one, parse_receiver("all")).able
    }


def test_a_named_machine_without_a_key_is_refused(pair: tuple[Desk, Desk]) -> None:
    one, other = pair
    make_older(one, other)
    with pytest.raises(Refused, match="chưa có khóa"):
        readers_named(one, [device(other)])


def test_a_signed_card_with_a_key_that_is_none_counts_as_without(
    pair: tuple[Desk, Desk],
) -> None:
    one, other = pair
    own = other.store.identity
    assert own is not None
    card = cards.read(own_card(other, PROGRAM))
    data = cards.make(
        own.key(), role=card.role, scope=card.scope, office=card.office, machine=card.machine,
        program=PROGRAM, recipient="age1" + "q" * 58,
    )  # fmt: skip
    with one.store.writing() as connection:
        remember(connection, cards.read(data), data)
    assert readers_meant(one, parse_receiver("all")).able == ()


def test_the_list_of_machines_says_who_has_a_key(pair: tuple[Desk, Desk]) -> None:
    one, other = pair
    make_older(one, other)
    with one.reading() as session:
        listed = {it.device: it.recipient for it in known_devices(one, session)}
    assert one.store.identity is not None
    assert listed[device(one)] == one.store.identity.opening_key().recipient
    assert listed[device(other)] == ""


# -- Opening ---------------------------------------------------------------------------------------


def test_it_is_known_by_its_content_whatever_its_name(
    pair: tuple[Desk, Desk], tmp_path: Path
) -> None:
    one, other = pair
    renamed = lock(one, tmp_path / "stick").path.rename(tmp_path / "tep-la.zip")
    assert verify(renamed, home=other.home).valid
    assert code_of(renamed, Home(tmp_path / "none")) is Code.NO_OPENING_KEY


def test_it_is_found_on_a_stick_by_its_name(pair: tuple[Desk, Desk], tmp_path: Path) -> None:
    one, _ = pair
    path = lock(one, tmp_path / "stick").path
    assert bundles_in(tmp_path / "stick") == [path]
    (found_,) = find_bundles([tmp_path])[:1]
    assert device(one).startswith(found_.sender)


def test_somebody_else_s_bundle_says_whom_to_ask(pair: tuple[Desk, Desk], tmp_path: Path) -> None:
    one, _ = pair
    path = lock(one, tmp_path / "stick").path
    with found(tmp_path / "stranger") as stranger, pytest.raises(BundleProblem) as raised:
        receive(stranger, path)
    assert raised.value.flaw.code is Code.NOT_FOR_THIS_MACHINE
    assert f"{device(one)[:4]}-{device(one)[4:8]}" in str(raised.value)
    assert "ntm keys import" in str(raised.value)


def test_our_own_bundle_whose_key_is_gone_is_told_as_that(
    pair: tuple[Desk, Desk], tmp_path: Path
) -> None:
    one, _ = pair
    path = lock(one, tmp_path / "stick").path
    text = place_of(one.home.path).read_text(encoding="utf-8")
    assert one.store.identity is not None
    lost = text.replace(one.store.identity.age_key, OpeningKey.generate().secret_text())
    place_of(one.home.path).write_text(lost, encoding="utf-8")
    assert code_of(path, one.home) is Code.OWN_KEY_LOST


def test_an_older_key_that_was_kept_still_opens(pair: tuple[Desk, Desk], tmp_path: Path) -> None:
    one, other = pair
    path = lock(one, tmp_path / "stick").path
    own = other.store.identity
    assert own is not None
    kept_keys.add([KeptKey(OpeningKey.generate().secret_text()), KeptKey(own.age_key)])
    assert verify(path, home=Home(tmp_path / "new")).valid
    assert not (tmp_path / "new").exists() or not Home(tmp_path / "new").working.exists()


def test_a_laptop_can_join_with_the_key_of_the_one_that_is_gone(
    pair: tuple[Desk, Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = pair
    set_note(one, "1.1", "còn đây")
    path = lock(one, tmp_path / "stick", full=True).path
    own = other.store.identity
    assert own is not None
    monkeypatch.setenv("NTM_CONFIG", str(tmp_path / "another-person"))
    kept_keys.add([KeptKey(own.age_key, own.device)])
    with join(Home(tmp_path / "new"), path, "Lý Văn Bé") as new:
        assert note_of(new, "1.1") == "còn đây"
        assert dump_of(new) == dump_of(one)
        assert device(new) not in (device(one), device(other))
        assert not new.home.working.exists()


def test_nothing_open_is_left_behind_by_whatever_goes_wrong(
    pair: tuple[Desk, Desk], tmp_path: Path
) -> None:
    one, other = pair
    path = lock(one, tmp_path / "stick").path
    with pytest.raises(ValueError, match="mine"), open_bundle(path, home=other.home):
        raise ValueError("mine")
    cut = tmp_path / "cut.zip.age"
    cut.write_bytes(path.read_bytes()[:-10])
    assert code_of(cut, other.home) is Code.DAMAGED
    assert not other.home.working.exists()


def test_another_file_in_its_place_is_refused_after_it_was_shown(
    pair: tuple[Desk, Desk], tmp_path: Path
) -> None:
    one, other = pair
    set_note(one, "1.1", "một")
    path = lock(one, tmp_path / "stick").path
    seen = receive(other, path, dry_run=True)
    set_note(one, "1.1", "hai")
    shutil.copy(lock(one, tmp_path / "stick").path, path)
    with pytest.raises(Refused, match="đã bị đổi sau khi xem trước"):
        receive(other, path, seen=seen)
    assert note_of(other, "1.1") == ""


def test_a_file_too_large_for_this_disk_is_refused_before_it_fills_it(
    pair: tuple[Desk, Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = pair
    path = lock(one, tmp_path / "stick").path
    monkeypatch.setattr(
        opening.shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(1, 1, 5)
    )
    monkeypatch.setattr(opening, "decrypt", lambda *_args: pytest.fail("it was opened"))
    assert code_of(path, other.home) is Code.NO_ROOM_HERE


def test_a_disk_that_fills_up_while_opening_is_told(
    pair: tuple[Desk, Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = pair
    path = lock(one, tmp_path / "stick").path

    def full(*_args: object) -> str:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(opening, "decrypt", full)
    assert code_of(path, other.home) is Code.NO_ROOM_HERE
    assert not other.home.working.exists()


def sealed(data: bytes, desk: Desk, path: Path) -> Path:
    """Anything at all, encrypted to a laptop, as whoever has its card can do."""
    assert desk.store.identity is not None
    source = path.with_suffix(".plain")
    source.write_bytes(data)
    with source.open("rb") as plain, path.open("wb") as out:
        encrypt(plain, out, [desk.store.identity.opening_key().recipient], Watch())
    return path


def test_what_is_no_bundle_inside_is_refused_like_any_other(
    pair: tuple[Desk, Desk], tmp_path: Path
) -> None:
    _, other = pair
    inside = {b"": Code.EMPTY, b"hello" * 100: Code.NOT_ZIP, b"PK\x03\x04" * 99: Code.FOREIGN_ZIP}
    for data, code in inside.items():
        assert code_of(sealed(data, other, tmp_path / "x.zip.age"), other.home) is code
    twice = sealed((tmp_path / "x.zip.age").read_bytes(), other, tmp_path / "y.zip.age")
    assert code_of(twice, other.home) is Code.ENCRYPTED


def test_text_made_of_an_encrypted_file_is_named_as_encrypted(
    pair: tuple[Desk, Desk], tmp_path: Path
) -> None:
    path = tmp_path / "x.zip.age"
    path.write_text("-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n-----END AGE ENCRYPTED FILE-----\n")
    assert code_of(path, pair[1].home) is Code.ENCRYPTED


def test_encryption_says_nothing_about_who_sent_it(pair: tuple[Desk, Desk], tmp_path: Path) -> None:
    """A stranger can encrypt to us; what the stranger wrote still waits for trust."""
    _, other = pair
    with found(tmp_path / "stranger") as stranger:
        set_note(stranger, "1.1", "lạ")
        data = send(stranger, tmp_path / "s").path.read_bytes()
    outcome = receive(other, sealed(data, other, tmp_path / "x.zip.age"))
    assert outcome.new == 0
    assert outcome.strangers
    assert note_of(other, "1.1") == ""


def test_a_store_whose_identity_cannot_be_read_says_so(
    pair: tuple[Desk, Desk], tmp_path: Path
) -> None:
    one, other = pair
    path = lock(one, tmp_path / "stick").path
    place_of(other.home.path).write_bytes(b"{")
    with pytest.raises(Problem, match="bị hỏng"), open_bundle(path, home=other.home):
        pass


# -- After a crash ---------------------------------------------------------------------------------

_DIES = """
import os, signal, sys
from pathlib import Path
from db.desk import Desk
from db.home import Home
from db.sync import encrypted, opening
from db.sync.reading import open_bundle
from tests.db.sync.test_encrypted_bundles import lock
home, file, while_ = Home(Path(sys.argv[1])), Path(sys.argv[2]), sys.argv[3]

def die(*args):
    os.kill(os.getpid(), signal.SIGKILL)

if while_ == "sending":
    encrypted.encrypt = die
    with Desk.open(home) as desk:
        lock(desk, file)
else:
    with open_bundle(file, home=home):
        die()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a system that can kill")
@pytest.mark.parametrize("while_", ["sending", "reading"])
def test_killed_at_the_worst_moment_the_next_start_removes_what_lay_open(
    pair: tuple[Desk, Desk], tmp_path: Path, while_: str
) -> None:
    one, other = pair
    set_note(one, "1.1", "mật")
    file = lock(one, tmp_path / "stick").path
    home = one.home if while_ == "sending" else other.home
    one.close()
    other.close()
    target = tmp_path / "next" if while_ == "sending" else file
    done = subprocess.run(
        [sys.executable, "-c", _DIES, str(home.path), str(target), while_],
        cwd=Path(__file__).parents[3],
        env={**os.environ, "PYTHONPATH": "."},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    assert list(home.working.rglob("*.zip"))
    if while_ == "sending":
        assert bundles_in(target) == []
    Desk.open(home).close()
    assert not home.working.exists()


def test_a_machine_without_a_store_sweeps_when_it_opens_the_next_bundle(
    pair: tuple[Desk, Desk], tmp_path: Path
) -> None:
    one, other = pair
    own = other.store.identity
    assert own is not None
    kept_keys.add([KeptKey(own.age_key)])
    home = Home(tmp_path / "new")
    (home.working / "0123456789abcdef").mkdir(parents=True)
    assert verify(lock(one, tmp_path / "stick").path, home=home).valid
    assert not home.working.exists()
    assert identity.load(home.path) is None
    working.sweep(home)
