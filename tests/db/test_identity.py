import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from db import identity, identity_file, kept_keys
from db.identity import Identity, IdentityProblem, Reason, StoreMark

SCOPE = "lang-son/huu-lung/cai-kinh"
FIRST = {SCOPE: (5, "a" * 64)}
SECOND = {SCOPE: (9, "b" * 64)}


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "config"
    monkeypatch.setenv("NTM_CONFIG", str(folder))
    on_machine(monkeypatch, "machine-1")
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return make_home(tmp_path / "home")


def make_home(path: Path) -> Path:
    path.mkdir()
    (path / "ntm.sqlite").write_bytes(b"store")
    return path


def on_machine(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(identity, "machine_id", lambda: name)


def mark_of(known: Identity) -> StoreMark:
    return StoreMark(known.device, known.incarnation, known.sealed)


def test_a_new_store_gets_a_key_and_its_first_incarnation(home: Path) -> None:
    found = identity.recognise(home, None)
    assert found.fresh
    assert found.reason is Reason.FIRST
    assert found.identity.ordinal == 1
    assert found.identity.incarnation.startswith("0001")
    assert found.identity.key().id == found.identity.device
    assert identity.load(home) == found.identity


def test_a_store_opened_again_as_it_was_left_goes_on_silently(home: Path) -> None:
    known = identity.note_sealed(identity.create(home), FIRST)
    found = identity.recognise(home, mark_of(known))
    assert (found.identity, found.fresh, found.reason) == (known, False, None)


def test_a_sealing_that_the_store_committed_is_adopted(home: Path) -> None:
    known = identity.note_pending(identity.note_sealed(identity.create(home), FIRST), SECOND)
    found = identity.recognise(home, replace(mark_of(known), sealed=SECOND))
    assert (found.fresh, found.reason) == (False, None)
    assert found.identity.sealed == SECOND
    assert found.identity.pending is None
    assert identity.load(home) == found.identity


def test_a_sealing_that_the_store_never_committed_is_dropped(home: Path) -> None:
    known = identity.note_pending(identity.note_sealed(identity.create(home), FIRST), SECOND)
    found = identity.recognise(home, mark_of(known))
    assert (found.fresh, found.reason) == (False, None)
    assert found.identity.sealed == FIRST
    assert identity.load(home) == replace(known, pending=None)


def test_a_first_sealing_of_another_scope_keeps_the_rest(home: Path) -> None:
    known = identity.note_sealed(identity.create(home), FIRST)
    both = identity.note_sealed(known, {"shared": (1, "c" * 64)})
    assert both.sealed == {**FIRST, "shared": (1, "c" * 64)}


@pytest.mark.parametrize("older", [{}, FIRST, {SCOPE: (9, "d" * 64)}])
def test_a_store_restored_from_a_backup_starts_a_new_incarnation(
    home: Path, older: dict[str, tuple[int, str]]
) -> None:
    known = identity.note_sealed(identity.create(home), SECOND)
    found = identity.recognise(home, replace(mark_of(known), sealed=older))
    assert found.fresh
    assert found.reason is Reason.RESTORED_OR_ROLLED_BACK
    assert found.identity.device == known.device
    assert found.identity.key().id == known.device
    assert found.identity.ordinal == 2
    assert found.identity.incarnation[:4] == "0002"
    assert found.identity.sealed == {}
    again = identity.recognise(home, mark_of(found.identity))
    assert (again.fresh, again.reason) == (False, None)


def test_a_backup_from_an_earlier_incarnation_starts_yet_another(home: Path) -> None:
    known = identity.create(home)
    second = identity.recognise(home, StoreMark(known.device, known.incarnation, FIRST)).identity
    found = identity.recognise(home, mark_of(known))
    assert second.ordinal == 2
    assert found.identity.ordinal == 3
    assert found.identity.incarnation != second.incarnation


def test_a_copy_beside_the_original_becomes_a_device_of_its_own(home: Path, tmp_path: Path) -> None:
    known = identity.create(home)
    copy = tmp_path / "copy"
    shutil.copytree(home, copy)
    found = identity.recognise(copy, mark_of(known))
    assert found.fresh
    assert found.reason is Reason.COPIED
    assert found.identity.device != known.device
    assert found.identity.ordinal == 1
    assert identity.recognise(home, mark_of(known)).reason is None


def test_a_moved_store_keeps_its_key_under_a_new_incarnation(home: Path, tmp_path: Path) -> None:
    known = identity.create(home)
    moved = home.rename(tmp_path / "moved")
    found = identity.recognise(moved, mark_of(known))
    assert found.fresh
    assert found.reason is Reason.MOVED
    assert found.identity.device == known.device
    assert found.identity.key().id == known.device
    assert found.identity.ordinal == 2
    assert identity.load(home) is None
    assert identity.recognise(moved, mark_of(found.identity)).reason is None


def test_a_store_found_again_where_it_was_moved_from_is_a_copy(home: Path, tmp_path: Path) -> None:
    known = identity.create(home)
    moved = home.rename(tmp_path / "moved")
    identity.recognise(moved, mark_of(known))
    back = make_home(home)
    found = identity.recognise(back, mark_of(known))
    assert found.reason is Reason.COPIED
    assert found.identity.device != known.device


def test_another_store_put_over_this_home_is_not_taken_for_its_own(
    home: Path, tmp_path: Path
) -> None:
    here = identity.create(home)
    there = identity.create(make_home(tmp_path / "other"))
    found = identity.recognise(home, mark_of(there))
    assert found.reason is Reason.COPIED
    assert found.identity.device not in (here.device, there.device)


def test_a_store_and_configuration_carried_to_another_machine_get_a_new_key(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = identity.create(home)
    on_machine(monkeypatch, "machine-2")
    found = identity.recognise(home, mark_of(known))
    assert found.fresh
    assert found.reason is Reason.OTHER_MACHINE
    assert found.identity.device != known.device
    assert found.identity.machine == "machine-2"


def test_the_same_with_another_home_is_told_apart_from_a_lost_key(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = identity.create(home)
    on_machine(monkeypatch, "machine-2")
    found = identity.recognise(make_home(tmp_path / "other"), mark_of(known))
    assert found.reason is Reason.OTHER_MACHINE


def test_a_store_without_any_identity_file_gets_a_new_key(home: Path) -> None:
    found = identity.recognise(home, StoreMark("0" * 24, "0001deadbeef", FIRST))
    assert found.fresh
    assert found.reason is Reason.IDENTITY_LOST


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"[]",
        b'{"format": 1}',
        b"\xff\xfe",
        b'{"format":1,"home":"a","machine":"b","device":"c","incarnation":"1","private_key":"k",'
        b'"sealed":{}}',
        b'{"format":1,"home":"a","machine":"b","device":"c","incarnation":"0001deadbeef",'
        b'"private_key":"k","sealed":[]}',
    ],
)
def test_a_damaged_identity_file_is_kept_aside_and_counts_as_lost(
    home: Path, damage: bytes
) -> None:
    known = identity.create(home)
    identity.place_of(home).write_bytes(damage)
    with pytest.raises(IdentityProblem, match="bị hỏng"):
        identity.load(home)
    found = identity.recognise(home, mark_of(known))
    assert found.reason is Reason.IDENTITY_LOST
    assert found.kept_aside is not None
    assert found.kept_aside.read_bytes() == damage
    assert found.identity.device != known.device


def test_a_new_store_in_an_old_home_keeps_the_old_key_aside(home: Path, config: Path) -> None:
    known = identity.create(home)
    identity.recognise(home, None)
    kept = [path.read_text(encoding="utf-8") for path in (config / "identities").glob("*.old-*")]
    assert [json.loads(text)["device"] for text in kept] == [known.device]


def test_a_configuration_folder_that_cannot_be_written_is_said_plainly(
    home: Path, config: Path
) -> None:
    config.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(IdentityProblem, match="Kho dữ liệu chưa bị thay đổi"):
        identity.create(home)


def test_a_full_disk_leaves_the_old_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = identity.create(home)

    def full(*_args: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(identity_file, "write_atomic", full)
    with pytest.raises(IdentityProblem, match="Không ghi được"):
        identity.note_sealed(known, FIRST)
    assert identity.load(home) == known


def test_a_key_that_was_exchanged_in_the_file_is_refused(home: Path, tmp_path: Path) -> None:
    known = identity.create(home)
    other = identity.create(make_home(tmp_path / "other"))
    for wrong in (other.key_pem, "no key at all"):
        with pytest.raises(IdentityProblem, match="không phải là khóa"):
            replace(known, key_pem=wrong).key()


def test_the_key_is_shown_nowhere(home: Path) -> None:
    known = identity.create(home)
    secret = known.key_pem.splitlines()[1]
    stored = identity_file.read(identity.place_of(home))
    shown = f"{known!r} {known} {known.key()!r} {stored!r} {identity.recognise(home, None)!r}"
    assert secret not in shown
    assert "PRIVATE" not in shown


def test_every_reason_has_its_own_sentence() -> None:
    sentences = {reason.sentence for reason in Reason}
    assert len(sentences) == len(Reason)
    assert all("Xin" in sentence or "có thể" in sentence for sentence in sentences)


def without_age_key(home: Path) -> Identity:
    """A home as an older program left it."""
    known = identity.create(home)
    path = identity.place_of(home)
    body = json.loads(path.read_text(encoding="utf-8"))
    del body["opening_key"]
    path.write_text(json.dumps(body), encoding="utf-8")
    return known


def test_an_older_program_s_file_gets_an_age_key_once_and_keeps_the_rest(home: Path) -> None:
    known = without_age_key(home)
    found = identity.recognise(home, mark_of(known))
    assert (found.fresh, found.reason) == (False, None)
    assert replace(found.identity, age_key="") == replace(known, age_key="")
    assert found.identity.opening_key().recipient.startswith("age1")
    assert identity.load(home) == found.identity
    assert identity.recognise(home, mark_of(known)).identity == found.identity


def test_an_age_key_that_cannot_be_written_leaves_the_file_as_it_was(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = without_age_key(home)
    before = identity.place_of(home).read_bytes()

    def full(*_args: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(identity_file, "write_atomic", full)
    with pytest.raises(IdentityProblem, match="Không ghi được"):
        identity.recognise(home, mark_of(known))
    assert identity.place_of(home).read_bytes() == before


def test_sealing_keeps_the_age_key(home: Path) -> None:
    known = identity.create(home)
    identity.note_sealed(identity.note_pending(known, FIRST), FIRST)
    after = identity.load(home)
    assert after is not None
    assert after.age_key == known.age_key


def test_a_new_incarnation_and_a_move_keep_the_age_key(home: Path, tmp_path: Path) -> None:
    known = identity.create(home)
    restored = identity.recognise(home, replace(mark_of(known), sealed=FIRST)).identity
    moved = home.rename(tmp_path / "moved")
    found = identity.recognise(moved, mark_of(restored))
    assert found.reason is Reason.MOVED
    assert found.identity.age_key == restored.age_key == known.age_key


def test_the_age_key_of_a_file_that_is_put_aside_still_opens_bundles(home: Path) -> None:
    known = identity.create(home)
    found = identity.recognise(home, None)
    assert found.identity.age_key != known.age_key
    assert [(one.secret, one.device) for one in kept_keys.read()] == [(known.age_key, known.device)]


@pytest.mark.parametrize("value", [5, None, ["AGE-SECRET-KEY-1"]])
def test_an_age_key_that_is_no_text_is_damage(home: Path, value: object) -> None:
    identity.create(home)
    path = identity.place_of(home)
    body = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**body, "opening_key": value}), encoding="utf-8")
    with pytest.raises(IdentityProblem, match="bị hỏng"):
        identity.load(home)


def test_a_mangled_age_key_is_refused(home: Path) -> None:
    known = identity.create(home)
    for wrong in ("", "AGE-SECRET-KEY-1QQQQ", known.opening_key().recipient):
        with pytest.raises(IdentityProblem, match="không phải là khóa"):
            replace(known, age_key=wrong).opening_key()


def test_the_age_key_is_shown_nowhere(home: Path) -> None:
    known = identity.create(home)
    stored = identity_file.read(identity.place_of(home))
    identity.recognise(home, None)
    (kept,) = kept_keys.read()
    things = (known, stored, kept, known.opening_key(), identity.load(home))
    shown = " ".join(f"{it!r} {it}" for it in things)
    assert "SECRET" not in shown
    assert known.opening_key().recipient in shown
